"""Where no road and no railway of a feed leads to an end, or the feed only by a great way round: ways of the atlas by the feed ``world``.

Pure ``Dataset -> Dataset``, as in ``places``: the same feed, atlas and ends give the same rows and the same digest. Rules, events and
designations of the asked feed stay in force on all that is added. Prices, speeds, waits and factors are rows of the feed ``world``; what is
made here are places where a way changes country, gauge or mode, the links between them, and weekly ships between ports.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from landbridge.domain.dataset import Dataset
from landbridge.domain.haulage import Link
from landbridge.domain.identity import BorderId, PlaceId, ServiceId
from landbridge.domain.place import Place
from landbridge.domain.service import Service
from landbridge.domain.source import WORLD_SOURCE_ID
from landbridge.domain.way import Way, WayMode, WayQuery
from landbridge.planner.world.borders import FeedBorders
from landbridge.planner.world.feed_parties import FeedParties
from landbridge.planner.world.joined_law import JoinedLaw, list_law
from landbridge.planner.world.land_bridge import find_bridges
from landbridge.planner.world.land_ways import WINDING, LandWays, Stretch, list_stretches
from landbridge.planner.world.open_borders import OpenBorders
from landbridge.planner.world.passages import FeedPassages
from landbridge.planner.world.port_pairs import ROAD_USD_PER_KM, PortPair, atlas_port, choose_pairs, measure_pairs
from landbridge.planner.world.rows import Rows, gap_km, join_rows, made_place, make_ship, spot
from landbridge.planner.world.sea_lanes import ANY_CARRIER, fit_lanes
from landbridge.planner.world.shut import LAND, Shut

if TYPE_CHECKING:
    from landbridge.atlas.world import World

WORLD_FEED = "world"
PORTS_TRIED, PORTS_OF_COUNTRY, PORTS_TAKEN = 16, 4, 3
"""Ports of the feed nearest to an end that are compared, how many of them of one country (so many that both coasts of Mexico are among
them), and how many are joined."""
LINES_TAKEN, LINE_DETOUR = 2, 1.4
"""Lines over a closed sea that are joined, and how much longer than the great circle the way by one may be, also by great circles."""
SEA_APPROACH_KM, SHARE_BY_SEA = 1_500, 0.67
"""From so far away ships lead to its ports too, where they roughly cost no more than this share of the way by land (both assumed)."""
OWN_PORT_KM, OWN_PORTS_SEEN = 2_000, 100
"""So far away a port of the atlas may lie that the feed does not hold, and so many of the nearest are looked at for one of the country."""
BORDER_LINK_M = 1_000
POSTS = ("border", "dry_port", "rail_terminal")
"""Kinds of places at which a border is crossed: what the feed says of one of them holds where a way of the world crosses with it."""
SAME_PORT_KM = 10
"""A port so near to one of the asked feed is that port (assumed)."""


@lru_cache(maxsize=1)
def load_world_feed() -> Dataset:
    """The shipped feed of estimates for the whole world."""
    from landbridge.planner.feed import load_feed

    return load_feed(WORLD_FEED)[0]


def join_world_chain(dataset: Dataset, world: World, stops: Sequence[Place], avoid: frozenset[str], shut: Shut) -> Dataset:
    """The feed with ways of the world from each of some places to the next, which all stand in it already.

    ``avoid`` names countries, modes and passages that a question does not use, so that other ways are looked for. Ways lead around what is
    ``shut``; what opens again soon is waited for as well.
    """
    base = find_base(dataset)
    maker = _Maker(dataset, base, world, avoid, shut)
    for start, goal in pairwise(stops):
        for mode in LAND:
            maker.join_by_land(start, goal, mode)
        if "sea" not in avoid:
            maker.join_by_sea(start, goal, most_usd=maker.find_truck_usd(start, goal))
            maker.join_by_bridge(start, goal)
            maker.join_by_lines(start, goal)
    maker.name_railways()
    law = maker.list_law((stops[0].country, stops[-1].country))
    wishes = (*(f"not {one}" for one in sorted(avoid)), f"shut {shut.mark}")
    return join_rows(dataset, base, world, maker.rows, law, tuple(stop.place_id for stop in stops), wishes)


def find_base(dataset: Dataset) -> Dataset:
    """The feed ``world`` for ways beside a feed: that one itself, where it is a copy."""
    return dataset if _is_world_feed(dataset) else load_world_feed()


def _is_world_feed(dataset: Dataset) -> bool:
    """Whether a feed is that of the world or a changed copy of it: a feed of that name without its reference lanes is anybody's own."""
    return dataset.info.name == WORLD_FEED and any(row.operator_id == ANY_CARRIER for row in dataset.services)


class _Maker:
    def __init__(self, dataset: Dataset, base: Dataset, world: World, avoid: frozenset[str], shut: Shut) -> None:
        from landbridge.atlas.measure import Measurer

        self.rows = Rows()
        self._avoid = avoid
        self._dataset, self._base, self._world = dataset, base, world
        self._lanes = fit_lanes(base)
        self._lines = [row for row in base.services if row.operator_id != ANY_CARRIER]
        self._known_ports = () if dataset is base else tuple(list_ports(dataset))
        of_lines = {stop.place_id for line in self._lines for stop in base.stops_by_service[line.service_id]}
        self._ports = [self._own_place(place) for place in base.places if place.kind == "port" and place.place_id not in of_lines]
        self._borders, self._passages = FeedBorders(dataset), FeedPassages(dataset, base)
        self._parties = FeedParties(dataset, base, self.rows.parties)
        self._open = OpenBorders(base, dataset, shut.standing | shut.passing)
        self._land = LandWays(world, self._open, avoid)
        later = (LandWays(world, OpenBorders(base, dataset, shut.standing), avoid),) if shut.passing else ()
        self._lands = (self._land, *later)
        self._shut = frozenset(str(row.passage_id) for row in base.passages if avoid & set(self._passages.name([row.passage_id])))
        self._sea = Measurer(world)
        self._passed: dict[str, set[str]] = {}

    def join_by_land(self, start: Place, goal: Place, mode: WayMode) -> None:
        """The shortest way, and one around the country through which most of it leads in transit; each is compared by its first border.

        Both around all that is shut, and through what opens again soon.
        """
        for land in self._lands:
            self._join_by(land, start, goal, mode)

    def _join_by(self, land: LandWays, start: Place, goal: Place, mode: WayMode) -> None:
        way = land.find(start, goal, mode)
        if way is None:
            return
        self.rows.gateways.update(self._add_way(way, start, goal, mode)[:1])
        transit = {one.country: one.distance_m for one in way.countries if one.country not in ("", start.country, goal.country)}
        if transit:
            around = land.find(start, goal, mode, frozenset({max(transit, key=lambda code: (transit[code], code))}))
            if around is not None:
                self.rows.gateways.update(self._add_way(around, start, goal, mode)[:1])

    def name_railways(self) -> None:
        """Over whose tracks trains go in the countries of the ways: parties as the asked feed has them."""
        countries = {link.country for link in self.rows.links.values() if link.mode == "rail"}
        for party_id in dict.fromkeys(
            row.infrastructure_id for row in self._base.haulage_rates if row.infrastructure_id and row.country in countries
        ):
            self.rows.railways[party_id] = self._parties.name(party_id)

    def list_law(self, ends: tuple[str, str]) -> JoinedLaw:
        """Law of the feed ``world`` that the asked feed does not hold itself; that of a port also where the asked feed has the port."""
        here = self._dataset.place_by_id.keys() | self.rows.places.keys()
        named = {place_id for rule in self._base.rules for place_id in rule.place_ids}
        stands_for = {one: {one, self._own_place(self._base.place_by_id[one]).place_id} for one in named}
        places = {one: frozenset(place_id for place_id in found if place_id in here) for one, found in stands_for.items()}
        return list_law(self._dataset, self._base, self._parties, places, ends)

    def find_truck_usd(self, start: Place, goal: Place) -> float:
        """What a truck all the way roughly costs: dearer ways by sea are of no use; more than anything where no truck can go."""
        way = self._land.find(start, goal, "road")
        return math.inf if way is None else ROAD_USD_PER_KM * way.distance_m / 1000

    def join_by_sea(self, start: Place, goal: Place, taken: int = PORTS_TAKEN, most_usd: float = math.inf) -> None:
        """Roads and railways to ports near both ends, and ships between them, where they roughly cost no more than is told."""
        self._join_pairs(start, goal, choose_pairs(self._port_pairs(start, goal, most_usd), taken))

    def join_by_bridge(self, start: Place, goal: Place) -> None:
        """Over a land bridge, where no railway joins the ends."""
        if self._land.find(start, goal, "rail") is None:
            gates = [port for port in self._ports if port.country not in self._avoid and not self._open.is_at_war(port.country)]
            pairs = self._port_pairs(start, goal, math.inf)
            self._join_pairs(start, goal, find_bridges(self._world, self._land, pairs, gates, (start, goal), self._shut))

    def _join_pairs(self, start: Place, goal: Place, pairs: Sequence[PortPair]) -> None:
        self.rows.gateways.update(port_id for pair in pairs for port_id in pair.ids)
        for port in dict.fromkeys(pair.one for pair in pairs):
            self._join_port(start, port)
        for port in dict.fromkeys(pair.other for pair in pairs):
            self._join_port(port, goal)
        for pair in pairs:
            self._add_ship(pair.one, pair.other, frozenset())
            self._add_ship(pair.one, pair.other, frozenset({"suez"}))

    def join_by_lines(self, start: Place, goal: Place) -> None:
        """Ways over a closed sea, such as the Caspian, by the lines that the feed ``world`` knows there: to their ports by land, from afar
        by ship as well.
        """
        most_km = LINE_DETOUR * gap_km(start, goal)
        lines = (line for line in self._lines if not self._avoid & {port.country for port in self._ports_of(line)})
        near = sorted((far, line.service_id, line) for line in lines if (far := self._round_km(start, line, goal)) <= most_km)
        reached = (line for *_, line in near if self._is_joined(start, line, goal))
        for line in islice(reached, LINES_TAKEN):
            one, other = self._ports_of(line)
            for here, there in ((start, one), (other, goal)):
                self._join_port(here, there)
                if gap_km(here, there) > SEA_APPROACH_KM:
                    self.join_by_sea(here, there, 1, SHARE_BY_SEA * ROAD_USD_PER_KM * self._land.measure_km(here, there))
            self._add_line(line)
            self.rows.gateways.add(one.place_id)

    def _is_joined(self, start: Place, line: Service, goal: Place) -> bool:
        """Whether a line leads nearer to the goal, and both ends are reached by land from its ports."""
        one, other = self._ports_of(line)
        return gap_km(other, goal) < gap_km(one, goal) and self._land.is_reached(start, one) and self._land.is_reached(other, goal)

    def _ports_of(self, line: Service) -> tuple[Place, Place]:
        first, last = (self._own_place(self._base.place_by_id[stop.place_id]) for stop in self._base.stops_by_service[line.service_id])
        return first, last

    def _own_place(self, port: Place) -> Place:
        """The port as the asked feed has it: its rules, closures and ice hold for ships of the world."""
        return find_own_port(port, self._known_ports)

    def _round_km(self, start: Place, line: Service, goal: Place) -> float:
        """How long the way by a line is, by great circles."""
        one, other = self._ports_of(line)
        return gap_km(start, one) + gap_km(one, other) + gap_km(other, goal)

    def _join_port(self, start: Place, goal: Place) -> None:
        for place in (start, goal):
            if place.kind == "port" and place.place_id not in self._dataset.place_by_id:
                self.rows.places.setdefault(place.place_id, place)
            elif place.kind == "port" or place in self._known_ports:
                self.rows.known_ports.setdefault(place.place_id, place)
        if start.place_id == goal.place_id:
            return
        ways = {mode: self._land.find(start, goal, mode) for mode in LAND}
        for mode, way in ways.items():
            if way is not None:
                self._add_way(way, start, goal, mode)
        if not any(ways.values()) and self._land.is_street(start, goal):
            street_m = round(WINDING * 1000 * gap_km(start, goal))
            street = Stretch(start.country, None, street_m, (start.lon, start.lat), is_ferry=False)
            self._add_link(start, goal, street, "road", note=f"straight line x {WINDING}: the atlas has no road there")

    def _port_pairs(self, start: Place, goal: Place, most_usd: float) -> list[PortPair]:
        """Pairs of ports near both ends; the cheapest first."""
        ones = [(port, self._land.measure_km(start, port)) for port in self._near_ports(start, is_start=True)]
        others = [(port, self._land.measure_km(port, goal)) for port in self._near_ports(goal, is_start=False)]
        return measure_pairs(self._world, ones, others, most_usd, self._shut)

    def _near_ports(self, end: Place, *, is_start: bool) -> list[Place]:
        """Ports of the feed near an end that are joined to it by land; with ports of the atlas if none of them is in its country."""
        taken: list[Place] = []
        of_country: dict[str, int] = {}
        usable = (port for port in self._ports if port.country == end.country or not self._open.is_at_war(port.country))
        usable = (port for port in usable if port.country not in self._avoid)
        for port in sorted(usable, key=lambda one: (gap_km(end, one), one.place_id)):
            if of_country.get(port.country, 0) < PORTS_OF_COUNTRY and len(taken) < PORTS_TRIED:
                of_country[port.country] = of_country.get(port.country, 0) + 1
                taken.append(port)
        reached = [port for port in taken if self._is_reached(end, port, is_start=is_start)]
        return reached if any(port.country == end.country for port in reached) else [*reached, *self._own_ports(end, is_start=is_start)]

    def _own_ports(self, end: Place, *, is_start: bool) -> list[Place]:
        """Ports of the atlas near an end, such as an island's, in its country and with a way by land."""
        from landbridge.atlas.dead_end import is_port

        made = (
            self._own_place(made_place(f"{one.place_id}-PORT", f"{one.name} port", "port", one.country, one.lon, one.lat))
            for one in self._world.gazetteer.nearest(end.lon, end.lat, limit=OWN_PORTS_SEEN, kind="port")
            if one.country == end.country and is_port(self._world, one.place_id)
        )
        near = (port for port in made if gap_km(end, port) <= OWN_PORT_KM and self._is_reached(end, port, is_start=is_start))
        return list(islice(near, PORTS_OF_COUNTRY))

    def _is_reached(self, end: Place, port: Place, *, is_start: bool) -> bool:
        return self._land.is_reached(end, port) if is_start else self._land.is_reached(port, end)

    def _add_way(self, way: Way, start: Place, goal: Place, mode: str) -> list[BorderId]:
        """A chain of links along a way: one in each country and on each gauge, a short one over each border; the borders in order.

        Where both ends lie at one point of the network there is nothing but the way to it and from it.
        """
        at, crossed = start, list[BorderId]()
        stretches = list(list_stretches(way)) or [Stretch(start.country, None, 0, (start.lon, start.lat), is_ferry=False)]
        for before, here in pairwise(stretches):
            is_change = before.gauge_mm != here.gauge_mm
            if before.country != here.country:
                left = self._stop_place(here, before, before.country, mode, is_change=False)
                entered = self._stop_place(here, before, here.country, mode, is_change=is_change)
                self._add_link(at, left, before, mode)
                crossed.append(self._add_border(left, entered, before, mode))
                at = entered
            elif is_change:
                change = self._stop_place(here, before, here.country, mode, is_change=True)
                self._add_link(at, change, before, mode)
                at = change
        snap = way.from_snap_m + way.to_snap_m
        self._add_link(at, goal, stretches[-1], mode, more_m=snap)
        return crossed

    def _stop_place(self, here: Stretch, before: Stretch, country: str, mode: str, *, is_change: bool) -> Place:
        """A post at a border, or a terminal where the gauge changes."""
        lon, lat = here.start
        near = self._world.gazetteer.name_near(lon, lat) or "border"
        name = f"{near}, {before.gauge_mm}/{here.gauge_mm} mm" if is_change else f"{near} ({country})"
        what = "-".join((mode, *sorted({before.country, here.country}), spot(lon, lat)))
        kind = "rail_terminal" if is_change else "border"
        place = made_place(f"{what}.{country}{'-change' if is_change else ''}", name, kind, country, lon, lat)
        return self.rows.places.setdefault(place.place_id, place)

    def _add_link(self, start: Place, goal: Place, here: Stretch, mode: str, *, more_m: int = 0, note: str = "way of the atlas") -> None:
        link_id = f"world-{mode}-{start.place_id}-{goal.place_id}"
        if start.place_id == goal.place_id or link_id in self.rows.links:
            return
        self.rows.links[link_id] = Link(
            link_id=link_id, mode=mode, from_place_id=start.place_id, to_place_id=goal.place_id,
            distance_m=max(1_000, round(here.distance_m + more_m, -3)), country=here.country, gauge_mm=here.gauge_mm,
            source_id=WORLD_SOURCE_ID, row=f"world/{link_id}", note="by ferry, counted as a road" if here.is_ferry else note,
        )  # fmt: skip

    def _add_border(self, left: Place, entered: Place, before: Stretch, mode: str) -> BorderId:
        border_id = self._find_border(left, entered, mode)
        link_id = f"world-{mode}-{left.place_id}-{entered.place_id}"
        self.rows.links.setdefault(
            link_id,
            Link(
                link_id=link_id, mode=mode, from_place_id=left.place_id, to_place_id=entered.place_id, distance_m=BORDER_LINK_M,
                country=left.country, gauge_mm=before.gauge_mm, border_id=border_id, source_id=WORLD_SOURCE_ID, row=f"world/{link_id}",
                note="the border itself",
            ),
        )  # fmt: skip
        return border_id

    def _find_border(self, left: Place, entered: Place, mode: str) -> BorderId:
        """The border as the asked feed has it there; else the post of the feed ``world``, or the border of the two countries, and the rows
        then need it.
        """
        found = self._borders.find(left, entered, mode)
        if found is None:
            whole = BorderId(f"{mode}-{'-'.join(sorted((left.country, entered.country)))}")
            border_id = self._open.find_post(mode, left, entered) or whole
            self.rows.borders[border_id] = self._borders.list_ids(mode, left.country, entered.country) - {border_id}
            return border_id
        border_id, *posts = found
        for post, here in zip(posts, (left, entered), strict=True):
            if post.kind in POSTS:
                self.rows.posts.setdefault(post.place_id, set()).add(here.place_id)
        if not self._borders.is_told(border_id, left, entered, mode):
            way = (mode, left.country, entered.country)
            for row in (one for one in self._base.crossings if (one.mode, one.from_country, one.to_country) == way):
                own = replace(row, crossing_id=f"{row.crossing_id}-{border_id}", border_id=border_id)
                self.rows.crossings[own.crossing_id] = own
        return border_id

    def _add_line(self, line: Service) -> None:
        if line.service_id not in self.rows.services:
            one, other = (port.place_id for port in self._ports_of(line))
            first, last = self._base.stops_by_service[line.service_id]
            self.rows.services[line.service_id] = replace(line, operator_id=self._parties.name(line.operator_id))
            for stop, place_id in ((first, one), (last, other)):
                if stop.terminal_id is not None:
                    terminal = self._base.terminal_by_id[stop.terminal_id]
                    own = replace(terminal, place_id=place_id, operator_id=self._parties.name(terminal.operator_id))
                    self.rows.terminals[terminal.terminal_id] = own
                self.rows.stops.append(replace(stop, place_id=place_id, passages=self._passages.name(stop.passages)))
            self.rows.calendars += [row for row in self._base.calendars if row.service_id == line.service_id]
            self.rows.tariffs += [
                replace(row, from_place_id=one, to_place_id=other) for row in self._base.tariffs if row.service_id == line.service_id
            ]

    def _add_ship(self, start: Place, goal: Place, avoid: frozenset[str]) -> None:
        """A weekly ship between two ports; one around a canal only if the other uses it."""
        from landbridge.atlas.route import find_way

        usual = f"ship-{start.place_id}-{goal.place_id}"
        service_id = ServiceId(usual + "".join(f"-not-{one}" for one in sorted(avoid)))
        if service_id in self.rows.services or (avoid and not avoid & self._passed.get(usual, set())):
            return
        query = WayQuery(mode="sea", avoid=avoid | self._shut)
        way = find_way(self._world, atlas_port(start), atlas_port(goal), query, self._sea, is_drawn=False)
        if not isinstance(way, Way):
            return
        passed = {str(one.crossing_id) for one in way.passages}
        if not avoid:
            self._passed[usual] = passed
        by = " around Suez" if avoid else ""
        name = f"Container line {start.name} - {goal.name}{by}"
        ship = make_ship(self._base, self._lanes, way, (start.place_id, goal.place_id), service_id, name, WORLD_SOURCE_ID)
        self.rows.services[service_id] = ship.service
        self.rows.stops += (replace(stop, passages=self._passages.name(stop.passages)) for stop in ship.stops)
        self.rows.calendars.append(ship.calendar)
        self.rows.tariffs += ship.tariffs


def find_own_port(port: Place, ports: Iterable[Place]) -> Place:
    """A port of the feed ``world`` as a feed has it among its own, by its code or at the same spot; itself where the feed has none.

    A place of the feed with its code that is no port itself, such as a city, stays a place of its own; what is said of it holds at the
    port.
    """
    code = PlaceId(port.place_id.removesuffix("-PORT"))
    near = ((gap_km(port, one), one.place_id, one) for one in ports if one.country == port.country)
    found = min(((0.0 if place_id == code else gap, place_id, one) for gap, place_id, one in near), default=(math.inf, "", port))
    return found[2] if found[0] <= SAME_PORT_KM else port


def list_ports(dataset: Dataset) -> Iterator[Place]:
    """Ports of a feed, and other places at which its ships call."""
    ships = {row.service_id for row in dataset.services if row.mode in ("sea", "ferry")}
    called = {stop.place_id for stop in dataset.stops if stop.service_id in ships}
    return (place for place in dataset.places if place.kind == "port" or place.place_id in called)
