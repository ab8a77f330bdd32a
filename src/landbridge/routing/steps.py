"""What a search finds: the figures of an itinerary, and the moves that it is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from landbridge.routing.search_state import BY_RIDE

_COLUMNS = 5
"""Kind, ref, start, opens and variant of a move."""
BYTES_OF_STEP = 8 * _COLUMNS
NO_WAY = b""


@dataclass(frozen=True, slots=True)
class Step:
    """One move of an answer: a ride with a departure, or an arc of a run."""

    is_ride: bool
    ref: int
    starts_at: int
    opens: bool
    """Whether a leg begins with it."""
    through: int
    """Leg of a through rate as which it is priced; -1: none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One itinerary that a search has found.

    Attributes
    ----------
    way
        Its moves as :func:`landbridge.routing.kernel.way_of` gives them, ``BYTES_OF_STEP`` each: what two answers have in common at
        their beginning is the same there.
    """

    cost: int
    minute: int
    emission: int
    legs: int
    way: bytes

    @property
    def steps(self) -> tuple[Step, ...]:
        """The moves, read anew each time."""
        moves = np.frombuffer(self.way, np.int64).reshape(-1, _COLUMNS).tolist()
        return tuple(Step(kind == BY_RIDE, ref, start, opens == 1, variant - 1) for kind, ref, start, opens, variant in moves)
