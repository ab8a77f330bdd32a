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
        The last fields of :class:`landbridge.routing.tables.Tables`, from ``stay`` on.
    """
    places = len(parts["zone"])
    ends = _ends(parts)
    gap = _longest_gaps(parts, scene.ready_at, scene.last_departure)
    papers = max((int(parts[name].max(initial=0)) for name in ("arc_lead", "ride_lead", "change_lead", "offer_lead")), default=0)
    papers_until = scene.terms.asked_at + papers
    late = max(0, papers_until - scene.ready_at)
    run_stay, ride_stay, stay = np.zeros(places, np.int64), np.zeros(len(parts["ride_to"]), np.int64), np.zeros((2, places), np.int64)
    headway = 0
    for p in range(places):
        costs = _storage_costs(parts, p)
        wait = _run_wait(parts, p, gap)
        run_stay[p] = _dearest(costs, wait + late)
        stay[:, p] = run_stay[p], _dearest(costs, wait)
        for r, wait, between in _ride_waits(parts, p, gap):
            headway = max(headway, between)
            ride_stay[r] = _dearest(costs, wait + late)
            stay[:, p] = np.maximum(stay[:, p], [ride_stay[r], _dearest(costs, wait)])
    risk = np.zeros(places, np.int64)
    boards = np.repeat(np.arange(places), np.diff(parts["board_first"]))
    with_line = parts["ride_detention"] >= 0
    np.maximum.at(
        risk, np.repeat(boards, np.diff(parts["ride_first"]))[with_line], parts["detention_slope"][parts["ride_detention"][with_line]]
    )
    border_gap = sum(int(gap[i]) for i in set(parts["arc_open"].tolist()) if i >= 0)
    closed = sum(int(end - start) for start, end in zip(parts["close_start"], parts["close_end"], strict=True) if end < NO_END)
    growth = scene.terms.query.max_legs * max(gap, default=0) + border_gap + closed
    return {
        "run_stay": run_stay,
        "ride_stay": ride_stay,
        "detention_risk": _from_here_on(risk, ends),
        "headway": np.array([headway], np.int64),
        "stay": np.stack([_from_here_on(stay[late], ends) for late in (0, 1)]),
        "better": _from_here_on(_betterments(parts, scene), ends),
        "papers_until": np.array([papers_until], np.int64),
        "growth": np.array([growth], np.int64),
    }


def _run_wait(parts: dict[str, Any], place: int, gap: list[int]) -> int:
    """The longest wait at a place before haulage leaves: for opening hours, working days and handling."""
    arcs = slice(parts["arc_first"][place], parts["arc_first"][place + 1])
    return max((_change_wait(parts, place, int(goes), gap) for goes in np.unique(parts["arc_out"][arcs])), default=0)


def _ride_waits(parts: dict[str, Any], place: int, gap: list[int]) -> Iterator[tuple[int, int, int]]:
    """Each ride from a place with its longest wait for the first departure that can be met, and the longest time between two."""
    for b in range(parts["board_first"][place], parts["board_first"][place + 1]):
        at = parts["depart_at"][parts["depart_first"][b] : parts["depart_first"][b + 1]]
        before = _change_wait(parts, place, int(parts["board_out"][b]), gap) + int(parts["board_cutoff"][b] + parts["board_papers"][b])
        for r in range(parts["ride_first"][b], parts["ride_first"][b + 1]):
            usable = parts["arrive_at"][parts["arrive_first"][r] : parts["arrive_first"][r] + len(at)] >= 0
            between = int(np.diff(at[usable]).max(initial=0))
            yield r, between + before, between


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
    boards = np.repeat(np.arange(len(parts["zone"])), np.diff(parts["board_first"]))
    rides = np.repeat(boards, np.diff(parts["ride_first"]))
    return np.concatenate((parts["arc_from"], rides)), np.concatenate((parts["arc_to"], parts["ride_to"]))


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
    boards = np.repeat(np.arange(places), np.diff(parts["board_first"]))
    rides = np.repeat(boards, np.diff(parts["ride_first"]))
    usable = parts["ride_state"][:, 1:] != BLOCKED
    more = (np.diff(parts["ride_priced"]) > 0) | (np.diff(parts["ride_includes"], axis=2) != 0).any(axis=0)
    note(rides, usable & (more | _is_better(parts, "ride", ("emission", "state", "lead"))), is_ordered=True)
    cost = parts["through_cost"]
    note(parts["through_from"], (cost[:, 1:] >= 0) & ((np.diff(cost) < 0) | (cost[:, :-1] < 0)), is_ordered=True)
    for p in range(places):
        part = _changes(parts, p)
        better = np.zeros(epochs - 1, bool)
        usable = parts["change_blocked"][part].reshape(-1, epochs)[:, 1:] == 0
        for name in ("cost", "moving", "duration", "working", "emission", "blocked", "lead"):
            better |= ((np.diff(parts[f"change_{name}"][part].reshape(-1, epochs).astype(np.int64)) < 0) & usable).any(axis=0)
        bits = parts["change_bits"][part].reshape(-1, epochs, parts["change_bits"].shape[-1])
        better |= ((bits[:, :-1] & ~bits[:, 1:]) != 0).any(axis=(0, 2))
        rows = parts["storage_row"][parts["in_first"][p] * epochs : parts["in_first"][p + 1] * epochs].reshape(-1, epochs)
        better |= (np.diff(rows) != 0).any(axis=0)
        note(np.array([p]), better[None, :], is_ordered=False)
    found[:, 1:] |= (np.diff(parts["detention_cost"], axis=1) < 0).any(axis=(0, 2)).astype(np.int8)
    return found


def _is_better(parts: dict[str, Any], kind: str, names: tuple[str, ...]) -> Any:
    """Whether arcs or rides are better in an epoch than in the one before."""
    better = (np.diff(parts[f"{kind}_cost"], axis=2) < 0).any(axis=0)
    for name in names:
        better |= np.diff(parts[f"{kind}_{name}"].astype(np.int64), axis=1) < 0
    if kind == "arc":
        better |= np.diff(parts["arc_fresh"].astype(np.int64), axis=1) != 0
    bits = parts[f"{kind}_bits"]
    return better | ((bits[..., :-1, :] & ~bits[..., 1:, :]) != 0).any(axis=-1).reshape(-1, *better.shape).any(axis=0)
