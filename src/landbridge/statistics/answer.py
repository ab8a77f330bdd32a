"""All that a feed says about trade, held together: books compared, years estimated, claims judged, what follows for one year's change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from landbridge.domain.dataset import Dataset
from landbridge.domain.record import Range
from landbridge.domain.trade import TradeMargin
from landbridge.domain.trade_answer import BooksCompared, Change, Consequence, TradeAnswer, TradeEstimate
from landbridge.statistics.consequence import bound_changes
from landbridge.statistics.figure import Figure, Series, Timeline, list_figures, name_series
from landbridge.statistics.ledger import Ledger, judge_claims
from landbridge.statistics.series import Flow, FlowEstimate, estimate_flow, find_books
from landbridge.statistics.statement import Statement, build_timeline, find_mirror_range, list_statements, list_telling
from landbridge.statistics.weigh import History, draw_histories, find_places, find_quantiles, weigh_claims

if TYPE_CHECKING:
    from landbridge.statistics.weigh import Draws

SHARES = (0.05, 0.5, 0.95)
MOST_FLOWS = 20
"""Flows that are answered for; a feed without claims, or a large export laid over one, may hold thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What is known on a day: all figures, those of flows that are shown or spoken of, the flows, and the years to estimate."""

    figures: tuple[Figure, ...]
    ours: tuple[Figure, ...]
    flows: tuple[Flow, ...]
    years: tuple[int, ...]

    @property
    def shown(self) -> tuple[Flow, ...]:
        return self.flows[:MOST_FLOWS] if self.years else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    estimate: FlowEstimate
    history: History
    weights: Draws


def answer_trade(dataset: Dataset, *, as_of: date, draws: int = 100_000, seed: int = 1) -> TradeAnswer:
    """Answer all that can be said about trade between the countries of a feed.

    Parameters
    ----------
    dataset
        With ``trade_records``, ``claims`` and ``trade_margins``; without them the answer is empty.
    as_of
        Records published, and claims made, later are not used.
    draws, seed
        Histories drawn to weigh claims; the same seed gives the same answer.
    """
    ground = _lay_ground(dataset, as_of)
    timeline = build_timeline(dataset, ground.ours, as_of)
    statements = list_statements(dataset, ground.ours, timeline, as_of)
    ledger = judge_claims(dataset, ground.ours, statements, timeline)
    drawn = _draw(dataset, ground, as_of, draws=draws, seed=seed)
    return TradeAnswer(
        dataset_name=dataset.info.name, dataset_digest=dataset.digest, as_of=as_of, currency=dataset.info.settlement_currency,
        compared=compare_books(dataset, ground.ours), estimates=tuple(row for one in drawn for row in _list_estimates(one)),
        changes=tuple(row for one in drawn for row in _list_changes(one)),
        consequences=list_consequences(list_telling(dataset, statements), timeline, ledger), ledger=ledger.claims,
        conflicts=ledger.conflicts,
        is_complete=ledger.is_complete and len(ground.flows) <= MOST_FLOWS, draws=draws, seed=seed,
    )  # fmt: skip


def _lay_ground(dataset: Dataset, as_of: date) -> _Ground:
    figures = list_figures(dataset, as_of)
    flows = list_flows(dataset, figures)
    spoken = _list_spoken(dataset, flows)
    ours = tuple(figure for figure in figures if _flow_of(figure) in spoken)
    return _Ground(figures=tuple(figures), ours=ours, flows=flows, years=tuple(_list_years(dataset, ours, as_of)))


def list_answered(dataset: Dataset, as_of: date) -> frozenset[Flow]:
    """Flows that are estimated, or that a claim speaks of."""
    return _list_spoken(dataset, list_flows(dataset, list_figures(dataset, as_of)))


def _list_spoken(dataset: Dataset, flows: Sequence[Flow]) -> frozenset[Flow]:
    return frozenset((*flows[:MOST_FLOWS], *(_flow_of_series(name_series(term)) for term in dataset.claim_terms)))


def _draw(dataset: Dataset, ground: _Ground, as_of: date, *, draws: int, seed: int) -> list[_Drawn]:
    """Histories of every flow that is shown, and how much each counts once claims were weighed."""
    found = (estimate_flow(_list_near(ground.figures, flow), flow, ground.years) for flow in ground.shown)
    estimates = [one for one in found if one is not None]
    histories = draw_histories(estimates, ground.years, draws=draws, seed=seed)
    weights = weigh_claims(dataset, histories, as_of)
    return [_Drawn(estimate=one, history=history, weights=weights) for one, history in zip(estimates, histories, strict=True)]


def draw_flows(
    dataset: Dataset, flows: Sequence[Flow], year: int, *, as_of: date, count: int, draws: int = 100_000, seed: int = 1
) -> tuple[dict[Flow, int], ...]:
    """So many draws of flows of one year together, each as likely: the middles of equal parts of the histories in order of their sum.

    Parameters
    ----------
    flows
        Exporting and importing country of each flow that is wanted; one that is not estimated is left out.
    year
        A year that is estimated.
    count
        How many draws.
    draws, seed
        As in :func:`answer_trade`, whose histories these are.

    Returns
    -------
    tuple
        Exports of each flow in whole units of the settlement currency, from the least sum to the greatest.

    References
    ----------
    McKay, M. D., Beckman, R. J., Conover, W. J. (1979). A comparison of three methods for selecting values of input variables in the
    analysis of output from a computer code. Technometrics 21(2), 239-245 (stratified sampling).
    """
    import numpy as np

    ground = _lay_ground(dataset, as_of)
    if year not in ground.years:
        return ()
    drawn = [one for one in _draw(dataset, ground, as_of, draws=draws, seed=seed) if one.estimate.flow in flows]
    if not drawn:
        return ()
    exports = {one.estimate.flow: one.history.exports[:, ground.years.index(year)] for one in drawn}
    rows = find_places(np.sum(list(exports.values()), axis=0), drawn[0].weights, [(part + 0.5) / count for part in range(count)])
    return tuple({flow: round(float(values[row])) for flow, values in exports.items()} for row in rows)


def list_flows(dataset: Dataset, figures: Sequence[Figure]) -> tuple[Flow, ...]:
    """Flows that claims speak of; without claims all that are reported, those with most figures first."""
    named = [(term.reporter, term.partner, term.flow) for term in dataset.claim_terms if term.hs is None]
    named = named or [figure.series[:3] for figure in figures if figure.series[3] is None]
    found = [(reporter, partner) if flow == "export" else (partner, reporter) for reporter, partner, flow in named if flow != "re_export"]
    counts = Counter(found)
    return tuple(sorted(counts, key=lambda flow: (-counts[flow] if not dataset.claim_terms else 0, flow)))


def _flow_of(figure: Figure) -> Flow:
    return _flow_of_series(figure.series)


def _flow_of_series(series: Series) -> Flow:
    reporter, partner, kind, _ = series
    return (partner, reporter) if kind == "import" else (reporter, partner)


def _list_near(figures: Sequence[Figure], flow: Flow) -> list[Figure]:
    """Figures of the flow, and those of its exporter or importer with others: the neighbours."""
    return [figure for figure in figures if flow[0] == _flow_of(figure)[0] or flow[1] == _flow_of(figure)[1]]


def compare_books(dataset: Dataset, figures: Sequence[Figure]) -> tuple[BooksCompared, ...]:
    """Set the two countries' figures of the same goods and period beside each other."""
    found: list[BooksCompared] = []
    by_key = {(figure.series, figure.from_on, figure.to_on): figure for figure in figures}
    for (series, from_on, to_on), export in by_key.items():
        reporter, partner, flow, hs = series
        imported = by_key.get(((partner, reporter, "import", hs), from_on, to_on))
        if flow != "export" or imported is None or not export.typical:
            continue
        ratio = imported.typical / export.typical
        low, high = find_mirror_range(figures, series)
        known = explain_difference(dataset, reporter, partner, hs)
        left = [_percent(ratio / factor) for factor in (known.high, known.typical, known.low)]
        found.append(
            BooksCompared(
                exporter=reporter, importer=partner, hs=hs, from_on=from_on, to_on=to_on, percent=_percent(ratio),
                left_percent=Range(low=left[0], typical=left[1], high=left[2]), is_usual=low <= ratio <= high,
                rows=(export.row, imported.row),
            )
        )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """Importer's over exporter's figure as far as margins of the feed explain it: least, typical and most."""

    low: Fraction
    typical: Fraction
    high: Fraction


def explain_difference(dataset: Dataset, exporter: str, importer: str, hs: str | None) -> Factors:
    """What freight and insurance, goods through third countries and timing make of the exporter's figure, one margin of each kind."""
    low, typical, high = Fraction(1), Fraction(1), Fraction(1)
    for kind in ("cif_fob", "re_export", "timing"):
        margin = find_margin(dataset, kind, exporter, importer, hs)
        if margin is not None:
            low, typical, high = (
                factor * (1 + Fraction(end) / 100) for factor, end in ((low, margin.low), (typical, margin.typical), (high, margin.high))
            )
    least = Fraction(1, 1000)
    return Factors(low=max(low, least), typical=max(typical, least), high=max(high, least))


def find_margin(dataset: Dataset, kind: str, exporter: str, importer: str, hs: str | None) -> Range[Decimal] | None:
    """The margin of a kind that fits best: countries named before none, longer goods before shorter."""

    def fits(margin: TradeMargin) -> bool:
        places = margin.from_country in (None, exporter) and margin.to_country in (None, importer)
        return margin.kind == kind and places and (margin.hs is None or (hs or "").startswith(margin.hs))

    rows = [margin for margin in dataset.trade_margins if fits(margin)]
    best = max(rows, key=lambda one: (one.from_country is not None, one.to_country is not None, len(one.hs or "")), default=None)
    return None if best is None else best.percent


def list_consequences(statements: Sequence[Statement], timeline: Timeline, ledger: Ledger) -> tuple[Consequence, ...]:
    """Bound each year's change of each reported series by what claims say together, where they set a bound below the year before.

    One claim at a time and two at a time, beside the records; docs/trade.md shows how to read it.
    """
    return bound_changes(statements, timeline, ledger.conflicts)


def _list_years(dataset: Dataset, figures: Sequence[Figure], as_of: date) -> list[int]:
    """From the first year that something is reported of to the last that anything is said of."""
    flows = list_flows(dataset, figures)
    ours = [figure for flow in flows for figure in find_books(figures, flow)]
    if not ours:
        return []
    said = [term.to_on.year for term in dataset.claim_terms if term.to_on <= as_of]
    return list(range(min(figure.from_on.year for figure in ours), min(max([figure.to_on.year for figure in ours] + said), as_of.year) + 1))


def _list_estimates(drawn: _Drawn) -> list[TradeEstimate]:
    rows: list[TradeEstimate] = []
    even = _even(drawn.weights)
    for place, (year, one) in enumerate(zip(drawn.history.years, drawn.estimate.years, strict=True)):
        exports = drawn.history.exports[:, place]
        touching = tuple(figure.row for figure in drawn.estimate.figures if figure.from_on.year <= year <= figure.to_on.year)
        rows.append(
            TradeEstimate(
                exporter=drawn.estimate.flow[0], importer=drawn.estimate.flow[1], from_on=date(year, 1, 1), to_on=date(year, 12, 31),
                kind=one.kind, value=_range(exports, drawn.weights), before_claims=_range(exports, even),
                mirror=_range(drawn.history.imports[:, place], drawn.weights), rows=touching,
            )
        )  # fmt: skip
    return rows


def _list_changes(drawn: _Drawn) -> list[Change]:
    rows: list[Change] = []
    for place, year in list(enumerate(drawn.history.years))[1:]:
        ratio = drawn.history.exports[:, place] / drawn.history.exports[:, place - 1]
        after, before = (find_quantiles(ratio, weights, SHARES) for weights in (drawn.weights, _even(drawn.weights)))
        rows.append(
            Change(
                exporter=drawn.estimate.flow[0], importer=drawn.estimate.flow[1], from_on=date(year, 1, 1), to_on=date(year, 12, 31),
                factor=_factors(after), factor_before_claims=_factors(before),
            )
        )  # fmt: skip
    return rows


def _even(weights: Draws) -> Draws:
    import numpy as np

    return np.full(len(weights), 1 / len(weights))


def _range(values: Draws, weights: Draws) -> Range[int]:
    low, middle, high = (round(value) for value in find_quantiles(values, weights, SHARES))
    return Range(low=low, typical=middle, high=high)


def _factors(values: Sequence[float]) -> Range[Decimal]:
    low, middle, high = (Decimal(f"{value:.3f}") for value in values)
    return Range(low=low, typical=middle, high=high)


def _percent(ratio: Fraction) -> Decimal:
    return Decimal(f"{float(ratio - 1) * 100:.1f}")
