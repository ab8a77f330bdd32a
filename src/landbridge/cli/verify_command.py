"""``landbridge verify``: walk a plan again and compare."""

from __future__ import annotations

import typer

from landbridge.cli.exits import BAD_DATA
from landbridge.cli.options import DEFAULT_FEED, FeedOption, JsonOption, PlanArgument, RatesOption
from landbridge.cli.screen import page_width, write_page, write_text


def verify(plan_file: PlanArgument, rates: RatesOption = None, feed: FeedOption = DEFAULT_FEED, as_json: JsonOption = False) -> None:
    """Verify a plan: recompute times, money, rules and CO2e from the feed alone; any difference is an error."""
    from landbridge import planner
    from landbridge.planner.plan_answer import PLANS_ALONE
    from landbridge.report.check_report import differences_document, render_differences
    from landbridge.report.plan_document import document_text

    plan = planner.read_plan(plan_file)
    dataset, _ = planner.load_feed(feed, rates=rates)
    differences = planner.verify_plan(dataset, plan)
    if as_json:
        write_text(document_text(differences_document(differences)))
    elif differences:
        write_page(render_differences(differences, width=page_width()))
    else:
        count = len(plan.itineraries)
        write_text(
            f"verified: {count} {'plan' if count == 1 else 'plans'} and {len(plan.compared)} compared, every figure comes out again\n"
            + "".join(f"{one.message}; {one.fix}\n" for one in plan.findings if one.code == PLANS_ALONE)
        )
    if differences:
        raise typer.Exit(BAD_DATA)
