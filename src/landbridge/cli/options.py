"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

DEFAULT_FEED = "belarus-pakistan"

FeedOption = Annotated[str, typer.Option("--feed", metavar="PATH", help="Corridor feed: folder, zip, xlsx or the name of a shipped one.")]
FeedArgument = Annotated[str, typer.Argument(metavar="[FEED]", help="Corridor feed: folder, zip, xlsx or the name of a shipped one.")]
RatesOption = Annotated[str | None, typer.Option("--rates", metavar="FILE", help="Your own rates (CSV), laid over the feed.")]
PlanArgument = Annotated[str, typer.Argument(metavar="PLAN.json", help="A plan as --out or --json wrote it.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
