"""Checks of places: whether they lie where they say, and whether anything reaches them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.great_circle import measure_great_circle_m
from landbridge.sources.check_use import is_template
from landbridge.sources.provenance import make_row_finding

_CODE = re.compile(r"([A-Z]{2})(-.+|[A-Z2-9]{3})")
_ZONE_POINT = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")
_FAR_M = 1_500_000
_CHANGES = ("lift", "transship", "gauge_change")
_TERMINALS = ("port", "rail_terminal", "dry_port")
_WORKING_DAY_KINDS = ("clearance", "inspection", "stuffing", "stripping")


def check_nowhere(dataset: Dataset) -> Iterator[Finding]:
    """PLACE-NOWHERE: a place at longitude 0 and latitude 0, which is open sea."""
    for place in dataset.places:
        if abs(place.lon) < 0.01 and abs(place.lat) < 0.01:
            yield make_row_finding("PLACE-NOWHERE", place, "lon", f"{place.place_id} lies at 0, 0, in the open sea")


def check_codes(dataset: Dataset) -> Iterator[Finding]:
    """PLACE-CODE-COUNTRY: the code of a place begins with another country than its own."""
    for place in dataset.places:
        found = _CODE.fullmatch(place.place_id)
        if found and found.group(1) != place.country and found.group(1) in list_countries():
            message = f"{place.place_id} is a code of {found.group(1)}, the country says {place.country}"
            yield make_row_finding("PLACE-CODE-COUNTRY", place, "country", message)


def check_countries(dataset: Dataset) -> Iterator[Finding]:
    """COUNTRY-UNKNOWN: ISO 3166-1 has no such country; codes for private use (XA to XZ) are let pass."""
    for place in dataset.places:
        if place.country not in list_countries() and not re.fullmatch("X[A-Z]|Q[M-Z]|AA|ZZ", place.country):
            hint = "; the United Kingdom is GB" if place.country == "UK" else ""
            yield make_row_finding("COUNTRY-UNKNOWN", place, "country", f"{place.country} is no country of ISO 3166-1{hint}")


def check_zones(dataset: Dataset) -> Iterator[Finding]:
    """ZONE-COUNTRY: the time zone of a place is not one of its country."""
    for place in dataset.places:
        countries = read_zones().get(place.zone)
        if countries and place.country in list_countries() and place.country not in countries[0]:
            message = f"{place.zone} is a zone of {', '.join(sorted(countries[0]))}, the place lies in {place.country}"
            yield make_row_finding("ZONE-COUNTRY", place, "zone", message)


def check_swapped(dataset: Dataset) -> Iterator[Finding]:
    """PLACE-SWAPPED: a place lies far from the main city of its time zone, and would lie near it with lon and lat exchanged."""
    for place in dataset.places:
        zone = read_zones().get(place.zone)
        if zone is None or abs(place.lon) > 90:
            continue
        lon, lat = zone[1]
        away = measure_great_circle_m(place.lon, place.lat, lon, lat)
        swapped = measure_great_circle_m(place.lat, place.lon, lon, lat)
        if away > _FAR_M and swapped < away / 3:
            shown = f"{away / 1000:.0f} km from the main city of {place.zone}; exchanged it would be {swapped / 1000:.0f}"
            message = f"{place.place_id} lies {shown}"
            yield make_row_finding("PLACE-SWAPPED", place, "lon", message)


def check_reach(dataset: Dataset) -> Iterator[Finding]:
    """PLACE-UNREACHABLE: no service stops at a place, no link ends there, and nothing passes it."""
    if is_template(dataset):
        return
    reached = {stop.place_id for stop in dataset.stops} | {via for stop in dataset.stops for via in stop.via}
    reached |= {link.from_place_id for link in dataset.links} | {link.to_place_id for link in dataset.links}
    reached |= {row.depot_id for row in dataset.returns}
    for place in dataset.places:
        if place.place_id not in reached:
            message = f"no service stops at {place.place_id} and no link leads there"
            yield make_row_finding("PLACE-UNREACHABLE", place, "place_id", message)


def check_changes(dataset: Dataset) -> Iterator[Finding]:
    """PLACE-WITHOUT-CHANGE: several modes meet at a port or terminal, and no handling row lets goods change between them."""
    modes: dict[str, set[str]] = {}
    for stop in dataset.stops:
        service = dataset.service_by_id.get(stop.service_id)
        if service is not None:
            modes.setdefault(stop.place_id, set()).add(service.mode)
    for link in dataset.links:
        for place_id in (link.from_place_id, link.to_place_id):
            modes.setdefault(place_id, set()).add(link.mode)
    changing = {row.place_id for row in dataset.handling if row.kind in _CHANGES}
    for place in dataset.places:
        met = modes.get(place.place_id, set())
        if len(met) > 1 and place.kind in _TERMINALS and place.place_id not in changing:
            message = f"{' and '.join(sorted(met))} meet at {place.place_id}, but no handling row lets goods change there"
            yield make_row_finding("PLACE-WITHOUT-CHANGE", place, "place_id", message)


def check_holidays(dataset: Dataset) -> Iterator[Finding]:
    """HOLIDAYS-MISSING: a country where work keeps to working days has no holiday in the year of the feed."""
    year = dataset.info.as_of.year
    kept = {holiday.country for holiday in dataset.holidays if holiday.on.year == year}
    working = {row.place_id for row in dataset.handling if row.kind in _WORKING_DAY_KINDS}
    seen: set[str] = set()
    for place in dataset.places:
        if place.place_id in working and place.country not in kept and place.country not in seen:
            seen.add(place.country)
            message = f"goods are cleared, stuffed or stripped in {place.country}, but it has no holidays in {year}"
            yield make_row_finding("HOLIDAYS-MISSING", place, "country", message)


@cache
def list_countries() -> frozenset[str]:
    """Country codes of ISO 3166-1, from the time zone database."""
    return frozenset(line.split("\t")[0] for line in _read_zone_file("iso3166.tab"))


@cache
def read_zones() -> dict[str, tuple[frozenset[str], tuple[float, float]]]:
    """Countries and main city (lon, lat) of each time zone, from the time zone database."""
    zones: dict[str, tuple[frozenset[str], tuple[float, float]]] = {}
    for name in ("zone1970.tab", "zone.tab"):
        for line in _read_zone_file(name):
            countries, point, zone = line.split("\t")[:3]
            found = _ZONE_POINT.fullmatch(point)
            if found:
                known = zones[zone][0] if zone in zones else frozenset()
                zones[zone] = (known | frozenset(countries.split(",")), _parse_point(found))
    return zones


def _parse_point(found: re.Match[str]) -> tuple[float, float]:
    """Point of ISO 6709: +DDMM+DDDMM or with seconds."""
    lat_sign, lat_d, lat_m, lat_s, lon_sign, lon_d, lon_m, lon_s = found.groups()
    lat = int(lat_d) + int(lat_m) / 60 + int(lat_s or 0) / 3600
    lon = int(lon_d) + int(lon_m) / 60 + int(lon_s or 0) / 3600
    return (lon if lon_sign == "+" else -lon, lat if lat_sign == "+" else -lat)


def _read_zone_file(name: str) -> list[str]:
    from importlib import resources

    text = (resources.files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
