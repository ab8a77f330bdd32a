"""``python -m atlas_build.draw``: small pictures of ways, to be looked at after a build; written to docs/pictures."""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

import landbridge
from atlas_build.geometry import read_topojson, unwrapped
from atlas_build.inputs import fetch_inputs
from landbridge.domain.way import Way
from landbridge.report.way_document import cut_lines

WAYS = (
    ("st-petersburg-karachi-suez", "Saint Petersburg, RU", "Karachi", "sea", ()),
    ("st-petersburg-karachi-cape", "Saint Petersburg, RU", "Karachi", "sea", ("suez",)),
    ("novorossiysk-karachi", "Novorossiysk", "Karachi", "sea", ()),
    ("vladivostok-karachi", "Vladivostok", "Karachi", "sea", ()),
    ("minsk-lahore", "Minsk", "Lahore", "road", ()),
    ("moscow-zahedan", "Moscow", "Zahedan", "rail", ()),
    ("zahedan-lahore", "Zahedan", "Lahore", "rail", ()),
    ("astrakhan-amirabad", "Astrakhan", "Amirabad", "sea", ()),
    ("hamburg-kiel", "Hamburg", "Kiel", "sea", ()),
    ("constanta-budapest", "Constanta", "Budapest", "waterway", ()),
)


def main() -> int:
    """Draw every way of ``WAYS``."""
    folder = Path(__file__).parents[1] / "docs" / "pictures"
    folder.mkdir(exist_ok=True)
    land = [rings for rings, _, _ in read_topojson(fetch_inputs()["world-atlas"] / "package" / "land-50m.json", "land")]
    for name, origin, destination, mode, avoid in WAYS:
        way = landbridge.distance(origin, destination, mode=mode, avoid=avoid)
        if isinstance(way, Way):
            _draw(folder / f"{name}.png", way, land)
        else:
            print(f"{name}: {way.reason}")
    return 0


def _draw(path: Path, way: Way, land: list) -> None:
    figure, axes = plt.subplots(figsize=(5, 3.4), dpi=72)
    for rings in land:
        for number, ring in enumerate(unwrapped(ring) for ring in rings):
            if abs(ring[0, 0] - ring[-1, 0]) < 300:  # Antarctica goes round the pole
                for shift in (-360, 0, 360):
                    axes.fill(ring[:, 0] + shift, ring[:, 1], color="white" if number else "0.85", linewidth=0)
    for line in cut_lines(way.path):
        axes.plot([lon for lon, _ in line], [lat for _, lat in line], color="tab:red", linewidth=1)
    lons, lats = [lon for lon, _ in way.path], [lat for _, lat in way.path]
    axes.set_xlim(min(lons) - 4, max(lons) + 4)
    axes.set_ylim(max(-70, min(lats) - 4), min(85, max(lats) + 4))
    axes.set_aspect("equal")
    axes.tick_params(labelsize=6)
    axes.set_title(f"{way.origin.name} - {way.destination.name}, {way.mode}, {way.distance_m / 1000:,.0f} km", fontsize=7)
    figure.tight_layout()
    figure.savefig(path, metadata={"Software": None})
    plt.close(figure)


if __name__ == "__main__":
    sys.exit(main())
