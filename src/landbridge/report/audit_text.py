"""A record of the audit log in words, for whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from landbridge.report.figures import count_text
from landbridge.report.page import Column, Line, table_lines

_SHOWN_PART = "the plans, shown while the rest of the answer was worked out"
_DIGEST_SIGNS = 12
_NOT_TOLD = frozenset(("from", "to", "itineraries", "ready_on", "as_of", "part", "completes", "rejected", "gates"))


def render_audit(rows: Sequence[tuple[int, str, str, Mapping[str, Any]]], *, width: int) -> tuple[Line, ...]:
    """Records of the log, each with its number, its moment (UTC), its kind and its body in words."""
    columns = (Column(title="record", align="right"), Column(title="at, UTC"), Column(title="kind"), Column(title="what", min_width=24))
    told = [(str(seq), f"{at[:10]} {at[11:19]}", kind, audit_text(kind, body)) for seq, at, kind, body in rows]
    return table_lines(columns, told, width, indent=0)


def audit_text(kind: str, body: Mapping[str, Any]) -> str:
    """One line: what was asked, done or decided; of a plan also whether it is a part of an answer, or the whole of which record."""
    if kind == "plan":
        return _plan_text(body)
    return _told(body)


def _plan_text(body: Mapping[str, Any]) -> str:
    told = [f"{body.get('from')} - {body.get('to')}, ready {body.get('ready_on')}, as of {body.get('as_of')}"]
    blocked = len(body.get("rejected") or ())
    told.append(count_text(int(body.get("itineraries", 0)), "plan") + (f", {blocked} held by law" if blocked else ""))
    if body.get("part"):
        told.append(_SHOWN_PART)
    if body.get("completes"):
        told.append(f"the whole answer to the question of record {body['completes']}")
    rest = _told({name: value for name, value in body.items() if name not in _NOT_TOLD})
    return "; ".join([*told, *([rest] if rest else [])])


def _told(body: Mapping[str, Any]) -> str:
    """Names and values, lists by their length; what is empty is left out, digests are cut short."""
    return ", ".join(f"{name.replace('_', ' ')} {_value(value)}" for name, value in sorted(body.items()) if value not in (None, "", [], {}))


def _value(value: Any) -> str:  # noqa: ANN401  # any value of JSON
    if isinstance(value, (list, dict)):
        plain = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return "; ".join(value) if plain and len(value) <= 3 else f"({len(value)})"
    text = str(value)
    is_digest = len(text) == 64 and all(sign in "0123456789abcdef" for sign in text)
    return text[:_DIGEST_SIGNS] if is_digest else text
