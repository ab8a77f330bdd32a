"""Rows of labels: copies, papers, the places on the way, what a label may do."""

from __future__ import annotations

from landbridge.routing.compiled import cell, lean
from landbridge.routing.search_state import COLUMNS, HOME, N_MARK, OFFER, PARENT, PLACE, State
from landbridge.routing.tables import BIT_COST, BLOCKED, I64, Q_WITH_UNCONFIRMED, UNCONFIRMED


@lean
def copy_label(s: State, x: int, n: int) -> None:
    for column in range(COLUMNS):  # a whole row would be copied by way of a new array
        s.labels[n, column] = s.labels[x, column]
    s.labels[n, PARENT] = x
    for word in range(s.bits.shape[1]):
        s.bits[n, word] = s.bits[x, word]


@lean
def bits_cost(t: I64, missing: int, word: int) -> int:
    total = 0
    bit = word * 64
    while missing != 0:
        if missing & 1:
            total += cell(t, BIT_COST, bit)
        missing = (missing >> 1) & 0x7FFFFFFFFFFFFFFF
        bit += 1
    return total


@lean
def add_bits(t: I64, s: State, n: int, at_word: int) -> int:
    """Add papers to the label in the making; what they cost that it had not."""
    cost = 0
    for word in range(s.bits.shape[1]):
        new = t[at_word + word] & ~s.bits[n, word]
        if new != 0:
            cost += bits_cost(t, new, word)
            s.bits[n, word] |= new
    return cost


@lean
def mark_way(s: State, x: int) -> None:
    """Mark the places that a label has come through, for :func:`was_passed`."""
    s.counters[N_MARK] += 1
    while x >= 0:
        s.marks[s.labels[x, PLACE]] = s.counters[N_MARK]
        x = s.labels[x, PARENT]


@lean
def was_passed(s: State, place: int) -> bool:
    return s.marks[place] == s.counters[N_MARK]


@lean
def may_end(s: State, x: int) -> bool:
    return s.labels[x, OFFER] < 0 or s.labels[x, HOME] == 1


@lean
def may_use(q: I64, state: int) -> bool:
    return state != BLOCKED and (state != UNCONFIRMED or q[Q_WITH_UNCONFIRMED])
