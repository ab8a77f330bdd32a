"""Switzerland's SECO list as XML (swiss-sanctions-list)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListedEntry
from landbridge.sources.codes import make_finding
from landbridge.sources.list_eu import parse_day
from landbridge.sources.list_xml import find_all, iterate_elements, plain_name

LIST = "SECO consolidated list"
_KINDS = {"individual": "person", "entity": "company"}


def read_seco_xml(path: Path, findings: list[Finding]) -> Iterator[ListedEntry]:
    """Entries of the list, delisted ones with their day; what is broken goes to ``findings``."""
    programs: dict[str, str] = {}
    for element in iterate_elements(path, frozenset({"sanctions-program", "target"})):
        if plain_name(element) == "sanctions-program":
            key = next((one.text or "" for one in find_all(element, "program-key") if one.get("lang") == "eng"), "")
            programs.update({one.get("ssid", ""): key.strip() for one in find_all(element, "sanctions-set")})
            continue
        entry = _make_entry(element, programs)
        if entry is None:
            findings.append(
                make_finding("LIST-ENTRY", file=str(path), message=f"a target without ssid or name: {element.get('ssid') or '?'}")
            )
        else:
            yield entry


def _make_entry(element: Element, programs: dict[str, str]) -> ListedEntry | None:
    subject = next((one for one in element if plain_name(one) in ("individual", "entity", "object")), None)
    number = element.get("ssid")
    if subject is None or not number:
        return None
    strong: list[str] = []
    weak: list[str] = []
    for name in find_all(subject, "name"):
        (weak if name.get("quality") == "low" else strong).extend(_spellings(name))
    if not strong:
        return None
    listed, delisted = _days(element)
    sets = [
        text
        for one in (element.get("sanctions-set-id", ""), *((one.text or "") for one in find_all(element, "sanctions-set-id")))
        for text in one.split()
    ]
    countries = [one.get("iso-code", "") for one in find_all(subject, "country")]
    kind = _KINDS.get(plain_name(subject)) or {"vessel": "vessel", "aircraft": "aircraft"}.get(subject.get("object-type", ""), "")
    numbers = [
        ((one.get("document-type") or "document"), "".join(number.text or "" for number in find_all(one, "number")).strip())
        for one in find_all(subject, "identification-document")
    ]
    return ListedEntry(
        entry_id=f"seco-{number}",
        list_name=LIST,
        regime="CH",
        program="; ".join(dict.fromkeys(programs[one] for one in sets if programs.get(one))),
        kind=kind,
        names=tuple(dict.fromkeys(strong)),
        weak_names=tuple(dict.fromkeys(weak)),
        countries=tuple(dict.fromkeys(code for code in countries if len(code) == 2)),
        identifiers=tuple((kind, digits) for kind, digits in numbers if digits),
        births=tuple(
            "-".join(filter(None, (one.get("year"), one.get("month"), one.get("day")))) for one in find_all(subject, "day-month-year")
        ),
        listed_on=listed,
        delisted_on=delisted,
    )


def _spellings(name: Element) -> list[str]:
    """A name and its spellings in other scripts, part by part in their order."""
    parts = sorted((one for one in name if plain_name(one) == "name-part"), key=lambda one: int(one.get("order") or 0))
    plain = " ".join("".join(value.text or "" for value in part if plain_name(value) == "value").strip() for part in parts).strip()
    variants: dict[str, list[str]] = {}
    for part in parts:
        for one in part:
            if plain_name(one) == "spelling-variant" and one.text:
                variants.setdefault(one.get("script") or one.get("lang") or "", []).append(one.text.strip())
    return [text for text in (plain, *(" ".join(found) for found in variants.values())) if text]


def _days(element: Element) -> tuple[date | None, date | None]:
    listed = delisted = None
    for one in find_all(element, "modification"):
        day = parse_day(one.get("effective-date") or one.get("publication-date") or one.get("enactment-date") or "")
        if one.get("modification-type") == "listed" and day and (listed is None or day < listed):
            listed = day
        if one.get("modification-type") == "de-listed":
            delisted = day
    return listed, delisted


def read_seco_day(path: Path) -> date | None:
    """Day of the edition."""
    for element in iterate_elements(path, frozenset({"swiss-sanctions-list", "sanctions-program", "target"})):
        return parse_day(element.get("date") or "")
    return None
