"""``landbridge explain``: where days and money go, what binds, why not that way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from landbridge.cli.options import DEFAULT_FEED, FeedOption, JsonOption, PlanArgument, RatesOption
from landbridge.cli.screen import page_width, write_notice, write_page, write_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from landbridge.domain.dataset import Dataset
    from landbridge.domain.inquiry import BorderValue, WhatItTakes
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
    from landbridge.report.plan_page import joined

    plan = planner.read_plan(plan_file)
    dataset, _ = planner.load_feed(feed, rates=rates)
    dataset = planner.join_query_places(dataset, plan.query)
    if dataset.digest != plan.dataset_digest:
        write_notice(f"the plan was made from another edition of its feed ({plan.dataset_name}); names and cut-offs are those of {feed}")
    if itinerary is not None:
        planner.check_itinerary(plan, itinerary)
    searches = takes is not None or border_waits
    is_wanted = itinerary is not None or (why_not is None and not searches and plan.itineraries)
    explanation = explain_itinerary(plan, itinerary or 1, dataset) if is_wanted else None
    answer = planner.why_not(dataset, plan, why_not) if why_not is not None else None
    found = _find_takes(dataset, plan, takes, by, has_waits=border_waits) if searches else None
    if as_json:
        from landbridge.report.plan_document import document_text

        write_text(document_text(_document(explanation, answer) | (found.document() if found else {})))
    else:
        asked = explanation is not None or answer is not None
        page = _page(plan, dataset, explanation, answer) if asked or found is None else ()
        write_page(joined((page, *(found.pages(dataset) if found else ()))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What changed feeds that were searched anew told; None: not asked."""

    takes: WhatItTakes | None
    waits: tuple[BorderValue, ...] | None

    def document(self) -> dict[str, Any]:
        from landbridge.report import inquiry_report

        return {
            "what_would_it_take": None if self.takes is None else inquiry_report.takes_document(self.takes),
            "border_waits": None if self.waits is None else inquiry_report.border_values_document(self.waits),
        }

    def pages(self, dataset: Dataset) -> Iterator[tuple[Line, ...]]:
        from landbridge.report import inquiry_report

        width, currency = page_width(), dataset.info.settlement_currency
        if self.takes is not None:
            yield inquiry_report.render_takes(self.takes, dataset, width=width)
        if self.waits is not None:
            yield inquiry_report.render_border_values(self.waits, currency, dataset, width=width)


def _find_takes(dataset: Dataset, plan: Plan, takes: str | None, by: str, *, has_waits: bool) -> _Found:
    """Both questions change the feed and search anew, which takes its time."""
    from landbridge import planner

    write_notice("each change is searched anew, which takes a while")
    answer = None if takes is None else planner.find_what_it_takes(dataset, plan, takes, by)
    return _Found(takes=answer, waits=planner.find_border_values(dataset, plan) if has_waits else None)


def _document(explanation: Explanation | None, answer: WhyNot | None) -> dict[str, Any]:
    from landbridge.report.document_form import encode
    from landbridge.report.explanation import explanation_document

    why_not: dict[str, Any] | None = None
    if answer is not None:
        why_not = {
            "place_id": answer.place_id,
            "text": list(answer.text),
            "itinerary": encode(answer.itinerary),
            "rejected": encode(answer.rejected),
        }
    return {"itinerary": explanation_document(explanation) if explanation else None, "why_not": why_not}


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
