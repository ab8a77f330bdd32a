"""``landbridge reach``: what reaches a saving of so many percent."""

from __future__ import annotations

from time import perf_counter
from typing import Annotated

import typer

from landbridge.cli.options import DEFAULT_FEED, FeedArgument, JsonOption
from landbridge.cli.screen import page_width, write_headway, write_page, write_text


def reach(
    feed: FeedArgument = DEFAULT_FEED,
    target: Annotated[float, typer.Option(metavar="PERCENT", help="The saving that is asked for.")] = 15.0,
    volumes: Annotated[str, typer.Option(metavar="N,N,...", help="How many times over the book is taken.")] = "1,2,3,6",
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Asked on this day; default: the day of the feed.")] = None,
    seconds: Annotated[float, typer.Option(help="Time for the joint plan of each volume.")] = 60.0,
    draws: Annotated[int, typer.Option(help="Draws of the uncertain figures for each volume; 0: none.")] = 20,
    seed: Annotated[int, typer.Option(help="Of the draws and of the ready dates.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """What reaches a saving: which volume, which levers, which price of trains, and whether anything can."""
    from landbridge import planner
    from landbridge.report.plan_document import document_text
    from landbridge.report.reach import reach_document, render_reach

    begin = perf_counter()
    dataset, _ = planner.load_feed(feed)
    question = planner.ask_reach(dataset, target=target, volumes=volumes, as_of=as_of, seconds=seconds, draws=draws, seed=seed)
    found = planner.find_reach(dataset, question, tell=write_headway)
    if as_json:
        write_text(document_text(reach_document(found, seconds=perf_counter() - begin)))
        return
    write_page(render_reach(found, width=page_width()))
