"""What each lever brings to the joint plan."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from landbridge.domain.book import Lever, Proven


def share_levers(names: Sequence[str], cost_of: Callable[[tuple[str, ...]], Proven]) -> tuple[Lever, ...]:
    """The Shapley value of each lever: its average saving over all orders in which the levers could be taken up.

    Parameters
    ----------
    names
        Up to ten levers.
    cost_of
        The joint plan's cost and bound with just these levers.

    Returns
    -------
    tuple
        ``low_cents`` and ``high_cents`` hold for the true optimum of every set: each marginal saving lies between bound without minus
        plan with
        and plan without minus bound with. The contributions sum to what all levers save together.
    """
    if len(names) > 10:
        raise ValueError(f"at most 10 levers are shared exactly, not {len(names)}")
    n = len(names)
    costs = [cost_of(tuple(name for index, name in enumerate(names) if mask >> index & 1)) for mask in range(1 << n)]
    weights = [Fraction(math.factorial(size) * math.factorial(n - size - 1), math.factorial(n)) for size in range(n)]
    found = []
    for index, name in enumerate(names):
        value = low = high = Fraction(0)
        for mask in range(1 << n):
            if mask >> index & 1:
                continue
            without, with_it, weight = costs[mask], costs[mask | 1 << index], weights[mask.bit_count()]
            value += weight * (without.cost_cents - with_it.cost_cents)
            low += weight * (without.bound_cents - with_it.cost_cents)
            high += weight * (without.cost_cents - with_it.bound_cents)
        found.append(Lever(lever=name, contribution_cents=round(value), low_cents=math.floor(low), high_cents=math.ceil(high)))
    return tuple(found)
