"""``landbridge replan``: goods under way, when they will arrive and what pays."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli.options import DEFAULT_FEED, FeedOption, JsonOption, PlanArgument, RatesOption
from landbridge.cli.screen import page_width, write_notice, write_page, write_text


def replan(
    plan_file: PlanArgument,
    position: Annotated[str, typer.Option("--position", metavar="FILE", help="Milestones: DCSA Track & Trace events, JSON or CSV.")],
    itinerary: Annotated[int | None, typer.Option("--itinerary", metavar="N", help="Which plan, from 1; else the balanced one.")] = None,
    runs: Annotated[int, typer.Option("--runs", metavar="N", help="How often the rest is run.")] = 10_000,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Seed of the random draws.")] = 1,
    has_search: Annotated[bool, typer.Option("--search/--no-search", help="Look for another way from where the goods are.")] = True,
    rates: RatesOption = None,
    feed: FeedOption = DEFAULT_FEED,
    as_json: JsonOption = False,
) -> None:
    """Follow goods under way: the arrival from where they are, the change that pays, and by when it has to be decided."""
    from landbridge import planner
    from landbridge.report.plan_document import document_text
    from landbridge.report.replan_report import render_replan, replan_document

    plan = planner.read_plan(plan_file)
    dataset, _ = planner.load_feed(feed, rates=rates)
    dataset = planner.join_query_places(dataset, plan.query)
    answer, findings = planner.replan_goods(dataset, plan, position, itinerary=itinerary, runs=runs, seed=seed, has_search=has_search)
    for finding in findings:
        write_notice(f"{finding.file}: {finding.message}")
    if as_json:
        write_text(document_text(replan_document(answer)))
    else:
        write_page(render_replan(answer, dataset, width=page_width()))
