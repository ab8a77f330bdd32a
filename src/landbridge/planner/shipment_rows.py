"""Shipments of a book as somebody types or pastes them: cells of text, checked like a table of the feed, faults told by row and column."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.domain.identity import PlaceId, SourceId
from landbridge.domain.party import Party
from landbridge.domain.shipment import Shipment
from landbridge.planner.place_search import choose_place, closest_places, find_places
from landbridge.planner.typed_parties import TypedParties, find_like, find_parties
from landbridge.planner.world.places import join_world_places

COLUMNS = (
    "shipment_id", "shipper_id", "consignee_id", "from_place_id", "to_place_id", "units", "unit_type_id", "hs", "mass_kg", "volume_m3",
    "temperature_c", "value",
    "currency", "incoterm", "ready_on", "due_on", "late_per_day", "max_late_days", "max_hold_days", "today_via",
)  # fmt: skip
"""Columns of a row, named as in the table ``shipments`` of a feed; places and parties may be told by name."""
MOST_ROWS = 2_000
_FILE = "shipments"
_MOST_NAMED = 300
_ENDS = ("from_place_id", "to_place_id")
_PARTIES = ("shipper_id", "consignee_id")
"""Cells that are never cut: what is not read of a name would not be screened."""


def take_rows(dataset: Dataset, rows: Sequence[Mapping[str, Any]]) -> Dataset:
    """The dataset with these shipments in the place of its own.

    Places are understood as in a question for one plan: by id, code, name or another spelling, in any script, with typing errors where
    one place is clearly meant; those that the feed lacks come from the atlas, with roads to the feed's own. Parties that the feed lacks
    become parties of their own, of any kind, screened by name. Days may be written with points, day first, and numbers with blanks between
    thousands.

    Parameters
    ----------
    rows
        Cells by the names of ``COLUMNS``; an empty one was not told.

    Raises
    ------
    DataError
        With everything that is wrong in any cell; ``row`` counts from 1.
    """
    if not rows:
        raise DataError([_fault(None, "", "none is entered", "add a row, or paste rows from a spreadsheet")])
    if len(rows) > MOST_ROWS:
        raise DataError([_fault(None, "", f"{len(rows)} rows are entered", f"give at most {MOST_ROWS}")])
    findings: list[Finding] = []
    dataset = _join_places(dataset, rows)
    companies = _Companies(dataset)
    cells = [_resolve(companies, number, row, findings) for number, row in enumerate(rows, start=1)]
    seen: dict[str, int] = {}
    for number, row in enumerate(cells, start=1):
        first = seen.setdefault(row["shipment_id"], number)
        if first != number:
            findings.append(
                _fault(number, "shipment_id", f"{row['shipment_id'][:60]!r} stands in row {first} already", "give each its own id")
            )
    shipments = _parse(dataset, cells, findings)
    if findings:
        raise DataError(findings)
    typed = companies.typed
    told = f"{dataset.digest} {shipments!r}{f' {typed!r}' if typed else ''}"
    digest = hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()
    changed = replace(dataset, shipments=shipments, parties=(*dataset.parties, *typed), digest=digest)
    _check(dataset, changed)
    return changed


def show_rows(dataset: Dataset) -> list[dict[str, str]]:
    """The shipments of a feed as cells, as its table writes them."""
    return [{name: _cell(getattr(one, name)) for name in COLUMNS} for one in dataset.shipments]


def name_rows(dataset: Dataset, rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Rows with the names of places and parties instead of their ids, wherever the name alone means the same; very large books keep ids."""
    parties = {str(one.party_id): one.name for one in dataset.parties}
    told = {row.get(one, "") for row in rows for one in _PARTIES}
    means = {text: find_parties(dataset, parties[text]) for text in told if text in parties}

    def of_place(text: str) -> str:
        place = dataset.place_by_id.get(PlaceId(text))
        if place is None or len(known) > _MOST_NAMED:
            return text
        chosen = choose_place(find_places(dataset, place.name))
        return place.name if chosen is not None and chosen.place_id == text else text

    def of_party(text: str) -> str:
        return parties[text] if [one.party_id for one in means.get(text, ())] == [text] else text

    known: dict[str, str] = {}
    found = []
    for row in rows:
        named = dict(row)
        for column in _ENDS:
            text = row.get(column, "")
            named[column] = known[text] if text in known else known.setdefault(text, of_place(text))
        found.append(named | {one: of_party(row.get(one, "")) for one in _PARTIES})
    return found


def _join_places(dataset: Dataset, rows: Sequence[Mapping[str, Any]]) -> Dataset:
    """The feed with what the rows name and the atlas knows exactly; no chains of the feed ``world``: a book is of one feed."""
    texts = dict.fromkeys(str(row.get(name) or "").strip()[:500] for row in rows for name in _ENDS)
    unknown = [text for text in texts if text not in dataset.place_by_id]
    return join_world_places(dataset, (*unknown, "", "")) if unknown else dataset


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(str(one) for one in value)
    return "" if value is None else str(value)


class _Companies:
    """The parties of a feed, and those that are typed beside them."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._known: dict[str, str] = {}
        source = next((one.source_id for one in (*dataset.shipments, *dataset.sources)), SourceId(""))
        self._typed = TypedParties(dataset, source)

    @property
    def typed(self) -> tuple[Party, ...]:
        return self._typed.parties

    def find(self, number: int, name: str, text: str, findings: list[Finding]) -> str:
        """The id of the company that a cell names, one of its own where the feed lacks it; "" with a finding where that cannot be."""
        if text in self._known or not text:
            return self._known.get(text, "")
        from landbridge.planner.screening import say_unusable
        from landbridge.screening.script import MAX_LENGTH, is_cut

        parties = find_parties(self.dataset, text)
        if len(parties) > 1:
            told = ", ".join(f"{one.name} ({one.party_id})" for one in parties[:5])
            findings.append(_fault(number, name, f"{text[:60]!r} may be any of {told}", "write the id of the one that is meant"))
            return ""
        if not parties:
            unusable = say_unusable(text) or (f"only the first {MAX_LENGTH} characters of a name are screened" if is_cut(text) else "")
            like = None if unusable else find_like(self.dataset, text)
            if like is not None or unusable:
                message = unusable if like is None else f"{text[:60]!r} may be {like.name} of the feed"
                fix = "write its name" if like is None else f"write {like.name!r}, or a name that tells it apart"
                findings.append(_fault(number, name, message, fix))
                return ""
            return self._known.setdefault(text, str(self._typed.add(text)))
        return self._known.setdefault(text, str(parties[0].party_id))


_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SPACED = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:\.\d+)?")
_DAYS = ("ready_on", "due_on")
_NUMBERS = ("units", "mass_kg", "volume_m3", "temperature_c", "value", "late_per_day", "max_late_days", "max_hold_days")


def _plain(name: str, text: str) -> str:
    """A cell as the tables of a feed write it, where a spreadsheet writes it otherwise and there is no doubt what it means."""
    if name in _DAYS and (dotted := _DOTTED.fullmatch(text)):
        return f"{dotted[3]}-{dotted[2]:0>2}-{dotted[1]:0>2}"
    if name in _NUMBERS and _SPACED.fullmatch(text):
        return re.sub(r"\s", "", text)
    return re.sub(r"[ .]", "", text) if name == "hs" else text


def _resolve(companies: _Companies, number: int, row: Mapping[str, Any], findings: list[Finding]) -> dict[str, str]:
    """Cells with ids where names stood; what names nothing is a finding."""
    dataset = companies.dataset
    findings += [
        _fault(number, str(name)[:60], "there is no such column", f"one of {', '.join(COLUMNS)}") for name in row.keys() - set(COLUMNS)
    ]
    cells = {name: _plain(name, str(row.get(name) or "").strip()[: None if name in _PARTIES else 500]) for name in COLUMNS}
    cells["shipment_id"] = cells["shipment_id"] or f"row-{number}"
    for name in _ENDS:
        cells[name] = _place(dataset, number, name, cells[name], findings)
    for name in _PARTIES:
        cells[name] = companies.find(number, name, cells[name], findings)
    types = [str(one.unit_type_id) for one in dataset.unit_types]
    if cells["unit_type_id"] and cells["unit_type_id"] not in types:
        findings.append(
            _fault(number, "unit_type_id", f"the feed has no unit {cells['unit_type_id'][:40]!r}", f"one of {', '.join(types)}")
        )
    if cells["value"] and not cells["currency"]:
        cells["currency"] = dataset.info.settlement_currency
    return cells


def _place(dataset: Dataset, number: int, name: str, text: str, findings: list[Finding]) -> str:
    if not text or text in dataset.place_by_id:
        return text
    chosen = choose_place(find_places(dataset, text))
    if chosen is not None:
        return chosen.place_id
    near = ", ".join(f"{one.name} ({one.place_id})" for one in closest_places(dataset, text, 3))
    findings.append(_fault(number, name, f"no place is clearly meant by {text[:60]!r}", f"the closest are: {near or 'none'}"))
    return ""


def _parse(dataset: Dataset, cells: Sequence[Mapping[str, str]], findings: list[Finding]) -> tuple[Shipment, ...]:
    """Records of the rows, read as a table of a feed is; the source of the book stands for what was typed."""
    from landbridge.sources.dictionary import get_tables
    from landbridge.sources.parse import ParsedFeed, parse_table
    from landbridge.sources.raw import make_table

    source = next((one.source_id for one in (*dataset.shipments, *dataset.sources)), "")
    names = [*COLUMNS, "source_id", "note"]
    body = [[*(row.get(name, "") for name in COLUMNS), source, "typed, not of the feed"] for row in cells]
    told: list[Finding] = []
    spec = get_tables()["shipments"]
    raw = make_table("shipments", _FILE, list(range(len(body) + 1)), [names, *body], told)
    parsed = ParsedFeed()
    rows = parse_table(raw, spec, parsed, told) if raw is not None else []
    known = {(one.row, one.column) for one in findings}
    findings += [
        replace(one, code="SHIPMENTS-CELL", file=_FILE) for one in told if one.severity == "error" and (one.row, one.column) not in known
    ]
    return () if findings else tuple(Shipment(**row) for row in rows)


def _check(before: Dataset, changed: Dataset) -> None:
    from landbridge.sources.check import check_guards

    known = {(one.code, one.message) for one in check_guards(before)}
    found = [one for one in check_guards(changed) if one.severity == "error" and (one.code, one.message) not in known]
    if found:
        raise DataError(found)


def _fault(row: int | None, column: str, message: str, fix: str) -> Finding:
    return Finding(code="SHIPMENTS-CELL", file=_FILE, row=row, column=column, message=message, fix=fix)
