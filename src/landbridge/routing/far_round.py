"""Whether confirmed services lead only far round, where ways of the world stand beside those of a feed; docs/model.md, section 8."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from landbridge.domain.source import WORLD_SOURCE_ID
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.scene import Scene

TIMES_ROUND = 2
"""Confirmed services lead far round where a way without evidence is no dearer, no slower, and so many times cheaper or faster than any."""
_CHEAPEST, _FASTEST = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FarRound:
    """What the ways of confirmed services cost and take at least."""

    cost_cents: int
    duration_min: int


def find_far_round(scene: Scene, search: LabelSearch) -> FarRound | None:
    """What confirmed services cost and take at least, if some way costs and takes no more, and at most half of the one or the other.

    None for a feed that stands alone, since it is taken to tell what runs; and where a search stops at its bound on labels before it has
    found such a way.
    """
    if WORLD_SOURCE_ID not in scene.graph.dataset.source_by_id:
        return None
    vias = scene.terms.query.via
    sure = [one for weights in (_CHEAPEST, _FASTEST) for one in search.search(vias=vias, weights=weights)[0]]
    if not sure:
        return None
    cents, minutes = min(one.cost for one in sure), min(one.minute for one in sure) - scene.ready_at
    for times_faster, times_cheaper in ((TIMES_ROUND, 1), (1, TIMES_ROUND)):
        early = copy(scene)
        early.due_at = scene.ready_at + minutes // times_faster
        found, _ = search.on(early).search(vias=vias, with_unconfirmed=True, weights=_CHEAPEST)
        if found and times_cheaper * found[0].cost <= cents:
            return FarRound(cost_cents=cents, duration_min=minutes)
    return None
