"""One feed laid over another, and figures that rest on another row: the later word counts, and every row keeps where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from landbridge.domain.finding import Finding
from landbridge.domain.record import Range
from landbridge.sources.codes import make_finding
from landbridge.sources.dictionary import get_tables
from landbridge.sources.parse import BareFigure, ParsedFeed, Row
from landbridge.sources.provenance import locate_row

_TAKEN_OVER = ("currency", "minimum", "includes")


def merge_feeds(feeds: Sequence[ParsedFeed]) -> ParsedFeed:
    """Lay feeds over each other, the base first: a row with the same key takes the place of the base's row."""
    if len(feeds) == 1:
        return feeds[0]
    merged = ParsedFeed(broken=set().union(*(feed.broken for feed in feeds)))
    for table, spec in get_tables().items():
        by_key: dict[object, Row] = {}
        for feed in feeds:
            for row in feed.rows.get(table, ()):
                by_key[tuple([row[name] for name in spec.key])] = row
        merged.rows[table] = list(by_key.values())
    kept = {id(row) for rows in merged.rows.values() for row in rows}
    merged.bare = [figure for feed in feeds for figure in feed.bare if id(figure.row) in kept]
    return merged


def resolve_known_from(rows: dict[str, list[Row]], broken: set[str]) -> None:
    """Fill ``known_from`` where it is empty: the earlier of ``valid_from``, where there is one, and the day of the source."""
    published = {row["source_id"]: row["published_on"] for row in rows.get("sources", ()) if row["row"] not in broken}
    for table, table_rows in rows.items():
        if "known_from" not in get_tables()[table].names:
            continue
        for row in table_rows:
            if row["known_from"] is None and row["row"] not in broken:
                row["known_from"] = find_earlier(row.get("valid_from"), published.get(row["source_id"]))


def find_earlier(first: date | None, second: date | None) -> date | None:
    """Find the earlier of two days; an unknown one does not count."""
    return min((day for day in (first, second) if day is not None), default=None)


def check_bare_figures(parsed: ParsedFeed, findings: list[Finding]) -> None:
    """Grade D figures without low and high: an error each for money, percent, factors and delays, else one warning a column."""
    grades = {row["source_id"]: row["grade"] for row in parsed.rows.get("sources", ()) if row["row"] not in parsed.broken}
    spread: dict[tuple[str, str], list[BareFigure]] = {}
    for figure in parsed.bare:
        source_id = figure.row["source_id"]
        if not isinstance(source_id, str) or grades.get(source_id) != "D":
            continue
        if figure.is_priced:
            file, line = locate_row(figure.row["row"])
            message = f"{figure.column} rests on an assumption (source {source_id} has grade D) and has no low and high"
            findings.append(make_finding("GRADE-D-RANGE", file=file, row=line, column=figure.column, message=message))
        elif _find_typical(figure):
            spread.setdefault((locate_row(figure.row["row"])[0], figure.column), []).append(figure)
    for (file, column), figures in spread.items():
        message = f"{len(figures)} assumed figures (grade D) have no low and high, the first in this row"
        line = locate_row(figures[0].row["row"])[1]
        findings.append(make_finding("GRADE-D-SPREAD", file=file, row=line, column=column, message=message))


def carry_tariffs(rows: list[Row], broken: set[str], findings: list[Finding]) -> None:
    """Work out the amount of tariffs that carry another forward: amount of the basis times the factor, low with low, high with high.

    Currency, basis of charging, minimum and inclusions are those of the basis unless the row has its own.
    """
    by_id = {row["tariff_id"]: row for row in rows if row["row"] not in broken}
    for row in by_id.values():
        _check_amount(row, broken, findings)
    for row in list(by_id.values()):
        if row["amount"] is None and row["row"] not in broken:
            _carry_chain(row, by_id, broken, findings)


def _check_amount(row: Row, broken: set[str], findings: list[Finding]) -> None:
    basis, factor, amount = row["basis_tariff_id"], row["factor"], row["amount"]
    if amount is not None and (basis is not None or factor is not None):
        fault = ("TARIFF-AMOUNT-TWICE", "amount", "the row has an amount of its own and carries another row forward")
    elif amount is None and basis is None:
        fault = ("TARIFF-AMOUNT-MISSING", "amount", "the row has neither an amount nor a row that it carries forward")
    elif amount is None and factor is None:
        fault = ("TARIFF-FACTOR-MISSING", "factor", f"the row carries {basis} forward without a factor")
    else:
        return
    _break_row(row, *fault, broken, findings)


def _carry_chain(row: Row, by_id: dict[str, Row], broken: set[str], findings: list[Finding]) -> None:
    chain = [row]
    seen = {row["tariff_id"]}
    while chain[-1]["amount"] is None:
        basis = by_id.get(chain[-1]["basis_tariff_id"])
        if basis is None or basis["row"] in broken:
            broken.add(row["row"])  # the basis has a finding of its own
            return
        if basis["tariff_id"] in seen:
            if basis is row:
                way = " -> ".join(step["tariff_id"] for step in [*chain, row][:12])
                _break_row(row, "TARIFF-BASIS-CYCLE", "basis_tariff_id", f"the row carries itself forward: {way}", broken, findings)
            broken.add(row["row"])
            return
        seen.add(basis["tariff_id"])
        chain.append(basis)
    for basis, carried in zip(chain[:0:-1], chain[-2::-1], strict=True):
        if carried["currency"] not in (None, basis["currency"]):
            message = f"the row is in {carried['currency']}, the price that it carries forward in {basis['currency']}"
            _break_row(carried, "TARIFF-CARRIED-CURRENCY", "currency", message, broken, findings)
        _carry_amount(carried, basis)


def _carry_amount(row: Row, basis: Row) -> None:
    amount, factor = basis["amount"], row["factor"]
    row["amount"] = Range(low=amount.low * factor.low, typical=amount.typical * factor.typical, high=amount.high * factor.high)
    row["per"] = basis["per"]
    for name in _TAKEN_OVER:
        row[name] = row[name] or basis[name]


def _break_row(row: Row, code: str, column: str, message: str, broken: set[str], findings: list[Finding]) -> None:
    file, line = locate_row(row["row"])
    broken.add(row["row"])
    findings.append(make_finding(code, file=file, row=line, column=column, message=message))


def _find_typical(figure: BareFigure) -> object:
    """Typical value of a figure that could be read, else None; zero needs no range."""
    names = {attribute.field.field: attribute.name for attribute in get_tables()[figure.table].attributes}
    value = figure.row[names[figure.column]]
    return value.typical if isinstance(value, Range) else None
