"""Places of one name: which of them was taken, and what else the name could mean."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.great_circle import measure_great_circle_m
from landbridge.domain.identity import PlaceId
from landbridge.domain.spelling import fold
from landbridge.planner.place_search import SURE, find_places
from landbridge.planner.question import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from landbridge.domain.place import Place
    from landbridge.domain.way import AtlasPlace
    from landbridge.planner.plan_answer import Answer

SAME_PLACE_M = 40_000
"""Records nearer to each other than this are one place: a city, its port, its stations."""
LEAST_SHARE = 0.1
"""A namesake with less than this share of the inhabitants of what was taken is not mentioned."""
MOST_NAMED, MOST_SEEN = 3, 30
_CODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")


def with_namesakes(answer: Answer, dataset: Dataset, question: Question) -> Answer:
    """The answer with a notice for each end whose name other places have as well."""
    ends = (("FROM", question.origin, answer.query.origin_id), ("TO", question.destination, answer.query.destination_id))
    found = tuple(
        finding
        for column, text, place_id in ends
        if (finding := find_namesakes(dataset, text, dataset.place_by_id[place_id], column)) is not None
    )
    return replace(answer, findings=(*answer.findings, *found)) if found else answer


def find_namesakes(dataset: Dataset, text: str, taken: Place, column: str) -> Finding | None:
    """What else a text could mean than the place that was taken; None where nothing, or where it is a code.

    Parameters
    ----------
    dataset
        The feed, whose places are always mentioned.
    text
        What was asked for.
    taken
        The place that was taken.
    column
        The end, for the message.
    """
    if _is_code(text, taken):
        return None
    own = _of_feed(dataset, text, taken)
    others = [one for one in _of_atlas(text, taken) if not any(_is_same(one, other) for other in own)]
    return _told(text, taken, column, [*own, *others])


def find_atlas_namesakes(text: str, taken: AtlasPlace, column: str) -> Finding | None:
    """What else a text could mean than the place of the atlas that was taken; None where nothing, or where it is a code or a point."""
    if taken.kind in ("point", "station") or _is_code(text, taken):
        return None
    return _told(text, taken, column, _of_atlas(text, taken))


def _is_code(text: str, taken: Place | AtlasPlace) -> bool:
    wanted = fold(text)
    return not wanted or wanted == fold(taken.place_id) or _CODE.fullmatch(text.strip()) is not None


def _told(text: str, taken: Place | AtlasPlace, column: str, others: Sequence[Place | AtlasPlace]) -> Finding | None:
    if not others:
        return None
    listed = ", ".join(f"{one.name} ({one.country}, {one.place_id})" for one in others[:MOST_NAMED])
    more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
    return Finding(
        code="PLACE-NAMESAKE", severity="info", column=column,
        message=f"{text[:80]!r} is taken to be {taken.name} ({taken.country}, {taken.place_id}); it could also mean {listed}{more}",
        fix="give the code, or the name with its country: 'name, CC'",
    )  # fmt: skip


def _of_feed(dataset: Dataset, text: str, taken: Place | AtlasPlace) -> list[Place | AtlasPlace]:
    found = [dataset.place_by_id[PlaceId(one.place_id)] for one in find_places(dataset, text, limit=MOST_SEEN) if one.score >= SURE]
    return [one for one in found if not _is_same(one, taken) and one.kind != "border"]


def _of_atlas(text: str, taken: Place | AtlasPlace) -> list[AtlasPlace]:
    """Towns of the atlas under the name that was asked for or that of what was taken, of the country that was told if one was."""
    from landbridge.atlas.attempts import split_country, split_region
    from landbridge.atlas.world import load_world
    from landbridge.screening.place_words import find_country

    name_told, code = split_country(text)
    region = split_region(text)[1]
    code = code.upper() or (find_country(region) if region else "")
    world = load_world()
    is_told_apart = bool(region) and any(one.score >= SURE for one in world.gazetteer.find(text, limit=1))  # Springfield, Illinois
    names = dict.fromkeys(fold(name) for name in ((name_told,) if is_told_apart else (name_told, taken.name)))
    towns = [town for name in names for town in world.namesakes.find(name) if not code or town.country == code]
    inhabitants = max((town.population for town in towns if _is_same(town, taken)), default=getattr(taken, "population", 0))
    kept: list[AtlasPlace] = []
    for town in towns:
        if town.population >= LEAST_SHARE * inhabitants and not any(_is_same(town, other) for other in (taken, *kept)):
            kept.append(town)
    return kept


def _is_same(one: Place | AtlasPlace, other: Place | AtlasPlace) -> bool:
    """Whether two records are one place; towns on both sides of a border are two, however near."""
    if one.place_id == other.place_id or one.country != other.country:
        return one.place_id == other.place_id
    return measure_great_circle_m(one.lon, one.lat, other.lon, other.lat) < SAME_PLACE_M
