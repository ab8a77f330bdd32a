"""One way: its ends, the search, and what lies on it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge.atlas import kernel
from landbridge.atlas.closure import GAUGE_CHANGE
from landbridge.atlas.dead_end import find_nearest_port, is_inland, tell_closed, tell_far_away, tell_parted
from landbridge.atlas.measure import Measurer
from landbridge.atlas.snap import common_ends, distance_m
from landbridge.domain.way import CountryShare, NoWay, Way, WayCrossing, WayPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from landbridge.atlas.measure import Line
    from landbridge.atlas.network import Network
    from landbridge.atlas.snap import End
    from landbridge.atlas.world import World
    from landbridge.domain.way import AtlasPlace, WayQuery


SEA_KINDS = ("sea", "canal", "river", "sea")
SPEED_M_PER_H = {"road": 60_000, "ferry": 28_000, "shuttle": 60_000, "rail": 45_000, "sea": 26_000, "canal": 13_000, "river": 15_000}
"""Planning speeds, grade D: a loaded truck over the day without rests, a freight train between terminals, 14 knots at sea."""
GAUGE_CHANGE_MIN = 1_440
ROAD_KINDS = ("road", "ferry", "shuttle")
GAP_REASON = "lines that touch in reality and not in the data; see atlas_build/bridged_gaps.csv"


def find_way(
    world: World,
    origin: AtlasPlace,
    destination: AtlasPlace,
    query: WayQuery,
    measurer: Measurer | None = None,
    *,
    is_drawn: bool = True,
) -> Way | NoWay:
    """The shortest way between two places by one mode.

    Parameters
    ----------
    world
        The atlas.
    origin, destination
        The places.
    query
        Mode and what is closed.
    measurer
        Keeps weights and ends between many questions; without one they are made for this question alone.
    is_drawn
        Whether the parts of the way carry their drawn lines.

    Returns
    -------
    Way or NoWay
        No way is a valid answer, with its reason.
    """
    measurer = measurer or Measurer(world)
    starts, goals = measurer.ends(origin, query), measurer.ends(destination, query)
    lost = next((place for place, ends in ((origin, starts), (destination, goals)) if not ends or is_inland(place, query)), None)
    if lost is not None:
        reason, nearest = tell_far_away(world, lost, query), find_nearest_port(world, lost, query)
        return NoWay(origin=origin, destination=destination, reason=reason, nearest=nearest)
    pair = common_ends(starts, goals)
    if pair is None:
        return NoWay(origin=origin, destination=destination, reason=tell_parted(query))
    edges = measurer.find_edges(pair, query)
    if edges is None:
        return NoWay(origin=origin, destination=destination, reason=tell_closed(world, pair, query, measurer))
    return _way(world, (origin, destination), pair, _track(world.network(query.mode), pair[0].node, edges), query, is_drawn)


def draw_way(world: World, places: tuple[AtlasPlace, AtlasPlace], line: Line, query: WayQuery) -> Way:
    """The way along a line that was found for a question, with what lies on it."""
    return _way(world, places, line.ends, _track(world.network(query.mode), line.ends[0].node, line.edges), query, is_drawn=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Track:
    """Edges of a way in order, shape (n,), its nodes, shape (n + 1,), and metres from the start to each node, shape (n + 1,)."""

    edges: NDArray[np.int64]
    nodes: NDArray[np.int32]
    done_m: NDArray[np.int64]


def _track(network: Network, start: int, edges: NDArray[np.int32]) -> _Track:
    nodes = kernel.nodes_along(start, edges, network.tail, network.head)
    done = np.concatenate(([0], np.cumsum(network.length_m[edges], dtype=np.int64)))
    return _Track(edges=edges.astype(np.int64), nodes=nodes, done_m=done)


def _way(
    world: World,
    places: tuple[AtlasPlace, AtlasPlace],
    ends: tuple[End, End],
    track: _Track,
    query: WayQuery,
    is_drawn: bool,
) -> Way:
    network = world.network(query.mode)
    parts = tuple(_parts(world, network, track, is_drawn))
    total = sum(part.distance_m for part in parts)
    crossings = tuple(_crossings(world, network, track))
    return Way(
        mode=query.mode,
        origin=places[0],
        destination=places[1],
        distance_m=total,
        great_circle_m=distance_m(*places),
        duration_min=sum(part.duration_min for part in parts) + GAUGE_CHANGE_MIN * sum(one.kind == "gauge" for one in crossings),
        from_snap_m=ends[0].snap_m,
        to_snap_m=ends[1].snap_m,
        from_snap=_point(network, ends[0].node),
        to_snap=_point(network, ends[1].node),
        parts=parts,
        countries=_shares(parts, total),
        passages=tuple(one for one in crossings if one.kind == "passage"),
        border_crossings=tuple(one for one in crossings if one.kind == "border"),
        gauge_changes=tuple(one for one in crossings if one.kind == "gauge"),
        bridged_gaps=tuple(one for one in crossings if one.kind == "gap"),
    )


def _parts(world: World, network: Network, track: _Track, is_drawn: bool) -> Iterator[WayPart]:
    """Stretches of one kind, gauge and country; an edge on which the gauge is changed belongs to the stretch before it."""
    if not len(track.edges):
        return
    kind, country = network.kind[track.edges].astype(np.int64), network.country[track.edges].astype(np.int64)
    if network.mode == "rail":
        real = np.flatnonzero(kind != GAUGE_CHANGE)
        owner = np.clip(np.searchsorted(real, np.arange(len(kind)), side="right") - 1, 0, None)
        kind, country = (kind[real[owner]], country[real[owner]]) if len(real) else (kind, country)
    starts = np.flatnonzero(np.concatenate(([True], (kind[1:] != kind[:-1]) | (country[1:] != country[:-1]))))
    lon, lat = (network.lon[track.nodes].tolist(), network.lat[track.nodes].tolist()) if is_drawn else ([], [])
    for first, last in pairwise([*starts.tolist(), len(kind)]):
        length = int(track.done_m[last] - track.done_m[first])
        points = tuple(zip(lon[first : last + 1], lat[first : last + 1], strict=True))
        yield _part(_part_key(world, network, int(kind[first]), int(country[first])), length, points)


def _part_key(world: World, network: Network, kind: int, country: int) -> tuple[str, str, int | None]:
    code = world.countries[country] if country >= 0 else ""
    if network.mode == "rail":
        return "rail", code, kind
    return (ROAD_KINDS[kind] if network.mode == "road" else SEA_KINDS[kind]), code, None


def _part(key: tuple[str, str, int | None], length: int, points: tuple[tuple[float, float], ...]) -> WayPart:
    minutes = round(length * 60 / SPEED_M_PER_H[key[0]])
    return WayPart(kind=key[0], country=key[1], distance_m=length, duration_min=minutes, gauge_mm=key[2], path=points)


def _shares(parts: tuple[WayPart, ...], total: int) -> tuple[CountryShare, ...]:
    by_country: dict[str, int] = {}
    for part in parts:
        by_country[part.country] = by_country.get(part.country, 0) + part.distance_m
    return tuple(
        CountryShare(country=code, distance_m=length, percent=round(100 * length / total, 1) if total else 0.0)
        for code, length in by_country.items()
    )


def _crossings(world: World, network: Network, track: _Track) -> Iterator[WayCrossing]:
    passages = _passages_of(world, network, track)
    seen: set[str] = set()
    marked = network.is_bridged[track.edges] | np.isin(track.edges, list(passages))
    if network.mode == "rail":
        marked |= network.kind[track.edges] == GAUGE_CHANGE
    for at in np.flatnonzero(marked).tolist():
        edge, done = int(track.edges[at]), int(track.done_m[at])
        lon, lat = _point(network, int(track.nodes[at]))
        for passage in passages.get(edge, ()):
            if passage["id"] not in seen:
                seen.add(passage["id"])
                yield WayCrossing(kind="passage", crossing_id=passage["id"], name=passage["name"], lon=lon, lat=lat, distance_m=done)
        if network.mode == "rail" and network.kind[edge] == GAUGE_CHANGE:
            yield WayCrossing(
                kind="gauge", crossing_id=f"{lon:.2f} {lat:.2f}", name=_name_near(world, lon, lat), lon=lon, lat=lat, distance_m=done
            )
        if network.is_bridged[edge]:
            yield WayCrossing(
                kind="gap", crossing_id=f"{lon:.3f} {lat:.3f}", name=_name_near(world, lon, lat), lon=lon, lat=lat, distance_m=done,
                length_m=int(network.length_m[edge]), reason=GAP_REASON,
            )  # fmt: skip
    yield from _borders(world, network, track)


def _borders(world: World, network: Network, track: _Track) -> Iterator[WayCrossing]:
    """Where a way leaves one country for another; a change of gauge between them belongs to none."""
    if network.mode == "sea":
        return
    country = network.country[track.edges]
    on_land = np.flatnonzero(network.kind[track.edges] != GAUGE_CHANGE) if network.mode == "rail" else np.arange(len(country))
    before, after = country[on_land[:-1]], country[on_land[1:]]
    for here in np.flatnonzero((before != after) & (before >= 0) & (after >= 0)).tolist():
        at = int(on_land[here + 1])
        lon, lat = _point(network, int(track.nodes[at]))
        codes = f"{world.countries[before[here]]}-{world.countries[after[here]]}"
        done = int(track.done_m[at])
        yield WayCrossing(kind="border", crossing_id=codes, name=_name_near(world, lon, lat), lon=lon, lat=lat, distance_m=done)


def _passages_of(world: World, network: Network, track: _Track) -> dict[int, list[dict[str, Any]]]:
    if network.mode != "sea":
        return {}
    edges, numbers = world.passage_edges
    found: dict[int, list[dict[str, Any]]] = {}
    for at in np.flatnonzero(np.isin(edges, track.edges)).tolist():
        found.setdefault(int(edges[at]), []).append(world.passages[numbers[at]])
    return found


def _name_near(world: World, lon: float, lat: float) -> str:
    return world.gazetteer.name_near(lon, lat)


def _point(network: Network, node: int) -> tuple[float, float]:
    return float(network.lon[node]), float(network.lat[node])
