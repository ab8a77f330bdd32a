"""What draws of the whole trade say of the saving: chances from many, least and most of few, and nothing of those that are not known."""

import random
from dataclasses import replace
from datetime import date

import pytest

from landbridge.domain.book import Proven
from landbridge.domain.flow_book import ENOUGH_DRAWS, DrawnBook, WholeTrade
from landbridge.report.whole_trade import render_whole_trade, whole_trade_document


def book(percent):
    cost = Proven(cost_cents=100, bound_cents=100)
    return DrawnBook(
        draw_id="draw 1", flows=(), shipment_units=1, payer_units=1, left_out_units=0, alone=cost, together=cost, drawn_percent=percent
    )


def whole(percents):
    return WholeTrade(
        dataset_name="x", dataset_digest="x", as_of=date(2026, 1, 1), currency="USD", from_on=date(2025, 1, 1), to_on=date(2025, 12, 31),
        target_percent=15.0, books=tuple(book(one) for one in percents), seed=1,
    )  # fmt: skip


def test_eight_chances_in_ten_hold_eight_of_ten_new_draws():
    rng, inside = random.Random(1), 0
    for _ in range(2_000):
        low, high = whole([rng.gauss(3, 1) for _ in range(ENOUGH_DRAWS)]).spread_percent
        inside += low <= rng.gauss(3, 1) <= high
    assert inside / 2_000 == pytest.approx(0.8, abs=0.025)


def test_few_draws_tell_no_chances():
    few = whole([1.0, 4.0, 2.0])
    assert few.spread_percent == (1.0, 4.0)
    assert whole_trade_document(few)["saving_percent"] == {"draws": 3, "p50": 2.0, "least": 1.0, "most": 4.0}
    assert "p10" in whole_trade_document(whole([float(one) for one in range(ENOUGH_DRAWS)]))["saving_percent"]


def test_a_saving_that_is_not_known_is_no_saving_of_nothing():
    some = whole([16.0, None, 20.0])
    assert (some.middle_percent, some.reached_units) == (18.0, 2)
    assert whole_trade_document(some)["saving_percent"]["draws"] == 2
    none = whole([None])
    assert (none.middle_percent, none.spread_percent, none.reached_units) == (None, None, 0)
    assert whole_trade_document(none)["saving_percent"] == {"draws": 0, "p50": None}
    assert render_whole_trade(none)
    assert render_whole_trade(replace(some, books=some.books[:1]))
