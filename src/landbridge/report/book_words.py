"""What the levers, the methods of sharing and the verdicts on them are called, on every page and in every file alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

LEVERS = {
    "block_train": "block trains", "part_charter": "part charters", "extra_call": "extra calls", "volume_tiers": "volume rebates",
    "common_timing": "common timing", "shared_room": "room shared",
    "shared_empties": "empty boxes shared", "consolidation": "part loads in one unit", "backhaul_matching": "vehicles loaded back",
}  # fmt: skip
METHODS = {"shapley": "Shapley", "nucleolus": "nucleolus", "proportional": "proportional", "equal_profit": "equal profit"}
STEPS = LEVERS | {
    "each_alone": "each alone", "all_together": "all together", "had_alone": "of that, had by each alone already",
    "unexplained": "not by one of these",
}  # fmt: skip
"""Steps of the waterfall from each alone to all together."""

Stability = Literal["stable", "unseen", "unstable"]
"""Nobody is better off apart; none was found who would be, but not all groups are proven; somebody would be."""


def group_reasons(reasons: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Shipments that are not carried, each with why, as one row for each reason: the shipments in words, and the reason."""
    told: dict[str, list[str]] = {}
    for shipment_id, reason in reasons:
        told.setdefault(reason, []).append(shipment_id)
    return tuple((", ".join(shipments), reason) for reason, shipments in told.items())


def lever_name(lever: str) -> str:
    return LEVERS.get(lever, lever.replace("_", " "))


def step_name(step: str) -> str:
    """What a step of the waterfall is called, a lever or one of the others."""
    return STEPS.get(step, lever_name(step))


def method_name(method: str) -> str:
    return METHODS.get(method, method.replace("_", " "))


def stability_of(book: Mapping[str, Any], method: str) -> Stability:
    """What the core check of a joint plan's document says of the shares of a method."""
    if not book["in_core"].get(method):
        return "unstable"
    return "stable" if (book.get("core") or {}).get(method, {}).get("complete") else "unseen"


def leaving_of(book: Mapping[str, Any], method: str) -> tuple[tuple[str, ...], int]:
    """The group that would pay least without the others by the shares of a method, and how many cents less; nobody if none is told."""
    core = (book.get("core") or {}).get(method, {})
    return (tuple(core.get("coalition", ())), int(core.get("excess_cents", 0))) if core.get("excess_cents", 0) > 0 else ((), 0)


def exactness_of(book: Mapping[str, Any]) -> tuple[str, ...]:
    """How exact the costs of coalitions behind the shares are, each thing once."""
    notes = (core.get("note") for core in (book.get("core") or {}).values())
    return tuple(dict.fromkeys(str(one) for one in notes if one))
