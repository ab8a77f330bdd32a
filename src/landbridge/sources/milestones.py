"""Milestones of goods under way: events of DCSA Track & Trace 2.x, as JSON or CSV.

Read are ``eventClassifierCode`` (only ACT, what happened), ``eventDateTime`` and ``transportEventTypeCode`` (ARRI, DEPA) or
``equipmentEventTypeCode`` (GTIN and DISC: arrived; GTOT: left), and where: ``UNLocationCode`` of the event, its ``transportCall``, its
``eventLocation`` or their ``location``. In CSV these are columns. Other events are left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.domain.milestone import Milestone
from landbridge.sources.codes import make_finding
from landbridge.sources.csv_text import read_csv
from landbridge.sources.files import parse_json, read_bytes
from landbridge.sources.nearest import quote_text

_KINDS = {"ARRI": "arrive", "GTIN": "arrive", "DISC": "arrive", "DEPA": "depart", "GTOT": "depart"}
_CODES = ("transportEventTypeCode", "equipmentEventTypeCode", "eventTypeCode")
_NEEDED = ("eventClassifierCode", "eventDateTime", "UNLocationCode")
_PLACES = (("UNLocationCode",), ("location", "UNLocationCode"), ("transportCall", "UNLocationCode"), ("eventLocation", "UNLocationCode"),
           ("transportCall", "location", "UNLocationCode"))  # fmt: skip

Judge = Callable[[Sequence[Milestone]], Sequence[Finding]]


def read_milestones(path: str | Path, *, judge: Judge | None = None) -> tuple[tuple[Milestone, ...], tuple[Finding, ...]]:
    """Read the events of a file that happened, in order of time, and the notices on what was left out.

    Parameters
    ----------
    path
        JSON or CSV.
    judge
        Says what else is wrong with the milestones that could be read, so that all is told at once.

    Raises
    ------
    DataError
        With everything that is wrong, at once.
    """
    file = Path(path).name
    findings: list[Finding] = []
    milestones: list[Milestone] = []
    left_out = 0
    for row, event in _list_events(read_bytes(path), file, findings):
        code = next((found for name in _CODES if (found := _text(event.get(name))) in _KINDS), None)
        if code is None or _text(event.get("eventClassifierCode")) != "ACT":
            left_out += 1
            continue
        at, where = _parse_moment(_text(event.get("eventDateTime"))), _find_place(event)
        if at is None:
            told = quote_text(_text(event.get("eventDateTime")))
            message = f"{told} is not a moment with its offset, such as 2026-12-01T10:00:00+03:00"
            findings.append(make_finding("MILESTONE-TIME", file=file, row=row, column="eventDateTime", message=message))
        if not where:
            findings.append(
                make_finding("MILESTONE-PLACE", file=file, row=row, column="UNLocationCode", message="the event names no place")
            )
        if at is not None and where:
            milestones.append(Milestone(where=where, kind=_KINDS[code], at=at, row=row, event=code))
    milestones.sort(key=lambda one: one.at)
    if judge is not None:
        findings += [replace(one, file=file) for one in judge(milestones)]
    if not milestones and not findings:
        findings.append(make_finding("MILESTONE-NONE", file=file, message="no event says that the goods arrived or left somewhere"))
    if any(finding.severity == "error" for finding in findings):
        raise DataError(findings)
    if left_out:
        message = f"{left_out} events are planned, estimated or of another kind and were left out"
        findings.append(make_finding("MILESTONE-LEFT", file=file, message=message))
    return tuple(milestones), tuple(findings)


def _list_events(data: bytes, file: str, findings: list[Finding]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if data.lstrip()[:1] in (b"[", b"{"):
        content = parse_json(data, file)
        events = content.get("events", [content]) if isinstance(content, dict) else content
        for row, event in enumerate(events if isinstance(events, list) else [], 1):
            if isinstance(event, dict):
                yield row, event
            else:
                findings.append(make_finding("MILESTONE-TIME", file=file, row=row, message="this is not an event"))
        return
    lines, rows = read_csv(data, file, findings, delimiters=",;\t")  # others where the comma is the decimal mark
    header = [name.strip() for name in rows[0]] if rows else []
    if missing := [name for name in _NEEDED if name not in header]:
        told = f"there is no column {' and no column '.join(missing)}" if rows else "the file is empty"
        findings.append(make_finding("MILESTONE-NONE", file=file, row=1 if rows else None, message=told))
        return
    for line, cells in zip(lines[1:], rows[1:], strict=True):
        if any(cells):
            yield line, dict(zip(header, cells, strict=False))


def _find_place(event: Mapping[str, Any]) -> str:
    for way in _PLACES:
        found: Any = event
        for name in way:
            found = found.get(name) if isinstance(found, dict) else None
        if _text(found):
            return _plain_code(_text(found))
    return ""


def _plain_code(text: str) -> str:
    """A UN/LOCODE as the code list prints it, ``BY MSQ``, without its space."""
    return text.replace(" ", "") if re.fullmatch(r"[A-Z]{2} [A-Z2-9]{3}", text) else text


def _parse_moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None and 2000 < at.year < 2200 else None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
