"""What the two ends of a shipment change in the terms of a leg or link."""

from __future__ import annotations

from landbridge.domain.haulage import Haulage, Link
from landbridge.domain.service import Service, Stop
from landbridge.terms.choice import Choice
from landbridge.terms.law import Facts, Law
from landbridge.terms.leg import LegPricer
from landbridge.terms.link import LinkPricer

Mark = tuple[object, ...]


class Marks:
    """Marks of the legs and links of one load: where those of two loads are equal that differ in their ends alone, so are the terms."""

    def __init__(self, law: Law, choice: Choice, legs: LegPricer, links: LinkPricer) -> None:
        self._law, self._choice, self._legs, self._links = law, choice, legs, links
        self._known: dict[tuple[object, ...], Mark] = {}

    def of_leg(self, service: Service, stops: tuple[Stop, ...]) -> Mark:
        """Mark of a service between the first and the last of ``stops``."""
        key = (service.service_id, stops[0].seq, stops[-1].seq)
        return self._known.get(key) or self._find(key, self._legs.facts(service, stops))

    def of_link(self, haulage: Haulage, link: Link, from_id: str, to_id: str) -> Mark:
        """Mark of a link with an offer of haulage."""
        key = self._links.key(haulage, link, from_id, to_id)
        return self._known.get(key) or self._find(key, self._links.facts(haulage, link, from_id, to_id))

    def _find(self, key: tuple[object, ...], facts: Facts) -> Mark:
        found = self._known[key] = self._law.mark(facts), self._choice.events_by_ends
        return found
