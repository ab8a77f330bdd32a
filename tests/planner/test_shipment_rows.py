"""Rows that are typed: places as a question understands them, names instead of ids, faults by row and column."""

import pytest

from landbridge import planner
from landbridge.domain.errors import DataError
from landbridge.planner import tasks
from landbridge.planner.question import Question, ask
from landbridge.planner.shipment_rows import name_rows, show_rows, take_rows


@pytest.fixture(scope="module")
def feed():
    return tasks.keep_feed("belarus-pakistan")


@pytest.mark.parametrize("text", ["BYMSQ", "Минск", "Mnisk", "minsk", "Babruysk"])
def test_a_place_means_what_it_means_in_a_question(feed, text):
    row = show_rows(feed)[0] | {"from_place_id": text}
    joined = planner.join_world_places(feed, (text, "PKLHE"))
    assert take_rows(feed, [row]).shipments[0].from_place_id == ask(joined, Question(origin=text, destination="PKLHE")).origin_id


def test_a_place_that_nobody_knows_is_told_with_the_closest(feed):
    rows = [show_rows(feed)[0] | {"from_place_id": "Xyzzyville", "to_place_id": "Qqqqq"}]
    with pytest.raises(DataError) as caught:
        take_rows(feed, rows)
    assert {(one.row, one.column) for one in caught.value.findings} == {(1, "from_place_id"), (1, "to_place_id")}
    assert all("the closest are" in one.fix for one in caught.value.findings)


def test_rows_by_name_are_the_same_shipments(feed):
    rows = show_rows(feed)
    named = name_rows(feed, rows)
    assert named[0]["from_place_id"] == "Minsk"
    assert named != rows
    assert [row.shipment_id for row in take_rows(feed, named).shipments] == [row["shipment_id"] for row in rows]
    assert show_rows(take_rows(feed, named)) == show_rows(take_rows(feed, rows))


def test_companies_that_the_feed_lacks_become_parties_that_are_screened_by_name(feed):
    from datetime import date

    from landbridge.planner.gate import gate_dataset

    row = show_rows(feed)[0]
    rows = [row | {"shipper_id": "Khazar Sea Shipping Lines"}, row | {"shipment_id": "b", "shipper_id": "Lahore Spice Import"}]
    changed = take_rows(feed, rows)
    listed, plain = (changed.party_by_id[one.shipper_id] for one in changed.shipments)
    assert (listed.name, plain.name) == ("Khazar Sea Shipping Lines", "Lahore Spice Import")
    assert changed.digest != take_rows(feed, [row]).digest
    query = ask(changed, Question(origin="Minsk", destination="Lahore", shipper=plain.party_id))
    assert query.as_of >= date(2026, 11, 24)
    gated = {one.party_id for one in gate_dataset(changed, query).watchlist}
    assert listed.party_id in gated
    assert plain.party_id not in gated


def test_the_same_company_in_two_rows_is_one_party(feed):
    row = show_rows(feed)[0]
    rows = [row | {"shipper_id": "Lahore Spice Import"}, row | {"shipment_id": "b", "shipper_id": "LAHORE Spice import"}]
    changed = take_rows(feed, rows)
    assert len({one.shipper_id for one in changed.shipments}) == 1
    assert len(changed.parties) == len(feed.parties) + 1


@pytest.mark.parametrize("text", ["Неколайн", "Neko Layn"])
def test_a_slip_in_the_name_of_a_party_of_the_feed_makes_no_new_one(feed, text):
    with pytest.raises(DataError) as caught:
        take_rows(feed, [show_rows(feed)[0] | {"shipper_id": text}])
    assert [(one.row, one.column) for one in caught.value.findings] == [(1, "shipper_id")]
    assert "may be Neco Line of the feed" in caught.value.findings[0].message


def test_a_name_that_cannot_be_screened_is_no_company(feed):
    with pytest.raises(DataError) as caught:
        take_rows(feed, [show_rows(feed)[0] | {"consignee_id": "777"}])
    assert "nothing can be said" in caught.value.findings[0].message


def test_days_and_numbers_are_read_as_spreadsheets_write_them(feed):
    row = show_rows(feed)[0] | {"ready_on": "5.12.2026", "due_on": "01.02.2027", "mass_kg": "936\u00a0000", "hs": "8701.20"}
    found = take_rows(feed, [row]).shipments[0]
    assert (found.ready_on.isoformat(), found.due_on.isoformat(), found.mass_kg, found.hs) == (
        "2026-12-05",
        "2027-02-01",
        936_000,
        "870120",
    )


@pytest.mark.parametrize(("column", "text"), [("ready_on", "12/05/2026"), ("mass_kg", "30,000"), ("ready_on", "32.12.2026")])
def test_what_could_mean_two_things_is_a_fault(feed, column, text):
    with pytest.raises(DataError) as caught:
        take_rows(feed, [show_rows(feed)[0] | {column: text}])
    assert [(one.row, one.column) for one in caught.value.findings] == [(1, column)]
