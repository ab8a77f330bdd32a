"""A plan or a joint plan in the forms that are passed on: HTML, PDF, workbook, GeoJSON, calendar."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError, UnknownIdError
from landbridge.domain.finding import Finding
from landbridge.domain.plan import Plan

if TYPE_CHECKING:
    from landbridge.report.plan_map import Country
    from landbridge.report.plan_sheets import Cell, Sheet
    from landbridge.report.quote import Quote

FORMS = ("html", "xlsx", "pdf", "geojson", "ics")
BOOK_FORMS = ("html", "xlsx", "pdf")
BORDERS = Path(__file__).parents[1] / "data" / "borders.json"
_WIDEST = 60


def render_report(plan: Plan, dataset: Dataset, form: str, *, itinerary: int | None = None, quote: Quote | None = None) -> str | bytes:
    """A plan as the content of a file.

    Parameters
    ----------
    plan, dataset
        The answer and the feed that it was made from.
    form
        One of ``FORMS``.
    itinerary
        Number of one itinerary, from 1; None: all; for a page and a calendar the first. Its legs are drawn along the atlas.
    quote
        A page tells this price instead of the costs.

    Raises
    ------
    QueryError
        If the form is unknown.
    UnknownIdError
        If the plan has no itinerary of that number.
    """
    if itinerary is not None and not 1 <= itinerary <= len(plan.itineraries):
        raise UnknownIdError("itinerary", str(itinerary))
    check_form(form, FORMS)
    if form in ("html", "pdf", "geojson"):
        from landbridge.planner.draw import draw_plan

        plan = draw_plan(plan, dataset, None if form == "geojson" and itinerary is None else (itinerary or 1,))
    if form in ("html", "pdf"):
        from landbridge.report.plan_report import render_plan_report

        page = render_plan_report(plan, dataset, read_countries(), itinerary or 1, quote)
        return page if form == "html" else _print(page, plan.query.as_of)
    if form == "xlsx":
        from landbridge.report.plan_sheets import plan_sheets

        return write_sheets(plan_sheets(plan, dataset))
    if form == "geojson":
        from landbridge.report.geojson import plan_geojson
        from landbridge.report.plan_document import document_text

        return document_text(plan_geojson(plan, dataset, itinerary))
    from landbridge.report.checklist import checklist_calendar, list_documents

    number = itinerary or 1
    rows = list_documents(plan, dataset, number) if plan.itineraries else ()
    return checklist_calendar(plan, rows, number)


def render_book_report(book: Mapping[str, Any], dataset: Dataset, form: str) -> str | bytes:
    """A joint plan, as ``landbridge book`` writes it, as the content of a file of one of ``BOOK_FORMS``.

    Raises
    ------
    QueryError
        If the form is unknown.
    """
    check_form(form, BOOK_FORMS)
    if form == "xlsx":
        from landbridge.report.book_sheets import book_sheets

        return write_sheets(book_sheets(book, dataset))
    from landbridge.report.book_report import render_book_page

    page = render_book_page(book, dataset, read_countries())
    return page if form == "html" else _print(page, date.fromisoformat(book["as_of"]))


def read_subject(path: str) -> Plan | dict[str, Any]:
    """What a report is asked about: a plan, or the document of a joint plan.

    Raises
    ------
    DataError
        With all findings, if it is neither.
    """
    from landbridge.report.book_form import BOOK_FORMAT, check_book
    from landbridge.report.plan_document import parse_plan_document
    from landbridge.sources.files import read_json

    document = read_json(Path(path))
    if isinstance(document, dict) and document.get("format") == BOOK_FORMAT:
        check_book(document, path)
        return document
    return parse_plan_document(document)


def tell_form(path: str | None) -> str:
    """The form that the suffix of a file tells; a page where it tells none."""
    suffix = Path(path or "").suffix.lower().removeprefix(".")
    return suffix if suffix in FORMS else "html"


def check_form(form: str, known: Sequence[str]) -> None:
    """Raise ``QueryError`` unless the form is among those known."""
    if form not in known:
        raise QueryError(
            [Finding(code="REPORT-FORM", column="--format", message=f"no form {form[:20]!r}", fix=f"one of {', '.join(known)}")]
        )


def _print(page: str, made_on: date) -> bytes:
    from landbridge.planner.report_pdf import render_pdf

    return render_pdf(page, made_on=made_on)


@cache
def read_countries() -> tuple[Country, ...]:
    """Outlines of all countries, from the packaged file of borders."""
    from landbridge.report.plan_map import Country

    found = json.loads(BORDERS.read_text(encoding="utf-8"))
    return tuple(
        Country(name=one["properties"]["name"], rings=tuple(shape[0] for shape in one["geometry"]["coordinates"]))
        for one in found["features"]
    )


def write_sheets(sheets: tuple[Sheet, ...]) -> bytes:
    """The bytes of a workbook: text stays text, whatever it begins with; only the sums are formulas."""
    from openpyxl import Workbook

    book = Workbook()
    for number, sheet in enumerate(sheets):
        page: Any = book.active if number == 0 else book.create_sheet()
        page.title = sheet.title[:31]
        _fill(page, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:  # noqa: ANN401  # openpyxl's worksheet
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for at, title in enumerate(sheet.columns, start=1):
        page.cell(1, at, title).font = Font(bold=True)
    for line, row in enumerate(sheet.rows, start=2):
        for at, value in enumerate(row, start=1):
            _put(page.cell(line, at), value)
    last = len(sheet.rows) + 1
    for at in sheet.sums:
        letter = get_column_letter(at + 1)
        cell = page.cell(last + 1, at + 1, f"=SUM({letter}2:{letter}{last})")
        cell.font, cell.number_format = Font(bold=True), "#,##0.00"
    if sheet.sums and 0 not in sheet.sums:
        page.cell(last + 1, 1, sheet.sum_name).font = Font(bold=True)
    page.freeze_panes = "A2"
    for at, title in enumerate(sheet.columns):
        longest = max([len(title), *(len(str(row[at])) for row in sheet.rows if row[at] is not None)])
        page.column_dimensions[get_column_letter(at + 1)].width = min(longest + 2, _WIDEST)


def _put(cell: Any, value: Cell) -> None:  # noqa: ANN401  # openpyxl's cell
    """A value as what it is; text that begins like a formula is marked as text (OWASP, CSV injection)."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32_000]
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@", "\t", "\r")
        return
    cell.value = float(value) if isinstance(value, Decimal) else value
    if isinstance(value, Decimal):
        is_finer = value.is_finite() and value != round(value, 2)
        cell.number_format = "#,##0.00####" if is_finer else "#,##0.00"
    elif isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def write_report(path: str, content: str | bytes) -> None:
    """Write a report whole or not at all."""
    from landbridge.sources.files import write_whole

    write_whole(Path(path), content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content)
