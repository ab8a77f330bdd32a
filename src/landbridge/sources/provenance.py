"""Where a row stands: ``feed/table.csv:line`` as records carry it, taken apart for findings."""

from __future__ import annotations

from landbridge.domain.finding import Finding
from landbridge.domain.record import Record
from landbridge.sources.codes import make_finding


def locate_row(row: str) -> tuple[str, int | None]:
    """Take ``feed/table.csv:line`` apart; the line is None where the text has none."""
    file, _, line = row.rpartition(":")
    return (file, int(line)) if file and line.isdecimal() else (row, None)


def make_row_finding(code: str, record: Record, column: str, message: str, fix: str | None = None) -> Finding:
    """Make a finding about one record."""
    file, line = locate_row(record.row)
    return make_finding(code, file=file, row=line, column=column, message=message, fix=fix)
