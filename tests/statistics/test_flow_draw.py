"""Draws of flows: each as likely, together, in order of their sum; what a tonne is worth is drawn too."""

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from landbridge.domain.errors import QueryError
from landbridge.domain.record import Range
from landbridge.domain.trade import TradeRecord
from landbridge.planner.flow_book import check_flow_question
from landbridge.planner.sweep import Crew
from landbridge.planner.trade import hold_trade
from landbridge.planner.whole_trade import WholeTradeQuestion, book_whole_trade
from landbridge.statistics.answer import answer_trade, draw_flows
from landbridge.statistics.flow_book import make_flow_book
from tests.corridor import S
from tests.statistics.test_flow_book import estimate, feed

DAY = date(2026, 6, 1)


def record(year, value, reporter="AA", partner="BB", flow="export"):
    exact = Decimal(value)
    return TradeRecord(
        record_id=f"{reporter}{flow}{year}", reporter=reporter, partner=partner, flow=flow, from_on=date(year, 1, 1),
        to_on=date(year, 12, 31), value=Range(low=exact, typical=exact, high=exact), currency="USD", **S,
    )  # fmt: skip


@pytest.fixture
def trade():
    there = [record(year, 10_000_000 + year) for year in range(2015, 2022)]
    back = [record(year, 2_000_000 + year, "BB", "AA") for year in range(2015, 2022)]
    return replace(feed(), trade_records=(*there, *back))


def test_draws_hold_the_interval_that_is_shown(trade):
    """The middle of many draws is the middle that `landbridge trade` tells; one in twenty lies below its low end."""
    flow, year = ("AA", "BB"), 2021
    shown = answer_trade(trade, as_of=DAY, draws=4_000)
    told = next(one.value for one in shown.estimates if (one.exporter, one.from_on.year) == ("AA", year))
    drawn = sorted(one[flow] for one in draw_flows(trade, [flow], year, as_of=DAY, count=200, draws=4_000))
    assert drawn[100] == pytest.approx(told.typical, rel=0.02)
    assert sum(one < told.low for one in drawn) in range(6, 15)


def test_draws_come_in_order_of_their_sum_and_again_the_same(trade):
    asked = {"as_of": DAY, "count": 7, "draws": 2_000, "seed": 3}
    first = draw_flows(trade, [("AA", "BB"), ("BB", "AA")], 2021, **asked)
    assert first == draw_flows(trade, [("BB", "AA"), ("AA", "BB")], 2021, **asked)
    sums = [sum(one.values()) for one in first]
    assert sums == sorted(sums)
    assert len(first) == 7


def test_a_year_that_is_not_estimated_has_no_draws(trade):
    assert draw_flows(trade, [("AA", "BB")], 1999, as_of=DAY, count=3, draws=100) == ()


def test_what_a_tonne_is_worth_is_drawn():
    """The same flow in goods that are worth more is fewer boxes; without a chance the worth is typical."""
    worth = Range(low=Decimal(2_500), typical=Decimal(5_000), high=Decimal(20_000))
    wide = replace(feed(), goods=tuple(replace(row, value_per_t=worth) for row in feed().goods))
    asked = {"point": "draw", "companies": None, "drawn": 6_000_000}
    drawn = [make_flow_book(wide, estimate(), chance=Random(seed), **asked) for seed in range(20)]
    boxes = [sum(row.units for row in one.shipments) for one in drawn]
    assert len(set(boxes)) > 10
    assert all(240_000 * 100 > one.goods[0].per_unit_cents > 30_000 * 100 for one in drawn)
    (rest,) = {one.rest_cents for one in drawn}
    assert all(abs(one * drawn[at].goods[0].per_unit_cents - rest) <= drawn[at].goods[0].per_unit_cents for at, one in enumerate(boxes))


def test_everything_wrong_is_said_at_once(trade):
    question = WholeTradeQuestion(draws=0, seconds=-1.0, companies=0, year=1914, target_percent=math.nan, crew=Crew(workers=-1))
    with pytest.raises(QueryError) as caught:
        book_whole_trade(trade, hold_trade(trade, as_of="2026-06-01"), question)
    assert {one.code for one in caught.value.findings} == {"DRAWS", "SECONDS", "COMPANIES", "FLOW-YEAR", "TARGET", "WORKERS"}


def test_a_feed_without_trade_says_so():
    wrong = []
    assert check_flow_question(feed(), hold_trade(feed()), year=None, wrong=wrong) == ()
    assert [one.code for one in wrong] == ["FLOW-NONE"]


def test_an_importers_figure_is_as_wide_as_it_was_told(trade):
    """Drawn between its low and its high, not pinned to its middle: no interval is narrower than its evidence."""
    told = record(2021, 12_000_000, "BB", "AA", "import")
    wide = replace(told, value=Range(low=Decimal(9_000_000), typical=Decimal(12_000_000), high=Decimal(15_000_000)))
    found = []
    for row in (told, wide):
        answer = answer_trade(replace(trade, trade_records=(*trade.trade_records, row)), as_of=DAY, draws=4_000)
        found.append(next(one.mirror for one in answer.estimates if (one.exporter, one.from_on.year) == ("AA", 2021)))
    exact, drawn = found
    assert exact.low == exact.high == 12_000_000
    assert 9_000_000 < drawn.low < 10_500_000
    assert 13_500_000 < drawn.high < 15_000_000
