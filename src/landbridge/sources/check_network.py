"""Checks of links, haulage and borders: distances, countries, prices for the way, and emission factors."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.great_circle import measure_great_circle_m
from landbridge.domain.haulage import Haulage, Link
from landbridge.domain.record import Record
from landbridge.sources.check_use import is_template
from landbridge.sources.provenance import make_row_finding

LONGEST_DETOUR = {"road": 2.5, "rail": 2.5, "waterway": 2.5, "ferry": 8.0, "sea": 8.0}
"""Distance by great circle above which a figure is doubted; ships go round continents."""

_NEAR_M = 20_000
_SLACK_M = 2_000


def check_link_lengths(dataset: Dataset) -> Iterator[Finding]:
    """DISTANCE-SHORT, DISTANCE-LONG: a link is shorter than the great circle, or much longer."""
    for link in dataset.links:
        yield from _compare(dataset, link, link.mode, link.from_place_id, link.to_place_id, link.distance_m)


def check_stop_distances(dataset: Dataset) -> Iterator[Finding]:
    """DISTANCE-SHORT, DISTANCE-LONG: a service goes less far between two stops than the great circle, or much farther."""
    for service_id, stops in dataset.stops_by_service.items():
        service = dataset.service_by_id.get(service_id)
        for before, stop in pairwise(stops):
            if service is not None:
                yield from _compare(dataset, stop, service.mode, before.place_id, stop.place_id, stop.distance_m)


def check_link_countries(dataset: Dataset) -> Iterator[Finding]:
    """LINK-COUNTRY: a link lies in a country of neither of its ends; a border link lies in the one it leaves."""
    for link in dataset.links:
        start, end = (dataset.place_by_id.get(place_id) for place_id in (link.from_place_id, link.to_place_id))
        if start is None or end is None:
            continue
        allowed = {start.country} if link.border_id is not None else {start.country, end.country}
        if link.country not in allowed:
            message = f"the link lies in {link.country}, but leads from {start.country} to {end.country}"
            yield make_row_finding("LINK-COUNTRY", link, "country", message)


def check_gauges(dataset: Dataset) -> Iterator[Finding]:
    """GAUGE-MISSING: rail without a track gauge never meets the wagons of any gauge."""
    records: tuple[Link | Haulage, ...] = (*dataset.links, *dataset.haulage)
    for record in records:
        if record.mode == "rail" and record.gauge_mm is None:
            yield make_row_finding("GAUGE-MISSING", record, "gauge_mm", "rail without gauge_mm")


def check_links_served(dataset: Dataset) -> Iterator[Finding]:
    """LINK-WITHOUT-HAULAGE: no haulage offer of this mode and gauge has a rate or a lane price for a link."""
    rated = {(rate.haulage_id, rate.country) for rate in dataset.haulage_rates}
    for link in dataset.links:
        if not any(_fits(haulage, link) and (haulage.haulage_id, link.country) in rated for haulage in dataset.haulage):
            message = f"no haulage by {link.mode} has a rate in {link.country}: nothing can use the link"
            yield make_row_finding("LINK-WITHOUT-HAULAGE", link, "link_id", message)


def check_haulage_rates(dataset: Dataset) -> Iterator[Finding]:
    """HAULAGE-WITHOUT-RATES: a haulage offer has no rate in any country, so it may run nowhere."""
    rated = {rate.haulage_id for rate in dataset.haulage_rates}
    for haulage in dataset.haulage:
        if haulage.haulage_id not in rated:
            message = f"the haulage {haulage.haulage_id} has no rate in any country"
            yield make_row_finding("HAULAGE-WITHOUT-RATES", haulage, "haulage_id", message)


def check_haulage_at_home(dataset: Dataset) -> Iterator[Finding]:
    """HAULAGE-NEVER-HOME: no link that trucks may use touches the country of their registration, so that they may carry nothing."""
    if is_template(dataset):
        return
    rated = {(rate.haulage_id, rate.country) for rate in dataset.haulage_rates}
    for haulage in dataset.haulage:
        links = [link for link in dataset.links if _fits(haulage, link) and (haulage.haulage_id, link.country) in rated]
        ends = (dataset.place_by_id.get(place_id) for link in links for place_id in (link.from_place_id, link.to_place_id))
        touched = {end.country for end in ends if end is not None}
        if haulage.mode == "road" and haulage.registration and links and haulage.registration not in touched:
            what = f"no link for which {haulage.haulage_id} has a rate touches {haulage.registration}: its trucks may carry nothing"
            yield make_row_finding("HAULAGE-NEVER-HOME", haulage, "registration", what)


def check_rates_used(dataset: Dataset) -> Iterator[Finding]:
    """RATE-WITHOUT-LINK: a haulage rate is for a country where no link of its mode and gauge lies."""
    if is_template(dataset):
        return
    for rate in dataset.haulage_rates:
        haulage = dataset.haulage_by_id.get(rate.haulage_id)
        if haulage and not any(link.country == rate.country and _fits(haulage, link) for link in dataset.links):
            message = f"no link by {haulage.mode} lies in {rate.country}: the rate is never used"
            yield make_row_finding("RATE-WITHOUT-LINK", rate, "country", message)


def check_emissions(dataset: Dataset) -> Iterator[Finding]:
    """EMISSION-MISSING: a mode runs for which no factor says what a kilometre emits."""
    factors = [row for row in dataset.emission_factors if row.basis != "move"]
    general = {row.mode for row in factors if row.service_id is None and row.haulage_id is None and row.country is None}
    special = {row.service_id for row in factors}
    users: dict[str, Record] = {}
    for service in dataset.services:
        if service.service_id not in special:
            users.setdefault(service.mode, service)
    for haulage in dataset.haulage:
        users.setdefault(haulage.mode, haulage)
    for mode, record in users.items():
        if mode not in general and None not in general:
            message = f"no emission factor by tonne-km or TEU-km for {mode}"
            yield make_row_finding("EMISSION-MISSING", record, "mode", message)


def _compare(dataset: Dataset, record: Record, mode: str, start_id: str, end_id: str, distance_m: int) -> Iterator[Finding]:
    start, end = dataset.place_by_id.get(start_id), dataset.place_by_id.get(end_id)
    if start is None or end is None:
        return
    circle = measure_great_circle_m(start.lon, start.lat, end.lon, end.lat)
    shown = f"{start_id} to {end_id}: {distance_m / 1000:.0f} km, the great circle is {circle / 1000:.0f}"
    if distance_m < 0.97 * circle - _SLACK_M:
        yield make_row_finding("DISTANCE-SHORT", record, "distance_km", shown)
    elif circle > _NEAR_M and distance_m > LONGEST_DETOUR[mode] * circle:
        yield make_row_finding("DISTANCE-LONG", record, "distance_km", shown)


def _fits(haulage: Haulage, link: Link) -> bool:
    """Tell whether the vehicles of an offer can use a link."""
    return haulage.mode == link.mode and (link.mode != "rail" or haulage.gauge_mm == link.gauge_mm)
