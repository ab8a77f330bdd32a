"""Asked on an earlier day, only what was known then is used.

AP ~~ ship: 400 USD; from 1 December 500 USD, published on 20 November ~~ BP
"""

from dataclasses import replace
from datetime import date

from tests.corridor import tiny_corridor, usd
from tests.story.line import cheapest


def raised():
    dataset = tiny_corridor()
    old = dataset.tariffs[0]
    new = replace(old, tariff_id="new", amount=usd(500), valid_from=date(2026, 12, 1), known_from=date(2026, 11, 20))
    return replace(dataset, tariffs=(old, new))


WAY = "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"


def test_today_the_new_price_is_known():
    assert cheapest(raised()) == WAY + " [940.00 USD 14d 14h 00m 360 kg]"


def test_on_the_nineteenth_it_was_not():
    assert cheapest(raised(), as_of=date(2026, 11, 20)) == WAY + " [940.00 USD 14d 14h 00m 360 kg]"
    assert cheapest(raised(), as_of=date(2026, 11, 19)) == WAY + " [840.00 USD 14d 14h 00m 360 kg]"
