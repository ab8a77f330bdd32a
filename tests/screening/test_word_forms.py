"""Words in other forms: of a town, with letters of Pashto, with ё written as yo, with son of written to the surname."""

from __future__ import annotations

import pytest

from landbridge.screening.match import MATCH_SCORE, score_names

SAME = [
    ("Bremer Bank", "Бременский банк", "company"),
    ("Wiener Bank", "Vienna Bank", "company"),
    ("Rotterdamsche Bank", "Rotterdam Bank", "company"),
    ("Münchner Bank", "Мюнхенский банк", "company"),
    ("Hamburger Bank", "Hamburg Bank", "company"),
    ("Rīgas banka", "Рижский банк", "company"),
    ("Gəncə bankı", "Гянджинский банк", "company"),
    ("Navoi Bank", "Навоийский банк", "company"),
    ("Breshna", "برښنا", "company"),
    ("Kandahar Tsapand", "کندهار څپاند", "company"),
    ("Zadran Gulistan", "ځدران ګلستان", "company"),
    ("Abdelmadjid Benhamou", "عبد المجيد بن حمو", "person"),
    ("Ali Bensalah", "علي بن صالح", "person"),
    ("Rachid Ben Ali", "رشيد بنعلي", "person"),
]
APART = [
    ("Bremer Bank", "Бернский банк", "company"),
    ("Hamburger Bank", "Heidelberg Bank", "company"),
    ("Ali Bensalah", "علي بن سليمان", "person"),
    ("Omar Benali", "Omar Ali", "person"),
]


@pytest.mark.parametrize(("left", "right", "kind"), SAME)
def test_forms_of_one_word_are_one(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score >= MATCH_SCORE


@pytest.mark.parametrize(("left", "right", "kind"), APART)
def test_forms_of_two_words_are_two(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score < MATCH_SCORE


def test_yo_is_spelled_as_surely_as_ye() -> None:
    assert score_names("Khrushchyov Pyotr", "Хрущев Петр", "person").score >= 0.95
