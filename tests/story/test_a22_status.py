"""Announced and suspended services do not run; an unconfirmed one is compared, but is no plan beside confirmed ones.

AP ~~ ship: announced | suspended | ended | unconfirmed ~~ BP
"""

from dataclasses import replace
from datetime import date

import pytest

from tests.corridor import status, tiny_corridor
from tests.story.line import answer, line_of, lines

TRUCK = "AA ~ road ha 12-01T00:00>12-02T19:33 ~ BB [1252.00 USD 1d 19h 33m 1154 kg]"


def with_status(value, **more):
    dataset = tiny_corridor()
    return replace(dataset, statuses=(status("ship", value, **more), *dataset.statuses[1:]))


@pytest.mark.parametrize("value", ["announced", "suspended", "ended"])
def test_what_does_not_run_is_rejected(value):
    dataset = with_status(value, valid_from=date(2026, 5, 1))
    assert lines(dataset) == [TRUCK]
    assert ("AP", "ship", value, date(2026, 5, 1)) in [(row.gateway, row.what, row.status, row.since) for row in answer(dataset).rejected]


@pytest.mark.parametrize(
    "more", [{"value": "unconfirmed"}, {"value": "operating", "evidence_on": date(2025, 8, 1)}, {"value": "operating", "evidence_on": None}]
)
def test_what_is_unconfirmed_is_compared(more):
    found = answer(with_status(**more))
    assert [line_of(row) for row in found.itineraries] == [TRUCK]
    compared = found.compared[0]
    assert (compared.gateway, compared.itinerary.is_confirmed, compared.dominated_by) == ("AP", False, None)
    assert "unconfirmed: ship" in compared.reason
    assert line_of(compared.itinerary) == (
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [840.00 USD 14d 14h 00m 360 kg]"
    )


def test_a_service_without_any_status_is_unconfirmed():
    dataset = tiny_corridor()
    assert lines(replace(dataset, statuses=dataset.statuses[1:])) == [TRUCK]


def test_the_latest_status_holds():
    dataset = with_status("suspended", status_id="old", valid_from=date(2025, 1, 1))
    again = status("ship", "operating", status_id="new", valid_from=date(2026, 9, 1))
    assert len(lines(replace(dataset, statuses=(again, *dataset.statuses)))) == 2
