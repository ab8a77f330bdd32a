"""``landbridge plan --shipments``: thousands of shipments, one JSON line each."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from landbridge.cli.exits import BAD_DATA
from landbridge.cli.screen import write_notice
from landbridge.cli.screening_commands import read_clock

if TYPE_CHECKING:
    from landbridge.planner import Question


def plan_file(
    shipments: str, out: str, defaults: Question, *, feed: str, rates: str | None, workers: int, is_brief: bool, cluster: str | None = None
) -> int:
    """Plan a file of shipments with a bar on standard error; the exit code is 1 if a row is wrong."""
    from landbridge import planner

    dataset, _ = planner.load_feed(feed, rates=rates)
    asked = planner.BatchQuestion(
        shipments=shipments, out=out, feed=feed, rates=rates, defaults=defaults, workers=workers, is_brief=is_brief, cluster=cluster
    )
    try:
        with Bar("shipments") as heard:
            result = planner.plan_batch(dataset, asked, at=read_clock(), heard=heard)
    except KeyboardInterrupt:
        write_notice(f"interrupted; what is done stands in {out}.part, the same command goes on from there")
        raise
    if result.resumed:
        write_notice(f"{result.resumed:,} were done by an earlier run")
    write_notice(f"wrote {out}: {result.planned:,} planned, {result.without_route:,} without a route, {result.wrong:,} with errors")
    return BAD_DATA if result.wrong else 0


class Bar:
    """A bar on standard error where that is a terminal; nothing elsewhere."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> Callable[[int, int], None]:
        if sys.stderr is None or not sys.stderr.isatty():
            return lambda done, of: None
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn(self._what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True))
        self._progress.start()
        task = self._progress.add_task(self._what, total=None)
        return lambda done, of: self._progress.update(task, completed=done, total=of)

    def __exit__(self, *error: object) -> None:
        if hasattr(self, "_progress"):
            self._progress.stop()
