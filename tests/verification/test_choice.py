from dataclasses import replace
from datetime import date

import pytest

from landbridge.domain.emission import EmissionFactor
from landbridge.domain.goods import Duty
from landbridge.verification.case import Case
from landbridge.verification.choice import (
    Emitter,
    choose_duties,
    choose_handling,
    find_crossing,
    find_factor,
    find_haulage_rate,
    find_lane,
    find_limit,
    find_price,
    find_return,
    find_tariff,
    list_detention,
    list_storage,
)
from tests.verification.corridor import DATASET, QUERY, SEA, SRC, H, add_rows, change_row, handling, money, tariff

DAY = date(2026, 2, 7)


def case(dataset=DATASET, **changes):
    return Case(dataset=dataset, query=replace(QUERY, **changes))


def tariff_of(*rows, **changes):
    asked = case(replace(DATASET, tariffs=rows), **changes)
    found = find_tariff(asked, DATASET.services[0], SEA, DAY)
    return found.tariff_id if found else None


def sea(tariff_id, **more):
    return tariff(tariff_id, SEA, money(1), **({"service_id": "SEA1"} | more))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (sea("z"), sea("a", service_id=None, operator_id="line", hs="8701")),
        (sea("z", hs="8701"), sea("a", hs="87", unit_type_id="40HC")),
        (sea("z", unit_type_id="40HC"), sea("a", mass_from_kg=1)),
        (sea("z", mass_to_kg=15001), sea("a", valid_from=date(2026, 1, 1))),
        (sea("z", valid_from=date(2026, 1, 1)), sea("a", valid_from=date(2025, 1, 1))),
        (sea("z", valid_from=date(1999, 1, 1)), sea("a")),
        (sea("a"), sea("z")),
    ],
)
def test_rank_of_tariffs(better, worse):
    assert tariff_of(better, worse) == tariff_of(worse, better) == better.tariff_id


@pytest.mark.parametrize(
    "change",
    [
        {"service_id": "OTHER"},
        {"service_id": None},
        {"service_id": None, "operator_id": "truckco"},
        {"service_id": None, "haulage_id": "TRK", "operator_id": "line"},
        {"to_place_id": "DDPRT"},
        {"unit_type_id": "20GP"},
        {"hs": "30"},
        {"mass_to_kg": 15000},
        {"mass_from_kg": 15001},
        {"valid_from": date(2026, 2, 8)},
        {"currency": "EUR"},
        {"amount": None},
    ],
)
def test_a_tariff_that_does_not_match(change):
    assert tariff_of(sea("t")) == "t"
    assert tariff_of(replace(sea("t"), **change)) is None


def test_mass_bands_hold_their_lower_end():
    assert tariff_of(sea("t", mass_from_kg=15000, mass_to_kg=15001)) == "t"


def test_without_goods_a_row_for_goods_does_not_match():
    assert tariff_of(sea("t", hs="87"), hs=None) is None


def test_a_tariff_carried_forward():
    old = sea("old", valid_to=date(2024, 1, 1))
    new = sea("new", currency=None, basis_tariff_id="old", factor=money("1.5", 1, 2), valid_from=date(2026, 1, 1))
    new = replace(new, amount=None)
    asked = case(replace(DATASET, tariffs=(replace(old, amount=money(100, 90, 110), currency="XCC"), new)))
    price = find_price(asked, new)
    assert (price.amount, price.rate) == (money(150, 90, 220), 100)
    circle = replace(new, basis_tariff_id="new")
    assert find_price(case(replace(DATASET, tariffs=(circle,))), circle) is None
    assert find_price(asked, replace(new, basis_tariff_id="none")) is None


def test_a_basis_that_was_not_known_carries_nothing():
    old = sea("old", known_from=date(2026, 1, 11))
    new = replace(sea("new", basis_tariff_id="old", factor=money(2)), amount=None, currency=None)
    assert tariff_of(old, new) is None


def test_a_lane_price_is_for_the_direction_driven():
    assert find_lane(case(), "TRK", ("AAORG", "AABRD"), DAY).tariff_id == "T-LANE"
    assert find_lane(case(), "TRK", ("AABRD", "AAORG"), DAY) is None
    assert find_lane(case(), "LOR", ("AAORG", "AABRD"), DAY) is None


def test_the_later_haulage_rate():
    later = replace(DATASET.haulage_rates[0], rate_id="later", valid_from=date(2026, 1, 1))
    assert find_haulage_rate(case(add_rows("haulage_rates", later)), "TRK", "AA", DAY).rate_id == "later"
    assert find_haulage_rate(case(), "TRK", "BB", DAY) is None


def test_a_crossing_of_the_season_goes_before_one_of_the_year():
    winter = replace(DATASET.crossings[0], crossing_id="winter", season_from=(11, 1), season_to=(3, 31))
    asked = case(add_rows("crossings", winter))
    found = [find_crossing(asked, "ab", "road", ("AA", "BB"), day).crossing_id for day in (DAY, date(2026, 5, 1))]
    assert found == ["winter", "X-AB"]
    assert find_crossing(asked, "ab", "rail", ("AA", "BB"), DAY) is None


def test_handling_is_chosen_per_kind():
    rows = choose_handling(case(), "BBPRT", ("road", "sea"), DAY)
    assert [row.handling_id for row in rows] == ["H-LIFT-B"]
    assert [row.handling_id for row in choose_handling(case(), "BBPRT", ("rail", "sea"), DAY)] == ["H-LIFT-B-ANY"]
    assert [row.handling_id for row in choose_handling(case(), "CCPRT", ("sea", "road"), DAY)] == ["H-CLEAR", "H-LIFT-C"]


def test_the_ends_are_never_any():
    assert choose_handling(case(), "BBPRT", ("origin", "sea"), DAY) == ()
    assert choose_handling(case(), "CCPRT", ("sea", "destination"), DAY) == ()


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"from_mode": "sea", "to_mode": "any"}, {"from_mode": "any", "to_mode": "road", "hs": "8701"}),
        ({"from_mode": "any", "to_mode": "road"}, {"from_mode": "any", "to_mode": "any", "hs": "8701"}),
        ({"hs": "87"}, {"unit_type_id": "40HC"}),
        ({"unit_type_id": "40HC"}, {"valid_from": date(2026, 1, 1)}),
    ],
)
def test_rank_of_handling(better, worse):
    row = handling("z", "CCPRT", "lift", ("sea", "road"), None, H)
    rows = (replace(row, **better), replace(row, handling_id="a", **worse))
    (found,) = choose_handling(case(replace(DATASET, handling=rows)), "CCPRT", ("sea", "road"), DAY)
    assert found.handling_id == "z"


def test_all_steps_of_the_greatest_rank():
    assert [row.storage_id for row in list_storage(case(), "CCPRT", "sea", DAY)] == ["Y-2", "Y-6"]
    assert [row.storage_id for row in list_storage(case(), "CCPRT", "rail", DAY)] == ["Y-ANY"]
    assert list_storage(case(), "BBPRT", "road", DAY) == ()


def test_detention_for_the_unit_goes_before_that_for_any():
    named = replace(DATASET.detention[0], detention_id="named", unit_type_id="40HC")
    assert [row.detention_id for row in list_detention(case(add_rows("detention", named)), "line", "CCPRT", DAY)] == ["named"]
    assert list_detention(case(), "truckco", "CCPRT", DAY) == ()


def test_the_return_of_the_line_goes_before_that_of_any():
    named = replace(DATASET.returns[0], return_id="named", operator_id="line", amount=None)
    asked = case(add_rows("returns", named))
    assert (find_return(asked, "line", DAY).return_id, find_return(asked, "other", DAY).return_id) == ("named", "B-1")


def test_the_payload_limit_of_the_unit():
    assert find_limit(case(), "CC", "road", DAY).limit_id == "P-40"
    assert find_limit(case(), "CC", "rail", DAY) is None


def test_duties_per_kind():
    assert [row.duty_id for row in choose_duties(case(), DAY)] == ["DU-8701", "DU-TAX"]
    assert choose_duties(case(hs=None), DAY) == ()
    equal = Duty(source_id=SRC, duty_id="DU-0", hs="8701", destination=("CC",), kind="customs", percent=money(1), base="value")
    assert [row.duty_id for row in choose_duties(case(add_rows("duties", equal)), DAY)] == ["DU-0", "DU-TAX"]


def test_an_emission_factor_for_an_offer_goes_before_one_for_a_country():
    def factor(factor_id, basis, **more):
        return EmissionFactor(source_id=SRC, factor_id=factor_id, basis=basis, amount_g=money(1), method="", **more)

    rows = (
        factor("a", "tkm", country="AA"),
        factor("b", "teukm", haulage_id="TRK"),
        factor("c", "tkm", mode="road", valid_from=DAY),
        factor("d", "move"),
    )
    asked = case(replace(DATASET, emission_factors=rows))
    emitters = (
        Emitter(mode="road", haulage_id="TRK", country="AA"),
        Emitter(mode="road", country="AA"),
        Emitter(mode="road", service_id="S"),
        Emitter(mode="sea"),
    )
    found = [find_factor(asked, emitter, ("tkm", "teukm"), DAY) for emitter in emitters]
    assert [row.factor_id if row else None for row in found] == ["b", "a", "c", None]


def test_a_row_without_an_exchange_rate_cannot_be_used():
    dataset = change_row("handling", "handling_id", "H-LIFT-C", currency="EUR")
    assert [row.handling_id for row in choose_handling(case(dataset), "CCPRT", ("sea", "road"), DAY)] == ["H-CLEAR"]
