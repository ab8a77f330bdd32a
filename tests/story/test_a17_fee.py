"""A rule may ask for money: here 35 USD a unit for entering country BB, by land or by sea.

country AA: AA AP AX  |  country BB: BX BP BB
"""

from dataclasses import replace

from landbridge.domain.rule import Rule
from tests.corridor import S, tiny_corridor, usd
from tests.story.line import lines


def test_each_entry_pays_once():
    fee = Rule(
        rule_id="entry",
        title="Entry fee",
        effect="fee",
        rule_class="transport",
        regime_id="BB",
        status="in_force",
        scope="crossing",
        enters=("BB",),
        amount=usd(35),
        currency="USD",
        **S,
    )
    assert lines(replace(tiny_corridor(), rules=(fee,))) == [
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [875.00 USD 14d 14h 00m 360 kg]",
        "AA ~ road ha 12-01T00:00>12-02T19:33 ~ BB [1287.00 USD 1d 19h 33m 1154 kg]",
    ]
    assert len(lines(replace(tiny_corridor(), rules=(replace(fee, status="proposed"),)))) == 2
