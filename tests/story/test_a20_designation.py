"""A line on a list: a regime that gates blocks it, another one is an exposure; the question may add gates.

AP ~~ ship of The Line ~~ BP        the feed's policy: designations of the UN block
"""

from dataclasses import replace
from datetime import date

from landbridge.domain.party import WatchlistEntry
from tests.corridor import S, tiny_corridor
from tests.story.line import answer, lines


def listed(regime_id, **more):
    row = {"entry_id": "listed", "regime_id": regime_id, "list_name": "List", "name": "Somebody", "party_id": "line", **more}
    return replace(tiny_corridor(), watchlist=(WatchlistEntry(**{"measure": "freeze", "listed_on": date(2025, 3, 1), **row}, **S),))


TRUCK = "AA ~ road ha 12-01T00:00>12-02T19:33 ~ BB [1252.00 USD 1d 19h 33m 1154 kg]"


def test_a_gating_regime_blocks():
    dataset = listed("UN")
    assert lines(dataset) == [TRUCK]
    assert [(row.gateway, row.rule_id, row.since) for row in answer(dataset).rejected] == [
        ("AP", "listed", date(2025, 3, 1)),
    ]


def test_another_regime_is_an_exposure():
    ship = answer(listed("BB")).itineraries[0]
    assert [(row.regime, row.what, row.rule_id, row.since) for row in ship.exposures] == [("BB", "line", "listed", date(2025, 3, 1))]


def test_the_question_adds_a_gate():
    assert lines(listed("BB"), gates=("BB",)) == [TRUCK]


def test_a_name_is_matched_exactly_and_case_apart():
    assert lines(listed("UN", party_id=None, name="THE LINE")) == [TRUCK]
    assert len(lines(listed("UN", party_id=None, name="The Line Ltd"))) == 2


def test_a_listing_counts_from_its_day_to_its_end():
    assert len(lines(listed("UN", listed_on=date(2027, 1, 1)))) == 2
    assert len(lines(listed("UN", delisted_on=date(2026, 6, 1)))) == 2


def test_sectoral_measures_only_expose():
    assert len(answer(listed("UN", measure="sectoral")).itineraries[0].exposures) == 1
