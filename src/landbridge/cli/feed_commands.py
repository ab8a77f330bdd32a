"""``landbridge check``, ``init``, ``convert`` and ``place``: a feed and what is in it."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli.exits import BAD_DATA
from landbridge.cli.options import DEFAULT_FEED, FeedArgument, FeedOption, JsonOption
from landbridge.cli.screen import page_width, write_notice, write_page, write_text
from landbridge.domain.errors import DataError


def check(
    feed: FeedArgument = DEFAULT_FEED,
    as_json: JsonOption = False,
    with_atlas: Annotated[bool, typer.Option("--atlas/--no-atlas", help="Hold distances against the atlas too; some seconds more.")] = True,
) -> None:
    """Check a feed: every finding at once, with file, row, column and what to do."""
    from landbridge import planner
    from landbridge.report.check_report import findings_document, render_check
    from landbridge.report.plan_document import document_text

    try:
        findings = planner.check_feed(feed, with_atlas=with_atlas)
    except DataError as error:
        findings = error.findings
    if as_json:
        write_text(document_text(findings_document(feed, findings)))
    else:
        write_page(render_check(feed, findings, width=page_width()))
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(BAD_DATA)


def init(folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder that is not there yet, or empty.")]) -> None:
    """Write a small valid feed with comments, to begin from."""
    from landbridge import planner

    planner.init_feed(folder)
    write_text(f"wrote a small feed to {folder}; next: landbridge check {folder}\n")


def convert(
    source: Annotated[str, typer.Argument(metavar="A", help="Feed to read: folder, zip or xlsx.")],
    target: Annotated[str, typer.Argument(metavar="B", help="Feed to write: folder, .zip or .xlsx.")],
) -> None:
    """Convert a feed between folder, zip and xlsx without loss of tables."""
    from landbridge import planner

    left = planner.convert_feed(source, target)
    write_notice(f"wrote {target}")
    for one in left:
        write_notice(f"{one.message}: it stays in {source}")


def place(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Code, name in any spelling or script, or 'lon lat'.")],
    feed: FeedOption = DEFAULT_FEED,
    near: Annotated[str | None, typer.Option(metavar="KIND", help="Instead the nearest of the atlas: port, station or city.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many of them.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Find a place: the five closest of the feed, then those of the atlas."""
    from landbridge import planner
    from landbridge.report.place_table import near_rows, place_rows, render_near, render_places, world_rows
    from landbridge.report.plan_document import document_text

    if near is not None:
        nearest = planner.find_nearest(text, kind=near, limit=limit)
        if as_json:
            write_text(document_text({"nearest": near_rows(nearest)}))
        else:
            write_page(render_near(nearest, width=page_width()))
        return
    dataset, _ = planner.load_feed(feed)
    own = planner.find_places(dataset, text, limit=5)
    world = planner.find_atlas_places(text, limit=5)
    if as_json:
        write_text(document_text({"places": place_rows(own, world)}))
        return
    write_page(render_places(text, own, width=page_width()))
    if world:
        write_text("\nof the atlas\n")
        write_page(render_places(text, world_rows(world), width=page_width()))
