"""Jobs: begin, look, follow, cancel."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from landbridge.api.caller import Caller
from landbridge.api.desk import Desk
from landbridge.api.problem import ProblemError
from landbridge.api.routes_plan import FAULTS, Key, caller_of, desk_of
from landbridge.api.schemas import BookRequest, CompareRequest, JobAnswer, JobPage, JobRequest
from landbridge.planner import saved, tasks

router = APIRouter(prefix="/v1", tags=["jobs"], responses=FAULTS)
_RIGHTS = {"plan": "plan", "book": "book", "compare": "plan", "screen": "screen"}


@router.post("/jobs", status_code=202)
async def begin(request: Request, response: Response, body: JobRequest, key: Key = None) -> JobAnswer:
    """Begin a job; the same Idempotency-Key with the same request gives the same job."""
    desk = desk_of(request)
    kind, asked = await asyncio.to_thread(_request_of, desk, body)
    caller = caller_of(request, "book" if kind == "compare" and asked["question"] is None else _RIGHTS[kind])
    await asyncio.to_thread(_check, desk, kind, asked)
    return await _submit(desk, caller, kind, asked, key, response)


@router.post("/book", status_code=202)
async def book(request: Request, response: Response, body: BookRequest, key: Key = None) -> JobAnswer:
    """Plan all shipments of a feed together, as a job."""
    desk, caller = desk_of(request), caller_of(request, "book")
    asked = body.model_dump() | {"feed": await asyncio.to_thread(desk.shelf.locate, body.feed)}
    await asyncio.to_thread(_check, desk, "book", asked)
    return await _submit(desk, caller, "book", asked, key, response)


@router.post("/compare", status_code=202)
async def compare(request: Request, response: Response, body: CompareRequest, key: Key = None) -> JobAnswer:
    """Set scenarios of a feed beside the feed as it is, as a job: before and after, of one shipment or of the joint plan."""
    desk, caller = desk_of(request), caller_of(request, "plan" if body.question is not None else "book")
    asked = body.model_dump() | {"feed": await asyncio.to_thread(desk.shelf.locate, body.feed)}
    await asyncio.to_thread(_check, desk, "compare", asked)
    return await _submit(desk, caller, "compare", asked, key, response)


@router.get("/jobs")
async def list_jobs(
    request: Request, limit: Annotated[int, Query(ge=1, le=100)] = 20, before: Annotated[int | None, Query(ge=1, le=2**31)] = None
) -> JobPage:
    """Jobs, the newest first; results are shortened away, each job has its own."""
    desk, caller = desk_of(request), caller_of(request)
    found = await asyncio.to_thread(lambda: saved.list_jobs(caller.owner, limit=limit, before=before))
    following = f"/v1/jobs?limit={limit}&before={found[-1].seq}" if len(found) == limit else None
    answers = [JobAnswer.from_job(desk.with_progress(one)) for one in found]
    return JobPage(jobs=[one.model_copy(update={"result": None}) for one in answers], next=following)


@router.get("/jobs/{job_id}")
async def look(request: Request, job_id: str) -> JobAnswer:
    """One job with its result."""
    return JobAnswer.from_job(await asyncio.to_thread(desk_of(request).find_job, job_id, caller_of(request)))


@router.delete("/jobs/{job_id}")
async def cancel(request: Request, job_id: str) -> JobAnswer:
    """Cancel a job; one that is over stays as it is."""
    return JobAnswer.from_job(await asyncio.to_thread(desk_of(request).cancel, job_id, caller_of(request)))


@router.get(
    "/jobs/{job_id}/events",
    response_class=StreamingResponse,
    responses={200: {"description": "Events named job, each a job; the last one is over.", "content": {"text/event-stream": {}}}},
)
async def follow(request: Request, job_id: str) -> StreamingResponse:
    """Follow a job by server-sent events until it is over."""
    desk, caller = desk_of(request), caller_of(request)
    await asyncio.to_thread(desk.find_job, job_id, caller)
    return StreamingResponse(_events(desk, caller, job_id), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _events(desk: Desk, caller: Caller, job_id: str) -> AsyncIterator[str]:
    async for job in desk.follow(job_id, caller):
        if job is None:
            yield ": still there\n\n"
        else:
            yield f"event: job\ndata: {JobAnswer.from_job(job).model_dump_json()}\n\n"


def _request_of(desk: Desk, body: JobRequest) -> tuple[str, dict[str, Any]]:
    parts = (("plan", body.plan), ("book", body.book), ("compare", body.compare), ("screen", body.screen))
    told = [(kind, part) for kind, part in parts if part is not None]
    if len(told) != 1:
        raise ProblemError(422, "give exactly one of plan, book, compare and screen")
    kind, part = told[0]
    asked = part.model_dump() | {"feed": desk.shelf.locate(part.feed)}
    if kind == "screen":
        asked["gates"] = [one.upper() for one in asked.pop("gate")]
    return kind, asked


def _check(desk: Desk, kind: str, asked: dict[str, Any]) -> None:
    """Raise with everything that is wrong with a request before a job is made of it."""
    if kind == "plan":
        desk.answers.ask(asked)
    elif kind == "book":
        tasks.book_question(asked)
    elif kind == "compare":
        tasks.chosen_scenarios(asked["feed"], asked)
        if asked["question"] is not None:
            desk.answers.ask(asked["question"] | {"feed": asked["feed"]})
        else:
            tasks.book_question(asked)


async def _submit(desk: Desk, caller: Caller, kind: str, asked: dict[str, Any], key: str | None, response: Response) -> JobAnswer:
    job = await asyncio.to_thread(desk.submit, caller, kind, json.loads(json.dumps(asked)), key)
    response.headers["Location"] = f"/v1/jobs/{job.job_id}"
    return JobAnswer.from_job(desk.with_progress(job))


@router.get("/jobs/{job_id}/answers.csv", responses={200: {"content": {"text/csv": {}}}}, response_class=Response)
async def answers(request: Request, job_id: str) -> Response:
    """The answers of a screened file as CSV; no cell is taken for a formula."""
    job = await asyncio.to_thread(desk_of(request).find_job, job_id, caller_of(request))
    if job.kind != "screen" or job.state != "done":
        raise ProblemError(404, "this job has no answers")
    from landbridge.planner import answers_csv
    from landbridge.report.screening_document import neutral_cell

    rows = []
    for one in json.loads(job.result or "{}")["answers"]:
        best = one["matches"][0] if one["matches"] else {}
        cells = (
            one["name"],
            one["verdict"],
            best.get("entry_name"),
            best.get("list"),
            best.get("score"),
            best.get("listed_on"),
            best.get("match_id"),
        )
        rows.append(tuple(neutral_cell("" if cell is None else str(cell)) for cell in cells))
    text = answers_csv(rows, ("name", "verdict", "entry_name", "list", "score", "listed_on", "match_id"))
    headers = {"Content-Disposition": 'attachment; filename="screening.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
