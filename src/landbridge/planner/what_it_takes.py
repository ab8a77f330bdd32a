"""What it would take for a way through something to win, and what an hour of waiting at a border is worth.

Each change is made on a copy of the feed, searched anew and only then told. The smallest one is found by bisection to a tenth of a percent:
with it the way wins, with a tenth of a percent less it does not. Measures of class sanction are never varied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.inquiry import BorderValue, WhatItTakes, WinningChange
from landbridge.domain.plan import Itinerary, Plan, Rejected
from landbridge.domain.query import Query
from landbridge.domain.rule import SANCTION, Rule
from landbridge.graph.planning_graph import compile_graph
from landbridge.planner import varied_feed
from landbridge.planner.gate import gate_dataset
from landbridge.planner.matrix import MEASURES
from landbridge.planner.question import name_via
from landbridge.planner.varied_feed import find_price, keep_sanctions
from landbridge.routing.answer import search_best, search_best_via
from landbridge.terms.load import load_of

STEP = Decimal("0.1")
MOST_CHANGES = 6
_HOUR = 60
Vary = Callable[[Dataset, Decimal], Dataset]


def find_what_it_takes(dataset: Dataset, plan: Plan, thing: str, by: str = "balanced") -> WhatItTakes:
    """Find the smallest changes with which a way through a place, border, passage, service or operator is the best one.

    Parameters
    ----------
    dataset, plan
        The feed, and the plan whose question is asked again.
    thing
        What the way goes by.
    by
        ``cost``, ``time``, ``co2e`` or ``balanced``: the measure by which it has to be no worse than every other way.

    Raises
    ------
    QueryError
        If the thing or the measure is not known.
    """
    if by not in MEASURES:
        fix = f"take one of {', '.join(MEASURES)}"
        raise QueryError([Finding(code="MEASURE", column="--by", message=f"no measure {by[:20]!r}", fix=fix)])
    return _Contest(gate_dataset(dataset, plan.query), plan.query, name_via(dataset, thing), by).answer()


class _Contest:
    """The best way through one thing against the best way of all, on feeds that differ in one row."""

    def __init__(self, dataset: Dataset, query: Query, thing: str, by: str) -> None:
        self._gated, self._query, self._thing, self._by = dataset, query, thing, by
        self._through = replace(query, via=(*query.via, thing))
        self._per_minute = float(load_of(dataset, query).value_per_day_cents) / 1440

    def answer(self) -> WhatItTakes:
        way = self._best(self._gated, self._through)
        if way is not None and way.is_confirmed:
            return self._answer_open(self._gated, way, ())
        obstacles = search_best_via(compile_graph(self._gated), self._query, self._thing)[1] if way is None else ()
        held = [*dict.fromkeys(row.reason for row in obstacles if self._mend(row) is None)]
        if held or (way is None and not obstacles):
            return self._result(
                "held", None, held=tuple(held) or (f"no connection by {self._thing} keeps all times, or the feed names none",)
            )
        return self._answer_closed(self._steps(obstacles, way))

    def _answer_open(self, base: Dataset, way: Itinerary, needed: tuple[WinningChange, ...]) -> WhatItTakes:
        best = self._best(base, self._query)
        gap = 0.0 if best is None else self._value(way) - self._value(best)
        state = "closed" if needed else "wins" if gap <= 0 else "beaten"
        changes = () if gap <= 0 else tuple(self._changes(base, way, gap))
        return self._result(state, way, gap=max(0, round(gap)), needed=needed, changes=changes)

    def _result(
        self, state: str, way: Itinerary | None, *, gap: int | None = None, needed: tuple[WinningChange, ...] = (),
        changes: tuple[WinningChange, ...] = (), held: tuple[str, ...] = (),
    ) -> WhatItTakes:  # fmt: skip
        currency = self._gated.info.settlement_currency if way is None else way.currency
        return WhatItTakes(
            thing=self._thing, by=self._by, state=state, gap=gap, currency=currency, needed=needed, changes=changes, held=held
        )

    # --- searches ---------------------------------------------------------------------------------------------------------------

    def _best(self, dataset: Dataset, query: Query) -> Itinerary | None:
        return search_best(compile_graph(keep_sanctions(self._gated, dataset)), query, self._by)[0]

    def _value(self, way: Itinerary) -> float:
        """What the measure counts, in cents, minutes or grams."""
        values = {"cost": way.cost_cents, "time": way.duration_min, "co2e": way.emission_g_co2e}
        return values.get(self._by, way.cost_cents + self._per_minute * way.duration_min)

    def _wins(self, dataset: Dataset) -> bool:
        way = self._best(dataset, self._through)
        if way is None or not way.is_confirmed:
            return False
        best = self._best(dataset, self._query)
        return best is None or self._value(way) <= self._value(best)

    # --- changes of one row -----------------------------------------------------------------------------------------------------

    def _changes(self, base: Dataset, way: Itinerary, gap: float) -> Iterator[WinningChange]:
        """Changes of one row each, those that are enough first."""
        found = [*self._prices(base, way, gap), *self._times(base, way)]
        yield from sorted(found, key=lambda one: (not one.is_enough, one.change_percent))

    def _prices(self, base: Dataset, way: Itinerary, gap: float) -> Iterator[WinningChange]:
        if self._by in ("time", "co2e"):
            return
        paid: dict[str, tuple[str, int]] = {}
        for item in way.items:
            if find_price(base, item.row_id) is not None:
                paid[item.row_id] = item.name, item.cost_cents + paid.get(item.row_id, ("", 0))[1]
        dearest = sorted(paid.items(), key=lambda pair: (-pair[1][1], pair[0]))[:MOST_CHANGES]
        yield self._price_change(base, tuple(paid), "all prices of the way together", gap, sum(cents for _, cents in paid.values()))
        for row_id, (name, cents) in dearest if len(paid) > 1 else ():
            yield self._price_change(base, (row_id,), name, gap, cents)

    def _price_change(self, base: Dataset, row_ids: tuple[str, ...], name: str, gap: float, cents: int) -> WinningChange:
        def vary(feed: Dataset, by: Decimal) -> Dataset:
            for row_id in row_ids:
                feed = varied_feed.lower_price(feed, row_id, by)
            return feed

        guess = Decimal(100 * gap / cents).quantize(STEP) if cents > 0 else Decimal(100)
        percent = self._smallest(base, vary, guess)
        return WinningChange(
            kind="price", row_ids=row_ids, text=_text(name, percent, "cheaper"), change_percent=percent or Decimal(100),
            is_enough=percent is not None,
        )  # fmt: skip

    def _times(self, base: Dataset, way: Itinerary) -> Iterator[WinningChange]:
        if self._by in ("cost", "co2e"):
            return
        for border in dict.fromkeys(border for leg in way.legs if not leg.is_scheduled for border in leg.borders):
            wait = max((row.wait_min.typical for row in base.crossings if row.border_id == border), default=0)
            if wait:
                yield self._wait_change(base, border, wait)
        for leg in way.legs:
            if leg.is_scheduled:
                yield self._time_change(base, leg.service_id, "transit_time", varied_feed.shorten_service, "shorter under way")
            else:
                yield self._time_change(base, leg.service_id, "speed", varied_feed.speed_up, "faster")

    def _wait_change(self, base: Dataset, border: str, wait: int) -> WinningChange:
        def vary(feed: Dataset, by: Decimal) -> Dataset:
            return varied_feed.lower_wait(feed, border, int(wait * by / 100))

        percent = self._smallest(base, vary, Decimal(50))
        minutes = wait if percent is None else int(wait * percent / 100)
        text = _text(f"wait at {border}", percent, "shorter")
        return WinningChange(
            kind="border_wait", row_ids=(border,), text=text, change_percent=percent or Decimal(100), change_min=minutes,
            is_enough=percent is not None,
        )  # fmt: skip

    def _time_change(
        self, base: Dataset, subject: str, kind: str, change: Callable[[Dataset, str, Decimal], Dataset], word: str
    ) -> WinningChange:
        percent = self._smallest(base, lambda feed, by: change(feed, subject, by), Decimal(50))
        text = _text(subject, percent, word)
        return WinningChange(
            kind=kind, row_ids=(subject,), text=text, change_percent=percent or Decimal(100), is_enough=percent is not None
        )

    def _smallest(self, base: Dataset, vary: Vary, guess: Decimal) -> Decimal | None:
        """The least percent, a multiple of ``STEP``, with which the way wins and with one step less does not; None: not even with all."""
        high, low = Decimal(100), Decimal(0)
        if not self._wins(vary(base, high)):
            return None
        if low < guess < high:
            high, low = (guess, low) if self._wins(vary(base, guess)) else (high, guess)
            near = high - STEP if high == guess else low + STEP
            if low < near < high:
                high, low = (near, low) if self._wins(vary(base, near)) else (high, near)
        while high - low > STEP:
            middle = (low + (high - low) / 2).quantize(STEP)
            if middle in (low, high):
                break
            high, low = (middle, low) if self._wins(vary(base, middle)) else (high, middle)
        return high

    # --- what stands in the way -------------------------------------------------------------------------------------------------

    def _steps(self, obstacles: tuple[Rejected, ...], way: Itinerary | None) -> list[tuple[WinningChange, Callable[[Dataset], Dataset]]]:
        steps = [mended for row in obstacles if (mended := self._mend(row)) is not None]
        for leg in way.legs if way is not None else ():
            if not leg.is_confirmed:
                steps.append(self._confirm(leg.service_id))
        return list({step[0].row_ids: step for step in steps}.values())

    def _mend(self, row: Rejected) -> tuple[WinningChange, Callable[[Dataset], Dataset]] | None:
        """How an obstacle is taken away; None for a measure of class sanction and for what no row of the feed can mend."""
        rules: dict[str, Rule] = {rule.rule_id: rule for rule in self._gated.rules}
        if row.rule_id is not None:
            rule = rules.get(row.rule_id)
            if rule is None or rule.rule_class == SANCTION:
                return None
            return _needed("rule", rule.rule_id, f"without: {rule.title}"), lambda feed: varied_feed.without_rule(feed, rule.rule_id)
        if row.permit_id is not None:
            permit = row.permit_id
            if any(rule.document_id == permit and rule.rule_class == SANCTION for rule in self._gated.rules):
                return None
            return _needed("permit", permit, f"with: {row.reason}"), lambda feed: varied_feed.with_permit(feed, permit)
        if row.event_id is not None:
            event = row.event_id
            return _needed("event", event, f"without: {row.reason}"), lambda feed: varied_feed.without_event(feed, event)
        if any(row.what in (one.service_id, one.haulage_id) and one.status == row.status for one in self._gated.statuses):
            return self._confirm(row.what)
        return None

    def _confirm(self, subject: str) -> tuple[WinningChange, Callable[[Dataset], Dataset]]:
        on = self._query.as_of
        return _needed("status", subject, f"{subject} is known to run"), lambda feed: varied_feed.with_service(feed, subject, on)

    def _answer_closed(self, steps: list[tuple[WinningChange, Callable[[Dataset], Dataset]]]) -> WhatItTakes:
        """Take away all that stands in the way, then put back what need not go."""
        kept = list(steps)
        if not self._is_open(kept):
            reason = "with all of it gone another thing stands in the way, or no connection keeps all times"
            return self._result("held", None, held=(*(step[0].text for step in steps), reason))
        for step in steps:
            fewer = [one for one in kept if one is not step]
            if self._is_open(fewer):
                kept = fewer
        base = self._applied(kept)
        way = self._best(base, self._through)
        assert way is not None
        return self._answer_open(base, way, tuple(step[0] for step in kept))

    def _is_open(self, steps: list[tuple[WinningChange, Callable[[Dataset], Dataset]]]) -> bool:
        way = self._best(self._applied(steps), self._through)
        return way is not None and way.is_confirmed

    def _applied(self, steps: list[tuple[WinningChange, Callable[[Dataset], Dataset]]]) -> Dataset:
        feed = self._gated
        for _, apply in steps:
            feed = apply(feed)
        return feed


def _needed(kind: str, row_id: str, text: str) -> WinningChange:
    return WinningChange(kind=kind, row_ids=(row_id,), text=text, is_enough=True)


def _text(what: str, percent: Decimal | None, word: str) -> str:
    return f"{what}: 100 % {word} is not enough by itself" if percent is None else f"{what}: {percent:f} % {word}"


def find_border_values(dataset: Dataset, plan: Plan) -> tuple[BorderValue, ...]:
    """Find what waiting less is worth at each border that the plans use, for the balanced way of the same question; dearest first."""
    gated, query = gate_dataset(dataset, plan.query), plan.query
    per_minute = float(load_of(gated, query).value_per_day_cents) / 1440

    def best(feed: Dataset) -> Itinerary | None:
        return search_best(compile_graph(keep_sanctions(gated, feed)), query, "balanced")[0]

    base, found = best(gated), []
    borders = dict.fromkeys(border for way in plan.itineraries for leg in way.legs if not leg.is_scheduled for border in leg.borders)
    for border in borders if base is not None else ():
        wait = max((row.wait_min.typical for row in gated.crossings if row.border_id == border), default=0)
        hour, none = (best(varied_feed.lower_wait(gated, border, minutes)) for minutes in (min(_HOUR, wait), wait))
        assert base is not None
        assert hour is not None
        assert none is not None
        found.append(
            BorderValue(
                border_id=border,
                wait_min=wait,
                hour_cents=round(_general(base, per_minute) - _general(hour, per_minute)),
                hour_min=base.duration_min - hour.duration_min,
                all_cents=round(_general(base, per_minute) - _general(none, per_minute)),
                all_min=base.duration_min - none.duration_min,
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.all_cents, one.border_id)))


def _general(way: Itinerary, per_minute: float) -> float:
    return way.cost_cents + per_minute * way.duration_min
