"""Why a way lost, in words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from landbridge.routing.elsewhere import _how_much_worse


def arrival(cost, minute, emission):
    return SimpleNamespace(cost=cost, minute=minute, emission=emission)


@pytest.mark.parametrize(
    ("best", "told"),
    [
        ((167_00, 60, 1000), "67 % dearer"),
        ((167_00, 60 + 3 * 1440, 1000), "67 % dearer, 3 days later"),
        ((100_00, 60 + 5 * 60, 1000), "5 h later"),
        ((100_00, 60, 1500), "50 % more CO2e"),
        ((200_00, 60, 2000), "100 % dearer, 100 % more CO2e"),
        ((212_00, 60, 3000), "2.1 times as dear, 3 times the CO2e"),
        ((1216_00, 60, 9960), "12 times as dear, 10 times the CO2e"),
        ((100_00, 60, 1000), "hardly worse in anything, better in nothing"),
    ],
)
def test_what_rounds_to_nothing_is_not_told(best, told):
    assert _how_much_worse(arrival(*best), arrival(100_00, 60, 1000)) == told
