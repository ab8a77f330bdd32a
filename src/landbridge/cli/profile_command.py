"""``landbridge profile`` and ``landbridge matrix``: useful departures of a window, best values between many places."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli.batch_command import Bar
from landbridge.cli.options import (
    DEFAULT_FEED,
    ClusterOption,
    FeedAloneOption,
    FeedOption,
    JsonOption,
    KeepOption,
    RatesOption,
    WorkersOption,
)
from landbridge.cli.screen import page_width, write_page, write_text

UnitsOption = Annotated[str | None, typer.Option("--units", metavar="2x40HC", help="How many of which load unit.")]
GoodsOption = Annotated[str | None, typer.Option("--goods", metavar="8701", help="HS code of the goods, two digits or more.")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Asked on this day; default: the day of the feed.")]
MassOption = Annotated[str | None, typer.Option("--mass", metavar="T", help="Cargo mass of all units together, tonnes.")]
ValueOption = Annotated[str | None, typer.Option("--value", metavar="USD", help="Value of the goods, in the feed's currency.")]
AvoidOption = Annotated[list[str] | None, typer.Option("--avoid", metavar="X", help="Not by this, as in plan; repeatable.")]
ViaOption = Annotated[list[str] | None, typer.Option("--via", metavar="X", help="By this, as in plan; repeatable.")]
CarrierOption = Annotated[list[str] | None, typer.Option("--carrier", metavar="PARTY", help="A fixed carrier, as in plan; repeatable.")]


def profile(
    origin: Annotated[str, typer.Argument(metavar="FROM", help="Place: id, UN/LOCODE, name, or 'name, country'.")],
    destination: Annotated[str, typer.Argument(metavar="TO", help="Place: id, UN/LOCODE, name, or 'name, country'.")],
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="First day on which the goods may be ready.")],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="Last such day.")],
    units: UnitsOption = None,
    goods: GoodsOption = None,
    due: Annotated[str | None, typer.Option(metavar="DATE", help="There by 24:00 local time of this day.")] = None,
    as_of: AsOfOption = None,
    mass: MassOption = None,
    value: ValueOption = None,
    avoid: AvoidOption = None,
    via: ViaOption = None,
    carrier: CarrierOption = None,
    quick: Annotated[bool, typer.Option("--quick", help="Only the best plans for 29 ways of weighing, as in plan.")] = False,
    rates: RatesOption = None,
    feed: FeedOption = DEFAULT_FEED,
    feed_alone: FeedAloneOption = False,
    as_json: JsonOption = False,
) -> None:
    """All useful departures of a window with their best plans."""
    from landbridge import planner
    from landbridge.report.inquiry_report import profile_document, render_profile
    from landbridge.report.plan_document import document_text

    loaded, _ = planner.load_feed(feed, rates=rates)
    question = planner.Question(
        origin=origin, destination=destination, units=units, goods=goods, ready=first, due=due, as_of=as_of, mass=mass, value=value,
        avoid=tuple(avoid or ()), via=tuple(via or ()), carrier=tuple(carrier or ()), exact=not quick, feed_alone=feed_alone,
    )  # fmt: skip
    dataset, query = planner.join_question(loaded, question)
    last_on = planner.parse_date("--to", last)
    with Bar("days") as heard:
        found = planner.find_profile(loaded, query, last_on, heard, planner.join_query_places)
    if as_json:
        write_text(document_text(profile_document(found)))
    else:
        write_page(render_profile(found, dataset, width=page_width()))


def matrix(
    origins: Annotated[list[str], typer.Option("--from", metavar="PLACE", help="From this place; repeatable.")],
    destinations: Annotated[list[str] | None, typer.Option("--to", metavar="PLACE", help="To this place; repeatable; else to all.")] = None,
    by: Annotated[str, typer.Option(metavar="MEASURE", help="cost, time, co2e or balanced.")] = "cost",
    units: UnitsOption = None,
    goods: GoodsOption = None,
    ready: Annotated[str | None, typer.Option(metavar="DATE", help="Ready at 00:00 local time of this day.")] = None,
    as_of: AsOfOption = None,
    mass: MassOption = None,
    value: ValueOption = None,
    avoid: AvoidOption = None,
    workers: WorkersOption = 1,
    cluster: ClusterOption = None,
    keep: KeepOption = None,
    rates: RatesOption = None,
    feed: FeedOption = DEFAULT_FEED,
    feed_alone: FeedAloneOption = False,
    as_json: JsonOption = False,
) -> None:
    """The best way by one measure from each place to each: what can be reached, for how much and in how many days."""
    from landbridge import planner
    from landbridge.report.inquiry_report import matrix_document, render_matrix
    from landbridge.report.plan_document import document_text

    dataset, _ = planner.load_feed(feed, rates=rates)
    question = planner.Question(
        origin="", destination="", units=units, goods=goods, ready=ready, as_of=as_of, mass=mass, value=value, avoid=tuple(avoid or ()),
        feed_alone=feed_alone,
    )  # fmt: skip
    crew = planner.Crew(workers=workers, cluster=cluster, keep=keep)
    with Bar("pairs") as heard:
        found = planner.find_matrix(dataset, question, origins, destinations or (), by=by, heard=heard, crew=crew)
    if as_json:
        write_text(document_text(matrix_document(found, by)))
    else:
        write_page(render_matrix(found, dataset, by, width=page_width()))
