"""Rows that are added to a feed for a way of the world: places, links and ships made from the atlas, the rest from the feed ``world``."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from landbridge.domain.border import Crossing
from landbridge.domain.dataset import Dataset
from landbridge.domain.great_circle import measure_great_circle_m
from landbridge.domain.haulage import Haulage, HaulageRate, Link
from landbridge.domain.identity import BorderId, PartyId, PassageId, PlaceId, ServiceId, SourceId, TariffId
from landbridge.domain.party import Party
from landbridge.domain.place import Place
from landbridge.domain.record import Range
from landbridge.domain.service import Calendar, Service, Stop
from landbridge.domain.source import WORLD_SOURCE_ID, Source
from landbridge.domain.tariff import Tariff
from landbridge.domain.terminal import Handling, Terminal
from landbridge.domain.way import Way
from landbridge.planner.world.joined_law import JoinedLaw, add_day
from landbridge.planner.world.law import copy_events, hold_rules
from landbridge.planner.world.registrations import TRUCK, find_joined, is_of_registration, list_binding, offer_trucks
from landbridge.planner.world.sea_lanes import ANY_CARRIER, LaneFit
from landbridge.sources.check_places import read_zones
from landbridge.sources.dictionary import get_tables

if TYPE_CHECKING:
    from landbridge.atlas.world import World

_ESTIMATE = "line through the reference lanes of the feed world by distance; low and high by their least and greatest share of it"


@dataclass(slots=True)
class Rows:
    """Rows to be added, by id, in the order in which they were made.

    ``gateways`` are places and borders by which ways are compared; ``borders`` are those of the world, each with all crossings that the
    asked feed has between its countries; ``crossings`` are waits in a direction for which it tells none; ``posts`` are places made here by
    the post of the feed for which they stand. ``railways`` are over whose tracks trains go: parties of the feed
    ``world``, and as the asked feed has them.
    """

    places: dict[str, Place] = field(default_factory=dict)
    known_ports: dict[str, Place] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    borders: dict[BorderId, frozenset[BorderId]] = field(default_factory=dict)
    crossings: dict[str, Crossing] = field(default_factory=dict)
    posts: dict[PlaceId, set[PlaceId]] = field(default_factory=dict)
    parties: dict[PartyId, Party] = field(default_factory=dict)
    railways: dict[PartyId, PartyId] = field(default_factory=dict)
    gateways: set[str] = field(default_factory=set)
    services: dict[str, Service] = field(default_factory=dict)
    terminals: dict[str, Terminal] = field(default_factory=dict)
    stops: list[Stop] = field(default_factory=list)
    calendars: list[Calendar] = field(default_factory=list)
    tariffs: list[Tariff] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ship:
    """A weekly service between two ports, and what it costs."""

    service: Service
    stops: tuple[Stop, Stop]
    calendar: Calendar
    tariffs: tuple[Tariff, ...]


def make_ship(
    base: Dataset, lanes: LaneFit, way: Way, ends: tuple[PlaceId, PlaceId], service_id: ServiceId, name: str, source_id: SourceId
) -> Ship:
    """A ship along a way of the atlas, priced and timed from the reference lanes of a feed; the first of them is its pattern."""
    pattern = base.services[0]
    row = f"world/{service_id}"
    first, last = base.stops_by_service[pattern.service_id]
    low, typical, high = lanes.minutes(way.distance_m)
    arrival = replace(
        last, service_id=service_id, place_id=ends[1], terminal_id=None, arrive_min=Range(low=low, typical=typical, high=high),
        depart_min=typical, distance_m=way.distance_m, passages=tuple(PassageId(one.crossing_id) for one in way.passages), row=f"{row}.2",
    )  # fmt: skip
    calendar = next(one for one in base.calendars if one.service_id == pattern.service_id)
    return Ship(
        service=replace(pattern, service_id=service_id, name=name, source_id=source_id, row=row, note="made from the atlas"),
        stops=(replace(first, service_id=service_id, place_id=ends[0], terminal_id=None, row=f"{row}.1"), arrival),
        calendar=replace(calendar, calendar_id=f"{service_id}-weekly", service_id=service_id, row=f"{row}.weekly"),
        tariffs=tuple(
            replace(
                one, tariff_id=TariffId(f"{service_id}.{one.unit_type_id}"), service_id=service_id, from_place_id=ends[0],
                to_place_id=ends[1], amount=lanes.price(str(one.unit_type_id), way.distance_m), estimate=_ESTIMATE,
                row=f"{row}.{one.unit_type_id}",
            )
            for one in base.tariffs
            if one.service_id == pattern.service_id
        ),
    )  # fmt: skip


def join_rows(
    dataset: Dataset, base: Dataset, world: World, rows: Rows, law: JoinedLaw, stops: tuple[str, ...], wishes: tuple[str, ...]
) -> Dataset:
    """The feed and what was made, with the rows of the feed ``world`` that it needs and no others, and its law.

    ``stops`` are the places between which it was made, ``wishes`` what it heeds.
    """
    countries = {link.country for link in rows.links.values()} | {
        (dataset.place_by_id.get(link.to_place_id) or rows.places[link.to_place_id]).country for link in rows.links.values()
    }
    place_of = dataset.place_by_id | {place.place_id: place for place in rows.places.values()}
    groups = find_joined(rows.links.values(), {str(place_id): place.country for place_id, place in place_of.items()})
    known = {row.rule_id for row in dataset.rules}
    binding = {rule.rule_id: rule for group in groups for rule in list_binding(base.rules, group) if rule.rule_id not in known}
    ends = place_of[PlaceId(stops[0])].country, place_of[PlaceId(stops[-1])].country
    binding |= {rule.rule_id: rule for rule in law.rules}
    bound = {rule.regime_id for rule in binding.values()}
    haulage, rates = offer_trucks(
        [row for row in base.haulage if any(_serves(row, link) for link in rows.links.values())],
        base.haulage_rates,
        [rule for rule in (*dataset.rules, *binding.values()) if is_of_registration(rule)],
        groups,
        ends,
    )
    offers = {row.haulage_id for row in haulage}
    handling = list(_handling(dataset, base, rows))
    twins = _list_twins(dataset, rows)
    mode_of = {row.border_id: row.mode for row in base.crossings}
    sea = [row for row in base.emission_factors if row.mode not in {one.mode for one in dataset.emission_factors if one.basis == row.basis}]
    added: dict[str, Iterable[Any]] = {
        "places": rows.places.values(),
        "links": rows.links.values(),
        "services": rows.services.values(),
        "terminals": rows.terminals.values(),
        "stops": rows.stops,
        "calendars": rows.calendars,
        "tariffs": rows.tariffs,
        "handling": handling,
        "haulage": haulage,
        "haulage_rates": [_of_feed(row, rows) for row in rates if row.haulage_id in offers and row.country in countries],
        "borders": [replace(row, gateway=False) for row in base.borders if row.border_id in rows.borders],
        "crossings": [*(row for row in base.crossings if row.border_id in rows.borders), *rows.crossings.values()],
        "events": [
            *(row for row in base.events if row.border_id in rows.borders or row.country in countries),
            *copy_events(dataset.events, twins, rows.borders, mode_of),
        ],
        "passages": [row for row in base.passages if row.passage_id in {one for stop in rows.stops for one in stop.passages}],
        "parties": [
            *(row for row in base.parties if row.party_id in {one.operator_id for one in rows.services.values()} & {ANY_CARRIER}),
            *rows.parties.values(),
        ],
        "watchlist": law.watchlist,
        "ownership": law.ownership,
        "regimes": list(dict.fromkeys((*law.regimes, *(row for row in base.regimes if row.regime_id in bound)))),
        "rules": binding.values(),
        "unit_types": base.unit_types,
        "emission_factors": sea,
        "sources": (*base.sources, make_source(world)),
    }  # fmt: skip
    stamp = "|".join([dataset.digest, base.digest, world.container.digest(), *stops, *wishes])
    tables: dict[str, Any] = {
        name: (*getattr(dataset, name), *_unknown(name, getattr(dataset, name), records)) for name, records in added.items()
    }
    kept = {row.rate_id for row in rates}
    tables["haulage_rates"] = tuple(row for row in tables["haulage_rates"] if row.haulage_id != TRUCK or row.rate_id in kept)
    tables["places"] = tuple(_compare_by(rows.gateways, tables["places"], "place_id"))
    tables["borders"] = tuple(_compare_by(rows.gateways, tables["borders"], "border_id"))
    tables["rules"] = tuple(hold_rules(tables["rules"], twins, rows.borders))
    info = add_day(dataset, base) if law.watchlist else dataset.info
    return replace(dataset, info=info, digest=hashlib.sha256(stamp.encode()).hexdigest(), **tables)


def _of_feed(rate: HaulageRate, rows: Rows) -> HaulageRate:
    """A rate that names over whose tracks it goes as the asked feed has that party; nobody in countries where no train of the ways goes."""
    railway = None if rate.infrastructure_id is None else rows.railways.get(rate.infrastructure_id)
    return rate if railway == rate.infrastructure_id else replace(rate, infrastructure_id=railway)


def _list_twins(dataset: Dataset, rows: Rows) -> dict[PlaceId, tuple[PlaceId, ...]]:
    """Places of the world by those of the feed for which they stand: posts, and ports by a place with their code that is no port."""
    twins = {place_id: set(posts) for place_id, posts in rows.posts.items()}
    for place in rows.places.values():
        code = PlaceId(place.place_id.removesuffix("-PORT"))
        if place.kind == "port" and code != place.place_id and code in dataset.place_by_id:
            twins.setdefault(code, set()).add(place.place_id)
    return {place_id: tuple(sorted(found)) for place_id, found in twins.items()}


def _compare_by(gateways: set[str], records: Iterable[Any], key: str) -> Iterator[Any]:
    """Places or borders, those by which ways are compared marked."""
    return (replace(row, gateway=True) if getattr(row, key) in gateways else row for row in records)


def _unknown(table: str, known: tuple[Any, ...], records: Iterable[Any]) -> list[Any]:
    """Records whose key the feed does not have: its own rows go first."""
    key = get_tables()[table].key
    taken = {tuple(getattr(row, one) for one in key) for row in known}
    return [row for row in records if tuple(getattr(row, one) for one in key) not in taken]


def _handling(dataset: Dataset, base: Dataset, rows: Rows) -> Iterator[Handling]:
    """Handling at each new terminal, and what the feed does not tell at ports of its own: rows of the nearest place of a kind with any."""
    known = {row.place_id for row in base.handling}
    told = {(row.place_id, row.from_mode, row.to_mode) for row in dataset.handling}
    ports = ((place, "port") for place in rows.known_ports.values())
    for place, kind in (*((place, place.kind) for place in rows.places.values()), *ports):
        if kind not in ("port", "rail_terminal") or place.place_id in known:
            yield from (row for row in base.handling if row.place_id == place.place_id)
            continue
        models = [one for one in base.places if one.place_id in known and one.kind == kind]
        model = min(models, key=lambda one: (gap_km(place, one), one.place_id))
        for row in base.handling:
            if row.place_id == model.place_id and (place.place_id, row.from_mode, row.to_mode) not in told:
                yield replace(
                    row, handling_id=f"{place.place_id}.{row.from_mode}-{row.to_mode}", place_id=place.place_id, terminal_id=None,
                    note=f"figures of {model.name}, the nearest of its kind in the feed world",
                )  # fmt: skip


def _serves(haulage: Haulage, link: Link) -> bool:
    return haulage.mode == link.mode and (link.mode != "rail" or haulage.gauge_mm == link.gauge_mm)


def made_place(place_id: str, name: str, kind: str, country: str, lon: float, lat: float) -> Place:
    """A place that no table names; its zone is that of its country whose main city is nearest."""
    zones = read_zones()
    near = [(_degrees(lon, lat, *point), zone) for zone, (countries, point) in zones.items() if country in countries]
    return Place(
        place_id=PlaceId(place_id), name=name, kind=kind, country=country, lon=lon, lat=lat,
        zone=min(near)[1] if near else min((_degrees(lon, lat, *point), zone) for zone, (_, point) in zones.items())[1],
        source_id=WORLD_SOURCE_ID, row=f"atlas/places:{place_id}",
    )  # fmt: skip


def _degrees(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    return math.hypot(((other_lon - lon + 180) % 360 - 180) * math.cos(math.radians(lat)), other_lat - lat)


def gap_km(one: Place, other: Place) -> float:
    return measure_great_circle_m(one.lon, one.lat, other.lon, other.lat) / 1000


def spot(lon: float, lat: float) -> str:
    """A point as part of an id, to a hundredth of a degree."""
    return f"{abs(lat):.2f}{'N' if lat >= 0 else 'S'}{abs(lon):.2f}{'E' if lon >= 0 else 'W'}"


def make_source(world: World) -> Source:
    """What the rows made here cite."""
    return Source(
        source_id=WORLD_SOURCE_ID,
        row="world",
        title=f"landbridge: ways of the atlas {world.container.header['version']} with the estimates of the feed world",
        publisher="the landbridge contributors; (c) OpenStreetMap contributors",
        grade="D",
        licence="ODbL-1.0",
    )
