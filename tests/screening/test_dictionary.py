"""Words that only dictionaries know, English as it is said, letters spelled out."""

from __future__ import annotations

import pytest

from landbridge.screening.match import MATCH_SCORE, score_names
from landbridge.screening.meaning import english_meanings, translation
from landbridge.screening.sorted_table import find_line
from landbridge.screening.sound import plain_key, sound
from landbridge.screening.spoken import spoken_sound


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Pink Rabbit", "Розовый кролик", "company"),
        ("Imperial Porcelain Factory", "مصنع الخزف الإمبراطوري", "company"),
        ("Krasnaya Zvezda", "Red Star", "vessel"),
        ("Ural Bank for Reconstruction and Development", "Уральский банк реконструкции и развития", "company"),
        ("Tidewater Middle East Co", "Тайдуотер Мидл Ист", "company"),
        ("Pizza Hut", "Пицца Хат", "company"),
        ("TBC Bank", "ТиБиСи Банк", "company"),
        ("HSBC Saudi Arabia", "إتش إس بي سي السعودية", "company"),
        ("Michael Brown", "Майкл Браун", "person"),
        ("Paul Murphy", "Пол Мёрфи", "person"),
        ("Elizabeth Warren", "الیزابت وارن", "person"),
        ("义乌市恒达进出口有限公司", "義烏市恆達進出口有限公司", "company"),
    ],
)
def test_knows_one_party_in_two_languages(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Pink Rabbit", "Розовый медведь", "company"),
        ("Krasnaya Zvezda", "Red Dawn", "vessel"),
        ("Pizza Hut", "Пицца Харт", "company"),
        ("TBC Bank", "ТиДиСи Банк", "company"),
        ("Michael Brown", "Майкл Боуэн", "person"),
    ],
)
def test_tells_two_parties_apart(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score < MATCH_SCORE


def test_a_dictionary_joins_two_languages_by_english() -> None:
    assert "rabbit" in english_meanings("кролика")
    assert translation("黎明", "dawn") > 0.75
    assert translation("dawn", "rabbit") == 0


def test_finds_the_first_the_last_and_no_other_row() -> None:
    assert find_line("spoken.tsv", "aaa")
    assert find_line("spoken.tsv", "zywicki")
    assert find_line("spoken.tsv", "no such word") == ""
    assert find_line("meanings.tsv", "") == ""


def test_every_row_of_a_sorted_table_is_found() -> None:
    from importlib import resources

    text = (resources.files("landbridge.screening") / "tables" / "meanings.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t", 1) for line in text.split("\n")[1:-1]]
    assert all(find_line("meanings.tsv", word) == told for word, told in [*rows[:50], *rows[::97], *rows[-50:]])


def test_says_only_what_letters_do_not_tell() -> None:
    assert spoken_sound("tidewater")
    assert not spoken_sound("minsk")
    assert plain_key(spoken_sound("brown")) == plain_key(sound("браун"))
