"""A file of pairs of places: CSV with the columns ``from`` and ``to``, as spreadsheets write it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding

_MAX_FIELD = 500
_DELIMITERS = ",;\t|"
_COUNTRY = re.compile(r"\s*[A-Za-z]{2}\s*")

PairRow = tuple[str, str, str]
"""Texts of both ends, and what is wrong with the row, or ""."""


def read_pairs(path: str) -> list[PairRow]:
    """The rows of a file, each with what is wrong with it.

    A mark of the byte order, UTF-16 with such a mark, Windows-1252 where the bytes are no UTF-8, semicolons, tabs and bars instead of
    commas and empty lines are understood; so are rows in which ``name, COUNTRY`` stands without quotes, if nothing else can be meant.

    Raises
    ------
    DataError
        If the file cannot be read or lacks a column.
    """
    lines = _text(Path(path)).splitlines(keepends=True)
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    read = (_fields(line, delimiter) for line in lines)
    rows = [row for row in read if any(field.strip() for field in row)]
    header = [name.strip().casefold() for name in rows[0]] if rows else []
    missing = [name for name in ("from", "to") if name not in header]
    if missing:
        told = f"no column {' and no column '.join(missing)}"
        raise DataError([Finding(code="PAIRS-COLUMN", file=path, row=1, message=told, fix="name the columns from and to")])
    at = header.index("from"), header.index("to")
    return [_pair(row, at, len(header)) for row in rows[1:]]


def _fields(line: str, delimiter: str) -> list[str]:
    """The fields of one line; a quote that is not closed spoils no other line."""
    try:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return [line[:_MAX_FIELD]]


def _text(path: Path) -> str:
    content = path.read_bytes()
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _pair(row: list[str], at: tuple[int, int], width: int) -> PairRow:
    if len(row) == 4 and width == 2 and _COUNTRY.fullmatch(row[1]) and _COUNTRY.fullmatch(row[3]):
        row = [f"{row[0]}, {row[1].strip()}", f"{row[2]}, {row[3].strip()}"]
    while len(row) > width and not row[-1].strip():
        row = row[:-1]
    texts = [row[column].strip()[:_MAX_FIELD] if column < len(row) else "" for column in at]
    fault = ""
    if len(row) != width:
        fault = f"the row has {len(row)} fields, the header {width}; a place with a comma needs quotes"
    elif not all(texts):
        fault = "the row lacks a place"
    return texts[0], texts[1], fault
