"""Words into a question: what is understood, and that everything wrong is told at once."""

import traceback
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from landbridge.domain.errors import QueryError
from landbridge.domain.goods import Goods
from landbridge.domain.place import Passage
from landbridge.planner import Question, ask
from tests.corridor import AS_OF, S, tiny_corridor

DATASET = replace(tiny_corridor(), passages=(Passage(passage_id="canal", name="The Canal", **S),))


def query(**words):
    return ask(DATASET, Question(**{"origin": "AA", "destination": "BB", **words}))


def codes(**words):
    with pytest.raises(QueryError) as caught:
        query(**words)
    assert all(finding.message and finding.fix and finding.column for finding in caught.value.findings)
    return [finding.code for finding in caught.value.findings]


def test_what_to_do_stands_under_the_traceback():
    with pytest.raises(QueryError) as caught:
        query(units="x", ready="31.12.2026")
    assert len(caught.value.findings) == 2
    assert "".join(traceback.format_exception(caught.value)).count(caught.value.findings[0].fix) == 1
    assert str(caught.value) == "; ".join(finding.message for finding in caught.value.findings)


def test_what_is_not_told_has_a_default():
    made = query()
    assert (made.units, made.unit_type_id, made.ready_on, made.as_of) == (1, "40HC", AS_OF, AS_OF)
    assert (made.hs, made.mass_kg, made.value, made.due_on, made.is_landed) == (None, None, None, None, False)


@pytest.mark.parametrize(("text", "kg"), [("2,5", 2500), ("12,50", 12500), ("0,500", 500), ("2.5", 2500), (" 21 ", 21000)])
def test_a_comma_before_the_last_digits_is_no_sign_between_thousands(text, kg):
    assert query(mass=text, units="2x40HC").mass_kg == kg


@pytest.mark.parametrize(("text", "value"), [("60,000", 60000), ("1,234,567.89", "1234567.89"), ("60_000", 60000), ("1,5", "1.5")])
def test_a_comma_before_three_digits_parts_thousands(text, value):
    assert query(value=text).value == Decimal(value)


@pytest.mark.parametrize("text", ["48 000", "48\u00a0000", "48\u202f000", "48'000", "48 000,00", "48000 USD", "usd 48,000", "USD48 000"])
def test_thousands_may_be_set_apart_by_spaces_and_the_currency_of_the_feed_may_be_told(text):
    assert query(value=text).value == Decimal(48_000)


@pytest.mark.parametrize("text", ["48 00", "4800 000", "1 2 3", "4 8000"])
def test_spaces_that_part_no_thousands_are_no_number(text):
    assert codes(value=text) == ["AMOUNT"]


@pytest.mark.parametrize(("text", "told"), [("48000 EUR", "it is 53333"), ("EUR 9", "it is 10"), ("5 XAU", "write the amount in USD")])
def test_a_value_in_another_currency_is_refused_with_what_it_is_at_the_rate_of_the_feed(text, told):
    with pytest.raises(QueryError) as caught:
        query(value=text)
    (finding,) = caught.value.findings
    assert "the values of the feed are in USD" in finding.message
    assert told in finding.fix


def test_everything_told_is_carried():
    made = query(
        units="2 x 40hc", goods="8701.95", ready="2026-12-01", due="2026-12-31", as_of="2026-11-20", mass="21.5", value="60,000",
        landed=True, destination="AP", avoid=("Sea", "bb", "ship", "line"), via=("the canal", "x"), gate=("bb",), 
        shipper="The Line", consignee="line",
    )  # fmt: skip
    assert (made.units, made.unit_type_id, made.hs, made.mass_kg, made.value) == (2, "40HC", "870195", 21_500, Decimal(60_000))
    assert (made.ready_on, made.due_on, made.as_of) == (date(2026, 12, 1), date(2026, 12, 31), date(2026, 11, 20))
    assert (made.avoid, made.via, made.gates) == (("sea", "BB", "ship", "line"), ("canal", "x"), ("BB",))
    assert (made.shipper_id, made.consignee_id, made.is_landed) == ("line", "line", True)


@pytest.mark.parametrize("text", ["2x40hc", "2×45G1", " 2 * 40HC ", "2X40HC"])
def test_units_are_read_in_many_forms(text):
    assert (query(units=text).units, query(units=text).unit_type_id) == (2, "40HC")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"destination": "AA"}, "SAME-PLACE"),
        ({"origin": ""}, "NO-PLACE"),
        ({"destination": " "}, "NO-PLACE"),
        ({"origin": "\x00" * 9}, "UNKNOWN-PLACE"),
        ({"destination": "zzzzzzzzzz" * 1000}, "UNKNOWN-PLACE"),
        ({"units": "0x40HC"}, "UNITS"),
        ({"units": "10001x40HC"}, "UNITS"),
        ({"units": "2x20GP"}, "UNITS"),
        ({"units": "-2x40HC"}, "UNITS"),
        ({"units": ""}, "UNITS"),
        ({"goods": "tractors"}, "GOODS"),
        ({"goods": "870"}, "GOODS"),
        ({"goods": "9901"}, "GOODS"),
        ({"goods": "\u0668\u0667\u0660\u0661"}, "GOODS"),
        ({"ready": "1 Dec"}, "DATE"),
        ({"ready": "2026-02-30"}, "DATE"),
        ({"ready": "9999-12-31"}, "DATE"),
        ({"ready": "2026-12-02", "due": "2026-12-01"}, "DUE-BEFORE-READY"),
        ({"ready": "2026-11-01"}, "READY-BEFORE-AS-OF"),
        ({"mass": "0"}, "AMOUNT"),
        ({"mass": "nan"}, "AMOUNT"),
        ({"mass": "1e400"}, "AMOUNT"),
        ({"mass": "0.0001"}, "MASS"),
        ({"mass": "26.501"}, "MASS"),
        ({"value": "-5"}, "AMOUNT"),
        ({"value": "1,23,456"}, "AMOUNT"),
        ({"mass": "1.250,5"}, "AMOUNT"),
        ({"landed": True, "goods": "8701"}, "VALUE-NEEDED"),
        ({"landed": True, "value": "5"}, "GOODS-NEEDED"),
        ({"avoid": ("BP",), "via": ("BP",)}, "AVOID-AND-VIA"),
        ({"gate": ("ZZ",)}, "UNKNOWN-REGIME"),
        ({"shipper": "nobody"}, "UNKNOWN-PARTY"),
        ({"via": ("nowhere",)}, "UNKNOWN-PLACE"),
    ],
)
def test_each_fault_has_its_code(words, code):
    assert codes(**words) == [code]


def test_all_faults_are_told_together():
    found = codes(origin="??", units="x", goods="x", ready="x", due="x", as_of="x", mass="x", value="x", gate=("x",), shipper="x")
    assert found == ["UNKNOWN-PLACE", "UNITS", "GOODS", "DATE", "DATE", "DATE", "AMOUNT", "AMOUNT", "UNKNOWN-REGIME", "UNKNOWN-PARTY"]


def test_the_largest_mass_fits():
    assert query(mass="26.5").mass_kg == 26_500


def test_a_word_for_goods_is_answered_by_goods_that_it_may_mean():
    dataset = replace(tiny_corridor(), goods=(Goods(hs="0401", name="Milk", **S), Goods(hs="8701", name="Tractors", **S)))
    with pytest.raises(QueryError) as caught:
        ask(dataset, Question(origin="AA", destination="BB", goods="tractor parts"))
    assert caught.value.findings[0].fix == "the closest are: 8701 Tractors"
    with pytest.raises(QueryError) as caught:
        ask(dataset, Question(origin="AA", destination="BB", goods="zzz"))
    assert caught.value.findings[0].fix == "for example 0401 Milk, 8701 Tractors"


def test_goods_that_are_there_already_are_told_by_the_name_of_the_place():
    dataset = tiny_corridor()
    place = dataset.places[0]
    with pytest.raises(QueryError, match=f"already in {place.name}"):
        ask(dataset, Question(origin=place.place_id, destination=place.place_id))


def test_a_border_goes_before_the_post_on_one_side_of_it():
    from landbridge.planner import tasks, why_not
    from landbridge.planner.question import name_via
    from landbridge.planner.shipment import plan_shipment

    feed = tasks.keep_feed("belarus-pakistan")
    assert name_via(feed, "Torkham") == "torkham-road"
    assert name_via(feed, "Torkham (AF)") == "AF-TORKHAM"
    query = ask(feed, Question(origin="Minsk", destination="Lahore"))
    plan = plan_shipment(feed, query, is_compared=False)
    assert why_not(feed, plan, "Torkham").text == ("Torkham closed to trade (since 2025-10-12)",)


def test_a_name_that_two_parties_bear_is_not_guessed():
    from dataclasses import replace

    from landbridge.domain.errors import QueryError
    from landbridge.planner import tasks
    from landbridge.planner.question import Question, ask

    feed = tasks.keep_feed("belarus-pakistan")
    first = feed.parties[0]
    feed = replace(feed, parties=(*feed.parties, replace(first, party_id="second")))
    with pytest.raises(QueryError, match="may be any of") as caught:
        ask(feed, Question(origin="Minsk", destination="Lahore", shipper=first.name.upper()))
    assert [one.code for one in caught.value.findings] == ["UNKNOWN-PARTY"]
    assert ask(feed, Question(origin="Minsk", destination="Lahore", shipper="second")).shipper_id == "second"


def test_goods_that_are_ready_years_ahead_are_planned_with_a_warning():
    from datetime import timedelta

    from landbridge.planner.plan_findings import FAR_AHEAD_DAYS
    from landbridge.planner.shipment import plan_shipment

    def told(days):
        asked = replace(query(), ready_on=AS_OF + timedelta(days=days))
        return [row.message for row in plan_shipment(DATASET, asked).findings if row.code == "READY-FAR-AHEAD"]

    assert told(FAR_AHEAD_DAYS) == []
    assert told(FAR_AHEAD_DAYS + 1)[0].startswith("the goods are ready 366 days after")


def test_a_landed_cost_without_a_duty_says_that_none_is_known():
    from landbridge.domain.goods import Duty
    from landbridge.domain.record import Range
    from landbridge.planner.shipment import plan_shipment

    def told(dataset, **asked):
        made = plan_shipment(dataset, ask(dataset, Question(origin="AA", destination="BB", goods="8701", value="1000", **asked)))
        assert made.itineraries
        return [row.message for row in made.findings if row.code == "DUTY-UNKNOWN"]

    ten = Range(low=Decimal(10), typical=Decimal(10), high=Decimal(10))
    vat, customs = (
        Duty(duty_id=kind, hs="87", destination=("BB",), kind=kind, percent=ten, base="value", **S) for kind in ("sales_tax", "customs")
    )
    assert told(DATASET) == []
    assert told(DATASET, landed=True)[0].endswith("the landed cost holds no duty and no tax")
    assert told(replace(DATASET, duties=(vat,)), landed=True)[0].endswith("holds only sales tax")
    assert told(replace(DATASET, duties=(vat, customs)), landed=True) == []
