"""What may still be better later and what waiting may cost, from each place on: the premises under which a lead can be judged.

A label that comes earlier than another one is compared with it under docs/routing.md, rule D: only where nothing further on gets better
later, and less what waiting for a later departure may cost it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.scene import Scene
from landbridge.routing.tables import BLOCKED, NO_END
from landbridge.terms.clock import MINUTES_PER_DAY


class Outlook:
    """What may still be better later and what waiting may cost, worked out from the other tables of a load."""

    def __init__(self, parts: dict[str, Any], scene: Scene) -> None:
        places = range(len(parts["zone"]))
        gap = self._gap = _longest_gaps(parts, scene.tabled_from, scene.tabled_until)
        self._storage = [_storage_costs(parts, p) for p in places]
        slope = np.array([int(np.diff(costs, axis=1).max(initial=0)) for costs in self._storage], np.int64)
        self._first_slope = _from_here_on(slope, (parts["arc_from"], parts["arc_to"]))
        self._growth = -(-_arc_growth(parts, gap) // MINUTES_PER_DAY)
        self._headway = np.array(list(_headways(parts)), np.int64)
        self._storage_gain = np.array([_storage_gain(parts, p) for p in places], np.int64)
        self._run_wait, self._end_wait, self._change_gain = np.zeros((3, len(places)), np.int64)
        self._board_wait = np.zeros(len(parts["board_out"]), np.int64)
        self._is_better = np.zeros((len(places), parts["epoch_start"].shape[1]), bool)
        self._look_at(parts, places)

    def renewed(self, parts: dict[str, Any], places: Iterable[int]) -> Outlook:
        """The same for another load with other terms of links and legs, and of changes at some places."""
        new = copy(self)
        new._run_wait, new._end_wait, new._change_gain = self._run_wait.copy(), self._end_wait.copy(), self._change_gain.copy()
        new._board_wait, new._is_better = self._board_wait.copy(), self._is_better.copy()
        new._look_at(parts, places)
        return new

    def _look_at(self, parts: dict[str, Any], places: Iterable[int]) -> None:
        """Work out what the changes at some places bring about."""
        for p in places:
            waits = _change_waits(parts, p, self._gap)
            self._run_wait[p] = waits[np.unique(parts["arc_out"][parts["arc_first"][p] : parts["arc_first"][p + 1]])].max(initial=0)
            self._end_wait[p] = waits[-1]
            boards = slice(parts["board_first"][p], parts["board_first"][p + 1])
            self._board_wait[boards] = waits[parts["board_out"][boards]]
            self._change_gain[p] = _change_gain(parts, p)
            self._is_better[p] = _gets_better_at(parts, p)

    def tables(self, parts: dict[str, Any], scene: Scene) -> dict[str, Any]:
        """The last fields of :class:`landbridge.routing.tables.Tables`, from ``first_slope`` on."""
        papers = max((int(parts[name].max(initial=0)) for name in ("arc_lead", "ride_lead", "change_lead", "offer_lead")), default=0)
        late = max(0, scene.terms.asked_at + papers - scene.tabled_from)
        ashore = int(parts["detention_slope"].max(initial=0))
        ride_from = _ride_starts(parts)[0]
        ride_wait = self._headway + (self._board_wait + parts["board_cutoff"] + parts["board_papers"])[parts["ride_board"]]
        run_risk = self._risks(range(len(self._storage)), self._run_wait + late, ashore)
        ride_risk = self._risks(ride_from, ride_wait + late, ashore)
        end_risk = _days_of(self._end_wait) * ashore
        arc_gain, ride_gain = _gains(parts, scene.tabled_until + MINUTES_PER_DAY)
        place_gain = self._change_gain + self._storage_gain
        ride_gain += place_gain[ride_from]
        leads = parts["arc_lead"].max(axis=1, initial=0)
        papers_wait = np.where(leads > 0, np.maximum(scene.terms.asked_at + leads - scene.tabled_from, 0), 0)
        arc_risk = np.stack([self._growth * self._first_slope[parts["arc_to"]], (self._growth + _days_of(papers_wait)) * ashore])
        most = max(int(table.max(initial=0)) for table in (ride_risk, run_risk, arc_risk, end_risk))
        most += sum(int(table.max(initial=0)) for table in (arc_gain, ride_gain, place_gain))
        return {
            "first_slope": self._first_slope,
            "ride_risk": ride_risk,
            "run_risk": run_risk,
            "arc_risk": arc_risk,
            "arc_gain": arc_gain,
            "ride_gain": ride_gain,
            "place_gain": place_gain,
            "end_risk": end_risk,
            "most_risk": np.array([most], np.int64),
            "better": _from_here_on(_betterments(parts, scene, self._is_better), _ends(parts)),
        }

    def _risks(self, places: Iterable[int], waits: NDArray[np.int64], ashore: int) -> NDArray[np.int64]:
        """(2, n) the dearest that n waits at their places may cost: storage, and with a line's box ashore as well."""
        storage = np.array([_dearest(self._storage[p], wait) for p, wait in zip(places, waits.tolist(), strict=True)], np.int64)
        return np.stack([storage, storage + _days_of(waits) * ashore])


def _days_of(minutes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Days begun."""
    return -(-minutes // MINUTES_PER_DAY)


def _arc_growth(parts: dict[str, Any], gap: list[int]) -> Any:
    """Minutes by which a lead may grow on each arc: one passes, the other waits until it opens or an event is over."""
    growth = np.zeros(len(parts["arc_to"]), np.int64)
    for a, opening in enumerate(parts["arc_open"]):
        if opening >= 0:
            growth[a] += gap[opening]
        for i in range(parts["close_first"][a], parts["close_first"][a + 1]):
            if parts["close_end"][i] < NO_END:
                growth[a] += parts["close_end"][i] - parts["close_start"][i]
        delays = parts["delay_min"][parts["delay_first"][a] : parts["delay_first"][a + 1]]
        growth[a] += int(delays.max(initial=0))
    return growth


def _headways(parts: dict[str, Any]) -> Iterator[int]:
    """The longest time between two departures that each ride may be made by."""
    for b, first in enumerate(parts["depart_first"][:-1]):
        at = parts["depart_at"][first : parts["depart_first"][b + 1]]
        for r in range(parts["ride_first"][b], parts["ride_first"][b + 1]):
            usable = parts["arrive_at"][parts["arrive_first"][r] : parts["arrive_first"][r] + len(at)] >= 0
            yield int(np.diff(at[usable]).max(initial=0))


def _change_waits(parts: dict[str, Any], place: int, gap: list[int]) -> NDArray[np.int64]:
    """(ways of going out,) the longest time from gate-in until the goods are handled."""
    shape = (-1, int(parts["out_count"][place]), parts["epoch_start"].shape[1] + 1)
    part = _changes(parts, place)
    usable = parts["change_blocked"][part].reshape(shape) == 0
    duration = (parts["change_duration"][part].reshape(shape) * usable).max(axis=(0, 2), initial=0)
    working = ((parts["change_working"][part].reshape(shape) != 0) & usable).any(axis=(0, 2))
    closed = [max((gap[i] for i in parts["place_open"][place][: 1 + is_working] if i >= 0), default=0) for is_working in (False, True)]
    waits: NDArray[np.int64] = duration + np.where(working, closed[1], closed[0])
    return waits


def _dearest(costs: Any, minutes: int) -> int:
    """The most that a stay of so many minutes can cost."""
    if not len(costs):
        return 0
    return int(costs[:, min(-(-minutes // MINUTES_PER_DAY), costs.shape[1] - 1)].max())


def _ends(parts: dict[str, Any]) -> tuple[Any, Any]:
    """Start and end places of all arcs and rides."""
    return np.concatenate((parts["arc_from"], _ride_starts(parts)[0])), np.concatenate((parts["arc_to"], parts["ride_to"]))


def _from_here_on(values: Any, ends: tuple[Any, Any]) -> Any:
    """The greatest value (P, ...) at a place or at any that can be reached from it."""
    start, end = ends
    best = values.copy()
    while True:
        new = best.copy()
        np.maximum.at(new, start, best[end])
        if (new == best).all():
            return best
        best = new


def _longest_gaps(parts: dict[str, Any], first_at: int, last_at: int) -> list[int]:
    """The longest time that each opening is closed between two instants."""
    found = []
    for first, last in zip(parts["open_first"], parts["open_first"][1:], strict=False):
        starts, stops = parts["open_start"][first:last], parts["open_end"][first:last]
        inside = (starts[1:] > first_at) & (stops[:-1] < last_at)
        found.append(int((starts[1:] - stops[:-1])[inside].max(initial=0)))
    return found


def _storage_costs(parts: dict[str, Any], place: int) -> Any:
    epochs = parts["epoch_start"].shape[1] + 1
    rows = parts["storage_row"][parts["in_first"][place] * epochs : parts["in_first"][place + 1] * epochs]
    rows = np.unique(rows[rows >= 0])
    return parts["storage_cost"][rows]


def _changes(parts: dict[str, Any], place: int) -> slice:
    last = parts["change_first"][place + 1] if place + 1 < len(parts["change_first"]) else len(parts["change_cost"])
    return slice(int(parts["change_first"][place]), int(last))


def _ride_starts(parts: dict[str, Any]) -> tuple[Any, Any]:
    """(R,) place and service of each ride."""
    boards = np.repeat(np.arange(len(parts["zone"])), np.diff(parts["board_first"]))
    rides = np.diff(parts["ride_first"])
    return np.repeat(boards, rides), np.repeat(parts["board_service"], rides)


def _gains(parts: dict[str, Any], last_at: int) -> tuple[Any, Any]:
    """Cents by which each arc and each ride may be dearer in an epoch than in a later one."""
    ordered = 1 + int((parts["epoch_start"] <= last_at).any(axis=0).sum())
    arc_gain, ride_gain = _price_gain(parts, "arc", ordered), _price_gain(parts, "ride", ordered)
    ride_from, service = _ride_starts(parts)
    for g, ref in enumerate(parts["through_ref"]):
        price = parts["through_cost"][None, g, :ordered]
        fall = int(_fall(price, price >= 0)[0])
        if parts["through_is_run"][g]:
            arc_gain[(parts["arc_offer"] == ref) & (parts["arc_from"] == parts["through_from"][g])] += fall
        else:
            to = parts["ride_to"] == parts["through_to"][g]
            ride_gain[(service == ref) & (ride_from == parts["through_from"][g]) & to] += fall
    return arc_gain, ride_gain


def _price_gain(parts: dict[str, Any], kind: str, ordered: int) -> Any:
    """The greatest fall of any price of each arc or ride, ordinary or as leg of a through rate."""
    of_price = parts[f"{kind}_of_price"]
    usable = (parts[f"{kind}_state"] != BLOCKED)[of_price, :ordered]
    gain = np.zeros(len(parts[f"{kind}_rank"]), np.int64)
    np.maximum.at(gain, of_price, _fall(parts[f"{kind}_cost"][:, :ordered], usable))
    return gain


def _change_gain(parts: dict[str, Any], place: int) -> int:
    """The greatest fall of what changes cost, and of what moving costs where no price includes it."""
    part, epochs = _changes(parts, place), parts["epoch_start"].shape[1] + 1
    usable = parts["change_blocked"][part].reshape(-1, epochs) == 0
    falls = [_fall(parts[name][part].reshape(-1, epochs), usable) for name in ("change_cost", "change_moving")]
    return int(sum(falls).max(initial=0))


def _storage_gain(parts: dict[str, Any], place: int) -> int:
    """The greatest fall of what a stay costs, of whatever length, for goods that have come in one way; no row is free of charge."""
    epochs = parts["epoch_start"].shape[1] + 1
    rows = parts["storage_row"][parts["in_first"][place] * epochs : parts["in_first"][place + 1] * epochs].reshape(-1, epochs)
    return max((_stay_fall(parts["storage_cost"], row) for row in np.unique(rows, axis=0) if (row != row[0]).any()), default=0)


def _stay_fall(costs: Any, row: Any) -> int:
    stays = np.where(row[:, None] >= 0, costs[row], 0)
    return int((np.maximum.accumulate(stays, axis=0) - stays).max())


def _fall(cost: Any, usable: Any) -> Any:
    """(n,) the most by which a row of (n, K) falls from one usable epoch to a later one."""
    before = np.where(usable, cost, -1)
    highest = np.maximum.accumulate(before, axis=1)
    return np.where(usable, highest - cost, 0).max(axis=1, initial=0)


def _betterments(parts: dict[str, Any], scene: Scene, at_place: Any) -> Any:
    """(P, K) whether something that starts at a place is better in an epoch than in the one before; ``at_place`` (P, K - 1): a change."""
    starts, zone = parts["epoch_start"], parts["zone"]
    places, epochs = len(zone), starts.shape[1] + 1
    found = np.zeros((places, epochs), np.int8)
    if epochs == 1:
        return found
    ordered = starts[zone] <= scene.tabled_until + MINUTES_PER_DAY

    def note(place: Any, better: Any, *, is_ordered: bool) -> None:
        """``better``: (n, K - 1) for n things at ``place`` (n,)."""
        np.maximum.at(found[:, 1:], place, better & (ordered[place] if is_ordered else True))

    usable = parts["arc_state"][:, 1:] != BLOCKED
    note(parts["arc_from"], usable & _is_better(parts, "arc", ("emission", "state", "drive", "wait", "lead")), is_ordered=True)
    rides = _ride_starts(parts)[0]
    usable = parts["ride_state"][:, 1:] != BLOCKED
    more = (np.diff(parts["ride_priced"]) > 0) | _of_any_price(parts, "ride", np.diff(parts["ride_includes"], axis=1) != 0)
    note(rides, usable & (more | _is_better(parts, "ride", ("emission", "state", "lead"))), is_ordered=True)
    cost = parts["through_cost"]
    note(parts["through_from"], (cost[:, 1:] >= 0) & (cost[:, :-1] < 0), is_ordered=True)
    found[:, 1:] |= at_place
    found[:, 1:] |= (np.diff(parts["detention_cost"], axis=1) < 0).any(axis=(0, 2)).astype(np.int8)
    return found


def _gets_better_at(parts: dict[str, Any], place: int) -> Any:
    """(K - 1,) whether some change at a place is better in an epoch than in the one before."""
    part, epochs = _changes(parts, place), parts["epoch_start"].shape[1] + 1
    better = np.zeros(epochs - 1, bool)
    usable = parts["change_blocked"][part].reshape(-1, epochs)[:, 1:] == 0
    for name in ("duration", "working", "emission", "blocked", "lead"):
        better |= ((np.diff(parts[f"change_{name}"][part].reshape(-1, epochs).astype(np.int64)) < 0) & usable).any(axis=0)
    bits = parts["change_bits"][part].reshape(-1, epochs, parts["change_bits"].shape[-1])
    return better | ((bits[:, :-1] & ~bits[:, 1:]) != 0).any(axis=(0, 2))


def _is_better(parts: dict[str, Any], kind: str, names: tuple[str, ...]) -> Any:
    """Whether arcs or rides are better in an epoch than in the one before."""
    better = np.zeros((len(parts[f"{kind}_rank"]), parts[f"{kind}_cost"].shape[1] - 1), bool)
    for name in names:
        better |= np.diff(parts[f"{kind}_{name}"].astype(np.int64), axis=1) < 0
    if kind == "arc":
        better |= np.diff(parts["arc_fresh"].astype(np.int64), axis=1) != 0
    bits = parts[f"{kind}_bits"]
    fewer = ((bits[:, :-1, :] & ~bits[:, 1:, :]) != 0).any(axis=-1)
    return better | (_of_any_price(parts, kind, fewer) if kind == "arc" else fewer)


def _of_any_price(parts: dict[str, Any], kind: str, found: Any) -> Any:
    """Whether something holds of the ordinary price of an arc or ride, or of one as leg of a through rate: (A' or R', n) to (A or R, n)."""
    any_price = np.zeros((len(parts[f"{kind}_rank"]), found.shape[1]), bool)
    np.logical_or.at(any_price, parts[f"{kind}_of_price"], found)
    return any_price
