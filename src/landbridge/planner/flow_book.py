"""Write the whole trade as a feed: the base feed, extended by shipments for the flow that its own shipments do not stand for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.flow_book import FlowBook
from landbridge.domain.trade_answer import TradeAnswer, TradeEstimate

MOST_COMPANIES = 500


def make_flow_books(
    dataset: Dataset, answer: TradeAnswer, *, point: str = "p50", companies: int | None = None, year: int | None = None
) -> tuple[FlowBook, ...]:
    """Turn the flows of one year into shipments, one book for each direction that the feed's own shipments go.

    Parameters
    ----------
    dataset, answer
        The feed, and what ``hold_trade`` says of its flows.
    point
        ``p05``, ``p50`` or ``p95`` of each flow.
    companies
        How many companies send in each direction; None: those of the feed.
    year
        Which year's flow; None: the last that is estimated.

    Raises
    ------
    QueryError
        With everything that is wrong, at once.
    """
    from landbridge.statistics.flow_book import make_flow_book

    wrong = check_point(point) + check_senders(companies)
    chosen = check_flow_question(dataset, answer, year=year, wrong=wrong)
    if wrong:
        raise QueryError(wrong)
    return tuple(make_flow_book(dataset, one, point=point, companies=companies) for one in chosen)


def check_senders(companies: int | None) -> list[Finding]:
    wrong: list[Finding] = []
    if companies is not None and not 1 <= companies <= MOST_COMPANIES:
        _say(wrong, "COMPANIES", "--companies", f"{companies} companies cannot be made", f"give 1 to {MOST_COMPANIES}")
    return wrong


def check_point(point: str) -> list[Finding]:
    from landbridge.statistics.flow_book import POINTS

    wrong: list[Finding] = []
    if point not in POINTS:
        _say(wrong, "POINT-UNKNOWN", "--point", f"{point[:40]!r} is none of {', '.join(POINTS)}", "write p05, p50 or p95")
    return wrong


def check_flow_question(dataset: Dataset, answer: TradeAnswer, *, year: int | None, wrong: list[Finding]) -> tuple[TradeEstimate, ...]:
    """The flows of the year asked for, in the directions in which the feed has shipments; what is wrong is added to ``wrong``."""
    from landbridge.statistics.flow_book import has_goods

    directions = {(dataset.get_place(row.from_place_id).country, dataset.get_place(row.to_place_id).country) for row in dataset.shipments}
    flows = [one for one in answer.estimates if (one.exporter, one.importer) in directions]
    years = sorted({one.from_on.year for one in flows})
    if not flows:
        told = "no flow is estimated in a direction in which the feed has shipments"
        _say(wrong, "FLOW-NONE", "FEED", told, "add trade_records and shipments")
    elif year is not None and year not in years:
        _say(wrong, "FLOW-YEAR", "--year", f"no flow of {year} is estimated, but of {years[0]} to {years[-1]}", "take one of these years")
    asked = year or (years[-1] if years else 0)
    chosen = tuple(one for one in flows if one.from_on.year == asked)
    for one in chosen:
        if not has_goods(dataset, one):
            told = f"no shipment from {one.exporter} to {one.importer} says what the flow is made of: a value, its goods' worth and mass"
            _say(wrong, "FLOW-GOODS", "FEED", told, "give shipments a value, and their goods rows in goods and goods_masses")
    return chosen


def write_flow_feed(dataset: Dataset, location: str, books: Sequence[FlowBook], folder: str) -> None:
    """Write books as a feed that extends the one they were made from, for ``landbridge book``.

    Raises
    ------
    DataError
        If the folder exists and is not empty, or cannot be written: nothing is written then.
    """
    from landbridge.sources.files import check_destination, write_folder
    from landbridge.sources.flow_feed import list_flow_files
    from landbridge.statistics.flow_book import list_companies

    check_destination(folder)
    target = Path(folder)
    base = os.path.relpath(Path(location).resolve(), target.resolve()) if Path(location).exists() else location
    write_folder(target, list_flow_files(target.resolve().name, base, books, list_companies(books, dataset.party_by_id)))


def _say(wrong: list[Finding], code: str, column: str, message: str, fix: str) -> None:
    wrong.append(Finding(code=code, column=column, message=message, fix=fix))
