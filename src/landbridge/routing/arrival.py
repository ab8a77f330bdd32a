"""Complete itineraries as the search knows them, and what is charged beside a through rate."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.domain.plan import FREIGHT_KINDS, Item
from landbridge.domain.tariff import ThroughRate
from landbridge.routing.label import Label, LinkMove, SailMove
from landbridge.terms.change import ChangeTerms
from landbridge.terms.leg import LegTerms


@dataclass(frozen=True, slots=True)
class Arrival:
    """A complete itinerary as the search knows it: cost, minute of arrival, CO2e, and how it ends."""

    cost: int
    minute: int
    emission: int
    legs: int
    label: Label
    change: ChangeTerms
    handling_starts_at: int
    box_items: tuple[Item, ...]
    duty_items: tuple[Item, ...]

    def tie_break(self) -> tuple[int, tuple[str, ...]]:
        return self.legs, tuple(_move_id(move) for move in self.label.moves())


def _move_id(move: SailMove | LinkMove) -> str:
    return move.boarding.service.service_id if isinstance(move, SailMove) else move.link.link.link_id


def rate_includes(rate: ThroughRate) -> frozenset[str]:
    """Inclusions of the legs of a through rate."""
    return frozenset(rate.includes)


def through_items(leg: LegTerms, rate: ThroughRate | None, kinds: dict[str, str]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Items of a leg, and those due once per run; under a through rate without freight and what the rate includes."""
    if rate is None:
        return leg.items, leg.once
    included = frozenset(rate.includes)
    return tuple(item for item in leg.items if _is_beside(item, included, kinds)), tuple(
        item for item in leg.once if _is_beside(item, included, kinds)
    )


def _is_beside(item: Item, included: frozenset[str], kinds: dict[str, str]) -> bool:
    """Whether an item is charged beside a through rate."""
    if item.kind == "surcharge":
        return item.per != "percent" and kinds[item.row_id] not in included
    return item.kind != "event" and item.kind not in FREIGHT_KINDS
