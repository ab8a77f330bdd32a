"""Rows of the matrix of law that a page shows, and those that it counts since it lists them among what is rejected."""

from __future__ import annotations

from collections.abc import Collection

from landbridge.domain.plan import Plan, RegimeState
from landbridge.report.far_way import part_rejected, part_ways
from landbridge.report.legend import Legend

Cells = dict[str, RegimeState]
"""What the matrix says of one way, by regime."""


def plan_way(index: int) -> str:
    """How the matrix calls a plan; the first has the index 0."""
    return f"plan {index + 1}"


def part_law(plan: Plan, legend: Legend, shown: Collection[int]) -> tuple[dict[str, Cells], tuple[str, ...]]:
    """The cells of each way of the matrix, and beside them services and offers that law blocks and that no port or border leads to.

    Ways of another corridor are left out, unless law blocks them; so are plans that the page does not show.

    Parameters
    ----------
    shown
        Indices of the plans that the page shows.

    Returns
    -------
    tuple
        Cells by way and regime; ways that the page counts there, each of which it lists with list and date among what is rejected.
    """
    listed, left_out = part_rejected(plan, legend)
    forbidden = {one.gateway for one in listed if one.regime}
    hidden = {plan_way(index) for index in range(len(plan.itineraries)) if index not in shown}
    far = {one.gateway for one in part_ways(plan)[1]} | {one.gateway for one in left_out if one.gateway}
    hidden |= far - forbidden
    ways: dict[str, Cells] = {}
    for cell in plan.matrix:
        if cell.gateway not in hidden:
            ways.setdefault(cell.gateway, {})[cell.regime] = cell
    compared = {one.gateway for one in plan.compared}
    own = {one.gateway for one in listed if one.regime and one.gateway == one.what and legend.find_point(one.what) is None}
    counted = tuple(way for way in ways if way in own and way not in compared)
    return {way: cells for way, cells in ways.items() if way not in counted}, counted
