"""Random draws by name: a name gives the same draws whichever itinerary asks, so that plans are compared under the same weather."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from landbridge.uncertainty.hazard import Hazard
    from landbridge.uncertainty.spread import Draws

MOST_CLOSURES = 6
"""Closures of one thing that a run looks ahead to."""


class DrawPool:
    """Draws of one block of runs, made when a name is first asked for and kept.

    Parameters
    ----------
    seed
        Of the whole simulation, and what tells the block apart.
    count
        Runs of the block.

    References
    ----------
    Glasserman, P., Yao, D. D. (1992). Some guidelines and guarantees for common random numbers. Management Science 38(6), 884-908.
    """

    def __init__(self, seed: Sequence[int], count: int) -> None:
        self.seed, self.count = tuple(seed), count
        self._normals: dict[str, Draws] = {}
        self._closures: dict[Hazard, tuple[Draws, Draws]] = {}
        self._worked: dict[Hashable, Draws] = {}

    def __reduce__(self) -> tuple[type[DrawPool], tuple[tuple[int, ...], int]]:
        """Sent as what the draws are made from, not with the draws: names give the same ones there."""
        return DrawPool, (self.seed, self.count)

    def normal(self, name: str) -> Draws:
        """Standard normal draws, one for each run."""
        if name not in self._normals:
            self._normals[name] = _fixed(self._stream(name).standard_normal(self.count))
        return self._normals[name]

    def closures(self, hazard: Hazard) -> tuple[Draws, Draws]:
        """Beginnings and ends of the closures of one subject: exponential gaps, lengths as they were, shape (runs, closures)."""
        import numpy as np

        if hazard not in self._closures:
            stream, shape = self._stream(f"closures of {hazard.subject}"), (self.count, MOST_CLOSURES)
            gaps = stream.exponential(1 / hazard.rate_per_min, shape)
            lengths = stream.choice(np.array(hazard.lengths), shape) * stream.uniform(0.5, 1.5, (self.count, 1))
            before = np.concatenate((np.zeros((self.count, 1)), np.cumsum(lengths, axis=1)[:, :-1]), axis=1)
            begins = np.cumsum(gaps, axis=1) + before
            self._closures[hazard] = begins, begins + lengths
        return self._closures[hazard]

    def work_out(self, key: Hashable, make: Callable[[], Draws]) -> Draws:
        """What was made of draws for a key, made once: legs that plans share are simulated once."""
        if key not in self._worked:
            self._worked[key] = _fixed(make())
        return self._worked[key]

    def _stream(self, name: str) -> np.random.Generator:
        import numpy as np

        return np.random.default_rng((*self.seed, int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")))


def _fixed(draws: Draws) -> Draws:
    """Read only, since several itineraries hold them."""
    draws.flags.writeable = False
    return draws
