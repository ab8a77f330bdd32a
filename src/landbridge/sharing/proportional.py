"""Shares in proportion to what each party would pay alone."""

from __future__ import annotations

from fractions import Fraction

from landbridge.domain.settlement import Sharing
from landbridge.sharing.game import CostGame
from landbridge.sharing.rounding import round_shares
from landbridge.sharing.stability import sharing_of


def allocate_proportional(game: CostGame) -> Sharing:
    """Share the joint cost in proportion to the stand-alone costs; equally if all of them are zero.

    Easy to explain, and in the core only by luck.
    """
    alone = [game.alone(index) for index in range(len(game))]
    total = sum(alone)
    parts = [Fraction(one, total) if total else Fraction(1, len(game)) for one in alone]
    return sharing_of(game, "proportional", round_shares([part * game.total_cents for part in parts], game.total_cents))
