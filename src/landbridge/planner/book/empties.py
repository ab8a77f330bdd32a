"""Empty boxes and vehicles of a joint plan: what is used again, what is moved, and the balance of boxes by area and type."""

from __future__ import annotations

from landbridge.domain.book import BookEmpties, BookTurn
from landbridge.domain.dataset import Dataset
from landbridge.domain.offer import Reuse
from landbridge.optimization.book_pool import Pool
from landbridge.optimization.book_problem import Choice, End, Turn
from landbridge.optimization.book_yards import add_ends


def list_turns(pool: Pool, choice: Choice) -> tuple[BookTurn, ...]:
    """Which boxes and vehicles are used again, by whom and where, and which boxes are hired one way."""
    return tuple(_turn(pool, turn) for turn in choice.turns)


def _turn(pool: Pool, turn: Turn) -> BookTurn:
    problem, row = pool.problem, pool.reuses[turn.yard]
    move = None if turn.move is None else pool.moves[turn.move]
    return BookTurn(
        reuse_id=row.reuse_id, name=row.name if move is None else move.name, kind="turn" if move is None else move.kind,
        to_reuse_id=None if turn.to_yard is None else pool.reuses[turn.to_yard].reuse_id, move_id=None if move is None else move.move_id,
        from_shipment_id=None if turn.stock is not None else problem.shipments[problem.ways[turn.from_way].shipment],
        stock_id=None if turn.stock is None else problem.yards[turn.yard].stocks[turn.stock].name,
        to_shipment_id=problem.shipments[problem.ways[turn.to_way].shipment], units=turn.units, kept_days=turn.days,
        cost_cents=-round(turn.cents),
    )  # fmt: skip


def list_empties(dataset: Dataset, pool: Pool, choice: Choice) -> tuple[BookEmpties, ...]:
    """The balance of hired boxes in each area, type by type, where any are needed or set free."""
    rows = [row for row in dataset.reuses if row.kind == "empty_box" and row.reuse_id in pool.ranges]
    types = sorted({pool.origins[number].candidate.shipment.unit_type_id for number in choice.ways if number is not None})
    found = (_balance(dataset, pool, choice, row, unit_type) for row in rows for unit_type in types)
    return tuple(one for one in found if one.needed_units or one.freed_units or one.stock_units)


def _balance(dataset: Dataset, pool: Pool, choice: Choice, row: Reuse, unit_type: str) -> BookEmpties:
    freed: list[End] = []
    needed: list[End] = []
    for number in choice.ways:
        origin = None if number is None else pool.origins[number]
        if number is None or origin is None or origin.candidate.is_rider or origin.candidate.shipment.unit_type_id != unit_type:
            continue
        if not row.unit_types or unit_type in row.unit_types:
            add_ends(dataset, number, (origin.candidate.itinerary, origin.candidate.shipment, origin.train_leg), row, freed, needed)
    turns = [_turn(pool, turn) for turn in choice.turns if pool.origins[turn.to_way].candidate.shipment.unit_type_id == unit_type]

    def count(kind: str, *, comes: bool, stocks: tuple[bool, ...] = (False,)) -> int:
        """Units that come to this area, or go from it, by turns of a kind: from shipments, from stocks."""
        ends = ((one, (one.to_reuse_id or one.reuse_id) if comes else one.reuse_id) for one in turns if one.kind == kind)
        return sum(one.units for one, area in ends if area == row.reuse_id and (one.stock_id is not None) in stocks)

    there = (one.units for one in pool.stocks if (one.reuse_id, one.unit_type_id) == (row.reuse_id, unit_type))
    return BookEmpties(
        reuse_id=row.reuse_id, name=row.name, unit_type_id=unit_type, needed_units=sum(end.units for end in needed),
        freed_units=sum(end.units for end in freed), turned_units=count("turn", comes=True),
        moved_in_units=count("reposition", comes=True, stocks=(False, True)), stock_units=sum(there),
        drawn_units=count("turn", comes=True, stocks=(True,)), sent_units=count("reposition", comes=False, stocks=(True,)),
        moved_out_units=count("reposition", comes=False), hired_units=count("one_way_hire", comes=True),
        left_units=count("one_way_hire", comes=False),
    )  # fmt: skip
