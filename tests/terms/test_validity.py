"""Which rows hold: bounds, seasons, and the days on which something turns."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from landbridge.domain.tariff import Surcharge
from landbridge.terms.validity import Epochs, is_in_season, is_known, is_valid, turning_days_of
from tests.corridor import S, tiny_corridor, usd

TARIFF = tiny_corridor().tariffs[0]
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "on", "is_there"),
    [
        (None, None, FIRST, True),
        (FIRST, LAST, FIRST, True),
        (FIRST, LAST, LAST, True),
        (FIRST, LAST, date(2026, 11, 30), False),
        (FIRST, LAST, date(2027, 1, 1), False),
        (None, LAST, date(1990, 1, 1), True),
        (FIRST, None, date(2090, 1, 1), True),
    ],
)
def test_both_ends_belong_to_the_period(valid_from, valid_to, on, is_there):
    assert is_valid(replace(TARIFF, valid_from=valid_from, valid_to=valid_to), on) == is_there


def test_known_from_its_day_on():
    row = replace(TARIFF, known_from=FIRST)
    assert is_known(row, FIRST)
    assert not is_known(row, date(2026, 11, 30))
    assert is_known(TARIFF, date(1990, 1, 1))


@pytest.mark.parametrize(
    ("start", "end", "inside", "outside"),
    [
        ((4, 1), (10, 31), [(4, 1), (7, 7), (10, 31)], [(3, 31), (11, 1)]),
        ((11, 15), (3, 1), [(11, 15), (12, 31), (1, 1), (3, 1)], [(3, 2), (11, 14)]),
        ((6, 1), None, [(6, 1), (12, 31)], [(5, 31)]),
        (None, (6, 1), [(1, 1), (6, 1)], [(6, 2)]),
        ((2, 29), (2, 29), [], [(2, 28), (3, 1)]),
    ],
)
def test_a_season_may_run_over_new_year(start, end, inside, outside):
    assert all(is_in_season(start, end, date(2026, *day)) for day in inside)
    assert not any(is_in_season(start, end, date(2026, *day)) for day in outside)


def test_days_turn_where_a_row_begins_and_the_day_after_one_ends():
    dataset = tiny_corridor()
    epochs = Epochs(replace(dataset, tariffs=(replace(TARIFF, valid_from=FIRST, valid_to=LAST),)), date(2026, 1, 1), date(2027, 12, 31))
    assert epochs.turning_days(date(2026, 11, 1), date(2027, 2, 1)) == (FIRST, date(2027, 1, 1))
    assert epochs.turning_days(FIRST, LAST) == ()
    assert epochs.index_of(date(2026, 11, 30)) < epochs.index_of(FIRST) == epochs.index_of(LAST) < epochs.index_of(date(2027, 1, 1))


@pytest.mark.parametrize("bounds", [((2, 29), (6, 1)), ((12, 1), (2, 29)), ((2, 28), (3, 1))])
@pytest.mark.parametrize("year", [2027, 2028])
def test_a_season_turns_on_the_days_on_which_it_begins_and_ends(bounds, year):
    """29 February too, in years that have none."""
    row = Surcharge(surcharge_id="s", name="s", kind="peak", amount=usd(1), per="unit", season_from=bounds[0], season_to=bounds[1], **S)
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = [first + timedelta(days=step) for step in range(1, (last - first).days + 1)]
    turns = {day for day in days if is_in_season(*bounds, day) != is_in_season(*bounds, day - timedelta(days=1))}
    assert turns == {day for day in turning_days_of((row,), first, last) if day in days}
