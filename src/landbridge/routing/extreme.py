"""The exact best itinerary by one weighted sum of cost, time and CO2e: cheapest, fastest, cleanest, balanced."""

from __future__ import annotations

from landbridge.routing.arrival import Arrival
from landbridge.routing.front import Fronts, Values
from landbridge.routing.label import Label
from landbridge.routing.scene import Scene
from landbridge.routing.search import Search, node_of


class ExtremeFronts(Fronts):
    """Dominance for one weighted sum: time counts beside it, since an earlier label may board what a later one may."""

    def __init__(self, scene: Scene, weights: Values) -> None:
        super().__init__(scene, near=(0, 0, 0))
        self._weights = weights

    def _beats(self, one: Label, other: Label, pays_by_time: bool) -> bool:
        if one.minute > other.minute or one.legs > other.legs:
            return False
        cost, time, emission = self._weights
        extra = 0
        if cost:
            extra = self._cost_of(other.documents - one.documents)
            if pays_by_time and one.minute < other.minute:
                extra += self._allowance(other, other.minute - one.minute)
        behind = cost * (one.cost + extra - other.cost) + time * (one.minute - other.minute) + emission * (one.emission - other.emission)
        return behind <= 0 and self._is_comparable(one, other)


class ExtremeSearch(Search):
    """Best-first search for the one itinerary of least weighted sum.

    Parameters
    ----------
    weights
        Of a cent, a minute and a gram.
    """

    def __init__(self, scene: Scene, weights: Values, *, vias: tuple[str, ...] = (), with_unconfirmed: bool = False) -> None:
        super().__init__(scene, vias=vias, with_unconfirmed=with_unconfirmed)
        self._weights = weights
        self._fronts = ExtremeFronts(scene, weights)
        self._near = (0, 0, 0)
        via = next(iter(self._via_bits)) if len(self._via_bits) == 1 else None
        destination_id = scene.terms.query.destination_id
        self._bounds = self._network.bounds(destination_id, weights)
        self._bounds_via = self._network.bounds(destination_id, weights, via) if via else self._bounds

    def _rank(self, label: Label) -> float:
        if label.through is not None:
            return self._sum(label.cost, label.minute, label.emission)
        bounds = self._bounds if label.vias == self._all_vias else self._bounds_via
        return self._sum(label.cost, label.minute, label.emission) + bounds.get(node_of(label), 0)

    def _sum(self, cost: float, minute: float, emission: float) -> float:
        one, two, three = self._weights
        return one * cost + two * (minute - self._scene.ready_at) + three * emission

    def _is_hopeless(self, label: Label) -> bool:
        floor = self._floor(label)
        if floor is None or (self._scene.due_at is not None and label.minute + floor[1] > self._scene.due_at):
            return True
        return bool(self.arrivals) and self._rank(label) > self._key_of(self.arrivals[0])[0]

    def _key_of(self, arrival: Arrival) -> tuple[float, int, int, int, tuple[int, tuple[str, ...]]]:
        total = self._sum(arrival.cost, arrival.minute, arrival.emission)
        return total, arrival.cost, arrival.minute, arrival.emission, arrival.tie_break()

    def _arrive(self, new: Arrival) -> None:
        if not self.arrivals or self._key_of(new) < self._key_of(self.arrivals[0]):
            self.arrivals = [new]
