"""A file of pairs of places: CSV with the columns ``from`` and ``to``, as spreadsheets write it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.sources.codes import make_finding
from landbridge.sources.csv_text import find_delimiter

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_FIELD = 500
_DELIMITERS = ",;\t|"
_COUNTRY = re.compile(r"\s*[A-Za-z]{2}\s*")
_MOST_LINES = 5
"""A field in quotes may hold line ends; a quote that is closed further down than this was forgotten."""
_HIGH = re.compile(r"[^\x00-\x7f]+")
_CYRILLIC = re.compile(r"[А-яЁёЎўІіЇїЄєҐґ]+")
_NOT_UTF8 = "the row is not UTF-8, and its letters cannot be told: save the file as UTF-8"

PairRow = tuple[str, str, str]
"""Texts of both ends, and what is wrong with the row, or ""."""


def read_pairs(path: str) -> list[PairRow]:
    """The rows of a file, each with what is wrong with it.

    A mark of the byte order, UTF-16 with such a mark, rows in Windows-1251 or Windows-1252 where their letters tell which, semicolons, tabs
    and bars instead of commas, line ends within quotes and empty lines are understood; so are rows in which ``name, COUNTRY`` stands
    without quotes, if nothing else can be meant. A row of empty fields lacks its places, but for those behind the last row.

    Raises
    ------
    DataError
        If the file cannot be read or lacks a column.
    """
    lines = _lines(path)
    start = next((number for number, (line, _) in enumerate(lines) if line.strip()), len(lines))
    first = lines[start][0] if lines[start:] else ""
    delimiter = find_delimiter(first, _DELIMITERS)
    header = [name.strip().casefold() for name in _fields(first, delimiter)]
    missing = [name for name in ("from", "to") if name not in header]
    if missing:
        told = f"no column {' and no column '.join(missing)}"
        raise DataError([Finding(code="PAIRS-COLUMN", file=path, row=1, message=told, fix="name the columns from and to")])
    at = header.index("from"), header.index("to")
    rows = list(_rows(lines[start + 1 :], delimiter, len(header)))
    while rows and not any(field.strip() for field in rows[-1][0]):  # what spreadsheets leave at the end
        rows.pop()
    return [_pair(row, at, len(header), fault) for row, fault in rows]


def _rows(lines: list[tuple[str, str]], delimiter: str, width: int) -> Iterator[tuple[list[str], str]]:
    """The fields of each row but empty lines, and what is wrong with its letters; a row of empty fields has its answer too."""
    number = 0
    while number < len(lines):
        line, fault = lines[number]
        row, count = _fields(line, delimiter), 1
        if line.count('"') % 2:
            some = lines[number : number + _MOST_LINES]
            joined, used = _joined([text for text, _ in some], delimiter)
            if len(joined) == width:
                row, count, fault = joined, used, next((told for _, told in some[:used] if told), "")
        number += count
        if len(row) > 1 or any(field.strip() for field in row):
            yield row, fault


def _joined(lines: list[str], delimiter: str) -> tuple[list[str], int]:
    """The fields of a row whose quotes are closed on a later line, and on how many lines it stands; none where they are not."""
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        return next(reader, []), reader.line_num
    except csv.Error:
        return [], 0


def _fields(line: str, delimiter: str) -> list[str]:
    """The fields of one line; a quote that is not closed spoils no other line."""
    try:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return [line[:_MAX_FIELD]]


def _lines(path: str) -> list[tuple[str, str]]:
    """The lines of a file, each with what is wrong with its letters."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise DataError([make_finding("FILE-UNREADABLE", file=path, message=f"cannot be read: {error.strerror or error}")]) from None
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return [(line, "") for line in io.StringIO(content.decode("utf-16", errors="replace"), newline="")]
    return [_decode(line) for line in content.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)]


def _decode(line: bytes) -> tuple[str, str]:
    """A line as text, and what is wrong with it: UTF-8; else words of Cyrillic letters alone, or Western letters among plain ones."""
    try:
        return line.decode(), ""
    except UnicodeDecodeError:
        cyrillic, western = line.decode("cp1251", errors="replace"), line.decode("cp1252", errors="replace")
    words = [word for word in re.findall(r"\w+", cyrillic) if not word.isascii()]
    is_spelled = all(_CYRILLIC.fullmatch(word) and (word.istitle() or word.islower() or word.isupper()) for word in words)
    if is_spelled and max(map(len, words), default=0) > 2 and all(map(_CYRILLIC.fullmatch, _HIGH.findall(cyrillic))):
        return cyrillic, ""
    if all(len(run) <= 2 and run.isalpha() for run in _HIGH.findall(western)):
        return western, ""
    return line.decode(errors="replace"), _NOT_UTF8


def _pair(row: list[str], at: tuple[int, int], width: int, fault: str) -> PairRow:
    if len(row) == 4 and width == 2 and _COUNTRY.fullmatch(row[1]) and _COUNTRY.fullmatch(row[3]):
        row = [f"{row[0]}, {row[1].strip()}", f"{row[2]}, {row[3].strip()}"]
    while len(row) > width and not row[-1].strip():
        row = row[:-1]
    texts = [" ".join(row[column].split())[:_MAX_FIELD] if column < len(row) else "" for column in at]
    return texts[0], texts[1], fault or _fault(len(row), width, texts)


def _fault(fields: int, width: int, texts: list[str]) -> str:
    if fields != width:
        return f"the row has {fields} field{'' if fields == 1 else 's'}, the header {width}; a place with a comma needs quotes"
    return "" if all(texts) else "the row lacks a place"
