"""An itinerary as one line, so that a story shows its whole answer.

``AA ~ road ha 12-01T00:00>12-01T02:00 ~ AP ~ sea ship ... ~ BB [770.00 USD 15d 2h 00m 360 kg]``: places, mode and service of each
leg with departure and arrival in UTC, then cost, time from ready to delivered, and CO2e rounded to kilograms.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Itinerary, Leg
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.answer import SearchResult, search_itineraries
from tests.corridor import question


def answer(dataset: Dataset, **asked: Any) -> SearchResult:
    """Ask the story's question: one 40HC of tractors from AA to BB, ready 2026-12-01, exact."""
    return search_itineraries(compile_graph(dataset), question(**{"tolerance_percent": 0, **asked}))


def lines(dataset: Dataset, **asked: Any) -> list[str]:
    """All plans, one line each, by cost."""
    return [line_of(itinerary) for itinerary in answer(dataset, **asked).itineraries]


def cheapest(dataset: Dataset, **asked: Any) -> str:
    """The line of the cheapest plan."""
    return lines(dataset, **asked)[0]


def amounts(itinerary: Itinerary) -> dict[str, int]:
    """Cents by row, for stories of money."""
    found: dict[str, int] = {}
    for item in itinerary.items:
        found[item.row_id] = found.get(item.row_id, 0) + item.cost_cents
    return found


def line_of(itinerary: Itinerary) -> str:
    """Write one itinerary as a line."""
    way = "".join(f"{leg.from_id} ~ {_leg(leg)} ~ " for leg in itinerary.legs) + itinerary.legs[-1].to_id
    days, minutes = divmod(itinerary.duration_min, 1440)
    spent = f"{days}d {minutes // 60}h {minutes % 60:02}m"
    kilograms = round(itinerary.emission_g_co2e / 1000)
    return f"{way} [{itinerary.cost_cents / 100:.2f} {itinerary.currency} {spent} {kilograms} kg]"


def _leg(leg: Leg) -> str:
    return f"{leg.mode} {leg.service_id} {_clock(leg.departs_at)}>{_clock(leg.arrives_at)}"


def _clock(at: datetime) -> str:
    return f"{at:%m-%dT%H:%M}"
