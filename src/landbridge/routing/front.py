"""Dominance: which labels need not be followed because another one serves as well."""

from __future__ import annotations

from landbridge.routing.floor import Floors, rest_node
from landbridge.routing.label import Label
from landbridge.routing.scene import Scene
from landbridge.terms.clock import MINUTES_PER_DAY
from landbridge.terms.terms import ORIGIN

Values = tuple[float, float, float]
SPARE_DAYS = 3
"""Days of storage by which an earlier label must be cheaper beyond those that it is ahead."""
MAX_IDLE_MIN = 14 * MINUTES_PER_DAY
"""An order of haulage waits at most this long for other terms."""


class Fronts:
    """The labels worth following, by what later terms depend on.

    Attributes
    ----------
    near
        Cents, minutes and grams within which labels count as alike; zeros for an exact search.
    """

    def __init__(self, scene: Scene, near: Values) -> None:
        self._scene = scene
        self._fronts: dict[tuple[object, ...], list[Label]] = {}
        self.near = near

    def add(self, label: Label) -> bool:
        """Add a label unless another one beats it; those that it beats are dead."""
        key = self._key(label)
        front = self._fronts.setdefault(key, [])
        pays_by_time = self._pays_by_time(label)
        beats = self._nearly_beats if self.near[0] else self._beats
        if any(beats(old, label, pays_by_time) for old in front):
            return False
        kept = []
        for old in front:
            if self._beats(label, old, pays_by_time):
                old.is_dead = True
            else:
                kept.append(old)
        kept.append(label)
        self._fronts[key] = kept
        return True

    def _pays_by_time(self, label: Label) -> bool:
        """Whether storage may be due that a later arrival would not pay."""
        if label.move is None or (self.near[0] and label.run is not None):
            return False
        return label.place_id in self._scene.terms.choice.storage_places or (label.run is not None and not label.run.is_gate_free)

    def _beats(self, one: Label, other: Label, pays_by_time: bool) -> bool:
        """Whether whatever follows the other could follow the one, no dearer, no later and no dirtier.

        Where storage may be due, an earlier arrival may pay for more days: it must be cheaper by the dearest storage for them, and for
        ``SPARE_DAYS`` more, since a closed border may let the earlier one get further ahead. An order of haulage waits at most
        ``MAX_IDLE_MIN`` for other terms, so labels further apart are compared only under the same terms.
        """
        ahead = other.minute - one.minute
        if ahead < 0 or one.emission > other.emission or one.legs > other.legs or one.cost > other.cost:
            return False
        if not other.documents <= one.documents and one.cost + self._cost_of(other.documents - one.documents) > other.cost:
            return False
        if ahead == 0:
            return True
        extra = 0 if other.documents <= one.documents else self._cost_of(other.documents - one.documents)
        if pays_by_time and one.cost + extra + self._allowance(other, ahead) > other.cost:
            return False
        return self._is_comparable(one, other)

    def _is_comparable(self, one: Label, other: Label) -> bool:
        """Whether an order of haulage at the earlier label may wait for the later one, or the terms are the same."""
        return other.minute - one.minute <= MAX_IDLE_MIN or self._epoch_of(one) == self._epoch_of(other)

    def _nearly_beats(self, one: Label, other: Label, pays_by_time: bool) -> bool:
        """Whether one label is as good as another within the tolerances."""
        cost = other.cost + self.near[0]
        ahead = other.minute - one.minute
        if one.cost > cost or -ahead > self.near[1] or one.emission > other.emission + self.near[2] or one.legs > other.legs + 1:
            return False
        return not pays_by_time or ahead <= 0 or one.cost + self._allowance(other, ahead) <= cost

    def _allowance(self, label: Label, ahead_min: int) -> int:
        """The most that storage can cost a label that is earlier by so many minutes."""
        if self.near[0]:
            return self._scene.dearest_storage.get(label.place_id, 0) * -(-ahead_min // MINUTES_PER_DAY)
        return self._scene.dearest_of_all * (ahead_min // MINUTES_PER_DAY + SPARE_DAYS)

    def _cost_of(self, document_ids: frozenset[str]) -> int:
        """What documents cost that one label has and another has not."""
        return sum(self._scene.document_cents.get(one, 0) for one in document_ids)

    def _epoch_of(self, label: Label) -> int:
        return self._scene.terms.epoch(self._scene.terms.local_date(label.place_id, label.minute))

    def _key(self, label: Label) -> tuple[object, ...]:
        through = (label.through.rate.through_id, label.through.position) if label.through else None
        if self.near[0]:
            offer = (label.run.haulage.haulage_id, label.run.is_home) if label.run else None
            return (label.place_id, label.carrier.mode, offer, label.box is not None, through, label.vias)
        box = (label.box.operator_id, label.box.place_id, label.box.discharged_at) if label.box else None
        run = label.run.key() if label.run else None
        return (label.place_id, label.carrier.carrier_id, run, box, through, label.vias, label.includes)


def tolerances_of(scene: Scene, floors: Floors) -> Values:
    """Cents, minutes and grams within which labels count as alike; zeros for an exact search."""
    percent, start = scene.terms.query.tolerance_percent, rest_node(scene.terms.query.origin_id, ORIGIN.mode)
    if not percent or not floors.reaches(start):
        return (0, 0, 0)
    return (
        int(floors.cost[start]) * percent // 100,
        percent * MINUTES_PER_DAY // 2,
        int(floors.emission.get(start, 0)) * percent // 40,
    )
