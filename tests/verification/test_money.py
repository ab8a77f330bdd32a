from decimal import Decimal
from fractions import Fraction

import pytest

from landbridge.verification.money import Cents, cents_of, round_half_up, share_of
from tests.verification.corridor import money


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1/2", 1), ("49/100", 0), ("3/2", 2), ("5/2", 3), ("-1/2", -1), ("-49/100", 0), ("-3/2", -2), ("7", 7), ("0", 0)],
)
def test_round_half_up(value, expected):
    assert round_half_up(Fraction(value)) == expected


def test_all_three_are_converted_and_rounded():
    assert cents_of(money(10, 1, 20), Fraction(3), Fraction(7)) == Cents(cost=429, low=43, high=857)


def test_amounts_add_up():
    assert Cents(cost=2, low=1, high=3) + Cents(cost=20, low=10, high=30) == Cents(cost=22, low=11, high=33)


def test_the_minimum_is_in_the_currency_of_the_row_and_on_all_three():
    assert cents_of(money(10, 1, 20), Fraction(3), Fraction(2), Decimal(50)) == Cents(cost=2500, low=2500, high=3000)


def test_a_factor_works_on_low_typical_and_high():
    base = Cents(cost=1000, low=500, high=2000)
    assert share_of(base, money("1.1", "1.0", "1.3"), less=1) == Cents(cost=100, low=0, high=600)
    assert share_of(base, money("0.9"), less=1) == Cents(cost=-100, low=-50, high=-200)
    assert share_of(base, money(10, 5, 20), per=100) == Cents(cost=100, low=25, high=400)
