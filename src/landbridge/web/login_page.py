"""The page that asks for an API key: plain HTML, since nothing else is answered without one."""

from __future__ import annotations

import asyncio

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from landbridge.api.guard import COOKIE, find_caller
from landbridge.report.markup import Markup, el, join
from landbridge.web.frame import HEAD, LOGO
from landbridge.web.texts import say

_MONTH_S = 30 * 86_400


def add_login(app: FastAPI) -> None:
    """Add the page, what it sends, and the way out."""

    @app.get("/login", include_in_schema=False)
    async def _show(request: Request) -> HTMLResponse:
        return HTMLResponse(_page(is_wrong="wrong" in request.query_params))

    @app.post("/login", include_in_schema=False)
    async def _enter(request: Request) -> Response:
        secret = str((await request.form()).get("key") or "").strip()
        if not secret or await asyncio.to_thread(find_caller, secret) is None:
            return RedirectResponse("/login?wrong=1", status_code=303)
        answer = RedirectResponse("/", status_code=303)
        is_safe = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
        answer.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=is_safe, max_age=_MONTH_S)
        return answer

    @app.get("/logout", include_in_schema=False)
    async def _leave() -> Response:
        answer = RedirectResponse("/login", status_code=303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return answer


def _page(*, is_wrong: bool) -> str:
    wrong = el("p", say("login.wrong"), cls="lb-notice error", role="alert") if is_wrong else None
    field = el("input", type="password", name="key", id="lb-key", autocomplete="current-password", required=True, autofocus=True)
    go = el("button", say("login.go"), type="submit", cls="lb-button lb-primary", style="margin-top:14px")
    form = el("form", el("div", el("label", say("login.key"), for_="lb-key"), field, cls="lb-field"), go, method="post", action="/login")
    words = join(el("h1", say("login.title")), el("p", say("login.text"), cls="lb-muted", style="margin:6px 0 16px"))
    return _plain(say("login.title"), join(words, wrong, form), el("span", LOGO, say("app.name"), cls="lb-brand"))


def lost_page() -> str:
    """What stands at an address that nothing is at."""
    go = el("a", say("plan.new"), href="/", cls="lb-button lb-primary")
    words = join(el("h1", say("lost.title")), el("p", say("lost.text"), cls="lb-muted", style="margin:6px 0 16px"))
    return _plain(say("lost.title"), join(words, go), el("a", LOGO, say("app.name"), href="/", cls="lb-brand"))


def _plain(title: str, content: Markup, brand: Markup) -> str:
    """A page of one panel, without anything that needs a connection."""
    head = f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>{HEAD}'
    main = el("main", el("div", content, cls="lb-panel", style="max-width:460px;margin:40px auto"), cls="lb-main")
    body = el("body", el("header", el("div", brand, cls="lb-head")), main)
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head>{body}</html>'
