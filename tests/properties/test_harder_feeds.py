"""Fronts of harder feeds, many questions one after the other, are those of an enumeration whose terms are worked out for each day alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any

import pytest

from landbridge.domain.haulage import Haulage, Link
from landbridge.domain.service import Service, Stop
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.groundwork import set_scene
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.replay import Replay
from landbridge.routing.scene import Scene
from landbridge.terms.change import Carrier, ChangeTerms
from landbridge.terms.leg import LegTerms
from landbridge.terms.terms import Terms
from tests.properties.harder_feed import harder_dataset, harder_questions
from tests.routing.reference import Enumeration

CHUNKS, PER_CHUNK, QUESTIONS = 6, 25, 8


class DailyTerms(Terms):
    """Terms of each day, shared with no other day and no other load."""

    def scheduled_leg(self, service: Service, stops: tuple[Stop, ...], on: date) -> LegTerms:
        what = (service.service_id, stops[0].seq, stops[-1].seq, on)
        return self._once(what, lambda: self.legs.scheduled_leg(service, stops, on))

    def link(self, haulage: Haulage, link: Link, from_id: str, to_id: str, on: date) -> LegTerms:
        return self._once((haulage.haulage_id, link.link_id, from_id, on), lambda: self.links.link(haulage, link, from_id, to_id, on))

    def change(self, place_id: str, before: Carrier, after: Carrier, on: date) -> ChangeTerms:
        what = (place_id, before.carrier_id, after.carrier_id, on)
        return self._once(what, lambda: self.changes.change(self.dataset.place_by_id[place_id], before, after, on))

    def _once(self, what: Hashable, make: Callable[[], Any]) -> Any:
        made: dict[Hashable, Any] = self.__dict__.setdefault("_made", {})
        if what not in made:
            made[what] = make()
        return made[what]


def values_of(answers):
    return [(row.cost, row.minute, row.emission) for row in answers]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_fronts_equal_enumeration_by_single_days(chunk):
    found = several = 0
    for seed in range(chunk * PER_CHUNK, (chunk + 1) * PER_CHUNK):
        graph = compile_graph(harder_dataset(seed, most_rules=7 if seed % 5 == 0 else 2))
        for number, query in enumerate(harder_questions(seed, QUESTIONS)):
            scene, groundwork = set_scene(graph, query)
            search = LabelSearch(scene, groundwork)
            replay = Replay(scene, search)
            plain = Scene(graph, DailyTerms(graph.dataset, query))
            for unconfirmed in (False, True):
                quick, is_complete = search.search(vias=query.via, with_unconfirmed=unconfirmed)
                slow = Enumeration(plain, vias=query.via, with_unconfirmed=unconfirmed).run()
                assert is_complete
                assert values_of(quick) == values_of(slow), f"seed {seed}, question {number}, unconfirmed {unconfirmed}"
                assert values_of(map(replay.arrival, quick)) == values_of(quick)
                found, several = found + len(quick), several + (len(quick) > 1)
    assert found > PER_CHUNK
    assert several > PER_CHUNK // 5
