"""OFAC's SDN.XML and CONSOLIDATED.XML (schema sdnList)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListedEntry
from landbridge.sources.codes import make_finding
from landbridge.sources.list_xml import child_text, find_all, iterate_elements, plain_name
from landbridge.sources.ofac_list import SDN, name_ofac_list

_KINDS = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft", "entity": "company"}
_IDENTIFIERS = {
    "vessel registration identification": "imo",
    "tax id no.": "tin",
    "passport": "passport",
    "registration number": "registration",
    "registration id": "registration",
}


def read_ofac_xml(path: Path, findings: list[Finding]) -> Iterator[ListedEntry]:
    """Entries of the file; what is broken goes to ``findings``."""
    list_name = name_ofac_list(path) or SDN
    for element in iterate_elements(path, frozenset({"sdnEntry"})):
        entry = _make_entry(element, list_name)
        if entry is None:
            findings.append(
                make_finding("LIST-ENTRY", file=str(path), message=f"an entry without uid or lastName: {child_text(element, 'uid') or '?'}")
            )
        else:
            yield entry


def read_ofac_day(path: Path) -> date | None:
    """Day on which the file was published."""
    for element in iterate_elements(path, frozenset({"publshInformation", "sdnEntry"})):
        if plain_name(element) != "publshInformation":
            return None
        try:
            return datetime.strptime(child_text(element, "Publish_Date"), "%m/%d/%Y").date()  # noqa: DTZ007
        except ValueError:
            return None
    return None


def _make_entry(element: Element, list_name: str) -> ListedEntry | None:
    number, last = child_text(element, "uid"), child_text(element, "lastName")
    if not number or not last:
        return None
    akas = find_all(element, "aka")
    identifiers = []
    for one in find_all(element, "id"):
        label, digits = child_text(one, "idType"), child_text(one, "idNumber")
        kind = _IDENTIFIERS.get(label.casefold())
        if kind and digits:
            identifiers.append((kind, digits.removeprefix("IMO").strip()))
    countries = [child_text(one, "country") for name in ("address", "nationality", "citizenship") for one in find_all(element, name)]
    vessel = next(iter(find_all(element, "vesselInfo")), None)
    flag = child_text(vessel, "vesselFlag") if vessel is not None else ""
    owner = child_text(vessel, "vesselOwner") if vessel is not None else ""
    programs = [(one.text or "").strip() for one in find_all(element, "program")]
    return ListedEntry(
        entry_id=f"ofac-{number}",
        list_name=list_name,
        regime="US",
        program="; ".join(programs),
        measure="freeze" if list_name == SDN else "sectoral",
        kind=_KINDS.get(child_text(element, "sdnType").casefold(), "company"),
        names=tuple(dict.fromkeys((_name(element), *(_name(one) for one in akas if child_text(one, "category") != "weak")))),
        weak_names=tuple(_name(one) for one in akas if child_text(one, "category") == "weak"),
        countries=tuple(dict.fromkeys(country for country in (*countries, flag) if country)),
        identifiers=tuple(dict.fromkeys(identifiers)),
        addresses=tuple(
            ", ".join(text for child in one if plain_name(child) != "uid" and (text := (child.text or "").strip()))
            for one in find_all(element, "address")
        ),
        births=tuple(child_text(one, "dateOfBirth") for one in find_all(element, "dateOfBirthItem")),
        owners=(owner,) if owner else (),
    )


def _name(element: Element) -> str:
    return " ".join(part for part in (child_text(element, "firstName"), child_text(element, "lastName")) if part)
