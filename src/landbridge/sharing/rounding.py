"""Exact and inexact shares to whole cents that keep their sum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction


def round_shares(shares: Sequence[Fraction | float], total_cents: int) -> tuple[int, ...]:
    """Whole cents nearest to the shares that sum to the total; the largest remainders are rounded up, of equal ones the first.

    Raises
    ------
    ValueError
        If the shares miss the total by more than one cent each.
    """
    floors = [math.floor(share) for share in shares]
    missing = total_cents - sum(floors)
    if not -len(shares) <= missing <= 2 * len(shares):
        raise ValueError(f"shares sum to {float(sum(shares)):.2f} cents, not to {total_cents}")
    order = sorted(range(len(shares)), key=lambda index: (floors[index] - shares[index], index))
    for turn in range(abs(missing)):
        if missing > 0:
            floors[order[turn % len(order)]] += 1
        else:
            floors[order[-1 - turn % len(order)]] -= 1
    return tuple(floors)
