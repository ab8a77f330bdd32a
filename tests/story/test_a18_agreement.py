"""Trucks of AA may not drive in BB, unless the agreement of the two is in force; signed is not in force.

AA --truck of AA-- AX | border x | BX --truck of AA-- BB
"""

from dataclasses import replace
from datetime import date

from landbridge.domain.rule import Rule
from tests.corridor import S, tiny_corridor
from tests.story.line import answer, lines


def law(**pact):
    common = {"rule_class": "transport", "regime_id": "BB", "scope": "leg", **S}
    ban = Rule(
        rule_id="ban",
        title="No trucks of AA",
        effect="prohibit",
        status="in_force",
        modes=("road",),
        registrations=("AA",),
        countries=("BB",),
        unless_rule_ids=("pact",),
        valid_from=date(2020, 1, 1),
        **common,
    )
    agreement = Rule(rule_id="pact", title="Agreement", effect="agreement", **{"status": "in_force", **common, **pact})
    return replace(tiny_corridor(), rules=(ban, agreement))


def test_in_force_it_opens_the_way():
    assert lines(law(), avoid=("sea",)) == ["AA ~ road ha 12-01T00:00>12-02T19:33 ~ BB [1252.00 USD 1d 19h 33m 1154 kg]"]


def test_signed_it_does_not_and_the_answer_names_the_rule_and_since_when():
    found = answer(law(status="signed"), avoid=("sea",))
    assert found.itineraries == ()
    assert ("x", "ban", date(2020, 1, 1)) in [(row.gateway, row.rule_id, row.since) for row in found.rejected]


def test_a_truck_waits_for_the_day_on_which_it_comes_into_force():
    dataset = law(valid_from=date(2026, 12, 2))
    assert lines(dataset, avoid=("sea",)) == ["AA ~ road ha 12-02T00:00>12-03T19:33 ~ BB [1252.00 USD 2d 19h 33m 1154 kg]"]


def test_the_ship_is_free_of_it():
    assert "sea ship" in lines(law(status="signed"))[0]
