"""Price and time of a sea lane that no table names, from the reference lanes of a feed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import PartyId
from landbridge.domain.record import Range

ANY_CARRIER = PartyId("any-line")
"""Operator of the reference lanes of the feed ``world``: whoever sails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceLine:
    """Price by distance for one unit type: ``fixed + per_km * km``; the range by the least and greatest share of it that a lane asks."""

    fixed: Decimal
    per_km: Decimal
    low_share: Decimal
    high_share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneFit:
    """What the reference lanes say of any lane."""

    minutes_per_km: Range[Decimal]
    line_by_unit: dict[str, PriceLine]

    def price(self, unit_type_id: str, distance_m: int) -> Range[Decimal]:
        """Price of a box over a distance, in whole units of the lanes' currency."""
        line = self.line_by_unit[unit_type_id]
        typical = line.fixed + line.per_km * Decimal(distance_m) / 1000
        shares = (min(line.low_share, Decimal(1)), Decimal(1), max(line.high_share, Decimal(1)))
        low, middle, high = (Decimal(round(share * typical)) for share in shares)
        return Range(low=low, typical=middle, high=high)

    def minutes(self, distance_m: int) -> tuple[int, int, int]:
        """Low, typical and high time from port to port, minutes."""
        km, pace = Decimal(distance_m) / 1000, self.minutes_per_km
        return round(km * pace.low), round(km * pace.typical), round(km * pace.high)


def fit_lanes(dataset: Dataset) -> LaneFit:
    """Fit a line of least squares through the prices of two-stop sea services by distance, and take their mean time a kilometre.

    Only those of ``ANY_CARRIER`` are reference lanes; lines of a carrier's own, such as those over the Caspian, are not.

    A line with a negative end at zero, or one that falls, is not taken: then the price is in proportion to the distance.
    """
    lanes = {
        service_id: stops[1]
        for service_id, stops in dataset.stops_by_service.items()
        if len(stops) == 2 and (service := dataset.service_by_id[service_id]).mode == "sea" and service.operator_id == ANY_CARRIER
    }
    total = sum((Decimal(stop.distance_m) for stop in lanes.values()), Decimal()) / 1000
    ends = ("low", "typical", "high")
    low, typical, high = (sum((Decimal(getattr(stop.arrive_min, end)) for stop in lanes.values()), Decimal()) / total for end in ends)
    by_unit: dict[str, list[tuple[Decimal, Range[Decimal]]]] = {}
    for row in dataset.tariffs:
        if row.service_id in lanes and row.amount is not None:
            by_unit.setdefault(str(row.unit_type_id), []).append((Decimal(lanes[row.service_id].distance_m) / 1000, row.amount))
    return LaneFit(
        minutes_per_km=Range(low=low, typical=typical, high=high),
        line_by_unit={unit: _fit(points) for unit, points in by_unit.items()},
    )


def _fit(points: list[tuple[Decimal, Range[Decimal]]]) -> PriceLine:
    count = len(points)
    mean_km = sum((km for km, _ in points), Decimal()) / count
    mean = sum((price.typical for _, price in points), Decimal()) / count
    spread = sum(((km - mean_km) ** 2 for km, _ in points), Decimal())
    slope = sum(((km - mean_km) * (price.typical - mean) for km, price in points), Decimal()) / spread if spread else Decimal()
    fixed = mean - slope * mean_km
    if fixed < 0 or slope <= 0:
        fixed, slope = Decimal(), mean / mean_km
    lows = [price.low / (fixed + slope * km) for km, price in points]
    highs = [price.high / (fixed + slope * km) for km, price in points]
    return PriceLine(fixed=fixed, per_km=slope, low_share=min(lows), high_share=max(highs))
