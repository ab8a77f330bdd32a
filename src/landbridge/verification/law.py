"""Law: rules in force that meet a matter, designations of parties, and what blocks or is an exposure; section 7."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from landbridge.domain.party import WatchlistEntry, is_listed
from landbridge.domain.rule import Rule
from landbridge.verification.case import Case
from landbridge.verification.facts import NONE, Facts, Names, names, parties_of
from landbridge.verification.matter import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule in force that meets a matter.

    ``parts`` are the parts that it meets and over which its nexus has jurisdiction; none: an exposure at most. ``is_licensed``: licences
    allow it on each of these parts.
    """

    rule: Rule
    matter: Matter
    parts: tuple[Facts, ...]
    is_licensed: bool = False

    @property
    def blocks(self) -> bool:
        return self.rule.effect == "prohibit" and bool(self.parts) and not self.is_licensed

    @property
    def exposes(self) -> bool:
        return self.rule.effect == "prohibit" and not self.blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A measure that blocks a matter or touches it: ``row_id`` is a rule or a watchlist entry, which means ``parties``."""

    row_id: str
    regime_id: str
    leg: int | None
    blocks: bool
    text: str
    parties: Names = NONE


def is_in_force(case: Case, rule: Rule, day: date, passed: frozenset[str] = frozenset()) -> bool:
    """Tell whether a rule is in force on a day: enacted, applying, and not set aside by another."""
    if rule.status not in ("in_force", "expired") or not case.applies(rule, day):
        return False
    others = (row for row in case.dataset.rules if row.rule_id in rule.unless_rule_ids and row.rule_id not in passed)
    return not any(is_in_force(case, other, day, passed | {rule.rule_id}) for other in others)


def has_jurisdiction(case: Case, regime_id: str, facts: Facts) -> bool:
    """Tell whether a regime's countries meet those of parties, vehicles, flag or territory; one without countries always does."""
    regime = next((row for row in case.dataset.regimes if row.regime_id == regime_id), None)
    if regime is None or not regime.countries:
        return True
    parties = (case.dataset.party_by_id.get(party_id) for party_id in parties_of(case, facts))
    of_parties = names(*(party.country for party in parties if party is not None))
    return not (of_parties | facts.registrations | facts.flags | facts.countries).isdisjoint(regime.countries)


def holds(case: Case, rule: Rule, facts: Facts) -> bool:
    """Tell whether all conditions of a rule hold; of the values of one condition one is enough."""
    if rule.hs and not any(_is_meant_by(case, hs) for hs in rule.hs):
        return False
    if rule.dual_use and not any(set(row.dual_use) & set(rule.dual_use) and _is_meant_by(case, row.hs) for row in case.dataset.goods):
        return False
    between = facts.countries - {case.origin.country, case.destination.country}
    if rule.transit_countries and between.isdisjoint(rule.transit_countries):
        return False
    return _is_for_shipment(case, rule) and all(
        not wanted or not touched.isdisjoint(wanted) for wanted, touched in _list_conditions(case, rule, facts)
    )


def _is_meant_by(case: Case, hs: str) -> bool:
    """Tell whether a prefix of a rule means the goods: it starts their code, or is started by it; goods not told at all are not meant."""
    return case.query.hs is not None and (case.query.hs.startswith(hs) or hs.startswith(case.query.hs))


def _is_for_shipment(case: Case, rule: Rule) -> bool:
    return case.origin.country not in rule.not_origin_countries and case.destination.country not in rule.not_destination_countries


def _list_conditions(case: Case, rule: Rule, facts: Facts) -> tuple[tuple[tuple[str, ...], Names], ...]:
    return (
        (rule.modes, facts.modes),
        (rule.place_ids, facts.places),
        (rule.border_ids, facts.borders),
        (rule.passage_ids, facts.passages),
        (rule.countries, facts.countries),
        (rule.enters, facts.enters),
        (rule.registrations, facts.registrations),
        (rule.flags, facts.flags),
        (rule.operator_ids, facts.operators),
        (rule.service_ids, facts.services),
        (rule.haulage_ids, facts.haulages),
        (rule.unit_types, names(case.query.unit_type_id)),
        (rule.party_ids, parties_of(case, facts)),
        (rule.origin_countries, names(case.origin.country)),
        (rule.destination_countries, names(case.destination.country)),
    )


def list_hits(case: Case, matters: Iterable[Matter]) -> tuple[Hit, ...]:
    """List the rules in force that meet matters, in the order of matters and rules."""
    return tuple(hit for matter in matters for hit in _list_hits(case, matter))


def _list_hits(case: Case, matter: Matter) -> Iterator[Hit]:
    key = (matter.scope, matter.day, matter.parts)
    found = case.met_rules.get(key)
    if found is None:
        found = case.met_rules[key] = tuple(_list_met(case, matter))
    for rule, parts, is_licensed in found:
        yield Hit(rule=rule, matter=matter, parts=parts, is_licensed=is_licensed)


def _list_met(case: Case, matter: Matter) -> Iterator[tuple[Rule, tuple[Facts, ...], bool]]:
    """Rules in force that meet what a matter touches; the same for all legs and itineraries of a question, so the case keeps them."""
    for rule in case.rules_by_scope.get(matter.scope, ()):
        met = [facts for facts in matter.parts if holds(case, rule, facts)]
        if met and is_in_force(case, rule, matter.day):
            parts = tuple(facts for facts in met if _is_bound(case, rule, facts))
            is_licensed = rule.effect == "prohibit" and all(is_licensed_on(case, rule.rule_id, facts, matter.day) for facts in parts)
            yield rule, parts, is_licensed


def is_licensed_on(case: Case, row_id: str, facts: Facts, day: date) -> bool:
    """Tell whether a licence in force on a day, whose own conditions hold, allows what a rule or an entry prohibits."""
    return any(
        row.effect == "licence"
        and row_id in (*row.allows_rule_ids, *row.allows_entry_ids)
        and is_in_force(case, row, day)
        and holds(case, row, facts)
        for row in case.dataset.rules
    )


def _is_bound(case: Case, rule: Rule, facts: Facts) -> bool:
    return rule.nexus != "jurisdiction" or has_jurisdiction(case, rule.regime_id, facts)


# designations


def is_meant(case: Case, entry: WatchlistEntry, party_id: str) -> bool:
    """Tell whether an entry means a party: by id, or by a name that is the same, case apart."""
    if entry.party_id is not None and entry.party_id == party_id:
        return True
    party = case.dataset.party_by_id.get(party_id)
    own = {party.name, *party.names} if party is not None else {party_id}
    return not {name.casefold() for name in own}.isdisjoint(name.casefold() for name in (entry.name, *entry.names))


def _blocks(case: Case, entry: WatchlistEntry, matter: Matter) -> bool:
    if matter.parts and all(is_licensed_on(case, entry.entry_id, facts, matter.day) for facts in matter.parts):
        return False
    if entry.measure == "freeze":
        return case.has_gate(entry.regime_id)
    return entry.measure == "transaction_ban" and any(has_jurisdiction(case, entry.regime_id, facts) for facts in matter.parts)


def list_judgements(case: Case, matters: Iterable[Matter]) -> tuple[Judgement, ...]:
    """List the prohibitions that meet matters and the designations of their parties.

    Parties are held against legs and the shipment; who operates terminals also against the handling there.
    """
    return tuple(judgement for matter in matters for judgement in (*_judge_rules(case, matter), *_judge_parties(case, matter)))


def _judge_rules(case: Case, matter: Matter) -> Iterator[Judgement]:
    for hit in _list_hits(case, matter):
        if hit.rule.effect == "prohibit":
            yield Judgement(
                row_id=hit.rule.rule_id,
                regime_id=hit.rule.regime_id,
                leg=matter.leg,
                blocks=hit.blocks,
                text=f"{hit.rule.rule_id}: {hit.rule.title}",
            )


def _judge_parties(case: Case, matter: Matter) -> Iterator[Judgement]:
    if matter.scope not in ("leg", "shipment", "handling"):
        return
    is_handling = matter.scope == "handling"
    parties = {party_id for facts in matter.parts for party_id in (facts.terminals if is_handling else parties_of(case, facts))}
    for entry in (row for row in case.dataset.watchlist if is_listed(row, min(matter.day, case.query.as_of))):
        meant = frozenset(party_id for party_id in parties if is_meant(case, entry, party_id))
        if meant:
            yield Judgement(
                row_id=entry.entry_id,
                regime_id=entry.regime_id,
                leg=matter.leg,
                blocks=_blocks(case, entry, matter),
                text=f"{entry.entry_id}: {entry.name} on {entry.list_name} ({entry.measure})",
                parties=meant,
            )
