"""Laws that hold whatever the feed: less of the world is never better, dearer is never cheaper, and a question changes nothing."""

from __future__ import annotations

import copy
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from decimal import Decimal

import pytest

from landbridge.domain.dataset import Dataset
from landbridge.domain.query import Query
from landbridge.domain.record import Range
from landbridge.graph.planning_graph import PlanningGraph, compile_graph
from landbridge.planner import plan_shipment, verify_plan
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.scene import Scene
from landbridge.terms.terms import Terms
from tests.properties.random_feed import random_dataset, random_question

CHUNKS, PER_CHUNK = 4, 60
NEVER = float("inf")
Values = list[tuple[int, int, int]]


def front(graph: PlanningGraph, query: Query) -> Values:
    """Cost, minute of arrival and CO2e of all plans, unconfirmed services among them so that more feeds have a way."""
    found, _ = LabelSearch(Scene(graph, Terms(graph.dataset, query))).search(vias=query.via, with_unconfirmed=True)
    return [(row.cost, row.minute, row.emission) for row in found]


def optima(values: Values) -> tuple[float, float, float]:
    """The least cost, the earliest arrival and the least CO2e; infinity if there is no way."""
    return tuple(min((row[one] for row in values), default=NEVER) for one in range(3))  # type: ignore[return-value]


def seeds_of(chunk: int) -> range:
    return range(500_000 + chunk * PER_CHUNK, 500_000 + (chunk + 1) * PER_CHUNK)


def assert_no_better(less: Values, more: Values, what: str) -> None:
    """No plan of the lesser world is missing a plan of the greater one that is at least as good in all three."""
    for one in less:
        assert any(all(a <= b for a, b in zip(other, one, strict=True)) for other in more), f"{what}: {one} is new"
    for before, after in zip(optima(more), optima(less), strict=True):
        assert after >= before, what


def raised(row, cents: str):
    """A row with its amount raised, low, typical and high alike."""
    if row.amount is None:
        return row
    more = Decimal(cents)
    return replace(row, amount=Range(low=row.amount.low + more, typical=row.amount.typical + more, high=row.amount.high + more))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_what_is_closed_never_makes_anything_better(chunk):
    """Without one place, link, service, haulage offer or departure day no plan appears that nothing before was as good as."""
    ways = 0
    for seed in seeds_of(chunk):
        dataset, query, rng = random_dataset(seed), random_question(seed), random.Random(seed)
        graph = compile_graph(dataset)
        before = front(graph, query)
        ways += bool(before)
        names = [row.place_id for row in dataset.places if row.place_id not in (query.origin_id, query.destination_id, *query.via)]
        avoided = (rng.choice(names), rng.choice(dataset.services).service_id, rng.choice(dataset.haulage).haulage_id)
        for one in avoided:
            assert_no_better(front(graph, replace(query, avoid=(one,))), before, f"seed {seed}, without {one}")
        shut = rng.choice(dataset.links).link_id
        fewer = replace(dataset, links=tuple(row for row in dataset.links if row.link_id != shut))
        assert_no_better(front(compile_graph(fewer), query), before, f"seed {seed}, without link {shut}")
    assert ways > PER_CHUNK // 2


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_dearer_tariff_never_makes_the_cheapest_plan_cheaper(chunk):
    for seed in seeds_of(chunk):
        dataset, query = random_dataset(seed), random_question(seed)
        before = optima(front(compile_graph(dataset), query))
        for index, row in enumerate(dataset.tariffs):
            tariffs = (*dataset.tariffs[:index], raised(row, "37.50"), *dataset.tariffs[index + 1 :])
            after = optima(front(compile_graph(replace(dataset, tariffs=tariffs)), query))
            assert after[0] >= before[0], f"seed {seed}, {row.tariff_id}"
            assert after[1:] == before[1:], f"seed {seed}, {row.tariff_id}: a price changes no time and no CO2e"
        handling = tuple(raised(row, "11") for row in dataset.handling)
        assert optima(front(compile_graph(replace(dataset, handling=handling)), query))[0] >= before[0], f"seed {seed}, handling"


def test_a_nearer_due_date_and_a_longer_wish_list_never_make_anything_better():
    for seed in seeds_of(0):
        graph, query = compile_graph(random_dataset(seed)), replace(random_question(seed), via=(), due_on=None)
        before = front(graph, query)
        due = replace(query, due_on=query.ready_on.replace(day=20))
        assert_no_better(front(graph, due), before, f"seed {seed}, due")
        assert set(front(graph, due)) <= set(before), f"seed {seed}: what is in time is what was in time before"
        assert_no_better(front(graph, replace(query, via=("P1",))), before, f"seed {seed}, via")
        assert_no_better(front(graph, replace(query, max_legs=2)), before, f"seed {seed}, fewer legs")


def test_threads_with_other_exclusions_get_the_answers_they_get_alone():
    for seed in range(600_000, 600_012):
        dataset, query = random_dataset(seed), random_question(seed)
        graph = compile_graph(dataset)
        wishes = [(), ("P1",), ("P2",), ("sea",), (dataset.haulage[0].haulage_id,), (dataset.services[0].service_id,), (), ("rail",)]
        questions = [replace(query, via=(), avoid=avoid) for avoid in wishes]
        alone = [front(compile_graph(random_dataset(seed)), one) for one in questions]
        with ThreadPoolExecutor(max_workers=4) as pool:
            together = list(pool.map(lambda one: front(graph, one), questions))  # noqa: B023  # the pool ends before the next graph
        assert together == alone, f"seed {seed}"


def test_a_search_leaves_the_dataset_and_the_graph_as_they_were():
    for seed in range(600_100, 600_130):
        dataset, query = random_dataset(seed), random_question(seed)
        graph = compile_graph(dataset)
        twin = copy.deepcopy(dataset)
        first = front(graph, query)
        assert dataset == twin == graph.dataset
        assert graph == compile_graph(twin)
        assert front(graph, query) == first


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_items_sum_and_every_plan_walks_again_without_a_difference(chunk):
    walked = 0
    for seed in seeds_of(chunk + CHUNKS):
        dataset = random_dataset(seed)
        plan = plan_shipment(dataset, random_question(seed))
        assert verify_plan(dataset, plan) == (), f"seed {seed}"
        for row in (*plan.itineraries, *(one.itinerary for one in plan.compared)):
            assert sum(item.cost_cents for item in row.items) == row.cost_cents, f"seed {seed}"
            walked += 1
    assert walked > PER_CHUNK // 2


def test_the_order_of_the_rows_changes_no_value():
    """Rows in another order give the same plans by value; ties by id decide, not places in a table."""
    for seed in range(600_200, 600_300):
        dataset, query, rng = random_dataset(seed), random_question(seed), random.Random(seed)
        assert front(compile_graph(shuffled(dataset, rng)), query) == front(compile_graph(dataset), query), f"seed {seed}"


def shuffled(dataset: Dataset, rng: random.Random) -> Dataset:
    tables = {row.name: list(getattr(dataset, row.name)) for row in fields(dataset) if isinstance(getattr(dataset, row.name), tuple)}
    for rows in tables.values():
        rng.shuffle(rows)
    return replace(dataset, **{name: tuple(rows) for name, rows in tables.items()})
