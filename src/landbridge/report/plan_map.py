"""A map of one way as inline SVG: borders, legs, places; a picture that needs nothing from elsewhere."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Itinerary, Leg
from landbridge.report.markup import Markup, el, join

Ring = Sequence[Sequence[float]]
WIDTH, HEIGHT = 960, 460
_MARGIN_SHARE = 0.08
_LEAST_SPAN_DEG = 4.0
_COLORS = {"road": "#b4540a", "rail": "#1f5fa8", "sea": "#08706b", "ferry": "#08706b", "waterway": "#08706b", "air": "#6b4ca8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Outline of one country: rings of lon, lat; outer rings alone."""

    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Equirectangular projection, true to scale in the middle latitude: drawn degrees to pixels."""

    west: float
    north: float
    stretch: float
    scale: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return (lon - self.west) * self.stretch * self.scale, (self.north - lat) * self.scale

    @property
    def east(self) -> float:
        return self.west + WIDTH / (self.stretch * self.scale)

    @property
    def south(self) -> float:
        return self.north - HEIGHT / self.scale


def draw_itinerary(itinerary: Itinerary, dataset: Dataset, countries: Sequence[Country]) -> Markup:
    """The way with its changes of mode over the countries around it.

    Parameters
    ----------
    itinerary
        One way; a leg without a path is drawn straight from place to place.
    dataset
        Feed with names and positions.
    countries
        Outlines, degrees.

    Returns
    -------
    Markup
        An ``svg`` element of 960 by 460; empty if no leg has a position.
    """
    lines = [(leg.mode, _points(leg, dataset)) for leg in itinerary.legs]
    ends = (itinerary.legs[0].from_id, itinerary.legs[-1].to_id)
    return draw_lines(lines, (*ends, *(leg.to_id for leg in itinerary.legs)), _title(itinerary, dataset), dataset, countries)


def draw_lines(
    lines: Sequence[tuple[str, Sequence[tuple[float, float]]]], stops: Sequence[str], title: str, dataset: Dataset,
    countries: Sequence[Country],
) -> Markup:  # fmt: skip
    """Lines of modes over the countries around them, with the names of places, the first ones before the others; empty without a line."""
    points = [point for _, line in lines for point in line]
    if len(points) < 2:
        return Markup("")
    frame = _frame(points)
    land = [path for country in countries if (path := _outline(country, frame))]
    cases = [_line(line, frame, "#ffffff", 7) for _, line in lines if line]
    legs = [_line(line, frame, _COLORS.get(mode, "#555555"), 3.5) for mode, line in lines if line]
    return el(
        "svg",
        el("rect", width=str(WIDTH), height=str(HEIGHT), fill="#dbe7f0"),
        el("g", *land, fill="#f7f5ef", stroke="#b9b5a8", stroke_width="0.8"),
        join(*cases, *legs, *_stops(stops, dataset, frame)),
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=title,
        font_family="sans-serif",
    )  # fmt: skip


def _title(itinerary: Itinerary, dataset: Dataset) -> str:
    names = [itinerary.legs[0].from_id, *(leg.to_id for leg in itinerary.legs)]
    return "Map: " + ", ".join(dataset.place_by_id[one].name if one in dataset.place_by_id else one for one in names)


def _points(leg: Leg, dataset: Dataset) -> list[tuple[float, float]]:
    if len(leg.path) >= 2:
        return list(leg.path)
    calls = leg.calls or (leg.from_id, leg.to_id)
    return [(dataset.place_by_id[one].lon, dataset.place_by_id[one].lat) for one in calls if one in dataset.place_by_id]


def _frame(points: Sequence[tuple[float, float]]) -> _Frame:
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    stretch = max(0.2, math.cos(math.radians((south + north) / 2)))
    width = max(east - west, _LEAST_SPAN_DEG) * stretch * (1 + 2 * _MARGIN_SHARE)
    height = max(north - south, _LEAST_SPAN_DEG) * (1 + 2 * _MARGIN_SHARE)
    scale = min(WIDTH / width, HEIGHT / height)
    middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
    return _Frame(middle_lon - WIDTH / (2 * stretch * scale), middle_lat + HEIGHT / (2 * scale), stretch, scale)


def _outline(country: Country, frame: _Frame) -> Markup | None:
    parts = [_path(ring, frame) + "Z" for ring in country.rings if _is_seen(ring, frame)]
    return el("path", d="".join(parts)) if parts else None


def _is_seen(ring: Ring, frame: _Frame) -> bool:
    lons, lats = [point[0] for point in ring], [point[1] for point in ring]
    return max(lons) >= frame.west and min(lons) <= frame.east and max(lats) >= frame.south and min(lats) <= frame.north


def _path(points: Sequence[Sequence[float]], frame: _Frame) -> str:
    drawn = [frame.at(point[0], point[1]) for point in points]
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in drawn)


def _line(points: Sequence[tuple[float, float]], frame: _Frame, color: str, width: float) -> Markup:
    return el(
        "path", d=_path(points, frame), fill="none", stroke=color, stroke_width=f"{width}", stroke_linejoin="round", stroke_linecap="round"
    )


def _stops(stops: Sequence[str], dataset: Dataset, frame: _Frame) -> Iterator[Markup]:
    taken: list[tuple[float, float]] = []
    for one in dict.fromkeys(stops):
        place = dataset.place_by_id.get(one)
        if place is None:
            continue
        x, y = frame.at(place.lon, place.lat)
        yield el("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="4.5", fill="#ffffff", stroke="#17212b", stroke_width="2")
        if any(abs(x - other_x) < 70 and abs(y - other_y) < 16 for other_x, other_y in taken):
            continue  # a name over another name helps nobody; the chain beside the map has them all
        taken.append((x, y))
        is_right = x < WIDTH - 120
        yield el(
            "text", place.name, x=f"{x + (9 if is_right else -9):.1f}", y=f"{y + 4:.1f}", text_anchor="start" if is_right else "end",
            font_size="13", font_weight="600", fill="#17212b", stroke="#ffffff", stroke_width="3", paint_order="stroke",
        )  # fmt: skip
