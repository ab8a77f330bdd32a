"""Words in other forms: of a town, with letters of Pashto, with ё written as yo, with son of written to the surname."""

from __future__ import annotations

import pytest

from landbridge.screening.match import BLOCK_SCORE, MATCH_SCORE, score_names
from landbridge.screening.town import find_town

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
    ("Hanna Vaŭčok", "Волчок Анна", "person"),
    ("Ганна Даўгіх", "Анна Долгих", "person"),
    ("Mikalai Shchasny", "Николай Счастный", "person"),
    ("Zhanna Kuznetsova", "扎娜·库兹涅佐娃", "person"),
]
INFLECTED = [
    ("Yaroslavl Tyre Plant", "Ярославский шинный завод"),
    ("Mogilev Artificial Fibre Plant", "Могилевский завод искусственного волокна"),
    ("Ministry of Emergency Situations of Belarus", "Міністэрства па надзвычайных сітуацыях Беларусі"),
    ("Kazakhstan Utility Systems", "Қазақстан коммуналдық жүйелері"),
    ("Kostanay Minerals", "Қостанай минералдары АҚ"),
    ("Sönmez Pamuklu Sanayii", "Сёнмез хлопковая промышленность"),
    ("Georgian Railway", "საქართველოს რკინიგზა"),
    ("Kyrgyz Gold Refinery", "Кыргызский аффинажный завод"),
    ("Kabul Municipality", "شاروالی کابل"),
    ("Murmansk Trawl Fleet", "Мурманский траловый флот"),
]
OTHERS = [
    ("Yaroslavl Tyre Plant", "Ярославский моторный завод"),
    ("Mogilev Artificial Fibre Plant", "Могилевский завод искусственного камня"),
    ("Polotsk Glass Fibre", "Полоцк-Химволокно"),
    ("Kabul Municipality", "پوهنتون کابل"),
    ("Murmansk Trawl Fleet", "Мурманский танкерный флот"),
]
APART = [
    ("Bremer Bank", "Бернский банк", "company"),
    ("Hamburger Bank", "Heidelberg Bank", "company"),
    ("Ali Bensalah", "علي بن سليمان", "person"),
    ("Omar Benali", "Omar Ali", "person"),
    ("Ганна Даўгіх", "Анна Дорогих", "person"),
]


@pytest.mark.parametrize(("left", "right", "kind"), SAME)
def test_forms_of_one_word_are_one(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score >= MATCH_SCORE


@pytest.mark.parametrize(("left", "right", "kind"), APART)
def test_forms_of_two_words_are_two(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score < MATCH_SCORE


def test_yo_is_spelled_as_surely_as_ye() -> None:
    assert score_names("Khrushchyov Pyotr", "Хрущев Петр", "person").score >= 0.95


@pytest.mark.parametrize(("left", "right"), INFLECTED)
def test_firms_are_known_in_inflected_words_and_spelled_out_phrases(left: str, right: str) -> None:
    assert score_names(left, right, "company").score >= MATCH_SCORE


@pytest.mark.parametrize(("left", "right"), OTHERS)
def test_another_word_of_the_same_shape_is_another_firm(left: str, right: str) -> None:
    assert score_names(left, right, "company").score < MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Salalah Port Services", "شركة صلالة لخدمات الموانئ"),
        ("Karachi Port", "ڪراچی بندرگاہ"),
        ("Siwas Cement", "سیواس سیمان"),
    ],
)
def test_a_town_is_known_by_its_name_though_it_sounds_like_a_trade(left: str, right: str) -> None:
    assert score_names(left, right, "company").score >= BLOCK_SCORE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Nordalex Filling station", "Nordalex Filling statin"),
        ("Nordalex Bonded zone", "Nordalex Bonnded zone"),
        ("Alexandria Container and Cargo Handling Company", "Alexandria Container and Cargo Hand ling Company"),
        ("Забайкальская железная дорога", "Забайкальская железная дороаг"),
        ("Nordalex Yem fabrikası", "Nordalex Yem fabrkiası"),
        ("Нордалекс Оливкового масла", "Нордалекс Оливковогго масла"),
        ("مینسک کارخانه خوراک دام", "مینسک کارخانه خراک دام"),
    ],
)
def test_a_phrase_is_known_with_a_slip_in_one_word(left: str, right: str) -> None:
    assert score_names(left, right, "company").score >= BLOCK_SCORE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Nordalex Filling station", "Nordalex Fishing station"),
        ("Minsk Gas station", "Minsk Fuel station"),
        ("Minsk Bonded zone", "Minsk Free port"),
    ],
)
def test_a_phrase_with_another_word_is_another(left: str, right: str) -> None:
    assert score_names(left, right, "company").score < MATCH_SCORE


@pytest.mark.parametrize(("left", "right", "kind"), [("Hamburger LLC", "Hamburg LLC", "company"), ("Bremer", "Bremen", "vessel")])
def test_a_name_that_only_ends_as_of_a_town_is_never_surely_the_town(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score < MATCH_SCORE
    assert score_names(left, left, kind).score >= BLOCK_SCORE


def test_an_adjective_of_a_town_is_surely_the_town() -> None:
    assert score_names("Saratovski Bank", "Saratov Bank", "company").score >= BLOCK_SCORE


def test_an_adjective_keeps_the_last_vowel_of_its_town() -> None:
    assert find_town("навоийский") & find_town("навои")
