"""The JSON Schema of the plan document, made from the same fields as the document. ``plan.schema.json`` is its text, committed."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Hashable, Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from landbridge.report.document_form import (
    CHOICES,
    DATE_PATTERN,
    DECIMAL_PATTERN,
    LARGEST_INTEGER,
    MINIMA,
    OMITTED_IF_NONE,
    TIME_PATTERN,
    keys_of,
)
from landbridge.report.plan_document import PlanDocument

Schema = dict[str, Any]

_SCALARS: Mapping[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer", "minimum": -LARGEST_INTEGER, "maximum": LARGEST_INTEGER},
    bool: {"type": "boolean"},
    float: {"type": "number", "minimum": -360, "maximum": 360},
    Decimal: {"$ref": "#/$defs/decimal"},
    date: {"$ref": "#/$defs/date"},
    datetime: {"$ref": "#/$defs/time"},
}
_SHARED: Mapping[str, Schema] = {
    "point": {
        "description": "lon, lat in degrees.",
        "type": "array",
        "items": {"type": "number", "minimum": -360, "maximum": 360},
        "minItems": 2,
        "maxItems": 2,
    },
    "decimal": {"description": "A decimal number as text.", "type": "string", "pattern": f"^{DECIMAL_PATTERN}$"},
    "date": {"description": "ISO 8601.", "type": "string", "format": "date", "pattern": f"^{DATE_PATTERN}$"},
    "time": {
        "description": "RFC 3339 in UTC with Z, whole seconds.",
        "type": "string",
        "format": "date-time",
        "pattern": f"^{TIME_PATTERN}$",
    },
}
_MORE: Mapping[tuple[str, str], Schema] = {
    ("Itinerary", "legs"): {"minItems": 1},
    ("Rejected", ""): {"oneOf": [{"required": [key]} for key in ("rule_id", "event_id", "permit_id", "status")]},
}
_WORDS: Mapping[str, str] = {
    "PlanDocument": "The answer to one question: plans, what was compared, what is rejected, and where each figure comes from.",
    "PlanDocument.itineraries": "All plans that no other beats in cost, arrival and CO2e together.",
    "PlanDocument.compared": "The best way through each other gateway, and why it lost.",
    "PlanDocument.rejected": "What stands in the way elsewhere, and since when.",
    "PlanDocument.matrix": "Ways by regime: free, exposed or blocked; unnamed: nobody is named for some leg, so nobody was screened there.",
    "PlanDocument.sources": "Sources that the answer cites.",
    "PlanDocument.places": "Places that the answer mentions, by id: UN/LOCODEs where one exists.",
    "PlanDocument.capital_percent": "Yearly cost of the capital that lies in the goods, percent; for the balanced plan.",
    "PlanDocument.is_complete": "False if the search hit its bound.",
    "PlanDocument.risk": "With --by: all plans simulated, and the one chosen; numbers from 1.",
    "AttitudeRow.worst_percent": "Share of worst runs whose mean counts; 100: all runs.",
    "AttitudeRow.day_cents": "Price of a day until arrival.",
    "RiskRow.cvar95_cost_cents": "Mean cost of the dearest twentieth of the runs.",
    "Query": "One shipment from door to door, and everything that varies with it.",
    "Query.mass_kg": "Cargo mass of all units together; null if not told.",
    "Query.value": "Value of the goods in the settlement currency; null if not told.",
    "Query.ready_on": "The goods are ready at 00:00 local time of this day.",
    "Query.due_on": "24:00 local time of this day at the destination; null if open.",
    "Query.as_of": "The day on which the question is asked.",
    "Itinerary": "One way from door to door. The items sum to cost_cents exactly.",
    "Itinerary.cost_low_cents": "Sum of the low ends of the items: an envelope, not a probability.",
    "Itinerary.duration_min": "Minutes from ready to delivered.",
    "Itinerary.emission_g_co2e": "Grams, well to wake.",
    "Itinerary.labels": "cheapest, fastest, cleanest, balanced.",
    "Itinerary.duties": "Duties and taxes; among the items only for a landed cost.",
    "Itinerary.delivery": "What happens after the last leg.",
    "Leg": "A scheduled service from stop to stop, or one run of a haulage offer.",
    "Leg.ready_at": "When the goods came to rest at the place before this leg.",
    "Leg.calls": "Places touched, both ends included.",
    "Leg.path": "The way as drawn.",
    "Leg.stages": "From ready_at to arrives_at without a gap.",
    "Stage.kind": "handling, notice, wait, border, drive, rest, sail, ride or call.",
    "Item": "One amount of money, with the row that it comes from.",
    "Item.amount": "What the row says for one of the basis, in its currency.",
    "Item.rate": "Units of that currency for one of the settlement currency.",
    "Item.quantity": "How many of the basis.",
    "Item.row": "Where the row stands: feed/table.csv:line.",
    "Item.leg": "Number of the leg, from 0; null: the shipment as a whole.",
    "Item.grade": "A official, B trade press, C single mention, D assumption.",
    "DocumentNeed": "A document or permit that is needed, for which legs, and by when to apply for it.",
    "Exposure": "A measure that touches an itinerary without blocking it under the policy in force.",
    "Compared": "The best way through one gateway, or by one service without evidence that passes none, and why it is not among the plans.",
    "Compared.dominated_by": "Index of the itinerary that beats it, from 0; null if none does.",
    "Rejected": "Something that a way would need, and the one thing that forbids it.",
    "Rejected.gateway": "Id of the way that it closes.",
    "DatasetStamp.digest": "SHA-256 of the feed's content.",
    "MentionedPlace.zone": "IANA time zone.",
}


def plan_schema() -> Schema:
    """The schema as values that JSON knows; JSON Schema 2020-12."""
    defs: dict[str, Schema] = {}
    _add_record(PlanDocument, defs)
    top = defs.pop("PlanDocument")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:landbridge:plan", "title": "landbridge plan"}
    return {**head, **top, "$defs": {**dict(sorted(defs.items())), **_SHARED}}


def schema_text() -> str:
    """The text of ``plan.schema.json``."""
    return json.dumps(plan_schema(), indent=2) + "\n"


def _add_record(record_type: type, defs: dict[str, Schema]) -> None:
    owner = record_type.__name__
    if owner in defs:
        return
    defs[owner] = {}
    hints = typing.get_type_hints(record_type)
    keys = keys_of(record_type)
    optional = {key for name, key in keys.items() if (owner, name) in OMITTED_IF_NONE}
    defs[owner] = {
        **({"description": _WORDS[owner]} if owner in _WORDS else {}),
        "type": "object",
        "properties": {key: _property(owner, name, key, hints[name], defs) for name, key in keys.items()},
        "required": [key for key in keys.values() if key not in optional],
        "additionalProperties": False,
        **_MORE.get((owner, ""), {}),
    }


def _property(owner: str, name: str, key: str, form: Hashable, defs: dict[str, Schema]) -> Schema:
    found = _schema_of(_without_none(form) if (owner, name) in OMITTED_IF_NONE else form, defs)
    if (owner, name) in CHOICES:
        found = {**found, "enum": list(CHOICES[owner, name])}
    if (owner, name) in MINIMA:
        found = {**found, "minimum": MINIMA[owner, name]}
    found = {**found, **_MORE.get((owner, name), {})}
    words = _WORDS.get(f"{owner}.{key}")
    return {**found, "description": words} if words else found


def _schema_of(form: Hashable, defs: dict[str, Schema]) -> Schema:
    origin, arguments = typing.get_origin(form), typing.get_args(form)
    if isinstance(form, typing.NewType):
        return _schema_of(form.__supertype__, defs)
    if origin in (types.UnionType, typing.Union):
        return _or_null(_schema_of(_without_none(form), defs))
    if origin is typing.Literal:
        return {"type": "string", "enum": list(arguments)}
    if origin is tuple:
        items = {"$ref": "#/$defs/point"} if arguments == (float, float) else _schema_of(arguments[0], defs)
        return items if arguments == (float, float) else {"type": "array", "items": items}
    if origin in (Mapping, dict):
        return {"type": "object", "additionalProperties": _schema_of(arguments[1], defs)}
    if isinstance(form, type) and is_dataclass(form):
        _add_record(form, defs)
        return {"$ref": f"#/$defs/{form.__name__}"}
    return _SCALARS[form]


def _without_none(form: object) -> Hashable:
    found: Hashable = next(one for one in typing.get_args(form) if one is not types.NoneType)
    return found


def _or_null(schema: Schema) -> Schema:
    if "type" in schema and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}
