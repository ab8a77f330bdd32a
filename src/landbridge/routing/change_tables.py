"""Tables of changes at places, storage, and detention of boxes."""

from __future__ import annotations

from copy import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge.domain.dataset import Dataset
from landbridge.domain.terminal import DetentionStep, StorageStep
from landbridge.routing.register import Register, firsts_of
from landbridge.terms.change import ChangeTerms, step_cents
from landbridge.terms.clock import MINUTES_PER_DAY
from landbridge.terms.marks import Mark
from landbridge.terms.terms import DESTINATION, ORIGIN
from landbridge.terms.validity import first_days_of_papers, listing_days

_STAY_DAYS = 420
_COLUMNS = {
    "cost": np.int64, "moving": np.int64, "duration": np.int64, "working": np.int8, "emission": np.int64, "blocked": np.int8,
    "lead": np.int64, "bits": np.int32,
}  # fmt: skip
"""What is told of each change and epoch."""


class ChangeTables:
    """Works out what it takes to change from one carrier to another, and what it costs to stay."""

    def __init__(self, register: Register) -> None:
        self._register, self._terms, self._dataset = register, register.terms, register.dataset

    def changes(self) -> dict[str, Any]:
        """Tables of changes at each place."""
        data, register = self._dataset, self._register
        is_listed = register.by_carrier or any(row.terminal_id for row in data.handling)
        rules = [row for row in data.rules if row.scope == "transfer" or register.is_felt_elsewhere(row)]
        turning = register.turning_days(data.handling, data.documents, rules, data.emission_factors)
        turning |= first_days_of_papers(data, register.terms.query.as_of)
        stretches = register.stretches(turning | (listing_days(data) if is_listed else set()))
        self._firsts = [k for k, source in enumerate(stretches) if source == k]
        self._marks = self._list_marks()
        rows = [self._rows_of(p) for p in range(len(data.places))]
        self._begins = np.cumsum([0, *(len(found) for found in rows)])
        self._rows = np.concatenate([np.empty((0, len(_COLUMNS)), np.int64), *rows])
        covered = _covered_places(data)
        counts = np.diff(self._begins) // len(register.days)
        free = np.repeat(np.array([row.place_id in covered for row in data.places], np.int8), counts)
        opening = [[register.opening(row.place_id, row, on_working_days=is_working) for is_working in (False, True)] for row in data.places]
        return self._written() | {
            "in_first": firsts_of(len(found) for found in register.classes_in),
            "out_count": np.array([len(found) + 1 for found in register.carriers_out], np.int32),
            "change_first": self._begins[:-1].astype(np.int32),
            "change_free": free,
            "place_open": np.array(opening, np.int32).reshape(-1, 2),
        }

    def renewed(self, register: Register) -> tuple[ChangeTables, dict[str, Any], list[int]]:
        """The tables for another load that differs in its ends alone, those of them that differ, and the places where they do."""
        new = copy(self)
        new._register, new._terms = register, register.terms
        new._marks = new._list_marks()
        changed = [p for p, (mark, before) in enumerate(zip(new._marks, self._marks, strict=True)) if mark != before]
        if not changed:
            return new, {}, []
        new._rows = self._rows.copy()
        for p in changed:
            new._rows[self._begins[p] : self._begins[p + 1]] = new._rows_of(p)
        return new, new._written(), changed

    def _list_marks(self) -> list[Mark]:
        """What the ends change in the changes of each place."""
        return [self._terms.law.mark_transfers(place) for place in self._dataset.places]

    def _rows_of(self, p: int) -> NDArray[np.int64]:
        """(changes * K, columns) of a place."""
        place, days = self._dataset.places[p], self._register.days
        told = [
            self._row(self._terms.change(place.place_id, before, after, days[k]))
            for before in self._register.carriers_in[p]
            for after in (*self._register.carriers_out[p], DESTINATION)
            for k in self._firsts
        ]
        rows = np.array(told, np.int64).reshape(-1, len(self._firsts), len(_COLUMNS))
        return np.repeat(rows, self._register.lengths_of(self._firsts), axis=1).reshape(-1, len(_COLUMNS))

    def _row(self, terms: ChangeTerms) -> tuple[int, ...]:
        lead = max((row.lead_days for row, _ in terms.documents), default=0) * MINUTES_PER_DAY
        papers = self._register.number_of(self._register.dues_of_papers(terms.documents))
        cents = terms.cost_cents, terms.moving_cents
        return *cents, terms.duration_min, terms.needs_working_day, terms.emission_g, bool(terms.blocks), lead, papers

    def _written(self) -> dict[str, Any]:
        return {f"change_{name}": self._rows[:, c].astype(kind) for c, (name, kind) in enumerate(_COLUMNS.items())}

    def stays(self, detentions: dict[tuple[str, str], int]) -> dict[str, Any]:
        """Tables of storage, and of detention by line and place."""
        terms, data, epochs = self._terms, self._dataset, len(self._register.days)
        days = terms.query.horizon_days + 3
        rows: dict[tuple[str, ...], int] = {}
        costs: list[list[int]] = []
        index = []
        stretches = self._register.stretches(self._register.turning_days(data.storage))
        for p, place in enumerate(data.places):
            for before in self._register.carriers_in[p]:
                for k in stretches:
                    steps: tuple[StorageStep, ...] = ()
                    if place.place_id in terms.choice.storage_places and before is not ORIGIN:
                        steps = terms.choice.list_storage(place.place_id, before.mode, self._register.days[k])
                    if not steps:
                        index.append(-1)
                        continue
                    key = tuple(step.storage_id for step in steps)
                    if key not in rows:
                        rows[key] = len(costs)
                        costs.append(self._cents_of(steps, days))
                    index.append(rows[key])
        detention = np.zeros((len(detentions), epochs, _STAY_DAYS + 1), np.int64)
        for (line, place_id), table in detentions.items():
            for k, source in enumerate(self._register.stretches(self._register.turning_days(data.detention))):
                if source != k:
                    detention[table, k] = detention[table, k - 1]
                else:
                    steps_of_line = terms.choice.list_detention(line, place_id, self._register.days[k])
                    detention[table, k] = self._cents_of(steps_of_line, _STAY_DAYS)
        return {
            "has_storage": np.array([row.place_id in terms.choice.storage_places for row in data.places], np.int8),
            "storage_row": np.array(index, np.int32),
            "storage_cost": np.array(costs, np.int64).reshape(-1, days + 1),
            "detention_cost": detention,
            "detention_slope": np.diff(detention, axis=2).max(axis=(1, 2), initial=0),
        }

    def _cents_of(self, steps: tuple[StorageStep, ...] | tuple[DetentionStep, ...], days: int) -> list[int]:
        """Cents of each number of days, the same for all loads of one memory."""
        return self._terms.memory.recall("steps", (days, steps), lambda: step_cents(self._terms.market, self._terms.load, steps, days))


def _covered_places(dataset: Dataset) -> frozenset[str]:
    """Places where some price includes the lift."""
    found: set[str] = set()
    whole = {row.service_id for row in dataset.services if any(part.startswith("handling") for part in row.includes)}
    for row in dataset.tariffs:
        if row.service_id in whole or any(part.startswith("handling") for part in row.includes):
            found.update((row.from_place_id, row.to_place_id))
    for leg in dataset.through_legs:
        found.update((leg.from_place_id, leg.to_place_id))
    return frozenset(found)
