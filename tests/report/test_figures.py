from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.report import figures


@pytest.mark.parametrize(
    ("cents", "whole", "exact"),
    [(1124050, "11,241", "11,240.50"), (0, "0", "0.00"), (-50, "-1", "-0.50"), (-49, "0", "-0.49"), (99, "1", "0.99"), (5, "0", "0.05")],
)
def test_money_is_rounded_half_away_from_zero_and_set_in_thousands(cents, whole, exact):
    assert figures.money_text(cents) == whole
    assert figures.exact_money_text(cents) == exact


def test_times_and_days_stand_in_line():
    assert figures.time_text(datetime(2026, 12, 1, 8, 5)).replace("\u00a0", " ") == " 1 Dec 08:05"  # noqa: DTZ001
    assert figures.date_text(date(2026, 12, 1)).replace("\u00a0", " ") == "1 Dec 2026"
    assert figures.days_text(66_500) == "46.2"
    assert [figures.duration_text(minutes) for minutes in (40, 300, 4608)] == ["40 min", "5 h", "3.2 d"]


def test_amounts_lose_only_zeros_that_say_nothing():
    assert figures.amount_text(Decimal("1250.00")) == "1,250"
    assert figures.amount_text(Decimal("1.045")) == "1.045"
    assert figures.price_amount_text(Decimal("22.5")) == "22.50"


@given(st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=5))
def test_shares_sum_to_a_hundred(parts):
    shares = figures.shares_text(parts)
    percents = [0 if share in ("-", "<1 %") else int(share.removesuffix(" %")) for share in shares]
    assert sum(percents) == (100 if sum(parts) else 0)


def test_shares_with_a_rebate_say_what_they_can():
    assert figures.shares_text([150, -50]) == ("150 %", "-50 %")
    assert figures.shares_text([-5, 0]) == ("-", "-")
