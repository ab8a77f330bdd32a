"""``landbridge simulate``: one itinerary of a plan, run many times."""

from __future__ import annotations

from time import perf_counter
from typing import Annotated

import typer

from landbridge.cli.options import DEFAULT_FEED, ClusterOption, FeedOption, JsonOption, PlanArgument, RatesOption, WorkersOption
from landbridge.cli.screen import page_width, write_page, write_text


def simulate(
    plan_file: PlanArgument,
    itinerary: Annotated[int | None, typer.Option("--itinerary", metavar="N", help="Which plan, from 1; else the balanced one.")] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="All plans beside each other, the best by on-time, p90 or cvar in full.")
    ] = None,
    policy: Annotated[str, typer.Option("--policy", metavar="NAME", help="After a missed departure or closure: next or replan.")] = "next",
    runs: Annotated[int, typer.Option("--runs", metavar="N", help="How often it is run.")] = 10_000,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Seed of the random draws.")] = 1,
    family: Annotated[str, typer.Option("--family", metavar="NAME", help="Distribution: pert, triangular or lognormal.")] = "pert",
    workers: WorkersOption = 1,
    cluster: ClusterOption = None,
    rates: RatesOption = None,
    feed: FeedOption = DEFAULT_FEED,
    as_json: JsonOption = False,
) -> None:
    """Simulate a plan: arrival and cost as chances, transfers missed, what drives the spread, what buffer buys."""
    if by is not None and itinerary is not None:
        raise typer.BadParameter("--by chooses a plan itself; take one of --by and --itinerary", param_hint="--itinerary")
    from landbridge import planner
    from landbridge.report.plan_document import document_text
    from landbridge.report.simulation_report import render_simulation, simulation_document

    plan = planner.read_plan(plan_file)
    dataset, _ = planner.load_feed(feed, rates=rates)
    dataset = planner.join_query_places(dataset, plan.query)
    begun = perf_counter()
    compared = None
    crew = planner.Crew(workers=workers, cluster=cluster)
    if by is not None:
        planner.demand_unaltered(dataset, plan)
        compared = planner.compare_risks(dataset, plan, runs=runs, seed=seed, family=family, crew=crew)
        itinerary = planner.choose_by(compared, by)
    answer = planner.simulate_plan(dataset, plan, itinerary=itinerary, policy=policy, runs=runs, seed=seed, family=family, crew=crew)
    seconds = perf_counter() - begun
    if as_json:
        write_text(document_text(simulation_document(answer, seconds=seconds, compared=compared)))
    else:
        write_page(render_simulation(answer, dataset, compared=compared, width=page_width()))
