"""Everything that goes wrong, in one shape: RFC 9457 problem details with the findings."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from landbridge.domain.errors import DataError, FindingsError, LandbridgeError, QueryError, SettingError, UnknownIdError
from landbridge.domain.finding import Finding

MEDIA_TYPE = "application/problem+json"
TITLES: Mapping[int, str] = {
    400: "The request cannot be read",
    401: "An API key is needed",
    403: "This key may not do that",
    404: "There is no such thing here",
    405: "That cannot be done with it",
    408: "It took too long",
    409: "It was asked otherwise before",
    413: "The request is too large",
    415: "This form is not understood",
    421: "The request was meant for another server",
    422: "The question or the data has faults",
    429: "Too many requests",
    500: "landbridge itself is wrong",
    503: "It cannot be done at the moment",
}
STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (QueryError, 422),
    (DataError, 422),
    (UnknownIdError, 404),
    (SettingError, 503),
    (LandbridgeError, 422),
    (RecursionError, 400),
    (MemoryError, 413),
)
_FIELDS = {"FROM": "origin", "TO": "destination", "MATCH": "match_id"}
_log = logging.getLogger("landbridge.api")


class ProblemError(Exception):
    """A request that is refused, with its status and what to say."""

    def __init__(self, status: int, detail: str, *, findings: tuple[Finding, ...] = (), headers: Mapping[str, str] | None = None) -> None:
        self.status, self.detail, self.findings, self.headers = status, detail, findings, dict(headers or {})
        super().__init__(detail)


def describe_problem(status: int, detail: str, findings: tuple[Finding, ...] = (), instance: str = "") -> dict[str, Any]:
    """A problem as values that JSON knows."""
    kind = findings[0].code.lower() if findings else str(status)
    found = {
        "type": f"urn:landbridge:problem:{kind}",
        "title": TITLES.get(status, "It cannot be done"),
        "status": status,
        "detail": detail,
        "findings": [asdict(replace(one, column=field_of(one.column))) for one in findings],
    }
    return found | ({"instance": instance} if instance else {})


def field_of(column: str) -> str:
    """The field of a request that a finding is about: findings name it as the command line does."""
    return _FIELDS.get(column) or column.removeprefix("--").replace("-", "_")


def describe_error(error: BaseException) -> dict[str, Any]:
    """An error of landbridge as a problem; one that nobody foresaw tells nothing but its kind."""
    status = next((status for kind, status in STATUSES if isinstance(error, kind)), 500)
    findings = error.findings if isinstance(error, FindingsError) else ()
    if status == 500:
        return describe_problem(500, f"internal error, please report it: {type(error).__name__}")
    words: dict[type[BaseException], str] = {
        RecursionError: "the input is nested too deeply",
        MemoryError: "the input is too large for this machine's memory",
    }
    return describe_problem(status, words.get(type(error)) or " ".join(str(error).split())[:2_000], findings)


def answer_problem(problem: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    body = json.dumps(problem, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(body, status_code=int(problem["status"]), media_type=MEDIA_TYPE, headers=dict(headers or {}))


def add_problem_handlers(app: FastAPI) -> None:
    """Let every error leave as a problem."""

    @app.exception_handler(ProblemError)
    async def _refused(request: Request, error: ProblemError) -> Response:
        return answer_problem(describe_problem(error.status, error.detail, error.findings, request.url.path), error.headers)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        findings = tuple(_finding(one) for one in error.errors())
        is_unreadable = any(one.get("type") == "json_invalid" for one in error.errors())
        detail = "; ".join(one.message for one in findings)[:2_000]
        return answer_problem(describe_problem(400 if is_unreadable else 422, detail, findings, request.url.path))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        return answer_problem(describe_problem(error.status_code, str(error.detail), (), request.url.path), headers)

    async def _known(request: Request, error: Exception) -> Response:
        return answer_problem(describe_error(error) | {"instance": request.url.path})

    for kind, _ in STATUSES:
        app.add_exception_handler(kind, _known)

    @app.exception_handler(Exception)
    async def _unknown(request: Request, error: Exception) -> Response:
        _log.error("%s %s: %s", request.method, request.url.path, type(error).__name__, exc_info=error)
        return answer_problem(describe_error(error) | {"instance": request.url.path})


def _finding(error: Mapping[str, Any]) -> Finding:
    where = ".".join(str(part) for part in error.get("loc", ()) if part not in ("body", "query", "path", "header")) or "body"
    given = error.get("input")
    shown = f": {given!r}" if isinstance(given, str | int | float) else ""
    return Finding(
        code="REQUEST", column=where[:200], message=f"{where}: {error.get('msg', 'wrong')}{shown}"[:400], fix="see /openapi.json"
    )
