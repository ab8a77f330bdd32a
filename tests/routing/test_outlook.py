"""A price that falls is told by the amount that an earlier day may cost more, whatever falls."""

from dataclasses import replace
from datetime import timedelta

from landbridge.domain.tariff import ThroughLeg, ThroughRate
from landbridge.domain.terminal import StorageStep
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.scene import Scene
from landbridge.terms.terms import Terms
from tests.corridor import READY, S, question, tiny_corridor, usd

DAY = READY + timedelta(days=10)
LAST = {"valid_to": DAY - timedelta(days=1)}


def tables_of(**changed):
    dataset = replace(tiny_corridor(), **changed)
    graph = compile_graph(dataset)
    found = LabelSearch(Scene(graph, Terms(dataset, question())))
    return found.tables, {row.place_id: index for index, row in enumerate(dataset.places)}, found.tabulation


def storage(**more):
    return StorageStep(storage_id="s1", place_id="AP", from_day=1, per_day=usd(30), currency="USD", **S, **more)


def test_nothing_falls_where_prices_stay():
    tables, _, _ = tables_of(storage=(storage(),))
    assert not tables.place_gain.any()
    assert not tables.ride_gain.any()
    assert not tables.arc_gain.any()


def test_storage_that_ends_is_free_from_then_on():
    tables, places, _ = tables_of(storage=(storage(**LAST),))
    assert tables.place_gain[places["AP"]] > 0
    assert tables.most_risk[0] >= tables.place_gain.max()


def test_lifts_that_get_cheaper():
    rows = []
    for row in tiny_corridor().handling:
        rows += [
            replace(row, **LAST),
            replace(row, handling_id=f"{row.handling_id}2", valid_from=DAY, amount=usd(row.amount.typical - 40)),
        ]
    tables, places, _ = tables_of(handling=tuple(rows))
    assert tables.place_gain[places["AP"]] >= 4_000


def test_a_through_rate_that_begins_later_is_no_fall_but_told_apart():
    service = tiny_corridor().services[0].service_id
    rate = ThroughRate(through_id="t", name="t", amount=usd(500), currency="USD", valid_from=DAY, **S)
    leg = ThroughLeg(through_id="t", seq=1, service_id=service, from_place_id="AP", to_place_id="BP", **S)
    tables, places, tabulation = tables_of(through_rates=(rate,), through_legs=(leg,))
    assert not tables.ride_gain.any()
    assert tables.better[places["AP"], tabulation.days.index(DAY)]
