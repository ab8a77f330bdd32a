"""A haulier wants notice: ten days from the day of asking.

AA --truck, ten days' notice, asked on 24 November: from 4 December-- AP ~~ ship, Fridays ~~ BP --truck-- BB
"""

from dataclasses import replace

from tests.corridor import tiny_corridor
from tests.story.line import lines


def test_the_truck_comes_when_the_notice_is_over():
    dataset = tiny_corridor()
    haulage = (replace(dataset.haulage[0], lead_min=10 * 1440), dataset.haulage[1])
    assert lines(replace(dataset, haulage=haulage)) == [
        "AA ~ road ha 12-10T04:00>12-10T06:00 ~ AP ~ sea ship 12-11T12:00>12-21T12:00 ~ BP ~ road hb 12-22T12:00>12-22T14:00 ~ BB"
        " [840.00 USD 21d 14h 00m 360 kg]",
        "AA ~ road ha 12-04T00:00>12-05T19:33 ~ BB [1252.00 USD 4d 19h 33m 1154 kg]",
    ]
