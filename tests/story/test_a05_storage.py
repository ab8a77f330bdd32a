"""A terminal stores the first days free, then by rising steps.

~~ ship ~~> BP (handling takes 3 days; day 1 free, day 2 costs 10 USD, day 3 and later 25 USD) --truck--> BB
"""

from dataclasses import replace

from landbridge.domain.terminal import StorageStep
from tests.corridor import S, handling, tiny_corridor, usd
from tests.story.line import amounts, answer, cheapest

STEPS = (
    StorageStep(storage_id="second", place_id="BP", from_day=2, to_day=2, per_day=usd(10), currency="USD", **S),
    StorageStep(storage_id="later", place_id="BP", from_day=3, per_day=usd(25), currency="USD", **S),
)


def stored(hours):
    dataset = tiny_corridor()
    return replace(
        dataset, storage=STEPS, handling=(dataset.handling[0], handling("h2", "BP", "sea", "road", hours=hours), dataset.handling[2])
    )


def test_each_day_costs_what_its_step_says():
    assert cheapest(stored(hours=72)) == (
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-17T12:00>12-17T14:00 ~ BB"
        " [875.00 USD 16d 14h 00m 360 kg]"
    )


def test_free_days_are_free_and_a_day_begun_is_a_day():
    cents = {hours: sum(amounts(answer(stored(hours)).itineraries[0]).get(row, 0) for row in ("second", "later")) for hours in (24, 25, 96)}
    assert cents == {24: 0, 25: 1000, 96: 1000 + 2 * 2500}
