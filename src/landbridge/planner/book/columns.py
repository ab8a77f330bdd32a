"""New timed itineraries for a book, asked for by the prices of scarce room and quotas: column generation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from time import perf_counter

from landbridge.domain.headway import Headway, Stage
from landbridge.domain.plan import Itinerary, Leg
from landbridge.domain.query import Query
from landbridge.domain.shipment import Shipment
from landbridge.optimization.book_pool import Candidate, Pool, only_pool
from landbridge.optimization.book_prices import Prices, list_scarce, may_lack, price_problem, reduced_costs
from landbridge.optimization.book_quotas import passes, period_of
from landbridge.planner.book.candidates import Work, make_candidates, query_of
from landbridge.planner.book.priced import price_scarce
from landbridge.planner.book.ways import EachWays, route_candidates
from landbridge.planner.shipment import gated_graph
from landbridge.routing.retrace import Retracer, retrace
from landbridge.routing.trail import Trail

MOST_DAYS = 42
"""A shipment is sent at most so many days after its ready date for want of room: six departures of a weekly service."""
_SHARE = 0.25
"""Part of the seconds that are asked for that may go into new itineraries."""
_WORTH_CENTS = -1.0
_LEAST_RENT = 0.001
"""Part of what the book costs at the least that scarce room and quotas have to be worth, to all or to a payer alone, for a search of other
ways around: no such way saves more than that."""
_MakePool = Callable[[Sequence[Candidate]], Pool]


def add_columns(work: Work, candidates: list[Candidate], make_pool: _MakePool) -> None:
    """Add to candidates what is worth having at the prices of scarce departures and quotas, until nothing more is or the time is up.

    The relaxation is priced for all payers together and for each payer alone, with its own allotments, trains and rebates, so that neither
    side of the saving has choices that the other lacks. For each way that uses something scarce its trail is gone again from later days, as
    every rule and tariff holds then, until it leaves by another departure or passes in another period. Where that gives nothing more and
    what is scarce costs the book more than a thousandth of all, its shipments are searched anew in a feed in which it has these prices, for
    other ways around. What has a negative reduced cost is added, and the relaxation is priced anew.

    References
    ----------
    Desaulniers, G., Desrosiers, J., Solomon, M. M., eds (2005). Column Generation. Springer. https://doi.org/10.1007/b135457
    """
    columns = _Columns(work)
    end, added, is_over = perf_counter() + _SHARE * work.question.seconds, 0, False
    while True:
        pool = make_pool(candidates)
        if not (pool.rooms or pool.quotas):
            return
        found = _find_worthwhile(columns, candidates, pool, make_pool, end)
        is_over = work.is_ended or perf_counter() > end
        candidates += found
        added += len(found)
        if not found or is_over:
            break
        work.say(Headway(stage=Stage.ADDED, done=added))
    if added or is_over:
        until = "the time for it was over" if is_over else "none was worth having at the prices of what is scarce"
        work.notes.append(f"further itineraries were added for want of room or quotas ({added}), until {until}")


def _find_worthwhile(columns: _Columns, candidates: Sequence[Candidate], pool: Pool, make_pool: _MakePool, end: float) -> list[Candidate]:
    asked = [(payer, prices) for payer, prices in _price_each(pool, end) if prices is not None and prices.rent > 0]
    later = [new for payer, prices in asked for new in columns.list_later(_part(pool, payer), prices, end)]
    found = _keep_worth(candidates, later, make_pool, asked)
    least = _LEAST_RENT * sum(pool.problem.least_costs.values())
    for payer, prices in asked if not found else ():
        if prices.rent > least and perf_counter() < end:
            found += _keep_worth(candidates, columns.search(_part(pool, payer), prices, end), make_pool, asked)
    return found


def _price_each(pool: Pool, end: float) -> Iterator[tuple[str | None, Prices | None]]:
    """The prices of all payers together, and of each payer alone as it will be planned: with its own allotments, trains and rebates."""
    for payer in (None, *sorted(set(pool.problem.payers))):
        problem = _part(pool, payer).problem
        yield payer, price_problem(problem, max(0.1, end - perf_counter())) if may_lack(problem) else None


def _part(pool: Pool, payer: str | None) -> Pool:
    return pool if payer is None else only_pool(pool, payer)


def _keep_worth(
    candidates: Sequence[Candidate], new: Iterable[Candidate], make_pool: _MakePool, asked: Sequence[tuple[str | None, Prices]]
) -> list[Candidate]:
    """Those of some new candidates that have a negative reduced cost at one of several sets of prices."""
    found, kept = list(dict.fromkeys(new)), dict[int, Candidate]()
    if not found:
        return []
    wider = make_pool([*candidates, *found])
    added = {id(one) for one in found}
    for payer, prices in asked:
        part = _part(wider, payer)
        numbers = [
            number
            for number, (way, origin) in enumerate(zip(part.problem.ways, part.origins, strict=True))
            if id(origin.candidate) in added and way.train is None
        ]
        costs = reduced_costs(part.problem, prices, numbers)
        worth = (part.origins[number].candidate for number in numbers if costs[number] < _WORTH_CENTS)
        kept |= {id(candidate): candidate for candidate in worth}
    return list(kept.values())


@dataclass(slots=True)
class _Columns:
    """Trails of the book, gone from later days; each is asked for once."""

    work: Work
    gone: dict[tuple[object, ...], Candidate | None] = field(default_factory=dict)
    retracers: dict[tuple[str, date], Retracer] = field(default_factory=dict)
    """Of one shipment at a time: ways come shipment by shipment, and each of these is large."""

    def list_later(self, pool: Pool, prices: Prices, end: float) -> Iterator[Candidate]:
        """For each way that uses something scarce, the next one by the same trail that does not."""
        for number, rooms, quotas in list_scarce(pool.problem, prices):
            candidate = pool.origins[number].candidate
            if candidate.stowed is not None or candidate.shipment.shipment_id in self.work.fixed or perf_counter() > end:
                continue
            legs = tuple(index for index, leg in enumerate(candidate.itinerary.legs) if _is_scarce(pool, leg, rooms, quotas))
            key = (candidate.shipment.shipment_id, candidate.itinerary, legs)
            if legs and key not in self.gone:
                self.gone[key] = self._next(candidate, legs)
            if legs and (found := self.gone[key]) is not None:
                yield found

    def search(self, pool: Pool, prices: Prices, end: float) -> Iterator[Candidate]:
        """Ways of the shipments that use something scarce, searched in a feed in which it has its price, then gone in the feed as it is.

        Each shipment is searched by itself, the greatest first: what is best for a kind of load may be too late for it.
        """
        scarce = list_scarce(pool.problem, prices)
        rooms = {room: prices.of("room", room) for _, some, _ in scarce for room in some}
        quotas = {quota: prices.of("quota", quota) for _, _, some in scarce for quota in some}
        rows = {pool.origins[number].candidate.shipment for number, *_ in scarce if pool.origins[number].candidate.stowed is None}
        queries = {
            self._query(row, row.ready_on): row
            for row in sorted(rows, key=lambda row: (-row.units, row.shipment_id))
            if row.shipment_id not in self.work.fixed
        }
        ways = EachWays(route_candidates(price_scarce(self.work.dataset, pool, rooms, quotas)))
        for headway in ways.prepare(list(queries), (), max(0.0, end - perf_counter())):
            self.work.say(replace(headway, stage=Stage.SCARCE))
        for query, row in queries.items():
            for itinerary in ways.find(query)[0] if ways.knows(query) else ():
                trail = retrace(gated_graph(self.work.dataset, query), itinerary)
                gone = None if trail is None else self._go(row, row.ready_on, trail)
                if gone is not None:
                    yield from make_candidates(self.work.dataset, self.work.question, row, row.ready_on, (gone,))

    def _next(self, candidate: Candidate, legs: tuple[int, ...]) -> Candidate | None:
        """The cheapest start from which some legs go by the first departures after those of a candidate."""
        trail = retrace(gated_graph(self.work.dataset, self._query(candidate.shipment, candidate.starts_on)), candidate.itinerary)
        before, target, best = _days(candidate.itinerary, legs), None, None
        last = candidate.shipment.ready_on + timedelta(days=MOST_DAYS)
        day = candidate.starts_on
        while trail is not None and day < last:
            day += timedelta(days=1)
            itinerary = self._go(candidate.shipment, day, trail)
            if itinerary is None or any(new <= old for new, old in zip(_days(itinerary, legs), before, strict=True)):
                continue
            target = target or _days(itinerary, legs)
            if _days(itinerary, legs) != target:
                break
            if best is None or itinerary.cost_cents < best.itinerary.cost_cents:
                best = replace(candidate, starts_on=day, itinerary=itinerary, is_for_room=True)
        return best

    def _query(self, row: Shipment, day: date) -> Query:
        return query_of(self.work.dataset, self.work.question, row, day)

    def _go(self, row: Shipment, day: date, trail: Trail) -> Itinerary | None:
        key = (row.shipment_id, day)
        if key not in self.retracers:
            if any(shipment_id != row.shipment_id for shipment_id, _ in self.retracers):
                self.retracers.clear()
            query = self._query(row, day)
            self.retracers[key] = Retracer(gated_graph(self.work.dataset, query), query)
        return self.retracers[key].go(trail)


def _days(itinerary: Itinerary, legs: tuple[int, ...]) -> tuple[date, ...]:
    return tuple(itinerary.legs[index].departure_on for index in legs)


def _is_scarce(pool: Pool, leg: Leg, rooms: frozenset[int], quotas: frozenset[int]) -> bool:
    """Whether a leg goes by a scarce departure, or passes what has a quota for some days."""
    if any((pool.rooms[room].service_id, pool.rooms[room].departure_on) == (leg.service_id, leg.departure_on) for room in rooms):
        return True
    keys = [pool.quotas[quota] for quota in quotas]
    return any(key.row is not None and passes(key.row, leg) and period_of(key.row.per, leg.departure_on) == key.begins_on for key in keys)
