"""What law alone closes: services, offers, tracks and changes that some way could use, were there no such law."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from landbridge.domain.plan import Itinerary, Rejected
from landbridge.routing.obstacle import Step, Web
from landbridge.routing.scene import Scene

LeastSums = tuple[float, float, float]
"""Cents, minutes and grams, each the least of all ways by itself."""
_CRITERIA = range(3)


@dataclass(slots=True)
class Closed:
    """One thing that one measure closes.

    ``least`` are the least sums of the ways that could use it, ``steps`` the legs of its own on them.
    """

    row: Rejected
    least: LeastSums = (math.inf, math.inf, math.inf)
    steps: list[Step] = field(default_factory=list)


def find_closed_by_law(
    scene: Scene, web: Web, shown: Sequence[Itinerary], told: Iterable[Rejected], is_beyond: Callable[[LeastSums], bool]
) -> Iterator[Closed]:
    """What a designation, a sanction or a ban on trade closes, and nothing else does, cheapest first; no way around it is looked for.

    It is told where some way from the origin to the destination could use it: one in which nothing stands but such law, and of which
    bounds do not prove that nobody would weigh it against the plans. The law is that of the day on which the goods are ready.

    Parameters
    ----------
    web
        All legs that lead on from the origin, with what stands in each.
    shown
        The plans and the ways compared: what they use is closed in some places only.
    told
        What is rejected at the gateways: what one of its own gateways tells is not told again, nor what closes the change at a place, which
        lies on no gateway's leg, if any tells it.
    is_beyond
        Whether least sums prove that nobody would weigh any such way against the plans.

    Yields
    ------
    Closed
        ``row`` has the id of the service or offer as ``gateway``; for tracks that of their owner, for a change that of the place. What
        is open elsewhere, as ways shown use it, closes no way as a whole: it has none.
    """
    lifted = [
        step
        for step in web.steps
        if not (step.change or step.obstacles) or all(_is_lifted(scene, row) for row in (*step.change, *step.obstacles))
    ]
    closed = _list_closed(scene, lifted, web.ends) if any(step.change or step.obstacles for step in lifted) else []
    known, used = {(row.what, row.rule_id, row.gateway) for row in told}, _list_used(shown)
    anywhere, places = {(what, rule_id) for what, rule_id, _ in known}, scene.graph.dataset.place_by_id
    for one in sorted(closed, key=lambda one: (one.least, one.row.gateway, one.row.what, one.row.rule_id)):
        key = one.row.what, one.row.rule_id
        is_told = any((*key, gateway) in known for step in one.steps for gateway in step.touched)
        is_told = is_told or (key in anywhere and one.row.what in places)
        if not is_told and not is_beyond(one.least):
            yield replace(one, row=replace(one.row, gateway=None)) if (one.row.what, one.row.gateway) in used else one


def _is_lifted(scene: Scene, row: Rejected) -> bool:
    """Whether an obstacle is a measure, is over before the last departure, or is no obstacle on a way at a through rate."""
    if row.rule_id is not None and scene.terms.law.is_measure(row.rule_id):
        return True
    if row.until is not None and row.until < scene.terms.query.ready_on + timedelta(days=scene.terms.query.horizon_days):
        return True
    return row.status == "no_price" and row.what in scene.through_carriers


def _list_closed(scene: Scene, lifted: Sequence[Step], ends: Sequence[int]) -> list[Closed]:
    fore, back = _spread(lifted, (0,), is_back=False), _spread(lifted, ends, is_back=True)
    found: dict[tuple[str | None, str, str | None], Closed] = {}
    for step in lifted:
        rows = [row for row in (*step.change, *step.obstacles) if row.rule_id is not None and scene.terms.law.is_measure(row.rule_id)]
        if not rows or step.start not in fore[0] or step.end not in back[0]:
            continue
        sums = [fore[one][step.start] + step.sums[one] + back[one][step.end] for one in _CRITERIA]
        for row in rows:
            for way in _ways_of(scene, row):
                one = found.setdefault((way, row.what, row.rule_id), Closed(replace(row, gateway=way)))
                one.least = (min(one.least[0], sums[0]), min(one.least[1], sums[1]), min(one.least[2], sums[2]))
                one.steps.append(step)
    return list(found.values())


def _ways_of(scene: Scene, row: Rejected) -> tuple[str, ...]:
    """By what a closed thing is told: whose tracks are closed to an offer, where it is not the offer that is designated; or itself."""
    named = scene.terms.law.list_named(row.rule_id or "")
    offer = scene.graph.dataset.haulage_by_id.get(row.what)
    if offer is None or not named or offer.operator_id in named:
        return (row.what,)
    tracks = {party for (name, _), parties in scene.graph.dataset.infrastructure.items() if name == row.what for party in parties}
    return tuple(sorted(tracks & named)) or (row.what,)


def _list_used(shown: Iterable[Itinerary]) -> set[tuple[str, str]]:
    """Things that ways use, each with what it would be told by: services and offers, tracks, and places at which goods are handled."""
    used: set[tuple[str, str]] = set()
    for way in shown:
        for leg in way.legs:
            used.add((leg.service_id, leg.service_id))
            used |= {(leg.service_id, party) for party in leg.infrastructure_ids or ()}
        used |= {(place_id, place_id) for leg in way.legs for place_id in (leg.from_id, leg.to_id)}
    return used


def _spread(steps: Sequence[Step], starts: Iterable[int], *, is_back: bool) -> list[dict[int, float]]:
    """Least cents, minutes and grams between some states and each other one, each by itself."""
    leads: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        leads[step.end if is_back else step.start].append(step)
    return [_least(leads, starts, criterion, is_back=is_back) for criterion in _CRITERIA]


def _least(leads: dict[int, list[Step]], starts: Iterable[int], criterion: int, *, is_back: bool) -> dict[int, float]:
    least = dict.fromkeys(starts, 0.0)
    heap, done = [(0.0, start) for start in least], set[int]()
    while heap:
        value, state = heapq.heappop(heap)
        if state in done:
            continue
        done.add(state)
        for step in leads.get(state, ()):
            end, total = step.start if is_back else step.end, value + step.sums[criterion]
            if total < least.get(end, math.inf):
                least[end] = total
                heapq.heappush(heap, (total, end))
    return least
