"""The JSON Schema of a line of a batch. ``batch.schema.json`` is its text, committed."""

from __future__ import annotations

import json
from typing import Any

from landbridge.report.plan_schema import plan_schema


def batch_schema() -> dict[str, Any]:
    """The schema of one line, the schema of a plan inside it."""
    plan = plan_schema()
    shared = plan.pop("$defs")
    whole = {key: value for key, value in plan.items() if key not in ("$schema", "$id", "title")}
    text, whole_number = {"type": "string"}, {"type": "integer", "minimum": 0}
    brief = {
        "labels": {"type": "array", "items": text},
        "cost_cents": whole_number,
        "currency": text,
        "arrives_at": {"$ref": "#/$defs/time"},
        "duration_min": whole_number,
        "emission_g_co2e": whole_number,
        "is_confirmed": {"type": "boolean"},
        "services": {"type": "array", "items": text, "description": "Service or haulage offer of each leg."},
        "places": {"type": "array", "items": text, "description": "Where legs begin and end: one more than services."},
    }
    line = {
        "shipment": {"type": "string", "description": "The id of the row; its number if it has none."},
        "row": {"type": "integer", "minimum": 2, "description": "Line of the CSV file, the header being 1."},
        "status": {"enum": ["planned", "no_route", "error"]},
        "errors": {
            "type": "array",
            "items": {"$ref": "#/$defs/Finding"},
            "description": "What is wrong with the row; empty if there is a plan.",
        },
        "itineraries": {"type": "array", "items": {"$ref": "#/$defs/Brief"}, "description": "The plans in short, in order of cost."},
        "plan": {"anyOf": [{"$ref": "#/$defs/PlanDocument"}, {"type": "null"}], "description": "As plan --json; null with --brief."},
    }
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:landbridge:batch",
        "title": "landbridge plan --shipments, a line",
    }
    return {**head, **_record(line), "$defs": {**shared, "Brief": _record(brief), "PlanDocument": whole}}


def schema_text() -> str:
    """The text of ``batch.schema.json``."""
    return json.dumps(batch_schema(), indent=2) + "\n"


def _record(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
