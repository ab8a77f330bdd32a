from dataclasses import replace
from datetime import date, timedelta

import pytest

from landbridge.domain.errors import UnknownIdError
from landbridge.domain.event import Event
from landbridge.domain.plan import Stage
from landbridge.domain.record import Range
from landbridge.report.explanation import explain_itinerary, explanation_document
from landbridge.report.explanation_table import render_explanation, render_why_not
from landbridge.report.page import plain_text


@pytest.mark.parametrize("number", [1, 3])
def test_the_explanation_looks_as_it_was_last_looked_at(plan, dataset, golden, number):
    golden(f"explain_{number}.txt", plain_text(render_explanation(explain_itinerary(plan, number, dataset))))


def test_days_sum_to_the_duration_and_money_to_the_cost(plan):
    for number, itinerary in enumerate(plan.itineraries, start=1):
        explanation = explain_itinerary(plan, number)
        assert sum(one.duration_min for one in explanation.times) == itinerary.duration_min
        assert sum(one.cost_cents for one in explanation.money) == itinerary.cost_cents
        assert {one.kind for one in explanation.times} <= {"sailing", "riding", "driving", "rest", "waiting", "border", "terminal"}


def test_a_run_by_rail_rides(plan):
    road = plan.itineraries[2]
    by_rail = replace(road, legs=(replace(road.legs[0], mode="rail"),))
    assert "riding" in {one.kind for one in explain_itinerary(replace(plan, itineraries=(by_rail,))).times}


def test_what_binds_is_the_longest_wait_the_cutoff_the_paper_and_the_due_date(plan, dataset):
    with_due = replace(plan, query=replace(plan.query, due_on=date(2026, 12, 22)))
    kinds = [binding.kind for binding in explain_itinerary(with_due, 3, dataset).bindings]
    assert kinds == ["notice", "border", "border", "permit", "due"]
    first = explain_itinerary(plan, 1, dataset).bindings
    assert first[0].text.replace("\u00a0", " ") == "6.3 d at Novorossiysk for the next departure of FESCO Indian Line West, 15 Dec 10:00"
    assert [(binding.kind, binding.subject_id) for binding in first if binding.kind == "cutoff"] == [("cutoff", "fesco-filw")]
    assert explain_itinerary(with_due, 3, dataset).bindings[-1].duration_min == 3 * 1440


def test_a_delay_on_the_way_is_no_wait_for_the_next_departure(plan, dataset):
    """It was told as a wait at the port of arrival for the departure by which the goods had come."""
    way = plan.itineraries[0]
    number = next(number for number, leg in enumerate(way.legs) if leg.is_scheduled)
    leg, late = way.legs[number], timedelta(days=9)
    held = Stage(kind="wait", place_id=leg.to_id, starts_at=leg.arrives_at, ends_at=leg.arrives_at + late)
    longer = replace(leg, stages=(*leg.stages, held), arrives_at=held.ends_at)
    late_plan = replace(plan, itineraries=(replace(way, legs=(*way.legs[:number], longer, *way.legs[number + 1 :])),))
    minutes = late // timedelta(minutes=1)
    strike = Event(
        event_id="strike", title="Strike of pilots", kind="delay", place_id=leg.to_id, valid_from=leg.departs_at.date(),
        delay_min=Range(low=0, typical=minutes, high=2 * minutes), source_id=dataset.sources[0].source_id, row="t",
    )  # fmt: skip
    for events, ending in (((strike,), f": {strike.title}"), ((), "")):
        first = explain_itinerary(late_plan, 1, replace(dataset, events=events)).bindings[0].text.replace("\u00a0", " ")
        assert first.startswith("9.0 d at ")
        assert " by a delay of " in first
        assert first.endswith(ending)


def test_a_paper_that_is_already_late_says_so(plan):
    late = replace(plan, query=replace(plan.query, as_of=date(2026, 11, 28)))
    assert "late" in explain_itinerary(late, 3).bindings[-1].text


def test_the_widest_range_stands_first(plan):
    spreads = [one.spread_cents for one in explain_itinerary(plan, 1).uncertainties]
    assert spreads == sorted(spreads, reverse=True)
    assert len(spreads) == 5


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_plan_that_is_not_there_is_unknown(plan, number):
    with pytest.raises(UnknownIdError, match="itinerary"):
        explain_itinerary(plan, number)


def test_the_document_holds_plain_values(plan, dataset):
    document = explanation_document(explain_itinerary(plan, 1, dataset))
    assert document["times"][0] == {"kind": "sailing", "duration_min": 23580, "share": 0.399}
    assert document["money"][0]["kind"] == "freight"


def test_an_itinerary_without_stages_or_items_is_explained_too(plan):
    bare = replace(
        plan.itineraries[0], items=(), delivery=(), cost_cents=0, legs=tuple(replace(leg, stages=()) for leg in plan.itineraries[0].legs)
    )
    assert plain_text(render_explanation(explain_itinerary(replace(plan, itineraries=(bare,)))))


def test_why_not_says_the_best_way_and_what_stands_in_the_way(plan, dataset):
    text = plain_text(
        render_why_not("RUVVO", ("It costs 3,102 USD more by neco-led-khi.",), plan.compared[0].itinerary, (), dataset, width=100)
    )
    assert "WHY NOT  Vladivostok (RUVVO)" in text
    assert "more by Neco Line St Petersburg - Karachi" in text
    assert "best way  USD 12,840, 68.0 days" in text
    shut = plain_text(render_why_not("INMUN", (f"{plan.rejected[1].reason} (since 2025-05-02)",), None, plan.rejected[1:2], dataset))
    assert shut.count("India: no goods") == 1


def test_a_plan_whose_cutoff_lies_in_the_past_of_the_box_is_shown_as_it_is(plan, dataset):
    first = plan.itineraries[0]
    hurried = replace(first.legs[1], departs_at=first.legs[1].ready_at + timedelta(hours=1))
    itinerary = replace(first, legs=(first.legs[0], hurried, *first.legs[2:]))
    explained = explain_itinerary(replace(plan, itineraries=(itinerary,)), 1, dataset)
    assert any(binding.duration_min < 0 for binding in explained.bindings)
