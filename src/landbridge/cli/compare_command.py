"""``landbridge compare``: scenarios of a feed beside each other."""

from __future__ import annotations

from time import perf_counter
from typing import Annotated

import typer

from landbridge.cli.options import DEFAULT_FEED, ClusterOption, FeedArgument, JsonOption, KeepOption, WorkersOption
from landbridge.cli.screen import page_width, write_headway, write_page, write_text


def compare(
    feed: FeedArgument = DEFAULT_FEED,
    scenario: Annotated[list[str] | None, typer.Option(metavar="NAME", help="A scenario of the feed, or a .toml file; repeat.")] = None,
    horizon: Annotated[str | None, typer.Option(metavar="FROM:TO", help="Shipments ready from and to these days.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Asked on this day; default: the day of the feed.")] = None,
    seconds: Annotated[float, typer.Option(help="Time for each scenario's candidates and joint plan.")] = 60.0,
    seed: Annotated[int, typer.Option(help="Of the search.")] = 0,
    workers: WorkersOption = 1,
    cluster: ClusterOption = None,
    keep: KeepOption = None,
    as_json: JsonOption = False,
) -> None:
    """What the joint plan of a book costs in each scenario; without --scenario: which ones the feed brings."""
    from landbridge import planner

    if not scenario:
        names = planner.list_scenario_names(feed)
        write_text("".join(f"{name}\n" for name in names) or "the feed brings no scenarios\n")
        return
    from landbridge.report.comparison import comparison_document, render_comparison
    from landbridge.report.legend import Legend
    from landbridge.report.plan_document import document_text

    begin = perf_counter()
    dataset, _ = planner.load_feed(feed)
    scenarios = planner.load_scenarios(scenario, feed)
    question = planner.ask_book(dataset, horizon=horizon, as_of=as_of, seconds=seconds, seed=seed)
    crew = planner.Crew(workers=workers, cluster=cluster, keep=keep)
    comparison = planner.compare_scenarios(dataset, scenarios, question, tell=write_headway, crew=crew)
    if as_json:
        write_text(document_text(comparison_document(comparison, seconds=perf_counter() - begin)))
        return
    write_page(render_comparison(comparison, Legend(dataset), width=page_width()))
