"""The web app, mounted on the HTTP interface: one process, one origin, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.exception_handlers import http_exception_handler
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles
from nicegui import app as pages
from nicegui import ui
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from landbridge.api.app import build_api
from landbridge.api.settings import ServerSettings
from landbridge.web import book_page, compliance_page, corridor_page, plan_page
from landbridge.web.login_page import add_login, lost_page
from landbridge.web.texts import say

_ASSETS = Path(__file__).parent / "assets"
_BORDERS = Path(__file__).parents[1] / "data" / "borders.json"
_WEEK = "public, max-age=604800"


def build_app(settings: ServerSettings) -> FastAPI:
    """The application of ``landbridge serve``: API and pages.

    Parameters
    ----------
    settings
        Feed, address and limits.
    """
    app = build_api(settings)

    @app.get("/assets/borders.json", include_in_schema=False)
    async def _borders() -> FileResponse:
        return FileResponse(_BORDERS, media_type="application/geo+json", headers={"Cache-Control": _WEEK})

    app.mount("/assets", StaticFiles(directory=_ASSETS))

    add_login(app)
    pages.add_exception_handler(404, _tell_lost)
    for page in (plan_page, corridor_page, book_page, compliance_page):
        page.add_pages()
    ui.run_with(
        app, mount_path="/", title=say("app.name"), favicon=_ASSETS / "icon.svg", dark=None, language="en-US", tailwind=False,
        show_welcome_message=False, reconnect_timeout=30.0,
    )  # fmt: skip
    return app


async def _tell_lost(request: Request, error: Exception) -> Response:
    """A page for whoever typed an address; for files and programs what the server says of itself."""
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(lost_page(), 404)
    told = error if isinstance(error, HTTPException) else HTTPException(404)
    return await http_exception_handler(request, told)
