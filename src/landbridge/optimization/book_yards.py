"""Empty boxes and vehicles: what ways pay for the hire of boxes, and the yards in which what one sets free another may use."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from landbridge.domain.dataset import Dataset
from landbridge.domain.offer import EmptyMove, EmptyStock, Reuse
from landbridge.domain.plan import Itinerary, Leg
from landbridge.domain.record import Range
from landbridge.domain.shipment import Shipment
from landbridge.optimization.book_problem import End, Move, Stock, Yard
from landbridge.terms.clock import local_date, to_minute
from landbridge.terms.validity import is_valid

Found = tuple[Itinerary, Shipment, int | None]
"""The itinerary of a way, its shipment, and the number of the leg that goes by a whole train."""
Part = tuple[str, int, int, int]

_LEVERS = {"empty_box": "shared_empties", "backhaul": "backhaul_matching"}


def uses_hired_boxes(itinerary: Itinerary) -> bool:
    """Whether the boxes are hired: a way with a ship goes in boxes of the line, whose return and detention it pays."""
    return not any(leg.mode == "sea" for leg in itinerary.legs)


def hire_parts(
    dataset: Dataset, itinerary: Itinerary, shipment: Shipment, rows: Iterable[Reuse], cents: Mapping[str, Range[int]]
) -> tuple[Part, ...]:
    """What the hire of its boxes costs a way: half of an area's amount a box where it begins in it, half where it ends in it.

    Each part is row, low, typical and high cents.
    """
    if not uses_hired_boxes(itinerary):
        return ()
    found: list[Part] = []
    for row in rows:
        if row.kind != "empty_box" or (row.unit_types and shipment.unit_type_id not in row.unit_types):
            continue
        one = cents[row.reuse_id]
        last = local_day(dataset, itinerary.legs[-1].to_id, itinerary.arrives_at)
        for place, on in ((itinerary.legs[0].from_id, itinerary.legs[0].departure_on), (itinerary.legs[-1].to_id, last)):
            if place in row.place_ids and is_valid(row, on):
                low, typical, high = (round(end * shipment.units / 2) for end in (one.low, one.typical, one.high))
                found.append((row.reuse_id, low, typical, high))
    return tuple(found)


def local_day(dataset: Dataset, place_id: str, moment: datetime) -> date:
    """The day of a moment at a place, as departures count days."""
    return local_date(dataset.get_place(place_id).zone, to_minute(moment))


class YardMaker:
    """Makes the yards of a problem: one for each row and type of box.

    Parameters
    ----------
    dataset
        The feed.
    cents, per_day
        By row: range of the saving of one unit, and the price of a day that it waits, in cents.
    stocks
        Rows of boxes that are there at the beginning.
    """

    def __init__(
        self, dataset: Dataset, cents: Mapping[str, Range[int]], per_day: Mapping[str, float], stocks: Sequence[EmptyStock] = ()
    ) -> None:
        self._dataset, self._cents, self._per_day, self._stocks = dataset, cents, per_day, stocks
        self.yards: list[Yard] = []
        self.rows: list[Reuse] = []

    def add(self, ways: Sequence[Found], rows: Iterable[Reuse], rides: Container[int] = (), joined: Container[str] = ()) -> None:
        """Add the yards of these rows in which something is set free and something needed, or one of both where moves join them to others;
        ways by their numbers, and those without a box of their own.
        """
        for row in rows:
            types = sorted(
                {shipment.unit_type_id for _, shipment, _ in ways if not row.unit_types or shipment.unit_type_id in row.unit_types}
            )
            for unit_type in types:
                freed: list[End] = []
                needed: list[End] = []
                for number, way in enumerate(ways):
                    if way[1].unit_type_id == unit_type and number not in rides:
                        add_ends(self._dataset, number, way, row, freed, needed)
                stocks = tuple(
                    Stock(name=one.stock_id, payer=one.party_id, day=one.from_on.toordinal(), units=one.units)
                    for one in self._stocks
                    if (one.reuse_id, one.unit_type_id) == (row.reuse_id, unit_type)
                )
                if ((freed or stocks) and needed) or ((freed or needed or stocks) and row.reuse_id in joined):
                    self._add_yard(row, unit_type, freed, needed, stocks)

    def _add_yard(self, row: Reuse, unit_type: str, freed: list[End], needed: list[End], stocks: tuple[Stock, ...]) -> None:
        cents, per_day = self._cents[row.reuse_id], self._per_day[row.reuse_id]
        self.yards.append(
            Yard(
                name=f"{row.reuse_id}:{unit_type}", kind=_LEVERS[row.kind], saving=float(cents.typical), per_day=per_day,
                freed=tuple(freed), needed=tuple(needed), stocks=stocks,
            )
        )  # fmt: skip
        self.rows.append(row)


def add_ends(dataset: Dataset, number: int, way: Found, row: Reuse, freed: list[End], needed: list[End]) -> None:
    """Add where a way, by its number, sets boxes or vehicles of a row free and where it needs them."""
    itinerary, shipment, train_leg = way
    if row.kind == "empty_box":
        legs: list[tuple[Leg, Leg]] = [(itinerary.legs[0], itinerary.legs[-1])] if uses_hired_boxes(itinerary) else []
    else:
        legs = [(leg, leg) for index, leg in enumerate(itinerary.legs) if leg.service_id in row.haulage_ids and index != train_leg]
    for first, last in legs:
        if first.from_id in row.place_ids and is_valid(row, first.departure_on):
            needed.append(End(way=number, day=first.departure_on.toordinal(), units=shipment.units))
        if last.to_id in row.place_ids and is_valid(row, local_day(dataset, last.to_id, last.arrives_at)):
            ready = local_day(dataset, last.to_id, last.arrives_at + timedelta(minutes=row.turn_min))
            freed.append(End(way=number, day=ready.toordinal() + 1, units=shipment.units))  # in the course of a day: used from the next


def make_moves(yards: YardMaker, rows: Iterable[EmptyMove], cents: Mapping[str, Range[int]]) -> Iterator[tuple[Move, EmptyMove]]:
    """The moves of these rows between the yards that are there, for each type of box."""
    places = {tuple(yard.name.rsplit(":", 1)): number for number, yard in enumerate(yards.yards)}
    types = sorted({name[1] for name in places})
    for row in rows:
        for unit_type in types if not row.unit_types else sorted(row.unit_types):
            ends = places.get((row.from_reuse_id, unit_type)), places.get((row.to_reuse_id, unit_type))
            if ends[0] is not None and ends[1] is not None:
                cost, name = float(cents[row.move_id].typical), f"{row.move_id}:{unit_type}"
                first, last = (None if day is None else day.toordinal() for day in (row.valid_from, row.valid_to))
                yield Move(
                    name=name, kind=row.kind, from_yard=ends[0], to_yard=ends[1], cost=cost, days=row.move_days,
                    first_day=first, last_day=last,
                ), row  # fmt: skip
