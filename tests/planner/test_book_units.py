"""Part loads that share a unit: the plan against all ways to group them, what may lie beside what, and who pays."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from landbridge.domain.book import BookPlan
from landbridge.domain.dataset import Dataset
from landbridge.domain.goods import Goods, UnitVolume
from landbridge.domain.offer import Separation, Stuffing
from landbridge.domain.query import Query
from landbridge.domain.rule import Document, Rule
from landbridge.domain.shipment import Shipment
from landbridge.optimization.book_pool import triangular
from landbridge.optimization.book_problem import BookProblem, Holds, Room, Train, Way
from landbridge.planner import BookQuestion, plan_book
from landbridge.planner.book import joint_plan, left_out
from landbridge.planner.book.candidates import Work
from landbridge.planner.book.joint_plan import ways_from
from landbridge.planner.book.state import find_fixed, ways_of
from landbridge.planner.book.units import UnitBook, list_groups
from landbridge.planner.book.ways import route_candidates
from landbridge.report.book_document import book_document
from landbridge.report.book_page import render_book
from landbridge.report.book_statement import statement_rows
from landbridge.report.page import plain_text
from landbridge.terms.stowage import why_apart
from landbridge.verification.book import check_book
from tests.corridor import AS_OF, READY, S, usd
from tests.planner.test_book import book_of, charter, shipment

QUESTION = BookQuestion(as_of=AS_OF, seconds=20, levers_seconds=0, shares_seconds=0, draws=0)
RATE = 10
VALUE_A_TONNE = 5_000


def stuffing(stuffing_id: str, place_id: str, **more: object) -> Stuffing:
    values = {
        "stuffing_id": stuffing_id, "name": stuffing_id, "place_id": place_id, "unit_types": ("40HC",), "work_days": 1,
        "amount": usd(RATE, 8, 14), "currency": "USD",
    }  # fmt: skip
    return Stuffing(**(values | S | more))


def part(number: int, shipper: str, mass_kg: int = 6_000, volume: int = 20, **more: object) -> Shipment:
    return shipment(number, shipper, units=1, **({"mass_kg": mass_kg, "volume_m3": Decimal(volume)} | more))


def shared(*shipments: Shipment, **more: object) -> Dataset:
    """The tiny corridor with stuffing places at both ends and boxes that hold 70 cubic metres."""
    dataset = book_of(*shipments, **({"stuffings": (stuffing("a", "AA"), stuffing("b", "BB"))} | more))
    return holding(dataset, 70)


def holding(dataset: Dataset, volume: int) -> Dataset:
    return replace(dataset, unit_volumes=(UnitVolume(unit_type_id="40HC", volume_m3=usd(volume), **S),))


def by_mass(dataset: Dataset, first: int = 12_000) -> Dataset:
    """The same where the ship is paid by the tonne, and heavy boxes by another tariff."""
    row = dataset.tariffs[0]
    light = replace(row, tariff_id="light", per="tonne", amount=usd(31), mass_to_kg=first)
    heavy = replace(row, tariff_id="heavy", per="tonne", amount=usd("44.37"), mass_from_kg=first)
    return replace(dataset, tariffs=(light, heavy))


def cheaply(*shipments: Shipment, **more: object) -> Dataset:
    """By mass, where it costs next to nothing to put part loads in and take them out."""
    stuffings = tuple(stuffing(name, place, amount=usd(1)) for name, place in (("a", "AA"), ("b", "BB")))
    return by_mass(shared(*shipments, **({"stuffings": stuffings} | more)))


def planned(dataset: Dataset, **more: object) -> BookPlan:
    plan = plan_book(dataset, replace(QUESTION, **more))
    assert check_book(dataset, plan) == ()
    return plan


def groups_of(plan: BookPlan) -> set[frozenset[str]]:
    return {frozenset(one.shipment_ids) for one in plan.shared_units}


# --- against all groupings ----------------------------------------------------------------------------------------------------


def partitions(rows: list[Shipment]) -> Iterator[list[list[Shipment]]]:
    if not rows:
        yield []
        return
    for rest in partitions(rows[1:]):
        yield [[rows[0]], *rest]
        for number, group in enumerate(rest):
            yield [*rest[:number], [rows[0], *group], *rest[number + 1 :]]


def capital(row: Shipment, delivered: float) -> int:
    """Cents of 12 percent a year on 5,000 a tonne, for days since the ready date."""
    per_day = Decimal(VALUE_A_TONNE) * (row.mass_kg or 0) / 1000 * 12 / 365
    return round(per_day * Decimal(delivered))


def least(dataset: Dataset, group: list[Shipment]) -> float:
    """What a group costs: by itself for one, as one unit from any day on which one of the book is ready for more."""
    search, mass, best = route_candidates(dataset), sum(row.mass_kg or 0 for row in group), float("inf")
    if mass > dataset.unit_types[0].max_payload_kg or (len(group) > 1 and sum(row.volume_m3 or 0 for row in group) > 70):
        return best
    alone, days = len(group) == 1, {row.ready_on + timedelta(days=1) for row in dataset.shipments}
    for day in {group[0].ready_on} if alone else days:
        if any(day < row.ready_on + timedelta(days=1) for row in group) and not alone:
            continue
        query = Query(origin_id="AA", destination_id="BB", unit_type_id="40HC", units=1, hs="8701", mass_kg=mass, ready_on=day, as_of=AS_OF)
        for itinerary in search(query)[0]:
            cents = itinerary.cost_cents
            for row in group:
                quantity = max((row.mass_kg or 0) / 1000, float(row.volume_m3 or 0))
                days_on = (itinerary.arrives_at.date() - row.ready_on).days + itinerary.arrives_at.hour / 24 + (0 if alone else 1)
                cents += capital(row, days_on + itinerary.arrives_at.minute / 1440) + (0 if alone else 2 * round(100 * RATE * quantity))
            best = min(best, cents)
    return best


@pytest.mark.parametrize("seed", range(6))
def test_the_plan_is_the_best_of_all_groupings(seed):
    draw = random.Random(seed)
    rows = [
        part(
            number, draw.choice(("one", "two")), draw.randrange(1_000, 14_000), draw.randrange(3, 36), due_on=None,
            ready_on=READY + timedelta(days=draw.randrange(0, 6)),
        )
        for number in range(4)
    ]  # fmt: skip
    dataset = shared(*rows)
    dataset = by_mass(dataset) if seed % 2 else dataset
    plan = planned(dataset)
    best = min(sum(least(dataset, group) for group in groups) for groups in partitions(rows))
    assert plan.together.cost_cents == pytest.approx(best, abs=8)
    assert plan.together.bound_cents <= plan.together.cost_cents <= plan.alone.cost_cents + 8


# --- by hand ------------------------------------------------------------------------------------------------------------------


def test_two_payers_fill_one_box_and_the_lever_says_so():
    """A box costs 840; put in and taken out two times 20 cubic metres cost 2 x 2 x 200: one box and 800 against two boxes saves 40."""
    dataset = shared(part(1, "one", due_on=None), part(2, "two", due_on=None))
    plan = planned(dataset, levers_seconds=5, shares_seconds=5, draws=3)
    first, second = plan.shipments
    assert groups_of(plan) == {frozenset({"s1", "s2"})}
    assert (first.lead_id, second.lead_id) == ("s1", "s1")
    assert first.itinerary is not None
    assert second.itinerary is not None
    assert (first.itinerary.cost_cents, second.itinerary.cost_cents) == (84_000, 0)
    assert first.stuffing_cents == second.stuffing_cents == 40_000
    assert {one.lever: one.contribution_cents for one in plan.levers}["consolidation"] == plan.saving_cents > 0
    assert all(sharing.total_cents == plan.together.cost_cents for sharing in plan.sharings)
    document = book_document(plan, seconds=1.0)
    assert document["shared_units"][0]["shipments"] == ["s1", "s2"]
    assert document["shipments"][1]["lead_id"] == "s1"
    assert "40HC of s1, s2" in plain_text(render_book(plan, dataset, width=120))
    rows = statement_rows(plan, "two", dataset)
    assert ("stuffing", "s2") in [row[:2] for row in rows]
    assert not any("s1" in str(cell) for row in rows for cell in row)


def test_each_alone_shares_with_itself_only():
    dataset = shared(part(1, "one", due_on=None), part(2, "one", due_on=None), part(3, "two", due_on=None))
    plan = planned(dataset)
    assert dict(plan.alone_by_payer)["one"].cost_cents < 2 * dict(plan.alone_by_payer)["two"].cost_cents
    assert groups_of(planned(replace(dataset, shipments=dataset.shipments[1:]))) == {frozenset({"s2", "s3"})}


@pytest.mark.parametrize(("mass_kg", "volume", "fits"), [(13_250, 20, True), (13_251, 20, False), (6_000, 35, True), (13_000, 36, False)])
def test_a_box_holds_so_much_mass_and_volume(mass_kg, volume, fits):
    rows = [part(number, "one", mass_kg, volume, due_on=None) for number in (1, 2)]
    cheap = (stuffing("a", "AA", amount=usd(0)), stuffing("b", "BB", amount=usd(0)))
    assert bool(planned(shared(*rows, stuffings=cheap)).shared_units) == fits


def test_places_around_are_served_and_others_are_not():
    rows = (part(1, "one", due_on=None), part(2, "two", due_on=None, from_place_id="AP"))
    assert not planned(shared(*rows)).shared_units
    cheap = (stuffing("a", "AA", serves=("AP",), amount=usd(1)), stuffing("b", "BB", amount=usd(1)))
    plan = planned(shared(*rows, stuffings=cheap))
    assert groups_of(plan) == {frozenset({"s1", "s2"})}


def test_a_part_load_that_would_be_late_in_a_shared_box_goes_by_itself():
    """The ship leaves on Friday and the box is there on Tuesday the 15th, handed over a day later."""
    rows = (part(1, "one", due_on=date(2026, 12, 15)), part(2, "two", due_on=date(2026, 12, 16)))
    assert not planned(shared(*rows)).shared_units
    assert planned(shared(replace(rows[0], due_on=date(2026, 12, 16)), rows[1])).shared_units


def test_papers_are_paid_by_each_and_permits_by_the_unit():
    paper, permit = (
        Document(document_id=kind, name=kind, kind=kind, issuer="BB", lead_days=1, amount=usd(price), currency="USD", per="shipment", **S)
        for kind, price in (("document", 30), ("permit", 70))
    )
    rules = tuple(
        Rule(
            rule_id=f"needs-{row.kind}", title=row.name, effect=f"require_{row.kind}", rule_class="transport", regime_id="UN",
            status="in_force", scope="leg", modes=("sea",), document_id=row.document_id, **S,
        )
        for row in (paper, permit)
    )  # fmt: skip
    plan = planned(shared(part(1, "one", due_on=None), part(2, "two", due_on=None), documents=(paper, permit), rules=rules))
    costs = {row.shipment_id: row.itinerary.cost_cents for row in plan.shipments if row.itinerary}
    assert costs == {"s1": 84_000 + 10_000, "s2": 3_000}


def test_what_is_booked_together_stays_together():
    dataset = shared(part(1, "one", due_on=None), part(2, "two", due_on=None), part(3, "two", 2_000, 5, due_on=None))
    first = planned(dataset)
    assert groups_of(first) == {frozenset({"s1", "s2", "s3"})}
    dear = replace(dataset, stuffings=(stuffing("a", "AA", amount=usd(900)), stuffing("b", "BB")))
    again = planned(dear, committed=ways_of(first))
    assert not again.shared_units
    assert len(again.changes) == 3
    under_way = plan_book(dear, replace(QUESTION, as_of=date(2026, 12, 4), committed=ways_of(first)))
    assert groups_of(under_way) == groups_of(first)
    assert under_way.committed_ids == ("s1", "s2", "s3")
    assert check_book(dear, under_way) == ()


def test_what_lies_in_a_booked_unit_goes_with_it_or_is_told():
    dataset = shared(part(1, "one", due_on=None), part(2, "two", due_on=None))
    ways = ways_of(planned(dataset))
    leader = next(way for way in ways if way.lead_id == way.shipment_id)
    rider = next(way for way in ways if way is not leader)
    on_train = tuple(replace(way, train_id=f"offer@{date(2026, 12, 1)}") if way is leader else way for way in ways)
    assert find_fixed(dataset, on_train, date(2026, 12, 1)).keys() == {leader.shipment_id, rider.shipment_id}
    alone = replace(dataset, shipments=tuple(row for row in dataset.shipments if row.shipment_id == rider.shipment_id))
    (told,) = plan_book(alone, replace(QUESTION, as_of=date(2026, 12, 4), committed=ways)).shipments
    assert told.itinerary is None
    assert told.reason == f"the unit in which it is booked, led by {leader.shipment_id}, is not in this book and feed"


def test_every_change_of_a_shared_unit_is_found():
    dataset = shared(part(1, "one", due_on=None), part(2, "two", due_on=None))
    plan = planned(dataset)
    first, second = plan.shipments
    assert second.starts_on is not None
    spoiled = {
        "its leader is not in it": replace(plan, shipments=(replace(first, lead_id="s2"), replace(second, lead_id="sX"))),
        "pays 1 cents for stuffing": replace(plan, shipments=(replace(first, stuffing_cents=1), second)),
        "before it is stuffed": replace(plan, shipments=(first, replace(second, starts_on=READY))),
        "is handed over": replace(plan, shipments=(first, replace(second, delivered_at=None))),
        "pays for a unit": replace(plan, shipments=(first, replace(second, itinerary=first.itinerary))),
        "stated and not used": replace(plan, shipments=(replace(first, lead_id=None), replace(second, lead_id=None))),
        "other things are stated": replace(plan, shared_units=()),
        "max_payload_kg is": replace(plan, shared_units=(replace(plan.shared_units[0], max_payload_kg=1),)),
        "volume_m3 is 40": replace(plan, shared_units=(replace(plan.shared_units[0], volume_m3=Decimal(39)),)),
        "max_volume_m3 is": replace(plan, shared_units=(replace(plan.shared_units[0], max_volume_m3=Decimal(39)),)),
        "leaves_on is": replace(plan, shared_units=(replace(plan.shared_units[0], leaves_on=READY),)),
        "unit_type_id is": replace(plan, shared_units=(replace(plan.shared_units[0], unit_type_id="20GP"),)),
        "from_id is": replace(plan, shared_units=(replace(plan.shared_units[0], from_id="AP"),)),
        "to_id is": replace(plan, shared_units=(replace(plan.shared_units[0], to_id="AP"),)),
        "unit of nobody: stated": replace(plan, shared_units=(*plan.shared_units, replace(plan.shared_units[0], shipment_ids=()))),
        "unit of s2: stated": replace(plan, shared_units=(*plan.shared_units, replace(plan.shared_units[0], shipment_ids=("s2",)))),
        "does not serve it": replace(plan, shipments=(first, replace(second, stuffing_ids=("b", "a")))),
    }
    for said, wrong in spoiled.items():
        assert any(said in fault for fault in check_book(dataset, wrong)), said
    full = {
        "kg of 9000": replace(dataset, unit_types=tuple(replace(row, max_payload_kg=9_000) for row in dataset.unit_types)),
        "cubic metres of 30": holding(dataset, 30),
        "degrees": replace(dataset, shipments=(replace(dataset.shipments[0], temperature_c=4), dataset.shipments[1])),
    }
    for said, other in full.items():
        assert any(said in fault for fault in check_book(other, plan)), said


def test_a_unit_that_goes_by_a_whole_ship_pays_no_freight_by_the_tonne():
    """The ship costs 300 a tonne and a charter of it 1: a part load that joins another's box pays nothing for the ship either."""
    rows = (part(1, "one", due_on=None), part(2, "two", due_on=None))
    dataset = cheaply(*rows, block_offers=(charter(amount=usd(1), min_fill_teu=0),))
    plan = planned(replace(dataset, tariffs=(replace(dataset.tariffs[0], amount=usd(300), mass_to_kg=None),)))
    assert groups_of(plan) == {frozenset({"s1", "s2"})}
    assert [row.train_id is None for row in plan.shipments] == [False, True]
    assert plan.together.cost_cents == pytest.approx(plan.together.bound_cents, abs=20)


def test_the_program_differs_from_prices_by_no_more_than_the_slack():
    """A least amount bends the price, and no cut of the masses falls on the bend."""
    dataset = shared(part(1, "one", due_on=None), part(2, "two", 9_000, due_on=None), part(3, "two", 8_500, due_on=None))
    bent = replace(by_mass(dataset).tariffs[0], mass_to_kg=None, amount=usd(31), minimum=Decimal("440.13"))
    dataset = replace(dataset, tariffs=(bent,))
    work, units = Work(dataset, QUESTION, None), UnitBook()
    rows = [(row, row.shipper_id) for row in dataset.shipments]
    found = units.find(work, list_groups(work, rows), ways_from(dataset, QUESTION))
    leaders = [one for one in found if one.stowed is not None and one.stowed.holds is not None]
    assert leaders
    for leader in leaders:
        stowed = leader.stowed
        assert stowed is not None
        assert stowed.holds is not None
        own, riders = leader.shipment.mass_kg or 0, [one for one in found if one.stowed and one.stowed.unit_key == stowed.unit_key]
        rider = next(one for one in riders if one is not leader)
        assert rider.stowed is not None
        a_kg = sum(one.part[2] for one in rider.stowed.parts) / (rider.shipment.mass_kg or 1)
        for mass in range(max(own, stowed.holds.least_kg), stowed.holds.most_kg, 37):
            line = leader.itinerary.cost_cents + sum(one.part[2] for one in stowed.parts) + a_kg * (mass - own)
            itinerary = units.price(stowed.unit_key, mass)
            assert itinerary is not None
            assert abs(itinerary.cost_cents - line) <= units.slack[leader.shipment.shipment_id]


def test_a_unit_without_a_price_for_just_its_load_is_left_out(monkeypatch: pytest.MonkeyPatch):
    dataset = cheaply(part(1, "one", due_on=None), part(2, "two", due_on=None))
    assert planned(dataset).shared_units
    monkeypatch.setattr(UnitBook, "price", lambda *_: None)
    plan = planned(dataset)
    assert not plan.shared_units
    assert any("no price" in note for note in plan.notes)


def test_the_lighter_a_leader_the_more_it_pays_less_where_prices_are_high():
    """What a leader's itinerary is too dear by moves with its row: 10 less at the low end of the row, 40 less at the high one."""
    assert triangular(0.0, -10, -20, -40) == -10
    assert triangular(1.0, -10, -20, -40) == -40
    assert triangular(0.3, -10, -20, -40) == -triangular(0.3, 10, 20, 40)
    assert 20 < triangular(0.9, 10, 20, 40) < 40
    plan = planned(cheaply(part(1, "one", 9_000, due_on=None), part(2, "two", 8_000, due_on=None)), draws=5)
    assert plan.spread is not None
    assert plan.shared_units


def test_the_frontier_has_the_prices_of_the_units_of_each_plan():
    """The first point of the frontier is the joint plan itself; what its units cost is not taken over to other plans."""
    dataset = cheaply(part(1, "one", due_on=None), part(2, "two", due_on=None), part(3, "two", 2_000, 5, due_on=None))
    plan = planned(dataset, frontier=3)
    assert plan.shared_units
    first = plan.frontier[0]
    assert first.cost_cents == plan.together.cost_cents
    emitted = sum(row.itinerary.emission_g_co2e for row in plan.shipments if row.itinerary)
    assert first.emission_g_co2e == emitted
    assert first.cap_g_co2e >= emitted
    for point in plan.frontier[1:]:
        capped = planned(dataset, most_emission_g=point.cap_g_co2e)
        assert point.cost_cents == pytest.approx(capped.together.cost_cents, abs=2)
        assert point.bound_cents <= capped.together.cost_cents


def test_the_frontier_is_worked_out_over_the_prices_that_were_solved(monkeypatch: pytest.MonkeyPatch):
    """In the settled pool the leader pays for what lies in its unit in one plan, and its riders nothing: wrong for every other plan."""
    solved: list[BookProblem] = []
    real = joint_plan.search_all
    monkeypatch.setattr(joint_plan, "search_all", lambda problem, *args, **more: (solved.append(problem), real(problem, *args, **more))[1])
    monkeypatch.setattr(joint_plan, "frontier_of", lambda problem, *_: solved.append(problem) or ())
    assert planned(cheaply(part(1, "one", due_on=None), part(2, "two", due_on=None)), frontier=1).shared_units
    assert solved[0] is solved[1]


def test_a_part_load_that_can_only_ride_in_a_unit_that_needs_room_needs_room():
    holds = Holds(least_kg=0, most_kg=20_000, most_dm3=60_000)
    problem = BookProblem(
        shipments=("big", "leads", "rides", "free"), payers=("a", "a", "b", "b"), rooms=(Room(name="r", allotted=(("a", 0.0),)),),
        ways=(
            Way(shipment=0, cost=1, teu=8, departures=(0,)), Way(shipment=1, cost=1, teu=2, departures=(0,), holds=holds),
            Way(shipment=2, cost=1, teu=2, departures=(0,)), Way(shipment=2, cost=1, teu=0, inside=1),
            Way(shipment=2, cost=1, teu=0, inside=-1), Way(shipment=3, cost=1, teu=2),
        ),
    )  # fmt: skip
    assert [problem.shipments[one] for one in left_out._tied(problem)] == ["big", "leads", "rides"]


def test_shares_of_units_are_told_proven_to_the_cents_of_their_prices():
    dataset = cheaply(part(1, "one", due_on=None), part(2, "two", due_on=None))
    note = planned(dataset, shares_seconds=5).sharings[0].note
    assert note is not None
    assert "3 of 3 coalition costs proven optimal over the candidates, to 0." in note


# --- what may lie beside what ---------------------------------------------------------------------------------------------------

HS = {
    "food": "1006",
    "plain": "8701",
    **{name: f"99{number:02}" for number, name in enumerate(("3", "4.3", "5.1", "6.1", "8", "9", "1.4"))},
}


def goods_book(one: str, other: str, **more: object) -> Dataset:
    dataset = shared(part(1, "one", due_on=None, hs=HS[one]), part(2, "two", due_on=None, hs=HS[other]), **more)
    classes = tuple(Goods(hs=hs, name=name, dangerous_class=name, **S) for name, hs in HS.items() if name[0].isdigit())
    return replace(dataset, goods=(*dataset.goods, *classes))


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("plain", "3", True), ("3", "3", True), ("3", "8", True), ("3", "9", True), ("6.1", "8", True), ("8", "8", True),
        ("3", "5.1", False), ("5.1", "8", False), ("4.3", "8", False), ("3", "4.3", False), ("1.4", "9", False), ("1.4", "1.4", False),
        ("6.1", "food", False), ("food", "8", False), ("3", "food", True), ("9", "food", True),
    ],
)  # fmt: skip
def test_dangerous_goods_are_segregated_as_the_imdg_code_says(one, other, may):
    """Cells of IMDG 7.2.4 read by hand: 3/5.1 is 2, 5.1/8 is 2, 4.3/8 is 1, 3/8 and 6.1/8 are X."""
    dataset = goods_book(one, other)
    assert (why_apart(dataset, *dataset.shipments) is None) == may
    assert bool(planned(dataset).shared_units) == may
    if not may:
        together = planned(shared(*(replace(row, hs="8701") for row in dataset.shipments)))
        assert any("lies beside" in fault for fault in check_book(dataset, together))


def test_goods_that_the_feed_keeps_apart_do_not_share():
    row = Separation(separation_id="tea", name="Tea takes on smells", hs="1006", other_hs="87", **S)
    assert planned(goods_book("food", "plain")).shared_units
    assert not planned(goods_book("plain", "food", separations=(row,))).shared_units


@pytest.mark.parametrize(("one", "other", "may"), [(4, 4, True), (4, -18, False), (None, 4, False), (None, None, True)])
def test_one_unit_has_one_temperature(one, other, may):
    rows = (part(1, "one", due_on=None, temperature_c=one), part(2, "two", due_on=None, temperature_c=other))
    assert bool(planned(shared(*rows)).shared_units) == may


def test_cold_goods_without_a_temperature_go_by_themselves():
    dataset = shared(part(1, "one", due_on=None), part(2, "two", due_on=None))
    cold = replace(dataset, goods=tuple(replace(row, temperature_controlled=True) for row in dataset.goods))
    assert not planned(cold).shared_units
    told = replace(cold, shipments=tuple(replace(row, temperature_c=4) for row in cold.shipments))
    assert planned(told).shared_units


def test_more_than_a_box_has_no_way():
    plan = planned(shared(part(1, "one", volume=71), part(2, "two")))
    assert "cubic metres" in (plan.shipments[0].reason or "")


def test_every_set_of_levers_carries_the_same_shipments():
    """What can only ride, lead or wait does so without the lever too; what could do otherwise does not."""
    holds = Holds(least_kg=5_000, most_kg=20_000, most_dm3=60_000)
    ways = (
        Way(shipment=0, cost=90.0, teu=2, mass_kg=5_000, holds=holds),
        Way(shipment=0, cost=80.0, teu=2, mass_kg=5_000, holds=replace(holds, least_kg=9_000)),
        Way(shipment=1, cost=9.0, teu=0, mass_kg=4_000, inside=0), Way(shipment=1, cost=70.0, teu=2),
        Way(shipment=2, cost=50.0, teu=2, is_waiting=True), Way(shipment=2, cost=20.0, teu=0, mass_kg=100, inside=0, is_waiting=True),
        Way(shipment=3, cost=9.0, teu=0, mass_kg=200, inside=7), Way(shipment=4, cost=99.0, teu=2, mass_kg=5_000, holds=holds),
    )  # fmt: skip
    problem = BookProblem(shipments=tuple("abcde"), payers=tuple("ABCDE"), ways=ways)
    left = problem.without(["consolidation", "common_timing"])
    assert {way.shipment for way in left.ways} == {0, 1, 2, 3, 4}
    assert [(way.shipment, way.cost) for way in left.ways if way.shipment != 3] == [(0, 90.0), (1, 70.0), (2, 50.0), (4, 99.0)]


def test_without_trains_nobody_rides_in_a_unit_that_goes_by_one():
    """The rider needs what its unit needs: else the train would stay for it, and the lever be worth nothing."""
    holds = Holds(least_kg=1_000, most_kg=20_000, most_dm3=60_000)
    ways = (
        Way(shipment=0, cost=500.0, teu=2, mass_kg=5_000, holds=holds),
        Way(shipment=0, cost=50.0, teu=2, mass_kg=5_000, holds=holds, train=0),
        Way(shipment=1, cost=10.0, teu=0, mass_kg=4_000, inside=0), Way(shipment=1, cost=10.0, teu=0, mass_kg=4_000, inside=1),
        Way(shipment=2, cost=10.0, teu=0, mass_kg=4_000, inside=5),
        Way(shipment=0, cost=40.0, teu=2, mass_kg=5_000, holds=holds, is_waiting=True),
        Way(shipment=2, cost=30.0, teu=0, mass_kg=4_000, inside=0),
    )  # fmt: skip
    train = Train(name="t", kind="block_train", cost=10.0, capacity=9.0, min_fill=0.0)
    problem = BookProblem(shipments=tuple("abc"), payers=tuple("ABC"), ways=ways, trains=(train,))
    assert [way.train for way in problem.without(["block_train"]).ways] == [None] * 5
    assert not any(way.is_waiting for way in problem.without(["common_timing"]).ways)


def test_a_part_load_that_only_the_shed_can_send_is_sent_from_there():
    """No link leads from AQ; the shed in AA fetches what lies there."""
    from tests.corridor import place

    rows = (part(1, "one", due_on=None, from_place_id="AQ"), part(2, "two", due_on=None))
    dataset = shared(*rows, stuffings=(stuffing("a", "AA", serves=("AQ",)), stuffing("b", "BB")))
    dataset = replace(dataset, places=(*dataset.places, place("AQ", lon=0.1, lat=0.4)))
    plan = planned(dataset, levers_seconds=5)
    assert [one.reason for one in plan.shipments] == [None, None]
    (lever,) = (one for one in plan.levers if one.lever == "consolidation")
    assert lever.contribution_cents == plan.saving_cents > 0, "without the lever it goes in a unit by itself, it is not left behind"
    assert dict(plan.alone_by_payer)["one"].cost_cents > dict(plan.alone_by_payer)["two"].cost_cents
    alone = planned(replace(dataset, stuffings=(stuffing("a", "AA"), stuffing("b", "BB"))))
    assert alone.shipments[0].reason
