"""The joint plan of a book as sheets of a workbook: real numbers and dates, totals as formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.report.book_report import most_text, saving_text, sum_shared, waterfall
from landbridge.report.book_words import method_name, step_name
from landbridge.report.legend import Legend
from landbridge.report.plan_sheets import Cell, Sheet

Book = Mapping[str, Any]


def book_sheets(book: Book, dataset: Dataset) -> tuple[Sheet, ...]:
    """About, shipments, legs, every item of money with its source, departures, levers, shares, payments, documents, sources."""
    legend = Legend(dataset)
    carried = [one for one in book["shipments"] if one["itinerary"] is not None]
    return (
        _about(book),
        _shipments(book, legend),
        _sheet("Legs", _LEGS, (row for one in carried for row in _legs(one, legend))),
        _sheet("Money", _MONEY, (row for one in carried for row in _items(one, legend)), (3,)),
        _departures(book, legend),
        _saving(book),
        _shares(book, legend),
        _sheet("Payments", ("method", "from", "to", "amount"), _payments(book, legend)),
        _sheet("Documents", ("shipment", "apply by", "document", "from"), (row for one in carried for row in _papers(one))),
        _sheet("Sources", ("id", "grade", "title", "publisher", "date", "address"), _sources(carried, legend)),
    )


_LEGS = ("shipment", "leg", "mode", "service", "from", "to", "leaves (local)", "arrives (local)", "confirmed")
_MONEY = ("shipment", "kind", "item", "cost", "low", "high", "grade", "source", "row")


def _sheet(title: str, columns: tuple[str, ...], rows: Iterator[tuple[Cell, ...]], sums: tuple[int, ...] = ()) -> Sheet:
    found = tuple(rows)
    return Sheet(title=title, columns=columns, rows=found, sums=sums if found else ())


def _about(book: Book) -> Sheet:
    base = book["baselines"]
    rows: tuple[tuple[Cell, ...], ...] = (
        ("feed", book["dataset"]["name"]),
        ("digest of the feed", book["dataset"]["digest"]),
        ("as of", date.fromisoformat(book["as_of"])),
        ("currency", book["currency"]),
        ("each alone", _units(base["alone"]["cents"])),
        ("each alone, proven bound", _units(base["alone"]["bound_cents"])),
        ("all together", _units(base["together"]["cents"])),
        ("all together, proven bound", _units(base["together"]["bound_cents"])),
        ("saving, proven range", saving_text(book)),
        *([("most that any ways could save", most_text(book))] if book.get("all_ways") else []),
        ("gap, percent", round(100 * book["gap"], 4)),
        ("landbridge", book["code_version"]),
        *(("note", str(one)) for one in (*(row["message"] for row in book["findings"]), *book["notes"])),
    )
    return Sheet(title="About", columns=("what", "value"), rows=rows)


def _shipments(book: Book, legend: Legend) -> Sheet:
    columns = ("shipment", "payer", "starts", "arrives", "way", "kg CO2e", "cost", "state")
    return _sheet("Shipments", columns, (_shipment(one, legend) for one in book["shipments"]), (5, 6))


def _shipment(one: Book, legend: Legend) -> tuple[Cell, ...]:
    itinerary = one["itinerary"]
    if itinerary is None:
        return one["shipment_id"], legend.name(one["payer_id"]), None, None, "", None, None, f"not carried: {one.get('reason') or ''}"
    legs = itinerary["legs"]
    way = " > ".join(legend.name(place) for place in (legs[0]["from"], *(leg["to"] for leg in legs)))
    arrives = _local(legend, legs[-1]["to"], one.get("delivered_at") or itinerary["arrives_at"]).date()
    mass = round(itinerary["emission_g_co2e"] / 1000)
    starts = date.fromisoformat(one["starts_on"])
    return one["shipment_id"], legend.name(one["payer_id"]), starts, arrives, way, mass, _units(one["cost_cents"]), "carried"


def _legs(one: Book, legend: Legend) -> Iterator[tuple[Cell, ...]]:
    for number, leg in enumerate(one["itinerary"]["legs"], start=1):
        yield (
            one["shipment_id"], number, leg["mode"], legend.name(leg["service_id"]), legend.name(leg["from"]), legend.name(leg["to"]),
            _local(legend, leg["from"], leg["departs_at"]), _local(legend, leg["to"], leg["arrives_at"]),
            "yes" if leg["is_confirmed"] else "no",
        )  # fmt: skip


def _items(one: Book, legend: Legend) -> Iterator[tuple[Cell, ...]]:
    for item in one["itinerary"]["items"]:
        low, high = item.get("cost_low_cents", item["cost_cents"]), item.get("cost_high_cents", item["cost_cents"])
        source = legend.find_source(item["source_id"])
        yield (
            one["shipment_id"], item["kind"], legend.reworded(item["name"]), _units(item["cost_cents"]), _units(low), _units(high),
            item["grade"], source.title if source else item["source_id"], item.get("row", ""),
        )  # fmt: skip


def _departures(book: Book, legend: Legend) -> Sheet:
    columns = ("leaves", "departure", "from", "to", "TEU used", "TEU of room", "fill, percent", "cost")
    rows: list[tuple[Cell, ...]] = [
        (
            date.fromisoformat(one["leaves_on"]), legend.name(one["name"]), legend.name(one["from"]), legend.name(one["to"]),
            one["used_teu"],
            one["capacity_teu"], round(100 * one["fill"], 1), _units(one["cost_cents"]),
        )
        for one in book["departures"]
    ]  # fmt: skip
    rows += [(None, name, what, "", None, None, None, _units(cents)) for (name, what), cents in sum_shared(book).items()]
    return _sheet("Departures", columns, iter(rows), (7,))


def _saving(book: Book) -> Sheet:
    """From each alone to all together: the last row is the sum of those above it, and by itself what the plan costs together."""
    steps = waterfall(book)[:-1]
    rows = tuple((step_name(name), _units(cents)) for name, cents in steps)
    return Sheet(title="Saving", columns=("step", "amount"), rows=rows, sums=(1,), sum_name=step_name("all_together"))


def _shares(book: Book, legend: Legend) -> Sheet:
    methods = list(book["shares"])
    rows: Iterator[tuple[Cell, ...]] = (
        (legend.name(payer), _units(one["cents"]), *(_units(book["shares"][method].get(payer, 0)) for method in methods))
        for payer, one in book["alone_by_payer"].items()
    )
    return _sheet("Shares", ("payer", "alone", *map(method_name, methods)), rows, tuple(range(1, len(methods) + 2)))


def _payments(book: Book, legend: Legend) -> Iterator[tuple[Cell, ...]]:
    for method, payments in book["settlements"].items():
        for one in payments:
            yield method_name(method), legend.name(one["from"]), legend.name(one["to"]), _units(one["cents"])


def _papers(one: Book) -> Iterator[tuple[Cell, ...]]:
    for row in one["itinerary"]["documents"]:
        yield one["shipment_id"], date.fromisoformat(row["apply_by"]), row["name"], row["issuer"]


def _sources(carried: list[Book], legend: Legend) -> Iterator[tuple[Cell, ...]]:
    for source_id in dict.fromkeys(item["source_id"] for one in carried for item in one["itinerary"]["items"]):
        source = legend.find_source(source_id)
        if source is not None:
            yield source_id, source.grade, source.title, source.publisher, source.published_on, source.address or ""


def _local(legend: Legend, place_id: str, at: str) -> datetime:
    return legend.local(place_id, datetime.fromisoformat(at)).replace(tzinfo=None)


def _units(cents: int) -> Decimal:
    return Decimal(cents) / 100
