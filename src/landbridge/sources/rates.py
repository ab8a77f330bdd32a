"""A forwarder's own rates, laid over the tariffs of a feed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from landbridge.domain.finding import Finding
from landbridge.sources.codes import make_finding
from landbridge.sources.dictionary import get_tables
from landbridge.sources.overlay import find_earlier
from landbridge.sources.package import read_rates_file
from landbridge.sources.parse import ParsedFeed, Row, parse_table
from landbridge.sources.provenance import locate_row
from landbridge.sources.raw import make_table

_LANE = ("service_id", "haulage_id", "operator_id", "from_place_id", "to_place_id")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRates:
    """Typed rows of a rates file, and the row of the source that they cite."""

    parsed: ParsedFeed
    source: Row

    @property
    def tariffs(self) -> list[Row]:
        return self.parsed.rows["tariffs"]


def read_rates(path: str | Path, as_of: date, findings: list[Finding]) -> OwnRates:
    """Read a rates file: CSV with columns of ``tariffs``, where ``source_id`` and ``tariff_id`` may be left out.

    The rates are the forwarder's own, so they are known on ``as_of``, or from their first day if that is earlier.
    """
    file = Path(path).name
    source_id = "rates:" + re.sub(r"[^A-Za-z0-9_.+-]", "-", file)[:100]
    parsed = ParsedFeed(rows={"tariffs": []})
    lines, rows = read_rates_file(Path(path), findings)
    if rows:
        rows = _fill_column(rows, "source_id", [source_id] * len(rows))
        rows = _fill_column(rows, "tariff_id", [f"rates:{line}" for line in lines])
        raw = make_table("tariffs", file, lines, rows, findings)
        if raw is not None:
            parsed.rows["tariffs"] = parse_table(raw, get_tables()["tariffs"], parsed, findings)
    elif not findings:
        findings.append(make_finding("HEADER-MISSING", file=file, message="the rates file is empty"))
    for row in parsed.rows["tariffs"]:
        if row["row"] not in parsed.broken and row["known_from"] is None and row["valid_from"] is not None:
            row["known_from"] = find_earlier(row["valid_from"], as_of)
    return OwnRates(parsed=parsed, source=_make_source(source_id, file))


def lay_rates(tariffs: list[Row], rates: list[Row], findings: list[Finding]) -> list[Row]:
    """Put own rates before the tariffs of the feed, and take out of these what the rates cover.

    A feed tariff of the same service, haulage or operator, the same lane and unit, for the same or narrower goods and masses,
    ends where a rate begins and goes on where it ends. Feed tariffs that a rate does not cover, but that the model would
    still prefer to it, are a warning.
    """
    own_ids = {rate["tariff_id"] for rate in rates}
    rest = [row for row in tariffs if row["tariff_id"] not in own_ids]
    for rate in rates:
        rest = [part for row in rest for part in (_cut_out(row, rate) if _covers(rate, row) else (row,))]
    _check_outranked(rest, rates, findings)
    return rates + rest


def _fill_column(rows: list[list[str]], column: str, values: list[str]) -> list[list[str]]:
    """Fill the empty cells of a column that may be left out; rows of another width than the header are left as they are."""
    header = [name.strip() for name in rows[0]]
    if column not in header:
        values = [column, *values[1:]]
        return [[*row, value] if _has_width(row, header) else row for row, value in zip(rows, values, strict=True)]
    place = header.index(column)
    return [
        [*row[:place], values[position], *row[place + 1 :]] if _has_width(row, header) and not row[place].strip() else row
        for position, row in enumerate(rows)
    ]


def _has_width(row: list[str], header: list[str]) -> bool:
    return len(row) == len(header) and any(cell.strip() for cell in row)


def _make_source(source_id: str, file: str) -> Row:
    return {
        "source_id": source_id,
        "row": f"{file}:1",
        "title": f"Own rates: {file}",
        "publisher": "forwarder's own rates",
        "published_on": None,
        "address": None,
        "grade": "B",
        "retrieved_on": None,
        "licence": None,
        "note": "",
    }


def _covers(rate: Row, row: Row) -> bool:
    """Tell whether a rate holds for everything that a feed tariff holds for, its dates apart."""
    return (
        all(rate[name] == row[name] for name in _LANE)
        and rate["unit_type_id"] in (None, row["unit_type_id"])
        and (rate["hs"] is None or (row["hs"] or "").startswith(rate["hs"]))
        and (rate["mass_from_kg"] or 0) <= (row["mass_from_kg"] or 0)
        and (rate["mass_to_kg"] is None or (row["mass_to_kg"] is not None and row["mass_to_kg"] <= rate["mass_to_kg"]))
    )


def _cut_out(row: Row, rate: Row) -> tuple[Row, ...]:
    """What is left of the dates of a feed tariff before and after a rate."""
    if not _overlap(row, rate):
        return (row,)
    parts = []
    begin, end = rate["valid_from"], rate["valid_to"]
    if begin is not None and begin > _first(row):
        parts.append({**row, "valid_to": begin - _DAY})
    if end is not None and end < _last(row):
        name = f"{row['tariff_id']}:{end + _DAY}" if parts else row["tariff_id"]
        parts.append({**row, "tariff_id": name, "valid_from": end + _DAY})
    return tuple(parts)


def _check_outranked(rest: list[Row], rates: list[Row], findings: list[Finding]) -> None:
    for rate in rates:
        better = [row for row in rest if _meet(row, rate) and _rank(row) > _rank(rate)]
        if better:
            file, line = locate_row(rate["row"])
            names = ", ".join(row["tariff_id"] for row in better[:3])
            message = f"{len(better)} tariffs of the feed are more particular and still go before this rate: {names}"
            findings.append(make_finding("RATES-OUTRANKED", file=file, row=line, message=message))


def _meet(row: Row, rate: Row) -> bool:
    """Tell whether a feed tariff and a rate can both hold for the same shipment."""
    return (
        row["row"] != rate["row"]
        and all(rate[name] == row[name] for name in _LANE)
        and (None in (rate["unit_type_id"], row["unit_type_id"]) or rate["unit_type_id"] == row["unit_type_id"])
        and ((rate["hs"] or "").startswith(row["hs"] or "") or (row["hs"] or "").startswith(rate["hs"] or ""))
        and _overlap(row, rate)
    )


def _rank(row: Row) -> tuple[int, bool, bool]:
    has_mass = row["mass_from_kg"] is not None or row["mass_to_kg"] is not None
    return len(row["hs"] or ""), row["unit_type_id"] is not None, has_mass


def _overlap(row: Row, rate: Row) -> bool:
    return bool(_first(row) <= _last(rate) and _first(rate) <= _last(row))


def _first(row: Row) -> date:
    return row["valid_from"] or date.min


def _last(row: Row) -> date:
    return row["valid_to"] or date.max
