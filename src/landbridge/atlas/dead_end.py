"""Why there is no way: an end that no network reaches, networks that do not meet, or what is closed; the port nearest to an inland end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from landbridge.atlas import kernel
from landbridge.atlas.closure import is_opened_by_name, is_plain
from landbridge.atlas.snap import is_served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from landbridge.atlas.measure import Measurer
    from landbridge.atlas.network import Network
    from landbridge.atlas.snap import End
    from landbridge.atlas.world import World
    from landbridge.domain.way import AtlasPlace, WayQuery

_LANDLOCKED = "AD AF AM AT BF BI BO BT BW BY CF CH CZ ET HU KG LA LI LS LU MK ML MN MW NE NP PY RS RW SK SM SS SZ TD TJ UG UZ VA XK ZM ZW"
LANDLOCKED = frozenset(_LANDLOCKED.split())
"""Countries without a coast (general knowledge, grade D), but for those on the Caspian, and Moldova, where ships reach Giurgiulesti."""
_RIVER = 2
"""Rivers among the kinds of edges of the sea (``Network.kind``)."""
_LONGEST_APPROACH_M = 25_000
"""A port whose approach is drawn longer than this lies inland, or is set down in the wrong place: it is the nearest to nobody (assumed)."""


def is_inland(place: AtlasPlace, query: WayQuery) -> bool:
    """Whether a sea way is asked for from a country that has no coast: its river ports are reached by waterway."""
    return query.mode == "sea" and place.country in LANDLOCKED


def tell_far_away(world: World, place: AtlasPlace, query: WayQuery) -> str:
    """Why nothing begins at a place."""
    if is_inland(place, query):
        return f"{place.name} ({place.country}) lies in a country without a coast"
    what = {"road": "road", "rail": "railway", "sea": "port or coast", "waterway": "waterway"}[query.mode]
    gauge = f" of {query.gauge_mm} mm" if query.gauge_mm is not None else ""
    told = f"no {what}{gauge} of the atlas lies within 60 km of {place.name}"
    if place.kind == "point" and abs(place.lon) <= 90 and is_served(world, replace(place, lon=place.lat, lat=place.lon), query):
        told += f"; longitude comes first: {place.lat:g} {place.lon:g} lies at one"
    return told


def tell_parted(query: WayQuery) -> str:
    """Why two ends do not meet, whatever is closed."""
    gauge = f" of tracks of {query.gauge_mm} mm alone" if query.gauge_mm is not None else ""
    return f"the two ends lie on parts of the network{gauge} that nothing joins"


def tell_closed(world: World, pair: tuple[End, End], query: WayQuery, measurer: Measurer) -> str:
    """Why there is no way between two ends of one network; what is closed by default is named with the option that opens it."""
    opened = _would_open(world, pair, query, measurer)
    if opened:
        names = " and ".join(f"the {passage['name']}" for passage in opened)
        options = " ".join(f"--allow {passage['id']}" for passage in opened)
        verb = "is" if len(opened) == 1 else "are"
        return f"only {names} would join the two, and {verb} closed unless it is asked for: add {options}"
    if not is_plain(query):
        return "what is closed leaves no way between the two"
    return "the inland waterways of the atlas do not join the two, or by more than 100 km of open sea"


def _would_open(world: World, pair: tuple[End, End], query: WayQuery, measurer: Measurer) -> tuple[dict[str, Any], ...]:
    """The passages closed by default on the shortest way that there would be with all of them open."""
    if query.mode not in ("sea", "waterway"):
        return ()
    shut = [one for one in world.passages if is_opened_by_name(one, query) and one["id"] not in query.allow | query.avoid]
    edges = measurer.find_edges(pair, replace(query, allow=query.allow | {str(one["id"]) for one in shut}))
    if edges is None:
        return ()
    used = world.passages_on(edges)
    return tuple(one for one in shut if one["id"] in used)


def find_nearest_port(world: World, place: AtlasPlace, query: WayQuery) -> str:
    """The port nearest to a place without a coast, by great circle; of the sea one that sea-going ships reach."""
    if query.mode not in ("sea", "waterway"):
        return ""
    network = world.network(query.mode)
    ports = sorted(
        world.port_nodes.items(),
        key=lambda item: (kernel.great_circle_m(place.lon, place.lat, network.lon[item[1]], network.lat[item[1]]), item[0]),
    )
    code = next((code for code, node in ports if query.mode == "waterway" or _is_at_sea(network, node)), ports[0][0])
    found = world.gazetteer.find(code, limit=1, kind="port")
    return f"{found[0].place.name} ({code})" if found else code


def is_port(world: World, code: str) -> bool:
    """Whether ships of the sea or of inland waterways come to a place."""
    node = world.port_nodes.get(code)
    return node is not None and any(length_m <= _LONGEST_APPROACH_M for length_m, _ in _approaches(world.network("sea"), node))


def _is_at_sea(network: Network, node: int) -> bool:
    """Whether a port's approach is short and leads to more than a river."""
    return any(length_m <= _LONGEST_APPROACH_M and _RIVER not in kinds for length_m, kinds in _approaches(network, node))


def _approaches(network: Network, node: int) -> Iterator[tuple[int, frozenset[int]]]:
    """Metres of each edge at a port, and the kinds of the edges at its other end."""
    at = slice(int(network.first[node]), int(network.first[node + 1]))
    for edge, other in zip(network.edge_of[at].tolist(), network.other[at].tolist(), strict=True):
        there = network.edge_of[int(network.first[other]) : int(network.first[other + 1])]
        yield int(network.length_m[edge]), frozenset(network.kind[there].tolist())
