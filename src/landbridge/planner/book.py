"""Plan all shipments of a book together: candidates, joint plan, baselines, levers, shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from time import perf_counter

from landbridge.domain.book import BookPlan, Partner, Proven
from landbridge.domain.book_state import KeptWay
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.plan import Itinerary
from landbridge.domain.query import Query
from landbridge.domain.settlement import Settlement
from landbridge.domain.shipment import Shipment
from landbridge.domain.version import VERSION
from landbridge.optimization.book_pool import Candidate, Pool, PoolMaker, keep_pool
from landbridge.optimization.book_problem import BookProblem, Choice
from landbridge.planner.book_cap import cap_choice, frontier_of, least_emission, steady_choice
from landbridge.planner.book_listing import list_departures, list_paid, list_rebates, list_shipments, list_turns
from landbridge.planner.book_partner import find_partners
from landbridge.planner.book_solve import NoRoomError, proven_of, search_all, solve_all, union_of
from landbridge.planner.book_state import find_fixed, list_changes
from landbridge.planner.book_ways import Search, route_candidates
from landbridge.planner.book_worth import levers_of, sharings_of, spread_of
from landbridge.sharing import settle
from landbridge.terms.load import load_of
from landbridge.terms.money import Market

_SELLER_PAYS = frozenset({"CPT", "CIP", "DAP", "DPU", "DDP", "CFR", "CIF"})
"""Under these Incoterms 2020 the seller contracts and pays for the main carriage, under the others the buyer."""
_WAIT_DAYS = 14
"""A shipment waits at most this long to travel with others of the book."""
_DRAWS = 20
_LEAST_SECONDS = 0.5
_FRONTIER_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BookQuestion:
    """What is asked of a book.

    ``seconds`` bounds candidates and joint plan, ``levers_seconds`` and ``shares_seconds`` what comes after; ``draws`` of uncertain inputs.
    ``is_waiting``: whether shipments may start later to travel with others, as far as time allows to look for such ways.
    ``most_emission_g`` caps the CO2e of the joint plan; ``frontier``: for how many caps its least cost is told.
    ``committed``: an earlier plan. ``partner_of``: the payer for whom partners are looked for.
    """

    as_of: date
    horizon_from: date | None = None
    horizon_to: date | None = None
    seconds: float = 60.0
    levers_seconds: float = 30.0
    shares_seconds: float = 30.0
    draws: int = _DRAWS
    seed: int = 0
    is_waiting: bool = True
    most_emission_g: int | None = None
    frontier: int = 0
    committed: tuple[KeptWay, ...] = ()
    partner_of: str | None = None


@dataclass(slots=True)
class _Work:
    """One run: its clock, what it tells, and what it notes."""

    dataset: Dataset
    question: BookQuestion
    tell: Callable[[str], None] | None
    begin: float = field(default_factory=perf_counter)
    notes: list[str] = field(default_factory=list)
    fixed: dict[str, KeptWay] = field(default_factory=dict)
    """By shipment what is committed and not decided any more."""

    @property
    def left(self) -> float:
        return self.question.seconds - (perf_counter() - self.begin)


def payer_of(shipment: Shipment) -> str:
    """Who pays the main carriage: by the Incoterm, the shipper where none is told."""
    if shipment.incoterm is None or shipment.incoterm in _SELLER_PAYS:
        return shipment.shipper_id
    return shipment.consignee_id


def list_lanes(dataset: Dataset) -> tuple[tuple[str, str], ...]:
    """Pairs of places between which whole trains or ships can be bought."""
    return tuple(dict.fromkeys((row.from_place_id, row.to_place_id) for row in dataset.block_offers))


def plan_book(
    dataset: Dataset, question: BookQuestion, *, search: Search | None = None, tell: Callable[[str], None] | None = None
) -> BookPlan:
    """Plan all shipments of a book together, and say what that saves against each payer planning alone.

    Parameters
    ----------
    dataset
        A loaded feed with shipments.
    question
        Day of asking, horizon and budgets.
    search
        Where itineraries come from; None: from routing.
    tell
        Hears what is going on, in words: candidates, then plan, bound, gap and seconds while the joint plan is sought.

    Returns
    -------
    BookPlan
        Bounds are over the candidate itineraries, which is said in ``notes``. A shipment that cannot be carried is listed with the reason.
    """
    work = _Work(dataset, question, tell)
    chosen = [row for row in dataset.shipments if _is_inside(row, question)]
    reasons = {row.shipment_id: reason for row in chosen if (reason := _why_wrong(dataset, row))}
    planned = [(row, payer_of(row)) for row in chosen if row.shipment_id not in reasons]
    work.fixed = find_fixed(dataset, question.committed, question.as_of)
    candidates, missing = _find_candidates(work, planned, search or route_candidates(dataset, list_lanes(dataset)))
    reasons |= missing
    planned = [(row, payer) for row, payer in planned if row.shipment_id not in reasons]
    joint = _solve_together(work, planned, candidates, reasons)
    return _answer(work, chosen, reasons, joint)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joint:
    """The joint plan over ``pool``, in which what is committed is fixed, and each payer's own over ``free``, in which it is not."""

    pool: Pool
    free: Pool
    together: Choice
    alone: Mapping[str, Choice]


def _make_pools(work: _Work, planned: list[tuple[Shipment, str]], candidates: list[Candidate]) -> tuple[Pool, Pool]:
    """The pool in which what is committed goes as it was booked, by the train that was ordered for it or by none; and the pool of all
    ways.
    """
    ordered = frozenset(way.train_id for way in work.fixed.values() if way.train_id)
    free = PoolMaker(work.dataset, work.question.as_of, ordered=ordered).make(planned, candidates)
    if not work.fixed:
        return free, free
    problem = free.problem
    kept = []
    for number, (way, origin) in enumerate(zip(problem.ways, free.origins, strict=True)):
        booked = work.fixed.get(problem.shipments[way.shipment])
        if booked is None or (booked.train_id, booked.train_leg) == (_train_of(problem, number), origin.train_leg):
            kept.append(number)
    return keep_pool(free, kept), free


def _train_of(problem: BookProblem, number: int) -> str | None:
    train = problem.ways[number].train
    return None if train is None else problem.trains[train].name


def _is_inside(shipment: Shipment, question: BookQuestion) -> bool:
    after = question.horizon_from is None or shipment.ready_on >= question.horizon_from
    return after and (question.horizon_to is None or shipment.ready_on <= question.horizon_to)


def _why_wrong(dataset: Dataset, shipment: Shipment) -> str | None:
    if shipment.due_on is not None and shipment.due_on < shipment.ready_on:
        return f"due on {shipment.due_on}, before it is ready on {shipment.ready_on}"
    unit = next(row for row in dataset.unit_types if row.unit_type_id == shipment.unit_type_id)
    most = unit.max_payload_kg * shipment.units
    if shipment.mass_kg is not None and shipment.mass_kg > most:
        return f"weighs {shipment.mass_kg} kg, {shipment.units} x {unit.unit_type_id} carry at most {most} kg"
    return None


# --- candidates -----------------------------------------------------------------------------------------------------------------


def query_of(dataset: Dataset, question: BookQuestion, shipment: Shipment, starts_on: date) -> Query:
    """The question to routing for one shipment from one day."""
    return Query(
        origin_id=shipment.from_place_id, destination_id=shipment.to_place_id, unit_type_id=shipment.unit_type_id, units=shipment.units,
        hs=shipment.hs, mass_kg=shipment.mass_kg, value=value_of(dataset, question, shipment), ready_on=starts_on, due_on=shipment.due_on,
        as_of=question.as_of, shipper_id=shipment.shipper_id, consignee_id=shipment.consignee_id,
    )  # fmt: skip


def value_of(dataset: Dataset, question: BookQuestion, shipment: Shipment) -> Decimal | None:
    """The value of the goods in the settlement currency; None if it is not told, or in a currency without a rate."""
    if shipment.value is None:
        return None
    market = Market(dataset, question.as_of)
    return shipment.value / market.rate(shipment.currency) if market.has_rate(shipment.currency) else None


def _find_candidates(work: _Work, planned: list[tuple[Shipment, str]], search: Search) -> tuple[list[Candidate], dict[str, str]]:
    """Itineraries of each shipment from its ready date; then, while time is left, from the ready dates of others that it might travel
    with.
    """
    candidates: list[Candidate] = []
    reasons: dict[str, str] = {}
    for number, (shipment, _) in enumerate(planned, 1):
        booked = work.fixed.get(shipment.shipment_id)
        if booked is not None:
            candidates += make_candidates(work.dataset, work.question, shipment, booked.starts_on, (booked.itinerary,))
            continue
        if work.tell is not None:
            work.tell(f"candidates {number} of {len(planned)}: {shipment.shipment_id}")
        itineraries, rejected = search(query_of(work.dataset, work.question, shipment, shipment.ready_on))
        candidates += make_candidates(work.dataset, work.question, shipment, shipment.ready_on, itineraries)
        if not itineraries:
            reasons[shipment.shipment_id] = "; ".join(dict.fromkeys(row.reason for row in rejected)) or "the feed names no way for it"
    if not work.question.is_waiting or not work.dataset.block_offers:
        return candidates, reasons
    waits = [
        (row, day)
        for row, _ in planned
        if row.shipment_id not in reasons.keys() | work.fixed.keys()
        for day in _days_to_wait_for(work.dataset, row)
    ]
    for number, (shipment, day) in enumerate(waits):
        if work.left < work.question.seconds / 2:
            work.notes.append(f"time was over before {len(waits) - number} of {len(waits)} later starts were looked at")
            break
        found, _ = search(query_of(work.dataset, work.question, shipment, day))
        candidates += make_candidates(work.dataset, work.question, shipment, day, found)
    return candidates, reasons


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
    """Ready dates within two weeks of shipments between the same countries."""
    lane = _lane(dataset, shipment)
    last = min(shipment.ready_on + timedelta(days=_WAIT_DAYS), shipment.due_on or date.max)
    yield from sorted(
        {row.ready_on for row in dataset.shipments if shipment.ready_on < row.ready_on <= last and _lane(dataset, row) == lane}
    )


def _lane(dataset: Dataset, shipment: Shipment) -> tuple[str, str]:
    return dataset.get_place(shipment.from_place_id).country, dataset.get_place(shipment.to_place_id).country


# --- plans ----------------------------------------------------------------------------------------------------------------------


def _solve_together(work: _Work, planned: list[tuple[Shipment, str]], candidates: list[Candidate], reasons: dict[str, str]) -> _Joint:
    """The joint plan and each payer's own; where allotted room does not hold a shipment that has no other way, it is left out with the
    reason.
    """
    while True:
        pool, free = _make_pools(work, planned, candidates)
        payers = sorted(set(pool.problem.payers))
        try:
            each = max(_LEAST_SECONDS, work.left / 4 / max(1, len(payers)))
            alone = {payer: solve_all(free.problem.only([payer]), each) for payer in payers}
            start = None if work.fixed else union_of(pool.problem, list(alone.values()))
            return _Joint(pool=pool, free=free, together=_solve_joint(work, pool, start), alone=alone)
        except NoRoomError:
            left_out = _needs_room(pool.problem)
            reasons[left_out] = "the room allotted to its payer on the departures that could carry it is too small"
            planned[:] = [(row, payer) for row, payer in planned if row.shipment_id != left_out]
            candidates[:] = [one for one in candidates if one.shipment.shipment_id != left_out]


def _solve_joint(work: _Work, pool: Pool, start: Choice | None) -> Choice:
    """The joint plan under the cap that was asked for; of plans that cost the same but for a trifle, the one that changes least."""
    question, left = work.question, max(_LEAST_SECONDS, work.left)
    if question.most_emission_g is None:
        choice = search_all(pool.problem, left, seed=question.seed, start=start, tell=work.tell)
        return steady_choice(pool, choice, question.committed, left) if question.committed else choice
    capped = cap_choice(pool.problem, question.most_emission_g, left)
    if capped is None:
        least = least_emission(pool.problem)
        message = (
            f"no joint plan emits {question.most_emission_g / 1e6:,.1f} t of CO2e or less: the ways emit {least / 1e6:,.1f} t at least"
        )
        raise QueryError([Finding(code="EMISSION-CAP", column="--co2e-cap", message=message, fix="give a higher cap")])
    return capped


def _needs_room(problem: BookProblem) -> str:
    """The greatest shipment all of whose ways need allotted room."""
    tied = {way.shipment for way in problem.ways} - {way.shipment for way in problem.ways if not way.departures}
    teu = {way.shipment: way.teu for way in problem.ways}
    return problem.shipments[max(tied, key=lambda one: (teu[one], -one))]


def _answer(work: _Work, chosen: list[Shipment], reasons: Mapping[str, str], joint: _Joint) -> BookPlan:
    question, dataset, pool, together = work.question, work.dataset, joint.pool, joint.together
    by_payer = tuple((payer, proven_of(choice)) for payer, choice in joint.alone.items())
    shipments = list_shipments([(row, payer_of(row)) for row in chosen], reasons, pool, together)
    departures = list_departures(pool, together)
    rebates = list_rebates(pool, together)
    sharings = sharings_of(joint.free, together, question.shares_seconds, question.seed)
    paid = list_paid(pool, together, shipments, departures, rebates)
    settlements: tuple[Settlement, ...] = tuple(
        settle(one, paid, currency=dataset.info.settlement_currency, settled_on=question.as_of) for one in sharings
    )
    work.notes.append("bounds are over the candidate itineraries that routing found, each shipment going one way")
    if pool.rooms:
        work.notes.append(
            "room on a departure is allotted to payers in proportion to their TEU in the book; together they may use each other's; more is "
            "bought on the open market where the feed names its price"
        )
    if work.fixed:
        work.notes.append(
            f"{len(work.fixed)} shipments are committed and stay as they were booked; what payers would do alone, levers and shares are "
            "as if they were not"
        )
    if question.most_emission_g is not None:
        work.notes.append("the cap on CO2e binds the joint plan alone; coalitions and payers alone are not capped")
    plan = BookPlan(
        dataset_name=dataset.info.name, dataset_digest=dataset.digest, as_of=question.as_of, currency=dataset.info.settlement_currency,
        horizon_from=question.horizon_from, horizon_to=question.horizon_to, together=proven_of(together),
        alone=Proven(cost_cents=sum(one.cost_cents for _, one in by_payer), bound_cents=sum(one.bound_cents for _, one in by_payer)),
        alone_by_payer=by_payer, as_today=None, spread=spread_of(joint.free, question.draws, question.seed),
        shipments=shipments, departures=departures, rebates=rebates, turns=list_turns(pool, together),
        levers=levers_of(joint.free, question.levers_seconds), sharings=sharings, settlements=settlements,
        findings=_findings(dataset, chosen),
        candidate_units=len(pool.problem.ways), seed=question.seed, code_version=VERSION, notes=tuple(work.notes),
        partner_of=question.partner_of, partners=_partners(joint, question.partner_of, dict(by_payer)),
        most_emission_g=question.most_emission_g, committed_ids=tuple(sorted(work.fixed)),
        frontier=frontier_of(pool.problem, question.frontier, _FRONTIER_SECONDS),
    )  # fmt: skip
    return replace(plan, changes=list_changes(plan, question.committed))


def _partners(joint: _Joint, payer: str | None, alone: dict[str, Proven]) -> tuple[Partner, ...]:
    if payer is None:
        return ()
    if payer not in alone:
        message = f"{payer[:60]!r} pays for no shipment that is carried"
        fix = f"give one of {', '.join(alone)}" if alone else "add shipments to the feed"
        raise QueryError([Finding(code="PARTNER", column="--partner", message=message, fix=fix)])
    return find_partners(joint.free, payer, alone)


def _findings(dataset: Dataset, chosen: list[Shipment]) -> tuple[Finding, ...]:
    if chosen:
        return ()
    message = "the book has no shipment in the horizon" if dataset.shipments else "the feed has no shipments"
    return (Finding(code="BOOK-EMPTY", severity="warning", message=message, fix="Add rows to shipments.csv, or widen --horizon."),)
