"""The question: one shipment, and everything that varies with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landbridge.domain.identity import PlaceId, UnitTypeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One shipment from door to door.

    Attributes
    ----------
    units, unit_type_id
        How many of which load unit.
    hs
        HS prefix of the goods, digits only; None if not told.
    mass_kg
        Cargo mass of all units together; None: the typical mass of the goods, grade D.
    value
        Cargo value in the settlement currency; None if not told.
    ready_on, due_on
        00:00 of ``ready_on`` at the origin, 24:00 of ``due_on`` at the destination, local time.
    as_of
        The day on which the question is asked: what was not known then is not used.
    is_landed
        Duties and taxes are part of the total.
    avoid
        Ids of places, services, haulage offers, borders and passages, country codes and modes that are not used.
    via
        Places, borders or passages that are used, all of them, in any order.
    gates
        Regimes that gate besides those of the feed's policy.
    is_feed_alone
        True: no way of the shipped feed ``world`` is added to the feed; None: not asked.
    max_legs
        Bound on the legs of an itinerary.
    horizon_days
        Nothing departs later than this many days after the goods are ready.
    tolerance_percent
        0: every non-dominated itinerary. More: the best ones for 29 weighings of cost, time and CO2e, each exact.
    max_labels
        Bound on the search; a search that hits it says so.
    """

    origin_id: PlaceId
    destination_id: PlaceId
    unit_type_id: UnitTypeId
    units: int
    hs: str | None = None
    mass_kg: int | None = None
    value: Decimal | None = None
    ready_on: date
    due_on: date | None = None
    as_of: date
    is_landed: bool = False
    avoid: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    shipper_id: str | None = None
    consignee_id: str | None = None
    max_legs: int = 7
    horizon_days: int = 90
    tolerance_percent: int = 2
    max_labels: int = 100_000
    is_feed_alone: bool | None = None
