"""The shipped spread of times is that of the published table, and its rows are whole."""

import csv
import math

import pytest
from benchmarks.uncertainty import FILE, count_held, quantile_interval, read_ratios

from landbridge.uncertainty.calibration import LATENESS


def test_the_shipped_points_are_those_of_the_table():
    ratios = [ratio for _, ratio in read_ratios()]
    low, high = quantile_interval(ratios)
    middle = sorted(ratios)[len(ratios) // 2]
    assert pytest.approx([math.exp(one) for one in (low, middle, high)], abs=0.006) == list(LATENESS)


def test_every_pair_has_days_in_order_and_a_source():
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) >= 39
    assert len({(row["corridor"], row["from"], row["to"]) for row in rows}) == len(rows)
    for row in rows:
        days = [float(row[f"{what}_days_{end}"]) for what in ("announced", "actual") for end in ("low", "high")]
        assert 0 < days[0] <= days[1], row["corridor"]
        assert 0 < days[2] <= days[3], row["corridor"]
        assert row["address"].startswith("http"), row["corridor"]
        assert row["source"], row["corridor"]
        assert row["grade"] in {"A", "B", "C"}, row["corridor"]


def test_about_four_of_five_are_held_when_left_out():
    """Far from 80 % of so many would mean that the table or the method was changed and nobody looked."""
    ratios = [ratio for _, ratio in read_ratios()]
    assert 0.67 <= count_held(ratios, quantile_interval) / len(ratios) <= 0.91
