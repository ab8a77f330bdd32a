"""How far two countries' books differ and flows change, measured on pairs of countries that publish both sides.

From figures of UN Comtrade (all goods, yearly, both reporters) for 93 ordered pairs of countries with a typical flow of at least
USD 1 million, 1,662 pair-years of 2001-2024, by ``python -m benchmarks.trade FILE``: docs/trade.md says which pairs, how they were
measured and how the intervals held when exporters were left out one at a time. Spreads are 68.3 % points of absolute deviations.
"""

from __future__ import annotations

from landbridge.statistics.level import Spread

SPREAD_BY_SIZE: tuple[tuple[float, Spread], ...] = (
    (6.45, Spread(growth_sd=1.17, bias=0.38, bias_sd=0.51, error_sd=1.20)),
    (7.48, Spread(growth_sd=0.69, bias=0.45, bias_sd=0.84, error_sd=0.70)),
    (8.58, Spread(growth_sd=0.42, bias=0.07, bias_sd=0.23, error_sd=0.24)),
    (9.97, Spread(growth_sd=0.26, bias=0.12, bias_sd=0.10, error_sd=0.10)),
)
"""Typical spread by log10 of the yearly flow in USD."""

INTERVAL_BY_KIND: dict[str, float] = {"mirror": 3.57, "one_side": 3.59, "between": 2.51, "beyond": 1.60}
"""Standard deviations on each side of the estimate that hold nine of ten hidden figures, by what the estimate rests on: of all
figures, and of those of an exporter that is not among the ones measured (``fit_new_exporter``, benchmarks/trade.py), whichever is more."""

MIRROR_RANGE = 3.56
"""The same for the importer's figure over the exporter's."""

NEIGHBOUR_SHARE = 0.96
"""Share of the neighbours' median growth that a flow takes part in: 0.96 +- 0.11 over 1,218 changes of the same pairs."""

PART_YEAR_SD = 0.35
"""Unevenness of a year, from which a part is known: an assumption (grade D); half a year then says the whole to about 35 %."""

RELIABILITY_BY_GRADE: dict[str, float] = {"A": 0.95, "B": 0.8, "C": 0.5, "D": 0.2}
"""Chance that a claim is right, by the grade of its source: assumptions (grade D); docs/trade.md shows what other values change."""
