"""What the tabs of a plan tell, without a browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape

from landbridge.domain.plan import Compared, Stage
from landbridge.planner.shipment import plan_shipment
from landbridge.report.legend import Legend
from landbridge.web.plan_cards import chart_options
from landbridge.web.plan_journey import render_journey
from landbridge.web.plan_money import join_stretches, render_money
from landbridge.web.plan_reasons import render_law, render_other, render_why
from landbridge.web.texts import word
from tests.corridor import question, tiny_corridor


def _way_by_road():
    feed = tiny_corridor()
    plan = plan_shipment(feed, question())
    return feed, plan, next(one for one in plan.itineraries if any(leg.mode == "road" for leg in one.legs))


def test_stretches_of_one_rate_are_one_amount_and_told_with_their_country():
    feed, _, way = _way_by_road()
    freight = next(item for item in way.items if item.row_id in {row.rate_id for row in feed.haulage_rates})
    again = replace(way, items=(*way.items, freight), cost_cents=way.cost_cents + freight.cost_cents)
    joined = join_stretches(again.items)
    assert len(joined) == len(join_stretches(way.items))
    assert sum(item.cost_cents for item in joined) == again.cost_cents
    for end in ("cost_low_cents", "cost_high_cents"):
        assert sum(getattr(item, end) for item in joined) == sum(getattr(item, end) for item in again.items)
    fee = replace(freight, per="load")
    assert join_stretches((fee, fee)) == (fee, fee)
    assert next(item for item in joined if item.row_id == freight.row_id and item.leg == freight.leg).quantity >= 2 * freight.quantity
    rates = tuple(replace(row, country="KZ") if row.rate_id == freight.row_id else row for row in feed.haulage_rates)
    assert f"{freight.name}, Kazakhstan" in str(render_money(again, replace(feed, haulage_rates=rates), Legend(feed)))


def test_a_border_that_is_crossed_twice_is_named_once():
    feed, _, way = _way_by_road()
    twice = replace(way, legs=tuple(replace(leg, borders=("border", "border")) for leg in way.legs))
    shown = str(render_journey(twice, Legend(feed)))
    assert "via border<" in shown
    assert shown.count(">Avoid border<") == len(way.legs)


def test_waits_at_borders_are_told_by_place_and_rests_together():
    feed, _, way = _way_by_road()
    leg = way.legs[0]
    at, hour = leg.departs_at, timedelta(hours=1)
    kinds = (("border", "East|West"), ("border", "East|West"), ("border", "North"), ("rest", "North"), ("rest", "South"))
    stages = tuple(Stage(kind=kind, place_id=place, starts_at=at, ends_at=at + hour) for kind, place in kinds)
    shown = unescape(str(render_journey(replace(way, legs=(replace(leg, stages=stages), *way.legs[1:])), Legend(feed))))
    assert "2 h at the border: East|West<" in shown
    assert "1 h at the border: North<" in shown
    assert f"2 h {word('stage', 'rest')}<" in shown


def test_a_leg_whose_carrier_is_not_named_says_that_nobody_was_screened():
    feed, plan, way = _way_by_road()
    nobody = replace(way, legs=tuple(replace(leg, operator_id=None) for leg in way.legs))
    number = plan.itineraries.index(way) + 1
    ways = (*plan.itineraries[: number - 1], nobody, *plan.itineraries[number:])
    told = "nobody is named, so nobody was screened"
    assert told in str(render_law(replace(plan, itineraries=ways), number, [number], Legend(feed)))
    somebody = replace(way, legs=tuple(replace(leg, operator_id=feed.parties[0].party_id) for leg in way.legs))
    ways = (*plan.itineraries[: number - 1], somebody, *plan.itineraries[number:])
    shown = str(render_law(replace(plan, itineraries=ways), number, [number], Legend(feed)))
    assert told not in shown
    assert feed.parties[0].name in shown
    again = replace(somebody, legs=(*somebody.legs, somebody.legs[-1]))
    plan = replace(plan, itineraries=(*plan.itineraries[: number - 1], again, *plan.itineraries[number:]))
    assert str(render_law(plan, number, [number], Legend(feed))).count(f"<b>{feed.parties[0].name}</b>") == shown.count(
        f"<b>{feed.parties[0].name}</b>"
    )


def test_money_is_told_with_its_currency_and_amounts_of_one_name_with_their_kinds():
    feed, plan, way = _way_by_road()
    wide = [replace(way.items[0], name="Truck", kind=kind, cost_low_cents=0, cost_high_cents=10**8) for kind in ("freight", "fixed")]
    plan = replace(plan, itineraries=(replace(way, items=(*way.items, *wide)),))
    why = str(render_why(plan, feed, 1, Legend(feed)))
    assert f"Where the money goes, {way.currency}" in why
    assert "Truck, freight: ±" in why
    assert "Truck, fixed costs of a run: ±" in why
    plan = replace(plan, itineraries=(replace(way, items=(*way.items, wide[0])),))
    assert "Truck: ±" in str(render_why(plan, feed, 1, Legend(feed)))
    lost = Compared(gateway="AP", itinerary=way, dominated_by=1, reason="dearer")
    assert f"Cost, {way.currency}" in str(render_other(replace(plan, compared=(lost,)), Legend(feed)))


def test_the_chart_shows_a_compared_way_that_is_cheaper_and_faster_however_much_and_none_far_dearer():
    feed, plan, way = _way_by_road()
    cheap = replace(way, cost_cents=way.cost_cents // 10, duration_min=way.duration_min // 10)
    dear = replace(way, cost_cents=way.cost_cents * 10)
    lost = tuple(Compared(gateway="AP", itinerary=one, dominated_by=None, reason="") for one in (cheap, dear))
    options = chart_options(replace(plan, itineraries=(way,), compared=lost), Legend(feed))
    assert [point["value"][1] for point in options["series"][1]["data"]] == [round(cheap.cost_cents / 100)]
    assert not options["visualMap"]["show"]
    assert chart_options(replace(plan, itineraries=(way, replace(way, emission_g_co2e=10**9))), Legend(feed))["visualMap"]["show"]
