"""What loads share that differ in their ends and days alone: never what the law, or a day, makes different."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from landbridge.domain.place import Hours
from landbridge.domain.rule import Rule
from landbridge.terms.clock import Openings
from landbridge.terms.memory import Memory
from landbridge.terms.terms import Terms
from tests.corridor import AS_OF, S, question, tiny_corridor

KNOWN = {"rule_class": "sanction", "regime_id": "BB", "status": "in_force", "scope": "leg", **S}


def blocks_of(terms):
    """Rules that block each link, from wherever it is asked."""
    links = {row.link_id: row for row in terms.dataset.links}
    offers = {row.haulage_id: row for row in terms.dataset.haulage}
    found = {}
    for link in links.values():
        for offer in offers.values():
            if offer.mode == link.mode:
                leg = terms.link(offer, link, link.from_place_id, link.to_place_id, AS_OF + timedelta(days=9))
                found[link.link_id, offer.haulage_id] = leg
    return found


@pytest.mark.parametrize("named", ["origin_countries", "not_origin_countries", "not_destination_countries", "destination_countries"])
@pytest.mark.parametrize("is_first_bound", [True, False])
def test_what_is_blocked_for_some_ends_is_blocked_for_them_alone(named, is_first_bound):
    ban = Rule(rule_id="ban", title="No", effect="prohibit", **KNOWN, **{named: ("AA",)})
    dataset = replace(tiny_corridor(), rules=(ban,))
    there, back = question(), question(origin_id="BB", destination_id="AA")
    memory, queries = Memory(), (there, back) if is_first_bound else (back, there)
    shared = [blocks_of(Terms(dataset, query, memory)) for query in queries]
    alone = [blocks_of(Terms(dataset, query)) for query in queries]
    assert shared == alone
    assert shared[0] != shared[1]
    assert any(row.rule_id == "ban" for one in shared for leg in one.values() for row in leg.blocks)


def test_a_licence_for_some_ends_lifts_a_ban_for_them_alone():
    ban = Rule(rule_id="ban", title="No", effect="prohibit", **KNOWN)
    licence = Rule(
        rule_id="lifts", title="Yes", effect="licence", allows_rule_ids=("ban",), licence_number="1", origin_countries=("BB",),
        **(KNOWN | {"rule_class": "transport"}),
    )  # fmt: skip
    dataset, memory = replace(tiny_corridor(), rules=(ban, licence)), Memory()
    there, back = (blocks_of(Terms(dataset, query, memory)) for query in (question(), question(origin_id="BB", destination_id="AA")))
    assert all("ban" in [row.rule_id for row in leg.blocks] for leg in there.values())
    assert not any("ban" in [row.rule_id for row in leg.blocks] for leg in back.values())


def laws_of(dataset, ends, memory):
    """The law of each link for some ends, one load after the other with one memory, or each alone."""
    return [blocks_of(Terms(dataset, question(origin_id=a, destination_id=b), memory)) for a, b in ends]


@pytest.mark.parametrize("ends", [(("BB", "BP"), ("AA", "BB")), (("AA", "BB"), ("BB", "BP"))])
@pytest.mark.parametrize("effect", ["prohibit", "licence"])
def test_what_holds_in_transit_alone_is_never_taken_from_another_load(ends, effect):
    """Country AA is passed by goods from BB to BP, and left by those from AA."""
    ban = Rule(rule_id="ban", title="No", effect="prohibit", **KNOWN, **({"transit_countries": ("AA",)} if effect == "prohibit" else {}))
    licence = Rule(
        rule_id="lifts", title="Yes", effect="licence", allows_rule_ids=("ban",), licence_number="1", transit_countries=("AA",),
        **(KNOWN | {"rule_class": "transport"}),
    )  # fmt: skip
    dataset = replace(tiny_corridor(), rules=(ban, licence) if effect == "licence" else (ban,))
    alone = [one for pair in ends for one in laws_of(dataset, (pair,), Memory())]
    assert laws_of(dataset, ends, Memory()) == alone
    assert alone[0] != alone[1]


def test_two_countries_of_transit_are_told_apart_at_each_crossing():
    """A link between AA and BB: both loads pass one of its countries, each another one."""
    ban = Rule(rule_id="ban", title="No", effect="prohibit", transit_countries=("AA", "BB"), **(KNOWN | {"scope": "crossing"}))
    dataset = replace(tiny_corridor(), rules=(ban,))
    for ends in ((("AA", "AP"), ("BB", "BP")), (("BB", "BP"), ("AA", "AP"))):
        alone = [one for pair in ends for one in laws_of(dataset, (pair,), Memory())]
        assert laws_of(dataset, ends, Memory()) == alone


def test_loads_share_what_their_ends_do_not_change():
    memory = Memory()
    first, second = (
        blocks_of(Terms(tiny_corridor(), question(**ends), memory)) for ends in ({}, {"origin_id": "BB", "destination_id": "BP"})
    )
    assert all(first[key] is second[key] for key in first)


def test_reasons_name_the_day_that_is_asked_about():
    """A reason that names a day is not told of another one."""
    dataset = replace(tiny_corridor(), haulage_rates=())
    memory = Memory()
    for days in (5, 6):
        terms, on = Terms(dataset, question(ready_on=AS_OF + timedelta(days=days)), memory), AS_OF + timedelta(days=days)
        link, offer = dataset.links[0], dataset.haulage[0]
        reasons = [row.reason for row in terms.link(offer, link, link.from_place_id, link.to_place_id, on).blocks]
        assert f"has no rate in AA on {on}" in reasons


@pytest.mark.parametrize("needs_working_day", [True, False])
def test_open_intervals_of_a_stretch_are_those_of_its_days(needs_working_day):
    hours = Hours(hours_id="h", place_id="AP", weekdays=(1, 2, 3, 4, 5), opens_min=480, closes_min=1080, **S)
    dataset = replace(tiny_corridor(), hours=(hours,))
    openings, place = Openings(dataset), dataset.place_by_id["AP"]
    for first, last in (
        (date(2026, 1, 15), date(2026, 6, 1)),
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 3, 30), date(2026, 4, 2)),
    ):
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        one_by_one = [
            one for day in days for one in Openings(dataset).intervals("AP", place, day, day, needs_working_day=needs_working_day)
        ]
        for _ in range(2):
            assert openings.intervals("AP", place, first, last, needs_working_day=needs_working_day) == one_by_one != []


def test_a_memory_that_is_full_forgets_and_goes_on():
    memory, made = Memory(), []

    def ask(what):
        return memory.recall("kind", what, lambda: made.append(what) or [what], most=3)

    for what in (1, 2, 3, 1, 4, 4, 1):
        assert ask(what) == [what]
    assert made == [1, 2, 3, 4, 1]
    assert memory.recall("another", 1, list) == []
