"""What the document of a joint plan has to hold before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.report.book_document import BOOK_FORMAT

__all__ = ["BOOK_FORMAT", "check_book"]

_PROVEN = {"cents": int, "bound_cents": int}
_SHAPE: Mapping[str, Any] = {
    "dataset": {"name": str, "digest": str},
    "as_of": date,
    "currency": str,
    "gap": float,
    "baselines": {"alone": _PROVEN, "together": _PROVEN},
    "alone_by_payer": {"*": _PROVEN},
    "saving": {"of_alone": dict},
    "levers": [{"lever": str, "contribution_cents": int, "low_cents": int, "high_cents": int, "distinguishable": bool}],
    "shares": {"*": {"*": int}},
    "in_core": {"*": bool},
    "settlements": {"*": [{"from": str, "to": str, "cents": int}]},
    "departures": [
        {"name": str, "leaves_on": date, "from": str, "to": str, "used_teu": float, "capacity_teu": float, "fill": float, "cost_cents": int}
    ],
    "rebates": [{"name": str, "cost_cents": int}],
    "shipments": [{"shipment_id": str, "payer_id": str}],
    "findings": [{"message": str}],
    "notes": [str],
    "code_version": str,
}
_SHIPMENT: Mapping[str, Any] = {
    "starts_on": date,
    "cost_cents": int,
    "itinerary": {
        "departs_at": str, "arrives_at": str, "emission_g_co2e": int,
        "legs": [{"mode": str, "service_id": str, "from": str, "to": str, "departs_at": str, "arrives_at": str, "is_confirmed": bool}],
        "exposures": [{"regime": str, "text": str}],
        "items": [{"kind": str, "name": str, "cost_cents": int, "grade": str, "source_id": str}],
        "documents": [{"name": str, "issuer": str, "apply_by": date}],
    },
}  # fmt: skip


_ALL_WAYS: Mapping[str, Any] = {"most_saved": float}
"""If it is there: a document of an earlier version, or a run without time for it, has none."""


def check_book(document: Mapping[str, Any], file: str) -> None:
    """Raise ``DataError`` with everything that a document of a joint plan lacks or has of another kind."""
    found = list(_look(document, _SHAPE, ""))
    if not found and document.get("all_ways") is not None:
        found += _look(document["all_ways"], _ALL_WAYS, "all_ways")
    if not found:
        for number, one in enumerate(document["shipments"]):
            if one.get("itinerary") is not None:
                found += _look(one, _SHIPMENT, f"shipments.{number}")
    if found:
        fix = "give book.json as landbridge book --out or --json of this version writes it"
        raise DataError([Finding(code="BOOK-DOCUMENT", file=file, column=where[:200], message=text, fix=fix) for where, text in found])


def _look(value: Any, shape: Any, where: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # any value of JSON
    if isinstance(shape, Mapping):
        yield from _look_inside(value, shape, where)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield where, f"{where} is no list"
        else:
            for number, one in enumerate(value):
                yield from _look(one, shape[0], f"{where}.{number}")
    elif not _is(value, shape):
        yield where, f"{where} is no {shape.__name__}"


def _look_inside(value: Any, shape: Mapping[str, Any], where: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # any value of JSON
    if not isinstance(value, Mapping):
        yield where, f"{where or 'the document'} is no object"
        return
    names = value.keys() if "*" in shape else shape.keys()
    for name in names:
        path = f"{where}.{name}".lstrip(".")
        if name not in value:
            yield path, f"{path} is missing"
        else:
            yield from _look(value[name], shape.get("*", shape.get(name)), path)


def _is(value: Any, kind: type) -> bool:  # noqa: ANN401  # any value of JSON
    if kind is date:
        try:
            return isinstance(value, str) and bool(date.fromisoformat(value))
        except ValueError:
            return False
    if kind in (int, float):
        return isinstance(value, (int, float) if kind is float else int) and not isinstance(value, bool)
    return isinstance(value, kind)
