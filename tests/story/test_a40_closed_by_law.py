"""What law alone closes is told as blocked, also where no port and no border of its own leads to it.

AP ~~ ship of The Line ~~ BP        no gateway: nobody compares ways by these ports
"""

from dataclasses import replace
from datetime import date, timedelta

from landbridge.domain.party import Party, WatchlistEntry
from landbridge.domain.rule import Rule
from landbridge.domain.terminal import Terminal
from tests.corridor import READY, S, handling, tiny_corridor, usd
from tests.story.line import answer

OLD = date(2025, 3, 1)


def corridor(**more):
    """The tiny corridor without a gateway."""
    tiny = tiny_corridor()
    return replace(
        tiny,
        places=tuple(replace(row, gateway=False) for row in tiny.places),
        borders=tuple(replace(row, gateway=False) for row in tiny.borders),
        **more,
    )


def listed(party_id, regime_id="UN"):
    row = {"entry_id": "listed", "regime_id": regime_id, "list_name": "List", "program": "Program", "name": "Somebody"}
    return WatchlistEntry(**row, party_id=party_id, measure="freeze", listed_on=OLD, **S)


def ban(**more):
    row = {"title": "A ban", "effect": "prohibit", "rule_class": "sanction", "regime_id": "BB", "status": "in_force", "scope": "leg"}
    return Rule(**{"rule_id": "ban", "valid_from": OLD, **row, **more}, **S)


def told(found):
    return [(row.gateway, row.what, row.rule_id, row.regime, row.since) for row in found.rejected]


def states(found):
    return {(cell.gateway, cell.regime): (cell.state, cell.since) for cell in found.matrix}


def test_a_designated_line_is_told_by_its_service():
    found = answer(corridor(watchlist=(listed("line"),)))
    assert told(found) == [("ship", "ship", "listed", "UN", OLD)]
    assert found.rejected[0].reason == "designated by UN: The Line: List, Program"
    assert states(found)["ship", "UN"] == ("blocked", OLD)


def test_a_gate_of_the_question_tells_it_too():
    dataset = corridor(watchlist=(listed("line", "BB"),))
    assert told(answer(dataset)) == []
    assert told(answer(dataset, gates=("BB",))) == [("ship", "ship", "listed", "BB", OLD)]


def test_tracks_are_told_by_their_owner():
    tiny = corridor()
    owner = Party(party_id="tracks", name="Tracks of BB", kind="company", country="BB", **S)
    rates = tuple(replace(row, infrastructure_id="tracks") if row.country == "BB" else row for row in tiny.haulage_rates)
    found = answer(replace(tiny, parties=(*tiny.parties, owner), haulage_rates=rates, watchlist=(listed("tracks"),)))
    assert ("tracks", "ha", "listed", "UN", OLD) in told(found)
    assert states(found)["tracks", "UN"] == ("blocked", OLD)


def test_an_offer_that_is_open_elsewhere_is_told_and_closes_no_way():
    found = answer(corridor(rules=(ban(haulage_ids=("ha",), countries=("BB",)),)))
    assert any(leg.service_id == "ha" for way in found.itineraries for leg in way.legs)
    assert (None, "ha", "ban", "BB", OLD) in told(found)
    assert not any(cell.gateway == "ha" for cell in found.matrix)


def test_a_change_that_law_forbids_is_told_by_its_place():
    assert told(answer(corridor(rules=(ban(scope="transfer", place_ids=("AP",)),)))) == [("AP", "AP", "ban", "BB", OLD)]


def test_handling_at_an_end_that_is_closed_for_one_mode_closes_not_the_end():
    """Goods for the ship are packed at a frozen yard of the origin: told, and no row of the matrix, since every plan begins there."""
    yard = Terminal(terminal_id="yard", place_id="AP", name="Yard", operator_id="harbour", **S)
    harbour = Party(party_id="harbour", name="Harbour Works", kind="company", country="AA", **S)
    packed = replace(handling("pack", "AP", "origin", "sea", kind="stuffing"), terminal_id="yard")
    tiny = corridor(watchlist=(listed("harbour"),), terminals=(yard,))
    tiny = replace(tiny, parties=(*tiny.parties, harbour), handling=(*tiny.handling, packed))
    found = answer(tiny, origin_id="AP")
    assert found.itineraries
    assert told(found) == [(None, "AP", "listed", "UN", OLD)]
    assert not any(cell.gateway == "AP" for cell in found.matrix)


def test_what_touches_the_change_before_a_closed_leg_is_told_of_it():
    """The ship is closed by the UN; the lift on to it passes a yard of somebody whom BB lists: not free of BB."""
    yard = Terminal(terminal_id="yard", place_id="AP", name="Yard", operator_id="harbour", **S)
    harbour = Party(party_id="harbour", name="Harbour Works", kind="company", country="AA", **S)
    lists = (listed("line"), replace(listed("harbour", "BB"), entry_id="other"))
    for tiny in (corridor(watchlist=lists, terminals=(yard,)), replace(tiny_corridor(), watchlist=lists, terminals=(yard,))):
        rows = tuple(replace(row, terminal_id="yard") if row.place_id == "AP" else row for row in tiny.handling)
        found = states(answer(replace(tiny, parties=(*tiny.parties, harbour), handling=rows)))
        way = "ship" if ("ship", "UN") in found else "AP"
        assert (found[way, "UN"], found[way, "BB"]) == (("blocked", OLD), ("exposed", OLD))


def test_what_does_not_run_is_not_told():
    """Another reason stands in the way as well: law is not what closes it."""
    listing = {"watchlist": (listed("line"),)}
    assert told(answer(corridor(**listing), avoid=("ship",))) == []
    tiny = corridor(**listing)
    assert told(answer(replace(tiny, tariffs=()))) == []
    assert told(answer(replace(tiny, services=tuple(replace(row, valid_to=OLD) for row in tiny.services)))) == []


def test_what_no_way_could_use_is_not_told():
    tiny = corridor(watchlist=(listed("line"),))
    assert told(answer(tiny, destination_id="AP")) == []


def test_what_is_far_dearer_and_in_nothing_better_is_not_told():
    dear = tuple(replace(row, amount=usd(40000)) for row in corridor().tariffs)
    more = {"watchlist": (listed("line"),), "tariffs": dear}
    assert told(answer(corridor(**more))), "cleaner than the truck"
    clean = tuple(replace(row, amount_g=usd(0)) if row.mode == "road" else row for row in corridor().emission_factors)
    assert told(answer(corridor(**more, emission_factors=clean))) == []


def test_rules_of_transport_and_papers_are_no_such_law():
    assert told(answer(corridor(rules=(ban(rule_class="transport", service_ids=("ship",)),)))) == []


def test_law_that_begins_later_closes_nothing_on_the_day():
    later = ban(service_ids=("ship",), valid_from=READY + timedelta(days=40))
    assert told(answer(corridor(rules=(later,)))) == []


def test_a_shipment_that_is_blocked_says_that_alone():
    found = answer(corridor(watchlist=(listed("line"),)), shipper_id="line")
    assert {row.what for row in found.rejected} == {"shipment"}


def test_a_gateway_of_its_own_tells_it_once():
    tiny = replace(tiny_corridor(), watchlist=(listed("line"),))
    assert told(answer(tiny)) == [("AP", "ship", "listed", "UN", OLD)]


def test_another_regime_is_not_free_of_what_is_closed():
    """A line that the UN blocks and BB lists too: BB's cell is an exposure; of a carrier whom nobody named, it is not free."""
    entries = (listed("line"), replace(listed("line", "BB"), entry_id="other", measure="sectoral"))
    found = answer(replace(tiny_corridor(), watchlist=entries))
    assert (states(found)["AP", "UN"], states(found)["AP", "BB"]) == (("blocked", OLD), ("exposed", OLD))
    found = answer(corridor(watchlist=entries))
    assert (states(found)["ship", "UN"], states(found)["ship", "BB"]) == (("blocked", OLD), ("exposed", OLD))
    bans = (ban(haulage_ids=("ha",), place_ids=("AX",), regime_id="UN"), ban(rule_id="later", service_ids=("ship",)))
    found = answer(corridor(rules=bans))
    assert states(found)["ha", "BB"] == ("unnamed", None)
    assert states(found)["ship", "UN"] == ("free", None)
