"""All itineraries of a plan under the same chances: a first block of runs for all, more for those that may still be best for somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Plan
from landbridge.domain.simulation import Attitude, RiskComparison, Simulation
from landbridge.uncertainty.bill import list_price_risks, list_prices
from landbridge.uncertainty.course import chart_course
from landbridge.uncertainty.draws import DrawPool
from landbridge.uncertainty.engine import Block, BlockPart, Outcome, Settings, join_outcomes, list_parts, stuck_until
from landbridge.uncertainty.simulate import DAY_MIN, summarise
from landbridge.uncertainty.survey import Survey

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from landbridge.uncertainty.bill import Price, RateRisk
    from landbridge.uncertainty.course import Course

    Table = NDArray[np.float64]

TAILS = (100, 50, 20, 10, 5)
DAY_CENTS = (0, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000)
"""Prices of a day that are tried, in cents of the settlement currency for the whole shipment."""
SURE_ERRORS = 3.0
"""An itinerary is run no further when, by every measure, it is worse than the best by so many standard errors of the difference."""
TOLD_APART_ERRORS = 2.0
"""Itineraries are told apart from the best when the difference is so many standard errors."""
_TWENTIETH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One itinerary, ready to be run."""

    number: int
    course: Course
    prices: tuple[Price, ...]
    rates: tuple[RateRisk, ...]

    def run(self, pool: DrawPool, settings: Settings) -> Outcome:
        """What comes out of the runs of a block, without what drives it."""
        outcome = Block(self.course, self.prices, self.rates, settings, pool=pool).run()
        outcome.causes.clear()
        return outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What all parts of a comparison share: the itineraries, the family of distributions and the seed."""

    tracks: tuple[Track, ...]
    settings: Settings
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """One block of runs of some itineraries."""

    block: BlockPart
    numbers: tuple[int, ...]


def run_heat(field: Field, heat: Heat) -> tuple[Outcome, ...]:
    """The runs of a block; legs that its itineraries share are drawn once, and the draws are the same in whichever heat."""
    pool = DrawPool((field.seed, heat.block.number), heat.block.runs)
    return tuple(field.tracks[number].run(pool, field.settings) for number in heat.numbers)


RunHeats = Callable[[Field, Sequence[Heat]], list[tuple[Outcome, ...]]]


def run_heats(field: Field, heats: Sequence[Heat]) -> list[tuple[Outcome, ...]]:
    """Heats one after the other."""
    return [run_heat(field, heat) for heat in heats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """One itinerary and its runs so far, block by block."""

    track: Track
    outcomes: tuple[Outcome, ...]


def compare_itineraries(
    dataset: Dataset, plan: Plan, *, runs: int = 10_000, seed: int = 1, family: str = "pert", run: RunHeats | None = None, shards: int = 1
) -> RiskComparison:
    """Simulate every itinerary of a plan, and find which is best for which attitude to risk.

    All see the same storms, borders and prices in the same run (draws go by name). After a first block of 1,000 runs only those go on that
    are not clearly worse, by each measure, than the best by it. Attitudes are a price for each day until arrival and a share of worst runs
    whose mean counts (conditional value at risk). ``run`` runs the heats (None: here); ``shards`` tells among how many the itineraries
    of the first block are parted, which does not change the answer.

    References
    ----------
    Rockafellar, R. T., Uryasev, S. (2000). Optimization of conditional value-at-risk. Journal of Risk 2(3), 21-41.
    Boesel, J., Nelson, B. L., Kim, S.-H. (2003). Using ranking and selection to "clean up" after simulation optimization. Operations
    Research 51(5), 814-825.
    """
    field = Field(tracks=_list_tracks(dataset, plan), settings=Settings(family=family), seed=seed)
    blocks = list_parts(runs)
    everybody = tuple(range(len(field.tracks)))
    runners = _run_blocks(field, blocks[:1], everybody, run or run_heats, shards)
    left = runners if len(blocks) == 1 else keep_promising(runners)
    if len(blocks) > 1:
        more = _run_blocks(field, blocks[1:], tuple(one.track.number for one in left), run or run_heats, 1)
        left = [replace(one, outcomes=(*one.outcomes, *other.outcomes)) for one, other in zip(left, more, strict=True)]
        by_number = {one.track.number: one for one in left}
        runners = [by_number.get(one.track.number, one) for one in runners]
    measures = Measures(left)
    by_on_time, by_p90, by_cvar = (measures.choose(loss) for loss in (measures.late(), measures.p90(), measures.cvar()))
    simulations = [_sum_up(plan, one, family=family, seed=seed) for one in runners]
    has_due = plan.query.due_on is not None
    return RiskComparison(
        simulations=tuple(simulations), by_on_time=by_on_time.best if has_due else None, by_p90=by_p90.best, by_cvar=by_cvar.best,
        like_on_time=by_on_time.like if has_due else (), like_p90=by_p90.like, like_cvar=by_cvar.like, attitudes=measures.list_attitudes(),
    )  # fmt: skip


def _list_tracks(dataset: Dataset, plan: Plan) -> tuple[Track, ...]:
    survey, settlement = Survey(dataset, plan.query), dataset.info.settlement_currency
    tracks = []
    for number, itinerary in enumerate(plan.itineraries):
        prices = list_prices(itinerary, settlement)
        course = chart_course(dataset, plan, itinerary, survey=survey)
        tracks.append(Track(number=number, course=course, prices=prices, rates=list_price_risks(dataset, prices)))
    return tuple(tracks)


def _run_blocks(field: Field, blocks: Sequence[BlockPart], numbers: tuple[int, ...], run: RunHeats, shards: int) -> list[Runner]:
    """Some itineraries in some blocks, in heats of about as many itineraries each."""
    size = -(-len(numbers) // shards)
    parted = [numbers[first : first + size] for first in range(0, len(numbers), size)]
    heats = [Heat(block=block, numbers=some) for block in blocks for some in parted]
    found: dict[int, tuple[Outcome, ...]] = dict.fromkeys(numbers, ())
    for heat, outcomes in zip(heats, run(field, heats), strict=True):
        for number, outcome in zip(heat.numbers, outcomes, strict=True):
            found[number] = (*found[number], outcome)
    return [Runner(track=field.tracks[number], outcomes=found[number]) for number in numbers]


def _sum_up(plan: Plan, one: Runner, *, family: str, seed: int) -> Simulation:
    return summarise(plan, one.track.number, one.track.course, join_outcomes(list(one.outcomes)), family=family, seed=seed, is_brief=True)


def keep_promising(runners: Sequence[Runner]) -> list[Runner]:
    """Those that are not clearly worse than the best by at least one measure."""
    import numpy as np

    measures = Measures(runners)
    kept = np.zeros(len(runners), bool)
    for loss in measures.list_all():
        kept |= measures.list_close(loss, SURE_ERRORS)
    return [one for one, is_kept in zip(runners, kept, strict=True) if is_kept]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """The best itinerary by one measure, and those that the runs do not tell from it."""

    best: int
    like: tuple[int, ...]


class Measures:
    """What each run adds to each measure: tables of shape (itineraries, runs) whose means are the measures, the least the best."""

    def __init__(self, runners: Sequence[Runner]) -> None:
        import numpy as np

        self.numbers = [one.track.number for one in runners]
        joined = [join_outcomes(list(one.outcomes)) for one in runners]
        arrival = np.stack([one.arrival for one in joined])
        zero = runners[0].track.course.start
        self.days = (np.where(np.isfinite(arrival), arrival, stuck_until(runners[0].track.course)) - zero) / DAY_MIN
        self.cost = np.stack([one.cost for one in joined])
        by = [(one.track.course.by_at - one.track.course.zero_at).total_seconds() / 60 for one in runners]
        self.has_due = runners[0].track.course.is_due
        self.is_late = arrival > np.array(by)[:, None]

    def late(self) -> Table:
        """Whether a run is late."""
        import numpy as np

        return np.asarray(self.is_late, dtype=np.float64)

    def p90(self) -> Table:
        """The 90 % point of the arrival, and how each run moves it (Bahadur's form of a quantile)."""
        import numpy as np

        below, point, above = np.quantile(self.days, (0.87, 0.9, 0.93), axis=1)[:, :, None]
        return np.asarray(point + (0.9 - (self.days <= point)) * (above - below) / 0.06)

    def cvar(self) -> Table:
        return _tail(self.cost, _TWENTIETH)

    def list_all(self) -> Iterator[Table]:
        if self.has_due:
            yield self.late()
        yield self.p90()
        for tail in TAILS:
            for day_cents in DAY_CENTS:
                yield _tail(self.cost + day_cents * self.days, tail)

    def list_close(self, loss: Table, errors: float) -> NDArray[np.bool_]:
        """Those whose mean is not more than so many standard errors of the paired difference above the least."""
        import numpy as np

        means = loss.mean(axis=1)
        apart = loss - loss[int(np.argmin(means))]
        error = apart.std(axis=1) / np.sqrt(loss.shape[1])
        return np.asarray(apart.mean(axis=1) <= errors * error + 1e-9)

    def choose(self, loss: Table) -> _Choice:
        """The first of those with the least mean."""
        import numpy as np

        best = int(np.argmin(loss.mean(axis=1)))
        like = np.flatnonzero(self.list_close(loss, TOLD_APART_ERRORS))
        return _Choice(best=self.numbers[best], like=tuple(self.numbers[one] for one in like if one != best))

    def list_attitudes(self) -> tuple[Attitude, ...]:
        """The mildest attitude for each itinerary that is best for one: tails from all runs to the worst, days from free to dear."""
        found: dict[int, Attitude] = {}
        for tail in TAILS:
            for day_cents in DAY_CENTS:
                best = self.choose(_tail(self.cost + day_cents * self.days, tail)).best
                found.setdefault(best, Attitude(tail_percent=tail, day_cents=day_cents, itinerary=best))
        return tuple(found[number] for number in sorted(found))


def _tail(values: Table, percent: int) -> Table:
    """What each run adds to the mean of the worst share: the point where it begins, and what lies beyond it by that share."""
    import numpy as np

    if percent == 100:
        return values
    count = max(values.shape[1] * percent // 100, 1)
    point = np.partition(values, -count, axis=1)[:, -count][:, None]
    return np.asarray(point + np.maximum(values - point, 0.0) * (values.shape[1] / count))
