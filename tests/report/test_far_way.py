"""Every page counts ways of another corridor in place of listing them: terminal, notebook, report, workbook, map."""

from __future__ import annotations

from dataclasses import replace

import pytest

from landbridge.report.far_way import count_ways, far_rejected_text, group_ways, part_rejected, part_ways
from landbridge.report.legend import Legend
from landbridge.report.page import plain_text
from landbridge.report.plan_html import plan_html
from landbridge.report.plan_page import render_plan
from landbridge.report.plan_report import render_plan_report
from landbridge.report.plan_sheets import plan_sheets
from landbridge.report.plan_view import plan_view
from landbridge.web.plan_reasons import render_other


@pytest.fixture
def shrunk(plan):
    """The same plans over a hundredth of the way, cost and time: what was compared and what is closed is now of another corridor."""
    ways = tuple(
        replace(
            one,
            cost_cents=one.cost_cents // 100,
            duration_min=one.duration_min // 100,
            legs=tuple(replace(leg, distance_m=leg.distance_m // 100) for leg in one.legs),
        )
        for one in plan.itineraries
    )
    return replace(plan, itineraries=ways)


def test_a_closed_way_is_far_by_the_straight_line_through_it(plan, shrunk, dataset):
    legend = Legend(dataset)
    assert part_rejected(plan, legend) == (plan.rejected, ())
    near, far = part_rejected(shrunk, legend)
    found = {one.gateway for one in plan.rejected if one.gateway and legend.find_point(one.gateway) and one.regime is None}
    assert {one.gateway for one in far} == found
    assert set(near) | set(far) == set(plan.rejected)
    assert part_rejected(replace(shrunk, itineraries=()), legend) == (plan.rejected, ())  # without a plan nothing is far
    assert part_rejected(shrunk, Legend()) == (plan.rejected, ())  # nor where nothing is known to lie
    whole = replace(plan.rejected[0], gateway=None, what="shipment")
    assert part_rejected(replace(shrunk, rejected=(whole,)), legend) == ((whole,), ())


def test_a_closed_way_of_a_gateway_that_is_far_is_far(shrunk, dataset):
    one = replace(shrunk.rejected[0], gateway=part_ways(shrunk)[1][0].gateway, regime=None)
    assert part_rejected(replace(shrunk, rejected=(one,)), Legend()) == ((), (one,))


def test_what_bounds_prove_far_round_is_of_another_corridor(plan, dataset):
    one = replace(plan.rejected[0], status="far_round", regime=None)
    assert part_rejected(replace(plan, rejected=(one,)), Legend(dataset)) == ((), (one,))


def test_what_law_forbids_is_shown_however_far_it_lies(shrunk, dataset):
    one = replace(shrunk.rejected[0], gateway=part_ways(shrunk)[1][0].gateway, regime="US")
    assert part_rejected(replace(shrunk, rejected=(one,)), Legend(dataset)) == ((one,), ())


def test_two_reasons_against_one_way_are_one_way(plan):
    one = replace(plan.rejected[0], gateway="XX-A")
    assert far_rejected_text((one, replace(one, reason="another"))).startswith("1 way of another corridor, closed")
    assert far_rejected_text((one, replace(one, gateway="XX-B"))).startswith("2 ways of another corridor, closed")


def test_the_doors_are_alike(plan, shrunk, dataset):
    legend = Legend(dataset)
    far = part_ways(shrunk)[1]
    closed = part_rejected(shrunk, legend)[1]
    assert far
    assert closed
    names = {legend.name(one.gateway) for one in (*far, *closed)}
    used = " ".join(legend.name(place) for one in plan.itineraries for leg in one.legs for place in (*leg.calls, *leg.borders))
    names = {one for one in names if one not in used}

    def pages(plan):
        yield plain_text(render_plan(plan, dataset, width=140))
        yield plan_html(plan, dataset)
        yield render_plan_report(plan, dataset, ())
        (sheet,) = [one for one in plan_sheets(plan, dataset) if one.title == "Not taken"]
        yield str(sheet.rows)

    for before, after in zip(pages(plan), pages(shrunk), strict=True):
        assert any(name in before for name in names)
        listed = after.split("NOTICES")[0]
        assert not [name for name in names if name in listed]
        told = " ".join(after.split())
        assert "more than twice as much as any plan" in told
        assert "of another corridor" in told
    shown = [
        {one["properties"]["name"] for one in plan_view(way, dataset, 1)["features"] if one["properties"]["role"] == "rejected"}
        for way in (plan, shrunk)
    ]
    assert shown[0] - shown[1] == {legend.name(one.gateway) for one in closed}


def test_a_way_that_was_compared_by_two_ports_is_shown_once(plan, dataset):
    one = plan.compared[0]
    twice = replace(plan, compared=(one, replace(plan.compared[1], reason="another"), replace(one, gateway="suez")))
    assert [(name, row.gateway) for name, row in group_ways(twice.compared, Legend())] == [
        (f"{one.gateway}, suez", one.gateway),
        (twice.compared[1].gateway, twice.compared[1].gateway),
    ]
    assert count_ways(twice.compared) == 2
    legend = Legend(dataset)
    name = f"{legend.name(one.gateway)}, {legend.name('suez')}"
    for page in (
        plain_text(render_plan(twice, dataset, width=200)),
        plan_html(twice, dataset),
        render_plan_report(twice, dataset, ()),
        str(render_other(twice, legend)),
    ):
        assert page.count(name) == 1
