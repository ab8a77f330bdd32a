"""Workbooks: one sheet per table and a sheet ``datapackage``; read and written with openpyxl, which is imported only then."""

from __future__ import annotations

import datetime
import io
import json
import warnings
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from landbridge.domain.finding import Finding
from landbridge.sources.codes import make_finding
from landbridge.sources.container import check_archive
from landbridge.sources.dictionary import get_tables
from landbridge.sources.nearest import quote_text
from landbridge.sources.raw import RawTable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

PACKAGE_SHEET = "datapackage"
MAX_SHEET_ROWS = 200_000
_MAX_SHEET_NAME = 31
_PACKAGE_KEYS = ("name", "title", "version")
_NUMBER_TYPES = ("decimal", "integer")

Sheet = tuple[list[int], list[list[str]]]


def read_workbook(path: Path, data: bytes, findings: list[Finding]) -> dict[str, Sheet]:
    """Read every sheet of the bytes of a workbook as text: the number of each row, and its cells.

    Numbers, dates, times and booleans that a person typed become the text that a CSV file would hold. Formulas and error
    values are findings: what they stand for is not in the file, or was computed by another program.
    """
    from zipfile import ZipFile

    # openpyxl raises whatever a damaged part makes it raise (KeyError, TypeError, ParseError ...).
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if not check_archive(path, [info for info in archive.infolist() if not info.is_dir()], findings):
                return {}
        return _read_sheets(path, data, findings)
    except Exception as error:
        message = f"the workbook cannot be read: {type(error).__name__}: {str(error)[:200]}"
        findings.append(make_finding("WORKBOOK-BROKEN", file=str(path), message=message))
        return {}


def render_workbook(package: bytes, tables: Mapping[str, RawTable]) -> bytes:
    """Write a workbook: a sheet ``datapackage`` with the JSON, one line a row, and a sheet per table.

    Every cell is text, so a spreadsheet program neither computes nor changes it, unless it is a figure whose text comes back
    exactly the same from a number.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(PACKAGE_SHEET)
    sheet.column_dimensions["A"].width = 100
    for line in package.decode("utf-8").splitlines():
        sheet.append([_make_text(sheet, line)])
    for raw in tables.values():
        _write_sheet(book, raw)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def is_sheet_name(name: str) -> bool:
    """Tell whether a workbook can have a sheet of this name."""
    return 0 < len(name) <= _MAX_SHEET_NAME and not any(sign in name for sign in "[]:*?/\\'") and name.lower() != PACKAGE_SHEET


def parse_package_sheet(sheet: Sheet) -> bytes:
    """Make the bytes of ``datapackage.json`` of its sheet: the JSON itself, or a key and a value in each row."""
    _, rows = sheet
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if not filled or filled[0][0].startswith("{"):
        return "\n".join(row[0] for row in filled).encode("utf-8", "replace")
    content: dict[str, object] = {}
    own: dict[str, object] = {}
    for key, value in ((row[0], row[1]) for row in filled if len(row) > 1 and row[1]):
        target = content if key in _PACKAGE_KEYS else own
        target[key] = _read_setting(key, value)
    return json.dumps({**content, "landbridge": own}).encode("utf-8")


def _read_setting(key: str, value: str) -> object:
    if key == "gates":
        return [gate.strip() for gate in value.split(";") if gate.strip()]
    if key in ("evidence_days", "capital_percent"):
        try:
            return float(value)
        except ValueError:
            return value
    return value


def _read_sheets(path: Path, data: bytes, findings: list[Finding]) -> dict[str, Sheet]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)) as book:
            return {sheet.title: _read_sheet(path, sheet, findings) for sheet in book.worksheets}


def _read_sheet(path: Path, sheet: ReadOnlyWorksheet, findings: list[Finding]) -> Sheet:
    lines: list[int] = []
    rows: list[list[str]] = []
    file = f"{path}/{sheet.title}"
    sheet.reset_dimensions()  # a sheet may claim any size
    cell_rows: Iterable[tuple[Cell, ...]] = sheet.iter_rows()  # type: ignore[misc, assignment]  # the stub has the wrong self
    for line, cells in enumerate(cell_rows, 1):
        if line > MAX_SHEET_ROWS:
            message = f"the sheet has more than {MAX_SHEET_ROWS} rows"
            findings.append(make_finding("ARCHIVE-TOO-LARGE", file=file, message=message))
            break
        row = [_read_cell(file, line, cell, findings) for cell in cells]
        while row and not row[-1]:
            row.pop()
        if row:
            lines.append(line)
            rows.append(row)
    return lines, _fit_rows(rows)


def _fit_rows(rows: list[list[str]]) -> list[list[str]]:
    """Give every row the width of the header: a sheet does not store the empty cells at the end of a row."""
    width = len(rows[0]) if rows else 0
    return [row + [""] * (width - len(row)) for row in rows]


def _read_cell(file: str, line: int, cell: Cell, findings: list[Finding]) -> str:
    value = cell.value
    if isinstance(value, str):
        if cell.data_type in ("f", "e"):
            code, what = ("CELL-FORMULA", "a formula") if cell.data_type == "f" else ("CELL-ERROR", "an error")
            message = f"the cell holds {what}: {quote_text(value)}"
            findings.append(make_finding(code, file=file, row=line, column=cell.column_letter, message=message))
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return "" if value is None else _write_value(value)


def _write_value(value: object) -> str:
    """Write what a spreadsheet holds as a CSV file would hold it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**15 else f"{value:.0e}"
    if isinstance(value, float):
        return _write_float(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    if isinstance(value, datetime.time):
        return value.isoformat("seconds").removesuffix(":00")
    return str(value)


def _write_float(value: float) -> str:
    if value == int(value) and abs(value) < 10**15:
        return str(int(value))
    text = repr(value)
    return text if "e" not in text else f"{value:.12f}".rstrip("0") if abs(value) < 1 else text


def _write_sheet(book: Workbook, raw: RawTable) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(raw.table)
    sheet.freeze_panes = "A2"
    spec = get_tables().get(raw.table)
    types = {field.field: field.type for field in spec.fields} if spec else {}
    is_figure = [types.get(column) in _NUMBER_TYPES for column in raw.columns]
    for position, column in enumerate(raw.columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(position)]
        dimension.width = max(10, len(column) + 2)
        dimension.number_format = "General" if is_figure[position - 1] else "@"
    header = [_make_text(sheet, column) for column in raw.columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    before = 1
    for line, row in zip(raw.lines, raw.rows, strict=True):
        for _ in range(line - before - 1):
            sheet.append([])
        before = line
        sheet.append([_make_cell(sheet, text, figure) for text, figure in zip(row, is_figure, strict=True)])


def _make_cell(sheet: WriteOnlyWorksheet, text: str, is_figure: bool) -> Cell | int | float | None:
    if not text:
        return None
    number = _find_number(text) if is_figure else None
    return number if number is not None else _make_text(sheet, text)


def _find_number(text: str) -> int | float | None:
    """Find the number that is read back as exactly this text; None if there is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    if not abs(number) < 10**15 or _write_float(number) != text:
        return None
    return int(number) if number == int(number) else number


def _make_text(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=None)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
