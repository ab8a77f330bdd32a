from dataclasses import replace
from datetime import date

from landbridge.domain.plan import RegimeState
from landbridge.report.legend import Legend
from landbridge.report.page import plain_text
from landbridge.report.plan_html import plan_html
from landbridge.report.plan_report import render_plan_report
from landbridge.report.verdict_table import render_compared, render_law, render_rejected
from landbridge.web.plan_reasons import render_law as web_law
from landbridge.web.plan_reasons import render_other


def test_rejections_that_say_the_same_stand_once_with_all_ways(plan, dataset):
    text = plain_text(render_rejected(plan, Legend(dataset), 100))
    assert text.count("Crossings between Pakistan and Afghanistan closed") == 1
    assert "Termez, Torkham" in text
    assert text.count("Klaipeda") == 1
    assert "until 31 Dec 2026" in text


def test_what_is_forbidden_is_named_if_the_reason_does_not(plan, dataset):
    one = replace(plan.rejected[5], what="fesco-filw", reason="no price from RUNVS to AEJEA", status="no_price")
    text = plain_text(render_rejected(replace(plan, rejected=(one,)), Legend(dataset), 120))
    assert "FESCO Indian Line West: no price from Novorossiysk to Jebel Ali" in text


def test_a_rejection_of_the_shipment_needs_no_gateway(plan, dataset):
    one = replace(plan.rejected[0], what="shipment", gateway=None)
    assert "shipment" in plain_text(render_rejected(replace(plan, rejected=(one,)), Legend(dataset), 100))


def test_a_compared_way_says_who_beats_it_once(plan, dataset):
    text = plain_text(render_compared(plan, Legend(dataset), 160))
    assert text.count("plan 1") == 1
    assert "put off; beaten by plan 2" in text


def test_ids_of_services_in_a_reason_are_read_as_names(plan, dataset):
    one = replace(plan.compared[1], reason="unconfirmed: neco-led-khi (no evidence)")
    text = plain_text(render_compared(replace(plan, compared=(one,)), Legend(dataset), 160))
    assert "unconfirmed: Neco Line St Petersburg - Karachi (no evidence)" in text


def test_the_matrix_folds_ways_that_are_free_of_all(plan, dataset):
    text = plain_text(render_law(plan, Legend(dataset), 100))
    assert "free under all of them: Kashgar" in text
    assert "EU (gates)" in text
    assert "blocked Mar 2022" in text


def test_one_reason_of_many_ways_names_some_of_them(plan, dataset):
    gateways = ("RUNVS", "RULED", "RUVVO", "LTKLJ", "INMUN", "UZTMZ", "CNKHG", "IRBND")
    same = tuple(
        replace(plan.rejected[0], what=one, gateway=one, reason="no connection", rule_id=None, status="x", regime=None) for one in gateways
    )
    text = " ".join(plain_text(render_rejected(replace(plan, rejected=same), Legend(dataset), 140)).split())
    assert "Mundra, Termez and 2 more" in text
    assert text.count("no connection") == 1


def test_a_way_that_is_not_there_is_not_called_free(plan, dataset):
    closed = next(one.gateway for one in plan.rejected if one.gateway and one.gateway not in {row.gateway for row in plan.compared})
    cells = tuple(RegimeState(gateway=gateway, regime="US", state="free") for gateway in (closed, plan.compared[0].gateway, "plan 1"))
    text = plain_text(render_law(replace(plan, matrix=cells), Legend(dataset), 100))
    assert Legend(dataset).name(plan.compared[0].gateway) in text
    assert Legend(dataset).name(closed) not in text


def test_ways_of_another_corridor_are_counted_and_not_listed(plan, dataset):
    one = plan.compared[0]
    most = max(row.cost_cents for row in plan.itineraries), max(row.duration_min for row in plan.itineraries)
    far = replace(one, itinerary=replace(one.itinerary, cost_cents=3 * most[0] + 1, duration_min=3 * most[1] + 1))
    near = replace(far, itinerary=replace(far.itinerary, duration_min=most[1]))
    name = Legend(dataset).name(one.gateway)
    assert name in plain_text(render_compared(replace(plan, compared=(near,)), Legend(dataset), 100))
    text = plain_text(render_compared(replace(plan, compared=(far,)), Legend(dataset), 100))
    assert name not in text
    assert "1 way that" in text
    cells = (RegimeState(gateway=one.gateway, regime="US", state="exposed"),)
    assert name not in plain_text(render_law(replace(plan, compared=(far,), matrix=cells), Legend(dataset), 100))


def test_a_way_of_which_nobody_is_named_is_not_called_free(plan, dataset):
    ways = ("plan 1", plan.compared[0].gateway)
    cells = tuple(RegimeState(gateway=way, regime="US", state=state) for way, state in zip(ways, ("unnamed", "free"), strict=True))
    text = " ".join(plain_text(render_law(replace(plan, matrix=cells), Legend(dataset), 120)).split())
    assert "no measure touches whoever is named: plan 1" in text
    assert "nobody is named, so nobody was screened" in text
    assert f"free under all of them: {Legend(dataset).name(ways[1])}" in text
    assert "plan 1" not in text.split("free under all of them:")[1].split("no measure")[0]


def test_who_carries_is_said_with_whose_tracks_are_used_and_where_nobody_is_named(plan, dataset):
    legend, leg = Legend(dataset), plan.itineraries[0].legs[0]
    party = dataset.parties[0]
    over = replace(leg, operator_id=None, infrastructure_ids=(party.party_id,))
    assert legend.name_carriers(over) == f"over the tracks of {party.name}"
    assert legend.name_carriers(replace(leg, operator_id=None)) == ""
    assert legend.name_carriers(replace(leg, operator_id=party.party_id)) == party.name
    standing_for_anybody = replace(dataset, parties=(replace(party, kind="unnamed"), *dataset.parties[1:]))
    assert Legend(standing_for_anybody).name_carriers(replace(leg, operator_id=party.party_id)) == ""


def test_ways_of_which_all_regimes_say_the_same_have_one_row(plan, dataset):
    """Each plan and each compared way by name, of closed ways the first few."""
    compared, legend = plan.compared[0].gateway, Legend(dataset)
    closed = [one.gateway for one in plan.rejected if one.gateway and one.gateway not in {row.gateway for row in plan.compared}]
    closed = [*dict.fromkeys([*closed, *(f"XX-{number}" for number in range(9))])]
    blocked = {"US": "blocked", "EU": "free"}
    cells = [RegimeState(gateway=way, regime=one, state="exposed") for way in ("plan 1", compared, "plan 2") for one in ("US", "EU")]
    cells += [RegimeState(gateway=way, regime=one, state=state) for way in closed for one, state in blocked.items()]
    text = plain_text(render_law(replace(plan, matrix=tuple(cells)), legend, 200))
    (same,) = [line for line in text.splitlines() if "plans 1, 2" in line]
    assert f"plans 1, 2, {legend.name(compared)}" in same
    (shut,) = [line for line in text.splitlines() if "blocked" in line]
    assert f" and {len(closed) - 6} more" in shut


def test_services_that_law_blocks_are_counted_in_the_matrix_and_each_named_among_rejected(plan, dataset):
    legend, services = Legend(dataset), [row.service_id for row in dataset.services[:9]]
    forbidden = [replace(plan.rejected[0], what=one, gateway=one, reason="designated by US", regime="US") for one in services]
    cells = tuple(RegimeState(gateway=one, regime="US", state="blocked") for one in services)
    shown = replace(plan, rejected=tuple(forbidden), matrix=cells, compared=())
    law = plain_text(render_law(shown, legend, 100))
    assert f"blocked by law: {len(services)} services and offers, each under REJECTED" in law
    assert not [one for one in services if legend.name(one) in law]
    rejected = " ".join(plain_text(render_rejected(shown, legend, 4000)).split())
    assert " more" not in rejected
    assert all(" ".join(legend.name(one).split()) in rejected for one in services)


def test_what_law_blocks_stays_in_the_matrix_though_its_border_is_far(plan, dataset):
    """A border of another corridor that a closure shuts, and law beside it: every page shows it as blocked."""
    one = replace(plan.compared[0], itinerary=replace(plan.compared[0].itinerary, cost_cents=10**9, duration_min=10**7))
    shut = replace(plan.rejected[0], gateway=one.gateway, what=one.gateway, regime=None, rule_id=None, reason="shut")
    law = replace(shut, regime="US", rule_id="listed", reason="designated")
    cells = (RegimeState(gateway=one.gateway, regime="US", state="blocked", rule_id="listed"),)
    name, legend = Legend(dataset).name(one.gateway), Legend(dataset)
    for rejected, is_shown in (((shut, law), True), ((shut,), False)):
        told = replace(plan, compared=(one,), rejected=rejected, matrix=cells)
        assert (name in plain_text(render_law(told, legend, 100))) is is_shown
        assert (name in str(web_law(told, 1, (), legend))) is is_shown


def test_services_that_law_blocks_are_counted_and_each_is_named(plan, dataset):
    """Pages alike: the matrix counts them, the list of what is closed names each once, with the reason, whose law it is and since when."""
    legend, services = Legend(dataset), ("neco-led-khi", "fesco-filw")
    one = replace(plan.rejected[0], reason="designated: Somebody", regime="US", rule_id="listed", since=date(2025, 3, 1), until=None)
    rejected = tuple(replace(one, what=name, gateway=name) for name in services)
    cells = tuple(RegimeState(gateway=name, regime="US", state="blocked") for name in services)
    told = replace(plan, rejected=rejected, matrix=cells)
    names = [legend.name(name) for name in services]
    assert "2 services and offers" in plain_text(render_law(told, legend, 100))
    law = str(web_law(told, 1, (), legend)).partition("Whose law touches which way")[2]
    assert "2 services and offers are blocked by law" in law
    assert not any(name in law for name in names)
    pages = (str(render_other(told, legend)), ">US<"), (plan_html(told, dataset), "(US)"), (render_plan_report(told, dataset, ()), "(US)")
    for page, regime in pages:
        assert page.count("designated: Somebody") == 1
        assert all(text in page.replace("\u00a0", " ") for text in (*names, regime, "Mar 2025"))
