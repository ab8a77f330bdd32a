"""``python -m landbridge.optimization.warm``: compile the kernels once, so that no question waits for it. Done at installation."""

from __future__ import annotations

import numpy as np

from landbridge.optimization.branch import Brancher
from landbridge.optimization.design import Design
from landbridge.optimization.improve import Improver
from landbridge.optimization.race import Race
from landbridge.optimization.relaxation import Relaxation

_STEPS = 3


def warm_kernels() -> None:
    """Take some steps of each search on a tiny design, which compiles every kernel for every type it is used with."""
    design = Design.open_to_all(
        n_nodes=3, tail=np.array([0, 0, 1]), head=np.array([1, 2, 2]), capacity=np.array([5.0, 2.0, 5.0]), fixed=np.array([3.0, 5.0, 2.0]),
        cost=np.array([1.0, 3.0, 1.0]), source=np.array([0, 0]), sink=np.array([2, 1]), demand=np.array([2.0, 1.0]),
    )  # fmt: skip
    relaxation, race = Relaxation(design), Race(None, 0.0)
    root = relaxation.climb_root()
    improver = Improver(relaxation, root, race, seed=0)
    brancher = Brancher(relaxation, root, race)
    for _ in range(_STEPS):
        improver.step()
        if brancher.heap:
            brancher.step()


if __name__ == "__main__":
    warm_kernels()
