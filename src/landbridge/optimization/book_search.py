"""Large books: trains by network design first; then the whole program for the bound, and neighborhoods of the best plan, side by side."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from time import perf_counter

from landbridge.optimization.book_design import design_of
from landbridge.optimization.book_model import price_choice, solve_book
from landbridge.optimization.book_problem import BookProblem, Choice, Way
from landbridge.optimization.solve import solve_design
from landbridge.solver import Limits, Progress

_CENTS = 100.0
_FREE_TRAINS = 24
"""How many trains a neighborhood decides anew, with all shipments that could go by them."""
_NEIGHBORHOOD_SECONDS = 4.0
_LARGE_WAYS = 1500
"""With fewer ways the program alone is solved in seconds."""
_DESIGN_SHARE, _MOST_DESIGN_SECONDS = 0.2, 60.0
"""Part of the time for the design, and as much for the program over the trains that it opens."""


def search_book(
    problem: BookProblem,
    *,
    seconds: float,
    seed: int = 0,
    start: Choice | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_interrupt: Callable[[], None] | None = None,
) -> Choice | None:
    """A joint plan of a book of any size, and its proven bound, within a time limit.

    Parameters
    ----------
    problem
        The joint problem.
    seconds
        Time limit.
    start
        A plan to begin from.
    on_progress
        Hears of plan, bound and seconds, in whole currency units.
    on_interrupt
        Hears that Ctrl-C has ended the search.

    Returns
    -------
    Choice or None
        The best plan so far with the bound of the whole program, also after Ctrl-C; None if there is no plan.
    """
    search = _Search(problem, seconds, seed, start, on_progress)
    search.open_trains()
    found = search.run()
    if search.is_interrupted and on_interrupt is not None:
        on_interrupt()
    return found


class _Search:
    def __init__(
        self, problem: BookProblem, seconds: float, seed: int, start: Choice | None, on_progress: Callable[[Progress], None] | None
    ) -> None:
        self.problem, self.seconds, self.on_progress = problem, seconds, on_progress
        self.begin = perf_counter()
        self.draw = random.Random(seed)
        self.best = start
        self.bound = -math.inf
        self.is_over = self.is_interrupted = False
        self.failure: BaseException | None = None

    @property
    def is_large(self) -> bool:
        return len(self.problem.ways) >= _LARGE_WAYS

    @property
    def left(self) -> float:
        return self.seconds - (perf_counter() - self.begin)

    def run(self) -> Choice | None:
        """Improve in this thread while the whole program runs in another."""
        if self.best is None:
            self._offer(cheapest_choice(self.problem))
        whole = Thread(target=self._solve_whole, daemon=True)
        whole.start()
        try:
            while whole.is_alive() and not self.is_over and self.left > 0:
                if self.best is not None and self.is_large:
                    self._improve()
                else:
                    whole.join(0.05)
        except KeyboardInterrupt:
            self.is_interrupted = True
        self.is_over = True
        whole.join()
        if self.failure is not None:
            raise self.failure
        return None if self.best is None else replace(self.best, bound=min(self.bound, self.best.objective))

    def _offer(self, choice: Choice | None) -> None:
        if choice is not None and (self.best is None or choice.objective < self.best.objective - 0.5):
            self.best = choice
            self._tell()

    def _tell(self) -> None:
        if self.on_progress is not None:
            objective = None if self.best is None else self.best.objective / _CENTS
            self.on_progress(Progress(objective=objective, bound=self.bound / _CENTS, seconds=perf_counter() - self.begin))

    def open_trains(self) -> None:
        """If there are many ways, open trains by network design, which gives a bound as well; then plan over these trains alone."""
        if not (self.is_large and self.problem.trains):
            return
        if self.best is None:
            self._offer(cheapest_choice(self.problem))
        try:
            self._design()
        except KeyboardInterrupt:
            self.is_over = self.is_interrupted = True

    def _design(self) -> None:
        seconds = min(_MOST_DESIGN_SECONDS, _DESIGN_SHARE * self.left)
        book = design_of(self.problem)

        def hear(progress: Progress) -> None:
            if book.bound_of(progress.bound) > self.bound:
                self.bound = book.bound_of(progress.bound)
                self._tell()

        found = solve_design(book.design, seconds=seconds, seed=self.draw.randrange(1 << 30), on_progress=hear)
        self.bound = max(self.bound, book.bound_of(found.bound))
        self.is_over = self.is_interrupted = found.is_interrupted
        if found.plan is None or self.is_over:
            return
        whole = book.whole_ways(found.plan)
        opened = book.opened_by(found.plan) | {self.problem.ways[number].train for number in whole.values()}
        kept = [number for number, way in enumerate(self.problem.ways) if way.train is None or way.train in opened]
        self._solve_within([number for number in kept if whole.get(self.problem.ways[number].shipment, number) == number], seconds / 4)
        self._solve_within(kept, seconds)

    def _solve_within(self, kept: list[int], seconds: float) -> None:
        """Plan over some ways alone, from the best plan if it lies within them; not where they leave a shipment without a way."""
        ways = self.problem.ways
        if self.is_over or {ways[number].shipment for number in kept} != {way.shipment for way in ways}:
            return
        place = {number: index for index, number in enumerate(kept)}
        problem, start = self.problem.keep(kept), None
        if self.best is not None and all(number in place for number in self.best.ways if number is not None):
            start = price_choice(problem, [None if number is None else place[number] for number in self.best.ways])
        smaller = _Search(problem, seconds, self.draw.randrange(1 << 30), start, self._hear_smaller)
        try:
            part = smaller.run()
        finally:
            self.is_over = self.is_interrupted = smaller.is_interrupted
        if part is not None:
            self._offer(price_choice(self.problem, [None if number is None else kept[number] for number in part.ways]))

    def _hear_smaller(self, progress: Progress) -> None:
        """A plan over some of the trains is one of the book; its bound is none."""
        if self.on_progress is not None:
            plans = [one for one in (progress.objective, None if self.best is None else self.best.objective / _CENTS) if one is not None]
            self.on_progress(Progress(objective=min(plans, default=None), bound=self.bound / _CENTS, seconds=perf_counter() - self.begin))

    def _solve_whole(self) -> None:
        def hear(progress: Progress) -> bool:
            bound = progress.bound * _CENTS
            if math.isfinite(bound) and bound > self.bound:
                self.bound = bound
            return self.is_over or (self.best is not None and self.bound >= self.best.objective - 0.5)

        try:
            found = solve_book(self.problem, Limits(seconds=max(0.0, self.left)), start=self.best, on_progress=hear, on_choice=self._offer)
        except BaseException as error:
            self.failure = error
            return
        if found is not None:
            self.bound = max(self.bound, found.bound)
            self._offer(found)

    def _improve(self) -> None:
        """Free some trains and every shipment that could go by them; all others stay as they are."""
        best = self.best
        if best is None:
            return
        free = self._choose_trains()
        movable = {way.shipment for way in self.problem.ways if way.train in free}
        kept = [
            number
            for number, way in enumerate(self.problem.ways)
            if best.ways[way.shipment] == number or (way.shipment in movable and (way.train is None or way.train in free))
        ]
        smaller = self.problem.keep(kept)
        place = {number: index for index, number in enumerate(kept)}
        start = price_choice(smaller, [None if number is None else place[number] for number in best.ways])
        limits = Limits(seconds=max(0.1, min(_NEIGHBORHOOD_SECONDS, self.left)), relative_gap=1e-4)
        found = solve_book(smaller, limits, start=start, on_progress=lambda _: self.is_over)
        if found is not None:
            self._offer(price_choice(self.problem, [None if number is None else kept[number] for number in found.ways]))

    def _choose_trains(self) -> frozenset[int]:
        """Trains that shipments could choose between, grown from one at random: neighbors share shipments."""
        by_shipment: dict[int, set[int]] = {}
        by_train: dict[int, set[int]] = {}
        for way in self.problem.ways:
            if way.train is not None:
                by_shipment.setdefault(way.shipment, set()).add(way.train)
                by_train.setdefault(way.train, set()).add(way.shipment)
        if not by_train:
            return frozenset()
        chosen = [self.draw.choice(sorted(by_train))]
        while len(chosen) < min(_FREE_TRAINS, len(by_train)):
            near = {train for one in chosen for shipment in by_train[one] for train in by_shipment[shipment]} - set(chosen)
            chosen.append(self.draw.choice(sorted(near or set(by_train) - set(chosen))))
        return frozenset(chosen)


def _is_limited(way: Way) -> bool:
    """Whether a way needs something that others might need as well."""
    return way.train is not None or bool(way.departures or way.uses) or way.holds is not None or way.inside is not None


def cheapest_choice(problem: BookProblem) -> Choice | None:
    """Each shipment by its cheapest way without a train, a unit that is shared, limited room or quotas; None where one has no such way."""
    chosen: list[int | None] = [None] * len(problem.shipments)
    for number, way in enumerate(problem.ways):
        now = chosen[way.shipment]
        if not _is_limited(way) and (now is None or way.cost < problem.ways[now].cost):
            chosen[way.shipment] = number
    if any(chosen[way.shipment] is None for way in problem.ways):
        return None
    return price_choice(problem, chosen)
