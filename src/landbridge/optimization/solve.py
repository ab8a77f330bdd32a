"""Solve a network design: the search for plans and the search for bounds run side by side until the gap is closed or the time is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from time import perf_counter

import numpy as np

from landbridge.optimization.arc_bound import MOST_PAIRS, solve_arc_model
from landbridge.optimization.branch import Brancher
from landbridge.optimization.design import Design, DesignPlan
from landbridge.optimization.improve import Improver
from landbridge.optimization.race import Race
from landbridge.optimization.relaxation import Point, Relaxation
from landbridge.solver import Progress

_LISTEN_SECONDS = 0.2
_MOST_FIRST_SECONDS = 10.0
_BOUND_SHARE = 0.6
"""Part of the second thread's time that raises the bound; the rest improves plans from another seed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignResult:
    """The best plan (None: none was found), the proven bound, and how long it took.

    ``is_infeasible``: some commodity has no path at all, or the search proved that no design carries everything.
    """

    plan: DesignPlan | None
    bound: float
    seconds: float
    nodes: int
    is_infeasible: bool = False
    is_interrupted: bool = False

    @property
    def gap(self) -> float | None:
        """(objective - bound) / objective, a fraction; None without a plan."""
        return Progress(objective=None if self.plan is None else self.plan.objective, bound=self.bound, seconds=self.seconds).gap


def solve_design(
    design: Design,
    *,
    seconds: float | None = 60.0,
    seed: int = 0,
    relative_gap: float = 0.0,
    on_progress: Callable[[Progress], None] | None = None,
) -> DesignResult:
    """Find a design of least cost, and prove how much better any other can be.

    Parameters
    ----------
    design
        The problem.
    seconds
        Time limit; None: until the gap is closed.
    seed
        Of the random choices. With a time limit the outcome also depends on the speed of the machine.
    relative_gap
        Good enough: ends when (objective - bound) / objective is no more.
    on_progress
        Hears of each better plan or bound, in the thread that calls.

    Returns
    -------
    DesignResult
        The best plan so far and an honest bound, also after Ctrl-C.

    Notes
    -----
    Two threads: compiled kernels and HiGHS let go of the interpreter. The one dives and searches neighborhoods (:class:`Improver`), the
    other branches on the Lagrangian relaxation (:class:`Brancher`) and improves from another seed.
    """
    race = Race(seconds, relative_gap)
    relaxation = Relaxation(design)
    if _has_cut_off(design, relaxation):
        return DesignResult(plan=None, bound=np.inf, seconds=race.seconds, nodes=0, is_infeasible=True)
    crew = _Crew(relaxation, race, seed)
    is_interrupted = crew.run(on_progress)
    return DesignResult(
        plan=race.plan, bound=np.inf if crew.is_infeasible else min(race.bound, race.objective), seconds=race.seconds, nodes=crew.nodes,
        is_infeasible=crew.is_infeasible,
        is_interrupted=is_interrupted,
    )  # fmt: skip


def _has_cut_off(design: Design, relaxation: Relaxation) -> bool:
    """Whether some commodity has no path though every arc were open."""
    from landbridge.optimization import kernel

    far = np.full((design.n_nodes, design.n_commodities), np.inf)
    far[design.source, np.arange(design.n_commodities)] = 0.0
    kernel.spread(design.tail, design.head, *design.by_commodity, np.zeros(design.n_arcs), far)
    return bool(np.isinf(far[design.sink, np.arange(design.n_commodities)]).any())


class _Crew:
    """The threads of one solve."""

    def __init__(self, relaxation: Relaxation, race: Race, seed: int) -> None:
        self.relaxation, self.race, self.seed = relaxation, race, seed
        self.nodes = 0
        self.is_infeasible = False
        self.failure: BaseException | None = None

    def run(self, on_progress: Callable[[Progress], None] | None) -> bool:
        """Work until the race is over; whether Ctrl-C ended it."""
        root = self.relaxation.climb_root()
        self.race.offer_bound(self.relaxation.exact_bound(root, self.relaxation.all_free))
        threads = [Thread(target=self._guard, args=(task, root), daemon=True) for task in (self._improve, self._bound)]
        for thread in threads:
            thread.start()
        try:
            self._listen(threads, on_progress)
        except KeyboardInterrupt:
            self.race.end()
            return True
        finally:
            self.race.end()
            for thread in threads:
                thread.join()
        if self.failure is not None:
            raise self.failure
        return False

    def _listen(self, threads: list[Thread], on_progress: Callable[[Progress], None] | None) -> None:
        told = None
        while any(thread.is_alive() for thread in threads) and not self.race.is_over:
            self.race.wait(_LISTEN_SECONDS)
            now = self.race.progress
            if on_progress is not None and (now.objective, now.bound) != told:
                told = (now.objective, now.bound)
                on_progress(now)

    def _guard(self, task: Callable[[Point], None], root: Point) -> None:
        try:
            task(root)
        except BaseException as error:
            self.failure = error
            self.race.end()

    @property
    def _first_seconds(self) -> float:
        """How long our own branching goes first where the textbook model is small: it closes many designs in seconds."""
        return min(_MOST_FIRST_SECONDS, 0.15 * max(0.0, self.race.seconds_left))

    def _improve(self, root: Point) -> None:
        improver = Improver(self.relaxation, root, self.race, self.seed)
        improver.work()
        self.is_infeasible = self.is_infeasible or improver.is_infeasible

    def _bound(self, root: Point) -> None:
        """Branch, and improve from another seed in the rest of the time; when nothing is left to branch on, all is proven.

        Where the textbook model is small, HiGHS takes over after a while.
        """
        brancher = Brancher(self.relaxation, root.copy(), self.race)
        helper = Improver(self.relaxation, root, self.race, self.seed + 1_000_003)
        spent = {"bound": 0.0, "plan": 0.0}
        is_small = len(self.relaxation.design.commodity) <= MOST_PAIRS
        while not self.race.is_over:
            begin = perf_counter()
            if is_small and self.race.plan is not None and spent["bound"] > self._first_seconds:
                is_small = False
                solve_arc_model(self.relaxation, root, self.race, self.seed)
            elif spent["bound"] * (1 - _BOUND_SHARE) <= spent["plan"] * _BOUND_SHARE and brancher.heap:
                brancher.step()
                spent["bound"] += perf_counter() - begin
            elif brancher.heap or brancher.given_up < self.race.objective:
                helper.step()
                spent["plan"] += perf_counter() - begin
            else:
                self.is_infeasible = self.race.plan is None
                self.race.end()
            self.nodes = brancher.n_nodes
