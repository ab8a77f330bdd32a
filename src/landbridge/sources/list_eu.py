"""The EU's consolidated financial sanctions list: XML and CSV, schema 1.1 of the FSF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListedEntry
from landbridge.sources.codes import make_finding
from landbridge.sources.list_csv import iterate_records
from landbridge.sources.list_xml import find_all, iterate_elements

LIST = "EU consolidated financial sanctions"
_KINDS = {"person": "person", "p": "person", "enterprise": "company", "e": "company"}
_REQUIRED = ("Entity_LogicalId", "NameAlias_WholeName")


def read_eu_xml(path: Path, findings: list[Finding]) -> Iterator[ListedEntry]:
    """Entries of the XML; what is broken goes to ``findings``."""
    for element in iterate_elements(path, frozenset({"sanctionEntity"})):
        aliases = find_all(element, "nameAlias")
        names = [
            (
                one.get("wholeName") or " ".join(filter(None, (one.get("firstName"), one.get("middleName"), one.get("lastName")))),
                one.get("strong", "true"),
            )
            for one in aliases
        ]
        number = element.get("euReferenceNumber") or element.get("logicalId") or ""
        if not number or not any(name for name, _ in names):
            findings.append(make_finding("LIST-ENTRY", file=str(path), message=f"an entity without number or name: {number or '?'}"))
            continue
        yield _make_entry(element, number, names)


def _make_entry(element: Element, number: str, names: list[tuple[str, str]]) -> ListedEntry:
    regulations = find_all(element, "regulation")
    days = sorted(day for one in regulations if (day := parse_day(one.get("publicationDate", ""))))
    subject = next(iter(find_all(element, "subjectType")), None)
    kind = (subject.get("code") or subject.get("classificationCode") or "") if subject is not None else ""
    countries = [one.get("countryIso2Code", "") for name in ("citizenship", "address") for one in find_all(element, name)]
    identifiers = [
        (one.get("identificationTypeCode", "id"), one.get("number", "")) for one in find_all(element, "identification") if one.get("number")
    ]
    return ListedEntry(
        entry_id=number,
        list_name=LIST,
        regime="EU",
        program="; ".join(dict.fromkeys(one.get("programme", "") for one in regulations if one.get("programme"))),
        kind=_KINDS.get(kind.casefold(), ""),
        names=tuple(dict.fromkeys(name for name, strong in names if name and strong != "false")) or (names[0][0],),
        weak_names=tuple(dict.fromkeys(name for name, strong in names if name and strong == "false")),
        countries=tuple(dict.fromkeys(code for code in countries if len(code) == 2 and code != "00")),
        identifiers=tuple(dict.fromkeys(identifiers)),
        addresses=tuple(
            text
            for one in find_all(element, "address")
            if (text := ", ".join(filter(None, (one.get("street"), one.get("city"), one.get("countryDescription")))))
        ),
        births=tuple(text for one in find_all(element, "birthdate") if (text := one.get("birthdate") or one.get("year") or "")),
        listed_on=parse_day(element.get("designationDate", "")) or (days[0] if days else None),
    )


def read_eu_csv(path: Path, findings: list[Finding]) -> Iterator[ListedEntry]:
    """Entries of the CSV, which gives one row for each name, address or birth of an entity, in order."""
    rows: list[dict[str, str]] = []
    for line, row in iterate_records(path, findings, _REQUIRED, delimiter=";"):
        if not row["Entity_LogicalId"]:
            findings.append(make_finding("LIST-ROW", file=str(path), row=line, message="a row without Entity_LogicalId"))
            continue
        if rows and rows[0]["Entity_LogicalId"] != row["Entity_LogicalId"]:
            yield from _make_csv_entry(rows, path, findings)
            rows = []
        rows.append(row)
    if rows:
        yield from _make_csv_entry(rows, path, findings)


def _make_csv_entry(rows: list[dict[str, str]], path: Path, findings: list[Finding]) -> Iterator[ListedEntry]:
    first = rows[0]
    names = tuple(dict.fromkeys(row["NameAlias_WholeName"] for row in rows if row.get("NameAlias_WholeName")))
    if not names:
        findings.append(make_finding("LIST-ENTRY", file=str(path), message=f"the entity {first['Entity_LogicalId']} has no name"))
        return
    days = sorted(
        day
        for row in rows
        for key in ("Entity_DesignationDate", "Entity_Regulation_PublicationDate")
        if (day := parse_day(row.get(key, "")))
    )
    countries = [row.get(key, "") for row in rows for key in ("Citizenship_CountryIso2Code", "Address_CountryIso2Code")]
    yield ListedEntry(
        entry_id=first.get("Entity_EU_ReferenceNumber") or first["Entity_LogicalId"],
        list_name=LIST,
        regime="EU",
        program="; ".join(dict.fromkeys(row["Entity_Regulation_Programme"] for row in rows if row.get("Entity_Regulation_Programme"))),
        kind=_KINDS.get(first.get("Entity_SubjectType", "").casefold(), ""),
        names=names,
        countries=tuple(dict.fromkeys(code for code in countries if len(code) == 2 and code != "00")),
        identifiers=tuple(
            dict.fromkeys(
                (row.get("Identification_TypeCode") or "id", row["Identification_Number"])
                for row in rows
                if row.get("Identification_Number")
            )
        ),
        births=tuple(dict.fromkeys(row["BirthDate_BirthDate"] for row in rows if row.get("BirthDate_BirthDate"))),
        listed_on=days[0] if days else None,
    )


def read_eu_day(path: Path) -> date | None:
    """Day on which the file was made."""
    if path.suffix.casefold() == ".csv":
        for _, row in iterate_records(path, [], _REQUIRED, delimiter=";"):
            return parse_day(row.get("fileGenerationDate", ""))
        return None
    for element in iterate_elements(path, frozenset({"export", "sanctionEntity"})):
        return parse_day((element.get("generationDate") or "")[:10])
    return None


def parse_day(text: str) -> date | None:
    """A day in one of the ways that lists write it; None if it is none."""
    text = text.strip()[:20]
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%b-%Y", "%d %b %Y", "%Y%m%d", "%d.%m.%Y") if text else ():
        try:
            return datetime.strptime(text.split("T")[0], form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
