"""``python -m atlas_build.world_feed``: the tables of the shipped feed ``world`` that follow from the atlas and from ``atlas_build/world``.

Written anew: parties, places, passages, haulage, haulage_rates, borders, crossings, events, services, stops, calendars, tariffs, handling,
regimes, rules, watchlist, ownership, sources. By hand: the rest.
"""

from __future__ import annotations

import csv
import sys
from itertools import combinations
from pathlib import Path

import numpy as np

from atlas_build.world_law import cited_sources, law_tables
from landbridge.atlas.closure import GAUGE_CHANGE
from landbridge.atlas.network import Network
from landbridge.atlas.route import find_way
from landbridge.atlas.world import World, load_world
from landbridge.domain.way import Way, WayQuery
from landbridge.sources.check_places import read_zones

TABLES = Path(__file__).parent / "world"
TARGET = Path(__file__).parents[1] / "src" / "landbridge" / "data" / "world"
UNITS = {"20GP": 0.6, "40GP": 1.0, "40HC": 1.0}
"""Price of a box as a share of that of a forty-foot one; the first is our judgement."""
HOURS_PER_KM = (1 / 31, 1 / 25, 1 / 20)
GAUGES = (1000, 1067, 1435, 1520, 1600, 1668, 1676)
PORT_HANDLING = (
    ("DEHAM", 255, 342, 420),
    ("USEWR", 470, 820, 900),
    ("INNSA", 150, 205, 260),
    ("UAODS", 290, 370, 420),
    ("KEMBA", 100, 212, 350),
    ("CNSHA", 100, 155, 230),
)
"""Ports with a terminal handling charge that was read, USD per forty-foot box: see source world-est-thc."""
PORT_HOURS = {("road", "sea"): (12, 24, 72), ("rail", "sea"): (12, 24, 72), ("sea", "road"): (24, 72, 168), ("sea", "rail"): (24, 72, 168)}


def main() -> int:
    """Write every table that is made."""
    world = load_world()
    ports = {row["code"]: row["source"] for row in sorted((*rows("ports.csv"), *rows("ports_2025.csv")), key=lambda row: row["code"])}
    found = {
        code: next(one.place for one in world.gazetteer.find(code, limit=5, kind="port") if one.place.place_id == code) for code in ports
    }
    posts = rows("posts.csv")
    harbours = [port_row(code, found[code], source) for code, source in ports.items()]
    places = [*harbours, TERMINAL, *map(post_place, posts)]
    write("places", places)
    write(
        "passages",
        [passage_row(one["id"], one["name"], "world-atlas") for one in world.passages]
        + [passage_row(one["passage_id"], one["name"], one["source"]) for one in rows("closed_seas.csv")],
    )
    railways_and_lines = [*rows("carriers.csv"), *map(railway_row, rows("railways.csv"))]
    write("haulage", list(haulage()))
    write("haulage_rates", list(haulage_rates(world)))
    pairs = {mode: adjoining(world, world.network(mode)) for mode in ("road", "rail")}
    both = [(mode, one, other) for mode in pairs for one, other in pairs[mode]]
    write("borders", [border_row(*pair) for pair in both] + [post_border(row) for row in posts])
    at_posts = [row for post in posts for row in crossings(post["mode"], post["one"], post["other"], post_id(post))]
    write("crossings", [row for pair in both for row in crossings(*pair)] + at_posts)
    write("events", list(events(both, posts)))
    lanes = [lane_rows(world, row) for row in rows("lanes.csv")] + [line_rows(world, row) for row in rows("lines.csv")]
    for index, table in enumerate(("services", "stops", "calendars", "tariffs")):
        write(table, [row for lane in lanes for row in lane[index]])
    write("handling", [row for port in PORT_HANDLING for row in port_handling(*port)] + list(rail_handling()))
    own = {table: rows(f"{table}.csv") for table in ("regimes", "rules", "ownership")} | {"parties": railways_and_lines}
    for table, records in law_tables(own, (row["place_id"] for row in places)).items():
        write(table, records)
    write("sources", cited_sources(rows("sources.csv"), list_cited()))
    for row in rows("closed_borders.csv"):
        if not set(closed_pairs(row)) & set(both):
            print(f"closed_borders.csv: no way of the atlas joins {row['one']} and {row['other']}: no closure of it is written")
    return 0


TERMINAL = {
    "place_id": "PL-MALASZEWICZE", "name": "Malaszewicze", "kind": "rail_terminal", "country": "PL", "lon": "23.526", "lat": "52.029",
    "zone": "Europe/Warsaw", "source_id": "world-terminal",
}  # fmt: skip


def passage_row(passage_id: str, name: str, source: str) -> dict[str, str]:
    return {"passage_id": passage_id, "name": name, "gateway": "false", "source_id": source}


def port_row(code: str, place, source: str) -> dict[str, str]:
    name = place.name if place.name.casefold().split()[-1] == "port" else f"{place.name} port"
    return {
        "place_id": f"{code}-PORT", "name": name, "kind": "port", "country": place.country, "lon": f"{place.lon:.4f}",
        "lat": f"{place.lat:.4f}", "zone": zone_of(place.country, place.lon, place.lat), "source_id": source,
    }  # fmt: skip


def zone_of(country: str, lon: float, lat: float) -> str:
    """The zone of the country whose main city is nearest."""
    zones = read_zones()
    near = [(abs((x - lon + 180) % 360 - 180) + abs(y - lat), name) for name, (codes, (x, y)) in zones.items() if country in codes]
    return min(near)[1]


def haulage():
    common = {"unit_types": ";".join(UNITS), "currency": "USD"}
    yield common | {
        "haulage_id": "world-truck", "name": "Truck, open market", "mode": "road", "fixed_low": "70", "fixed": "120", "fixed_high": "300",
        "lead_h": "48", "drive_h": "9", "rest_h": "11", "source_id": "world-est-truck",
    }  # fmt: skip
    for gauge in GAUGES:
        yield common | {
            "haulage_id": f"world-rail-{gauge}", "name": f"Container train on {gauge} mm", "mode": "rail", "gauge_mm": str(gauge),
            "fixed_low": "100", "fixed": "215", "fixed_high": "450", "lead_h": "96", "source_id": "world-est-rail",
            "note": "Fixed: a lift and the short haul between door and terminal (world-est-lift, world-est-truck). "
            "Notice of four days: half of the time between weekly trains, our judgement.",
        }  # fmt: skip


def haulage_rates(world: World):
    """Trucks in every country that has a road or a town: small islands have streets that the atlas does not know."""
    road, rail = world.network("road"), world.network("rail")
    places = (world.gazetteer.place(index) for index in range(len(world.gazetteer)))
    towns = {place.country for place in places if place.kind == "city" and place.population}
    for country in sorted({world.countries[code] for code in np.unique(road.country) if code >= 0} | (towns & set(world.countries))):
        yield rate_row("world-truck", country, region_of(country), "truck")
    for gauge in GAUGES:
        codes = np.unique(rail.country[rail.kind == gauge])
        for country in sorted(world.countries[code] for code in codes if code >= 0):
            yield rate_row(f"world-rail-{gauge}", country, region_of(country), "rail")


def railway_row(row: dict[str, str]) -> dict[str, str]:
    """The railway over whose tracks trains of a country go: its national one, or who manages the infrastructure there."""
    return {
        "party_id": row["party_id"], "name": row["name"], "kind": "company", "country": row["country"], "names": row["names"],
        "source_id": row["source"], "note": row["note"],
    }  # fmt: skip


def rate_row(haulage_id: str, country: str, region: dict[str, str], what: str) -> dict[str, str]:
    railway = next((row["party_id"] for row in rows("railways.csv") if row["country"] == country), "") if what == "rail" else ""
    return {
        "rate_id": f"{haulage_id}.{country}", "haulage_id": haulage_id, "country": country, "per_km_low": region[f"{what}_low"],
        "per_km": region[what], "per_km_high": region[f"{what}_high"], "currency": "USD", "speed_kmh": region[f"{what}_kmh"],
        "infrastructure_id": railway, "source_id": region[f"{what}_source"],
    }  # fmt: skip


def region_of(country: str) -> dict[str, str]:
    return next(row for row in rows("regions.csv") if row["countries"] == "*" or country in row["countries"].split())


def union_of(one: str, other: str) -> dict[str, str]:
    return next(row for row in rows("unions.csv") if row["countries"] == "*" or {one, other} <= set(row["countries"].split()))


def adjoining(world: World, network: Network) -> list[tuple[str, str]]:
    """Pairs of countries with a way from one to the other, each in the order of the alphabet; a change of gauge joins, and a ferry."""
    same = np.arange(network.size)
    joins = np.flatnonzero(network.kind == GAUGE_CHANGE if network.mode == "rail" else network.kind > 0)
    for one, other in zip(network.tail[joins].tolist(), network.head[joins].tolist(), strict=True):
        if same[one] != same[other]:
            same[same == same[one]] = same[other]
    edges = np.flatnonzero((network.country >= 0) & ((network.kind == 0) if network.mode == "road" else (network.kind > GAUGE_CHANGE)))
    node = same[np.concatenate((network.tail[edges], network.head[edges]))].astype(np.int64)
    key = np.unique(node * 1_000 + np.concatenate((network.country[edges], network.country[edges])))
    of_node: dict[int, list[str]] = {}
    for one in key.tolist():
        of_node.setdefault(one // 1_000, []).append(world.countries[one % 1_000])
    return sorted({pair for found in of_node.values() for pair in combinations(sorted(found), 2)})


def border_row(mode: str, one: str, other: str) -> dict[str, str]:
    names = {row["code"]: row["name"] for row in rows("countries.csv")}
    name = f"{names[one]} - {names[other]} by {mode}"
    return {"border_id": f"{mode}-{one}-{other}", "name": name, "gateway": "false", "source_id": "world-atlas"}


def closed_pairs(row: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(mode, *sorted((row["one"], row["other"]))) for mode in row["modes"].split()]  # type: ignore[misc]


def post_id(post: dict[str, str]) -> str:
    return f"{post['mode']}-{post['one']}-{post['other']}-{post['post_id']}"


def post_border(post: dict[str, str]) -> dict[str, str]:
    return {"border_id": post_id(post), "name": f"{post['name']} by {post['mode']}", "gateway": "false", "source_id": post["source"]}


def post_place(post: dict[str, str]) -> dict[str, str]:
    """Where a post lies: a place with the id of its border."""
    zone = zone_of(post["one"], float(post["lon"]), float(post["lat"]))
    return {
        "place_id": post_id(post), "name": post["name"], "kind": "border", "country": post["one"], "lon": post["lon"], "lat": post["lat"],
        "zone": zone, "source_id": post["source"],
    }  # fmt: skip


def events(borders: list[tuple[str, str, str]], posts: list[dict[str, str]]):
    """Closures of whole borders, of posts, and of countries to goods of some origins or destinations."""
    for row in rows("closed_borders.csv"):
        yield from (event_row(*pair, row) for pair in borders if pair in closed_pairs(row))
    ids = {row["post_id"]: post_id(row) for row in posts}
    for row in rows("closed_posts.csv"):
        border_id = ids[row["post_id"]]
        yield {
            "event_id": f"world-closed-{border_id}-{row['valid_from']}", "title": row["title"], "kind": "closure", "border_id": border_id,
            "valid_from": row["valid_from"], "valid_to": row["valid_to"], "end_known_from": row["end_known_from"],
            "source_id": row["source"],
        }  # fmt: skip
    for row in rows("closed_countries.csv"):
        what = "from" if row["origins"] else "to"
        yield {
            "event_id": f"world-closed-{row['country']}-{what}", "title": row["title"], "kind": "closure", "country": row["country"],
            "modes": row["modes"].replace(" ", ";"), "origin_countries": row["origins"].replace(" ", ";"),
            "destination_countries": row["destinations"].replace(" ", ";"), "valid_from": row["valid_from"], "source_id": row["source"],
        }  # fmt: skip


def event_row(mode: str, one: str, other: str, row: dict[str, str]) -> dict[str, str]:
    return {
        "event_id": f"world-closed-{mode}-{one}-{other}", "title": row["title"], "kind": "closure", "border_id": f"{mode}-{one}-{other}",
        "valid_from": row["valid_from"], "source_id": row["source"],
    }  # fmt: skip


def crossings(mode: str, one: str, other: str, border_id: str = ""):
    """Waits and fees both ways, at a border of two countries or at one post of it."""
    union = union_of(one, other)
    for start, end in ((one, other), (other, one)):
        yield {
            "crossing_id": f"{border_id}.{start}-{end}" if border_id else f"{mode}-{start}-{end}",
            "border_id": border_id or f"{mode}-{one}-{other}", "mode": mode, "from_country": start,
            "to_country": end, "wait_low_h": union[f"{mode}_low_h"], "wait_h": union[f"{mode}_h"], "wait_high_h": union[f"{mode}_high_h"],
            "fee_low": union["fee_low"], "fee": union["fee"], "fee_high": union["fee_high"], "currency": "USD", "per": "unit",
            "source_id": union["source"],
        }  # fmt: skip


def line_rows(world: World, row: dict[str, str]):
    """A line of a carrier's own over a closed sea, of which the reference lanes know nothing."""
    (service,), stops, calendars, tariffs = lane_rows(world, row | {"lane_id": row["line_id"]}, "line")
    first, last = stops
    stops = [first, last | {"passages": row["passages"]}]
    return [service | {"name": row["name"], "operator_id": row["operator"]}], stops, calendars, tariffs


def lane_rows(world: World, row: dict[str, str], kind: str = "lane"):
    """A reference lane: its service, two stops, weekly calendar and prices."""
    ends = [
        next(one.place for one in world.gazetteer.find(row[end], limit=5, kind="port") if one.place.place_id == row[end])
        for end in ("from", "to")
    ]
    way = find_way(world, *ends, WayQuery(mode="sea"))
    assert isinstance(way, Way)
    km = way.distance_m / 1000
    low, typical, high = (str(round(km * hours)) for hours in HOURS_PER_KM)
    service = f"{kind}-{row['lane_id']}"
    places = [f"{row[end]}-PORT" for end in ("from", "to")]
    stop = {"service_id": service, "source_id": "world-est-sea-time"}
    return (
        [{"service_id": service, "name": f"{ends[0].name} - {ends[1].name}, reference lane", "operator_id": "any-line", "mode": "sea",
          "unit_types": ";".join(UNITS), "source_id": row["source"]}],
        [stop | {"seq": "1", "place_id": places[0], "arrive_h": "0", "depart_h": "0", "gate_cutoff_h": "48", "document_cutoff_h": "72",
                 "distance_km": "0", "alight": "false"},
         stop | {"seq": "2", "place_id": places[1], "arrive_h": typical, "depart_h": typical, "arrive_low_h": low, "arrive_high_h": high,
                 "distance_km": str(round(km)), "passages": ";".join(one.crossing_id for one in way.passages), "board": "false"}],
        [{"calendar_id": f"{service}-weekly", "service_id": service, "kind": "interval", "every_days": "7", "anchor_on": "2026-01-02",
          "departs": "12:00", "source_id": "world-est-sea"}],
        [{"tariff_id": f"{service}.{unit}", "service_id": service, "from_place_id": places[0], "to_place_id": places[1],
          "unit_type_id": unit,
          "amount_low": str(round(float(row["low"]) * share)), "amount": str(round(float(row["amount"]) * share)),
          "amount_high": str(round(float(row["high"]) * share)), "currency": "USD", "estimate": row["estimate"],
          "source_id": "world-est-sea"}
         for unit, share in UNITS.items()],
    )  # fmt: skip


def port_handling(code: str, low: int, typical: int, high: int):
    for (start, end), hours in PORT_HOURS.items():
        yield {
            "handling_id": f"{code}-PORT.{start}-{end}", "place_id": f"{code}-PORT", "kind": "lift", "from_mode": start, "to_mode": end,
            "amount_low": str(low), "amount": str(typical), "amount_high": str(high), "currency": "USD", "per": "unit",
            "duration_low_h": str(hours[0]), "duration_h": str(hours[1]), "duration_high_h": str(hours[2]),
            "source_id": "world-est-thc",
        }  # fmt: skip


def rail_handling():
    moves = (("gauge_change", "rail", "rail", (70, 150, 330), (8, 24, 120)), ("lift", "road", "rail", (30, 95, 150), (6, 12, 36)),
             ("lift", "rail", "road", (30, 95, 150), (6, 12, 36)))  # fmt: skip
    for kind, start, end, amount, hours in moves:
        yield {
            "handling_id": f"PL-MALASZEWICZE.{start}-{end}",
            "place_id": "PL-MALASZEWICZE", "kind": kind, "from_mode": start, "to_mode": end,
            "amount_low": str(amount[0]), "amount": str(amount[1]), "amount_high": str(amount[2]), "currency": "USD", "per": "unit",
            "duration_low_h": str(hours[0]), "duration_h": str(hours[1]), "duration_high_h": str(hours[2]),
            "source_id": "world-est-lift",
        }  # fmt: skip


def list_cited() -> set[str]:
    """Sources that rows of the written tables cite."""
    found: set[str] = set()
    for path in TARGET.glob("*.csv"):
        if path.name != "sources.csv":
            with path.open(encoding="utf-8", newline="") as lines:
                found |= {row["source_id"] for row in csv.DictReader(lines) if row.get("source_id")}
    return found


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(table: str, records: list[dict[str, str]]) -> None:
    names = list(dict.fromkeys(name for record in records for name in record))
    with (TARGET / f"{table}.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)


if __name__ == "__main__":
    sys.exit(main())
