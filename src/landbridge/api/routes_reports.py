"""Reports of saved plans, to download and to pass on."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from landbridge.api.desk import Desk
from landbridge.api.problem import ProblemError
from landbridge.api.routes_plan import FAULTS, caller_of, desk_of, find_saved, open_saved

router = APIRouter(prefix="/v1", tags=["plan"], responses=FAULTS)
Word = Annotated[str, Query(max_length=60)]
Form = Literal["html", "pdf", "xlsx", "json", "geojson", "ics"]
MOST_SHOWN = 12
"""Ways of a plan that stand for all on a map, as the cards of the web app do."""
MEDIA = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "geojson": "application/geo+json",
    "ics": "text/calendar; charset=utf-8",
}


@router.get(
    "/plans/{plan_id}/report.{form}",
    response_class=Response,
    responses={200: {"description": "The report.", "content": {one.split(";")[0]: {} for one in MEDIA.values()}}},
)
async def report(
    request: Request, plan_id: str, form: Form, itinerary: Annotated[int | None, Query(ge=1, le=10_000, description="From 1.")] = None
) -> Response:
    """One saved plan as HTML, PDF, Excel, JSON, GeoJSON, or its documents as a calendar."""
    caller_of(request)
    content = await asyncio.to_thread(_render, desk_of(request), plan_id, form, itinerary)
    headers = {"Content-Disposition": f'inline; filename="landbridge-{plan_id[:8]}.{form}"', "Cache-Control": "private, max-age=3600"}
    return Response(content, media_type=MEDIA[form], headers=headers)


@router.get(
    "/plans/{plan_id}/map.geojson", response_class=Response,
    responses={200: {"description": "A FeatureCollection.", "content": {"application/geo+json": {}}}},
)  # fmt: skip
async def plan_map(
    request: Request, plan_id: str, itinerary: Annotated[int, Query(ge=1, le=10_000, description="From 1.")] = 1
) -> Response:
    """What a map of one way shows: its legs along roads, tracks and lanes, ports, borders, closures, and the other ways thinly."""
    caller_of(request)
    content = await asyncio.to_thread(_draw, plan_id, itinerary)
    return Response(content, media_type=MEDIA["geojson"], headers={"Cache-Control": "private, max-age=3600"})


@router.get(
    "/plans/{plan_id}/quote.{form}",
    response_class=Response,
    responses={200: {"description": "The quote.", "content": {"text/html": {}, "application/pdf": {}}}},
)
async def quote(
    request: Request, plan_id: str, form: Literal["html", "pdf"], itinerary: Annotated[int, Query(ge=1, le=10_000)] = 1,
    margin: Word = "0", incoterm: Word = "", named: Word = "", valid_until: Word = "",
) -> Response:  # fmt: skip
    """A quote for a customer: sell price, validity, what is included, costs of seller and buyer; without the costs behind the price."""
    caller_of(request, "plan")
    told = {"margin": margin or None, "incoterm": incoterm or None, "named": named or None, "valid_until": valid_until or None}
    content = await asyncio.to_thread(_quote, plan_id, form, itinerary, told)
    headers = {"Content-Disposition": f'inline; filename="quote-{plan_id[:8]}.{form}"', "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA[form], headers=headers)


def _quote(plan_id: str, form: str, number: int, told: dict[str, str | None]) -> str | bytes:
    from landbridge.planner.quoting import quote_plan
    from landbridge.planner.report_file import render_report

    plan, dataset = open_saved(find_saved(plan_id))
    if number > len(plan.itineraries):
        raise ProblemError(404, f"the plan has {len(plan.itineraries)} itineraries")
    found = quote_plan(
        plan, dataset, number, margin=told["margin"], incoterm=told["incoterm"], named=told["named"], valid_until=told["valid_until"]
    )
    return render_report(plan, dataset, form, itinerary=number, quote=found)


def _draw(plan_id: str, number: int) -> str:
    from landbridge import planner
    from landbridge.report.itinerary_table import choose_plans
    from landbridge.report.plan_document import compact_text
    from landbridge.report.plan_view import plan_view

    plan, dataset = open_saved(find_saved(plan_id))
    if number > len(plan.itineraries):
        raise ProblemError(404, f"the plan has {len(plan.itineraries)} itineraries")
    others = [one + 1 for one in choose_plans(plan.itineraries, MOST_SHOWN)]
    drawn = planner.draw_plan(plan, dataset, (number, *others))
    return compact_text(plan_view(drawn, dataset, number, others))


def _render(desk: Desk, plan_id: str, form: str, itinerary: int | None) -> str | bytes:
    found = find_saved(plan_id)
    if form == "json":
        return found.document
    from landbridge.planner.report_file import render_report

    plan, dataset = open_saved(found)
    if itinerary is not None and itinerary > len(plan.itineraries):
        raise ProblemError(404, f"the plan has {len(plan.itineraries)} itineraries")
    return render_report(plan, dataset, form, itinerary=itinerary)
