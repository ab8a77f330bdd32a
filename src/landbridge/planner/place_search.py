"""Find places by id, code, name, other spellings and scripts, with typing errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from landbridge.domain.dataset import Dataset
from landbridge.domain.great_circle import measure_great_circle_m
from landbridge.domain.place import Place
from landbridge.domain.spelling import fold

if TYPE_CHECKING:
    from landbridge.atlas.world import World
    from landbridge.domain.way import AtlasPlace

SURE, _POSSIBLE = 100.0, 55.0
"""Score of an exact id, code or spelling, and the least one of a place that is offered."""
_GOOD_GUESS = 84.0
_CLEAR_LEAD = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMatch:
    """A place that a text may mean; ``score`` is 100 for an exact id, code or spelling."""

    place_id: str
    name: str
    country: str
    score: float


def find_places(dataset: Dataset, text: str, limit: int = 5, near: Place | None = None) -> tuple[PlaceMatch, ...]:
    """The places that a text may mean, best first.

    Parameters
    ----------
    dataset
        Feed whose places are searched.
    text
        Id, UN/LOCODE, name or another spelling in any script, with its country behind a comma if there are namesakes; typing errors are
        allowed.
    limit
        How many at most.
    near
        The other end: of places of one name and kind the nearer goes first.
    """
    wanted = fold(text)
    if not wanted:
        return ()
    places, exact = dataset.places, [place for place in dataset.places if wanted in _spellings(place)]
    if not exact:
        name, country = tell_country(text)
        if country:
            wanted, places = fold(name), tuple(place for place in places if place.country == country)
            exact = [place for place in places if wanted in _spellings(place)]
    if exact:

        def rank(place: Place) -> tuple[bool, bool, int, float, str]:
            far = 0.0 if near is None else measure_great_circle_m(place.lon, place.lat, near.lon, near.lat)
            return fold(place.place_id) != wanted, fold(place.name) != wanted, _kind_rank(place), far, place.place_id

        ranked = sorted(exact, key=rank)
        return tuple(_match(place, SURE) for place in ranked[:limit])
    from rapidfuzz import fuzz  # only misspelt names need it

    scored = [(max(_similarity(fuzz, wanted, spelling) for spelling in _spellings(place)), place) for place in places]
    scored = [(score, place) for score, place in scored if score >= _POSSIBLE]
    scored.sort(key=lambda row: (-row[0], _kind_rank(row[1]), row[1].place_id))
    return tuple(_match(place, round(score, 1)) for score, place in scored[:limit])


def find_in_atlas(world: World, text: str, near: tuple[float, float] | None) -> AtlasPlace | None:
    """The place of the atlas that a text names exactly; of namesakes a large one, or one near a longitude and latitude."""
    name, country = tell_country(text)
    alone = tell_country_alone(text)
    spellings = (f"{text}, {alone}",) if alone else (text, f"{name}, {country}") if country else (text,)
    hits = (world.gazetteer.find(spelling, limit=1, near=near) for spelling in spellings)
    found = next((hit for hit in hits if hit and hit[0].score >= SURE and hit[0].place.country), None)
    if found is None:
        return None
    same = world.gazetteer.find(found[0].place.place_id, limit=1)  # what its id alone finds, so that a saved plan finds it again
    return same[0].place if same and same[0].score >= SURE else found[0].place


def tell_country(text: str) -> tuple[str, str]:
    """A text without the country behind its last comma, and the country's code; "" where none is told.

    A country is told by its ISO 3166 code or by its name in one of the languages of the tables (``Brest, BY``, ``Брест, Беларусь``).
    """
    if "," not in text:
        return text, ""
    from landbridge.atlas.attempts import split_country, split_region
    from landbridge.screening.place_words import find_country

    name, code = split_country(text)
    if code:
        return name, code.upper()
    head, region = split_region(text)
    country = find_country(region) if region else ""
    return (head, country) if country else (text, "")


def tell_country_alone(text: str) -> str:
    """The code of the country of which a whole text is the name (``Malta``), "" if it is none; a code is no name."""
    from landbridge.atlas.gazetteer import find_country_alone
    from landbridge.screening.place_words import find_country

    return find_country_alone(text, find_country)


def closest_places(dataset: Dataset, text: str, limit: int = 5) -> tuple[PlaceMatch, ...]:
    """The closest places, however far; for a message that says what could be meant."""
    found = find_places(dataset, text, limit)
    if not fold(text) or len(found) >= limit or (found and found[0].score >= SURE):
        return found
    from rapidfuzz import fuzz

    wanted = fold(text)
    scored = [(max(fuzz.ratio(wanted, spelling) for spelling in _spellings(place)), place) for place in dataset.places]
    scored.sort(key=lambda row: (-row[0], row[1].place_id))
    return tuple(_match(place, round(score, 1)) for score, place in scored[:limit])


def choose_place(matches: tuple[PlaceMatch, ...]) -> PlaceMatch | None:
    """The one place that is meant; None if that is not clear enough."""
    if not matches:
        return None
    first = matches[0]
    if first.score >= SURE:
        return first
    second = matches[1].score if len(matches) > 1 else 0.0
    return first if first.score >= _GOOD_GUESS and first.score - second >= _CLEAR_LEAD else None


def _spellings(place: Place) -> tuple[str, ...]:
    return tuple(fold(text) for text in (place.place_id, place.name, *place.names))


def _similarity(fuzz: object, wanted: str, spelling: str) -> float:
    whole: float = fuzz.ratio(wanted, spelling)  # type: ignore[attr-defined]
    if len(wanted) >= 4 and spelling.startswith(wanted):
        whole = max(whole, 90.0)
    if sorted(wanted) == sorted(spelling):  # letters in another order, as in "Minks"
        whole = max(whole, 92.0)
    return whole


def _kind_rank(place: Place) -> int:
    return ("city", "port", "rail_terminal", "dry_port", "depot", "border").index(place.kind)


def _match(place: Place, score: float) -> PlaceMatch:
    return PlaceMatch(place_id=place.place_id, name=place.name, country=place.country, score=score)
