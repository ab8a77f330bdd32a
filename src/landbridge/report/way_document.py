"""A way of the atlas as a JSON document, as GeoJSON and as a page."""

from __future__ import annotations

from typing import Any

from landbridge.domain.finding import Finding
from landbridge.domain.way import AtlasPlace, NoWay, Way, WayCrossing, WayPart
from landbridge.report.page import Line, Span, paragraph


def way_document(way: Way, notices: tuple[Finding, ...] = ()) -> dict[str, Any]:
    """Every figure of a way; lengths in metres, times in minutes, points as [lon, lat]; ``notices`` tell of namesakes of the ends."""
    return {
        "mode": way.mode,
        "from": place_document(way.origin),
        "to": place_document(way.destination),
        "distance_m": way.distance_m,
        "duration_min": way.duration_min,
        "great_circle_m": way.great_circle_m,
        "from_snap_m": way.from_snap_m,
        "to_snap_m": way.to_snap_m,
        "from_snap": list(way.from_snap),
        "to_snap": list(way.to_snap),
        "path": [
            {
                "kind": part.kind,
                "country": part.country,
                "gauge_mm": part.gauge_mm,
                "distance_m": part.distance_m,
                "duration_min": part.duration_min,
                "coordinates": [list(point) for point in part.path],
            }
            for part in way.parts
        ],
        "countries": [{"country": one.country, "distance_m": one.distance_m, "percent": one.percent} for one in way.countries],
        "passages": [_crossing(one) for one in way.passages],
        "border_crossings": [_crossing(one) for one in way.border_crossings],
        "gauge_changes": [_crossing(one) for one in way.gauge_changes],
        "bridged_gaps": [_crossing(one) | {"length_m": one.length_m, "reason": one.reason} for one in way.bridged_gaps],
        "notices": [{"code": one.code, "end": one.column, "message": one.message, "fix": one.fix} for one in notices],
    }


def no_way_document(origin: str, destination: str, answer: NoWay) -> dict[str, Any]:
    """An entry with ``error`` for a pair that no way joins."""
    found = {"from": origin, "to": destination, "error": answer.reason}
    return found | ({"nearest": answer.nearest} if answer.nearest else {})


def pair_document(origin: str, destination: str, answer: Way | NoWay) -> dict[str, Any]:
    """One entry of a list of pairs: without the drawn line, which would make the list very long."""
    if isinstance(answer, NoWay):
        return no_way_document(origin, destination, answer)
    document = way_document(answer)
    document["path"] = [{key: value for key, value in part.items() if key != "coordinates"} for part in document["path"]]
    del document["notices"]
    return document | {"from": origin, "to": destination, "from_place": document["from"], "to_place": document["to"]}


def place_document(place: AtlasPlace) -> dict[str, Any]:
    """A place of the atlas."""
    return {
        "place_id": place.place_id,
        "name": place.name,
        "country": place.country,
        "kind": place.kind,
        "lon": place.lon,
        "lat": place.lat,
        "population": place.population,
    }


def _crossing(one: WayCrossing) -> dict[str, Any]:
    return {"id": one.crossing_id, "name": one.name, "lon": one.lon, "lat": one.lat, "distance_m": one.distance_m}


def way_geojson(way: Way) -> dict[str, Any]:
    """A way as a FeatureCollection (RFC 7946): a line for each part, cut at the antimeridian, and a point for each end and crossing."""
    features = [
        {
            "type": "Feature",
            "properties": {"kind": part.kind, "country": part.country, "gauge_mm": part.gauge_mm, "distance_m": part.distance_m},
            "geometry": {"type": "MultiLineString", "coordinates": [[list(point) for point in line] for line in cut_lines(part.path)]},
        }
        for part in way.parts
    ]
    for name, place in (("from", way.origin), ("to", way.destination)):
        features.append(_point({"end": name, "name": place.name}, place.lon, place.lat))
    for one in (*way.passages, *way.border_crossings, *way.gauge_changes):
        features.append(_point({"crossing": one.kind, "id": one.crossing_id, "name": one.name}, one.lon, one.lat))
    return {"type": "FeatureCollection", "features": features}


def _point(properties: dict[str, Any], lon: float, lat: float) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [lon, lat]}}


def cut_lines(path: tuple[tuple[float, float], ...]) -> list[list[tuple[float, float]]]:
    """A line in pieces that do not cross the antimeridian; both pieces of a cut end on it."""
    lines: list[list[tuple[float, float]]] = [[]]
    for lon, lat in path:
        if lines[-1] and abs(lines[-1][-1][0] - lon) > 180:
            last_lon, last_lat = lines[-1][-1]
            edge = 180.0 if last_lon > 0 else -180.0
            share = (edge - last_lon) / ((lon + 2 * edge) - last_lon) if lon + 2 * edge != last_lon else 0.0
            cut = last_lat + share * (lat - last_lat)
            lines[-1].append((edge, cut))
            lines.append([(-edge, cut)])
        lines[-1].append((lon, lat))
    return [line if len(line) > 1 else line * 2 for line in lines if line]


def render_way(way: Way, *, notices: tuple[Finding, ...] = (), width: int = 100) -> tuple[Line, ...]:
    """A way as a page."""
    ends = f"{_name(way.origin, way.parts[:1])} - {_name(way.destination, way.parts[-1:])}"
    detour = way.distance_m / way.great_circle_m if way.great_circle_m else 1.0
    lines = [
        f"{ends} by {way.mode}: {way.distance_m / 1000:,.0f} km, {_time(way.duration_min)}",
        f"great circle {way.great_circle_m / 1000:,.0f} km" + (f" (x {detour:.2f})" if way.great_circle_m else ""),
        f"snapped {way.from_snap_m / 1000:.1f} km and {way.to_snap_m / 1000:.1f} km",
    ]
    shares = [f"{one.country or 'on water'} {one.distance_m / 1000:,.0f} km ({one.percent:g} %)" for one in way.countries]
    if shares:
        lines.append("countries: " + ", ".join(shares))
    for kind in ("ferry", "shuttle"):
        length_m = sum(part.distance_m for part in way.parts if part.kind == kind)
        if length_m:
            lines.append(f"of it by {kind}: {length_m / 1000:,.0f} km")
    for title, found in (
        ("passages", way.passages), ("border crossings", way.border_crossings), ("changes of gauge", way.gauge_changes),
    ):  # fmt: skip
        if found:
            lines.append(f"{title}: " + ", ".join(f"{one.name} ({one.crossing_id})" if one.kind == "border" else one.name for one in found))
    if way.bridged_gaps:
        total = sum(one.length_m for one in way.bridged_gaps)
        lines.append(f"bridged gaps of the data: {len(way.bridged_gaps)}, together {total / 1000:.1f} km")
    lines.append("times at planning speeds, grade D: without rests, waits and borders")
    lines += [f"{one.message}; {one.fix}" for one in notices]
    return _page(lines, width)


def render_no_way(answer: NoWay, *, width: int = 100) -> tuple[Line, ...]:
    """Why there is no way, as a page."""
    lines = [f"no way: {answer.reason}"]
    if answer.nearest:
        lines.append(f"the nearest port is {answer.nearest}")
    return _page(lines, width)


def render_atlas(about: dict[str, Any], *, width: int = 100) -> tuple[Line, ...]:
    """What the atlas holds, and whose data it is made from."""
    lines = [
        f"atlas {about['version']} (format {about['format']}), {about['size_bytes'] / 1e6:.1f} MB, SHA-256 {about['sha256']}",
        *(f"{mode}: {size['nodes']:,} nodes, {size['edges']:,} edges" for mode, size in about["networks"].items()),
        f"bridged gaps: {about['bridged_gaps']['road']:,} of roads, {about['bridged_gaps']['rail']:,} of railways",
        f"{about['places']:,} places under {about['names']:,} names, {about['ports']:,} ports",
        "passages: " + ", ".join(one["id"] + (" (closed by default)" if one["closed_by_default"] else "") for one in about["passages"]),
        "",
        "made from",
        *(
            f"- {one['name']} {one['version']}: {one['used_for']}. {one['attribution']}. License: {one['licence']}. {one['address']}"
            for one in about["inputs"]
        ),
        "",
        "Contains information from OpenStreetMap, made available under the Open Database License (ODbL) 1.0; the atlas as a database "
        "derived from it is offered under the same license: https://opendatacommons.org/licenses/odbl/1-0/",
    ]
    return _page(lines, width)


def _page(lines: list[str], width: int) -> tuple[Line, ...]:
    return tuple(broken for line in lines for broken in (paragraph(Span(line), width) if line else ((),)))


def _name(place: AtlasPlace, parts: tuple[WayPart, ...] = ()) -> str:
    """A place with its country; a point with that in which its way begins or ends, so that one sees where it lies."""
    country = place.country or next((part.country for part in parts), "")
    return f"{place.name} ({country})" if country else place.name


def _time(minutes: int) -> str:
    days, rest = divmod(minutes, 1440)
    return f"{days} d {rest // 60} h" if days else f"{rest // 60} h {rest % 60:02d} min"
