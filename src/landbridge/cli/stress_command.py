"""``landbridge stress``: what closures cost a book."""

from __future__ import annotations

from time import perf_counter
from typing import Annotated

import typer

from landbridge.cli.options import DEFAULT_FEED, ClusterOption, FeedArgument, JsonOption, KeepOption, RatesOption, WorkersOption
from landbridge.cli.screen import page_width, write_notice, write_page, write_text


def stress(
    feed: FeedArgument = DEFAULT_FEED,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Asked on this day; default: the day of the feed.")] = None,
    paired: Annotated[
        int | None, typer.Option("--pairs", metavar="N", help="So many of the worst are closed in pairs; 0: none; 4 if not told.")
    ] = None,
    pair: Annotated[list[str] | None, typer.Option("--pair", metavar="A+B", help="Two ids that close together; repeatable.")] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="X", help="open:ID, permit:DOCUMENT, storage:PLACE, rule:ID, scenario:NAME or a feed; repeatable."),
    ] = None,
    replay: Annotated[
        list[str] | None, typer.Option(metavar="EVENT", help="Real event by id, with * or all, and nothing else unless asked; repeatable.")
    ] = None,
    workers: WorkersOption = 1,
    cluster: ClusterOption = None,
    keep: KeepOption = None,
    rates: RatesOption = None,
    as_json: JsonOption = False,
    as_geojson: Annotated[bool, typer.Option("--geojson", help="The closures as GeoJSON on standard output.")] = False,
) -> None:
    """Close what a book's best ways use, one at a time and in pairs: cost, days, shipments lost, ways around, worth of measures."""
    if as_json and as_geojson:
        raise typer.BadParameter("--json and --geojson both ask for standard output; take one of them", param_hint="--geojson")
    from landbridge import planner
    from landbridge.report.plan_document import document_text
    from landbridge.report.stress_report import render_stress, stress_document, stress_geojson

    dataset, _ = planner.load_feed(feed, rates=rates)
    begun = perf_counter()
    crew = planner.Crew(workers=workers, cluster=cluster, keep=keep)
    question = planner.ask_stress(
        dataset, as_of=as_of, paired=4 if paired is None else paired, pairs=pair or (), measures=measure or (), replays=replay or (),
        crew=crew, location=feed, is_swept=paired is not None or as_geojson or not replay,
    )  # fmt: skip
    answer = planner.stress_book(dataset, question, hear=write_notice)
    for finding in answer.findings:
        write_notice(finding.message)
    if as_json:
        write_text(document_text(stress_document(answer, dataset, seconds=perf_counter() - begun)))
    elif as_geojson:
        write_text(document_text(stress_geojson(answer, dataset)))
    else:
        write_page(render_stress(answer, dataset, width=page_width()))
