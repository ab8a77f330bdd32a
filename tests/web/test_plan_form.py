"""The form that asks for a plan: its fields, and the question that they make."""

from __future__ import annotations

import re

import pytest

from landbridge.web.plan_form import FIELDS, first_values, render_form, request_of, values_of
from tests.corridor import tiny_corridor

FILLED = {
    "origin": "Here", "destination": "There", "count": "2", "unit": "20GP", "goods": "8703", "ready": "2026-12-01", "due": "2027-01-31",
    "as_of": "2026-11-24", "mass": "12", "value": "9000", "avoid": "RU, Suez Canal", "via": "Poti", "gate": "eu", "landed": "yes",
    "feed_alone": "yes",
}  # fmt: skip


def test_the_fields_are_those_that_the_form_has():
    shown = str(render_form(tiny_corridor(), {}))
    assert sorted(re.findall(r'<(?:input|select)[^>]* name="(\w+)"', shown)) == sorted(FIELDS)


def test_a_question_is_shown_as_it_was_asked():
    assert set(FILLED) == set(FIELDS)
    assert values_of(request_of(FILLED), tiny_corridor()) == FILLED
    assert request_of({})["feed_alone"] is request_of({})["landed"] is False


@pytest.mark.parametrize("name", ["as_of", "mass", "value", "avoid", "via", "gate", "landed", "feed_alone"])
def test_a_wish_that_was_told_is_not_hidden(name):
    feed = tiny_corridor()
    assert 'id="lb-wishes" hidden' in str(render_form(feed, first_values(feed)))
    assert 'id="lb-wishes" hidden' not in str(render_form(feed, first_values(feed) | {name: FILLED[name]}))
