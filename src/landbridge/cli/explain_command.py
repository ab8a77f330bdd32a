"""``landbridge explain``: where days and money go, what binds, why not that way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from landbridge.cli.options import DEFAULT_FEED, FeedOption, JsonOption, PlanArgument, RatesOption
from landbridge.cli.screen import page_width, write_notice, write_page, write_text

if TYPE_CHECKING:
    from landbridge.domain.dataset import Dataset
    from landbridge.domain.plan import Plan
    from landbridge.planner import WhyNot
    from landbridge.report.explanation import Explanation
    from landbridge.report.page import Line


def explain(
    plan_file: PlanArgument,
    itinerary: Annotated[int | None, typer.Option(metavar="N", help="Number of the plan, from 1; default: the first.")] = None,
    why_not: Annotated[str | None, typer.Option(metavar="PLACE", help="Why no plan goes through this place.")] = None,
    takes: Annotated[
        str | None, typer.Option("--what-would-it-take", metavar="X", help="Smallest change that makes a way by this the best.")
    ] = None,
    by: Annotated[str, typer.Option(metavar="MEASURE", help="Best by balanced, cost, time or co2e.")] = "balanced",
    border_waits: Annotated[bool, typer.Option("--border-waits", help="What an hour less of waiting is worth at each border.")] = False,
    rates: RatesOption = None,
    feed: FeedOption = DEFAULT_FEED,
    as_json: JsonOption = False,
) -> None:
    """Explain a plan: where days and money go, what binds, why not through a place."""
    from landbridge import planner
    from landbridge.report.explanation import explain_itinerary

    plan = planner.read_plan(plan_file)
    dataset, _ = planner.load_feed(feed, rates=rates)
    dataset = planner.join_query_places(dataset, plan.query)
    if dataset.digest != plan.dataset_digest:
        write_notice(f"the plan was made from another edition of its feed ({plan.dataset_name}); names and cut-offs are those of {feed}")
    if takes is not None or border_waits:
        _show_takes(dataset, plan, takes, by, has_waits=border_waits, as_json=as_json)
        return
    if itinerary is not None:
        planner.check_itinerary(plan, itinerary)
    is_wanted = itinerary is not None or (why_not is None and plan.itineraries)
    explanation = explain_itinerary(plan, itinerary or 1, dataset) if is_wanted else None
    answer = planner.why_not(dataset, plan, why_not) if why_not is not None else None
    if as_json:
        write_text(_document(explanation, answer))
    else:
        write_page(_page(plan, dataset, explanation, answer))


def _show_takes(dataset: Dataset, plan: Plan, takes: str | None, by: str, *, has_waits: bool, as_json: bool) -> None:
    """Both questions change the feed and search anew, which takes its time."""
    from landbridge import planner
    from landbridge.report import inquiry_report
    from landbridge.report.plan_document import document_text
    from landbridge.report.plan_page import joined

    write_notice("each change is searched anew, which takes a while")
    answer = None if takes is None else planner.find_what_it_takes(dataset, plan, takes, by)
    values = planner.find_border_values(dataset, plan) if has_waits else None
    if as_json:
        document = {
            "what_would_it_take": None if answer is None else inquiry_report.takes_document(answer),
            "border_waits": None if values is None else inquiry_report.border_values_document(values),
        }
        write_text(document_text(document))
        return
    width, currency = page_width(), dataset.info.settlement_currency
    taken = () if answer is None else inquiry_report.render_takes(answer, dataset, width=width)
    write_page(joined((taken, () if values is None else inquiry_report.render_border_values(values, currency, dataset, width=width))))


def _document(explanation: Explanation | None, answer: WhyNot | None) -> str:
    from landbridge.report.document_form import encode
    from landbridge.report.explanation import explanation_document
    from landbridge.report.plan_document import document_text

    why_not: dict[str, Any] | None = None
    if answer is not None:
        why_not = {
            "place_id": answer.place_id,
            "text": list(answer.text),
            "itinerary": encode(answer.itinerary),
            "rejected": encode(answer.rejected),
        }
    return document_text({"itinerary": explanation_document(explanation) if explanation else None, "why_not": why_not})


def _page(plan: Plan, dataset: Dataset, explanation: Explanation | None, answer: WhyNot | None) -> tuple[Line, ...]:
    from landbridge.report.explanation_table import render_explanation, render_why_not
    from landbridge.report.plan_page import joined, render_answer

    width = page_width()
    if explanation is None and answer is None:
        return render_answer(plan, dataset, width=width)
    explained = render_explanation(explanation, width=width) if explanation else ()
    reasons = (
        render_why_not(answer.place_id, answer.text, answer.itinerary, answer.rejected, dataset, width=width) if answer is not None else ()
    )
    return joined((explained, reasons))
