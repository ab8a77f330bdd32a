"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

DEFAULT_FEED = "belarus-pakistan"

FeedOption = Annotated[str, typer.Option("--feed", metavar="PATH", help="Corridor feed: folder, zip, xlsx or the name of a shipped one.")]
FeedArgument = Annotated[str, typer.Argument(metavar="[FEED]", help="Corridor feed: folder, zip, xlsx or the name of a shipped one.")]
RatesOption = Annotated[str | None, typer.Option("--rates", metavar="FILE", help="Your own rates (CSV), laid over the feed.")]
PlanArgument = Annotated[str, typer.Argument(metavar="PLAN.json", help="A plan as --out or --json wrote it.")]
WorkersOption = Annotated[
    int, typer.Option("--workers", metavar="N", help="Processes of this machine, 0: one a core; more than 1 needs landbridge[cluster].")
]
ClusterOption = Annotated[str | None, typer.Option("--cluster", metavar="ADDRESS", help="A Dask cluster, tcp://host:8786.")]
KeepOption = Annotated[str | None, typer.Option("--keep", metavar="FILE", help="Finished parts, to go on from when interrupted.")]
FeedAloneOption = Annotated[bool, typer.Option("--feed-alone", help="No ways of the shipped feed world are added to the feed.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
