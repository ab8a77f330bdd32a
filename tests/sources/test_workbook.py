"""Workbooks as people fill them in."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from landbridge.domain.errors import DataError
from landbridge.sources.load import load_dataset
from landbridge.sources.raw import RawTable
from landbridge.sources.workbook import is_sheet_name, parse_package_sheet, read_workbook, render_workbook
from landbridge.sources.write import write_feed


def read(book):
    buffer = io.BytesIO()
    book.save(buffer)
    findings = []
    return read_workbook("a.xlsx", buffer.getvalue(), findings), [finding.code for finding in findings]


def make_raw(table, columns, row):
    return RawTable(table=table, file=f"feed/{table}.csv", columns=tuple(columns), lines=(2,), rows=(tuple(row),))


def test_what_a_person_types_becomes_text():
    """Numbers, dates, times and booleans become what a CSV file would hold."""
    book = Workbook()
    book.active.append(["whole", "half", "small", "date", "time", "day", "flag", "none", "text"])
    book.active.append(
        [900, 0.1, 0.00001, datetime.date(2026, 12, 1), datetime.time(8, 30), datetime.timedelta(days=1), True, None, "0402"]
    )
    sheets, codes = read(book)
    assert sheets["Sheet"][1][1] == ["900", "0.1", "0.00001", "2026-12-01", "08:30", "24:00", "true", "", "0402"]
    assert codes == []


def test_formulas_and_error_values_are_findings():
    """What a formula would give is not known here, and an error is no value."""
    book = Workbook()
    book.active.append(["=1+1", "#REF!"])
    assert read(book)[1] == ["CELL-FORMULA", "CELL-ERROR"]


def test_rows_keep_their_number():
    """Empty rows do not shift the rows below; a far row in a small file is no danger."""
    book = Workbook()
    book.active["A1"] = "a"
    book.active["A5"] = "b"
    book.active["XFD100000"] = "c"
    lines, rows = read(book)[0]["Sheet"]
    assert lines == [1, 5, 100_000]
    assert len(rows[2]) == 16_384


def test_more_rows_than_allowed(monkeypatch):
    """The bound on rows of a sheet holds."""
    monkeypatch.setattr("landbridge.sources.workbook.MAX_SHEET_ROWS", 3)
    book = Workbook()
    for number in range(5):
        book.active.append([number])
    assert read(book)[1] == ["ARCHIVE-TOO-LARGE"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "#N/A", "0402", "1.10", "_x0041_", "a\tb", "two\nlines", " x", "1e5", "лахор"]
)
def test_text_stays_text(text):
    """What begins with = + - @, looks like a number or a code of the format comes back as it was, and is never a formula."""
    data = render_workbook(b"{}", {"places": make_raw("places", ["place_id", "note"], ["x", text])})
    findings = []
    sheets = read_workbook("a.xlsx", data, findings)
    assert sheets["places"][1][1] == ["x", text]
    assert findings == []
    cell = load_workbook(io.BytesIO(data))["places"]["B2"]
    assert (cell.data_type, cell.number_format) == ("s", "@")


@pytest.mark.parametrize(
    ("text", "kind"), [("900", "n"), ("0.25", "n"), ("-27.5", "n"), ("1.10", "s"), ("007", "s"), ("=1", "s"), ("1e5", "s")]
)
def test_figures_are_numbers_where_nothing_is_lost(text, kind):
    """A figure can be reckoned with in a spreadsheet, unless its text would change."""
    data = render_workbook(b"{}", {"tariffs": make_raw("tariffs", ["tariff_id", "amount"], ["x", text])})
    assert load_workbook(io.BytesIO(data))["tariffs"]["B2"].data_type == kind
    assert read_workbook("a.xlsx", data, [])["tariffs"][1][1] == ["x", text]


def test_the_package_as_keys_and_values():
    """A person may write the settings of a feed as two columns."""
    rows = [["name", "my-feed"], ["as_of", "2026-11-24"], ["gates", "UN; EU"], ["capital_percent", "12"], ["", ""]]
    assert parse_package_sheet(([1, 2, 3, 4, 5], rows)) == (
        b'{"name": "my-feed", "landbridge": {"as_of": "2026-11-24", "gates": ["UN", "EU"], "capital_percent": 12.0}}'
    )


def test_a_workbook_made_by_hand_loads(example, tmp_path):
    """A workbook with settings in two columns, numbers as numbers and dates as dates is the same feed."""
    book = Workbook()
    sheet = book.active
    sheet.title = "datapackage"
    for row in (["name", "example"], ["title", example.package["title"]], ["version", "0.1.0"], ["as_of", datetime.date(2026, 11, 24)]):
        sheet.append(row)
    sheet.append(["settlement_currency", "USD"])
    sheet.append(["gates", "EU"])
    for table, rows in example.tables.items():
        sheet = book.create_sheet(table)
        columns = list(rows[0]) if rows else example._header(table)
        sheet.append(columns)
        for row in rows:
            sheet.append([_type(column, row[column]) for column in columns])
    book.create_sheet("Sheet2")
    book.save(tmp_path / "feed.xlsx")
    dataset, findings = load_dataset(tmp_path / "feed.xlsx")
    assert findings == ()
    assert dataset.digest == example.load().digest


def _type(column, text):
    if column in ("lon", "lat", "amount", "distance_km", "units"):
        return float(text) if text else None
    if column == "valid_from" and text:
        return datetime.date.fromisoformat(text)
    return text


def test_a_broken_workbook(example, tmp_path):
    """A damaged part, a missing sheet datapackage and a bomb are findings."""
    write_feed(example.save(), tmp_path / "a.xlsx")
    data = (tmp_path / "a.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    head = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData><row><c t="
    bomb = (
        b"<!DOCTYPE x [<!ENTITY a 'aaa'><!ENTITY b '&a;&a;'>]>"
        + head
        + b"'inlineStr'><is><t>&b;</t></is></c></row></sheetData></worksheet>"
    )
    for name, content, code in (
        ("xl/workbook.xml", b"<broken", "WORKBOOK-BROKEN"),
        ("xl/worksheets/sheet2.xml", head + b"'s'><v>99999</v></c></row></sheetData></worksheet>", "WORKBOOK-BROKEN"),
        ("xl/worksheets/sheet2.xml", bomb, "WORKBOOK-BROKEN"),
        ("xl/worksheets/sheet1.xml", head + b"'n'></c></row></sheetData></worksheet>", "JSON-BROKEN"),
    ):
        path = tmp_path / "b.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            for member, old in members.items():
                archive.writestr(member, content if member == name else old)
        with pytest.raises(DataError) as error:
            load_dataset(path)
        assert code in {finding.code for finding in error.value.findings}, name


def test_a_workbook_without_package(tmp_path):
    """Some workbook is no feed, and says what is missing."""
    book = Workbook()
    book.active.append(["a"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(DataError) as error:
        load_dataset(tmp_path / "a.xlsx")
    assert [finding.code for finding in error.value.findings] == ["PACKAGE-MISSING", "TABLE-UNKNOWN"]


def test_names_of_sheets():
    """Not every name of a table can be the name of a sheet."""
    assert is_sheet_name("calendar_exceptions")
    assert not any(map(is_sheet_name, ["", "a/b", "x" * 32, "Datapackage"]))
