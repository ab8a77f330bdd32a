"""``python -m benchmarks.trade [FILE]``: hide published figures of trade, estimate them, and count how often the interval held them.

Without FILE: both countries' books of 1880-1913, ``benchmarks/data/mirror_trade.csv`` (RICardo, Open Database License 1.0; made by
``python -m tools.make_mirror``). FILE may be an export of UN Comtrade (CSV; all goods, yearly, imports and exports, any reporters and
partners); its figures are copyrighted by the United Nations and not part of landbridge.

Multipliers are made without the exporter whose figure is hidden, and each exporter counts the same: hierarchical conformal prediction.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from statistics import NormalDist, fmean, median, stdev

import numpy as np

from landbridge.domain.trade import TradeRecord
from landbridge.sources.trade_exports import read_trade_file
from landbridge.statistics.calibration import INTERVAL_BY_KIND, MIRROR_RANGE, SPREAD_BY_SIZE
from landbridge.statistics.figure import Figure, name_series
from landbridge.statistics.level import find_spread
from landbridge.statistics.series import Flow, estimate_flow

SHIPPED_FILE = Path(__file__).with_name("data") / "mirror_trade.csv"
MOST_PAIRS = 4
"""Pairs of each exporter of the shipped file that are hidden, chosen by chance; all their neighbours stay."""
OF_EACH = 6
"""Figures of each exporter that count in a row of the table, chosen by chance, so that no exporter speaks for the others."""
SEED = 20_261_126
LEAST_FLOW = 1_000_000
LEAST_YEARS = 8
LEVEL = 0.9
_LEAST_WIDTH, _MOST_WIDTH, _DRAWN_WIDTHS = 0.01, 100.0, 20_000
WAYS = ("one side hidden", "two years of one side", "two years of both", "last two years of both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One hidden figure: the log of what was published, of what was estimated, and of the naive guesses; None where there is none."""

    way: str
    flow: Flow
    year: int
    kind: str
    actual: float
    mean: float
    sd: float
    last: float | None
    mirror: float | None

    @property
    def score(self) -> float:
        """How many standard deviations the estimate was off."""
        return abs(self.actual - self.mean) / self.sd


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the backtest and print its tables; 0 also where no file is there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trade", description="Hide published trade figures and estimate them.")
    parser.add_argument("file", nargs="?", help="an export of UN Comtrade; default: the shipped books of 1880-1913")
    asked = parser.parse_args(arguments)
    if asked.file is not None and not Path(asked.file).is_file():
        print(f"not run: there is no file {asked.file}; docs/trade.md says how to export one from UN Comtrade")
        return 0
    figures = load_books() if asked.file is None else load_figures(asked.file)
    print(render(list(hide_figures(figures, most_pairs=MOST_PAIRS if asked.file is None else None))))
    return 0


def load_books() -> list[Figure]:
    """The shipped figures."""
    with SHIPPED_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [_book_figure(row, kind) for row in rows for kind in ("export", "import")]


def _book_figure(row: dict[str, str], kind: str) -> Figure:
    ends = (row["exporter"], row["importer"]) if kind == "export" else (row["importer"], row["exporter"])
    value, year = Fraction(int(row[f"{kind}_usd"])), int(row["year"])
    return Figure(
        series=(*ends, kind, None), from_on=date(year, 1, 1), to_on=date(year, 12, 31), low=value, typical=value, high=value,
        record_id="", row="", source_id="ricardo", grade="A",
    )  # fmt: skip


def load_figures(path: str) -> list[Figure]:
    """All figures of a file, one per series and year."""
    source, records = read_trade_file(path, [])
    return [_make_figure(record, source.grade) for record in records]


def _make_figure(record: TradeRecord, grade: str) -> Figure:
    low, typical, high = (Fraction(end) for end in (record.value.low, record.value.typical, record.value.high))
    return Figure(
        series=name_series(record), from_on=record.from_on, to_on=record.to_on, low=low, typical=typical, high=high,
        record_id=record.record_id, row=record.row, source_id=record.source_id, grade=grade,
    )  # fmt: skip


def hide_figures(figures: Sequence[Figure], *, most_pairs: int | None = None) -> Iterator[Cell]:
    """Pairs of countries that publish both sides for long enough, so many of each exporter or all; every way of hiding."""
    touching: dict[str, list[Figure]] = defaultdict(list)
    both: dict[Flow, dict[int, dict[str, Figure]]] = defaultdict(lambda: defaultdict(dict))
    for figure in figures:
        reporter, partner, kind, hs = figure.series
        touching[reporter].append(figure)
        touching[partner].append(figure)
        if hs is None and kind in ("export", "import") and figure.typical >= 1:
            both[(reporter, partner) if kind == "export" else (partner, reporter)][figure.from_on.year][kind] = figure
    years_of = {flow: sorted(year for year, sides in by_year.items() if len(sides) == 2) for flow, by_year in both.items()}
    fit = [flow for flow in sorted(both) if len(years_of[flow]) >= LEAST_YEARS and _size(both[flow], years_of[flow]) >= LEAST_FLOW]
    for flow in fit if most_pairs is None else _draw_pairs(fit, most_pairs):
        near = list({id(one): one for country in flow for one in touching[country]}.values())
        others = [one for one in near if one.series[:2] not in (flow, flow[::-1])]
        yield from _hide_in(flow, {year: both[flow][year] for year in years_of[flow]}, others)


def _size(by_year: dict[int, dict[str, Figure]], years: Sequence[int]) -> float:
    return median(min(float(figure.typical) for figure in by_year[year].values()) for year in years)


def _draw_pairs(flows: Sequence[Flow], most: int) -> list[Flow]:
    chance = random.Random(SEED)
    by_exporter: dict[str, list[Flow]] = defaultdict(list)
    for flow in flows:
        by_exporter[flow[0]].append(flow)
    return [flow for _, ours in sorted(by_exporter.items()) for flow in sorted(chance.sample(ours, min(most, len(ours))))]


def _hide_in(flow: Flow, sides: dict[int, dict[str, Figure]], others: list[Figure]) -> Iterator[Cell]:
    years = sorted(sides)
    yield from _estimate(WAYS[0], flow, sides, others, years, set(years), set())
    for begin in range(2, len(years) - 3, 3):
        hidden = years[begin : begin + 2]
        yield from _estimate(WAYS[1], flow, sides, others, hidden, set(hidden), set())
        yield from _estimate(WAYS[2], flow, sides, others, hidden, set(hidden), set(hidden))
    yield from _estimate(WAYS[3], flow, sides, others, years[-2:], set(years[-2:]), set(years[-2:]))


def _estimate(
    way: str, flow: Flow, sides: dict[int, dict[str, Figure]], others: list[Figure], asked: list[int], own: set[int], mirror: set[int]
) -> Iterator[Cell]:
    seen = [sides[year]["export"] for year in sides if year not in own] + [sides[year]["import"] for year in sides if year not in mirror]
    found = estimate_flow([*seen, *others], flow, asked)
    assert found is not None
    for one, year in zip(found.years, asked, strict=True):
        before = [other for other in sides if other < year and other not in own]
        yield Cell(
            way=way, flow=flow, year=year, kind=one.kind, actual=math.log(sides[year]["export"].typical), mean=one.mean, sd=one.sd,
            last=math.log(sides[max(before)]["export"].typical) if before else None,
            mirror=math.log(sides[year]["import"].typical) if year not in mirror else None,
        )  # fmt: skip


def fit_multiplier(cells: Sequence[Cell]) -> float:
    """Standard deviations that hold ``LEVEL`` of the figures of an exporter that is not among these, each exporter with the same weight.

    Needs exporters that might have come in any order (exchangeable); figures of one exporter may hang together in any way.

    References
    ----------
    Lee, Y., Barber, R. F., Willett, R. (2023). Distribution-free inference with hierarchical data. arXiv 2306.06342.
    Dunn, R., Wasserman, L., Ramdas, A. (2023). Distribution-free prediction sets for two-layer hierarchical models. JASA 118(544).
    """
    scores = _scores_by_exporter(cells)
    wanted = LEVEL * (len(scores) + 1)
    points = sorted((score, 1 / len(found)) for found in scores.values() for score in found)
    heights = accumulate(weight for _, weight in points)
    return next((score for (score, _), height in zip(points, heights, strict=True) if height >= wanted - 1e-9), points[-1][0])


def fit_new_exporter(cells: Sequence[Cell]) -> float:
    """Standard deviations that hold ``LEVEL`` of the figures of a new exporter, if widths of exporters are log-normal.

    The width that each exporter would need is a draw of that distribution; its mean and spread are known from so many exporters
    only, so the width of a new one is predicted with Student's t. Within an exporter figures spread as those of all others do, each
    at its own scale. Two exporters are enough, where the multiplier that assumes nothing takes nearly the worst of ten.

    References
    ----------
    Geisser, S. (1993). Predictive Inference: An Introduction. Chapman and Hall. (prediction of a new draw of a normal population)
    """
    scores = _scores_by_exporter(cells)
    widths = {exporter: max(float(np.quantile(found, LEVEL)), _LEAST_WIDTH) for exporter, found in scores.items()}
    logs = np.log(list(widths.values()))
    count = len(logs)
    steps = np.random.default_rng(SEED).standard_t(count - 1, _DRAWN_WIDTHS)
    new = np.exp(logs.mean() + logs.std(ddof=1) * math.sqrt(1 + 1 / count) * steps)
    scaled = np.array([score / widths[exporter] for exporter, found in scores.items() for score in found])
    weights = np.array([1 / len(found) / count for found in scores.values() for _ in found])
    order = np.argsort(scaled)
    heights = np.concatenate(([0.0], np.cumsum(weights[order])))

    def held(multiplier: float) -> float:
        return float(heights[np.searchsorted(scaled[order], multiplier / new, side="right")].mean())

    low, high = _LEAST_WIDTH, _MOST_WIDTH
    while high / low > 1.001:
        middle = math.sqrt(low * high)
        low, high = (middle, high) if held(middle) < LEVEL else (low, middle)
    return high


def fit_shipped(cells: Sequence[Cell]) -> float:
    """What landbridge ships its multipliers by: wide enough for all figures, and for an exporter that is not among these."""
    return max(fit_pooled(cells), fit_new_exporter(cells)) if len({cell.flow[0] for cell in cells}) > 1 else fit_pooled(cells)


def fit_pooled(cells: Sequence[Cell]) -> float:
    """The same with each figure of the same weight."""
    scores = sorted(cell.score for cell in cells)
    return scores[min(math.ceil(LEVEL * (len(scores) + 1)), len(scores)) - 1]


def hold_out(cells: Sequence[Cell], fit: Callable[[Sequence[Cell]], float]) -> dict[str, list[tuple[Cell, bool]]]:
    """Each figure and whether its interval held it, with a multiplier from all other exporters."""
    found: dict[str, list[tuple[Cell, bool]]] = {}
    for exporter in sorted({cell.flow[0] for cell in cells}):
        multiplier = fit([cell for cell in cells if cell.flow[0] != exporter])
        found[exporter] = [(cell, cell.score <= multiplier) for cell in cells if cell.flow[0] == exporter]
    return found


def draw_alike(found: Mapping[str, Sequence[tuple[Cell, bool]]]) -> list[bool]:
    """So many figures of each exporter, by chance."""
    chance = random.Random(SEED)
    return [is_held for _, ours in sorted(found.items()) for _, is_held in chance.sample(list(ours), min(OF_EACH, len(ours)))]


def _scores_by_exporter(cells: Sequence[Cell]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for cell in cells:
        found[cell.flow[0]].append(cell.score)
    return found


def binomial_interval(held: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22(158), 209-212.
    """
    z = NormalDist().inv_cdf(0.975)
    share, spread = held / count, z * z / count
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    return middle - half, middle + half


def render(cells: Sequence[Cell]) -> str:
    """The tables: coverage by way of hiding, error against naive guesses, multipliers by kind."""
    pairs, exporters = {cell.flow for cell in cells}, {cell.flow[0] for cell in cells}
    lines = [
        f"{len(cells)} hidden figures of {len(pairs)} ordered pairs of countries, {len(exporters)} exporters; 90 % intervals;",
        f"multipliers from the other exporters only. Drawn: at most {OF_EACH} figures of each exporter",
        "",
        f"{'hidden':<23} {'drawn':>5} {'held':>5} {'share':>6}  95 % interval  {'all':>6} {'held':>6}  exporters alike   shipped",
    ]
    lines += [_coverage_line(way, [cell for cell in cells if cell.way == way]) for way in WAYS]
    lines += ["", "by the rule of the shipped multipliers, from the other exporters only: " + "; ".join(_rule_words(cells))]
    lines += ["", "typical error (median and mean of |log estimate / published|); same cells in a row", ""]
    lines.append(f"{'hidden':<23} {'landbridge':>15} {'last value':>15} {'mirror as it is':>17}")
    for way in WAYS:
        ours = [cell for cell in cells if cell.way == way]
        lines.append(f"{way:<23} {_errors(ours, 'mean'):>15} {_errors(ours, 'last'):>15} {_errors(ours, 'mirror'):>17}")
    lines += ["", "multipliers by kind, exporters alike (each figure alike; the shipped rule): " + "; ".join(_multiplier_words(cells))]
    lines.append(_mirror_words([cell for cell in cells if cell.way == WAYS[0]]))
    return "\n".join(lines)


def _rule_words(cells: Sequence[Cell]) -> Iterator[str]:
    """Shares held by each way of hiding: of all figures, and of each exporter alike."""
    for way in WAYS:
        found = hold_out([cell for cell in cells if cell.way == way], fit_shipped)
        held = [[is_held for _, is_held in ours] for ours in found.values()]
        total = sum(map(sum, held)) / sum(map(len, held))
        yield f"{way} {total:.3f} ({fmean(sum(one) / len(one) for one in held):.3f} exporters alike)"


def _mirror_words(cells: Sequence[Cell]) -> str:
    """Standard deviations that hold nine of ten of the importer's figures over the exporter's, and how many the shipped number holds."""
    scores = []
    for cell in cells:
        assert cell.mirror is not None
        spread = find_spread(math.exp((cell.actual + cell.mirror) / 2), SPREAD_BY_SIZE)
        scores.append(abs(cell.mirror - cell.actual - spread.bias) / math.hypot(spread.bias_sd, spread.error_sd))
    scores.sort()
    here = scores[min(math.ceil(LEVEL * (len(scores) + 1)), len(scores)) - 1]
    held = sum(score <= MIRROR_RANGE for score in scores)
    return (
        f"importer's over exporter's figure: {here:.2f} sd hold nine of ten of these {len(scores)}; the shipped {MIRROR_RANGE:.2f} "
        f"(MIRROR_RANGE) holds {100 * held / len(scores):.1f} %"
    )


def _coverage_line(way: str, cells: Sequence[Cell]) -> str:
    found = hold_out(cells, fit_multiplier)
    drawn = draw_alike(found)
    low, high = binomial_interval(sum(drawn), len(drawn))
    shares = [sum(is_held for _, is_held in ours) / len(ours) for ours in found.values()]
    held = sum(is_held for ours in found.values() for _, is_held in ours)
    error = stdev(shares) / math.sqrt(len(shares)) if len(shares) > 1 else math.nan
    shipped = sum(cell.score <= INTERVAL_BY_KIND[cell.kind] for cell in cells) / len(cells)
    return (
        f"{way:<23} {len(drawn):>5} {sum(drawn):>5} {sum(drawn) / len(drawn):>6.3f}  {low:.3f} - {high:.3f}  {len(cells):>6} "
        f"{held / len(cells):>6.3f}  {fmean(shares):.3f} +- {error:.3f}   {shipped:>7.3f}"
    )


def _multiplier_words(cells: Sequence[Cell]) -> Iterator[str]:
    for kind, found in _by_kind(cells):
        yield f"{kind} {fit_multiplier(found):.2f} ({fit_pooled(found):.2f}; {fit_shipped(found):.2f})"


def _by_kind(cells: Sequence[Cell]) -> list[tuple[str, list[Cell]]]:
    return [(kind, [cell for cell in cells if cell.kind == kind]) for kind in sorted({cell.kind for cell in cells})]


def _errors(cells: Sequence[Cell], guess: str) -> str:
    pairs = [(cell.actual, getattr(cell, guess)) for cell in cells if getattr(cell, guess) is not None]
    if not pairs:
        return "-"
    errors = [abs(actual - value) for actual, value in pairs]
    return f"{median(errors):.3f}  {sum(errors) / len(errors):.3f}"


if __name__ == "__main__":
    sys.exit(main())
