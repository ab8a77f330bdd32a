"""Terms of a change at a place: handling, storage, and what the law asks of a transfer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from landbridge.domain.dataset import Dataset
from landbridge.domain.place import Place
from landbridge.domain.plan import Exposure, Item, Rejected
from landbridge.domain.rule import Document, Rule
from landbridge.domain.terminal import DetentionStep, Handling, StorageStep
from landbridge.terms.choice import MOVING_KINDS, Choice
from landbridge.terms.clock import MINUTES_PER_DAY, Openings
from landbridge.terms.law import Facts, Law, LawTerms
from landbridge.terms.leg import fee_item, joined
from landbridge.terms.load import Load
from landbridge.terms.money import Market, round_half_up

WORKING_DAY_KINDS = frozenset({"clearance", "inspection", "stuffing", "stripping"})
PSEUDO_MODES = frozenset({"origin", "destination"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """What brings or takes the goods at a change: a service or haulage offer, or the pseudo modes origin and destination."""

    carrier_id: str
    mode: str
    operator_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTerms:
    """Terms of one change at a place.

    ``moving_items`` are those that an inclusion of the legs covers; ``items`` all others. ``emission_g`` is the move itself.
    ``terminal_ids`` are the terminals that the rows of handling name.
    """

    items: tuple[Item, ...]
    moving_items: tuple[Item, ...]
    cost_cents: int
    moving_cents: int
    duration_min: int
    needs_working_day: bool
    emission_g: int
    documents: tuple[tuple[Document, Rule], ...]
    blocks: tuple[Rejected, ...]
    exposures: tuple[Exposure, ...]
    terminal_ids: tuple[str, ...] = ()


class ChangePricer:
    """Works out changes at places and storage there."""

    def __init__(
        self, dataset: Dataset, load: Load, market: Market, choice: Choice, law: Law, quantity: Callable[[str, Decimal], Decimal]
    ) -> None:
        self._dataset, self._load, self._market, self._choice, self._law = dataset, load, market, choice, law
        self._quantity = quantity
        self._storage: dict[tuple[str, str, int, date], tuple[Item, ...]] = {}

    def change(self, place: Place, before: Carrier, after: Carrier, on: date) -> ChangeTerms:
        """Terms of the change from one carrier to the next on local date ``on``."""
        rows = self._choice.list_handling(place.place_id, before.mode, after.mode, on)
        is_transfer = before.mode not in PSEUDO_MODES and after.mode not in PSEUDO_MODES
        blocks: list[Rejected] = []
        if is_transfer and not any(row.kind in MOVING_KINDS for row in rows):
            blocks.append(Rejected(what=place.place_id, reason=f"no change from {before.mode} to {after.mode}", status="no_handling"))
        moving: list[Item] = []
        other: list[Item] = []
        for row in rows:
            if row.amount is None:
                continue
            if not self._market.has_rate(row.currency):
                blocks.append(Rejected(what=place.place_id, reason=f"no exchange rate for {row.currency}", status="no_price"))
                continue
            item = self._market.item(
                kind="handling",
                name=f"{place.name}: {row.kind.replace('_', ' ')}",
                row=row,
                row_id=row.handling_id,
                amount=row.amount,
                currency=row.currency,
                per=row.per,
                quantity=self._quantity(row.per, Decimal(0)),
            )
            (moving if row.kind in MOVING_KINDS else other).append(item)
        law = self._judge(place, before, after, rows, on)
        blocks += law.blocks
        other += [fee_item(rule, self._market, self._load, self._quantity) for rule in law.fees]
        moves = is_transfer or any(row.kind in MOVING_KINDS or row.kind in ("stuffing", "stripping") for row in rows)
        return ChangeTerms(
            items=tuple(other),
            moving_items=tuple(moving),
            cost_cents=sum(item.cost_cents for item in other),
            moving_cents=sum(item.cost_cents for item in moving),
            duration_min=sum(row.duration_min.typical for row in rows),
            needs_working_day=any(row.kind in WORKING_DAY_KINDS for row in rows),
            emission_g=self._move_g(before.mode, on) if moves else 0,
            documents=law.documents,
            blocks=tuple(blocks),
            exposures=law.exposures,
            terminal_ids=tuple(row.terminal_id for row in rows if row.terminal_id),
        )

    def _judge(self, place: Place, before: Carrier, after: Carrier, rows: tuple[Handling, ...], on: date) -> LawTerms:
        """What the law says of a change: rules on transfers, between two legs; and who operates the terminals where it is handled."""
        handled = Facts(
            what=place.place_id,
            modes=frozenset((before.mode, after.mode)),
            places=frozenset((place.place_id,)),
            countries=frozenset((place.country,)),
            terminals=frozenset(row.terminal_id for row in rows if row.terminal_id),
        )
        law = self._law.judge_handling(handled, on) if handled.terminals else LawTerms()
        if before.mode in PSEUDO_MODES or after.mode in PSEUDO_MODES:
            return law
        carriers = frozenset((before.carrier_id, after.carrier_id))
        operators = frozenset(carrier.operator_id for carrier in (before, after) if carrier.operator_id)
        facts = replace(handled, operators=operators, services=carriers, haulage=carriers)
        transfer = self._law.judge(("transfer",), facts, on)
        return joined(transfer, law) if handled.terminals else transfer

    def storage_items(self, place_id: str, from_mode: str, minutes: int, on: date) -> tuple[Item, ...]:
        """Items of a stay of so many minutes that began on local date ``on``."""
        days = -(-minutes // MINUTES_PER_DAY)
        key = (place_id, from_mode, days, on)
        if key not in self._storage:
            steps = self._choice.list_storage(place_id, from_mode, on)
            self._storage[key] = step_items(self._market, self._load, place_id, steps, days)
        return self._storage[key]

    def _move_g(self, mode: str, on: date) -> int:
        factor = self._choice.find_factor(
            is_move=True, mode=mode if mode not in PSEUDO_MODES else "road", country=None, service_id=None, haulage_id=None, on=on
        )
        return 0 if factor is None else round_half_up(factor.amount_g.typical * self._load.units)


def handled_at(openings: Openings, place: Place, change: ChangeTerms, gate_in: int) -> tuple[int, int] | None:
    """When handling starts and ends for goods that come in at ``gate_in``; None if the place does not open."""
    start = openings.next_open(place.place_id, place, gate_in, needs_working_day=change.needs_working_day)
    return None if start is None else (start, start + change.duration_min)


def step_items(
    market: Market, load: Load, place_id: str, steps: tuple[StorageStep, ...] | tuple[DetentionStep, ...], days: int
) -> tuple[Item, ...]:
    """Items of so many days of storage or detention, one for each step that they reach; a step without an exchange rate is not used."""
    found = []
    for step in steps:
        count = min(days, step.to_day or days) - step.from_day + 1
        if count > 0 and market.has_rate(step.currency):
            kind, row_id = ("storage", step.storage_id) if isinstance(step, StorageStep) else ("detention", step.detention_id)
            ends = f" to {step.to_day}" if step.to_day else " on"
            found.append(
                market.item(
                    kind=kind,
                    name=f"{place_id}: {kind}, day {step.from_day}{ends}",
                    row=step,
                    row_id=row_id,
                    amount=step.per_day,
                    currency=step.currency,
                    per="unit and day",
                    quantity=load.units * count,
                )
            )
    return tuple(found)


def step_cents(market: Market, load: Load, steps: tuple[StorageStep, ...] | tuple[DetentionStep, ...], most_days: int) -> list[int]:
    """Cents of 0, 1, 2, ... ``most_days`` days of storage or detention: the sums of :func:`step_items`."""
    total = [0] * (most_days + 1)
    for step in steps:
        if not market.has_rate(step.currency):
            continue
        last = min(step.to_day or most_days, most_days)
        cents = 0
        for days in range(step.from_day, most_days + 1):
            if days <= last:
                cents = market.cents(step.per_day.typical, step.currency, Decimal(load.units * (days - step.from_day + 1)))
            total[days] += cents
    return total
