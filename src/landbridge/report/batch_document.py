"""One line of a batch: a shipment with its plan, or with what is wrong with its row. ``batch.schema.json`` is its schema."""

from __future__ import annotations

from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.plan import Itinerary, Plan
from landbridge.report.document_form import encode
from landbridge.report.plan_document import plan_document


def shipment_document(
    shipment: str, row: int, plan: Plan | None, dataset: Dataset | None, findings: tuple[Finding, ...], *, is_brief: bool
) -> dict[str, Any]:
    """The line of one shipment.

    Parameters
    ----------
    shipment, row
        Its id, and the line of the file, the header being 1.
    plan, dataset
        The answer and the feed that it was made from; None if the row is wrong.
    findings
        What is wrong with the row; empty if there is a plan.
    is_brief
        Leave the whole plan out.
    """
    status = "error" if plan is None else "planned" if plan.itineraries else "no_route"
    whole = None if plan is None or dataset is None or is_brief else plan_document(plan, dataset)
    return {
        "shipment": shipment,
        "row": row,
        "status": status,
        "errors": encode(findings),
        "itineraries": [] if plan is None else [brief_document(one) for one in plan.itineraries],
        "plan": whole,
    }


def brief_document(one: Itinerary) -> dict[str, Any]:
    """An itinerary in short: labels, values, services and places."""
    return {
        "labels": list(one.labels),
        "cost_cents": one.cost_cents,
        "currency": one.currency,
        "arrives_at": encode(one.arrives_at),
        "duration_min": one.duration_min,
        "emission_g_co2e": one.emission_g_co2e,
        "is_confirmed": one.is_confirmed,
        "services": [leg.service_id for leg in one.legs],
        "places": [one.legs[0].from_id, *(leg.to_id for leg in one.legs)],
    }
