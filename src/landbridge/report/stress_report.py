"""A stress test as a page, as one JSON document and as a map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.stress import Closure, DoubtedDay, MeasureWorth, ReplayedEvent, ReplayedLane, StressAnswer, WayLeg
from landbridge.report.document_form import encode
from landbridge.report.figures import count_text, date_text, money_text
from landbridge.report.page import BLANK, MIN_WIDTH, Column, Line, heading, paragraph, table_lines

_MOST_ROWS = 25
_DAY_MIN = 1440


def stress_document(answer: StressAnswer, dataset: Dataset, *, seconds: float) -> dict[str, Any]:
    """Closures and pairs by rank, measures, replays, and each shipment's detours; money in cents of ``currency``."""
    return {
        "dataset": {"name": answer.dataset_name, "digest": answer.dataset_digest},
        "as_of": encode(answer.as_of),
        "currency": answer.currency,
        "book_days": answer.book_days,
        "is_swept": answer.is_swept,
        "expected_cents_per_year": answer.expected_year_cents if answer.is_swept else None,
        "unused": len(answer.unused),
        "unused_things": list(answer.unused),
        "closures": [_closure(one, rank) for rank, one in enumerate(answer.closures, 1)],
        "no_way_around": [list(one.things) for one in (*answer.closures, *answer.pairs) if one.has_way_around is False],
        "pairs": [_closure(one, rank) for rank, one in enumerate(answer.pairs, 1)],
        "measures": [
            {
                "measure": one.measure,
                "worth_cents_per_year": one.worth_cents,
                "low_cents_per_year": one.low_cents,
                "high_cents_per_year": one.high_cents,
                "is_held": one.is_held,
                "usual_cents": one.usual_cents,
                "closure_cents": one.closure_cents,
                "new_ways": one.new_ways,
            }
            for one in answer.measures
        ],
        "replays": encode(answer.replays),
        "shipments": encode(answer.shipments),
        "map": stress_geojson(answer, dataset),
        "findings": encode(answer.findings),
        "seconds": round(seconds, 3),
    }


def _closure(one: Closure, rank: int) -> dict[str, Any]:
    return {
        "rank": rank,
        "things": list(one.things),
        "name": one.name,
        "is_end": one.is_end,
        "has_way_around": one.has_way_around,
        "touched": one.touched,
        "lost": list(one.lost),
        "late": list(one.late),
        "unknown": list(one.unknown),
        "unconfirmed": list(one.unconfirmed),
        "extra_cost_cents": one.extra_cost_cents,
        "extra_days": one.extra_days,
        "closures_per_year": None if one.closures_per_year is None else round(one.closures_per_year, 4),
        "closed_days": None if one.closed_days is None else round(one.closed_days, 1),
        "expected_cents_per_year": one.expected_year_cents,
        "best_way": encode(one.best_way),
    }


def stress_geojson(answer: StressAnswer, dataset: Dataset) -> dict[str, Any]:
    """Closures that lie somewhere (RFC 7946): places as points, borders where their links begin, services as lines from stop to stop."""
    features = []
    for rank, one in enumerate(answer.closures, 1):
        points = _points(one.things[0], dataset)
        if points:
            geometry = {"type": "Point", "coordinates": list(points[0])}
            if len(points) > 1:
                geometry = {"type": "LineString", "coordinates": [list(point) for point in points]}
            properties = {key: value for key, value in _closure(one, rank).items() if key != "best_way"}
            features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return {"type": "FeatureCollection", "features": features}


def _points(thing: str, dataset: Dataset) -> list[tuple[float, float]]:
    kind, _, one = thing.partition(" ")
    places: list[str] = [one] if kind == "place" else []
    if kind == "border":
        places = [str(link.from_place_id) for link in dataset.links if link.border_id == one][:1]
    elif kind == "service":
        places = [str(stop.place_id) for stop in dataset.stops_by_service.get(one, ())]
    return [(place.lon, place.lat) for place in (dataset.get_place(place_id) for place_id in places)]


def render_stress(answer: StressAnswer, dataset: Dataset, *, width: int = 100) -> tuple[Line, ...]:
    """What closes worst, what has no way around, pairs, measures, real events."""
    columns = max(width, MIN_WIDTH)
    parts = (
        _head(answer, columns),
        _ranking(answer, columns),
        _no_way(answer, columns) if answer.is_swept else (),
        _around(answer, dataset, columns),
        _pairs(answer, columns),
        _measures(answer.measures, answer.currency, columns),
        *(_replay(one, answer.currency, dataset, columns) for one in answer.replays),
    )
    return tuple(line for part in parts if part for line in (*part, BLANK))[:-1]


def _head(answer: StressAnswer, width: int) -> tuple[Line, ...]:
    if not answer.is_swept:
        text = f"Real events replayed with {answer.dataset_name}; nothing was closed beside them: --pairs 4 would ask for that too."
        return paragraph(text, width)
    text = (
        f"{count_text(len(answer.shipments), 'shipment')} of {answer.dataset_name} as of {date_text(answer.as_of)}: "
        f"{count_text(len(answer.closures), 'thing')} closed one at a "
        f"time; {len(answer.unused)} others are on no best way: closing one of them changes nothing. Closures cost the book about "
        f"{answer.currency} {money_text(answer.expected_year_cents)} a year (going around or waiting, whichever is cheaper)."
    )
    return paragraph(text, width)


def _ranking(answer: StressAnswer, width: int) -> tuple[Line, ...]:
    table = (
        Column(title="closed", min_width=14),
        Column(title="touches", align="right"),
        Column(title="lost", align="right"),
        Column(title="late", align="right"),
        Column(title=f"{answer.currency} more", align="right"),
        Column(title="days", align="right"),
        Column(title="closures a year", align="right", rank=2),
        Column(title="cost a year", align="right", rank=1),
    )
    rows = [
        (
            _titled(one), str(one.touched), str(len(one.lost)), _late(one), *_beyond(one),
            f"{one.closures_per_year or 0:.2f}", money_text(one.expected_year_cents or 0),
        )
        for one in answer.closures[:_MOST_ROWS]
    ]  # fmt: skip
    more = f"; {len(answer.closures) - _MOST_ROWS} more in --json" if len(answer.closures) > _MOST_ROWS else ""
    head = heading("What closes worst", f"cost beyond the best ways of the book, days in the mean of shipments touched{more}", width)
    return (*head, *table_lines(table, rows, width)) if rows else ()


def _beyond(one: Closure) -> tuple[str, str]:
    """What shipments that still have a way pay and wait beyond their best one; nothing where none has."""
    if len(one.lost) + len(one.unknown) >= one.touched:
        return "-", "-"
    return money_text(one.extra_cost_cents), _days(one.extra_days)


def _days(days: float) -> str:
    return f"{round(days, 1) or 0.0:+.1f}"  # a trifle less is no change: +0.0, never -0.0


def _late(one: Closure) -> str:
    return f"{len(one.late)}" + (f" (? {len(one.unknown)})" if one.unknown else "")


def _titled(one: Closure) -> str:
    return f"{one.name} ({' + '.join(thing.split(' ', 1)[0] for thing in one.things)})"


def _no_way(answer: StressAnswer, width: int) -> tuple[Line, ...]:
    singles = [one.name for one in answer.closures if one.has_way_around is False and not one.is_end]
    ends = [one.name for one in answer.closures if one.has_way_around is False and one.is_end]
    pairs = [one.name for one in answer.pairs if one.has_way_around is False and not one.is_end]
    unconfirmed = [f"{one.name} ({count_text(len(one.unconfirmed), 'shipment')})" for one in answer.closures if one.unconfirmed]
    unknown = [f"{one.name} ({count_text(len(one.unknown), 'shipment')})" for one in (*answer.closures, *answer.pairs) if one.unknown]
    told = [
        f"No way around: {', '.join(singles) or 'none but the ends themselves'}.",
        f"Two together that leave no way: {'; '.join(pairs) or 'none that is known'}." if answer.pairs else "",
        f"Not known (?), since a search came to its limit before it found a way, so that their cost is not in the figures: "
        f"{'; '.join(unknown)}."
        if unknown
        else "",
        f"Only ways that are not confirmed are left when one of these closes, which may cost less than the confirmed ones that go first: "
        f"{', '.join(unconfirmed)}."
        if unconfirmed
        else "",
        f"Ends of shipments, which nothing can replace: {', '.join(ends)}." if ends else "",
    ]
    return tuple(line for text in told if text for line in paragraph(text, width))


def _around(answer: StressAnswer, dataset: Dataset, width: int) -> tuple[Line, ...]:
    table = (Column(title="closed", min_width=14), Column(title="best remaining way", min_width=20))
    rows = [(_titled(one), _way_text(one.best_way, dataset)) for one in answer.closures[:_MOST_ROWS] if one.best_way]
    head = heading("The way around", "of the touched shipment with the most units", width)
    return (*head, *table_lines(table, rows, width)) if rows else ()


def _way_text(way: Sequence[WayLeg], dataset: Dataset) -> str:
    return "; ".join(f"{_offer_text(leg.service_id, dataset)} to {dataset.get_place(leg.to_id).name}" for leg in way) or "no way"


def _lane_texts(lane: ReplayedLane, dataset: Dataset) -> tuple[str, str]:
    """Both ways in words, and whether they are confirmed."""
    sides = (lane.way_before, lane.is_confirmed_before), (lane.way_after, lane.is_confirmed_after)
    before, after = (_way_text(way, dataset) + (" (unconfirmed)" if way and not sure else "") for way, sure in sides)
    return before, after


def _offer_text(one: str, dataset: Dataset) -> str:
    """The name of a service or haulage offer; its id where the feed has none, as of ways of the world."""
    offer = dataset.service_by_id.get(one) or dataset.haulage_by_id.get(one)
    return one if offer is None else offer.name


def _pairs(answer: StressAnswer, width: int) -> tuple[Line, ...]:
    table = (
        Column(title="closed together", min_width=20),
        Column(title="lost", align="right"),
        Column(title="late", align="right"),
        Column(title=f"{answer.currency} more", align="right"),
        Column(title="days", align="right"),
    )
    rows = [(one.name, str(len(one.lost)), _late(one), *_beyond(one)) for one in answer.pairs]
    head = heading("Two at a time", "the worst borders, passages and places, and the borders of the ways around them", width)
    return (*head, *table_lines(table, rows[:_MOST_ROWS], width)) if rows else ()


def _measures(measures: Sequence[MeasureWorth], currency: str, width: int) -> tuple[Line, ...]:
    table = (
        Column(title="measure", min_width=14),
        Column(title=f"worth {currency} a year", align="right"),
        Column(title="nine chances in ten", align="right"),
        Column(title="on ordinary days", align="right"),
        Column(title="when something closes", align="right"),
        Column(title="new ways", align="right", rank=1),
    )
    rows = [
        (
            f"{one.measure} (in force)" if one.is_held else one.measure,
            money_text(one.worth_cents),
            f"{money_text(one.low_cents)} to {money_text(one.high_cents)}",
            money_text(one.usual_cents),
            money_text(one.closure_cents),
            str(one.new_ways),
        )
        for one in measures
    ]
    head = heading("What measures are worth", "cost and capital in the goods of the book, for a year, less than without", width)
    return (*head, *table_lines(table, rows, width)) if rows else ()


def _replay(one: ReplayedEvent, currency: str, dataset: Dataset, width: int) -> tuple[Line, ...]:
    table = (
        Column(title="shipment", min_width=10),
        Column(title="day before", min_width=12),
        Column(title="day after", min_width=12),
        Column(title=f"{currency} more", align="right"),
        Column(title="days more", align="right"),
    )
    rows, same = [], []
    for lane in one.lanes:
        if lane.cost_before_cents is None and lane.cost_after_cents is None:
            same.append(f"{lane.shipment_id} has no way, with the news or without")
            continue
        money, days = "", ""
        if lane.cost_before_cents is not None and lane.cost_after_cents is not None:
            money = money_text(lane.cost_after_cents - lane.cost_before_cents)
            minutes = (lane.duration_after_min or 0) - (lane.duration_before_min or 0)
            days = _days(minutes / _DAY_MIN)
            if lane.way_before == lane.way_after and not minutes and lane.cost_before_cents == lane.cost_after_cents:
                same.append(f"nothing changes for {lane.shipment_id}: {_lane_texts(lane, dataset)[0]}")
                continue
        rows.append((lane.shipment_id, *_lane_texts(lane, dataset), money, days))
        if lane.is_confirmed_before and lane.way_after and not lane.is_confirmed_after:
            same.append(f"{lane.shipment_id}: only unconfirmed ways are left; confirmed ones go first, so that this is no saving")
    text = f"{'; '.join(one.titles)}; {_ends_text(one)}; goods ready on {date_text(one.ready_on)}"
    head = heading(f"Known from {date_text(one.known_from)}", text, width)
    told = tuple(line for text in (*same, *map(_doubt_text, one.doubts)) for line in paragraph(text, width))
    return (*head, *(table_lines(table, rows, width) if rows else ()), *told)


_DOUBTED = {"valid_to": "lasted to", "end_known_from": "the end known from", "expected_to": "expected to last to"}


def _doubt_text(one: DoubtedDay) -> str:
    """A day that nobody told, and whether it matters here."""
    felt = "; with another of these days another end would have been known" if one.is_felt else ""
    low, high = date_text(one.low_on), date_text(one.high_on)
    return f"assumed for {one.event_id}: {_DOUBTED[one.day]} {date_text(one.taken_on)}, may have been {low} to {high}{felt}"


def _ends_text(one: ReplayedEvent) -> str:
    """Until when it was known to last, or that nobody knew."""
    ends = ["" if day is None else date_text(day) for day in sorted(set(one.ends), key=lambda day: day or date.min)]
    if ends == [""]:
        return "no end was known then"
    return f"known then to last until {' or '.join(day or 'no day named' for day in ends)}"
