"""Trade records and claims: figures that stand twice, claims that refer to nothing, shares above the whole."""

import pytest


def test_a_country_does_not_trade_with_itself(example):
    """Reporter and partner are two countries, in records and in claims."""
    assert "TRADE-SELF" in example.set("trade_records", 0, partner="BG").codes()


def test_a_term_does_not_name_one_country_twice(example):
    assert "TRADE-SELF" in example.set("claim_terms", 0, partner="BG").codes()


@pytest.mark.parametrize(
    ("value", "code"), [("2000", "TRADE-UNITS"), ("2", "TRADE-UNITS"), ("2000000", "TRADE-TWICE"), ("9", "TRADE-TWICE")]
)
def test_one_figure_stands_once(example, value, code):
    """The same figure again is one too many; a thousandth of it was typed in thousands."""
    example.add("trade_records", record_id="again", value_low="", value=value, value_high="")
    codes = example.codes()
    assert code in codes


def test_another_period_is_another_figure(example):
    example.add("trade_records", record_id="before", from_on="2024-01-01", to_on="2024-12-31")
    assert not {"TRADE-UNITS", "TRADE-TWICE"} & set(example.codes())


@pytest.mark.parametrize(
    "cells", [{"value": "-1", "value_low": "-2"}, {"value": "NaN"}, {"value": "nan", "value_low": "", "value_high": ""}]
)
def test_values_are_numbers_from_zero(example, cells):
    assert {"CELL-OUT-OF-RANGE", "CELL-NUMBER"} & set(example.set("trade_records", 0, **cells).codes())


def test_a_period_ends_after_it_begins(example):
    assert "DATES-REVERSED" in example.set("trade_records", 0, to_on="2024-12-31").codes()


def test_a_claim_refers_to_something(example):
    """A claim needs a reading, a reading a term, and a term its reading."""
    codes = example.set("claim_terms", 0, reading="other").set("claim_terms", 1, reading="other").codes()
    assert {"CLAIM-EMPTY", "CLAIM-TERM-LOST"} <= set(codes)


def test_a_claim_without_a_reading(example):
    assert "CLAIM-EMPTY" in example.add("claims", claim_id="bare").codes()


@pytest.mark.parametrize("cells", [{"floor": "", "ceiling": ""}, {"floor": "2", "ceiling": "1"}])
def test_a_reading_says_something_possible(example, cells):
    assert "CLAIM-BOUNDS" in example.set("claim_readings", 0, **cells).codes()


def test_shares_above_the_whole(example):
    """A margin of freight may be any percent, a share of the goods may not."""
    example.set("trade_margins", 0, percent="101", percent_high="120")
    assert "SHARE-ABOVE-WHOLE" not in example.codes()
    assert "SHARE-ABOVE-WHOLE" in example.set("trade_margins", 0, kind="re_export").codes()


def test_a_claim_about_the_future_is_told(example):
    assert "CLAIM-AHEAD" in example.set("claims", 0, said_on="2025-12-30").codes()


def test_freight_dearer_than_the_goods(example):
    """A margin of 160 percent is told, since it is mostly a factor or a slip; one below nothing cannot be."""
    assert not {"MARGIN-HIGH", "MARGIN-NEGATIVE"} & set(example.codes())
    assert "MARGIN-HIGH" in example.set("trade_margins", 0, percent="160", percent_high="170").codes()
    example.set("trade_margins", 0, percent_low="-5", percent="4", percent_high="6")
    assert "MARGIN-NEGATIVE" in example.codes()


def test_all_ends_of_a_figure_are_told(example):
    """What is wrong with low and high is told beside what is wrong with the figure itself."""
    example.set("trade_records", 0, value_low="-7", value="NaN", value_high="many")
    (told,) = [one.message for one in example.find() if one.column == "value"]
    assert all(word in told for word in ("-7", "NaN", "many"))
