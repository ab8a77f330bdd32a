"""``landbridge plan``: one shipment from door to door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli.options import DEFAULT_FEED, ClusterOption, FeedAloneOption, FeedOption, JsonOption, RatesOption
from landbridge.cli.screen import page_width, write_notice, write_page, write_text
from landbridge.cli.screening_commands import read_clock

if TYPE_CHECKING:
    from landbridge.domain.dataset import Dataset
    from landbridge.domain.finding import Finding
    from landbridge.domain.plan import Plan
    from landbridge.domain.simulation import RiskComparison
    from landbridge.report.page import Line

    Choice = tuple[RiskComparison, str, int] | None

_MOST_NOTICES = 10
_RUNS = 2_000
"""Runs of each plan for ``--by``; ``landbridge simulate --by`` takes more."""


def plan(
    origin: Annotated[str | None, typer.Argument(metavar="FROM", help="Place: id, UN/LOCODE, name, or 'name, country'.")] = None,
    destination: Annotated[str | None, typer.Argument(metavar="TO", help="Place: id, UN/LOCODE, name, or 'name, country'.")] = None,
    units: Annotated[str | None, typer.Option(metavar="2x40HC", help="How many of which load unit.")] = None,
    goods: Annotated[str | None, typer.Option(metavar="8701", help="HS code of the goods, two digits or more.")] = None,
    ready: Annotated[str | None, typer.Option(metavar="DATE", help="Ready at 00:00 local time of this day, e.g. 2026-12-01.")] = None,
    due: Annotated[str | None, typer.Option(metavar="DATE", help="There by 24:00 local time of this day.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Asked on this day; default: the day of the feed.")] = None,
    mass: Annotated[str | None, typer.Option(metavar="T", help="Cargo mass of all units together, tonnes.")] = None,
    value: Annotated[str | None, typer.Option(metavar="USD", help="Value of the goods, in the feed's currency.")] = None,
    landed: Annotated[bool, typer.Option("--landed", help="Duties and taxes are part of the total.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Only the best plans for 29 ways of weighing cost, time and CO2e.")] = False,
    latest: Annotated[bool, typer.Option("--latest", help="Ready as late as --due allows: the day is looked for.")] = False,
    alternatives: Annotated[int | None, typer.Option(metavar="K", min=1, help="Up to K truly different ways instead of all plans.")] = None,
    avoid: Annotated[list[str] | None, typer.Option(metavar="X", help="Not by this place, country, service or mode; repeatable.")] = None,
    via: Annotated[list[str] | None, typer.Option(metavar="PLACE", help="Through this place, border or passage; repeatable.")] = None,
    carrier: Annotated[
        list[str] | None, typer.Option(metavar="PARTY", help="In its modes only this carrier, and used; repeatable.")
    ] = None,
    gate: Annotated[list[str] | None, typer.Option(metavar="REGIME", help="This regime's designations block too; repeatable.")] = None,
    shipper: Annotated[str | None, typer.Option(metavar="ID", help="Party that sends.")] = None,
    consignee: Annotated[str | None, typer.Option(metavar="ID", help="Party that receives.")] = None,
    rates: RatesOption = None,
    feed: FeedOption = DEFAULT_FEED,
    feed_alone: FeedAloneOption = False,
    as_json: JsonOption = False,
    as_geojson: Annotated[bool, typer.Option("--geojson", help="The ways as GeoJSON on standard output.")] = False,
    out: Annotated[str | None, typer.Option(metavar="FILE", help="Write the plan as JSON (with --geojson: as GeoJSON).")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Choose a plan by on-time, p90 or cvar, simulated.")] = None,
    items: Annotated[bool, typer.Option("--items", help="Show every amount of each plan with a label.")] = False,
    shipments: Annotated[
        str | None, typer.Option(metavar="FILE", help="Plan each row of this CSV instead of FROM and TO, into --out.")
    ] = None,
    workers: Annotated[int, typer.Option(metavar="N", help="With --shipments: processes; 0: one a core.")] = 0,
    cluster: ClusterOption = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Search anew what was answered before.")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="With --shipments: the plans in short only.")] = False,
) -> None:
    """Plan one shipment: all plans that no other beats in cost, arrival and CO2e."""
    if as_json and as_geojson:
        raise typer.BadParameter("--json and --geojson both ask for standard output; take one of them", param_hint="--geojson")
    _check_form(
        origin, destination, shipments, out, is_drawn=as_json or as_geojson or items, is_batch_only=bool(workers or brief or cluster)
    )
    if alternatives and (as_geojson or items or shipments):
        raise typer.BadParameter("--alternatives takes no --geojson, --items or --shipments", param_hint="--alternatives")
    if latest and shipments:
        raise typer.BadParameter("--latest is for one shipment", param_hint="--latest")
    from landbridge import planner

    question = planner.Question(
        origin=origin or "", destination=destination or "", units=units, goods=goods, ready=ready, due=due, as_of=as_of, mass=mass,
        value=value, landed=landed, avoid=tuple(avoid or ()), via=tuple(via or ()), gate=tuple(gate or ()),
        shipper=shipper, consignee=consignee, exact=not quick, carrier=tuple(carrier or ()), feed_alone=feed_alone,
    )  # fmt: skip
    if shipments is not None and out is not None:
        from landbridge.cli.batch_command import plan_file

        raise typer.Exit(plan_file(shipments, out, question, feed=feed, rates=rates, workers=workers, is_brief=brief, cluster=cluster))
    loaded, findings = planner.load_feed(feed, rates=rates)
    _tell_findings(findings, feed, has_rates=rates is not None)
    dataset, query = planner.join_question(loaded, question)
    if by is not None:
        planner.check_by(by, query)
    dataset, query, said = planner.join_latest(loaded, query) if latest else (dataset, query, None)
    answer, is_kept = planner.recall_plan(dataset, query, is_fresh=fresh)
    planner.record_plan(answer, read_clock())
    plain, answer = answer, planner.with_namesakes(answer, dataset, question)
    if is_kept:
        write_notice("answered before: same feed, question, lists, decisions and program (--fresh searches anew)")
    if said is not None:
        write_notice(said.message)
    if alternatives:
        _write_alternatives(answer, dataset, alternatives, out=out, as_json=as_json)
        return
    risks = None if by is None or not answer.itineraries else planner.compare_risks(dataset, answer, runs=_RUNS)
    choice = None if by is None or risks is None else (risks, by, planner.choose_by(risks, by))
    text = ""
    if out or as_json or as_geojson:
        text = _document(answer, dataset, choice, as_geojson=as_geojson, is_kept=answer is plain, is_fresh=fresh)
    if out:
        planner.write_text(out, text)
        write_notice(f"wrote {out}")
    if as_json or as_geojson:
        write_text(text)
    else:
        write_page(_page(answer, dataset, choice, has_items=items))


def _check_form(
    origin: str | None, destination: str | None, shipments: str | None, out: str | None, *, is_drawn: bool, is_batch_only: bool
) -> None:
    """Either FROM and TO, or a file of shipments and where its answers go."""
    if shipments is None:
        if origin is None or destination is None:
            raise typer.BadParameter("give FROM and TO, or --shipments FILE --out FILE", param_hint="FROM TO")
        if is_batch_only:
            raise typer.BadParameter("--workers, --cluster and --brief go with --shipments", param_hint="--workers")
    elif origin is not None or out is None or is_drawn:
        raise typer.BadParameter("--shipments takes --out FILE, no FROM, no TO, no --json, --geojson or --items", param_hint="--shipments")


def _write_alternatives(answer: Plan, dataset: Dataset, count: int, *, out: str | None, as_json: bool) -> None:
    from landbridge import planner
    from landbridge.report.inquiry_report import alternatives_document, render_alternatives
    from landbridge.report.plan_document import document_text

    found = planner.find_alternatives(dataset, answer, count)
    text = document_text(alternatives_document(answer, found))
    if out:
        planner.write_text(out, text)
        write_notice(f"wrote {out}")
    if as_json:
        write_text(text)
    else:
        write_page(render_alternatives(answer, found, dataset, asked=count, width=page_width()))


def _document(answer: Plan, dataset: Dataset, choice: Choice, *, as_geojson: bool, is_kept: bool, is_fresh: bool) -> str:
    """The answer as a document; one that says which of several namesakes was taken (not ``is_kept``) is written anew."""
    from landbridge import planner
    from landbridge.report.plan_document import document_text, plan_document, stamp_risk

    if as_geojson:
        from landbridge.report.geojson import plan_geojson

        return document_text(plan_geojson(planner.draw_plan(answer, dataset), dataset))
    if choice is not None:
        return document_text(plan_document(answer, dataset, risk=stamp_risk(*choice)))
    if not is_kept:
        return document_text(plan_document(answer, dataset))
    return planner.recall_text("document", dataset, answer.query, lambda: document_text(plan_document(answer, dataset)), is_fresh=is_fresh)


def _page(answer: Plan, dataset: Dataset, choice: Choice, *, has_items: bool) -> tuple[Line, ...]:
    from landbridge.report.item_table import render_items_of_plan
    from landbridge.report.plan_page import joined, render_answer, render_evidence

    width = page_width()
    items = render_items_of_plan(answer, dataset, width=width) if has_items else ()
    parts = [render_answer(answer, dataset, width=width), items]
    if choice is not None:
        from landbridge.report.simulation_report import render_risks

        compared, by, chosen = choice
        parts.append(render_risks(compared, dataset, by, chosen, width=width))
    return joined((*parts, render_evidence(answer, dataset, width=width)))


def _tell_findings(findings: Sequence[Finding], feed: str, *, has_rates: bool) -> None:
    """Warnings of the user's own feed: in full where own rates may be their cause, else only that there are some."""
    warnings = [finding for finding in findings if finding.severity != "info"]
    shown = warnings[:_MOST_NOTICES] if has_rates else []
    for finding in shown:
        where = f"{finding.file}:{finding.row}: " if finding.row is not None else ""
        write_notice(f"{finding.severity}: {where}{finding.message}")
    if len(warnings) > len(shown) and (has_rates or feed != DEFAULT_FEED):
        write_notice(f"more warnings in the feed ({len(warnings) - len(shown)}); see: landbridge check {feed}")
