"""Whether something stands on its list on a day: written once for entries and matches, beside the record."""

from __future__ import annotations

from datetime import date

import pytest

from landbridge.domain.party import WatchlistEntry, is_listed
from landbridge.domain.screening import ScreeningMatch
from tests.corridor import S

FIRST, LAST, DAY_OF_REMOVAL = date(2026, 1, 10), date(2026, 3, 1), date(2026, 3, 2)


def _entry(**more):
    return WatchlistEntry(entry_id="e", regime_id="UN", list_name="List", name="A", measure="freeze", listed_on=FIRST, **more, **S)


@pytest.mark.parametrize(
    ("day", "is_on"),
    [(date(2026, 1, 9), False), (FIRST, True), (LAST, True), (DAY_OF_REMOVAL, False)],
)
def test_the_first_day_is_on_the_list_and_the_day_of_removal_is_not(day, is_on):
    assert is_listed(_entry(delisted_on=DAY_OF_REMOVAL), day) is is_on


def test_without_a_removal_it_stays():
    assert is_listed(_entry(), date(2199, 12, 31))


def test_a_match_of_which_no_list_tells_the_day_is_on_it_until_its_removal():
    match = ScreeningMatch(
        entry_id="e", list_name="List", regime="UN", program="", measure="freeze", entry_name="A", matched_name="A", score=1.0,
        verdict="review", features=(), delisted_on=DAY_OF_REMOVAL,
    )  # fmt: skip
    assert is_listed(match, date(1900, 1, 1))
    assert not is_listed(match, DAY_OF_REMOVAL)
