"""Amounts into cents: rates, rounding, minimum, ranges."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from landbridge.domain.tariff import ExchangeRate
from landbridge.terms.money import Market, round_half_up, total_of
from tests.corridor import AS_OF, S, tiny_corridor, usd

DATASET = tiny_corridor()


def item(amount, currency="USD", quantity=1, minimum=None):
    return Market(DATASET, AS_OF).item(
        kind="freight", name="n", row=DATASET.tariffs[0], row_id="t", amount=amount, currency=currency, per="unit", quantity=quantity,
        minimum=minimum,
    )  # fmt: skip


@pytest.mark.parametrize(("value", "cents"), [("0.5", 1), ("1.5", 2), ("2.4999", 2), ("-0.5", -1), ("0", 0)])
def test_halves_are_rounded_away_from_zero(value, cents):
    assert round_half_up(Decimal(value)) == cents


def test_an_item_is_amount_by_quantity_by_rate():
    assert item(usd(400)).cost_cents == 40000
    assert item(usd("0.10"), "EUR", 7).cost_cents == 78  # 0.70 EUR at 0.9
    found = item(usd(10, 8, 15), quantity=Decimal("2.5"))
    assert (found.cost_low_cents, found.cost_cents, found.cost_high_cents) == (2000, 2500, 3750)
    assert (found.source_id, found.grade, found.row) == ("s", "B", "test")


def test_the_minimum_bounds_all_three():
    found = item(usd(10, 8, 15), minimum=Decimal(12))
    assert (found.cost_low_cents, found.cost_cents, found.cost_high_cents) == (1200, 1200, 1500)


def test_the_rate_is_the_latest_on_or_before_the_day_of_asking():
    rates = tuple(ExchangeRate(currency="EUR", on=date(2026, 11, day), rate=Decimal(day), **S) for day in (25, 24, 10))
    market = Market(replace(DATASET, exchange_rates=rates), AS_OF)
    assert market.rate("EUR") == 24
    assert market.rate(None) == market.rate("USD") == 1
    assert not market.has_rate("BYN")


def test_a_share_is_of_low_typical_and_high():
    found = Market(DATASET, AS_OF).share_item(
        kind="surcharge", name="n", row=DATASET.tariffs[0], row_id="t", percent=usd(10, 5, 20), base=(1000, 2005, 3000)
    )
    assert (found.cost_low_cents, found.cost_cents, found.cost_high_cents) == (50, 201, 600)


def test_totals_are_sums():
    assert total_of((item(usd(1)), item(usd(2, 1, 3)))) == (200, 300, 400)
    assert total_of(()) == (0, 0, 0)
