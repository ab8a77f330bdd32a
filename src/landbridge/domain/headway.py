"""How far a long piece of work is, as values; words are made of them where they are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What a long piece of work is about at the moment."""

    TAKEN = "taken"
    """Answers of routing that an earlier run found."""
    KINDS = "kinds"
    """Ways of kinds of load."""
    KILLED = "killed"
    """A process that looked for ways was killed; what it was to find is looked for again."""
    WAYS = "ways"
    """Ways of shipments, one by one."""
    LATER = "later"
    """Ways of shipments that start later."""
    SCARCE = "scarce"
    """Ways around what is scarce."""
    ADDED = "added"
    """Itineraries that were added for want of room."""
    PLAN = "plan"
    """The joint plan: the best so far, its bound, the seconds that were spent on it."""
    BOUND = "bound"
    """The bound over all ways."""
    SCENARIO = "scenario"
    SCENARIOS = "scenarios"
    VOLUME = "volume"
    DRAWS = "draws"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headway:
    """One thing that a long piece of work says of itself while it runs.

    ``done`` of ``total`` are done (no total: nobody knows of how many). ``cost_cents`` and ``bound_cents`` of ``PLAN``: None while there
    is none. ``spent_seconds`` since that search began, None once it is over. ``subject``: which file or scenario.
    """

    stage: Stage
    done: int | None = None
    total: int | None = None
    cost_cents: int | None = None
    bound_cents: int | None = None
    spent_seconds: float | None = None
    subject: str = ""

    @property
    def gap(self) -> float | None:
        """(plan - bound) / plan, a fraction; None where one of them is not there."""
        if self.cost_cents is None or self.bound_cents is None:
            return None
        return max(0, self.cost_cents - self.bound_cents) / abs(self.cost_cents) if self.cost_cents else 0.0


Hear = Callable[[Headway], None]
"""Who listens to how far a piece of work is."""
