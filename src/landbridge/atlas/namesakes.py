"""Towns of one name, from a section of its own: some milliseconds, where the whole gazetteer takes some hundred."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from landbridge.domain.spelling import fold
from landbridge.domain.way import AtlasPlace

if TYPE_CHECKING:
    from landbridge.atlas.container import Container


class Namesakes:
    """Names that several towns of 5,000 people and more have. Read only."""

    def __init__(self, container: Container) -> None:
        self._container = container

    @cached_property
    def _lines(self) -> bytes:
        return b"\n" + self._container.raw("places.namesakes") + b"\n"

    def find(self, name: str) -> tuple[AtlasPlace, ...]:
        """The towns of a name in any spelling, the largest first; empty where fewer than two have it.

        Records of one country within 40 km count as one town.
        """
        start = self._lines.find(b"\n" + fold(name).encode() + b"\t")
        if start < 0:
            return ()
        line = self._lines[start + 1 : self._lines.index(b"\n", start + 1)].decode()
        return tuple(_town(field) for field in line.split("\t")[1:])


def _town(field: str) -> AtlasPlace:
    place_id, name, country, lon, lat, population = field.split("|")
    return AtlasPlace(
        place_id=place_id, name=name, country=country, kind="city", lon=float(lon), lat=float(lat), population=int(population)
    )
