"""Places that a text may mean, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from landbridge.domain.way import AtlasPlace
from landbridge.report.page import MIN_WIDTH, Cell, Column, Line, Span, paragraph, table_lines


class Match(Protocol):
    """A place that a text may mean; ``score`` between 0 and 100."""

    @property
    def place_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def score(self) -> float: ...


def render_places(text: str, matches: Sequence[Match], *, width: int = 100) -> tuple[Line, ...]:
    """Places, the closest first; a sentence where there is none."""
    columns_wide = max(width, MIN_WIDTH)
    if not matches:
        return paragraph(Span(f"no place is anything like {text!r}"), columns_wide)
    columns = (
        Column(title="id", style="bold"),
        Column(title="name", min_width=16),
        Column(title="country"),
        Column(title="score", align="right", rank=1, style="dim"),
    )
    rows: list[list[Cell]] = [[one.place_id, one.name, one.country, f"{one.score:.0f}"] for one in matches]
    return table_lines(columns, rows, columns_wide, indent=0)


class WorldMatch(Protocol):
    """A place of the atlas that a text may mean."""

    @property
    def place(self) -> AtlasPlace: ...
    @property
    def score(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldRow:
    """A place of the atlas as a row of the table."""

    place_id: str
    name: str
    country: str
    score: float


def world_rows(matches: Sequence[WorldMatch]) -> tuple[WorldRow, ...]:
    """Places of the atlas as rows."""
    return tuple(
        WorldRow(place_id=one.place.place_id, name=f"{one.place.name} ({one.place.kind})", country=one.place.country, score=one.score)
        for one in matches
    )


def place_rows(own: Sequence[Match], world: Sequence[WorldMatch]) -> list[dict[str, Any]]:
    """Places as a document: those of the feed, then those of the atlas."""
    return [
        *({"from": "feed", "place_id": one.place_id, "name": one.name, "country": one.country, "score": one.score} for one in own),
        *(
            {
                "from": "atlas", "place_id": one.place.place_id, "name": one.place.name, "country": one.place.country, "score": one.score,
                "kind": one.place.kind, "lon": one.place.lon, "lat": one.place.lat, "population": one.place.population,
            }
            for one in world
        ),
    ]  # fmt: skip


def near_rows(nearest: Sequence[tuple[AtlasPlace, int]]) -> list[dict[str, Any]]:
    """The nearest places as a document; ``distance_m`` is the great circle."""
    return [
        {
            "place_id": place.place_id, "name": place.name, "country": place.country, "kind": place.kind,
            "lon": place.lon, "lat": place.lat, "distance_m": distance_m,
        }
        for place, distance_m in nearest
    ]  # fmt: skip


def render_near(nearest: Sequence[tuple[AtlasPlace, int]], *, width: int = 100) -> tuple[Line, ...]:
    """The nearest places, with their great circles."""
    columns = (
        Column(title="id", style="bold"),
        Column(title="name", min_width=16),
        Column(title="country"),
        Column(title="km", align="right"),
    )
    rows: list[list[Cell]] = [[place.place_id, place.name, place.country, f"{metres / 1000:,.0f}"] for place, metres in nearest]
    return table_lines(columns, rows, max(width, MIN_WIDTH), indent=0)
