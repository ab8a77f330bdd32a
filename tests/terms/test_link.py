"""Links: what many of them share is worked out once, and changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from landbridge.domain.event import Event
from landbridge.domain.rule import Rule
from landbridge.domain.tariff import Surcharge
from landbridge.graph.planning_graph import compile_graph
from landbridge.planner.shipment import plan_shipment
from landbridge.sources.load import load_dataset
from landbridge.terms.terms import Terms
from landbridge.verification import verify_plan
from tests.corridor import READY, S, question, tiny_corridor, usd
from tests.properties.random_feed import random_dataset, random_question


def compare_to_alone(dataset, query):
    """Every link as one of many against the same link as the only one; how many there are, and how many terms they share."""
    graph, terms, alone = compile_graph(dataset), Terms(dataset, query), Terms(dataset, query)
    seen = 0
    for day in (query.ready_on, query.ready_on + timedelta(days=20)):
        for links in graph.links.values():
            for row in links:
                for offer in row.offers:
                    alone.links._frames.clear()
                    one = terms.links.link(offer, row.link, row.from_id, row.to_id, day)
                    assert one == alone.links.link(offer, row.link, row.from_id, row.to_id, day)
                    seen += 1
    return seen, len(terms.links._frames)


@pytest.mark.parametrize("seed", range(40))
def test_links_that_share_their_terms_have_those_of_each_alone(seed):
    dataset, query = random_dataset(seed), random_question(seed)
    place = dataset.links[0].to_place_id
    dear = Surcharge(
        surcharge_id="at-a-place", name="At a place", kind="other", place_id=place, at="alight", per="percent",
        amount=usd(7), known_from=None, **S,
    )  # fmt: skip
    event = Event(
        event_id="dearer", title="Dearer there", kind="price_factor", place_id=dataset.links[-1].from_place_id, factor=usd(2),
        valid_from=query.ready_on, valid_to=None, known_from=query.as_of, **S,
    )  # fmt: skip
    dataset = replace(dataset, surcharges=(*dataset.surcharges, dear), events=(*dataset.events, event))
    seen, _ = compare_to_alone(dataset, query)
    assert seen


def test_the_shipped_feed_shares_most_of_its_terms():
    dataset, _ = load_dataset("belarus-pakistan")
    query = question(
        origin_id="BYMSQ", destination_id="PKLHE", unit_type_id="40HC", hs="8701", as_of=dataset.info.as_of, ready_on=dataset.info.as_of
    )
    seen, frames = compare_to_alone(dataset, query)
    assert frames < seen / 2


def test_a_licence_for_one_place_opens_no_other_link():
    """Two links of one haulage in one country: who is asked first must not decide for the other."""
    dataset, known = tiny_corridor(), {"regime_id": "BB", "status": "in_force", **S}
    ban = Rule(rule_id="ban", title="No", rule_class="sanction", effect="prohibit", scope="leg", modes=("road",), **known)
    licence = Rule(
        rule_id="licence", title="Here", rule_class="sanction", effect="licence", scope="leg", allows_rule_ids=("ban",), place_ids=("AP",),
        **known,
    )  # fmt: skip
    dataset = replace(dataset, rules=(ban, licence))
    for order in (1, -1):
        terms, graph = Terms(dataset, question()), compile_graph(dataset)
        links = [row for rows in graph.links.values() for row in rows if {row.from_id, row.to_id} in ({"AA", "AP"}, {"AA", "AX"})]
        found = {
            frozenset((row.from_id, row.to_id)): bool(terms.links.link(row.offers[0], row.link, row.from_id, row.to_id, READY).blocks)
            for row in links[::order]
        }
        assert found == {frozenset(("AA", "AP")): False, frozenset(("AA", "AX")): True}


@pytest.mark.parametrize(("condition", "is_bound"), [({"registrations": ("AA",)}, True), ({"flags": ("AA",)}, False)])
def test_a_flag_is_that_of_a_vessel_and_no_truck_has_one(condition, is_bound):
    ban = Rule(
        rule_id="ban", title="No", rule_class="safety", effect="prohibit", scope="leg", regime_id="BB", status="in_force", **condition, **S
    )
    plan = plan_shipment(replace(tiny_corridor(), rules=(ban,)), question(avoid=("sea",)))
    assert bool(plan.itineraries) != is_bound
    assert verify_plan(replace(tiny_corridor(), rules=(ban,)), plan) == ()
