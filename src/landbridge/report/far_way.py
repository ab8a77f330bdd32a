"""Ways of another corridor, which every page counts in place of listing them: those that were compared, and those that are closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from landbridge.domain.great_circle import measure_great_circle_m
from landbridge.domain.plan import FAR_ROUND, Compared, Plan, Rejected
from landbridge.report.figures import count_text
from landbridge.report.legend import Legend

FAR = 2
"""A way that costs and takes more than so many times what any plan does, or is so many times as long, is of another corridor.

Twice, as where bounds prove it before a way is looked for: docs/decisions/0049-far-round.md.
"""


def part_ways(plan: Plan) -> tuple[tuple[Compared, ...], tuple[Compared, ...]]:
    """Ways that were compared, and beside them those that cost and take more than ``FAR`` times what any plan does: of another corridor."""
    if not plan.itineraries:
        return plan.compared, ()
    cents, minutes = (FAR * max(getattr(one, name) for one in plan.itineraries) for name in ("cost_cents", "duration_min"))
    near, far = list[Compared](), list[Compared]()
    for one in plan.compared:
        (far if one.itinerary.cost_cents > cents and one.itinerary.duration_min > minutes else near).append(one)
    return tuple(near), tuple(far)


def group_ways(ways: Sequence[Compared], legend: Legend) -> tuple[tuple[str, Compared], ...]:
    """Ways that were compared, each once, with the names of all the ports, borders and passages by which it was."""
    gateways: dict[Compared, list[str]] = {}
    for one in ways:
        gateways.setdefault(replace(one, gateway=""), []).append(one.gateway)
    first = {found[0]: ", ".join(legend.name(one) for one in found) for found in gateways.values()}
    return tuple((first[one.gateway], one) for one in ways if one.gateway in first)


def part_rejected(plan: Plan, legend: Legend) -> tuple[tuple[Rejected, ...], tuple[Rejected, ...]]:
    """Closed ways, and beside them those of another corridor.

    A closed way has no price and no duration. It is of another corridor if its port or border is that of a compared way that is, or lies so
    that the straight line to it and on is more than ``FAR`` times as long as any plan. Where the legend does not know where it lies, it
    stays. So does whatever law forbids, wherever it lies: blocked is shown as blocked. Ways that bounds prove far round are of another
    corridor by that.
    """
    gateways = {one.gateway for one in part_ways(plan)[1]}
    ends = [legend.find_point(one) for one in (plan.query.origin_id, plan.query.destination_id)]
    most_m = FAR * max((sum(leg.distance_m for leg in one.legs) for one in plan.itineraries), default=0)
    near, far = list[Rejected](), list[Rejected]()
    for one in plan.rejected:
        at = None if one.gateway is None or not plan.itineraries else legend.find_point(one.gateway)
        around_m = sum(measure_great_circle_m(*at, *end) for end in ends if end is not None) if at is not None and None not in ends else 0
        is_far = one.status == FAR_ROUND or one.gateway in gateways or around_m > most_m
        (far if is_far and one.regime is None else near).append(one)
    return tuple(near), tuple(far)


def count_ways(ways: Sequence[Compared]) -> int:
    """How many ways were compared: one that was by two ports is one."""
    return len({replace(one, gateway="") for one in ways})


def far_compared_text(far: tuple[Compared, ...]) -> str:
    """How many ways are not listed, and why."""
    return f"{count_text(count_ways(far), 'way')} that would cost and take more than twice as much as any plan"


def count_closed(rejected: tuple[Rejected, ...]) -> int:
    """How many ways are closed: the reasons against one way are one."""
    return len({one.gateway for one in rejected})


def far_rejected_text(far: tuple[Rejected, ...]) -> str:
    """How many ways that are closed or lead far round are not listed, and why."""
    count = count_text(count_closed(far), "way")
    return f"{count} of another corridor, closed or far round: twice as long as any plan, or twice as dear and slow as the best"
