"""Files of shipments to plan: one question a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.planner.question import Question

COLUMNS = (
    "shipment", "from", "to", "units", "goods", "ready", "due", "as_of", "mass", "value", "landed", "avoid", "via", "gate", "carrier",
    "shipper", "consignee", "exact", "feed_alone",
)  # fmt: skip
"""Columns of the file, in any order; ``from`` and ``to`` are needed. An empty cell takes what the command line says."""
MOST_ROWS = 200_000
_MOST_CELL = 500
_YES_NO = ("landed", "exact", "feed_alone")
_LISTS = ("avoid", "via", "gate", "carrier")
_SWITCHES = {"": None, "yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: a question, or what is wrong with the row itself."""

    row: int
    shipment: str
    question: Question | None
    findings: tuple[Finding, ...] = ()


def read_shipments(path: str, defaults: Question) -> tuple[Row, ...]:
    """Read a CSV file of shipments.

    Parameters
    ----------
    path
        UTF-8, a header; commas, semicolons or tabs, by what the header has.
    defaults
        What the command line says for cells that are empty or columns that are not there; its ends are not used.

    Returns
    -------
    tuple[Row, ...]
        In the order of the file. A row that cannot be understood holds findings with file, row and column.

    Raises
    ------
    DataError
        If the file as a whole cannot be used: unreadable, no rows, unknown or missing columns; all of that at once.
    """
    from landbridge.sources.csv_text import read_csv
    from landbridge.sources.files import read_bytes

    findings: list[Finding] = []
    numbers, cells = read_csv(read_bytes(Path(path)), path, findings, delimiters=",;\t")
    header = [cell.strip().casefold() for cell in cells[0]] if cells else []
    findings += _check_header(header, path)
    body = [(number, row) for number, row in zip(numbers[1:], cells[1:], strict=True) if any(cell.strip() for cell in row)]
    if not findings and not 0 < len(body) <= MOST_ROWS:
        findings.append(
            Finding(
                code="SHIPMENTS-ROWS", file=path, message=f"the file has {len(body):,} shipments", fix=f"give 1 to {MOST_ROWS:,} of them"
            )
        )
    if findings:
        raise DataError(findings)
    return _rows(header, body, path, defaults)


def _check_header(header: list[str], path: str) -> list[Finding]:
    wrong = [f"lacks the column {name}" for name in ("from", "to") if name not in header]
    wrong += [f"has an unknown column {name[:40]!r}" for name in header if name not in COLUMNS]
    wrong += [f"has the column {name} twice" for name in sorted({name for name in header if name in COLUMNS and header.count(name) > 1})]
    return [
        Finding(code="SHIPMENTS-COLUMN", file=path, row=1, message=f"the file {text}", fix=f"known columns are {', '.join(COLUMNS)}")
        for text in wrong
    ]


def _rows(header: list[str], body: list[tuple[int, list[str]]], path: str, defaults: Question) -> tuple[Row, ...]:
    seen: dict[str, int] = {}
    found = []
    for number, cells in body:
        row = _row(number, dict(zip(header, (cell.strip() for cell in cells), strict=False)), len(cells), len(header), path, defaults)
        first = seen.setdefault(row.shipment, number)
        if first != number:
            message = f"the shipment {row.shipment[:60]!r} stands in row {first} already"
            row = replace(row, question=None, findings=(*row.findings, _finding(path, number, "shipment", message, "give each its own id")))
        found.append(row)
    return tuple(found)


def _row(number: int, cells: Mapping[str, str], width: int, wanted: int, path: str, defaults: Question) -> Row:
    findings = [
        _finding(path, number, name, f"the cell holds {len(text):,} characters", f"at most {_MOST_CELL}")
        for name, text in cells.items()
        if len(text) > _MOST_CELL
    ]
    if width != wanted:
        findings.append(_finding(path, number, "", f"the row has {width} cells, the header {wanted}", "quote cells that hold commas"))
    findings += [
        _finding(path, number, name, "the cell is empty", "name a place")
        for name in ("from", "to")
        if width == wanted and not cells.get(name)
    ]
    findings += [
        _finding(path, number, name, f"{cells[name][:40]!r} is neither yes nor no", "write yes or no")
        for name in _YES_NO
        if cells.get(name, "").casefold() not in _SWITCHES
    ]
    shipment = cells.get("shipment") or str(number)
    question = None if findings else _question(cells, defaults)
    return Row(row=number, shipment=shipment, question=question, findings=tuple(findings))


def _question(cells: Mapping[str, str], defaults: Question) -> Question:
    told = {
        name: text
        for name in ("units", "goods", "ready", "due", "as_of", "mass", "value", "shipper", "consignee")
        if (text := cells.get(name))
    }
    lists = {name: _parts(text) for name in _LISTS if (text := cells.get(name))}
    switches = {name: switch for name in _YES_NO if (switch := _SWITCHES[cells.get(name, "").casefold()]) is not None}
    return replace(defaults, origin=cells["from"], destination=cells["to"], **told, **lists, **switches)  # type: ignore[arg-type]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _finding(path: str, row: int, column: str, message: str, fix: str) -> Finding:
    return Finding(code="SHIPMENTS-CELL", file=path, row=row, column=column, message=message, fix=fix)
