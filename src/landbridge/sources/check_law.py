"""Checks of rules, events and policy: what would hold for everything, or for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.rule import Rule
from landbridge.sources.provenance import make_row_finding

_RULE_CONDITIONS = (
    "modes",
    "place_ids",
    "border_ids",
    "passage_ids",
    "countries",
    "transit_countries",
    "enters",
    "registrations",
    "flags",
    "operator_ids",
    "service_ids",
    "haulage_ids",
    "hs",
    "dual_use",
    "unit_types",
    "party_ids",
    "origin_countries",
    "destination_countries",
    "not_origin_countries",
    "not_destination_countries",
)
_SHOWN = 12
"""Documents of a circle that are named."""
_EVENT_CONDITIONS = (
    "place_id",
    "border_id",
    "passage_id",
    "service_id",
    "haulage_id",
    "operator_id",
    "country",
    "modes",
    "from_country",
    "origin_countries",
    "destination_countries",
)


def check_rule_conditions(dataset: Dataset) -> Iterator[Finding]:
    """RULE-WITHOUT-CONDITION: a rule holds for everything; a document or a fee of every shipment may be meant so."""
    for rule in dataset.rules:
        is_general = rule.scope == "shipment" and rule.effect in ("require_document", "fee")
        if rule.effect != "agreement" and not is_general and not any(getattr(rule, name) for name in _RULE_CONDITIONS):
            message = f"the rule {rule.rule_id} has no condition: it holds for every {rule.scope}"
            yield make_row_finding("RULE-WITHOUT-CONDITION", rule, "scope", message)


def check_paper_circles(dataset: Dataset) -> Iterator[Finding]:
    """PAPER-CIRCLE: documents need each other before, so that nobody can apply for the first of them; each circle once."""
    needs = {row.document_id: set(row.needs) for row in dataset.documents}
    rows = {row.document_id: row for row in dataset.documents}
    while True:
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            circle = error.args[1][::-1]  # each needs the one behind it; the first stands at both ends
            first = min(one for one in circle if one in rows)
            at = circle.index(first)
            way = " -> ".join([*circle[at:-1], *circle[:at], first][:_SHOWN])
            yield make_row_finding("PAPER-CIRCLE", rows[first], "needs", f"the document needs itself before: {way}")
            needs[first] = set()
        else:
            return


def check_rule_ends(dataset: Dataset) -> Iterator[Finding]:
    """RULE-WITHOUT-END: a rule is expired, but no day says since when."""
    for rule in dataset.rules:
        if rule.status == "expired" and rule.valid_to is None:
            message = f"the rule {rule.rule_id} is expired, but has no valid_to: it would hold for ever"
            yield make_row_finding("RULE-WITHOUT-END", rule, "valid_to", message)


def check_licences(dataset: Dataset) -> Iterator[Finding]:
    """LICENCE-SCOPE: a licence allows what it cannot: no prohibition, or one that is held against something else."""
    rules = {rule.rule_id: rule for rule in dataset.rules}
    for rule in dataset.rules:
        for allowed in rule.allows_rule_ids if rule.effect == "licence" else ():
            other = rules.get(allowed)
            if other is not None and (other.effect != "prohibit" or other.scope != rule.scope):
                message = f"the licence {rule.rule_id} is held against each {rule.scope}, {allowed} is {other.effect} on each {other.scope}"
                yield make_row_finding("LICENCE-SCOPE", rule, "allows_rule_ids", message)


def check_unless(dataset: Dataset) -> Iterator[Finding]:
    """RULE-UNLESS-ITSELF: a rule is lifted by itself, so it never holds."""
    for rule in dataset.rules:
        if rule.rule_id in rule.unless_rule_ids:
            message = f"the rule {rule.rule_id} is lifted while it is itself in force"
            yield make_row_finding("RULE-UNLESS-ITSELF", rule, "unless_rule_ids", message)


def check_permit_kinds(dataset: Dataset) -> Iterator[Finding]:
    """RULE-DOCUMENT-KIND: a rule requires a permit and names a document, or the other way round."""
    kinds = {document.document_id: document.kind for document in dataset.documents}
    for rule in dataset.rules:
        wanted = _find_kind(rule)
        kind = kinds.get(rule.document_id) if rule.document_id is not None else None
        if wanted is not None and kind is not None and kind != wanted:
            message = f"the effect is {rule.effect}, but {rule.document_id} is a {kind}"
            yield make_row_finding("RULE-DOCUMENT-KIND", rule, "document_id", message)


def check_nexus(dataset: Dataset) -> Iterator[Finding]:
    """REGIME-EVERYWHERE: a rule binds by jurisdiction, but its regime names no countries, so it has jurisdiction everywhere."""
    bounded = {regime.regime_id for regime in dataset.regimes if regime.countries}
    for rule in dataset.rules:
        if rule.nexus == "jurisdiction" and rule.regime_id not in bounded and rule.regime_id != "UN":
            message = f"the regime {rule.regime_id} names no countries: the rule binds everywhere"
            yield make_row_finding("REGIME-EVERYWHERE", rule, "nexus", message)


def check_event_conditions(dataset: Dataset) -> Iterator[Finding]:
    """EVENT-WITHOUT-SUBJECT: an event names nothing that it touches, so it touches everything."""
    for event in dataset.events:
        if not any(getattr(event, name) for name in _EVENT_CONDITIONS):
            message = f"the event {event.event_id} names nothing that it touches: it touches everything"
            yield make_row_finding("EVENT-WITHOUT-SUBJECT", event, "event_id", message)


def check_owners(dataset: Dataset) -> Iterator[Finding]:
    """OWNERSHIP-ITSELF: a party owns itself."""
    for row in dataset.ownership:
        if row.owner_id == row.owned_id:
            yield make_row_finding("OWNERSHIP-ITSELF", row, "owned_id", f"{row.owner_id} owns itself in {row.ownership_id}")


def check_shares(dataset: Dataset) -> Iterator[Finding]:
    """OWNERSHIP-OVER: shares of one party come to more than 100 percent on a day."""
    for row in dataset.ownership:
        day = row.valid_from or date.min
        held = [
            one
            for one in dataset.ownership
            if one.owned_id == row.owned_id and (one.valid_from or date.min) <= day <= (one.valid_to or date.max)
        ]
        total = sum((one.share_percent for one in held), Decimal(0))
        if total > 100 and row is held[-1]:
            yield make_row_finding(
                "OWNERSHIP-OVER", row, "share_percent", f"{total} percent of {row.owned_id} are held on {row.valid_from or 'any day'}"
            )


def _find_kind(rule: Rule) -> str | None:
    return {"require_document": "document", "require_permit": "permit"}.get(rule.effect)
