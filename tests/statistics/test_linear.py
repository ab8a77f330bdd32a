"""The exact simplex method: against corner points by brute force, and on systems whose answer is known."""

import itertools
import random
from fractions import Fraction as F

import pytest

from landbridge.statistics.linear import at_least, at_most, find_point, maximise


def test_a_known_optimum():
    """Chvátal's first example: 5 x + 4 y + 3 z is at most 13."""
    bounds = [
        at_most({0: F(2), 1: F(3), 2: F(1)}, F(5)),
        at_most({0: F(4), 1: F(1), 2: F(2)}, F(11)),
        at_most({0: F(3), 1: F(4), 2: F(2)}, F(8)),
    ]
    solution = maximise({0: F(5), 1: F(4), 2: F(3)}, bounds)
    assert solution.value == 13
    assert {key: value for key, value in solution.point.items() if value} == {0: 2, 2: 1}


def test_no_bound_and_no_point():
    assert maximise({0: F(1)}, [at_least({0: F(1)}, F(3))]).value is None
    assert find_point([at_least({0: F(1)}, F(3)), at_most({0: F(1)}, F(2))]) is None
    assert find_point([at_most({0: F(1)}, F(-1))]) is None
    assert find_point([]) == {}


def test_a_third_is_a_third():
    """Equality of thirds: no tolerance decides."""
    third = [at_least({0: F(3)}, F(1)), at_most({0: F(3)}, F(1))]
    assert find_point([*third, at_least({0: F(1)}, F(1, 3))]) is not None
    assert find_point([*third, at_least({0: F(1)}, F(333333333333333334, 10**18))]) is None


@pytest.mark.parametrize("seed", range(60))
def test_against_corners(seed):
    """Two quantities: the optimum lies on a corner, and all corners can be tried."""
    rng = random.Random(seed)
    lines = [(F(rng.randint(-4, 4)), F(rng.randint(-4, 4)), F(rng.randint(-6, 9))) for _ in range(rng.randint(1, 5))]
    lines += [(F(1), F(1), F(20)), (F(-1), F(0), F(0)), (F(0), F(-1), F(0))]
    goal = {0: F(rng.randint(-3, 3)), 1: F(rng.randint(-3, 3))}
    corners = []
    for (a, b, c), (d, e, f) in itertools.combinations(lines, 2):
        if a * e - b * d:
            x, y = (c * e - b * f) / (a * e - b * d), (a * f - c * d) / (a * e - b * d)
            if all(p * x + q * y <= r for p, q, r in lines):
                corners.append(goal[0] * x + goal[1] * y)
    solution = maximise(goal, [at_most({0: a, 1: b}, c) for a, b, c in lines[:-2]])
    assert solution.is_feasible == bool(corners)
    if corners:
        assert solution.value == max(corners)
