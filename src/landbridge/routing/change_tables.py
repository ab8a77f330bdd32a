"""Tables of changes at places, storage, and detention of boxes."""

from __future__ import annotations

from typing import Any

import numpy as np

from landbridge.domain.dataset import Dataset
from landbridge.domain.terminal import DetentionStep, StorageStep
from landbridge.routing.register import Register, firsts_of, objects_of
from landbridge.terms.change import step_cents
from landbridge.terms.clock import MINUTES_PER_DAY
from landbridge.terms.terms import DESTINATION, ORIGIN
from landbridge.terms.validity import listing_days

_STAY_DAYS = 420


class ChangeTables:
    """Works out what it takes to change from one carrier to another, and what it costs to stay."""

    def __init__(self, register: Register) -> None:
        self._register, self._terms, self._dataset = register, register.terms, register.dataset

    def changes(self) -> dict[str, Any]:
        """Tables of changes at each place."""
        data = self._dataset
        rules = [row for row in data.rules if row.scope == "transfer" or self._register.is_felt_elsewhere(row)]
        turning = self._register.turning_days(data.handling, data.documents, rules, data.emission_factors)
        stretches = self._register.stretches(turning | (listing_days(data) if self._register.by_carrier else set()))
        covered = _covered_places(data)
        cost: list[int] = []
        moving: list[int] = []
        duration: list[int] = []
        working: list[bool] = []
        emission: list[int] = []
        blocked: list[bool] = []
        lead: list[int] = []
        bits: list[set[int]] = []
        free: list[bool] = []
        firsts = []
        for p, place in enumerate(data.places):
            firsts.append(len(cost))
            for before in self._register.carriers_in[p]:
                for after in (*self._register.carriers_out[p], DESTINATION):
                    free.append(place.place_id in covered)
                    for k, source in enumerate(stretches):
                        if source != k:
                            _repeat_last(cost, moving, duration, working, emission, blocked, lead, bits)
                            continue
                        terms = self._terms.change(place.place_id, before, after, self._register.days[k])
                        cost.append(terms.cost_cents)
                        moving.append(terms.moving_cents)
                        duration.append(terms.duration_min)
                        working.append(terms.needs_working_day)
                        emission.append(terms.emission_g)
                        blocked.append(bool(terms.blocks))
                        lead.append(max((row.lead_days for row, _ in terms.documents), default=0) * MINUTES_PER_DAY)
                        bits.append(self._register.paper_bits(terms.documents))
        opening = [
            [self._register.opening(row.place_id, row, on_working_days=is_working) for is_working in (False, True)] for row in data.places
        ]
        return {
            "in_first": firsts_of(len(found) for found in self._register.classes_in),
            "out_count": np.array([len(found) + 1 for found in self._register.carriers_out], np.int32),
            "change_first": np.array(firsts, np.int32),
            "change_cost": np.array(cost, np.int64),
            "change_moving": np.array(moving, np.int64),
            "change_duration": np.array(duration, np.int64),
            "change_working": np.array(working, np.int8),
            "change_emission": np.array(emission, np.int64),
            "change_blocked": np.array(blocked, np.int8),
            "change_lead": np.array(lead, np.int64),
            "change_free": np.array(free, np.int8),
            "change_bits": objects_of([bits], (len(bits),)),
            "place_open": np.array(opening, np.int32).reshape(-1, 2),
        }

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


def _repeat_last(*tables: list[Any]) -> None:
    for values in tables:
        values.append(values[-1])
