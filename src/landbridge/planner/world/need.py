"""Why ways of the world were joined to a feed for a question, in words: one of the three causes, the one that holds."""

from __future__ import annotations

from dataclasses import replace

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import PlaceId
from landbridge.domain.query import Query
from landbridge.domain.source import WORLD_SOURCE_ID
from landbridge.planner.world.places import MOST_ROUND, is_joined, most_round
from landbridge.planner.world.shut import Days, list_shut


def tell_need(joined: Dataset, query: Query) -> str:
    """What the feed lacks, of which ``joined`` has the rows with those of the world beside them."""
    own = _own_network(joined)
    ends = (PlaceId(query.origin_id), PlaceId(query.destination_id))
    linked = {place_id for link in own.links for place_id in (link.from_place_id, link.to_place_id)}
    bare = [joined.place_by_id[end].name for end in ends if end not in linked]
    if bare:
        return f"no road and no railway of the feed leads to {' and '.join(bare)}"
    origin, destination = (joined.place_by_id[end].name for end in ends)
    most = most_round(own, (joined.place_by_id[end] for end in ends))
    long = f"not at all, or by more than {'twice' if most == MOST_ROUND else f'{most:g} times'} the way"
    if not is_joined(own, *ends, most=most):
        return f"the feed leads from {origin} to {destination} {long}"
    days = Days(as_of=query.as_of, ready_on=query.ready_on)
    if not is_joined(own, *ends, list_shut(own, own, days).standing, most):
        return f"without borders that are shut for long the feed leads from {origin} to {destination} {long}"
    wishes = [f"uses {one}" for one in query.via] + [f"avoids {one}" for one in query.avoid]
    return f"no way of the feed from {origin} to {destination} {' and '.join(wishes) or 'does what is asked'}"


def _own_network(joined: Dataset) -> Dataset:
    """Links and services of the feed and roads to towns of the atlas, without those of the world."""
    from landbridge.planner.world.chain import find_base

    lines = find_base(joined).service_by_id
    services = tuple(row for row in joined.services if row.source_id != WORLD_SOURCE_ID and row.service_id not in lines)
    kept = {row.service_id for row in services}
    return replace(
        joined,
        services=services,
        stops=tuple(row for row in joined.stops if row.service_id in kept),
        links=tuple(row for row in joined.links if row.source_id != WORLD_SOURCE_ID),
    )
