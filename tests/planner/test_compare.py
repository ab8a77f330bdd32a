from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.domain.rule import Rule
from landbridge.domain.scenario import Change, Scenario, apply_scenario
from landbridge.planner import BookQuestion, Crew, compare, compare_scenarios, load_scenarios
from landbridge.planner.compare import vary_dataset
from landbridge.report.comparison import _changed_row, comparison_document, render_comparison
from landbridge.report.legend import Legend
from landbridge.report.page import plain_text
from landbridge.sources.package import SHIPPED
from landbridge.sources.scenario import list_scenarios, load_scenario
from tests.corridor import AS_OF, S
from tests.planner.test_book import book_of, by_road, charter, shipment

FEED = "belarus-pakistan"
QUESTION = BookQuestion(as_of=AS_OF, seconds=30)


def scenario(*changes: Change, **more: object) -> Scenario:
    values = {"name": "test", "title": "Test", "dated_on": AS_OF, "source": "nobody", "changes": changes, "digest": "x"}
    return Scenario(**(values | more))


def rule(rule_id: str, rule_class: str, **more: object) -> Rule:
    values = {
        "rule_id": rule_id,
        "title": rule_id,
        "effect": "prohibit",
        "rule_class": rule_class,
        "regime_id": "UN",
        "status": "in_force",
        "scope": "leg",
        **S,
    }
    return Rule(**(values | more))


def lawful(**more: object) -> Dataset:
    rules = (rule("ban", "sanction", unless_rule_ids=("waiver",)), rule("waiver", "sanction"), rule("toll", "transport"))
    return replace(book_of(shipment(1, "one", units=2)), rules=rules, **more)


def faults(dataset: Dataset, *changes: Change) -> list[str]:
    with pytest.raises(DataError) as error:
        apply_scenario(dataset, scenario(*changes))
    return [finding.message for finding in error.value.findings]


@pytest.mark.parametrize("action", ["set", "remove"])
def test_a_sanction_is_never_varied(action):
    change = Change(action=action, table="rules", where=(("rule_id", "ban"),), values=(("valid_to", date(2026, 1, 1)),))
    assert faults(lawful(), change) == ["ban is a measure of class sanction"]


def test_a_change_of_all_rules_meets_the_sanctions_among_them():
    assert len(faults(lawful(), Change(action="remove", table="rules"))) == 3


def test_nothing_that_lifts_a_sanction_is_set_or_added():
    dataset = replace(lawful(), rules=(rule("ban", "sanction", unless_rule_ids=("waiver",)), rule("waiver", "transport", status="signed")))
    setting = Change(action="set", table="rules", where=(("rule_id", "waiver"),), values=(("status", "in_force"),))
    assert faults(dataset, setting) == ["waiver lifts a measure of class sanction"]
    adding = Change(action="add", table="rules", record=rule("waiver", "transport"))
    assert faults(replace(dataset, rules=dataset.rules[:1]), adding) == ["waiver lifts a measure of class sanction"]


def test_what_a_rule_is_stays():
    change = Change(action="set", table="rules", where=(("rule_id", "toll"),), values=(("rule_class", "sanction"),))
    assert faults(lawful(), change) == ["a scenario does not change what a rule is"]


@pytest.mark.parametrize("table", ["watchlist", "ownership", "regimes", "parties", "terminals"])
def test_designations_owners_parties_and_regimes_stay(table):
    assert any("does not vary" in text for text in faults(lawful(), Change(action="remove", table=table)))


def test_no_call_is_moved_to_another_terminal():
    change = Change(action="set", table="stops", values=(("terminal_id", None),))
    assert faults(lawful(), change) == ["a scenario does not vary terminal_id"]


def test_nobody_is_renamed():
    change = Change(action="set", table="services", values=(("operator_id", "other"), ("flag", "ZZ")))
    assert faults(lawful(), change) == ["a scenario does not vary flag", "a scenario does not vary operator_id"]


def test_the_dataset_that_is_given_stays_as_it_is():
    dataset = lawful()
    before = repr(dataset)
    changed = apply_scenario(dataset, scenario(Change(action="remove", table="rules", where=(("rule_id", "toll"),))))
    assert repr(dataset) == before
    assert [row.rule_id for row in changed.rules] == ["ban", "waiver"]
    assert changed.digest != dataset.digest
    doubled = Change(action="scale", table="shipments", scaled=("units", "mass_kg", "value"), factor=Decimal(2))
    row = apply_scenario(dataset, scenario(doubled)).shipments[0]
    assert (row.units, row.mass_kg, row.value) == (4, 40_000, None)


def test_a_change_about_no_row_is_told():
    assert faults(lawful(), Change(action="remove", table="events", where=(("event_id", "none"),))) == ["remove is about no row of events"]


def test_what_others_refer_to_is_not_taken_out():
    removal = scenario(Change(action="remove", table="haulage", where=(("haulage_id", "ha"),)))
    with pytest.raises(DataError, match="haulage_id ha is not in haulage"):
        vary_dataset(lawful(), removal)


def test_scenarios_beside_each_other():
    dataset = book_of(shipment(1, "one"), shipment(2, "two"), block_offers=(charter(),))
    without = scenario(Change(action="remove", table="block_offers"), name="without")
    comparison = compare_scenarios(dataset, [without], QUESTION)
    document = comparison_document(comparison, seconds=1.0)
    base, case = document["cases"]
    assert base["difference"]["cents"] == 0
    assert case["difference"]["cents"] == case["objective_cents"] - base["objective_cents"] > 0
    assert case["difference"]["distinguishable"]
    page = " ".join(plain_text(render_comparison(comparison)).split())
    assert "without: 2 of 2 shipments go otherwise" in page
    renamed = replace(dataset, places=tuple(replace(row, name=f"Town {row.place_id}") for row in dataset.places))
    named = " ".join(plain_text(render_comparison(comparison, Legend(renamed))).split())
    assert "Town " in named
    assert "Town " not in page
    (row,) = [one for one in case["changed"] if one["shipment_id"] == "s1"]
    assert row["cost_cents"][0] < row["cost_cents"][1], "the train that it had a part of is not in its own cost"
    assert base["changed"] == []
    assert "the same" not in page


def test_finished_scenarios_are_kept_for_the_same_question_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    dataset, crew = book_of(shipment(1, "one"), shipment(2, "two"), block_offers=(charter(),)), Crew(keep=str(tmp_path / "kept"))
    without = scenario(Change(action="remove", table="block_offers"))
    first = compare_scenarios(dataset, [without], QUESTION, crew=crew)
    asked = []
    real = compare.plan_case
    monkeypatch.setattr(compare, "plan_case", lambda cases, part, **more: asked.append(part.scenario) or real(cases, part, **more))
    assert compare_scenarios(dataset, [without], QUESTION, crew=crew) == first
    assert not asked
    compare_scenarios(dataset, [without], replace(QUESTION, seed=7), crew=crew)
    assert asked == [None, without]


def test_a_scenario_that_changes_nothing_says_so():
    dataset = book_of(shipment(1, "one"))
    dearer = scenario(Change(action="remove", table="crossings", where=(("crossing_id", "xb"),)), name="toll")
    page = " ".join(plain_text(render_comparison(compare_scenarios(dataset, [dearer], QUESTION))).split())
    assert "the same" in page
    assert " 0.0 % " in page
    assert "to 0.0 %" not in page
    assert "starts on its ready date" not in page
    assert "not distinguishable" not in page
    assert "Before and after" not in page


def test_costs_are_of_the_same_shipments():
    """A scenario that cannot carry a shipment is not cheaper for it."""
    dataset = by_road(shipment(1, "one", units=2), shipment(2, "two", units=2, from_place_id="AP", to_place_id="BB"))
    closed = scenario(Change(action="remove", table="links", where=(("from_place_id", "AA"), ("to_place_id", "AP"))), name="closed")
    comparison = compare_scenarios(dataset, [closed], QUESTION)
    assert comparison.left_out == ("s2",)
    assert [one for one, _ in comparison.cases[1].reasons] == ["s2"]
    assert all([row.shipment_id for row in case.plan.shipments] == ["s1"] for case in comparison.cases)
    assert comparison.difference_cents(comparison.cases[1])[0] == 0


def test_a_file_with_faults_tells_all_of_them(tmp_path: Path):
    path = tmp_path / "bad.toml"
    path.write_text(
        'title = "x"\nwho = 1\n[[set]]\ntable = "rulez"\n[[set]]\ntable = "rules"\nwhere = { rul = "a" }\nvalues = { status = "maybe" }\n'
        '[[scale]]\ntable = "haulage_rates"\ncolumns = ["currency"]\nfactor = -1\n[[add]]\ntable = "events"\nvalues = { event_id = "e" }\n',
        encoding="utf-8",
    )
    with pytest.raises(DataError) as error:
        load_scenario(str(path), FEED)
    text = " | ".join(finding.message for finding in error.value.findings)
    for part in ("dated_on", "source", "who", "rulez", "rul", "status", "currency", "factor", "title"):
        assert part in text


def test_a_name_that_is_none_is_told():
    with pytest.raises(DataError, match="nowhere"):
        load_scenarios(["nowhere"], FEED)


def test_the_shipped_scenarios_can_be_applied(shipped: Dataset):
    names = list_scenarios(FEED)
    assert {"without-road-agreement", "hormuz-closed", "st-petersburg-weekly", "zahedan-railway", "without-block-trains"} <= set(names)
    assert len(names) == len(list((SHIPPED / FEED / "scenarios").glob("*.toml")))
    for one in load_scenarios(names, FEED):
        assert vary_dataset(shipped, one).digest != shipped.digest


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    from landbridge.planner import load_feed

    return load_feed(FEED)[0]


def test_a_name_that_is_near_one_is_told_with_all_there_are():
    with pytest.raises(DataError) as error:
        load_scenarios(["hormuz-closedd"], FEED)
    (finding,) = error.value.findings
    assert finding.message.startswith("there is no scenario and no file")
    assert finding.fix.startswith("did you mean 'hormuz-closed'? give one of double-volume")


@pytest.mark.parametrize(
    ("zone", "hours", "later"),
    [("UTC", (21, 22), ""), ("Asia/Karachi", (18, 20), "+1"), ("America/New_York", (3, 12), "+1"), ("Asia/Karachi", (20, 25), "")],
)
def test_days_later_are_days_of_the_place(zone, hours, later):
    """Handed over at these hours (UTC) of 10 December before and after: in Karachi a new day begins at 19:00, in New York at 5:00."""
    made = compare_scenarios(book_of(shipment(1, "one")), [], QUESTION).cases[0].plan.shipments[0]
    arrivals = [datetime(2026, 12, 10, tzinfo=UTC) + timedelta(hours=hour) for hour in hours]
    before, after = (replace(made, itinerary=replace(made.itinerary, arrives_at=at)) for at in arrivals)
    places = tuple(replace(row, zone=zone) for row in book_of().places)
    assert _changed_row(before, after, Legend(replace(book_of(), places=places)))[-1] == later


def test_days_under_way_end_when_the_goods_are_handed_over():
    case = compare_scenarios(book_of(shipment(1, "one")), [], QUESTION).cases[0]
    (row,) = case.plan.shipments
    later = replace(row, delivered_at=row.itinerary.arrives_at + timedelta(days=2))
    assert replace(case, plan=replace(case.plan, shipments=(later,))).transit_days == pytest.approx(case.transit_days + 2)


def test_times_of_the_document_are_written_as_those_of_plans():
    dataset = book_of(shipment(1, "one"), shipment(2, "two"), block_offers=(charter(),))
    comparison = compare_scenarios(dataset, [scenario(Change(action="remove", table="block_offers"))], QUESTION)
    changed = comparison_document(comparison, seconds=1.0)["cases"][1]["changed"]
    assert changed
    assert all(at.endswith("Z") for row in changed for at in row["arrives_at"])
