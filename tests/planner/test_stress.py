"""Stress tests of books on the tiny corridor, where every answer can be told beforehand."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from landbridge.domain.errors import QueryError
from landbridge.domain.event import Event, EventDay
from landbridge.domain.party import WatchlistEntry
from landbridge.domain.rule import Document, Rule
from landbridge.domain.shipment import Shipment
from landbridge.domain.terminal import Terminal
from landbridge.planner.measures import apply_measure, is_in_force
from landbridge.planner.real_events import pick_lanes
from landbridge.planner.shipment import plan_shipment
from landbridge.planner.stress import ask_stress, stress_book
from landbridge.report.figures import date_text
from landbridge.report.page import plain_text
from landbridge.report.stress_report import render_stress, stress_document, stress_geojson
from tests.corridor import AS_OF, READY, S, question, status, tiny_corridor

MAIN, PORT = "border x", "place AP"


def shipment(number: int, **more):
    fields = {
        "shipment_id": f"s{number}", "shipper_id": "line", "consignee_id": "line", "from_place_id": "AA", "to_place_id": "BB",
        "unit_type_id": "40HC", "units": 1, "hs": "8701", "value": Decimal(50_000), "currency": "USD", "ready_on": READY, **S,
    }  # fmt: skip
    return Shipment(**{**fields, **more})


def closure(event_id: str, begin: date, end: date | None, **more):
    return Event(event_id=event_id, title=event_id, kind="closure", valid_from=begin, valid_to=end, known_from=begin, **S, **more)


def book(*shipments, **more):
    return replace(tiny_corridor(), shipments=shipments or (shipment(1), shipment(2, units=3)), **more)


def stress(dataset, **more):
    return stress_book(dataset, ask_stress(dataset, **more))


def closed(answer, thing):
    return next(one for one in (*answer.closures, *answer.pairs) if set(one.things) == set(thing.split("+")))


def test_a_closure_costs_what_a_question_that_avoids_it_says():
    """Every thing on the best way: the sum over the book is that of plans asked one by one with --avoid."""
    answer = stress(book(shipment(1)))
    best = min(plan_shipment(book(), question(value=Decimal(50_000))).itineraries, key=lambda row: row.cost_cents)
    assert answer.shipments[0].has_way
    checked = 0
    for one in answer.closures:
        avoided = plan_shipment(book(), question(value=Decimal(50_000), avoid=(one.things[0].split()[1],))).itineraries
        balanced = [row for row in avoided if "balanced" in row.labels]
        if one.is_end:
            assert one.lost == ("s1",)
        elif balanced:
            checked += 1
            assert one.extra_cost_cents == balanced[0].cost_cents - answer.shipments[0].cost_cents
            assert one.has_way_around
        else:
            assert one.lost == ("s1",)
    assert checked >= 2
    assert best.cost_cents <= answer.shipments[0].cost_cents


def test_what_no_best_way_uses_is_counted_and_not_tried():
    answer = stress(book())
    assert len(answer.unused) + len(answer.closures) == 6 + 1 + 0 + 1 + 2
    used = {thing for one in answer.shipments for thing in one.things}
    assert {one.things[0] for one in answer.closures} == used


def test_ship_and_border_closed_together_leave_no_way():
    answer = stress(book(), paired=6)
    lost = [one for one in answer.pairs if one.lost]
    assert lost
    assert all(one.has_way_around is False and one.lost == ("s1", "s2") for one in lost)


def test_pairs_may_be_left_out():
    assert stress(book(), paired=0).pairs == ()


def test_a_pair_that_was_chosen_is_closed_even_if_no_other_is():
    answer = stress(book(), paired=0, pairs=("x+AP", "AP + x"))
    assert [one.things for one in answer.pairs] == [(MAIN, PORT)]
    assert answer.pairs[0].lost == ("s1", "s2")


def test_a_chosen_pair_that_nothing_uses_costs_nothing():
    unused = stress(book()).unused[:2]
    found = stress(book(), paired=0, pairs=("+".join(one.split()[1] for one in unused),)).pairs
    assert (found[0].touched, found[0].lost, found[0].extra_cost_cents) == (0, (), 0)


def test_pairs_that_are_none_are_told_all_at_once():
    with pytest.raises(QueryError) as caught:
        ask_stress(book(), pairs=("x", "x+nobody", "x+x"), paired=-1)
    assert sorted(one.code for one in caught.value.findings) == ["PAIR-FORM", "PAIR-FORM", "PAIR-UNKNOWN", "PAIRED"]


def test_too_late_is_not_lost():
    """The best way is by road; the ship comes after the due date."""
    dataset = book(shipment(1, due_on=READY + timedelta(days=6)))
    answer = stress(dataset)
    one = closed(answer, MAIN)
    assert one.late == ("s1",)
    assert one.lost == ()
    assert one.best_way


def test_what_closes_often_costs_more_a_year():
    ends = AS_OF - timedelta(days=30)
    often = tuple(closure(f"c{n}", ends - timedelta(days=60 * n), ends - timedelta(days=60 * n - 9), place_id="AP") for n in range(1, 9))
    seldom, frequent = stress(book()), stress(book(events=often))
    one, other = closed(seldom, PORT), closed(frequent, PORT)
    assert one.closures_per_year < other.closures_per_year
    assert one.expected_year_cents < other.expected_year_cents
    assert other.closed_days == 10
    assert one.extra_cost_cents == other.extra_cost_cents


def test_who_may_wait_does_not_go_around_for_more():
    """Goods of little value: waiting out a closure of ten days is cheaper than the road, so that is what a closure costs."""
    past = (closure("c", AS_OF - timedelta(days=40), AS_OF - timedelta(days=31), place_id="AP"),)
    one = closed(stress(book(shipment(1, value=Decimal(100)), events=past)), PORT)
    assert 0 <= one.expected_year_cents < one.extra_cost_cents


def test_a_measure_is_worth_what_the_book_saves():
    """The port is shut from the day of asking on; open, the difference between the two ways is saved, for each book of a year."""
    shut = book(events=(closure("shut", AS_OF, None, place_id="AP"),))
    opened = stress(shut, measures=("open:AP",)).measures[0]
    difference = sum(a.cost_cents for a in stress(shut).shipments) - sum(b.cost_cents for b in stress(book()).shipments)
    assert difference > 0
    days = [
        (a.duration_min - b.duration_min) / 1440 * a.per_day_cents
        for a, b in zip(stress(shut).shipments, stress(book()).shipments, strict=True)
    ]
    assert opened.usual_cents == pytest.approx((difference + sum(days)) * 365 / 30, abs=50)
    assert opened.worth_cents == opened.usual_cents + opened.closure_cents


def test_sanctions_are_never_varied():
    rule = Rule(
        rule_id="r", title="r", effect="require_permit", rule_class="sanction", regime_id="UN", status="in_force", scope="leg",
        document_id="licence", **S,
    )  # fmt: skip
    licence = Document(document_id="licence", name="Licence", kind="permit", issuer="UN", lead_days=20, **S)
    dataset = book(rules=(rule,), documents=(licence,))
    with pytest.raises(QueryError) as caught:
        apply_measure(dataset, "permit:licence")
    assert caught.value.findings[0].code == "MEASURE-SANCTION"
    eased = apply_measure(replace(dataset, rules=(replace(rule, rule_class="transport"),)), "permit:licence")
    assert eased.documents[0].lead_days == 0


@pytest.mark.parametrize("change", ["gates", "rules", "watchlist", "parties", "operator", "terminals", "call"])
def test_a_feed_that_changes_what_sanctions_rest_on_is_no_measure(monkeypatch, change):
    rule = Rule(
        rule_id="r", title="r", effect="prohibit", rule_class="sanction", regime_id="UN", status="in_force", scope="leg",
        party_ids=("line",),
        **S,
    )  # fmt: skip
    entry = WatchlistEntry(entry_id="e", regime_id="UN", list_name="l", name="Nobody", measure="asset_freeze", listed_on=READY, **S)
    dataset = book(rules=(rule,), watchlist=(entry,))
    own = Terminal(terminal_id="docks", place_id="BP", name="Docks", operator_id="line", **S)
    calls = tuple(replace(row, terminal_id="docks") if row.place_id == "BP" else row for row in dataset.stops)
    dataset = replace(dataset, terminals=(own,), stops=calls)
    party = replace(dataset.parties[0], country="BB")
    changed = {
        "gates": replace(dataset, info=replace(dataset.info, gates=())), "rules": replace(dataset, rules=()),
        "watchlist": replace(dataset, watchlist=()), "parties": replace(dataset, parties=(party,)),
        "operator": replace(dataset, services=(replace(dataset.services[0], operator_id=None),)),
        "terminals": replace(dataset, terminals=(replace(own, operator_id="nobody"),)),
        "call": replace(dataset, stops=tuple(replace(row, terminal_id=None) for row in dataset.stops)),
    }[change]  # fmt: skip
    monkeypatch.setattr("landbridge.sources.load.load_dataset", lambda *_: (changed, ()))
    with pytest.raises(QueryError) as caught:
        apply_measure(dataset, "feed")
    assert caught.value.findings[0].code == "MEASURE-SANCTION"
    monkeypatch.setattr("landbridge.sources.load.load_dataset", lambda *_: (dataset, ()))
    assert apply_measure(dataset, "feed") == dataset


def test_an_event_is_replayed_from_the_day_on_which_it_was_known():
    """Known one day, in force three days later: the day before the plan goes by ship, the day after by the border."""
    event = replace(closure("shut", READY + timedelta(days=3), None, place_id="AP"), known_from=READY)
    replay = stress(book(events=(event,)), replays=("sh*",)).replays[0]
    assert replay.known_from == READY
    assert replay.ready_on == READY + timedelta(days=4)
    (lane,) = replay.lanes
    assert lane.shipment_id == "s2"
    assert {leg.service_id for leg in lane.way_before} != {leg.service_id for leg in lane.way_after}
    assert "ship" not in {leg.service_id for leg in lane.way_after}


def test_a_way_left_that_is_not_confirmed_is_told_and_is_no_saving():
    """The ship, of which nobody knows whether it sails, is cheaper than the truck over the border, and taken only without it."""
    statuses = (status("ship", "unconfirmed"), *tiny_corridor().statuses[1:])
    feed = book(shipment(1), statuses=statuses, events=(closure("shut", READY, None, border_id="x"),))
    answer = stress(feed, as_of=str(READY - timedelta(days=1)), replays=("shut",))
    one = closed(answer, MAIN)
    assert one.extra_cost_cents < 0
    assert one.unconfirmed == ("s1",)
    (lane,) = answer.replays[0].lanes
    assert lane.cost_after_cents < lane.cost_before_cents
    assert (lane.is_confirmed_before, lane.is_confirmed_after) == (True, False)
    page = " ".join(plain_text(render_stress(answer, feed, width=140)).split())
    assert "Only ways that are not confirmed are left when one of these closes" in page
    assert "Border X (1 shipment)" in page
    assert "(unconfirmed)" in page
    assert "this is no saving" in page
    told = {row["name"]: row["unconfirmed"] for row in stress_document(answer, feed, seconds=0)["closures"]}
    assert told["Border X"] == ["s1"]
    assert one.expected_year_cents == 0


def test_a_way_left_that_is_confirmed_is_not_marked():
    answer = stress(book(shipment(1)))
    assert all(one.unconfirmed == () for one in answer.closures)
    assert "unconfirmed" not in plain_text(render_stress(answer, book(shipment(1))))


@pytest.mark.parametrize(
    ("day", "low", "high", "is_felt"),
    [
        ("end_known_from", 0, 20, True),  # it may have been known at once
        ("end_known_from", 5, 20, False),
        ("expected_to", 5, 9, True),
        ("valid_to", 8, 30, False),  # nobody knew it then
    ],
)
def test_a_replay_tells_the_days_that_nobody_told_and_whether_they_are_felt(day, low, high, is_felt):
    event = replace(closure("shut", READY, READY + timedelta(days=10), place_id="AP"), known_from=READY)
    event = replace(event, end_known_from=READY + timedelta(days=9), expected_to=READY + timedelta(days=6))
    row = EventDay(event_id="shut", day=day, low_on=READY + timedelta(days=low), high_on=READY + timedelta(days=high), **S)
    answer = stress(book(events=(event,), event_days=(row,)), replays=("shut",))
    (doubt,) = answer.replays[0].doubts
    assert (doubt.day, doubt.taken_on, doubt.is_felt) == (day, getattr(event, day), is_felt)
    assert doubt.low_on == row.low_on
    page = " ".join(plain_text(render_stress(answer, book())).split())
    low, high = (" ".join(date_text(day).split()) for day in (row.low_on, row.high_on))
    assert f"may have been {low} to {high}" in page
    assert ("another end would have been known" in page) == is_felt


def test_a_replay_alone_waits_for_no_sweep():
    """Only what was asked is worked out; a pair, a measure or no replay at all brings the sweep back."""
    event = Event(
        event_id="shut", title="Shut", kind="closure", place_id="BB", valid_from=READY + timedelta(days=3), known_from=READY, **S,
    )  # fmt: skip
    feed = book(events=(event,))
    heard = []
    answer = stress_book(feed, ask_stress(feed, replays=("shut",), is_swept=False), hear=heard.append)
    assert answer.replays == stress(feed, replays=("shut",)).replays
    assert (answer.is_swept, answer.shipments, answer.closures, answer.unused) == (False, (), (), ())
    assert not any("shipments" in line for line in heard)
    assert ask_stress(feed, replays=("shut",), measures=("open:BB",), is_swept=False).is_swept
    assert ask_stress(feed, is_swept=False).is_swept


def test_nothing_but_the_news_differs_in_a_replay():
    """An event on no best way changes nothing; one that was known years before is asked for shortly before it begins."""
    event = replace(closure("shut", READY + timedelta(days=300), None, place_id="AP"), known_from=READY - timedelta(days=300))
    elsewhere = closure("far", READY, None, border_id="nowhere")
    replays = stress(book(events=(event, replace(elsewhere, known_from=READY))), replays=("all",)).replays
    assert [one.event_ids for one in replays] == [("shut",), ("far",)]
    assert replays[0].ready_on == READY + timedelta(days=301)
    (lane,) = replays[1].lanes
    assert lane.way_before == lane.way_after != ()
    assert (lane.cost_before_cents, lane.duration_before_min) == (lane.cost_after_cents, lane.duration_after_min)


def test_the_lane_that_ends_where_something_happens_is_replayed_too():
    """The largest shipment of a pair of countries, and a smaller one that ends where it happens."""
    dataset = book(shipment(1, to_place_id="BP"), shipment(2, units=9))
    event = replace(closure("shut", READY, None, place_id="BP"), known_from=READY)
    assert [row.shipment_id for row in pick_lanes(dataset, (event,))] == ["s2", "s1"]
    assert [row.shipment_id for row in pick_lanes(dataset, (replace(event, place_id="AA"),))] == ["s2"]


def test_a_border_that_never_closes_is_worth_no_less_than_nothing():
    """Also where a thing without a history is taken to close as long as others do, and where the rest of the feed closes for long."""
    events = (closure("short", READY - timedelta(days=400), READY - timedelta(days=399), border_id="x"),)
    events += (closure("long", READY - timedelta(days=300), READY - timedelta(days=100), place_id="AP"),)
    answer = stress(book(events=events), measures=("open:x", "open:AP"))
    assert all(one.closure_cents >= 0 for one in answer.measures)


def test_an_agreement_in_force_is_worth_what_would_be_lost_without_it():
    """Trucks of the far side may come only under the agreement: in force it is worth what its lack costs."""
    held, lacking = (replace(row, **K) for row, K in ((agreement(), {}), (agreement(), {"status": "signed"})))
    bans = [Rule(rule_id="ban", title="No trucks", effect="prohibit", rule_class="transport", regime_id="BB", status="in_force",
                 unless_rule_ids=("deal",), scope="leg", modes=("road",), **S)]  # fmt: skip
    (has,) = stress(replace(book(), rules=(*bans, held)), measures=("rule:deal",)).measures
    (would,) = stress(replace(book(), rules=(*bans, lacking)), measures=("rule:deal",)).measures
    assert (has.is_held, would.is_held) == (True, False)
    assert (has.usual_cents, has.new_ways) == (would.usual_cents, would.new_ways)
    assert has.new_ways > 0 or has.usual_cents > 0
    assert has.low_cents <= has.worth_cents <= has.high_cents


def test_whether_an_agreement_is_in_force_depends_on_the_day_of_asking():
    later = replace(agreement(), valid_from=READY)
    dataset = replace(book(), rules=(later, ban()))
    before, day = READY - timedelta(days=1), apply_measure(dataset, "rule:deal", as_of=READY)
    assert (is_in_force(dataset, "rule:deal", before), is_in_force(dataset, "rule:deal", READY)) == (False, True)
    assert day.rules[0].status == "signed"
    assert apply_measure(dataset, "rule:deal", as_of=before).rules[0].valid_from is None


def ban(**more):
    values = {"rule_id": "ban", "title": "No", "effect": "prohibit", "rule_class": "transport", "regime_id": "BB", "status": "in_force"}
    return Rule(**({**values, "unless_rule_ids": ("deal",), "scope": "leg"} | S | more))


def test_an_agreement_on_which_nothing_rests_is_no_measure():
    """The draft of an agreement, or one that was only signed, stands in the rules beside the one in force; no ban asks for it."""
    draft = replace(agreement(), rule_id="draft", status="proposed")
    with pytest.raises(QueryError) as caught:
        ask_stress(replace(book(), rules=(ban(), agreement(), draft)), measures=("rule:draft",))
    assert [one.code for one in caught.value.findings] == ["MEASURE-UNKNOWN"]
    assert "rule: one of deal" in caught.value.findings[0].fix


def agreement():
    return Rule(
        rule_id="deal", title="Deal", effect="agreement", rule_class="transport", regime_id="BB", status="in_force", scope="leg", **S
    )


def test_a_rule_that_is_no_agreement_or_a_sanction_is_no_measure():
    ban = Rule(rule_id="ban", title="No", effect="prohibit", rule_class="transport", regime_id="BB", status="in_force", scope="leg", **S)
    sanction = Rule(rule_id="s", title="No", effect="agreement", rule_class="sanction", regime_id="BB", status="in_force", scope="leg", **S)
    with pytest.raises(QueryError) as caught:
        ask_stress(replace(book(), rules=(ban, sanction)), measures=("rule:ban", "rule:s", "rule:none"))
    assert [one.code for one in caught.value.findings] == ["MEASURE-UNKNOWN", "MEASURE-SANCTION", "MEASURE-UNKNOWN"]


def test_an_agreement_that_lifts_a_sanction_is_no_measure():
    sanction = Rule(
        rule_id="s", title="No", effect="prohibit", rule_class="sanction", regime_id="BB", status="in_force", scope="leg",
        unless_rule_ids=("deal",), **S,
    )  # fmt: skip
    with pytest.raises(QueryError) as caught:
        ask_stress(replace(book(), rules=(sanction, replace(agreement(), status="signed"))), measures=("rule:deal",))
    assert [one.code for one in caught.value.findings] == ["MEASURE-SANCTION"]


def test_a_scenario_is_a_measure(tmp_path):
    path = tmp_path / "free.toml"
    path.write_text(
        'title = "T"\ndated_on = 2026-11-24\nsource = "s"\n[[set]]\ntable = "storage"\nvalues = { free_days = 3 }\n', encoding="utf-8"
    )
    with pytest.raises(QueryError) as caught:
        apply_measure(book(), f"scenario:{path}")
    assert caught.value.findings[0].code == "SCENARIO-WRONG"
    with pytest.raises(QueryError, match="there is no scenario and no file"):
        apply_measure(book(), "scenario:nowhere")


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(QueryError) as caught:
        ask_stress(book(), as_of="soon", paired=-1, measures=("open:nothing", "no such feed"), replays=("nothing",))
    assert [one.code for one in caught.value.findings] == ["DATE", "PAIRED", "EVENT-UNKNOWN", "MEASURE-UNKNOWN", "MEASURE-UNKNOWN"]


def test_a_feed_without_shipments_is_told():
    answer = stress(replace(tiny_corridor(), shipments=()))
    assert [one.code for one in answer.findings] == ["BOOK-EMPTY"]
    assert answer.closures == ()


def test_page_document_and_map():
    event = closure("shut", READY, READY + timedelta(days=3), border_id="x")
    dataset = book(events=(event,))
    answer = stress(dataset, measures=("open:x",), replays=("shut",))
    document = stress_document(answer, dataset, seconds=1.0)
    assert [one["rank"] for one in document["closures"]] == list(range(1, len(answer.closures) + 1))
    assert document["no_way_around"]
    kinds = {feature["geometry"]["type"] for feature in stress_geojson(answer, dataset)["features"]}
    assert "Point" in kinds
    text = "\n".join(span.text if hasattr(span, "text") else str(span) for line in render_stress(answer, dataset) for span in [line])
    for heading in ("What closes worst", "The way around", "What measures are worth", "Known from"):
        assert heading in text
    assert "Trucks A to" in text
    assert "ha to" not in text


def test_the_door_tells_everything_at_once():
    from typer.testing import CliRunner

    from landbridge.cli.app import app

    refused = CliRunner().invoke(app, ["stress", "--pairs", "99", "--workers", "0", "--cluster", "x", "--measure", "open:nowhere"])
    assert refused.exit_code == 2
    for code in ("PAIRED", "WORKERS", "CLUSTER-ADDRESS", "MEASURE-UNKNOWN"):
        assert code in refused.output + refused.stderr


def test_the_page_names_what_a_search_left_open():
    answer = stress(book())
    first = answer.closures[0]
    page = " ".join(plain_text(render_stress(answer, book())).split())
    assert "Not known (?)" not in page
    left_open = replace(first, lost=(), unknown=first.lost or ("s1",))
    page = " ".join(plain_text(render_stress(replace(answer, closures=(left_open, *answer.closures[1:])), book())).split())
    assert f"their cost is not in the figures: {first.name} ({len(left_open.unknown)} shipment" in page


def test_the_page_tells_no_days_where_no_shipment_is_left_and_no_minus_nothing():
    answer = stress(book())
    lost = replace(answer.closures[0], name="Lost", touched=2, lost=("s1", "s2"), extra_cost_cents=0, extra_days=0.0)
    around = replace(answer.closures[0], name="Around", touched=2, lost=(), extra_cost_cents=66_900, extra_days=-0.04)
    page = plain_text(render_stress(replace(answer, closures=(lost, around)), book()))
    rows = {line.split()[0]: line.split() for line in page.splitlines() if line.strip().startswith(("Lost", "Around"))}
    assert "+0.0" not in rows["Lost"]
    assert rows["Lost"].count("-") == 2
    assert "+0.0" in rows["Around"]
