"""Switzerland's SECO list as XML (swiss-sanctions-list)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice, product
from pathlib import Path
from xml.etree.ElementTree import Element

from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListedEntry
from landbridge.sources.codes import make_finding
from landbridge.sources.list_eu import parse_day
from landbridge.sources.list_xml import find_all, iterate_elements, plain_name

LIST = "SECO consolidated list"
_NO_FREEZE = re.compile(r"^(?!.*(?:freez|asset|individual|financial sanction)).*capital market", re.IGNORECASE | re.DOTALL)
"""Title of a set of measures that closes a market and freezes nothing, as of articles 16 and 17 of the Belarus ordinance; not one that
names assets or persons as well."""
_IMO = re.compile(r"\bIMO\b[^\d]{0,20}(\d{7})\b", re.IGNORECASE)
_MOST_SPELLINGS = 8
_KINDS = {"individual": "person", "entity": "company"}


def read_seco_xml(path: Path, findings: list[Finding]) -> Iterator[ListedEntry]:
    """Entries of the list, delisted ones with their day; what is broken goes to ``findings``."""
    programs: dict[str, str] = {}
    narrow: set[str] = set()
    for element in iterate_elements(path, frozenset({"sanctions-program", "target"})):
        if plain_name(element) == "sanctions-program":
            key = next((one.text or "" for one in find_all(element, "program-key") if one.get("lang") == "eng"), "")
            sets = find_all(element, "sanctions-set")
            programs.update({one.get("ssid", ""): key.strip() for one in sets})
            narrow.update(one.get("ssid", "") for one in sets if _NO_FREEZE.search(one.text or ""))
            continue
        entry = _make_entry(element, programs, narrow)
        if entry is None:
            findings.append(
                make_finding("LIST-ENTRY", file=str(path), message=f"a target without ssid or name: {element.get('ssid') or '?'}")
            )
        else:
            yield entry


def _make_entry(element: Element, programs: dict[str, str], narrow: set[str]) -> ListedEntry | None:
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
    if kind == "vessel":
        told = " ".join("".join(one.itertext()) for key in ("other-information", "justification") for one in find_all(subject, key))
        numbers += [("imo", digits) for digits in dict.fromkeys(_IMO.findall(told))]
    return ListedEntry(
        entry_id=f"seco-{number}",
        list_name=LIST,
        regime="CH",
        measure="sectoral" if sets and all(one in narrow for one in sets) else "freeze",
        program="; ".join(dict.fromkeys(programs[one] for one in sets if programs.get(one))),
        kind=kind,
        names=tuple(dict.fromkeys(strong)),
        weak_names=tuple(dict.fromkeys(weak)),
        countries=tuple(dict.fromkeys(code for code in countries if len(code) == 2)),
        identifiers=tuple((kind, digits) for kind, digits in numbers if digits),
        births=tuple(
            "-".join(part.zfill(2) for part in (one.get("year"), one.get("month"), one.get("day")) if part)
            for one in find_all(subject, "day-month-year")
        ),
        listed_on=listed,
        delisted_on=delisted,
    )


def _spellings(name: Element) -> list[str]:
    """A name and its spellings in other scripts and languages; a part that has none there stands in each as it is."""
    parts = sorted((one for one in name if plain_name(one) == "name-part"), key=lambda one: int(one.get("order") or 0))
    plain = ["".join(value.text or "" for value in part if plain_name(value) == "value").strip() for part in parts]
    variants: dict[str, dict[int, list[str]]] = {}
    for place, part in enumerate(parts):
        for one in part:
            if plain_name(one) == "spelling-variant" and one.text:
                key = one.get("script") or one.get("lang") or ""
                variants.setdefault(key, {}).setdefault(place, []).append(one.text.strip())
    spelled = [plain]
    for found in variants.values():
        choices = [found.get(place) or [text] for place, text in enumerate(plain)]
        spelled += (list(one) for one in islice(product(*choices), _MOST_SPELLINGS))
    return list(dict.fromkeys(text for one in spelled if (text := " ".join(filter(None, one)))))


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
