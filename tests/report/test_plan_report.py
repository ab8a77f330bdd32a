"""The report page, the workbook's sheets and the quote: complete, exact, and nothing from elsewhere in them."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from landbridge.domain.errors import QueryError
from landbridge.planner.report_file import read_countries, render_report, write_sheets
from landbridge.report.plan_map import draw_itinerary
from landbridge.report.plan_report import render_plan_report
from landbridge.report.plan_sheets import Sheet, plan_sheets
from landbridge.report.quote import INCOTERMS, make_quote, make_terms


def terms(plan, **told):
    usual = {"margin": None, "incoterm": None, "named": None, "valid_until": None}
    return make_terms(plan.itineraries[0], plan.query.as_of, **usual | told)


def test_the_page_is_one_file_without_a_script(plan, dataset):
    page = render_plan_report(plan, dataset, read_countries())
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert not re.search(r"(src|url\()\s*=?\s*[\"']?http", page)
    assert plan.dataset_digest in page


def test_every_amount_and_the_total_stand_on_the_page(plan, dataset):
    page = render_plan_report(plan, dataset, ())
    itinerary = plan.itineraries[0]
    assert f"{itinerary.cost_cents // 100:,}.{itinerary.cost_cents % 100:02d}" in page
    assert all(f"{item.cost_cents // 100:,}.{item.cost_cents % 100:02d}" in page for item in itinerary.items)


def test_text_of_the_feed_is_escaped(plan, dataset):
    evil = replace(plan.itineraries[0].items[0], name="<img src=x onerror=alert(1)>")
    one = replace(plan.itineraries[0], items=(evil, *plan.itineraries[0].items[1:]))
    page = render_plan_report(replace(plan, itineraries=(one,)), dataset, ())
    assert "<img" not in page
    assert "&lt;img" in page


def test_the_map_draws_each_leg_and_the_land_around(plan, dataset):
    drawn = draw_itinerary(plan.itineraries[0], dataset, read_countries())
    assert drawn.count("stroke-linecap") == 2 * len(plan.itineraries[0].legs)
    assert drawn.count("<path") > 2 * len(plan.itineraries[0].legs)


def test_the_workbook_sums_by_formula_and_holds_numbers_and_dates(plan, dataset):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(render_report(plan, dataset, "xlsx")))
    page = book["Money 1"]
    rows = [row for row in page.iter_rows(min_row=2, values_only=True) if not isinstance(row[8], str)]
    assert page.cell(len(rows) + 2, 1).value == "total"
    total = sum(round(row[8] * 100) for row in rows)
    assert total == plan.itineraries[0].cost_cents
    assert page.cell(len(rows) + 2, 9).value == f"=SUM(I2:I{len(rows) + 1})"
    assert {one.title for one in book} >= {"About", "Ways", "Legs", "Documents", "Not taken", "Sources"}
    assert book["Ways"]["H2"].is_date
    costs = [cell for row in book["Documents"].iter_rows(min_row=2, min_col=7, max_col=9, values_only=True) for cell in row]
    assert all(cell is None or isinstance(cell, int | float) for cell in costs)


def test_a_price_finer_than_cents_is_shown_as_it_is():
    from decimal import Decimal

    from openpyxl import load_workbook

    rows = ((Decimal("0.176"), Decimal("12.50")),)
    page = load_workbook(io.BytesIO(write_sheets((Sheet(title="T", columns=("a", "b"), rows=rows),))))["T"]
    assert [page[one].number_format for one in ("A2", "B2")] == ["#,##0.00####", "#,##0.00"]


def test_of_many_ways_a_report_shows_those_that_stand_for_the_rest(plan, dataset):
    first = plan.itineraries[0]
    many = (first, *(replace(first, labels=(), cost_cents=first.cost_cents + number) for number in range(1, 40)))
    page = render_plan_report(replace(plan, itineraries=many), dataset, ())
    assert "more ways that no other beats" in page
    assert page.count("<tr") < render_plan_report(replace(plan, itineraries=many[:12]), dataset, ()).count("<tr") + 5


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1"])
def test_no_text_becomes_a_formula(text):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(write_sheets((Sheet(title="T", columns=("a",), rows=((text,),)),))))
    cell = book["T"]["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_every_plan_has_its_sheet_of_money(plan, dataset):
    names = [one.title for one in plan_sheets(plan, dataset)]
    assert sum(name.startswith("Money ") for name in names) == len(plan.itineraries)


def test_a_quote_hides_the_costs_and_sums_exactly(plan, dataset):
    itinerary = plan.itineraries[0]
    for rule in INCOTERMS:
        quote = make_quote(itinerary, terms(plan, margin="12.5", incoterm=rule, named=itinerary.legs[0].to_id), dataset)
        assert quote.sell_cents == quote.cost_cents + quote.margin_cents == quote.seller_cents + quote.buyer_cents
        assert len(quote.seller_items) + len(quote.buyer_items) == len(itinerary.items)
    page = render_plan_report(plan, dataset, (), 1, quote)
    assert f"{itinerary.cost_cents // 100:,}.{itinerary.cost_cents % 100:02d}" not in page
    assert "row_id" not in page


def test_the_rules_move_costs_from_the_buyer_to_the_seller(plan, dataset):
    itinerary = plan.itineraries[0]
    exw = make_quote(itinerary, terms(plan, incoterm="EXW"), dataset)
    dap = make_quote(itinerary, terms(plan, incoterm="DAP"), dataset)
    ddp = make_quote(itinerary, terms(plan, incoterm="DDP"), dataset)
    assert exw.seller_cents == 0
    assert exw.seller_cents < dap.seller_cents <= ddp.seller_cents
    assert ddp.buyer_cents == 0


def test_all_faults_of_a_quote_come_at_once(plan):
    with pytest.raises(QueryError) as caught:
        terms(plan, margin="much", incoterm="FOC", named="nowhere", valid_until="soon")
    assert [one.code for one in caught.value.findings] == ["MARGIN", "INCOTERM", "INCOTERM-PLACE", "DATE"]
    with pytest.raises(QueryError, match="FCA needs the place"):
        terms(plan, incoterm="FCA")


@pytest.mark.parametrize("text", ["12.5", "12,5", "12,5 %", " 12.5% "])
def test_a_margin_is_read_as_other_numbers_are(plan, text):
    assert terms(plan, margin=text).margin_percent == Decimal("12.5")


def test_a_margin_is_rounded_once(plan, dataset):
    quote = make_quote(plan.itineraries[0], terms(plan, margin="10"), dataset)
    assert quote.margin_cents == round(Decimal(quote.cost_cents) / 10)


def test_a_plan_without_a_way_has_its_report_too(plan, dataset):
    nothing = replace(plan, itineraries=(), compared=())
    assert "No way is open" in render_plan_report(nothing, dataset, ())
    assert render_report(nothing, dataset, "xlsx")


@pytest.mark.parametrize(("regime", "sellers"), [("BY", True), ("PK", False)])
def test_a_paper_follows_the_clearance_of_the_country_whose_law_asks_for_it(plan, dataset, regime, sellers):
    from landbridge.domain.identity import DocumentId, RegimeId, RuleId
    from landbridge.domain.rule import Rule

    rule = Rule(
        rule_id=RuleId("asks"), title="t", effect="require_document", rule_class="trade", regime_id=RegimeId(regime), status="in_force",
        scope="shipment", document_id=DocumentId("paper"), source_id="kpt-2026", row="rules.csv:2",
    )  # fmt: skip
    itinerary = plan.itineraries[0]
    last = len(itinerary.legs) - 1
    need = replace(itinerary.documents[0], document_id="paper", rule_ids=("asks",), legs=(last if sellers else 0,))
    item = replace(itinerary.items[0], kind="document", row_id="paper", leg=last if sellers else 0)
    one = replace(itinerary, documents=(need,), items=(item,))
    quote = make_quote(one, terms(plan, incoterm="FCA", named=itinerary.legs[0].to_id), replace(dataset, rules=(rule,)))
    assert (quote.seller_items == (item,)) is sellers


def test_a_quote_ends_on_no_day_before_its_plan(plan):
    before = plan.query.as_of - timedelta(days=1)
    with pytest.raises(QueryError) as caught:
        terms(plan, margin="10", valid_until=before.isoformat())
    assert [one.code for one in caught.value.findings] == ["DATE"]
    assert terms(plan, margin="10", valid_until=plan.query.as_of.isoformat()).valid_until == plan.query.as_of


def test_a_share_of_the_value_is_told_in_percent(plan, dataset):
    """It read 1.15 USD × 0 value_percent."""
    first = plan.itineraries[0]
    cess = replace(first.items[0], amount=Decimal("1.15"), quantity=Decimal(20_000), currency="USD", rate=Decimal(1), per="value_percent")
    told = render_plan_report(
        replace(plan, itineraries=(replace(first, items=(cess, *first.items[1:])), *plan.itineraries[1:])), dataset, ()
    )
    assert "1.15 % of 20,000 USD" in told
    assert "value_percent" not in told
