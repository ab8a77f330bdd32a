"""``python -m tools.make_mirror FOLDER``: both countries' books of the same goods, 1880-1913, from a checkout of the RICardo dataset.

FOLDER is a checkout of github.com/medialab/ricardo_data (Dedinger and Girard 2017, https://doi.org/10.1080/01615440.2016.1220269), which is
under the Open Database License 1.0; so is what comes out, ``benchmarks/data/mirror_trade.csv``. Kept are pairs of countries that both
report at least twelve years of the same flow, with a typical flow of at least GBP 100,000: so many that the backtest of trade estimates can
leave whole exporters out. Pounds become dollars at the gold parity of the time.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, median_low

OUT = Path(__file__).parent.parent / "benchmarks" / "data" / "mirror_trade.csv"
USD_PER_GBP = 4.8665
"""Gold parity: 113.0016 grains of fine gold in a sovereign, 23.22 in a dollar."""
YEARS = range(1880, 1914)
LEAST_YEARS = 12
LEAST_GBP = 100_000
RANKS = {"primary": 0, "primary_yearbook": 1, "secondary": 2}
"""Kinds of sources by closeness to the customs; estimations are not figures that were published by a country."""
SCHOLARS = ("FedericoG", "GowaJ")
"""Sources that compile or estimate series anew, a century later."""

Key = tuple[str, str, int, str]


def main(arguments: Sequence[str]) -> int:
    """Write the table; 2 without a checkout."""
    if len(arguments) != 1 or not (Path(arguments[0]) / "data" / "flows").is_dir():
        print(__doc__)
        return 2
    rows = list(_choose(_read_figures(Path(arguments[0]) / "data")))
    OUT.parent.mkdir(exist_ok=True)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("exporter", "importer", "year", "export_usd", "import_usd"))
        writer.writerows(rows)
    print(f"wrote {len(rows)} pair-years to {OUT}")
    return 0


def _read_figures(data: Path) -> dict[Key, list[tuple[tuple[int, int], float]]]:
    """Figures of all goods without bullion, in pounds, with the rank of their source; countries alone, no ports and groups."""
    names = {_fold(row["original_name"]): row["RICname"].strip() for row in _rows(data / "entity_names.csv")}
    countries = {row["RICname"].strip() for row in _rows(data / "RICentities.csv") if row["type"] == "GPH_entity"}
    kinds = {row["slug"]: row["type"] for row in _rows(data / "sources.csv")}
    flows = {
        (_fold(row["export_import"]), _fold(row["special_general"])): (row["modified_export_import"], row["modified_special_general"])
        for row in _rows(data / "expimp_spegen.csv")
    }
    currencies = {
        (_fold(row["currency"]), row["year"], _fold(row["reporting"])): row["modified_currency"] for row in _rows(data / "currencies.csv")
    }
    rates = {(row["year"], _fold(row["modified_currency"])): row["rate_to_pounds"] for row in _rows(data / "exchange_rates.csv")}
    found: dict[Key, list[tuple[tuple[int, int], float]]] = defaultdict(list)
    for path in sorted((data / "flows").rglob("*.csv")):
        if path.name.startswith(SCHOLARS):
            continue
        for row in _rows(path):
            kind = kinds.get(row["source"])
            way = flows.get((_fold(row["export_import"]), _fold(row["special_general"])))
            ends = names.get(_fold(row["reporting"])), names.get(_fold(row["partner"]))
            currency = currencies.get((_fold(row["currency"]), row["year"], _fold(row["reporting"])), "")
            rate = rates.get((row["year"], _fold(currency)))
            is_asked = row["year"].isdigit() and int(row["year"]) in YEARS and row["species_bullions"] in ("", "NS")
            if not is_asked or kind not in RANKS or way is None or not rate or not {*ends} <= countries or not row["flow"]:
                continue
            pounds = float(row["flow"]) * float(row["unit"] or 1) / float(rate)
            if pounds > 0:
                found[ends[0], ends[1], int(row["year"]), way[0]].append(((RANKS[kind], way[1] != "Spec"), pounds))
    return found


def _choose(figures: dict[Key, list[tuple[tuple[int, int], float]]]) -> Iterator[tuple[str, str, int, int, int]]:
    """Of several figures for one year those of the best source, special trade before general, of these the middle one."""
    best: dict[Key, float] = {}
    for key, found in figures.items():
        first = min(rank for rank, _ in found)
        best[key] = median_low([pounds for rank, pounds in found if rank == first])
    pairs: dict[tuple[str, str], dict[int, tuple[float, float]]] = defaultdict(dict)
    for (reporter, partner, year, kind), pounds in best.items():
        mirror = best.get((partner, reporter, year, "Imp"))
        if kind == "Exp" and mirror is not None:
            pairs[reporter, partner][year] = (pounds, mirror)
    for (exporter, importer), years in sorted(pairs.items()):
        if len(years) >= LEAST_YEARS and median(min(both) for both in years.values()) >= LEAST_GBP:
            for year, (export, import_) in sorted(years.items()):
                yield exporter, importer, year, round(export * USD_PER_GBP), round(import_ * USD_PER_GBP)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _fold(text: str) -> str:
    return text.strip().lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
