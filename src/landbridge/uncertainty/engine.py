"""Runs a course many times at once: arrays of one figure per run, block by block, so that workers do not change the answer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from landbridge.uncertainty.bill import Price, RateRisk, draw_normal_mix
from landbridge.uncertainty.calibration import BY_CAUSE, SHARED, STUCK_DAYS
from landbridge.uncertainty.course import Course, Delay, Departure, Element, Gate, Mark, Meter, Notice, Spell
from landbridge.uncertainty.draws import DrawPool
from landbridge.uncertainty.spread import spread_draws, stretch_draws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from landbridge.uncertainty.spread import Draws

    Flags = NDArray[np.bool_]

BLOCK = 1_000
_DAY_MIN = 1440.0
_YEAR_MIN = 365.25 * _DAY_MIN
_ALL = slice(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``family`` of the distributions; ``is_planned`` runs everything as planned, without any chance: what the plan says must come out.

    ``shares`` of the spread that all durations have in common, and those of one cause. ``stuck_days`` from the start of a course after
    which a run counts as arrived that finds no way on: it stays where it is until then.
    """

    family: str = "pert"
    is_planned: bool = False
    shares: tuple[float, float] = (SHARED, BY_CAUSE)
    has_closures: bool = True
    stuck_days: float = STUCK_DAYS


@dataclass(slots=True, kw_only=True)
class Halt:
    """Some runs of a block that stand before something missed or closed: where, why, since when, and what has come about until then.

    ``reason`` is ``missed`` or the subject that is closed; ``is_begun`` tells that the leg is under way, so that it is paid. Arrays have
    one figure for each of ``runs``, which number the runs of the block; ``gate_in`` is when storage began to count.
    """

    element: int
    leg: int
    is_begun: bool
    place_id: str
    reason: str
    runs: NDArray[np.int64]
    now: Draws
    cost: Draws
    causes: dict[str, Draws]
    gate_in: Draws | None


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came out of some runs, one figure per run; infinite arrivals found no departure any more."""

    arrival: Draws
    cost: Draws
    missed: list[tuple[Departure, Flags]]
    causes: dict[str, Draws]


def run_course(
    course: Course, prices: tuple[Price, ...], rates: tuple[RateRisk, ...], settings: Settings, *, runs: int, seed: int
) -> Outcome:
    """Run a course.

    Parameters
    ----------
    course, prices, rates
        From ``chart_course``, ``list_prices`` and ``list_rate_risks``.
    settings
        Family of distributions and what they share.
    runs, seed
        Runs go in blocks of 1,000, each with draws of its own, so the answer does not depend on where and in what order they are run.
    """
    return join_outcomes([block.outcome for block in run_blocks(course, prices, rates, settings, runs=runs, seed=seed)])


def run_blocks(
    course: Course, prices: tuple[Price, ...], rates: tuple[RateRisk, ...], settings: Settings, *, runs: int, seed: int
) -> list[Block]:
    """The blocks of ``run_course``, each run to its end, with the halts noted on the way."""
    job = Job(course=course, prices=prices, rates=rates, settings=settings, seed=seed)
    return run_parts(job, list_parts(runs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What all blocks of a simulation share."""

    course: Course
    prices: tuple[Price, ...]
    rates: tuple[RateRisk, ...]
    settings: Settings
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPart:
    """One block: its number, which with the seed makes its draws, and its runs."""

    number: int
    runs: int


def list_parts(runs: int) -> list[BlockPart]:
    """Blocks of 1,000 runs, the last with what is left."""
    return [BlockPart(number=number, runs=min(BLOCK, runs - number * BLOCK)) for number in range(-(-runs // BLOCK))]


def run_parts(job: Job, parts: Sequence[BlockPart]) -> list[Block]:
    """Blocks one after the other."""
    return [run_part(job, part) for part in parts]


def run_part(job: Job, part: BlockPart) -> Block:
    """One block run to its end; the same wherever it is run."""
    block = Block(job.course, job.prices, job.rates, job.settings, pool=DrawPool((job.seed, part.number), part.runs))
    block.run()
    return block


class Block:
    """Some runs at once, with random draws of their own; ``now`` is where each run stands, in minutes.

    Runs of another block may go on in it another way (``parent``, and which of its runs): they keep all that was drawn for them.
    """

    def __init__(
        self, course: Course, prices: tuple[Price, ...], rates: tuple[RateRisk, ...], settings: Settings, *, pool: DrawPool,
        parent: tuple[Block, NDArray[np.int64]] | None = None,
    ) -> None:  # fmt: skip
        import numpy as np

        self.course, self.prices, self.rates, self.settings = course, prices, rates, settings
        self.pool, self.count = pool, pool.count
        self.stuck_at: float = stuck_until(course, settings) if parent is None else parent[0].stuck_at
        self.asked: Counter[str] = Counter()
        self.causes: dict[str, Draws] = {}
        self.drawn: dict[str, Draws] = {}
        self.marks: dict[str, Draws] = {name: np.full(self.count, at) for name, at in course.begun}
        self.missed: list[tuple[Departure, Flags]] = []
        self.halts: list[Halt] = []
        self.closures: dict[str, tuple[Draws, Draws]] = {}
        self.rate_normals: dict[str, Draws] = {}
        self.price_normals: dict[tuple[str, str | None], Draws] = {}
        if parent is None:
            self.shared = pool.normal("all")
        else:
            self._inherit(*parent)
        for hazard in course.hazards:
            if hazard.subject not in self.closures:
                self.closures[hazard.subject] = pool.closures(hazard)
        self.now: Draws = np.full(self.count, course.start)
        self.cost: Draws = self._draw_prices(None if parent is None else parent[0].market[parent[1]])

    def _inherit(self, parent: Block, runs: NDArray[np.int64]) -> None:
        self.shared = parent.shared[runs]
        self.drawn = {cause: values[runs] for cause, values in parent.drawn.items()}
        self.closures = {subject: (begins[runs], ends[runs]) for subject, (begins, ends) in parent.closures.items()}
        self.rate_normals = {currency: values[runs] for currency, values in parent.rate_normals.items()}
        self.price_normals = {cause: values[runs] for cause, values in parent.price_normals.items()}

    def run(self) -> Outcome:
        steps: dict[type[Element], Callable[..., None]] = {
            Spell: self._spell, Gate: self._gate, Notice: self._notice, Departure: self._departure, Delay: self._delay, Mark: self._mark,
            Meter: self._meter,
        }  # fmt: skip
        for place, element in enumerate(self.course.elements):
            self.place = place
            steps[type(element)](element)
        self.outcome = Outcome(arrival=self.now, cost=self.cost, missed=self.missed, causes=self.causes)
        return self.outcome

    def _mix(self, cause: str) -> Draws:
        """Standard normal draws of one duration, which share with all others and with those of the same cause."""
        self.asked[cause] += 1
        return self._mix_again(cause, self.asked[cause])

    def _mix_again(self, cause: str, number: int) -> Draws:
        own = self.pool.normal(f"own {number} {cause}")
        return draw_normal_mix(self.shared, self._common(cause), own, self.settings.shares)

    def _common(self, cause: str) -> Draws:
        if cause not in self.drawn:
            self.drawn[cause] = self.pool.normal(f"cause {cause}")
        return self.drawn[cause]

    def _note(self, cause: str, minutes: Draws) -> None:
        self.causes[cause] = self.causes[cause] + minutes if cause in self.causes else minutes

    def _spell(self, spell: Spell) -> None:
        if self.settings.is_planned:
            self.now = self.now + spell.typical
            return
        self._common(spell.cause)
        self.asked[spell.cause] += 1
        number = self.asked[spell.cause]
        took = self.pool.work_out((spell, number, self.settings), lambda: self._spread(spell, number))
        self._note(spell.cause, took)
        self.now = self.now + took

    def _spread(self, spell: Spell, number: int) -> Draws:
        normal = self._mix_again(spell.cause, number)
        if spell.stretch is not None:
            return spell.typical * stretch_draws(normal, *spell.stretch)
        return spread_draws(normal, spell.low, spell.typical, spell.high, self.settings.family)

    def _gate(self, gate: Gate) -> None:
        """Wait for opening hours, for the end of closures known, and for the end of those drawn, until none holds."""
        before = self.now
        for _ in range(4):
            now = self.now
            if gate.spans is not None:
                now = wait_open(now, gate.spans)
            for span in gate.closed:
                now = _pass(now, *span)
            if gate.place_id:
                self._halt_closed(gate, now)
            now = self._wait_closures(gate.subjects, now)
            if (now == self.now).all():
                break
            self.now = now
        if gate.subjects and not self.settings.is_planned:
            self._note(f"closures and hours at {gate.subjects[0]}", _minus(self.now, before))

    def _notice(self, notice: Notice) -> None:
        import numpy as np

        self.now = np.maximum(self.now, notice.planned)

    def _departure(self, departure: Departure) -> None:
        """Take the departure booked, or the first after it whose cut-off is not past; a closure drawn holds it back until it is over."""
        import numpy as np

        cutoffs = np.array(departure.cutoffs)
        leaves = np.append(np.array(departure.leaves), np.inf)
        planned = int(np.searchsorted(np.array(departure.leaves), departure.planned))
        chosen = np.maximum(np.searchsorted(cutoffs, self.now, side="left"), planned)
        self.missed.append((departure, chosen > planned))
        waited = leaves[chosen]
        self._halt(departure, "missed", (chosen > planned) & np.isfinite(self.now), self.now)
        self._halt_closed(departure, waited)
        self._note(f"departures of {departure.service_id} from {departure.place_id}", _minus(waited, self.now))
        self.now = self._wait_closures(departure.subjects, waited)

    def _halt_closed(self, where: Gate | Departure, now: Draws) -> None:
        """Note the runs that stand before something that chance closed: they know that it is closed, not until when."""
        import numpy as np

        if self.settings.is_planned or not self.settings.has_closures:
            return
        for subject in where.subjects:
            self._halt(where, subject, np.asarray(self._is_shut(subject, now).any(axis=1)), now)

    def _halt(self, where: Gate | Departure, reason: str, stopped: Flags, now: Draws) -> None:
        import numpy as np

        runs = np.flatnonzero(stopped)
        if not len(runs):
            return
        gate_in = self.marks.get(f"gate-in {where.leg}")
        self.halts.append(
            Halt(
                element=self.place, leg=where.leg, is_begun=isinstance(where, Gate), place_id=where.place_id, reason=reason, runs=runs,
                now=now[runs], cost=self.cost[runs], causes={cause: values[runs] for cause, values in self.causes.items()},
                gate_in=None if gate_in is None else gate_in[runs],
            )
        )  # fmt: skip

    def _delay(self, delay: Delay) -> None:
        """The greatest of the dated delays that are on, but no more than is left of it."""
        import numpy as np

        longest = np.zeros(self.count)
        for (begin, end), (low, typical, high) in zip(delay.spans, delay.ranges, strict=True):
            is_on = (begin <= self.now) & (self.now < end)
            if not is_on.any():
                continue
            planned = np.full(self.count, typical)
            took = (
                planned if self.settings.is_planned else spread_draws(self._mix("dated delays"), low, typical, high, self.settings.family)
            )
            longest = np.where(is_on, np.maximum(longest, np.minimum(took, end - self.now)), longest)
        if not self.settings.is_planned:
            self._note("dated delays", longest)
        self.now = self.now + longest

    def _mark(self, mark: Mark) -> None:
        self.marks[mark.name] = self.now

    def _meter(self, meter: Meter) -> None:
        """Storage or detention for the days begun since a mark; a run that is stuck pays until it counts as arrived."""
        import numpy as np

        since = self.marks[meter.since]
        until = np.where(np.isfinite(self.now), self.now, np.maximum(self.stuck_at, self.course.start))
        minutes = np.maximum(_minus(until, np.where(np.isfinite(since), since - meter.extra_min, until)), 0)
        days = np.ceil(np.round(minutes) / _DAY_MIN)
        total = np.zeros(self.count)
        for first, last, low, typical, high in meter.steps:
            held = np.clip(np.minimum(days, last if last is not None else np.inf) - first + 1, 0, None)
            price = np.full(self.count, typical)
            if not self.settings.is_planned:
                price = spread_draws(self._mix(f"price of {meter.kind}"), low, typical, high, self.settings.family)
            total = total + held * price
        self.cost = self.cost + total

    def _draw_prices(self, market: Draws | None) -> Draws:
        import numpy as np

        if self.settings.is_planned:
            self.market = np.zeros(self.count)
            return np.full(self.count, sum(price.typical_cents for price in self.prices))
        for risk in self.rates:
            if risk.currency not in self.rate_normals:
                self.rate_normals[risk.currency] = self.pool.normal(f"rate {risk.currency}")
        self.market = self.pool.normal("market") if market is None else market
        for price in self.prices:
            key = (price.cause, price.currency)
            if key not in self.price_normals:
                common, own = self.pool.normal(price.cause), self.pool.normal(f"own {price.currency} {price.cause}")
                self.price_normals[key] = draw_normal_mix(self.market, common, own, self.settings.shares)
        total = np.zeros(self.count)
        for cause, cents in self.price_parts(self.prices):
            self._note(cause, cents)
            total = total + cents
        return total

    def price_parts(self, prices: tuple[Price, ...], runs: NDArray[np.int64] | slice = _ALL) -> list[tuple[str, Draws]]:
        """What each price comes to in some runs; prices of one cause move together, whichever legs they are for."""
        import numpy as np

        years = max((self.course.start + _DAY_MIN * 30) / _YEAR_MIN, 0.0)
        spreads = {risk.currency: risk.yearly_sd for risk in self.rates}
        parts = []
        for price in prices:
            if self.settings.is_planned:
                parts.append((price.cause, np.full(self.count, price.typical_cents)[runs]))
                continue
            spread = spreads.get(price.currency or "", 0.0) * math.sqrt(years)
            cents = self.pool.work_out((price, spread, self.settings), partial(self._price, price, spread))
            parts.append((price.cause, cents[runs]))
        return parts

    def _price(self, price: Price, spread: float) -> Draws:
        import numpy as np

        normal = self.price_normals[price.cause, price.currency]
        cents = spread_draws(normal, price.low_cents, price.typical_cents, price.high_cents, self.settings.family)
        return cents * np.exp(-spread * self.rate_normals[price.currency]) if price.currency is not None and spread else cents

    def _wait_closures(self, subjects: tuple[str, ...], now: Draws) -> Draws:
        import numpy as np

        if self.settings.is_planned or not self.settings.has_closures:
            return now
        for subject in subjects:
            shut = self._is_shut(subject, now)
            now = np.where(shut.any(axis=1), np.max(np.where(shut, self.closures[subject][1], -np.inf), axis=1), now)
        return now

    def _is_shut(self, subject: str, now: Draws) -> Flags:
        begins, ends = self.closures[subject]
        return (begins <= now[:, None]) & (now[:, None] < ends)


def stuck_until(course: Course, settings: Settings | None = None) -> float:
    """The minute at which a run of a course counts as arrived that finds no way on."""
    return course.start + (settings or Settings()).stuck_days * _DAY_MIN


def wait_open(now: Draws, spans: tuple[tuple[float, float], ...]) -> Draws:
    """The first open minute at or after now; none beyond the last span."""
    import numpy as np

    begins, ends = np.array([begin for begin, _ in spans] + [np.inf]), np.array([end for _, end in spans])
    return np.asarray(np.maximum(now, begins[np.searchsorted(ends, now, side="right")]))


def _minus(later: Draws, earlier: Draws) -> Draws:
    """Minutes between; none for runs that are stuck."""
    import numpy as np

    fine = np.isfinite(later)
    return np.asarray(np.where(fine, later, 0.0) - np.where(fine, earlier, 0.0))


def _pass(now: Draws, begin: float, end: float) -> Draws:
    import numpy as np

    return np.asarray(np.where((begin <= now) & (now < end), end, now))


def join_outcomes(outcomes: list[Outcome]) -> Outcome:
    import numpy as np

    missed = [
        (departure, np.concatenate([outcome.missed[place][1] for outcome in outcomes]))
        for place, (departure, _) in enumerate(outcomes[0].missed)
    ]
    causes = dict.fromkeys(cause for outcome in outcomes for cause in outcome.causes)
    joined = {cause: np.concatenate([one.causes.get(cause, np.zeros(len(one.cost))) for one in outcomes]) for cause in causes}
    arrival, cost = (np.concatenate(parts) for parts in ([one.arrival for one in outcomes], [one.cost for one in outcomes]))
    return Outcome(arrival=arrival, cost=cost, missed=missed, causes=joined)
