"""A feed with one thing changed, for the question what it would take. Measures of class sanction, designations and parties stay.

Pure ``Dataset -> Dataset``. Whatever is asked for, :func:`keep_sanctions` holds the result to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import LandbridgeError
from landbridge.domain.haulage import HaulageRate
from landbridge.domain.record import Range
from landbridge.domain.rule import list_guarded

PRICES: tuple[tuple[str, str, str], ...] = (
    ("tariffs", "tariff_id", "amount"),
    ("haulage_rates", "rate_id", "per_km"),
    ("haulage", "haulage_id", "fixed"),
    ("through_rates", "through_id", "amount"),
    ("surcharges", "surcharge_id", "amount"),
    ("handling", "handling_id", "amount"),
    ("storage", "storage_id", "per_day"),
    ("detention", "detention_id", "per_day"),
    ("returns", "return_id", "amount"),
    ("crossings", "crossing_id", "fee"),
    ("documents", "document_id", "amount"),
)
"""Tables with prices, the field that names a row, and the price. Fees of rules are law and not among them."""
_SCALE = Decimal(100)


def keep_sanctions(before: Dataset, after: Dataset) -> Dataset:
    """Give ``after`` if it differs from ``before`` in no rule of class sanction, no designation, no party and no ownership.

    Raises
    ------
    LandbridgeError
        If it does: a defect of the program.
    """
    same = _sanctions(before) == _sanctions(after)
    same = same and all(getattr(before, name) == getattr(after, name) for name in ("watchlist", "ownership", "parties", "regimes"))
    if not same or before.info.gates != after.info.gates:
        raise LandbridgeError("a measure of class sanction was to be varied; please report this question")
    return after


def _sanctions(dataset: Dataset) -> tuple[Any, ...]:
    guarded = list_guarded(dataset.rules)
    return tuple(row for row in dataset.rules if row.rule_id in guarded)


def find_price(dataset: Dataset, row_id: str) -> tuple[str, str, str] | None:
    """Table, key and price field of a row that has a price which may be varied; None if there is none."""
    return next(
        (
            entry
            for entry in PRICES
            for row in getattr(dataset, entry[0])
            if getattr(row, entry[1]) == row_id and getattr(row, entry[2]) is not None
        ),
        None,
    )


def lower_price(dataset: Dataset, row_id: str, percent: Decimal) -> Dataset:
    """A feed in which one row asks for so many percent less; a least amount of a tariff goes with it."""
    entry = find_price(dataset, row_id)
    if entry is None:
        return dataset
    table, key, price = entry
    share = 1 - percent / _SCALE

    def lowered(row: Any) -> Any:  # noqa: ANN401  # any record with a price
        change = {price: _scaled(getattr(row, price), share)}
        if table == "tariffs" and row.minimum is not None:
            change["minimum"] = row.minimum * share
        return replace(row, **change)

    return _changed(dataset, table, lambda row: getattr(row, key) == row_id and getattr(row, price) is not None, lowered)


def lower_wait(dataset: Dataset, border_id: str, minutes: int) -> Dataset:
    """A feed in which every crossing of a border takes so many minutes less, at the least none."""

    def lowered(row: Any) -> Any:  # noqa: ANN401
        wait = row.wait_min
        return replace(
            row, wait_min=Range(low=_less(wait.low, minutes), typical=_less(wait.typical, minutes), high=_less(wait.high, minutes))
        )

    return _changed(dataset, "crossings", lambda row: row.border_id == border_id, lowered)


def shorten_service(dataset: Dataset, service_id: str, percent: Decimal) -> Dataset:
    """A feed in which a service takes so many percent less from its first stop to each later one."""
    share = 1 - percent / _SCALE

    def shortened(row: Any) -> Any:  # noqa: ANN401
        arrive = row.arrive_min
        return replace(
            row,
            arrive_min=Range(low=int(arrive.low * share), typical=int(arrive.typical * share), high=int(arrive.high * share)),
            depart_min=int(row.depart_min * share),
        )

    return _changed(dataset, "stops", lambda row: row.service_id == service_id, shortened)


def speed_up(dataset: Dataset, haulage_id: str, percent: Decimal) -> Dataset:
    """A feed in which the vehicles of an offer drive so many percent faster wherever the rate says how fast."""

    def faster(row: HaulageRate) -> HaulageRate:
        return replace(row, speed_m_per_h=int(row.speed_m_per_h * (1 + percent / _SCALE)))

    return _changed(dataset, "haulage_rates", lambda row: row.haulage_id == haulage_id, faster)


def without_rule(dataset: Dataset, rule_id: str) -> Dataset:
    """A feed without one rule; a rule of class sanction stays, and what lifts one."""
    guarded = list_guarded(dataset.rules)
    return replace(dataset, rules=tuple(row for row in dataset.rules if row.rule_id != rule_id or row.rule_id in guarded))


def with_permit(dataset: Dataset, document_id: str) -> Dataset:
    """A feed in which a document can be had, by anybody and in any number."""
    return _changed(
        dataset,
        "documents",
        lambda row: row.document_id == document_id,
        lambda row: replace(row, quota_left=None, valid_from=None, valid_to=None),
    )


def without_event(dataset: Dataset, event_id: str) -> Dataset:
    """A feed without one event."""
    return replace(dataset, events=tuple(row for row in dataset.events if row.event_id != event_id))


def with_service(dataset: Dataset, subject_id: str, on: date) -> Dataset:
    """A feed in which a service or an offer of haulage is known to run."""
    return _changed(
        dataset,
        "statuses",
        lambda row: subject_id in (row.service_id, row.haulage_id),
        lambda row: replace(row, status="operating", evidence_on=on),
    )


def _changed(dataset: Dataset, table: str, is_meant: Callable[[Any], bool], change: Callable[[Any], Any]) -> Dataset:
    rows: Iterable[Any] = getattr(dataset, table)
    changed: dict[str, Any] = {table: tuple(change(row) if is_meant(row) else row for row in rows)}
    return replace(dataset, **changed)


def _scaled(price: Range[Decimal], share: Decimal) -> Range[Decimal]:
    return Range(low=price.low * share, typical=price.typical * share, high=price.high * share)


def _less(value: int, minutes: int) -> int:
    return max(0, value - minutes)
