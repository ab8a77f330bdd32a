"""Claims weighed into estimated years: draws of whole histories that agree with what was said count for more, by what the source is worth.

A claim is not taken for true. It is right with a probability by grade, and then its figures are met to within its rounding; or it says
nothing. So many claims that agree move an estimate, one that stands alone hardly does, and none can make an interval narrower than the
published figures and its own reliability allow.

References
----------
Rubin, D. B. (1988). Using the SIR algorithm to simulate posterior distributions. Bayesian Statistics 3, 395-402.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from landbridge.domain.dataset import Dataset
from landbridge.domain.trade import ClaimReading, TradeClaim
from landbridge.statistics.calibration import INTERVAL_BY_KIND, PART_YEAR_SD, RELIABILITY_BY_GRADE
from landbridge.statistics.figure import count_years, find_rate
from landbridge.statistics.series import Flow, FlowEstimate
from landbridge.statistics.statement import find_repeated, list_terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Draws = NDArray[np.float64]

_Z90 = 1.6448536269514722
"""Standard deviations of a normal distribution that hold nine of ten draws."""
_ROUNDING = 0.005
_OF_IMPORTS = 1
_NEAR = 0.1
"""How far, on the log scale, a figure may miss a reading before the reading counts for much less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Draws of both countries' books of one flow: arrays of shape (draws, years), whole units of the settlement currency."""

    flow: Flow
    years: tuple[int, ...]
    exports: Draws
    imports: Draws


def draw_histories(estimates: Sequence[FlowEstimate], years: Sequence[int], *, draws: int, seed: int) -> tuple[History, ...]:
    """Draw histories of every flow: a random walk around the estimates whose intervals have the calibrated width."""
    import numpy as np

    histories: list[History] = []
    for number, estimate in enumerate(estimates):
        rng = np.random.default_rng([seed, number])
        means = np.array([one.mean for one in estimate.years])
        sds = np.array([one.sd * INTERVAL_BY_KIND.get(one.kind, _Z90) / _Z90 for one in estimate.years])
        steps = rng.standard_normal((draws, len(means)))
        stay = _correlate(estimate)
        for place in range(1, len(means)):
            steps[:, place] = stay[place] * steps[:, place - 1] + np.sqrt(1 - stay[place] ** 2) * steps[:, place]
        exports = np.exp(means + sds * steps)
        bias = estimate.spread.bias + estimate.spread.bias_sd * rng.standard_normal((draws, 1))
        error = estimate.spread.error_sd * rng.standard_normal((draws, len(means)))
        imports = _pin(estimate, years, exports * np.exp(bias + error), np.random.default_rng([seed, number, _OF_IMPORTS]))
        rows = _keep_possible(estimate, years, exports, imports, rng)
        histories.append(History(flow=estimate.flow, years=tuple(years), exports=exports[rows], imports=imports[rows]))
    return tuple(histories)


def weigh_claims(dataset: Dataset, histories: Sequence[History], as_of: date) -> Draws:
    """Weigh every draw by all claims made by a day; weights sum to one."""
    import numpy as np

    by_flow = {history.flow: history for history in histories}
    total = np.zeros(len(histories[0].exports)) if histories else np.zeros(0)
    for claim in dataset.claims:
        if claim.said_on <= as_of and not find_repeated(dataset, claim.claim_id):
            total += np.log(_agree(dataset, claim, by_flow, len(total)))
    weights = np.exp(total - total.max()) if len(total) else total
    return weights / weights.sum() if len(weights) else weights


def find_quantiles(values: Draws, weights: Draws, shares: Sequence[float]) -> tuple[float, ...]:
    """Weighted quantiles of draws."""
    return tuple(float(values[place]) for place in find_places(values, weights, shares))


def find_places(values: Draws, weights: Draws, shares: Sequence[float]) -> tuple[int, ...]:
    """Which draws are the weighted quantiles."""
    import numpy as np

    order = np.argsort(values)
    heights = np.cumsum(weights[order])
    return tuple(int(order[min(int(np.searchsorted(heights, share)), len(order) - 1)]) for share in shares)


def _keep_possible(
    estimate: FlowEstimate, years: Sequence[int], exports: Draws, imports: Draws, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Rows of draws in which no year is less than the part of it that was reported; the others give way to some of these."""
    import numpy as np

    fine = np.ones(len(exports), dtype=bool)
    for figure in estimate.figures:
        year = figure.from_on.year
        if year == figure.to_on.year and year in years:
            books = exports if figure.series[2] == "export" else imports
            fine &= books[:, list(years).index(year)] >= float(figure.low) * (1 - _ROUNDING)
    rows = np.arange(len(exports))
    if fine.any():
        rows[~fine] = rng.choice(rows[fine], int((~fine).sum()))
    return rows


def _correlate(estimate: FlowEstimate) -> list[float]:
    """How much of the error of a year stays in the next, from the walk's step beside the errors of both."""
    found = [0.0]
    for before, after in zip(estimate.years, estimate.years[1:], strict=False):
        step = estimate.spread.growth_sd**2
        product = before.sd * after.sd
        found.append(min(max((before.sd**2 + after.sd**2 - step) / (2 * product), 0.0), 0.98) if product > 0 else 0.0)
    return found


def _pin(estimate: FlowEstimate, years: Sequence[int], imports: Draws, rng: np.random.Generator) -> Draws:
    """Years that the importer reports whole are what it reports, as far as its figure is known: a triangle from its low to its high."""
    for figure in estimate.figures:
        is_whole = (figure.to_on - figure.from_on).days >= 364 and figure.from_on.year == figure.to_on.year
        if figure.series[2] == "import" and is_whole and figure.from_on.year in years:
            low, typical, high = float(figure.low), float(figure.typical), float(figure.high)
            told = typical if low == high else rng.triangular(low, min(max(typical, low), high), high, len(imports))
            imports[:, list(years).index(figure.from_on.year)] = told
    return imports


def _agree(dataset: Dataset, claim: TradeClaim, by_flow: Mapping[Flow, History], draws: int) -> Draws:
    """Likelihood of a claim in every draw: the best of its readings, mixed with its saying nothing.

    Parts about what is not estimated are left out; a reading of nothing else cannot be told from a true one.
    """
    import numpy as np

    parts = [row for row in dataset.claim_readings if row.claim_id == claim.claim_id]
    reliability = RELIABILITY_BY_GRADE[dataset.source_by_id[claim.source_id].grade]
    best = np.zeros(draws)
    for name in dict.fromkeys(row.reading for row in parts):
        misses = [_miss(dataset, row, by_flow, draws) for row in parts if row.reading == name]
        known = [miss for miss in misses if miss is not None]
        worst = np.max(np.array(known), axis=0) if known else np.zeros(draws)
        best = np.maximum(best, np.exp(-0.5 * (worst / _NEAR) ** 2))
    return (1 - reliability) + reliability * best


def _miss(dataset: Dataset, part: ClaimReading, by_flow: Mapping[Flow, History], draws: int) -> Draws | None:
    """How far every draw misses one part of a reading, on the log scale; None if the part speaks of what is not estimated."""
    import numpy as np

    terms = list_terms(dataset, part)
    rate = find_rate(dataset, part.currency, max(term.to_on for term in terms))
    gains, losses = np.zeros((2, draws)), np.zeros((2, draws))
    for term in terms:
        flow = (term.reporter, term.partner) if term.flow == "export" else (term.partner, term.reporter)
        amount = _add_up(by_flow.get(flow), term.flow, term.from_on, term.to_on)
        if amount is None or term.hs is not None or rate is None:
            return None
        for end, factor in enumerate((float(term.factor.low), float(term.factor.high))):
            (gains if factor >= 0 else losses)[end] += abs(factor) * amount
    tiny = 1.0
    over, under = np.zeros(draws), np.zeros(draws)
    if part.ceiling is not None:
        ceiling = float(part.ceiling) / float(rate or 1)
        over = np.log((gains[0] + max(-ceiling, 0) + tiny) / (losses[0] + max(ceiling, 0) + tiny))
    if part.floor is not None:
        floor = float(part.floor) / float(rate or 1)
        under = np.log((losses[1] + max(floor, 0) + tiny) / (gains[1] + max(-floor, 0) + tiny))
    return np.maximum(np.maximum(over, under), 0.0)


def _add_up(history: History | None, flow: str, from_on: date, to_on: date) -> Draws | None:
    """What every draw has for a period: shares of years by days, a part of a year with the unevenness that parts have."""
    import numpy as np

    if history is None or from_on.year < history.years[0] or to_on.year > history.years[-1]:
        return None
    books = history.exports if flow == "export" else history.imports
    total = np.zeros(len(books))
    for year in range(from_on.year, to_on.year + 1):
        first, last = max(from_on, date(year, 1, 1)), min(to_on, date(year, 12, 31))
        share = count_years(first, last)
        uneven = PART_YEAR_SD * np.sqrt((1 - share) / share) if share < 0.99 else 0.0
        rng = np.random.default_rng([year, first.month, last.month])
        total += books[:, year - history.years[0]] * share * np.exp(uneven * rng.standard_normal(len(books)))
    return total
