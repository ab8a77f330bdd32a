"""What each lever brings to the joint plan."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from landbridge.domain.book import Lever, Proven


def share_levers(
    names: Sequence[str], cost_of: Callable[[tuple[str, ...]], Proven | None], *, is_monotone: bool = False
) -> tuple[Lever, ...]:
    """The Shapley value of each lever: its average saving over all orders in which the levers could be taken up.

    Parameters
    ----------
    names
        Up to ten levers.
    cost_of
        The joint plan's cost and bound with just these levers: of all of them, of none, then of few and of many. With ``is_monotone`` None
        where there was no time, but for these first two.
    is_monotone
        Whether every plan without a lever is one with it: then a plan of some levers is one of more, and a bound of some one of fewer, and
        no lever brings less than nothing.

    Returns
    -------
    tuple
        ``low_cents`` and ``high_cents`` hold for the true optimum of every set: each marginal saving lies between bound without minus plan
        with and plan without minus bound with. The contributions sum to what all levers save together.
    """
    if len(names) > 10:
        raise ValueError(f"at most 10 levers are shared exactly, not {len(names)}")
    n = len(names)
    order = sorted(range(1 << n), key=lambda mask: (min(mask.bit_count(), n - mask.bit_count()), -mask.bit_count(), mask))
    known = {mask: cost_of(tuple(name for index, name in enumerate(names) if mask >> index & 1)) for mask in order}
    costs = _tighten(known, n) if is_monotone else {mask: cost for mask, cost in known.items() if cost is not None}
    least = 0.0 if is_monotone else -math.inf
    weights = [Fraction(math.factorial(size) * math.factorial(n - size - 1), math.factorial(n)) for size in range(n)]
    found = []
    for index, name in enumerate(names):
        value = low = high = Fraction(0)
        for mask in range(1 << n):
            if mask >> index & 1:
                continue
            without, with_it, weight = costs[mask], costs[mask | 1 << index], weights[mask.bit_count()]
            value += weight * (without.cost_cents - with_it.cost_cents)
            low += weight * Fraction(max(least, without.bound_cents - with_it.cost_cents))
            high += weight * (without.cost_cents - with_it.bound_cents)
        found.append(Lever(lever=name, contribution_cents=round(value), low_cents=math.floor(low), high_cents=math.ceil(high)))
    return tuple(found)


def _tighten(known: Mapping[int, Proven | None], n: int) -> dict[int, Proven]:
    """Each set's cost and bound, by its mask, with the plans of sets with fewer levers and the bounds of those with more."""
    plans = {mask: math.inf if one is None else one.cost_cents for mask, one in known.items()}
    bounds = {mask: -math.inf if one is None else one.bound_cents for mask, one in known.items()}
    for mask in range(1 << n):
        plans[mask] = min([plans[mask], *(plans[mask ^ 1 << bit] for bit in range(n) if mask >> bit & 1)])
    for mask in reversed(range(1 << n)):
        bounds[mask] = max([bounds[mask], *(bounds[mask | 1 << bit] for bit in range(n) if not mask >> bit & 1)])
    return {mask: Proven(cost_cents=int(plans[mask]), bound_cents=int(min(plans[mask], bounds[mask]))) for mask in known}
