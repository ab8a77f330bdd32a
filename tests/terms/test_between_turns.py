"""Terms of links and legs, worked out once between two days on which they may change, are those of each day between."""

from dataclasses import replace
from datetime import timedelta

import pytest

from landbridge.domain.errors import LandbridgeError
from landbridge.domain.party import WatchlistEntry
from landbridge.domain.rule import Rule
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.groundwork import lay_groundwork
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.replay import Replay
from landbridge.routing.scene import Scene
from landbridge.routing.tables import BLOCKED
from landbridge.sources.load import load_dataset
from landbridge.terms.memory import Memory
from landbridge.terms.terms import Terms
from landbridge.terms.turning import LegTurns
from tests.corridor import READY, S, question, tiny_corridor
from tests.properties.random_feed import random_dataset, random_question


def plain(leg):
    """Terms without the day that the reasons of a block may name."""
    return replace(leg, blocks=tuple(replace(one, reason="") for one in leg.blocks))


def hold(dataset, asked, every_days, every_arcs):
    """Hold kept terms to those of each day; how many there were, and how many of them are the same object as on the day before."""
    terms = Terms(dataset, asked, Memory())
    found = lay_groundwork(Scene(compile_graph(dataset), terms))
    first, count, same = found.scene.first_day - timedelta(days=2), 0, 0
    days = [first + timedelta(days=step) for step in range(0, 2 + asked.horizon_days + 180, every_days)]
    for link, o in found.tabulation.arcs[::every_arcs]:
        what, before = (found.tabulation.offers[o], link.link, link.from_id, link.to_id), None
        for day in days:
            kept = terms.link(*what, day)
            assert plain(kept) == plain(terms.links.link(*what, day))
            count, same, before = count + 1, same + (kept is before), kept
    for ride in found.tabulation.rides[::every_arcs]:
        stops = ride.boarding.stops[: ride.position + 1]
        for day in days:
            what = ride.boarding.service, stops, day
            assert plain(terms.scheduled_leg(*what)) == plain(terms.legs.scheduled_leg(*what))
    return count, same


@pytest.mark.parametrize("seeds", [range(8), range(8, 16)])
def test_random_feeds(seeds):
    found = [hold(random_dataset(seed), random_question(seed), 5, 1) for seed in seeds]
    assert sum(same for _, same in found) > sum(count for count, _ in found) / 2


def test_the_shipped_feed_asked_in_the_month_before():
    dataset, _ = load_dataset("belarus-pakistan")
    day = dataset.info.as_of
    asked = question(origin_id="BYMSQ", destination_id="PKLHE", unit_type_id="40HC", hs="8701", as_of=day, ready_on=day)
    for ready in (day, day + timedelta(days=33)):
        count, same = hold(dataset, replace(asked, ready_on=ready), 11, 29)
        assert same > count / 2


@pytest.mark.parametrize("allowed", [{"allows_rule_ids": ("ban",)}, {"allows_entry_ids": ("entry",)}])
def test_a_licence_that_something_sets_aside_from_a_day_on_allows_nothing_then(allowed):
    """What sets it aside is held against nothing on the way by itself: an agreement, of another scope."""
    known = {"rule_class": "sanction", "regime_id": "UN", "status": "in_force", **S}
    end = READY + timedelta(days=5)
    rules = [
        Rule(rule_id="may", title="May", effect="licence", licence_number="1", scope="leg", unless_rule_ids=("end",), **known, **allowed),
        Rule(rule_id="end", title="End", effect="agreement", scope="shipment", valid_from=end, **known),
    ]
    entries = ()
    if "allows_rule_ids" in allowed:
        rules.append(Rule(rule_id="ban", title="No", effect="prohibit", scope="leg", service_ids=("ship",), **known))
    else:
        what = {"entry_id": "entry", "regime_id": "UN", "list_name": "List", "name": "The Line", "measure": "freeze"}
        entries = (WatchlistEntry(**what, listed_on=READY - timedelta(days=99), **S),)
    dataset = replace(tiny_corridor(), rules=tuple(rules), watchlist=entries)
    terms = Terms(dataset, question(), Memory())
    found = lay_groundwork(Scene(compile_graph(dataset), terms))
    boarding, days = found.tabulation.rides[0].boarding, (READY, end - timedelta(days=1), end)
    blocked = [bool(terms.scheduled_leg(boarding.service, boarding.stops, day).blocks) for day in days]
    assert blocked == [False, False, True]
    assert found.tables.ride_state[0, -1] == BLOCKED != found.tables.ride_state[0, 0]


def test_a_turn_that_was_missed_is_no_silent_wrong_answer(monkeypatch):
    """The moves of an answer are made again with terms that know nothing of turns."""
    for name in ("_find_of_leg", "_find_of_link"):
        monkeypatch.setattr(LegTurns, name, lambda *_: frozenset())
    noticed = 0
    for seed in range(230, 330):
        dataset, asked = random_dataset(seed), replace(random_question(seed), via=())
        scene = Scene(compile_graph(dataset), Terms(dataset, asked, Memory()))
        search = LabelSearch(scene, lay_groundwork(scene))
        replay = Replay(scene, search)
        for answer in search.search(with_unconfirmed=True)[0]:
            try:
                replay.arrival(answer)
            except LandbridgeError:
                noticed += 1
    assert noticed > 5
