"""The place named by an Incoterm is told as the ends of a plan are: by id, code or name, with typing errors."""

from __future__ import annotations

from dataclasses import replace

import pytest

from landbridge.domain.errors import QueryError
from landbridge.planner.quoting import quote_plan
from landbridge.planner.shipment import plan_shipment
from tests.corridor import question, tiny_corridor

NAMES = {"AA": "Northend", "AP": "Harbourton", "AX": "Frontier", "BP": "Bayport", "BB": "Southend"}


@pytest.fixture(scope="module")
def dataset():
    places = tuple(replace(row, name=NAMES.get(row.place_id, row.place_id)) for row in tiny_corridor().places)
    inland = replace(places[3], place_id="BPX", kind="city", name="Bayport", lon=9.5)  # the city of the port
    return replace(tiny_corridor(), places=(*places, inland))


@pytest.fixture(scope="module")
def plan(dataset):
    return plan_shipment(dataset, question(avoid=("x",)))


def quote(plan, dataset, **told):
    return quote_plan(plan, dataset, 1, **{"margin": None, "incoterm": "FOB", "named": None, "valid_until": None} | told)


@pytest.mark.parametrize("text", ["AP", "Harbourton", "harbourton", "Harborton"])
def test_a_name_is_the_id(plan, dataset, text):
    assert quote(plan, dataset, named=text) == quote(plan, dataset, named="AP")
    assert quote(plan, dataset, named=text).terms.named_id == "AP"


def test_of_a_city_and_its_port_the_stop_is_meant(plan, dataset):
    assert quote(plan, dataset, incoterm="CFR", named="Bayport").terms.named_id == "BP"


def test_a_place_that_is_none_has_suggestions_as_the_ends_of_a_plan_have(plan, dataset):
    with pytest.raises(QueryError) as caught:
        quote(plan, dataset, named="Hartown on Sea", margin="much")
    assert [one.code for one in caught.value.findings] == ["UNKNOWN-PLACE", "MARGIN"]
    assert "the closest are: Harbourton (AP)" in caught.value.findings[0].fix


def test_a_place_where_the_way_does_not_stop_is_told_by_name(plan, dataset):
    with pytest.raises(QueryError, match=r"does not stop at Frontier \(AX\)") as caught:
        quote(plan, dataset, named="Frontier")
    assert "name one of Northend (AA), Harbourton (AP)" in caught.value.findings[0].fix
