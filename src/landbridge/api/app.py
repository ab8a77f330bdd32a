"""The application: routes, the guard around them, the desk behind them, and its specification."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from landbridge.api import routes_book, routes_jobs, routes_places, routes_plan, routes_reports, routes_screen
from landbridge.api.desk import Desk
from landbridge.api.guard import Guard
from landbridge.api.head import HeadAsGet
from landbridge.api.problem import ProblemError, add_problem_handlers
from landbridge.api.settings import ServerSettings
from landbridge.domain.version import VERSION

_PARAMETER = re.compile(r"\\\{.*?\\\}")
_TAGS = [
    {"name": "plan", "description": "One shipment from door to door."},
    {"name": "jobs", "description": "Work that takes its time."},
    {"name": "book", "description": "All shipments together: reports, statements, scenarios."},
    {"name": "screen", "description": "Names against lists; decisions; the audit log."},
    {"name": "places", "description": "Places, goods and distances."},
    {"name": "feeds", "description": "The data that answers come from."},
]


def build_api(settings: ServerSettings) -> FastAPI:
    """The application with all of ``/v1``; :class:`Guard` stands around it.

    Parameters
    ----------
    settings
        Feed, address and limits.
    """
    desk = Desk(settings)

    @asynccontextmanager
    async def _life(_app: FastAPI) -> AsyncIterator[None]:
        await desk.open()
        yield
        await desk.close()

    app = FastAPI(title="landbridge", version=VERSION, lifespan=_life, docs_url=None, redoc_url=None, openapi_tags=_TAGS)
    for routes in (routes_plan, routes_reports, routes_jobs, routes_book, routes_screen, routes_places):
        app.include_router(routes.router)

    @app.get("/healthz", include_in_schema=False)
    async def _health() -> JSONResponse:
        return JSONResponse({"status": "ok", "version": VERSION})

    @app.api_route("/v1/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    async def _nowhere(request: Request, rest: str) -> None:
        if allowed := _methods_at(app, request.url.path):
            raise ProblemError(405, f"{request.method} is not done here; {', '.join(allowed)} is", headers={"Allow": ", ".join(allowed)})
        raise ProblemError(404, f"nothing is at /v1/{rest[:200]}; /openapi.json tells what there is")

    add_problem_handlers(app)
    app.add_middleware(Guard, settings=settings, desk=desk)
    app.add_middleware(HeadAsGet)
    app.openapi = lambda: _specification(app)  # type: ignore[method-assign]
    return app


def _methods_at(app: FastAPI, path: str) -> list[str]:
    """Methods that the specification knows for a path."""
    templates: dict[str, dict[str, Any]] = _specification(app)["paths"]
    found = [told for one, told in templates.items() if re.fullmatch(_PARAMETER.sub("[^/]+", re.escape(one)), path)]
    return sorted({method.upper() for told in found for method in told})


def _specification(app: FastAPI) -> dict[str, Any]:
    """The specification, with the schema of the plan document among its own."""
    if app.openapi_schema is None:
        from landbridge.report.plan_schema import plan_schema

        found = get_openapi(
            title=app.title,
            version=app.version,
            routes=app.routes,
            tags=app.openapi_tags,
            description="Plans international freight corridors door to door. Amounts are in cents, lengths in metres, times in UTC.",
        )
        schema = plan_schema()
        parts = found.setdefault("components", {}).setdefault("schemas", {})
        parts.update({f"Plan{name}": _renamed(part) for name, part in schema.pop("$defs").items()})
        parts["PlanDocument"] = _renamed({name: part for name, part in schema.items() if not name.startswith("$")})
        app.openapi_schema = found
    return app.openapi_schema


def _renamed(part: Any) -> Any:  # noqa: ANN401  # any value of a JSON Schema
    if isinstance(part, dict):
        return {
            name: value.replace("#/$defs/", "#/components/schemas/Plan") if name == "$ref" else _renamed(value)
            for name, value in part.items()
        }
    return [_renamed(one) for one in part] if isinstance(part, list) else part
