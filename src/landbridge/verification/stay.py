"""Stays: what happens between two legs at a place, from gate-in until the goods are handled; section 4.3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from landbridge.domain.place import Place
from landbridge.domain.terminal import Handling
from landbridge.verification.calendar import DAY_MIN, MINUTE, instant_of, local_day
from landbridge.verification.case import Case
from landbridge.verification.choice import choose_handling
from landbridge.verification.opening import Opening

MOVES = frozenset({"lift", "transship", "gauge_change"})
OFFICE_WORK = frozenset({"clearance", "inspection", "stuffing", "stripping"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Goods at a place between two legs, before the first or after the last.

    Attributes
    ----------
    modes
        Mode in and mode out; ``origin`` and ``destination`` at the ends.
    rows
        Handling, one row per kind.
    handled_at
        When the handling is over; None if the place never opens.
    """

    place: Place
    modes: tuple[str, str]
    gate_in_at: datetime
    rows: tuple[Handling, ...]
    handled_at: datetime | None

    @property
    def day(self) -> date:
        return local_day(self.place.zone, self.gate_in_at)

    @property
    def terminals(self) -> frozenset[str]:
        """The terminals that the rows of handling name."""
        return frozenset(row.terminal_id for row in self.rows if row.terminal_id)

    @property
    def handling_min(self) -> int:
        return duration_of(self.rows)

    @property
    def is_change(self) -> bool:
        return self.modes[0] != "origin" and self.modes[1] != "destination"

    @property
    def can_change(self) -> bool:
        return not self.is_change or any(row.kind in MOVES for row in self.rows)


def duration_of(rows: tuple[Handling, ...]) -> int:
    """Add up the typical durations of handling, in minutes."""
    return sum(row.duration_min.typical for row in rows)


def _opening(case: Case, place: Place, rows: tuple[Handling, ...]) -> Opening:
    needs_office = any(row.kind in OFFICE_WORK for row in rows)
    return Opening(
        zone=place.zone,
        hours=tuple(row for row in case.dataset.hours if row.place_id == place.place_id),
        working_days=place.working_days if needs_office else None,
        holidays=case.holidays_by_country.get(place.country, frozenset()),
    )


def stay_at(case: Case, place_id: str, modes: tuple[str, str], gate_in_at: datetime) -> Stay:
    """Handle the goods at a place: from the first open minute at or after gate-in, for the sum of the durations."""
    place = case.dataset.get_place(place_id)
    rows = choose_handling(case, place_id, modes, local_day(place.zone, gate_in_at))
    starts_at = _opening(case, place, rows).find_first(gate_in_at) if rows else gate_in_at
    handled_at = None if starts_at is None else starts_at + duration_of(rows) * MINUTE
    return Stay(place=place, modes=modes, gate_in_at=gate_in_at, rows=rows, handled_at=handled_at)


def find_last_gate_in(case: Case, place_id: str, modes: tuple[str, str], by_at: datetime) -> datetime | None:
    """Find the last open minute from which the handling is over by an instant; its rows are those of the day of that minute."""
    place = case.dataset.get_place(place_id)
    day = local_day(place.zone, by_at)
    while True:
        rows = choose_handling(case, place_id, modes, day)
        end_of_day = instant_of(place.zone, day, DAY_MIN) - MINUTE
        gate_in_at = _opening(case, place, rows).find_last(min(by_at - duration_of(rows) * MINUTE, end_of_day))
        if gate_in_at is None or local_day(place.zone, gate_in_at) == day:
            return gate_in_at
        day = local_day(place.zone, gate_in_at)
