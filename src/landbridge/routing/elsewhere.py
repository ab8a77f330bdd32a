"""What the plans are compared with: the best way through each other gateway, what forbids it, or how far round it leads."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from landbridge.domain.plan import FAR_ROUND, Compared, Itinerary, Rejected
from landbridge.domain.query import Query
from landbridge.routing.abreast import abreast
from landbridge.routing.arrival import Arrival
from landbridge.routing.closed_by_law import LeastSums, find_closed_by_law
from landbridge.routing.far_round import TIMES_ROUND
from landbridge.routing.gateway import gateways_of, list_gateways
from landbridge.routing.itinerary import ItineraryMaker
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.obstacle import Obstacles, Step
from landbridge.routing.replay import Replay
from landbridge.routing.scene import Scene
from landbridge.routing.steps import Answer
from landbridge.terms.validity import is_valid

_HOURS_TOLD = 48
"""What is late by less is told in hours."""
_PERCENTS_TOLD, _TENTHS_TOLD = 100, 9.95
"""What is more by no more is told in percent, above that as a multiple, with a tenth below ten."""
_DAY = 1440
_COMPARED_LABELS = 30_000
"""Bound on the search for the best way through one gateway, which is shown beside the plans and not one of them."""
_UNCONFIRMED_LABELS = 2_000
"""The same by one service without evidence: of the shipped feed none of those tried leads to a way within 30,000 and not within these."""


@dataclass(frozen=True, slots=True)
class _Detour:
    """By how much every way through something is more than the plans, at least: least sum over the least of the plans."""

    times_cost: float
    times_duration: float
    times_emission: float

    @property
    def is_far(self) -> bool:
        """Whether there may be ways, each so much dearer and slower that nobody would weigh it against the plans, and none cleaner."""
        return TIMES_ROUND <= self.times_cost < math.inf and self.times_duration >= TIMES_ROUND and self.times_emission >= 1

    def told(self) -> str:
        cost, duration = (f"{int(10 * times) / 10:g}" for times in (self.times_cost, self.times_duration))
        return f"far round: no way costs less than {cost} times the cheapest plan or takes less than {duration} times the fastest"


@dataclass(slots=True)
class Beside:
    """What stands beside some plans: ways compared, what is rejected, and of each closed way the legs of which law is told."""

    compared: tuple[Compared, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    closed: dict[str, list[Step]] = field(default_factory=dict)


class Elsewhere:
    """The ways beside some plans.

    Parameters
    ----------
    arrivals, itineraries
        The plans, as the search knows them and as they are told, in the same order.
    """

    def __init__(
        self,
        scene: Scene,
        search: LabelSearch,
        maker: ItineraryMaker,
        replay: Replay,
        arrivals: list[Arrival],
        itineraries: tuple[Itinerary, ...],
    ) -> None:
        self._scene, self._search, self._maker, self._replay = scene, search, maker, replay
        self._arrivals, self._itineraries = arrivals, itineraries

    def look(self) -> Beside:
        """The best way through each gateway that no plan uses, and why there is none through the others."""
        blocks = tuple(replace(row, what="shipment") for row in self._scene.shipment_law.blocks)
        gateways = [one for one in list_gateways(self._scene.graph) if one not in self._used and one not in self._ends]
        detours = {} if blocks else {gateway: self._detour(gateway) for gateway in gateways}
        asked = [one for one in gateways if one in detours and not detours[one].is_far]
        ways = dict(zip(asked, abreast(partial(self._best_through, one, _COMPARED_LABELS) for one in asked), strict=True))
        compared: list[Compared] = []
        rejected: list[Rejected] = list(blocks)
        obstacles, closed = Obstacles(self._scene), dict[str, list[Step]]()
        for gateway in gateways:
            best, is_complete = ways.get(gateway, (None, True))
            if best is not None:
                compared.append(self._compare(gateway, best, _COMPARED_LABELS, is_complete=is_complete))
            else:
                rejected += self._rejected(obstacles, gateway, detours.get(gateway), is_complete=is_complete)
                closed[gateway] = obstacles.find_way(gateway) or []
        if not self._itineraries and not blocks and not compared:
            told = {(row.what, row.reason) for row in rejected}
            rejected += [row for row in self._anyhow(obstacles) if (row.what, row.reason) not in told]
        compared += self._compare_unconfirmed(compared)
        if not blocks:
            shown = (*self._itineraries, *(row.itinerary for row in compared))
            for one in tuple(find_closed_by_law(self._scene, obstacles.web, shown, rejected, self._is_beyond)):
                rejected.append(one.row)
                closed.setdefault(one.row.gateway or "", []).extend(one.steps)
        compared.sort(key=lambda row: (row.itinerary.cost_cents, row.gateway))
        return Beside(compared=tuple(compared), rejected=tuple(dict.fromkeys(rejected)), closed=closed)

    @cached_property
    def _used(self) -> frozenset[str]:
        """Gateways that the plans use."""
        return frozenset(one for way in self._itineraries for one in gateways_of(way, self._scene.ports))

    @property
    def _are_confirmed(self) -> bool:
        """Whether a service needed recent evidence to be in a plan."""
        return all(one.is_confirmed for one in self._itineraries)

    @property
    def _ends(self) -> tuple[str, str]:
        return self._scene.terms.query.origin_id, self._scene.terms.query.destination_id

    def _best_through(self, name: str, max_labels: int) -> tuple[Answer | None, bool]:
        return find_best_through(self._scene, self._search, self._scene.terms.query, name, max_labels)

    def _detour(self, name: str) -> _Detour:
        """How much more every way through a gateway or by a service is than the plans; without plans 0."""
        if not self._arrivals:
            return _Detour(0, 0, 0)
        return self._beside_plans(self._search.least_sums((*self._scene.terms.query.via, name)))

    def _beside_plans(self, sums: LeastSums) -> _Detour:
        """How much more least sums are than those of the plans; without plans 0."""
        if not self._arrivals:
            return _Detour(0, 0, 0)
        cost, minutes, grams = sums
        return _Detour(
            cost / max(1, min(one.cost for one in self._arrivals)),
            minutes / max(1, min(one.minute for one in self._arrivals) - self._scene.ready_at),
            grams / max(1, min(one.emission for one in self._arrivals)),
        )

    def _is_beyond(self, sums: LeastSums) -> bool:
        """Whether ways of such least sums are far round, or twice as dear or as slow as one plan and in nothing better."""
        if self._beside_plans(sums).is_far:
            return True
        cost, minutes, grams = sums
        return any(
            cost >= one.cost
            and minutes >= (took := one.minute - self._scene.ready_at)
            and grams >= one.emission
            and (cost >= TIMES_ROUND * one.cost or minutes >= TIMES_ROUND * took)
            for one in self._arrivals
        )

    def _compare(self, name: str, best: Answer, max_labels: int, *, is_complete: bool) -> Compared:
        arrival = self._replay.arrival(best)
        way = self._maker.make(arrival)
        beaten_by, reason = _why_lost(arrival, way, self._arrivals, is_evidence_asked=self._are_confirmed)
        reason += "" if is_complete else f"; the search stopped at {max_labels:,} labels, there may be a better way through it"
        return Compared(gateway=name, itinerary=way, dominated_by=beaten_by, reason=reason)

    def _rejected(self, obstacles: Obstacles, gateway: str, detour: _Detour | None, *, is_complete: bool) -> Iterator[Rejected]:
        """What stands in the way through a gateway, or else how far round it is; nothing where no leg leads through it."""
        found, due_on = obstacles.through(gateway), self._scene.terms.query.due_on
        if found is None:
            return
        if not found:
            late = "no connection that keeps all times" if due_on is None else f"no connection that arrives by {due_on}"
            if not is_complete:
                late = f"no connection found within {_COMPARED_LABELS:,} labels; there may be one"
            found = (Rejected(what=gateway, reason=late, status="no_connection"),)
            if detour is not None and detour.is_far:
                found = (Rejected(what=gateway, reason=detour.told(), status=FAR_ROUND),)
        for row in found:
            yield replace(row, gateway=gateway)

    def _anyhow(self, obstacles: Obstacles) -> tuple[Rejected, ...]:
        """What stands in the way that has the fewest obstacles, through whatever gateway or none."""
        found = obstacles.anyhow()
        if found is not None:
            return found
        origin, destination = self._ends
        return (Rejected(what=destination, reason=f"no leg of the feed leads there from {origin}", status="no_connection"),)

    def _compare_unconfirmed(self, compared: list[Compared]) -> Iterator[Compared]:
        """The best way by each service without evidence that passes no gateway, that no way shows so far and that does not lead far round.

        It is told if it passes no gateway elsewhere either but those of the plans.

        Where the plans themselves use such services, all of them were in the search for plans.
        """
        if not self._itineraries or not self._are_confirmed:
            return
        shown = {leg.service_id for way in (*self._itineraries, *(row.itinerary for row in compared)) for leg in way.legs}
        names = [one for one in list_unconfirmed(self._scene) if one not in shown and not self._detour(one).is_far]
        others = frozenset(list_gateways(self._scene.graph)) - self._used - set(self._ends)
        ways = abreast(partial(self._best_through, one, _UNCONFIRMED_LABELS) for one in names)
        for name, (best, is_complete) in zip(names, ways, strict=True):
            if best is None:
                continue
            row = self._compare(name, best, _UNCONFIRMED_LABELS, is_complete=is_complete)
            if not gateways_of(row.itinerary, self._scene.ports) & others:
                yield row


def list_unconfirmed(scene: Scene) -> tuple[str, ...]:
    """Ids of services that pass no gateway and have no recent evidence that they run on the day on which the goods are ready."""
    on, gateways, dataset = scene.terms.query.ready_on, frozenset(list_gateways(scene.graph)), scene.graph.dataset
    found = []
    for row in dataset.services:
        passed = {one for stop in dataset.stops_by_service.get(row.service_id, ()) for one in (stop.place_id, *stop.passages)}
        evidence = scene.terms.legs.evidence(row.service_id, row.name, on)
        if is_valid(row, on) and not passed & gateways and not evidence.is_confirmed and evidence.block is None:
            found.append(row.service_id)
    return tuple(found)


def find_best_through(
    scene: Scene, search: LabelSearch, query: Query, gateway: str, max_labels: int = _COMPARED_LABELS
) -> tuple[Answer | None, bool]:
    """The way of least generalised cost through a gateway, confirmed or not; and whether the search went to its end."""
    per_minute = float(scene.terms.load.value_per_day_cents) / _DAY
    found, is_complete = search.search(
        vias=(*query.via, gateway), with_unconfirmed=True, weights=(1.0, per_minute, 0.0), max_labels=max_labels
    )
    return (found[0] if found else None), is_complete


def _why_lost(best: Arrival, itinerary: Itinerary, arrivals: list[Arrival], *, is_evidence_asked: bool) -> tuple[int | None, str]:
    """The plan that beats a way, if one does, and why the way is no plan; want of evidence is no reason where plans have none either."""
    beaten_by = None
    for index, arrival in enumerate(arrivals):
        if arrival.cost <= best.cost and arrival.minute <= best.minute and arrival.emission <= best.emission:
            beaten_by = index
            break
    unconfirmed = [leg for leg in itinerary.legs if not leg.is_confirmed and is_evidence_asked]
    parts = []
    if unconfirmed:
        seen = "; ".join(
            dict.fromkeys(
                f"{leg.service_id} ({'last evidence ' + leg.evidence_on.isoformat() if leg.evidence_on else 'no evidence'})"
                for leg in unconfirmed
            )
        )
        parts.append(f"unconfirmed: {seen}")
    if beaten_by is not None:
        parts.append(f"beaten by plan {beaten_by + 1}: {_how_much_worse(best, arrivals[beaten_by])}")
    elif not parts:
        parts.append("not beaten, but another way through the same places is a plan")
    return beaten_by, "; ".join(parts)


def _how_much_worse(best: Arrival, winner: Arrival) -> str:
    """In what a way is worse than another, and how much; what rounds to nothing is left out."""
    hours = round((best.minute - winner.minute) / 60)
    later = round(hours / 24)
    late = f"{later} day{'' if later == 1 else 's'} later" if hours >= _HOURS_TOLD else f"{hours} h later" if hours else ""
    dearer = how_much_more(best.cost, winner.cost, "dearer", "as dear")
    told = (dearer, late, how_much_more(best.emission, winner.emission, "more CO2e", "the CO2e"))
    return ", ".join(one for one in told if one) or "hardly worse in anything, better in nothing"


def how_much_more(value: int, least: int, more: str, times: str) -> str:
    """By how much a value is more than another: ``67 % dearer``, and from above twice as much ``12 times as dear``; "" where nothing shows.

    Parameters
    ----------
    more, times
        Words after the percents and after the multiple.
    """
    percent = round(100 * (value - least) / least) if least else 0
    if percent > _PERCENTS_TOLD:
        ratio = value / least
        return f"{ratio:.0f} times {times}" if ratio >= _TENTHS_TOLD else f"{ratio:.1f} times {times}".replace(".0 ", " ")
    return f"{percent} % {more}" if percent else ""
