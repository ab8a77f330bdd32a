"""Names that nobody means well: each has a clear answer, never clear by default, and nothing of it reaches a terminal or a spreadsheet."""

from datetime import date

import pytest

from landbridge import load
from landbridge.planner.party_file import parse_parties
from landbridge.planner.screening import Party, Screener
from landbridge.report.screening_document import neutral_cell, screening_text


@pytest.fixture(scope="module")
def screener():
    return Screener(load(), as_of=date(2026, 11, 24))


@pytest.mark.parametrize(
    ("name", "warning"),
    [
        ("", "no letter"),
        ("   \u200b\u202e ", "no letter"),
        ("X", "one letter"),
        ("Ж", "one letter"),
        ("...!!!", "no letter"),
        ("12345", "number alone"),
        ("x" * 10_001, "10001 characters"),
    ],
)
def test_what_cannot_be_screened_is_unknown_and_says_why(screener, name, warning):
    found = screener.screen(Party(name=name))
    assert found.verdict == "unknown"
    assert warning in found.warnings[0]
    assert found.matches == ()


@pytest.mark.parametrize(
    "name",
    [
        "Beltаmozhsеrvice",  # Cyrillic a and e
        "\u202eBeltamozhservice\u202c",
        "Belta\u200bmozh\u00adservice",
        "Beltamozhservice\x00\x1b[31m",
        "＂Ｂｅｌｔａｍｏｚｈｓｅｒｖｉｃｅ＂",
        "Белтаможсервис (Beltamozhservice)",
    ],
)
def test_dress_hides_no_name(screener, name):
    found = screener.screen(Party(name=name))
    assert found.verdict == "blocked"
    text = screening_text(found, tuple("id" for _ in found.matches))
    assert not any(char in text for char in "\u202e\u202c\x00\x1b\u200b")


def test_letters_of_two_scripts_are_told(screener):
    assert any("two scripts" in row for row in screener.screen(Party(name="Beltаmozhservice")).warnings)


@pytest.mark.parametrize(
    "name", ["x" * 10_000, "ab " * 3_333, "中" * 9_999, "ا" * 9_999, "Ivanov; " * 1_000, "a/b" * 3_000, "(" * 9_000 + "ab"]
)
def test_ten_thousand_characters_are_an_answer(screener, name):
    assert screener.screen(Party(name=name)).verdict in ("clear", "review", "unknown")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "＝1+1"])
def test_no_cell_is_a_formula(cell):
    assert neutral_cell(cell)[:1] == "'"


def test_a_row_without_a_name_is_answered_and_not_left_out():
    text = "name,kind,country\n,,\nA firm,,\n,company,BY\n,,\n,,\n"
    assert [party.name for party in parse_parties(text.encode(), "parties.csv")] == ["", "A firm", ""]
