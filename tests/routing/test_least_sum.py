"""The least that a load can cost by any way: never more than what an itinerary costs, with what others take off its legs."""

from __future__ import annotations

import random

import pytest

from landbridge.domain.plan import FREIGHT_KINDS, Itinerary
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.itinerary import ItineraryMaker
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.least_sum import Allowances, LeastSums, TrainPrice
from landbridge.routing.replay import Replay
from landbridge.routing.scene import Scene
from landbridge.terms.terms import Terms
from tests.properties.random_feed import random_dataset, random_question

CHUNKS, PER_CHUNK = 6, 50
WEIGHTS = ((1.0, 0.0, 0.0), (1.0, 0.7, 0.0), (1.0, 3.0, 0.2))


def itineraries_of(seed: int, *, with_unconfirmed: bool):
    """A random question, and its itineraries with their minute, by which time is measured."""
    graph, query = compile_graph(random_dataset(seed)), random_question(seed)
    scene = Scene(graph, Terms(graph.dataset, query))
    search = LabelSearch(scene)
    maker, replay = ItineraryMaker(scene), Replay(scene, search)
    answers, _ = search.search(vias=query.via, with_unconfirmed=with_unconfirmed)
    return graph, query, [(one.minute - scene.ready_at, maker.make(replay.arrival(one))) for one in answers]


def random_allowances(rng: random.Random, itineraries: list[Itinerary]) -> Allowances:
    """What may be taken off: small beside what a leg costs, so that no round trip pays, and sometimes more is paid."""
    legs = [leg for one in itineraries for leg in one.legs]
    hauls = sorted({(leg.service_id, leg.from_id, leg.to_id) for leg in legs if not leg.is_scheduled})
    trains = [
        TrainPrice(from_id=begin, to_id=end, haulage_ids=(name,), service_id=None, cents=rng.randint(0, 20_000))
        for name, begin, end in hauls
        if rng.random() < 0.3
    ]
    trains += [
        TrainPrice(from_id=leg.from_id, to_id=leg.to_id, haulage_ids=(), service_id=leg.service_id, cents=rng.randint(0, 20_000))
        for leg in legs
        if leg.is_scheduled and rng.random() < 0.1
    ]
    return Allowances(
        starts={(name, begin): rng.choice((0, 300, -400)) for name, begin, _ in hauls},
        ends={(name, end): rng.choice((0, 300, -400)) for name, _, end in hauls},
        legs={leg.service_id: rng.choice((0, 500)) for leg in legs},
        trains=tuple(trains),
    )


def costs_of(itinerary: Itinerary, allowed: Allowances) -> list[float]:
    """What an itinerary costs less what may be taken off, by no train and by each that one of its legs may go by."""

    def without(train_leg: int | None) -> float:
        off = 0.0
        for number, leg in enumerate(itinerary.legs):
            if number != train_leg:
                off += allowed.legs.get(leg.service_id, 0.0)
                off += allowed.starts.get((leg.service_id, leg.from_id), 0.0) + allowed.ends.get((leg.service_id, leg.to_id), 0.0)
        return itinerary.cost_cents - off

    found = [without(None)]
    for number, leg in enumerate(itinerary.legs):
        freight = sum(item.cost_cents for item in itinerary.items if item.leg == number and item.kind in FREIGHT_KINDS)
        for train in allowed.trains:
            named = leg.service_id in (train.service_id, *train.haulage_ids)
            if named and (leg.from_id, leg.to_id) == (train.from_id, train.to_id) and leg.through_id is None:
                found.append(without(number) - freight + train.cents)
    return found


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_itinerary_costs_less(chunk):
    close, compared = 0, 0
    for seed in range(chunk * PER_CHUNK, (chunk + 1) * PER_CHUNK):
        rng = random.Random(seed)
        with_unconfirmed = rng.random() < 0.5
        graph, query, found = itineraries_of(seed, with_unconfirmed=with_unconfirmed)
        if not found:
            continue
        papers = [item.row_id for _, one in found for item in one.items if item.kind == "document"]
        sums = LeastSums(graph, query, with_unconfirmed=with_unconfirmed, papers=papers)
        allowed = random_allowances(rng, [one for _, one in found])
        for weights in WEIGHTS:
            plain, less = sums.find(weights, Allowances()), sums.find(weights, allowed)
            assert plain is not None
            for minutes, one in found:
                rest = weights[1] * minutes + weights[2] * one.emission_g_co2e
                by_sea = any(leg.mode == "sea" for leg in one.legs)
                assert (plain.by_sea if by_sea else plain.by_land) <= one.cost_cents + rest + 1e-6, f"seed {seed}"
                if less is not None:
                    least = min(costs_of(one, allowed)) + rest
                    assert (less.by_sea if by_sea else less.by_land) <= least + 1e-6, f"seed {seed}, with allowances"
            best = min(one.cost_cents + weights[1] * minutes + weights[2] * one.emission_g_co2e for minutes, one in found)
            close += min(plain.by_land, plain.by_sea) >= 0.8 * best
            compared += 1
    assert compared > PER_CHUNK // 2
    assert close > compared / 2  # a bound of nothing would pass the rest


def test_a_round_trip_that_pays_for_itself_has_no_least_sum():
    graph, query, found = next(one for one in (itineraries_of(seed, with_unconfirmed=False) for seed in range(100)) if one[2])
    name = next(leg.service_id for _, one in found for leg in one.legs if not leg.is_scheduled)
    places = [row.place_id for row in graph.dataset.places]
    allowed = Allowances(starts={(name, place): 1e9 for place in places}, ends={(name, place): 1e9 for place in places})
    assert LeastSums(graph, query).find((1.0, 0.0, 0.0), allowed) is None


def test_a_paper_is_paid_once_by_the_ways_that_need_it():
    """With its papers asked for the bound is never less, and somewhere more."""
    more = 0
    for seed in range(150):
        graph, query, found = itineraries_of(seed, with_unconfirmed=False)
        papers = [item.row_id for _, one in found for item in one.items if item.kind == "document"]
        if not papers:
            continue
        without, with_papers = (LeastSums(graph, query, papers=some).find((1.0, 0.0, 0.0), Allowances()) for some in ((), papers))
        assert without is not None
        assert with_papers is not None
        assert with_papers.by_land >= without.by_land
        assert with_papers.by_sea >= without.by_sea
        more += min(with_papers.by_land, with_papers.by_sea) > min(without.by_land, without.by_sea)
    assert more > 0
