"""Rules and the documents they call for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.identity import (
    BorderId,
    DocumentId,
    HaulageId,
    PartyId,
    PassageId,
    PlaceId,
    RegimeId,
    RuleId,
    ServiceId,
    UnitTypeId,
)
from landbridge.domain.record import Range, Record

SANCTION = "sanction"
"""The class of measures that nothing varies: no scenario, lever, measure or explanation."""
LAW_CLASSES = (SANCTION, "trade")
"""Classes of rules that say with whom and in what one may deal: they hold beside any feed. Rules of transport are terms of a vehicle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """Documents and permits: one row of `documents`."""

    document_id: DocumentId
    name: str
    kind: str
    issuer: str
    lead_days: int
    amount: Range[Decimal] | None = None
    currency: str | None = None
    per: str = "shipment"
    quota_left: int | None = None
    needs: tuple[DocumentId, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Record):
    """Law and regulation as data: one row of `rules`.

    A ``licence`` allows what ``allows_rule_ids`` and ``allows_entry_ids`` prohibit, from ``valid_from`` to ``valid_to``, where its own
    conditions hold: they are its scope. ``short_lead`` says what becomes of a leg for which a paper would come too late.
    """

    rule_id: RuleId
    title: str
    effect: str
    rule_class: str
    regime_id: RegimeId
    status: str
    signed_on: date | None = None
    unless_rule_ids: tuple[RuleId, ...] = ()
    nexus: str = "always"
    scope: str
    modes: tuple[str, ...] = ()
    place_ids: tuple[PlaceId, ...] = ()
    border_ids: tuple[BorderId, ...] = ()
    passage_ids: tuple[PassageId, ...] = ()
    countries: tuple[str, ...] = ()
    transit_countries: tuple[str, ...] = ()
    enters: tuple[str, ...] = ()
    registrations: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    operator_ids: tuple[PartyId, ...] = ()
    service_ids: tuple[ServiceId, ...] = ()
    haulage_ids: tuple[HaulageId, ...] = ()
    hs: tuple[str, ...] = ()
    dual_use: tuple[str, ...] = ()
    unit_types: tuple[UnitTypeId, ...] = ()
    party_ids: tuple[PartyId, ...] = ()
    origin_countries: tuple[str, ...] = ()
    destination_countries: tuple[str, ...] = ()
    not_origin_countries: tuple[str, ...] = ()
    not_destination_countries: tuple[str, ...] = ()
    document_id: DocumentId | None = None
    short_lead: str = "wait"
    licence_number: str | None = None
    allows_rule_ids: tuple[RuleId, ...] = ()
    allows_entry_ids: tuple[str, ...] = ()
    amount: Range[Decimal] | None = None
    currency: str | None = None
    per: str = "unit"
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: date | None = None


def list_lifting(rules: Iterable[Rule]) -> frozenset[RuleId]:
    """Rules that lift a measure of class sanction while they are in force."""
    return frozenset(one for row in rules if row.rule_class == SANCTION for one in row.unless_rule_ids)


def list_guarded(rules: Sequence[Rule]) -> frozenset[RuleId]:
    """Rules that nothing varies: measures of class sanction, and whatever lifts one of them."""
    return list_lifting(rules) | {row.rule_id for row in rules if row.rule_class == SANCTION}
