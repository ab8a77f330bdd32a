"""How much later than announced freight arrives, measured on published announced and achieved times.

39 services of 2008-2025 on rail, road, sea and several modes, each with source, in ``benchmarks/transit_times.csv``:
``python -m benchmarks.uncertainty`` prints how often intervals made without a service held it.
"""

from __future__ import annotations

LATENESS: tuple[float, float, float] = (0.88, 1.11, 1.67)
"""Achieved over announced time: what one in ten stays below, the middle, and what one in ten exceeds."""

SHARED, BY_CAUSE = 0.3, 0.4
"""Shares of a duration's spread that all durations of a run have in common (season, trade at large), and those of one cause (a border, a
port, a mode in a country); the rest is its own. Assumptions (grade D)."""

CLOSURE_YEARS = 3.0
"""Years over which dated closures of a feed are counted at least, so that one closure last month is not taken for twelve a year."""

PRIOR_CLOSURES = 0.1
"""Closures in that time beside those counted: what never closed may close. An assumption (grade D)."""

PRIOR_CLOSED_DAYS = 10.0
"""Typical length of a closure where the feed has none with an end."""

STUCK_DAYS = 365.0
STUCK_RANGE_DAYS = (90.0, 730.0)
"""Days from its start after which a run counts as arrived that finds no way on, and low and high of them. Assumptions (grade D): nobody
knows what the owner of such goods does."""
