"""What the tables of one load share: numbers of places, days, opening hours, papers, and of the ways in which goods come and leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import date, timedelta
from typing import Any

import numpy as np

from landbridge.domain.event import Event
from landbridge.domain.place import Place
from landbridge.domain.plan import Item
from landbridge.domain.rule import Rule
from landbridge.routing.scene import Scene
from landbridge.routing.tables import NO_END
from landbridge.terms.change import Carrier
from landbridge.terms.clock import local_minute
from landbridge.terms.terms import ORIGIN, event_end, event_start
from landbridge.terms.validity import turning_days_of

_AFTER_DAYS = 180
"""Days after the last departure for which the clock is worked out."""
_BEFORE_DAYS = 62
WORD_BITS = 64
Due = tuple[str, int]
"""Something that is paid once, and its cents."""


class Register:
    """Numbers places, days, opening hours, papers and carriers, as the tables meet them."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.terms, self.dataset = scene, scene.terms, scene.graph.dataset
        query = scene.terms.query
        self.first = query.ready_on - timedelta(days=_BEFORE_DAYS)
        self.last = query.ready_on + timedelta(days=query.horizon_days + _AFTER_DAYS)
        self.days = (query.ready_on - timedelta(days=2), *scene.terms.turning_days(query.ready_on - timedelta(days=2), self.last))
        self.turns = scene.terms.leg_turns(self.days)
        self.places: dict[str, int] = {row.place_id: index for index, row in enumerate(self.dataset.places)}
        self._zones = {zone: index for index, zone in enumerate(sorted({row.zone for row in self.dataset.places}))}
        self.services: dict[str, int] = {row.service_id: index for index, row in enumerate(self.dataset.services)}
        self._openings: dict[tuple[str, str, bool], int] = {}
        self._spans: list[list[tuple[int, int]]] = []
        self._bits: dict[str, int] = {}
        self._bit_cents: dict[str, int] = {}
        self._sets: dict[frozenset[Due], set[int]] = {}
        self.by_carrier = scene.terms.law.transfers_by_carrier
        self.classes_in: list[dict[str, int]] = [{"origin": 0} for _ in self.dataset.places]
        self._classes_out: list[dict[str, int]] = [{} for _ in self.dataset.places]
        self.carriers_in: list[list[Carrier]] = [[ORIGIN] for _ in self.dataset.places]
        self.carriers_out: list[list[Carrier]] = [[] for _ in self.dataset.places]

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
        """Start, end and delay of the events that are not over when the goods are ready."""
        found = []
        for event in events:
            end = event_end(event)
            if end is None or end > self.scene.ready_at:
                found.append((event_start(event), NO_END if end is None else end, event.delay_min.typical if event.delay_min else 0))
        return found

    def paper_bits(self, documents: Iterable[Any]) -> set[int]:
        return self.bits_of(self.dues_of_papers(documents))

    def dues_of_papers(self, documents: Iterable[Any]) -> frozenset[Due]:
        """What is paid once for papers."""
        found = ((row.document_id, self.scene.document_cents.get(row.document_id, 0)) for row, _ in documents)
        return frozenset((f"paper {document_id}", cents) for document_id, cents in found if cents)

    def dues_of_items(self, items: Iterable[Item]) -> frozenset[Due]:
        """What is paid once for the items of a run."""
        return frozenset((f"once {item.row_id}", item.cost_cents) for item in items if item.cost_cents)

    def bits_of(self, dues: frozenset[Due]) -> set[int]:
        """Numbers of what is paid once; the same set for the same."""
        found = self._sets.get(dues)
        if found is None:
            found = self._sets[dues] = {self._bit(name, cents) for name, cents in sorted(dues)}
        return found

    def _bit(self, name: str, cents: int) -> int:
        if name not in self._bits:
            self._bits[name] = len(self._bits)
            self._bit_cents[name] = cents
        return self._bits[name]

    def bit_arrays(self, parts: dict[str, Any]) -> dict[str, Any]:
        """Turn the sets of bits, which stand in object arrays until all are known, into words."""
        words = self._words = -(-max(len(self._bits), 1) // WORD_BITS)
        rows: dict[int, int] = {}
        told: list[Any] = []
        for name in ("arc_bits", "ride_bits", "change_bits"):
            index = np.empty(parts[name].size, np.int64)
            for cell, bits in enumerate(parts[name].ravel()):
                row = rows.get(id(bits))
                if row is None:
                    row = rows[id(bits)] = len(told)
                    told.append(words_of(bits or (), words))
                index[cell] = row
            parts[name] = np.array(told, np.int64).reshape(-1, words)[index].reshape((*parts[name].shape, words))
        cost = np.zeros(words * WORD_BITS, np.int64)
        for name, bit in self._bits.items():
            cost[bit] = self._bit_cents[name]
        papers = {bit for name, bit in self._bits.items() if name.startswith("paper ")}
        return {"bit_cost": cost, "paper_mask": words_of(papers, words)}

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


def objects_of(values: list[Any], shape: tuple[int, ...]) -> Any:
    """An array of sets; numpy would take a list of sets for something to look into."""
    found = np.full(shape, None, object)
    flat = found.ravel()
    for row, one in enumerate(one for inner in values for one in inner):
        flat[row] = one
    return flat.reshape(shape)


def _class_of(classes: dict[str, int], carriers: list[Carrier], carrier: Carrier, *, by_carrier: bool) -> int:
    key = carrier.carrier_id if by_carrier else carrier.mode
    if key not in classes:
        classes[key] = len(classes)
        carriers.append(carrier)
    return classes[key]
