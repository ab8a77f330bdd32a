"""What planning answers: plans that notebooks can show, and why a way was not taken."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.domain.plan import Itinerary, Plan, Rejected


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
