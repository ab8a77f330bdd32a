"""Emission factors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.identity import HaulageId, ServiceId
from landbridge.domain.record import Range, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class EmissionFactor(Record):
    """Greenhouse gas emission factors, well to wake: one row of `emission_factors`."""

    factor_id: str
    basis: str
    mode: str | None = None
    country: str | None = None
    service_id: ServiceId | None = None
    haulage_id: HaulageId | None = None
    amount_g: Range[Decimal]
    method: str
    valid_from: date | None = None
    valid_to: date | None = None
