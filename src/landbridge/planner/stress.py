"""Close everything that a book uses, one thing at a time and in pairs, and say what that costs, how often, and what a measure is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fnmatch import fnmatchcase
from functools import partial
from itertools import combinations
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.event import Event, as_known
from landbridge.domain.finding import Finding
from landbridge.domain.shipment import Shipment
from landbridge.domain.stress import Closure, Detour, DoubtedDay, MeasureWorth, ReplayedEvent, ReplayedLane, ShipmentStress, StressAnswer
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.planner.measures import apply_measure, is_in_force, opened_by
from landbridge.planner.shipment import gated_graph
from landbridge.planner.stress_tasks import ReplayPart, StressPart, days_of, replay_shipment, shipment_query, stress_shipment
from landbridge.planner.sweep import Crew, Sweep, check_crew, run_sweep, stand_by

Hear = Callable[[str], None]

MOST_PAIRED = 20
_MOST_AROUND = 2
_PAIRED_KINDS = ("border ", "passage ", "place ")
_DAY_MIN = 1440
_YEAR_DAYS = 365
_AHEAD = timedelta(days=30)
"""What was known long before it began, as a season is, is replayed so long before its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StressQuestion:
    """What is closed: ``paired`` worst things in pairs, and the ``pairs`` chosen, as ``kind id``; ``measures`` and ``replays`` as told.

    Without ``is_swept`` only the replays are asked, and nothing is closed.
    """

    as_of: date
    paired: int = 4
    pairs: tuple[tuple[str, ...], ...] = ()
    measures: tuple[str, ...] = ()
    replays: tuple[str, ...] = ()
    crew: Crew = field(default_factory=Crew)
    location: str = ""
    is_swept: bool = True


def ask_stress(
    dataset: Dataset, *, as_of: str | None = None, paired: int = 4, pairs: Sequence[str] = (), measures: Sequence[str] = (),
    replays: Sequence[str] = (), crew: Crew | None = None, location: str = "", is_swept: bool = True,
) -> StressQuestion:  # fmt: skip
    """Turn words into a question; ``location`` is where the feed lies, whose scenarios may be measures.

    Without ``is_swept`` only the replays are answered, in seconds; pairs and measures need the sweep and bring it back.

    Raises
    ------
    QueryError
        With everything that is wrong, at once.
    """
    wrong: list[Finding] = []
    day = dataset.info.as_of
    if as_of is not None:
        try:
            day = date.fromisoformat(as_of)
        except ValueError:
            wrong.append(_say("DATE", "--as-of", f"{as_of[:40]!r} is no date", "write it as 2026-12-01"))
    if not 0 <= paired <= MOST_PAIRED:
        wrong.append(_say("PAIRED", "--pairs", f"{paired} things cannot be paired", f"give 0 to {MOST_PAIRED}"))
    chosen = [_name_pair(dataset, text, wrong) for text in pairs]
    for name in replays:
        if not _list_events(dataset, name):
            wrong.append(
                _say(
                    "EVENT-UNKNOWN",
                    "--replay",
                    f"no closure or delay with a day of becoming known is called {name[:60]!r}",
                    "take ids of events.csv; * stands for any letters",
                )
            )
    for measure in measures:
        wrong += _try(partial(apply_measure, dataset, measure, location, day))
    wrong += _try(lambda: check_crew(crew or Crew()))
    if wrong:
        raise QueryError(wrong)
    return StressQuestion(
        as_of=day, paired=paired, pairs=tuple(dict.fromkeys(chosen)), measures=tuple(measures), replays=tuple(replays), crew=crew or Crew(),
        location=location, is_swept=is_swept or bool(pairs or measures or not replays),
    )  # fmt: skip


def _name_pair(dataset: Dataset, text: str, wrong: list[Finding]) -> tuple[str, ...]:
    """Two ids as things, in order; what is no pair of things that can close is said."""
    ids = [one.strip() for one in text.split("+")]
    if len(ids) != 2 or ids[0] == ids[1]:
        wrong.append(
            _say("PAIR-FORM", "--pair", f"{text[:60]!r} is no pair of two things", "write two ids with a + between them: IRZAH+CNKHG")
        )
        return ()
    found = []
    for one in ids:
        thing = next((f"{kind} {one}" for kind, names in _name_things(dataset).items() if one in names), None)
        if thing is None:
            message = f"no place, border, passage, service or haulage offer is called {one[:60]!r}"
            wrong.append(_say("PAIR-UNKNOWN", "--pair", message, "take ids of the feed; landbridge place finds those of places"))
        else:
            found.append(thing)
    return tuple(sorted(found))


def _try(act: Callable[[], object]) -> tuple[Finding, ...]:
    try:
        act()
    except QueryError as error:
        return error.findings
    return ()


def stress_book(dataset: Dataset, question: StressQuestion, *, hear: Hear | None = None) -> StressAnswer:
    """Stress a feed's book.

    Parameters
    ----------
    dataset
        A feed with shipments.
    question
        From :func:`ask_stress`.
    hear
        Hears in words how far the work is.

    Returns
    -------
    StressAnswer
        Things that no best way uses stand in ``unused``: closing them changes nothing, so they are not tried.

    Raises
    ------
    ClusterError
        If machines that share the work go away.
    """
    with stand_by(question.crew):
        return _stress_book(dataset, question, hear)


def _stress_book(dataset: Dataset, question: StressQuestion, hear: Hear | None) -> StressAnswer:
    replays = _replay(dataset, question, hear)
    stressed = _stress(dataset, question, hear) if question.is_swept else []
    closures = _sum_closures(dataset, question.as_of, stressed)
    pairs = _stress_pairs(dataset, question, stressed, closures, hear)
    expected = sum(one.expected_year_cents or 0 for one in closures)
    return StressAnswer(
        dataset_name=dataset.info.name, dataset_digest=dataset.digest, as_of=question.as_of, currency=dataset.info.settlement_currency,
        book_days=days_of(dataset.shipments), shipments=tuple(stressed), closures=closures, pairs=pairs,
        unused=_list_unused(dataset, closures) if question.is_swept else (), expected_year_cents=expected, is_swept=question.is_swept,
        measures=tuple(_weigh(dataset, question, measure, (stressed, closures), hear) for measure in question.measures),
        replays=replays, findings=_findings(dataset, stressed),
    )  # fmt: skip


def _stress(dataset: Dataset, question: StressQuestion, hear: Hear | None) -> list[ShipmentStress]:
    parts = [StressPart(shipment_id=row.shipment_id, as_of=question.as_of) for row in dataset.shipments]
    return _run_parts(dataset, question, parts, hear, "shipments")


def _run_parts(dataset: Dataset, question: StressQuestion, parts: list[StressPart], hear: Hear | None, what: str) -> list[ShipmentStress]:
    if not parts:
        return []
    sweep = Sweep(
        name="stress", digest=dataset.digest, work=stress_shipment, form=ShipmentStress, shared=_graphs(dataset, {question.as_of}),
        near=lambda part: f"{dataset.digest} {part.shipment_id}",
    )  # fmt: skip
    return run_sweep(sweep, parts, question.crew, tell=_teller(hear, what))


def _graphs(dataset: Dataset, days: set[date]) -> dict[date, PlanningGraph]:
    """Compiled behind the gate of each day; the gate depends on the day, not on the shipment."""
    if not dataset.shipments:
        return {}
    return {day: gated_graph(dataset, shipment_query(dataset, dataset.shipments[0], day)) for day in sorted(days)}


def _teller(hear: Hear | None, what: str) -> Callable[[int, int], None] | None:
    return None if hear is None else lambda done, total: hear(f"{what}: {done} of {total}")


# --- sums over the book -----------------------------------------------------------------------------------------------------------


def _sum_closures(dataset: Dataset, as_of: date, stressed: Sequence[ShipmentStress], opened: str = "") -> tuple[Closure, ...]:
    """Each thing closed, summed over the book, the worst first: most lost, then dearest; ``opened`` is the id of what never closes."""
    from landbridge.uncertainty.hazard import list_doubts, list_hazards

    found: dict[str, list[tuple[ShipmentStress, Detour]]] = {}
    for one in stressed:
        for detour in one.detours:
            found.setdefault(detour.closed[0], []).append((one, detour))
    hazards = {hazard.subject: hazard for hazard in list_hazards(_list_history(dataset, as_of), found, as_of, list_doubts(dataset))}
    books = _YEAR_DAYS / days_of(dataset.shipments)
    closures = []
    for thing, rows in found.items():
        per_year = 0.0 if opened and thing.split(" ", 1)[1] == opened else hazards[thing].rate_per_min * _YEAR_DAYS * _DAY_MIN
        lengths = [length / _DAY_MIN for length in hazards[thing].lengths]
        closures.append(
            replace(
                _sum(dataset, (thing,), rows), closures_per_year=per_year, closed_days=sum(lengths) / len(lengths),
                expected_year_cents=round(books * sum(_expect(one, detour, per_year, lengths) for one, detour in rows)),
            )
        )  # fmt: skip
    return tuple(sorted(closures, key=_badness))


def _badness(one: Closure) -> tuple[int, int, tuple[str, ...]]:
    return -len(one.lost), -one.extra_cost_cents, one.things


def _expect(one: ShipmentStress, detour: Detour, per_year: float, lengths: Sequence[float]) -> float:
    """Expected cents for one shipment: it meets a closure with the share of time that one is on, and goes around or waits for the rest."""
    mean = sum(lengths) / len(lengths)
    rest = sum(length * length for length in lengths) / (2 * sum(lengths))
    waiting = rest * one.per_day_cents
    around = detour.extra_cost_cents + detour.extra_min / _DAY_MIN * one.per_day_cents
    return min(1.0, per_year * mean / _YEAR_DAYS) * (min(waiting, max(around, 0.0)) if detour.way else waiting)


def _sum(dataset: Dataset, things: tuple[str, ...], rows: Sequence[tuple[ShipmentStress, Detour]]) -> Closure:
    units = {row.shipment_id: row.units for row in dataset.shipments}
    ends = {f"place {place}" for row in dataset.shipments for place in (row.from_place_id, row.to_place_id)}
    going = [(one, detour) for one, detour in rows if detour.status in ("detour", "late")]
    best = max(going, key=lambda row: (units[row[0].shipment_id], row[0].shipment_id), default=None)
    return Closure(
        things=things, name=" and ".join(name_thing(dataset, thing) for thing in things), touched=len(rows),
        lost=tuple(sorted(one.shipment_id for one, detour in rows if detour.status == "lost")),
        late=tuple(sorted(one.shipment_id for one, detour in rows if detour.status == "late")),
        unknown=tuple(sorted(one.shipment_id for one, detour in rows if detour.status == "unknown")),
        unconfirmed=tuple(sorted(one.shipment_id for one, detour in going if one.is_confirmed and not detour.is_confirmed)),
        extra_cost_cents=sum(detour.extra_cost_cents for _, detour in going),
        extra_days=round(sum(detour.extra_min for _, detour in going) / _DAY_MIN / len(going), 2) if going else 0.0,
        is_end=bool(ends & set(things)), closures_per_year=None, closed_days=None, expected_year_cents=None,
        best_way=() if best is None else best[1].way,
    )  # fmt: skip


def name_thing(dataset: Dataset, thing: str) -> str:
    """The name of a thing told as ``kind id``."""
    kind, _, one = thing.partition(" ")
    return _name_things(dataset)[kind].get(one, one)


def _name_things(dataset: Dataset) -> Mapping[str, Mapping[str, str]]:
    """Names of everything that can close, by kind and id."""
    return {
        "place": {row.place_id: row.name for row in dataset.places},
        "border": {row.border_id: row.name for row in dataset.borders},
        "passage": {row.passage_id: row.name for row in dataset.passages},
        "service": {row.service_id: row.name for row in dataset.services},
        "haulage": {row.haulage_id: row.name for row in dataset.haulage},
    }


def _list_unused(dataset: Dataset, closures: Sequence[Closure]) -> tuple[str, ...]:
    """Things that no best way uses."""
    used = {thing for one in closures for thing in one.things}
    return tuple(thing for kind, names in _name_things(dataset).items() for one in sorted(names) if (thing := f"{kind} {one}") not in used)


# --- pairs --------------------------------------------------------------------------------------------------------------------------


def _stress_pairs(
    dataset: Dataset, question: StressQuestion, stressed: Sequence[ShipmentStress], closures: Sequence[Closure], hear: Hear | None
) -> tuple[Closure, ...]:
    """The worst borders, passages and places (no ends) closed two at a time, each with the borders of the ways around it, and the pairs
    asked for; searched only where that can differ from one of them alone.
    """
    pairs = sorted({*_choose_pairs(stressed, closures, question.paired), *question.pairs})
    asked = {one.shipment_id: tuple(pair for pair in pairs if _matters(one, pair)) for one in stressed}
    parts = [
        StressPart(shipment_id=one.shipment_id, as_of=question.as_of, pairs=asked[one.shipment_id])
        for one in stressed
        if asked[one.shipment_id]
    ]
    tried = {one.shipment_id: one for one in _run_parts(dataset, question, parts, hear, "pairs")}
    found = []
    for pair in pairs:
        rows = [(one, detour) for one in stressed if (detour := _find_detour(one, tried.get(one.shipment_id), pair)) is not None]
        if rows or pair in question.pairs:
            found.append(_sum(dataset, pair, rows))
    return tuple(sorted(found, key=_badness))


def _choose_pairs(stressed: Sequence[ShipmentStress], closures: Sequence[Closure], most: int) -> list[tuple[str, ...]]:
    """Of things that do the same to the book when closed, the border, passage or place that comes first stands for all."""
    ranked = [one for kind in _PAIRED_KINDS for one in closures if not one.is_end and one.things[0].startswith(kind)]
    groups: dict[object, str] = {}
    for one in ranked:
        groups.setdefault((one.touched, one.lost, one.late, one.extra_cost_cents, one.extra_days), one.things[0])
    kept = set(groups.values())
    worst = [one.things[0] for one in sorted(closures, key=_badness) if one.things[0] in kept][:most]
    pairs = {tuple(sorted(pair)) for pair in combinations(worst, 2)}
    for thing in worst:
        around = Counter(
            other
            for one in stressed
            for detour in one.detours
            if detour.closed == (thing,)
            for other in set(detour.things) - set(one.things)
            if other.startswith(_PAIRED_KINDS[:2])
        )
        pairs |= {tuple(sorted((thing, other))) for other, _ in sorted(around.items(), key=lambda row: (-row[1], row[0]))[:_MOST_AROUND]}
    return sorted(pairs)


def _matters(one: ShipmentStress, pair: tuple[str, ...]) -> bool:
    """Whether the second closure hits the way around the first, or both hit the best way."""
    return any(
        detour.closed[0] in pair
        and detour.status != "lost"
        and bool(set(pair) - set(detour.closed))
        and set(pair) - set(detour.closed) <= set(detour.things)
        for detour in one.detours
    ) or set(pair) <= set(one.things)


def _find_detour(one: ShipmentStress, tried: ShipmentStress | None, pair: tuple[str, ...]) -> Detour | None:
    """The detour of a shipment for a pair: as searched, else that of the one thing of it on the best way; None if neither is on it."""
    for detour in tried.detours if tried is not None else ():
        if detour.closed == pair:
            return detour
    return next((detour for detour in one.detours if detour.closed[0] in pair), None)


# --- measures -----------------------------------------------------------------------------------------------------------------------


_Side = tuple[Sequence[ShipmentStress], Sequence[Closure]]
"""Each shipment stressed, and what closures cost the book."""


def _weigh(dataset: Dataset, question: StressQuestion, measure: str, base: _Side, hear: Hear | None) -> MeasureWorth:
    """The same book with a measure: what ordinary days and closures cost less in a year; of what is in force, what they would cost more."""
    changed, opened = apply_measure(dataset, measure, question.location, question.as_of), opened_by(measure)
    if hear is not None:
        hear(f"measure {measure}")
    again = _stress(changed, question, hear)
    varied = again, _sum_closures(dataset if opened else changed, question.as_of, again, opened)
    is_held = is_in_force(dataset, measure, question.as_of)
    before, after = (varied, base) if is_held else (base, varied)
    usual = _list_savings(dataset, before[0], after[0])
    low, high = _spread(dataset, question.as_of, usual, (before[1], after[1]))
    expected = [sum(one.expected_year_cents or 0 for one in closures) for _, closures in (before, after)]
    had = {one.shipment_id: one.has_way for one in before[0]}
    return MeasureWorth(
        measure=measure, usual_cents=round(usual[1]), closure_cents=expected[0] - expected[1], low_cents=low, high_cents=high,
        new_ways=sum(one.has_way and not had[one.shipment_id] for one in after[0]), is_held=is_held,
    )  # fmt: skip


def _list_savings(dataset: Dataset, before: Sequence[ShipmentStress], after: Sequence[ShipmentStress]) -> tuple[float, float, float]:
    """Cents a year that ordinary days cost less afterwards: with all prices at their low, typical and high."""
    books, known = _YEAR_DAYS / days_of(dataset.shipments), {one.shipment_id: one for one in before}
    pairs = [(known[one.shipment_id], one) for one in after if one.has_way and known[one.shipment_id].has_way]
    times = sum(_capital(first) - _capital(second) for first, second in pairs)
    costs = [
        sum(getattr(first, name) - getattr(second, name) for first, second in pairs)
        for name in ("cost_low_cents", "cost_cents", "cost_high_cents")
    ]
    return books * (costs[0] + times), books * (costs[1] + times), books * (costs[2] + times)


def _capital(one: ShipmentStress) -> float:
    return one.duration_min / _DAY_MIN * one.per_day_cents


def _spread(
    dataset: Dataset, as_of: date, usual: tuple[float, float, float], sides: tuple[Sequence[Closure], Sequence[Closure]]
) -> tuple[int, int]:
    from landbridge.uncertainty.hazard import count_years
    from landbridge.uncertainty.worth import Toll, spread_worth

    before, after = (
        {
            one.things[0]: Toll(
                closures_per_year=one.closures_per_year or 0.0,
                closed_days=one.closed_days or 0.0,
                expected_cents=one.expected_year_cents or 0,
            )
            for one in closures
        }
        for closures in sides
    )
    return spread_worth(usual, before, after, years=count_years(_list_history(dataset, as_of), as_of))


def _list_history(dataset: Dataset, as_of: date) -> list[Event]:
    """Closures that had begun, as they were known on a day."""
    return [as_known(row, as_of) for row in dataset.events if row.kind == "closure" and row.valid_from <= as_of and _is_known(row, as_of)]


# --- real events --------------------------------------------------------------------------------------------------------------------


def _list_events(dataset: Dataset, name: str) -> list[Event]:
    return [
        row
        for row in dataset.events
        if row.kind in ("closure", "delay") and row.known_from is not None and fnmatchcase(row.event_id, "*" if name == "all" else name)
    ]


def _is_known(event: Event, as_of: date) -> bool:
    return event.known_from is None or event.known_from <= as_of


def _replay(dataset: Dataset, question: StressQuestion, hear: Hear | None) -> tuple[ReplayedEvent, ...]:
    """Events that became known on one day and begin on one; for each, one shipment of every lane with the news and without."""
    chosen = {row.event_id: row for name in question.replays for row in _list_events(dataset, name)}
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
        for row in _pick_lanes(dataset, events)
    ]  # fmt: skip
    if not parts:
        return ()
    news = {part.event_ids: _news_of(dataset, part) for part in {part.event_ids: part for part in parts}.values()}
    sweep = Sweep(name="replay", digest=dataset.digest, work=replay_shipment, form=ReplayedLane, shared=news)
    found = dict(zip(parts, run_sweep(sweep, parts, question.crew, tell=_teller(hear, "replays")), strict=True))
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


def _pick_lanes(dataset: Dataset, events: Sequence[Event]) -> tuple[Shipment, ...]:
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


def _findings(dataset: Dataset, stressed: Sequence[ShipmentStress]) -> tuple[Finding, ...]:
    found = []
    if not dataset.shipments:
        found.append(Finding(code="BOOK-EMPTY", severity="warning", message="the feed has no shipments", fix="Add rows to shipments.csv."))
    for one in stressed:
        if not one.has_way:
            message = f"{one.shipment_id} has no way even with nothing closed"
            found.append(
                Finding(code="SHIPMENT-WITHOUT-WAY", severity="warning", message=message, fix="See landbridge plan for the reason.")
            )
    return tuple(found)


def _say(code: str, column: str, message: str, fix: str) -> Finding:
    return Finding(code=code, column=column, message=message, fix=fix)
