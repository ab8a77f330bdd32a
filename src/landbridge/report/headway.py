"""How far a long piece of work is, in words and as a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from landbridge.domain.headway import Headway, Stage

_COUNTED = {
    Stage.KINDS: "ways of kind of load {done} of {total}",
    Stage.KILLED: "a process that looked for ways was killed (a machine short of memory does so): one process alone looks for the other "
    "{total} kinds of load",
    Stage.WAYS: "ways {done} of {total}",
    Stage.LATER: "later starts {done} of {total}",
    Stage.SCARCE: "around what is scarce: ways {done} of {total}",
    Stage.ADDED: "further itineraries for want of room: {done}",
    Stage.BOUND: "bound over all ways: {done} of {total} shipments",
    Stage.SCENARIO: "scenario {subject}",
    Stage.SCENARIOS: "scenarios: {done} of {total}",
    Stage.VOLUME: "volume x {done}",
    Stage.DRAWS: "draws of the whole trade: {done} of {total}",
    Stage.TAKEN: "{done} answers of routing are taken from {subject}",
}
_CANDIDATES = (Stage.KINDS, Stage.WAYS, Stage.LATER)
"""Stages that look for the ways which are planned over."""


def headway_text(one: Headway) -> str:
    """One line in words: ``3.2 s: plan 2,650,228, bound 2,650,228, gap 0.00 %``, money in whole units of the settlement currency."""
    if one.stage is not Stage.PLAN:
        return _COUNTED[one.stage].format(done=one.done, total=one.total, subject=one.subject)
    since = "" if one.spent_seconds is None else f"{one.spent_seconds:.1f} s: "
    plan = "none yet" if one.cost_cents is None else f"{one.cost_cents / 100:,.0f}"
    if one.bound_cents is None:
        return f"{since}plan {plan}, no bound yet"
    gap = "" if one.gap is None else f", gap {100 * one.gap:.2f} %"
    return f"{since}plan {plan}, bound {one.bound_cents / 100:,.0f}{gap}"


def headway_document(one: Headway, before: Mapping[str, Any]) -> dict[str, Any]:
    """What a job tells of itself: the newest line in words, and figures as values, the newest of each kind, those of ``before`` among them.

    ``candidates`` (``stage``, ``done``, ``of``) and ``plan`` (``cost_cents``, ``bound_cents``, ``gap`` as a fraction, ``seconds``), so
    that whoever looks a moment later misses neither. With a scenario another book begins: figures of the one before it are over.
    """
    found = {name: before[name] for name in ("candidates", "plan") if name in before and one.stage is not Stage.SCENARIO}
    if one.stage in _CANDIDATES:
        found["candidates"] = {"stage": one.stage.value, "done": one.done, "of": one.total}
    elif one.stage is Stage.PLAN:
        seconds = found.get("plan", {}).get("seconds") if one.spent_seconds is None else round(one.spent_seconds, 1)
        found["plan"] = {"cost_cents": one.cost_cents, "bound_cents": one.bound_cents, "gap": one.gap, "seconds": seconds}
    return {"step": "planning", "text": headway_text(one)} | found
