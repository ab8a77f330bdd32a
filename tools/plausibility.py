"""docs/plausibility.md: what landbridge computes for chains whose price or time was published, beside what was published.

The chains stand in docs/plausibility_published.csv with their sources and, where ours differs, the reason. Its columns ``as_of``,
``ready``, ``avoid`` and ``measure`` say how the question is asked; ``explanation`` is written by a person who looked at the itinerary.
"""

from __future__ import annotations

import csv
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import landbridge as lb
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.plan import Itinerary, Rejected
from landbridge.graph.planning_graph import PlanningGraph, compile_graph
from landbridge.planner import Question, ask
from landbridge.routing.answer import search_best_via, search_itineraries

PUBLISHED = Path(__file__).resolve().parents[1] / "docs" / "plausibility_published.csv"
NEAR = 0.25
_INTRO = """# Plausibility

This page is generated: `make docs` asks landbridge for chains whose price or time somebody published and puts both figures side by
side. The chains, their sources and the explanations are in [plausibility_published.csv](plausibility_published.csv).

- Ours is the cheapest way through the places named, one box, no goods told; services without recent evidence are allowed where places
  to pass are named, or where nothing else goes. It is asked as of the day
  in the table and uses only what the feed knew on that day; where the feed has no prices of that time it is asked as of its own day.
- USD: our typical total, and in brackets our low to high. *Inside*: the typical figure lies in the published range; *inside our
  range*: the published range and ours overlap; *outside*: they do not.
- Days: from the first departure to the last arrival (*run*), or from ready to delivered (*door*). *Inside*: in the published range;
  *near*: at most 25 % beyond it; *outside*: more.
- Some of these figures also went into the feed. There, agreement checks the arithmetic and not the world, and the explanation says so.
- What a publication includes is seldom said: terminal handling, papers and border fees are in ours and often not in theirs.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One published chain beside ours; ``itinerary`` is None where the feed has no way, and ``why`` says why."""

    row: dict[str, str]
    itinerary: Itinerary | None
    why: str


@cache
def _feed() -> tuple[Dataset, PlanningGraph]:
    dataset = lb.load()
    return dataset, compile_graph(dataset)


def read_published() -> list[dict[str, str]]:
    """The committed rows."""
    with PUBLISHED.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def compare_row(row: dict[str, str]) -> Comparison:
    """Plan one published chain."""
    dataset, graph = _feed()
    vias = _list(row["via"])
    question = Question(
        origin=row["origin_place_id"],
        destination=row["destination_place_id"],
        units=f"1x{row['unit']}",
        ready=row["ready"],
        as_of=row["as_of"],
        via=vias,
        avoid=_list(row["avoid"]),
        exact=False,
    )
    try:
        query = ask(dataset, question)
    except QueryError as error:
        return Comparison(row=row, itinerary=None, why="; ".join(finding.message for finding in error.findings))
    if vias:
        itinerary, rejected = search_best_via(graph, query, vias[0])
    else:
        result = search_itineraries(graph, query)
        ways = result.itineraries or tuple(one.itinerary for one in result.compared)
        itinerary, rejected = min(ways, key=lambda way: way.cost_cents, default=None), result.rejected
    return Comparison(row=row, itinerary=itinerary, why="" if itinerary else _reason(rejected))


def render_plausibility() -> str:
    """The page; rows are planned in as many processes as there are cores."""
    rows = read_published()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(compare_row, rows))
    ours = [one for one in found if one.itinerary is not None]
    verdicts = [(_money(one)[2], _days(one)[2]) for one in ours]
    money = [verdict for verdict, _ in verdicts if verdict]
    days = [verdict for _, verdict in verdicts if verdict]
    parts = [
        _INTRO,
        f"{len(ours)} of {len(found)} published chains can be planned. Prices: {_count(money)}. Days: {_count(days)}.",
        "",
        "## Side by side",
        "",
        "| chain | unit | as of | published USD | ours USD | | published days | ours days | | why they differ | source |",
        "|---|---|---|---:|---:|---|---:|---:|---|---|---|",
        *(_line(one) for one in ours),
        "",
        "## Our way of each",
        "",
        *(f"- {one.row['description']}: {_way(one.itinerary)}" for one in ours if one.itinerary),
        "",
        "## Not compared",
        "",
        "For these the feed has no way on the day asked.",
        "",
        *(f"- {one.row['description']} ({one.row['source_title']}): {_sentence(one)}" for one in found if one.itinerary is None),
    ]
    return "\n".join(parts) + "\n"


def _line(one: Comparison) -> str:
    row = one.row
    source = f"[{_cell(row['source_title'])}]({row['address']})" if row["address"] else _cell(row["source_title"])
    cells = (
        _cell(row["description"]),
        row["unit"],
        row["as_of"],
        *_money(one),
        *_days(one),
        _cell(row["explanation"]),
        f"{source}, {row['date']}",
    )
    return "| " + " | ".join(cells) + " |"


def _money(one: Comparison) -> tuple[str, str, str]:
    row, itinerary = one.row, one.itinerary
    if itinerary is None or not row["published_low_usd"]:
        return "", "" if itinerary is None else _usd(itinerary), ""
    low, high = float(row["published_low_usd"]), float(row["published_high_usd"])
    cost = itinerary.cost_cents / 100
    if low <= cost <= high:
        verdict = "inside"
    elif itinerary.cost_low_cents / 100 <= high and low <= itinerary.cost_high_cents / 100:
        verdict = "inside our range"
    else:
        verdict = "outside"
    return _span(low, high), _usd(itinerary), verdict


def _usd(itinerary: Itinerary) -> str:
    return f"{itinerary.cost_cents / 100:,.0f} ({itinerary.cost_low_cents / 100:,.0f} to {itinerary.cost_high_cents / 100:,.0f})"


def _days(one: Comparison) -> tuple[str, str, str]:
    row, itinerary = one.row, one.itinerary
    if itinerary is None:
        return "", "", ""
    if row["measure"] == "door":
        days = itinerary.duration_min / 1440
    else:
        days = (itinerary.legs[-1].arrives_at - itinerary.legs[0].departs_at).total_seconds() / 86400
    ours = f"{days:.1f} {row['measure']}"
    if not row["published_low_days"]:
        return "", ours, ""
    low, high = float(row["published_low_days"]), float(row["published_high_days"])
    is_near = low * (1 - NEAR) <= days <= high * (1 + NEAR)
    verdict = "inside" if low <= days <= high else "near" if is_near else "outside"
    return _span(low, high), ours, verdict


def _way(itinerary: Itinerary) -> str:
    legs = "; ".join(f"{leg.from_id} to {leg.to_id} by {leg.mode} (`{leg.service_id}`)" for leg in itinerary.legs)
    return legs + ("" if itinerary.is_confirmed else "; not all confirmed")


def _reason(rejected: tuple[Rejected, ...]) -> str:
    return rejected[0].reason if rejected else "the feed names no connection"


def _sentence(one: Comparison) -> str:
    return one.row["explanation"] or one.why


def _count(verdicts: list[str]) -> str:
    names = [name for name in ("inside", "inside our range", "near", "outside") if name in verdicts]
    return ", ".join(f"{verdicts.count(name)} {name}" for name in names) or "none"


def _span(low: float, high: float) -> str:
    return f"{low:,.10g}" if low == high else f"{low:,.10g} to {high:,.10g}"


def _list(text: str) -> tuple[str, ...]:
    return tuple(one for one in text.split(";") if one)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
