"""The checklist of a plan: last days, what comes first, cells that no spreadsheet runs, a calendar."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

from landbridge.domain.goods import Goods
from landbridge.domain.plan import Exposure
from landbridge.domain.rule import Document
from landbridge.report.checklist import (
    COLUMNS,
    checklist_calendar,
    checklist_document,
    checklist_rows,
    checklist_text,
    list_documents,
    list_notes,
)
from landbridge.report.screening_document import neutral_cell

spec = importlib.util.spec_from_file_location("checklist_sample", Path(__file__).with_name("sample_plan.py"))
sample = importlib.util.module_from_spec(spec)
sys.modules["checklist_sample"] = sample
spec.loader.exec_module(sample)
PLAN, DATASET = sample.make_plan(), sample.make_dataset()
ROWS = list_documents(PLAN, DATASET, 1)


def test_every_document_of_the_plan_is_there_the_most_urgent_first():
    assert {row.need.document_id for row in ROWS} == {need.document_id for need in PLAN.itineraries[0].documents}
    assert [row.apply_by for row in ROWS] == sorted(row.apply_by for row in ROWS)
    assert all(row.days_left == (row.apply_by - PLAN.query.as_of).days for row in ROWS)


def test_what_another_document_needs_first_is_named():
    first, second = ROWS[0].need, ROWS[-1].need
    template = Document(document_id=first.document_id, name="x", kind="document", issuer="y", lead_days=1, source_id="s")
    made = (replace(template, document_id=second.document_id), replace(template, needs=(second.document_id,)))
    found = {row.need.document_id: row for row in list_documents(PLAN, replace(DATASET, documents=made), 1)}
    assert found[first.document_id].needs_first == (second.name,)


def test_page_table_document_and_calendar_agree():
    assert all(len(cells) == len(COLUMNS) for cells in checklist_rows(ROWS))
    assert checklist_text(PLAN, ROWS, 1).count("apply by ") == len(ROWS)
    assert [row["document_id"] for row in checklist_document(PLAN, ROWS, 1)["documents"]] == [row.need.document_id for row in ROWS]
    calendar = checklist_calendar(PLAN, ROWS, 1)
    assert calendar.startswith("BEGIN:VCALENDAR\r\n")
    assert calendar.count("BEGIN:VEVENT") == calendar.count("BEGIN:VALARM") == len(ROWS)
    assert f"DTSTART;VALUE=DATE:{ROWS[0].apply_by:%Y%m%d}" in calendar


def test_cells_that_begin_like_a_formula_are_text():
    assert [neutral_cell(text) for text in ("=1", "+1", "-1", "@x", "\tx", "a=1", "")] == ["'=1", "'+1", "'-1", "'@x", "'\tx", "a=1", ""]


def test_what_the_list_cannot_tell_is_said():
    goods = replace(PLAN, query=replace(PLAN.query, hs="845710"))
    notes = list_notes(goods, replace(DATASET, rules=()), 1)
    assert any("No rule of the feed names a paper for goods of HS 845710" in note for note in notes)
    assert notes[-1].endswith("No legal advice.")
    assert any("not named" in note for note in list_notes(replace(PLAN, query=replace(PLAN.query, hs=None)), DATASET, 1))
    assert checklist_document(goods, ROWS, 1, notes)["notes"] == list(notes)
    assert checklist_text(goods, ROWS, 1, notes).count("Note: ") == len(notes)


def test_controlled_goods_and_touching_measures_are_named():
    row = Goods(hs="8457", name="machining centres", dual_use=("EU dual use 2B001",), source_id="s")
    exposure = Exposure(regime="US", what="tir-by", since=None, rule_id="us-x", text="a measure")
    touched = replace(PLAN.itineraries[0], exposures=(exposure,))
    plan = replace(PLAN, query=replace(PLAN.query, hs="845710"), itineraries=(touched, *PLAN.itineraries[1:]))
    notes = list_notes(plan, replace(DATASET, goods=(row,)), 1)
    assert any("EU dual use 2B001" in note and "export licence" in note for note in notes)
    assert "US: a measure (Belarusian TIR hauliers; us-x)" in notes
