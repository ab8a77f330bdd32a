"""What the tables of one load share: numbers of places, days, opening hours, papers, and of the ways in which goods come and leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from copy import copy
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from landbridge.domain.event import Event
from landbridge.domain.place import Place
from landbridge.domain.plan import Item
from landbridge.domain.rule import Rule
from landbridge.routing.scene import MOST_DAYS_APART, Scene
from landbridge.routing.strip import Dues
from landbridge.routing.tables import NO_END
from landbridge.terms.change import Carrier
from landbridge.terms.clock import local_minute
from landbridge.terms.terms import ORIGIN, event_end, event_start
from landbridge.terms.validity import turning_days_of

_AFTER_DAYS = 180
"""Days after the last departure for which the clock is worked out."""
_BEFORE_DAYS = 62
WORD_BITS = 64
_WITH_BITS = ("arc_bits", "ride_bits", "change_bits")


class Register:
    """Numbers places, days, opening hours, papers and carriers, as the tables meet them."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.terms, self.dataset = scene, scene.terms, scene.graph.dataset
        self.first = scene.first_day - timedelta(days=_BEFORE_DAYS)
        self.last = scene.last_day + timedelta(days=scene.terms.query.horizon_days + _AFTER_DAYS)
        begin = scene.first_day - timedelta(days=MOST_DAYS_APART)
        self.days = (begin, *scene.terms.turning_days(begin, self.last))
        self.turns = scene.terms.leg_turns(self.days)
        self.places: dict[str, int] = {row.place_id: index for index, row in enumerate(self.dataset.places)}
        self._zones = {zone: index for index, zone in enumerate(sorted({row.zone for row in self.dataset.places}))}
        self.services: dict[str, int] = {row.service_id: index for index, row in enumerate(self.dataset.services)}
        self._openings: dict[tuple[str, str, bool], int] = {}
        self._spans: list[list[tuple[int, int]]] = []
        self._dues: dict[Dues, int] = {frozenset(): 0}
        self._bits: dict[str, int] = {}
        self.by_carrier = scene.terms.law.transfers_by_carrier
        self.classes_in: list[dict[str, int]] = [{"origin": 0} for _ in self.dataset.places]
        self._classes_out: list[dict[str, int]] = [{} for _ in self.dataset.places]
        self.carriers_in: list[list[Carrier]] = [[ORIGIN] for _ in self.dataset.places]
        self.carriers_out: list[list[Carrier]] = [[] for _ in self.dataset.places]

    def for_load(self, scene: Scene) -> Register:
        """The same numbers for another load that differs in its ends alone."""
        new = copy(self)
        new.scene, new.terms, new.turns = scene, scene.terms, scene.terms.leg_turns(self.days)
        new._dues = dict(self._dues)
        return new

    def paper_words(self, document_ids: Iterable[str]) -> Any:
        """Words of the papers that cost something."""
        bits = {self._bits[f"paper {one}"] for one in document_ids if f"paper {one}" in self._bits}
        return words_of(bits, self._words)

    def clock(self) -> dict[str, Any]:
        span = (self.last - self.first).days + 2
        starts = np.empty((len(self._zones), len(self.days) - 1), np.int64)
        days = np.empty((len(self._zones), span), np.int64)
        for zone, index in self._zones.items():
            starts[index] = [local_minute(zone, day, 0) for day in self.days[1:]]
            days[index] = [local_minute(zone, self.first + timedelta(days=offset), 0) for offset in range(span)]
        self._day_start = days
        zones = np.array([self._zones[row.zone] for row in self.dataset.places], np.int32)
        return {"zone": zones, "epoch_start": starts, "day_start": days}

    def epoch_of(self, on: date) -> int:
        return sum(day <= on for day in self.days[1:])

    def stretches(self, days: Set[date]) -> list[int]:
        """For each epoch the first one since which no row that matters has begun or ceased to apply."""
        found, last = [], 0
        for index, day in enumerate(self.days):
            if index and day in days:
                last = index
            found.append(last)
        return found

    def lengths_of(self, firsts: Sequence[int]) -> tuple[int, ...]:
        """Epochs in each stretch, of the first epoch of each."""
        return tuple(after - first for first, after in pairwise((*firsts, len(self.days))))

    def turning_days(self, *tables: Iterable[object]) -> set[date]:
        return {day for rows in tables for day in turning_days_of(rows, self.first, self.last)}

    def is_felt_elsewhere(self, rule: Rule) -> bool:
        """Whether a rule may change what those of another scope say: it lifts some, or is a licence."""
        return rule.effect == "licence" or any(rule.rule_id in row.unless_rule_ids for row in self.dataset.rules)

    def opening(self, subject_id: str, place: Place, *, on_working_days: bool) -> int:
        """Index of the open intervals of a place or border; -1 if it is always open."""
        key = (subject_id, place.zone, on_working_days)
        if not self.terms.openings.has_hours(subject_id) and not on_working_days:
            return -1
        if key not in self._openings:
            self._openings[key] = len(self._spans)
            self._spans.append(self.terms.openings.intervals(subject_id, place, self.first, self.last, needs_working_day=on_working_days))
        return self._openings[key]

    def opening_arrays(self) -> dict[str, Any]:
        spans = self._spans
        return {
            "open_first": firsts_of(len(span) for span in spans),
            "open_start": np.array([start for span in spans for start, _ in span], np.int64),
            "open_end": np.array([end for span in spans for _, end in span], np.int64),
        }

    def spans_of(self, events: Sequence[Event]) -> list[tuple[int, int, int]]:
        """Start, end and delay of the events that are not over when the tables begin."""
        found = []
        for event in events:
            end = event_end(event)
            if end is None or end > self.scene.tabled_from:
                found.append((event_start(event), NO_END if end is None else end, event.delay_min.typical if event.delay_min else 0))
        return found

    def dues_of_papers(self, documents: Iterable[Any]) -> Dues:
        """What is paid once for papers."""
        found = ((row.document_id, self.scene.document_cents.get(row.document_id, 0)) for row, _ in documents)
        return frozenset((f"paper {document_id}", cents) for document_id, cents in found if cents)

    def dues_of_items(self, items: Iterable[Item]) -> Dues:
        """What is paid once for the items of a run."""
        return frozenset((f"once {item.row_id}", item.cost_cents) for item in items if item.cost_cents)

    def number_of(self, dues: Dues) -> int:
        """Number of a set of what is paid once; 0 where nothing is."""
        return self._dues.setdefault(dues, len(self._dues))

    def bit_arrays(self, parts: dict[str, Any]) -> dict[str, Any]:
        """Turn numbers of sets of what is paid once into words of bits, which are numbered by name."""
        sets = list(self._dues)
        used = np.unique(np.concatenate([np.unique(parts[name]) for name in _WITH_BITS]))
        cents: dict[str, int] = {}
        for name, amount in sorted(due for number in used.tolist() for due in sets[number]):
            cents.setdefault(name, amount)
        self._bits = {name: bit for bit, name in enumerate(cents)}
        words = self._words = -(-max(len(self._bits), 1) // WORD_BITS)
        told = np.zeros((len(sets), words), np.int64)
        for number in used.tolist():
            told[number] = words_of((self._bits[name] for name, _ in sets[number]), words)
        cost = np.zeros(words * WORD_BITS, np.int64)
        cost[: len(cents)] = list(cents.values())
        papers = {bit for name, bit in self._bits.items() if name.startswith("paper ")}
        found = {name: told[parts[name]] for name in _WITH_BITS}
        return found | {"bit_cost": cost, "paper_mask": words_of(papers, words)}

    def come_in(self, place: int, carrier: Carrier) -> int:
        return _class_of(self.classes_in[place], self.carriers_in[place], carrier, by_carrier=self.by_carrier)

    def go_out(self, place: int, carrier: Carrier) -> int:
        return _class_of(self._classes_out[place], self.carriers_out[place], carrier, by_carrier=self.by_carrier)


def words_of(bits: Iterable[int], words: int) -> Any:
    """Bits as words of 64."""
    value = 0
    for bit in bits:
        value |= 1 << bit
    return np.frombuffer(value.to_bytes(8 * words, "little"), np.int64)


def firsts_of(counts: Iterable[int], kind: Any = np.int32) -> Any:
    return np.concatenate((np.zeros(1, kind), np.cumsum(np.fromiter(counts, np.int64)).astype(kind)))


def _class_of(classes: dict[str, int], carriers: list[Carrier], carrier: Carrier, *, by_carrier: bool) -> int:
    key = carrier.carrier_id if by_carrier else carrier.mode
    if key not in classes:
        classes[key] = len(classes)
        carriers.append(carrier)
    return classes[key]
