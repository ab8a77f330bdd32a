"""The cost game: parties, and what each coalition of them would pay by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from landbridge.domain.errors import UnknownIdError

MOST_EXACT = 12
"""With more parties than this no table of all coalitions is made: 2^12 = 4,096."""


class CostGame:
    """What each coalition would pay, in cents; each is asked for once.

    A coalition is a bit mask: bit *i* stands for the *i*-th party.

    Parameters
    ----------
    parties
        Ids, each once; their order is that of all results.
    cost_of
        Cost of a coalition in cents, given the ids of its members in the order of ``parties``. The empty one costs 0 and is not asked for.
    """

    def __init__(self, parties: Iterable[str], cost_of: Callable[[tuple[str, ...]], int]) -> None:
        self.parties = tuple(parties)
        if len(set(self.parties)) < len(self.parties):
            raise ValueError("a party is named twice")
        if not self.parties:
            raise ValueError("a game needs at least one party")
        self._cost_of = cost_of
        self._known: dict[int, int] = {0: 0}

    @classmethod
    def of_table(cls, parties: Iterable[str], costs: dict[frozenset[str], int]) -> CostGame:
        """A game whose costs are given for every coalition; UnknownIdError when one is asked for that is not."""

        def look_up(members: tuple[str, ...]) -> int:
            try:
                return costs[frozenset(members)]
            except KeyError:
                raise UnknownIdError("coalition", "+".join(members)) from None

        return cls(parties, look_up)

    def __len__(self) -> int:
        return len(self.parties)

    @property
    def everybody(self) -> int:
        return (1 << len(self.parties)) - 1

    @property
    def total_cents(self) -> int:
        return self.cost(self.everybody)

    def cost(self, coalition: int) -> int:
        """Cost in cents of a coalition given as a mask."""
        found = self._known.get(coalition)
        if found is None:
            found = self._known[coalition] = self._cost_of(self.members(coalition))
        return found

    def alone(self, index: int) -> int:
        return self.cost(1 << index)

    def members(self, coalition: int) -> tuple[str, ...]:
        return tuple(party for index, party in enumerate(self.parties) if coalition >> index & 1)

    def known(self) -> Iterator[tuple[int, int]]:
        """The coalitions asked for so far, but the empty one, with their costs."""
        return ((mask, cents) for mask, cents in self._known.items() if mask)

    def table(self) -> list[int]:
        """Cost of every coalition by mask.

        Raises
        ------
        ValueError
            With more than 12 parties.
        """
        if len(self) > MOST_EXACT:
            raise ValueError(f"a table of all coalitions of {len(self)} parties is too large; at most {MOST_EXACT}")
        return [self.cost(mask) for mask in range(self.everybody + 1)]
