"""Ways of each shipment of a book from its ready date, and from later days on which it could travel with others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from time import perf_counter
from typing import TypeVar

from landbridge.domain.book_state import KeptWay
from landbridge.domain.dataset import Dataset
from landbridge.domain.headway import Headway, Hear, Stage
from landbridge.domain.plan import Itinerary
from landbridge.domain.query import Query
from landbridge.domain.shipment import Shipment
from landbridge.optimization.book_pool import Candidate
from landbridge.planner.book.solve import NoRoomError
from landbridge.planner.book.ways import Ways
from landbridge.planner.sweep import Crew
from landbridge.terms.load import load_of
from landbridge.terms.money import Market

_SELLER_PAYS = frozenset({"CPT", "CIP", "DAP", "DPU", "DDP", "CFR", "CIF"})
"""Under these Incoterms 2020 the seller contracts and pays for the main carriage, under the others the buyer."""
_DRAWS = 20
WAYS_SHARE = 5.0
"""Without ways there is no plan: looking for them may take so many times the seconds that are asked for, not more."""
_SOLVE_SHARE = 0.2
"""Part of the time that is the joint plan's at least."""
Part = TypeVar("Part")
ENDED = "the run was ended before its ways were looked for"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookQuestion:
    """What is asked of a book.

    ``seconds`` bounds candidates and joint plan (ways are looked for up to five times as long, since without them there is no plan),
    ``levers_seconds``, ``shares_seconds`` and ``all_ways_seconds`` (for the bound over all ways) what comes after; ``draws`` of uncertain
    inputs.
    ``is_waiting``: whether shipments may start later to travel with others, as far as time allows to look for such ways.
    ``most_emission_g`` caps the CO2e of the joint plan; ``co2e_cents_per_t`` prices it in every plan; ``frontier``: for how many caps its
    least cost is told. ``committed``: an earlier plan. ``partner_of``: the payer for whom partners are looked for. ``is_exact``: ways are
    searched for each shipment by itself, which takes seconds each. ``crew``: who works out coalitions and draws.
    """

    as_of: date
    horizon_from: date | None = None
    horizon_to: date | None = None
    seconds: float = 60.0
    levers_seconds: float = 30.0
    shares_seconds: float = 30.0
    all_ways_seconds: float = 0.0
    draws: int = _DRAWS
    seed: int = 0
    is_waiting: bool = True
    is_exact: bool = False
    most_emission_g: int | None = None
    co2e_cents_per_t: int = 0
    frontier: int = 0
    committed: tuple[KeptWay, ...] = ()
    partner_of: str | None = None
    crew: Crew = field(default_factory=Crew)


@dataclass(slots=True)
class Work:
    """One run: its clock, what it tells, and what it notes. ``is_ended``: somebody has ended it before its time."""

    dataset: Dataset
    question: BookQuestion
    tell: Hear | None
    begin: float = field(default_factory=perf_counter)
    notes: list[str] = field(default_factory=list)
    fixed: dict[str, KeptWay] = field(default_factory=dict)
    """By shipment what is committed and not decided any more."""
    unlooked: set[str] = field(default_factory=set)
    """Shipments for whose ways no time was left, or which nobody waited for."""
    has_unlooked_starts: bool = False
    """Whether there are later starts for which no time was left; not where somebody ended the run."""
    is_ended: bool = False
    joint_seconds: float = 0.0

    @property
    def left(self) -> float:
        """Seconds for the joint plan: a fifth of what was asked for at least, however long the ways took."""
        return max(_SOLVE_SHARE * self.question.seconds, self.question.seconds - (perf_counter() - self.begin))

    @property
    def has_time(self) -> bool:
        """Whether more may be tried than one joint plan."""
        return self.left > _SOLVE_SHARE * self.question.seconds

    def end(self) -> None:
        """Somebody has ended the run: what is there is told."""
        self.is_ended = True

    def unless_ended(self, name: str, work_out: Callable[[], Part]) -> Part | None:
        """What comes after the joint plan, each part by itself; what Ctrl-C leaves out is noted, and a part whose time was too short."""
        if not self.is_ended:
            try:
                return work_out()
            except NoRoomError:
                self.notes.append(f"{name} are left out: no plan that carries all shipments was found in the time given")
                return None
            except KeyboardInterrupt:
                self.end()
        self.notes.append(f"the run was ended before {name}")
        return None

    def say(self, headway: Headway) -> None:
        if self.tell is not None:
            self.tell(headway)


def payer_of(shipment: Shipment) -> str:
    """Who pays the main carriage: by the Incoterm, the shipper where none is told."""
    if shipment.incoterm is None or shipment.incoterm in _SELLER_PAYS:
        return shipment.shipper_id
    return shipment.consignee_id


def list_lanes(dataset: Dataset) -> tuple[tuple[str, str], ...]:
    """Pairs of places between which whole trains or ships can be bought."""
    return tuple(dict.fromkeys((row.from_place_id, row.to_place_id) for row in dataset.block_offers))


def query_of(dataset: Dataset, question: BookQuestion, shipment: Shipment, starts_on: date) -> Query:
    """The question to routing for one shipment from one day."""
    return Query(
        origin_id=shipment.from_place_id, destination_id=shipment.to_place_id, unit_type_id=shipment.unit_type_id, units=shipment.units,
        hs=shipment.hs, mass_kg=shipment.mass_kg, value=value_of(dataset, question, shipment), ready_on=starts_on,
        due_on=last_day(dataset, question, shipment),
        as_of=question.as_of, shipper_id=shipment.shipper_id, consignee_id=shipment.consignee_id,
    )  # fmt: skip


def last_day(dataset: Dataset, question: BookQuestion, shipment: Shipment) -> date | None:
    """The last day on which a shipment may arrive; its due date, too, where a day late has a price in a currency without a rate."""
    return shipment.last_on if Market(dataset, question.as_of).has_rate(shipment.currency) else shipment.due_on


def value_of(dataset: Dataset, question: BookQuestion, shipment: Shipment) -> Decimal | None:
    """The value of the goods in the settlement currency; None if it is not told, or in a currency without a rate."""
    if shipment.value is None:
        return None
    market = Market(dataset, question.as_of)
    return shipment.value / market.rate(shipment.currency) if market.has_rate(shipment.currency) else None


def find_candidates(
    work: Work, planned: list[tuple[Shipment, str]], ways: Ways, beside: Sequence[Query] = ()
) -> tuple[list[Candidate], dict[str, str]]:
    """Itineraries of each shipment from its ready date, and from the ready dates of others that it might travel with; and by shipment why
    it has none. ``beside``: questions that are asked along with these.
    """
    dataset, question = work.dataset, work.question
    open_ones = [row for row, _ in planned if row.shipment_id not in work.fixed or work.fixed[row.shipment_id].lead_id]
    queries = {row.shipment_id: query_of(dataset, question, row, row.ready_on) for row in open_ones}
    waits = [(row, day) for row in open_ones for day in _days_to_wait_for(dataset, row)] if _may_wait(work) else []
    asked = list(queries.values())
    is_whole = _look(work, ways, asked, beside, [query_of(dataset, question, row, day) for row, day in waits])
    candidates: list[Candidate] = []
    reasons: dict[str, str] = {}
    for row, _ in planned:
        booked = work.fixed.get(row.shipment_id)
        if booked is not None and booked.lead_id is None:
            candidates += make_candidates(dataset, question, row, booked.starts_on, (booked.itinerary,))
            continue
        query = queries[row.shipment_id]
        if not is_whole and not ways.knows(query):
            work.unlooked.add(row.shipment_id)
            reasons[row.shipment_id] = (
                ENDED
                if work.is_ended
                else f"{WAYS_SHARE * question.seconds:g} s were over before its ways were looked for; give more --seconds"
            )
            continue
        itineraries, rejected = ways.find(query)
        candidates += make_candidates(dataset, question, row, row.ready_on, itineraries)
        if not itineraries and booked is None:
            reasons[row.shipment_id] = "; ".join(dict.fromkeys(one.reason for one in rejected)) or "the feed names no way for it"
    missed = 0
    for row, day in waits:
        query = query_of(dataset, question, row, day)
        if ways.knows(query):
            candidates += make_candidates(dataset, question, row, day, ways.find(query)[0])
        else:
            missed += row.shipment_id not in reasons
    if missed:
        work.has_unlooked_starts = not work.is_ended
        work.notes.append(f"{missed} of {len(waits)} later starts were not looked at")
    return candidates, reasons


def _may_wait(work: Work) -> bool:
    return work.question.is_waiting and bool(work.dataset.block_offers)


def _look(work: Work, ways: Ways, queries: list[Query], beside: Sequence[Query], later: list[Query]) -> bool:
    """Let ways be looked for as long as there is time; whether all questions are answered."""
    try:
        for headway in ways.prepare([*queries, *beside], later, work.question.seconds * WAYS_SHARE):
            work.say(headway)
            if headway.stage is Stage.KILLED:
                work.notes.append(
                    "a process that looked for ways was killed (memory was short?); its ways were looked for again, none is missing"
                )
    except KeyboardInterrupt:
        work.end()
    return all(ways.knows(query) for query in queries)


def make_candidates(
    dataset: Dataset, question: BookQuestion, shipment: Shipment, day: date, itineraries: tuple[Itinerary, ...]
) -> list[Candidate]:
    """Candidates of a shipment from itineraries that start on a day."""
    per_day = load_of(dataset, query_of(dataset, question, shipment, day)).value_per_day_cents
    payer = payer_of(shipment)
    return [
        Candidate(shipment=shipment, payer_id=payer, starts_on=day, itinerary=one, capital_per_day_cents=per_day) for one in itineraries
    ]


def _days_to_wait_for(dataset: Dataset, shipment: Shipment) -> Iterator[date]:
    """Ready dates of shipments between the same countries until which a shipment may be held."""
    lane = _lane(dataset, shipment)
    last = min(shipment.ready_on + timedelta(days=shipment.hold_days), shipment.last_on or date.max)
    yield from sorted(
        {row.ready_on for row in dataset.shipments if shipment.ready_on < row.ready_on <= last and _lane(dataset, row) == lane}
    )


def _lane(dataset: Dataset, shipment: Shipment) -> tuple[str, str]:
    return dataset.get_place(shipment.from_place_id).country, dataset.get_place(shipment.to_place_id).country
