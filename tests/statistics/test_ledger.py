"""Claims held against records and each other."""

from datetime import date
from decimal import Decimal

import pytest

from landbridge.domain.trade_answer import Verdict
from landbridge.statistics.answer import answer_trade
from landbridge.statistics.consequence import bound_changes
from landbridge.statistics.figure import list_figures
from landbridge.statistics.ledger import judge_claims
from landbridge.statistics.statement import build_timeline, list_statements

DAY = date(2025, 1, 1)
X22, X23 = ("AA", "export", 2022), ("AA", "export", 2023)


def judge(world):
    dataset = world.build()
    figures = list_figures(dataset, DAY)
    timeline = build_timeline(dataset, figures, DAY)
    statements = list_statements(dataset, figures, timeline, DAY)
    ledger = judge_claims(dataset, figures, statements, timeline)
    return {claim.claim_id: claim for claim in ledger.claims}, ledger, statements, timeline


def test_a_claim_that_the_records_bear_out(world):
    world.record("AA", "export", 2022, 10).record("AA", "export", 2023, 35)
    claims, _, _, _ = judge(world.claim("up", [(0, 0, {X23: 1, X22: "-3.5"})]))
    assert claims["up"].verdict is Verdict.CONSISTENT


def test_a_claim_that_the_records_exclude_names_them_all_and_no_more(world):
    world.record("AA", "export", 2021, 9).record("AA", "export", 2022, 10).record("AA", "export", 2023, 30)
    claims, _, _, _ = judge(world.claim("up", [(0, 0, {X23: 1, X22: "-3.5"})]))
    assert claims["up"].verdict is Verdict.CONTRADICTED
    assert set(claims["up"].conflict.statements) == {"up", "AA-export-2022-None-BB", "AA-export-2023-None-BB"}
    assert "t/trade_records.csv:3" in claims["up"].conflict.rows


def test_one_good_reading_saves_a_claim(world):
    """By 250 percent or to 250 percent: one of them fits."""
    world.record("AA", "export", 2022, 10).record("AA", "export", 2023, 25)
    claims, _, _, _ = judge(world.claim("up", [(0, 0, {X23: 1, X22: "-3.5"})], [(0, 0, {X23: 1, X22: "-2.5"})]))
    assert [one.verdict for one in claims["up"].readings] == [Verdict.CONTRADICTED, Verdict.CONSISTENT]
    assert claims["up"].verdict is Verdict.CONSISTENT


def test_the_one_figure_that_would_decide(world):
    world.record("AA", "export", 2022, 10)
    claims, _, _, _ = judge(world.claim("up", [(0, 0, {X23: 1, X22: "-3.5"})]))
    assert claims["up"].verdict is Verdict.NOT_DECIDABLE
    assert (claims["up"].decided_by.reporter, claims["up"].decided_by.from_on) == ("AA", date(2023, 1, 1))


def test_two_missing_figures_and_no_single_one_decides(world):
    claims, _, _, _ = judge(world.claim("up", [(0, 0, {X23: 1, X22: "-3.5"})]))
    assert claims["up"].decided_by is None
    assert len(claims["up"].readings[0].missing) == 2


def test_three_claims_that_cannot_all_be_true(world):
    """Each pair can hold, all three cannot."""
    world.claim("at least 10", [(10, None, {X22: 1})]).claim("tripled", [(0, 0, {X23: 1, X22: -3})]).claim(
        "below 20", [(None, 20, {X23: 1})]
    )
    claims, ledger, _, _ = judge(world)
    assert set(ledger.conflicts[0].statements) == {"at least 10", "tripled", "below 20"}
    assert ledger.is_complete
    assert {claim.verdict for claim in claims.values()} == {Verdict.CONTRADICTED}


def test_two_books_may_differ_but_not_without_end(world):
    """Imports a little above exports are no conflict; ten thousand times as much are."""
    world.record("AA", "export", 2023, 10**9).claim("same", [(11 * 10**8, 11 * 10**8, {("BB", "import", 2023): 1})])
    world.claim("absurd", [(10**13, 10**13, {("BB", "import", 2022): 1, ("BB", "import", 2023): 1})])
    claims, _, _, _ = judge(world)
    assert claims["same"].verdict is not Verdict.CONTRADICTED
    assert "mirror AA>BB 2023" not in (claims["same"].conflict.statements if claims["same"].conflict else ())


def test_what_follows_from_two_claims(world):
    """Known 2021; 2023 is 3.5 times 2022 and at most 70: 2022 is at most 20, half of 2021."""
    world.record("AA", "export", 2021, 40_000_000)
    world.claim("up", [(0, 0, {X23: 1, X22: "-3.5"})]).claim("cap", [(None, 70_000_000, {X23: 1})])
    _, ledger, statements, timeline = judge(world)
    (follows,) = bound_changes(statements, timeline, ledger.conflicts)
    assert follows.from_on == date(2022, 1, 1)
    assert follows.factor == Decimal("0.5")
    assert set(follows.statements) == {"up (r0)", "cap (r0)"}


def test_a_claim_made_later_is_not_known(world):
    dataset = world.claim("up", [(1, None, {X23: 1})]).build()
    timeline = build_timeline(dataset, (), DAY)
    assert list_statements(dataset, (), timeline, date(2024, 1, 1)) == ()


def test_a_claim_that_only_repeats_records_of_its_source_bears_itself_out_and_counts_once(world):
    """It is consistent, says by what, shares the conflicts of its records, and is in no smallest set of its own."""
    world.record("AA", "export", 2022, 10).record("AA", "export", 2023, 30)
    world.claim("said", [(10, 10, {X22: 1})], grade="stat").claim("up", [(0, 0, {X23: 1, X22: "-3.5"})])
    claims, ledger, _, _ = judge(world)
    assert claims["said"].verdict is Verdict.CONSISTENT
    assert claims["said"].repeats == ("AA-export-2022-None-BB",)
    assert claims["said"].conflict == claims["up"].conflict
    assert all("said" not in one.statements for one in ledger.conflicts)
    assert claims["up"].repeats == ()


@pytest.mark.parametrize(
    ("floor", "ceiling", "repeats"), [(10, 10, True), (9, 11, True), (12, None, False), (None, 9, False), (30, 31, False)]
)
def test_a_claim_repeats_a_record_only_where_it_says_the_same_of_it(world, floor, ceiling, repeats):
    """The same source, books and year with another figure is no repetition: it contradicts its own record, and counts."""
    world.record("AA", "export", 2022, 10).claim("said", [(floor, ceiling, {X22: 1})], grade="stat")
    claims, ledger, _, _ = judge(world)
    assert bool(claims["said"].repeats) == repeats
    assert any("said" in one.statements for one in ledger.conflicts) != repeats


def test_each_part_of_a_reading_has_to_agree(world):
    world.record("AA", "export", 2022, 10).record("AA", "export", 2023, 30)
    world.claim("said", [(10, 10, {X22: 1}), (45, None, {X22: 1, X23: 1})], grade="stat")
    claims, _, _, _ = judge(world)
    assert claims["said"].repeats == ()


def test_what_a_claim_repeats_moves_no_estimate(world):
    world.record("AA", "export", 2022, 10**7).record("BB", "import", 2023, 10**7)
    before = answer_trade(world.build(), as_of=DAY, draws=2_000)
    after = answer_trade(world.claim("said", [(10**7, 10**7, {X22: 1})], grade="stat").build(), as_of=DAY, draws=2_000)
    assert [one.value for one in after.estimates if one.from_on.year == 2023] == [
        one.value for one in before.estimates if one.from_on.year == 2023 and (one.exporter, one.importer) == ("AA", "BB")
    ]
