"""The UN Security Council's consolidated list as XML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListedEntry
from landbridge.sources.codes import make_finding
from landbridge.sources.list_eu import parse_day
from landbridge.sources.list_xml import child_text, find_all, iterate_elements, plain_name

LIST = "UN Security Council Consolidated List"


def read_un_xml(path: Path, findings: list[Finding]) -> Iterator[ListedEntry]:
    """Entries of the list; what is broken goes to ``findings``."""
    for element in iterate_elements(path, frozenset({"INDIVIDUAL", "ENTITY"})):
        name = " ".join(text for part in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME") if (text := child_text(element, part)))
        number = child_text(element, "REFERENCE_NUMBER") or child_text(element, "DATAID")
        if not name or not number:
            findings.append(make_finding("LIST-ENTRY", file=str(path), message=f"an entry without number or name: {number or '?'}"))
            continue
        yield _make_entry(element, name, number)


def _make_entry(element: Element, name: str, number: str) -> ListedEntry:
    aliases = [one for kind in ("INDIVIDUAL_ALIAS", "ENTITY_ALIAS") for one in find_all(element, kind) if child_text(one, "ALIAS_NAME")]
    original = child_text(element, "NAME_ORIGINAL_SCRIPT")
    countries = [(one.text or "").strip() for place in find_all(element, "NATIONALITY") for one in find_all(place, "VALUE")]
    countries += [child_text(one, "COUNTRY") for kind in ("INDIVIDUAL_ADDRESS", "ENTITY_ADDRESS") for one in find_all(element, kind)]
    documents = [
        (child_text(one, "TYPE_OF_DOCUMENT").casefold().split(" ")[0] or "document", child_text(one, "NUMBER"))
        for one in find_all(element, "INDIVIDUAL_DOCUMENT")
    ]
    births = [child_text(one, "DATE") or child_text(one, "YEAR") for one in find_all(element, "INDIVIDUAL_DATE_OF_BIRTH")]
    return ListedEntry(
        entry_id=number,
        list_name=LIST,
        regime="UN",
        program=child_text(element, "UN_LIST_TYPE"),
        kind="person" if plain_name(element) == "INDIVIDUAL" else "company",
        names=tuple(
            dict.fromkeys(
                (
                    name,
                    *([original] if original else []),
                    *(child_text(one, "ALIAS_NAME") for one in aliases if child_text(one, "QUALITY") != "Low"),
                )
            )
        ),
        weak_names=tuple(child_text(one, "ALIAS_NAME") for one in aliases if child_text(one, "QUALITY") == "Low"),
        countries=tuple(dict.fromkeys(country for country in countries if country)),
        identifiers=tuple((kind, digits) for kind, digits in documents if digits),
        births=tuple(birth for birth in births if birth),
        listed_on=parse_day(child_text(element, "LISTED_ON")[:10]),
    )


def read_un_day(path: Path) -> date | None:
    """Day on which the file was made."""
    for element in iterate_elements(path, frozenset({"CONSOLIDATED_LIST", "INDIVIDUAL", "ENTITY"})):
        return parse_day((element.get("dateGenerated") or "")[:10])
    return None
