"""What the searches for better plans and for better bounds tell each other while they run side by side."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock
from time import perf_counter

from landbridge.optimization.design import DesignPlan
from landbridge.solver import Progress

_CLOSED = 1e-9


class Race:
    """The best plan and the best bound so far, and whether it is over. Safe to use from several threads.

    Parameters
    ----------
    seconds
        When it is over, counted from now; None: when the gap is closed.
    relative_gap
        It is over when (objective - bound) / objective is no more than this.
    """

    def __init__(self, seconds: float | None, relative_gap: float, on_progress: Callable[[Progress], None] | None = None) -> None:
        self._lock = Lock()
        self._begin = perf_counter()
        self._seconds = seconds
        self._relative_gap = max(relative_gap, _CLOSED)
        self._on_progress = on_progress
        self._stop = Event()
        self.plan: DesignPlan | None = None
        self.bound = 0.0

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return perf_counter() - self._begin

    @property
    def seconds_left(self) -> float:
        return float("inf") if self._seconds is None else self._seconds - self.seconds

    @property
    def objective(self) -> float:
        return float("inf") if self.plan is None else self.plan.objective

    @property
    def progress(self) -> Progress:
        return Progress(objective=None if self.plan is None else self.plan.objective, bound=self.bound, seconds=self.seconds)

    @property
    def is_over(self) -> bool:
        return self._stop.is_set() or self.seconds_left <= 0

    @property
    def is_closed(self) -> bool:
        """Whether the gap is as small as was asked for."""
        return self.plan is not None and self.objective - self.bound <= self._relative_gap * abs(self.objective)

    def end(self) -> None:
        self._stop.set()

    def wait(self, seconds: float) -> None:
        """Wait until it is over, but no longer than this."""
        self._stop.wait(max(0.0, min(seconds, self.seconds_left)))

    def offer_plan(self, plan: DesignPlan) -> bool:
        """Take a plan if it is better than the best one; whether it was."""
        with self._lock:
            if plan.objective >= self.objective - 1e-9 * abs(plan.objective):
                return False
            self.plan = plan
        self._tell()
        return True

    def offer_bound(self, bound: float) -> None:
        """Take a proven bound if it is better than the best one. It never passes the plan: nothing is better than itself."""
        with self._lock:
            bound = min(bound, self.objective)
            if bound <= self.bound:
                return
            self.bound = bound
        self._tell()

    def _tell(self) -> None:
        if self._on_progress is not None:
            self._on_progress(self.progress)
        if self.is_closed:
            self.end()
