"""Figures as the reader's own locale writes them: the words of the pages are English, dates and numbers are by the browser's language.

The integers become text in :mod:`landbridge.report.figures`; here their separators, grouping and dates are put as Babel's CLDR has them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from nicegui import context

from landbridge.report import figures

_DEFAULT = Locale("en", "GB")
_MOST_TAGS = 12
_DAY = re.compile(r"(?<![\w'-])\d{4}-\d{2}-\d{2}(?![\w'-])")
_FRACTION = re.compile(r"\.[#0]+")


def find_locale() -> Locale:
    """The first language of the browser that Babel knows; British English outside of a page."""
    try:
        request = context.client.request
    except RuntimeError:
        return _DEFAULT
    return read_locale(request.headers.get("accept-language", "")[:500])


@lru_cache(maxsize=256)
def read_locale(accepted: str) -> Locale:
    """The first tag of an ``Accept-Language`` header that Babel knows."""
    for part in accepted.split(",")[:_MOST_TAGS]:
        tag = part.partition(";")[0].strip()
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError, TypeError):
            continue
    return _DEFAULT


def moment_text(at: str) -> str:
    """A time of the store, ISO 8601 in UTC, to the minute."""
    moment = datetime.fromisoformat(at)
    return f"{date_text(moment.date())}, {moment:%H:%M} UTC"


def number_text(text: str) -> str:
    """A number as :mod:`landbridge.report.figures` writes it, with the separators of the reader."""
    try:
        value = Decimal(text.replace(",", ""))
    except ArithmeticError:
        return text
    if not value.is_finite():
        return text
    places = len(text.partition(".")[2])
    locale = find_locale()
    pattern = _FRACTION.sub(f".{'0' * places}" if places else "", locale.decimal_formats[None].pattern)
    return format_decimal(value, format=pattern, locale=locale, decimal_quantization=False)


def money_text(cents: int) -> str:
    return number_text(figures.money_text(cents))


def exact_money_text(cents: int) -> str:
    return number_text(figures.exact_money_text(cents))


def amount_text(amount: Decimal) -> str:
    return number_text(figures.amount_text(amount))


def price_amount_text(amount: Decimal) -> str:
    return number_text(figures.price_amount_text(amount))


def range_text(low_cents: int, high_cents: int) -> str:
    return f"{money_text(low_cents)} to {money_text(high_cents)}"


def days_text(minutes: int) -> str:
    return number_text(figures.days_text(minutes))


def duration_text(minutes: int) -> str:
    number, _, unit = figures.duration_text(minutes).partition(" ")
    return f"{number_text(number)} {unit}"


def mass_text(grams: int) -> str:
    return number_text(figures.mass_text(grams))


def distance_text(distance_m: int) -> str:
    return number_text(figures.distance_text(distance_m))


def integer_text(count: int) -> str:
    return number_text(f"{count}")


def date_text(on: date) -> str:
    return _tight(format_date(on, "medium", find_locale()))


def local_text(text: str) -> str:
    """A sentence of another room with its days as the reader writes them; what is no day stays."""
    return _DAY.sub(lambda found: _day_text(found[0]), text)


def _day_text(text: str) -> str:
    try:
        return date_text(date.fromisoformat(text))
    except ValueError:
        return text


def month_text(on: date) -> str:
    return _tight(format_skeleton("yMMM", on, locale=find_locale()))


def time_text(at: datetime) -> str:
    """Day and clock time."""
    return f"{_tight(format_skeleton('MMMd', at.date(), locale=find_locale()))}\u00a0{at:%H:%M}"


def writer() -> figures.Writer:
    """How sentences of :mod:`landbridge.report` write dates and times on the page of this reader."""
    return figures.Writer(date=date_text, time=time_text, duration=duration_text)


def shares_text(parts: Sequence[int]) -> tuple[str, ...]:
    return figures.shares_text(parts)


def _tight(text: str) -> str:
    return text.replace(" ", "\u00a0")
