"""OFAC's CSV trio: SDN.CSV, ADD.CSV and ALT.CSV, or CONS_PRIM.CSV, CONS_ADD.CSV and CONS_ALT.CSV: no header, ``-0-`` for nothing.

Layout: https://ofac.treasury.gov/sanctions-list-service, file "dat_spec.txt".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListedEntry
from landbridge.sources.codes import make_finding
from landbridge.sources.list_csv import iterate_rows
from landbridge.sources.ofac_list import SDN, name_ofac_list

_NOTHING = {"-0-", ""}
_KINDS = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
_IMO = re.compile(r"\bIMO\s*(\d{7})\b")
_BIRTH = re.compile(r"DOB (?:circa )?([^;]*\d{4})")
_NATIONALITY = re.compile(r"nationality ([A-Za-z ]+?)[;.]")
_NUMBER = re.compile(
    r"(Tax ID No\.|Registration Number|Registration ID|Passport|National ID No\.|Legal Entity Number|Company Number)\s+([A-Z0-9-]{4,})"
)
_SDN_FIELDS, _ADD_FIELDS, _ALT_FIELDS = 12, 5, 4
_IDENTIFIERS = {
    "tax": "tin",
    "registration": "registration",
    "passport": "passport",
    "national": "national",
    "legal": "lei",
    "company": "registration",
}


TRIO = ("sdn.csv", "add.csv", "alt.csv", "cons_prim.csv", "cons_add.csv", "cons_alt.csv")
"""Names of the files that OFAC publishes three and three together."""


def find_companions(path: Path) -> frozenset[Path]:
    """The files that are read together with this one, itself among them."""
    if path.name.casefold() not in TRIO or not path.parent.is_dir():
        return frozenset((path.resolve(),))
    return frozenset(one.resolve() for one in find_trio(path).values())


def find_trio(path: Path) -> dict[str, Path]:
    """The three files that belong together, by ``prim``, ``add`` and ``alt``; the one given is enough to find the others."""
    folder = {one.name.casefold(): one for one in path.parent.iterdir()}
    names = (
        ("cons_prim.csv", "cons_add.csv", "cons_alt.csv") if path.name.casefold().startswith("cons") else ("sdn.csv", "add.csv", "alt.csv")
    )
    found = {part: folder[name] for part, name in zip(("prim", "add", "alt"), names, strict=True) if name in folder}
    return {**found, **({"prim": path} if "prim" not in found else {})}


def read_ofac_csv(path: Path, findings: list[Finding]) -> Iterator[ListedEntry]:
    """Entries of the trio; what is broken goes to ``findings``."""
    trio = find_trio(path)
    for part in ("add", "alt"):
        if part not in trio:
            findings.append(
                make_finding(
                    "LIST-PART-MISSING",
                    file=str(path),
                    message=f"the file of the trio with the {'addresses' if part == 'add' else 'aliases'} is not beside it",
                )
            )
    aliases: dict[str, list[str]] = {}
    for line, row in iterate_rows(trio["alt"], findings) if "alt" in trio else ():
        if _has_fields(row, _ALT_FIELDS, trio["alt"], line, findings):
            aliases.setdefault(row[0].strip(), []).append(row[3].strip())
    addresses: dict[str, list[tuple[str, str]]] = {}
    for line, row in iterate_rows(trio["add"], findings) if "add" in trio else ():
        if _has_fields(row, _ADD_FIELDS, trio["add"], line, findings):
            parts = [cell.strip() for cell in row[2:5] if cell.strip() not in _NOTHING]
            addresses.setdefault(row[0].strip(), []).append((", ".join(parts), row[4].strip()))
    list_name = name_ofac_list(path) or SDN
    for line, row in iterate_rows(trio["prim"], findings):
        if _has_fields(row, _SDN_FIELDS, trio["prim"], line, findings):
            yield _make_entry(row, list_name, aliases, addresses)


def _has_fields(row: list[str], count: int, path: Path, line: int, findings: list[Finding]) -> bool:
    if len(row) == 1 and not row[0].strip("\x1a "):
        return False
    if len(row) < count or not row[0].strip().isdigit():
        findings.append(
            make_finding(
                "LIST-ROW",
                file=str(path),
                row=line,
                message=f"{len(row)} fields, first {row[0][:20]!r}: {count} are needed, the first a number",
            )
        )
        return False
    return True


def _make_entry(row: list[str], list_name: str, aliases: dict[str, list[str]], addresses: dict[str, list[tuple[str, str]]]) -> ListedEntry:
    number, name, kind, program, _title, call_sign, _type, _tonnage, _grt, flag, owner, remarks = (
        cell.strip() if cell.strip() not in _NOTHING else "" for cell in row[:12]
    )
    places = addresses.get(number, [])
    countries = [country for _, country in places if country not in _NOTHING] + ([flag] if flag else []) + _NATIONALITY.findall(remarks)
    identifiers = [("imo", imo) for imo in _IMO.findall(remarks)] + ([("callsign", call_sign)] if call_sign else [])
    identifiers += [(_IDENTIFIERS[label.split()[0].casefold()], digits) for label, digits in _NUMBER.findall(remarks)]
    return ListedEntry(
        entry_id=f"ofac-{number}",
        list_name=list_name,
        regime="US",
        program=program.replace("] [", "; ").strip("[] "),
        measure="freeze" if list_name == SDN else "sectoral",
        kind=_KINDS.get(kind.casefold(), "company"),
        names=tuple(dict.fromkeys((name, *aliases.get(number, ())))),
        countries=tuple(dict.fromkeys(countries)),
        identifiers=tuple(dict.fromkeys(identifiers)),
        addresses=tuple(text for text, _ in places if text),
        births=tuple(_BIRTH.findall(remarks)),
        owners=(owner,) if owner else (),
    )
