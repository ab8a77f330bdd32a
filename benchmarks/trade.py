"""``python -m benchmarks.trade [FILE]``: hide published figures of trade, estimate them, and count how often the interval held them.

FILE is an export of UN Comtrade (CSV; all goods, yearly, imports and exports, any reporters and partners); without one
``benchmarks/data/comtrade_totals.csv`` is looked for. The figures are copyrighted by the United Nations and not part of landbridge.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import NormalDist, median

from landbridge.domain.trade import TradeRecord
from landbridge.sources.trade_exports import read_trade_file
from landbridge.statistics.calibration import INTERVAL_BY_KIND
from landbridge.statistics.figure import Figure, name_series
from landbridge.statistics.series import Flow, estimate_flow

DEFAULT_FILE = Path(__file__).with_name("data") / "comtrade_totals.csv"
LEAST_FLOW = 1_000_000
LEAST_YEARS = 8
LEVEL = 0.9
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
    parser.add_argument("file", nargs="?", default=str(DEFAULT_FILE))
    asked = parser.parse_args(arguments)
    if not Path(asked.file).is_file():
        print(f"not run: there is no file {asked.file}; docs/trade.md says how to export one from UN Comtrade")
        return 0
    cells = list(hide_figures(load_figures(asked.file)))
    print(render(cells))
    return 0


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


def hide_figures(figures: Sequence[Figure]) -> Iterator[Cell]:
    """Every pair of countries that publishes both sides for long enough, every way of hiding."""
    touching: dict[str, list[Figure]] = defaultdict(list)
    both: dict[Flow, dict[int, dict[str, Figure]]] = defaultdict(lambda: defaultdict(dict))
    for figure in figures:
        reporter, partner, kind, hs = figure.series
        touching[reporter].append(figure)
        touching[partner].append(figure)
        if hs is None and kind in ("export", "import") and figure.typical >= 1:
            both[(reporter, partner) if kind == "export" else (partner, reporter)][figure.from_on.year][kind] = figure
    for flow, by_year in sorted(both.items()):
        years = sorted(year for year, sides in by_year.items() if len(sides) == 2)
        if len(years) >= LEAST_YEARS and median(min(float(f.typical) for f in by_year[year].values()) for year in years) >= LEAST_FLOW:
            near = list({id(one): one for country in flow for one in touching[country]}.values())
            others = [one for one in near if one.series[:2] not in (flow, flow[::-1])]
            yield from _hide_in(flow, {year: by_year[year] for year in years}, others)


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
    """Standard deviations that hold ``LEVEL`` of the cells, the conformal way: the next higher of count + 1."""
    scores = sorted(cell.score for cell in cells)
    return scores[min(math.ceil(LEVEL * (len(scores) + 1)), len(scores)) - 1]


def count_held(cells: Sequence[Cell], *, by: int | None) -> int:
    """Cells inside their interval when what is held out had no part in the calibration: the pair, or all pairs of its exporter."""
    held = 0
    for left_out in {_key(cell, by) for cell in cells}:
        multiplier = fit_multiplier([cell for cell in cells if _key(cell, by) != left_out])
        held += sum(cell.score <= multiplier for cell in cells if _key(cell, by) == left_out)
    return held


def _key(cell: Cell, by: int | None) -> object:
    return cell.flow if by is None else cell.flow[by]


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
    pairs = {cell.flow for cell in cells}
    lines = [
        f"{len(cells)} hidden figures of {len(pairs)} ordered pairs of countries; 90 % intervals; multipliers from the other pairs only",
        "",
        "hidden                  cells  held  share  95 % interval   pairs of other exporters   shipped multipliers",
    ]
    for way in WAYS:
        ours = [cell for cell in cells if cell.way == way]
        held, far = count_held(ours, by=None), count_held(ours, by=0)
        shipped = sum(cell.score <= INTERVAL_BY_KIND[cell.kind] for cell in ours)
        low, high = binomial_interval(held, len(ours))
        lines.append(
            f"{way:<23} {len(ours):>5} {held:>5}  {held / len(ours):.3f}  {low:.3f} - {high:.3f}"
            f"   {far / len(ours):>24.3f}   {shipped / len(ours):>19.3f}"
        )
    lines += ["", "typical error (median and mean of |log estimate / published|); same cells in a row", ""]
    lines.append(f"{'hidden':<23} {'landbridge':>15} {'last value':>15} {'mirror as it is':>17}")
    for way in WAYS:
        ours = [cell for cell in cells if cell.way == way]
        lines.append(f"{way:<23} {_errors(ours, 'mean'):>15} {_errors(ours, 'last'):>15} {_errors(ours, 'mirror'):>17}")
    lines += ["", "multipliers of all pairs: " + ", ".join(f"{kind} {fit_multiplier(found):.2f}" for kind, found in _by_kind(cells))]
    mirrored = [abs(cell.actual - cell.mean) / math.hypot(cell.sd, 1e-9) for cell in cells if cell.way == WAYS[0]]
    lines.append(f"importer's over exporter's figure: {sorted(mirrored)[math.ceil(LEVEL * len(mirrored)) - 1]:.2f}")
    return "\n".join(lines)


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
