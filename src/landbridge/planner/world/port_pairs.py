"""Which ports a way over land and sea takes: pairs of ports near both ends by what they roughly cost and take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from landbridge.domain.identity import PlaceId
from landbridge.domain.place import Place
from landbridge.domain.way import AtlasPlace, WayQuery
from landbridge.planner.world.rows import gap_km

if TYPE_CHECKING:
    from landbridge.atlas.world import World

ROAD_USD_PER_KM, SEA_USD_PER_KM = 1.5, 0.15
ROAD_KM_PER_DAY, SEA_KM_PER_DAY = 500, 600
"""Only to rank pairs of ports, and to weigh borders against detours: the order of the typical figures of the feed ``world``."""
DEAREST = 2.0
"""A pair of ports that roughly costs so many times what the cheapest does is left out (assumed)."""

ReachedPort = tuple[Place, float]
"""A port and how far it is by land from the end it is near to, kilometres."""


@dataclass(frozen=True, slots=True)
class PortPair:
    """Two ports, how far both are from their ends by land together, and from each other by sea."""

    one: Place
    other: Place
    land_km: float
    sea_km: float

    @property
    def usd(self) -> float:
        return ROAD_USD_PER_KM * self.land_km + SEA_USD_PER_KM * self.sea_km

    @property
    def days(self) -> float:
        return self.land_km / ROAD_KM_PER_DAY + self.sea_km / SEA_KM_PER_DAY

    @property
    def ids(self) -> tuple[PlaceId, PlaceId]:
        return self.one.place_id, self.other.place_id


def measure_pairs(
    world: World, ones: Sequence[ReachedPort], others: Sequence[ReachedPort], most_usd: float, shut: frozenset[str] = frozenset()
) -> list[PortPair]:
    """Pairs of ports, near the start and near the goal, that ships join and that roughly cost no more than told; the cheapest first.

    ``shut`` names passages through which no ship goes.
    """
    from landbridge.atlas.matrix import measure_distances

    straight = (PortPair(one, other, near + far, gap_km(one, other)) for one, near in ones for other, far in others)
    worth = [pair for pair in straight if pair.usd <= most_usd]
    starts, goals = {pair.one.place_id: pair.one for pair in worth}, {pair.other.place_id: pair.other for pair in worth}
    query = WayQuery(mode="sea", avoid=shut)
    table = measure_distances(world, [*map(atlas_port, starts.values())], [*map(atlas_port, goals.values())], query)
    metres = {(one, other): int(table[row, column]) for row, one in enumerate(starts) for column, other in enumerate(goals)}
    joined = (replace(pair, sea_km=metres[pair.ids] / 1000) for pair in worth if metres[pair.ids] > 0)
    return sorted((pair for pair in joined if pair.usd <= most_usd), key=lambda pair: (pair.usd, pair.ids))


def choose_pairs(pairs: Sequence[PortPair], most: int) -> list[PortPair]:
    """The cheapest pairs of ``most`` ports at each end, and the fastest pair; pairs far dearer than the cheapest only as the fastest."""
    taken: list[PortPair] = []
    ends: tuple[set[PlaceId], set[PlaceId]] = (set(), set())
    for pair in pairs:
        is_wanted = all(port in end or len(end) < most for port, end in zip(pair.ids, ends, strict=True))
        if is_wanted and pair.usd <= DEAREST * pairs[0].usd:
            taken.append(pair)
            for port, end in zip(pair.ids, ends, strict=True):
                end.add(port)
    fastest = min(pairs, key=lambda pair: (pair.days, pair.ids), default=None)
    return taken if fastest is None or fastest in taken or most == 1 else [*taken, fastest]


def atlas_port(place: Place) -> AtlasPlace:
    """A port of the feed ``world`` as the atlas knows it: by its UN/LOCODE."""
    code = place.place_id.removesuffix("-PORT")
    return AtlasPlace(place_id=code, name=place.name, country=place.country, kind="port", lon=place.lon, lat=place.lat)
