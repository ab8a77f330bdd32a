"""Tables of text to typed rows: what is wrong in a table, its rows and its keys."""

import csv
import re
from decimal import Decimal

import pytest

from landbridge.domain.record import Range


def test_the_template_has_no_finding(example):
    """The feed that all these tests change is itself without any finding."""
    assert example.find() == []


def test_a_missing_end_equals_the_typical_figure(example):
    """A figure from a source of grade A to C may stand alone; then its range is a point."""
    example.set("handling", 1, duration_low_h="", duration_high_h="", source_id="unlocode", amount_low="100", amount_high="")
    handling = example.load().handling[1]
    assert handling.duration_min == Range(low=720, typical=720, high=720)
    assert handling.amount == Range(low=Decimal(100), typical=Decimal(120), high=Decimal(120))


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"amount_low": "1000"}, "RANGE-ORDER", "amount"),
        ({"amount": ""}, "RANGE-WITHOUT-TYPICAL", "amount"),
        ({"amount_high": "x"}, "CELL-NUMBER", "amount"),
        ({"from_place_id": ""}, "CELL-EMPTY", "from_place_id"),
        ({"from_place_id": "BGVAS"}, "REFERENCE-UNKNOWN", "from_place_id"),
        ({"tariff_id": "ex-sea-20gp-2025"}, "KEY-DUPLICATE", "tariff_id"),
        ({"amount_low": "", "amount_high": ""}, "GRADE-D-RANGE", "amount"),
    ],
)
def test_a_wrong_row(example, cells, code, column):
    """Each finding says file, row, column, and what to do."""
    found = [finding for finding in example.set("tariffs", 0, **cells).find() if finding.code == code]
    assert [(finding.file, finding.column) for finding in found] == [("example/tariffs.csv", column)]
    assert found[0].row in (2, 3)
    assert found[0].message
    assert found[0].fix


def test_all_findings_come_at_once(example):
    """Faults of many files are in one list, errors first."""
    example.set("places", 0, lat="99").set("tariffs", 0, amount="much").set("stops", 1, place_id="GEPTY").settings(as_off=1)
    codes = example.codes()
    assert codes[-1] == "PACKAGE-KEY-UNKNOWN"
    assert {"CELL-OUT-OF-RANGE", "CELL-NUMBER", "REFERENCE-UNKNOWN"} <= set(codes)


def test_an_unknown_id_names_the_nearest(example):
    """A typing error in a reference is told which id may be meant, in lists too."""
    example.set("stops", 1, via="GE-SADAKLO")
    (finding,) = example.find()
    assert finding.message == "places has no row 'GE-SADAKLO'; did you mean 'GE-SADAKHLO'?"


def test_the_policy_names_regimes_that_exist(example):
    """A gate that is a regime of neither the feed nor the feed world, whose law holds beside it, is an error; all are told at once."""
    found = [finding for finding in example.settings(gates=["EU", "UKK", "UK", "XX"]).find() if finding.code == "REFERENCE-UNKNOWN"]
    assert [finding.column for finding in found] == ["gates", "gates"]
    assert "has no row 'UKK'; did you mean 'UK'?" in found[0].message
    assert "has no row 'XX'" in found[1].message


def test_semicolons_are_one_finding(example):
    """A header joined by semicolons is told as that alone: it is no column that could be renamed."""
    folder = example.save()
    path = folder / "holidays.csv"
    path.write_text(path.read_text().replace(",", ";"))
    assert [finding.code for finding in find_in(folder)] == ["CSV-SEPARATOR"]


def test_what_else_is_wrong_with_a_table_of_semicolons_is_told_and_nothing_that_is_not(example):
    """As a spreadsheet saves it: lists in quotes, decimal commas. Each row was told as ragged, each needed cell as empty."""
    folder = example.save()
    for name in ("haulage", "haulage_rates"):
        path = folder / f"{name}.csv"
        rows = list(csv.reader(path.read_text().splitlines()))
        with path.open("w", newline="") as lines:
            writer = csv.writer(lines, delimiter=";")
            writer.writerows([cell.replace(".", ",") if re.fullmatch("[0-9.]+", cell) else cell for cell in row] for row in rows)
    codes = [finding.code for finding in find_in(folder)]
    assert codes.count("CSV-SEPARATOR") == 2
    assert set(codes) == {"CSV-SEPARATOR", "CELL-NUMBER"}


def test_columns(example):
    """A missing, unknown, doubled and nameless column; the unknown one names what may be meant."""
    folder = example.save()
    path = folder / "holidays.csv"
    path.write_text("county,on,name,name,source_id,,note\nBG,2026-12-25,Christmas,x,holiday-laws,oops,\n")
    found = {finding.code: finding for finding in find_in(folder)}
    assert set(found) == {"COLUMN-UNKNOWN", "COLUMN-MISSING", "COLUMN-DUPLICATE", "COLUMN-NAMELESS"}
    assert "'country'" in found["COLUMN-UNKNOWN"].message


def test_empty_columns_and_rows_of_a_spreadsheet_are_let_pass(example):
    """A spreadsheet leaves empty cells to the right and below; they are nothing."""
    folder = example.save()
    path = folder / "holidays.csv"
    text = path.read_text().splitlines()
    path.write_text("\n".join(f"{line},," for line in text) + "\n,,,,,,\n\n")
    assert find_in(folder) == []


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("", "HEADER-MISSING", None),
        ("country;on;name;source_id\nBG;2026-12-25;Christmas;holiday-laws\n", "CSV-SEPARATOR", 1),
        ("country,on,name,source_id\nBG,2026-12-25,Christmas\n", "ROW-RAGGED", 2),
        ("country,on,name,source_id\n\nBG,2026-12-25,Christ,mas,holiday-laws\n", "ROW-RAGGED", 3),
        ("country,on,name,source_id\nBG,2026-12-25,Christ\x07mas,holiday-laws\n", "CELL-CONTROL", 2),
        ("country,on,name,source_id\nBG,2026-12-25," + "x" * 32_768 + ",holiday-laws\n", "CELL-TOO-LONG", 2),
        ('country,on,name,source_id\nBG,2026-12-25,"Christ\nmas",holiday-laws\n', "CELL-LINE-BREAK", 2),
    ],
)
def test_a_wrong_table(example, text, code, row):
    """What is wrong with the form of a table is found with its line."""
    folder = example.save()
    (folder / "holidays.csv").write_text(text)
    assert (code, row) in {(finding.code, finding.row) for finding in find_in(folder)}


def test_assumed_times_without_range_are_one_warning_a_column(example):
    """Money of grade D must have a range; times, masses and emissions should, which is said once for each column."""
    example.set("crossings", 0, wait_low_h="").set("crossings", 1, wait_high_h="").set("stops", 1, arrive_low_h="")
    found = example.find()
    assert [(finding.code, finding.column) for finding in found] == [("GRADE-D-SPREAD", "wait_h"), ("GRADE-D-SPREAD", "arrive_h")]
    assert "2 assumed figures" in found[0].message


@pytest.mark.parametrize(
    ("table", "position", "cells"),
    [
        ("events", 0, {"delay_low_h": ""}),
        ("duties", 0, {"percent_high": ""}),
        ("tariffs", 2, {"factor_low": ""}),
        ("storage", 0, {"per_day_low": ""}),
        ("goods", 0, {"value_per_t_low": ""}),
    ],
)
def test_what_must_have_a_range(example, table, position, cells):
    """Delays, percentages, factors and all kinds of money of grade D need low and high."""
    assert example.set(table, position, **cells).codes() == ["GRADE-D-RANGE"]


def find_in(folder):
    from landbridge.domain.errors import DataError
    from landbridge.sources.load import load_dataset

    try:
        return list(load_dataset(folder)[1])
    except DataError as error:
        return list(error.findings)
