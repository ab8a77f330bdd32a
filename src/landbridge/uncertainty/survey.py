"""What courses of one question share: closures and delays known on the day of asking, and what may close at random, by stretch."""

from __future__ import annotations

import math
from collections.abc import Iterable

from landbridge.domain.dataset import Dataset
from landbridge.domain.event import Event
from landbridge.domain.query import Query
from landbridge.uncertainty.hazard import Hazard, list_doubts, list_hazards, name_subject
from landbridge.verification.calendar import instant_of, minutes_between
from landbridge.verification.case import Case
from landbridge.verification.event import end_of, list_events, touches
from landbridge.verification.facts import Facts

Span = tuple[float, float]
"""First and last minute, counted from the day of asking."""
Delayed = tuple[Span, tuple[float, float, float]]
"""When a dated delay is on, and its minutes low, typical and high."""


class Survey:
    """The events of a feed as one question meets them; what was found out about a stretch is kept for all itineraries that use it.

    Parameters
    ----------
    dataset, query
        The feed and the question.
    """

    def __init__(self, dataset: Dataset, query: Query) -> None:
        self.case = Case(dataset=dataset, query=query)
        self.history = [event for event in list_events(self.case, "closure") if event.valid_from <= query.as_of]
        self._closed: dict[Facts, tuple[Span, ...]] = {}
        self._delays: dict[Facts, tuple[Delayed, ...]] = {}
        self._subjects: dict[Facts, tuple[str, ...]] = {}
        self._hazards: dict[str, Hazard] = {}

    def list_closed(self, facts: Facts) -> tuple[Span, ...]:
        """Closures known on the day of asking. A plan uses nothing that is shut without a known end; goods under way may be before it."""
        if facts not in self._closed:
            found = [self._span(one) for one in list_events(self.case, "closure") if touches(one, facts)]
            self._closed[facts] = tuple(sorted(span for span in found if span[1] > 0))
        return self._closed[facts]

    def list_delays(self, facts: Facts) -> tuple[Delayed, ...]:
        """Dated delays that are on now or later; one without a known end stays on."""
        if facts not in self._delays:
            events = [one for one in list_events(self.case, "delay") if touches(one, facts)]
            spans = [(self._span(one), one.delay_min) for one in events]
            self._delays[facts] = tuple(
                (span, (wait.low, wait.typical, wait.high)) for span, wait in spans if span[1] > 0 and wait is not None
            )
        return self._delays[facts]

    def list_subjects(self, facts: Facts) -> tuple[str, ...]:
        """What may close at random on a stretch: its borders and passages, and whatever was closed there before."""
        if facts not in self._subjects:
            found = {f"border {one}" for one in facts.borders} | {f"passage {one}" for one in facts.passages}
            self._subjects[facts] = tuple(sorted(found | {name_subject(event) for event in self.history if touches(event, facts)}))
        return self._subjects[facts]

    def list_hazards(self, subjects: Iterable[str]) -> tuple[Hazard, ...]:
        """How often each subject closed, and for how long; by name."""
        wanted = sorted(subjects)
        for hazard in list_hazards(
            self.history, [one for one in wanted if one not in self._hazards], self.case.query.as_of, list_doubts(self.case.dataset)
        ):
            self._hazards[hazard.subject] = hazard
        return tuple(self._hazards[one] for one in wanted)

    def _span(self, event: Event) -> Span:
        begin, end = instant_of("UTC", event.valid_from, 0), end_of(event)
        zero = self.case.asked_at
        return float(minutes_between(zero, begin)), math.inf if end is None else float(minutes_between(zero, end))
