"""Places of the atlas joined to a feed: a place that no table names, and roads from it to the nearest places of its country.

Pure ``Dataset -> Dataset``: the same feed, atlas and places give the same rows and the same digest, so that a plan can be verified.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from landbridge.domain.dataset import Dataset
from landbridge.domain.haulage import Link
from landbridge.domain.identity import PlaceId, ServiceId, SourceId
from landbridge.domain.place import Place
from landbridge.domain.service import ServiceStatus
from landbridge.domain.source import Source
from landbridge.domain.way import AtlasPlace, Way, WayQuery
from landbridge.planner.place_search import SURE, find_in_atlas, find_places
from landbridge.planner.same_feed import SameFeed
from landbridge.planner.world.rows import gap_km
from landbridge.planner.world.shut import LAND, Days, Shut, list_closed, list_shut, list_shut_borders
from landbridge.terms.validity import is_valid

if TYPE_CHECKING:
    from landbridge.atlas.world import World

SOURCE_ID = SourceId("landbridge-atlas")
NEAREST = 4
"""Roads are drawn to so many places of the feed: more of them make the search slower, and the way rarely better."""
MOST_ROUND = 2.0
"""Ships of a feed may join two places by way of a third continent; so long a way does not keep the world out."""
_MOST_ROUND_OWN = 3.0
"""The same where one end lies in a country of the feed's shipments, of whose ways it tells more."""
_KEPT = 16
"""Feeds with what the world adds for two ends that a process keeps."""
_NOT_RUNNING = ("announced", "ended", "suspended")


@dataclass(frozen=True, slots=True)
class _Ground:
    """A feed in which both ends of a question stand, and whether nothing but ways of the world can join them."""

    dataset: Dataset
    ends: tuple[Place, Place] | None
    needs_world: bool


def join_world_places(dataset: Dataset, texts: Iterable[str], *, is_feed_alone: bool = False, days: Days | None = None) -> Dataset:
    """The feed with the places that it does not name itself.

    A text that the feed knows by an id, a code or a name stays with the feed; else the atlas is asked, and only what it knows exactly is
    joined. Roads lead to the nearest places of the feed in the same country, and to the other end if it lies there too, over roads of that
    country alone; the offers of haulage and their rates are those of the feed. Where no road and no railway of the feed leads to one of two
    ends, or into the country of one that it does not name, both are joined by chains of the feed ``world`` as well: ships alone are no
    answer to a truck or a train. Such chains are added too where it leads from one end to the other not at all or by a great way round
    alone, borders that are shut for long left out, but not between two of its own places in the trade of its shipments. With
    ``is_feed_alone`` none are added. ``days`` are those of the question: ways lead around what is shut then; None: those of the feed.
    """
    standing = list_shut(dataset, dataset, days).standing
    ground = _keep_ground(SameFeed(dataset), tuple(texts), is_feed_alone, standing)
    if not ground.needs_world or not ground.ends:
        return ground.dataset
    return _join_kept(SameFeed(ground.dataset), ground.ends, find_shut(ground.dataset, days))


@lru_cache(maxsize=_KEPT)
def _keep_ground(feed: SameFeed, texts: tuple[str, ...], is_feed_alone: bool, standing: frozenset[str]) -> _Ground:
    return _lay_ground(feed.dataset, texts, is_feed_alone=is_feed_alone, standing=standing)


@lru_cache(maxsize=_KEPT)
def _join_kept(ground: SameFeed, ends: tuple[Place, Place], shut: Shut) -> Dataset:
    """Made once for the same closures, whatever the days."""
    return join_ways(ground.dataset, ends, shut=shut)


def find_shut(ground: Dataset, days: Days | None) -> Shut:
    """What is shut for ways of the world beside a feed on the days of a question."""
    from landbridge.planner.world.chain import find_base

    return list_shut(ground, find_base(ground), days)


def join_ways(ground: Dataset, stops: Sequence[Place], avoid: frozenset[str] = frozenset(), *, shut: Shut) -> Dataset:
    """A feed with ways of the world from each of some places to the next, around countries, by no mode and no passage that is avoided, and
    around what is shut.
    """
    from landbridge.atlas.world import load_world
    from landbridge.planner.world.chain import join_world_chain

    return join_world_chain(ground, load_world(), stops, avoid, shut)


def lay_ground(dataset: Dataset, ends: tuple[str, str]) -> tuple[Dataset, tuple[Place, Place] | None]:
    """The feed with two ends and the roads to them, before any way of the world, and what they mean in it."""
    ground = _lay_ground(dataset, ends, is_feed_alone=False)
    return ground.dataset, ground.ends


def _lay_ground(dataset: Dataset, texts: tuple[str, ...], *, is_feed_alone: bool, standing: frozenset[str] = frozenset()) -> _Ground:
    apart = None if is_feed_alone else _lay_apart(dataset, texts)
    if apart is not None:
        return apart
    unknown = [text for text in dict.fromkeys(texts) if not _is_known(dataset, text)]
    known = _pair(_ends(dataset, texts))
    if not unknown:
        if known is None or is_feed_alone or all(is_own_trade(dataset, (one,)) for one in known):
            return _Ground(dataset, known, needs_world=False)
        return _Ground(dataset, known, needs_world=_leads_round(dataset, known, standing))
    from landbridge.atlas.world import load_world

    world = load_world()
    meant = {text: find_in_atlas(world, text, _other_end(dataset, world, texts, text)) for text in unknown}
    found = {place.place_id: place for place in meant.values() if place is not None and place.place_id not in dataset.place_by_id}
    asked = {key: tuple(text for text, place in meant.items() if place == one) for key, one in found.items()}
    if not found:
        return _Ground(dataset, known, needs_world=False)
    joined = _joined(dataset, world, [(found[key], asked[key]) for key in sorted(found)], texts)
    ends = _pair(_ends(joined, texts))
    return _Ground(joined, ends, needs_world=ends is not None and not is_feed_alone and _leads_round(joined, ends, standing))


def _leads_round(dataset: Dataset, ends: tuple[Place, Place], standing: frozenset[str]) -> bool:
    """Whether a feed leads from one place to another not at all or by a great way round."""
    return not is_joined(dataset, ends[0].place_id, ends[1].place_id, standing, most_round(dataset, ends))


def most_round(dataset: Dataset, ends: Iterable[Place]) -> float:
    """How many times as long as the straight line a feed's way between two places may be to keep the world out."""
    return _MOST_ROUND_OWN if is_own_trade(dataset, ends) else MOST_ROUND


def is_own_trade(dataset: Dataset, ends: Iterable[Place]) -> bool:
    """Whether an end lies in a country of the feed's shipments: of that trade it is taken to tell what there is."""
    places = dataset.place_by_id
    own = {places[place_id].country for row in dataset.shipments for place_id in (row.from_place_id, row.to_place_id)}
    return any(end.country in own for end in ends)


def _pair(ends: list[Place]) -> tuple[Place, Place] | None:
    return (ends[0], ends[1]) if len(ends) == 2 and ends[0] is not ends[1] else None


def find_place_id(dataset: Dataset, text: str) -> PlaceId | None:
    """The id of the place that a text names exactly in the feed, else in the atlas, whatever the other end; None if it names none."""
    own = find_places(dataset, text, limit=1)
    if own and own[0].score >= SURE:
        return PlaceId(own[0].place_id)
    if not text.strip():
        return None
    from landbridge.atlas.world import load_world

    found = find_in_atlas(load_world(), text, None)
    return None if found is None else PlaceId(found.place_id)


def find_atlas_place(text: str) -> Place | None:
    """The place of the atlas that a text names exactly, as one of a feed; None if it names none."""
    from landbridge.atlas.world import load_world

    found = find_in_atlas(load_world(), text, None) if text.strip() else None
    return None if found is None else made_end(found, text)


def has_land_way(place: Place) -> bool:
    """Whether a road or a railway of the atlas lies within its reach of a place."""
    from landbridge.atlas.snap import is_served
    from landbridge.atlas.world import load_world

    point = AtlasPlace(place_id=place.place_id, name=place.name, country=place.country, kind="point", lon=place.lon, lat=place.lat)
    return is_served(load_world(), point, WayQuery(mode="road")) or is_served(load_world(), point, WayQuery(mode="rail"))


def _lay_apart(dataset: Dataset, texts: tuple[str, ...]) -> _Ground | None:
    """The feed with two ends, where it has no land way at one of them; None where it serves both, or one of them is not known at all."""
    if len(texts) != 2 or texts[0] == texts[1]:
        return None
    linked = {place_id for link in dataset.links for place_id in (link.from_place_id, link.to_place_id)}
    served = {dataset.place_by_id[place_id].country for place_id in linked}
    named = [find_places(dataset, text, limit=1) for text in texts]
    ends = [dataset.place_by_id[found[0].place_id] if found and found[0].score >= SURE else None for found in named]
    if all(end is not None and end.place_id in linked for end in ends):
        return None
    if _is_own_lane(dataset, ends):
        return None
    from landbridge.atlas.world import load_world

    world = load_world()
    for index, text in enumerate(texts):
        place = find_in_atlas(world, text, _other_end(dataset, world, texts, text)) if ends[index] is None else None
        ends[index] = ends[index] if place is None else made_end(place, text)
    start, goal = ends
    if start is None or goal is None or start.place_id == goal.place_id:
        return None
    unknown = tuple(end for end in (start, goal) if end.place_id not in dataset.place_by_id)
    if all(end.country in served if end in unknown else end.place_id in linked for end in (start, goal)):
        return None
    return _Ground(replace(dataset, places=(*dataset.places, *unknown)), (start, goal), needs_world=True)


def _is_own_lane(dataset: Dataset, ends: Sequence[Place | None]) -> bool:
    """Whether shipments of the feed begin or end at both ends, which it joins itself: of these it is taken to tell what there is."""
    start, goal = ends
    known = {place_id for row in dataset.shipments for place_id in (row.from_place_id, row.to_place_id)}
    if start is None or goal is None or not {start.place_id, goal.place_id} <= known:
        return False
    return is_joined(dataset, start.place_id, goal.place_id)


def made_end(place: AtlasPlace, text: str) -> Place:
    """A place of the atlas as one of a feed, known by the text that asked for it as well."""
    from landbridge.planner.world.rows import made_place

    return replace(made_place(place.place_id, place.name, "city", place.country, place.lon, place.lat), names=(text,))


def is_joined(dataset: Dataset, start_id: str, goal_id: str, standing: frozenset[str] = frozenset(), most: float = MOST_ROUND) -> bool:
    """Whether links and services that run on the day of the feed lead from one place to the other without going round the world.

    Legs count by their great circles, whatever their price, and whatever law forbids: that is no reason to look for other ways.

    Parameters
    ----------
    standing
        Ids of closures that have no end, or none soon: no link leads over a border that one of them shuts.
    most
        How many times as long as the great circle of the ends a way may be to be one to offer.
    """
    place, running = dataset.place_by_id, list_running(dataset)
    closed = list_closed(dataset.events, standing)
    shut = {(mode, border_id) for mode in LAND for border_id in list_shut_borders(closed, mode)}
    steps: dict[str, set[str]] = {}
    for link in dataset.links:
        if (link.mode, link.border_id) in shut:
            continue
        steps.setdefault(link.from_place_id, set()).add(link.to_place_id)
        if link.two_way:
            steps.setdefault(link.to_place_id, set()).add(link.from_place_id)
    for one, other in pairwise(sorted(dataset.stops, key=lambda row: (row.service_id, row.seq))):
        if one.service_id == other.service_id and one.service_id in running:
            steps.setdefault(one.place_id, set()).add(other.place_id)
    bound = most * gap_km(place[PlaceId(start_id)], place[PlaceId(goal_id)])
    pending, done = [(0.0, start_id)], set[str]()
    while pending:
        far, here = heapq.heappop(pending)
        if here == goal_id:
            return True
        if here in done:
            continue
        done.add(here)
        for there in steps.get(here, set()) - done:
            length = far + gap_km(place[PlaceId(here)], place[PlaceId(there)])
            if length <= bound:
                heapq.heappush(pending, (length, there))
    return False


def list_running(dataset: Dataset) -> frozenset[ServiceId]:
    """Services that are valid on the day of the feed, whose last word is not that they ended, rest or are to come."""
    day = dataset.info.as_of
    last: dict[ServiceId, ServiceStatus] = {}
    for row in sorted(dataset.statuses, key=lambda row: (row.valid_from or date.min, row.status_id)):
        if row.service_id is not None and is_valid(row, day):
            last[row.service_id] = row
    resting = {service_id for service_id, row in last.items() if row.status in _NOT_RUNNING}
    return frozenset(row.service_id for row in dataset.services if is_valid(row, day) and row.service_id not in resting)


def _is_known(dataset: Dataset, text: str) -> bool:
    matches = find_places(dataset, text, limit=1)
    return not text.strip() or (bool(matches) and matches[0].score >= SURE)


def _other_end(dataset: Dataset, world: World, texts: tuple[str, ...], text: str) -> tuple[float, float] | None:
    """Longitude and latitude of what the other of two texts means by itself, to tell which of several namesakes the one means."""
    if len(texts) != 2:
        return None
    other = texts[1 - texts.index(text)]
    own = find_places(dataset, other, limit=1)
    place = dataset.place_by_id[PlaceId(own[0].place_id)] if own and own[0].score >= SURE else find_in_atlas(world, other, None)
    return None if place is None else (place.lon, place.lat)


def _ends(dataset: Dataset, texts: tuple[str, ...]) -> list[Place]:
    """What two texts mean in the feed; none of the texts of a whole file."""
    named = [find_places(dataset, text, limit=1) for text in texts] if len(texts) == 2 else []
    return [dataset.place_by_id[PlaceId(found[0].place_id)] for found in named if found and found[0].score >= SURE]


def _joined(dataset: Dataset, world: World, places: list[tuple[AtlasPlace, tuple[str, ...]]], texts: tuple[str, ...]) -> Dataset:
    """The feed with places of the atlas, each known by the texts that asked for it as well: the atlas knows more spellings."""
    rows: list[Place] = []
    links: list[Link] = []
    for place, asked in places:
        near = _nearest(dataset, place)
        if near:
            other_ends = [*_ends(dataset, texts), *rows] if len(texts) == 2 else []
            others = dict.fromkeys([*near[:NEAREST], *(end for end in other_ends if end.country == place.country)])
            links += [link for other in others if (link := _link(world, place, other)) is not None]
            rows.append(_place_row(place, asked, near[0]))
    if not rows:
        return dataset
    stamp = "|".join([dataset.digest, world.container.digest(), *(row.place_id for row in rows), *(link.link_id for link in links)])
    return replace(
        dataset,
        digest=hashlib.sha256(stamp.encode()).hexdigest(),
        sources=(*dataset.sources, _source(world)),
        places=(*dataset.places, *rows),
        links=(*dataset.links, *links),
    )


def _nearest(dataset: Dataset, place: AtlasPlace) -> list[Place]:
    """Places of the feed in the same country, nearest first."""

    def gap(other: Place) -> tuple[float, str]:
        x = ((other.lon - place.lon + 180) % 360 - 180) * math.cos(math.radians(place.lat))
        return math.hypot(x, other.lat - place.lat), other.place_id

    return sorted((other for other in dataset.places if other.country == place.country), key=gap)


def _place_row(place: AtlasPlace, asked: tuple[str, ...], near: Place) -> Place:
    """Working days and zone are those of the nearest place of the feed in the country."""
    return Place(
        place_id=PlaceId(place.place_id),
        name=place.name,
        kind="city",
        country=place.country,
        lon=place.lon,
        lat=place.lat,
        zone=near.zone,
        working_days=near.working_days,
        names=(place.name, *asked),
        source_id=SOURCE_ID,
        row=f"atlas/places:{place.place_id}",
        note=f"zone and working days of {near.name}",
    )


def _link(world: World, place: AtlasPlace, other: Place) -> Link | None:
    """A road to a place of the feed that does not leave the country; None if there is none."""
    from landbridge.atlas.route import find_way

    goal = AtlasPlace(place_id=other.place_id, name=other.name, country=other.country, kind="point", lon=other.lon, lat=other.lat)
    avoid: frozenset[str] = frozenset()
    while True:
        way = find_way(world, place, goal, WayQuery(mode="road", avoid=avoid))
        if not isinstance(way, Way):
            return None
        abroad = {one.country for one in way.countries if one.country} - {place.country}
        if not abroad:
            break
        if abroad <= avoid:
            return None
        avoid |= abroad
    by_ferry = any(part.kind == "ferry" for part in way.parts)
    distance = way.distance_m + way.from_snap_m + way.to_snap_m
    return Link(
        link_id=f"atlas-{place.place_id}-{other.place_id}",
        mode="road",
        from_place_id=PlaceId(place.place_id),
        to_place_id=other.place_id,
        two_way=True,
        distance_m=max(1_000, round(distance, -3)),
        country=place.country,
        source_id=SOURCE_ID,
        row=f"atlas/roads:{place.place_id}-{other.place_id}",
        note="by ferry, counted as a road" if by_ferry else "shortest road of the atlas that stays in the country",
    )


def _source(world: World) -> Source:
    return Source(
        source_id=SOURCE_ID,
        row="atlas",
        title=f"landbridge atlas {world.container.header['version']}: shortest roads of OpenStreetMap, places of GeoNames and UN/LOCODE",
        publisher="the landbridge contributors; (c) OpenStreetMap contributors",
        grade="C",
        licence="ODbL-1.0",
    )
