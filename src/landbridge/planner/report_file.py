"""A plan in the forms that are passed on: HTML, workbook, GeoJSON, calendar."""

from __future__ import annotations

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.plan import Plan

FORMS = ("html", "xlsx", "geojson", "ics")


def render_report(plan: Plan, dataset: Dataset, form: str, *, itinerary: int | None = None) -> str | bytes:
    """A plan as the content of a file.

    Parameters
    ----------
    plan, dataset
        The answer and the feed that it was made from.
    form
        One of ``FORMS``.
    itinerary
        Number of one itinerary, from 1; None: all, for a calendar the first.

    Raises
    ------
    QueryError
        If the form is unknown.
    """
    if form == "geojson":
        from landbridge.report.geojson import plan_geojson
        from landbridge.report.plan_document import document_text

        return document_text(plan_geojson(plan, dataset))
    if form == "ics":
        from landbridge.report.checklist import checklist_calendar, list_documents

        number = itinerary or 1
        rows = list_documents(plan, dataset, number) if plan.itineraries else ()
        return checklist_calendar(plan, rows, number)
    raise QueryError([Finding(code="REPORT-FORM", column="--format", message=f"no form {form[:20]!r}", fix=f"one of {', '.join(FORMS)}")])
