"""The shortest distance on a globe: what no way between two places can undercut."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_009
"""Mean radius of the WGS 84 ellipsoid, (2a + b) / 3."""


def measure_great_circle_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Measure the great circle between two points in metres, by the haversine formula; coordinates in degrees."""
    half_lat = radians(other_lat - lat) / 2
    half_lon = radians(other_lon - lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, chord)))
