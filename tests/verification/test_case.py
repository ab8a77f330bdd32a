from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from landbridge.domain.source import Source
from landbridge.verification.case import Case
from tests.verification.corridor import DATASET, QUERY, change_row, tariff

FEB = date(2026, 2, 1)


def case(dataset=DATASET, **changes):
    return Case(dataset=dataset, query=replace(QUERY, **changes))


@pytest.mark.parametrize(
    ("changes", "mass"),
    [({}, 30000), ({"mass_kg": None}, 24000), ({"mass_kg": None, "hs": None}, 31200), ({"mass_kg": None, "hs": "3004"}, 31200)],
)
def test_mass_is_as_asked_or_typical_or_sixty_percent(changes, mass):
    assert case(**changes).mass_kg == mass


def test_mass_per_unit_is_rounded_up():
    assert case(mass_kg=30001).unit_mass_kg == 15001


def test_the_grade_of_the_mass_is_that_of_its_row_or_d():
    assert [case(**more).mass_grade for more in ({}, {"mass_kg": None}, {"mass_kg": None, "hs": None})] == [None, "A", "D"]


@pytest.mark.parametrize(
    ("row", "is_known"),
    [
        ({}, True),
        ({"known_from": date(2026, 1, 10)}, True),
        ({"known_from": date(2026, 1, 11)}, False),
        ({"valid_from": date(2026, 1, 5), "source_id": "late"}, True),
        ({"valid_from": FEB, "source_id": "late"}, False),
        ({"source_id": "late"}, False),
        ({"valid_from": FEB, "source_id": "src"}, True),
        ({"valid_from": FEB, "source_id": "undated"}, False),
        ({"source_id": "undated"}, True),
    ],
)
def test_a_row_is_known_from_the_earlier_of_its_first_day_and_its_source(row, is_known):
    sources = (
        *DATASET.sources,
        Source(source_id="late", title="", publisher="", published_on=date(2026, 1, 20), grade="A"),
        Source(source_id="undated", title="", publisher="", grade="A"),
    )
    told = replace(tariff("T", ("a", "b"), None), **row)
    assert case(replace(DATASET, sources=sources)).is_known(told) == is_known


def test_the_latest_rate_on_or_before_the_day_of_asking():
    assert case().find_rate("XCC") == 100
    assert case(as_of=date(2026, 1, 9)).find_rate("XCC") == 90
    assert case(as_of=date(2024, 1, 9)).find_rate("XCC") is None
    assert case().find_rate("USD") == case().find_rate(None) == 1


def test_value_of_the_goods_for_capital():
    assert [case(**more).value_guessed for more in ({}, {"value": None}, {"value": None, "hs": None})] == [20000, 30000, 0]


def test_quantities():
    assert [case().quantity_of(per, distance_m=1500, days=3) for per in ("unit", "shipment", "tonne", "km", "day")] == [2, 1, 30, 3, 6]
    assert case(mass_kg=1).quantity_of("tonne") == Fraction(1, 1000)


def test_a_feed_without_a_policy_gates_all_regimes():
    open_feed = replace(DATASET, info=replace(DATASET.info, gates=None))
    assert case(open_feed).gates == {"UN", "UK", "EU"}
    assert case(gates=("EU",)).gates == {"UN", "EU"}
    assert case(open_feed).has_gate("XX")
    assert not case().has_gate("UK")


def test_the_due_day_ends_at_midnight_there():
    dataset = change_row("places", "place_id", "CCDST", zone="Asia/Dubai")
    assert case(dataset, due_on=FEB).due_at.isoformat() == "2026-02-01T20:00:00+00:00"
    assert case().due_at is None
