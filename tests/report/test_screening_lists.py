"""The line that says of which days the lists are."""

from dataclasses import replace
from datetime import date

from landbridge.domain.screening import ListEdition
from landbridge.report.screening_document import _say_lists

_FIRST = ListEdition(list_name="EU: Annex I", regime="EU", published_on=date(2026, 11, 24), entries=1, origin="feed x", digest="")


def test_lists_of_one_day_say_it_once():
    """Where all lists are of one day there is no range to tell."""
    assert _say_lists((_FIRST, replace(_FIRST, list_name="SDN"))).startswith("2 lists, of 2026-11-24;")


def test_lists_of_several_days_say_the_oldest():
    """The oldest list is named, since it is the one to renew."""
    later = replace(_FIRST, list_name="SDN", published_on=date(2026, 11, 25))
    assert _say_lists((later, _FIRST)).startswith("2 lists, from 2026-11-24 (EU: Annex I) to 2026-11-25;")
