"""A policy narrowed by two people: dated, shown, and undone by the question."""

from dataclasses import replace
from datetime import date

import pytest

from landbridge.domain.errors import QueryError
from landbridge.domain.party import WatchlistEntry
from landbridge.planner import confirm, narrow, verify_plan
from landbridge.planner.gate import gate_dataset
from landbridge.planner.policy import narrow_policy
from landbridge.planner.screening import Party, Screener
from landbridge.planner.shipment import plan_shipment
from tests.corridor import S, question, tiny_corridor

AT = "2026-11-26T10:00:00.000000+00:00"


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path))


def listed():
    entry = WatchlistEntry(
        entry_id="listed",
        regime_id="UN",
        list_name="List",
        name="The Line",
        party_id="line",
        measure="freeze",
        listed_on=date(2025, 3, 1),
        **S,
    )
    return replace(tiny_corridor(), watchlist=(entry,))


def decide(**more):
    told = {"reason": "counsel of 20 Nov 2026", "by": "Anna", "since": "2026-11-01", "until": "2026-12-31", "at": AT, **more}
    return narrow(more.pop("match_id", "policy:un"), **{key: value for key, value in told.items() if key != "match_id"})


def ways(dataset, **asked):
    return plan_shipment(dataset, question(tolerance_percent=0, **asked))


@pytest.mark.parametrize("name", ["anna", " Ánna ", "ANNA.", "A\u0301nna"])
def test_one_person_changes_nothing(name):
    decide(by="Anna")
    assert len(ways(listed()).itineraries) == 1
    with pytest.raises(QueryError, match="another person"):
        confirm("policy:UN", name, AT)


def test_two_people_narrow_it_and_every_answer_says_so():
    decide()
    confirm("policy:UN", "Boris", AT)
    dataset = listed()
    found = ways(dataset)
    assert len(found.itineraries) == 2
    assert "UN" not in found.policy_gates
    told = [row.message for row in found.findings if row.code == "POLICY-NARROWED"]
    assert len(told) == 1
    assert all(word in told[0] for word in ("UN", "Anna", "Boris", "2026-11-26", "counsel", "2026-12-31"))
    assert "Anna and Boris" in found.policy_text
    assert [row.rule_id for way in found.itineraries for row in way.exposures] == ["listed"]  # never hidden
    assert verify_plan(dataset, found) == ()
    screened = Screener(dataset, as_of=date(2026, 11, 24)).screen(Party(name="The Line"))
    assert screened.verdict == "review"
    assert any("do not block here" in row for row in screened.warnings)


def test_the_question_makes_it_block_again_and_the_days_are_kept():
    decide()
    confirm("policy:UN", "Boris", AT)
    assert len(ways(listed(), gates=("UN",)).itineraries) == 1
    for day in (date(2026, 10, 31), date(2027, 1, 1)):
        assert narrow_policy(listed(), day) == (listed(), ())
    assert "UN" in gate_dataset(listed(), question(as_of=date(2026, 10, 31))).info.gates


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(QueryError) as error:
        decide(match_id="policy:", reason=" ", by="", since="x", until="2020-01-01")
    assert {row.code for row in error.value.findings} == {"POLICY", "REASON-NEEDED", "PERSON-NEEDED", "DATE", "UNTIL-PAST"}
