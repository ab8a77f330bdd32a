"""The one way of least generalised cost, asked again and again with other things closed, or from where the goods are by now.

The tables of a question hold for any way through the same load and days, so they are made once; each further answer is a search of some
hundredths of a second.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from landbridge.domain.identity import PlaceId
from landbridge.domain.plan import Itinerary, Leg, Stage
from landbridge.domain.query import Query
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.routing.far_round import find_far_round
from landbridge.routing.groundwork import set_scene
from landbridge.routing.itinerary import ItineraryMaker
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.replay import Replay
from landbridge.routing.scene import Scene
from landbridge.terms.change import Carrier, ChangeTerms, handled_at
from landbridge.terms.clock import MINUTES_PER_DAY, local_date, to_datetime, to_minute
from landbridge.terms.money import total_of
from landbridge.terms.terms import ORIGIN

_MOST_LOOKS = 5
"""Searches for one way on from a change: two modes of first legs and a change that is not possible leave some over."""


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
            Where the goods are by now, and since when; the law stays that of goods from the question's own origin. Such a way waits for
            no papers of the shipment and pays neither these nor its fees, and departs within the days for which the question's tables were
            made.

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

    def find_onward(self, came_by: Leg, place_id: str, came_at: datetime) -> Itinerary | None:
        """The best way on for goods that a leg brings to a place: the change to its first leg is in it, and storage until that leaves.

        Which mode that leg has decides how long the change takes. So a way is looked for from when the goods come, and again from when they
        are handled for the mode that was found, until no new moment comes up; of the ways that can be had the best is taken. What a way
        from a door pays for its first loading is left out, since the goods are loaded. The vehicle that brings them may go on with them.
        """
        place, came = PlaceId(place_id), to_minute(came_at.astimezone(UTC))
        moments, closed, ways = [came], list[str](), list[Itinerary]()
        for _ in range(_MOST_LOOKS):
            if not moments:
                break
            asked = moments.pop()
            found = self.find(avoid=tuple(closed), origin_id=place, ready_at=to_datetime(asked))
            if found is None:
                continue
            change, ready = self._change(came_by, found.legs[0], place, came)
            if ready is None:
                closed.append(found.legs[0].service_id)
                moments.append(asked)
            elif asked < ready:
                moments.append(ready)
            else:
                ways.append(self._join(came_by, found, change, (came, asked)))
        per_minute = self.value_per_day_cents / MINUTES_PER_DAY
        return min(ways, key=lambda one: one.cost_cents + per_minute * to_minute(one.arrives_at), default=None)

    def _change(self, came_by: Leg, first: Leg, place: PlaceId, came: int) -> tuple[ChangeTerms | None, int | None]:
        """What the change to a first leg takes, None where the vehicle goes on; and from when on to look for it, None: not possible."""
        if not came_by.is_scheduled and came_by.service_id == first.service_id:
            return None, came
        terms, row = self._scene.terms.by_epoch(), self._scene.places[place]
        on = terms.local_date(place, came)
        change, loading = (terms.change(place, one, _carrier_of(first), on) for one in (_carrier_of(came_by), ORIGIN))
        handled = None if change.blocks else handled_at(terms.openings, row, change, came)
        return change, None if handled is None else max(came, handled[1] - loading.duration_min)

    def _join(self, came_by: Leg, way: Itinerary, change: ChangeTerms | None, at: tuple[int, int]) -> Itinerary:
        """A way with the change to its first leg: at when the goods come, and when the way was looked for."""
        first, came_at = way.legs[0], to_datetime(at[0])
        terms = self._scene.terms.by_epoch()
        on = terms.local_date(first.from_id, at[0])
        loading = terms.change(first.from_id, ORIGIN, _carrier_of(first), terms.local_date(first.from_id, at[1]))
        loaded = {item.row_id for item in (*loading.moving_items, *loading.items)}
        items = [item for item in way.items if item.leg != 0 or item.row_id not in loaded]
        stages = list(first.stages)
        if change is not None:
            minutes = to_minute(first.departs_at) - at[0]
            storage = terms.changes.storage_items(first.from_id, came_by.mode, minutes, on)
            items = [*(replace(item, leg=0) for item in (*change.moving_items, *change.items, *storage)), *items]
            kind = "handling"
        else:
            kind = "wait"
        if at[1] > at[0]:
            stages = [Stage(kind=kind, place_id=first.from_id, starts_at=came_at, ends_at=to_datetime(at[1])), *stages]
        held = {document.document_id for document, _ in self._scene.shipment_law.documents}
        low, typical, high = total_of(items)
        legs = (replace(first, ready_at=came_at, stages=tuple(stages)), *way.legs[1:])
        return replace(
            way, items=tuple(items), legs=legs, cost_low_cents=low, cost_cents=typical, cost_high_cents=high,
            documents=tuple(one for one in way.documents if one.document_id not in held),
            duration_min=(way.arrives_at - came_at) // timedelta(minutes=1),
        )  # fmt: skip

    def _set(self, avoid: tuple[str, ...], origin_id: str | None, ready_at: datetime | None) -> Scene:
        scene = copy(self._scene)
        scene.avoid = self._scene.avoid | frozenset(avoid)
        if origin_id is None or ready_at is None:
            return scene
        scene.ready_at = to_minute(ready_at.astimezone(UTC))
        scene.last_departure = min(self._scene.last_departure, scene.ready_at + self._query.horizon_days * MINUTES_PER_DAY)
        scene.due_at = None
        scene.shipment_fees = ()
        held = {document.document_id for document, _ in scene.shipment_law.documents}
        papers = tuple((replace(document, amount=None, lead_days=0), rule) for document, rule in scene.shipment_law.documents)
        scene.shipment_law = replace(scene.shipment_law, documents=papers)
        scene.document_cents = {one: cents for one, cents in scene.document_cents.items() if one not in held}
        place = PlaceId(origin_id)
        scene.terms = copy(scene.terms)
        day = local_date(scene.places[place].zone, scene.ready_at)
        scene.terms.query = replace(self._query, origin_id=place, ready_on=day, due_on=None)
        return scene


def _carrier_of(leg: Leg) -> Carrier:
    return Carrier(carrier_id=leg.service_id, mode=leg.mode, operator_id=leg.operator_id)
