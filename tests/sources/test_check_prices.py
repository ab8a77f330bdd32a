"""Prices that compete, lead nowhere or have expired."""

import pytest


@pytest.mark.parametrize(
    ("cells", "is_found"),
    [
        ({}, True),
        ({"valid_from": "2026-06-01"}, False),
        ({"valid_to": "2026-05-31", "hs": "8450"}, False),
        ({"unit_type_id": ""}, False),
        ({"mass_from_kg": "10000"}, False),
        ({"service_id": "", "operator_id": "example-line"}, False),
    ],
)
def test_tariffs_of_equal_rank(example, cells, is_found):
    """Two tariffs compete if nothing in docs/model.md section 3 makes one of them better: a later first day does, or goods."""
    codes = example.add("tariffs", tariff_id="again", **cells).codes()
    assert codes == (["TARIFF-OVERLAP"] if is_found else [])


def test_mass_bands_meet_or_do_not(example):
    """The upper bound is no part of a band, so bands may touch."""
    example.set("tariffs", 0, mass_to_kg="10000").add("tariffs", tariff_id="heavy", mass_from_kg="10000", mass_to_kg="")
    assert example.codes() == []
    assert example.set("tariffs", 3, mass_from_kg="9999").codes() == ["TARIFF-OVERLAP"]


@pytest.mark.parametrize(
    ("table", "key"),
    [("haulage_rates", "rate_id"), ("crossings", "crossing_id"), ("handling", "handling_id"), ("returns", "return_id")],
)
def test_other_rows_of_equal_rank(example, table, key):
    """Two rows for the same case compete, until their dates part them."""
    example.add(table, **{key: "again"})
    assert example.codes() == ["ROW-OVERLAP"]
    example.set(table, 0, valid_to="2026-06-30").set(table, -1, valid_from="2026-07-01")
    assert example.codes() == []


def test_a_currency_without_rate(example):
    """A currency needs a rate on or before the day of the feed; one row of it is named, for all."""
    example.set("exchange_rates", 0, on="2026-11-25")
    (finding,) = example.find()
    assert (finding.code, finding.file) == ("CURRENCY-WITHOUT-RATE", "example/surcharges.csv")


def test_old_and_unused_rates(example):
    """A rate of long ago is a notice, one of a currency that nothing is in a warning."""
    assert example.set("exchange_rates", 0, on="2025-01-01").codes() == ["RATE-OLD"]
    assert example.add("exchange_rates", currency="PKR", on="2026-11-01").codes() == ["ROW-UNUSED", "RATE-OLD"]


def test_parts_that_nothing_charges(example):
    """What a tariff includes is a kind of surcharge or a part of the handling."""
    (finding,) = example.set("tariffs", 0, includes="box;handling_orgin").find()
    assert finding.message == "there is no part 'handling_orgin'; did you mean 'handling_origin'?"


def test_lanes_that_nobody_serves(example):
    """A tariff of a service needs its stops in that order; a lane price of haulage needs a link."""
    example.set("stops", 0, alight="true").set("stops", 1, board="true")
    example.add("tariffs", tariff_id="back", from_place_id="GEPTI", to_place_id="BGVAR")
    example.add("tariffs", tariff_id="truck", service_id="", haulage_id="ex-truck", from_place_id="GEPTI", to_place_id="AMEVN")
    example.add("tariffs", tariff_id="lane", service_id="", haulage_id="ex-truck", from_place_id="AMEVN", to_place_id="AM-BAGRATASHEN")
    assert [(finding.code, finding.row) for finding in example.find()] == [("TARIFF-WITHOUT-LEG", 5), ("TARIFF-WITHOUT-LINK", 6)]


def test_a_lane_of_an_operator_that_nobody_serves(example):
    """A price of an operator needs one of its services to go that way."""
    example.add("tariffs", tariff_id="any", service_id="", operator_id="example-line", to_place_id="AMEVN")
    (finding,) = example.find()
    assert finding.message == "no service of example-line carries from BGVAR to AMEVN"


def test_prices_that_have_ended(example):
    """If every price of a lane has ended, that is a notice, unless the service has ended too."""
    del example.tables["tariffs"][2]
    example.set("tariffs", 0, valid_to="2026-06-30")
    (finding,) = example.find()
    assert (finding.code, finding.row) == ("TARIFF-EXPIRED", 2)
    example.add("statuses", status_id="over", status="ended", valid_from="2026-07-01")
    assert example.codes() == []


def test_a_price_carried_from_long_ago(example):
    """The age of what a price rests on is told."""
    assert example.set("tariffs", 1, valid_from="2020-01-01", valid_to="2022-12-31").codes() == ["TARIFF-CARRIED-OLD"]


def test_through_rates(example):
    """The legs of a through rate join; one without legs is told."""
    money = {"amount_low": "1", "amount": "2", "amount_high": "3", "currency": "USD"}
    example.add("through_rates", through_id="t", name="Varna - Sadakhlo", **money)
    assert example.codes() == ["THROUGH-WITHOUT-LEGS"]
    example.add("through_legs", like=None, through_id="t", seq="2", haulage_id="ex-truck", from_place_id="GEPTI", to_place_id="GE-SADAKHLO")
    example.add("through_legs", like=None, through_id="t", seq="1", service_id="ex-varna-poti", from_place_id="BGVAR", to_place_id="GEPTI")
    assert example.codes() == []
    example.set("through_legs", 0, from_place_id="GE-SADAKHLO", to_place_id="GEPTI")
    assert example.codes() == ["THROUGH-LEGS-APART"]
