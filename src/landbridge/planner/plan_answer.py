"""What planning answers: plans that notebooks can show, and why a way was not taken."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.domain.plan import Itinerary, Plan, Rejected

PLANS_ALONE = "PLANS-ALONE"
"""Finding of an answer that has the plans, and not what they were compared with or what was rejected."""


def is_alone(plan: Plan) -> bool:
    """Whether an answer has the plans alone."""
    return any(row.code == PLANS_ALONE for row in plan.findings)


class Answer(Plan):
    """A plan that notebooks can show."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from landbridge.report.plan_html import plan_html

        return plan_html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Why a way through one place was not taken: the best itinerary through it, or what forbids it."""

    place_id: str
    text: tuple[str, ...]
    itinerary: Itinerary | None
    rejected: tuple[Rejected, ...]
