"""A price stays in its own currency, with the latest rate on or before the day of asking (24 November 2026).

AP ~~ ship: 360 EUR ~~ BP        0.90 EUR for a dollar since January, 0.80 since 20 November, 0.50 from 30 November
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from landbridge.domain.tariff import ExchangeRate
from tests.corridor import S, tiny_corridor, usd
from tests.story.line import answer, cheapest, lines


def in_euro(*rates):
    dataset = tiny_corridor()
    rows = tuple(ExchangeRate(currency="EUR", on=on, rate=Decimal(rate), **S) for on, rate in rates)
    return replace(dataset, tariffs=(replace(dataset.tariffs[0], amount=usd(360), currency="EUR"),), exchange_rates=rows)


JANUARY, NOVEMBER, LATER = (date(2026, 1, 1), "0.9"), (date(2026, 11, 20), "0.8"), (date(2026, 11, 30), "0.5")


def test_the_latest_rate_that_was_known_is_used():
    assert cheapest(in_euro(JANUARY, NOVEMBER, LATER)) == (
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [890.00 USD 14d 14h 00m 360 kg]"
    )
    assert "[840.00 USD" in cheapest(in_euro(JANUARY))
    assert "[840.00 USD" in cheapest(in_euro(JANUARY, NOVEMBER), as_of=date(2026, 11, 19))


def test_the_item_keeps_what_the_row_says():
    freight = next(item for item in answer(in_euro(JANUARY)).itineraries[0].items if item.row_id == "t")
    assert (freight.amount, freight.currency, freight.rate, freight.cost_cents) == (Decimal(360), "EUR", Decimal("0.9"), 40000)


def test_without_a_rate_the_price_cannot_be_used():
    assert lines(in_euro(LATER)) == ["AA ~ road ha 12-01T00:00>12-02T19:33 ~ BB [1252.00 USD 1d 19h 33m 1154 kg]"]
