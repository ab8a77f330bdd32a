"""How far the distances of the atlas are from published ones."""

from __future__ import annotations

import csv
import statistics
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).parent / "distances"
NAUTICAL_MILE_M = 1852


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One published distance and ours; ``ours_km`` is None where the atlas has no way."""

    origin: str
    destination: str
    published_km: float
    ours_km: float | None

    @property
    def error_percent(self) -> float:
        return 999.0 if self.ours_km is None else 100 * (self.ours_km / self.published_km - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """Pairs of one mode."""

    mode: str
    pairs: tuple[Pair, ...]

    def absolute(self) -> list[float]:
        return sorted(abs(pair.error_percent) for pair in self.pairs)

    @property
    def median_percent(self) -> float:
        return statistics.median(self.absolute())

    @property
    def bias_percent(self) -> float:
        return statistics.median(pair.error_percent for pair in self.pairs)

    @property
    def p90_percent(self) -> float:
        errors = self.absolute()
        return errors[min(len(errors) - 1, int(0.9 * len(errors)))]

    def within(self, percent: float) -> float:
        return sum(error <= percent for error in self.absolute()) / len(self.pairs)


def measure_held_out(found: Accuracy) -> Accuracy:
    """The same pairs, each scaled by the median ratio of the other half of them: what a factor that was fitted elsewhere would give.

    Halves are odd and even rows of the file. Of lengths that were fitted on these pairs this tells how much the fit flatters.
    """
    ratios = [None if pair.ours_km is None else pair.published_km / pair.ours_km for pair in found.pairs]
    factor = [statistics.median(one for one in ratios[1 - half :: 2] if one is not None) for half in (0, 1)]
    pairs = (
        replace(pair, ours_km=None if pair.ours_km is None else pair.ours_km * factor[index % 2]) for index, pair in enumerate(found.pairs)
    )
    return Accuracy(mode=found.mode, pairs=tuple(pairs))


def measure_land(mode: str, table: str = "") -> Accuracy:
    """Published road or rail distances of ``benchmarks/distances``; ``table`` names another file than that of the mode."""
    with (HERE / f"{table or mode}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    asked = [(f"{row['from']}, {row['from_country']}", f"{row['to']}, {row['to_country']}", float(row["km"])) for row in rows]
    return Accuracy(mode=mode, pairs=tuple(_pair(mode, *one) for one in asked))


def measure_sea(path: Path) -> Accuracy:
    """A table with the columns ``from``, ``from_lon``, ``from_lat``, ``to``, ``to_lon``, ``to_lat``, ``nautical_miles``."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return Accuracy(mode="sea", pairs=tuple(_sea_pair(row) for row in rows))


def _sea_pair(row: dict[str, str]) -> Pair:
    known = {end: row[end] if _has_port(row[end]) else f"{row[f'{end}_lon']} {row[f'{end}_lat']}" for end in ("from", "to")}
    return _pair("sea", known["from"], known["to"], float(row["nautical_miles"]) * NAUTICAL_MILE_M / 1000)


def _has_port(code: str) -> bool:
    from landbridge.atlas.world import load_world

    return code in load_world().port_nodes


def _pair(mode: str, origin: str, destination: str, km: float) -> Pair:
    import landbridge
    from landbridge.domain.errors import QueryError
    from landbridge.domain.way import Way

    try:
        answer = landbridge.distance(origin, destination, mode=mode)
    except QueryError:
        answer = None
    ours = answer.distance_m / 1000 if isinstance(answer, Way) else None
    return Pair(origin=origin, destination=destination, published_km=km, ours_km=ours)
