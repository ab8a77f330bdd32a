"""Who calls, and what a role may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from landbridge.api.problem import ProblemError

MAY: Mapping[str, frozenset[str]] = {
    "look": frozenset({"viewer", "company", "planner", "compliance", "admin"}),
    "plan": frozenset({"company", "planner", "admin"}),
    "book": frozenset({"planner", "admin"}),
    "feeds": frozenset({"planner", "admin"}),
    "screen": frozenset({"planner", "compliance", "admin"}),
    "lists": frozenset({"compliance", "admin"}),
    "decide": frozenset({"compliance", "admin"}),
    "audit": frozenset({"compliance", "admin"}),
    "shipments": frozenset({"viewer", "planner", "compliance", "admin"}),
    "all": frozenset({"admin"}),
}
"""What can be done, and the roles that may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The holder of a key, or whoever sits at this machine. ``party`` is the company of a company key."""

    name: str
    role: str
    party: str = ""

    def may(self, what: str) -> bool:
        return self.role in MAY[what]

    def demand(self, what: str) -> None:
        """Raise 403 unless the role may do something."""
        if not self.may(what):
            raise ProblemError(403, f"the role {self.role} may not do this ({what})")

    def may_see(self, owner: str) -> bool:
        """Whether what another key made may be seen: one's own always, that of others by an admin alone."""
        return owner == self.name or self.may("all")

    @property
    def owner(self) -> str | None:
        """Whose things a list shows; None: everybody's."""
        return None if self.may("all") else self.name


LOCAL = Caller(name="local", role="admin")
"""Whoever sits at the machine on which the server listens to nobody else."""
