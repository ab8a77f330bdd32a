"""Ids that one table names and another must have."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Set
from functools import lru_cache

from landbridge.domain.dataset import DatasetInfo
from landbridge.domain.finding import Finding
from landbridge.sources.codes import make_finding
from landbridge.sources.dictionary import AttributeSpec, get_tables
from landbridge.sources.nearest import quote_text, suggest_nearest
from landbridge.sources.package import SHIPPED
from landbridge.sources.parse import Row
from landbridge.sources.provenance import locate_row

MAX_HINTS = 100
"""Unknown ids of one column for which the nearest id is looked up; where there are more, a whole table is missing or wrong."""


def check_references(rows: dict[str, list[Row]], spoiled: Set[str], findings: list[Finding]) -> None:
    """Report every id that the table it refers to does not have, with the nearest that it has.

    References to a table named in ``spoiled`` are not looked at: the file could not be read and has findings of its own.
    """
    ids = {table: _collect_ids(table, rows.get(table, ())) for table in get_tables()}
    for table, table_rows in rows.items():
        for attribute in get_tables()[table].attributes:
            target = attribute.field.references
            if target and target not in spoiled:
                _check_column(table_rows, attribute, ids[target], findings)


def check_gates(info: DatasetInfo, rows: dict[str, list[Row]], file: str, findings: list[Finding]) -> None:
    """Report regimes that the policy of the feed names and that neither it nor the feed ``world`` has, whose law holds beside it."""
    ids = _collect_ids("regimes", rows.get("regimes", ())) | _list_world_regimes()
    for gate in info.gates or ():
        if gate not in ids:
            message = f"gates: regimes, of the feed or of the feed world, has no row {quote_text(gate)}{suggest_nearest(gate, ids)}"
            findings.append(make_finding("REFERENCE-UNKNOWN", file=file, column="gates", message=message))


@lru_cache(maxsize=1)
def _list_world_regimes() -> frozenset[str]:
    """Regimes of the shipped feed ``world``."""
    with (SHIPPED / "world" / "regimes.csv").open(encoding="utf-8", newline="") as lines:
        return frozenset(row["regime_id"] for row in csv.DictReader(lines))


def _collect_ids(table: str, rows: Iterable[Row]) -> set[str]:
    key = get_tables()[table].key[0]
    return {row[key] for row in rows if isinstance(row[key], str)}


def _check_column(rows: list[Row], attribute: AttributeSpec, ids: set[str], findings: list[Finding]) -> None:
    name = attribute.name
    is_list = attribute.field.is_list
    if is_list:
        named = {item for row in rows for item in _list_items(row[name])}
    else:
        named = {row[name] for row in rows if isinstance(row[name], str)}
    unknown = named - ids
    if not unknown:
        return
    hints = {item: suggest_nearest(item, ids) for item in sorted(unknown)[:MAX_HINTS]}
    for row in rows:
        for item in _list_items(row[name]) if is_list else (row[name],):
            if isinstance(item, str) and item in unknown:
                file, line = locate_row(row["row"])
                message = f"{attribute.field.references} has no row {item!r}{hints.get(item, '')}"
                findings.append(make_finding("REFERENCE-UNKNOWN", file=file, row=line, column=attribute.field.field, message=message))


def _list_items(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
