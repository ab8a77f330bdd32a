"""Tables of text to typed rows, column by column: each distinct text of a column is parsed once, then only looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from landbridge.domain.finding import Finding
from landbridge.domain.record import Range
from landbridge.sources.cell import CellFault, Parser, make_parser
from landbridge.sources.codes import make_finding
from landbridge.sources.dictionary import AttributeSpec, FieldSpec, TableSpec, find_default, get_tables
from landbridge.sources.raw import RawFeed, RawTable

Row = dict[str, Any]
"""One row by attribute of its domain class, not yet built: rows of several feeds are laid over each other first."""

_Ends = tuple[str, str, str]
_MONEY_UNITS = ("", "USD/t")


@dataclass(frozen=True, slots=True, kw_only=True)
class BareFigure:
    """A figure that stands without low and high; wrong if its source has grade D."""

    row: Row
    table: str
    column: str
    is_priced: bool


@dataclass(slots=True)
class ParsedFeed:
    """Typed rows of one feed by table; ``broken`` names the rows (``feed/table.csv:line``) that cannot be built."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    bare: list[BareFigure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Column:
    """One attribute of a table, ready to read: its parser, and what an empty cell means."""

    attribute: AttributeSpec
    parse: Parser
    empty: object


def parse_feed(raw: RawFeed, findings: list[Finding]) -> ParsedFeed:
    """Parse every known table of a feed; what cannot be read is added to ``findings``, with file, row and column."""
    parsed = ParsedFeed()
    for table, raw_table in raw.tables.items():
        spec = get_tables().get(table)
        if spec is not None:
            parsed.rows[table] = parse_table(raw_table, spec, parsed, findings)
    return parsed


def parse_table(raw: RawTable, spec: TableSpec, parsed: ParsedFeed, findings: list[Finding]) -> list[Row]:
    """Parse one table; rows that cannot be built are named in ``parsed.broken``, figures without range go to ``parsed.bare``."""
    if not raw.rows:
        return []
    reader = _TableReader(raw, spec, parsed, findings)
    values: dict[str, Sequence[object]] = {"row": [f"{raw.file}:{line}" for line in raw.lines]}
    bare: list[tuple[_Column, list[int]]] = []
    for column in _compile_columns(spec.table):
        name = column.attribute.name
        if column.attribute.is_range:
            values[name], positions = reader.read_range(column)
            bare.append((column, positions))
        else:
            values[name] = reader.read_plain(column)
    rows = [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]
    for column, positions in bare:
        parsed.bare.extend(_make_bare(rows[position], column) for position in positions)
    _check_keys(raw, spec, rows, parsed, findings)
    return rows


@dataclass(frozen=True, slots=True)
class _TableReader:
    raw: RawTable
    spec: TableSpec
    parsed: ParsedFeed
    findings: list[Finding]

    def read_plain(self, column: _Column) -> list[object]:
        cells = self._list_cells(column.attribute.field)
        memo = {text: _parse_cell(column, text) for text in set(cells)}
        self._report_faults(column.attribute.field.field, cells, memo)
        return [memo[text] for text in cells]

    def read_range(self, column: _Column) -> tuple[list[object], list[int]]:
        """Values of a range, and the positions of figures that stand without low or high."""
        attribute = column.attribute
        ends = [self._list_cells(end) for end in (attribute.low, attribute.field, attribute.high) if end is not None]
        cells: list[_Ends] = [(low, typical, high) for low, typical, high in zip(*ends, strict=True)]
        memo = {texts: _parse_range(column, texts) for texts in set(cells)}
        self._report_faults(attribute.field.field, cells, memo)
        bare = {texts for texts in memo if texts[1] and not (texts[0] and texts[2])}
        positions = [position for position, texts in enumerate(cells) if texts in bare] if bare else []
        return [memo[texts] for texts in cells], positions

    def _list_cells(self, field_spec: FieldSpec) -> Sequence[str]:
        if field_spec.field not in self.raw.columns:
            return ("",) * len(self.raw.rows)
        position = self.raw.columns.index(field_spec.field)
        return [row[position] for row in self.raw.rows]

    def _report_faults(self, name: str, cells: Sequence[Any], memo: dict[Any, Any]) -> None:
        if not any(isinstance(value, CellFault) for value in memo.values()):
            return
        is_absent = name not in self.raw.columns and not isinstance(cells[0], tuple)
        for line, text in zip(self.raw.lines, cells, strict=True):
            fault = memo[text]
            if not isinstance(fault, CellFault):
                continue
            self.parsed.broken.add(f"{self.raw.file}:{line}")
            if not is_absent:  # a column that is missing altogether is one finding, not one a row
                self.findings.append(
                    make_finding(fault.code, file=self.raw.file, row=line, column=name, message=fault.message, fix=fault.fix)
                )


@cache
def _compile_columns(table: str) -> tuple[_Column, ...]:
    return tuple(_compile_column(get_tables()[table], attribute) for attribute in get_tables()[table].attributes)


def _compile_column(spec: TableSpec, attribute: AttributeSpec) -> _Column:
    parse = make_parser(attribute.field)
    if attribute.field.default:
        return _Column(attribute, parse, parse(attribute.field.default))
    if attribute.field.is_list:
        return _Column(attribute, parse, ())
    return _Column(attribute, parse, find_default(spec.record, attribute.name))


def _parse_cell(column: _Column, text: str) -> object:
    """Value of a cell, or the fault itself."""
    if not text:
        name = column.attribute.field.field
        return CellFault("CELL-EMPTY", f"{name} is empty") if column.attribute.field.is_required else column.empty
    try:
        value: object = column.parse(text)
    except CellFault as fault:
        return fault
    if value == () and column.attribute.field.is_required:
        return CellFault("CELL-EMPTY", f"{column.attribute.field.field} names nothing")
    return value


def _parse_range(column: _Column, texts: _Ends) -> object:
    """Range of three cells, or the fault itself; a missing end equals the typical figure."""
    typical = _parse_cell(column, texts[1])
    low, high = (_parse_cell(column, text) if text else typical for text in (texts[0], texts[2]))
    faults = tuple(dict.fromkeys(one for one in (low, typical, high) if isinstance(one, CellFault)))
    if faults:
        return faults[0] if len(faults) == 1 else _join_faults(faults)
    if not texts[1]:
        if texts[0] or texts[2]:
            return CellFault("RANGE-WITHOUT-TYPICAL", "low or high is given, but no typical figure")
        return None
    if not low <= typical <= high:  # type: ignore[operator]
        shown = ", ".join(text or "-" for text in texts)
        return CellFault("RANGE-ORDER", f"low, typical and high are {shown}: they must not fall")
    return Range(low=low, typical=typical, high=high)  # type: ignore[type-var]


def _join_faults(faults: tuple[CellFault, ...]) -> CellFault:
    """All that is wrong with low, typical and high: one finding, since they are one figure."""
    return CellFault(faults[0].code, "; ".join(dict.fromkeys(fault.message for fault in faults)), faults[0].fix)


def _make_bare(row: Row, column: _Column) -> BareFigure:
    """Money, percent, factors and delays must have a range under grade D; times, masses and emissions should."""
    field_spec = column.attribute.field
    is_priced = field_spec.unit in _MONEY_UNITS or (field_spec.table, field_spec.field) == ("events", "delay_h")
    return BareFigure(row=row, table=field_spec.table, column=field_spec.field, is_priced=is_priced)


def _check_keys(raw: RawTable, spec: TableSpec, rows: list[Row], parsed: ParsedFeed, findings: list[Finding]) -> None:
    seen: dict[Any, int] = {}
    for line, row in zip(raw.lines, rows, strict=True):
        key = row[spec.key[0]] if len(spec.key) == 1 else tuple([row[name] for name in spec.key])
        if key in seen and row["row"] not in parsed.broken:
            parsed.broken.add(row["row"])
            shown = ", ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
            message = f"the key {shown} ({', '.join(spec.key)}) stands in row {seen[key]} already"
            findings.append(make_finding("KEY-DUPLICATE", file=raw.file, row=line, column=spec.key[0], message=message))
        seen.setdefault(key, line)
