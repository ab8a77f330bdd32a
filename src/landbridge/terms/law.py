"""May it? Rules and designations held against a leg, a crossing, a change or a shipment."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import RuleId
from landbridge.domain.party import WatchlistEntry, is_listed
from landbridge.domain.place import Place
from landbridge.domain.plan import Exposure, Rejected
from landbridge.domain.query import Query
from landbridge.domain.rule import LAW_CLASSES, Document, Rule
from landbridge.terms.ends import fits_ends, names_ends
from landbridge.terms.load import Load
from landbridge.terms.money import Market
from landbridge.terms.paper_chain import count_days_until_there
from landbridge.terms.validity import DayOfChange, is_known, is_valid

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What rules are held against, for one link, scheduled leg, change at a place or shipment.

    ``terminals`` are those at which the goods board, alight or are handled; who operates them takes part.
    """

    what: str
    modes: frozenset[str] = _NONE
    places: frozenset[str] = _NONE
    borders: frozenset[str] = _NONE
    passages: frozenset[str] = _NONE
    countries: frozenset[str] = _NONE
    enters: frozenset[str] = _NONE
    registration: str | None = None
    flag: str | None = None
    operators: frozenset[str] = _NONE
    infrastructure: frozenset[str] = _NONE
    terminals: frozenset[str] = _NONE
    services: frozenset[str] = _NONE
    haulage: frozenset[str] = _NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class LawTerms:
    """What the law says of one thing on one day.

    ``documents`` pairs each document with the rule that calls for it; ``fees`` are rules whose fee is due.
    """

    blocks: tuple[Rejected, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    documents: tuple[tuple[Document, Rule], ...] = ()
    fees: tuple[Rule, ...] = ()

    @property
    def lead_days(self) -> int:
        """Days until the last of the documents can be there."""
        return max((document.lead_days for document, _ in self.documents), default=0)


@dataclass(slots=True)
class _Verdict:
    blocks: list[Rejected] = field(default_factory=list)
    exposures: list[Exposure] = field(default_factory=list)
    documents: list[tuple[Document, Rule]] = field(default_factory=list)
    fees: list[Rule] = field(default_factory=list)

    def closed(self) -> LawTerms:
        return LawTerms(blocks=tuple(self.blocks), exposures=tuple(self.exposures), documents=tuple(self.documents), fees=tuple(self.fees))


class Law:
    """Rules and designations as known on the day of asking, for one load."""

    def __init__(self, dataset: Dataset, query: Query, load: Load, market: Market) -> None:
        self._as_of = query.as_of
        self._load = load
        self._market = market
        self._regime_countries: dict[str, frozenset[str]] = {regime.regime_id: frozenset(regime.countries) for regime in dataset.regimes}
        self._parties = dataset.party_by_id
        self._terminals = dataset.terminal_by_id
        policy = dataset.info.gates if dataset.info.gates is not None else tuple(regime.regime_id for regime in dataset.regimes)
        self.gates = tuple(dict.fromkeys((*policy, *query.gates)))
        self._control_lists = _control_lists(dataset, load.hs)
        known = [row for row in dataset.documents if is_known(row, query.as_of)]
        days = count_days_until_there(known)
        self._documents = {row.document_id: replace(row, lead_days=days[row.document_id]) for row in known}
        self._rules_by_id = {rule.rule_id: rule for rule in dataset.rules}
        shipment_parties = {party for party in (load.shipper_id, load.consignee_id) if party}
        self._shipment_parties = frozenset(shipment_parties)
        self._ends = frozenset((load.origin_country, load.destination_country))
        self._rules: dict[str, list[Rule]] = {"leg": [], "transfer": [], "crossing": [], "shipment": []}
        self._licences: dict[str, list[Rule]] = {}
        for rule in dataset.rules:
            if not is_known(rule, query.as_of) or rule.effect == "agreement" or not self._fits_load(rule):
                continue
            if rule.effect == "licence":
                for allowed in (*rule.allows_rule_ids, *rule.allows_entry_ids):
                    self._licences.setdefault(allowed, []).append(rule)
            else:
                self._rules[rule.scope].append(rule)
        self._rules_on: dict[tuple[str, frozenset[str], date], tuple[Rule, ...]] = {}
        self._entries = self._entries_by_party(dataset)
        self._named = _parties_by_entry(self._entries)
        licences = tuple(rule for rules in self._licences.values() for rule in rules)
        every = {rule.rule_id: rule for rule in (*self.list_rules(("leg", "crossing")), *licences) if names_ends(rule)}
        self._by_ends = tuple(every[rule_id] for rule_id in sorted(every))
        transfers = (*self._rules["transfer"], *(rule for rule in licences if rule.scope == "transfer"))
        self.transfers_by_carrier = any(self._sees_carriers(rule) for rule in transfers)
        """Whether rules on transfers tell carriers of one mode apart."""
        self._transfers_by_ends = tuple(rule for rule in (*self._rules["transfer"], *licences) if names_ends(rule))
        self.rules_at: dict[str, frozenset[str]] = _by_place(dataset.rules)
        """Rules that name a place, whatever load they are for: links that they tell apart are so for loads of other ends too."""

    def _sees_carriers(self, rule: Rule) -> bool:
        """Whether it matters to a rule who brings or takes the goods: it names them, or asks from which country they are."""
        is_of_some = rule.nexus == "jurisdiction" and bool(self._regime_countries.get(rule.regime_id))
        return is_of_some or bool(rule.operator_ids or rule.party_ids or rule.service_ids or rule.haulage_ids)

    def judge(self, scopes: tuple[str, ...], facts: Facts, on: date) -> LawTerms:
        """Hold the rules of some scopes, and all designations, against facts on a day; a transfer adds no party to its legs."""
        verdict = _Verdict()
        for scope in scopes:
            for rule in self._rules_for(scope, facts.modes, on):
                if self._holds(rule, facts):
                    self._apply_rule(rule, facts, on, verdict)
        self._apply_entries(self._list_parties(facts) if "transfer" not in scopes else _NONE, facts, on, verdict)
        return verdict.closed()

    def judge_handling(self, facts: Facts, on: date) -> LawTerms:
        """Hold the designations of who operates terminals against handling there on a day; nobody else takes part in it."""
        verdict = _Verdict()
        self._apply_entries(self._list_terminal_operators(facts), facts, on, verdict)
        return verdict.closed()

    def _apply_entries(self, party_ids: frozenset[str], facts: Facts, on: date, verdict: _Verdict) -> None:
        for party_id in sorted(party_ids):
            for entry in self._entries.get(party_id, ()):
                if is_listed(entry, min(on, self._as_of)):  # removals of days to come are not known
                    self._apply_entry(entry, party_id, facts, on, verdict)

    def list_rules(self, scopes: tuple[str, ...]) -> list[Rule]:
        """Rules of some scopes that fit the load, whatever their dates."""
        return [rule for scope in scopes for rule in self._rules[scope]]

    def may_hold(self, rule: Rule, facts: Facts) -> bool:
        """Whether all conditions of a rule but its dates are met."""
        return _meets(rule.modes, facts.modes) and self._holds(rule, facts)

    def mark(self, facts: Facts) -> tuple[tuple[str, ...], ...]:
        """What the two ends change for a leg or link: with the same mark, loads that differ in their ends alone have the same law here.

        A rule or licence of transit sees the ends themselves, and at a crossing of the leg fewer countries than on the whole of it.
        """
        return tuple(
            (rule.rule_id, *sorted(self._ends.intersection(rule.transit_countries))) for rule in self._by_ends if self.may_hold(rule, facts)
        )

    def mark_transfers(self, place: Place) -> tuple[tuple[str, ...], ...]:
        """What the two ends change for goods that change vehicle at a place: the same mark, the same law there."""
        return tuple(
            (rule.rule_id, *sorted(self._ends.intersection(rule.transit_countries)))
            for rule in self._transfers_by_ends
            if _meets(rule.countries, (place.country,)) and _meets(rule.place_ids, (place.place_id,))
        )

    def list_licences(self, row_id: str) -> Iterator[Rule]:
        """Licences for what a rule or an entry of a list forbids, and what sets them aside."""
        for licence in self._licences.get(row_id, ()):
            yield from self._setting_aside(licence)

    def list_dependents(self, rule: Rule) -> Iterator[Rule | Document | DayOfChange]:
        """A rule, licences for what it forbids, what sets these aside, and the papers that it calls for."""
        yield from self._setting_aside(rule)
        yield from self.list_licences(rule.rule_id)
        yield from self._papers_of(rule)

    def _setting_aside(self, rule: Rule) -> Iterator[Rule]:
        """A rule and all that set it aside, and so on."""
        seen = {rule.rule_id}
        pending = [rule]
        while pending:
            row = pending.pop()
            yield row
            pending += [self._rules_by_id[other] for other in row.unless_rule_ids if other not in seen]
            seen.update(row.unless_rule_ids)

    def _papers_of(self, rule: Rule) -> Iterator[Document | DayOfChange]:
        """The documents that a rule calls for, and the first day on which each can be there if they are not waited for."""
        if rule.document_id not in self._documents:
            return
        for document in self.documents_needed(self._documents[rule.document_id]):
            yield document
            if rule.short_lead == "reject":
                yield DayOfChange(self._as_of + timedelta(days=document.lead_days))

    def list_entries(self, facts: Facts) -> Iterator[WatchlistEntry]:
        """Entries of lists that name somebody who takes part in something, whatever their dates."""
        for party_id in self._list_parties(facts):
            yield from self._entries.get(party_id, ())

    def _list_parties(self, facts: Facts) -> frozenset[str]:
        """Everybody who takes part: operators, whose tracks and terminals are used, shipper and consignee."""
        found = facts.operators | facts.infrastructure | self._shipment_parties
        return found | self._list_terminal_operators(facts) if facts.terminals else found

    def _list_terminal_operators(self, facts: Facts) -> frozenset[str]:
        return frozenset(str(self._terminals[terminal].operator_id) for terminal in facts.terminals)

    def _name_role(self, party_id: str, facts: Facts) -> str:
        """A party by name; who takes part only by operating terminals, with these."""
        party = self._parties.get(party_id)
        name = party.name if party else party_id
        if party_id in facts.operators | facts.infrastructure | self._shipment_parties:
            return name
        theirs = (self._terminals[one] for one in sorted(facts.terminals))
        operated = [row.name for row in theirs if row.operator_id == party_id]
        return f"{name} (operates {' and '.join(operated)})" if operated else name

    def is_measure(self, row_id: str) -> bool:
        """Whether a row that blocks is a designation, a sanction or a ban on trade; rules of transport are terms of a vehicle."""
        rule = self._rules_by_id.get(RuleId(row_id))
        return bool(self.list_named(row_id)) if rule is None else rule.rule_class in LAW_CLASSES

    def list_named(self, entry_id: str) -> frozenset[str]:
        """Parties whom an entry of a list designates; none if it is no entry."""
        return self._named.get(entry_id, _NONE)

    def listing_days(self, facts: Facts) -> set[date]:
        """Days on which somebody who takes part in something was put on a list or taken off it."""
        return {day for entry in self.list_entries(facts) for day in (entry.listed_on, entry.delisted_on) if day}

    def _rules_for(self, scope: str, modes: frozenset[str], on: date) -> tuple[Rule, ...]:
        """Rules of a scope that are in force on a day and say nothing of modes or name one of these; remembered."""
        key = (scope, modes, on)
        found = self._rules_on.get(key)
        if found is None:
            found = tuple(rule for rule in self._rules[scope] if _meets(rule.modes, modes) and self.is_in_force(rule, on))
            self._rules_on[key] = found
        return found

    def _holds(self, rule: Rule, facts: Facts) -> bool:
        if rule.transit_countries and not _meets(rule.transit_countries, facts.countries - self._ends):
            return False
        return _holds(rule, facts) and (not rule.party_ids or _meets(rule.party_ids, self._list_parties(facts)))

    def _find_licence(self, row_id: str, facts: Facts, on: date) -> Rule | None:
        """The licence under which something prohibited is allowed here on a day, the one that ends last."""
        fitting = (
            rule
            for rule in self._licences.get(row_id, ())
            if _meets(rule.modes, facts.modes) and self._holds(rule, facts) and self.is_in_force(rule, on)
        )
        return max(fitting, key=lambda rule: (rule.valid_to or date.max, rule.rule_id), default=None)

    def is_in_force(self, rule: Rule, on: date) -> bool:
        """Whether a rule is in force on a day and not set aside by one of ``unless_rule_ids``."""
        if rule.status not in ("in_force", "expired") or not is_valid(rule, on) or not is_known(rule, self._as_of):
            return False
        return not any(self.is_in_force(self._rules_by_id[other], on) for other in rule.unless_rule_ids)

    def documents_needed(self, document: Document) -> tuple[Document, ...]:
        """A document and those that it needs before, each once; their lead times count from the day of asking, what each needs included."""
        found: dict[str, Document] = {}
        pending = [document]
        while pending:
            row = pending.pop()
            if row.document_id not in found:
                found[row.document_id] = row
                pending.extend(self._documents[need] for need in row.needs if need in self._documents)
        return tuple(found.values())

    def _fits_load(self, rule: Rule) -> bool:
        load = self._load
        if rule.hs and not (load.hs and any(load.hs.startswith(prefix) or prefix.startswith(load.hs) for prefix in rule.hs)):
            return False
        if rule.dual_use and not _meets(rule.dual_use, self._control_lists):
            return False
        if rule.unit_types and load.unit_type.unit_type_id not in rule.unit_types:
            return False
        return fits_ends(rule, load.origin_country, load.destination_country)

    def _entries_by_party(self, dataset: Dataset) -> dict[str, list[WatchlistEntry]]:
        known = [entry for entry in dataset.watchlist if entry.listed_on <= self._as_of]
        by_id: dict[str, dict[str, WatchlistEntry]] = {}
        by_name: dict[str, list[WatchlistEntry]] = {}
        for entry in known:
            if entry.party_id:
                by_id.setdefault(entry.party_id, {})[entry.entry_id] = entry
            for name in (entry.name, *entry.names):
                by_name.setdefault(name.casefold(), []).append(entry)
        for party in dataset.parties:
            for name in (party.name, *party.names):
                for entry in by_name.get(name.casefold(), ()):
                    by_id.setdefault(party.party_id, {})[entry.entry_id] = entry
        return {party_id: list(entries.values()) for party_id, entries in by_id.items()}

    def _has_jurisdiction(self, regime_id: str, facts: Facts) -> bool:
        countries = self._regime_countries.get(regime_id, _NONE)
        if not countries:
            return True
        touched = set(facts.countries) | {code for code in (facts.registration, facts.flag) if code}
        for party_id in self._list_parties(facts):
            party = self._parties.get(party_id)
            if party and party.country:
                touched.add(party.country)
        return bool(countries & touched)

    def _apply_rule(self, rule: Rule, facts: Facts, on: date, verdict: _Verdict) -> None:
        if rule.nexus == "jurisdiction" and not self._has_jurisdiction(rule.regime_id, facts):
            if rule.effect == "prohibit":
                verdict.exposures.append(
                    Exposure(
                        regime=rule.regime_id,
                        what=facts.what,
                        since=rule.valid_from,
                        until=rule.valid_to,
                        rule_id=rule.rule_id,
                        text=rule.title,
                    )
                )
            return
        licence = self._find_licence(rule.rule_id, facts, on) if rule.effect == "prohibit" else None
        if licence is not None:
            verdict.exposures.append(
                Exposure(
                    regime=rule.regime_id,
                    what=facts.what,
                    since=rule.valid_from,
                    until=licence.valid_to,
                    rule_id=rule.rule_id,
                    text=f"{rule.title}: {say_licence(licence)}",
                )
            )
        elif rule.effect == "prohibit":
            verdict.blocks.append(
                Rejected(
                    what=facts.what,
                    reason=rule.title,
                    since=rule.valid_from,
                    until=rule.valid_to,
                    rule_id=rule.rule_id,
                    regime=rule.regime_id,
                )
            )
        elif rule.effect == "fee":
            if rule.per == "value_percent" or self._market.has_rate(rule.currency):
                verdict.fees.append(rule)
        elif rule.document_id in self._documents:
            self._call_document(rule, self._documents[rule.document_id], facts, on, verdict)

    def _call_document(self, rule: Rule, document: Document, facts: Facts, on: date, verdict: _Verdict) -> None:
        for needed in self.documents_needed(document):
            if not is_valid(needed, on):
                verdict.blocks.append(
                    Rejected(
                        what=facts.what,
                        reason=f"{needed.name} cannot be had: {rule.title}",
                        since=needed.valid_to,
                        permit_id=needed.document_id,
                        regime=rule.regime_id,
                    )
                )
            elif needed.quota_left is not None and needed.quota_left < self._load.units:
                verdict.blocks.append(
                    Rejected(
                        what=facts.what,
                        reason=f"{needed.quota_left} left of {needed.name}, {self._load.units} needed",
                        since=rule.valid_from,
                        permit_id=needed.document_id,
                        regime=rule.regime_id,
                    )
                )
            elif rule.short_lead == "reject" and on < self._as_of + timedelta(days=needed.lead_days):
                verdict.blocks.append(
                    Rejected(
                        what=facts.what,
                        reason=f"{needed.name} takes {needed.lead_days} days: asked for on {self._as_of} it is there on {self._as_of + timedelta(days=needed.lead_days)}, after {on}",  # noqa: E501
                        since=rule.valid_from,
                        permit_id=needed.document_id,
                        regime=rule.regime_id,
                    )
                )
            else:
                verdict.documents.append((needed if rule.short_lead != "warn" else _unwaited(needed), rule))

    def _apply_entry(self, entry: WatchlistEntry, party_id: str, facts: Facts, on: date, verdict: _Verdict) -> None:
        text = f"{self._name_role(party_id, facts)}: {entry.list_name}" + (f", {entry.program}" if entry.program else "")
        blocks = (entry.measure == "freeze" and entry.regime_id in self.gates) or (
            entry.measure == "transaction_ban" and self._has_jurisdiction(entry.regime_id, facts)
        )
        licence = self._find_licence(entry.entry_id, facts, on) if blocks else None
        if licence is not None:
            text = f"{text}: {say_licence(licence)}"
        if blocks and licence is None:
            verdict.blocks.append(
                Rejected(
                    what=facts.what,
                    reason=f"designated by {entry.regime_id}: {text}",
                    since=entry.listed_on,
                    until=entry.delisted_on,
                    rule_id=entry.entry_id,
                    regime=entry.regime_id,
                )
            )
        else:
            verdict.exposures.append(
                Exposure(
                    regime=entry.regime_id,
                    what=party_id,
                    since=entry.listed_on,
                    until=entry.delisted_on,
                    rule_id=entry.entry_id,
                    text=text + ("" if entry.measure == "freeze" else f" ({entry.measure.replace('_', ' ')})"),
                )
            )


def _holds(rule: Rule, facts: Facts) -> bool:
    """Whether all conditions of a rule but those of the load, of modes and of parties hold."""
    return (
        _meets(rule.countries, facts.countries)
        and _meets(rule.registrations, {facts.registration})
        and _meets(rule.place_ids, facts.places)
        and _meets(rule.border_ids, facts.borders)
        and _meets(rule.enters, facts.enters)
        and _meets(rule.passage_ids, facts.passages)
        and _meets(rule.flags, {facts.flag})
        and _meets(rule.operator_ids, facts.operators)
        and _meets(rule.service_ids, facts.services)
        and _meets(rule.haulage_ids, facts.haulage)
    )


def _parties_by_entry(entries: Mapping[str, Iterable[WatchlistEntry]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for party_id, rows in entries.items():
        for row in rows:
            found[row.entry_id] = found.get(row.entry_id, _NONE) | {party_id}
    return found


def _by_place(rules: Iterable[Rule]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for rule in rules:
        for place_id in rule.place_ids:
            found[place_id] = found.get(place_id, _NONE) | {rule.rule_id}
    return found


def _control_lists(dataset: Dataset, hs: str | None) -> frozenset[str]:
    """Control lists that name goods under the heading of a load."""
    if not hs:
        return _NONE
    return frozenset(
        name for row in dataset.goods if row.dual_use and (hs.startswith(row.hs) or row.hs.startswith(hs)) for name in row.dual_use
    )


def _unwaited(document: Document) -> Document:
    """A document that nothing waits for: its own lead time is told by the plan, not kept by the legs."""
    return replace(document, lead_days=0)


def say_licence(licence: Rule) -> str:
    """A licence in words: its number, title and end."""
    number = f"licence {licence.licence_number}" if licence.licence_number else "licence"
    return f"allowed by {number} ({licence.title})" + (f" until {licence.valid_to}" if licence.valid_to else "")


def _meets(wanted: tuple[str, ...], there: Container[str | None]) -> bool:
    if not wanted:
        return True
    for one in wanted:  # noqa: SIM110  # asked a million times a question; a generator costs twice as much
        if one in there:
            return True
    return False
