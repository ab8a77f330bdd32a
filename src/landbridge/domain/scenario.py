"""A scenario: a dated, declared change of a dataset. Sanctions are never varied."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.domain.record import Range, Record
from landbridge.domain.rule import SANCTION, Rule, list_lifting

GUARDED_TABLES = frozenset({"watchlist", "ownership", "terminals", "regimes", "parties"})
"""Tables that say who is designated, who takes part and whose law it is: a scenario may add rows to the first three, and varies none."""
_ADDABLE = frozenset({"watchlist", "ownership", "terminals"})
_IDENTITY = frozenset(
    {"operator_id", "terminal_id", "flag", "registration", "shipper_id", "consignee_id", "hs", "country", "countries", "origin_countries"}
)
"""Who carries, ships or receives what, and of which country: a scenario may add a service, it does not rename one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one table.

    ``action``: ``set`` gives the rows that fit ``where`` the ``values``; ``add`` adds ``record``; ``remove`` takes out the rows that fit;
    ``scale`` multiplies the figures named by ``scaled`` by ``factor``. ``where`` without an entry fits every row.
    """

    action: str
    table: str
    where: tuple[tuple[str, object], ...] = ()
    values: tuple[tuple[str, object], ...] = ()
    record: Record | None = None
    scaled: tuple[str, ...] = ()
    factor: Decimal = Decimal(1)

    def fits(self, record: Record) -> bool:
        """Whether the change is about this row."""
        return all(getattr(record, name) == value for name, value in self.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A named set of changes, in their order.

    ``is_policy`` marks what states decide and companies cannot. ``digest`` is the SHA-256 of the scenario's file.
    """

    name: str
    title: str
    dated_on: date
    source: str
    is_policy: bool = False
    changes: tuple[Change, ...] = ()
    digest: str = ""


def apply_scenario(dataset: Dataset, scenario: Scenario) -> Dataset:
    """The dataset as it would be; the one that is given stays as it is.

    Raises
    ------
    DataError
        With everything that forbids the scenario: a change that would vary a measure of class ``sanction``, a designation, an owner, a
        party or a regime, or one that is about no row.
    """
    findings: list[Finding] = []
    changed = dataset
    for change in scenario.changes:
        rows: tuple[Record, ...] = getattr(changed, change.table)
        touched = [row for row in rows if change.action != "add" and change.fits(row)]
        findings += _faults(changed, scenario, change, touched)
        if not findings:
            table: dict[str, Any] = {change.table: tuple(_apply(rows, change))}
            changed = replace(changed, **table)
    if findings:
        raise DataError(findings)
    digest = hashlib.sha256(f"{dataset.digest}:{scenario.digest}".encode()).hexdigest()
    return replace(changed, digest=digest)


def _faults(dataset: Dataset, scenario: Scenario, change: Change, touched: list[Record]) -> Iterator[Finding]:
    def say(message: str, fix: str) -> Finding:
        return Finding(code="SCENARIO-WRONG", file=scenario.name, column=change.table, message=message, fix=fix)

    if change.action != "add" and not touched:
        yield say(f"{change.action} is about no row of {change.table}", "look at its where")
    if change.table in GUARDED_TABLES and not (change.action == "add" and change.table in _ADDABLE):
        yield say(f"a scenario does not vary {change.table}", "designations, owners, parties and regimes stay as the feed states them")
    for name in sorted({name for name, _ in change.values} & _IDENTITY):
        yield say(f"a scenario does not vary {name}", "add a row of its own if somebody else would do it")
    if change.table == "rules":
        yield from (
            say(text, "sanctions are never varied; change the feed and cite the official amendment") for text in _varies(dataset, change)
        )


def _varies(dataset: Dataset, change: Change) -> Iterator[str]:
    """What a change of rules would do to measures of class sanction."""
    lifting = list_lifting(dataset.rules)
    rows = [change.record] if change.record is not None else [row for row in dataset.rules if change.fits(row)]
    for row in rows:
        if not isinstance(row, Rule):
            continue
        if row.rule_class == SANCTION and change.action != "add":
            yield f"{row.rule_id} is a measure of class sanction"
        if row.rule_id in lifting:
            yield f"{row.rule_id} lifts a measure of class sanction"
    if any(name in ("rule_class", "rule_id") for name, _ in change.values):
        yield "a scenario does not change what a rule is"


def _apply(rows: tuple[Record, ...], change: Change) -> Iterator[Record]:
    if change.action == "add":
        yield from rows
        if change.record is not None:
            yield change.record
        return
    for row in rows:
        if not change.fits(row):
            yield row
        elif change.action == "set":
            values: dict[str, Any] = dict(change.values)
            yield replace(row, **values)
        elif change.action == "scale":
            yield replace(row, **{name: _scale(getattr(row, name), change.factor) for name in change.scaled})


def _scale(value: Any, factor: Decimal) -> Any:  # noqa: ANN401  # figures of any kind
    if isinstance(value, Range):
        ends = [_scale(getattr(value, end.name), factor) for end in fields(value)]
        return Range(low=ends[0], typical=ends[1], high=ends[2])
    if isinstance(value, int):
        return int((value * factor).quantize(Decimal(1), ROUND_HALF_UP))
    return None if value is None else value * factor
