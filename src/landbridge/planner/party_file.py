"""Files of parties to screen, and files of answers."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.planner.screening import KINDS, Party
from landbridge.sources.countries import read_country
from landbridge.sources.csv_text import find_delimiter

MAX_BYTES = 200_000_000
_IDENTIFIERS = ("imo", "unp", "inn", "lei", "ntn", "uscc", "registration", "passport")


def read_parties(path: str) -> tuple[Party, ...]:
    """Parties of a CSV file: a column ``name``, and ``kind``, ``country`` and identifiers such as ``imo`` where it has them.

    Raises
    ------
    DataError
        With everything that is wrong; nothing is screened then.
    """
    from landbridge.sources.codes import make_finding

    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise DataError([make_finding("FILE-UNREADABLE", file=path, message=f"cannot be read: {error}")]) from None
    return parse_parties(data, path)


def read_text(data: bytes, path: str) -> str:
    """The text of the bytes of a CSV file.

    Raises
    ------
    DataError
        If it is not UTF-8: a letter that is guessed is another name.
    """
    from landbridge.sources.codes import make_finding
    from landbridge.sources.csv_text import decode_text

    findings: list[Finding] = []
    if len(data) > MAX_BYTES:
        raise DataError([make_finding("FILE-TOO-LARGE", file=path, message=f"the file is larger than {MAX_BYTES} bytes")])
    text = decode_text(data, path, findings)
    if text is None:
        raise DataError(findings)
    return text


def parse_parties(data: bytes, path: str) -> tuple[Party, ...]:
    """Parties of the bytes of a CSV file; ``path`` is what findings call it. Raises ``DataError`` as :func:`read_parties` does."""
    findings: list[Finding] = []
    text = read_text(data, path)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text)))
    header = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if "name" not in header:
        raise DataError(
            [
                Finding(
                    code="PARTIES-COLUMN",
                    file=path,
                    row=1,
                    column="name",
                    message="the file has no column name",
                    fix="the first line names the columns: name,kind,country",
                )
            ]
        )
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()  # what a spreadsheet leaves below its table; a row without a name above is a party of which nothing is known
    parties = tuple(
        _make_party(dict(zip(header, row, strict=False)), path, number, findings) for number, row in enumerate(rows[1:], start=2) if row
    )
    if findings:
        raise DataError(findings)
    return parties


def _make_party(row: dict[str, str], path: str, number: int, findings: list[Finding]) -> Party:
    kind = row.get("kind", "").strip().lower()
    told = row.get("country", "").strip()
    country = read_country(told)
    if kind and kind not in KINDS:
        findings.append(
            Finding(
                code="KIND",
                file=path,
                row=number,
                column="kind",
                message=f"{kind[:40]!r} is no kind of party",
                fix=f"one of {', '.join(KINDS)}, or empty",
            )
        )
    if told and not country:
        findings.append(
            Finding(
                code="COUNTRY",
                file=path,
                row=number,
                column="country",
                message=f"{told[:40]!r} is no country",
                fix="two letters of ISO 3166, or empty",
            )
        )
    found = tuple((name, row[name].strip()) for name in _IDENTIFIERS if row.get(name, "").strip())
    return Party(name=row.get("name", ""), kind=kind, country=country, identifiers=found)


def answers_csv(rows: list[tuple[str, ...]], columns: tuple[str, ...]) -> str:
    """Rows as CSV text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
