from dataclasses import replace
from datetime import date

import pytest

from landbridge.domain.emission import EmissionFactor
from landbridge.verification.bill import list_charges
from landbridge.verification.case import Case
from landbridge.verification.emission import emission_of
from landbridge.verification.paper import list_needs
from landbridge.verification.walk import resolve_part, walk_way
from tests.verification.corridor import (
    DATASET,
    ITINERARY,
    QUERY,
    SEA,
    SRC,
    H,
    add_rows,
    at,
    change_row,
    drop_row,
    event,
    money,
    rule,
    surcharge,
    tariff,
)


def walk(dataset=DATASET, legs=ITINERARY.legs, **changes):
    case = Case(dataset=dataset, query=replace(QUERY, **changes))
    return case, walk_way(case, legs, tuple(resolve_part(case, leg) for leg in legs))


def costs(row_id, dataset=DATASET, legs=ITINERARY.legs, **changes):
    case, way = walk(dataset, legs, **changes)
    charges = list_charges(case, way, list_needs(case, way.hits))
    return [(charge.leg, charge.cents.cost) for charge in charges if charge.row_id == row_id]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"per": "percent", "haulage_id": "TRK"}, [(0, 5000), (0, 4800)]),  # of each link's price, without the fixed price
        ({"per": "percent", "country": "BB", "mode": "road"}, [(0, 4800)]),
        ({"per": "percent", "operator_id": "line"}, [(1, 20000)]),
        ({"per": "km", "mode": "road"}, [(0, 600000), (0, 480000), (2, 240000)]),
        ({"per": "km", "mode": "sea", "country": "DD"}, [(1, 11_000_000)]),
        ({"per": "unit", "mode": "road"}, [(0, 2000), (2, 2000)]),  # once per run
        ({"per": "shipment", "haulage_id": "LOR"}, [(2, 1000)]),
        ({"per": "tonne", "service_id": "SEA1"}, [(1, 30000)]),
        ({"per": "unit", "place_id": "AABRD", "at": "board"}, [(0, 2000)]),  # the start of the second link
        ({"per": "unit", "place_id": "BBPRT", "at": "board"}, [(1, 2000)]),
        ({"per": "unit", "place_id": "BBPRT", "at": "alight"}, [(0, 2000)]),
        ({"per": "unit", "place_id": "BBPRT"}, [(0, 2000), (1, 2000)]),
        ({"per": "unit", "passage_id": "canal"}, [(1, 2000)]),
        ({"per": "unit", "hs": "30"}, []),
        ({"per": "unit", "unit_type_id": "20GP"}, []),
        ({"per": "unit", "mode": "sea", "valid_from": date(2026, 2, 8)}, []),
        ({"per": "unit", "mode": "sea", "known_from": date(2026, 1, 11)}, []),
        ({"per": "unit", "mode": "sea", "currency": "EUR"}, []),
    ],
)
def test_surcharges(more, found):
    values = {"per": "unit"} | more
    per = values.pop("per")
    assert costs("S", add_rows("surcharges", surcharge("S", "other", money(10), per, **values))) == found


def test_price_events_of_a_run_act_on_the_links_that_match():
    dearer = event("E", "price_factor", "2026-02-02", "2026-02-02", country="BB", factor=money("1.5"))
    assert costs("E", add_rows("events", dearer)) == [(0, 24000)]  # the second link; the ship leaves on the 7th
    cheaper = event("E", "price_factor", "2026-02-01", modes=("road",), factor=money("0.9"))
    assert costs("E", add_rows("events", cheaper)) == [(0, -5000), (0, -4800), (2, -2400)]


def test_a_lane_price_includes_what_it_says_on_its_link():
    dataset = change_row("tariffs", "tariff_id", "T-LANE", includes=("toll",))
    assert costs("S-TOLL", dataset) == [(0, 2400)]


def test_no_fixed_price_where_every_link_has_a_lane_price():
    dataset = add_rows("tariffs", tariff("T-LANE-2", ("AABRD", "BBPRT"), money(1), haulage_id="TRK", per="tonne"))
    assert costs("TRK", dataset) == []
    assert costs("T-LANE-2", dataset) == [(0, 3000)]


@pytest.mark.parametrize(
    ("dataset", "lift_b", "lift_c"),
    [
        (DATASET, [(1, 8000)], [(2, 6000)]),
        (change_row("tariffs", "tariff_id", "T-SEA", includes=("handling_origin",)), [], [(2, 6000)]),
        (change_row("tariffs", "tariff_id", "T-SEA", includes=("handling_destination",)), [(1, 8000)], []),
        (
            change_row("services", "service_id", "SEA1", includes=("handling_destination",)),
            [(1, 8000)],
            [(2, 6000)],
        ),  # the tariff says something
        (
            change_row(
                "services",
                "service_id",
                "SEA1",
                includes=("handling_destination",),
                dataset=change_row("tariffs", "tariff_id", "T-SEA", includes=()),
            ),
            [(1, 8000)],
            [],
        ),
    ],
)
def test_handling_that_a_tariff_includes(dataset, lift_b, lift_c):
    assert costs("H-LIFT-B", dataset) == lift_b
    assert costs("H-LIFT-C", dataset) == lift_c
    assert costs("H-CLEAR", dataset) == [(2, 10000)]  # clearance is never included


def late(days):
    legs = ITINERARY.legs
    run = replace(legs[2], departs_at=at(f"02-{15 + days}T09:00"), arrives_at=at(f"02-{15 + days}T12:00"))
    return (*legs[:2], run)


@pytest.mark.parametrize(
    ("days", "first", "second"), [(1, [], []), (2, [(2, 2000)], []), (5, [(2, 8000)], []), (7, [(2, 8000)], [(2, 16000)])]
)
def test_storage_by_steps(days, first, second):
    assert costs("Y-2", legs=late(days)) == first
    assert costs("Y-6", legs=late(days)) == second


def test_detention_runs_until_the_box_is_back():
    # delivered 48 h after discharge; 7 h of unloading and return make the third day
    assert costs("N-3") == [(2, 5000)]
    assert costs("N-3", change_row("returns", "return_id", "B-1", duration_min=22 * H)) == [(2, 5000)]  # 72 h
    assert costs("N-3", change_row("returns", "return_id", "B-1", duration_min=22 * H + 1)) == [(2, 10000)]
    assert costs("N-3", replace(DATASET, returns=())) == []
    assert costs("B-1", change_row("returns", "return_id", "B-1", amount=None)) == []


def test_a_box_of_the_shipper_is_neither_detained_nor_brought_back():
    own = change_row("tariffs", "tariff_id", "T-SEA", includes=("box",))
    assert costs("N-3", own) == costs("B-1", own) == []


def test_fees_of_rules():
    def fee(**more):
        values = {"scope": "leg", "amount": money(2), "currency": "USD"} | more
        return costs("F", add_rows("rules", rule("F", "fee", values.pop("scope"), **values)))

    assert fee(modes=("road",)) == [(0, 400), (2, 400)]
    assert fee(modes=("road",), per="km") == [(0, 120000), (0, 96000), (2, 48000)]  # link by link
    assert fee(countries=("BB",), modes=("road",), per="km") == [(0, 96000)]  # the second link only
    assert fee(place_ids=("DDPRT",), per="tonne") == [(1, 6000)]
    assert fee(modes=("sea",), per="value_percent", currency=None) == [(1, 40000)]
    assert fee(scope="crossing") == [(0, 400), (1, 400), (1, 400)]
    assert fee(scope="crossing", enters=("CC",)) == [(1, 400)]
    assert fee(scope="transfer", modes=("road",)) == [(1, 400), (2, 400)]
    assert fee(scope="transfer", operator_ids=("truckco",)) == [(1, 400)]
    assert fee(scope="shipment", per="shipment") == [(None, 200)]
    assert fee(currency="EUR") == []


def test_crossing_fees_per_unit():
    assert costs("X-AB", change_row("crossings", "crossing_id", "X-AB", per="unit")) == [(0, 1400)]


def test_a_tariff_of_the_operator_serves_where_the_service_has_none():
    dataset = replace(DATASET, tariffs=(tariff("T-OPER", SEA, money(800), operator_id="line"),))
    assert costs("T-OPER", dataset) == [(1, 160000)]


# CO2e


def grams(dataset):
    case, way = walk(dataset)
    return [emission_of(case, way, index) for index in range(3)]


def test_without_a_factor_nothing_is_emitted():
    assert grams(replace(DATASET, emission_factors=())) == [0, 0, 0]


def test_moves_at_the_ends_are_those_of_boxes():
    dataset = drop_row("handling", "handling_id", "H-STUFF", dataset=drop_row("handling", "handling_id", "H-STRIP"))
    assert grams(dataset) == [972_000, 1_103_000, 219_000]


def test_factors_by_offer_and_country_and_the_mode_that_arrives():
    def factor(factor_id, basis, amount, **more):
        return EmissionFactor(source_id=SRC, factor_id=factor_id, basis=basis, amount_g=money(amount), method="m", **more)

    dataset = replace(
        DATASET,
        emission_factors=(
            factor("F-1", "tkm", 100, country="AA"),
            factor("F-2", "teukm", "0.0001", haulage_id="LOR", country="CC"),
            factor("F-3", "tkm", 1, service_id="SEA1"),
            factor("F-4", "move", 7, mode="road"),
            factor("F-5", "move", 500, mode="sea"),
        ),
    )
    # 30 t over 540 km, and the road move at the origin; 30 t over 5 500 km, and the move of the truck that arrives;
    # 4 TEU over 120 km are 0.048 g, with the move of the ship that arrives, and that of the lorry at the destination
    assert grams(dataset) == [1_620_000 + 14, 165_000 + 14, 0 + 1000 + 14]
