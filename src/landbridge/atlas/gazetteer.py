"""Places by name, code or coordinates, in any of four scripts, with typing errors."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge.atlas.attempts import Attempt, attempts, split_country, split_region
from landbridge.domain.spelling import fold
from landbridge.domain.way import AtlasPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from landbridge.atlas.container import Container

KINDS = ("city", "locode", "port", "station")
_PLACE_DEGREES = 10_000
_SURE, _PREFIX, _GOOD_GUESS = 100.0, 90.0, 84.0
_ALIKE, _LARGE_ALIKE = 65.0, 80.0
"""Least likeness of names that begin alike, and of names of large cities that do not."""
_POINT = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)[\s,;]+(-?\d{1,3}(?:\.\d+)?)\s*")
_MAIN_NAME = 0.9
"""A place of which the text is the main name goes before one eight times as large of which it is another name: Parma, not Perm; but
Odesa, not Odessa in Texas."""
_KEPT_NAMES = 50_000
_NAMESAKES = 12
_APART_DEGREES, _AROUND_DEGREES = 0.6, 3.0
_SUBDIVIDED = frozenset({"US", "CA", "AU"})
"""Countries whose towns are known by their state or province as well (``atlas_build/tables/subdivisions.csv``)."""
_COAST_SHARE = 0.1
"""A town that is no port stands for a larger one of its name inland only from this share of its inhabitants on."""
_LARGE = 100_000
"""Cities from this population on are found even if the first letter is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A place that a text may mean; ``score`` is 100 for an exact code or spelling."""

    place: AtlasPlace
    score: float


class Gazetteer:
    """All places of the atlas. Read only; nothing of a question is kept."""

    def __init__(self, container: Container, countries: tuple[str, ...]) -> None:
        self._countries = countries
        self._container = container
        self._lon = np.cumsum(container.array("places.lon"), dtype=np.int32)
        self._lat = np.cumsum(container.array("places.lat"), dtype=np.int32)
        self._kind = container.array("places.kind")
        self._country = container.array("places.country")
        self._population = container.array("places.population")
        self._number = container.array("places.number")
        self._keys = container.raw("names.key")
        ends = np.flatnonzero(np.frombuffer(self._keys, np.uint8) == ord("\n"))
        self._starts = np.concatenate(([0], ends + 1))
        self._ends = np.concatenate((ends, [len(self._keys)]))
        counts = container.array("names.count")
        self._first = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
        self._place_of = np.cumsum(container.array("names.place"), dtype=np.int64)

    @cached_property
    def _names(self) -> list[str]:
        return self._container.text("places.name").split("\n")

    @cached_property
    def _codes(self) -> list[str]:
        return self._container.text("places.code").split("\n")

    def __len__(self) -> int:
        return len(self._lon)

    def place(self, index: int) -> AtlasPlace:
        """One place by its number in the file."""
        code, kind = self._codes[index], KINDS[self._kind[index]]
        lon, lat = float(self._lon[index]) / _PLACE_DEGREES, float(self._lat[index]) / _PLACE_DEGREES
        if kind == "station":
            place_id = f"station:{code}"
        else:
            place_id = code or (f"geonames:{self._number[index]}" if self._number[index] else f"{lon:.4f} {lat:.4f}")
        country = self._countries[self._country[index]] if self._country[index] >= 0 else ""
        return AtlasPlace(
            place_id=place_id,
            name=self._names[index],
            country=country,
            kind=kind,
            lon=lon,
            lat=lat,
            population=int(self._population[index]),
        )

    def find(self, text: str, *, limit: int = 5, kind: str = "", near: tuple[float, float] | None = None) -> tuple[Found, ...]:
        """The places that a text may mean, best first.

        Parameters
        ----------
        text
            A name in any spelling, ``name, COUNTRY`` with the ISO alpha-2 code, a UN/LOCODE, or ``lon lat`` in degrees.
        limit
            How many at most.
        kind
            ``port`` or ``station`` if such places go before cities of the same name.
        near
            Longitude and latitude of the other end: of places equally well named the nearer goes first.
        """
        numbered = self._numbered(text)
        if numbered is not None:
            return (Found(place=self.place(numbered), score=_SURE),)
        point = parse_point(text)
        if point is not None:
            return (Found(place=_point_place(*point), score=_SURE),)
        name, country = _split_country(text, self._countries)
        wanted = fold(name)
        if not wanted:
            return ()
        exact = self._exact(wanted, country)
        near = None if country else near  # where the country is told, size decides
        found = self._ranked(((index, _SURE) for index in exact), limit, kind, near, wanted)
        if found and len(found) >= limit:
            return found
        others = self._by_prefix(wanted, country) if len(wanted) >= 3 else {}
        if not exact:
            others = self._alike(wanted, country) | others
        rest = self._ranked(((index, score) for index, score in others.items() if index not in exact), limit, kind, near)
        known = {one.place.place_id for one in found}
        return (*found, *(one for one in rest if one.place.place_id not in known))[:limit]

    def is_ambiguous(self, text: str) -> bool:
        """Whether places far from each other have a name, and no country is told: what the other end can decide."""
        if split_country(text)[1]:
            return False
        found = [one.place for one in self.find(text, limit=_NAMESAKES) if one.score >= _SURE]
        return any(abs(one.lon - found[0].lon) + abs(one.lat - found[0].lat) > _APART_DEGREES for one in found[1:])

    def _numbered(self, text: str) -> int | None:
        """The place of an id such as ``geonames:624079``."""
        number = text.strip().removeprefix("geonames:")
        if number == text.strip() or not (number.isascii() and number.isdigit()) or len(number) > 9:
            return None
        at = np.flatnonzero(self._number == int(number))
        return int(at[0]) if len(at) and int(number) else None

    def choose(
        self,
        text: str,
        *,
        kind: str = "",
        near: tuple[float, float] | None = None,
        is_served: Callable[[AtlasPlace], bool] | None = None,
        find_country: Callable[[str], str] = lambda _: "",
    ) -> AtlasPlace | None:
        """The place that a text means; None if no spelling is near enough.

        Words behind the last comma that ``find_country`` knows for a country mean that country, unless the whole is the name of a place
        (Atlanta, Georgia). Behind a region that is not known a name is taken only if no other country has a town of it.

        Names not found as written are tried without what stands in brackets, then what stands in them, then with fewer words. Of places
        of one name the first that ``is_served`` is taken, and the first of all if none is: a name asked for by rail means the town that has
        a railway. By sea a village on a coast does not stand for a city inland: Zurich is in Switzerland and has no port. The name of a
        country alone means a town only if one of that country bears it: Luxembourg, but no Malta in Brazil.
        """
        alone = find_country_alone(text, find_country)
        if alone in self._countries:
            named = self.find(f"{text}, {alone}", limit=1, kind=kind, near=near)
            return named[0].place if named and named[0].score >= _SURE else None
        head, region = split_region(text)
        code = find_country(region) if region and not split_country(text)[1] else ""
        if code in self._countries and not self._exact(fold(text), ""):
            return self.choose(f"{head}, {code}", kind=kind, near=near, is_served=is_served)
        is_plain = not region or bool(self._named(text)) or parse_point(text) is not None
        whole = self.find(text, limit=1, kind=kind, near=near) if is_plain else ()
        for attempt in attempts(text):
            if attempt.text == text:
                found = whole
            else:
                found = self.find(attempt.text, limit=1, kind=kind, near=near) if self._named(attempt.text) else ()
            if found and found[0].score >= _SURE and self._is_meant(attempt, found[0].place, text, find_country):
                if is_served is None or is_served(found[0].place):
                    return found[0].place
                namesakes = self.find(attempt.text, limit=_NAMESAKES, kind=kind, near=near)
                wanted = fold(_split_country(attempt.text, self._countries)[0])
                first = found[0].place
                same = (one.place for one in namesakes if one.score >= _SURE and _is_as_well_known(one.place, first, kind, wanted))
                return next(filter(is_served, same), found[0].place)
        return whole[0].place if whole and _is_good_guess(text, whole[0], self._countries) else None

    def _is_meant(self, attempt: Attempt, place: AtlasPlace, text: str, find_country: Callable[[str], str]) -> bool:
        """Whether the place of a shortened text can be what was asked for.

        No code, no country by which a place is called elsewhere, and without its region the only town of its name; the region no large
        city, unless the place is of its surroundings.
        """
        if not attempt.is_shortened:
            return True
        name = fold(_split_country(attempt.text, self._countries)[0])
        if name != fold(place.name) and name == fold(place.place_id.removeprefix("station:")):
            return False
        if find_country(name) not in ("", place.country):
            return False
        return not attempt.lacks_region or (self._is_alone(attempt.text, place) and self._is_around(name, place, text))

    def _named(self, text: str) -> set[int]:
        """Places of which a text is a name, in the country that is told if one is."""
        name, country = _split_country(text, self._countries)
        return self._exact(fold(name), country)

    def _is_alone(self, text: str, place: AtlasPlace) -> bool:
        """Whether no other town has the name, where no country is told in none.

        In the same country, unless its regions are known, towns less than a tenth as large do not count.
        """
        least = 1 if place.country in _SUBDIVIDED else max(1, place.population // 10)
        others = map(self.place, self._named(text))
        return not any(
            one.population >= (least if one.country == place.country else 1)
            and abs(one.lon - place.lon) + abs(one.lat - place.lat) > _APART_DEGREES
            for one in others
        )

    def _is_around(self, name: str, place: AtlasPlace, text: str) -> bool:
        """Whether the words behind the comma are no large city, or one near by and no word before the comma was left out."""
        region = split_region(text)[1]
        cities = [self.place(index) for index in self._exact(fold(region), "") if self._population[index] >= _LARGE]
        near = any(abs(one.lon - place.lon) + abs(one.lat - place.lat) <= _AROUND_DEGREES for one in cities)
        return not cities or (near and name == fold(text.split(",")[0]))

    def nearest(self, lon: float, lat: float, *, population: int = 0, limit: int = 1, kind: str = "city") -> tuple[AtlasPlace, ...]:
        """The places of a kind nearest to a point that have at least this population."""
        order, lats = self._by_lat(kind)
        for reach in (0.5, 3.0, 180.0):
            bounds = np.array([math.floor((lat - reach) * _PLACE_DEGREES), math.ceil((lat + reach) * _PLACE_DEGREES)], lats.dtype)
            first, last = np.searchsorted(lats, bounds)  # of the type of the latitudes, or all of them would be converted
            some = order[first:last]
            some = some[
                np.abs((self._lon[some] / _PLACE_DEGREES - lon + 180) % 360 - 180) <= reach / max(0.05, math.cos(math.radians(lat)))
            ]
            some = some[self._population[some] >= population] if population else some
            gap = self._gap(some, lon, lat)
            near = some[np.lexsort((some, gap))[:limit]] if np.count_nonzero(gap <= reach) >= limit or reach == 180.0 else None
            if near is not None:
                return tuple(self.place(int(index)) for index in near)
        return ()

    def name_near(self, lon: float, lat: float) -> str:
        """Name of the city nearest to a point, kept for the next one in the same cell of 0.001 degree; "" where there is none."""
        key = round(lon, 3), round(lat, 3)
        if key not in self._names_near:
            if len(self._names_near) >= _KEPT_NAMES:
                self._names_near.clear()
            self._names_near[key] = next((place.name for place in self.nearest(*key)), "")
        return self._names_near[key]

    @cached_property
    def _names_near(self) -> dict[tuple[float, float], str]:
        return {}

    def _by_lat(self, kind: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Places of a kind from south to north, and their stored latitudes."""
        if kind not in self._ordered:
            some = np.flatnonzero(self._kind == KINDS.index(kind))
            order = some[np.argsort(self._lat[some], kind="stable")]
            self._ordered[kind] = order, self._lat[order]
        return self._ordered[kind]

    @cached_property
    def _ordered(self) -> dict[str, tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
        return {}

    def _gap(self, some: np.ndarray[Any, Any], lon: float, lat: float) -> np.ndarray[Any, Any]:
        """Degrees of a great circle, roughly, from a point to some places."""
        x = (self._lon[some] / _PLACE_DEGREES - lon + 180) % 360 - 180
        found: np.ndarray[Any, Any] = np.hypot(x * math.cos(math.radians(lat)), self._lat[some] / _PLACE_DEGREES - lat)
        return found

    def _ranked(
        self, found: Iterable[tuple[int, float]], limit: int, kind: str, near: tuple[float, float] | None, wanted: str = ""
    ) -> tuple[Found, ...]:
        rows = sorted((-round(score, 1), *self._rank(index, kind, near, wanted), index, score) for index, score in found)
        taken: dict[str, Found] = {}
        for *_, index, score in rows:
            place = self.place(index)
            taken.setdefault(place.place_id, Found(place=place, score=round(score, 1)))
            if len(taken) == limit:
                break
        return tuple(taken.values())

    def _rank(self, index: int, kind: str, near: tuple[float, float] | None, wanted: str) -> tuple[float, int]:
        own = KINDS[self._kind[index]]
        size = math.log10(max(50, int(self._population[index])))
        if wanted and fold(self._names[index]) == wanted:
            size += _MAIN_NAME
        if own in ("port", "station"):
            size = 4.0 + max(size, 3.0) if own == kind else min(size, 3.0 if own == "port" else 1.0)
        if near is not None:
            x = (float(self._lon[index]) / _PLACE_DEGREES - near[0] + 180) % 360 - 180
            degrees = math.hypot(x * math.cos(math.radians(near[1])), float(self._lat[index]) / _PLACE_DEGREES - near[1])
            size -= 0.5 * math.log10(1 + degrees / 5)
        return -round(size, 4), self._kind[index]

    def _key(self, number: int) -> bytes:
        return self._keys[self._starts[number] : self._ends[number]]

    def _position(self, wanted: bytes) -> int:
        low, high = 0, len(self._starts)
        while low < high:
            middle = (low + high) // 2
            if self._key(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _places(self, number: int, country: str) -> list[int]:
        found = self._place_of[self._first[number] : self._first[number + 1]].tolist()
        return [index for index in found if not country or (self._country[index] >= 0 and self._countries[self._country[index]] == country)]

    def _exact(self, wanted: str, country: str) -> set[int]:
        key = wanted.encode()
        number = self._position(key)
        return set(self._places(number, country)) if number < len(self._starts) and self._key(number) == key else set()

    def _by_prefix(self, wanted: str, country: str) -> dict[int, float]:
        key = wanted.encode()
        found: dict[int, float] = {}
        start = self._position(key)
        for number in range(start, min(start + 300, len(self._starts))):
            if not self._key(number).startswith(key):
                break
            for index in self._places(number, country):
                found.setdefault(index, _PREFIX)
        return found

    def _alike(self, wanted: str, country: str) -> dict[int, float]:
        found = self._scored(wanted, country, *self._keys_of(wanted, self._between(wanted[:2])), _ALIKE)
        if len(wanted) > 1 and wanted[0] != wanted[1]:
            found |= self._scored(wanted, country, *self._keys_of(wanted, self._between(wanted[1] + wanted[0])), _ALIKE)
        if max(found.values(), default=0.0) < _GOOD_GUESS:
            found |= self._scored(wanted, country, *self._large_keys_of(wanted), _LARGE_ALIKE)
        return found

    def _between(self, prefix: str) -> np.ndarray[Any, Any]:
        key = prefix.encode()
        return np.arange(self._position(key), self._position(key + b"\xff"))

    def _keys_of(self, wanted: str, numbers: np.ndarray[Any, Any]) -> tuple[list[str], list[int]]:
        """Of some names those that are about as long as a text, and their numbers."""
        least, most = _widths(wanted)
        width = self._ends[numbers] - self._starts[numbers]
        kept = numbers[(width >= least) & (width <= most)]
        spans = zip(self._starts[kept].tolist(), self._ends[kept].tolist(), strict=True)
        return [self._keys[start:end].decode() for start, end in spans], kept.tolist()

    def _large_keys_of(self, wanted: str) -> tuple[list[str], list[int]]:
        least, most = _widths(wanted)
        keys: list[str] = []
        numbers: list[int] = []
        for width in range(least, most + 1):
            some = self._large_keys.get(width, ([], []))
            keys += some[0]
            numbers += some[1]
        return keys, numbers

    @cached_property
    def _large_keys(self) -> dict[int, tuple[list[str], list[int]]]:
        """Names of large cities and their numbers, by their length in bytes."""
        large = self._population[self._place_of] >= _LARGE
        owner = np.repeat(np.arange(len(self._starts)), np.diff(self._first))
        found: dict[int, tuple[list[str], list[int]]] = {}
        for number in np.unique(owner[large]).tolist():
            key = self._key(number)
            keys, numbers = found.setdefault(len(key), ([], []))
            keys.append(key.decode())
            numbers.append(number)
        return found

    def _scored(self, wanted: str, country: str, keys: list[str], numbers: list[int], least: float) -> dict[int, float]:
        from rapidfuzz import fuzz, process

        found: dict[int, float] = {}
        for key, score, at in process.extract(wanted, keys, scorer=fuzz.ratio, score_cutoff=least, limit=60):
            for index in self._places(numbers[at], country):
                if key != fold(self._codes[index]):  # a code is no name that was misspelled
                    found[index] = max(found.get(index, 0.0), min(99.0, float(score)))
        return found


def _widths(wanted: str) -> tuple[int, int]:
    """Shortest and longest name, in bytes, that may be a misspelling of a text."""
    size = len(wanted.encode())
    return max(1, size - 1 - size // 4), size + 1 + size // 4


def parse_point(text: str) -> tuple[float, float] | None:
    """Longitude and latitude of a text such as ``30.4 54.5``; None if it is none or out of range."""
    found = _POINT.fullmatch(text)
    if found is None:
        return None
    lon, lat = float(found[1]), float(found[2])
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


def find_country_alone(text: str, find_country: Callable[[str], str]) -> str:
    """The code of the country of which a whole text is the name (``Malta``), "" if it is none; a code is no name."""
    name = text.strip()
    return "" if "," in name or len(name) <= len("BY") else find_country(name)


def is_numbers(text: str) -> bool:
    """Whether a text has the form of a point, in range or not."""
    return _POINT.fullmatch(text) is not None


def _point_place(lon: float, lat: float) -> AtlasPlace:
    return AtlasPlace(place_id=f"{lon:g} {lat:g}", name=f"{lon:g} {lat:g}", country="", kind="point", lon=lon, lat=lat)


def _is_good_guess(text: str, found: Found, countries: tuple[str, ...]) -> bool:
    """Whether a text is a misspelling of a name: alike, and with another first letter only if hardly anything else is wrong."""
    from rapidfuzz.distance import OSA

    asked = _split_country(text, countries)[0]
    if "," in asked:  # the name of a region is nearly that of another: Miami, AZ is not Miami, OK
        return False
    wanted, name = fold(asked), fold(found.place.name)
    if found.score < _GOOD_GUESS or found.score >= _PREFIX or not name or wanted[:1] == name[:1]:
        return found.score >= _GOOD_GUESS
    return OSA.distance(wanted, name) <= max(1, len(wanted) // 8)


def _is_as_well_known(place: AtlasPlace, first: AtlasPlace, kind: str, wanted: str) -> bool:
    """Whether a place may be meant by ship where the first of its name lies inland.

    A port may, or a place of the same country, one that is better named so, and one that is no village beside the first.
    """
    if kind != "port" or place.kind == "port" or place.country == first.country:
        return True
    return fold(place.name) == wanted != fold(first.name) or place.population >= _COAST_SHARE * first.population


def _split_country(text: str, countries: tuple[str, ...]) -> tuple[str, str]:
    name, code = split_country(text)
    return (name, code.upper()) if code.upper() in countries else (text, "")
