"""A vehicle makes no detour, not even to miss a departure (docs/model.md 4.2)."""

from __future__ import annotations

from dataclasses import replace

from landbridge.domain.service import Calendar, Service
from landbridge.domain.tariff import Tariff
from landbridge.domain.terminal import StorageStep
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.replay import Replay
from landbridge.routing.scene import Scene
from landbridge.terms.terms import Terms
from tests.corridor import S, handling, link, question, status, stop, tiny_corridor, usd
from tests.routing.reference import Enumeration

DEAR_DAY = 1000


class Unruly(Enumeration):
    """The reference without the rule."""

    def _push(self, label):
        self._stack.append(label)


def corridor_of_daily_ships():
    """Ships leave AP each day, a train BP on Fridays, and each day of storage before it is dear; the long road to AP misses a ship."""
    base = tiny_corridor()
    return replace(
        base,
        haulage=base.haulage[:1],
        links=(link("short", "AA", "AP", 120), link("long", "AA", "AP", 480)),
        services=(*base.services, Service(service_id="train", name="Train", operator_id="line", mode="rail", unit_types=("40HC",), **S)),
        statuses=(*base.statuses, status("train")),
        stops=(*base.stops, stop("train", 1, "BP", 0, 0), stop("train", 2, "BB", 1440, 1440, 120)),
        calendars=(
            Calendar(calendar_id="c", service_id="ship", kind="weekdays", weekdays=(1, 2, 3, 4, 5, 6, 7), departs_min=720, **S),
            Calendar(calendar_id="d", service_id="train", kind="weekdays", weekdays=(5,), departs_min=1200, **S),
        ),
        tariffs=(
            *base.tariffs,
            Tariff(tariff_id="r", service_id="train", from_place_id="BP", to_place_id="BB", amount=usd(100), currency="USD", **S),
        ),
        handling=(*base.handling, handling("h4", "BP", "sea", "rail")),
        storage=(StorageStep(storage_id="s1", place_id="BP", from_day=1, per_day=usd(DEAR_DAY), currency="USD", **S),),
        emission_factors=(
            *base.emission_factors,
            replace(base.emission_factors[0], factor_id="e-rail", mode="rail"),
        ),
    )


def scene_of(dataset):
    graph, query = compile_graph(dataset), question()
    return Scene(graph, Terms(graph.dataset, query))


def links_of(arrival):
    return [move.link.link.link_id for move in arrival.label.moves() if hasattr(move, "link")]


def test_a_detour_that_would_save_storage_is_no_plan():
    scene = scene_of(corridor_of_daily_ships())
    search = LabelSearch(scene)
    answers, is_complete = search.search()
    ruled, unruly = Enumeration(scene).run(), Unruly(scene).run()
    assert is_complete
    assert [one.cost for one in answers] == [one.cost for one in ruled]
    assert [links_of(one) for one in ruled] == [["short"]]
    assert [links_of(Replay(scene, search).arrival(one)) for one in answers] == [["short"]]
    assert min(one.cost for one in unruly) < min(one.cost for one in ruled)  # what the rule leaves out


def test_the_longer_road_is_a_plan_where_it_is_better_in_something():
    dataset = corridor_of_daily_ships()
    cheap = replace(dataset.links[1], country="BB")
    rates = tuple(replace(row, per_km=usd("0.01")) if row.rate_id == "ha-BB" else row for row in dataset.haulage_rates)
    scene = scene_of(replace(dataset, links=(dataset.links[0], cheap), haulage_rates=rates))
    search = LabelSearch(scene)
    answers, _ = search.search()
    assert [one.cost for one in answers] == [one.cost for one in Enumeration(scene).run()]
    assert ["long"] in [links_of(Replay(scene, search).arrival(one)) for one in answers]
