"""Real events replayed: what was planned before they were known, and with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.event import Event, as_known
from landbridge.domain.shipment import Shipment
from landbridge.domain.stress import DoubtedDay, ReplayedEvent, ReplayedLane
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.planner.shipment import gated_graph
from landbridge.planner.stress_tasks import ReplayPart, replay_shipment, shipment_query
from landbridge.planner.sweep import Crew, Sweep, Tell, run_sweep

_AHEAD = timedelta(days=30)
"""What was known long before it began, as a season is, is replayed so long before its beginning."""


def list_events(dataset: Dataset, name: str) -> list[Event]:
    return [
        row
        for row in dataset.events
        if row.kind in ("closure", "delay") and row.known_from is not None and fnmatchcase(row.event_id, "*" if name == "all" else name)
    ]


def replay_events(dataset: Dataset, names: Sequence[str], crew: Crew, tell: Tell | None) -> tuple[ReplayedEvent, ...]:
    """Events that became known on one day and begin on one; for each, one shipment of every lane with the news and without."""
    chosen = {row.event_id: row for name in names for row in list_events(dataset, name)}
    by_days: dict[tuple[date, date], list[Event]] = {}
    for row in chosen.values():
        if row.known_from is not None:
            by_days.setdefault((row.known_from, max(row.known_from, row.valid_from)), []).append(row)
    groups = [(known, begin, tuple(events)) for (known, begin), events in sorted(by_days.items(), key=lambda row: row[0])]
    parts = [
        ReplayPart(
            shipment_id=row.shipment_id, event_ids=_ids(events), as_of=max(known, begin - _AHEAD) + timedelta(days=1),
            ready_on=begin + timedelta(days=1),
        )
        for known, begin, events in groups
        for row in pick_lanes(dataset, events)
    ]  # fmt: skip
    if not parts:
        return ()
    news = {part.event_ids: _news_of(dataset, part) for part in {part.event_ids: part for part in parts}.values()}
    sweep = Sweep(name="replay", digest=dataset.digest, work=replay_shipment, form=ReplayedLane, shared=news)
    found = dict(zip(parts, run_sweep(sweep, parts, crew, tell=tell), strict=True))
    return tuple(
        ReplayedEvent(
            known_from=known, ready_on=begin + timedelta(days=1), event_ids=_ids(events), titles=tuple(row.title for row in events),
            ends=tuple(as_known(row, max(known, begin - _AHEAD) + timedelta(days=1)).valid_to for row in events),
            lanes=tuple(lane for part, lane in found.items() if part.event_ids == _ids(events)),
            doubts=list_doubted_days(dataset, events, max(known, begin - _AHEAD) + timedelta(days=1)),
        )
        for known, begin, events in groups
    )  # fmt: skip


def list_doubted_days(dataset: Dataset, events: Sequence[Event], asked_on: date) -> tuple[DoubtedDay, ...]:
    """The days of events that nobody told, and whether another one would have been felt on the day of asking."""
    by_id = {row.event_id: row for row in events}
    found = []
    for row in dataset.event_days:
        event = by_id.get(row.event_id)
        if event is None:
            continue
        known = as_known(event, asked_on).valid_to
        others = (as_known(_with_day(event, row.day, day), asked_on).valid_to for day in (row.low_on, row.high_on))
        found.append(
            DoubtedDay(
                event_id=row.event_id, day=row.day, taken_on=getattr(event, row.day), low_on=row.low_on, high_on=row.high_on,
                source_id=str(row.source_id), is_felt=any(other != known for other in others),
            )
        )  # fmt: skip
    return tuple(found)


def _with_day(event: Event, day: str, on: date) -> Event:
    changes: dict[str, Any] = {day: on}
    return replace(event, **changes)


def _ids(events: Sequence[Event]) -> tuple[str, ...]:
    return tuple(row.event_id for row in events)


def _news_of(dataset: Dataset, part: ReplayPart) -> tuple[PlanningGraph, PlanningGraph]:
    """The feed without the events, and with them, behind the gate of the day of asking."""
    kept = tuple(row for row in dataset.events if row.event_id not in part.event_ids)
    query = shipment_query(dataset, dataset.shipments[0], part.as_of)
    return gated_graph(replace(dataset, events=kept), query), gated_graph(dataset, query)


def pick_lanes(dataset: Dataset, events: Sequence[Event]) -> tuple[Shipment, ...]:
    """For each pair of countries the shipment of most units, and of those that begin or end where something happens."""
    places = {row.place_id for row in events if row.place_id is not None}
    lanes: dict[tuple[str, str], Shipment] = {}
    for row in dataset.shipments:
        lane = dataset.get_place(row.from_place_id).country, dataset.get_place(row.to_place_id).country
        ends = [one for one in (row.from_place_id, row.to_place_id) if one in places]
        for key in (lane, *((f"{one} of", "+".join(lane)) for one in ends)):
            if key not in lanes or row.units > lanes[key].units:
                lanes[key] = row
    return tuple(dict.fromkeys(lanes.values()))
