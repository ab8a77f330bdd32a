"""What the shipped ledger says, held against small linear programs made from the feed's tables alone, without any code of landbridge.

A quantity is what flows in a stretch of days between two days on which some period begins or ends; none is negative. A record bounds the
sum of its stretches, a reading of a claim bounds sums of terms, whose factors may be anything between low and high.
"""

import csv
from datetime import date, timedelta
from importlib.resources import files
from itertools import product

import highspy
import pytest

import landbridge as lb
from landbridge.planner.trade import hold_trade

pytestmark = pytest.mark.slow

FEED = files("landbridge") / "data" / "belarus-pakistan"


def table(name):
    return list(csv.DictReader((FEED / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


RECORDS, TERMS, READINGS = table("trade_records"), table("claim_terms"), table("claim_readings")
DAYS = sorted(
    {
        day
        for row in (*RECORDS, *TERMS)
        for day in (date.fromisoformat(row["from_on"]), date.fromisoformat(row["to_on"]) + timedelta(days=1))
    }
)


def series(row):
    return row["reporter"], row["partner"], row["flow"], row["hs"]


def stretches(row):
    first, last = date.fromisoformat(row["from_on"]), date.fromisoformat(row["to_on"])
    return [(series(row), day) for day in DAYS if first <= day <= last]


def record(row):
    return [(dict.fromkeys(stretches(row), 1.0), float(row["value_low"]), float(row["value_high"]))]


def total(terms, factor):
    found = {}
    for term in terms:
        for key in stretches(term):
            found[key] = found.get(key, 0.0) + float(term[factor] or term["factor"])
    return found


def reading(claim_id, name):
    """Rows of a reading: the sum at its least factors is under the ceiling, at its greatest over the floor."""
    rows = []
    for part in (one for one in READINGS if (one["claim_id"], one["reading"]) == (claim_id, name)):
        assert part["currency"] in ("USD", "")
        terms = [one for one in TERMS if (one["claim_id"], one["reading"], one["part"]) == (claim_id, name, part["part"])]
        if part["ceiling"]:
            rows.append((total(terms, "factor_low"), -highspy.kHighsInf, float(part["ceiling"])))
        if part["floor"]:
            rows.append((total(terms, "factor_high"), float(part["floor"]), highspy.kHighsInf))
    return rows


def readings_of(claim_id, books):
    """Names of the readings that mean the books of one country."""
    names = dict.fromkeys(row["reading"] for row in READINGS if row["claim_id"] == claim_id)
    means = {name: {row["reporter"] for row in TERMS if (row["claim_id"], row["reading"]) == (claim_id, name)} for name in names}
    return [name for name in names if means[name] <= {books}] or list(names)


def can_hold(rows):
    """Whether some quantities keep all rows; 0 is no quantity below nothing."""
    keys = {key: number for number, key in enumerate(dict.fromkeys(key for row, _, _ in rows for key in row))}
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)  # a process has one scheduler of HiGHS: another number would stop every later solve
    for _ in keys:
        model.addVar(0.0, highspy.kHighsInf)
    for row, low, high in rows:
        scale = 1e6
        model.addRow(low / scale, high / scale, len(row), [keys[key] for key in row], list(row.values()))
    model.run()
    status = model.getModelStatus()
    assert status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
    return status == highspy.HighsModelStatus.kOptimal


def hold_together(names, books):
    by_id = {row["record_id"]: row for row in RECORDS}
    rows = [bound for name in names if name in by_id for bound in record(by_id[name])]
    claims = [name for name in names if name not in by_id]
    choices = product(*([(claim, one) for one in readings_of(claim, books)] for claim in claims))
    return any(can_hold([*rows, *(bound for claim, one in choice for bound in reading(claim, one))]) for choice in choices)


@pytest.fixture(scope="module")
def answer():
    return hold_trade(lb.load())


def test_every_conflict_shown_is_one_and_is_minimal(answer):
    assert len(answer.conflicts) >= 3
    for one in answer.conflicts:
        assert not hold_together(one.statements, one.books), one
        for left_out in one.statements:
            assert hold_together([name for name in one.statements if name != left_out], one.books), (one, left_out)


def test_what_is_not_decidable_is_not_decided_by_any_record(answer):
    """Each open reading can be true with all records: else it would be contradicted. And some figure of it is bounded by no record."""
    everything = [bound for row in RECORDS for bound in record(row)]
    open_ones = 0
    for claim in answer.ledger:
        for one in claim.readings:
            holds = can_hold([*everything, *reading(claim.claim_id, one.reading)])
            if one.verdict.value == "not_decidable":
                open_ones += 1
                assert holds
                assert can_hold([*everything, (dict.fromkeys(stretches(row_of(one.missing[0])), 1.0), 1e12, highspy.kHighsInf)])
            elif one.verdict.value == "consistent":
                assert holds
    assert open_ones > 10


def test_the_one_disclosure_that_decides_decides_whatever_it_shows(answer):
    """Fixed at each of many values, the figure makes each open reading of the claim follow from records, or excludes it."""
    everything = [bound for row in RECORDS for bound in record(row)]
    decided = [one for one in answer.ledger if one.decided_by is not None]
    assert decided
    for claim in decided:
        row = row_of(claim.decided_by)
        for one in (row for row in claim.readings if row.verdict.value == "not_decidable"):
            verdicts = set()
            for value in (0, 1e6, 17.5e6, 40e6, 59.6e6, 80e6, 1e9):
                known = [*everything, (dict.fromkeys(stretches(row), 1.0), value, value)]
                if not can_hold(known):
                    continue
                bounds = reading(claim.claim_id, one.reading)
                holds = can_hold([*known, *bounds])
                fails = any(can_hold([*known, broken]) for bound in bounds for broken in breaches(bound))
                assert holds != fails, (claim.claim_id, one.reading, value)
                verdicts.add(holds)
            assert verdicts == {True, False}, (claim.claim_id, one.reading)


def row_of(figure):
    days = {"from_on": str(figure.from_on), "to_on": str(figure.to_on)}
    return {"reporter": figure.reporter, "partner": figure.partner, "flow": figure.flow, "hs": figure.hs or "", **days}


def breaches(bound):
    row, low, high = bound
    if high < highspy.kHighsInf:
        yield row, high + 1.0, highspy.kHighsInf
    if low > -highspy.kHighsInf:
        yield row, -highspy.kHighsInf, low - 1.0
