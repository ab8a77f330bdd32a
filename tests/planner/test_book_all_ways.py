"""The bound over all ways of a book: never above a plan, and as near as what it leaves out allows."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from landbridge.domain.dataset import Dataset
from landbridge.domain.headway import Headway, Stage
from landbridge.domain.offer import VolumeTier
from landbridge.planner import BookQuestion, ask_book, plan_book
from landbridge.planner.book.candidates import ENDED
from landbridge.planner.book.state import ways_of
from landbridge.report.book_document import book_document
from landbridge.report.book_page import render_book
from landbridge.report.page import plain_text
from landbridge.verification.book import check_book
from tests.corridor import AS_OF, READY, S, status, stop, tiny_corridor, usd
from tests.planner.test_book import back, book_of, by_road, charter, empties, empty_move, shipment
from tests.planner.test_book_stocks import stock
from tests.planner.test_book_units import holding, part, shared, stuffing

QUESTION = BookQuestion(as_of=AS_OF, seconds=20, levers_seconds=0, shares_seconds=0, draws=0, all_ways_seconds=60)


def tier(**more: object) -> VolumeTier:
    values = {
        "tier_id": "tier", "name": "Volume", "haulage_id": "ha", "kind": "all_units", "from_teu": 10, "amount": usd(5), "currency": "USD",
    }  # fmt: skip
    return VolumeTier(**(values | S | more))


def random_book(seed: int) -> Dataset:
    """Shipments of both directions with yards of boxes and vehicles, moves, stocks, rebates, and where there are ships a charter."""
    rng = random.Random(seed)
    rows = []
    for number in range(1, rng.randint(3, 7)):
        ready, units = READY + timedelta(days=rng.randint(0, 30)), rng.randint(1, 20)
        if rng.random() < 0.5:
            rows.append(shipment(number, rng.choice(("one", "two")), units=units, ready_on=ready, incoterm="CPT"))
        else:
            rows.append(back(number, rng.choice(("one", "two")), ready, units=units))
    home = empties(reuse_id="home", name="Empties in AA", place_ids=("AA",), amount=usd(rng.choice((60, 200))))
    loaded = empties(reuse_id="back", kind="backhaul", haulage_ids=("ha", "hb"), place_ids=("BB", "BX"), amount=usd(10))
    moves = (
        empty_move(to_reuse_id="home", amount=usd(rng.randint(10, 300))),
        empty_move(move_id="hire", kind="one_way_hire", to_reuse_id="home", move_days=0, amount=usd(rng.randint(0, 200))),
    )
    more = {
        "reuses": tuple(row for row in (empties(), home, loaded) if rng.random() < 0.8),
        "volume_tiers": tuple(tier(tier_id=f"tier-{one}", kind=one) for one in ("all_units", "incremental") if rng.random() < 0.6),
        "empty_stocks": (stock(),) if rng.random() < 0.4 else (),
    }
    known = {row.reuse_id for row in more["reuses"]}
    more["empty_moves"] = tuple(row for row in moves if {row.from_reuse_id, row.to_reuse_id} <= known)
    more["empty_stocks"] = tuple(row for row in more["empty_stocks"] if row.reuse_id in known)
    return book_of(*rows, **more, block_offers=(charter(),)) if rng.random() < 0.5 else by_road(*rows, **more)


@pytest.mark.parametrize("seed", range(24))
def test_no_plan_costs_less(seed):
    plan = plan_book(random_book(seed), QUESTION)
    assert plan.all_ways is not None
    assert plan.all_ways.together_cents <= plan.together.bound_cents + 1
    assert plan.all_ways.any_volume_cents <= plan.all_ways.together_cents
    assert plan.all_ways.together_cents >= 0.5 * plan.together.cost_cents


def test_one_shipment_by_road_costs_what_it_must():
    plan = plan_book(by_road(shipment(1, "one")), QUESTION)
    assert plan.all_ways is not None
    assert 0 <= plan.together.cost_cents - plan.all_ways.together_cents <= 0.02 * plan.together.cost_cents


def test_a_box_has_one_price_in_an_area_whoever_needs_it():
    """Six are needed and four set free: four turns at 300 each, as in the plan, and not half of what each side could save."""
    rows = shipment(1, "one", units=4), back(2, "two", READY + timedelta(days=20), units=6)
    with_yard, without = (plan_book(by_road(*rows, reuses=some), QUESTION) for some in ((empties(),), ()))
    assert with_yard.all_ways is not None
    assert without.all_ways is not None
    hired = with_yard.all_ways.together_cents - without.all_ways.together_cents
    assert hired == pytest.approx((6 - 4) * 15_000, abs=20)  # two boxes are fetched, at half of the amount


def test_a_rebate_above_a_volume_is_not_given_below_it():
    rows = shipment(1, "one", units=10), shipment(2, "two", units=10)
    found = {}
    for begin in (0, 20, 39, 41):
        rebate = tier(kind="incremental", from_teu=begin)
        plan = plan_book(by_road(*rows, volume_tiers=(rebate,)), QUESTION)
        assert plan.all_ways is not None
        found[begin] = plan.all_ways.together_cents
    assert found[41] - found[0] == 40 * 500
    assert found[20] - found[0] == 20 * 500
    assert found[41] - found[39] == 500


def test_part_loads_that_may_share_a_unit_count_nothing():
    dataset = shared(part(1, "one"), part(2, "two"))
    plan = plan_book(dataset, QUESTION)
    assert plan.all_ways is not None
    assert plan.all_ways.together_cents == 0 < plan.together.cost_cents


def test_a_volume_that_the_book_has_not_fills_trains_at_any_volume_only():
    """A charter for thirty TEU: ten boxes do not fill it; three such books would."""
    dataset = book_of(shipment(1, "one", units=10, incoterm="CPT"), block_offers=(charter(amount=usd(10)),))
    plan = plan_book(dataset, QUESTION)
    assert plan.all_ways is not None
    assert plan.all_ways.any_volume_cents < plan.all_ways.together_cents <= plan.together.cost_cents


def test_a_bound_above_the_plan_is_found():
    dataset = by_road(shipment(1, "one"))
    plan = plan_book(dataset, QUESTION)
    assert plan.all_ways is not None
    assert check_book(dataset, plan) == ()
    wrong = replace(plan, all_ways=replace(plan.all_ways, together_cents=plan.together.cost_cents + 1))
    assert any("bound over all ways" in fault for fault in check_book(dataset, wrong))


def test_the_bound_stands_in_page_and_document():
    dataset, said = by_road(shipment(1, "one", incoterm="CPT"), shipment(2, "two", incoterm="CPT")), []
    plan = plan_book(dataset, QUESTION, tell=said.append)
    assert Headway(stage=Stage.BOUND, done=0, total=2) in said
    assert plan.all_ways is not None
    told = book_document(plan, seconds=1.0)["all_ways"]
    assert told["together_bound_cents"] == plan.all_ways.together_cents
    assert told["most_saved"] == pytest.approx(1 - plan.all_ways.together_cents / plan.alone.cost_cents)
    page = " ".join(plain_text(render_book(plan, dataset, width=120)).split())
    assert f"joining saves no more than {100 * told['most_saved']:.1f} %" in page


def test_where_nothing_is_carried_nothing_is_bound():
    plan = plan_book(by_road(), QUESTION)
    assert plan.all_ways is None
    assert "looked at or not" not in plain_text(render_book(plan, by_road(), width=120))


def test_without_time_there_is_no_bound_and_a_note(monkeypatch: pytest.MonkeyPatch):
    plan = plan_book(by_road(shipment(1, "one")), replace(QUESTION, all_ways_seconds=1e-9))
    assert plan.all_ways is None
    assert any("no bound over all ways: 0 of 1 shipments" in note for note in plan.notes)
    unasked = plan_book(by_road(shipment(1, "one")), ask_book(by_road(), all_ways=0, levers=0, shares=0, draws=0))
    assert unasked.all_ways is None
    assert not any("all ways" in note for note in unasked.notes)
    assert book_document(unasked, seconds=1.0)["all_ways"] is None
    assert ENDED not in unasked.notes


def test_in_areas_that_overlap_each_pair_has_its_hire():
    """Two areas at each end, each asked for its half: both are replaced by the hire between them."""
    areas = tuple(
        empties(reuse_id=name, name=name, place_ids=(place,)) for name, place in (("a", "AA"), ("b", "AA"), ("c", "BB"), ("d", "BB"))
    )
    hires = tuple(
        empty_move(move_id=f"hire-{begin}", kind="one_way_hire", from_reuse_id=begin, to_reuse_id=end, move_days=0, amount=usd(5))
        for begin, end in (("a", "c"), ("b", "d"))
    )
    plan = plan_book(by_road(shipment(1, "one"), reuses=areas, empty_moves=hires), QUESTION)
    assert len(plan.turns) == 2
    assert plan.all_ways is not None
    assert plan.all_ways.together_cents <= plan.together.bound_cents


@pytest.mark.parametrize("is_closed", [False, True])
def test_what_is_committed_has_no_such_bound(is_closed):
    """It costs what it was booked for, though the feed has dearer ways today, or none."""
    dataset = by_road(shipment(1, "one"), shipment(2, "two"))
    committed = ways_of(plan_book(dataset, QUESTION))
    rates = tuple(replace(row, per_km=usd(9)) for row in dataset.haulage_rates)
    today = replace(dataset, links=() if is_closed else dataset.links, haulage_rates=rates)
    plan = plan_book(today, replace(QUESTION, as_of=READY + timedelta(days=1), committed=committed))
    assert len(plan.committed_ids) == 2
    assert plan.all_ways is None
    assert any("no bound over all ways: what is committed" in note for note in plan.notes)


def test_a_later_start_may_go_by_what_nobody_has_confirmed():
    """The ship ends before the second is ready; from then on there is a train alone, which nobody has confirmed, and both wait for it."""
    corridor = tiny_corridor()
    rows = shipment(1, "one", incoterm="CPT"), shipment(2, "two", ready_on=READY + timedelta(days=8), incoterm="CPT")
    train = charter(service_id="rail", from_place_id="AA", to_place_id="BB", kind="block_train", amount=usd(100))
    dataset = book_of(*rows, block_offers=(train,))
    dataset = replace(
        dataset,
        services=(*dataset.services, replace(dataset.services[0], service_id="rail", name="Rail", mode="rail")),
        statuses=(*dataset.statuses, status("rail", "unconfirmed")),
        stops=(*dataset.stops, stop("rail", 1, "AA", 0, 0), stop("rail", 2, "BB", 5 * 1440, 5 * 1440, 1000)),
        calendars=(
            replace(corridor.calendars[0], valid_to=READY + timedelta(days=6)),
            replace(corridor.calendars[0], calendar_id="r", service_id="rail", weekdays=(1, 2, 3, 4, 5, 6, 7)),
        ),
        tariffs=(*dataset.tariffs, replace(dataset.tariffs[0], tariff_id="r", service_id="rail", from_place_id="AA", to_place_id="BB")),
        emission_factors=(*dataset.emission_factors, replace(dataset.emission_factors[1], factor_id="e-rail", mode="rail")),
        links=tuple(row for row in dataset.links if row.border_id is None),
    )
    plan = plan_book(dataset, replace(QUESTION, is_exact=True))
    assert [row.starts_on for row in plan.shipments] == [READY + timedelta(days=8)] * 2
    assert plan.all_ways is not None
    assert plan.all_ways.together_cents <= plan.together.bound_cents


def test_the_box_of_a_shared_unit_is_free_where_it_is_unstuffed():
    """A unit that two part loads share sets its box free at the border, where another needs two; fetching one costs more than the way."""
    rows = (
        part(1, "one", volume=10),
        part(2, "one", volume=10),
        replace(back(3, "two", READY + timedelta(days=20), units=2), from_place_id="BX"),
    )
    areas = (empties(reuse_id="border", place_ids=("BX",), amount=usd(3000)),)
    places = stuffing("a", "AA", amount=usd(1)), stuffing("b", "BX", amount=usd(1), serves=("BB",))
    plan = plan_book(holding(by_road(*rows, reuses=areas, stuffings=places), 70), QUESTION)
    assert plan.turns
    assert plan.shared_units
    assert plan.all_ways is not None
    assert plan.all_ways.together_cents <= plan.together.bound_cents


def test_of_one_company_nothing_is_said_of_joining():
    dataset = by_road(shipment(1, "one"))
    page = " ".join(plain_text(render_book(plan_book(dataset, replace(QUESTION, draws=2)), dataset, width=120)).split())
    assert "looked at or not, no plan costs" in page
    assert "joining saves" not in page
    assert "-0.0 %" not in page
