"""The UK Sanctions List as XML (Designations): one element for each entry, with all its names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListedEntry
from landbridge.sources.codes import make_finding
from landbridge.sources.list_eu import parse_day
from landbridge.sources.list_uk import LIST, find_registrations
from landbridge.sources.list_xml import child_text, find_all, iterate_elements, plain_name

_KINDS = {"individual": "person", "entity": "company", "ship": "vessel"}
_NAME_PARTS = ("Name1", "Name2", "Name3", "Name4", "Name5", "Name6")
_COUNTRIES = ("Nationality", "AddressCountry", "CurrentBelievedFlagOfShip")
_OWNERS = ("CurrentOwnerOperator", "CurrentOwnerOperators")


def read_uk_xml(path: Path, findings: list[Finding]) -> Iterator[ListedEntry]:
    """Entries of the list; what is broken goes to ``findings``."""
    for element in iterate_elements(path, frozenset(("Designation",))):
        entry = _make_entry(element)
        if entry is None:
            message = f"an entry without UniqueID or name: {child_text(element, 'UniqueID') or '?'}"
            findings.append(make_finding("LIST-ENTRY", file=str(path), message=message))
        else:
            yield entry


def read_uk_xml_day(path: Path) -> date | None:
    """Day on which the file was made."""
    for element in iterate_elements(path, frozenset(("DateGenerated", "Designation"))):
        return parse_day((element.text or "").strip()) if plain_name(element) == "DateGenerated" else None
    return None


def _make_entry(element: Element) -> ListedEntry | None:
    strong: list[str] = []
    weak: list[str] = []
    for name in sorted(find_all(element, "Name"), key=lambda one: child_text(one, "NameType") != "Primary Name"):
        text = " ".join(part for key in _NAME_PARTS if (part := child_text(name, key)))
        if text:
            (weak if "low" in child_text(name, "AliasStrength").casefold() else strong).append(text)
    strong += _texts(element, "NameNonLatinScript")
    number, kind = child_text(element, "UniqueID"), child_text(element, "IndividualEntityShip").casefold()
    if not number or not strong:
        return None
    imposed = child_text(element, "SanctionsImposed")
    identifiers = [("imo", text.removeprefix("IMO").strip()) for text in _texts(element, "IMONumber")]
    identifiers += [("passport", text) for text in _texts(element, "PassportNumber")]
    identifiers += [("registration", one) for text in _texts(element, "BusinessRegistrationNumber") for one in find_registrations(text)]
    identifiers += [("national id", text) for text in _texts(element, "NationalIdentifierNumber")]
    return ListedEntry(
        entry_id=number,
        list_name=LIST,
        regime="UK",
        program=child_text(element, "RegimeName"),
        measure="freeze" if not imposed or "freeze" in imposed.casefold() or kind == "ship" else "sectoral",
        kind=_KINDS.get(kind, ""),
        names=tuple(dict.fromkeys(strong)),
        weak_names=tuple(dict.fromkeys(weak)),
        countries=tuple(dict.fromkeys(text for key in _COUNTRIES for text in _texts(element, key))),
        identifiers=tuple(dict.fromkeys(identifiers)),
        births=tuple(dict.fromkeys(_texts(element, "DOB"))),
        owners=tuple(dict.fromkeys(text for key in _OWNERS for text in _texts(element, key))),
        listed_on=parse_day(child_text(element, "DateDesignated")),
    )


def _texts(element: Element, name: str) -> list[str]:
    return [text for one in find_all(element, name) if (text := (one.text or "").strip())]
