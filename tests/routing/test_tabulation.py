"""Tables: what the plain terms say, for every side of a border."""

from dataclasses import replace
from datetime import timedelta

import pytest

from landbridge.domain.place import Hours
from landbridge.domain.rule import Document, Rule
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.scene import Scene
from landbridge.routing.tables import BLOCKED
from landbridge.terms.terms import Terms
from tests.corridor import READY, S, question, tiny_corridor
from tests.properties.random_feed import random_dataset, random_question


def test_a_border_opens_by_the_clock_of_the_side_from_which_it_is_crossed():
    dataset = tiny_corridor()
    zones = {"AX": "Asia/Shanghai", "BX": "Asia/Karachi"}
    hours = Hours(hours_id="h", border_id="x", weekdays=(1, 2, 3, 4, 5), opens_min=0, closes_min=1440, **S)
    dataset = replace(
        dataset,
        places=tuple(replace(row, zone=zones.get(row.place_id, row.zone)) for row in dataset.places),
        hours=(hours,),
    )
    search = LabelSearch(Scene(compile_graph(dataset), Terms(dataset, question())))
    tables, arcs = search.tables, search.tabulation.arcs
    firsts = {
        link.from_id: int(tables.open_start[tables.open_first[tables.arc_open[index]]])
        for index, (link, _) in enumerate(arcs)
        if link.link.border_id
    }
    assert firsts["BX"] - firsts["AX"] == 3 * 60


def search_of(dataset, query):
    return LabelSearch(Scene(compile_graph(dataset), Terms(dataset, query)))


def compare_to_terms(search, terms):
    """Every ride and arc on every day on which something may change, as the plain terms tell it; how many changed on the way."""
    tables, table, changed = search.tables, search.tabulation, 0
    for k, day in enumerate(table.days):
        for r, ride in enumerate(table.rides):
            leg = terms.scheduled_leg(ride.boarding.service, ride.boarding.stops[: ride.position + 1], day)
            is_blocked = any(block.status != "no_price" for block in leg.blocks)
            assert (tables.ride_state[r, k] == BLOCKED) == is_blocked
            assert (tables.ride_cost[r, k], tables.ride_emission[r, k]) == (leg.cost_cents, leg.emission_g)
            changed += k > 0 and tables.ride_cost[r, k] != tables.ride_cost[r, k - 1]
        for a, (link, o) in enumerate(table.arcs):
            leg = terms.link(table.offers[o], link.link, link.from_id, link.to_id, day)
            assert (tables.arc_state[a, k] == BLOCKED) == bool(leg.blocks)
            if not leg.blocks:
                assert (tables.arc_cost[a, k], tables.arc_emission[a, k]) == (leg.cost_cents, leg.emission_g)
            changed += k > 0 and tables.arc_state[a, k] != tables.arc_state[a, k - 1]
    return changed


def test_tables_say_on_every_day_what_the_terms_say():
    changed = 0
    for seed in range(60):
        dataset, query = random_dataset(seed), random_question(seed)
        changed += compare_to_terms(search_of(dataset, query), Terms(dataset, query))
    assert changed > 20, "prices and states change in these feeds"


@pytest.mark.parametrize("effect", ["prohibit", "agreement"])
def test_a_rule_that_lifts_one_of_another_scope_is_felt_on_its_day(effect):
    known = {"rule_class": "transport", "regime_id": "BB", "status": "in_force", **S}
    ban = Rule(rule_id="ban", title="No", effect="prohibit", scope="leg", unless_rule_ids=("lift",), **known)
    day = READY + timedelta(days=5)
    lift = Rule(rule_id="lift", title="Lift", effect=effect, scope="transfer", countries=("ZZ",), valid_from=day, **known)
    dataset = replace(tiny_corridor(), rules=(ban, lift))
    assert compare_to_terms(search_of(dataset, question()), Terms(dataset, question())) > 0


def test_a_paper_that_nobody_waits_for_opens_the_way_on_the_day_it_is_there():
    paper = Document(document_id="permit", name="Permit", kind="permit", issuer="BB", lead_days=20, **S)
    rule = Rule(
        rule_id="needs", title="Permit", effect="require", scope="leg", document_id="permit", short_lead="reject", rule_class="transport",
        regime_id="BB", status="in_force", **S,
    )  # fmt: skip
    dataset = replace(tiny_corridor(), rules=(rule,), documents=(paper,))
    search = search_of(dataset, question())
    opens = question().as_of + timedelta(days=20)
    assert opens in search.tabulation.days
    assert compare_to_terms(search, Terms(dataset, question())) > 0
    k = search.tabulation.days.index(opens)
    assert (search.tables.ride_state[:, k - 1] == BLOCKED).all()
    assert (search.tables.ride_state[:, k] != BLOCKED).all()


@pytest.mark.parametrize(
    ("permit", "short_lead", "closed_until"),
    [
        ({"lead_days": 0, "quota_left": 1}, "wait", None),
        ({"lead_days": 0, "valid_from": READY + timedelta(days=9)}, "wait", 9),
        ({"lead_days": 20}, "reject", 13),
    ],
)
def test_goods_change_vehicle_only_where_the_permit_for_it_can_be_had(permit, short_lead, closed_until):
    known = {"regime_id": "BB", "status": "in_force", "rule_class": "transport", **S}
    need = Rule(
        rule_id="need",
        title="Need",
        effect="require_permit",
        document_id="p",
        short_lead=short_lead,
        scope="transfer",
        place_ids=("AP",),
        **known,
    )
    paper = Document(document_id="p", name="Permit", kind="permit", issuer="x", **permit, **S)
    search = search_of(replace(tiny_corridor(), documents=(paper,), rules=(need,)), question(units=2))
    days = search.tabulation.days
    closed = [closed_until is None or day < READY + timedelta(days=closed_until) for day in days]
    assert change_at_ap(search).astype(bool).tolist() == closed


@pytest.mark.parametrize(
    ("rules", "is_closed"),
    [
        ([{"rule_id": "ban", "effect": "prohibit", "nexus": "jurisdiction"}], True),
        ([{"rule_id": "ban", "effect": "prohibit", "place_ids": ("AP",)}], True),
        (
            [
                {"rule_id": "ban", "effect": "prohibit", "place_ids": ("AP",)},
                {"rule_id": "may", "effect": "licence", "licence_number": "1", "allows_rule_ids": ("ban",), "operator_ids": ("line",)},
            ],
            False,
        ),
    ],
)
def test_who_takes_the_goods_tells_whether_a_rule_on_transfers_holds(rules, is_closed):
    """A ship of a company of BB at a port of AA: the law of BB binds it; a licence for that company counts."""
    known = {"regime_id": "BB", "status": "in_force", "rule_class": "sanction", "scope": "transfer", "title": "t", **S}
    dataset = tiny_corridor()
    parties = tuple(replace(row, country="BB") for row in dataset.parties)
    search = search_of(replace(dataset, parties=parties, rules=tuple(Rule(**one, **known) for one in rules)), question())
    assert change_at_ap(search).astype(bool).tolist() == [is_closed] * len(search.tabulation.days)


def change_at_ap(search):
    """Whether goods that came by road may not go on by ship, by epoch."""
    tables, register = search.tables, search.tabulation._register
    place, epochs = register.places["AP"], len(search.tabulation.days)
    by_road = [one.mode for one in register.carriers_in[place]].index("road")
    to_sea = [one.mode for one in register.carriers_out[place]].index("sea")
    first = int(tables.change_first[place]) + (by_road * int(tables.out_count[place]) + to_sea) * epochs
    return tables.change_blocked[first : first + epochs]
