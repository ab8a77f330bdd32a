"""The web app, mounted on the HTTP interface: one process, one origin, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from nicegui import ui
from starlette.requests import Request
from starlette.responses import Response

from landbridge.api.app import build_api
from landbridge.api.guard import COOKIE, find_caller
from landbridge.api.settings import ServerSettings
from landbridge.report.markup import el
from landbridge.web import book_page, compliance_page, corridor_page, plan_page
from landbridge.web.frame import desk_of, frame, show
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

    @app.post("/login", include_in_schema=False)
    async def _enter(request: Request) -> Response:
        return await _sign_in(request)

    for page in (plan_page, corridor_page, book_page, compliance_page):
        page.add_pages()
    ui.page("/login", title=say("login.title"), response_timeout=20)(_login_page)
    ui.run_with(
        app, mount_path="/", title=say("app.name"), favicon=_ASSETS / "icon.svg", dark=None, language="en-US", tailwind=False,
        show_welcome_message=False, reconnect_timeout=30.0,
    )  # fmt: skip
    return app


async def _sign_in(request: Request) -> Response:
    form = await request.form()
    secret = str(form.get("key") or "").strip()
    if not secret or find_caller(secret) is None:
        return RedirectResponse("/login?wrong=1", status_code=303)
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=request.url.scheme == "https", max_age=30 * 86_400)
    return answer


def _login_page(request: Request) -> None:
    if "out" in request.query_params:
        ui.run_javascript("fetch('/logout', {method: 'POST'})")
    wrong = el("p", say("login.wrong"), cls="lb-notice error", role="alert") if "wrong" in request.query_params else None
    key = el(
        "div",
        el("label", say("login.key"), for_="lb-key"),
        el("input", type="password", name="key", id="lb-key", autocomplete="current-password", required=True),
        cls="lb-field",
    )
    go = el("button", say("login.go"), type="submit", cls="lb-button lb-primary", style="margin-top:14px")
    form = el("form", key, go, method="post", action="/login")
    with frame("login", desk_of(request)):
        show(
            el(
                "div",
                el("h1", say("login.title")),
                el("p", say("login.text"), cls="lb-muted", style="margin:6px 0 16px"),
                wrong,
                form,
                cls="lb-panel",
                style="max-width:460px;margin:40px auto",
            )
        )
