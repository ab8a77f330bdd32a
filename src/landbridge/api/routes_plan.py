"""Plan, explain, verify; saved plans and their reports."""

from __future__ import annotations

import asyncio
import gzip
import json
from dataclasses import replace
from functools import lru_cache
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Request, Response

from landbridge import planner
from landbridge.api.answers import has_edition
from landbridge.api.caller import Caller
from landbridge.api.desk import Desk, plan_values, problem_of
from landbridge.api.problem import ProblemError
from landbridge.api.schemas import ExplainRequest, FindingAnswer, JobAnswer, PlanHead, PlanPage, PlanReference, PlanRequest, Problem
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.domain.plan import Plan
from landbridge.planner import saved, tasks
from landbridge.planner.plan_answer import PLANS_ALONE

PLAN_SCHEMA = {"$ref": "#/components/schemas/PlanDocument"}
_FAULT = {"model": Problem, "content": {"application/problem+json": {}}}
FAULTS: dict[int | str, dict[str, Any]] = {status: _FAULT for status in (400, 401, 403, 404, 405, 408, 409, 413, 421, 422, 429, 503)}
router = APIRouter(prefix="/v1", responses=FAULTS)
_PART = (
    "plans: the plans alone, which are there soon, unless the whole answer is known already. What they were compared with and what was "
    "rejected is not in it, and the finding PLANS-ALONE says so; ask again without it for the whole answer, which has the same plans. "
    "Where there is no plan the answer is whole."
)
_KEPT_PLANS = 4
_PACKED_PLANS = 64
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200, pattern=r"^[\x21-\x7e]+$")]


def desk_of(request: Request) -> Desk:
    found: Desk = request.state.desk
    return found


def caller_of(request: Request, what: str = "look") -> Caller:
    """Who calls, if the role allows it; raises 403 otherwise."""
    caller: Caller = request.state.caller
    caller.demand(what)
    return caller


@router.post(
    "/plan",
    tags=["plan"],
    responses={
        200: {"description": "The plan document.", "content": {"application/json": {"schema": PLAN_SCHEMA}}},
        202: {"description": "It takes longer: the job that makes the plan.", "model": JobAnswer},
    },
)
async def plan(
    request: Request,
    body: PlanRequest,
    wait: Annotated[float, Query(ge=0, le=120, description="Seconds to wait.")] = 60,
    part: Annotated[Literal["plans"] | None, Query(description=_PART)] = None,
    key: Key = None,
) -> Response:
    """Plan one shipment: plans that no other beats in cost, arrival and CO2e, with their reasons.

    With ``exact`` every one of them; without, those that are best for 29 ways of weighing the three, which are each exact.

    The header ``Landbridge-Plan`` names the saved plan.
    """
    desk, caller = desk_of(request), caller_of(request, "plan")
    asked = body.to_request(await asyncio.to_thread(desk.shelf.locate, body.feed)) | ({"part": part} if part else {})
    job = await desk.plan(caller, asked, wait, key)
    if isinstance(job, str):
        return await asyncio.to_thread(_plan_answer, request, job)
    if job.state == "done":
        return await asyncio.to_thread(_plan_answer, request, json.loads(job.result or "{}")["plan_id"])
    if job.state == "failed":
        raise problem_of(job)
    answer = JobAnswer.from_job(job)
    return Response(answer.model_dump_json(), 202, {"Location": f"/v1/jobs/{job.job_id}"}, "application/json")


@router.post("/explain", tags=["plan"])
async def explain(request: Request, body: ExplainRequest) -> dict[str, Any]:
    """Where days and money of an itinerary go and what binds it; why no plan goes through a place."""
    desk, caller = desk_of(request), caller_of(request)
    found = await asyncio.to_thread(_explain, desk, caller, body)
    if body.why_not is not None and body.plan_id is not None:  # a search: it is done where it holds up nobody
        job = await asyncio.to_thread(desk.submit, caller, "why", {"plan_id": body.plan_id, "place": body.why_not})
        job = await desk.wait(job.job_id, caller, desk.settings.plan_seconds)
        if job.state != "done":
            raise problem_of(job)
        found["why_not"] = json.loads(job.result or "{}")
    return found


@router.post("/verify", tags=["plan"])
async def verify(request: Request, body: PlanReference) -> dict[str, Any]:
    """Walk a plan again from the feed alone: every figure that comes out otherwise.

    Of a part of an answer ``findings`` says what was not in it, and so was not verified.
    """
    caller = caller_of(request)
    return await asyncio.to_thread(_verify, desk_of(request), caller, body)


@router.get("/plans", tags=["plan"])
async def list_plans(
    request: Request, limit: Annotated[int, Query(ge=1, le=100)] = 20, before: Annotated[int | None, Query(ge=1, le=2**31)] = None
) -> PlanPage:
    """Saved plans, the newest first."""
    found = await asyncio.to_thread(lambda: saved.list_plans(caller_of(request).owner, limit=limit, before=before))
    following = f"/v1/plans?limit={limit}&before={found[-1].seq}" if len(found) == limit else None
    return PlanPage(plans=[PlanHead(**plan_values(one)) for one in found], next=following)


@router.get(
    "/plans/{plan_id}",
    tags=["plan"],
    responses={
        200: {"description": "The plan document.", "content": {"application/json": {"schema": PLAN_SCHEMA}}},
        304: {"description": "Unchanged."},
    },
)
async def saved_plan(
    request: Request, plan_id: str, match: Annotated[str | None, Header(alias="If-None-Match", max_length=500)] = None
) -> Response:
    """One saved plan; who has its id may see it. It never changes: its ETag is its id.

    The id of a part of an answer gives the whole answer, with its own id, once that is there.
    """
    caller_of(request)
    answer = await asyncio.to_thread(_plan_answer, request, plan_id)
    if has_edition(match, answer.headers["ETag"]):
        return Response(status_code=304, headers={"ETag": answer.headers["ETag"], "Cache-Control": "private, no-cache"})
    return answer


def find_saved(plan_id: str) -> saved.SavedPlan:
    """A saved plan; raises 404."""
    found = _kept_plan(plan_id)
    if found is not None and found.is_part:  # the whole answer may be there by now
        found = saved.find_plan(plan_id)
    if found is None:
        _kept_plan.cache_clear()
        raise ProblemError(404, f"no plan has the id {plan_id[:40]!r}")
    return found


@lru_cache(maxsize=_KEPT_PLANS)
def _kept_plan(plan_id: str) -> saved.SavedPlan | None:
    """A plan that was read before: a saved plan never changes, but the id of a part may lead to another one later."""
    return saved.find_plan(plan_id)


@lru_cache(maxsize=_PACKED_PLANS)
def _packed(plan_id: str) -> tuple[saved.SavedPlan, bytes] | None:
    """The head of a plan and its document, compressed once: a known answer costs no more than sending it."""
    found = saved.find_plan(plan_id)
    return None if found is None else (replace(found, document=""), gzip.compress(found.document.encode("utf-8"), 5, mtime=0))


def _plan_answer(request: Request, plan_id: str) -> Response:
    known = _packed(plan_id)
    if known is not None and known[0].is_part:  # the whole answer may be there by now
        now = saved.find_plan(plan_id)
        known = None if now is None else _packed(now.plan_id) if now.plan_id != plan_id else known
    if known is None:
        _packed.cache_clear()
        raise ProblemError(404, f"no plan has the id {plan_id[:40]!r}")
    head, packed = known
    plan_id = head.plan_id
    headers = {
        "Landbridge-Plan": plan_id, "Content-Location": f"/v1/plans/{plan_id}", "Cache-Control": "private, no-cache",
        "ETag": f'"{plan_id}"', "Vary": "Accept-Encoding",
    }  # fmt: skip
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, 200, headers | {"Content-Encoding": "gzip"}, "application/json")
    return Response(gzip.decompress(packed), 200, headers, "application/json")


def open_plan(desk: Desk, caller: Caller, body: PlanReference) -> tuple[Plan, Dataset]:
    """The plan that a request refers to, and the feed it is held against; raises where it names none."""
    if (body.plan_id is None) == (body.plan is None):
        raise ProblemError(422, "give one of plan_id and plan")
    from landbridge.report.plan_document import parse_plan_document

    if body.plan_id is not None:
        return open_saved(find_saved(body.plan_id), None if body.feed is None else desk.shelf.locate(body.feed))
    plan = parse_plan_document(body.plan, file="plan")
    return plan, tasks.join_kept(desk.shelf.locate(body.feed), plan.query)


def open_saved(found: saved.SavedPlan, location: str | None = None) -> tuple[Plan, Dataset]:
    """A saved plan, and the feed that it was made from or the one that is named.

    Raises
    ------
    ProblemError
        404 if that feed cannot be read any more: no other one takes its place.
    """
    plan = _parse(found.document)
    try:
        return plan, tasks.join_kept(location or json.loads(found.request)["feed"], plan.query)
    except DataError:
        detail = f"the feed that this plan was made from ({plan.dataset_name}) cannot be read any more"
        fix = f"upload the feed again, or take the plan's document alone: /v1/plans/{found.plan_id}"
        raise ProblemError(404, detail, findings=(Finding(code="FEED-GONE", message=detail, fix=fix),)) from None


@lru_cache(maxsize=_KEPT_PLANS)
def _parse(document: str) -> Plan:
    """The document of a saved plan as records, kept: its page, its map and its reports all ask for it."""
    from landbridge.report.plan_document import parse_plan_document

    return parse_plan_document(json.loads(document), file="plan")


def _explain(desk: Desk, caller: Caller, body: ExplainRequest) -> dict[str, Any]:
    from landbridge.report.document_form import encode
    from landbridge.report.explanation import explain_itinerary, explanation_document

    plan, dataset = open_plan(desk, caller, body)
    found: dict[str, Any] = {"itinerary": None, "why_not": None}
    if body.itinerary is not None or (body.why_not is None and plan.itineraries):
        found["itinerary"] = explanation_document(explain_itinerary(plan, body.itinerary or 1, dataset))
    if body.why_not is not None and body.plan_id is None:
        answer = planner.why_not(dataset, plan, body.why_not)
        found["why_not"] = {
            "place_id": answer.place_id,
            "text": list(answer.text),
            "itinerary": encode(answer.itinerary),
            "rejected": encode(answer.rejected),
        }
    return found


def _verify(desk: Desk, caller: Caller, body: PlanReference) -> dict[str, Any]:
    from landbridge.report.check_report import differences_document

    plan, dataset = open_plan(desk, caller, body)
    missing = [FindingAnswer.from_domain(one).model_dump() for one in plan.findings if one.code == PLANS_ALONE]
    return differences_document(planner.verify_plan(dataset, plan)) | {"findings": missing}
