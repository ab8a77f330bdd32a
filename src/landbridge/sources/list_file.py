"""A published list from its file, whatever its format: recognised by its first bytes and its name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListedEntry
from landbridge.sources.codes import make_finding
from landbridge.sources.list_eu import read_eu_csv, read_eu_day, read_eu_xml
from landbridge.sources.list_ofac_advanced import read_ofac_advanced, read_ofac_advanced_day
from landbridge.sources.list_ofac_csv import TRIO, find_trio, read_ofac_csv
from landbridge.sources.list_ofac_xml import read_ofac_day, read_ofac_xml
from landbridge.sources.list_opensanctions import read_ftm_lines, read_simple_csv, read_simple_day
from landbridge.sources.list_seco import read_seco_day, read_seco_xml
from landbridge.sources.list_uk import read_uk_csv, read_uk_day
from landbridge.sources.list_uk_xml import read_uk_xml, read_uk_xml_day
from landbridge.sources.list_un import read_un_day, read_un_xml

Reader = Callable[[Path, list[Finding]], Iterator[ListedEntry]]
DayReader = Callable[[Path], date | None]


@dataclass(frozen=True, slots=True)
class ListFormat:
    """One published format: its name, its reader, and where its day stands."""

    name: str
    read: Reader
    read_day: DayReader


def _no_day(_path: Path) -> date | None:
    return None


FORMATS = {
    "ofac-csv": ListFormat("ofac-csv", read_ofac_csv, _no_day),
    "ofac-xml": ListFormat("ofac-xml", read_ofac_xml, read_ofac_day),
    "ofac-advanced-xml": ListFormat("ofac-advanced-xml", read_ofac_advanced, read_ofac_advanced_day),
    "eu-csv": ListFormat("eu-csv", read_eu_csv, read_eu_day),
    "eu-xml": ListFormat("eu-xml", read_eu_xml, read_eu_day),
    "uk-csv": ListFormat("uk-csv", read_uk_csv, read_uk_day),
    "uk-xml": ListFormat("uk-xml", read_uk_xml, read_uk_xml_day),
    "un-xml": ListFormat("un-xml", read_un_xml, read_un_day),
    "seco-xml": ListFormat("seco-xml", read_seco_xml, read_seco_day),
    "opensanctions-csv": ListFormat("opensanctions-csv", read_simple_csv, read_simple_day),
    "ftm-json": ListFormat("ftm-json", read_ftm_lines, _no_day),
}

_MARKS = (
    (b"swiss-sanctions-list", "seco-xml"), (b"CONSOLIDATED_LIST", "un-xml"), (b"<sdnList", "ofac-xml"), (b"<Designations", "uk-xml"), (b"<DistinctParties", "ofac-advanced-xml"), (b"<ReferenceValueSets", "ofac-advanced-xml"), (b"sanctionEntity", "eu-xml"), (b"fpi/fsd/export", "eu-xml"),  # noqa: E501
    (b"Entity_LogicalId", "eu-csv"), (b"Unique ID", "uk-csv"), (b"id,schema,name", "opensanctions-csv"), (b'"id","schema","name"', "opensanctions-csv"),  # noqa: E501
)  # fmt: skip


def find_format(path: Path) -> ListFormat:
    """Recognise the format of a file.

    Raises
    ------
    DataError
        If it cannot be read or is none of those known.
    """
    try:
        with path.open("rb") as handle:
            head = handle.read(8192)
    except (OSError, ValueError) as error:
        raise DataError([make_finding("FILE-UNREADABLE", file=str(path), message=f"cannot be read: {error}")]) from None
    for mark, name in _MARKS:
        if mark in head:
            return FORMATS[name]
    if path.name.casefold() in TRIO:
        return FORMATS["ofac-csv"]
    if head.lstrip()[:1] == b"{" and b'"schema"' in head:
        return FORMATS["ftm-json"]
    known = ", ".join(FORMATS)
    raise DataError([make_finding("LIST-UNKNOWN", file=str(path), message=f"the file is no list in a known format: {known}")])


def read_list(path: Path) -> tuple[tuple[ListedEntry, ...], date | None, str]:
    """Entries of a published file, its day if it tells one, and the SHA-256 of its bytes.

    Raises
    ------
    DataError
        With everything that is broken: a list is read whole or not at all.
    """
    form = find_format(path)
    findings: list[Finding] = []
    entries = tuple(form.read(path, findings))
    if not entries and not findings:
        findings.append(make_finding("LIST-EMPTY", file=str(path), message="the file holds no entry"))
    if any(finding.severity == "error" for finding in findings):
        raise DataError(findings[:200])
    return entries, form.read_day(path), _digest(path, form.name)


def _digest(path: Path, form: str) -> str:
    whole = hashlib.sha256()
    for one in sorted(find_trio(path).values()) if form == "ofac-csv" else [path]:
        with one.open("rb") as handle:
            for block in iter(lambda: handle.read(1 << 20), b""):
                whole.update(block)
    return whole.hexdigest()
