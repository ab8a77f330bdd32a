"""The itineraries that no other beats, the best by single sums found first: they cost little and tell what need not be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from landbridge.routing.abreast import abreast
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.steps import Answer

_Ask = Callable[..., tuple[list[Answer], bool]]


def find_front(
    search: LabelSearch,
    *,
    vias: tuple[str, ...] = (),
    with_unconfirmed: bool = False,
    is_near_enough: bool = False,
    max_labels: int | None = None,
) -> tuple[list[Answer], bool]:
    """All non-dominated itineraries, and whether the search for them went to its end.

    Parameters
    ----------
    vias
        Ids of places, borders or passages that must all be used.
    is_near_enough
        Ask for the best by some 30 weighted sums alone, and no more of them after one whose search did not go to its end.
    max_labels
        Bound on each search; that of the question where there is none.
    """
    ask = partial(search.search, vias=vias, with_unconfirmed=with_unconfirmed, max_labels=max_labels)
    known: list[Answer] = []
    is_complete = True
    for found, is_done in _ask_one_by_one(search, ask) if vias else _ask_abreast(search, ask):
        if not found and is_done:
            return [], True
        known += [one for one in found if one not in known]
        is_complete = is_complete and is_done
    if not is_near_enough:
        return ask(known=known)
    for weights in search.mixed_weights(known):
        found, is_done = ask(weights=weights, known=known)
        known += [one for one in found if one not in known]
        is_complete = is_complete and is_done
        if not is_done:
            break
    return front_of(known), is_complete


def _ask_abreast(search: LabelSearch, ask: _Ask) -> Iterable[tuple[list[Answer], bool]]:
    """The cheapest, fastest, cleanest and balanced itinerary, each with whether the search went to its end."""
    return abreast(partial(ask, weights=weights) for weights in search.first_weights())


def _ask_one_by_one(search: LabelSearch, ask: _Ask) -> Iterable[tuple[list[Answer], bool]]:
    """The same, each search told of what those before it found: a way by vias may lie far from its least bound."""
    known: list[Answer] = []
    for weights in search.first_weights():
        answer = ask(weights=weights, known=tuple(known))
        known += answer[0]
        yield answer


def front_of(answers: list[Answer]) -> list[Answer]:
    """Those that no other beats, in order of cost."""
    front = [one for one in answers if not any(_beats(other, one) for other in answers)]
    return sorted(front, key=lambda row: (row.cost, row.minute, row.emission))


def _beats(one: Answer, other: Answer) -> bool:
    mine, yours = (one.cost, one.minute, one.emission), (other.cost, other.minute, other.emission)
    return mine != yours and all(a <= b for a, b in zip(mine, yours, strict=True))
