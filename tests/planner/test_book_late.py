"""A shipment that may arrive after its due date at a price for each day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from landbridge.domain.book import BookPlan
from landbridge.domain.dataset import Dataset
from landbridge.domain.tariff import ExchangeRate
from landbridge.optimization.book_pool import Candidate, PoolMaker
from landbridge.planner import BookQuestion, plan_book
from landbridge.report.book_document import book_document
from landbridge.report.book_page import render_book
from landbridge.report.book_statement import rows_text, statement_rows
from landbridge.report.page import plain_text
from landbridge.verification.book import check_book
from tests.corridor import AS_OF, S
from tests.planner.test_book import book_of, shipment

QUESTION = BookQuestion(as_of=AS_OF, seconds=10, levers_seconds=0, shares_seconds=0, draws=0)
DUE = date(2026, 12, 5)


def planned(**more: object) -> tuple[Dataset, BookPlan]:
    """Two boxes, due on 5 December: the ship is there on the 15th for 1,680, trucks over the border on the 2nd for 2,504; the capital
    in the goods costs 420 more by ship.
    """
    dataset = book_of(shipment(1, "one", units=2, due_on=DUE, **more))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    return dataset, plan


def modes_of(plan: BookPlan) -> list[str]:
    itinerary = plan.shipments[0].itinerary
    return [leg.mode for leg in itinerary.legs] if itinerary else []


def test_a_due_date_without_a_price_is_hard():
    _, plan = planned()
    assert modes_of(plan) == ["road"]
    assert plan.together.cost_cents == 250_400 + 5_966


@pytest.mark.parametrize(("price", "modes"), [("40.42", ["road", "sea", "road"]), ("40.43", ["road"])])
def test_it_is_late_where_that_costs_less_than_to_be_in_time(price, modes):
    """In time costs 2,563.66 and late 2,159.45 with capital: ten days late pay up to 40.42 a day."""
    _, plan = planned(late_per_day=Decimal(price), currency="USD")
    assert modes_of(plan) == modes


def test_days_late_stand_in_cost_document_page_and_statement():
    dataset, plan = planned(late_per_day=Decimal(10), currency="USD")
    one = plan.shipments[0]
    assert (one.late_days, one.late_cents) == (10, 10_000)
    assert plan.together.cost_cents == 168_000 + 47_945 + 10_000
    told = book_document(plan, seconds=1.0)["shipments"][0]["itinerary"]
    assert (told["late_days"], told["late_cents"]) == (10, 10_000)
    assert "10 d late" in plain_text(render_book(plan, dataset, width=120))
    assert "late,s1,10 days after the due date,10000,USD" in rows_text(statement_rows(plan, "one", dataset))
    for wrong in (replace(one, late_days=9, late_cents=9_000), replace(one, late_cents=0)):
        assert any("10 days late" in fault for fault in check_book(dataset, replace(plan, shipments=(wrong,))))


def test_it_is_never_later_than_is_told():
    assert modes_of(planned(late_per_day=Decimal(10), currency="USD", max_late_days=9)[1]) == ["road"]
    assert modes_of(planned(late_per_day=Decimal(10), currency="USD", max_late_days=10)[1]) == ["road", "sea", "road"]


def test_the_price_is_converted():
    rows = (*book_of().exchange_rates, ExchangeRate(currency="EUR", on=AS_OF, rate=Decimal("0.5"), **S))
    dataset = book_of(shipment(1, "one", units=2, due_on=DUE, late_per_day=Decimal(10), currency="EUR"), exchange_rates=rows)
    plan = plan_book(dataset, QUESTION)
    assert plan.shipments[0].late_cents == 20_000
    assert check_book(dataset, plan) == ()


@pytest.mark.parametrize(("arrives", "days"), [((6, 0, 0), 0), ((6, 0, 1), 1), ((5, 23, 59), 0), ((7, 0, 0), 1), ((7, 12, 0), 2)])
def test_each_day_begun_after_24_00_of_the_due_date_counts(arrives, days):
    dataset, plan = planned(late_per_day=Decimal(7), currency="USD")
    one = plan.shipments[0]
    assert one.itinerary is not None
    assert one.starts_on is not None
    moved = replace(one.itinerary, arrives_at=datetime(2026, 12, *arrives, tzinfo=UTC))
    candidate = Candidate(
        shipment=dataset.shipments[0], payer_id="one", starts_on=one.starts_on, itinerary=moved, capital_per_day_cents=Decimal(0)
    )
    pool = PoolMaker(dataset, AS_OF).make([(dataset.shipments[0], "one")], [candidate])
    assert (pool.origins[0].late_days, pool.origins[0].late_cents) == (days, 700 * days)
