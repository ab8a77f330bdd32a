"""Distances of many pairs shared among processes or machines; each opens its own atlas, so that only texts and answers travel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from landbridge.domain.way import NoWay, Way, WayQuery
from landbridge.planner.distance import Pairs, find_distances
from landbridge.planner.sweep import Crew, Sweep, check_crew, run_sweep

PART_ROWS = 200
"""Rows of a file that go to a worker together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsPart:
    """Some rows of a file: texts of both ends, and what is wrong with the row."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsDone:
    """The answers of a part, row by row, without their drawn lines: ``ways``, and ``missing`` for each row whose way is None."""

    ways: tuple[Way | None, ...]
    missing: tuple[NoWay, ...]

    @classmethod
    def of(cls, answers: Iterable[Way | NoWay]) -> PairsDone:
        rows = tuple(answers)
        return cls(
            ways=tuple(None if isinstance(one, NoWay) else _bare(one) for one in rows),
            missing=tuple(one for one in rows if isinstance(one, NoWay)),
        )

    @property
    def answers(self) -> tuple[Way | NoWay, ...]:
        missing = iter(self.missing)
        return tuple(next(missing) if way is None else way for way in self.ways)


class SharedPairs:
    """The rows of a pairs file, answered by a crew; the answers are those of :class:`~landbridge.planner.distance.Pairs`, in its order."""

    def __init__(self, pairs: Pairs, crew: Crew) -> None:
        self._pairs, self._crew = pairs, crew

    def __len__(self) -> int:
        return len(self._pairs)

    def answers(self, heard: Callable[[], None] = lambda: None) -> Iterator[tuple[str, str, Way | NoWay]]:
        """The texts and the answer of each row; ``heard`` is called after each.

        Raises
        ------
        ClusterError
            If machines that share the work go away.
        """
        rows = self._pairs.rows
        parts = [PairsPart(rows=tuple(rows[first : first + PART_ROWS])) for first in range(0, len(rows), PART_ROWS)]
        digest = f"{self._pairs.digest} {_told(self._pairs.query)}"
        sweep = Sweep(name="distances", digest=digest, work=measure_part, form=PairsDone, shared=self._pairs.query)
        for part, done in zip(parts, run_sweep(sweep, parts, self._crew) if parts else (), strict=True):
            for (origin, destination, _), answer in zip(part.rows, done.answers, strict=True):
                yield origin, destination, answer
                heard()


def measure_part(query: WayQuery, part: PairsPart) -> PairsDone:
    """Answer some rows; the same wherever it is done."""
    return PairsDone.of(answer for _, _, answer in Pairs.of(query, part.rows).answers())


def _bare(way: Way) -> Way:
    return replace(way, parts=tuple(replace(part, path=()) for part in way.parts))


def _told(query: WayQuery) -> str:
    """The question as a text that is the same in every process: sets have no order."""
    values = ((one.name, getattr(query, one.name)) for one in fields(query))
    return repr([(name, sorted(value) if isinstance(value, frozenset) else value) for name, value in values])


def share_distances(
    pairs: str, *, mode: str, avoid: Sequence[str] = (), allow: Sequence[str] = (), gauge_mm: int | None = None, crew: Crew | None = None
) -> Pairs | SharedPairs:
    """Every row of a CSV file with the columns ``from`` and ``to``, by a crew; None or one process: as ``find_distances``.

    Raises
    ------
    DataError
        If the file cannot be read or lacks a column.
    QueryError
        If the question, or the crew, is wrong.
    """
    crew = crew or Crew()
    check_crew(crew)
    found = find_distances(pairs, mode=mode, avoid=avoid, allow=allow, gauge_mm=gauge_mm)
    return found if crew.is_alone and crew.keep is None else SharedPairs(found, crew)
