"""What a prohibition may depend on, and a licence that allows it: control lists, countries passed through, papers too late.

AA --truck-- AX | border x | BX --truck-- BB        AP ~~ ship of The Line ~~ BP
"""

from dataclasses import replace
from datetime import date

import pytest

from landbridge.domain.goods import Goods
from landbridge.domain.party import WatchlistEntry
from landbridge.domain.rule import Document, Rule
from landbridge.planner.shipment import plan_shipment
from landbridge.planner.verify import verify_plan
from tests.corridor import AS_OF, S, question, tiny_corridor
from tests.story.line import answer


def plan(dataset, **asked):
    return plan_shipment(dataset, question(**{"tolerance_percent": 0, **asked}))


def rule(rule_id="ban", **more):
    row = {"title": "No such goods", "effect": "prohibit", "rule_class": "trade", "regime_id": "UN", "status": "in_force", "scope": "leg"}
    return Rule(rule_id=rule_id, **{**row, **more}, **S)


def feed(*rules, **more):
    return replace(tiny_corridor(), rules=rules, **more)


def licence(**more):
    row = {"title": "One consignment", "effect": "licence", "licence_number": "L-7", "modes": ("sea",), **more}
    return rule("licence", **row)


def test_a_control_list_is_met_by_the_heading_of_the_goods():
    goods = (Goods(hs="8471", name="Computers", dual_use=("List 1",), **S),)
    banned = feed(rule(dual_use=("List 1",), modes=("sea",)), goods=goods)
    assert len(answer(banned, hs="847130").itineraries) == 1
    assert len(answer(banned, hs="870110").itineraries) == 2
    assert len(answer(banned).itineraries) == 2  # goods that are not told are not meant
    assert len(answer(feed(rule(dual_use=("List 2",), modes=("sea",)), goods=goods), hs="8471").itineraries) == 2


def test_a_country_of_transit_is_neither_end():
    both = rule(transit_countries=("AA", "BB"))
    assert len(answer(feed(both)).itineraries) == 2
    places = tuple(replace(row, country="CC") if row.place_id == "AP" else row for row in tiny_corridor().places)
    through = replace(feed(rule(transit_countries=("CC",))), places=places)
    assert len(answer(through).itineraries) < len(answer(replace(through, rules=())).itineraries)


def test_a_licence_allows_within_its_scope_and_days():
    ban = rule(modes=("sea",))
    assert len(answer(feed(ban)).itineraries) == 1
    found = answer(feed(ban, licence(allows_rule_ids=("ban",), valid_to=date(2027, 1, 31))))
    told = [row for itinerary in found.itineraries for row in itinerary.exposures]
    assert [(row.rule_id, row.until) for row in told] == [("ban", date(2027, 1, 31))]
    assert "licence L-7" in told[0].text
    for narrower in ({"valid_to": date(2026, 11, 30)}, {"hs": ("9999",)}, {"modes": ("road",)}, {"destination_countries": ("ZZ",)}):
        assert len(answer(feed(ban, licence(allows_rule_ids=("ban",), **narrower)), hs="8701").itineraries) == 1


def test_a_licence_allows_a_designation():
    entry = WatchlistEntry(
        entry_id="listed",
        regime_id="UN",
        list_name="List",
        name="Somebody",
        party_id="line",
        measure="freeze",
        listed_on=date(2025, 1, 1),
        **S,
    )
    blocked = feed(watchlist=(entry,))
    assert len(answer(blocked).itineraries) == 1
    allowed = answer(replace(blocked, rules=(licence(allows_entry_ids=("listed",)),)))
    assert len(allowed.itineraries) == 2
    assert any(row.rule_id == "listed" and "L-7" in row.text for itinerary in allowed.itineraries for row in itinerary.exposures)


@pytest.mark.parametrize("dataset", [feed(rule(modes=("sea",)), licence(allows_rule_ids=("ban",)))])
def test_the_walk_sees_the_same_licence(dataset):
    made = plan(dataset)
    assert verify_plan(dataset, made) == ()
    without = replace(dataset, rules=dataset.rules[:1])
    assert verify_plan(without, made)


def paper(short_lead):
    row = Document(document_id="permit", name="Permit", kind="permit", issuer="BB", lead_days=10, **S)
    needs = rule("needs", effect="require_permit", border_ids=("x",), document_id="permit", short_lead=short_lead)
    return feed(needs, documents=(row,))


def test_a_paper_too_late_is_waited_for_or_warned_of_or_shuts_the_day():
    waited, warned = (plan(paper(how), avoid=("sea",)) for how in ("wait", "warn"))
    assert waited.itineraries[0].arrives_at > warned.itineraries[0].arrives_at
    assert [need.apply_by for need in waited.itineraries[0].documents] == [
        AS_OF
    ]  # under way, though the truck leaves for the border before
    assert [(need.lead_days, need.apply_by) for need in warned.itineraries[0].documents] == [(10, date(2026, 11, 21))]
    assert [row.code for row in warned.findings if row.code == "PAPER-LATE"] == ["PAPER-LATE"]
    assert not [row for row in waited.findings if row.code == "PAPER-LATE"]
    for made, how in ((waited, "wait"), (warned, "warn")):
        assert verify_plan(paper(how), made) == ()
    shut = answer(paper("reject"), avoid=("sea",), horizon_days=2)
    assert shut.itineraries == ()
    assert "permit" in {row.permit_id for row in shut.rejected}
    later = plan(paper("reject"), avoid=("sea",), horizon_days=3)  # asked for on 24 November the permit is there on 4 December
    assert {leg.departs_at.date() for itinerary in later.itineraries for leg in itinerary.legs} == {date(2026, 12, 4)}
    assert verify_plan(paper("reject"), later) == ()
