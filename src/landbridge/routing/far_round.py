"""Whether confirmed services lead only far round, where ways of the world stand beside those of a feed; docs/model.md, section 8."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from landbridge.domain.source import WORLD_SOURCE_ID
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.scene import Scene

TIMES_ROUND = 2
"""Confirmed services lead far round where each of their ways costs and takes at least so many times as much as one way without evidence."""
_CHEAPEST, _FASTEST = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FarRound:
    """What the ways of confirmed services cost and take at least."""

    cost_cents: int
    duration_min: int


def find_far_round(scene: Scene, search: LabelSearch) -> FarRound | None:
    """What confirmed services cost and take at least, if some way costs at most half of the one and takes at most half of the other.

    None for a feed that stands alone, since it is taken to tell what runs; and where a search stops at its bound on labels before it has
    found such a way.
    """
    if WORLD_SOURCE_ID not in scene.graph.dataset.source_by_id:
        return None
    vias = scene.terms.query.via
    cheapest, fastest = (search.search(vias=vias, weights=weights)[0] for weights in (_CHEAPEST, _FASTEST))
    if not cheapest or not fastest:
        return None
    least = FarRound(cost_cents=cheapest[0].cost, duration_min=fastest[0].minute - scene.ready_at)
    early = copy(scene)
    early.due_at = scene.ready_at + least.duration_min // TIMES_ROUND
    found, _ = search.on(early).search(vias=vias, with_unconfirmed=True, weights=_CHEAPEST)
    return least if found and TIMES_ROUND * found[0].cost <= least.cost_cents else None
