"""Checks of what a book of shipments can buy together."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.segregation import DANGER_CLASSES
from landbridge.sources.provenance import make_row_finding


def check_block_fill(dataset: Dataset) -> Iterator[Finding]:
    """BLOCK-FILL: a whole train, charter or call is sold only when filled beyond what it holds, so that it could never be bought."""
    for offer in dataset.block_offers:
        if offer.min_fill_teu > offer.capacity_teu:
            message = f"{offer.offer_id} asks for {offer.min_fill_teu} TEU and holds {offer.capacity_teu}"
            yield make_row_finding("BLOCK-FILL", offer, "min_fill_teu", message)


def check_quotas(dataset: Dataset) -> Iterator[Finding]:
    """QUOTA-SUBJECT: a quota is of one place or of one border, and what more costs is in a currency."""
    for row in dataset.quotas:
        if (row.place_id is None) == (row.border_id is None):
            yield make_row_finding(
                "QUOTA-SUBJECT", row, "place_id", f"{row.quota_id} is of {'neither' if row.place_id is None else 'both'}"
            )
        if row.amount is not None and row.currency is None:
            yield make_row_finding("QUOTA-SUBJECT", row, "currency", f"{row.quota_id} has an amount without a currency")


def check_late_prices(dataset: Dataset) -> Iterator[Finding]:
    """LATE-PRICE: a price of days late needs the day from which they count and a currency; a bound on them needs a price."""
    for row in dataset.shipments:
        told = row.late_per_day is not None
        for column, is_wrong, text in (
            ("due_on", told and row.due_on is None, "a price for each day late and no due date"),
            ("currency", told and row.currency is None and row.value is None, "a price for each day late without a currency"),
            ("max_late_days", not told and row.max_late_days is not None, "a bound on days late without a price"),
        ):
            if is_wrong:
                yield make_row_finding("LATE-PRICE", row, column, f"{row.shipment_id} has {text}")


def check_danger_classes(dataset: Dataset) -> Iterator[Finding]:
    """DANGER-CLASS: a class of dangerous goods is one of the United Nations, or a division of class 1."""
    for row in dataset.goods:
        if row.dangerous_class is not None and row.dangerous_class not in (*DANGER_CLASSES, "1.2", "1.5", "1.6"):
            yield make_row_finding("DANGER-CLASS", row, "dangerous_class", f"{row.dangerous_class[:40]!r} is no class of dangerous goods")


def check_empty_moves(dataset: Dataset) -> Iterator[Finding]:
    """EMPTY-MOVE: empty boxes go from one area of hired boxes to another."""
    boxes = {row.reuse_id for row in dataset.reuses if row.kind == "empty_box"}
    for row in dataset.empty_moves:
        for column, area in (("from_reuse_id", row.from_reuse_id), ("to_reuse_id", row.to_reuse_id)):
            if area not in boxes:
                yield make_row_finding("EMPTY-MOVE", row, column, f"{area} is no area of empty boxes")
        if row.from_reuse_id == row.to_reuse_id:
            yield make_row_finding("EMPTY-MOVE", row, "to_reuse_id", f"{row.move_id} leads from {row.from_reuse_id} to itself")


def check_empty_stocks(dataset: Dataset) -> Iterator[Finding]:
    """EMPTY-STOCK: empty boxes stand in an area of hired boxes of their type."""
    areas = {row.reuse_id: row for row in dataset.reuses if row.kind == "empty_box"}
    for row in dataset.empty_stocks:
        area = areas.get(row.reuse_id)
        if area is None:
            yield make_row_finding("EMPTY-STOCK", row, "reuse_id", f"{row.reuse_id} is no area of empty boxes")
        elif area.unit_types and row.unit_type_id not in area.unit_types:
            yield make_row_finding("EMPTY-STOCK", row, "unit_type_id", f"{row.reuse_id} holds no {row.unit_type_id}")
