"""The smallest sets of statements that cannot all be true, smallest first.

A set of statements is tried; where it can hold, it is grown as far as it can, and what is left out must be hit by every conflict that is
still to be found. The smallest set that hits all of these is tried next, so the first conflict met is a smallest one.

References
----------
Ignatiev, A., Previti, A., Liffiton, M., Marques-Silva, J. (2015). Smallest MUS extraction with minimal hitting set dualization.
CP 2015, LNCS 9255, 173-182. https://doi.org/10.1007/978-3-319-23219-5_13
Liffiton, M. H., Previti, A., Malik, A., Marques-Silva, J. (2016). Fast, flexible MUS enumeration. Constraints 21(2), 223-250.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

Test = Callable[[frozenset[int]], bool]


def find_conflicts(count: int, can_hold: Test, *, limit: int = 20, effort: int = 400) -> tuple[tuple[frozenset[int], ...], bool]:
    """Find minimal conflicts among statements numbered from 0.

    Parameters
    ----------
    count
        How many statements there are.
    can_hold
        Whether these statements can all be true. Taking statements away never makes it false.
    limit, effort
        At most so many conflicts, and so many rounds.

    Returns
    -------
    tuple
        Conflicts by size, each minimal: without any one of its statements the rest can hold. And whether these are all there are.
    """
    left_out: list[frozenset[int]] = []
    conflicts: list[frozenset[int]] = []
    everything = frozenset(range(count))
    for _ in range(effort):
        seed = _hit_all(left_out, conflicts)
        if seed is None:
            return tuple(conflicts), True
        if can_hold(seed):
            left_out.append(everything - _grow(seed, everything, can_hold))
            if not left_out[-1]:
                return (), True
        else:
            conflicts.append(seed)
            if len(conflicts) >= limit:
                return tuple(conflicts), False
    return tuple(conflicts), False


def _grow(seed: frozenset[int], everything: frozenset[int], can_hold: Test) -> frozenset[int]:
    """Add statements one by one as long as all can hold."""
    grown = seed
    for one in sorted(everything - seed):
        if can_hold(grown | {one}):
            grown |= {one}
    return grown


def _hit_all(sets: Sequence[frozenset[int]], forbidden: Sequence[frozenset[int]]) -> frozenset[int] | None:
    """The smallest set with a member in each of the sets that holds none of the forbidden ones; None if there is none."""
    most = len(set().union(*sets)) if sets else 0
    for size in range(most + 1):
        found = next(_hit(frozenset(), list(sets), forbidden, size), None)
        if found is not None:
            return found
    return None


def _hit(chosen: frozenset[int], sets: list[frozenset[int]], forbidden: Sequence[frozenset[int]], room: int) -> Iterator[frozenset[int]]:
    if any(one <= chosen for one in forbidden):
        return
    missed = [one for one in sets if not one & chosen]
    if not missed:
        yield chosen
    elif room:
        smallest = min(missed, key=lambda one: (len(one), sorted(one)))
        for member in sorted(smallest):
            yield from _hit(chosen | {member}, missed, forbidden, room - 1)
