"""CSV of lists, row by row: any size, UTF-8 or Windows-1252, no row lost."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.sources.codes import make_finding

_FIELD_BYTES = 2_000_000


def iterate_rows(path: Path, findings: list[Finding], *, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row.

    Raises
    ------
    DataError
        If the file cannot be read, or its quoting breaks off.
    """
    csv.field_size_limit(_FIELD_BYTES)
    try:
        with path.open(encoding=_find_encoding(path), errors="strict", newline="") as lines:
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            for row in reader:
                if row:
                    yield reader.line_num, row
    except csv.Error as error:
        raise DataError(
            [*findings, make_finding("LIST-BROKEN", file=str(path), message=f"the CSV is broken or cut off: {error}")]
        ) from None
    except (OSError, ValueError) as error:
        raise DataError([*findings, make_finding("FILE-UNREADABLE", file=str(path), message=f"cannot be read: {error}")]) from None


def _find_encoding(path: Path) -> str:
    """UTF-8 where all of the file is that, else what OFAC's older files are written in."""
    try:
        with path.open("rb") as handle:
            for block in iter(lambda: handle.readline(1 << 20), b""):
                block.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def iterate_records(
    path: Path, findings: list[Finding], required: tuple[str, ...], *, delimiter: str = ",", skip_to_header: bool = False
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows by the names of the header, blanks taken off; further columns are kept, missing ones are a finding.

    Raises
    ------
    DataError
        If a column that is needed is missing, or there is no header.
    """
    header: list[str] = []
    for line, row in iterate_rows(path, findings, delimiter=delimiter):
        cells = [cell.strip() for cell in row]
        if not header:
            if skip_to_header and not set(required) <= set(cells) and line < 5:
                continue
            header = cells
            missing = [name for name in required if name not in header]
            if missing:
                raise DataError(
                    [make_finding("LIST-COLUMNS", file=str(path), row=line, message=f"the columns {', '.join(missing)} are missing")]
                )
        elif len(cells) < len(header) and len(cells) < header.index(required[-1]) + 1:
            findings.append(
                make_finding("LIST-ROW", file=str(path), row=line, message=f"{len(cells)} fields where the header has {len(header)}")
            )
        else:
            yield line, dict(zip(header, cells, strict=False))
    if not header:
        raise DataError([make_finding("LIST-EMPTY", file=str(path), message="the file has no rows")])
