"""The processes of a server: one crew for each kind of work, by how long it takes and who waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from landbridge.api.settings import ServerSettings
from landbridge.api.workers import Crew, Hear, Order

_LATER_S = 8.0
"""After so long the process of books begins: the first page and the first plan go before."""
_PLANS_NICE, _ANSWERS_NICE, _BOOKS_NICE = 5, 10, 15
"""Steps of priority by which the plans of a question give way to answers that are known already, whole answers to those, and books and
files of names to all of them."""


class Crews:
    """Who does what: the plans of a question, whole answers, books, and files of names."""

    def __init__(self, settings: ServerSettings, hear: Hear) -> None:
        size, feed, seconds = settings.planners, settings.feed, settings.plan_seconds
        self.plans = Crew("plans", size, feed, seconds, hear, nice=_PLANS_NICE, is_brief=True)
        self.answers = Crew("answers", size, feed, seconds, hear, nice=_ANSWERS_NICE, is_brief=True)
        self.books = Crew("books", 1, feed, settings.long_seconds, hear, later_s=_LATER_S, nice=_BOOKS_NICE)
        self.files = Crew("files", 1, "", settings.long_seconds, hear, later_s=None, nice=_BOOKS_NICE)

    def __iter__(self) -> Iterator[Crew]:
        return iter((self.plans, self.answers, self.books, self.files))

    def add(self, order: Order) -> None:
        """Give an order to the crew that does such work."""
        self._of(order.kind, order.request).add(order)

    def _of(self, kind: str, request: dict[str, Any]) -> Crew:
        if kind in ("screen", "lists"):
            return self.files
        if kind == "plan" and request.get("part"):
            return self.plans
        is_answer = kind in ("plan", "why") or (kind == "compare" and request.get("question") is not None)
        return self.answers if is_answer else self.books

    def drop(self, job_id: str) -> None:
        """Stop a job, or forget it where it waits."""
        for crew in self:
            crew.drop(job_id)

    def list_ids(self) -> frozenset[str]:
        """Jobs that wait or are being done."""
        return frozenset().union(*(crew.list_ids() for crew in self))

    def tell_queue(self, job_id: str) -> tuple[int, int] | None:
        """Searches that go before a job which waits, and about how many seconds it takes until it is done; None where nobody has it."""
        return next((told for crew in self if (told := crew.tell_queue(job_id)) is not None), None)
