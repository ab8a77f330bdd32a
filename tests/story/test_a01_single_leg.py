"""One truck, one leg.

    AA --truck 120 km-- AP

The truck leaves when the goods are ready and drives 120 km at 60 km/h for 1 USD a km: 12 t by 120 km at 80 g/tkm is 115 kg of CO2e.
"""

from tests.corridor import tiny_corridor
from tests.story.line import lines


def test_one_truck_drives_to_the_port():
    assert lines(tiny_corridor(), destination_id="AP") == [
        "AA ~ road ha 12-01T00:00>12-01T02:00 ~ AP [120.00 USD 0d 2h 00m 115 kg]",
    ]


def test_two_units_cost_twice_and_take_no_longer():
    assert lines(tiny_corridor(), destination_id="AP", units=2) == [
        "AA ~ road ha 12-01T00:00>12-01T02:00 ~ AP [240.00 USD 0d 2h 00m 230 kg]",
    ]
