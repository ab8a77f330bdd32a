"""The UK Sanctions List as CSV: a line with the day of the report, then a header, one row for each name of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListedEntry
from landbridge.sources.codes import make_finding
from landbridge.sources.list_csv import iterate_records, iterate_rows
from landbridge.sources.list_eu import parse_day

LIST = "UK Sanctions List"
_REQUIRED = ("Unique ID", "Name 6")
_KINDS = {"individual": "person", "entity": "company", "ship": "vessel"}
_NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")


def read_uk_csv(path: Path, findings: list[Finding]) -> Iterator[ListedEntry]:
    """Entries of the list; rows of one entry need not follow each other."""
    rows: dict[str, list[dict[str, str]]] = {}
    for line, row in iterate_records(path, findings, _REQUIRED, skip_to_header=True):
        if row["Unique ID"]:
            rows.setdefault(row["Unique ID"], []).append(row)
        else:
            findings.append(make_finding("LIST-ROW", file=str(path), row=line, message="a row without Unique ID"))
    for number, found in rows.items():
        entry = _make_entry(number, found)
        if entry is None:
            findings.append(make_finding("LIST-ENTRY", file=str(path), message=f"the entry {number} has no name"))
        else:
            yield entry


def read_uk_day(path: Path) -> date | None:
    """Day of the report."""
    for _, row in iterate_rows(path, []):
        return parse_day(" ".join(row).partition(":")[2].strip())
    return None


_REGISTRATION = re.compile(r"(?<![\w/])\d{8,15}(?![\w/])")


def find_registrations(text: str) -> list[str]:
    """Numbers of registers and of taxes in the prose of the list."""
    return _REGISTRATION.findall(text)


def _make_entry(number: str, rows: list[dict[str, str]]) -> ListedEntry | None:
    strong: list[str] = []
    weak: list[str] = []
    for row in rows:
        name = " ".join(row[part] for part in _NAMES if row.get(part))
        (weak if "low" in row.get("Alias strength", "").casefold() else strong).extend(
            text for text in (name, row.get("Name non-latin script", "")) if text
        )
    if not strong:
        return None
    first = rows[0]
    days = sorted(day for row in rows if (day := parse_day(row.get("Date Designated", ""))))
    identifiers = [("imo", row["IMO number"]) for row in rows if row.get("IMO number")]
    identifiers += [("passport", row["Passport number"]) for row in rows if row.get("Passport number")]
    identifiers += [("registration", text) for row in rows for text in find_registrations(row.get("Business registration number (s)", ""))]
    identifiers += [("national id", row["National Identifier number"]) for row in rows if row.get("National Identifier number")]
    imposed = first.get("Sanctions Imposed", "")
    is_freeze = not imposed or "freeze" in imposed.casefold()
    return ListedEntry(
        entry_id=number,
        list_name=LIST,
        regime="UK",
        program=first.get("Regime Name", ""),
        measure="freeze" if is_freeze or first.get("Designation Type", "").casefold() == "ship" else "sectoral",
        kind=_KINDS.get(first.get("Designation Type", "").casefold(), ""),
        names=tuple(dict.fromkeys(strong)),
        weak_names=tuple(dict.fromkeys(weak)),
        countries=tuple(
            dict.fromkeys(
                row[key]
                for row in rows
                for key in ("Nationality(/ies)", "Address Country", "Current believed flag of ship")
                if row.get(key)
            )
        ),
        identifiers=tuple(dict.fromkeys(identifiers)),
        births=tuple(dict.fromkeys(row["D.O.B"] for row in rows if row.get("D.O.B"))),
        owners=tuple(dict.fromkeys(row["Current owner/operator (s)"] for row in rows if row.get("Current owner/operator (s)"))),
        listed_on=days[0] if days else None,
    )
