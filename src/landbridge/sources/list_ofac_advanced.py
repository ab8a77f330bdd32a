"""OFAC's SDN_ADVANCED.XML and CONS_ADVANCED.XML: parties, and apart from them their places, papers, owners and measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListedEntry
from landbridge.sources.codes import make_finding
from landbridge.sources.list_xml import child_text, find_all, iterate_elements, plain_name
from landbridge.sources.ofac_list import NON_SDN, SDN, name_ofac_list

_LABELS = frozenset(("PartyType", "Country", "FeatureType", "IDRegDocType", "List", "RelationType"))
_PIECES = frozenset(("PartySubType", "Location", "IDRegDocument", "DistinctParty", "ProfileRelationship", "SanctionsEntry"))
_KINDS = {"individual": "person", "entity": "company"}
_IDENTIFIERS = {
    "vessel registration identification": "imo",
    "tax id no.": "tin",
    "passport": "passport",
    "registration number": "registration",
    "registration id": "registration",
}
_PLACES = frozenset(("location", "nationality country", "citizenship country", "vessel flag"))


@dataclass(slots=True)
class _Parts:
    """What the file tells in different places, by id."""

    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    kinds: dict[str, tuple[str, str]] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    papers: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    owners: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    measures: dict[str, list[Element]] = field(default_factory=lambda: defaultdict(list))
    parties: list[Element] = field(default_factory=list)


def read_ofac_advanced(path: Path, findings: list[Finding]) -> Iterator[ListedEntry]:
    """Entries of the file; what is broken goes to ``findings``."""
    parts = _Parts()
    for element in iterate_elements(path, _LABELS | _PIECES):
        _take(element, parts)
    names = {party.get("FixedRef", ""): _names(party) for party in parts.parties}
    default = name_ofac_list(path) or SDN
    for party in parts.parties:
        number = party.get("FixedRef", "")
        if not number or not names[number][0]:
            message = f"a party without FixedRef or name: {number or '?'}"
            findings.append(make_finding("LIST-ENTRY", file=str(path), message=message))
        else:
            yield _make_entry(party, names, parts, default)


def read_ofac_advanced_day(path: Path) -> date | None:
    """Day on which the file was issued."""
    for element in iterate_elements(path, frozenset(("DateOfIssue", "PartyType", "DistinctParty"))):
        return _date(element) if plain_name(element) == "DateOfIssue" else None
    return None


def _take(element: Element, parts: _Parts) -> None:
    name, number = plain_name(element), element.get("ID", "")
    if name in _LABELS:
        parts.labels[name, number] = (element.text or "").strip()
    elif name == "PartySubType":
        parts.kinds[number] = ((element.text or "").strip(), element.get("PartyTypeID", ""))
    elif name == "Location":
        codes = [one.get("CountryID", "") for one in find_all(element, "LocationCountry")]
        parts.countries[number] = next((parts.labels.get(("Country", code), "") for code in codes), "")
    elif name == "IDRegDocument":
        kind = _IDENTIFIERS.get(parts.labels.get(("IDRegDocType", element.get("IDRegDocTypeID", "")), "").casefold())
        digits = child_text(element, "IDRegistrationNo").removeprefix("IMO").strip()
        if kind and digits:
            parts.papers[element.get("IdentityID", "")].append((kind, digits))
    elif name == "ProfileRelationship":
        label = parts.labels.get(("RelationType", element.get("RelationTypeID", "")), "")
        if label.casefold().startswith("owned or controlled") and element.get("Former") != "true":
            parts.owners[element.get("From-ProfileID", "")].append(element.get("To-ProfileID", ""))
    elif name == "SanctionsEntry":
        parts.measures[element.get("ProfileID", "")].append(_copy(element))
    else:
        parts.parties.append(_copy(element))


def _copy(element: Element) -> Element:
    """The element with what it holds, which is freed after it was read."""
    kept = Element(plain_name(element), dict(element.attrib))
    kept.text = element.text
    kept.extend(_copy(child) for child in element)
    return kept


def _kind(profile: Element, parts: _Parts) -> str:
    """Kind of a party: by its type, or by its sub-type where that says vessel or aircraft."""
    label, number = parts.kinds.get(profile.get("PartySubTypeID", ""), ("", ""))
    if label.casefold() in ("vessel", "aircraft"):
        return label.casefold()
    return _KINDS.get(parts.labels.get(("PartyType", number), "").casefold(), "company")


def _names(party: Element) -> tuple[list[str], list[str]]:
    """Strong and weak names, the primary one first."""
    strong: list[str] = []
    weak: list[str] = []
    aliases = sorted(find_all(party, "Alias"), key=lambda alias: alias.get("Primary") != "true")
    for alias in aliases:
        for written in find_all(alias, "DocumentedName"):
            name = " ".join(text for one in find_all(written, "NamePartValue") if (text := (one.text or "").strip()))
            if name:
                (weak if alias.get("LowQuality") == "true" else strong).append(name)
    return list(dict.fromkeys(strong or weak)), list(dict.fromkeys(weak if strong else ()))


def _programs(measures: list[Element]) -> Iterator[str]:
    for measure in measures:
        for one in find_all(measure, "SanctionsMeasure"):
            if text := child_text(one, "Comment"):
                yield text


def _make_entry(party: Element, names: dict[str, tuple[list[str], list[str]]], parts: _Parts, default: str) -> ListedEntry:
    """One party; of the lists that it is on, the one that freezes counts."""
    number = party.get("FixedRef", "")
    profile = next(iter(find_all(party, "Profile")), party)
    measures = parts.measures.get(profile.get("ID", number), [])
    labels = [label.casefold() for one in measures if (label := parts.labels.get(("List", one.get("ListID", "")), ""))]
    list_name = default if not labels else SDN if any(label.startswith("sdn") for label in labels) else NON_SDN
    events = [event for one in measures for event in find_all(one, "EntryEvent")]
    days = [day for event in events for date_ in find_all(event, "Date") if (day := _date(date_))]
    owners = [names[one][0][0] for one in parts.owners.get(profile.get("ID", number), ()) if names.get(one, ([], []))[0]]
    return ListedEntry(
        entry_id=f"ofac-{number}",
        list_name=list_name,
        regime="US",
        program="; ".join(dict.fromkeys(_programs(measures))),
        measure="freeze" if list_name == SDN else "sectoral",
        kind=_kind(profile, parts),
        names=tuple(names[number][0]),
        weak_names=tuple(names[number][1]),
        countries=tuple(dict.fromkeys(_countries(profile, parts))),
        identifiers=tuple(dict.fromkeys(paper for one in find_all(party, "Identity") for paper in parts.papers.get(one.get("ID", ""), ()))),
        births=tuple(_births(profile, parts)),
        owners=tuple(dict.fromkeys(owners)),
        listed_on=min(days, default=None),
    )


def _countries(profile: Element, parts: _Parts) -> Iterator[str]:
    for feature in find_all(profile, "Feature"):
        if parts.labels.get(("FeatureType", feature.get("FeatureTypeID", "")), "").casefold() in _PLACES:
            for one in find_all(feature, "VersionLocation"):
                if country := parts.countries.get(one.get("LocationID", "")):
                    yield country


def _births(profile: Element, parts: _Parts) -> Iterator[str]:
    for feature in find_all(profile, "Feature"):
        if parts.labels.get(("FeatureType", feature.get("FeatureTypeID", "")), "").casefold() == "birthdate":
            for start in find_all(feature, "From")[:1]:
                day, year = _date(start), child_text(start, "Year")
                yield day.isoformat() if day else year


def _date(element: Element) -> date | None:
    try:
        return date(*(int(child_text(element, part)) for part in ("Year", "Month", "Day")))
    except ValueError:
        return None
