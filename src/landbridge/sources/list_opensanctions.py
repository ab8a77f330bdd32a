"""OpenSanctions' exports: targets.simple.csv, and FollowTheMoney entities as JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListedEntry
from landbridge.sources.codes import make_finding
from landbridge.sources.list_csv import iterate_records
from landbridge.sources.list_eu import parse_day

LIST = "OpenSanctions"
_REQUIRED = ("id", "schema", "name")
_KINDS = {
    "Person": "person",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "Company": "company",
    "Organization": "company",
    "LegalEntity": "company",
    "PublicBody": "company",
}
_REGIMES = (
    ("UN", re.compile(r"\bun_|\bUN-|\bUN(?:SC)? |United Nations|Security Council")),
    ("US", re.compile(r"\bus_|\bUS-|\bUS |OFAC")),
    ("EU", re.compile(r"\beu_|\bEU-|\bEU |European (?:Union|External)")),
    ("UK", re.compile(r"\bgb_|\b(?:GB|UK)-|\bUK |HM Treasury|FCDO|OFSI")),
    ("CH", re.compile(r"\bch_|\bCH-|Swiss|SECO")),
)
"""Whose law a dataset or program is of, by its name (us_ofac_sdn), its title (US OFAC ...) or the program's id (EU-BLR)."""
_SANCTIONS = re.compile(
    r"sanction|ofac|us_trade_csl|consolidated screening|\bun_sc|unsc|security council|eu_fsf|travel_ban|hmt|treasury|fcdo|ofsi|seco"
    r"|terroris|nonprolif|denied",
    re.IGNORECASE,
)
"""Datasets that hold sanctions: who stands in one is frozen, whatever else the row tells."""
_IDENTIFIERS = {
    "imoNumber": "imo",
    "registrationNumber": "registration",
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "leiCode": "lei",
    "passportNumber": "passport",
    "taxNumber": "tin",
    "uscCode": "uscc",
}
_MAX_LINE = 20_000_000


def read_simple_csv(path: Path, findings: list[Finding]) -> Iterator[ListedEntry]:
    """Entries of targets.simple.csv; a cell with several values parts them by semicolons."""
    for line, row in iterate_records(path, findings, _REQUIRED):
        if not row["id"] or not row["name"]:
            findings.append(make_finding("LIST-ROW", file=str(path), row=line, message="a row without id or name"))
            continue
        countries = tuple(code.upper() for code in _split(row.get("countries", "")) if len(code) == 2)
        entry = ListedEntry(
            entry_id=row["id"],
            list_name=LIST,
            regime="OTHER",
            program="; ".join(filter(None, (_plain(row, "program_ids"), _plain(row, "sanctions")))) or row.get("dataset", ""),
            measure=_measure(is_sanction="sanctions" not in row or bool(_plain(row, "program_ids") or _plain(row, "sanctions"))),
            kind=_KINDS.get(row["schema"], ""),
            names=tuple(dict.fromkeys((row["name"], *_split(row.get("aliases", ""))))),
            countries=countries,
            identifiers=tuple(
                ("imo" if number.upper().startswith("IMO") else "id", number.upper().removeprefix("IMO").strip())
                for number in _split(row.get("identifiers", ""))
            ),
            addresses=_split(row.get("addresses", "")),
            births=_split(row.get("birth_date", "")),
            listed_on=parse_day(row.get("first_seen", "")[:10]),
        )
        yield from _by_regime(entry, f"{row.get('dataset', '')};{row.get('program_ids', '')}")


def _plain(row: dict[str, str], column: str) -> str:
    """A cell without quotes that stand for an empty one."""
    return row.get(column, "").strip('" ;')


def read_ftm_lines(path: Path, findings: list[Finding]) -> Iterator[ListedEntry]:
    """Entries of a FollowTheMoney export: one entity a line; sanctions stand on lines of their own, before or after."""
    sanctions: dict[str, list[dict[str, Any]]] = {}
    entities: list[dict[str, Any]] = []
    for line, row in _iterate_lines(path, findings):
        properties = row.get("properties")
        if not isinstance(properties, dict) or not isinstance(row.get("id"), str):
            findings.append(make_finding("LIST-ROW", file=str(path), row=line, message="a line that is no entity with id and properties"))
        elif row.get("schema") == "Sanction":
            for target in properties.get("entity", ()):
                sanctions.setdefault(str(target), []).append(properties)
        elif row.get("schema") in _KINDS:
            entities.append(row)
    for row in entities:
        names = _texts(row, "name") or (str(row.get("caption") or row["id"]),)  # the export names what has no name by its id
        own = sanctions.get(row["id"], [])
        programs = (str(text) for one in own for key in ("programId", "authority") for text in one.get(key, ()))
        yield from _by_regime(_make_entry(row, names, own), ";".join((*map(str, row.get("datasets", ())), *programs)))


def _iterate_lines(path: Path, findings: list[Finding]) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open("rb") as handle:
            number = 0
            while line := handle.readline(_MAX_LINE):
                number += 1
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError) as error:
                    findings.append(make_finding("LIST-ROW", file=str(path), row=number, message=f"the line is not JSON: {error}"))
                    continue
                if isinstance(row, dict):
                    yield number, row
                else:
                    findings.append(make_finding("LIST-ROW", file=str(path), row=number, message="the line is no JSON object"))
    except OSError as error:
        raise DataError([make_finding("FILE-UNREADABLE", file=str(path), message=f"cannot be read: {error}")]) from None


def _make_entry(row: dict[str, Any], names: tuple[str, ...], sanctions: list[dict[str, Any]]) -> ListedEntry:
    starts = sorted(
        day for one in sanctions for key in ("listingDate", "startDate") for text in one.get(key, ()) if (day := parse_day(str(text)[:10]))
    )
    ends = [parse_day(str(text)[:10]) for one in sanctions for text in one.get("endDate", ())]
    datasets = " ".join(str(one) for one in row.get("datasets", ()))
    is_over = bool(sanctions) and len(ends) == len(sanctions) and all(ends)
    return ListedEntry(
        entry_id=row["id"],
        list_name=LIST,
        regime="OTHER",
        program="; ".join(dict.fromkeys(str(text) for one in sanctions for key in ("program", "programId") for text in one.get(key, ())))
        or datasets,
        measure=_measure(is_sanction=bool(sanctions) or "sanction" in _texts(row, "topics") or not _texts(row, "topics")),
        kind=_KINDS[row["schema"]],
        names=tuple(dict.fromkeys((*names, *_texts(row, "alias"), *_texts(row, "previousName")))),
        weak_names=_texts(row, "weakAlias"),
        countries=tuple(
            dict.fromkeys(
                code.upper()
                for key in ("country", "nationality", "jurisdiction", "flag", "citizenship")
                for code in _texts(row, key)
                if len(code) == 2
            )
        ),
        identifiers=tuple(
            (kind, number.upper().removeprefix("IMO").strip()) for key, kind in _IDENTIFIERS.items() for number in _texts(row, key)
        ),
        addresses=_texts(row, "address"),
        births=_texts(row, "birthDate"),
        listed_on=starts[0] if starts else None,
        delisted_on=max(end for end in ends if end) if is_over else None,
    )


def _measure(*, is_sanction: bool) -> str:
    """What an entry does: one that no sanction stands behind, such as a politician, is for a person to look at."""
    return "freeze" if is_sanction else "listing"


def _texts(row: dict[str, Any], key: str) -> tuple[str, ...]:
    found = row["properties"].get(key, ())
    return tuple(str(text) for text in found) if isinstance(found, list) else ()


def _by_regime(entry: ListedEntry, datasets: str) -> Iterator[ListedEntry]:
    """The entry once for each regime that lists it, so that none is hidden behind another; of no known one, it is of OTHER."""
    regimes = [regime for regime, pattern in _REGIMES if pattern.search(datasets)]
    if regimes and _SANCTIONS.search(datasets):
        entry = replace(entry, measure="freeze")
    for number, regime in enumerate(regimes or ["OTHER"]):
        yield replace(entry, regime=regime, entry_id=f"{entry.entry_id}@{regime}" if number else entry.entry_id)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def read_simple_day(path: Path) -> date | None:
    """Latest day on which the export saw an entry."""
    return max((day for _, row in iterate_records(path, [], _REQUIRED) if (day := parse_day(row.get("last_seen", "")[:10]))), default=None)
