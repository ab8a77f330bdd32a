"""Ways for the shipments of a book: the plans of routing without what is only compared, each question asked once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

from landbridge.domain.dataset import Dataset
from landbridge.domain.headway import Headway, Stage
from landbridge.domain.plan import Itinerary, Rejected
from landbridge.domain.query import Query
from landbridge.planner.shipment import gated_graph
from landbridge.routing.answer import search_itineraries
from landbridge.routing.front import front_of
from landbridge.routing.groundwork import set_scene
from landbridge.routing.itinerary import ItineraryMaker
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.replay import Replay
from landbridge.routing.scene import Scene
from landbridge.routing.steps import Answer
from landbridge.terms.clock import MINUTES_PER_DAY

Found = tuple[tuple[Itinerary, ...], tuple[Rejected, ...]]
Search = Callable[[Query], Found]
Lanes = tuple[tuple[str, str], ...]


class Ways(Protocol):
    """Where the itineraries of a book come from."""

    def prepare(self, queries: Sequence[Query], later: Sequence[Query], seconds: float) -> Iterator[Headway]:
        """Look for the ways of many questions, telling what is done. Of ``later`` questions, about shipments that might wait for others,
        only ways over lanes are wanted. After ``seconds`` nothing more is begun; whoever stops listening keeps what is done.
        """

    def knows(self, query: Query) -> bool:
        """Whether a question has been answered."""

    def find(self, query: Query) -> Found:
        """The ways of one question; only where there are none, what stands in the way."""


@dataclass(slots=True)
class EachWays:
    """Asks a search for each question by itself, once."""

    search: Search
    found: dict[Query, Found] = field(default_factory=dict)

    def prepare(self, queries: Sequence[Query], later: Sequence[Query], seconds: float) -> Iterator[Headway]:
        begin = perf_counter()
        for is_later, asked in ((False, queries), (True, later)):
            for number, query in enumerate(asked, 1):
                if perf_counter() - begin > seconds / (2 if is_later else 1):
                    return
                if query not in self.found:
                    self.find(query)
                    yield Headway(stage=Stage.LATER if is_later else Stage.WAYS, done=number, total=len(asked))

    def knows(self, query: Query) -> bool:
        return query in self.found

    def find(self, query: Query) -> Found:
        if query not in self.found:
            self.found[query] = self.search(query)
        return self.found[query]


_PRICES = ((0.0, 0.0), (1.0, 0.0), (4.0, 0.0), (16.0, 0.0), (1.0, 0.01), (1.0, 0.03), (1.0, 0.1))
"""Prices that ways are sought for: of a day, as a multiple of the capital cost of the goods, and of CO2e, in cents a gram (0.01: 100 a
tonne in the settlement currency). A joint plan prices time at 1 and CO2e as asked; the other ways are there for when room is scarce.
"""
_LANE_LABELS = 6_000
MOST_DETOUR = 1.5
"""A way over a lane that costs more than this multiple of the best one is left out: the lane lies elsewhere or runs the other way."""


def route_candidates(dataset: Dataset, lanes: Lanes = ()) -> Search:
    """The one door to routing.

    Parameters
    ----------
    dataset
        The feed; the gate of every question is put before it.
    lanes
        Pairs of places between which whole trains or ships can be bought: the best way over each is a candidate as well, though it may cost
        more than the plans when it goes alone.

    Returns
    -------
    Search
        Itineraries of a question; only where there are none, what stands in the way.
    """

    def search(query: Query) -> Found:
        graph = gated_graph(dataset, query)
        scene, groundwork = set_scene(graph, query)
        plans = _search_plans(scene, LabelSearch(scene, groundwork), query, lanes)
        if plans:
            return plans, ()
        found = search_itineraries(graph, query)
        return found.itineraries, found.rejected

    return search


def _search_plans(scene: Scene, search: LabelSearch, query: Query, lanes: Lanes) -> tuple[Itinerary, ...]:
    """The best ways for several prices of time and CO2e among confirmed services, and the best way over each lane."""
    per_minute = float(scene.terms.load.value_per_day_cents) / MINUTES_PER_DAY
    known: list[Answer] = []
    for days, cents_a_gram in _PRICES:
        found, _ = search.search(vias=query.via, weights=(1.0, days * per_minute, cents_a_gram), known=known)
        known += [one for one in found if one not in known]
        if not known:
            return ()
    answers = front_of(known)
    most = MOST_DETOUR * min(one.cost + per_minute * one.minute for one in answers)
    for lane in lanes:
        found, _ = search.search(vias=(*query.via, *lane), weights=(1.0, per_minute, 0.0), max_labels=_LANE_LABELS)
        answers += [one for one in found if one not in answers and one.cost + per_minute * one.minute < most]
    maker, replay = ItineraryMaker(scene), Replay(scene, search)
    return tuple(maker.make(replay.arrival(answer)) for answer in answers)
