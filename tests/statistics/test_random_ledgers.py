"""Random ledgers against brute force: every conflict is minimal and none is missed, and what is said to decide decides."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from landbridge.domain.trade_answer import Verdict
from landbridge.statistics.statement import list_telling
from landbridge.statistics.trial import Trial
from tests.statistics.conftest import World
from tests.statistics.test_ledger import judge

YEARS = (2021, 2022)
SERIES = [(reporter, flow, year) for reporter in ("AA", "BB") for flow in ("export", "import") for year in YEARS]


def reading(rng, reporter):
    """What newspapers say: more than, between, so many times, a share of the total, more than the year before."""
    ours = [one for one in SERIES if one[0] == reporter]
    kind, figure, low = rng.choice(["above", "between", "times", "share", "grew"]), rng.choice(ours), rng.randint(1, 30)
    before, after = ((reporter, figure[1], year) for year in YEARS)
    both = {(reporter, flow, figure[2]): 1 for flow in ("export", "import")}
    return {
        "above": (low, None, {figure: 1}),
        "between": (low, low + rng.randint(0, 5), {figure: 1}),
        "times": (0, 0, {after: 1, before: rng.choice(["-2.5", "-3.5", "-0.5"])}),
        "share": (0, 0, {**both, figure: "0.25"} | dict.fromkeys(set(both) - {figure}, "-0.75")),
        "grew": (0, None, {after: 1, before: -1}),
    }[kind]


def ledger_of(seed):
    """One to three records, two to four claims; a claim may be read by the books of either country."""
    rng, world = random.Random(seed), World()
    for reporter, flow, year in rng.sample(SERIES, rng.randint(1, 3)):
        world.record(reporter, flow, year, rng.randint(1, 30))
    for number in range(rng.randint(2, 4)):
        world.claim(f"c{number}", *[[reading(rng, reporter)] for reporter in rng.sample(["AA", "BB"], rng.choice([1, 1, 2]))])
    return rng, world


def list_minimal(statements):
    """Smallest sets that cannot all be true, by trying every subset in exact fractions."""
    trial, found = Trial(statements, None, is_exact=True), []
    for size in range(1, len(statements) + 1):
        for chosen in map(frozenset, combinations(range(len(statements)), size)):
            if not any(one <= chosen for one in found) and not trial.can_hold(chosen):
                found.append(chosen)
    return {frozenset(statements[number].name for number in one) for one in found}


@pytest.mark.parametrize("seed", range(25))
def test_conflicts_are_all_the_minimal_ones(seed):
    _, world = ledger_of(seed)
    claims, ledger, statements, _ = judge(world)
    expected = list_minimal(list_telling(world.build(), statements))
    assert {frozenset(one.statements) for one in ledger.conflicts if one.books is None} == expected
    assert ledger.is_complete
    for name, verdict in claims.items():
        if any(name in one for one in expected):
            assert verdict.verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize("seed", range(25))
def test_a_figure_that_decides_decides_whatever_it_shows(seed):
    """Disclosed with any value, the one figure leaves no claim open that was to be decided by it."""
    rng, world = ledger_of(seed)
    for name, verdict in judge(world)[0].items():
        figure = verdict.decided_by
        if figure is not None:
            for value in (0, rng.randint(1, 60), rng.randint(1, 60)):
                told = ledger_of(seed)[1].record(figure.reporter, figure.flow, figure.from_on.year, value)
                assert judge(told)[0][name].verdict is not Verdict.NOT_DECIDABLE


def test_a_reading_that_waits_for_something_else_keeps_the_claim_open(world):
    """A total of 19 in 2021 or in 2022: the year that is disclosed can bear it out, and if it does not nothing is decided."""
    world.record("AA", "import", 2022, 9)
    world.claim(
        "total",
        [(19, 19, {("AA", "export", 2021): 1, ("AA", "import", 2021): 1})],
        [(19, 19, {("AA", "export", 2022): 1, ("AA", "import", 2022): 1})],
    )
    verdict = judge(world)[0]["total"]
    assert (verdict.decided_by, verdict.borne_out_by.flow, verdict.borne_out_by.from_on.year) == (None, "export", 2022)
    assert judge(world.record("AA", "export", 2022, 5))[0]["total"].verdict is Verdict.NOT_DECIDABLE


def test_a_share_above_the_whole_contradicts_itself(world):
    """Exports of 120 percent of all trade: no record is needed to exclude that."""
    claims, ledger, _, _ = judge(
        world.claim(
            "share", [(0, 0, {("AA", "export", 2022): "-0.2", ("AA", "import", 2022): "-1.2"}), (1, None, {("AA", "export", 2022): 1})]
        )
    )
    assert claims["share"].verdict is Verdict.CONTRADICTED
    assert [one.statements for one in ledger.conflicts if one.books is None] == [("share",)]


def test_half_a_year_is_no_more_than_the_year(world):
    """More than 17 in half a year, of which the whole brought 15."""
    world.record("AA", "export", 2022, 17, months=6).record("AA", "export", 2022, 15)
    world.records[1] = replace(world.records[1], record_id="year")
    _, ledger, _, _ = judge(world.claim("below", [(None, 16, {("AA", "export", 2022): 1})]))
    assert {frozenset(one.statements) for one in ledger.conflicts if one.books is None} == {
        frozenset({"AA-export-2022-None-BB", "year"}),
        frozenset({"AA-export-2022-None-BB", "below"}),
    }
