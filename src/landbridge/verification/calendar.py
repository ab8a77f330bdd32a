"""Instants, local days, seasons, and the days on which a calendar row runs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from landbridge.domain.service import Calendar

MINUTE = timedelta(minutes=1)
DAY_MIN = 1440


class Valid(Protocol):
    """A row with validity bounds; an empty bound is open."""

    @property
    def valid_from(self) -> date | None: ...

    @property
    def valid_to(self) -> date | None: ...


def instant_of(zone: str, day: date, minute: int) -> datetime:
    """Give the instant (UTC) of a local clock time, ``minute`` counting from 00:00; 1440 is 00:00 of the next day.

    A clock time that does not exist is the minute after the gap, one that exists twice the first of the two.
    """
    here = ZoneInfo(zone)
    naive = datetime.combine(day, time()) + minute * MINUTE
    at = naive.replace(tzinfo=here).astimezone(UTC)
    if at.astimezone(here).replace(tzinfo=None) == naive:
        return at
    return _end_of_gap(naive.replace(tzinfo=here, fold=1).astimezone(UTC), here)


def _end_of_gap(before: datetime, here: ZoneInfo) -> datetime:
    """Step from an instant shortly before the clock is put forward to the first one after."""
    offset = before.astimezone(here).utcoffset()
    at = before
    while at.astimezone(here).utcoffset() == offset:
        at += MINUTE
    return at


def local_day(zone: str, at: datetime) -> date:
    """Give the local date of an instant."""
    return at.astimezone(ZoneInfo(zone)).date()


def minutes_between(start: datetime, end: datetime) -> int:
    """Count whole minutes from one instant to another."""
    return (end - start) // MINUTE


def days_begun(start: datetime, end: datetime) -> int:
    """Count days of 24 hours from one instant to another, a begun one as whole; never below 0."""
    return max(0, -(-minutes_between(start, end) // DAY_MIN))


def is_valid(row: Valid, day: date) -> bool:
    """Tell whether a row's bounds hold a day."""
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)


def is_in_season(day: date, season_from: tuple[int, int] | None, season_to: tuple[int, int] | None) -> bool:
    """Tell whether a day lies in a yearly season, which may run over New Year; an empty end is that end of the year."""
    first, last, at = season_from or (1, 1), season_to or (12, 31), (day.month, day.day)
    if first <= last:
        return first <= at <= last
    return at >= first or at <= last


def runs_on(row: Calendar, day: date) -> bool:
    """Tell whether a calendar row has a departure on a local day at the first stop."""
    if not is_valid(row, day):
        return False
    if row.kind == "weekdays":
        return day.isoweekday() in row.weekdays
    if row.kind == "interval":
        return bool(row.every_days) and row.anchor_on is not None and (day - row.anchor_on).days % (row.every_days or 1) == 0
    if row.kind == "month_days":
        return day.day in row.month_days
    return row.kind == "dates" and day in row.dates
