"""Units that part loads share: which may go together, by which ways, and what each unit costs with what lies in it."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import combinations
from time import perf_counter
from zoneinfo import ZoneInfo

from landbridge.domain.goods import UnitType
from landbridge.domain.offer import Stuffing
from landbridge.domain.plan import Item, Itinerary
from landbridge.domain.query import Query
from landbridge.domain.shipment import Shipment
from landbridge.optimization.book_pool import Candidate
from landbridge.optimization.book_problem import Holds
from landbridge.optimization.book_units import Stowed, UnitPart, volume_of
from landbridge.optimization.book_yards import local_day
from landbridge.planner.book.candidates import Work, last_day, payer_of, query_of
from landbridge.planner.book.pieces import Piece
from landbridge.planner.book.ways import Ways
from landbridge.planner.shipment import gated_graph
from landbridge.routing.retrace import Retracer, retrace
from landbridge.routing.trail import Trail, trail_key
from landbridge.terms.load import load_of
from landbridge.terms.money import Market
from landbridge.terms.stowage import why_apart
from landbridge.terms.validity import is_known, is_valid

_MOST_TRAILS = 5
_MOST_PIECES = 4
"""A price that is no straight line over the mass is halved so many times."""
_UNITS_SHARE = 0.5
"""Part of the seconds that are asked for that may go into pricing units."""
_OWN_FEES = frozenset({"shipment", "value_percent"})
_Key = tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Part loads that one place puts into units of a type and another takes out."""

    from_row: Stuffing
    to_row: Stuffing
    unit: UnitType
    volume_m3: Decimal
    members: tuple[Shipment, ...]

    @property
    def most_dm3(self) -> int:
        return int(1000 * self.volume_m3)

    @property
    def full_kg(self) -> int:
        """What a unit would hold if it were filled as far as may be."""
        return min(self.unit.max_payload_kg, sum(row.mass_kg or 0 for row in self.members))

    def first_day(self, row: Shipment) -> date:
        """The first day on which a unit with a part load can leave."""
        return row.ready_on + timedelta(days=self.from_row.work_days)


def list_groups(work: Work, planned: Sequence[tuple[Shipment, str]], *, is_alone: bool = False) -> list[Group]:
    """The groups in which at least two part loads may share a unit, or ``is_alone`` in which one may go."""
    dataset, market = work.dataset, Market(work.dataset, work.question.as_of)
    rows = [row for row in dataset.stuffings if is_known(row, work.question.as_of) and market.has_rate(row.currency)]
    loads = [row for row, _ in planned if row.is_part_load and row.shipment_id not in work.fixed]
    found = []
    for from_row in rows:
        for to_row in rows:
            for unit in dataset.unit_types if from_row.place_id != to_row.place_id else ():
                volume_m3 = dataset.find_volume_m3(unit.unit_type_id)
                if volume_m3 is None or unit.unit_type_id not in from_row.unit_types or unit.unit_type_id not in to_row.unit_types:
                    continue
                members = tuple(row for row in loads if _is_served(from_row, to_row, unit, row))
                if (is_alone and members) or any(why_apart(dataset, one, other) is None for one, other in combinations(members, 2)):
                    found.append(Group(from_row=from_row, to_row=to_row, unit=unit, volume_m3=volume_m3, members=members))
    return found


def _is_served(from_row: Stuffing, to_row: Stuffing, unit: UnitType, row: Shipment) -> bool:
    return (
        row.unit_type_id == unit.unit_type_id
        and row.from_place_id in (from_row.place_id, *from_row.serves)
        and row.to_place_id in (to_row.place_id, *to_row.serves)
    )


def unit_queries(work: Work, groups: Sequence[Group]) -> list[Query]:
    """Questions by which ways for units are looked for: each part load as a full unit from its first day."""
    return [_query(work, group, row, group.first_day(row), group.full_kg) for group in groups for row in group.members]


def _query(work: Work, group: Group, row: Shipment, day: date, mass_kg: int) -> Query:
    asked = query_of(work.dataset, work.question, row, day)
    return replace(
        asked, origin_id=group.from_row.place_id, destination_id=group.to_row.place_id, mass_kg=mass_kg, due_on=None,
    )  # fmt: skip


def booked_units(work: Work, planned: Sequence[tuple[Shipment, str]]) -> Iterator[Candidate]:
    """Leaders and riders of units that are booked already: as they were, and nobody joins them."""
    rows = {row.stuffing_id: row for row in work.dataset.stuffings}
    types = {row.unit_type_id: row for row in work.dataset.unit_types}
    for row, payer in planned:
        kept = work.fixed.get(row.shipment_id)
        if kept is None or kept.lead_id is None or len(kept.stuffing_ids) != 2 or not set(kept.stuffing_ids) <= rows.keys():
            continue
        from_row, to_row = (rows[one] for one in kept.stuffing_ids)
        unit, is_leader = types[row.unit_type_id], kept.lead_id == row.shipment_id
        holds = Holds(least_kg=0, most_kg=unit.max_payload_kg, most_dm3=int(1000 * (work.dataset.find_volume_m3(unit.unit_type_id) or 0)))
        per_day = load_of(work.dataset, query_of(work.dataset, work.question, row, row.ready_on)).value_per_day_cents
        yield Candidate(
            shipment=row, payer_id=payer, starts_on=kept.starts_on, itinerary=kept.itinerary, capital_per_day_cents=per_day,
            stowed=Stowed(
                unit_key=f"booked:{kept.lead_id}", lead_id=kept.lead_id, from_row=from_row, to_row=to_row,
                delivered_at=kept.itinerary.arrives_at + timedelta(days=to_row.work_days), holds=holds if is_leader else None,
            ),
        )  # fmt: skip


def unbooked_reasons(work: Work, planned: Sequence[tuple[Shipment, str]], booked: Sequence[Candidate]) -> dict[str, str]:
    """Why shipments that are booked in a shared unit cannot go in it: its leader is not in this book, or a shed is not in the feed."""
    found = {one.shipment.shipment_id for one in booked}
    leads = {row.shipment_id for row, _ in planned} & found
    return {
        row.shipment_id: f"the unit in which it is booked, led by {kept.lead_id}, is not in this book and feed"
        for row, _ in planned
        if (kept := work.fixed.get(row.shipment_id)) is not None and kept.lead_id is not None
        and (row.shipment_id not in found or kept.lead_id not in leads)
    }  # fmt: skip


@dataclass(slots=True)
class UnitBook:
    """The units of one book, by their keys, to be priced again with what lies in them."""

    units: dict[str, tuple[_UnitMaker, Shipment, date, Trail]] = field(default_factory=dict)
    slack: dict[str, float] = field(default_factory=dict)
    """By shipment that leads a unit whose price depends on what lies in it: cents that the price may differ from the program's line."""

    def slack_of(self, shipment_ids: Iterable[str]) -> float:
        """Cents that the program may differ from the prices of all units that these shipments lead: each leads one at most."""
        return sum(self.slack.get(one, 0.0) for one in set(shipment_ids))

    def find(self, work: Work, groups: Sequence[Group], ways: Ways, stranded: Container[str] = ()) -> list[Candidate]:
        """Leaders and riders of all groups, as far as there is time; those stranded without other ways lead one alone too."""
        candidates: list[Candidate] = []
        end = perf_counter() + _UNITS_SHARE * work.question.seconds
        for number, group in enumerate(groups):
            if work.is_ended or perf_counter() > end:
                work.notes.append(f"{len(groups) - number} of {len(groups)} pairs of stuffing places were not looked at for want of time")
                break
            maker = _UnitMaker(work, group, ways, number, end)
            candidates += maker.find(self, stranded)
        return candidates

    def price(self, unit_key: str, mass_kg: int) -> Itinerary | None:
        """The way of a unit with so much cargo; None if it cannot go so."""
        maker, leader, day, trail = self.units[unit_key]
        return maker.itinerary(leader, day, trail, mass_kg)


class _UnitMaker:
    """Finds leaders and riders of one group."""

    def __init__(self, work: Work, group: Group, ways: Ways, number: int, end: float) -> None:
        self.work, self.group, self.ways, self.number, self.end = work, group, ways, number, end
        self._retracers: dict[tuple[str, date, int], Retracer] = {}
        self._made: dict[tuple[object, ...], Itinerary | None] = {}
        self._permits = frozenset(str(row.document_id) for row in work.dataset.documents if row.kind == "permit")
        self._per_day = {
            row.shipment_id: load_of(work.dataset, query_of(work.dataset, work.question, row, row.ready_on)).value_per_day_cents
            for row in group.members
        }

    def find(self, book: UnitBook, stranded: Container[str]) -> list[Candidate]:
        """Every leader by every trail from every day on which somebody is ready, with those that may ride along."""
        found: list[Candidate] = []
        for trail in self._trails():
            for day in self._days():
                if perf_counter() > self.end:
                    self.work.notes.append("not all units that part loads could share were priced: more --seconds would look further")
                    return found
                found += self._of_day(book, trail, day, stranded)
        return found

    # --- ways -------------------------------------------------------------------------------------------------------------

    def _days(self) -> list[date]:
        return sorted({self.group.first_day(row) for row in self.group.members})

    def _trails(self) -> list[Trail]:
        """The cheapest trails by which any part load would go as a full unit."""
        best: dict[tuple[object, ...], tuple[float, Trail]] = {}
        for row in self.group.members:
            query = _query(self.work, self.group, row, self.group.first_day(row), self.group.full_kg)
            if not self.ways.knows(query) and self.work.is_ended:
                continue
            graph = gated_graph(self.work.dataset, query)
            for itinerary in self.ways.find(query)[0]:
                trail = retrace(graph, itinerary)
                if trail is not None:
                    cost = itinerary.cost_cents + float(self._per_day[row.shipment_id]) * itinerary.duration_min / 1440
                    key = trail_key(trail)
                    best[key] = min(best.get(key, (math.inf, trail)), (cost, trail), key=lambda one: one[0])
        return [trail for _, trail in sorted(best.values(), key=lambda one: one[0])[:_MOST_TRAILS]]

    def itinerary(self, row: Shipment, day: date, trail: Trail, mass_kg: int) -> Itinerary | None:
        """The way of a unit with this mass, asked for by one part load."""
        key = (row.shipment_id, day, mass_kg)
        place = (*key, trail_key(trail))
        if place not in self._made:
            if key not in self._retracers:
                query = _query(self.work, self.group, row, day, mass_kg)
                self._retracers[key] = Retracer(gated_graph(self.work.dataset, query), query)
            self._made[place] = self._retracers[key].go(trail)
        return self._made[place]

    # --- leaders and riders -------------------------------------------------------------------------------------------------

    def _of_day(self, book: UnitBook, trail: Trail, day: date, stranded: Container[str]) -> Iterator[Candidate]:
        ready = [row for row in self.group.members if self._is_ready(row, day)]
        asked = self._reference(ready, trail, day)
        order = sorted(asked, key=lambda row: (-_carriage_cents(asked[row], self._permits), row.shipment_id))
        for place, leader in enumerate(order):
            itinerary = asked[leader]
            riders = [row for row in order[place + 1 :] if self._may_ride(leader, itinerary, row, asked[row])]
            ends_on = local_day(self.work.dataset, itinerary.legs[-1].to_id, itinerary.arrives_at)
            is_open = self._is_in_time(leader, itinerary) and is_valid(self.group.to_row, ends_on)
            if is_open and (riders or leader.shipment_id in stranded):
                yield from self._lead(book, trail, day, leader, riders, asked)

    def _is_ready(self, row: Shipment, day: date) -> bool:
        waits = (day - self.group.first_day(row)).days
        most = row.hold_days if self.work.question.is_waiting else 0
        return 0 <= waits <= most and is_valid(self.group.from_row, day)

    def _reference(self, ready: Sequence[Shipment], trail: Trail, day: date) -> dict[Shipment, Itinerary]:
        """The part loads that may go a trail, each asked for as the fullest unit that is not too heavy on it."""
        for mass in self._masses(self.group.full_kg):
            found = {row: one for row in ready if (one := self.itinerary(row, day, trail, mass)) is not None}
            if found:
                return found
        return {}

    def _masses(self, most_kg: int) -> list[int]:
        """A mass, then limits of payload below it, the greatest first."""
        limits = {row.max_payload_kg for row in self.work.dataset.payload_limits if row.max_payload_kg < most_kg}
        return [most_kg, *sorted(limits, reverse=True)]

    def _may_ride(self, leader: Shipment, itinerary: Itinerary, row: Shipment, other: Itinerary) -> bool:
        """Whether a part load may lie in a leader's unit, goes by the same departures, and is in time."""
        return (
            why_apart(self.work.dataset, leader, row) is None
            and _times(itinerary) == _times(other)
            and (leader.mass_kg or 0) + (row.mass_kg or 0) <= self.group.unit.max_payload_kg
            and volume_of(leader) + volume_of(row) <= self.group.most_dm3
            and self._is_in_time(row, other)
        )

    def _delivered(self, itinerary: Itinerary) -> datetime:
        return itinerary.arrives_at + timedelta(days=self.group.to_row.work_days)

    def _is_in_time(self, row: Shipment, itinerary: Itinerary) -> bool:
        last = last_day(self.work.dataset, self.work.question, row)
        if last is None:
            return True
        zone = ZoneInfo(self.work.dataset.get_place(row.to_place_id).zone)
        return self._delivered(itinerary) <= datetime.combine(last + timedelta(days=1), time(), zone)

    def _lead(
        self, book: UnitBook, trail: Trail, day: date, leader: Shipment, riders: Sequence[Shipment], asked: Mapping[Shipment, Itinerary]
    ) -> Iterator[Candidate]:
        """A leader's candidate for each straight piece of the unit's price, and those of its riders."""
        own = leader.mass_kg or 0
        most = min(self.group.unit.max_payload_kg, own + sum(row.mass_kg or 0 for row in riders))
        times = _times(asked[leader])
        for piece in self._pieces(leader, trail, day, own, most):
            if _times(piece.low) != times or _times(piece.high) != times:
                continue
            key = f"{self.number}:{leader.shipment_id}:{day}:{len(book.units)}"
            book.units[key] = (self, leader, day, trail)
            book.slack[leader.shipment_id] = max(piece.slack_cents, book.slack.get(leader.shipment_id, 0.0))
            less = piece.low_kg - own
            holds = Holds(least_kg=piece.low_kg, most_kg=piece.high_kg, most_dm3=self.group.most_dm3)
            yield self._candidate(
                key, leader, leader, day, piece.low, holds=holds, parts=piece.parts_of(-less), emission_g=-piece.emission_of(less) + 1
            )
            for row in riders:
                parts, grams = piece.parts_of(row.mass_kg or 0), piece.emission_of(row.mass_kg or 0)
                yield self._candidate(key, leader, row, day, _own_part(asked[row], self._permits), parts=parts, emission_g=grams)

    def _candidate(
        self, key: str, leader: Shipment, row: Shipment, day: date, itinerary: Itinerary, *, parts: tuple[UnitPart, ...], emission_g: int,
        holds: Holds | None = None,
    ) -> Candidate:  # fmt: skip
        stowed = Stowed(
            unit_key=key, lead_id=leader.shipment_id, from_row=self.group.from_row, to_row=self.group.to_row,
            delivered_at=self._delivered(itinerary), holds=holds, parts=parts, emission_g=emission_g,
        )  # fmt: skip
        return Candidate(
            shipment=row, payer_id=payer_of(row), starts_on=day, itinerary=itinerary, stowed=stowed,
            capital_per_day_cents=self._per_day[row.shipment_id],
        )  # fmt: skip

    # --- prices by mass -------------------------------------------------------------------------------------------------------

    def _pieces(self, leader: Shipment, trail: Trail, day: date, least: int, most: int) -> Iterator[Piece]:
        """Ranges of mass over which the price is a straight line; bands of tariffs part them."""
        for mass in self._masses(most):
            if mass >= least and self.itinerary(leader, day, trail, mass) is not None:
                most = mass
                break
        else:
            return
        steps = {one for row in self.work.dataset.tariffs for one in (row.mass_from_kg, row.mass_to_kg) if one and least < one <= most}
        starts = [least, *sorted(steps)]
        for low, after in zip(starts, [*starts[1:], most + 1], strict=True):
            yield from self._halve(leader, trail, day, low, after - 1, 0)

    def _halve(self, leader: Shipment, trail: Trail, day: date, low_kg: int, high_kg: int, depth: int) -> Iterator[Piece]:
        middle_kg = (low_kg + high_kg) // 2
        low, middle, high = (self.itinerary(leader, day, trail, mass) for mass in (low_kg, middle_kg, high_kg))
        if low is None or middle is None or high is None:
            return
        piece = Piece.between(low_kg, high_kg, low, middle, high)
        if piece.is_straight or depth >= _MOST_PIECES:
            yield piece
        else:
            yield from self._halve(leader, trail, day, low_kg, middle_kg, depth + 1)
            yield from self._halve(leader, trail, day, middle_kg + 1, high_kg, depth + 1)


def _times(itinerary: Itinerary) -> _Key:
    return tuple((leg.departs_at, leg.arrives_at) for leg in itinerary.legs)


def _is_own(item: Item, permits: Container[str]) -> bool:
    """Whether an item is due for the goods of a part load, not for the unit in which it lies or the vehicle under it."""
    return (item.kind == "document" and item.row_id not in permits) or (item.kind == "fee" and item.per in _OWN_FEES)


def _carriage_cents(itinerary: Itinerary, permits: Container[str]) -> int:
    """What is paid for the unit, without what is due for the goods of one part load."""
    return sum(item.cost_cents for item in itinerary.items if not _is_own(item, permits))


def _own_part(itinerary: Itinerary, permits: Container[str]) -> Itinerary:
    """A rider's part of an itinerary: the way of the unit, its own items and papers, and no emissions, which are the unit's."""
    items = tuple(item for item in itinerary.items if _is_own(item, permits))
    low, typical, high = (sum(getattr(item, name) for item in items) for name in ("cost_low_cents", "cost_cents", "cost_high_cents"))
    legs = tuple(replace(leg, emission_g_co2e=0) for leg in itinerary.legs)
    return replace(
        itinerary,
        items=items,
        cost_cents=typical,
        cost_low_cents=low,
        cost_high_cents=high,
        emission_g_co2e=0,
        legs=legs,
        duty_items=(),
        documents=tuple(one for one in itinerary.documents if one.document_id not in permits),
    )
