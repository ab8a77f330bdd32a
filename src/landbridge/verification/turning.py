"""Turning days: those on which some row of the feed begins or ceases to apply; a run may start at their 00:00 local time, section 4.2."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

from landbridge.domain.dataset import Dataset
from landbridge.domain.rule import Document
from landbridge.verification.calendar import is_in_season
from landbridge.verification.paper import count_days

ONE_DAY = timedelta(days=1)
NOT_COUNTED = frozenset({"info", "digest", "hours", "holidays", "calendars"})


def is_turning_day(dataset: Dataset, day: date, as_of: date) -> bool:
    """Tell whether a row of any table but hours, holidays and calendars begins to apply on a day, or ceased with the day before.

    So does a day on which a document is there that was asked for on ``as_of``, if some rule shuts the way until its documents are there.
    """
    if any(rule.short_lead == "reject" for rule in dataset.rules):
        known: dict[str, Document] = {
            row.document_id: row for row in dataset.documents if row.known_from is None or row.known_from <= as_of
        }
        if any(as_of + timedelta(days=days) == day for days in count_days(known).values()):
            return True
    tables = (getattr(dataset, table.name) for table in fields(dataset) if table.name not in NOT_COUNTED)
    return any(_turns(row, day) for table in tables for row in table)


def _turns(row: object, day: date) -> bool:
    valid_from, valid_to = getattr(row, "valid_from", None), getattr(row, "valid_to", None)
    if valid_from == day or (valid_to is not None and valid_to + ONE_DAY == day):
        return True
    season = getattr(row, "season_from", None), getattr(row, "season_to", None)
    return is_in_season(day, *season) != is_in_season(day - ONE_DAY, *season)
