"""The policy of a feed, narrowed by dated decisions of two people: which regimes do not block, and who decided that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.store.decisions import Decision, propose_narrowing, read_decisions

NARROWING = "policy:"
"""Ids of decisions about a policy begin so; the regime follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """A regime whose designations do not block, and the decision in words."""

    regime: str
    text: str


def narrow_policy(dataset: Dataset, on: date) -> tuple[Dataset, tuple[Narrowing, ...]]:
    """The feed with its policy as two people narrowed it on a day, and what they decided; the same feed where they did not.

    Only the confirmed, latest decision about a regime counts, from its first to its last day. A question may make the regime block again.
    """
    regimes = tuple(str(row.regime_id) for row in dataset.regimes)
    policy = dataset.info.gates if dataset.info.gates is not None else regimes
    found = []
    for match_id, decisions in read_decisions().items():
        regime, latest = match_id.removeprefix(NARROWING), decisions[-1]
        if match_id.startswith(NARROWING) and regime in policy and _holds(latest, on):
            text = (
                f"without {regime} from {latest.entry_hash} to {latest.until}, decided by {latest.decided_by} and {latest.confirmed_by} "
                f"on {latest.decided_at[:10]}: {latest.reason}"
            )
            found.append(Narrowing(regime=regime, text=text))
    if not found:
        return dataset, ()
    without = {row.regime for row in found}
    gates = tuple(regime for regime in policy if regime not in without)
    return replace(dataset, info=replace(dataset.info, gates=gates)), tuple(found)


def _holds(decision: Decision, on: date) -> bool:
    return decision.confirmed_by is not None and date.fromisoformat(decision.entry_hash) <= on <= decision.until


def narrow(match_id: str, reason: str | None, by: str, since: str | None, until: str | None, at: str) -> Decision:
    """Enter the decision of a first person that a regime shall not block.

    Raises
    ------
    QueryError
        With everything that is wrong.
    """
    findings: list[Finding] = []
    regime = match_id.removeprefix(NARROWING).strip().upper()
    if not match_id.startswith(NARROWING) or not regime.isalnum():
        findings.append(
            Finding(code="POLICY", column="MATCH", message=f"{match_id[:40]!r} names no policy", fix="write policy:UK to narrow it by UK")
        )
    first = _parse_since(findings, since, at)
    day = check_decision(findings, reason, by, until, at)
    return propose_narrowing(f"{NARROWING}{regime}", first, (reason or "").strip(), by.strip(), day, at)


def _parse_since(findings: list[Finding], since: str | None, at: str) -> date:
    try:
        return date.fromisoformat((since or at[:10]).strip())
    except ValueError:
        findings.append(Finding(code="DATE", column="--since", message=f"{since!r} is no date", fix="write the day as 2026-12-01"))
        return date.min


def check_decision(findings: list[Finding], reason: str | None, by: str, until: str | None, at: str) -> date:
    """The last day of a decision, if it has a reason, a person and a day to come.

    Raises
    ------
    QueryError
        With everything that is wrong, ``findings`` included.
    """
    day = None
    if not (reason or "").strip():
        findings.append(
            Finding(code="REASON-NEEDED", column="--reason", message="a decision needs its reason", fix="say why, in a sentence")
        )
    if not by.strip():
        findings.append(Finding(code="PERSON-NEEDED", column="--by", message="nobody is named", fix="say who decides"))
    try:
        day = date.fromisoformat((until or "").strip())
    except ValueError:
        findings.append(
            Finding(code="DATE", column="--until", message=f"{until!r} is no date", fix="a decision expires: write the day as 2026-12-01")
        )
    if day is not None and day.isoformat() < at[:10]:
        findings.append(Finding(code="UNTIL-PAST", column="--until", message=f"{day} is past", fix="give a later day"))
    if findings or day is None:
        raise QueryError(findings)
    return day
