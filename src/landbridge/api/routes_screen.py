"""Screening, lists, decisions, the audit log."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from datetime import date
from typing import Annotated, Any, BinaryIO

from fastapi import APIRouter, Query, Request, Response
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from landbridge import planner
from landbridge.api.caller import LOCAL, Caller
from landbridge.api.clock import read_clock
from landbridge.api.desk import Desk
from landbridge.api.problem import ProblemError
from landbridge.api.routes_plan import FAULTS, Key, caller_of, desk_of
from landbridge.api.schemas import DecisionRequest, JobAnswer, ScreenRequest
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.screening import Screening
from landbridge.planner import saved, tasks
from landbridge.planner.decided import Decision, list_decided
from landbridge.planner.screening import Party, Screener, record_screening
from landbridge.planner.world.held_law import hold_law
from landbridge.report.screening_document import list_document, screening_document

_UPLOAD = {
    "type": "object",
    "required": ["files"],
    "properties": {
        "files": {"type": "array", "minItems": 1, "maxItems": saved.MOST_FILES, "items": {"type": "string", "format": "binary"}},
        "published": {"type": "string", "description": "Day of the edition, where the files do not tell it.", "example": "2026-11-20"},
    },
}
router = APIRouter(prefix="/v1", tags=["screen"], responses=FAULTS)


@router.post("/screen")
async def screen(request: Request, body: ScreenRequest) -> dict[str, Any]:
    """Screen names against the lists of the feed and the imported ones: clear, review, blocked or unknown, with every reason."""
    desk = desk_of(request)
    caller_of(request, "screen")
    return await asyncio.to_thread(_screen, desk, body)


@router.get("/lists")
async def lists(request: Request) -> dict[str, Any]:
    """The lists at hand, with their days."""
    desk = desk_of(request)
    caller_of(request)
    found = await asyncio.to_thread(lambda: planner.show_lists(desk.shelf.main()))
    return {"lists": [list_document(one) for one in found]}


@router.post(
    "/lists",
    status_code=202,
    openapi_extra={"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _UPLOAD}}}},
)
async def import_lists(request: Request, response: Response, key: Key = None) -> JobAnswer:
    """Import published lists, as a job: an edition takes the place of the one before; nothing is imported where a file is broken.

    The same Idempotency-Key with the same files gives the same job.
    """
    desk, caller = desk_of(request), caller_of(request, "lists")
    async with AsyncExitStack() as open_files:
        try:
            form = await open_files.enter_async_context(request.form(max_files=saved.MOST_FILES, max_fields=1))
        except (MultiPartException, AssertionError):
            raise ProblemError(400, "the body is no multipart/form-data with the parts files and published") from None
        told = form.get("published")
        published = told.strip() if isinstance(told, str) else ""
        files = [(one.filename or "", one.file) for one in form.getlist("files") if isinstance(one, UploadFile)]
        parse_day("published", published)
        job = await asyncio.to_thread(submit_lists, desk, caller, files, published, key)
    response.headers["Location"] = f"/v1/jobs/{job.job_id}"
    return JobAnswer.from_job(job)


def submit_lists(desk: Desk, caller: Caller, files: list[tuple[str, BinaryIO]], published: str, key: str | None = None) -> saved.Job:
    """Keep uploaded lists and enter the job that imports them; raises where there is no file or no room."""
    if key is None or saved.find_keyed(caller.name, key) is None:
        desk.demand_room(caller)
    upload, digest = saved.keep_basket(files)
    request = {"upload": upload, "digest": digest, "published": published or None, "by": caller.name}
    try:
        job = desk.submit(caller, "lists", request, key)
    except BaseException:
        saved.drop_basket(upload)
        raise
    if json.loads(job.request)["upload"] != upload:
        saved.drop_basket(upload)  # the files came before, with the same key
    return job


@router.post("/decisions")
async def decide(request: Request, body: DecisionRequest) -> dict[str, Any]:
    """Decide a match as a first person, or confirm the decision of another."""
    caller = caller_of(request, "decide")
    by = (body.by or "") if caller == LOCAL else caller.name
    return await asyncio.to_thread(_decide, body, by)


@router.get("/decisions")
async def decisions(request: Request, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> dict[str, Any]:
    """Decisions, the newest first, with what they are about and who confirmed them."""
    caller_of(request, "decide")
    found = await asyncio.to_thread(list_decided, limit)
    return {"decisions": [_told(one.decision) | {"name": one.name, "entry_name": one.entry_name, "list": one.list_name} for one in found]}


@router.get("/audit")
async def audit(request: Request, head: Annotated[list[str] | None, Query(max_length=20)] = None) -> dict[str, Any]:
    """Verify the audit log; with heads noted elsewhere, a log that was cut off or written anew is found too."""
    caller_of(request, "audit")
    for one in head or ():
        number = one.rpartition(":")[0]
        if len(one) > 100 or (number and not (number.isascii() and number.isdigit())):
            raise ProblemError(422, "a head is written as SEQ:HASH")
    found = await asyncio.to_thread(planner.verify_audit, tuple(head or ()))
    is_intact = not found.faults
    return {"is_intact": is_intact, "records": found.records, "head": f"{found.records}:{found.head}", "faults": list(found.faults)}


def parse_day(name: str, text: str | None) -> date | None:
    """A day; raises ``QueryError``."""
    if not text:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise QueryError([Finding(code="DATE", column=name, message=f"{text[:40]!r} is no date", fix="write it as 2026-12-01")]) from None


def screen_names(
    desk: Desk, parties: list[Party], *, as_of: str | None, gates: tuple[str, ...], feed: str | None = None
) -> list[tuple[Party, Screening]]:
    """Screen parties and note them in the audit log."""
    dataset = tasks.keep_feed(desk.shelf.locate(feed))
    day = parse_day("as_of", as_of) or dataset.info.as_of
    screener = Screener(hold_law(dataset), as_of=day, gates=frozenset(one.upper() for one in gates))
    return [(party, record_screening(party, screener.screen(party), read_clock())) for party in parties]


def _screen(desk: Desk, body: ScreenRequest) -> dict[str, Any]:
    parties = [planner.ask_party(one.name, one.kind, one.country) for one in body.parties]
    found = screen_names(desk, parties, as_of=body.as_of, gates=tuple(body.gate), feed=body.feed)
    answers = []
    for party, answer in found:
        ids = tuple(planner.name_match(party, match) for match in answer.matches)
        answers.append(screening_document(answer, ids))
    return {"answers": answers}


def _decide(body: DecisionRequest, by: str) -> dict[str, Any]:
    at = read_clock()
    if body.confirm:
        decision = planner.confirm(body.match_id, by, at)
    else:
        decision = planner.decide(body.match_id, body.verdict, body.reason, by, body.until, at)
    return _told(decision)


def _told(decision: Decision) -> dict[str, Any]:
    return {
        "match_id": decision.match_id,
        "verdict": decision.verdict,
        "reason": decision.reason,
        "decided_by": decision.decided_by,
        "until": decision.until.isoformat(),
        "confirmed_by": decision.confirmed_by,
        "needs_confirmation": decision.confirmed_by is None and decision.verdict != "blocked",
    }
