"""Work that takes its time, as a process of the server does it: a request of plain values in, a result of plain values out."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.domain.errors import QueryError, UnknownIdError
from landbridge.domain.finding import Finding
from landbridge.domain.version import VERSION

if TYPE_CHECKING:
    from landbridge.domain.dataset import Dataset
    from landbridge.domain.headway import Headway, Hear
    from landbridge.domain.plan import Plan
    from landbridge.domain.query import Query
    from landbridge.domain.scenario import Scenario
    from landbridge.planner.book.candidates import BookQuestion
    from landbridge.planner.question import Question

Tell = Callable[[dict[str, Any]], None]
KINDS = ("plan", "why", "book", "compare", "screen", "lists")
MAX_NAMES = 20_000
_WAYS = ("itineraries", "compared", "rejected")
"""What a plan tells of ways."""
_WARMED_ENDS = 4
_NOT_OF_LOAD = frozenset(
    ("origin_id", "destination_id", "due_on", "is_landed", "avoid", "via", "max_legs", "tolerance_percent", "max_labels", "is_feed_alone")
)
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a task gives: a short result, and for a plan its document and the digests under which it is kept."""

    result: dict[str, Any]
    document: str = ""
    title: str = ""
    feed_digest: str = ""
    question_digest: str = ""


def perform_task(kind: str, request: Mapping[str, Any], *, at: str, tell: Tell) -> Outcome:
    """Do one task.

    Parameters
    ----------
    kind
        One of ``KINDS``.
    request
        ``feed`` is a location that :func:`landbridge.planner.load_feed` knows; the rest depends on the kind.
    at
        Time in UTC, for the audit log.
    tell
        Hears how far it is.

    Raises
    ------
    LandbridgeError
        With everything that is wrong, at once.
    """
    work = {
        "plan": _perform_plan, "why": _perform_why, "book": _perform_book, "compare": _perform_compare, "screen": _perform_screen,
        "lists": _perform_lists,
    }  # fmt: skip
    return work[kind](request, at, tell)


def question_of(request: Mapping[str, Any]) -> Question:
    """The question of a request: what it does not name was not told."""
    from landbridge.planner.question import Question

    known = {one.name for one in fields(Question)}
    told: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in request.items() if name in known}
    return Question(**told)


def digest_question(dataset: Dataset, query: Query, part: str | None = None) -> str:
    """SHA-256 of all that an answer depends on: feed, question, lists, decisions and the version of landbridge; marked for a part of it."""
    from landbridge.store.plans import mark_part

    text = json.dumps([VERSION, dataset.digest, asdict(query), tell_gate()], default=str, sort_keys=True)
    found = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return mark_part(found) if part else found


def whole_of(request: Mapping[str, Any]) -> dict[str, Any]:
    """The request for the whole answer, of one that may ask for a part."""
    return {name: value for name, value in request.items() if name != "part"}


def tell_gate() -> str:
    """Editions and decisions that a plan is gated by at this moment, as text."""
    from landbridge.store.database import stamp_store

    return _screened_by(stamp_store())


@lru_cache(maxsize=1)
def _screened_by(_stamp: tuple[int, ...]) -> str:
    """Editions and decisions that a plan is gated by, as text; read anew after every change of the store."""
    from landbridge.store.decisions import read_decisions
    from landbridge.store.lists import read_editions

    lists = [row.digest for row in read_editions()]
    return json.dumps([lists, [[one.decision_id, one.confirmed_by] for found in read_decisions().values() for one in found]])


@lru_cache(maxsize=3)
def keep_feed(location: str) -> Dataset:
    """A feed that is read once and kept; a location that is changed afterwards is not read anew."""
    from landbridge.planner.feed import load_feed

    return load_feed(_find_again(location))[0]


def _find_again(location: str) -> str:
    """Where a feed lies now: an uploaded one whose file is gone, as after a store was moved, is laid out anew from the store."""
    path = Path(location)
    if not _DIGEST.fullmatch(path.stem) or path.exists():
        return location
    from landbridge.store.feeds import unfold_feed

    return unfold_feed(path.stem) or location


def join_kept(location: str, query: Query) -> Dataset:
    """The kept feed with what the world adds for a question that was asked before."""
    from landbridge.planner.joined_question import join_query_places

    return join_query_places(keep_feed(location), query)


def ask_kept(location: str, question: Question) -> tuple[Dataset, Query]:
    """The kept feed with what the world adds for a question, and the question as understood; raises with everything that is wrong."""
    from landbridge.planner.joined_question import join_question

    return join_question(keep_feed(location), question)


def warm(location: str) -> None:
    """Read the feed and find the cheapest way of its first shipment between each two countries, some of them.

    So what planning needs is loaded, and terms of links and legs are known, before the first question.
    """
    from landbridge.planner.shipment import gated_graph
    from landbridge.routing.answer import search_best

    dataset = keep_feed(location)
    country = {row.place_id: row.country for row in dataset.places}
    ends: dict[tuple[str | None, str | None], tuple[str, str]] = {}
    for row in dataset.shipments:
        ends.setdefault((country.get(row.from_place_id), country.get(row.to_place_id)), (row.from_place_id, row.to_place_id))
    for query in _ask_each(dataset, itertools.islice(ends.values(), _WARMED_ENDS)):
        search_best(gated_graph(dataset, query), query, "cost")


def _ask_each(dataset: Dataset, ends: Iterable[tuple[str, str]], ready: date | None = None) -> Iterator[Query]:
    """The form's question for some origins and destinations; whoever asks one that is left out is told what is wrong with it."""
    from landbridge.planner.question import Question, ask

    for origin, destination in ends:
        try:
            query = ask(dataset, Question(origin=origin, destination=destination, ready=ready.isoformat() if ready else None))
        except QueryError:
            continue
        yield query


def read_ahead(location: str) -> Iterator[None]:
    """Work out the tables of the form's load between all countries of a feed, one after another, for whoever may ask next.

    Those of the month of asking, then those of the next one. Nothing of a feed so large that each takes long: an order that comes
    meanwhile waits for it.
    """
    from landbridge.planner.shipment import gated_graph
    from landbridge.routing.arc_tables import shares_tables
    from landbridge.routing.groundwork import set_scene
    from landbridge.terms.ends import mark_ends

    dataset = keep_feed(location)
    places: dict[str, list[str]] = {}
    for row in dataset.places:
        places.setdefault(row.country, []).append(row.place_id)
    ends: dict[tuple[object, ...], tuple[str, str]] = {}
    for origin, destination in itertools.product(places, repeat=2):
        if places[origin][0] != places[destination][-1]:
            ends.setdefault(mark_ends(dataset, origin, destination), (places[origin][0], places[destination][-1]))
    for ready in (None, _next_month(dataset.info.as_of)):
        for query in _ask_each(dataset, ends.values(), ready):
            graph = gated_graph(dataset, query)
            if not shares_tables(graph):
                return
            set_scene(graph, query)
            yield


def _next_month(day: date) -> date:
    """The first day of the month after that of a day."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def name_load(dataset: Dataset, query: Query) -> str:
    """What questions have in common for which a process has most of the tables when it did one: everything but ends, days and wishes."""
    from landbridge.routing.scene import span_of

    rest = {name: value for name, value in asdict(query).items() if name not in _NOT_OF_LOAD}
    return json.dumps([dataset.digest, rest | {"ready_on": span_of(query)[0]}], default=str)


def title_plan(plan: Plan, dataset: Dataset) -> str:
    """A plan in a few words: from where to where, with what."""
    places = dataset.place_by_id
    ends = [places[one].name if one in places else one for one in (plan.query.origin_id, plan.query.destination_id)]
    return f"{ends[0]} – {ends[1]}, {plan.query.units}x{plan.query.unit_type_id}"


def _perform_plan(request: Mapping[str, Any], at: str, tell: Tell) -> Outcome:
    from landbridge.planner.plan_answer import is_alone
    from landbridge.planner.plan_record import record_plan
    from landbridge.planner.shipment import plan_shipment
    from landbridge.report.plan_document import plan_text
    from landbridge.store.plans import mark_part

    question = question_of(request)
    tell({"step": "reading"})
    dataset, query = ask_kept(str(request["feed"]), question)
    digest = digest_question(dataset, query)
    tell({"step": "searching"})
    plan = plan_shipment(dataset, query, is_compared=not request.get("part"))
    record_plan(plan, at, digest)
    tell({"step": "writing"})
    return Outcome(
        result={name: len(getattr(plan, name)) for name in _WAYS},
        document=plan_text(plan, dataset),
        title=title_plan(plan, dataset),
        feed_digest=dataset.digest,
        question_digest=mark_part(digest) if is_alone(plan) else digest,
    )


def count_ways(document: Mapping[str, Any]) -> dict[str, Any]:
    """How many ways a plan's document has, of each kind: the short result of the job that made it."""
    return {name: len(document[name]) for name in _WAYS}


def _perform_why(request: Mapping[str, Any], at: str, tell: Tell) -> Outcome:
    """Why no way of a saved plan goes through a place."""
    from landbridge.planner.saved import find_plan
    from landbridge.planner.shipment import why_not
    from landbridge.report.document_form import encode
    from landbridge.report.plan_document import parse_plan_document

    found = find_plan(str(request["plan_id"]))
    if found is None:
        raise UnknownIdError("plan", str(request["plan_id"]))
    plan = parse_plan_document(json.loads(found.document))
    dataset = join_kept(json.loads(found.request)["feed"], plan.query)
    tell({"step": "searching"})
    answer = why_not(dataset, plan, str(request["place"]))
    rejected = encode(answer.rejected)
    result = {"place_id": answer.place_id, "text": list(answer.text), "itinerary": encode(answer.itinerary), "rejected": rejected}
    return Outcome(result=result, feed_digest=dataset.digest)


def _perform_book(request: Mapping[str, Any], at: str, tell: Tell) -> Outcome:
    from time import perf_counter

    from landbridge.planner.book.joint_plan import plan_book
    from landbridge.report.book_document import book_document
    from landbridge.report.book_statement import statement_rows

    begin = perf_counter()
    dataset, question = book_question(request)
    plan = plan_book(dataset, question, tell=keep_figures(tell))
    statements = {payer: [list(row) for row in statement_rows(plan, payer, dataset)] for payer, _ in plan.alone_by_payer}
    document = book_document(plan, seconds=perf_counter() - begin)
    return Outcome(result=document | {"statements": statements}, feed_digest=dataset.digest)


def keep_figures(tell: Tell) -> Hear:
    """Tells how far a run is together with the newest figures, which whoever looks a moment later would miss otherwise."""
    from landbridge.report.headway import headway_document

    told: dict[str, Any] = {}

    def hear(headway: Headway) -> None:
        nonlocal told
        told = headway_document(headway, told)
        tell(told)

    return hear


def book_question(request: Mapping[str, Any]) -> tuple[Dataset, BookQuestion]:
    """The feed and the question of a request for a book; raises at once with everything that is wrong with it.

    ``shipments`` of the request take the place of those of the feed.
    """
    from landbridge.planner.book.question import ask_book

    dataset = book_feed(request)
    asked: dict[str, Any] = {name: request.get(name) for name in ("horizon", "as_of", "partner")}
    asked |= {name: float(request.get(name) or 0) for name in ("seconds", "levers", "shares", "all_ways") if name in request}
    return dataset, ask_book(dataset, **asked, draws=int(request.get("draws") or 0), seed=int(request.get("seed") or 0))


def book_feed(request: Mapping[str, Any]) -> Dataset:
    """The feed whose names a joint plan is told in: with the places that its typed shipments brought along."""
    from landbridge.planner.shipment_rows import take_rows

    dataset = keep_feed(str(request["feed"]))
    return take_rows(dataset, request["shipments"]) if request.get("shipments") is not None else dataset


def _perform_compare(request: Mapping[str, Any], at: str, tell: Tell) -> Outcome:
    """Before and after scenarios of a feed: a joint plan of its book, or the plans of one shipment."""
    from time import perf_counter

    from landbridge.planner.compare import compare_scenarios
    from landbridge.planner.lane_compare import compare_lane
    from landbridge.report.comparison import comparison_document, lane_document

    begin = perf_counter()
    location = str(request["feed"])
    scenarios = chosen_scenarios(location, request)
    dataset = keep_feed(location)
    hear = keep_figures(tell)

    if request.get("question") is not None:
        asked = question_of(request["question"] | {"feed": location})
        joined, query = ask_kept(location, asked)
        asked = replace(asked, origin=query.origin_id, destination=query.destination_id)
        cases = compare_lane(joined, scenarios, asked, tell=hear)
        return Outcome(result=lane_document(cases, seconds=perf_counter() - begin), feed_digest=dataset.digest)
    _, question = book_question(request)
    found = compare_scenarios(dataset, scenarios, question, tell=hear)
    return Outcome(result=comparison_document(found, seconds=perf_counter() - begin), feed_digest=dataset.digest)


def chosen_scenarios(location: str, request: Mapping[str, Any]) -> tuple[Scenario, ...]:
    """Scenarios of a feed by name, each alone or all as one; names of files are never taken from a request."""
    from landbridge.planner.compare import join_scenarios, list_scenario_names, load_scenarios

    known = list_scenario_names(location)
    asked = [str(one) for one in request.get("scenarios") or ()]
    findings = [
        Finding(
            code="UNKNOWN-SCENARIO",
            column="scenarios",
            message=f"the feed brings no scenario {one[:60]!r}",
            fix=f"one of {', '.join(known)}",
        )
        for one in asked
        if one not in known
    ]
    if not asked:
        findings.append(
            Finding(code="UNKNOWN-SCENARIO", column="scenarios", message="no scenario is named", fix=f"one of {', '.join(known)}")
        )
    if findings:
        raise QueryError(findings)
    found = load_scenarios(asked, location)
    return (join_scenarios(found),) if request.get("together") and len(found) > 1 else found


def _perform_screen(request: Mapping[str, Any], at: str, tell: Tell) -> Outcome:
    from landbridge.planner.party_file import parse_parties
    from landbridge.planner.screening import Screener, name_match, record_batch
    from landbridge.planner.world.held_law import hold_law
    from landbridge.report.screening_document import screening_document

    dataset = keep_feed(str(request["feed"]))
    parties = parse_parties(str(request["csv"]).encode("utf-8", "surrogatepass"), str(request.get("file") or "upload.csv"))
    if len(parties) > MAX_NAMES:
        message = f"{len(parties)} names are asked at once, {MAX_NAMES} are allowed"
        raise QueryError([Finding(code="TOO-MANY-NAMES", column="csv", message=message, fix="screen them in several files")])
    as_of = _day(request.get("as_of")) or dataset.info.as_of
    screener = Screener(hold_law(dataset), as_of=as_of, gates=frozenset(request.get("gates") or ()))
    found, rows = [], []
    for number, party in enumerate(parties, start=1):
        answer = screener.screen(party)
        found.append(answer)
        rows.append(screening_document(answer, tuple(name_match(party, match) for match in answer.matches)) | {"lists": []})
        if number % 20 == 0:
            tell({"step": "screening", "done": number, "of": len(parties)})
    record_batch(str(request.get("file") or "upload.csv"), tuple(found), at)
    verdicts = [one.verdict for one in found]
    counts = {verdict: verdicts.count(verdict) for verdict in ("blocked", "review", "unknown", "clear")}
    return Outcome(result={"as_of": as_of.isoformat(), "counts": counts, "answers": rows}, feed_digest=dataset.digest)


def _perform_lists(request: Mapping[str, Any], at: str, tell: Tell) -> Outcome:
    """Import uploaded lists."""
    from landbridge.planner.list_upload import import_upload
    from landbridge.report.screening_document import list_document
    from landbridge.store.baskets import drop_basket

    tell({"step": "importing"})
    try:
        found = import_upload(str(request["upload"]), request.get("published"), str(request["by"]), at)
    finally:
        drop_basket(str(request["upload"]))
    return Outcome(result={"lists": [list_document(one) for one in found]})


def _day(text: object) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        message = f"{str(text)[:40]!r} is no date"
        raise QueryError([Finding(code="DATE", column="as_of", message=message, fix="write it as 2026-12-01")]) from None
