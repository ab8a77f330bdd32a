"""Where and on which day boxes come free."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from landbridge.domain.offer import Reuse
from landbridge.optimization.book_problem import End
from landbridge.optimization.book_yards import add_ends, hire_parts
from tests.corridor import S, tiny_corridor, usd

DAY = date(2027, 3, 2)


def _way(at: datetime) -> tuple[object, object, None]:
    leg = SimpleNamespace(
        from_id="AA", to_id="BB", mode="road", service_id="truck", departure_on=date(2027, 2, 20), arrives_at=at
    )  # fmt: skip
    return SimpleNamespace(legs=(leg,), arrives_at=at), SimpleNamespace(units=2, unit_type_id="40HC"), None


@pytest.mark.parametrize(
    ("zone", "hour", "turn_min"),
    [("Asia/Karachi", timedelta(hours=2), 0), ("America/New_York", timedelta(hours=22), 60), ("Asia/Karachi", timedelta(hours=23), 30)],
)
def test_a_box_that_comes_in_is_used_from_the_next_day_of_its_place(zone, hour, turn_min):
    """A box that came to Karachi at 2 in the morning was used from the midnight before, one in New York two days after."""
    feed = tiny_corridor()
    places = tuple(replace(row, zone=zone) if row.place_id == "BB" else row for row in feed.places)
    feed = replace(feed, places=places)
    row = Reuse(
        reuse_id="r", name="r", kind="empty_box", place_ids=("BB",), amount=usd(100), currency="USD", per_day=Decimal(1), turn_min=turn_min,
        valid_from=DAY, valid_to=DAY, **S,
    )  # fmt: skip
    at = (datetime.combine(DAY, time(), ZoneInfo(zone)) + hour).astimezone(UTC)
    freed, needed = [], []
    add_ends(feed, 0, _way(at), row, freed, needed)
    assert freed == [End(way=0, day=DAY.toordinal() + 1, units=2)]
    assert needed == []
    itinerary, shipment, _ = _way(at)
    assert hire_parts(feed, itinerary, shipment, (row,), {"r": SimpleNamespace(low=100, typical=100, high=100)}) == (("r", 100, 100, 100),)
