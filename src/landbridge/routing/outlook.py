"""What may still be better later and what waiting may cost, from each place on: the premises under which a lead can be judged.

A label that comes earlier than another one is compared with it under docs/routing.md, rule D: only where nothing further on gets better
later, and less what waiting for a later departure may cost it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from landbridge.routing.scene import Scene
from landbridge.routing.tables import BLOCKED, NO_END
from landbridge.terms.clock import MINUTES_PER_DAY


def outlook_of(parts: dict[str, Any], scene: Scene) -> dict[str, Any]:
    """Work out the outlook of each place from the other tables.

    Returns
    -------
    dict[str, Any]
        The last fields of :class:`landbridge.routing.tables.Tables`, from ``first_slope`` on.
    """
    places = len(parts["zone"])
    ends = _ends(parts)
    gap = _longest_gaps(parts, scene.ready_at, scene.last_departure)
    papers = max((int(parts[name].max(initial=0)) for name in ("arc_lead", "ride_lead", "change_lead", "offer_lead")), default=0)
    late = max(0, scene.terms.asked_at + papers - scene.ready_at)
    storage = [_storage_costs(parts, p) for p in range(places)]
    slope = np.array([int(np.diff(costs, axis=1).max(initial=0)) for costs in storage], np.int64)
    first_slope = _from_here_on(slope, (parts["arc_from"], parts["arc_to"]))
    ashore = int(parts["detention_slope"].max(initial=0))
    ride_risk, run_risk = np.zeros((2, len(parts["ride_to"])), np.int64), np.zeros((2, places), np.int64)
    end_risk = np.zeros(places, np.int64)
    for p in range(places):
        wait = _run_wait(parts, p, gap)
        run_risk[:, p] = _dearest(storage[p], wait + late)
        run_risk[1, p] += _days(wait + late) * ashore
        end_risk[p] = _days(_change_wait(parts, p, int(parts["out_count"][p]) - 1, gap)) * ashore
        for r, wait in _ride_waits(parts, p, gap):
            ride_risk[:, r] = _dearest(storage[p], wait + late)
            ride_risk[1, r] += _days(wait + late) * ashore
    arc_gain, ride_gain, place_gain = _gains(parts, scene.last_departure + MINUTES_PER_DAY)
    ride_gain += place_gain[_ride_starts(parts)[0]]
    growth = -(-_arc_growth(parts, gap) // MINUTES_PER_DAY)
    leads = parts["arc_lead"].max(axis=1, initial=0)
    papers_wait = np.where(leads > 0, np.maximum(scene.terms.asked_at + leads - scene.ready_at, 0), 0)
    arc_risk = np.stack([growth * first_slope[parts["arc_to"]], (growth - (-papers_wait // MINUTES_PER_DAY)) * ashore])
    most = max(int(table.max(initial=0)) for table in (ride_risk, run_risk, arc_risk, end_risk))
    most += sum(int(table.max(initial=0)) for table in (arc_gain, ride_gain, place_gain))
    return {
        "first_slope": first_slope,
        "ride_risk": ride_risk,
        "run_risk": run_risk,
        "arc_risk": arc_risk,
        "arc_gain": arc_gain,
        "ride_gain": ride_gain,
        "place_gain": place_gain,
        "end_risk": end_risk,
        "most_risk": np.array([most], np.int64),
        "better": _from_here_on(_betterments(parts, scene), ends),
    }


def _days(minutes: int) -> int:
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


def _run_wait(parts: dict[str, Any], place: int, gap: list[int]) -> int:
    """The longest wait at a place before haulage leaves: for opening hours, working days and handling."""
    arcs = slice(parts["arc_first"][place], parts["arc_first"][place + 1])
    return max((_change_wait(parts, place, int(goes), gap) for goes in np.unique(parts["arc_out"][arcs])), default=0)


def _ride_waits(parts: dict[str, Any], place: int, gap: list[int]) -> Iterator[tuple[int, int]]:
    """Each ride from a place with its longest wait for the first departure that can be met."""
    for b in range(parts["board_first"][place], parts["board_first"][place + 1]):
        at = parts["depart_at"][parts["depart_first"][b] : parts["depart_first"][b + 1]]
        change = _change_wait(parts, place, int(parts["board_out"][b]), gap)
        before = change + int(parts["board_cutoff"][b] + parts["board_papers"][b])
        for r in range(parts["ride_first"][b], parts["ride_first"][b + 1]):
            usable = parts["arrive_at"][parts["arrive_first"][r] : parts["arrive_first"][r] + len(at)] >= 0
            yield r, int(np.diff(at[usable]).max(initial=0)) + before


def _change_wait(parts: dict[str, Any], place: int, goes: int, gap: list[int]) -> int:
    """The longest time from gate-in until the goods are handled for one way of going out."""
    epochs = parts["epoch_start"].shape[1] + 1
    part = _changes(parts, place)
    shape = (-1, int(parts["out_count"][place]), epochs)
    usable = parts["change_blocked"][part].reshape(shape)[:, goes] == 0
    duration = parts["change_duration"][part].reshape(shape)[:, goes][usable]
    working = bool(parts["change_working"][part].reshape(shape)[:, goes][usable].any())
    opening = max((gap[i] for i in parts["place_open"][place][: 1 + working] if i >= 0), default=0)
    return int(duration.max(initial=0)) + opening


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


def _gains(parts: dict[str, Any], last_at: int) -> tuple[Any, Any, Any]:
    """Cents by which each arc, each ride and what is done at each place may be dearer in an epoch than in a later one."""
    places = len(parts["zone"])
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
    place_gain = np.array([_change_gain(parts, p) + _storage_gain(parts, p) for p in range(places)], np.int64)
    return arc_gain, ride_gain, place_gain


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


def _betterments(parts: dict[str, Any], scene: Scene) -> Any:
    """(P, K) whether something that starts at a place is better in an epoch than in the one before."""
    starts, zone = parts["epoch_start"], parts["zone"]
    places, epochs = len(zone), starts.shape[1] + 1
    found = np.zeros((places, epochs), np.int8)
    if epochs == 1:
        return found
    ordered = starts[zone] <= scene.last_departure + MINUTES_PER_DAY

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
    for p in range(places):
        part = _changes(parts, p)
        better = np.zeros(epochs - 1, bool)
        usable = parts["change_blocked"][part].reshape(-1, epochs)[:, 1:] == 0
        for name in ("duration", "working", "emission", "blocked", "lead"):
            better |= ((np.diff(parts[f"change_{name}"][part].reshape(-1, epochs).astype(np.int64)) < 0) & usable).any(axis=0)
        bits = parts["change_bits"][part].reshape(-1, epochs, parts["change_bits"].shape[-1])
        better |= ((bits[:, :-1] & ~bits[:, 1:]) != 0).any(axis=(0, 2))
        note(np.array([p]), better[None, :], is_ordered=False)
    found[:, 1:] |= (np.diff(parts["detention_cost"], axis=1) < 0).any(axis=(0, 2)).astype(np.int8)
    return found


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
