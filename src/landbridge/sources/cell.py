"""One cell to one typed value: a parser for every type of the dictionary, and what a parser says of a cell it cannot read.

Units end here: hours become whole minutes, kilometres whole metres, km/h metres an hour; halves are rounded up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from landbridge.sources.dictionary import LIST_TYPES, FieldSpec
from landbridge.sources.nearest import find_nearest, quote_text

Parser = Callable[[str], Any]

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MAX_ID = 120
MAX_COUNT = 1_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2199

MAXIMUM_BY_UNIT = {"h": 20_000, "km": 60_000, "km/h": 1_000, "d": 3_660, "kg": 100_000_000, "TEU": 30_000}
"""Bounds of a unit where the dictionary states none: a figure above is a typing error and could overflow a clock."""

_FACTOR_BY_UNIT = {"h": 60, "km": 1000, "km/h": 1000}
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,20})?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
_MONTH_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_HS = re.compile(r"(?:[0-9]{2}){1,5}")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]*")


class CellFault(Exception):
    """A cell that cannot be read: the code of the finding, what is wrong and what to do."""

    def __init__(self, code: str, message: str, fix: str | None = None) -> None:
        self.code = code
        self.message = message
        self.fix = fix
        super().__init__(message)


def make_parser(field: FieldSpec) -> Parser:
    """Make the parser of one column: text of a cell that is not empty to its value, or ``CellFault``."""
    parse_one = _make_single(field, LIST_TYPES.get(field.type, field.type))
    if not field.is_list:
        return parse_one

    def parse_list(text: str) -> tuple[Any, ...]:
        items = (item.strip() for item in text.split(";"))
        return tuple(dict.fromkeys(parse_one(item) for item in items if item))

    return parse_list


def _make_single(field: FieldSpec, kind: str) -> Parser:
    if kind in ("decimal", "integer"):
        return _make_number(field, kind)
    if kind == "enum":
        return _make_enum(field.choices)
    return _PARSERS[kind]


def _make_enum(choices: tuple[str, ...]) -> Parser:
    def parse_enum(text: str) -> str:
        if text in choices:
            return text
        nearest = find_nearest(text, choices)
        fix = f"Write {nearest}." if nearest else f"Write one of {', '.join(choices)}."
        raise CellFault("CELL-CHOICE", f"{quote_text(text)} is none of {', '.join(choices)}", fix)

    return parse_enum


def _make_number(field: FieldSpec, kind: str) -> Parser:
    low = field.minimum
    high = field.maximum if field.maximum is not None else _find_maximum(field.unit, kind)
    convert = _make_conversion(field, kind)

    def parse_number(text: str) -> int | float | Decimal:
        if not _NUMBER.fullmatch(text):
            raise CellFault("CELL-NUMBER", f"{quote_text(text)} is not a number", _advise_number(text))
        value = Decimal(text)
        if (low is not None and value < low) or (high is not None and value > high):
            raise CellFault("CELL-OUT-OF-RANGE", f"{text} {field.unit}".strip() + f" is not {_describe_bounds(low, high)}")
        return convert(value)

    return parse_number


def _find_maximum(unit: str, kind: str) -> Decimal | None:
    maximum = MAXIMUM_BY_UNIT.get(unit, MAX_COUNT if kind == "integer" else None)
    return None if maximum is None else Decimal(maximum)


def _make_conversion(field: FieldSpec, kind: str) -> Callable[[Decimal], int | float | Decimal]:
    if field.unit == "deg":
        return float
    if kind == "integer":
        return _to_whole
    if field.unit in _FACTOR_BY_UNIT:
        factor = _FACTOR_BY_UNIT[field.unit]
        return lambda value: int((value * factor).to_integral_value(ROUND_HALF_UP))
    return lambda value: value


def _to_whole(value: Decimal) -> int:
    if value != int(value):
        raise CellFault("CELL-NUMBER", f"{value} is not a whole number", "Write a whole number.")
    return int(value)


def _advise_number(text: str) -> str | None:
    if re.fullmatch(r"-?[0-9]+,[0-9]+", text):
        return "Write a point for the decimal sign and no sign for thousands, e.g. 1234.5."
    if re.search(r"[A-Za-z]", text):
        return "Write the number alone: the unit stands in the name of the column, a currency in its own column."
    return None


def _describe_bounds(low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and high is not None:
        return f"between {low} and {high}"
    return f"{low} or more" if low is not None else f"{high} or less"


def _parse_string(text: str) -> str:
    if "\n" in text:
        raise CellFault("CELL-LINE-BREAK", f"{quote_text(text)} runs over several lines")
    return text


def _parse_text(text: str) -> str:
    return text


def _parse_id(text: str) -> str:
    if _ID.fullmatch(text) and len(text) <= MAX_ID:
        return text
    raise CellFault("CELL-ID", f"{quote_text(text)} cannot be an id")


def _parse_date(text: str) -> date:
    if _DATE.fullmatch(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise CellFault("CELL-DATE", f"{quote_text(text)} is not a date of the years {FIRST_YEAR} to {LAST_YEAR}")


def _parse_time(text: str) -> int:
    if _TIME.fullmatch(text):
        return int(text[:2]) * 60 + int(text[3:])
    raise CellFault("CELL-TIME", f"{quote_text(text)} is not a time of day")


def _parse_month_day(text: str) -> tuple[int, int]:
    if _MONTH_DAY.fullmatch(text):
        month, day = int(text[:2]), int(text[3:])
        try:
            date(2024, month, day)
        except ValueError:
            pass
        else:
            return month, day
    raise CellFault("CELL-MONTH-DAY", f"{quote_text(text)} is not a day of the year")


def _parse_boolean(text: str) -> bool:
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    raise CellFault("CELL-BOOLEAN", f"{quote_text(text)} is neither true nor false")


def _parse_weekday(text: str) -> int:
    if text in WEEKDAYS:
        return WEEKDAYS.index(text) + 1
    raise CellFault("CELL-WEEKDAY", f"{quote_text(text)} is none of {', '.join(WEEKDAYS)}")


def _parse_zone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        if _ZONE.fullmatch(text):
            ZoneInfo(text)
            return text
    except (KeyError, ValueError, OSError):
        pass
    raise CellFault("CELL-ZONE", f"{quote_text(text)} is not a time zone of the IANA database")


def _match(pattern: re.Pattern[str], code: str, what: str) -> Parser:
    def parse_matching(text: str) -> str:
        if pattern.fullmatch(text):
            return text
        raise CellFault(code, f"{quote_text(text)} is not {what}")

    return parse_matching


def _parse_hs(text: str) -> str:
    if _HS.fullmatch(text):
        return text
    is_cut = text.isascii() and text.isdigit() and len(text) < 10
    fix = f"Write 0{text} as text, if a spreadsheet took the leading zero away." if is_cut else None
    raise CellFault("CELL-HS", f"{quote_text(text)} is not an HS prefix of 2, 4, 6, 8 or 10 digits", fix)


_PARSERS: dict[str, Parser] = {
    "string": _parse_string,
    "text": _parse_text,
    "id": _parse_id,
    "ref": _parse_id,
    "date": _parse_date,
    "time": _parse_time,
    "monthday": _parse_month_day,
    "boolean": _parse_boolean,
    "weekday": _parse_weekday,
    "zone": _parse_zone,
    "country": _match(_COUNTRY, "CELL-COUNTRY", "a country code of two capital letters (ISO 3166-1)"),
    "currency": _match(_CURRENCY, "CELL-CURRENCY", "a currency code of three capital letters (ISO 4217)"),
    "hs": _parse_hs,
}
