"""A question and the feed that it is asked of: with the places and the ways of the world that it needs, decided here for every door."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import MODES, PlaceId
from landbridge.domain.place import Place
from landbridge.domain.query import Query
from landbridge.domain.source import WORLD_SOURCE_ID
from landbridge.graph.planning_graph import compile_graph
from landbridge.planner.question import Question, ask, find_thing, read_days
from landbridge.planner.same_feed import SameFeed
from landbridge.planner.world.places import find_atlas_place, find_shut, is_own_trade, join_ways, join_world_places, lay_ground
from landbridge.planner.world.shut import Days, Shut
from landbridge.planner.world.wishes import leaves_way

_KEPT = 8
"""Feeds with ways of the world for the wishes of a question that a process keeps."""


def join_question(dataset: Dataset, question: Question) -> tuple[Dataset, Query]:
    """The feed with what the world adds to it for a question, and the question as understood there.

    Beside the two ends (:func:`join_world_places`) what is to be avoided or used decides: where it leaves the feed's own network, or the
    ways of the world to an end, no way at all, ways of the world are joined that heed it. Geography alone does: a way that law or a
    closure forbids is a way of the feed and stays forbidden; where nothing is open without these wishes either, nothing is joined; and of
    the trade of its own shipments a feed is taken to tell what there is.

    Raises
    ------
    QueryError
        With everything that is wrong with the question, at once.
    """
    as_of, ready_on = read_days(dataset, question)
    days = Days(as_of=as_of, ready_on=ready_on)
    joined = join_world_places(dataset, (question.origin, question.destination), is_feed_alone=question.feed_alone, days=days)
    away = {} if question.feed_alone else _find_away(joined, question.via)
    named = replace(question, via=tuple(away[text].place_id if text in away else text for text in question.via))
    query = ask(_with_places(joined, tuple(away.values())), named)
    wished = _find_wished(dataset, joined, query)
    if wished is not None:
        return wished, ask(wished, replace(named, origin=query.origin_id, destination=query.destination_id))
    return joined, ask(joined, question) if away else query  # raises where a place that must be used is not in the feed


def join_query_places(dataset: Dataset, query: Query) -> Dataset:
    """The feed with what the world adds to it for a question that was asked before: the same as then."""
    ends, days = (query.origin_id, query.destination_id), Days(as_of=query.as_of, ready_on=query.ready_on)
    joined = join_world_places(dataset, ends, is_feed_alone=bool(query.is_feed_alone), days=days)
    return _find_wished(dataset, joined, query) or joined


def _find_away(joined: Dataset, via: tuple[str, ...]) -> dict[str, Place]:
    """Places of the atlas that must be used and that the feed does not know, by the words for them."""
    unknown = (text for text in via if find_thing(joined, "--via", text) is None)
    return {text: place for text in unknown if (place := find_atlas_place(text)) is not None}


def _with_places(dataset: Dataset, places: tuple[Place, ...]) -> Dataset:
    more = tuple(one for one in places if one.place_id not in dataset.place_by_id)
    return replace(dataset, places=(*dataset.places, *more)) if more else dataset


def _find_wished(dataset: Dataset, joined: Dataset, query: Query) -> Dataset | None:
    """The feed with ways of the world that heed what a question wishes; None where it needs none."""
    ends, places = (query.origin_id, query.destination_id), joined.place_by_id
    if query.is_feed_alone or any(end not in places for end in ends):
        return None
    if WORLD_SOURCE_ID not in joined.source_by_id and is_own_trade(joined, (places[end] for end in ends)):
        return None
    if leaves_way(joined, query) or _is_closed(joined, query):
        return None
    shut = find_shut(dataset, Days(as_of=query.as_of, ready_on=query.ready_on))
    return _join_wished(SameFeed(dataset), ends, query.via, frozenset(query.avoid), shut)


def _is_closed(joined: Dataset, query: Query) -> bool:
    """Whether the feed has ways without the wishes of a question, and none of them is open: then law, not the wish, is the reason.

    What screening finds among the parties closes ways as well.
    """
    from landbridge.planner.gate import gate_dataset
    from landbridge.routing.answer import search_best

    plain = replace(query, avoid=(), via=(), due_on=None)
    return leaves_way(joined, plain) and search_best(compile_graph(gate_dataset(joined, plain)), plain, "cost")[0] is None


@lru_cache(maxsize=_KEPT)
def _join_wished(feed: SameFeed, ends: tuple[str, str], via: tuple[str, ...], avoid: frozenset[str], shut: Shut) -> Dataset | None:
    from landbridge.planner.world.chain import load_world_feed

    ground, known = lay_ground(feed.dataset, ends)
    if known is None:
        return None
    passages = {str(row.passage_id) for row in (*ground.passages, *load_world_feed().passages)}
    heeded = frozenset(one for one in avoid if one in MODES or one in passages or (len(one) == 2 and one.isupper()))
    called = [ground.place_by_id.get(PlaceId(one)) or find_atlas_place(one) for one in via if not _is_offered(ground, one)]
    stops = [known[0], *(place for place in called if place is not None), known[1]]
    return join_ways(_with_places(ground, tuple(stops)), stops, heeded, shut=shut)


def _is_offered(ground: Dataset, thing: str) -> bool:
    """Whether something that must be used is no place: a border, a passage, a carrier or what he offers."""
    named = (ground.services, ground.haulage, ground.borders, ground.passages, ground.parties)
    keys = ("service_id", "haulage_id", "border_id", "passage_id", "party_id")
    return any(getattr(row, key) == thing for rows, key in zip(named, keys, strict=True) for row in rows)
