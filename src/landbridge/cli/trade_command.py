"""``landbridge trade``: two countries' books, undisclosed years and claims held against each other."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli.options import DEFAULT_FEED, FeedArgument, JsonOption
from landbridge.cli.screen import page_width, write_notice, write_page, write_text


def trade(
    feed: FeedArgument = DEFAULT_FEED,
    records: Annotated[
        list[str] | None, typer.Option("--records", metavar="FILE", help="Figures as UN Comtrade, WITS or Comext export them; repeatable.")
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Use what was known on that day.")] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Seed of the random draws.")] = 1,
    shipments: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="Write a feed with shipments for the whole trade of a year.")
    ] = None,
    year: Annotated[int | None, typer.Option(metavar="YEAR", help="With --shipments: of this year; else the last estimated.")] = None,
    point: Annotated[str, typer.Option(metavar="NAME", help="With --shipments: p05, p50 or p95 of each flow.")] = "p50",
    companies: Annotated[int | None, typer.Option(metavar="N", help="With --shipments: so many send in each direction.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Hold trade records and claims against each other: years estimated with intervals, claims judged, what would decide them."""
    from landbridge import planner
    from landbridge.report.plan_document import document_text
    from landbridge.report.trade_document import trade_document
    from landbridge.report.trade_page import render_trade, tell_flow_books

    dataset, findings = planner.add_records(planner.load_feed(feed)[0], records or [])
    for finding in findings:
        write_notice(f"{finding.file}: {finding.message}")
    answer = planner.hold_trade(dataset, as_of=as_of, seed=seed)
    if shipments is not None:
        books = planner.make_flow_books(dataset, answer, point=point, companies=companies, year=year)
        planner.write_flow_feed(dataset, feed, books, shipments)
        for line in tell_flow_books(books):
            write_notice(line)
    if as_json:
        write_text(document_text(trade_document(answer, dataset)))
    else:
        write_page(render_trade(answer, width=page_width()))
