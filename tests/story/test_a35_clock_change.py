"""A clock time that does not exist is taken as the minute after the gap.

AP (Warsaw time) ~~ ship, Sunday 28 March 2027, 02:30: the clocks jump from 02:00 to 03:00, 01:00 UTC ~~ BP
"""

from dataclasses import replace
from datetime import date

from landbridge.domain.service import Calendar
from tests.corridor import S, tiny_corridor
from tests.story.line import cheapest


def sailing(day, departs_min):
    dataset = tiny_corridor()
    places = tuple(replace(row, zone="Europe/Warsaw") if row.place_id == "AP" else row for row in dataset.places)
    row = Calendar(calendar_id="c", service_id="ship", kind="dates", dates=(day,), departs_min=departs_min, **S)
    return replace(dataset, places=places, calendars=(row,))


ASKED = {"ready_on": date(2027, 3, 20), "via": ("AP",)}


def test_before_and_after_the_change_the_clock_is_the_ports():
    assert "sea ship 03-27T01:30>" in cheapest(sailing(date(2027, 3, 27), 150), **ASKED)
    assert "sea ship 03-29T00:30>" in cheapest(sailing(date(2027, 3, 29), 150), **ASKED)


def test_a_time_in_the_gap_is_the_minute_after_it():
    assert cheapest(sailing(date(2027, 3, 28), 150), **ASKED) == (
        "AA ~ road ha 03-26T17:00>03-26T19:00 ~ AP ~ sea ship 03-28T01:00>04-07T01:00 ~ BP ~ road hb 04-08T01:00>04-08T03:00 ~ BB"
        " [840.00 USD 19d 3h 00m 360 kg]"
    )
