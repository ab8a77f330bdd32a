"""``landbridge report``: a plan or a joint plan as a page, a PDF or a workbook to pass on, or as a quote for a customer."""

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
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="html|xlsx|pdf|geojson|ics", help="Form of the report; default: that of --out's suffix, else html."
        ),
    ] = None,
    out: Annotated[str | None, typer.Option(metavar="FILE", help="Where to; default: beside the plan, with the form's suffix.")] = None,
    itinerary: Annotated[int | None, typer.Option(metavar="N", help="Number of the plan, from 1; default: the first.")] = None,
    margin: Annotated[
        str | None, typer.Option(metavar="PERCENT", help="A quote: the sell price with this margin, without the costs.")
    ] = None,
    incoterm: Annotated[str | None, typer.Option(metavar="DAP", help="A quote: costs of seller and buyer under this Incoterm.")] = None,
    named: Annotated[str | None, typer.Option(metavar="PLACE", help="Place named by the Incoterm.")] = None,
    valid_until: Annotated[str | None, typer.Option(metavar="DATE", help="A quote: its last day.")] = None,
    rates: RatesOption = None,
    feed: FeedOption = DEFAULT_FEED,
) -> None:
    """Write a report of a plan or of a joint plan (book.json): summary, map, ways, money with sources, papers, risks, digest."""
    from landbridge import planner
    from landbridge.planner.quoting import quote_plan
    from landbridge.planner.report_file import (
        BOOK_FORMS,
        check_form,
        read_subject,
        render_book_report,
        render_report,
        tell_form,
        write_report,
    )

    form = form or tell_form(out)
    subject = read_subject(plan_file)
    dataset, _ = planner.load_feed(feed, rates=rates)
    path = out or str(Path(plan_file).with_suffix(f".{form}"))
    is_quote = any(one is not None for one in (margin, incoterm, named, valid_until))
    if isinstance(subject, dict):
        check_form(form, BOOK_FORMS)
        if is_quote or itinerary is not None:
            message = "a joint plan has no itinerary to choose and no single price to quote"
            raise QueryError([Finding(code="REPORT-FORM", column="FILE", message=message, fix="give the plan of one shipment")])
        _tell_edition(dataset.digest, subject["dataset"]["digest"], subject["dataset"]["name"], feed)
        write_report(path, render_book_report(subject, dataset, form))
        write_notice(f"wrote {path}")
        return
    plan = subject
    dataset = planner.join_query_places(dataset, plan.query)
    _tell_edition(dataset.digest, plan.dataset_digest, plan.dataset_name, feed)
    quote = None
    if is_quote:
        if form not in ("html", "pdf") or not plan.itineraries:
            message = "a quote is a page of a plan with an itinerary"
            raise QueryError([Finding(code="REPORT-FORM", column="--format", message=message, fix="take --format html or pdf")])
        number = 1 if itinerary is None else itinerary
        if not 1 <= number <= len(plan.itineraries):
            message = f"--itinerary {number}: the plan has 1 to {len(plan.itineraries)}"
            raise QueryError([Finding(code="ITINERARY-UNKNOWN", column="--itinerary", message=message, fix="count the plans from 1")])
        quote = quote_plan(plan, dataset, number, margin=margin, incoterm=incoterm, named=named, valid_until=valid_until)
    write_report(path, render_report(plan, dataset, form, itinerary=itinerary, quote=quote))
    write_notice(f"wrote {path}")


def _tell_edition(of_feed: str, of_plan: str, name: str, feed: str) -> None:
    if of_feed != of_plan:
        write_notice(f"the plan was made from another edition of its feed ({name}); names and sources are those of {feed}")
