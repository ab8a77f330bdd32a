"""The bill: items and totals as stated, compared with those that the walk works out; section 5."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from landbridge.domain.plan import Item, Itinerary
from landbridge.verification.case import Case
from landbridge.verification.difference import Difference, compare, demand
from landbridge.verification.dues import (
    list_box_charges,
    list_crossing_fees,
    list_duties,
    list_fees,
    list_handling_charges,
    list_storage_charges,
)
from landbridge.verification.freight import Freight, freight_of, list_event_charges, list_surcharges
from landbridge.verification.money import Charge
from landbridge.verification.paper import Need, list_paper_charges
from landbridge.verification.step import Way
from landbridge.verification.through import list_through_charges

Line = tuple[str, int | None, int, int, int]
RULES = {
    "storage": "4.3 Changing at a place",
    "detention": "4.4 The line's box",
    "box_return": "4.4 The line's box",
}


def list_charges(case: Case, way: Way, needs: tuple[Need, ...]) -> Iterator[Charge]:
    """List every item of an itinerary but the duties."""
    freights = [freight_of(case, step, way.find_bundle(step.index)) for step in way.steps]
    yield from list_through_charges(case, way.bundles)
    for step, freight in zip(way.steps, freights, strict=True):
        yield from freight.charges
        yield from list_event_charges(case, step, freight)
        yield from list_surcharges(case, step, freight)
        yield from list_crossing_fees(case, step)
        yield from list_storage_charges(case, step)
    yield from list_handling_charges(case, way, freights)
    yield from list_box_charges(case, way, freights)
    yield from list_paper_charges(case, needs)
    yield from list_fees(case, way.hits)


def compare_bill(case: Case, way: Way, itinerary: Itinerary, needs: tuple[Need, ...], where: str) -> Iterator[Difference]:
    """Compare items and duty items, and what each leg costs at all."""
    for step in way.steps:
        freight: Freight = freight_of(case, step, way.find_bundle(step.index))
        name = f"{where}.legs[{step.index}]"
        yield from demand(
            name, freight.has_price, step.leg.service_id, f"no price from {step.leg.from_id} to {step.leg.to_id}", "3 Choosing a row"
        )
    duties = list_duties(case, way.delivery)
    charges = [*list_charges(case, way, needs), *(duties if case.query.is_landed else ())]
    yield from _compare_items([_place_through(way, item) for item in itinerary.items], charges, f"{where}.items")
    yield from _compare_items(itinerary.duty_items, duties, f"{where}.duty_items")


def _place_through(way: Way, item: Item) -> Line:
    """Make an item comparable; that of a through rate may stand on any of its legs, or on none."""
    line = _line_of_item(item)
    if item.kind != "through":
        return line
    homes = [bundle.first for bundle in way.bundles if bundle.rate.through_id == item.row_id and (item.leg is None or bundle.has(item.leg))]
    return (line[0], homes[0], *line[2:]) if homes else line


def _line_of_item(item: Item) -> Line:
    return item.row_id, item.leg, item.cost_cents, item.cost_low_cents, item.cost_high_cents


def _line_of_charge(charge: Charge) -> Line:
    return charge.row_id, charge.leg, charge.cents.cost, charge.cents.low, charge.cents.high


def _compare_items(stated: Iterable[Item | Line], charges: Sequence[Charge], where: str) -> Iterator[Difference]:
    """Compare items as a multiset; those of nought on all three are left out."""
    lines = [_line_of_item(item) if isinstance(item, Item) else item for item in stated]
    said = Counter(line for line in lines if any(line[2:]))
    found = Counter(line for line in map(_line_of_charge, charges) if any(line[2:]))
    kinds = {charge.row_id: charge.kind for charge in charges}
    for line in (found - said).elements():
        rule = RULES.get(kinds[line[0]], "5 Money")
        yield Difference(where=where, stated="missing", recomputed=_text_of(line), rule=rule)
    for line in (said - found).elements():
        rule = RULES.get(kinds.get(line[0], ""), "5 Money")
        yield Difference(where=where, stated=_text_of(line), recomputed="not due", rule=rule)


def _text_of(line: Line) -> str:
    row_id, leg, cost, low, high = line
    return f"{row_id}, {'shipment' if leg is None else f'leg {leg}'}: {cost} cents ({low} to {high})"


def compare_totals(case: Case, itinerary: Itinerary, where: str) -> Iterator[Difference]:
    """Compare the totals with the sums of the items stated."""
    items = itinerary.items
    yield from compare(f"{where}.cost_cents", itinerary.cost_cents, sum(item.cost_cents for item in items), "5 Money")
    yield from compare(f"{where}.cost_low_cents", itinerary.cost_low_cents, sum(item.cost_low_cents for item in items), "5 Money")
    yield from compare(f"{where}.cost_high_cents", itinerary.cost_high_cents, sum(item.cost_high_cents for item in items), "5 Money")
    yield from compare(f"{where}.currency", itinerary.currency, case.dataset.info.settlement_currency, "5 Money")
