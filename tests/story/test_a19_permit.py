"""A border asks for a permit: it takes ten days to get, costs 20 USD, and only so many are left.

    AA --truck-- AX | border x: permit | BX --truck-- BB        asked on 24 November: there on 4 December

The truck drives to the border and waits there for its paper.
"""

from dataclasses import replace
from datetime import date

from landbridge.domain.rule import Document, Rule
from tests.corridor import S, tiny_corridor, usd
from tests.story.line import answer, lines


def permit(lead_days=10, quota_left=1):
    paper = Document(
        document_id="permit",
        name="Permit of BB",
        kind="permit",
        issuer="BB",
        lead_days=lead_days,
        quota_left=quota_left,
        amount=usd(20),
        currency="USD",
        **S,
    )
    rule = Rule(
        rule_id="needs",
        title="Trucks need a permit",
        effect="require_permit",
        rule_class="transport",
        regime_id="BB",
        status="in_force",
        scope="leg",
        border_ids=("x",),
        document_id="permit",
        **S,
    )
    return replace(tiny_corridor(), documents=(paper,), rules=(rule,))


def test_the_truck_waits_for_its_permit():
    assert lines(permit(), avoid=("sea",)) == ["AA ~ road ha 12-01T00:00>12-05T08:19 ~ BB [1272.00 USD 4d 8h 19m 1154 kg]"]


def test_a_quick_permit_costs_no_time_and_has_a_last_day_to_apply():
    found = answer(permit(lead_days=5), avoid=("sea",)).itineraries[0]
    assert found.duration_min == 1440 + 19 * 60 + 33
    need = found.documents[0]
    assert (need.document_id, need.issuer, need.rule_ids, need.apply_by) == ("permit", "BB", ("needs",), date(2026, 11, 26))


def test_a_quota_below_the_units_closes_the_way():
    found = answer(permit(), avoid=("sea",), units=2)
    assert found.itineraries == ()
    assert ("x", "permit") in [(row.gateway, row.permit_id) for row in found.rejected]
    assert answer(permit(quota_left=2), avoid=("sea",), units=2).itineraries
    assert answer(permit(quota_left=None), avoid=("sea",), units=2).itineraries
