from dataclasses import replace
from decimal import Decimal

import pytest

from landbridge.report.item_table import price_text, render_items, render_items_of_plan
from landbridge.report.page import plain_text, text_width


@pytest.mark.parametrize("width", [80, 100, 140])
def test_items_look_as_they_were_last_looked_at(plan, dataset, golden, width):
    text = plain_text(render_items(plan.itineraries[0], dataset, width=width, number=1))
    golden(f"items_{width}.txt", text)
    assert max(text_width(line) for line in text.splitlines()) <= width


def test_cents_are_shown_so_that_the_sum_can_be_checked(plan):
    text = plain_text(render_items(plan.itineraries[0]))
    assert "9,737.75" in text
    assert "1,150.25" in text


def test_duties_stand_apart_unless_they_are_in_the_total(plan):
    first = plan.itineraries[0]
    duty = replace(
        first.items[0],
        kind="duty",
        name="customs on 8701",
        per="percent of value",
        quantity=Decimal(120000),
        amount=Decimal(15),
        currency="USD",
    )
    apart = replace(first, duty_items=(duty,))
    assert "duties, not in the total" in plain_text(render_items(apart))
    inside = replace(apart, items=(*first.items, duty))
    assert "not in the total" not in plain_text(render_items(inside))
    assert price_text(duty) == "15 % of USD 120,000"


def test_a_price_carried_forward_says_from_what(plan):
    old = replace(plan.itineraries[0].items[0], carried_from="msq-nvs-2024")
    assert "carried forward" in plain_text(render_items(replace(plan.itineraries[0], items=(old,)), width=200))


def test_the_plans_with_labels_are_itemised(plan, dataset):
    text = plain_text(render_items_of_plan(plan, dataset))
    assert [f"ITEMS OF PLAN {number}" in text for number in (1, 2, 3)] == [True] * 3
    assert render_items_of_plan(replace(plan, itineraries=())) == ()
