"""``landbridge trade``: two countries' books, undisclosed years and claims held against each other."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli.options import DEFAULT_FEED, ClusterOption, FeedArgument, JsonOption, KeepOption, WorkersOption
from landbridge.cli.screen import page_width, write_headway, write_notice, write_page, write_text


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
    year: Annotated[
        int | None, typer.Option(metavar="YEAR", help="With --shipments or --book: of this year; else the last estimated.")
    ] = None,
    point: Annotated[str, typer.Option(metavar="NAME", help="With --shipments: p05, p50 or p95 of each flow.")] = "p50",
    companies: Annotated[int | None, typer.Option(metavar="N", help="With --shipments or --book: so many send in each direction.")] = None,
    book: Annotated[int | None, typer.Option(metavar="DRAWS", help="Plan the whole trade of a year in so many draws: its saving.")] = None,
    seconds: Annotated[float, typer.Option(help="With --book: for each joint plan.")] = 20.0,
    target: Annotated[float, typer.Option(metavar="PERCENT", help="With --book: the saving that is asked for.")] = 15.0,
    workers: WorkersOption = 1,
    cluster: ClusterOption = None,
    keep: KeepOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hold trade records and claims against each other: years estimated with intervals, claims judged, what would decide them."""
    from landbridge import planner
    from landbridge.report.plan_document import document_text
    from landbridge.report.trade_document import trade_document
    from landbridge.report.trade_page import render_trade, tell_flow_books
    from landbridge.report.whole_trade import render_whole_trade, whole_trade_document

    asked = None
    if book is not None:
        asked = planner.WholeTradeQuestion(
            draws=book, seconds=seconds, companies=companies, year=year, target_percent=target, seed=seed,
            crew=planner.Crew(workers=workers, cluster=cluster, keep=keep),
        )  # fmt: skip
    planner.check_trade(as_of=as_of, seed=seed, point=point, companies=companies, book=asked)
    dataset, findings = planner.add_records(planner.load_feed(feed)[0], records or [])
    for finding in findings:
        write_notice(f"{finding.file}: {finding.message}")
    answer = planner.hold_trade(dataset, as_of=as_of, seed=seed)
    if shipments is not None:
        books = planner.make_flow_books(dataset, answer, point=point, companies=companies, year=year)
        planner.write_flow_feed(dataset, feed, books, shipments)
        for line in tell_flow_books(books):
            write_notice(line)
        write_notice(f"next: landbridge book {shipments}")
    whole = None
    if asked is not None:
        whole = planner.book_whole_trade(dataset, answer, asked, hear=write_headway)
    if as_json:
        document = trade_document(answer, dataset, findings)
        write_text(document_text(document if whole is None else {**document, "whole_trade": whole_trade_document(whole)}))
    elif whole is not None:
        write_page(render_whole_trade(whole, width=page_width()))
    else:
        write_page(render_trade(answer, width=page_width()))
