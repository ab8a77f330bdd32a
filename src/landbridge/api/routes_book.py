"""What comes out of books: reports and statements; scenarios; shipments. A company sees its own rows alone."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Literal

from fastapi import APIRouter, Request, Response

from landbridge.api.caller import Caller
from landbridge.api.desk import Desk
from landbridge.api.problem import ProblemError
from landbridge.api.routes_plan import FAULTS, caller_of, desk_of
from landbridge.api.routes_reports import MEDIA
from landbridge.domain.dataset import Dataset
from landbridge.planner import list_scenario_names, load_scenarios, saved, tasks

router = APIRouter(prefix="/v1", tags=["book"], responses=FAULTS)


@router.get("/scenarios")
async def scenarios(request: Request, feed: str | None = None) -> dict[str, Any]:
    """Scenarios that a feed brings: dated, declared changes of it."""
    caller_of(request)
    return {"scenarios": await asyncio.to_thread(_scenarios, desk_of(request), feed)}


@router.get("/shipments")
async def shipments(request: Request, feed: str | None = None) -> dict[str, Any]:
    """Shipments of a feed; a company sees those that it sends or receives."""
    caller = caller_of(request)
    desk = desk_of(request)
    dataset = await asyncio.to_thread(lambda: tasks.keep_feed(desk.shelf.locate(feed)))
    from landbridge.planner.shipment_rows import show_rows

    return {"shipments": show_rows(own_rows(dataset, caller))}


@router.get("/statements")
async def statements(request: Request) -> dict[str, Any]:
    """Statements of joint plans: all of those that one may see, a company its own alone."""
    caller = caller_of(request)
    return {"statements": await asyncio.to_thread(list_statements, caller)}


@router.get(
    "/jobs/{job_id}/report.{form}",
    response_class=Response,
    responses={200: {"description": "The report.", "content": {MEDIA[one].split(";")[0]: {} for one in ("html", "xlsx", "pdf", "json")}}},
)
async def report(request: Request, job_id: str, form: Literal["html", "xlsx", "pdf", "json"]) -> Response:
    """The joint plan of a job as HTML, Excel, PDF or JSON."""
    desk = desk_of(request)
    job = await asyncio.to_thread(desk.find_job, job_id, caller_of(request))
    content = await asyncio.to_thread(_render, job, form)
    headers = {"Content-Disposition": f'inline; filename="landbridge-book-{job_id[:8]}.{form}"', "Cache-Control": "private, max-age=3600"}
    return Response(content, media_type=MEDIA[form], headers=headers)


@router.get(
    "/jobs/{job_id}/statements/{party}.{form}",
    response_class=Response,
    responses={200: {"description": "The statement.", "content": {"text/csv": {}, MEDIA["xlsx"]: {}}}},
)
async def statement(request: Request, job_id: str, party: str, form: Literal["csv", "xlsx"]) -> Response:
    """What one payer of a joint plan bears, item by item; a company gets its own, of any plan of this server."""
    caller = caller_of(request)
    rows = await asyncio.to_thread(_statement, desk_of(request), caller, job_id, party)
    from landbridge.planner.book.statement_file import statement_bytes

    name = "".join(one if one.isalnum() and one.isascii() else "_" for one in party)[:60]
    headers = {"Content-Disposition": f'attachment; filename="statement-{name}.{form}"'}
    media = MEDIA["xlsx"] if form == "xlsx" else "text/csv; charset=utf-8"
    return Response(await asyncio.to_thread(statement_bytes, rows, form), media_type=media, headers=headers)


def own_rows(dataset: Dataset, caller: Caller) -> Dataset:
    """A feed as a caller may see it: of the shipments a company sees those that it sends or receives."""
    from dataclasses import replace

    if caller.may("shipments"):
        return dataset
    mine = tuple(row for row in dataset.shipments if caller.party and caller.party in (row.shipper_id, row.consignee_id))
    return replace(dataset, shipments=mine)


def list_statements(caller: Caller) -> list[dict[str, str]]:
    """Which statements a caller may read."""
    found = []
    for job in saved.list_jobs(None, limit=200, kind="book"):
        if job.state != "done" or not (caller.role == "company" or caller.may_see(job.owner)):
            continue
        for payer in json.loads(job.result or "{}").get("statements", {}):
            if caller.role != "company" or payer == caller.party:
                found.append(
                    {
                        "job_id": job.job_id,
                        "party_id": payer,
                        "made_at": job.created_at,
                        "path": f"/v1/jobs/{job.job_id}/statements/{payer}.csv",
                    }
                )
    return found


def _statement(desk: Desk, caller: Caller, job_id: str, party: str) -> list[tuple[Any, ...]]:
    job = saved.find_job(job_id)
    is_own = caller.role == "company" and bool(caller.party) and caller.party == party
    if job is None or job.kind != "book" or job.state != "done" or not (is_own or (caller.role != "company" and caller.may_see(job.owner))):
        raise ProblemError(404, "there is no such statement")
    rows = json.loads(job.result or "{}").get("statements", {}).get(party)
    if rows is None:
        raise ProblemError(404, f"nobody of this plan is called {party[:40]!r}")
    return [tuple(row) for row in rows]


def _render(job: saved.Job, form: str) -> str | bytes:
    if job.kind != "book" or job.state != "done":
        raise ProblemError(404, "this job has no joint plan")
    book = json.loads(job.result or "{}")
    if form == "json":
        return json.dumps({name: value for name, value in book.items() if name != "statements"}, ensure_ascii=False)
    from landbridge.planner.report_file import render_book_report

    return render_book_report(book, tasks.book_feed(json.loads(job.request)), form)


def _scenarios(desk: Desk, feed: str | None) -> list[dict[str, Any]]:
    location = desk.shelf.locate(feed)
    found = load_scenarios(list_scenario_names(location), location)
    return [
        {"name": one.name, "title": one.title, "dated_on": one.dated_on.isoformat(), "source": one.source, "policy": one.is_policy}
        for one in found
    ]
