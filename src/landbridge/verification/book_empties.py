"""Check what a joint plan says of boxes and vehicles that are used again, moved empty or hired one way, from the feed alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from landbridge.domain.book import BookEmpties, BookPlan, BookShipment, BookTurn
from landbridge.domain.dataset import Dataset
from landbridge.domain.offer import EmptyMove, EmptyStock, Reuse
from landbridge.domain.plan import Itinerary
from landbridge.domain.shipment import Shipment
from landbridge.verification.book_money import book_cents
from landbridge.verification.calendar import local_day

Moving = tuple[Shipment, BookShipment, Itinerary]
Ends = list[tuple[date | None, date | None]]
_NAMES = {"turn": ("turned_units", ""), "reposition": ("moved_in_units", "moved_out_units"), "one_way_hire": ("hired_units", "left_units")}
"""By kind of turn: what it counts to where the boxes are used, and where they come free."""
_STOCK_NAMES = {"turn": ("drawn_units", ""), "reposition": ("moved_in_units", "sent_units")}
"""The same where they come from a stock."""


def hire_cents(dataset: Dataset, plan: BookPlan, row: Shipment, itinerary: Itinerary) -> int:
    """Half of an area's amount a box at each end, where no ship's line provides the boxes."""
    if any(leg.mode == "sea" for leg in itinerary.legs):
        return 0
    end = itinerary.legs[-1].to_id
    ends = (
        (itinerary.legs[0].from_id, itinerary.legs[0].departure_on),
        (end, local_day(dataset.get_place(end).zone, itinerary.arrives_at)),
    )
    return sum(
        round(book_cents(dataset, plan, reuse.amount.typical, reuse.currency) * row.units / 2)
        for reuse in _areas(dataset, plan)
        for place, day in ends
        if _holds(reuse, row, place, day)
    )


def empties_faults(dataset: Dataset, plan: BookPlan, moving: list[Moving]) -> Iterator[str]:
    """What is used again: by whom it comes free, when, how many at most, how it gets there, every cent, and the balance of each area."""
    going = {one[0].shipment_id: one for one in moving}
    rows = {row.reuse_id: row for row in dataset.reuses if (row.known_from or date.min) <= plan.as_of}
    freed: Counter[tuple[str, str]] = Counter()
    needed: Counter[tuple[str, str]] = Counter()
    for turn in plan.turns:
        area, other = rows.get(turn.reuse_id), rows.get(turn.to_reuse_id or turn.reuse_id)
        if turn.stock_id is not None and area is not None and other is not None and turn.to_shipment_id in going:
            yield from (f"{turn.stock_id}: {fault}" for fault in _drawn(dataset, plan, turn, (area, other), going[turn.to_shipment_id]))
            needed[other.reuse_id, turn.to_shipment_id] += turn.units
            continue
        if area is None or other is None or turn.from_shipment_id not in going or turn.to_shipment_id not in going:
            yield f"{turn.reuse_id}: no such yard or shipment"
            continue
        ways = going[turn.from_shipment_id], going[turn.to_shipment_id]
        yield from (f"{turn.reuse_id}: {fault}" for fault in _turn(dataset, plan, turn, (area, other), ways))
        freed[area.reuse_id, turn.from_shipment_id] += turn.units
        needed[other.reuse_id, turn.to_shipment_id] += turn.units
    for (reuse_id, shipment_id), units in (*freed.items(), *needed.items()):
        if units > going[shipment_id][0].units:
            yield f"{reuse_id}: {shipment_id} has {going[shipment_id][0].units} units, {units} are used again"
    yield from _stock_faults(dataset, plan)
    yield from _balances(dataset, plan, moving)


def _stock_faults(dataset: Dataset, plan: BookPlan) -> Iterator[str]:
    """No more is taken from a stock than it holds."""
    holds = {row.stock_id: row.units for row in dataset.empty_stocks}
    taken: Counter[str] = Counter()
    for turn in plan.turns:
        if turn.stock_id is not None:
            taken[turn.stock_id] += turn.units
    yield from (
        f"{name} holds {holds.get(name, 0)} boxes, {units} are taken" for name, units in taken.items() if units > holds.get(name, 0)
    )


def _drawn(dataset: Dataset, plan: BookPlan, turn: BookTurn, areas: tuple[Reuse, Reuse], way: Moving) -> Iterator[str]:
    """Boxes from a stock: of the area and type of its row, there when needed, at half of the amount of the area where they are used."""
    stock = next((row for row in dataset.empty_stocks if row.stock_id == turn.stock_id), None)
    if stock is None or not _is_held(plan, stock) or stock.reuse_id != turn.reuse_id:
        yield "no such stock in the area that a payer of the book holds"
        return
    if turn.kind not in _STOCK_NAMES:
        yield f"a {turn.kind} takes nothing from a stock"
        return
    move = next((row for row in dataset.empty_moves if row.move_id == turn.move_id), None)
    if turn.from_shipment_id is not None or not _is_moved_so(plan, turn, move, way[0]):
        yield f"{turn.kind} by {turn.move_id} is not in the feed"
        return
    gone = 0 if move is None else move.move_days
    leaves = [need - timedelta(days=gone + turn.kept_days) for need, _ in _ends(dataset, areas[1], *way) if need is not None]
    opens, closes = (date.min, date.max) if move is None else (move.valid_from or date.min, move.valid_to or date.max)
    if (
        way[0].unit_type_id != stock.unit_type_id
        or not any(max(stock.from_on, opens) <= day <= closes for day in leaves)
        or turn.kept_days < 0
    ):
        yield f"{way[0].shipment_id} cannot use what stands there"
    paid = 0 if move is None else book_cents(dataset, plan, move.amount.typical, move.currency)
    half, per_day = (book_cents(dataset, plan, one, areas[1].currency) for one in (areas[1].amount.typical, areas[1].per_day))
    cents = (half / 2 - paid - per_day * turn.kept_days) * turn.units
    if abs(turn.cost_cents + cents) > turn.units:
        yield f"saves {cents:.0f} cents and states {-turn.cost_cents}"


def _turn(dataset: Dataset, plan: BookPlan, turn: BookTurn, areas: tuple[Reuse, Reuse], ways: tuple[Moving, Moving]) -> Iterator[str]:
    one, other = ways
    move = next((row for row in dataset.empty_moves if row.move_id == turn.move_id), None)
    is_hire = turn.kind == "one_way_hire"
    if not _is_moved_so(plan, turn, move, one[0]):
        yield f"{turn.kind} by {turn.move_id} is not in the feed"
        return
    gone = 0 if move is None or is_hire else move.move_days
    free_days = [end for _, end in _ends(dataset, areas[0], *one) if end is not None]
    need_days = [end for end, _ in _ends(dataset, areas[1], *other) if end is not None]
    days = [0 if is_hire else (need - free).days - gone for free in free_days for need in need_days]
    if one[0].unit_type_id != other[0].unit_type_id or turn.kept_days not in days or turn.kept_days < 0 or (is_hire and one != other):
        yield f"{other[0].shipment_id} cannot use what {one[0].shipment_id} sets free"
    halves = sum(book_cents(dataset, plan, area.amount.typical, area.currency) for area in areas) / 2
    per_day = [book_cents(dataset, plan, area.per_day, area.currency) for area in areas]
    paid = 0 if move is None else book_cents(dataset, plan, move.amount.typical, move.currency)
    pairs = [(free, need) for free in free_days for need in need_days if is_hire or (need - free).days - gone == turn.kept_days]
    waits = [_waits(move, pair, gone, is_hire=is_hire) for pair in pairs]
    if waits and not any(waits):
        yield f"{turn.move_id} is not to be had on the days between"
        return
    waiting = min((sum(n * price for n, price in zip(one, per_day, strict=True)) for both in waits for one in both), default=0)
    cents = (halves - paid - waiting) * turn.units
    if abs(turn.cost_cents + cents) > turn.units:
        yield f"saves {cents:.0f} cents and states {-turn.cost_cents}"


def _waits(move: EmptyMove | None, days: tuple[date, date], gone: int, *, is_hire: bool) -> list[tuple[int, int]]:
    """Days that a box may wait in the one area and in the other: by leaving as soon, or as late, as the row of the move allows; none if it
    does not on any day between. ``days``: on which it comes free and is needed.
    """
    free, need = days
    opens, closes = (date.min, date.max) if move is None else (move.valid_from or date.min, move.valid_to or date.max)
    if is_hire:
        return [(0, 0)] if opens <= need <= closes else []
    last = need - timedelta(days=gone)
    first, latest = max(free, opens), min(last, closes)
    return [((day - free).days, (last - day).days) for day in (first, latest)] if first <= latest else []


def _is_moved_so(plan: BookPlan, turn: BookTurn, move: EmptyMove | None, row: Shipment) -> bool:
    """Whether a turn stays in its area, or a row of the feed that is known and for such boxes joins its areas."""
    if turn.kind == "turn" or move is None:
        return turn.kind == "turn" and turn.move_id is None and turn.to_reuse_id in (None, turn.reuse_id)
    areas = (turn.reuse_id, turn.to_reuse_id) if move.kind == "reposition" else (turn.to_reuse_id, turn.reuse_id)
    is_known = (move.known_from or date.min) <= plan.as_of
    is_for_it = not move.unit_types or row.unit_type_id in move.unit_types
    return is_known and is_for_it and (move.kind, move.from_reuse_id, move.to_reuse_id) == (turn.kind, *areas)


def _balances(dataset: Dataset, plan: BookPlan, moving: list[Moving]) -> Iterator[str]:
    """Boxes needed and set free in each area by type, and that no more go than come."""
    areas = {area.reuse_id: area for area in _areas(dataset, plan)}
    counts = _counts(dataset, plan, areas, moving)
    stated = {(one.reuse_id, one.unit_type_id): one for one in plan.empties}
    for key, count in counts.items():
        numbers: dict[str, Any] = {one.name: count[one.name] for one in fields(BookEmpties) if one.name.endswith("_units")}
        right = BookEmpties(reuse_id=key[0], name=areas[key[0]].name, unit_type_id=key[1], **numbers)
        if stated.pop(key, None) != right:
            yield f"{key[0]}: another balance of {key[1]} is stated than {dict(count)}"
        if min(right.fetched_units, right.returned_units, right.staying_units) < 0:
            yield f"{key[0]}: more {key[1]} are used again than there are"
    yield from (f"{key[0]}: a balance of {key[1]} is stated and there is none" for key in stated)


def _counts(dataset: Dataset, plan: BookPlan, areas: dict[str, Reuse], moving: list[Moving]) -> dict[tuple[str, str], Counter[str]]:
    found: dict[tuple[str, str], Counter[str]] = {}
    for area in areas.values():
        for row, shipment, itinerary in moving:
            for need, free in _ends(dataset, area, row, shipment, itinerary):
                if need or free:
                    count = found.setdefault((area.reuse_id, row.unit_type_id), Counter())
                    count["needed_units"] += row.units if need else 0
                    count["freed_units"] += row.units if free else 0
    going = {row.unit_type_id for row, _, _ in moving}
    for stock in dataset.empty_stocks:
        if stock.reuse_id in areas and stock.unit_type_id in going and _is_held(plan, stock):
            found.setdefault((stock.reuse_id, stock.unit_type_id), Counter())["stock_units"] += stock.units
    types: dict[str, str] = {row.shipment_id: row.unit_type_id for row, _, _ in moving}
    for turn in plan.turns:
        ends = turn.to_reuse_id or turn.reuse_id, turn.reuse_id
        for area_id, name in zip(ends, (_NAMES if turn.stock_id is None else _STOCK_NAMES).get(turn.kind, ("", "")), strict=True):
            if area_id in areas and name:
                found.setdefault((area_id, types.get(turn.to_shipment_id, "")), Counter())[name] += turn.units
    return found


def _is_held(plan: BookPlan, stock: EmptyStock) -> bool:
    """Whether a stock is known and one of the payers holds it: boxes of others are not theirs to use."""
    return (stock.known_from or date.min) <= plan.as_of and stock.party_id in dict(plan.alone_by_payer)


def _areas(dataset: Dataset, plan: BookPlan) -> list[Reuse]:
    return [row for row in dataset.reuses if row.kind == "empty_box" and (row.known_from or date.min) <= plan.as_of]


def _holds(reuse: Reuse, row: Shipment, place: str, day: date) -> bool:
    fits = not reuse.unit_types or row.unit_type_id in reuse.unit_types
    return fits and place in reuse.place_ids and (reuse.valid_from or date.min) <= day <= (reuse.valid_to or date.max)


def _ends(dataset: Dataset, reuse: Reuse, row: Shipment, shipment: BookShipment, itinerary: Itinerary) -> Ends:
    """Days on which it needs and sets free something of a yard."""
    legs = itinerary.legs
    pairs = [(leg, leg) for number, leg in enumerate(legs) if leg.service_id in reuse.haulage_ids and number != shipment.train_leg]
    if reuse.kind == "empty_box":
        pairs = [] if any(leg.mode == "sea" for leg in legs) else [(legs[0], legs[-1])]
    found: Ends = []
    for first, last in pairs:
        need = first.departure_on if _holds(reuse, row, first.from_id, first.departure_on) else None
        free = None
        zone = dataset.get_place(last.to_id).zone
        if _holds(reuse, row, last.to_id, local_day(zone, last.arrives_at)):
            free = local_day(zone, last.arrives_at + timedelta(minutes=reuse.turn_min)) + timedelta(days=1)
        found.append((need, free))
    return found
