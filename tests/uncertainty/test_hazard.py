"""How long closures last: what was told, and the earliest and latest end where nobody told it."""

from datetime import date

import pytest

from landbridge.domain.event import Event
from landbridge.uncertainty.hazard import list_hazards

DAY = 1440.0


@pytest.fixture
def close():
    def make(event_id: str, begin: date, end: date | None) -> Event:
        return Event(
            event_id=event_id, title=event_id, kind="closure", border_id="pass", valid_from=begin, valid_to=end, source_id="s", row="e:2"
        )  # fmt: skip

    return make


def test_a_told_end_is_one_length(close):
    history = [close("one", date(2026, 1, 1), date(2026, 1, 4)), close("open", date(2026, 5, 1), None)]
    (hazard,) = list_hazards(history, ["border pass"], date(2026, 6, 1))
    assert hazard.lengths == (4 * DAY,)


def test_an_end_in_doubt_is_as_likely_early_as_late(close):
    """Each closure keeps its weight: one whose end was told counts three times when another has three ends."""
    history = [close("told", date(2026, 1, 1), date(2026, 1, 4)), close("taken", date(2026, 3, 1), date(2026, 3, 10))]
    (hazard,) = list_hazards(history, ["border pass"], date(2026, 6, 1), {"taken": (date(2026, 3, 5), date(2026, 3, 31))})
    assert sorted(hazard.lengths) == [4 * DAY, 4 * DAY, 4 * DAY, 5 * DAY, 10 * DAY, 31 * DAY]
    assert hazard.rate_per_min == list_hazards(history, ["border pass"], date(2026, 6, 1))[0].rate_per_min


def test_an_end_as_it_was_known_then_is_not_doubted(close):
    """On an earlier day another end was expected than the one that is in doubt today."""
    (hazard,) = list_hazards(
        [close("e", date(2026, 3, 1), date(2026, 3, 2))], ["border pass"], date(2026, 3, 2), {"e": (date(2026, 3, 5), date(2026, 3, 31))}
    )
    assert hazard.lengths == (2 * DAY,)
