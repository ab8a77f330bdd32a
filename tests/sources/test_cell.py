"""One cell to one value, or a fault that says what to write instead."""

from datetime import date
from decimal import Decimal

import pytest

from landbridge.sources.cell import CellFault, make_parser
from landbridge.sources.dictionary import get_tables


def parse(table, column, text):
    return make_parser(get_tables()[table].field_by_name[column])(text)


@pytest.mark.parametrize(
    ("table", "column", "text", "value"),
    [
        ("stops", "depart_h", "1.5", 90),
        ("stops", "depart_h", "0.0083", 0),
        ("stops", "depart_h", "0.0084", 1),
        ("stops", "depart_h", "0.008333333333333333", 0),
        ("stops", "depart_h", "0.025", 2),
        ("links", "distance_km", "12.3456", 12346),
        ("links", "speed_kmh", "62.5", 62500),
        ("places", "lon", "-27.5", -27.5),
        ("places", "lon", "44.519999999999996", 44.519999999999996),
        ("tariffs", "amount", "1234.50", Decimal("1234.50")),
        ("shipments", "units", "2.0", 2),
        ("hours", "opens", "08:30", 510),
        ("hours", "closes", "24:00", 1440),
        ("crossings", "season_from", "02-29", (2, 29)),
        ("places", "working_days", "Mon; Fri;", (1, 5)),
        ("calendars", "dates", "2026-12-01;2026-12-24", (date(2026, 12, 1), date(2026, 12, 24))),
        ("calendars", "month_days", "1;11;21;1", (1, 11, 21)),
        ("links", "two_way", "FALSE", False),
        ("places", "names", "Лахор;لاہور", ("Лахор", "لاہور")),
        ("rules", "hs", "8701;0402", ("8701", "0402")),
        ("places", "zone", "Asia/Karachi", "Asia/Karachi"),
    ],
)
def test_what_a_cell_becomes(table, column, text, value):
    """Hours become minutes and kilometres metres, halves rounded up; lists keep their order and no value twice."""
    assert parse(table, column, text) == value
    assert type(parse(table, column, text)) is type(value)


@pytest.mark.parametrize(
    ("table", "column", "text", "code"),
    [
        ("tariffs", "amount", "-5", "CELL-OUT-OF-RANGE"),
        ("tariffs", "amount", "1,234", "CELL-NUMBER"),
        ("tariffs", "amount", "NaN", "CELL-NUMBER"),
        ("tariffs", "amount", "1e400", "CELL-NUMBER"),
        ("tariffs", "amount", "٣", "CELL-NUMBER"),
        ("stops", "depart_h", "20001", "CELL-OUT-OF-RANGE"),
        ("shipments", "units", "0", "CELL-OUT-OF-RANGE"),
        ("shipments", "units", "1.5", "CELL-NUMBER"),
        ("places", "lat", "91", "CELL-OUT-OF-RANGE"),
        ("places", "kind", "harbour", "CELL-CHOICE"),
        ("places", "country", "by", "CELL-COUNTRY"),
        ("places", "zone", "Europe/Minks", "CELL-ZONE"),
        ("places", "zone", "Europe", "CELL-ZONE"),
        ("places", "zone", "../../etc/passwd", "CELL-ZONE"),
        ("places", "place_id", "Санкт", "CELL-ID"),
        ("places", "place_id", "x" * 121, "CELL-ID"),
        ("places", "name", "two\nlines", "CELL-LINE-BREAK"),
        ("places", "working_days", "Monday", "CELL-WEEKDAY"),
        ("places", "gateway", "yes", "CELL-BOOLEAN"),
        ("tariffs", "currency", "$", "CELL-CURRENCY"),
        ("tariffs", "hs", "87.01", "CELL-HS"),
        ("tariffs", "hs", "902", "CELL-HS"),
        ("tariffs", "valid_from", "2026-02-30", "CELL-DATE"),
        ("tariffs", "valid_from", "1.12.2026", "CELL-DATE"),
        ("tariffs", "valid_from", "0001-01-01", "CELL-DATE"),
        ("hours", "opens", "24:01", "CELL-TIME"),
        ("crossings", "season_from", "13-01", "CELL-MONTH-DAY"),
    ],
)
def test_what_a_cell_must_not_be(table, column, text, code):
    """Each wrong cell has its code."""
    with pytest.raises(CellFault) as fault:
        parse(table, column, text)
    assert fault.value.code == code


def test_a_fault_says_what_to_write():
    """A misspelt choice names the nearest one, a number with its currency is told where that belongs."""
    with pytest.raises(CellFault) as fault:
        parse("places", "kind", "prot")
    assert fault.value.fix == "Write port."
    with pytest.raises(CellFault) as fault:
        parse("tariffs", "amount", "900 USD")
    assert "currency in its own column" in fault.value.fix
    with pytest.raises(CellFault) as fault:
        parse("duties", "hs", "902")  # HS 0902, tea, from a spreadsheet: it would be read as a part of HS 90, instruments
    assert fault.value.fix == "Write 0902 as text, if a spreadsheet took the leading zero away."


def test_a_long_cell_is_quoted_short():
    """A message never repeats a huge cell."""
    with pytest.raises(CellFault) as fault:
        parse("tariffs", "amount", "x" * 30_000)
    assert len(fault.value.message) < 100
