"""Figures as people read them: money, days, dates, mass. The only place where integers with a unit become text.

Dates hold no-break spaces, so that no line breaks inside one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

MINUTES_PER_DAY = 1440
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def count_text(number: int, noun: str, nouns: str = "") -> str:
    """A number with its noun: ``1 day``, ``2 days``; ``nouns`` where an s does not make the plural."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def money_text(cents: int) -> str:
    """Whole units of the currency with thousands set apart: ``11,241``; halves go away from zero."""
    whole = (abs(cents) + 50) // 100
    return f"{'-' if cents < 0 and whole else ''}{whole:,}"


def percent_text(percent: float) -> str:
    """A figure in percent with one digit, without its sign; nothing never has a minus."""
    return f"{round(percent, 1) + 0.0:.1f}"


def percent_range(low: float, high: float) -> str:
    """A range in percent with its sign; one figure where both ends show as the same."""
    first, last = percent_text(low), percent_text(high)
    return f"{first} %" if first == last else f"{first} to {last} %"


def exact_money_text(cents: int) -> str:
    """Units and cents: ``11,240.50``."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def amount_text(amount: Decimal) -> str:
    """An amount of any currency, without zeros that say nothing: ``1,250``, ``0.85``."""
    text = f"{amount:,.4f}" if amount.is_finite() else str(amount)
    return text.rstrip("0").rstrip(".")


def price_amount_text(amount: Decimal) -> str:
    """A price: whole, or with two decimals at least: ``21``, ``22.50``, ``1.045``."""
    text = amount_text(amount)
    return text + "0" if "." in text and len(text) - text.index(".") == 2 else text


def range_text(low_cents: int, high_cents: int) -> str:
    return f"{money_text(low_cents)} to {money_text(high_cents)}"


def days_text(minutes: int) -> str:
    """Days with one decimal: ``46.2``."""
    tenths = (abs(minutes) * 10 + MINUTES_PER_DAY // 2) // MINUTES_PER_DAY
    return f"{'-' if minutes < 0 and tenths else ''}{tenths // 10:,}.{tenths % 10}"


def duration_text(minutes: int) -> str:
    """A stretch of time in the unit that fits: ``3.2 d``, ``5 h``, ``40 min``."""
    if abs(minutes) >= MINUTES_PER_DAY:
        return f"{days_text(minutes)} d"
    if abs(minutes) >= 60:
        return f"{(minutes + 30) // 60} h"
    return f"{minutes} min"


def mass_text(grams: int) -> str:
    """Kilograms with thousands set apart."""
    kilograms = (abs(grams) + 500) // 1000
    return f"{'-' if grams < 0 and kilograms else ''}{kilograms:,}"


def tonnes_text(mass_kg: int) -> str:
    return f"{mass_kg / 1000:,.1f} t"


def distance_text(distance_m: int) -> str:
    """Kilometres with thousands set apart."""
    return f"{(distance_m + 500) // 1000:,}"


def date_text(on: date) -> str:
    """``1 Dec 2026``."""
    return f"{on.day}\u00a0{_MONTHS[on.month - 1]}\u00a0{on.year}"


def day_text(on: date) -> str:
    """A date whose year is plain from where it stands: ``1 Dec``."""
    return f"{on.day}\u00a0{_MONTHS[on.month - 1]}"


def month_text(on: date) -> str:
    """``Feb 2025``."""
    return f"{_MONTHS[on.month - 1]}\u00a0{on.year}"


def time_text(at: datetime) -> str:
    """Day and clock time: `` 1 Dec 08:00``, two columns for the day so that they stand in line."""
    return f"{at.day:>2}\u00a0{_MONTHS[at.month - 1]}\u00a0{at.hour:02d}:{at.minute:02d}"


def moment_text(at: datetime) -> str:
    """Date and clock time where the year is not plain: ``1 Dec 2026 08:00``."""
    return f"{date_text(at.date())}\u00a0{at.hour:02d}:{at.minute:02d}"


def span_text(since: date | None, until: date | None) -> str:
    """From when to when something holds, in words; empty if neither is known."""
    if since and until:
        return f"{date_text(since)} to {date_text(until)}"
    if since:
        return f"since {date_text(since)}"
    return f"until {date_text(until)}" if until else ""


def list_text(words: Sequence[str]) -> str:
    """Words in a row: ``UN, US and EU``."""
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def shares_text(parts: Sequence[int]) -> tuple[str, ...]:
    """Percentages of parts of a whole that sum to 100 (greatest remainders first); a dash where there is no whole."""
    whole = sum(parts)
    if whole <= 0 or min(parts) < 0:
        return tuple("-" if not part or whole <= 0 else f"{round(100 * part / whole)} %" for part in parts)
    floors = [100 * part // whole for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda index: (-(100 * parts[index] % whole), index))
    for index in by_remainder[: 100 - sum(floors)]:
        floors[index] += 1
    return tuple((f"{percent} %" if percent else "<1 %") if part else "-" for percent, part in zip(floors, parts, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """How days, times and stretches of time are written within sentences; as in this module where nobody asks for another way."""

    date: Callable[[date], str] = date_text
    time: Callable[[datetime], str] = time_text
    duration: Callable[[int], str] = duration_text


PLAIN = Writer()
