"""The law that holds in a feed, whichever door asks it: its own, and that of the feed ``world`` which it does not hold itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import PlaceId
from landbridge.domain.place import Place
from landbridge.planner.same_feed import SameFeed
from landbridge.planner.world.chain import find_base, find_own_port, list_ports
from landbridge.planner.world.feed_parties import FeedParties
from landbridge.planner.world.joined_law import add_day, list_law

_KEPT = 8
"""Feeds with all law that a process keeps."""


def hold_law(dataset: Dataset) -> Dataset:
    """The feed with the law that holds in it: regimes, lists with whom they name and who owns these, sanctions and bans on trade.

    What the feed has itself is its own (:mod:`landbridge.planner.world.joined_law`). The same feed where it has everything; the same object
    for the same feed.
    """
    return _hold_law(SameFeed(dataset))


@lru_cache(maxsize=_KEPT)
def _hold_law(feed: SameFeed) -> Dataset:
    dataset = feed.dataset
    base = find_base(dataset)
    if base is dataset:
        return dataset
    parties = FeedParties(dataset, base, {})
    law = list_law(dataset, base, parties, _find_places(dataset, base), None)
    if not (law.watchlist or law.rules or law.ownership):
        return dataset
    return replace(
        dataset,
        info=add_day(dataset, base) if law.watchlist else dataset.info,
        sources=(*dataset.sources, *(row for row in base.sources if row.source_id not in dataset.source_by_id)),
        regimes=(*dataset.regimes, *law.regimes),
        parties=(*dataset.parties, *parties.added.values()),
        watchlist=(*dataset.watchlist, *law.watchlist),
        ownership=(*dataset.ownership, *law.ownership),
        rules=(*dataset.rules, *law.rules),
    )


def _find_places(dataset: Dataset, base: Dataset) -> dict[PlaceId, frozenset[PlaceId]]:
    """By each place that a rule of the feed ``world`` names, those of the feed for which it stands: itself, and the port as it is there."""
    ports, here = tuple(list_ports(dataset)), dataset.place_by_id.keys()
    named = {place_id: base.place_by_id[place_id] for rule in base.rules for place_id in rule.place_ids}
    return {place_id: frozenset(_list_alike(place, ports)) & here for place_id, place in named.items()}


def _list_alike(place: Place, ports: tuple[Place, ...]) -> Iterator[PlaceId]:
    yield place.place_id
    yield find_own_port(place, ports).place_id
