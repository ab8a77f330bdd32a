"""Whether a coalition would do better by itself."""

from __future__ import annotations

from collections.abc import Sequence

from landbridge.domain.settlement import CoreCheck, Share, Sharing
from landbridge.sharing.game import MOST_EXACT, CostGame

_LIKE_NONE_CENTS = 1
"""Shares are whole cents, each up to one off from the share meant: an excess up to one cent a member is rounding."""


def check_core(game: CostGame, cents: Sequence[int]) -> CoreCheck:
    """Find the coalition that bears most above its own cost.

    Parameters
    ----------
    game
        With up to 12 parties all coalitions are looked at; with more, those whose costs are known.
    cents
        What each party bears, in the order of the parties.
    """
    is_complete = len(game) <= MOST_EXACT
    if is_complete:
        game.table()
    rows = [(mask, cost) for mask, cost in game.known() if mask != game.everybody]
    if not rows:
        return CoreCheck(is_in_core=True, excess_cents=0, coalition=(), is_complete=is_complete)
    excess, size, mask = max((_borne(cents, mask) - cost, -mask.bit_count(), mask) for mask, cost in rows)
    return CoreCheck(
        is_in_core=excess <= -size * _LIKE_NONE_CENTS, excess_cents=excess, coalition=game.members(mask), is_complete=is_complete
    )


def list_departures(game: CostGame) -> tuple[tuple[str, int], ...]:
    """For each party, what the others would pay more if it left and paid its own way: positive, and all lose by its leaving."""
    everybody = game.everybody
    return tuple(
        (party, game.cost(everybody & ~(1 << index)) + game.alone(index) - game.total_cents) for index, party in enumerate(game.parties)
    )


def sharing_of(game: CostGame, method: str, cents: Sequence[int], *, note: str = "") -> Sharing:
    """An exact sharing with its core check."""
    shares = tuple(
        Share(party_id=party, cost_cents=one, low_cents=one, high_cents=one) for party, one in zip(game.parties, cents, strict=True)
    )
    return Sharing(method=method, shares=shares, core=check_core(game, cents), note=note)


def _borne(cents: Sequence[int], mask: int) -> int:
    return sum(one for index, one in enumerate(cents) if mask >> index & 1)
