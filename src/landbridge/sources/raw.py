"""Raw feeds: tables of text with the line of every row, before anything is known of types."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from landbridge.domain.finding import Finding
from landbridge.sources.codes import make_finding
from landbridge.sources.dictionary import get_tables
from landbridge.sources.nearest import quote_text, suggest_nearest

MAX_CELL = 32_767
"""Characters of one cell: what a spreadsheet can hold."""

# Control characters but tab and line feed, half characters and what XML cannot hold: no workbook could carry them.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """One table as text.

    Attributes
    ----------
    table
        Its name, known to the dictionary or not.
    file
        What findings and provenance call it: ``feed/table.csv``.
    columns
        The header; names the dictionary does not know are kept.
    lines
        Number of each row as a spreadsheet counts, the header being 1; a cell over several lines does not change it.
    rows
        Cells of each row, stripped, as many as columns.
    """

    table: str
    file: str
    columns: tuple[str, ...]
    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """One feed as text, without the feed that it extends."""

    name: str
    location: str
    package: Mapping[str, object]
    tables: Mapping[str, RawTable]
    others: tuple[str, ...] = field(default=())


def make_table(table: str, file: str, lines: Sequence[int], rows: Sequence[Sequence[str]], findings: list[Finding]) -> RawTable | None:
    """Make a raw table of the rows of a file, the first being the header; what is wrong is added to ``findings``.

    Rows without any text are left out; a row longer than the header loses its end, one that is shorter gets empty cells: both
    are errors, and the rest of the table can still be looked at.
    """
    if not rows:
        findings.append(make_finding("HEADER-MISSING", file=file, message="the table is empty: not even a header"))
        return None
    if table in get_tables() and len(rows[0]) == 1 and ";" in rows[0][0]:
        findings.append(make_finding("CSV-SEPARATOR", file=file, row=1, message="the header is joined by semicolons"))
        rows = [_part_again(row) for row in rows]
    header = [name.strip() for name in rows[0]]
    body = [(line, row) for line, row in zip(lines[1:], rows[1:], strict=True) if any(cell.strip() for cell in row)]
    cells = [_fit_row(file, line, row, len(header), findings) for line, row in body]
    keep = _choose_columns(table, file, header, cells, findings)
    _check_cells(file, header, body, findings)
    return RawTable(
        table=table,
        file=file,
        columns=tuple(header[position] for position in keep),
        lines=tuple(line for line, _ in body),
        rows=tuple(cells) if len(keep) == len(header) else tuple(tuple(row[position] for position in keep) for row in cells),
    )


def _part_again(row: Sequence[str]) -> tuple[str, ...]:
    """The cells of a row that semicolons part, with their decimal commas, so that what else is wrong with the table is told too."""
    text = ",".join(row)
    try:
        return tuple(next(csv.reader([text.replace("\n", " ").replace("\r", " ")], delimiter=";"), ()))
    except csv.Error:
        return (text,)


def _fit_row(file: str, line: int, row: Sequence[str], width: int, findings: list[Finding]) -> tuple[str, ...]:
    cells = tuple([cell.strip() for cell in row])
    if len(cells) != width:
        message = f"the row has {len(cells)} cells, the header {width}"
        findings.append(make_finding("ROW-RAGGED", file=file, row=line, message=message))
        cells = (cells + ("",) * width)[:width]
    return cells


def _choose_columns(table: str, file: str, header: list[str], cells: list[tuple[str, ...]], findings: list[Finding]) -> list[int]:
    """Positions of the columns that are kept: the first of each name; columns without name and text are left out."""
    keep: list[int] = []
    seen: set[str] = set()
    for position, name in enumerate(header):
        if not name:
            _check_nameless(file, position, cells, findings)
        elif name in seen:
            message = f"the column {quote_text(name)} stands twice"
            findings.append(make_finding("COLUMN-DUPLICATE", file=file, row=1, column=name[:60], message=message))
        else:
            seen.add(name)
            keep.append(position)
    _check_names(table, file, seen, findings)
    return keep


def _check_nameless(file: str, position: int, cells: list[tuple[str, ...]], findings: list[Finding]) -> None:
    if any(row[position] for row in cells):
        message = f"column {position + 1} has text but no name"
        findings.append(make_finding("COLUMN-NAMELESS", file=file, row=1, message=message))


def _check_names(table: str, file: str, names: set[str], findings: list[Finding]) -> None:
    spec = get_tables().get(table)
    if spec is None:
        return
    known = spec.field_by_name
    for name in sorted(names - known.keys()):
        message = f"the table {table} has no column {quote_text(name)}{suggest_nearest(name, known)}"
        findings.append(make_finding("COLUMN-UNKNOWN", file=file, row=1, column=name[:60], message=message))
    for field_spec in spec.fields:
        if field_spec.is_required and field_spec.field not in names:
            message = f"the column {field_spec.field} is missing"
            findings.append(make_finding("COLUMN-MISSING", file=file, row=1, column=field_spec.field, message=message))


def _check_cells(file: str, header: list[str], body: list[tuple[int, Sequence[str]]], findings: list[Finding]) -> None:
    """Report cells that are too long or hold control characters; quick where there are none."""
    for line, row in body:
        text = "\t".join(row)
        if len(text) > MAX_CELL or CONTROL.search(text):
            for position, cell in enumerate(row):
                column = header[position][:60] if position < len(header) else ""
                _check_cell(file, line, column, cell, findings)


def _check_cell(file: str, line: int, column: str, cell: str, findings: list[Finding]) -> None:
    if len(cell) > MAX_CELL:
        message = f"the cell has {len(cell)} characters; {MAX_CELL} are allowed"
        findings.append(make_finding("CELL-TOO-LONG", file=file, row=line, column=column, message=message))
    found = CONTROL.search(cell)
    if found:
        message = f"the cell holds the control character U+{ord(found.group()):04X}"
        findings.append(make_finding("CELL-CONTROL", file=file, row=line, column=column, message=message))
