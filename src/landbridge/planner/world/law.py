"""What the asked feed says of a border or a place, where ways of the world cross and call under another id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from landbridge.domain.event import Event
from landbridge.domain.identity import BorderId, PlaceId
from landbridge.domain.rule import Rule
from landbridge.terms.ends import fits_ends

_FORBIDDING = ("prohibit", "require_permit", "require_document", "licence")
"""Effects of rules that hold for a whole border; fees are those of one crossing, such as a bridge."""


def is_between(rule: Rule, origin: str, destination: str) -> bool:
    """Whether a rule is about goods from one country to another."""
    return bool(rule.origin_countries and rule.destination_countries) and fits_ends(rule, origin, destination)


def hold_rules(
    rules: Iterable[Rule], places: Mapping[PlaceId, tuple[PlaceId, ...]], borders: Mapping[BorderId, frozenset[BorderId]]
) -> Iterator[Rule]:
    """Rules with the ids of the world beside those of the feed.

    Parameters
    ----------
    places
        Places of the world by that of the feed which they stand for: ports by one that has their code and is no port itself, posts at a
        border by the post that the feed has there.
    borders
        By each border of the world, all crossings that the feed has there: what it says of every one, it says of the border.
    """
    for rule in rules:
        called = tuple(other for one in rule.place_ids for other in places.get(one, ()))
        named = frozenset(rule.border_ids)
        crossed = tuple(one for one, known in borders.items() if rule.effect in _FORBIDDING and known and known <= named)
        if called or crossed:
            yield replace(rule, place_ids=(*rule.place_ids, *called), border_ids=(*rule.border_ids, *crossed))
        else:
            yield rule


def copy_events(
    events: Iterable[Event],
    places: Mapping[PlaceId, tuple[PlaceId, ...]],
    borders: Mapping[BorderId, frozenset[BorderId]],
    mode_of: Mapping[BorderId, str],
) -> Iterator[Event]:
    """Events of the feed once more, under ids of the world: all at a place, and closures of every crossing of a border."""
    closures: dict[BorderId, list[Event]] = {}
    for event in events:
        for place_id in places.get(event.place_id, ()) if event.place_id is not None else ():
            yield replace(event, event_id=f"{event.event_id}-{place_id}", place_id=place_id)
        if event.kind == "closure" and event.border_id is not None:
            closures.setdefault(event.border_id, []).append(event)
    for border_id, known in borders.items():
        mode = mode_of[border_id]
        shut = {one: [row for row in closures.get(one, ()) if not row.modes or mode in row.modes] for one in known}
        for one in sorted(shut):
            for event in shut[one]:
                if all(any(_covers(row, event) for row in shut[other]) for other in known):
                    yield replace(event, event_id=f"{event.event_id}-{border_id}", border_id=border_id)


def _covers(one: Event, other: Event) -> bool:
    """Whether a closure lasts at least as long as another, for goods from wherever these come."""
    begins_first = one.valid_from <= other.valid_from
    lasts = (one.valid_to or date.max) >= (other.valid_to or date.max)
    return begins_first and lasts and _whom(one) in ((None, None, None, None, (), ()), _whom(other))


def _whom(event: Event) -> tuple[object, ...]:
    return event.from_country, event.service_id, event.haulage_id, event.operator_id, event.origin_countries, event.destination_countries
