"""The slow reference: every move that docs/model.md allows, every label kept and followed, nothing compared before the destination."""

from __future__ import annotations

from landbridge.routing.arrival import Arrival
from landbridge.routing.expansion import Expansion, may_end_run
from landbridge.routing.label import Label
from landbridge.routing.replay import finish_label, start_label
from landbridge.routing.scene import Scene


class Enumeration(Expansion):
    """All itineraries of a small feed."""

    def __init__(self, scene: Scene, *, vias: tuple[str, ...] = (), with_unconfirmed: bool = False) -> None:
        super().__init__(scene, vias, with_unconfirmed=with_unconfirmed)
        self._stack: list[Label] = []

    def _push(self, label: Label) -> None:
        self._stack.append(label)

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
            if arrival is not None:
                found.setdefault((arrival.cost, arrival.minute, arrival.emission), arrival)
        best = [key for key in found if not any(other != key and all(a <= b for a, b in zip(other, key, strict=True)) for other in found)]
        return [found[key] for key in sorted(best)]
