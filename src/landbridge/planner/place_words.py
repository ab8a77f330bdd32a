"""The text by which a place is asked for: its name where that alone means it, so that a form shows names and not ids."""

from __future__ import annotations

from landbridge.domain.dataset import Dataset
from landbridge.domain.way import AtlasPlace
from landbridge.planner.distance import find_atlas_places
from landbridge.planner.place_search import SURE, PlaceMatch, choose_place, find_places


def word_place(dataset: Dataset, match: PlaceMatch) -> str:
    """The text that means a place of the feed in a question: its name, or its id where the name means another one."""
    chosen = choose_place(find_places(dataset, match.name))
    return match.name if chosen is not None and chosen.place_id == match.place_id else match.place_id


def word_atlas_place(dataset: Dataset, place: AtlasPlace) -> str:
    """The text that means a place of the atlas in a question: name and country where these mean it, else its id."""
    text = f"{place.name}, {place.country}"
    own = find_places(dataset, text, limit=1)
    if own and own[0].score >= SURE:
        return place.place_id
    found = find_atlas_places(text, 1)
    return text if found and found[0].score >= SURE and found[0].place.place_id == place.place_id else place.place_id
