"""The Shapley value: each party's average addition to the cost over all orders of joining."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from statistics import NormalDist

from landbridge.domain.settlement import Share, Sharing
from landbridge.sharing.game import CostGame
from landbridge.sharing.rounding import round_shares
from landbridge.sharing.stability import check_core, sharing_of

_SURE = NormalDist().inv_cdf(0.975)
_LEAST_PAIRS = 8
"""With fewer pairs of orders no spread is estimated."""


def allocate_shapley(game: CostGame) -> Sharing:
    """The exact Shapley value, for up to 12 parties.

    Raises
    ------
    ValueError
        With more parties; use :func:`sample_shapley`.

    Notes
    -----
    Exact in rational arithmetic, then rounded to cents so that the sum is kept.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II, 307-317.
    """
    return sharing_of(game, "shapley", round_shares(shapley_values(game), game.total_cents))


def shapley_values(game: CostGame) -> tuple[Fraction, ...]:
    """The Shapley value of each party as an exact fraction of cents."""
    table, n = game.table(), len(game)
    orders = math.factorial(n)
    weights = [math.factorial(size) * math.factorial(n - size - 1) for size in range(n)]
    values = []
    for index in range(n):
        bit = 1 << index
        total = sum(weights[mask.bit_count()] * (table[mask | bit] - table[mask]) for mask in range(len(table)) if not mask & bit)
        values.append(Fraction(total, orders))
    return tuple(values)


def sample_shapley(game: CostGame, *, pairs: int = 500, seed: int = 0, is_over: Callable[[], bool] | None = None) -> Sharing:
    """The Shapley value estimated from random orders of joining, with a 95 % confidence interval for each party.

    Parameters
    ----------
    game
        Any number of parties; each order asks for as many coalitions as there are parties.
    pairs
        How many orders are drawn, each used forwards and backwards.
    seed
        The same seed gives the same shares.
    is_over
        Asked after each pair from the eighth on; True ends the sampling, which makes the interval wider.

    Notes
    -----
    Each order's additions sum to the joint cost, so the shares do as well. An order and its reverse
    are one draw, since their average varies less.

    References
    ----------
    Castro, J., Gomez, D., Tejada, J. (2009). Polynomial calculation of the Shapley value based on sampling. Computers & Operations
    Research 36(5), 1726-1730. https://doi.org/10.1016/j.cor.2008.04.004
    """
    if pairs < _LEAST_PAIRS:
        raise ValueError(f"at least {_LEAST_PAIRS} pairs of orders are needed for an interval, not {pairs}")
    orders = draw_orders(len(game), seed)
    totals, squares, count = [0] * len(game), [0] * len(game), 0
    while count < pairs and not (count >= _LEAST_PAIRS and is_over is not None and is_over()):
        for index, twice in _both_ways(game, next(orders)):
            totals[index] += twice
            squares[index] += twice * twice
        count += 1
    means = [Fraction(total, 2 * count) for total in totals]
    cents = round_shares(means, game.total_cents)
    errors = [_error(total, square, count) for total, square in zip(totals, squares, strict=True)]
    shares = tuple(
        Share(party_id=party, cost_cents=one, low_cents=math.floor(one - error), high_cents=math.ceil(one + error))
        for party, one, error in zip(game.parties, cents, errors, strict=True)
    )
    note = f"{count} pairs of orders, seed {seed}, 95 % confidence"
    return Sharing(method="shapley", shares=shares, core=check_core(game, cents), is_exact=False, note=note)


def draw_orders(parties: int, seed: int) -> Iterator[tuple[int, ...]]:
    """Random orders of joining without end, the same for the same seed."""
    draw = random.Random(seed)
    order = list(range(parties))
    while True:
        draw.shuffle(order)
        yield tuple(order)


def _both_ways(game: CostGame, order: tuple[int, ...]) -> list[tuple[int, int]]:
    """For each party the sum of its additions in this order and in the reverse one."""
    found = [0] * len(order)
    for way in (order, order[::-1]):
        mask = before = 0
        for index in way:
            mask |= 1 << index
            after = game.cost(mask)
            found[index] += after - before
            before = after
    return list(enumerate(found))


def _error(total: int, square: int, count: int) -> float:
    """Half the width of the interval, from sums of doubled additions."""
    variance = max(Fraction(0), Fraction(square) - Fraction(total * total, count)) / (count - 1)
    return _SURE * math.sqrt(variance / count) / 2
