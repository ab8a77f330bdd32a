"""A permit can be asked for only with an instrument of the bank: five days for this, then five for the permit.

AA --truck-- AX | border x: permit | BX --truck-- BB        asked on 24 November: there on 4 December, not on 29 November
"""

from dataclasses import replace
from datetime import date

import pytest

from landbridge.planner.shipment import plan_shipment
from landbridge.planner.verify import verify_plan
from landbridge.report.checklist import list_documents
from landbridge.terms.paper_chain import count_days_until_there
from tests.corridor import question
from tests.story.line import lines
from tests.story.test_a19_permit import permit


def feed(short_lead="wait", circle=False):
    dataset = permit(lead_days=5)
    (paper,) = dataset.documents
    bank = replace(paper, document_id="bank", name="Instrument of the bank", lead_days=5, amount=None, needs=("permit",) if circle else ())
    rules = tuple(replace(row, short_lead=short_lead) for row in dataset.rules)
    return replace(dataset, documents=(replace(paper, needs=("bank",)), bank), rules=rules)


def plan(dataset):
    return plan_shipment(dataset, question(tolerance_percent=0, avoid=("sea",)))


def days(dataset):
    return {need.document_id: (need.lead_days, need.apply_by) for need in plan(dataset).itineraries[0].documents}


def test_the_truck_waits_for_both_one_after_the_other():
    assert lines(feed(), avoid=("sea",)) == lines(permit(lead_days=10), avoid=("sea",))


def test_what_the_permit_needs_is_asked_for_first():
    assert days(feed()) == {"bank": (5, date(2026, 11, 24)), "permit": (5, date(2026, 11, 26))}
    rows = list_documents(plan(feed()), feed(), 1)
    assert [(row.need.document_id, row.days_left, row.needs_first) for row in rows] == [
        ("bank", 0, ()),
        ("permit", 2, ("Instrument of the bank",)),
    ]


def test_where_nothing_waits_the_first_of_them_is_late():
    """The permit has to be there on 1 December, the instrument five days before: it should have been asked for on 21 November."""
    assert days(feed("warn")) == {"bank": (5, date(2026, 11, 21)), "permit": (5, date(2026, 11, 26))}
    assert [row.message for row in plan(feed("warn")).findings if row.code == "PAPER-LATE"] == [
        "Instrument of the bank takes 5 days and should have been applied for by 2026-11-21, 3 days ago"
    ]


def test_a_way_that_is_shut_until_its_papers_are_there_opens_after_both():
    assert lines(feed("reject"), avoid=("sea",)) == lines(replace(permit(lead_days=10), rules=feed("reject").rules), avoid=("sea",))


@pytest.mark.parametrize("short_lead", ["wait", "warn", "reject"])
def test_the_walk_counts_the_same_days(short_lead):
    made = plan(feed(short_lead))
    assert made.itineraries
    assert verify_plan(feed(short_lead), made) == ()
    hasty = replace(feed(short_lead), documents=tuple(replace(row, needs=()) for row in feed().documents))
    assert verify_plan(hasty, made)


def test_papers_in_a_circle_are_gone_through_once():
    assert count_days_until_there(feed(circle=True).documents) == {"permit": 10, "bank": 10}
    assert verify_plan(feed(circle=True), plan(feed(circle=True))) == ()


@pytest.mark.parametrize("short_lead", ["wait", "warn", "reject"])
@pytest.mark.parametrize("unknown", [{"bank"}, {"permit"}])
def test_a_paper_that_nobody_knew_on_the_day_of_asking_is_none(short_lead, unknown):
    """Neither search nor walk asks for it, nor for what it needs; a way that is shut opens on the day of the one that was known."""
    dataset = feed(short_lead)
    papers = tuple(replace(row, known_from=date(2026, 11, 25)) if row.document_id in unknown else row for row in dataset.documents)
    dataset = replace(dataset, documents=papers)
    made = plan(dataset)
    assert {need.document_id for one in made.itineraries for need in one.documents} == {"permit"} - unknown
    alone = permit(lead_days=5)
    alone = replace(alone, rules=dataset.rules if unknown == {"bank"} else ())
    assert lines(dataset, avoid=("sea",)) == lines(alone, avoid=("sea",))
    assert verify_plan(dataset, made) == ()


@pytest.mark.parametrize(("last_day", "count"), [(date(2026, 12, 1), 1), (date(2026, 11, 30), 0)])
def test_a_paper_of_the_shipment_is_to_be_had_on_the_day_the_goods_are_ready(last_day, count):
    """The truck waits for it until 4 December; it is the row of 1 December that counts, for the search as for the walk."""
    dataset = permit(lead_days=10)
    papers = tuple(replace(row, valid_to=last_day) for row in dataset.documents)
    rules = tuple(replace(row, scope="shipment", border_ids=()) for row in dataset.rules)
    dataset = replace(dataset, documents=papers, rules=rules)
    made = plan(dataset)
    assert [one.departs_at.date() for one in made.itineraries] == [date(2026, 12, 4)] * count
    assert verify_plan(dataset, made) == ()


def test_a_truck_that_may_go_from_a_day_on_waits_there_for_the_paper_of_its_first_link():
    """Forbidden until 7 December; the permit that is asked for from the 8th on is there on the 15th, and so the truck leaves."""
    dataset = permit(lead_days=21)
    (needs,) = dataset.rules
    known = {"known_from": date(2020, 1, 1), "border_ids": (), "place_ids": ("AX",)}
    ban = replace(needs, rule_id="ban", effect="prohibit", document_id=None, valid_to=date(2026, 12, 7), **known)
    dataset = replace(dataset, rules=(replace(needs, valid_from=date(2026, 12, 8), **known), ban))
    assert lines(dataset, avoid=("sea",)) == ["AA ~ road ha 12-15T00:00>12-16T19:33 ~ BB [1272.00 USD 15d 19h 33m 1154 kg]"]
    assert verify_plan(dataset, plan(dataset)) == ()


def test_forty_papers_that_need_all_before_them_are_counted_at_once():
    (paper, _) = feed().documents
    papers = [replace(paper, document_id=f"p{number}", needs=tuple(f"p{one}" for one in range(number))) for number in range(40)]
    assert count_days_until_there(papers)["p39"] == 40 * 5
    dataset = replace(feed(), documents=(*papers[:-1], replace(papers[-1], document_id="permit")))
    made = plan(dataset)
    assert days(dataset)["p0"] == (5, date(2026, 11, 24))
    assert verify_plan(dataset, made) == ()


def test_a_way_that_opens_while_its_papers_are_made_is_found():
    """Permits are given from 14 December on, longer after the goods are ready than they wait for a turn; the bank takes until the 15th."""
    permit_row, bank = feed().documents
    rules = tuple(replace(row, border_ids=(), modes=("road",)) for row in feed().rules)
    papers = (
        replace(permit_row, lead_days=1, valid_from=date(2026, 12, 14), known_from=date(2026, 1, 1)),
        replace(bank, lead_days=21),
    )
    slow = replace(feed(), documents=papers, rules=rules)
    asked = question(tolerance_percent=0, avoid=("sea",), ready_on=date(2026, 11, 24), horizon_days=40)
    made = plan_shipment(slow, asked)
    assert [one.arrives_at.date() for one in made.itineraries] == [date(2026, 12, 17)]
    assert days_of(made) == {"bank": date(2026, 11, 24), "permit": date(2026, 12, 15)}
    assert verify_plan(slow, made) == ()


def days_of(made):
    return {need.document_id: need.apply_by for one in made.itineraries for need in one.documents}
