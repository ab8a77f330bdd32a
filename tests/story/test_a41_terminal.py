"""Who operates a terminal takes part where goods board, alight or are handled there; where a ship only calls on the way he does not.

AP ~~ ship ~~ CP ~~ BP        a frozen company operates one terminal of these ports; at CP there is another one beside it
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from landbridge.domain.party import Ownership, Party, WatchlistEntry
from landbridge.domain.rule import Rule
from landbridge.domain.terminal import Terminal
from landbridge.screening.ownership import enter_owned
from tests.corridor import S, handling, place, stop, tiny_corridor
from tests.story.line import answer, lines

TRUCK = "AA ~ road ha 12-01T00:00>12-02T19:33 ~ BB [1252.00 USD 1d 19h 33m 1154 kg]"
SHIP = "AA ~ road ha 12-01T11:50>12-01T14:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP"
HARBOUR = Party(party_id="harbour", name="Harbour Works", kind="company", country="BB", **S)
FREE = Party(party_id="free", name="Free Docks", kind="company", country="BB", **S)


def corridor(calls=("", "", ""), handled="", **listed):
    """The tiny corridor with a third port; ``calls`` are the terminals of the ship there, ``handled`` that of the lift at BP."""
    base = tiny_corridor()
    entry = {"entry_id": "listed", "regime_id": "UN", "list_name": "List", "program": "PORTS", "name": "x", "party_id": "harbour"}
    row = {"measure": "freeze", "listed_on": date(2025, 3, 1), **entry, **listed}
    terminals = [("AP", "frozen-a"), ("CP", "frozen-c"), ("CP", "free-c"), ("BP", "frozen-b"), ("BP", "free-b")]
    stops = (("AP", 0, 0), ("CP", 5 * 1440, 500), ("BP", 10 * 1440, 500))
    return replace(
        base,
        parties=(*base.parties, HARBOUR, FREE),
        places=(*base.places, place("CP", "port", lon=5, lat=0.5)),
        terminals=tuple(
            Terminal(
                terminal_id=one,
                place_id=where,
                name=f"{one.title()} Terminal",
                operator_id="harbour" if one.startswith("frozen") else "free",
                **S,
            )
            for where, one in terminals
        ),
        stops=tuple(
            stop("ship", seq, where, at, at, km, gate_cutoff_min=1440, terminal_id=call or None)
            for seq, ((where, at, km), call) in enumerate(zip(stops, calls, strict=True), 1)
        ),
        handling=tuple(replace(one, terminal_id=handled or None) if one.place_id == "BP" else one for one in base.handling),
        watchlist=(WatchlistEntry(**row, **S),),
    )


def told(dataset, **asked):
    return [(row.gateway, row.what, row.rule_id, row.regime, row.since, row.reason) for row in answer(dataset, **asked).rejected]


@pytest.mark.parametrize("calls", [("frozen-a", "", ""), ("", "", "frozen-b"), ("frozen-a", "frozen-c", "frozen-b")])
def test_a_ship_that_boards_or_alights_at_a_frozen_terminal_is_blocked(calls):
    """It is rejected with the party, its terminal, list, programme and day; the truck is left."""
    dataset = corridor(calls)
    assert lines(dataset) == [TRUCK]
    ((gateway, what, rule_id, regime, since, reason),) = told(dataset)
    assert (gateway, what, rule_id, regime, since) == ("AP", "ship", "listed", "UN", date(2025, 3, 1))
    assert reason.startswith("designated by UN: Harbour Works (operates Frozen-")
    assert reason.endswith("Terminal): List, PORTS")
    assert ("AP", "UN", "blocked") in [(row.gateway, row.regime, row.state) for row in answer(dataset).matrix]


@pytest.mark.parametrize("calls", [("", "frozen-c", ""), ("", "", "free-b"), ("", "free-c", "free-b")])
def test_a_call_on_the_way_and_another_terminal_of_the_port_are_free(calls):
    """Nothing of ours is handled where the ship only calls; a frozen terminal does not close the one beside it."""
    found = answer(corridor(calls)).itineraries
    assert [way.legs[0].service_id for way in found] == ["ha", "ha"]
    assert not any(way.exposures for way in found)


def test_the_leg_names_its_terminals():
    """Those at which the goods board and alight, and where they are handled, whoever operates them."""
    dataset = corridor(("frozen-a", "frozen-c", "free-b"), handled="free-b", listed_on=date(2027, 1, 1))
    (way,) = (one for one in answer(dataset).itineraries if len(one.legs) == 3)
    assert [leg.terminal_ids for leg in way.legs] == [None, ("free-b", "frozen-a"), ("free-b",)]


def test_handling_at_a_frozen_terminal_is_blocked():
    """Whichever ship comes: all goods that change so pass that terminal; the place is told."""
    dataset = corridor(handled="frozen-b")
    assert lines(dataset) == [TRUCK]
    reason = "designated by UN: Harbour Works (operates Frozen-B Terminal): List, PORTS"
    assert told(dataset) == [("AP", "BP", "listed", "UN", date(2025, 3, 1), reason)]


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (handling("pack", "AA", "origin", "any", kind="stuffing"), "AA"),
        (handling("strip", "BB", "any", "destination", kind="stripping"), "BB"),
    ],
)
def test_handling_at_the_ends_is_blocked(row, where):
    """At the origin and at the destination too: then there is no way at all, and that is the reason."""
    base = corridor()
    own = Terminal(terminal_id="yard", place_id=where, name="Yard", operator_id="harbour", **S)
    dataset = replace(base, terminals=(own,), handling=(*base.handling, replace(row, terminal_id="yard")))
    found = answer(dataset)
    assert found.itineraries == ()
    assert {(row.what, row.rule_id) for row in found.rejected} == {(where, "listed")}
    assert lines(replace(dataset, watchlist=()))


def test_a_regime_that_does_not_gate_is_an_exposure():
    """Of the call, and of handling at the ends, the origin's and the destination's."""
    base = corridor(("frozen-a", "", ""), regime_id="BB")
    strip = replace(handling("strip", "BB", "any", "destination", kind="stripping"), terminal_id="yard")
    yard = Terminal(terminal_id="yard", place_id="BB", name="Yard", operator_id="harbour", **S)
    dataset = replace(base, handling=(*base.handling, strip), terminals=(*base.terminals, yard))
    found = answer(dataset).itineraries
    assert [[(row.regime, row.what, row.rule_id) for row in way.exposures] for way in found] == [[("BB", "harbour", "listed")]] * 2
    assert lines(dataset, gates=("BB",)) == []


def test_owners_count_from_half():
    """Who is owned to 50 % by a frozen company is frozen with it: its terminal is closed."""
    base = corridor(("", "", "free-b"))
    base = replace(base, regimes=tuple(replace(row, ownership_percent=Decimal(50)) for row in base.regimes))
    own = Ownership(ownership_id="o", owner_id="harbour", owned_id="free", share_percent=Decimal(50), **S)
    assert lines(enter_owned(replace(base, ownership=(own,)))) == [TRUCK]
    assert len(lines(enter_owned(replace(base, ownership=(replace(own, share_percent=Decimal(49)),))))) == 2


def test_a_licence_opens_the_call():
    """What a licence allows is an exposure that says so."""
    base = corridor(("frozen-a", "", ""))
    licence = Rule(
        rule_id="lic", title="port works", effect="licence", rule_class="sanction", regime_id="UN", status="in_force", scope="leg",
        allows_entry_ids=("listed",), licence_number="7", place_ids=("AP",), **S,
    )  # fmt: skip
    ways = answer(replace(base, rules=(licence,))).itineraries
    assert len(ways) == 2
    assert [row.rule_id for way in ways for row in way.exposures] == ["listed"]


def test_a_terminal_or_who_operates_it_can_be_avoided():
    """By id of the terminal or of the party; a call on the way is no reason."""
    dataset = replace(corridor(("frozen-a", "free-c", "")), watchlist=())
    assert lines(dataset, avoid=("frozen-a",)) == lines(dataset, avoid=("harbour",)) == [TRUCK]
    assert len(lines(dataset, avoid=("free",))) == 2
    assert [(row.what, row.status) for row in answer(dataset, avoid=("harbour",)).rejected] == [("harbour", "avoided")]


def test_a_rule_that_names_the_party_meets_its_terminal():
    """``party_ids`` of a rule means everybody who takes part."""
    ban = Rule(
        rule_id="ban", title="no deals with it", effect="prohibit", rule_class="sanction", regime_id="UN", status="in_force",
        scope="leg",
        party_ids=("harbour",), **S,
    )  # fmt: skip
    assert lines(replace(corridor(("", "", "frozen-b")), watchlist=(), rules=(ban,))) == [TRUCK]
    assert len(lines(replace(corridor(("", "frozen-c", "")), watchlist=(), rules=(ban,)))) == 2
