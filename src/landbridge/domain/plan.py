"""Answers: items, legs, itineraries and the plan of one shipment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from landbridge.domain.finding import Finding
from landbridge.domain.query import Query

FREIGHT_KINDS = frozenset({"freight", "fixed"})
"""Items of a leg that the price of a whole train or of a through rate takes the place of; fees, handling and papers are still paid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One amount of money, with the row that it comes from.

    ``cost_cents`` is in the settlement currency; ``amount`` times the number of ``units`` of the basis is what the row says in
    ``currency``; ``rate`` is units of that currency for one of the settlement currency.
    ``leg`` is the number of the leg it belongs to, from 0; None for the shipment as a whole.
    """

    kind: str
    name: str
    cost_cents: int
    cost_low_cents: int
    cost_high_cents: int
    amount: Decimal
    currency: str
    rate: Decimal
    quantity: Decimal
    per: str
    row_id: str
    row: str
    source_id: str
    grade: str
    leg: int | None = None
    carried_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stretch of time of a leg or before it.

    Kinds: ``handling`` (in a terminal), ``notice`` (waiting for a haulier), ``wait`` (for a departure or an opening),
    ``border``, ``drive``, ``rest``, ``sail``, ``ride``, ``call`` (at a stop on the way).
    """

    kind: str
    place_id: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One leg: a scheduled service from stop to stop, or one run of a haulage offer.

    ``calls`` are the places touched, the first and the last included; ``borders`` and ``passages`` those used.
    ``ready_at`` is when the goods came to rest at ``from_id`` before this leg, ``departs_at`` and ``arrives_at`` in UTC.
    ``stages`` run from ``ready_at`` to ``arrives_at`` without a gap. ``infrastructure_ids`` are parties over whose tracks it goes, screened
    as operators are; None where the feed names none. ``terminal_ids`` are terminals at which the goods board, alight or are handled before
    the leg, after the last leg too, whose operators are screened as well; None where the feed names none.
    """

    mode: str
    service_id: str
    operator_id: str | None
    from_id: str
    to_id: str
    ready_at: datetime
    departs_at: datetime
    arrives_at: datetime
    distance_m: int
    emission_g_co2e: int
    is_scheduled: bool
    is_confirmed: bool
    departure_on: date
    calls: tuple[str, ...] = ()
    borders: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    link_ids: tuple[str, ...] = ()
    through_id: str | None = None
    ordered_on: date | None = None
    evidence_on: date | None = None
    status: str = "operating"
    stages: tuple[Stage, ...] = ()
    path: tuple[tuple[float, float], ...] = ()
    infrastructure_ids: tuple[str, ...] | None = None
    terminal_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNeed:
    """A document or permit that an itinerary needs: by when it has to be applied for.

    ``apply_by`` is the day on which the first leg that needs it begins (its cut-off for papers), by the clock of the place where it begins,
    or the day on which a document that needs it is applied for, if that is earlier, less ``lead_days``; not before the day of asking where
    the goods wait for it.
    """

    document_id: str
    name: str
    kind: str
    issuer: str
    legs: tuple[int, ...]
    rule_ids: tuple[str, ...]
    lead_days: int
    apply_by: date
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """A measure that touches an itinerary without blocking it under the policy in force."""

    regime: str
    what: str
    since: date | None
    rule_id: str
    text: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Itinerary:
    """One way from door to door. ``items`` sum to ``cost_cents``; duties are among them only for a landed cost."""

    cost_cents: int
    cost_low_cents: int
    cost_high_cents: int
    currency: str
    departs_at: datetime
    arrives_at: datetime
    duration_min: int
    emission_g_co2e: int
    labels: tuple[str, ...]
    legs: tuple[Leg, ...]
    items: tuple[Item, ...]
    documents: tuple[DocumentNeed, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    duty_items: tuple[Item, ...] = ()
    delivery: tuple[Stage, ...] = ()
    is_confirmed: bool = True

    @property
    def duty_cents(self) -> int:
        return sum(item.cost_cents for item in self.duty_items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The best way through one gateway, and why it is not among the plans.

    ``gateway`` is the service where one without evidence passes no other gateway than the plans do.
    """

    gateway: str
    itinerary: Itinerary
    dominated_by: int | None
    reason: str


FAR_ROUND = "far_round"
"""Status of a gateway through which no way is looked for, since every one would be far round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Something that would be needed for a way, and what forbids it.

    One of ``rule_id``, ``event_id``, ``permit_id`` and ``status`` is set. ``gateway`` names the ways it closes.
    """

    what: str
    reason: str
    since: date | None = None
    until: date | None = None
    rule_id: str | None = None
    event_id: str | None = None
    permit_id: str | None = None
    status: str | None = None
    regime: str | None = None
    gateway: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeState:
    """One cell of the matrix of ways by regime: free, exposed or blocked, and since when.

    ``unnamed``: nothing that is named is touched, but for some leg nobody is named, so that nobody was screened.
    """

    gateway: str
    regime: str
    state: str
    since: date | None = None
    rule_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The answer to one query."""

    query: Query
    dataset_name: str
    dataset_digest: str
    dataset_as_of: date
    policy_gates: tuple[str, ...]
    policy_text: str
    capital_percent: Decimal
    mass_kg: int
    mass_grade: str
    mass_source_id: str | None
    itineraries: tuple[Itinerary, ...]
    compared: tuple[Compared, ...]
    rejected: tuple[Rejected, ...]
    matrix: tuple[RegimeState, ...]
    findings: tuple[Finding, ...]
    code_version: str
    is_complete: bool = True
