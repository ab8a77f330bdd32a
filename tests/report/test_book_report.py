"""Reports of a joint plan, and both reports as PDF."""

import io
import json
import re

import pytest
from sample_book import make_book

from landbridge.domain.errors import DataError, QueryError
from landbridge.planner.report_file import BOOK_FORMS, read_countries, read_subject, render_book_report, render_report
from landbridge.planner.report_pdf import render_pdf
from landbridge.report.book_report import waterfall
from landbridge.report.book_words import group_reasons
from landbridge.report.plan_report import render_plan_report


def read_pdf(content):
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(content))


def words(content):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read_pdf(content).pages))


def test_the_page_tells_saving_shares_payments_and_what_is_not_carried(dataset):
    page = render_book_report(make_book(), dataset, "html")
    for text in (
        "20.8 to 22.3 %",
        "950",
        "12.34",
        "no way is open",
        "Certificate of origin",
        "a list of the UK",
        "ab" * 32,
        "block trains",
    ):
        assert text in page
    assert "<b>evil" not in page
    assert "<script" not in page
    assert "<svg" in page


def test_the_waterfall_sums_exactly():
    steps = waterfall(make_book())
    assert sum(cents for _, cents in steps[:-1]) == steps[-1][1] == 102_100
    assert steps[1] == ("block_train", -20_000)


def test_the_workbook_holds_every_item_and_sums_it(dataset):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(render_book_report(make_book(), dataset, "xlsx")))
    page = book["Money"]
    assert [page.cell(row, 4).value for row in (2, 3)] == [1000.01, 20.99]
    assert page["D4"].value == "=SUM(D2:D3)"
    assert page["C3"].data_type == "s"
    assert page["C3"].quotePrefix
    assert book["Shipments"]["C2"].is_date
    assert {one.title for one in book} >= {"About", "Departures", "Saving", "Shares", "Payments", "Documents", "Sources"}


def test_a_part_load_arrives_when_it_is_handed_over_in_the_workbook_as_on_the_page(dataset):
    """Not when the unit does that it shares, as the workbook had it."""
    from openpyxl import load_workbook

    book = make_book()
    book["shipments"][0]["delivered_at"] = "2026-12-13T06:00:00+00:00"
    sheet = load_workbook(io.BytesIO(render_book_report(book, dataset, "xlsx")))["Shipments"]
    assert f"{sheet['D2'].value:%Y-%m-%d}" == "2026-12-13"
    assert "13\u00a0Dec" in render_book_report(book, dataset, "html")


def test_the_workbook_sums_from_each_alone_to_all_together_in_the_words_of_the_page(dataset):
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(render_book_report(make_book(), dataset, "xlsx")))["Saving"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["step", "amount"]
    assert [row[0] for row in rows[1:]] == ["each alone", "block trains", "room shared", "not by one of these", "all together"]
    assert rows[-1][1] == "=SUM(B2:B5)"
    assert sum(row[1] for row in rows[1:-1]) == pytest.approx(1021.00)


def test_a_report_says_which_group_would_leave_and_never_more_than_was_proven(dataset):
    """Where not all groups are proven nobody can say that none would pay less, as the report had said."""
    book = make_book()
    core = {"excess_cents": 0, "coalition": [], "complete": True, "note": "3 of 3 coalition costs proven optimal"}
    pages = [
        render_book_report(book | {"in_core": {"shapley": core["excess_cents"] <= 0}, "core": {"shapley": core}}, dataset, "html")
        for core in (core, core | {"complete": False}, core | {"excess_cents": 55_500, "coalition": ["acme"]})
    ]
    assert "no group would pay less by itself" in pages[0]
    assert "3 of 3 coalition costs proven optimal" in pages[0]
    assert "no group was found that would pay less by itself" in pages[1]
    assert "acme would pay 555 USD less by themselves" in pages[2]


def test_the_bound_over_all_ways_is_told_where_there_is_one(dataset, tmp_path):
    bounded = make_book() | {"all_ways": {"together_bound_cents": 111_800, "most_saved": 0.14}}
    assert "most that any ways could save" not in render_book_report(make_book() | {"all_ways": None}, dataset, "html")
    assert "14.0 %" in render_book_report(bounded, dataset, "html")
    path = tmp_path / "book.json"
    path.write_text(json.dumps(make_book() | {"all_ways": {"most_saved": "much"}}), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_subject(str(path))
    assert [one.column for one in caught.value.findings] == ["all_ways.most_saved"]


@pytest.mark.parametrize("form", BOOK_FORMS)
def test_every_form_of_a_book_is_made(dataset, form):
    assert render_book_report(make_book(), dataset, form)


def test_an_unknown_form_is_refused(dataset):
    with pytest.raises(QueryError):
        render_book_report(make_book(), dataset, "docx")


def test_a_document_that_is_no_book_is_told_all_at_once(tmp_path):
    book = make_book()
    del book["currency"]
    book["shipments"][0]["payer_id"] = 3
    book["as_of"] = "soon"
    path = tmp_path / "book.json"
    path.write_text(json.dumps(book), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_subject(str(path))
    assert {one.column for one in caught.value.findings} == {"currency", "shipments.0.payer_id", "as_of"}


def test_the_pdf_says_what_the_page_says(plan, dataset):
    page = render_plan_report(plan, dataset, read_countries())
    text = words(render_pdf(page, made_on=plan.query.as_of))
    itinerary = plan.itineraries[0]
    assert f"{itinerary.cost_cents // 100:,}.{itinerary.cost_cents % 100:02d}" in text
    assert all(f"{item.cost_cents // 100:,}.{item.cost_cents % 100:02d}" in text for item in itinerary.items)
    assert plan.dataset_digest in text


def test_the_pdf_is_the_same_for_the_same_report_and_is_of_its_day(plan, dataset):
    first, second = (render_report(plan, dataset, "pdf") for _ in range(2))
    assert first == second
    assert str(read_pdf(first).metadata.creation_date_raw).startswith(f"D:{plan.query.as_of:%Y%m%d}")


def test_cyrillic_and_urdu_are_written_and_what_the_fonts_lack_is_spelled():
    from datetime import date

    told = "<h1>Минск</h1><p>\u0644\u0627\u06c1\u0648\u0631</p><p>\u5e7f\u5dde</p>"
    page = f"<html><head><title>t</title></head><body><main>{told}</main></body></html>"

    found = read_pdf(render_pdf(page, made_on=date(2026, 11, 1)))
    text = found.pages[0].extract_text()
    assert "Минск" in text
    assert "GuangZhou" in text
    fonts = {str(one["/BaseFont"]) for one in (ref.get_object() for ref in found.pages[0]["/Resources"]["/Font"].values())}
    assert any("NotoSansArabic" in one for one in fonts)


def test_shipments_with_the_same_reason_are_told_together():
    told = group_reasons([("a", "no way"), ("b", "too late"), ("c", "no way")])
    assert told == (("a, c", "no way"), ("b", "too late"))
