"""What the audit log keeps of plans, and what tells one state of lists and decisions from another."""

from __future__ import annotations

from platform import node
from typing import Any

from landbridge.domain.errors import ClusterError
from landbridge.domain.plan import Plan
from landbridge.planner.plan_answer import is_alone
from landbridge.store.decisions import read_decisions
from landbridge.store.lists import read_editions


def stamp_gate() -> tuple[str, ...]:
    """The imported lists and the decisions of people by which the gate judges."""
    lists = tuple(f"{row.list_name}:{row.digest}" for row in read_editions())
    decisions = tuple(repr(one) for found in read_decisions().values() for one in found)
    return (*lists, *decisions)


def demand_same_gate(stamp: tuple[str, ...]) -> None:
    """Refuse to work for somebody whose lists and decisions are not those of this machine.

    Raises
    ------
    ClusterError
        If they differ: the answer would depend on who works.
    """
    if stamp_gate() != stamp:
        where = node() or "another machine"
        raise ClusterError(f"the lists or decisions of the worker on {where} are not those here: import the same there, or take --workers")


def record_plan(plan: Plan, at: str, question: str | None = None) -> None:
    """Note a plan in the audit log, where there is one already: asking for a plan starts no store.

    ``question`` is the digest of what was asked where a part of the answer may have been shown before: the log tells that both are of one
    question.
    """
    record_body(plan_record(plan), at, question)


def record_body(body: dict[str, Any], at: str, question: str | None = None) -> None:
    """Note what :func:`plan_record` made, perhaps in another process."""
    from landbridge.store.audit import append_answer
    from landbridge.store.database import has_store

    if has_store():
        append_answer(body, at, question)


def plan_record(plan: Plan) -> dict[str, Any]:
    """What the audit log keeps of a plan."""
    query = plan.query
    return {
        "from": query.origin_id,
        "to": query.destination_id,
        "as_of": query.as_of.isoformat(),
        "ready_on": query.ready_on.isoformat(),
        "shipper": query.shipper_id,
        "consignee": query.consignee_id,
        "dataset": plan.dataset_digest,
        "gates": list(plan.policy_gates),
        "itineraries": len(plan.itineraries),
        "rejected": [[row.what, row.rule_id] for row in plan.rejected if row.regime],
    } | ({"part": "plans"} if is_alone(plan) else {})
