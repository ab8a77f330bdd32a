"""A truck carries from or to its own country, not inside another.

AA --truck of BB at half the price: not to AP-- AP        AA --truck of BB-- AX | border x | BX -- BB: home
"""

from dataclasses import replace

from landbridge.domain.haulage import HaulageRate
from tests.corridor import S, tiny_corridor, usd
from tests.story.line import lines


def test_a_foreign_truck_goes_home_but_not_to_the_port():
    dataset = tiny_corridor()
    cheap = HaulageRate(rate_id="hb-AA", haulage_id="hb", country="AA", per_km=usd("0.5"), currency="USD", speed_m_per_h=60_000, **S)
    assert lines(replace(dataset, haulage_rates=(*dataset.haulage_rates, cheap))) == [
        "AA ~ road ha 12-03T04:00>12-03T06:00 ~ AP ~ sea ship 12-04T12:00>12-14T12:00 ~ BP ~ road hb 12-15T12:00>12-15T14:00 ~ BB"
        " [840.00 USD 14d 14h 00m 360 kg]",
        "AA ~ road hb 12-01T00:00>12-02T19:33 ~ BB [951.00 USD 1d 19h 33m 1154 kg]",
    ]
