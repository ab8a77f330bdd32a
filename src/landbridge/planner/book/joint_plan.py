"""Plan all shipments of a book together: candidates, joint plan, baselines, levers, shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

from landbridge.domain.book import BookPlan, BookShipment, FrontierPoint, Partner, Proven
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.headway import Hear
from landbridge.domain.settlement import Settlement, Sharing
from landbridge.domain.shipment import Shipment
from landbridge.domain.version import VERSION
from landbridge.optimization.book_pool import Candidate, Pool, PoolMaker, keep_pool
from landbridge.optimization.book_problem import BookProblem, Choice
from landbridge.planner.book.all_ways import bound_all_ways
from landbridge.planner.book.candidates import WAYS_SHARE, BookQuestion, Work, find_candidates, list_lanes, payer_of
from landbridge.planner.book.cap import LEAST_SECONDS, cap_choice, emission_of, find_least_emission, frontier_of, steady_choice
from landbridge.planner.book.columns import add_columns
from landbridge.planner.book.crew import DRAW_SECONDS
from landbridge.planner.book.empties import list_empties, list_turns
from landbridge.planner.book.exact import UnpricedUnitError, settle_payer, settle_pool, slack_of
from landbridge.planner.book.kinds import KindWays
from landbridge.planner.book.left_out import find_left_out, reasons_of
from landbridge.planner.book.listing import list_departures, list_paid, list_quotas, list_rebates, list_shipments, list_units
from landbridge.planner.book.partner import find_partners
from landbridge.planner.book.solve import NoRoomError, headway_of, proven_of, search_all, solve_all, union_of
from landbridge.planner.book.state import find_fixed, list_changes
from landbridge.planner.book.today import find_today, proven_today, spread_today
from landbridge.planner.book.units import UnitBook, booked_units, list_groups, unbooked_reasons, unit_queries
from landbridge.planner.book.ways import EachWays, Search, Ways, route_candidates
from landbridge.planner.book.worth import divided_of, levers_of, sharings_of, spread_of
from landbridge.planner.sweep import knock, stand_by
from landbridge.planner.typed_parties import say_typed
from landbridge.sharing import settle

_LEAST_SECONDS = 0.5
_FRONTIER_SECONDS = 10.0
_DIVIDED_SECONDS = 5.0
_DIVIDED_SHARE = 0.1
"""Of the seconds for the joint plan."""


def plan_book(dataset: Dataset, question: BookQuestion, *, search: Search | Ways | None = None, tell: Hear | None = None) -> BookPlan:
    """Plan all shipments of a book together, and say what that saves against each payer planning alone.

    Parameters
    ----------
    dataset
        A loaded feed with shipments.
    question
        Day of asking, horizon and budgets.
    search
        Where itineraries come from; None: from routing, for each kind of load, or with ``question.is_exact`` for each shipment by itself.
    tell
        Hears how far it is: candidates, then plan, bound, gap and seconds while the joint plan is sought.

    Returns
    -------
    BookPlan
        Bounds are over the candidate itineraries, which is said in ``notes``. A shipment that cannot be carried is listed with the reason.

    Raises
    ------
    ClusterError
        If machines that share the work are not there, or go away.
    """
    knock(question.crew)
    work = Work(dataset, question, tell)
    chosen = [row for row in dataset.shipments if _is_inside(row, question)]
    reasons = {row.shipment_id: reason for row in chosen if (reason := _why_wrong(dataset, row))}
    planned = [(row, payer_of(row)) for row in chosen if row.shipment_id not in reasons]
    _demand_partner(question.partner_of, sorted({payer for _, payer in planned}))
    work.fixed = find_fixed(dataset, question.committed, question.as_of)
    ways, groups, units = ways_from(dataset, question, search), list_groups(work, planned), UnitBook()
    candidates, missing = find_candidates(work, planned, ways, unit_queries(work, groups))
    booked = list(booked_units(work, planned))
    reasons |= unbooked_reasons(work, planned, booked)
    candidates += [*units.find(work, groups, ways, missing), *booked]
    candidates = [one for one in candidates if one.shipment.shipment_id not in reasons]
    going = {one.shipment.shipment_id for one in candidates if one.stowed is not None}
    reasons |= {name: reason for name, reason in missing.items() if name not in going}
    planned = [(row, payer) for row, payer in planned if row.shipment_id not in reasons]
    work.unless_ended("further itineraries", lambda: add_columns(work, candidates, lambda rows: _make_pools(work, planned, list(rows))[0]))
    joint = _solve_together(work, planned, candidates, reasons, units)
    work.joint_seconds = perf_counter() - work.begin
    joint = replace(joint, today=work.unless_ended("what is paid today", lambda: find_today(work, planned)))
    with stand_by(question.crew):
        return _answer(work, chosen, reasons, joint)


def ways_from(dataset: Dataset, question: BookQuestion, search: Search | Ways | None = None) -> Ways:
    """Where the itineraries of a question come from."""
    if search is None:
        lanes = list_lanes(dataset)
        return EachWays(route_candidates(dataset, lanes)) if question.is_exact else KindWays(dataset, lanes)
    return EachWays(search) if callable(search) else search


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joint:
    """The joint plan over ``pool``, in which what is committed is fixed, and each payer's own over ``free``, in which it is not."""

    pool: Pool
    free: Pool
    program: Pool
    """The pool as it was solved, with straight lines for the prices of shared units, which ``pool`` has to the cent where they are used."""
    units: UnitBook
    together: Choice
    alone: Mapping[str, Choice]
    today: Pool | None = None
    """Ways by the chains that are used today."""


def _make_pools(work: Work, planned: list[tuple[Shipment, str]], candidates: list[Candidate]) -> tuple[Pool, Pool]:
    """The pool in which what is committed goes as it was booked, by the train that was ordered for it or by none; and the pool of all
    ways.
    """
    ordered = frozenset(way.train_id for way in work.fixed.values() if way.train_id)
    free = PoolMaker(work.dataset, work.question.as_of, ordered=ordered, co2e_cents_per_t=work.question.co2e_cents_per_t).make(
        planned, candidates
    )
    if not work.fixed:
        return free, free
    problem = free.problem
    kept = []
    for number, (way, origin) in enumerate(zip(problem.ways, free.origins, strict=True)):
        booked, stowed = work.fixed.get(problem.shipments[way.shipment]), origin.candidate.stowed
        is_as_booked = booked is None or (booked.train_id, booked.train_leg) == (_train_of(problem, number), origin.train_leg)
        if is_as_booked and (booked is None or booked.lead_id == (None if stowed is None else stowed.lead_id)):
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
    volume = dataset.find_volume_m3(unit.unit_type_id)
    room = None if volume is None else volume * shipment.units
    if shipment.volume_m3 is not None and room is not None and shipment.volume_m3 > room:
        return f"fills {shipment.volume_m3} cubic metres, {shipment.units} x {unit.unit_type_id} hold {room}"
    return None


# --- plans ----------------------------------------------------------------------------------------------------------------------


def _solve_together(
    work: Work, planned: list[tuple[Shipment, str]], candidates: list[Candidate], reasons: dict[str, str], units: UnitBook
) -> _Joint:
    """The joint plan and each payer's own; where what is allotted does not hold all shipments, as few TEU as can be stay behind, each with
    the reason.
    """
    while True:
        pool, free = _make_pools(work, planned, candidates)
        payers = sorted(set(pool.problem.payers))
        each = max(_LEAST_SECONDS, work.left / 4 / max(1, len(payers)))
        try:
            alone = {payer: solve_all(free.problem.only([payer]), each) for payer in payers}
            start = None if work.fixed else union_of(pool.problem, list(alone.values()))
            exact_pool, together = settle_pool(work, units, pool, _solve_joint(work, pool, start))
            exact = {payer: settle_payer(work, units, free, payer, choice) for payer, choice in alone.items()}
            return _Joint(pool=exact_pool, free=free, program=pool, units=units, together=together, alone=exact)
        except UnpricedUnitError as error:
            candidates[:] = [one for one in candidates if one.stowed is None or one.stowed.unit_key != error.unit_key]
            work.notes.append("a unit that has no price with just what would lie in it was left out")
        except NoRoomError as error:
            left_out = find_left_out(error.problem, each, is_last=not work.has_time)
            reasons |= reasons_of(free, error.problem, work.dataset, left_out)
            planned[:] = [(row, payer) for row, payer in planned if row.shipment_id not in left_out]
            candidates[:] = [one for one in candidates if one.shipment.shipment_id not in left_out]


def _solve_joint(work: Work, pool: Pool, start: Choice | None) -> Choice:
    """The joint plan under the cap that was asked for; of plans that cost the same but for a trifle, the one that changes least."""
    question, left = work.question, work.left
    if question.most_emission_g is None:
        choice = search_all(pool.problem, left, seed=question.seed, start=start, tell=work.tell, on_interrupt=work.end)
        return steady_choice(pool, choice, question.committed, left) if question.committed else choice
    least, most = find_least_emission(pool.problem, min(LEAST_SECONDS, left / 2)), question.most_emission_g
    capped = None if most < least.bound_g else cap_choice(pool.problem, most, left, least.choice)
    if capped is None:
        fix = "give a higher cap" if most < least.bound_g else "give a higher cap or more --seconds"
        raise QueryError([Finding(code="EMISSION-CAP", column="--co2e-cap", message=least.why_not(most, left), fix=fix)])
    return capped


def _answer(work: Work, chosen: list[Shipment], reasons: Mapping[str, str], joint: _Joint) -> BookPlan:
    question, dataset, pool, together = work.question, work.dataset, joint.pool, joint.together
    work.say(headway_of(together))
    by_payer = tuple((payer, proven_of(choice)) for payer, choice in joint.alone.items())
    shipments = list_shipments([(row, payer_of(row)) for row in chosen], reasons, pool, together)
    departures = list_departures(pool, together)
    rebates = list_rebates(pool, together)
    start = None if work.fixed else together

    def share() -> tuple[Sharing, ...]:
        slack = slack_of(joint.units, joint.free.problem)
        return sharings_of(joint.free, together, question.shares_seconds, question.seed, question.crew, slack_cents=slack)

    sharings = work.unless_ended("shares", share) or ()
    spread = work.unless_ended("the spread", lambda: spread_of(joint.free, question.draws, question.seed, start, crew=question.crew))
    today = work.unless_ended("the spread against today", lambda: spread_today(joint.today, joint.free, start, question, DRAW_SECONDS))
    levers = work.unless_ended("levers", lambda: levers_of(joint.free, question.levers_seconds, start)) or ()
    all_ways = work.unless_ended("the bound over all ways", lambda: bound_all_ways(work, pool, together))
    parts_seconds = min(_DIVIDED_SECONDS, question.seconds * _DIVIDED_SHARE)
    divided = None if work.fixed else work.unless_ended("divided shipments", lambda: divided_of(joint.free, together, parts_seconds))
    partners = work.unless_ended("partners", lambda: _partners(joint, question.partner_of, dict(by_payer))) or ()

    def find_frontier() -> tuple[FrontierPoint, ...]:
        return frontier_of(joint.program.problem, question.frontier, _FRONTIER_SECONDS, lambda choice: _settle_point(work, joint, choice))

    frontier = work.unless_ended("the frontier", find_frontier) or ()
    if len(frontier) < question.frontier and not work.is_ended:
        missed = "no plan was found in time, or to the cent, for the others"
        work.notes.append(f"the frontier has {len(frontier)} of {question.frontier} points: {missed}")
    paid = list_paid(pool, together, shipments, departures, rebates)
    settlements: tuple[Settlement, ...] = tuple(
        settle(one, paid, currency=dataset.info.settlement_currency, settled_on=question.as_of) for one in sharings
    )
    work.notes.append("bounds are over the candidate itineraries that routing found, each shipment going one way")
    if pool.rooms or pool.quotas:
        work.notes.append(
            "room on a departure, quotas and permits are allotted to payers in proportion to their TEU in the book; together they may use "
            "each other's; more is bought on the open market where the feed names its price"
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
        alone_by_payer=by_payer, as_today=proven_today(joint.today), spread=spread, spread_today=today,
        shipments=shipments, departures=departures, rebates=rebates, turns=list_turns(pool, together),
        empties=list_empties(dataset, pool, together), quotas=list_quotas(pool, together),
        shared_units=list_units(dataset, pool, together), levers=levers, sharings=sharings, settlements=settlements,
        findings=(*_findings(dataset, chosen, question.as_of), *_find_no_time(work, shipments)),
        candidate_units=len(pool.problem.ways), seed=question.seed, code_version=VERSION, notes=tuple(work.notes),
        partner_of=question.partner_of, partners=partners,
        most_emission_g=question.most_emission_g, co2e_cents_per_t=question.co2e_cents_per_t, committed_ids=tuple(sorted(work.fixed)),
        frontier=frontier, all_ways=all_ways, divided=divided, joint_seconds=work.joint_seconds,
        has_unlooked_starts=work.has_unlooked_starts,
    )  # fmt: skip
    return replace(plan, changes=list_changes(plan, question.committed))


def _find_no_time(work: Work, shipments: Sequence[BookShipment]) -> tuple[Finding, ...]:
    """BOOK-NO-TIME: the time was over, or the run ended, before ways of any shipment were known: the plan of nothing is no answer."""
    if not work.unlooked or any(one.itinerary is not None for one in shipments):
        return ()
    over = "the run was ended" if work.is_ended else f"{WAYS_SHARE * work.question.seconds:g} s were over"
    others = ", and none of the others has a way" if len(work.unlooked) < len(shipments) else ""
    message = (
        f"{over} before the ways of {len(work.unlooked)} of {len(shipments)} shipments were looked for{others}: nothing "
        "is planned, and this is no answer to what the book costs"
    )
    fix = "Give more --seconds, or ask again: what is compiled at the first run is kept; --checkpoint keeps ways from one run to the next."
    return (Finding(code="BOOK-NO-TIME", severity="error", message=message, fix=fix),)


def _settle_point(work: Work, joint: _Joint, choice: Choice) -> tuple[Proven, int] | None:
    """What a plan under a cap costs to the cent, and what it emits; None where a unit has no price with just what would lie in it."""
    try:
        pool, exact = settle_pool(work, joint.units, joint.program, choice)
    except UnpricedUnitError:
        return None
    return proven_of(exact), emission_of(pool.problem, exact)


def _demand_partner(payer: str | None, payers: Sequence[str]) -> None:
    """QueryError where partners are looked for for somebody who pays for nothing."""
    if payer is not None and payer not in payers:
        message = f"{payer[:60]!r} pays for no shipment that is carried"
        fix = f"give one of {', '.join(payers)}" if payers else "add shipments to the feed"
        raise QueryError([Finding(code="PARTNER", column="--partner", message=message, fix=fix)])


def _partners(joint: _Joint, payer: str | None, alone: dict[str, Proven]) -> tuple[Partner, ...]:
    if payer is None:
        return ()
    _demand_partner(payer, sorted(alone))
    return find_partners(joint.free, payer, alone)


def _findings(dataset: Dataset, chosen: list[Shipment], as_of: date) -> tuple[Finding, ...]:
    if chosen:
        return say_typed(dataset, {party for one in chosen for party in (one.shipper_id, one.consignee_id)}, as_of)
    message = "the book has no shipment in the horizon" if dataset.shipments else "the feed has no shipments"
    return (Finding(code="BOOK-EMPTY", severity="warning", message=message, fix="Add rows to shipments.csv, or widen --horizon."),)
