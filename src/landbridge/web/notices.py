"""Empty states, progress, findings and faults: what a page says when it has no answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from landbridge.api.problem import ProblemError, describe_error, field_of
from landbridge.domain.finding import Finding
from landbridge.report.markup import Markup, Part, el, icon, join
from landbridge.web.figures import local_text
from landbridge.web.texts import say, word


def empty(symbol: str, title: str, text: str, *more: Part) -> Markup:
    """A page without an answer yet: what it is for and what to do."""
    return el(
        "div", icon(symbol), el("h2", title), el("p", text), el("div", *more, cls="lb-row") if more else None, cls="lb-panel lb-empty"
    )


def progress(text: str, note: str = "", more: Part = None) -> Markup:
    """Work that is under way; read out by screen readers as it changes."""
    track = el("div", el("i"), cls="lb-track")
    return el(
        "div", el("div", el("h2", text), role="status"), track, el("p", note, cls="lb-muted lb-small"), more, cls="lb-panel lb-progress"
    )


def pending(text: str) -> Markup:
    """A part that is not there yet; what is there can be used meanwhile."""
    return el("div", el("div", text, role="status"), el("div", el("i"), cls="lb-track"), cls="lb-notice info")


def findings(found: Iterable[Finding]) -> Markup:
    """Findings, each with what to do."""
    return join(*(_finding(one) for one in found))


def remarks(found: Iterable[Finding]) -> Markup:
    """Findings beside an answer: warnings as such, the rest as small print."""
    rows = list(found)
    warnings = join(*(_finding(one) for one in rows if one.severity != "info"))
    infos = " · ".join(local_text(one.message[:1].upper() + one.message[1:]) for one in rows if one.severity == "info")
    return join(warnings, el("p", infos, cls="lb-notes") if infos else None)


_COMMAND = re.compile(r" \(landbridge [^()]*\)")

_REMEDIES = {"LIST-DAY": "lists.fill_day"}
"""What to do on a page, for codes whose remedy is an option of the command line."""


def _finding(one: Finding) -> Markup:
    """One finding; a remedy in words of the command line is no use here."""
    told = say(_REMEDIES[one.code]) if one.code in _REMEDIES else one.fix
    is_useful = told and "--" not in told and "landbridge " not in told
    fix = el("span", say("finding.do", fix=told), cls="fix") if is_useful else None
    where = f"{one.file}:{one.row} " if one.file and one.row is not None else f"{PurePath(one.file).name}: " if one.file else ""
    if one.code == "SHIPMENTS-CELL" and one.row is not None:
        where = f"{say('grid.at', row=one.row, column=word('grid', one.column))}: "
    return el("div", where + (local_text(one.message) if where else sentence(one.message)), fix, cls=f"lb-notice {one.severity}")


def sentence(text: str) -> str:
    """A message as a sentence begins, with its days as the reader writes them; commands and addresses that begin it stay as they are.

    Where in the API to look, and commands in brackets, are left out: they are no use on a page.
    """
    text = local_text(_COMMAND.sub("", text.partition("; /v1/")[0]))
    return text[:1].upper() + text[1:] if text[:1].isalpha() and " " in text else text


def fault(error: BaseException) -> Markup:
    """What went wrong, without a traceback: the findings, or one sentence."""
    if isinstance(error, ProblemError):
        told, title = error.findings, error.detail
        is_question = error.status < 500
    else:
        problem = describe_error(error)
        told, title = tuple(Finding(**one) for one in problem["findings"]), problem["detail"]
        is_question = problem["status"] < 500
    head = say("fault.title") if is_question and told else say("fault.server") if not is_question else say("app.lost")
    body = findings(told) if told else el("p", sentence(title), cls="lb-notice error")
    return el("div", el("h2", head, cls="lb-faulthead"), el("div", body, style="margin-top:10px"), cls="lb-panel", role="alert")


def warning(text: str) -> Markup:
    """What an answer cannot vouch for."""
    return el("div", sentence(text), cls="lb-notice warning")


def faulty_fields(error: BaseException) -> tuple[str, ...]:
    """Names of the fields of a form that the findings are about."""
    found = getattr(error, "findings", ())
    return tuple(dict.fromkeys(field_of(one.column) for one in found if one.column))
