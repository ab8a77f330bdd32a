from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from landbridge.domain.book import BookPlan, Lever
from landbridge.domain.book_state import BookState
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import ClusterError, DataError, QueryError
from landbridge.domain.offer import Allotment, BlockOffer, EmptyMove, Quota, Reuse, VolumeTier
from landbridge.domain.party import Party, WatchlistEntry
from landbridge.domain.query import Query
from landbridge.domain.rule import Document, Rule
from landbridge.domain.shipment import Shipment
from landbridge.domain.tariff import ExchangeRate
from landbridge.domain.terminal import Terminal
from landbridge.optimization.book_problem import BookProblem, Room, Way
from landbridge.planner import BookQuestion, Crew, ask_book, plan_book, plan_book_from, read_committed, write_book
from landbridge.planner.book import cap, joint_plan, left_out, run, solve, state
from landbridge.planner.book.candidates import Work, payer_of, query_of
from landbridge.planner.book.left_out import find_left_out
from landbridge.planner.book.state import KeptWays, find_fixed, read_state, ways_of, write_state
from landbridge.planner.book.statement_file import statement_bytes
from landbridge.planner.book.ways import Found, route_candidates
from landbridge.planner.gate import gate_dataset
from landbridge.report.book_document import book_document
from landbridge.report.book_page import render_book
from landbridge.report.book_report import waterfall
from landbridge.report.book_statement import rows_text, statement_rows
from landbridge.report.figures import date_text
from landbridge.report.page import plain_text
from landbridge.sources.codes import make_finding
from landbridge.verification.book import check_book
from tests.corridor import AS_OF, READY, S, tiny_corridor, usd

QUESTION = BookQuestion(as_of=AS_OF, seconds=60, levers_seconds=10, shares_seconds=10, draws=3)


def party(party_id: str) -> Party:
    return Party(party_id=party_id, name=party_id.upper(), kind="company", country="AA", **S)


def shipment(number: int, shipper: str, units: int = 10, **more: object) -> Shipment:
    values = {
        "shipment_id": f"s{number}", "shipper_id": shipper, "consignee_id": "buyer", "from_place_id": "AA", "to_place_id": "BB",
        "unit_type_id": "40HC", "units": units, "hs": "8701", "mass_kg": units * 10_000, "ready_on": READY, "due_on": date(2027, 3, 1), **S,
    }  # fmt: skip
    return Shipment(**(values | more))


def book_of(*shipments: Shipment, **more: object) -> Dataset:
    corridor = tiny_corridor()
    parties = (*corridor.parties, *(party(one) for one in ("one", "two", "buyer") if one not in corridor.party_by_id))
    return replace(corridor, parties=parties, shipments=shipments, **more)


def charter(**more: object) -> BlockOffer:
    corridor = tiny_corridor()
    service = corridor.services[0]
    stops = corridor.stops_by_service[service.service_id]
    values = {
        "offer_id": "charter", "name": "Part charter", "kind": "part_charter", "service_id": service.service_id, "from_place_id":
        stops[0].place_id,
        "to_place_id": stops[-1].place_id, "capacity_teu": 50, "min_fill_teu": 30, "amount": usd(1000, 500, 2000), "currency": "USD", **S,
    }  # fmt: skip
    return BlockOffer(**(values | more))


@pytest.fixture(scope="module")
def shared() -> tuple[Dataset, BookPlan]:
    dataset = book_of(
        shipment(1, "one", incoterm="CPT"), shipment(2, "two", incoterm="CPT"), shipment(3, "two", ready_on=READY + timedelta(days=3),
        units=5),
        block_offers=(charter(),),
    )  # fmt: skip
    return dataset, plan_book(dataset, QUESTION)


def test_together_they_fill_what_neither_fills_alone(shared):
    dataset, plan = shared
    assert check_book(dataset, plan) == ()
    assert [one.kind for one in plan.departures] == ["part_charter"]
    assert plan.departures[0].used_teu >= 40
    assert plan.together.cost_cents < plan.alone.cost_cents
    assert plan.together.bound_cents == plan.together.cost_cents
    assert plan.as_today is None
    assert {one.lever for one in plan.levers} >= {"part_charter"}
    assert plan.spread is not None
    assert 0 < plan.spread.p10_percent <= plan.spread.p50_percent <= plan.spread.p90_percent


def modes_of(dataset: Dataset, state_file: str | None = None) -> set[str]:
    question = BookQuestion(as_of=AS_OF, seconds=10, levers_seconds=0, shares_seconds=0, draws=0)
    plan = plan_book(dataset, question) if state_file is None else plan_book_from(dataset, question, state_file)
    return {leg.mode for row in plan.shipments if row.itinerary for leg in row.itinerary.legs}


def test_a_book_goes_through_the_gate():
    """A carrier that a list names in another script carries nothing of a book, as it carries no single shipment."""
    free = book_of(shipment(1, "one", units=2))
    listed = WatchlistEntry(
        entry_id="listed", regime_id="UN", list_name="The List", name="RUE BELTAMOZHSERVICE", measure="freeze",
        listed_on=date(2025, 3, 1), **S,
    )  # fmt: skip
    named = tuple(replace(row, name="Белтаможсервис") if row.party_id == "line" else row for row in free.parties)
    assert "sea" in modes_of(replace(free, parties=named))
    assert "sea" not in modes_of(replace(free, parties=named, watchlist=(listed,)))


def test_a_book_keeps_off_frozen_terminals():
    """What the gate finds by name operates the port at which the ship calls: the book goes by road, and a plan made before is refused."""
    free = book_of(shipment(1, "one", units=2))
    own = Terminal(terminal_id="docks", place_id="BP", name="Docks", operator_id="port", **S)
    named = Party(party_id="port", name="Белтаможсервис", kind="company", country="BB", **S)
    calls = tuple(replace(row, terminal_id="docks") if row.place_id == "BP" else row for row in free.stops)
    dataset = replace(free, terminals=(own,), parties=(*free.parties, named), stops=calls)
    before = plan_book(dataset, BookQuestion(as_of=AS_OF, seconds=10, levers_seconds=0, shares_seconds=0, draws=0))
    assert check_book(dataset, before) == ()
    listed = WatchlistEntry(
        entry_id="listed", regime_id="UN", list_name="The List", name="RUE BELTAMOZHSERVICE", measure="freeze",
        listed_on=date(2025, 3, 1), **S,
    )  # fmt: skip
    frozen = replace(dataset, watchlist=(listed,))
    assert ("sea" in modes_of(dataset), "sea" in modes_of(frozen)) == (True, False)
    by_id = replace(dataset, watchlist=(replace(listed, party_id="port"),))  # the checker knows designations, and does not match names
    assert any("is blocked by listed" in fault for fault in check_book(by_id, before))
    gated = gate_dataset(frozen, query_of(frozen, QUESTION, frozen.shipments[0], READY))
    assert any("is blocked by listed" in fault for fault in check_book(gated, before))


def test_shares_sum_and_settle(shared):
    _, plan = shared
    assert {one.method for one in plan.sharings} == {"shapley", "nucleolus", "proportional", "equal_profit"}
    for sharing in plan.sharings:
        assert sharing.total_cents == plan.together.cost_cents
    for settlement in plan.settlements:
        assert sum(row.balance_cents for row in settlement.balances) == 0
        assert sum(row.paid_cents for row in settlement.balances) == plan.together.cost_cents


def test_the_document_has_the_names_of_the_issue(shared):
    _, plan = shared
    document = json.loads(json.dumps(book_document(plan, seconds=1.5)))
    assert document["objective_cents"] == plan.together.cost_cents
    assert document["gap"] == 0
    assert document["baselines"]["as_today"] is None
    assert document["saving"]["of_as_today"] is None
    proven = document["saving"]["of_alone"]["proven"]
    assert proven["low"] == proven["high"] == pytest.approx(1 - plan.together.cost_cents / plan.alone.cost_cents)
    assert set(document["saving"]["of_alone"]["inputs"]) >= {"p10", "p50", "p90"}
    assert sum(document["shares"]["nucleolus"].values()) == document["objective_cents"]
    assert set(document["in_core"]) == set(document["shares"])
    assert document["departures"][0]["fill"] == pytest.approx(plan.departures[0].fill_percent / 100)
    assert all(one["itinerary"] or one["reason"] for one in document["shipments"])


def test_the_page_shows_everything(shared):
    dataset, plan = shared
    text = plain_text(render_book(plan, dataset, width=120))
    for word in ("Joint plan", "saving", "Part charter", "Shipments", "Levers", "Shares", "Notes", "not told in the book"):
        assert word in text


def test_the_page_says_what_of_the_levers_payers_have_by_themselves(shared):
    dataset, plan = shared
    lever = Lever(lever="part_charter", contribution_cents=plan.saving_cents + 100_000, low_cents=1, high_cents=10**9)
    page = " ".join(plain_text(render_book(replace(plan, levers=(lever,)), dataset, width=120)).split())
    assert "of that, had by each alone already 1,000" in page
    assert f"of that, by joining {plan.saving_cents / 100:,.0f}" in page
    assert waterfall(book_document(replace(plan, levers=(lever,)), seconds=1.0))[2] == ("had_alone", 100_000)
    exact = replace(lever, contribution_cents=plan.saving_cents)
    assert "had by each alone" not in plain_text(render_book(replace(plan, levers=(exact,)), dataset, width=120))


def test_what_dividing_a_shipment_over_ways_would_bring_is_told():
    """Of 30 boxes 25 fill the charter; written as two shipments they are planned so, for what the page says and papers at the most."""
    offer = charter(amount=usd(8_000), min_fill_teu=40)
    dataset = book_of(shipment(1, "one", units=30, incoterm="CPT"), shipment(2, "two", units=2, incoterm="CPT"), block_offers=(offer,))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert plan.divided is not None
    assert plan.divided.part_units == (("s1", (25, 5)),)
    assert plan.divided.alone is not None
    assert plan.divided.together.bound_cents <= plan.divided.together.cost_cents < plan.together.cost_cents
    rows = (shipment(1, "one", units=25, incoterm="CPT"), shipment(3, "one", units=5, incoterm="CPT"), dataset.shipments[1])
    apart = plan_book(replace(dataset, shipments=rows), QUESTION)
    assert apart.divided is None
    assert plan.divided.together.bound_cents - 100 <= apart.together.cost_cents < plan.together.cost_cents
    page = " ".join(plain_text(render_book(plan, dataset, width=120)).split())
    assert "s1 as 25 + 5 units. Each alone could divide too; joining would then save" in page
    assert book_document(plan, seconds=1.0)["divided"]["parts"] == {"s1": [25, 5]}
    assert check_book(dataset, replace(plan, divided=replace(plan.divided, part_units=(("s1", (25, 4)),))))
    wrong = replace(plan.divided.together, bound_cents=plan.together.cost_cents + 1, cost_cents=plan.together.cost_cents + 2)
    assert check_book(dataset, replace(plan, divided=replace(plan.divided, together=wrong)))


def test_every_change_of_the_plan_is_found(shared):
    dataset, plan = shared
    first, train = plan.shipments[0], plan.departures[0]
    spoiled = {
        "costs": replace(plan, together=replace(plan.together, cost_cents=plan.together.cost_cents - 500)),
        "stands 0 times": replace(plan, shipments=plan.shipments[1:]),
        "stands 2 times": replace(plan, shipments=(*plan.shipments, first)),
        "starts before": replace(plan, shipments=(replace(first, starts_on=READY - timedelta(days=9)), *plan.shipments[1:])),
        "takes the place": replace(plan, shipments=(replace(first, replaced_cents=first.replaced_cents + 7), *plan.shipments[1:])),
        "neither": replace(plan, shipments=(replace(first, itinerary=None), *plan.shipments[1:])),
        "other shipments": replace(plan, departures=(replace(train, shipment_ids=train.shipment_ids[1:]),)),
        "another capacity": replace(plan, departures=(replace(train, capacity_teu=999.0),)),
        "costs something else": replace(plan, departures=(replace(train, cost_cents=1),)),
        "not in the plan": replace(plan, departures=()),
        "bound": replace(plan, together=replace(plan.together, bound_cents=plan.together.cost_cents + 1)),
        "more than apart": replace(plan, alone=replace(plan.alone, cost_cents=0, bound_cents=0)),
        "shares sum": replace(plan, sharings=(replace(plan.sharings[0], shares=plan.sharings[0].shares[1:]),)),
        "leave something open": replace(plan, settlements=tuple(replace(one, payments=()) for one in plan.settlements)),
    }
    for said, wrong in spoiled.items():
        assert any(said in fault for fault in check_book(dataset, wrong)), said


def test_a_statement_names_nobody_else(shared):
    dataset, plan = shared
    text = rows_text(statement_rows(plan, "one", dataset))
    assert "s1" in text
    assert "two" not in text
    assert "s2" not in text


def test_no_cell_is_a_formula(shared):
    dataset, plan = shared
    first = plan.shipments[0]
    wicked = replace(plan, shipments=(replace(first, shipment_id="=cmd()", itinerary=None, reason='+1,"x"'),))
    lines = rows_text(statement_rows(wicked, "one", dataset)).splitlines()
    assert lines[1].startswith('not carried,\'=cmd(),"\'+1,""x"""')


def test_days_on_the_page_and_in_a_statement_are_local(shared):
    """As in reports and on the web page, and as days late are counted: they had been those of UTC."""
    dataset, plan = shared
    far = replace(dataset, places=tuple(replace(row, zone="Pacific/Kiritimati") for row in dataset.places))
    zone = ZoneInfo("Pacific/Kiritimati")
    one = next(row for row in plan.shipments if row.payer_id == "one" and row.itinerary)
    late = replace(one, itinerary=replace(one.itinerary, arrives_at=one.itinerary.arrives_at.replace(hour=20)))
    plan = replace(plan, shipments=(late,))
    arrives = late.itinerary.arrives_at
    assert arrives.astimezone(zone).date() != arrives.date()
    page = plain_text(render_book(plan, far, width=140))
    there, here = (date_text(day).replace("\u00a0", " ") for day in (arrives.astimezone(zone).date(), arrives.date()))
    assert there in page
    assert here not in page
    rows = statement_rows(plan, "one", far)
    assert {row[5] for row in rows if row[0] == "capital"} == {arrives.astimezone(zone).date()}
    assert {row[5] for row in rows if row[0] == "item"} == {late.itinerary.departs_at.astimezone(zone).date()}


def test_a_part_load_ends_in_its_statement_when_it_is_handed_over(shared):
    dataset, plan = shared
    one = next(row for row in plan.shipments if row.payer_id == "one" and row.itinerary)
    handed = one.itinerary.arrives_at + timedelta(days=3)
    rows = statement_rows(replace(plan, shipments=(replace(one, delivered_at=handed),)), "one", dataset)
    zone = ZoneInfo(dataset.get_place(one.itinerary.legs[-1].to_id).zone)
    assert {row[5] for row in rows if row[0] == "capital"} == {handed.astimezone(zone).date()}


def test_times_of_the_document_are_written_as_those_of_a_plan(shared):
    """UTC with ``Z``, as README says; they had ended in ``+00:00``."""
    told = json.dumps(book_document(shared[1], seconds=1.0)["shipments"])
    assert '"departs_at": "' in told
    assert "+00:00" not in told


def test_files_of_a_book(shared, tmp_path):
    dataset, plan = shared
    names = [path.split("/")[-1] for path in write_book(str(tmp_path / "out"), plan, {"format": "x"}, dataset).written]
    assert names == ["book.json", *(f"statement-{payer}.{form}" for payer, _ in plan.alone_by_payer for form in ("csv", "xlsx"))]
    assert (tmp_path / "out" / "statement-one.csv").read_text().startswith("what,of,name,cents")
    alike = replace(plan, alone_by_payer=tuple((payer, plan.alone) for payer in ("a:b", "a+b", "a_b")))
    assert len(set(write_book(str(tmp_path / "alike"), alike, {}, dataset).written)) == 7


def test_a_rebate_is_reached_together():
    service = tiny_corridor().services[0].service_id
    tier = VolumeTier(tier_id="tier", name="Volume", service_id=service, kind="all_units", from_teu=30, amount=usd(10), currency="USD", **S)
    dataset = book_of(shipment(1, "one"), shipment(2, "two"), volume_tiers=(tier,))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    if plan.rebates:
        assert plan.rebates[0].cost_cents == -40 * 10 * 100
        assert plan.alone.cost_cents - plan.together.cost_cents >= 40_000
    assert plan.rebates or all(service not in [leg.service_id for leg in one.itinerary.legs] for one in plan.shipments if one.itinerary)


def test_room_is_allotted_and_shared():
    corridor = tiny_corridor()
    services = tuple(replace(one, capacity_teu=25) for one in corridor.services)
    dataset = book_of(
        shipment(1, "one", ready_on=READY + timedelta(days=9)), shipment(2, "two"), shipment(3, "two", 4), services=services
    )  # fmt: skip
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert plan.together.cost_cents <= plan.alone.cost_cents
    leaves = [one.leaves_on for one in plan.departures]
    assert len(set(leaves)) > 1
    assert leaves == sorted(leaves), "they stood in the order in which shipments use them"


def test_what_cannot_go_has_a_reason_and_the_rest_goes():
    dataset = book_of(
        shipment(1, "one"), shipment(2, "one", due_on=READY - timedelta(days=1)), shipment(3, "two", due_on=READY),
    )  # fmt: skip
    plan = plan_book(dataset, QUESTION)
    reasons = {one.shipment_id: one.reason for one in plan.shipments}
    assert reasons["s1"] is None
    assert "before it is ready" in (reasons["s2"] or "")
    assert reasons["s3"]
    assert check_book(dataset, plan) == ()


def test_a_shipment_too_heavy_for_its_units_has_a_reason():
    plan = plan_book(book_of(shipment(1, "one", mass_kg=10**7), shipment(2, "one")), QUESTION)
    assert "carry at most" in (plan.shipments[0].reason or "")
    assert plan.shipments[1].itinerary is not None


def test_the_value_is_converted():
    rows = (*tiny_corridor().exchange_rates, ExchangeRate(currency="EUR", on=AS_OF, rate=Decimal("0.5"), **S))
    values = {"value": Decimal(100_000), "currency": "EUR"}
    dear = plan_book(book_of(shipment(1, "one", **values), exchange_rates=rows), QUESTION)
    cheap = plan_book(book_of(shipment(1, "one", value=Decimal(100_000), currency="USD"), exchange_rates=rows), QUESTION)
    assert dear.shipments[0].capital_cents == pytest.approx(2 * cheap.shipments[0].capital_cents, abs=2)


def test_shares_say_how_exact_they_are(shared):
    _, plan = shared
    assert all("3 of 3 coalition costs proven" in one.note for one in plan.sharings)


def test_an_empty_book_is_an_answer():
    plan = plan_book(book_of(), QUESTION)
    assert (plan.together.cost_cents, plan.shipments, plan.sharings) == (0, (), ())
    assert plan.findings[0].code == "BOOK-EMPTY"
    assert book_document(plan, seconds=0)["saving"]["of_alone"]["proven"] is None
    assert check_book(book_of(), plan) == ()


def test_only_the_horizon_is_planned():
    dataset = book_of(shipment(1, "one"), shipment(2, "one", ready_on=READY + timedelta(days=20)))
    plan = plan_book(dataset, replace(QUESTION, horizon_to=READY))
    assert [one.shipment_id for one in plan.shipments] == ["s1"]
    assert check_book(dataset, plan) == ()


def test_many_payers_get_sampled_shares():
    shipments = [shipment(number, f"p{number}", units=1 + number % 3) for number in range(14)]
    dataset = book_of(*shipments, block_offers=(charter(min_fill_teu=4),))
    plan = plan_book(dataset, replace(QUESTION, draws=0, shares_seconds=0.2, levers_seconds=0))
    assert {one.method: one.is_exact for one in plan.sharings} == {"shapley": False, "proportional": True}
    assert all(one.total_cents == plan.together.cost_cents for one in plan.sharings)


@pytest.mark.parametrize(("incoterm", "payer"), [("CPT", "one"), ("FCA", "buyer"), (None, "one"), ("EXW", "buyer")])
def test_who_pays(incoterm, payer):
    assert payer_of(shipment(1, "one", incoterm=incoterm)) == payer


def test_all_that_is_wrong_with_a_question_is_told_at_once():
    with pytest.raises(QueryError) as caught:
        ask_book(book_of(), horizon="2027-01-01:2026-01-01", as_of="tomorrow", seconds=0, levers=-1, draws=-5)
    assert [one.code for one in caught.value.findings] == ["HORIZON", "DATE", "SECONDS", "SECONDS", "DRAWS"]
    asked = ask_book(book_of(), horizon="2026-12-01:")
    assert (asked.horizon_from, asked.horizon_to, asked.as_of) == (date(2026, 12, 1), None, AS_OF)


def back(number: int, consignee: str, ready_on: date, **more: object) -> Shipment:
    return shipment(
        number, "buyer", from_place_id="BB", to_place_id="AA", consignee_id=consignee, incoterm="FCA", ready_on=ready_on, **more
    )


def empties(**more: object) -> Reuse:
    values = {
        "reuse_id": "empties", "name": "Empties in BB", "kind": "empty_box", "place_ids": ("BB",), "turn_min": 1440,
        "amount": usd(300, 100, 600),
        "per_day": Decimal(5), "currency": "USD", **S,
    }  # fmt: skip
    return Reuse(**(values | more))


def by_road(*shipments: Shipment, **more: object) -> Dataset:
    dataset = book_of(*shipments, **more)
    return replace(
        dataset, services=(), stops=(), calendars=(), tariffs=(), statuses=tuple(row for row in dataset.statuses if row.haulage_id)
    )


def test_what_one_payer_sets_free_another_uses():
    dataset = by_road(shipment(1, "one", units=4), back(2, "two", READY + timedelta(days=20), units=6), reuses=(empties(),))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert [(one.from_shipment_id, one.to_shipment_id, one.units) for one in plan.turns] == [("s1", "s2", 4)]
    assert plan.saving_cents == -plan.turns[0].cost_cents > 0
    assert {row.shipment_id: row.hire_cents for row in plan.shipments} == {"s1": 4 * 15_000, "s2": 6 * 15_000}
    assert {one.lever: one.contribution_cents for one in plan.levers}["shared_empties"] == plan.saving_cents
    assert book_document(plan, seconds=1.0)["turns"][0]["units"] == 4


def far_apart(**more: object) -> Dataset:
    """Boxes come free in BB, are needed in BX, and each area costs 300 to fetch and return."""
    rows = (shipment(1, "one", units=4), replace(back(2, "two", READY + timedelta(days=20), units=6), from_place_id="BX"))
    areas = (empties(), empties(reuse_id="border", name="Empties at the border", place_ids=("BX",)))
    return by_road(*rows, **({"reuses": areas} | more))


def empty_move(**more: object) -> EmptyMove:
    values = {
        "move_id": "move", "name": "Empties to the border", "kind": "reposition", "from_reuse_id": "empties", "to_reuse_id": "border",
        "move_days": 2, "amount": usd(120, 60, 400), "currency": "USD", **S,
    }  # fmt: skip
    return EmptyMove(**(values | more))


def test_empty_boxes_are_moved_to_where_they_are_needed():
    """Four of six boxes come from BB: 150 for not returning and 150 for not fetching, less 120 and five a day that they wait."""
    assert not plan_book(far_apart(), QUESTION).turns
    dataset = far_apart(empty_moves=(empty_move(),))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    (turn,) = plan.turns
    assert (turn.kind, turn.move_id, turn.reuse_id, turn.to_reuse_id, turn.units) == ("reposition", "move", "empties", "border", 4)
    assert turn.cost_cents == -4 * (30_000 - 12_000 - 500 * turn.kept_days)
    assert plan.saving_cents == -turn.cost_cents
    assert plan.together.bound_cents == plan.together.cost_cents
    balance = {one.reuse_id: one for one in plan.empties}
    assert (balance["empties"].freed_units, balance["empties"].moved_out_units, balance["empties"].returned_units) == (4, 4, 0)
    assert (balance["border"].needed_units, balance["border"].moved_in_units, balance["border"].fetched_units) == (6, 4, 2)
    page = " ".join(plain_text(render_book(plan, dataset, width=120)).split())
    assert "6 boxes are needed: 0 used by the next shipment" in page
    assert "4 moved empty from another area, which saves" in page
    assert book_document(plan, seconds=1.0)["empties"][1]["moved_in"] == 4
    dear = far_apart(empty_moves=(empty_move(amount=usd(301)),))
    assert not plan_book(dear, QUESTION).turns


def test_a_move_is_to_be_had_on_its_days_only():
    """Freed boxes wait for the first day, leave by the last one, and are not moved where there is no day between."""
    dataset = far_apart(empty_moves=(empty_move(),), reuses=far_apart().reuses)
    (turn,) = plan_book(dataset, QUESTION).turns
    needed = READY + timedelta(days=20)
    for days, is_moved in (
        ({"valid_to": needed - timedelta(days=2)}, True), ({"valid_from": needed - timedelta(days=2)}, True),
        ({"valid_from": needed - timedelta(days=1)}, False), ({"valid_to": needed - timedelta(days=2 + turn.kept_days)}, True),
        ({"valid_to": needed - timedelta(days=3 + turn.kept_days)}, False),
    ):  # fmt: skip
        dated = replace(dataset, empty_moves=(empty_move(**days),))
        plan = plan_book(dated, QUESTION)
        assert check_book(dated, plan) == ()
        assert [one.cost_cents for one in plan.turns] == ([turn.cost_cents] if is_moved else []), days
    never = replace(dataset, empty_moves=(empty_move(valid_from=needed),))
    assert any("is not to be had" in fault for fault in check_book(never, plan_book(dataset, QUESTION)))


def test_a_box_waits_where_it_costs_less_as_far_as_the_days_of_a_move_allow():
    """Waiting costs 5 a day in the one area and 9 in the other: the sooner it has to leave, the longer it waits in the dearer."""
    cheap, dear = far_apart().reuses
    dataset = far_apart(empty_moves=(empty_move(),), reuses=(cheap, replace(dear, per_day=Decimal(9))))
    (turn,) = plan_book(dataset, QUESTION).turns
    last = READY + timedelta(days=18)
    soon = replace(dataset, empty_moves=(empty_move(valid_to=last - timedelta(days=1)),))
    plan = plan_book(soon, QUESTION)
    assert check_book(soon, plan) == ()
    assert plan.turns[0].cost_cents == turn.cost_cents + turn.units * 400


def test_boxes_are_hired_one_way_where_that_costs_less():
    """From BB to AA: both halves are 200 a box; hired one way it is 80. A turn saves more: 300 less days."""
    home = empties(reuse_id="home", name="Empties in AA", place_ids=("AA",), amount=usd(100))
    hire = empty_move(move_id="hire", kind="one_way_hire", to_reuse_id="home", move_days=0, amount=usd(80))
    dataset = by_road(
        shipment(1, "one", units=4), back(2, "two", READY + timedelta(days=8), units=6), reuses=(empties(), home), empty_moves=(hire,)
    )
    plan = plan_book(dataset, replace(QUESTION, shares_seconds=0))
    assert check_book(dataset, plan) == ()
    assert {one.kind: one.units for one in plan.turns} == {"turn": 4, "one_way_hire": 2}
    assert next(one.cost_cents for one in plan.turns if one.kind == "one_way_hire") == -2 * 12_000
    past = replace(dataset, empty_moves=(replace(hire, valid_to=READY + timedelta(days=7)),))
    assert {one.kind for one in plan_book(past, replace(QUESTION, shares_seconds=0)).turns} == {"turn"}
    assert any("is not to be had" in fault for fault in check_book(past, plan))
    assert (
        dict(plan.alone_by_payer)["two"].cost_cents
        < dict(plan_book(replace(dataset, empty_moves=()), QUESTION).alone_by_payer)["two"].cost_cents
    )


def test_every_change_of_empty_boxes_is_found():
    dataset = far_apart(empty_moves=(empty_move(),))
    plan = plan_book(dataset, QUESTION)
    (turn,), (first, *rest) = plan.turns, plan.empties
    spoiled = {
        "is not in the feed": replace(plan, turns=(replace(turn, move_id="other"),)),
        "turn by None": replace(plan, turns=(replace(turn, kind="turn", move_id=None),)),
        "cannot use what": replace(plan, turns=(replace(turn, kept_days=turn.kept_days + 1),)),
        "saves": replace(plan, turns=(replace(turn, cost_cents=turn.cost_cents - 100),)),
        "units, 5 are used again": replace(plan, turns=(replace(turn, units=5),)),
        "more 40HC are used again": replace(plan, turns=(replace(turn, units=9),)),
        "another balance": replace(plan, empties=(replace(first, freed_units=1), *rest)),
        "there is none": replace(plan, empties=(*plan.empties, replace(first, unit_type_id="20GP"))),
        "no such yard": replace(plan, turns=(replace(turn, to_reuse_id="nowhere"),)),
    }  # fmt: skip
    for said, wrong in spoiled.items():
        assert any(said in fault for fault in check_book(dataset, wrong)), said
    later = replace(dataset, empty_moves=(empty_move(known_from=date(2027, 1, 1)),))
    assert check_book(later, plan)
    assert not plan_book(later, QUESTION).turns


def test_what_waits_too_long_is_not_used_again():
    dataset = by_road(shipment(1, "one", units=4), back(2, "two", READY + timedelta(days=80), units=6), reuses=(empties(),))
    assert plan_book(dataset, QUESTION).turns == ()


def test_trucks_go_back_loaded():
    row = empties(reuse_id="back", kind="backhaul", haulage_ids=("ha", "hb"), place_ids=("BB",), turn_min=720)
    dataset = by_road(shipment(1, "one", units=3), back(2, "two", READY + timedelta(days=9), units=2), reuses=(row,))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert sum(one.units for one in plan.turns) <= 2


def test_room_above_the_allotment_is_bought_and_shared_room_saves_it():
    row = Allotment(allotment_id="room", name="Room", allotted_teu=12, amount=usd(40, 10, 90), currency="USD", **S)
    narrow = book_of(shipment(1, "one", units=5), shipment(2, "two", units=1, ready_on=READY + timedelta(days=30)), allotments=(row,))
    dataset = replace(narrow, services=tuple(replace(one, capacity_teu=100) for one in narrow.services))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    # 12 TEU are allotted to 12 TEU of the book: 10 to one, 2 to two; each fits, and together nothing is bought
    assert [one.market_teu for one in plan.departures] == [0, 0]
    small = replace(dataset, allotments=(replace(row, allotted_teu=6),))
    less = plan_book(small, QUESTION)
    assert check_book(small, less) == ()
    assert [one.market_teu for one in less.departures] == [4, 0]
    assert less.alone.cost_cents > less.together.cost_cents


def test_a_partner_whose_room_is_left_empty_is_told_why():
    row = Allotment(allotment_id="room", name="Room", allotted_teu=6, amount=usd(40, 10, 90), currency="USD", **S)
    narrow = book_of(shipment(1, "one", units=3), shipment(2, "two", units=3, ready_on=READY + timedelta(days=30)), allotments=(row,))
    dataset = replace(narrow, services=tuple(replace(one, capacity_teu=100) for one in narrow.services))
    (partner,) = plan_book(dataset, replace(QUESTION, partner_of="one")).partners
    assert partner.saving_cents > 0
    assert partner.why
    assert all(one.startswith("room of one that the other leaves empty: ship@") for one in partner.why)


def two_by_charter(**more: object) -> Dataset:
    return book_of(shipment(1, "one"), shipment(2, "two"), block_offers=(charter(**more),))


def test_a_run_goes_on_from_its_checkpoint(tmp_path: Path):
    path, asked = str(tmp_path / "state.json"), []
    dataset = two_by_charter()

    def search(query: Query) -> Found:
        asked.append(query)
        return route_candidates(dataset)(query)

    first = plan_book_from(dataset, QUESTION, path, search=search)
    count = len(asked)
    again = plan_book_from(dataset, QUESTION, path, search=search)
    assert len(asked) == count > 0
    assert again.together == first.together
    assert again.shipments == first.shipments
    other = replace(dataset, digest="other")
    plan_book_from(other, QUESTION, path, search=search)
    assert len(asked) == 2 * count


def test_a_plan_is_told_where_the_disk_has_no_room_for_its_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """After minutes of work the plan was lost with the file."""
    dataset, file = book_of(shipment(1, "one")), str(tmp_path / "book.json")
    real = state.write_state

    def full(path: str, kept: BookState) -> None:
        if kept.ways:
            raise DataError([make_finding("FILE-UNWRITABLE", file=path, message="cannot be written: no space left on device")])
        real(path, kept)

    monkeypatch.setattr(state, "write_state", full)
    plan = plan_book_from(dataset, QUESTION, file)
    assert plan.together.cost_cents > 0
    assert any("no space left" in note and file in note for note in plan.notes)


def test_a_checkpoint_that_is_none_is_told(tmp_path: Path):
    path = tmp_path / "state.json"
    path.write_text('{"format": "landbridge.book-state/1", "ways": 3}', encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_committed(str(path))
    assert len(error.value.findings) > 1
    path.write_text('{"format": "landbridge.book/1", "ways": 3}', encoding="utf-8")
    with pytest.raises(DataError, match="joint plan of a book") as error:
        read_committed(str(path))
    assert [one.code for one in error.value.findings] == ["BOOK-STATE"]


def test_nothing_is_taken_over_from_before_a_designation(tmp_path: Path):
    """A carrier that is listed after a checkpoint was written carries nothing of the next run."""
    path = str(tmp_path / "state.json")
    dataset = book_of(shipment(1, "one", units=2))
    assert "sea" in {leg.mode for row in plan_book_from(dataset, QUESTION, path).shipments if row.itinerary for leg in row.itinerary.legs}
    listed = WatchlistEntry(
        entry_id="listed", regime_id="UN", list_name="The List", name="The Line", measure="freeze", listed_on=date(2025, 3, 1), **S
    )
    after = replace(dataset, watchlist=(listed,))  # the digest is the same, as with lists that are imported
    assert "sea" not in {leg.mode for row in plan_book_from(after, QUESTION, path).shipments if row.itinerary for leg in row.itinerary.legs}


def test_nothing_is_taken_over_from_before_a_ban_or_a_wider_policy(tmp_path: Path):
    """Rules of the feed world hold beside a feed whose digest they do not change, and decisions of people change whose lists block."""
    ban = Rule(
        rule_id="ban", title="A ban", effect="prohibit", rule_class="sanction", regime_id="UN", status="in_force", scope="leg",
        service_ids=("ship",), **S,
    )  # fmt: skip
    free = book_of(shipment(1, "one", units=2))
    entry = WatchlistEntry(
        entry_id="listed", regime_id="UN", list_name="List", name="x", party_id="line", measure="freeze", listed_on=date(2025, 3, 1), **S
    )
    listed = replace(free, watchlist=(entry,))
    narrow = replace(listed, info=replace(listed.info, gates=("BB",)))
    for name, before, after in (("ban", free, replace(free, rules=(ban,))), ("policy", narrow, listed)):
        path = str(tmp_path / f"{name}.json")
        assert "sea" in modes_of(before, path)
        assert "sea" not in modes_of(after, path)


def test_what_is_ordered_stays_and_the_rest_is_planned_anew():
    dataset = two_by_charter(lead_days=30)
    early = replace(QUESTION, as_of=AS_OF - timedelta(days=40))
    first = plan_book(dataset, early)
    assert all(row.train_id for row in first.shipments)
    ways = ways_of(first)
    # asked later: the lead time of the charter is over, it is ordered already
    later = plan_book(dataset, replace(QUESTION, committed=ways))
    assert check_book(dataset, later) == ()
    assert later.committed_ids == ("s1", "s2")
    assert later.changes == ()
    assert [row.train_id for row in later.shipments] == [row.train_id for row in first.shipments]
    fresh = plan_book(dataset, QUESTION)
    assert {row.train_id for row in fresh.shipments} != {row.train_id for row in first.shipments}


def test_what_leaves_tomorrow_where_it_is_has_not_departed_yet():
    """At one in the morning of the next day by its own clock, the evening before by UTC: it had counted as under way."""
    dataset = book_of(shipment(1, "one"))
    (way,) = ways_of(plan_book(dataset, QUESTION))
    leaves = way.itinerary.departs_at.replace(hour=20)
    late = replace(way, itinerary=replace(way.itinerary, departs_at=leaves))
    far = replace(dataset, places=tuple(replace(row, zone="Asia/Karachi") for row in dataset.places))
    assert find_fixed(far, (late,), leaves.date()) == {}
    assert set(find_fixed(far, (late,), leaves.date() + timedelta(days=1))) == {"s1"}


def test_a_change_is_told_and_made_only_when_it_pays():
    dataset = two_by_charter()
    first = plan_book(dataset, QUESTION)
    dearer = two_by_charter(amount=usd(1_000_000))
    again = plan_book(dearer, replace(QUESTION, committed=ways_of(first)))
    assert again.committed_ids == ()
    assert len(again.changes) == 2
    assert plan_book(dataset, replace(QUESTION, committed=ways_of(first))).changes == ()


def test_a_cap_on_emissions_costs_and_the_frontier_rises():
    dataset = book_of(shipment(1, "one", units=2), shipment(2, "two", units=3))
    free = plan_book(dataset, replace(QUESTION, frontier=4))
    costs = [one.cost_cents for one in free.frontier]
    assert costs == sorted(costs)
    assert all(one.emission_g_co2e <= one.cap_g_co2e for one in free.frontier)
    least = free.frontier[-1].emission_g_co2e
    capped = plan_book(dataset, replace(QUESTION, most_emission_g=least))
    assert check_book(dataset, capped) == ()
    assert capped.together.cost_cents == costs[-1]
    with pytest.raises(QueryError, match="CO2e"):
        plan_book(dataset, replace(QUESTION, most_emission_g=least - 1_000_000))


def test_a_price_of_emissions_is_paid_in_every_plan():
    dataset = book_of(shipment(1, "one", units=2), shipment(2, "two", units=3))
    free, priced = (plan_book(dataset, replace(QUESTION, co2e_cents_per_t=price)) for price in (0, 500_000))
    emitted = [sum(row.itinerary.emission_g_co2e for row in plan.shipments if row.itinerary) for plan in (free, priced)]
    assert emitted[1] <= emitted[0]
    assert check_book(dataset, priced) == ()
    assert sum(row.carbon_cents for row in priced.shipments) == pytest.approx(emitted[1] * 0.5, abs=2)
    assert priced.alone.cost_cents >= priced.together.cost_cents > free.together.cost_cents
    assert check_book(dataset, replace(priced, co2e_cents_per_t=1_000))
    assert "carbon" in rows_text(statement_rows(priced, "one", dataset))


def test_the_best_partner_stands_first():
    dataset = by_road(
        shipment(1, "one", units=4), back(2, "two", READY + timedelta(days=20), units=4), shipment(3, "three", units=4), reuses=(empties(),)
    )
    dataset = replace(dataset, parties=(*dataset.parties, party("three")))
    plan = plan_book(dataset, replace(QUESTION, partner_of="one"))
    assert [one.payer_id for one in plan.partners] == ["two", "three"]
    assert plan.partners[0].saving_cents > plan.partners[1].saving_cents == 0
    assert "4 boxes used again" in plan.partners[0].why[0]
    assert "Partners" in plain_text(render_book(plan, dataset))
    with pytest.raises(QueryError, match="pays for no shipment"):
        plan_book(dataset, replace(QUESTION, partner_of="nobody"), search=lambda _: pytest.fail("nothing is looked for in vain"))


def test_a_workbook_holds_a_payers_own_rows_only(tmp_path: Path, shared):
    from openpyxl import load_workbook

    dataset, plan = shared
    write_book(str(tmp_path), plan, book_document(plan, seconds=1.0), dataset)
    book = load_workbook(tmp_path / "statement-one.xlsx")
    items, totals = ([[cell.value for cell in row] for row in book[name].iter_rows()] for name in ("Items", "Statement"))
    assert items[0][:4] == ["what", "shipment", "name", "amount"]
    assert {row[1] for row in items if row[0] == "item"} == {"s1"}
    assert not any("two" in str(cell) for row in (*items, *totals) for cell in row)
    paid = next(row[3] for row in totals if row[0] == "paid")
    assert items[-1][3] == f"=SUM(D2:D{len(items) - 1})"
    assert sum(row[3] for row in items[1:-1]) == pytest.approx(paid)
    assert paid == next(row.paid_cents for row in plan.settlements[0].balances if row.party_id == "one") / 100
    assert book["Items"]["F2"].is_date
    assert statement_bytes(json.loads(json.dumps(statement_rows(plan, "one", dataset), default=str)), "xlsx")


def border(**more: object) -> Quota:
    values = {
        "quota_id": "gate",
        "name": "Trucks over X",
        "border_id": "x",
        "modes": ("road",),
        "per": "week",
        "units": 6,
        "currency": "USD",
    }
    return Quota(**(values | {"amount": usd(100, 50, 200), "currency": "USD"} | S | more))


def test_what_passes_a_border_in_a_week_is_allotted_and_more_has_a_price():
    rows = (shipment(1, "one", units=4), shipment(2, "two", units=4), shipment(3, "two", units=6, ready_on=READY + timedelta(days=14)))
    dataset = by_road(*rows, quotas=(border(),))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert [(one.units, one.quota_left, one.cost_cents) for one in plan.quotas] == [(8, 6, 20_000), (6, 6, 0)]
    assert plan.alone.cost_cents > plan.together.cost_cents  # alone each has its own part of the six
    document = book_document(plan, seconds=1.0)
    assert document["quotas"][0] == {
        "quota_id": "gate", "name": "Trucks over X", "begins_on": "2026-11-30", "units": 8, "left": 6, "cost_cents": 20_000,
        "shipments": ["s1", "s2"],
    }  # fmt: skip
    assert "Trucks over X" in plain_text(render_book(plan, dataset))
    assert check_book(replace(dataset, quotas=(border(units=9),)), plan)
    assert check_book(replace(dataset, quotas=(border(amount=usd(90)),)), plan)
    assert check_book(dataset, replace(plan, quotas=plan.quotas[:1]))


def test_where_no_more_may_pass_what_is_left_goes_another_way_or_has_a_reason():
    closed = border(units=7, amount=None, currency=None)
    rows = (shipment(1, "one", units=4), shipment(2, "two", units=4))
    dataset = book_of(*rows, quotas=(closed,))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert all(one.itinerary for one in plan.shipments)
    assert sum(one.units for one in plan.quotas) <= 7
    road = by_road(*rows, quotas=(closed,))
    less = plan_book(road, QUESTION)
    assert check_book(road, less) == ()
    assert any("quotas and permits" in (one.reason or "") for one in less.shipments)


def test_permits_of_which_few_are_left_are_shared():
    permit = Document(document_id="dozvol", name="Permit", kind="permit", issuer="BB", lead_days=1, quota_left=6, **S)
    need = Rule(
        rule_id="needs", title="Trucks need a permit", effect="require_permit", rule_class="transport", regime_id="UN", status="in_force",
        scope="leg", modes=("road",), document_id="dozvol", **S,
    )  # fmt: skip
    rows = (shipment(1, "one", units=4), shipment(2, "two", units=4))
    dataset = book_of(*rows, documents=(permit,), rules=(need,))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    assert sum(one.units for one in plan.quotas) <= 6
    assert plan.quotas


def test_what_cannot_go_for_want_of_a_permit_takes_nothing_else_with_it():
    """The greatest shipment of the payer, which needs no permit, was left out first."""
    permit = Document(document_id="dozvol", name="Permit", kind="permit", issuer="BB", lead_days=1, quota_left=3, **S)
    need = Rule(
        rule_id="needs", title="Trucks need a permit", effect="require_permit", rule_class="transport", regime_id="UN", status="in_force",
        scope="leg", modes=("road",), hs=("0901",), document_id="dozvol", **S,
    )  # fmt: skip
    rows = (shipment(1, "one", units=4), shipment(2, "one", units=1, hs="0901"), shipment(3, "two", units=20))
    dataset = by_road(*rows, documents=(permit,), rules=(need,), quotas=(border(units=1_000, amount=None, currency=None),))
    plan = plan_book(dataset, QUESTION)
    assert check_book(dataset, plan) == ()
    reasons = {one.shipment_id: one.reason for one in plan.shipments}
    assert reasons["s1"] is reasons["s3"] is None
    assert (reasons["s2"] or "").endswith("is too small: Permit, 0.6 allotted, 1 needed")


def test_as_few_teu_as_can_be_stay_behind():
    sizes = (20.0, 10.0, 8.0, 2.0)
    ways = tuple(Way(shipment=number, cost=1, teu=teu, departures=(0,)) for number, teu in enumerate(sizes))
    names = ("a", "b", "c", "d")
    problem = BookProblem(shipments=names, payers=("one",) * 4, ways=ways, rooms=(Room(name="r", allotted=(("one", 30.0),)),))
    assert find_left_out(problem, 5.0, is_last=False) == ("b",)
    small = replace(problem, rooms=(Room(name="r", allotted=(("one", 1.0),)),))
    assert find_left_out(small, 5.0, is_last=False) == names


def test_a_statement_adds_up_and_tells_nothing_of_the_only_other_member():
    dataset = replace(two_by_charter(), parties=(*two_by_charter().parties, party("three")))
    for rows in ((1, 2), (1, 2, 3)):
        names = {1: "one", 2: "two", 3: "three"}
        book = replace(dataset, shipments=tuple(shipment(number, names[number]) for number in rows))
        plan = plan_book(book, QUESTION)
        for settlement in plan.settlements:
            for balance in settlement.balances:
                cells = statement_rows(plan, balance.party_id, book)[1:]
                parts = {"item", "capital", "hire", "carbon", "replaced", "shared"}
                assert sum(row[3] for row in cells if row[0] in parts) == balance.paid_cents
                assert [row[3] for row in cells if row[0] == "paid"] == [balance.paid_cents]
                assert any(row[0] == "joint" for row in cells) == (len(rows) == 3)


def test_as_today_is_priced_only_where_the_book_tells_every_chain():
    rows = (shipment(1, "one", units=2, today_via=("x",)), shipment(2, "two", units=3, today_via=("AX", "BX")))
    dataset = book_of(*rows)
    plan = plan_book(dataset, QUESTION)
    assert plan.as_today is not None
    assert plan.as_today.cost_cents >= plan.alone.cost_cents
    saving = book_document(plan, seconds=1.0)["saving"]["of_as_today"]
    assert saving["proven"]["low"] == 1 - plan.together.cost_cents / plan.as_today.cost_cents
    assert saving["inputs"]["p10"] <= saving["inputs"]["p90"]
    for other in ((*rows[:1], shipment(2, "two", units=3)), (shipment(1, "one", today_via=("nowhere",)),)):
        less = plan_book(book_of(*other), QUESTION)
        assert less.as_today is None
        assert any("as today is left out" in note for note in less.notes)
    assert plan_book(book_of(shipment(1, "one")), QUESTION).as_today is None


def test_later_starts_are_looked_at_when_a_run_goes_on(tmp_path: Path):
    """A run that was ended after the first answers goes on with the later starts, as if it had not been ended."""
    path, dataset = str(tmp_path / "state.json"), book_of(
        shipment(1, "one"), shipment(2, "two", ready_on=READY + timedelta(days=3)), block_offers=(charter(),)
    )  # fmt: skip
    whole = plan_book_from(dataset, QUESTION, path)
    state = read_state(path)
    first = {row.ready_on for row in dataset.shipments if row.shipment_id == "s1"}
    early = tuple(one for one in state.searches if one.query.ready_on in first or one.query.shipper_id == "two")
    assert len(early) < len(state.searches)
    write_state(path, replace(state, searches=early, ways=()))
    assert plan_book_from(dataset, QUESTION, path).together == whole.together
    assert len(read_state(path).searches) == len(state.searches)


def test_where_nothing_fits_all_that_need_room_are_left_out_at_once(monkeypatch: pytest.MonkeyPatch):
    """A border that nothing passes: one turn for all; where the solver finds nothing one each while there is time, one for all after."""
    rows = tuple(shipment(number, "one", units=2 + number) for number in range(1, 4))
    road, turns = by_road(*rows, quotas=(border(units=0, amount=None, currency=None),)), []
    real = left_out.find_left_out
    monkeypatch.setattr(joint_plan, "find_left_out", lambda *args, **more: turns.append(args) or real(*args, **more))
    solver = left_out.solve_book
    for solves, has_time, expected in ((True, True, 1), (False, True, 3), (False, False, 1)):
        turns.clear()
        monkeypatch.setattr(Work, "has_time", property(lambda _, value=has_time: value))
        monkeypatch.setattr(left_out, "solve_book", solver if solves else lambda *_, **__: None)
        plan = plan_book(road, QUESTION)
        assert all("quotas and permits" in (one.reason or "") for one in plan.shipments)
        assert len(turns) == expected


def test_what_is_found_after_the_preparation_is_kept_when_a_run_is_broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Writing takes long, so that the second answer does not come into the file at once."""
    path, dataset = tmp_path / "state.json", book_of(shipment(1, "one"), shipment(2, "two", ready_on=READY + timedelta(days=3)))

    def broken_off(_: Dataset, question: BookQuestion, *, search: KeptWays, **__: object) -> BookPlan:
        search.save_seconds = 100.0
        for row in dataset.shipments:
            search.find(query_of(dataset, question, row, row.ready_on))
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "plan_book", broken_off)
    with pytest.raises(KeyboardInterrupt):
        plan_book_from(dataset, QUESTION, str(path))
    assert len(read_state(str(path)).searches) == 2


def test_a_cap_that_is_not_met_is_told_as_a_bound_or_as_not_proven(monkeypatch: pytest.MonkeyPatch):
    dataset = book_of(shipment(1, "one", units=2), shipment(2, "two", units=3))
    least = plan_book(dataset, replace(QUESTION, frontier=2)).frontier[-1].emission_g_co2e
    with pytest.raises(QueryError, match="none can emit less than"):
        plan_book(dataset, replace(QUESTION, most_emission_g=least // 2))
    monkeypatch.setattr(cap, "solve_book", lambda *_, **__: None)  # as if the time had been over
    with pytest.raises(QueryError, match="is not") as caught:
        plan_book(dataset, replace(QUESTION, most_emission_g=least + 1_000_000))
    assert "seconds" in str(caught.value.findings[0].fix)


def test_a_plan_that_is_known_to_emit_less_is_told_when_no_better_one_is_found(monkeypatch: pytest.MonkeyPatch):
    """The search under the cap finds nothing in its time: the plan that emits least is one."""
    dataset = book_of(shipment(1, "one", units=2), shipment(2, "two", units=3))
    least = plan_book(dataset, replace(QUESTION, frontier=2)).frontier[-1].emission_g_co2e
    monkeypatch.setattr(solve, "solve_book", lambda problem, *args, **more: None)
    plan = plan_book(dataset, replace(QUESTION, most_emission_g=least, seconds=1))
    assert sum(row.itinerary.emission_g_co2e for row in plan.shipments if row.itinerary) <= least


def test_a_cluster_that_is_not_there_is_told_before_anything_is_planned(monkeypatch):
    def look(*_: object) -> Found:
        pytest.fail("ways were looked for")

    monkeypatch.setattr("landbridge.planner.sweep.CONNECT_SECONDS", 0.1)
    with pytest.raises(ClusterError, match="no scheduler answers"):
        plan_book(book_of(shipment(1, "one")), replace(QUESTION, crew=Crew(cluster="tcp://127.0.0.1:9")), search=look)
