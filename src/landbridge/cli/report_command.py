"""``landbridge report``: a plan as a page or a workbook to pass on, or as a quote for a customer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landbridge.cli.options import DEFAULT_FEED, FeedOption, PlanArgument, RatesOption
from landbridge.cli.screen import write_notice
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding


def report(
    plan_file: PlanArgument,
    form: Annotated[str, typer.Option("--format", metavar="html|xlsx|geojson|ics", help="Form of the report.")] = "html",
    out: Annotated[str | None, typer.Option(metavar="FILE", help="Where to; default: beside the plan, with the form's suffix.")] = None,
    itinerary: Annotated[int | None, typer.Option(metavar="N", help="Number of the plan, from 1; default: the first.")] = None,
    margin: Annotated[
        str | None, typer.Option(metavar="PERCENT", help="A quote: the sell price with this margin, without the costs.")
    ] = None,
    incoterm: Annotated[str | None, typer.Option(metavar="DAP", help="A quote: costs of seller and buyer under this Incoterm.")] = None,
    named: Annotated[str | None, typer.Option(metavar="PLACE", help="Id of the place named by the Incoterm.")] = None,
    valid_until: Annotated[str | None, typer.Option(metavar="DATE", help="A quote: its last day.")] = None,
    rates: RatesOption = None,
    feed: FeedOption = DEFAULT_FEED,
) -> None:
    """Write a report: summary, map, journey, money with sources, documents, risks, and the digest to verify it."""
    from landbridge import planner
    from landbridge.planner.report_file import render_report, write_report
    from landbridge.report.quote import make_quote, make_terms

    plan = planner.read_plan(plan_file)
    dataset, _ = planner.load_feed(feed, rates=rates)
    dataset = planner.join_query_places(dataset, plan.query)
    if dataset.digest != plan.dataset_digest:
        write_notice(f"the plan was made from another edition of its feed ({plan.dataset_name}); names and sources are those of {feed}")
    quote = None
    if any(one is not None for one in (margin, incoterm, named, valid_until)):
        if form != "html" or not plan.itineraries:
            message = "a quote is an HTML page of a plan with an itinerary"
            raise QueryError([Finding(code="REPORT-FORM", column="--format", message=message, fix="leave --format out")])
        number = min(max(itinerary or 1, 1), len(plan.itineraries))
        chosen = plan.itineraries[number - 1]
        quote = make_quote(chosen, make_terms(chosen, margin=margin, incoterm=incoterm, named=named, valid_until=valid_until))
    path = out or str(Path(plan_file).with_suffix(f".{form}"))
    write_report(path, render_report(plan, dataset, form, itinerary=itinerary, quote=quote))
    write_notice(f"wrote {path}")
