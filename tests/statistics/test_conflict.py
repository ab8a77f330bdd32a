"""Smallest conflicts against all subsets by brute force."""

import itertools
import random

import pytest

from landbridge.statistics.conflict import find_conflicts


def brute(count, can_hold):
    found = []
    for size in range(count + 1):
        for chosen in map(frozenset, itertools.combinations(range(count), size)):
            if not can_hold(chosen) and not any(one <= chosen for one in found):
                found.append(chosen)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_against_all_subsets(seed):
    """All minimal conflicts, each once, by size."""
    rng = random.Random(seed)
    count = rng.randint(1, 7)
    bad = [frozenset(rng.sample(range(count), rng.randint(1, min(4, count)))) for _ in range(rng.randint(0, 5))]

    def can_hold(chosen):
        return not any(one <= chosen for one in bad)

    conflicts, is_all = find_conflicts(count, can_hold)
    assert is_all
    assert set(conflicts) == set(brute(count, can_hold))
    assert [len(one) for one in conflicts] == sorted(len(one) for one in conflicts)


def test_one_impossible_statement_is_a_conflict_by_itself():
    assert find_conflicts(3, lambda chosen: 1 not in chosen) == ((frozenset({1}),), True)


def test_no_statement():
    assert find_conflicts(0, lambda chosen: True) == ((), True)


def test_a_limit_is_told():
    conflicts, is_all = find_conflicts(6, lambda chosen: len(chosen) < 2, limit=3)
    assert (len(conflicts), is_all) == (3, False)
