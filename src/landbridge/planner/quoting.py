"""Quote one way of a plan to a customer, in words as people write them."""

from __future__ import annotations

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.plan import Itinerary, Plan
from landbridge.planner.place_search import SURE, find_places
from landbridge.planner.question import name_places
from landbridge.report.legend import Legend
from landbridge.report.quote import Quote, list_stops, make_quote, make_terms


def quote_plan(
    plan: Plan, dataset: Dataset, number: int, *, margin: str | None, incoterm: str | None, named: str | None, valid_until: str | None
) -> Quote:
    """The price of one way for a customer.

    Parameters
    ----------
    plan, dataset
        The answer and the feed that it was made from, with the places of its question.
    number
        Number of the itinerary, from 1; it is there.
    margin, incoterm, named, valid_until
        Percent, rule of Incoterms 2020, the place where the seller's costs end by id, code or name as the ends of a plan are told, and the
        last day; None: not told.

    Raises
    ------
    QueryError
        With everything that is wrong.
    """
    chosen, findings = plan.itineraries[number - 1], list[Finding]()
    stop = None
    try:
        stop = None if named is None else name_stop(dataset, chosen, named)
    except QueryError as error:
        findings += error.findings
    try:
        terms = make_terms(
            chosen, plan.query.as_of, margin=margin, incoterm=incoterm, named=stop, valid_until=valid_until, legend=Legend(dataset)
        )
    except QueryError as error:
        raise QueryError([*findings, *(one for one in error.findings if not findings or one.code != "INCOTERM-PLACE")]) from None
    if findings:
        raise QueryError(findings)
    return make_quote(chosen, terms, dataset)


def name_stop(dataset: Dataset, itinerary: Itinerary, text: str) -> str:
    """The id of the place that a text means; of namesakes (a city and its port) the one where the way stops.

    Raises
    ------
    QueryError
        If no place is clearly meant, with the closest five.
    """
    stops = list_stops(itinerary)
    meant = [one.place_id for one in find_places(dataset, text, limit=len(dataset.places)) if one.score >= SURE]
    return next((one for one in stops if one in meant), "") or name_places(dataset, "--named", [text])[0]
