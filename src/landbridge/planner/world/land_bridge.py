"""Land bridges: by ship to a far port and from there on by rail, as from Japan to Moscow by Vostochny."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from landbridge.domain.place import Place
from landbridge.domain.way import WayQuery
from landbridge.planner.world.land_ways import WINDING, LandWays
from landbridge.planner.world.port_pairs import ROAD_KM_PER_DAY, PortPair, ReachedPort, atlas_port
from landbridge.planner.world.rows import gap_km

if TYPE_CHECKING:
    from landbridge.atlas.world import World

FASTER = 0.85
"""A land bridge is worth its price where it roughly takes so much of the time at most of ships between ports near both ends (assumed)."""
GATES_OF_COUNTRY, BRIDGES = 3, 2
"""How many far ports of a country are tried, the fastest first, and over how many countries bridges are taken: borders and breaks of gauge
are not weighed here."""


def find_bridges(
    world: World, land: LandWays, pairs: Sequence[PortPair], gates: Sequence[Place], ends: tuple[Place, Place], shut: frozenset[str]
) -> list[PortPair]:
    """Pairs of ports with a land bridge behind the second, and before the first, that are faster than all pairs near both ends.

    ``pairs`` are of ports near both ends, without any there is no bridge; ``gates`` are the ports to which bridges may lead, ``shut``
    passages through which no ship goes.
    """
    start, goal = ends
    most_days = FASTER * min((pair.days for pair in pairs), default=0.0)
    near_start, near_goal = dict.fromkeys(pair.one for pair in pairs), dict.fromkeys(pair.other for pair in pairs)
    behind = _find_behind(world, land, near_start, gates, (start, goal), most_days, shut)
    before = _find_behind(world, land, near_goal, gates, (goal, start), most_days, shut)
    return [*behind, *(replace(pair, one=pair.other, other=pair.one) for pair in before)]


def _find_behind(
    world: World, land: LandWays, ports: Iterable[Place], gates: Sequence[Place], ends: tuple[Place, Place], most_days: float,
    shut: frozenset[str],
) -> list[PortPair]:  # fmt: skip
    end, inland = ends
    near = [(port, land.measure_km(end, port)) for port in ports]
    found, tried = dict[str, PortPair](), Counter[str]()
    for pair in _list_bridges(world, near, gates, inland, most_days, shut):
        country = pair.other.country
        if country in found or tried[country] == GATES_OF_COUNTRY:
            continue
        tried[country] += 1
        way = land.find(pair.other, inland, "rail")
        if way is not None:
            land_km = pair.land_km + way.distance_m / 1000 - WINDING * gap_km(pair.other, inland)
            measured = replace(pair, land_km=land_km)
            if measured.days <= most_days:
                found[country] = measured
        if len(found) == BRIDGES:
            break
    return [*found.values()]


def _list_bridges(
    world: World, ports: Sequence[ReachedPort], gates: Sequence[Place], inland: Place, most_days: float, shut: frozenset[str]
) -> list[PortPair]:
    """The fastest first; how far it is over the bridge is estimated."""
    from landbridge.atlas.matrix import measure_distances

    far = [(gate, WINDING * gap_km(gate, inland)) for gate in gates]
    far = [(gate, land_km) for gate, land_km in far if land_km <= most_days * ROAD_KM_PER_DAY]
    if not ports or not far:
        return []
    query = WayQuery(mode="sea", avoid=shut)
    table = measure_distances(world, [atlas_port(port) for port, _ in ports], [atlas_port(gate) for gate, _ in far], query)
    pairs = (
        PortPair(port, gate, near_km + land_km, int(table[row, column]) / 1000)
        for row, (port, near_km) in enumerate(ports)
        for column, (gate, land_km) in enumerate(far)
        if table[row, column] > 0
    )
    return sorted((pair for pair in pairs if pair.days <= most_days), key=lambda pair: (pair.days, pair.ids))
