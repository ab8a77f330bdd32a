"""Words that are forms or joining words elsewhere are names where nothing else names the firm: no listed name is read as nothing."""

from __future__ import annotations

import pytest

from landbridge.domain.screening import ListedEntry
from landbridge.screening.company_word import _ENDING_FORMS, _JOINING
from landbridge.screening.index import ListIndex
from landbridge.screening.lexicon import table_rows
from landbridge.screening.match import MATCH_SCORE, score_names

_STOPS = sorted(
    {form for row in table_rows("languages.tsv") if row[0] in ("stop", "legal") for form in row[3].split("|") if " " not in form}
)


@pytest.mark.parametrize("form", sorted({*_ENDING_FORMS, *_JOINING, *_STOPS, "spa", "oraz", "dos", "uno", "777", "семь"}))
def test_a_name_that_is_a_form_elsewhere_is_itself(form):
    word = form.upper()
    for written in (word, f"ООО {word}", f"ООО «{word}»", f"{word} LLC"):
        assert score_names(written, written, "company").score >= MATCH_SCORE, written
    entry = ListedEntry(entry_id="one", list_name="list", regime="UN", names=(f"ООО {word}",), kind="company")
    assert [match.entry_id for match in ListIndex((entry,)).find(f"ООО {word}", "company")] == ["one"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ООО «АС Трейд»", "АС Трейд"),
        ("Oraz Trading LLC", "ООО Ораз Трейдинг"),
        ("ООО АС", "AS LLC"),
        ("Альфа Пласт АС", "Alfa Plast AS"),
        ("Demir ve Çelik Sanayi", "Demir Çelik Sanayi"),
    ],
)
def test_forms_before_and_behind_a_name(left, right):
    assert score_names(left, right, "company").score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ООО АС Логистик", "ООО АД Логистик"),
        ("OOO SAL Trade", "OOO AD Trade"),
        ("Oraz Trading", "Trading LLC"),
        ("Sud Trading", "Dairy Trading"),
        ("Gala Trading", "Meat Trading"),
        ("Novi Sad Textile", "New Court Textile"),
        ("Adas Export", "Leather Export"),
        ("Vara Metals", "Copper Metals"),
        ("СУ-155", "Water 155"),
        ("Elektro Srpska", "Elektro Serbia"),
    ],
)
def test_words_that_are_others_without_their_marks(left, right):
    assert score_names(left, right, "company").score < MATCH_SCORE


def test_ships_by_words_for_the_sun_are_three_ships():
    assert score_names("Saule", "Güneş", "vessel").score < MATCH_SCORE
    assert score_names("Saule", "Sonne", "vessel").score < MATCH_SCORE
