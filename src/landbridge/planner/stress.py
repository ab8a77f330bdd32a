"""Close everything that a book uses, one thing at a time and in pairs, and say what that costs, how often, and what a measure is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.stress import Closure, MeasureWorth, ShipmentStress, StressAnswer
from landbridge.graph.planning_graph import PlanningGraph
from landbridge.planner.closures import (
    DAY_MIN,
    YEAR_DAYS,
    badness,
    choose_pairs,
    find_detour,
    list_history,
    list_unused,
    matters,
    name_things,
    sum_closures,
    sum_detours,
)
from landbridge.planner.measures import apply_measure, is_in_force, opened_by
from landbridge.planner.real_events import list_events, replay_events
from landbridge.planner.shipment import gated_graph
from landbridge.planner.stress_tasks import StressPart, days_of, shipment_query, stress_shipment
from landbridge.planner.sweep import Crew, Sweep, check_crew, run_sweep, stand_by

Hear = Callable[[str], None]

MOST_PAIRED = 20


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
        if not list_events(dataset, name):
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
        thing = next((f"{kind} {one}" for kind, names in name_things(dataset).items() if one in names), None)
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
    replays = replay_events(dataset, question.replays, question.crew, _teller(hear, "replays"))
    stressed = _stress(dataset, question, hear) if question.is_swept else []
    closures = sum_closures(dataset, question.as_of, stressed)
    pairs = _stress_pairs(dataset, question, stressed, closures, hear)
    expected = sum(one.expected_year_cents or 0 for one in closures)
    return StressAnswer(
        dataset_name=dataset.info.name, dataset_digest=dataset.digest, as_of=question.as_of, currency=dataset.info.settlement_currency,
        book_days=days_of(dataset.shipments), shipments=tuple(stressed), closures=closures, pairs=pairs,
        unused=list_unused(dataset, closures) if question.is_swept else (), expected_year_cents=expected, is_swept=question.is_swept,
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


# --- pairs --------------------------------------------------------------------------------------------------------------------------


def _stress_pairs(
    dataset: Dataset, question: StressQuestion, stressed: Sequence[ShipmentStress], closures: Sequence[Closure], hear: Hear | None
) -> tuple[Closure, ...]:
    """The worst borders, passages and places (no ends) closed two at a time, each with the borders of the ways around it, and the pairs
    asked for; searched only where that can differ from one of them alone.
    """
    pairs = sorted({*choose_pairs(stressed, closures, question.paired), *question.pairs})
    asked = {one.shipment_id: tuple(pair for pair in pairs if matters(one, pair)) for one in stressed}
    parts = [
        StressPart(shipment_id=one.shipment_id, as_of=question.as_of, pairs=asked[one.shipment_id])
        for one in stressed
        if asked[one.shipment_id]
    ]
    tried = {one.shipment_id: one for one in _run_parts(dataset, question, parts, hear, "pairs")}
    found = []
    for pair in pairs:
        rows = [(one, detour) for one in stressed if (detour := find_detour(one, tried.get(one.shipment_id), pair)) is not None]
        if rows or pair in question.pairs:
            found.append(sum_detours(dataset, pair, rows))
    return tuple(sorted(found, key=badness))


# --- measures -----------------------------------------------------------------------------------------------------------------------


_Side = tuple[Sequence[ShipmentStress], Sequence[Closure]]
"""Each shipment stressed, and what closures cost the book."""


def _weigh(dataset: Dataset, question: StressQuestion, measure: str, base: _Side, hear: Hear | None) -> MeasureWorth:
    """The same book with a measure: what ordinary days and closures cost less in a year; of what is in force, what they would cost more."""
    changed, opened = apply_measure(dataset, measure, question.location, question.as_of), opened_by(measure)
    if hear is not None:
        hear(f"measure {measure}")
    again = _stress(changed, question, hear)
    varied = again, sum_closures(dataset if opened else changed, question.as_of, again, opened)
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
    books, known = YEAR_DAYS / days_of(dataset.shipments), {one.shipment_id: one for one in before}
    pairs = [(known[one.shipment_id], one) for one in after if one.has_way and known[one.shipment_id].has_way]
    times = sum(_capital(first) - _capital(second) for first, second in pairs)
    costs = [
        sum(getattr(first, name) - getattr(second, name) for first, second in pairs)
        for name in ("cost_low_cents", "cost_cents", "cost_high_cents")
    ]
    return books * (costs[0] + times), books * (costs[1] + times), books * (costs[2] + times)


def _capital(one: ShipmentStress) -> float:
    return one.duration_min / DAY_MIN * one.per_day_cents


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
    return spread_worth(usual, before, after, years=count_years(list_history(dataset, as_of), as_of))


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
