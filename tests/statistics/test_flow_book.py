"""Flows turned into shipments: money, boxes, months, companies add up."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from landbridge.domain.errors import QueryError
from landbridge.domain.record import Range
from landbridge.domain.shipment import Shipment
from landbridge.domain.trade import TradeRecord
from landbridge.domain.trade_answer import TradeAnswer, TradeEstimate
from landbridge.planner.flow_book import make_flow_books, write_flow_feed
from landbridge.sources.load import load_dataset
from landbridge.statistics.flow_book import make_flow_book, month_weights
from tests.corridor import READY, S, tiny_corridor

PER_BOX = 12 * 5_000
"""Twelve tonnes of tractors at USD 5,000 a tonne, as the tiny corridor has it."""


def shipment(number=1, units=1, **more):
    fields = {
        "shipment_id": f"s{number}", "shipper_id": "line", "consignee_id": "line", "from_place_id": "AA", "to_place_id": "BB",
        "unit_type_id": "40HC", "units": units, "hs": "8701", "value": Decimal(units * PER_BOX), "currency": "USD", "ready_on": READY, **S,
    }  # fmt: skip
    return Shipment(**{**fields, **more})


def estimate(low=600_000, typical=6_000_000, high=60_000_000, year=2025, exporter="AA", importer="BB"):
    value = Range(low=low, typical=typical, high=high)
    return TradeEstimate(
        exporter=exporter, importer=importer, from_on=date(year, 1, 1), to_on=date(year, 12, 31), kind="beyond", value=value,
        before_claims=value, mirror=value, rows=(),
    )  # fmt: skip


def answer(*estimates):
    return TradeAnswer(
        dataset_name="tiny", dataset_digest="tiny", as_of=READY, currency="USD", compared=(), estimates=estimates, changes=(),
        consequences=(), ledger=(), conflicts=(), is_complete=True, draws=1, seed=1,
    )  # fmt: skip


def feed(*shipments, **more):
    return replace(tiny_corridor(), shipments=shipments or (shipment(),), **more)


@pytest.mark.parametrize(("point", "boxes"), [("p05", 9), ("p50", 99), ("p95", 999)])
def test_the_rest_of_the_flow_becomes_boxes(point, boxes):
    """A flow of 10, 100 or 1,000 boxes, one of which is a known shipment."""
    book = make_flow_book(feed(), estimate(), point=point, companies=None)
    assert sum(row.units for row in book.shipments) == boxes
    assert sum(row.value for row in book.shipments) == boxes * PER_BOX == book.rest_cents / 100
    assert sum(row.mass_kg for row in book.shipments) == boxes * 12_000
    assert book.known_cents == 100 * PER_BOX


def test_months_are_alike_without_records_of_months():
    book = make_flow_book(feed(), estimate(typical=6_060_000), point="p50", companies=None)
    by_month = {}
    for row in book.shipments:
        by_month[row.ready_on] = by_month.get(row.ready_on, 0) + row.units
    assert len(by_month) == 12
    assert max(by_month.values()) - min(by_month.values()) <= 1
    assert min(by_month) == tiny_corridor().info.as_of + timedelta(days=21)
    assert not book.is_seasonal


def test_months_follow_records_of_months():
    def month(number, value):
        begin = date(2024, number, 1)
        amount = Decimal(value)
        return TradeRecord(
            record_id=f"m{number}", reporter="AA", partner="BB", flow="export", from_on=begin, to_on=begin.replace(day=28),
            value=Range(low=amount, typical=amount, high=amount), currency="USD", basis="fob", **S,
        )  # fmt: skip

    records = tuple(month(number, 1 if number > 1 else 11) for number in range(1, 13))
    weights = month_weights(feed(trade_records=records), "AA", "BB")
    assert weights[0] == 0.5
    assert sum(weights) == pytest.approx(1)
    book = make_flow_book(feed(trade_records=records), estimate(), point="p50", companies=None)
    assert sum(row.units for row in book.shipments if row.ready_on.month == 1) == pytest.approx(99 / 2, abs=1)
    assert month_weights(feed(trade_records=records[1:]), "AA", "BB") == (1 / 12,) * 12


def test_companies_share_by_falling_sizes():
    book = make_flow_book(feed(), estimate(high=600_000_000), point="p95", companies=4)
    by_company = [sum(row.units for row in book.shipments if row.shipper_id == one) for one in ("flow-aa-1", "flow-aa-2", "flow-aa-4")]
    assert by_company[0] == pytest.approx(2 * by_company[1], rel=0.02)
    assert by_company[0] == pytest.approx(4 * by_company[2], rel=0.02)
    assert sum(row.units for row in book.shipments) == 9_999


def test_goods_keep_their_shares_of_the_value():
    tyres = replace(tiny_corridor().goods[0], hs="4011", value_per_t=Range(low=Decimal(1000), typical=Decimal(1000), high=Decimal(1000)))
    masses = (*tiny_corridor().goods_masses, replace(tiny_corridor().goods_masses[0], hs="4011"))
    dataset = feed(
        shipment(1), shipment(2, hs="401110", value=Decimal(3 * PER_BOX)), goods=(*tiny_corridor().goods, tyres), goods_masses=masses
    )
    book = make_flow_book(dataset, estimate(), point="p50", companies=None)
    worth = {one.hs: sum(row.value for row in book.shipments if row.hs == one.hs) for one in book.goods}
    assert float(worth["401110"] / sum(worth.values())) == pytest.approx(0.75, abs=0.02)
    assert {one.hs: one.per_unit_cents for one in book.goods} == {"401110": 1_200_000, "8701": 100 * PER_BOX}


def test_values_in_other_currencies_are_taken_at_their_rate():
    """One box worth 54,000 EUR is one box worth 60,000 USD, at 0.9 EUR for one USD."""
    dataset = feed(shipment(value=Decimal("0.9") * PER_BOX, currency="EUR"))
    book = make_flow_book(dataset, estimate(), point="p50", companies=None)
    assert book.known_cents == 100 * PER_BOX
    assert sum(row.units for row in book.shipments) == 99
    assert {row.currency for row in book.shipments} == {"USD"}
    assert sum(row.value for row in book.shipments) == 99 * PER_BOX
    assert book == make_flow_book(feed(shipment()), estimate(), point="p50", companies=None)


@pytest.mark.parametrize("more", [{"value": None}, {"currency": "BYN"}, {"hs": "0101"}])
def test_a_flow_of_which_no_shipment_says_what_it_is_made_of_is_told(more):
    """It came out as a flow of millions without a box."""
    with pytest.raises(QueryError) as caught:
        make_flow_books(feed(shipment(**more)), answer(estimate()))
    assert [one.code for one in caught.value.findings] == ["FLOW-GOODS"]


def test_a_flow_that_the_book_holds_already_gives_nothing():
    book = make_flow_book(feed(shipment(units=20)), estimate(), point="p05", companies=None)
    assert book.shipments == ()
    assert book.rest_cents == 0


def test_what_is_wrong_is_told_at_once():
    with pytest.raises(QueryError) as caught:
        make_flow_books(feed(), answer(), point="p10", companies=0)
    assert [one.code for one in caught.value.findings] == ["POINT-UNKNOWN", "COMPANIES", "FLOW-NONE"]
    with pytest.raises(QueryError) as caught:
        make_flow_books(feed(), answer(estimate()), year=1999)
    assert caught.value.findings[0].code == "FLOW-YEAR"


def test_the_last_year_is_taken():
    (book,) = make_flow_books(feed(), answer(estimate(year=2023), estimate(year=2024), estimate(exporter="ZZ")))
    assert book.from_on.year == 2024


@pytest.mark.slow
def test_the_feed_written_extends_the_one_it_was_made_from(tmp_path):
    """The shipped feed: what was written is read again, known shipments and new ones together."""
    dataset = load_dataset("belarus-pakistan")[0]
    books = make_flow_books(dataset, answer(estimate(exporter="BY", importer="PK", typical=50_000_000)), companies=3)
    write_flow_feed(dataset, "belarus-pakistan", books, str(tmp_path / "whole"))
    again = load_dataset(str(tmp_path / "whole"))[0]
    assert len(again.shipments) == len(dataset.shipments) + len(books[0].shipments)
    assert {"flow-by-1", "flow-by-2", "flow-by-3"} <= set(again.party_by_id)
    exported = sum(row.value for row in again.shipments if again.get_place(row.from_place_id).country == "BY")
    assert float(exported) == pytest.approx(50_000_000, rel=0.01)
