"""The line's box: its empty return and its detention; and the duties on the goods."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from landbridge.domain.dataset import Dataset
from landbridge.domain.goods import Duty
from landbridge.domain.plan import Item
from landbridge.terms.change import step_items
from landbridge.terms.choice import Choice
from landbridge.terms.clock import MINUTES_PER_DAY
from landbridge.terms.load import Load
from landbridge.terms.money import Market, round_half_up
from landbridge.terms.validity import is_known, is_valid


class BoxPricer:
    """Works out the return and the detention of a line's boxes."""

    def __init__(self, load: Load, market: Market, choice: Choice) -> None:
        self._load, self._market, self._choice = load, market, choice

    def return_of(self, operator_id: str, destination_id: str, on: date) -> tuple[tuple[Item, ...], int]:
        """The item of the empty return, if the line asks for one here, and the minutes of unloading and return."""
        row = self._choice.find_return(operator_id, destination_id, on)
        if row is None:
            return (), 0
        minutes = row.unloading_min + row.duration_min
        if row.amount is None or not self._market.has_rate(row.currency):
            return (), minutes
        item = self._market.item(
            kind="box_return",
            name=f"empty return to {row.depot_id}",
            row=row,
            row_id=row.return_id,
            amount=row.amount,
            currency=row.currency,
            per="unit",
            quantity=self._load.units,
        )
        return (item,), minutes

    def detention_items(self, operator_id: str, place_id: str, minutes: int, on: date) -> tuple[Item, ...]:
        """Items of a line's boxes kept for so many minutes after discharge on local date ``on``."""
        days = -(-minutes // MINUTES_PER_DAY)
        return step_items(self._market, self._load, place_id, self._choice.list_detention(operator_id, place_id, on), days)


def duty_items(dataset: Dataset, load: Load, market: Market, as_of: date, on: date) -> tuple[Item, ...]:
    """Duties and taxes on the goods in the destination country; nothing where no value is told."""
    if load.value is None or load.hs is None:
        return ()
    chosen: dict[str, Duty] = {}
    for row in sorted(dataset.duties, key=lambda row: (-len(row.hs), row.duty_id)):
        fits = (
            load.hs.startswith(row.hs)
            and load.destination_country in row.destination
            and (not row.origin_countries or load.origin_country in row.origin_countries)
            and is_valid(row, on)
            and is_known(row, as_of)
        )
        if fits:
            chosen.setdefault(row.kind, row)
    value = round_half_up(load.value * Decimal(100))
    first = [_duty_item(row, market, (value, value, value)) for row in chosen.values() if row.base == "value"]
    base = (
        value + sum(item.cost_low_cents for item in first),
        value + sum(item.cost_cents for item in first),
        value + sum(item.cost_high_cents for item in first),
    )
    return tuple(first + [_duty_item(row, market, base) for row in chosen.values() if row.base == "value_and_duties"])


def _duty_item(row: Duty, market: Market, base: tuple[int, int, int]) -> Item:
    name = f"{row.kind.replace('_', ' ')} on {row.hs}"
    return market.share_item(kind="duty", name=name, row=row, row_id=row.duty_id, percent=row.percent, base=base, per="percent of value")
