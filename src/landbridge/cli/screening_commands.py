"""``landbridge screen`` and ``decide``: names against lists, and what two people say of a match."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli.options import DEFAULT_FEED, FeedOption, JsonOption
from landbridge.cli.screen import write_notice, write_text, write_wrapped
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding

if TYPE_CHECKING:
    from landbridge.domain.screening import Screening
    from landbridge.planner.screening import Party, Screener

_PROGRESS_EVERY = 1_000


def read_clock() -> str:
    """The time in UTC, for the audit log."""
    return datetime.now(UTC).isoformat(timespec="microseconds")  # noqa: TID251  # a door


def parse_day(name: str, text: str | None) -> date | None:
    """A day from an option; raises ``QueryError``."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise QueryError([Finding(code="DATE", column=name, message=f"{text[:40]!r} is no date", fix="write it as 2026-12-01")]) from None


def screen(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Name of a company, person or vessel, in any script.")] = None,
    country: Annotated[str | None, typer.Option(metavar="BY", help="Country of the party: evidence for and against.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="company, person or vessel.")] = None,
    file: Annotated[str | None, typer.Option("--file", metavar="FILE", help="Screen every party of a CSV file with a column name.")] = None,
    out: Annotated[str | None, typer.Option(metavar="FILE", help="With --file: write the answers as CSV (or .json).")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="As of this day; default: the day of the feed.")] = None,
    gate: Annotated[list[str] | None, typer.Option(metavar="REGIME", help="This regime's designations block too; repeatable.")] = None,
    feed: FeedOption = DEFAULT_FEED,
    as_json: JsonOption = False,
) -> None:
    """Screen a name, or a file of names: clear, review, blocked or unknown, with every reason."""
    from landbridge import planner
    from landbridge.report.plan_document import document_text
    from landbridge.report.screening_document import screening_document, screening_text

    if (name is None) == (file is None):
        raise typer.BadParameter("give one name, or --file with many", param_hint="NAME")
    gates = tuple(text.upper() for text in gate or ())
    if file is not None:
        day = parse_day("--as-of", as_of)
        _screen_file(file, out, planner.make_screener(feed, as_of=day, gates=gates), as_json=as_json)
        return
    party, day = _ask_party(name or "", kind, country, as_of)
    found = planner.screen_party(party, feed=feed, as_of=day, gates=gates, at=read_clock())
    ids = tuple(planner.name_match(party, match) for match in found.matches)
    if as_json:
        write_text(document_text(screening_document(found, ids)))
    else:
        write_wrapped(screening_text(found, ids))


def _ask_party(name: str, kind: str | None, country: str | None, as_of: str | None) -> tuple[Party, date | None]:
    """The party and the day asked for, or one error with all that is wrong."""
    from landbridge import planner

    findings: list[Finding] = []
    day: date | None = None
    try:
        day = parse_day("--as-of", as_of)
    except QueryError as error:
        findings += error.findings
    try:
        party = planner.ask_party(name, kind, country)
    except QueryError as error:
        raise QueryError([*findings, *error.findings]) from None
    if findings:
        raise QueryError(findings)
    return party, day


def _screen_file(file: str, out: str | None, screener: Screener, *, as_json: bool) -> None:
    from landbridge import planner
    from landbridge.report.plan_document import document_text
    from landbridge.report.screening_document import CSV_COLUMNS, screening_document, screening_row

    parties = planner.read_parties(file)
    found: list[tuple[Party, Screening]] = []
    for party, answer in zip(parties, planner.screen_parties(screener, parties), strict=True):
        found.append((party, answer))
        if len(found) % _PROGRESS_EVERY == 0:
            write_notice(f"{len(found)} of {len(parties)} screened")
    planner.record_batch(file, tuple(answer for _, answer in found), read_clock())
    ids = [tuple(planner.name_match(party, match) for match in answer.matches) for party, answer in found]
    if as_json or (out or "").endswith(".json"):
        text = document_text({"screenings": [screening_document(answer, one) for (_, answer), one in zip(found, ids, strict=True)]})
    else:
        text = planner.answers_csv(
            [screening_row(answer, one[0] if one else "") for (_, answer), one in zip(found, ids, strict=True)], CSV_COLUMNS
        )
    if out:
        planner.write_text(out, text)
        write_notice(f"wrote {out}")
    else:
        write_text(text)
    write_notice(_count(found))


def _count(found: list[tuple[Party, Screening]]) -> str:
    counts = {verdict: sum(answer.verdict == verdict for _, answer in found) for verdict in ("blocked", "review", "unknown", "clear")}
    return ", ".join(f"{count} {verdict}" for verdict, count in counts.items())


def decide(
    match: Annotated[str, typer.Argument(metavar="MATCH", help="Id of a match, as screen shows it, or policy:REGIME.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides or confirms.")],
    verdict: Annotated[
        str | None,
        typer.Option(metavar="clear|blocked|narrow", help="clear: another party than the entry. narrow: this regime does not block."),
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="The decision expires after this day.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="With narrow: its first day; default: today.")] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="Confirm the waiting decision as the second person.")] = False,
) -> None:
    """Decide a match, or confirm the decision of another person; it binds this party and this entry as they are."""
    from landbridge import planner

    if confirm:
        decision = planner.confirm(match, by, read_clock())
    elif verdict == "narrow":
        decision = planner.narrow(match, reason, by, since, until, read_clock())
    else:
        decision = planner.decide(match, verdict, reason, by, until, read_clock())
    state = (
        f"confirmed by {decision.confirmed_by}"
        if decision.confirmed_by
        else "it blocks at once"
        if decision.verdict == "blocked"
        else "it waits for a second person: --confirm"
    )
    write_text(f"match {decision.match_id}: {decision.verdict} until {decision.until}, by {decision.decided_by}; {state}\n")
    sys.stdout.flush()
