"""The slow reference: every move that docs/model.md allows, every label kept and followed, nothing compared before the destination.

But for one rule of the model itself: a vehicle makes no detour, so that of the ways of one order to a place those are left out that are in
nothing better than another.
"""

from __future__ import annotations

from landbridge.routing.arrival import Arrival
from landbridge.routing.expansion import Expansion, may_end_run
from landbridge.routing.label import Label, LinkMove, Run
from landbridge.routing.replay import finish_label, start_label
from landbridge.routing.scene import Scene


class Enumeration(Expansion):
    """All itineraries of a small feed."""

    def __init__(self, scene: Scene, *, vias: tuple[str, ...] = (), with_unconfirmed: bool = False) -> None:
        super().__init__(scene, vias, with_unconfirmed=with_unconfirmed)
        self._stack: list[Label] = []
        self._orders: dict[tuple[object, ...], list[Label]] = {}

    def _push(self, label: Label) -> None:
        if label.run is None or self._is_no_detour(label, label.run):
            self._stack.append(label)

    def _is_no_detour(self, label: Label, run: Run) -> bool:
        through = label.through and (label.through.rate.through_id, label.through.position)
        order = (id(_ordered_at(label)), run.haulage.haulage_id, run.epoch, label.place_id, label.vias, through)
        others = self._orders.setdefault(order, [])
        if any(self._is_no_worse(other, label) for other in others if not other.is_dead):
            return False
        for other in others:
            other.is_dead = other.is_dead or self._is_no_worse(label, other)
        others.append(label)
        return True

    def _is_no_worse(self, one: Label, other: Label) -> bool:
        """Whether a label of an order came there no later, dearer or dirtier, its driver no more tired, with all papers of the other."""
        assert one.run is not None
        assert other.run is not None
        if one.minute > other.minute or one.emission > other.emission:
            return False
        if one.run.driven_min > other.run.driven_min or one.run.is_home < other.run.is_home:
            return False
        papers = other.documents - one.documents
        once = {item.row_id: item.cost_cents for move in other.moves() if isinstance(move, LinkMove) for item in move.once}
        missing = sum(self.scene.document_cents.get(paper, 0) for paper in papers) + sum(
            once[row_id] for row_id in other.run.once_ids - one.run.once_ids
        )
        return one.cost + missing <= other.cost

    def run(self) -> list[Arrival]:
        """The itineraries that no other beats, by cost, minute and CO2e; of equal ones one."""
        scene, everything = self.scene, (1 << len(self._via_bits)) - 1
        if scene.shipment_law.blocks:
            return []
        found: dict[tuple[int, int, int], Arrival] = {}
        self._stack = [start_label(self)]
        while self._stack:
            label = self._stack.pop()
            if label.place_id != scene.terms.query.destination_id or label.move is None:
                self._move_on(label)
                continue
            if label.vias != everything or label.through is not None or not may_end_run(label):
                continue
            arrival = finish_label(self, label)
            if arrival is not None and not _has_detour(label):
                found.setdefault((arrival.cost, arrival.minute, arrival.emission), arrival)
        best = [key for key in found if not any(other != key and all(a <= b for a, b in zip(other, key, strict=True)) for other in found)]
        return [found[key] for key in sorted(best)]


def _ordered_at(label: Label) -> Label | None:
    """The label at which the vehicle that carries the goods was ordered."""
    while isinstance(label.move, LinkMove) and label.parent is not None:
        if label.move.at_change is not None:
            return label.parent
        label = label.parent
    return None


def _has_detour(label: Label) -> bool:
    """Whether a way was found to be a detour after it had been followed."""
    step: Label | None = label
    while step is not None:
        if step.is_dead:
            return True
        step = step.parent
    return False
