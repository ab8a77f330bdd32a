"""``landbridge documents``: the papers of a plan, by when each has to be applied for."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli.options import DEFAULT_FEED, FeedOption, JsonOption, PlanArgument, RatesOption
from landbridge.cli.screen import write_notice, write_text, write_wrapped


def documents(
    plan_file: PlanArgument,
    itinerary: Annotated[int, typer.Option(metavar="N", help="Number of the plan, from 1.")] = 1,
    ics: Annotated[str | None, typer.Option("--ics", metavar="FILE", help="Write the last days to apply as a calendar.")] = None,
    csv: Annotated[str | None, typer.Option("--csv", metavar="FILE", help="Write the checklist as CSV.")] = None,
    rates: RatesOption = None,
    feed: FeedOption = DEFAULT_FEED,
    as_json: JsonOption = False,
) -> None:
    """List documents and permits: who issues them, how long before, at what cost, and the last day to apply."""
    from landbridge import planner
    from landbridge.report import checklist
    from landbridge.report.plan_document import document_text

    plan = planner.read_plan(plan_file)
    dataset, _ = planner.load_feed(feed, rates=rates)
    dataset = planner.join_query_places(dataset, plan.query)
    planner.check_itinerary(plan, itinerary)
    rows = checklist.list_documents(plan, dataset, itinerary)
    if ics:
        planner.write_text(ics, checklist.checklist_calendar(plan, rows, itinerary))
        write_notice(f"wrote {ics}")
    if csv:
        planner.write_text(csv, planner.answers_csv(checklist.checklist_rows(rows), checklist.COLUMNS))
        write_notice(f"wrote {csv}")
    notes = checklist.list_notes(plan, dataset, itinerary)
    if as_json:
        write_text(document_text(checklist.checklist_document(plan, rows, itinerary, notes)))
    else:
        write_wrapped(checklist.checklist_text(plan, rows, itinerary, notes))
