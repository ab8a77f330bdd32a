"""``landbridge book``: all shipments of a feed planned together."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli.exits import BAD_DATA
from landbridge.cli.options import DEFAULT_FEED, ClusterOption, FeedArgument, JsonOption, RatesOption, WorkersOption
from landbridge.cli.screen import page_width, write_headway, write_notice, write_page, write_text

if TYPE_CHECKING:
    from landbridge.planner import BookFiles


def book(
    feed: FeedArgument = DEFAULT_FEED,
    horizon: Annotated[str | None, typer.Option(metavar="FROM:TO", help="Shipments ready from and to these days.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Asked on this day; default: the day of the feed.")] = None,
    seconds: Annotated[float, typer.Option(help="Time for candidates and joint plan.")] = 60.0,
    levers: Annotated[float, typer.Option(metavar="SECONDS", help="Time for what each lever brings; 0: leave out.")] = 30.0,
    shares: Annotated[float, typer.Option(metavar="SECONDS", help="Time for who bears what; 0: leave out.")] = 30.0,
    all_ways: Annotated[
        float, typer.Option(metavar="SECONDS", help="Time for a bound over all ways, looked at or not; 0: leave out.")
    ] = 30.0,
    draws: Annotated[int, typer.Option(help="Draws of the uncertain figures; 0: none.")] = 20,
    seed: Annotated[int, typer.Option(help="Of the draws.")] = 0,
    rates: RatesOption = None,
    co2e_cap: Annotated[float | None, typer.Option(metavar="TONNES", help="The joint plan emits so much CO2e at most.")] = None,
    co2e_price: Annotated[float, typer.Option(metavar="PRICE", help="A tonne of CO2e costs so much in every plan.")] = 0.0,
    frontier: Annotated[int, typer.Option(metavar="N", help="Least cost under N caps on CO2e.")] = 0,
    committed: Annotated[
        str | None, typer.Option(metavar="FILE", help="A checkpoint whose plan is booked: what is under way stays.")
    ] = None,
    partner: Annotated[str | None, typer.Option(metavar="PAYER", help="Which others this payer would gain most with.")] = None,
    checkpoint: Annotated[str | None, typer.Option(metavar="FILE", help="Keep ways and plan here, and go on from it.")] = None,
    out: Annotated[str | None, typer.Option(metavar="FOLDER", help="Write book.json and a statement for each payer.")] = None,
    exact: Annotated[bool, typer.Option(help="Search the ways of each shipment by itself: seconds each.")] = False,
    workers: WorkersOption = 1,
    cluster: ClusterOption = None,
    as_json: JsonOption = False,
) -> None:
    """Plan all shipments of a book together: what it saves, how sure that is, and who bears what."""
    from landbridge import planner
    from landbridge.report.book_document import book_document
    from landbridge.report.plan_document import document_text

    begin = perf_counter()
    dataset, _ = planner.load_feed(feed, rates=rates)
    question = planner.ask_book(
        dataset, horizon=horizon, as_of=as_of, seconds=seconds, levers=levers, shares=shares, all_ways=all_ways, draws=draws, seed=seed,
        co2e_cap=co2e_cap, frontier=frontier, co2e_price=co2e_price, committed=planner.read_committed(committed) if committed else (),
        partner=partner, is_exact=exact, crew=planner.Crew(workers=workers, cluster=cluster),
    )  # fmt: skip
    if out:
        planner.open_book_folder(out)
    plan = planner.plan_book_from(dataset, question, checkpoint, tell=write_headway)
    document = book_document(plan, seconds=perf_counter() - begin)
    if as_json:
        write_text(document_text(document))
    else:
        from landbridge.report.book_page import render_book

        write_page(render_book(plan, dataset, width=page_width()))
    errors = [one for one in plan.findings if one.severity == "error"]
    for one in errors:
        write_notice(f"{one.code}: {one.message}. {one.fix}")
    if errors:  # no answer, and nothing to put in the place of an earlier one
        raise typer.Exit(BAD_DATA)
    if out:  # last, so that a disk without room takes nobody's page away
        _tell_files(planner.write_book(out, plan, document, dataset))


def _tell_files(files: BookFiles) -> None:
    for path in files.written:
        write_notice(f"wrote {path}")
    for path in files.removed:
        write_notice(f"removed {path}: an earlier run wrote it, and this one has no such payer")
    for path in files.kept:
        write_notice(f"{path} is of an earlier run and not of this one: it stays, since it may have been changed")
