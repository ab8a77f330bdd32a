"""What all pages share: head, navigation, main part, foot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui
from starlette.requests import Request

from landbridge.api.caller import LOCAL, Caller
from landbridge.api.desk import Desk
from landbridge.domain.dataset import Dataset
from landbridge.domain.version import VERSION
from landbridge.planner import tasks
from landbridge.report.markup import Markup, el, icon
from landbridge.web.figures import date_text
from landbridge.web.texts import DIRECTION, say

PAGES = (("plan", "/"), ("corridor", "/corridor"), ("book", "/book"), ("compliance", "/compliance"))
_RIGHT = {"compliance": "screen", "book": "book"}
LOGO = Markup(
    '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true">'
    '<path d="M3 17h18M5 17v-4c0-4 3-7 7-7s7 3 7 7v4M9 17v-6M12 17V9M15 17v-6"/></svg>'
)
HEAD = f"""<link rel="stylesheet" href="/assets/theme.css?v={VERSION}">
<script defer src="/assets/landbridge.js?v={VERSION}" data-dir="{DIRECTION}"></script>
<meta name="description" content="{say("app.tagline")}">"""


def desk_of(request: Request) -> Desk:
    found: Desk = request.state.desk
    return found


def caller_of(request: Request) -> Caller:
    found: Caller = request.state.caller
    return found


@contextmanager
def frame(active: str, desk: Desk, caller: Caller, location: str | None = None) -> Iterator[None]:
    """A page with its head and foot; what is built inside stands in the main part.

    ``location`` is that of the feed that the page is about, None for the one that the server was started with.
    """
    ui.add_head_html(HEAD)
    page = ui.context.client.content.parent_slot
    if page is not None:
        page.parent.props("role=none")  # NiceGUI wraps everything in a main; the main part is ours
    show(el("a", say("app.skip"), href="#main", cls="lb-skip"))
    dataset = desk.shelf.main() if location is None else tasks.keep_feed(location)
    show(_head(active, caller, dataset, location), tag="header")
    of_feed = f" data-feed={dataset.digest}" if location is not None else ""
    with ui.element("main").props(f"id=main tabindex=-1{of_feed}").classes("lb-main"):
        yield
    show(_foot(), tag="footer")


def show(markup: Markup, tag: str = "div") -> ui.html:
    """Markup of ours on the page; all text from elsewhere in it is escaped already."""
    return ui.html(markup, sanitize=False, tag=tag)


def find_location(request: Request) -> str:
    """Where the feed lies that an address names by ``feed=`` and its digest; that of the server where it names none.

    Raises
    ------
    ProblemError
        404 if there is no such feed.
    """
    return desk_of(request).shelf.locate(request.query_params.get("feed"))


def _head(active: str, caller: Caller, dataset: Dataset, location: str | None) -> Markup:
    info = dataset.info
    of_feed = "" if location is None else f"?feed={dataset.digest}"
    links = [
        el(
            "a",
            say(f"nav.{name}"),
            href=address + (of_feed if name != "compliance" else ""),
            aria_current="page" if name == active else None,
        )
        for name, address in PAGES
        if _RIGHT.get(name) is None or caller.may(_RIGHT[name])
    ]
    leave = el("a", say("login.out"), href="/logout", cls="lb-small") if caller != LOCAL else None
    return el(
        "div",
        el("a", LOGO, say("app.name"), href="/", cls="lb-brand"),
        el("nav", *links, cls="lb-nav", aria_label=say("nav.label")),
        el("span", cls="lb-grow"),
        el("span", say("app.feed", name=info.name, day=date_text(info.as_of)), cls="lb-muted lb-small lb-feed"),
        leave,
        el(
            "button", icon("contrast"), type="button", cls="lb-round", data_act="theme", aria_label=say("app.theme"), title=say("app.theme")
        ),
        cls="lb-head",
    )


def _foot() -> Markup:
    return el("div", el("span", f"{say('app.name')} {VERSION}"), el("span", say("app.law")), el("span", say("app.map")), cls="lb-foot")
