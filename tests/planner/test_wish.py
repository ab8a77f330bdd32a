"""What must and must not be used: carriers, services, and wishes that contradict each other."""

from dataclasses import replace

import pytest

from landbridge.domain.errors import QueryError
from landbridge.domain.party import Party
from landbridge.planner import Question, ask, plan_shipment, verify_plan
from tests.corridor import S, tiny_corridor

BASE = {"origin": "AA", "destination": "BB", "units": "1x40HC", "goods": "8701", "ready": "2026-12-01", "exact": True}


@pytest.fixture(scope="module")
def feed():
    dataset = tiny_corridor()
    haulage = tuple(replace(row, operator_id=f"trucks-{row.haulage_id}") for row in dataset.haulage)
    parties = tuple(Party(party_id=f"trucks-{name}", name=f"Trucks {name}", kind="company", country="AA", **S) for name in ("ha", "hb"))
    idle = Party(party_id="idle", name="Idle", kind="company", country="AA", **S)
    return replace(dataset, haulage=haulage, parties=(*dataset.parties, *parties, idle))


def modes_of(feed, **more):
    plan = plan_shipment(feed, ask(feed, Question(**{**BASE, **more})))
    assert not verify_plan(feed, plan)
    return [[leg.mode for leg in one.legs] for one in plan.itineraries]


def codes_of(feed, **more):
    with pytest.raises(QueryError) as caught:
        ask(feed, Question(**{**BASE, **more}))
    return [one.code for one in caught.value.findings]


def test_both_ways_are_plans_without_wishes(feed):
    assert sorted(map(len, modes_of(feed))) == [1, 3]


@pytest.mark.parametrize("wish", [{"via": ("ship",)}, {"via": ("line",)}, {"carrier": ("line",)}, {"carrier": ("The Line",)}])
def test_a_service_or_an_operator_that_must_be_used_is_used(feed, wish):
    assert modes_of(feed, **wish) == [["road", "sea", "road"]]


def test_haulage_that_must_be_used_is_used(feed):
    assert all("road" in modes for modes in modes_of(feed, via=("trucks-ha",)))
    assert modes_of(feed, via=("ha",)) == modes_of(feed, via=("trucks-ha",))


def test_a_carrier_keeps_others_of_his_mode_out(feed):
    """Trucks of B do not carry where the trucks of A are asked for."""
    query = ask(feed, Question(**{**BASE, "carrier": ("trucks-ha",)}))
    assert query.avoid == ("hb",)
    assert query.via == ("trucks-ha",)


def test_all_that_an_operator_offers_is_avoided_with_him(feed):
    assert modes_of(feed, avoid=("line",)) == [["road"]]
    assert modes_of(feed, avoid=("trucks-hb",)) != modes_of(feed)


@pytest.mark.parametrize(
    ("wish", "codes"),
    [
        ({"via": ("ship",), "avoid": ("ship",)}, ["AVOID-AND-VIA"]),
        ({"via": ("ship",), "avoid": ("sea",)}, ["AVOID-AND-VIA"]),
        ({"carrier": ("line",), "avoid": ("line",)}, ["AVOID-AND-VIA"]),
        ({"via": ("BP",), "avoid": ("BB",)}, ["AVOID-END", "AVOID-AND-VIA"]),
        ({"carrier": ("idle",)}, ["CARRIER-IDLE"]),
        ({"carrier": ("nobody",)}, ["UNKNOWN-PARTY"]),
        ({"via": ("AP", "AX", "BX", "BP", "ship", "ha", "hb")}, ["VIA-MANY"]),
    ],
)
def test_contradictions_are_told_at_once(feed, wish, codes):
    assert codes_of(feed, **wish) == codes
