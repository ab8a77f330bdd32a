"""The one way of least generalised cost, asked again and again with other things closed, or from where the goods are by now.

The tables of a question hold for any way through the same load and days, so they are made once; each further answer is a search of some
hundredths of a second.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import UTC, datetime

from landbridge.domain.identity import PlaceId
from landbridge.domain.plan import Itinerary
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.routing.far_round import find_far_round
from landbridge.routing.groundwork import set_scene
from landbridge.routing.itinerary import ItineraryMaker
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.replay import Replay
from landbridge.routing.scene import Scene
from landbridge.terms.clock import MINUTES_PER_DAY, local_date, to_minute


class BestWays:
    """Best ways of one question.

    Parameters
    ----------
    graph
        Compiled dataset; read only.
    query
        The question: load, day of asking, origin and law of the goods. Its exclusions hold for every answer.
    max_labels
        Bound on each search; ``is_complete`` tells whether the last answer is proven, or stopped at it.
    """

    def __init__(self, graph: PlanningGraph, query: Query, *, max_labels: int | None = None) -> None:
        self._max_labels = max_labels or query.max_labels
        self.is_complete = True
        self._query = query
        self._scene, groundwork = set_scene(graph, query)
        self._search = LabelSearch(self._scene, groundwork)
        self.value_per_day_cents = float(self._scene.terms.load.value_per_day_cents)

    def find(
        self, *, avoid: tuple[str, ...] = (), origin_id: str | None = None, ready_at: datetime | None = None, is_due: bool = True
    ) -> Itinerary | None:
        """The way of least cost plus capital in the goods; over confirmed services, and over others only where those give no
        way or lead far round.

        Parameters
        ----------
        avoid
            Ids of places, services, borders and passages, and countries, that are closed for this answer alone.
        origin_id, ready_at
            Where the goods are by now, and since when; the law stays that of goods from the question's own origin. Such a way counts no
            fees and papers of the shipment, which are paid already, and departs within the days for which the question's tables were made.

        is_due
            Whether the due date holds.

        Returns
        -------
        Itinerary or None
            None: no way, or none within the bound on labels.
        """
        scene = self._set(avoid, origin_id, ready_at)
        if not is_due:
            scene.due_at = None
        search = self._search.on(scene)
        weights = (1.0, self.value_per_day_cents / MINUTES_PER_DAY, 0.0)
        for with_unconfirmed in (False, True):
            found, self.is_complete = search.search(
                vias=self._query.via, with_unconfirmed=with_unconfirmed, weights=weights, max_labels=self._max_labels
            )
            if found and (with_unconfirmed or find_far_round(scene, search) is None):
                return ItineraryMaker(scene).make(Replay(scene, search).arrival(found[0]))
            if not self.is_complete:
                return None
        return None

    def _set(self, avoid: tuple[str, ...], origin_id: str | None, ready_at: datetime | None) -> Scene:
        scene = copy(self._scene)
        scene.avoid = self._scene.avoid | frozenset(avoid)
        if origin_id is None or ready_at is None:
            return scene
        scene.ready_at = to_minute(ready_at.astimezone(UTC))
        scene.last_departure = min(self._scene.last_departure, scene.ready_at + self._query.horizon_days * MINUTES_PER_DAY)
        scene.due_at = None
        scene.shipment_fees = ()
        place = PlaceId(origin_id)
        scene.terms = copy(scene.terms)
        day = local_date(scene.places[place].zone, scene.ready_at)
        scene.terms.query = replace(self._query, origin_id=place, ready_on=day, due_on=None)
        return scene
