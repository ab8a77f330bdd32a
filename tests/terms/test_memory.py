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


@pytest.mark.parametrize("named", ["origin_countries", "not_destination_countries", "destination_countries"])
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
