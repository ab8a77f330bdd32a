from dataclasses import replace
from datetime import date

import pytest
import sample_plan

from landbridge.domain.finding import Finding
from landbridge.report.itinerary_table import MOST_PLANS, chain_text
from landbridge.report.legend import Legend
from landbridge.report.page import plain_text, rich_text, text_width
from landbridge.report.plan_page import joined, render_answer, render_plan
from landbridge.report.replay_table import render_replay
from landbridge.report.verdict_table import MOST_ROWS


@pytest.mark.parametrize("width", [80, 100, 140])
def test_the_page_looks_as_it_was_last_looked_at(plan, dataset, golden, width):
    golden(f"plan_{width}.txt", plain_text(render_plan(plan, dataset, width=width)))


@pytest.mark.parametrize("width", [80, 100])
def test_the_replay_looks_as_it_was_last_looked_at(plan, dataset, golden, width):
    golden(f"replay_{width}.txt", plain_text(render_replay(plan, sample_plan.make_old_plan(), dataset, width=width)))


@pytest.mark.parametrize("width", [40, 50, 60, 80, 100, 140, 200])
@pytest.mark.parametrize("has_feed", [True, False])
def test_no_line_leaves_the_page(plan, dataset, width, has_feed):
    page = joined(
        (
            render_plan(plan, dataset if has_feed else None, width=width),
            render_replay(plan, sample_plan.make_old_plan(), dataset if has_feed else None, width=width),
        )
    )
    too_long = [line for line in plain_text(page).splitlines() if text_width(line) > width]
    assert too_long == []


def test_a_page_without_a_feed_shows_ids(plan):
    text = plain_text(render_plan(plan))
    assert "BYMSQ 2 Dec ─rail→" in text.replace("BYMSQ 3 Dec", "BYMSQ 2 Dec")
    assert "fesco-filw" in text
    assert "dates in UTC" in text


def test_no_plan_is_said_and_why(plan, dataset):
    text = plain_text(render_plan(replace(plan, itineraries=()), dataset))
    assert "NO PLAN" in text
    assert "REJECTED" in text
    assert "MONEY" not in text


def test_nothing_at_all_is_a_page_too(plan):
    empty = replace(plan, itineraries=(), compared=(), rejected=(), matrix=(), findings=(), policy_text="")
    assert "NO PLAN" in plain_text(render_plan(empty))


def test_long_lists_are_shortened_and_labelled_plans_stay(plan, dataset):
    middle = replace(plan.itineraries[1], labels=())
    between = tuple(replace(middle, cost_cents=middle.cost_cents + 1000 * number) for number in range(20))
    many = replace(
        plan,
        itineraries=(plan.itineraries[0], *between, plan.itineraries[2]),
        rejected=tuple(replace(plan.rejected[0], reason=f"reason {number}", regime=None) for number in range(30)),
        compared=plan.compared * 5,
    )
    text = plain_text(render_answer(many, dataset))
    assert f"these stand for {22 - MOST_PLANS} more" in text
    assert "22  fastest" in text
    assert f"and {30 - MOST_ROWS} more" in text
    assert f"and {20 - MOST_ROWS} more" in text


def test_that_nobody_was_screened_stands_above_the_plans(plan, dataset):
    untold = Finding(code="NO-LIST", severity="warning", message="nobody in this answer was screened", fix="import lists")
    text = plain_text(render_answer(replace(plan, findings=(*plan.findings, untold)), dataset))
    assert text.index("nobody in this answer was screened (import lists)") < text.index("PLANS")
    assert text.count("nobody in this answer was screened") == 1


def test_whatever_law_blocks_is_shown(plan, dataset):
    rows = tuple(replace(plan.rejected[0], reason=f"reason {number}", regime="EU" if number % 2 else None) for number in range(60))
    text = plain_text(render_answer(replace(plan, rejected=rows), dataset))
    assert all(f"reason {number} " in text for number in range(1, 60, 2))
    assert f"and {30 - MOST_ROWS // 2} more" in text


def test_a_bounded_search_says_so(plan, dataset):
    assert "there may be better plans" in plain_text(render_plan(replace(plan, is_complete=False), dataset))


def test_wishes_stand_in_the_question(plan, dataset):
    query = replace(
        plan.query, due_on=date(2027, 2, 1), is_landed=True, avoid=("sea", "INMUN"), via=("HORMUZ",), gates=("UK",), shipper_id="fesco"
    )
    text = " ".join(plain_text(render_plan(replace(plan, query=query), dataset)).split())
    for words in ("due 1 Feb 2027", "landed cost", "without sea and Mundra", "via Strait of Hormuz", "UK made to block", "for FESCO"):
        assert words in text
    assert "before the due date" in text


def test_dates_are_local(plan, dataset):
    chain = chain_text(plan.itineraries[0], Legend(dataset)).replace("\u00a0", " ")
    assert chain.startswith("Minsk 3 Dec ─rail→ Novorossiysk 8 Dec ─sea→ Jebel Ali 29 Dec")
    assert "11 Jan 03:00" in plain_text(render_answer(plan, dataset))  # 10 Jan 22:00 UTC


def test_unconfirmed_legs_are_marked(plan, dataset):
    shaky = replace(plan, itineraries=(replace(plan.compared[1].itinerary, labels=("cheapest",)),))
    text = plain_text(render_plan(shaky, dataset))
    assert "cheapest, unconfirmed" in text
    assert "FESCO Indian Line West (unconfirmed)" in text


def test_names_that_steer_a_terminal_are_tamed(plan, dataset):
    wicked = replace(dataset, places=(replace(dataset.places[0], name="Minsk\x1b[2J\nrm"), *dataset.places[1:]))
    text = plain_text(render_plan(plan, wicked))
    assert "\x1b" not in text


def test_a_styled_page_says_the_same(plan, dataset):
    page = render_plan(plan, dataset)
    assert [line.rstrip() for line in rich_text(page).plain.splitlines()] == plain_text(page).splitlines()
