"""Generated continents: seeded networks of any size as ordinary datasets, with every feature of a corridor feed.

Countries lie on a grid, each with its zone, currency, hauliers and borders to its neighbours. Terminals gather around the hubs of their
country. Trunk trains join hubs, feeders join terminals to their hub, ships call at the ports of the south coast. Roads are of two kinds:

``access``
    Trucks serve the surroundings of each hub and the borders near it: they bring goods to and from trains and ships.
``everywhere``
    Roads join hubs as well, and boxes change from truck to truck at each: trucks drive all over the continent, order after order.

In both, boxes change from truck to truck in towns at borders.

The figures are drawn from ranges that are usual for such services and are no figures of any real service; the same numbers give the same
continent on every machine. A service leg is a stretch of a service between two stops that follow each other.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from landbridge.domain.border import Border, Crossing
from landbridge.domain.dataset import Dataset, DatasetInfo
from landbridge.domain.emission import EmissionFactor
from landbridge.domain.event import Event
from landbridge.domain.goods import Duty, Goods, GoodsMass, UnitType
from landbridge.domain.haulage import Haulage, HaulageRate, Link
from landbridge.domain.party import Party, Regime, WatchlistEntry
from landbridge.domain.place import Holiday, Hours, Passage, Place
from landbridge.domain.query import Query
from landbridge.domain.record import Range
from landbridge.domain.rule import Document, Rule
from landbridge.domain.service import Calendar, CalendarException, Service, ServiceStatus, Stop
from landbridge.domain.source import Source
from landbridge.domain.tariff import ExchangeRate, Surcharge, Tariff, ThroughLeg, ThroughRate
from landbridge.domain.terminal import BoxReturn, DetentionStep, Handling, StorageStep

AS_OF = date(2026, 11, 2)
READY = date(2026, 11, 9)
LEGS_PER_TERMINAL = 6.8
"""34,000 service legs at 5,000 terminals."""
UNIT = "40HC"
MODES = ("road", "rail", "sea")
ROADS = ("access", "everywhere")
_S: dict[str, Any] = {"source_id": "generated", "row": "generated"}
_CODES = [f"X{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"] + [f"Q{letter}" for letter in "MNOPQRSTUVWXYZ"]
"""Codes that ISO 3166 leaves to its users: no real country is meant."""
_ZONES = ("Europe/Warsaw", "Europe/Moscow", "Asia/Samarkand", "Asia/Almaty", "Asia/Karachi", "Asia/Shanghai")
_CURRENCIES = (("USD", "1"), ("EUR", "0.92"), ("CNY", "7.1"), ("KZT", "480"))
_WEST, _EAST, _SOUTH, _NORTH = 20.0, 110.0, 28.0, 58.0
_TURNS = (date(2026, 11, 16), date(2026, 12, 1), date(2027, 1, 1))
"""Days on which prices and rules change: as in feeds, few."""


@dataclass(slots=True)
class _Country:
    code: str
    zone: str
    currency: str
    rate: Decimal
    column: int
    row: int
    terminals: list[Place] = field(default_factory=list)
    hubs: list[Place] = field(default_factory=list)
    ports: list[Place] = field(default_factory=list)


def generate_continent(terminals: int, seed: int = 1, roads: str = "access") -> Dataset:
    """A continent of so many terminals.

    Parameters
    ----------
    terminals
        Places beside the towns at borders; 60 at the least.
    seed
        Another seed gives another continent of the same kind.
    roads
        Where trucks go: one of ``ROADS``.
    """
    return _Maker(terminals, seed, roads).make()


def draw_queries(dataset: Dataset, count: int, seed: int = 1, *, least_km: float = 1_500.0, most_km: float = math.inf) -> list[Query]:
    """Questions between inland terminals of different countries, all about the same load."""
    rng = random.Random(f"questions:{seed}:{dataset.digest}")
    inland = [row for row in dataset.places if row.kind == "dry_port"]
    found: list[Query] = []
    while len(found) < count:
        one, other = rng.sample(inland, 2)
        if one.country != other.country and least_km <= kilometres(one, other) <= most_km:
            found.append(
                Query(
                    origin_id=one.place_id, destination_id=other.place_id, unit_type_id=UNIT, units=2, hs="8701", mass_kg=30_000,
                    ready_on=READY, as_of=AS_OF, tolerance_percent=0,
                )
            )  # fmt: skip
    return found


def kilometres(one: Place, other: Place) -> float:
    """Distance as the crow flies."""
    a, b = math.radians(one.lat), math.radians(other.lat)
    gap = math.radians(other.lon - one.lon)
    inner = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(gap / 2) ** 2
    return 6371.0 * 2 * math.asin(math.sqrt(inner))


def _nearest(places: list[Place], place: Place) -> Place:
    """Which of some places lies nearest: a place itself if it is among them."""
    return min(places, key=lambda one: kilometres(place, one))


def count_legs(dataset: Dataset) -> int:
    """Service legs of a dataset."""
    return len(dataset.stops) - len(dataset.stops_by_service)


class _Maker:
    def __init__(self, terminals: int, seed: int, roads: str) -> None:
        if terminals < 60:
            raise ValueError(f"a continent has 60 terminals or more, not {terminals}")
        if roads not in ROADS:
            raise ValueError(f"roads are one of {', '.join(ROADS)}, not {roads}")
        self._size, self._is_access = terminals, roads == "access"
        self._rng = random.Random(f"continent:{terminals}:{seed}")
        self._countries = self._draw_countries(min(len(_CODES), max(8, terminals // 60)))
        self._tables: dict[str, list[Any]] = {}
        self._digest = f"continent-{roads}-{terminals}-{seed}"
        self._at_border: set[str] = set()

    def make(self) -> Dataset:
        self._draw_terminals()
        self._draw_roads()
        self._draw_services()
        self._draw_terminal_rows()
        self._draw_law()
        self._draw_rest()
        info = DatasetInfo(name=self._digest, as_of=AS_OF, gates=("UN",))
        return Dataset(info=info, digest=self._digest, **{name: tuple(rows) for name, rows in self._tables.items()})

    def _add(self, table: str, *rows: Any) -> None:
        self._tables.setdefault(table, []).extend(rows)

    def _price(self, typical: float, currency: str = "USD") -> Range[Decimal]:
        rate = next(Decimal(one) for code, one in _CURRENCIES if code == currency)
        middle = (Decimal(str(round(typical, 2))) * rate).quantize(Decimal("0.01"))
        return Range(
            low=(middle * Decimal("0.8")).quantize(Decimal("0.01")),
            typical=middle,
            high=(middle * Decimal("1.3")).quantize(Decimal("0.01")),
        )

    # --- countries, terminals, roads --------------------------------------------------------------------------------------------

    def _draw_countries(self, count: int) -> list[_Country]:
        self._columns = math.ceil(math.sqrt(1.6 * count))
        self._rows = math.ceil(count / self._columns)
        found = []
        for index in range(count):
            column, row = index % self._columns, index // self._columns
            zone = _ZONES[min(len(_ZONES) - 1, column * len(_ZONES) // self._columns)]
            currency, rate = _CURRENCIES[index % len(_CURRENCIES)]
            found.append(_Country(_CODES[index], zone, currency, Decimal(rate), column, row))
        return found

    def _draw_terminals(self) -> None:
        wide, high = (_EAST - _WEST) / self._columns, (_NORTH - _SOUTH) / self._rows
        for index in range(self._size):
            country = self._countries[index % len(self._countries)]
            west, south = _WEST + country.column * wide, _SOUTH + country.row * high
            number = len(country.terminals)
            if number % 12 == 0 or not country.hubs:
                lon, lat = west + wide * self._rng.uniform(0.1, 0.9), south + high * self._rng.uniform(0.1, 0.9)
                kind = "port" if country.row == 0 and number % 24 == 0 else "rail_terminal"
                lat = south + 0.02 * high if kind == "port" else lat
            else:
                near = self._rng.choice(country.hubs)
                lon = min(max(near.lon + self._rng.gauss(0, wide / 7), west), west + wide)
                lat = min(max(near.lat + self._rng.gauss(0, high / 7), south), south + high)
                kind = "dry_port"
            days = (1, 2, 3, 4, 5) if self._rng.random() < 0.3 else (1, 2, 3, 4, 5, 6, 7)
            place = Place(
                place_id=f"{country.code}{number:04}", name=f"{country.code} {number}", kind=kind, country=country.code, lon=round(lon, 4),
                lat=round(lat, 4), zone=country.zone, working_days=days, **_S,
            )  # fmt: skip
            country.terminals.append(place)
            if kind != "dry_port":
                (country.ports if kind == "port" else country.hubs).append(place)
                country.hubs += [place] if kind == "port" else []
            self._add("places", place)

    def _draw_roads(self) -> None:
        for country in self._countries:
            done: set[frozenset[str]] = set()
            for place in country.terminals:
                for other in self._joined(country, place):
                    if frozenset((place.place_id, other.place_id)) not in done:
                        done.add(frozenset((place.place_id, other.place_id)))
                        self._add("links", self._road(place, other))
            self._add_hauliers(country)
        for one in self._countries:
            for other in self._countries:
                if (other.column - one.column, other.row - one.row) in ((1, 0), (0, 1)):
                    self._add_border(one, other)

    def _joined(self, country: _Country, place: Place) -> list[Place]:
        """The nearest place and the nearest hub; of access roads none that leads from the surroundings of one hub to another's."""
        near = min((one for one in country.terminals if one is not place), key=lambda one: kilometres(place, one))
        if not self._is_access:
            hub = min((one for one in country.hubs if one is not place), key=lambda one: kilometres(place, one), default=None)
            return [near, hub] if hub else [near]
        own = _nearest(country.hubs, place)
        joined = [near] if _nearest(country.hubs, near) is own else []
        return [*joined, own] if own is not place else joined

    def _road(self, one: Place, other: Place) -> Link:
        metres = round(kilometres(one, other) * self._rng.uniform(1.15, 1.4)) * 1000 + 1000
        return Link(
            link_id=f"{one.place_id}-{other.place_id}", mode="road", from_place_id=one.place_id, to_place_id=other.place_id,
            distance_m=metres, country=one.country, **_S,
        )  # fmt: skip

    def _neighbours(self, country: _Country) -> list[_Country]:
        return [one for one in self._countries if abs(one.column - country.column) + abs(one.row - country.row) == 1]

    def _add_hauliers(self, country: _Country) -> None:
        """A domestic haulier, and one that drives into the countries around."""
        for name, countries in (("home", [country]), ("abroad", [country, *self._neighbours(country)])):
            haulage_id = f"truck-{country.code}-{name}"
            is_abroad = name == "abroad"
            self._add(
                "parties", Party(party_id=haulage_id, name=f"Trucks {country.code} {name}", kind="company", country=country.code, **_S)
            )
            self._add(
                "haulage",
                Haulage(
                    haulage_id=haulage_id, name=f"Trucks {country.code} {name}", operator_id=haulage_id, mode="road",
                    registration=country.code, unit_types=(UNIT,), fixed=self._price(self._rng.uniform(40, 120), country.currency),
                    currency=country.currency, lead_min=self._rng.choice((0, 1440)), drive_min=540, rest_min=660, **_S,
                ),
            )  # fmt: skip
            self._add(
                "statuses", ServiceStatus(status_id=f"st-{haulage_id}", haulage_id=haulage_id, status="operating", evidence_on=AS_OF, **_S)
            )
            for other in countries:
                per_km = self._rng.uniform(1.0, 1.5) * (1.15 if is_abroad else 1.0)
                self._add(
                    "haulage_rates",
                    HaulageRate(
                        rate_id=f"{haulage_id}-{other.code}", haulage_id=haulage_id, country=other.code,
                        per_km=self._price(per_km, country.currency), currency=country.currency,
                        speed_m_per_h=self._rng.choice((50_000, 60_000, 70_000)), **_S,
                    ),
                )  # fmt: skip

    def _add_border(self, one: _Country, other: _Country) -> None:
        """Two crossings between neighbours, each at a pair of towns joined to the nearest hub on its side."""
        for number in range(2):
            a = self._rng.choice(one.terminals)
            b = min(other.terminals, key=lambda place: kilometres(a, place))
            a = min(one.terminals, key=lambda place: kilometres(b, place))
            border_id = f"{one.code}-{other.code}-{number}"
            self._at_border |= {a.place_id, b.place_id}
            self._add("borders", Border(border_id=border_id, name=border_id, gateway=False, **_S))
            self._add("links", replace(self._road(a, b), link_id=border_id, border_id=border_id))
            for start, end in ((one, other), (other, one)):
                wait = self._rng.choice((120, 300, 600, 1500, 3000))
                self._add(
                    "crossings",
                    Crossing(
                        crossing_id=f"{border_id}-{start.code}", border_id=border_id, mode="road", from_country=start.code,
                        to_country=end.code, wait_min=Range(low=wait // 2, typical=wait, high=3 * wait),
                        fee=self._price(self._rng.uniform(10, 90)), currency="USD", **_S,
                    ),
                )  # fmt: skip
            if self._rng.random() < 0.3:
                for day in (1, 2, 3, 4, 5, 6):
                    self._add(
                        "hours",
                        Hours(hours_id=f"h-{border_id}-{day}", border_id=border_id, weekdays=(day,), opens_min=420, closes_min=1260, **_S),
                    )
            if self._rng.random() < 0.05:
                start = READY + timedelta(days=self._rng.randint(0, 20))
                self._add(
                    "events",
                    Event(event_id=f"shut-{border_id}", title=f"{border_id} is shut", kind="closure", border_id=border_id,
                        valid_from=start, valid_to=start + timedelta(days=self._rng.randint(1, 9)), known_from=AS_OF, **_S),
                )  # fmt: skip

    # --- services ---------------------------------------------------------------------------------------------------------------

    def _draw_services(self) -> None:
        self._operators = [f"rail-{country.code}" for country in self._countries]
        self._lines = [f"line-{index}" for index in range(max(3, len(self._countries) // 3))]
        for name in (*self._operators, *self._lines):
            country = name[-2:] if name.startswith("rail") else self._countries[0].code
            self._add("parties", Party(party_id=name, name=name, kind="company", country=country, **_S))
        hubs = [hub for country in self._countries for hub in country.hubs]
        ports = [port for country in self._countries for port in country.ports]
        left = round(LEGS_PER_TERMINAL * self._size)
        left -= self._add_feeders(round(0.3 * left))
        left -= self._add_ships(ports, round(0.1 * left)) if len(ports) > 3 else 0
        self._add_trunks(hubs, left)
        self._add_throughs(max(2, self._size // 25))

    def _add_feeders(self, legs: int) -> int:
        """Trains that collect from one or two terminals for their hub, and back."""
        made = 0
        places = [place for country in self._countries for place in country.terminals if place.kind == "dry_port"]
        by_code = {country.code: country for country in self._countries}
        while made < legs:
            place = self._rng.choice(places)
            country = by_code[place.country]
            hub = _nearest(country.hubs, place)
            between = self._rng.choice(country.terminals)
            calls = [place, between, hub] if self._rng.random() < 0.3 and between not in (place, hub) else [place, hub]
            operator = f"rail-{country.code}"
            made += self._add_service("rail", operator, calls, 35, self._rng.uniform(0.5, 0.8), 90)
            made += self._add_service("rail", operator, calls[::-1], 35, self._rng.uniform(0.5, 0.8), 90)
        return made

    def _add_ships(self, ports: list[Place], legs: int) -> int:
        """Ships from port to port along the coast, there and back."""
        made = 0
        while made < legs:
            calls = sorted(self._rng.sample(ports, min(len(ports), self._rng.randint(3, 5))), key=lambda port: port.lon)
            for order in (calls, calls[::-1]):
                made += self._add_service("sea", self._rng.choice(self._lines), order, 26, self._rng.uniform(0.12, 0.2), 220)
        return made

    def _add_trunks(self, hubs: list[Place], legs: int) -> int:
        """Trains from hub to hub: most of them to one of the nearest, some across the continent; both ways."""
        near = {hub.place_id: sorted(hubs, key=lambda other, at=hub: kilometres(at, other))[1:9] for hub in hubs}
        made = 0
        while made < legs:
            calls = [self._rng.choice(hubs)]
            for _ in range(self._rng.choice((1, 1, 2, 3))):
                others = hubs if self._rng.random() < 0.15 else near[calls[-1].place_id]
                chosen = self._rng.choice(others)
                if chosen not in calls:
                    calls.append(chosen)
            if len(calls) < 2:
                continue
            operator = self._rng.choice(self._operators)
            speed, per_km = self._rng.uniform(25, 45), self._rng.uniform(0.35, 0.6)
            made += self._add_service("rail", operator, calls, speed, per_km, 150)
            made += self._add_service("rail", operator, calls[::-1], speed, per_km, 150)
        return made

    def _add_service(self, mode: str, operator: str, calls: list[Place], km_per_h: float, per_km: float, fixed: float) -> int:
        service_id = f"s{len(self._tables.get('services', ())):06}"
        self._add("services", Service(service_id=service_id, name=service_id, operator_id=operator, mode=mode, unit_types=(UNIT,), **_S))
        is_known = self._rng.random() < 0.92
        self._add(
            "statuses",
            ServiceStatus(
                status_id=f"st-{service_id}",
                service_id=service_id,
                status="operating" if is_known else "unconfirmed",
                evidence_on=AS_OF,
                **_S,
            ),
        )
        along = self._add_stops(service_id, mode, calls, km_per_h)
        self._add_calendar(service_id, mode)
        for i, start in enumerate(calls):
            for j in range(i + 1, len(calls)):
                if start is not calls[j]:
                    self._add_tariffs(service_id, mode, (start, calls[j]), (along[j] - along[i]) * per_km + fixed)
        return len(calls) - 1

    def _add_stops(self, service_id: str, mode: str, calls: list[Place], km_per_h: float) -> list[float]:
        clock, along = 0, [0.0]
        for seq, place in enumerate(calls, 1):
            length = 0.0 if seq == 1 else kilometres(calls[seq - 2], place) * self._rng.uniform(1.1, 1.35)
            arrive = clock + round(60 * length / km_per_h)
            clock = arrive if seq == 1 else arrive + self._rng.choice((120, 360, 720))
            along += [] if seq == 1 else [along[-1] + length]
            is_cape = mode == "sea" and seq == 2
            self._add(
                "stops",
                Stop(
                    service_id=service_id, seq=seq, place_id=place.place_id,
                    arrive_min=Range(low=arrive, typical=arrive, high=round(arrive * 1.3)), depart_min=clock,
                    gate_cutoff_min=self._rng.choice((360, 720, 1440)) * (2 if mode == "sea" else 1),
                    document_cutoff_min=self._rng.choice((0, 0, 1440)), distance_m=round(length * 1000),
                    passages=("cape",) if is_cape else (), **_S,
                ),
            )  # fmt: skip
        return along

    def _add_calendar(self, service_id: str, mode: str) -> None:
        rng = self._rng
        kind = rng.choices(("weekdays", "interval", "month_days"), (6, 3, 1))[0]
        most = 1 if mode == "sea" else 4
        self._add(
            "calendars",
            Calendar(
                calendar_id=f"c-{service_id}", service_id=service_id, kind=kind,
                weekdays=tuple(sorted(rng.sample(range(1, 8), rng.randint(1, most)))) if kind == "weekdays" else (),
                every_days=rng.choice((2, 3, 5, 7, 10)) if kind == "interval" else None,
                anchor_on=AS_OF + timedelta(days=rng.randint(0, 9)) if kind == "interval" else None,
                month_days=(1, 6, 11, 16, 21, 26) if kind == "month_days" else (), departs_min=rng.randrange(0, 1440, 60), **_S,
            ),
        )  # fmt: skip
        if rng.random() < 0.05:
            on = READY + timedelta(days=rng.randint(0, 40))
            self._add(
                "calendar_exceptions", CalendarException(service_id=service_id, on=on, exception=rng.choice(("removed", "added")), **_S)
            )

    def _add_tariffs(self, service_id: str, mode: str, ends: tuple[Place, Place], usd: float) -> None:
        """A tariff; of every fifth leg by bands of mass, of every twentieth with a price that changes."""
        rng = self._rng
        name = f"{service_id}-{ends[0].place_id}-{ends[1].place_id}"
        amount = self._price(usd * rng.uniform(0.8, 1.25))
        includes = rng.choice(((), (), (), ("handling_origin",), ("handling_destination",)))
        row = Tariff(
            tariff_id=name, service_id=service_id, from_place_id=ends[0].place_id, to_place_id=ends[1].place_id, unit_type_id=UNIT,
            amount=amount, currency="USD", includes=(*includes, "box") if mode == "sea" and rng.random() < 0.2 else includes,
            known_from=date(2020, 1, 1), **_S,
        )  # fmt: skip
        draw = rng.random()
        if draw < 0.2:
            light = replace(row, tariff_id=f"{name}-light", mass_to_kg=14_000)
            self._add("tariffs", light, replace(row, mass_from_kg=14_000, amount=self._price(float(amount.typical) * 1.12)))
        elif draw < 0.25:
            day = rng.choice(_TURNS)
            later = self._price(float(amount.typical) * rng.choice((0.85, 1.1)))
            self._add(
                "tariffs",
                replace(row, valid_to=day - timedelta(days=1)),
                replace(row, tariff_id=f"{name}-late", valid_from=day, amount=later),
            )
        elif draw < 0.28:
            self._add("tariffs", replace(row, per="tonne", amount=self._price(usd / 16), minimum=amount.typical))
        else:
            self._add("tariffs", row)

    def _add_throughs(self, count: int) -> None:
        """Products over a feeder and a trunk train, cheaper than both by themselves."""
        stops: dict[str, list[Stop]] = {}
        for stop in self._tables["stops"]:
            stops.setdefault(stop.service_id, []).append(stop)
        starting: dict[str, list[str]] = {}
        for service_id, calls in stops.items():
            starting.setdefault(calls[0].place_id, []).append(service_id)
        whole = [row for row in self._tables["tariffs"] if row.per == "unit"]
        price = {(row.service_id, row.from_place_id, row.to_place_id): float(row.amount.typical) for row in whole}
        made = 0
        for _ in range(200 * count):
            row = self._rng.choice(whole)
            first, start, change = row.service_id, row.from_place_id, row.to_place_id
            second = self._rng.choice(starting.get(change, [""]))
            calls = stops.get(second, [])
            alone = price.get((second, calls[0].place_id, calls[-1].place_id)) if calls else None
            if alone is None or second == first or calls[-1].place_id == start:
                continue
            both = float(row.amount.typical) + alone
            self._add(
                "through_rates",
                ThroughRate(through_id=f"t{made:05}", name=f"through {made}", unit_type_id=UNIT, amount=self._price(0.85 * both),
                    currency="USD", includes=("handling",), **_S),
            )  # fmt: skip
            legs = ((first, start, change), (second, calls[0].place_id, calls[-1].place_id))
            for seq, (service_id, a, b) in enumerate(legs, 1):
                self._add(
                    "through_legs",
                    ThroughLeg(through_id=f"t{made:05}", seq=seq, service_id=service_id, from_place_id=a, to_place_id=b, **_S),
                )
            made += 1
            if made == count:
                return

    # --- terminals, law and the rest ---------------------------------------------------------------------------------------------

    def _draw_terminal_rows(self) -> None:
        for country in self._countries:
            for place in country.terminals:
                self._add_handling(place, country)
                if place.kind != "dry_port":
                    self._add_storage(place, country)
                if self._rng.random() < 0.25:
                    for day in (1, 2, 3, 4, 5, 6):
                        self._add(
                            "hours",
                            Hours(
                                hours_id=f"h-{place.place_id}-{day}",
                                place_id=place.place_id,
                                weekdays=(day,),
                                opens_min=360,
                                closes_min=1320,
                                **_S,
                            ),
                        )

    def _add_handling(self, place: Place, country: _Country) -> None:
        modes = MODES if place.kind == "port" else MODES[:2]
        for come in modes:
            for go in modes:
                if come == go == "road" and (self._is_access or place.kind == "dry_port") and place.place_id not in self._at_border:
                    continue
                base = 20 if come == go == "road" else self._rng.uniform(35, 140)
                duration = 120 if come == go == "road" else self._rng.choice((240, 360, 720, 1440))
                self._add(
                    "handling",
                    Handling(
                        handling_id=f"{place.place_id}-{come}-{go}", place_id=place.place_id, kind="lift", from_mode=come, to_mode=go,
                        amount=self._price(base, country.currency), currency=country.currency,
                        duration_min=Range(low=duration // 2, typical=duration, high=2 * duration), **_S,
                    ),
                )  # fmt: skip
        if place.kind == "port":
            self._add(
                "handling",
                Handling(
                    handling_id=f"{place.place_id}-clear", place_id=place.place_id, kind="clearance", from_mode="sea", to_mode="any",
                    amount=self._price(45, country.currency), currency=country.currency,
                    duration_min=Range(low=360, typical=720, high=4320), **_S,
                ),
            )  # fmt: skip

    def _add_storage(self, place: Place, country: _Country) -> None:
        free = self._rng.randint(2, 7)
        dear = self._rng.uniform(15, 40)
        for number, (first, last, factor) in enumerate(((free, free + 4, 1.0), (free + 5, free + 9, 2.0), (free + 10, None, 3.5))):
            self._add(
                "storage",
                StorageStep(storage_id=f"{place.place_id}-{number}", place_id=place.place_id, from_day=first, to_day=last,
                    per_day=self._price(dear * factor, country.currency), currency=country.currency, **_S),
            )  # fmt: skip
        if place.kind == "port":
            for line in self._lines:
                self._add(
                    "detention",
                    DetentionStep(detention_id=f"{line}-{place.place_id}", operator_id=line, place_id=place.place_id,
                        from_day=self._rng.randint(7, 14), per_day=self._price(self._rng.uniform(10, 60)), currency="USD", **_S),
                )  # fmt: skip
                depot = BoxReturn(
                    return_id=f"r-{line}-{place.place_id}", operator_id=line, place_id=place.place_id, depot_id=place.place_id,
                    amount=self._price(60), currency="USD", unloading_min=480, duration_min=720, **_S,
                )  # fmt: skip
                self._add("returns", depot)

    def _draw_law(self) -> None:
        """Papers to enter, permits for trucks, fees, a prohibition of goods that are not ours, a frozen operator, a sanctioned line."""
        self._add("regimes", Regime(regime_id="UN", name="United Nations", **_S))
        for index, country in enumerate(self._countries):
            self._add("regimes", Regime(regime_id=country.code, name=f"Country {country.code}", countries=(country.code,), **_S))
            law: dict[str, Any] = {
                "rule_class": "transport",
                "regime_id": country.code,
                "status": "in_force",
                "known_from": date(2020, 1, 1),
                **_S,
            }
            if index % 3 == 0:
                document = Document(
                    document_id=f"paper-{country.code}", name=f"Transit paper {country.code}", kind="document", issuer=country.code,
                    lead_days=self._rng.choice((0, 1, 3)), amount=self._price(self._rng.uniform(10, 60)), currency="USD", **_S,
                )  # fmt: skip
                self._add("documents", document)
                self._add("rules", Rule(rule_id=f"enter-{country.code}", title=f"{country.code} asks for a paper",
                    effect="require_document", scope="leg", enters=(country.code,), document_id=document.document_id, **law))  # fmt: skip
            if index % 4 == 1:
                permit = Document(document_id=f"permit-{country.code}", name=f"Permit {country.code}", kind="permit", issuer=country.code,
                    lead_days=self._rng.choice((2, 5)), amount=self._price(80), currency="USD", per="unit", **_S)  # fmt: skip
                foreign = tuple(one.code for one in self._neighbours(country))
                self._add("documents", permit)
                self._add("rules", Rule(rule_id=f"permit-{country.code}", title=f"Foreign trucks in {country.code} need a permit",
                    effect="require_permit", scope="leg", modes=("road",), countries=(country.code,), registrations=foreign,
                    document_id=permit.document_id, valid_from=self._rng.choice((None, _TURNS[1])), **law))  # fmt: skip
            if index % 5 == 2:
                self._add("rules", Rule(rule_id=f"fee-{country.code}", title=f"Fee to enter {country.code}", effect="fee", scope="crossing",
                    enters=(country.code,), amount=self._price(35), currency="USD",
                    valid_to=self._rng.choice((None, _TURNS[2])), **law))  # fmt: skip
            if index % 6 == 3:
                self._add("rules", Rule(rule_id=f"ban-{country.code}", title=f"No wine into {country.code}", effect="prohibit", scope="leg",
                    enters=(country.code,), hs=("2204",), **law))  # fmt: skip
        frozen = self._rng.choice(self._operators)
        self._add("watchlist", WatchlistEntry(entry_id="listed", regime_id="UN", list_name="generated", name=frozen, party_id=frozen,
            measure="freeze", listed_on=date(2025, 1, 1), **_S))  # fmt: skip

    def _draw_rest(self) -> None:
        rng = self._rng
        self._add("sources", Source(source_id="generated", row="generated", title="Generated continent", publisher="nobody", grade="D"))
        self._add(
            "unit_types",
            UnitType(unit_type_id=UNIT, iso_6346="45G1", name="40 ft high cube", teu=Decimal(2), tare_kg=3900, max_payload_kg=26500, **_S),
        )
        self._add("goods", Goods(hs="8701", name="tractors", value_per_t=self._price(5_000), **_S))
        self._add("goods_masses", GoodsMass(hs="8701", unit_type_id=UNIT, mass_kg=Range(low=9_000, typical=15_000, high=20_000), **_S))
        self._add("passages", Passage(passage_id="cape", name="Cape", **_S))
        self._add(
            "duties",
            Duty(
                duty_id="customs",
                hs="87",
                destination=(self._countries[0].code,),
                kind="customs",
                percent=self._price(5),
                base="value",
                **_S,
            ),
        )
        for code, rate in _CURRENCIES[1:]:
            self._add("exchange_rates", ExchangeRate(currency=code, on=date(2026, 1, 1), rate=Decimal(rate), **_S))
        for mode, grams in (("road", 75), ("rail", 20), ("sea", 9)):
            self._add(
                "emission_factors", EmissionFactor(factor_id=mode, basis="tkm", mode=mode, amount_g=self._price(grams), method="WTW", **_S)
            )
        self._add("emission_factors", EmissionFactor(factor_id="move", basis="move", amount_g=self._price(5_000), method="WTW", **_S))
        self._add(
            "surcharges",
            Surcharge(
                surcharge_id="bunker", name="Bunker", kind="bunker", mode="sea", amount=self._price(45), currency="USD", per="unit", **_S
            ),
        )
        self._add(
            "surcharges",
            Surcharge(
                surcharge_id="winter",
                name="Winter",
                kind="winter",
                mode="rail",
                amount=self._price(4),
                per="percent",
                season_from=(12, 1),
                season_to=(2, 28),
                **_S,
            ),
        )
        for country in self._countries:
            self._add("holidays", Holiday(country=country.code, on=READY + timedelta(days=rng.randint(3, 40)), name="day off", **_S))
        for index in range(max(2, len(self._countries) // 4)):
            country, start = rng.choice(self._countries), READY + timedelta(days=rng.randint(0, 25))
            kind = ("delay", "price_factor", "closure")[index % 3]
            place = rng.choice(country.hubs)
            self._add(
                "events",
                Event(
                    event_id=f"event-{index}", title=f"{kind} at {place.name}", kind=kind, place_id=place.place_id, valid_from=start,
                    valid_to=start + timedelta(days=rng.randint(2, 10)), known_from=AS_OF,
                    delay_min=Range(low=300, typical=1500, high=4000) if kind == "delay" else None,
                    factor=Range(low=Decimal("1.1"), typical=Decimal("1.2"), high=Decimal("1.4")) if kind == "price_factor" else None, **_S,
                ),
            )  # fmt: skip


def strip_continent(dataset: Dataset) -> Dataset:
    """The bare network that a generic label search can be asked about: timetables, cut-offs, handling, one haulier, borders with waits.

    Without what makes the cost of a way depend on more than its parts: storage, through rates, papers, fees, lines' boxes, drivers' hours,
    hours of opening, events, and prices that change.
    """
    truck = Haulage(haulage_id="truck", name="Truck", mode="road", unit_types=(UNIT,), **_S)
    countries = sorted({place.country for place in dataset.places})
    rates = tuple(
        HaulageRate(
            rate_id=f"truck-{code}", haulage_id="truck", country=code,
            per_km=_flat_price(Decimal("1.2") + Decimal(number % 5) / 20), currency="USD", speed_m_per_h=60_000, **_S,
        )
        for number, code in enumerate(countries)
    )  # fmt: skip
    tariffs = {}
    for row in dataset.tariffs:
        tariffs.setdefault((row.service_id, row.from_place_id, row.to_place_id), row)
    plain = tuple(
        replace(row, mass_from_kg=None, mass_to_kg=None, valid_from=None, valid_to=None, per="unit", minimum=None, includes=())
        for row in tariffs.values()
    )
    statuses = tuple(replace(row, status="operating") for row in dataset.statuses if row.service_id)
    run = ServiceStatus(status_id="st-truck", haulage_id="truck", status="operating", evidence_on=AS_OF, **_S)
    gone = ("through_rates", "through_legs", "storage", "detention", "returns", "rules", "documents", "surcharges", "events", "hours")
    empty: dict[str, Any] = dict.fromkeys((*gone, "holidays", "calendar_exceptions", "watchlist"), ())
    return replace(
        dataset,
        digest=f"{dataset.digest}-bare",
        haulage=(truck,),
        haulage_rates=rates,
        tariffs=plain,
        statuses=(*statuses, run),
        crossings=tuple(replace(row, fee=None) for row in dataset.crossings),
        handling=tuple(row for row in dataset.handling if row.kind == "lift"),
        **empty,
    )


def _flat_price(amount: Decimal) -> Range[Decimal]:
    return Range(low=amount, typical=amount, high=amount)
