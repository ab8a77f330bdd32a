"""Days on which the terms of a leg or link may change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from landbridge.domain.haulage import Haulage, Link
from landbridge.domain.rule import Rule
from landbridge.domain.service import Service, Stop
from landbridge.terms.choice import Choice
from landbridge.terms.law import Facts, Law
from landbridge.terms.leg import LegPricer, event_touches, fitting_surcharges
from landbridge.terms.link import LinkPricer
from landbridge.terms.marks import Marks
from landbridge.terms.memory import Memory
from landbridge.terms.validity import turning_days_of


class LegTurns:
    """Days, of some that are asked about, on which a row begins or ceases to apply that can touch a leg or link.

    A row counts if all its conditions but its dates are met. A day that changes nothing is no fault; one that is missed would be.
    """

    def __init__(
        self, law: Law, choice: Choice, legs: LegPricer, links: LinkPricer, marks: Marks, memory: Memory, days: Iterable[date]
    ) -> None:
        self._law, self._choice, self._legs, self._links, self._marks, self._memory = law, choice, legs, links, marks, memory
        self._asked = frozenset(days)
        self._first, self._last = min(self._asked), max(self._asked)
        self._years = self._first.year, self._last.year  # all that a row's days depend on
        self._of_row: dict[int, tuple[object, frozenset[date]]] = {}
        self._of_link: dict[tuple[object, ...], frozenset[date]] = {}

    @cached_property
    def _rules(self) -> list[tuple[Rule, frozenset[date]]]:
        law = self._law
        rules = ((rule, self._days(law.list_dependents(rule))) for rule in law.list_rules(("leg", "crossing")))
        return [(rule, days) for rule, days in rules if days]

    def of_leg(self, service: Service, stops: tuple[Stop, ...]) -> frozenset[date]:
        """Days of a service between the first and the last of ``stops``."""
        what = (self._years, service.service_id, stops[0].seq, stops[-1].seq, self._marks.of_leg(service, stops))
        return self._asked & self._memory.recall("turns", what, lambda: self._find_of_leg(service, stops))

    def since(self, turns: frozenset[date], on: date) -> int | None:
        """First day, as an ordinal, of the stretch between two turns in which a day lies; None for a day that was not asked about.

        ``turns`` are those of one leg or link. The first stretch begins with the first of the days that were asked about.
        """
        if not self._first <= on <= self._last:
            return None
        return max((day for day in turns if day <= on), default=self._first).toordinal()

    def _find_of_leg(self, service: Service, stops: tuple[Stop, ...]) -> frozenset[date]:
        facts = self._legs.facts(service, stops)
        ends = (stops[0].place_id, stops[-1].place_id)
        tariffs = self._choice.list_tariffs(service.service_id, service.operator_id, *ends)
        return self._days((service, *tariffs)) | self._touching(facts, ends, service.service_id, None)

    def of_link(self, haulage: Haulage, link: Link, from_id: str, to_id: str) -> frozenset[date]:
        """Days of a link with an offer of haulage."""
        what = (self._years, haulage.haulage_id, link.link_id, from_id, self._marks.of_link(haulage, link, from_id, to_id))
        return self._asked & self._memory.recall("turns", what, lambda: self._find_of_link(haulage, link, from_id, to_id))

    def _find_of_link(self, haulage: Haulage, link: Link, from_id: str, to_id: str) -> frozenset[date]:
        key = self._links.key(haulage, link, from_id, to_id)
        if key not in self._of_link:
            facts = self._links.facts(haulage, link, from_id, to_id)
            rows = (haulage, *self._choice.list_rates(haulage.haulage_id), *self._choice.list_crossings(link.border_id))
            self._of_link[key] = self._days(rows) | self._touching(facts, (from_id, to_id), haulage.haulage_id, link.country)
        return self._days(self._choice.list_lanes(haulage.haulage_id, from_id, to_id)) | self._of_link[key]

    def _touching(self, facts: Facts, ends: tuple[str, str], subject_id: str, country: str | None) -> frozenset[date]:
        rows = self._choice.list_dated(facts.modes, facts.countries | ({country} if country else set()), subject_id)
        factors = (row for row in self._choice.price_factors if event_touches(row, facts))
        found = self._days((*rows, *fitting_surcharges(self._choice.surcharges, facts, ends), *factors))
        found |= self._days(row for entry in self._law.list_entries(facts) for row in self._law.list_licences(entry.entry_id))
        for rule, days in self._rules:
            if not days <= found and self._law.may_hold(rule, facts):
                found |= days
        return found | self._law.listing_days(facts)

    def _days(self, rows: Iterable[object]) -> frozenset[date]:
        return frozenset(day for row in rows for day in self._days_of(row))

    def _days_of(self, row: object) -> frozenset[date]:
        found = self._of_row.get(id(row))
        if found is None:
            found = self._of_row[id(row)] = row, frozenset(turning_days_of((row,), self._first, self._last))
        return found[1]
