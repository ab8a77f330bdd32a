from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.domain.errors import UnknownIdError
from landbridge.domain.settlement import Sharing
from landbridge.sharing import (
    CostGame,
    allocate_equal_profit,
    allocate_least_core,
    allocate_nucleolus,
    allocate_proportional,
    allocate_shapley,
    check_core,
    list_departures,
    sample_shapley,
    settle,
)
from landbridge.sharing.nucleolus import _Search, least_core_cents
from landbridge.sharing.rounding import round_shares
from landbridge.sharing.shapley import shapley_values

METHODS = (allocate_shapley, allocate_nucleolus, allocate_least_core, allocate_proportional, allocate_equal_profit)


def table_game(costs: dict[str, int]) -> CostGame:
    """A game written as ``{"A": 6, "AB": 10}``, in whole dollars; parties are letters."""
    parties = sorted(set("".join(costs)))
    return CostGame.of_table(parties, {frozenset(names): 100 * cost for names, cost in costs.items()})


def dollars(sharing: Sharing) -> list[float]:
    return [share.cost_cents / 100 for share in sharing.shares]


@st.composite
def games(draw, most: int = 5, *, is_cooperative: bool = False) -> CostGame:
    """Random games; a cooperative one has a concave cost of total size and so a core."""
    n = draw(st.integers(1, most))
    parties = [f"p{index}" for index in range(n)]
    if is_cooperative:
        sizes = draw(st.lists(st.integers(1, 50), min_size=n, max_size=n))
        fixed = draw(st.integers(0, 100_000))
        return CostGame(parties, lambda members: fixed + 700 * sum(sizes[int(one[1:])] for one in members))
    costs = draw(st.lists(st.integers(0, 1_000_000), min_size=2**n, max_size=2**n))
    return CostGame(parties, lambda members: costs[sum(1 << int(one[1:]) for one in members)])


# --- Shapley ------------------------------------------------------------------------------------------------------------------


def test_shapley_of_an_airport():
    """The runway of the longest aeroplane, each strip shared by those that need it."""
    game = table_game({"A": 6, "B": 12, "C": 18, "AB": 12, "AC": 18, "BC": 18, "ABC": 18})
    assert dollars(allocate_shapley(game)) == [2, 5, 11]


@given(games(4))
def test_shapley_is_the_average_over_all_orders(game):
    n = len(game)
    orders = list(permutations(range(n)))
    sums = [0] * n
    for order in orders:
        mask = 0
        for index in order:
            sums[index] += game.cost(mask | 1 << index) - game.cost(mask)
            mask |= 1 << index
    assert shapley_values(game) == tuple(Fraction(one, len(orders)) for one in sums)


@given(games(4), games(4))
def test_shapley_is_additive(one, other):
    if len(one) != len(other):
        return
    both = CostGame(one.parties, lambda members: sum(game.cost(mask_of(game, members)) for game in (one, other)))
    assert shapley_values(both) == tuple(a + b for a, b in zip(shapley_values(one), shapley_values(other), strict=True))


def mask_of(game: CostGame, members: tuple[str, ...]) -> int:
    return sum(1 << game.parties.index(one) for one in members)


@given(games(4, is_cooperative=True))
def test_a_party_that_adds_only_its_own_cost_bears_it(game):
    wider = CostGame(
        (*game.parties, "dummy"),
        lambda members: game.cost(mask_of(game, tuple(one for one in members if one != "dummy"))) + ("dummy" in members) * 123,
    )
    for allocate in (allocate_shapley, allocate_nucleolus):
        assert allocate(wider).shares[-1].cost_cents == pytest.approx(123, abs=1)


@settings(max_examples=20)
@given(games(5), st.integers(0, 9))
def test_a_sampled_share_is_near_and_sums(game, seed):
    sampled = sample_shapley(game, pairs=200, seed=seed)
    assert sampled.total_cents == game.total_cents
    assert not sampled.is_exact
    for share, exact in zip(sampled.shares, shapley_values(game), strict=True):
        assert share.low_cents <= share.cost_cents <= share.high_cents
        assert abs(share.cost_cents - exact) <= 3 * (share.high_cents - share.low_cents) / 2 + 2


def test_the_interval_holds_what_it_says():
    """Of 200 intervals of one party some 95 in a hundred hold the exact value."""
    sizes = [3, 14, 15, 9, 26, 5]
    game = CostGame("abcdef", lambda members: 10_000 * -(-sum(sizes["abcdef".index(one)] for one in members) // 20))
    exact = shapley_values(game)[1]
    held = sum(
        share.low_cents <= exact <= share.high_cents
        for seed in range(200)
        for share in sample_shapley(game, pairs=40, seed=seed).shares[1:2]
    )
    assert 180 <= held <= 200


def test_sampling_ends_when_told_and_is_repeatable():
    game = CostGame([f"p{n}" for n in range(60)], lambda members: 1000 * -(-len(members) // 7))
    asked: list[int] = []
    first = sample_shapley(game, pairs=10_000, seed=4, is_over=lambda: len(asked) > 3 or bool(asked.append(1)))
    assert "12 pairs" in first.note
    assert first.total_cents == game.total_cents
    assert first.shares == sample_shapley(game, pairs=12, seed=4).shares
    with pytest.raises(ValueError, match="at least 8"):
        sample_shapley(game, pairs=3)


# --- nucleolus and core ---------------------------------------------------------------------------------------------------------


def complaints(game: CostGame, values: list[float]) -> list[float]:
    """Complaints of all coalitions but none and all, the greatest first."""
    n = len(game)
    found = [
        sum(values[index] for index in group) - game.cost(sum(1 << index for index in group))
        for size in range(1, n)
        for group in combinations(range(n), size)
    ]
    return sorted(found, reverse=True)


def test_nucleolus_of_an_airport():
    """Littlechild's rule: min over i of c_i / (i + 1) and on."""
    game = table_game({"A": 6, "B": 12, "C": 18, "AB": 12, "AC": 18, "BC": 18, "ABC": 18})
    assert dollars(allocate_nucleolus(game)) == [3, 4.5, 10.5]


def test_nucleolus_of_a_bankruptcy():
    """The Talmud: an estate of 200 against claims of 100, 200 and 300 is divided 50, 75, 75 (Aumann and Maschler, 1985)."""
    claims, estate = {"A": 100, "B": 200, "C": 300}, 200
    everybody = ["A", "B", "C"]

    def gain(group: tuple[str, ...]) -> int:
        return max(0, estate - sum(claims[one] for one in everybody if one not in group))

    game = CostGame(everybody, lambda group: -100 * gain(group))
    assert dollars(allocate_nucleolus(game)) == [-50, -75, -75]


@settings(max_examples=30, deadline=None)
@given(games(4), st.randoms(use_true_random=False))
def test_no_other_sharing_has_smaller_complaints(game, random):
    """Lexicographically, against random others and small moves between two parties."""
    search = _Search(game)
    while not search.is_determined:
        search.solve_stage()
    best = [float(one) * 100 for one in search.point()]
    rounded = [share.cost_cents for share in allocate_nucleolus(game).shares]
    assert all(abs(one - cents) <= 1 for one, cents in zip(best, rounded, strict=True))
    ours = complaints(game, best)
    for _ in range(15):
        other = list(best)
        for _ in range(random.randint(1, 3)):
            one, two = random.randrange(len(best)), random.randrange(len(best))
            move = random.choice([1, 100, 10_000])
            other[one] += move
            other[two] -= move
        theirs = complaints(game, other)
        first = next((a - b for a, b in zip(ours, theirs, strict=True) if abs(a - b) > 0.01), 0)
        assert first <= 0


@settings(max_examples=40, deadline=None)
@given(games(5, is_cooperative=True))
def test_with_a_core_the_nucleolus_lies_in_it(game):
    assert allocate_nucleolus(game).core.is_in_core
    assert allocate_equal_profit(game).core.is_in_core
    assert allocate_least_core(game).core.is_in_core


@settings(max_examples=40, deadline=None)
@given(games(5))
def test_the_greatest_complaint_of_nucleolus_and_least_core_is_the_least_core_value(game):
    if len(game) == 1:
        return
    value = least_core_cents(game)
    for allocate in (allocate_nucleolus, allocate_least_core):
        assert allocate(game).core.excess_cents == pytest.approx(value, abs=len(game) + 1)


def test_the_core_check_shows_who_would_leave():
    game = table_game({"A": 10, "B": 10, "C": 10, "AB": 12, "AC": 20, "BC": 20, "ABC": 24})
    check = check_core(game, [800, 800, 800])
    assert (check.is_in_core, check.coalition, check.excess_cents) == (False, ("A", "B"), 400)
    assert check_core(game, [600, 600, 1200]).coalition == ("C",)
    assert dict(list_departures(game)) == {"A": 600, "B": 600, "C": -200}


def test_an_empty_core_is_told():
    game = table_game({"A": 2, "B": 2, "C": 2, "AB": 2, "AC": 2, "BC": 2, "ABC": 4})
    assert least_core_cents(game) == pytest.approx(200 / 3)
    assert "core is empty" in allocate_equal_profit(game).note
    assert not allocate_nucleolus(game).core.is_in_core


def test_twelve_parties():
    sizes = [7, 31, 12, 40, 3, 22, 18, 9, 27, 5, 36, 14]
    parties = [f"p{n:02}" for n in range(12)]
    game = CostGame(parties, lambda members: 100_000 * -(-sum(sizes[int(one[1:])] for one in members) // 50) + 500 * len(members))
    found = allocate_nucleolus(game)
    assert found.total_cents == game.total_cents
    assert found.core.excess_cents == pytest.approx(least_core_cents(game), abs=13)


# --- all methods ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("allocate", METHODS)
@settings(max_examples=25, deadline=None)
@given(game=games(4))
def test_shares_sum_to_the_joint_cost(allocate, game):
    assert allocate(game).total_cents == game.total_cents


@pytest.mark.parametrize("allocate", [allocate_shapley, allocate_nucleolus, allocate_proportional])
@settings(max_examples=25, deadline=None)
@given(game=games(4), random=st.randoms(use_true_random=False))
def test_the_order_of_the_parties_changes_nothing(allocate, game, random):
    order = list(game.parties)
    random.shuffle(order)
    again = CostGame(order, lambda members: game.cost(mask_of(game, members)))
    shares = {share.party_id: share.cost_cents for share in allocate(game).shares}
    for share in allocate(again).shares:
        assert share.cost_cents == pytest.approx(shares[share.party_id], abs=1)


@pytest.mark.parametrize("allocate", [allocate_shapley, allocate_nucleolus, allocate_proportional, allocate_equal_profit])
def test_equals_bear_the_same(allocate):
    game = table_game({"A": 10, "B": 10, "C": 7, "AB": 14, "AC": 12, "BC": 12, "ABC": 18})
    first, second, _ = allocate(game).shares
    assert abs(first.cost_cents - second.cost_cents) <= 1  # cents cannot always be halved


def test_equal_profit_is_equal_where_the_core_allows():
    game = table_game({"A": 10, "B": 20, "AB": 24})
    assert dollars(allocate_equal_profit(game)) == [8, 16]


def test_proportional_without_any_cost_is_equal():
    assert dollars(allocate_proportional(table_game({"A": 0, "B": 0, "AB": 2}))) == [1, 1]


def test_a_game_is_asked_once_for_each_coalition():
    asked: list[tuple[str, ...]] = []
    game = CostGame("ab", lambda members: asked.append(members) or 5)
    allocate_shapley(game)
    allocate_nucleolus(game)
    assert sorted(asked) == [("a",), ("a", "b"), ("b",)]


def test_what_a_game_refuses():
    with pytest.raises(ValueError, match="twice"):
        CostGame("aa", len)
    with pytest.raises(ValueError, match="at least one"):
        CostGame("", len)
    with pytest.raises(ValueError, match="too large"):
        CostGame([str(n) for n in range(16)], len).table()
    with pytest.raises(UnknownIdError):
        table_game({"A": 1, "B": 2}).cost(3)


@given(st.lists(st.fractions(min_value=-1000, max_value=1000), min_size=1, max_size=9))
def test_rounding_keeps_the_sum_and_moves_nobody_by_a_cent(shares):
    shares[0] += round(sum(shares)) - sum(shares)
    rounded = round_shares(shares, int(sum(shares)))
    assert sum(rounded) == sum(shares)
    assert all(abs(one - share) < 1 for one, share in zip(rounded, shares, strict=True))


def test_shares_that_miss_the_total_are_refused():
    with pytest.raises(ValueError, match="not to 50"):
        round_shares([1.0, 2.0], 50)


# --- settlement -----------------------------------------------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(games(5), st.data())
def test_payments_bring_every_balance_to_zero(game, data):
    sharing = allocate_proportional(game)
    paid = {party: data.draw(st.integers(0, 10**6)) for party in game.parties[1:]}
    paid[game.parties[0]] = game.total_cents - sum(paid.values())
    settlement = settle(sharing, paid, currency="USD", settled_on=date(2026, 12, 1))
    assert sum(row.balance_cents for row in settlement.balances) == 0
    left = {row.party_id: row.balance_cents for row in settlement.balances}
    for payment in settlement.payments:
        assert payment.amount_cents > 0
        left[payment.from_id] += payment.amount_cents
        left[payment.to_id] -= payment.amount_cents
    assert set(left.values()) == {0}
    assert len(settlement.payments) <= max(0, len(game) - 1)


def test_what_does_not_sum_is_not_settled():
    sharing = allocate_proportional(table_game({"A": 10, "B": 20, "AB": 24}))
    with pytest.raises(ValueError, match="pay 2399"):
        settle(sharing, {"A": 2399}, currency="USD", settled_on=date(2026, 12, 1))
    with pytest.raises(ValueError, match="no share: Z"):
        settle(sharing, {"Z": 2400}, currency="USD", settled_on=date(2026, 12, 1))
