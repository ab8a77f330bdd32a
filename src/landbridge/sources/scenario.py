"""Scenario files: TOML with tables ``set``, ``add``, ``remove`` and ``scale``; cells are written as in the tables of a feed."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.domain.record import Range, Record
from landbridge.domain.scenario import Change, Scenario
from landbridge.sources.cell import CellFault, make_parser
from landbridge.sources.codes import make_finding
from landbridge.sources.container import SCENARIO_SUFFIX, SCENARIOS, Container
from landbridge.sources.dictionary import AttributeSpec, TableSpec, get_tables
from landbridge.sources.nearest import quote_text, suggest_nearest
from landbridge.sources.package import find_feed, open_container
from landbridge.sources.parse import ParsedFeed, parse_table
from landbridge.sources.raw import make_table

_FIX = "correct the scenario's file"
ACTIONS = ("set", "add", "remove", "scale")
_HEAD = {"title": str, "dated_on": date, "source": str, "policy": bool}


def list_scenarios(location: str) -> tuple[str, ...]:
    """Names of the scenarios that a feed brings, in the folder ``scenarios`` beside its tables; a zip file has one too, a workbook none."""
    return tuple(sorted(_members(_open_feed(location))))


def load_scenario(name: str, location: str) -> Scenario:
    """Load a scenario: the name of one that the feed brings, or the path of a file.

    Raises
    ------
    DataError
        With everything that is wrong with it, at once.
    """
    feed = _open_feed(location)
    brought = _members(feed)
    if name not in brought and not Path(name).is_file():
        known = f"{suggest_nearest(name, tuple(sorted(brought))).removeprefix('; ')} give one of {', '.join(sorted(brought))}".lstrip()
        message = f"there is no scenario and no file {quote_text(name)}"
        raise DataError([_say(name, "", message, known if brought else "give the path of a .toml file")])
    try:
        data = feed.read(brought[name]) if feed is not None and name in brought else Path(name).read_bytes()
        document = tomllib.loads(data.decode("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError([_say(name, "", f"{quote_text(name)} cannot be read: {error}", "give the path of a .toml file")]) from None
    return _Reader(Path(name).stem if name not in brought else name).read(document, hashlib.sha256(data).hexdigest())


def _open_feed(location: str) -> Container | None:
    """The files of a feed; None where there is none, or where it is a workbook or cannot be opened, which the reading of tables tells."""
    path = find_feed(location)
    return None if path is None else open_container(path, [])


def _members(feed: Container | None) -> dict[str, str]:
    """Names of the scenarios of a feed, with the names of their files."""
    found = [PurePosixPath(name) for name in (feed.sizes if feed is not None else ())]
    return {one.stem: str(one) for one in found if one.suffix == SCENARIO_SUFFIX and one.parts[:-1] == (SCENARIOS,)}


def check_scenario(changed: Dataset, scenario: Scenario) -> tuple[Finding, ...]:
    """References that lead nowhere in the changed dataset, of rows that were changed and to rows that were taken out."""
    keys = _keys(changed)
    touched = {change.table for change in scenario.changes}
    return tuple(
        make_finding("SCENARIO-WRONG", file=scenario.name, column=table, message=f"{column} {value} is not in {target}", fix=_FIX)
        for table, spec in get_tables().items()
        if table in touched or touched & {attribute.field.references for attribute in spec.attributes}
        for row in getattr(changed, table)
        for column, value, target in _lost(spec, row, keys)
    )


def _lost(spec: TableSpec, row: Record, keys: Mapping[str, frozenset[object]]) -> Iterator[tuple[str, str, str]]:
    for attribute in spec.attributes:
        target = attribute.field.references
        if target not in keys:
            continue
        value = getattr(row, attribute.name)
        for one in value if isinstance(value, tuple) else () if value is None else (value,):
            if one not in keys[target]:
                yield attribute.field.field, str(one), target


def _keys(dataset: Dataset) -> dict[str, frozenset[object]]:
    """The keys that rows of each table are referred to by."""
    return {
        table: frozenset(getattr(row, spec.attributes[0].name) for row in getattr(dataset, table)) for table, spec in get_tables().items()
    }


def _say(name: str, table: str, message: str, fix: str) -> Finding:
    return make_finding("SCENARIO-WRONG", file=name, column=table, message=message, fix=fix or _FIX)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.findings: list[Finding] = []

    def read(self, document: Mapping[str, Any], digest: str) -> Scenario:
        for key, form in _HEAD.items():
            if key != "policy" and not isinstance(document.get(key), form):
                self._add(
                    "",
                    f"{key} is missing or of another kind",
                    f"write {key} = {'2026-11-24' if form is date else chr(34) + '...' + chr(34)}",
                )
        for key in document.keys() - _HEAD.keys() - set(ACTIONS):
            self._add("", f"{quote_text(str(key))} is not known", suggest_nearest(str(key), (*_HEAD, *ACTIONS)))
        changes = [change for action, entry in self._entries(document) if (change := self._change(action, entry)) is not None]
        if not changes and not self.findings:
            self._add("", "it changes nothing", "add [[set]], [[add]], [[remove]] or [[scale]]")
        if self.findings:
            raise DataError(self.findings)
        return Scenario(
            name=self.name, title=document["title"], dated_on=document["dated_on"], source=document["source"],
            is_policy=bool(document.get("policy", False)), changes=tuple(changes), digest=digest,
        )  # fmt: skip

    def _add(self, table: str, message: str, fix: str = "") -> None:
        self.findings.append(_say(self.name, table, message, fix))

    def _entries(self, document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for action in ACTIONS:
            entries = document.get(action, [])
            if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
                self._add("", f"{action} is no list of tables", f"write [[{action}]]")
                continue
            yield from ((action, one) for one in entries)

    def _change(self, action: str, entry: Mapping[str, Any]) -> Change | None:
        table = entry.get("table")
        spec = get_tables().get(table) if isinstance(table, str) else None
        if spec is None:
            self._add("", f"{action}: {quote_text(str(table))} is no table", suggest_nearest(str(table), get_tables()))
            return None
        allowed = {"set": ("where", "values"), "add": ("values",), "remove": ("where",), "scale": ("where", "columns", "factor")}[action]
        for key in entry.keys() - set(allowed) - {"table"}:
            self._add(spec.table, f"{action} has no {quote_text(str(key))}", suggest_nearest(str(key), allowed))
        where = tuple(self._cells(spec, entry.get("where", {})))
        if action == "add":
            record = self._record(spec, entry.get("values", {}))
            return None if record is None else Change(action=action, table=spec.table, record=record)
        if action == "scale":
            scaled, factor = self._scaled(spec, entry.get("columns", [])), self._factor(spec, entry.get("factor"))
            return Change(action=action, table=spec.table, where=where, scaled=scaled, factor=factor)
        return Change(action=action, table=spec.table, where=where, values=tuple(self._cells(spec, entry.get("values", {}))))

    def _cells(self, spec: TableSpec, cells: object) -> Iterator[tuple[str, object]]:
        """Attributes and their values; of a range the typical column stands for all three unless its ends are given."""
        if not isinstance(cells, dict):
            self._add(spec.table, "where and values are tables of columns")
            return
        columns = {end.field: attribute for attribute in spec.attributes for end in _columns_of(attribute)}
        for name in cells.keys() - columns.keys():
            self._add(spec.table, f"{quote_text(str(name))} is no column", suggest_nearest(str(name), columns))
        for attribute in spec.attributes:
            given = {end.field: _text(cells[end.field]) for end in _columns_of(attribute) if end.field in cells}
            if given:
                try:
                    yield attribute.name, _value(attribute, given)
                except (CellFault, ValueError) as fault:
                    self._add(spec.table, f"{', '.join(given)}: {fault}")

    def _record(self, spec: TableSpec, cells: object) -> Record | None:
        """One row, read as a row of the table's file would be."""
        if not isinstance(cells, dict):
            self._add(spec.table, "values is a table of columns")
            return None
        found: list[Finding] = []
        parsed = ParsedFeed()
        raw = make_table(spec.table, f"{self.name}{SCENARIO_SUFFIX}", [1, 2], [list(cells), [_text(one) for one in cells.values()]], found)
        rows = parse_table(raw, spec, parsed, found) if raw is not None else []
        self.findings += [row for row in found if row.severity == "error"]
        return None if parsed.broken or not rows else spec.record(**rows[0])

    def _scaled(self, spec: TableSpec, columns: object) -> tuple[str, ...]:
        known = {attribute.field.field: attribute.name for attribute in spec.attributes if attribute.field.type in ("integer", "decimal")}
        names = columns if isinstance(columns, list) else []
        if not names:
            self._add(spec.table, "scale names no columns", 'write columns = ["amount"]')
        for name in names:
            if name not in known:
                self._add(spec.table, f"{quote_text(str(name))} is no column of figures", suggest_nearest(str(name), known))
        return tuple(known[name] for name in names if name in known)

    def _factor(self, spec: TableSpec, value: object) -> Decimal:
        try:
            factor = Decimal(str(value))
        except InvalidOperation:
            factor = Decimal("NaN")
        if isinstance(value, bool) or not factor.is_finite() or factor <= 0:
            self._add(spec.table, f"factor {value!r} is no number above 0", "write factor = 1.1")
            return Decimal(1)
        return factor


def _columns_of(attribute: AttributeSpec) -> tuple[Any, ...]:
    return tuple(end for end in (attribute.low, attribute.field, attribute.high) if end is not None)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(_text(one) for one in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _value(attribute: AttributeSpec, given: Mapping[str, str]) -> object:
    parse = make_parser(attribute.field)
    if attribute.low is None or attribute.high is None:
        text = given[attribute.field.field]
        return parse(text) if text else () if attribute.field.is_list else None
    typical = given.get(attribute.field.field)
    if typical is None:
        raise ValueError("low or high is given, but no typical figure")
    low, high = (parse(given.get(end.field, typical)) for end in (attribute.low, attribute.high))
    return Range(low=low, typical=parse(typical), high=high)
