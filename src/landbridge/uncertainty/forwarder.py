"""Runs planned anew on the way, as a forwarder would: from where the goods stand, with what is known there and then.

Runs that stand at the same place for the same reason at about the same time are in the same state: a forwarder cannot tell them apart, so
one new way is looked for and one choice is made for all of them. What is closed is known to be closed, not until when. The choice is the
one that is better in the mean of the runs in that state: cost, plus the capital in the goods for each day. A run changes its plan once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from landbridge.uncertainty.bill import Price, RateRisk
from landbridge.uncertainty.course import Course, Departure, Element, Mark, Meter, Notice
from landbridge.uncertainty.draws import DrawPool
from landbridge.uncertainty.engine import Block, Halt, Outcome, join_outcomes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from landbridge.uncertainty.spread import Draws

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.int64]

MOST_SPANS = 4
"""Stretches of time into which the runs of one place and reason are parted, as many runs in each."""
LEAST_SHARE = 0.002
"""Share of all runs that a state has at least; rarer ones wait for the next departure or the opening, which is told."""
MOST_STATES = 40
_SINCE = "gate-in before the change"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a forwarder knows: where the goods stand on which leg, why they do not go on (``missed``, or what is closed), since when.

    ``ready`` is in minutes from the day of asking, the middle of the runs in this state.
    """

    place_id: str
    leg: int
    is_begun: bool
    reason: str
    ready: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWay:
    """Another way from a place: its course, prices and currencies, and the prices of the old way that are spent by then."""

    course: Course
    prices: tuple[Price, ...]
    rates: tuple[RateRisk, ...]
    spent: tuple[Price, ...]
    legs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One state, its runs, and what was chosen: means of minutes and cents won by the new way; ``way`` None: there is none."""

    state: State
    runs: int
    way: NewWay | None
    is_taken: bool
    won_min: float
    won_cents: float


Look = Callable[[State], NewWay | None]


@dataclass(slots=True, kw_only=True)
class Replanned:
    """Outcome of all runs; which runs changed their plan; the choices; runs that stood in states too rare to look for a way."""

    outcome: Outcome
    changed: Flags
    choices: list[Choice]
    rare: int


@dataclass(slots=True, kw_only=True)
class _Stand:
    """The runs of one block in one halt, and those of them that are asked about now."""

    number: int
    halt: Halt
    picked: Flags


def replan_runs(blocks: list[Block], look: Look, *, value_per_day_cents: float) -> Replanned:
    """Let the forwarder choose wherever runs stand before a missed departure or a closure.

    Parameters
    ----------
    blocks
        From ``run_blocks``: all runs to their end with the next departure taken.
    look
        Finds the best new way from a state; None: there is none.
    value_per_day_cents
        Capital in the goods, which is what a day counts beside the cost.
    """
    import numpy as np

    work = _Work(blocks, look, value_per_day_cents)
    for element, reason in sorted({(halt.element, halt.reason) for block in blocks for halt in block.halts}):
        work.decide(element, reason)
    joined = join_outcomes(work.outcomes)
    return Replanned(outcome=joined, changed=np.concatenate(work.changed), choices=work.choices, rare=work.rare)


class _Work:
    def __init__(self, blocks: list[Block], look: Look, per_day: float) -> None:
        import numpy as np

        self.blocks, self.look, self.per_min = blocks, look, per_day / 1440
        self.runs = sum(block.count for block in blocks)
        self.changed = [np.zeros(block.count, bool) for block in blocks]
        self.outcomes = [
            Outcome(
                arrival=block.outcome.arrival.copy(), cost=block.outcome.cost.copy(),
                missed=[(departure, flags.copy()) for departure, flags in block.outcome.missed],
                causes={cause: values.copy() for cause, values in block.outcome.causes.items()},
            )
            for block in blocks
        ]  # fmt: skip
        self.priced = [block.price_parts(block.prices) for block in blocks]
        self.choices: list[Choice] = []
        self.rare = 0

    def decide(self, element: int, reason: str) -> None:
        """Part the runs that stand here into states by time, and choose for each."""
        import numpy as np

        stands = []
        for number, block in enumerate(self.blocks):
            seen = self.changed[number].copy()
            for halt in block.halts:
                if (halt.element, halt.reason) == (element, reason):
                    stands.append(_Stand(number=number, halt=halt, picked=~seen[halt.runs]))
                    seen[halt.runs] = True
        times = np.sort(np.concatenate([stand.halt.now[stand.picked] for stand in stands]))
        least = max(round(LEAST_SHARE * self.runs), 2)
        if len(times) < least or len(self.choices) >= MOST_STATES:
            self.rare += len(times)
            return
        spans = min(MOST_SPANS, len(times) // least, len(np.unique(times)))
        edges = [-np.inf, *(times[len(times) * part // spans] for part in range(1, spans)), np.inf]
        for low, high in pairwise(edges):
            inside = [replace(stand, picked=stand.picked & (low <= stand.halt.now) & (stand.halt.now < high)) for stand in stands]
            self._choose(element, [stand for stand in inside if stand.picked.any()])

    def _choose(self, element: int, stands: list[_Stand]) -> None:
        import numpy as np

        if not stands:
            return
        halt = stands[0].halt
        ready = float(np.median(np.concatenate([stand.halt.now[stand.picked] for stand in stands])))
        state = State(place_id=halt.place_id, leg=halt.leg, is_begun=halt.is_begun, reason=halt.reason, ready=ready)
        runs = sum(int(stand.picked.sum()) for stand in stands)
        way = self.look(state)
        if way is None:
            self.choices.append(Choice(state=state, runs=runs, way=None, is_taken=False, won_min=0.0, won_cents=0.0))
            return
        tried = [self._try(element, stand, way, len(self.choices)) for stand in stands]
        won_min = np.concatenate([
            _bounded(self.blocks[stand.number].outcome.arrival[stand.halt.runs[stand.picked]], stand, self.blocks[stand.number])
            - _bounded(one.arrival, stand, self.blocks[stand.number])
            for stand, one in zip(stands, tried, strict=True)
        ])  # fmt: skip
        won_cents = np.concatenate(
            [
                self.blocks[stand.number].outcome.cost[stand.halt.runs[stand.picked]] - one.cost
                for stand, one in zip(stands, tried, strict=True)
            ]
        )
        is_taken = float(won_cents.mean() + self.per_min * won_min.mean()) > 0
        self.choices.append(
            Choice(
                state=state, runs=runs, way=way, is_taken=is_taken, won_min=float(won_min.mean()), won_cents=float(won_cents.mean())
            )
        )  # fmt: skip
        if is_taken:
            for stand, one in zip(stands, tried, strict=True):
                self._take(element, stand, one)

    def _try(self, element: int, stand: _Stand, way: NewWay, number: int) -> Outcome:
        """Run the new way for the runs that stand here, with what was drawn for them and what they have spent."""
        parent, halt = self.blocks[stand.number], stand.halt
        runs = halt.runs[stand.picked]
        course = way.course if halt.is_begun else _with_storage(way.course, parent.course.elements[element:], halt.leg)
        pool = DrawPool((*parent.pool.seed, element, number), len(runs))
        child = Block(course, way.prices, way.rates, parent.settings, pool=pool, parent=(parent, runs))
        child.now = halt.now[stand.picked]
        child.marks[_SINCE] = halt.gate_in[stand.picked] if halt.gate_in is not None else child.now
        done = child.run()
        causes = {cause: values[stand.picked] for cause, values in halt.causes.items()}
        before = halt.cost[stand.picked]
        for cause, cents in self.priced[stand.number]:
            before = before - cents[runs]
            causes[cause] = causes[cause] - cents[runs]
        for cause, cents in parent.price_parts(way.spent, runs):
            before = before + cents
            causes[cause] = causes[cause] + cents
        for cause, values in done.causes.items():
            causes[cause] = causes[cause] + values if cause in causes else values
        return Outcome(arrival=done.arrival, cost=before + done.cost, missed=[], causes=causes)

    def _take(self, element: int, stand: _Stand, one: Outcome) -> None:
        """Put what came out on the new way in the place of what would have come."""
        import numpy as np

        outcome, runs = self.outcomes[stand.number], stand.halt.runs[stand.picked]
        self.changed[stand.number][runs] = True
        outcome.arrival[runs], outcome.cost[runs] = one.arrival, one.cost
        for cause, values in outcome.causes.items():
            values[runs] = one.causes.get(cause, 0.0)
        for cause, found in one.causes.items():
            if cause not in outcome.causes:
                outcome.causes[cause] = np.zeros(len(outcome.arrival))
                outcome.causes[cause][runs] = found
        elements = self.blocks[stand.number].course.elements
        for departure, missed in outcome.missed:
            if elements.index(departure) > element:
                missed[runs] = False


def loosen_course(course: Course) -> Course:
    """A new way's course for runs that begin it a little earlier or later than it was planned: it starts when the goods are there, and
    takes the first departures that can be met.
    """
    first = next((place for place, one in enumerate(course.elements) if isinstance(one, Mark) and one.name == "left 0"), 0)
    elements: list[Element] = [one for place, one in enumerate(course.elements) if not (isinstance(one, Notice) and place < first)]
    return replace(course, elements=tuple(replace(one, planned=one.leaves[0]) if isinstance(one, Departure) else one for one in elements))


def _with_storage(course: Course, rest: tuple[Element, ...], leg: int) -> Course:
    """The storage that runs where the goods stand is paid when they leave there on the new way."""
    meter = next((one for one in rest if isinstance(one, Meter) and one.kind == "storage" and one.since == f"gate-in {leg}"), None)
    place = next((place for place, one in enumerate(course.elements) if isinstance(one, Mark) and one.name == "left 0"), None)
    if meter is None or place is None:
        return course
    return replace(course, elements=(*course.elements[:place], replace(meter, since=_SINCE), *course.elements[place:]))


def _bounded(arrival: Draws, stand: _Stand, block: Block) -> Draws:
    """Arrivals; of runs that are stuck the minute at which they count as arrived."""
    import numpy as np

    return np.asarray(np.where(np.isfinite(arrival), arrival, max(block.stuck_at, float(stand.halt.now[stand.picked].max()))))
