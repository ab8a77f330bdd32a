"""Files of a feed that extends another by shipments made from yearly flows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields

from landbridge.domain.flow_book import FlowBook
from landbridge.domain.shipment import Shipment
from landbridge.sources.csv_text import render_csv
from landbridge.sources.manifest import FILE as PACKAGE_FILE
from landbridge.sources.manifest import render_manifest

SOURCE_ID = "flow-book"
_SOURCE = ("source_id", "title", "publisher", "grade", "note")
_PARTY = ("party_id", "name", "kind", "country", "source_id", "note")


def list_flow_files(name: str, base: str, books: Sequence[FlowBook], companies: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    """Files by name: sources, parties if there are new ones, shipments.

    Parameters
    ----------
    name, base
        Name of the feed, and of the feed that it extends, as seen from it.
    books
        The shipments.
    companies
        Id and country of companies that stand for those that are not known.
    """
    told = "; ".join(
        f"{book.exporter} - {book.importer} {book.from_on.year}, {book.point}: {book.value_cents // 100:,}, of it known shipments "
        f"{book.known_cents // 100:,}, months {'as recorded' if book.is_seasonal else 'alike (assumed)'}"
        for book in books
    )
    note = f"Flows of landbridge trade, spread as the base feed's own shipments are. {told}. Not contracts of anybody."
    columns: dict[str, tuple[str, ...]] = {
        "sources": _SOURCE,
        "shipments": tuple(one.name for one in fields(Shipment) if one.name != "row"),
    }
    rows: dict[str, list[tuple[str, ...]]] = {
        "sources": [(SOURCE_ID, "Shipments made from yearly flows of trade", "landbridge", "D", note)],
        "shipments": [_cells(row, columns["shipments"]) for book in books for row in book.shipments],
    }
    if companies:
        columns["parties"] = _PARTY
        told = "stands for companies that are not known"
        rows["parties"] = [(one, f"Company {one}", "company", country, SOURCE_ID, told) for one, country in companies]
    slug = re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-._")[:80] or "flow-book"
    manifest = {"name": slug, "title": "Shipments for the whole trade, made from yearly flows", "landbridge": {"extends": base}}
    files = {f"{table}.csv": render_csv(columns[table], range(2, len(cells) + 2), cells) for table, cells in rows.items()}
    return {PACKAGE_FILE: render_manifest(manifest, columns), **files}


def _cells(row: Shipment, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple("" if (value := getattr(row, name)) is None else str(value) for name in columns)
