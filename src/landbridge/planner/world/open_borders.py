"""Where ways of the world may cross borders on the days of a question: what the asked feed and the feed ``world`` say is shut, and what a
border costs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from landbridge.domain.border import Crossing
from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import BorderId, PlaceId
from landbridge.domain.place import Place
from landbridge.domain.way import WayMode, WayQuery
from landbridge.planner.world.borders import FeedBorders
from landbridge.planner.world.port_pairs import ROAD_KM_PER_DAY, ROAD_USD_PER_KM
from landbridge.planner.world.rows import gap_km
from landbridge.planner.world.shut import LAND, has_conditions, is_of_mode, list_closed, list_shut_borders
from landbridge.terms.clock import MINUTES_PER_DAY

POST_KM = 40
"""A way that crosses so near to a post crosses there (assumed, as for crossings of the asked feed)."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A place at which vehicles of a mode cross a border."""

    border_id: BorderId
    place: Place
    is_shut: bool


class OpenBorders:
    """Borders and posts of the feed ``world``, and which of them some closures shut.

    Where the feed names posts between two countries they are taken to be all at which trucks cross: a way crosses at one that is open, or
    not at all; a crossing that the asked feed shuts shuts the posts near by. Of other borders it shuts those of which it shuts each
    crossing that it knows.
    """

    def __init__(self, base: Dataset, dataset: Dataset, shut_ids: frozenset[str]) -> None:
        shut = list_closed(base.events, shut_ids)
        own = [] if dataset is base else list_closed(dataset.events, shut_ids)
        whole = {row.border_id for row in shut if row.border_id is not None and not has_conditions(row)}
        self._at_war = {mode: frozenset(row.country for row in (*shut, *own) if row.country and is_of_mode(row, mode)) for mode in LAND}
        self._posts: dict[tuple[str, Pair], dict[BorderId, Post]] = {}
        borders = FeedBorders(dataset)
        own_shut: dict[str, frozenset[BorderId]] = {mode: list_shut_borders(own, mode) for mode in LAND}
        closed: dict[str, set[Pair]] = {"road": set(), "rail": set()}
        detour_m: dict[str, dict[Pair, int]] = {"road": {}, "rail": {}}
        for row in base.crossings:
            pair = (min(row.from_country, row.to_country), max(row.from_country, row.to_country))
            place = base.place_by_id.get(PlaceId(row.border_id))
            if place is not None:
                known = self._posts.setdefault((row.mode, pair), {})
                near = borders.is_near(place, row.mode, pair, own_shut[row.mode], POST_KM)
                known[row.border_id] = Post(border_id=row.border_id, place=place, is_shut=row.border_id in whole or near)
            elif row.border_id in whole:
                closed[row.mode].add(pair)
            else:
                detour_m[row.mode][pair] = _detour_m(row)
        for mode in LAND:
            shut_pairs = {pair for pair, ids in borders.list_pairs(mode) if ids <= own_shut[mode]}
            closed[mode] |= {pair for pair in shut_pairs if (mode, pair) not in self._posts}
        self._plain = {mode: self._make_plain(mode, closed[mode], detour_m[mode]) for mode in LAND}

    def _make_plain(self, mode: WayMode, closed: set[Pair], detour_m: dict[Pair, int]) -> WayQuery:
        posts = {
            pair: tuple((one.place.lon, one.place.lat) for one in known.values() if not one.is_shut)
            for (of, pair), known in self._posts.items()
            if of == mode
        }
        return WayQuery(
            mode=mode, avoid_borders=frozenset(closed), posts=tuple(sorted(posts.items())), border_m=tuple(sorted(detour_m.items()))
        )

    def make_query(self, mode: WayMode, avoid: frozenset[str]) -> WayQuery:
        """What the atlas is asked: around some countries, and around borders and posts that are shut.

        A border counts as the detour that costs what it does: half of it the kilometres for which its fees would pay, half those that a
        truck drives while it waits.
        """
        return replace(self._plain[mode], avoid=avoid)

    def list_at_war(self, mode: WayMode, passed: frozenset[str], ends: frozenset[str]) -> frozenset[str]:
        """Countries passed, and of neither end, that are shut to the goods of some ends: those of others had better keep out as well."""
        return passed & self._at_war[mode] - ends

    def is_at_war(self, country: str) -> bool:
        """Whether trucks of others had better keep out of a country."""
        return country in self._at_war["road"]

    def find_post(self, mode: str, left: Place, entered: Place) -> BorderId | None:
        """The post at which one place is left for another; None where the feed names none near by."""
        pair = (min(left.country, entered.country), max(left.country, entered.country))
        near = [(gap_km(left, one.place), one.border_id) for one in self._posts.get((mode, pair), {}).values() if not one.is_shut]
        first = min(near, default=None)
        return None if first is None or first[0] > POST_KM else first[1]


def _detour_m(row: Crossing) -> int:
    fee = 0.0 if row.fee is None else float(row.fee.typical)
    return round(500 * (fee / ROAD_USD_PER_KM + row.wait_min.typical / MINUTES_PER_DAY * ROAD_KM_PER_DAY))
