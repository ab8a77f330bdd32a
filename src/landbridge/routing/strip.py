"""What arcs and rides cost and take over all epochs, in stretches of epochs that are alike, and the arrays that are filled from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Due = tuple[str, int]
"""Something that is paid once, and its cents."""
Dues = frozenset[Due]


class Strip(NamedTuple):
    """One arc or ride over all epochs. It knows no numbers of a load, so that others may keep it."""

    lengths: tuple[int, ...]
    """Epochs in each stretch."""
    values: tuple[tuple[int, ...], ...]
    """By stretch, in the order of the columns of its sheet."""
    prices: tuple[tuple[tuple[int, ...], ...], ...]
    """Alone and as each leg of a through rate, by stretch."""
    dues: tuple[tuple[Dues, ...], ...]
    """What is paid once, likewise."""
    turns: list[int]
    """Epochs in which it is better than in the one before."""


class Sheet:
    """Strips of all arcs, or of all rides, as arrays.

    Attributes
    ----------
    values
        By name of a column (n, K).
    prices
        By name of a column (m, K): a row for each price, which is that of one of the n.
    dues
        (m, K) numbers of sets of what is paid once.
    """

    def __init__(
        self,
        strips: Sequence[Strip],
        prices: Sequence[tuple[int, int]],
        columns: tuple[Mapping[str, type], Mapping[str, type]],
        epochs: int,
        number_of: Callable[[Dues], int],
    ) -> None:
        """``prices``: for each row whose it is, and which of its prices; ``columns``: of values and of prices."""
        self.strips = list(strips)
        self._owners, self._which = np.array(prices, np.int64).reshape(-1, 2).T
        count, rows = len(self.strips), len(prices)
        self.values: dict[str, NDArray[Any]] = {name: np.zeros((count, epochs), kind) for name, kind in columns[0].items()}
        self.prices: dict[str, NDArray[Any]] = {name: np.zeros((rows, epochs), kind) for name, kind in columns[1].items()}
        self.dues: NDArray[np.int32] = np.zeros((rows, epochs), np.int32)
        self._fill(np.arange(count), np.arange(rows), number_of)

    def renewed(self, changed: Mapping[int, Strip], number_of: Callable[[Dues], int]) -> Sheet:
        """The same sheet with other strips in some places."""
        new = copy(self)
        new.strips = list(self.strips)
        for index, strip in changed.items():
            new.strips[index] = strip
        new.values = {name: table.copy() for name, table in self.values.items()}
        new.prices = {name: table.copy() for name, table in self.prices.items()}
        new.dues = self.dues.copy()
        which = np.fromiter(changed, np.int64, len(changed))
        new._fill(which, np.flatnonzero(np.isin(self._owners, which)), number_of)
        return new

    def _fill(self, which: NDArray[np.int64], rows: NDArray[np.int64], number_of: Callable[[Dues], int]) -> None:
        """Write some of the n and some of the m rows."""
        chosen = [self.strips[index] for index in which.tolist()]
        self._write(self.values, which, chosen, (one.values for one in chosen))
        priced = list(zip(self._owners[rows].tolist(), self._which[rows].tolist(), strict=True))
        owners = [self.strips[owner] for owner, _ in priced]
        self._write(self.prices, rows, owners, (self.strips[owner].prices[number] for owner, number in priced))
        numbers = (number_of(dues) for owner, number in priced for dues in self.strips[owner].dues[number])
        told = np.fromiter(numbers, np.int32)
        self.dues[rows] = np.repeat(told, _lengths_of(owners)).reshape(len(rows), self.dues.shape[1])

    @staticmethod
    def _write(
        tables: dict[str, NDArray[Any]],
        rows: NDArray[np.int64],
        strips: Sequence[Strip],
        by_stretch: Iterable[tuple[tuple[int, ...], ...]],
    ) -> None:
        told = np.array([values for one in by_stretch for values in one], np.int64).reshape(-1, len(tables))
        told = np.repeat(told, _lengths_of(strips), axis=0)
        for column, table in enumerate(tables.values()):
            table[rows] = told[:, column].reshape(len(rows), table.shape[1])


def _lengths_of(strips: Sequence[Strip]) -> NDArray[np.int64]:
    return np.fromiter((length for strip in strips for length in strip.lengths), np.int64)
