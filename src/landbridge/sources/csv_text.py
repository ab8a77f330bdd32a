"""CSV bytes to rows of text and back: UTF-8, commas, double quotes; what is wrong becomes findings."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

from landbridge.domain.finding import Finding
from landbridge.sources.codes import make_finding

_MOST_CELL = 131_072
"""Characters of one cell."""
_FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip file or a workbook"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.xls, .doc)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"SQLite format 3", "a database"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"<!DOCTYPE html", "a web page"),
    (b"<html", "a web page"),
    (b"{\\rtf", "an RTF document"),
)


def name_foreign(head: bytes) -> str | None:
    """Say what a file is, from its first bytes, if it is of another kind than text; None if it may be text."""
    return next((what for magic, what in _FOREIGN if head.startswith(magic)), None)


def decode_text(data: bytes, file: str, findings: list[Finding]) -> str | None:
    """Decode UTF-8, with or without byte order mark; anything else is a finding and None."""
    foreign = name_foreign(data)
    if foreign:
        findings.append(make_finding("FILE-FOREIGN", file=file, message=f"this is {foreign}, not text"))
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        findings.append(make_finding("FILE-ENCODING", file=file, row=1, message="the file is UTF-16, not UTF-8"))
    elif b"\0" in data:
        row = data[: data.index(b"\0")].count(b"\n") + 1
        findings.append(make_finding("FILE-NUL", file=file, row=row, message="the file holds a NUL byte: it is damaged or not text"))
    else:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            row = data[: error.start].count(b"\n") + 1
            message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
            findings.append(make_finding("FILE-ENCODING", file=file, row=row, message=message))
    return None


def find_delimiter(text: str, among: str = ",;\t") -> str:
    """What parts the cells: the sign that stands most often in the first line."""
    return max(among, key=text.split("\n", 1)[0].count)


def read_csv(data: bytes, file: str, findings: list[Finding], *, delimiters: str = ",") -> tuple[list[int], list[list[str]]]:
    """Read the bytes of a CSV file: the number of each row, as a spreadsheet counts them, and its cells.

    A file that breaks off is read as far as it goes; the break is a finding. Of several ``delimiters`` the one of the first line is taken.
    """
    text = decode_text(data, file, findings)
    if text is None:
        return [], []
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), strict=True, delimiter=find_delimiter(text, delimiters))
    rows: list[list[str]] = []
    begin = 1
    try:
        for row in reader:
            _check_cells(row)
            rows.append(row)
            begin = reader.line_num + 1
    except csv.Error as error:
        message = f"the row that begins on line {begin} of the file cannot be read as CSV: {error}"
        findings.append(make_finding("CSV-BROKEN", file=file, row=len(rows) + 1, message=message))
    return list(range(1, len(rows) + 1)), rows


def _check_cells(row: list[str]) -> None:
    """Keep to one limit: that of the csv module is one for all its users, and may have been changed for lists."""
    if any(len(cell) > _MOST_CELL for cell in row):
        raise csv.Error(f"field larger than field limit ({_MOST_CELL})")


def render_csv(columns: Sequence[str], lines: Sequence[int], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table as CSV: UTF-8 without byte order mark, commas, quotes where needed, every row at its number."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    before = 1
    for line, row in zip(lines, rows, strict=True):
        buffer.write("\n" * (line - before - 1))
        writer.writerow(row)
        before = line
    return buffer.getvalue().encode("utf-8")
