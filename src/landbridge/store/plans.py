"""Saved plans: the document of each, and the question that it answers."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from landbridge.store.engine import changing, reading
from landbridge.store.schema import plans

_HEAD = (
    plans.c.seq, plans.c.plan_id, plans.c.owner, plans.c.question_digest, plans.c.feed_digest, plans.c.title, plans.c.request,
    plans.c.created_at,
)  # fmt: skip


_PART = "part-"
"""Beginning of the digest of a question of which a part of the answer was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPlan:
    """A plan as it was made. ``document`` is its JSON text, empty in lists; ``question_digest`` is of all that the answer depends on."""

    plan_id: str
    owner: str
    question_digest: str
    feed_digest: str
    title: str
    request: str
    created_at: str
    document: str = ""
    seq: int | None = None

    @property
    def is_part(self) -> bool:
        """Whether it is a part of an answer, whose id leads to the whole one once that is there."""
        return self.question_digest.startswith(_PART)


def mark_part(question_digest: str) -> str:
    """The digest of a part of an answer, which stands in no list of plans."""
    return (_PART + question_digest)[: len(question_digest)]


def new_plan_id() -> str:
    """An id that nobody can guess: who has the link may see the plan."""
    return secrets.token_hex(16)


def save_plan(plan: SavedPlan) -> None:
    """Keep a plan; a whole answer takes the place of the owner's part of it."""
    with changing() as connection:
        insert_plan(connection, plan)


def insert_plan(connection: Connection, plan: SavedPlan) -> None:
    """Enter a plan within a transaction that is open already; the owner's part of the same answer leads to it from then on."""
    part = plans.c.question_digest == mark_part(plan.question_digest)
    if not plan.is_part:
        connection.execute(update(plans).where(plans.c.owner == plan.owner, part).values(document=""))
    connection.execute(
        insert(plans).values(
            plan_id=plan.plan_id,
            owner=plan.owner,
            question_digest=plan.question_digest,
            feed_digest=plan.feed_digest,
            title=plan.title,
            request=plan.request,
            document=plan.document,
            created_at=plan.created_at,
        )
    )


def find_plan(plan_id: str) -> SavedPlan | None:
    """A plan by its id; the whole answer where the id is that of a part of it."""
    with reading() as connection:
        row = connection.execute(select(plans).where(plans.c.plan_id == plan_id)).first()
        if row is not None and not row.document:
            began = row.question_digest.removeprefix(_PART)
            whole = plans.c.owner == row.owner, plans.c.question_digest.startswith(began, autoescape=True)
            row = connection.execute(select(plans).where(*whole).order_by(plans.c.seq.desc()).limit(1)).first()
    return _made(row) if row is not None else None


def find_answer(owner: str | None, question_digest: str) -> SavedPlan | None:
    """The newest plan of an owner (None: of anybody) that answers exactly this question, without its document."""
    wanted = select(*_HEAD).where(plans.c.question_digest == question_digest).order_by(plans.c.seq.desc()).limit(1)
    if owner is not None:
        wanted = wanted.where(plans.c.owner == owner)
    with reading() as connection:
        row = connection.execute(wanted).first()
    return _made(row) if row is not None else None


def list_plans(owner: str | None, *, limit: int, before: int | None = None) -> tuple[SavedPlan, ...]:
    """Plans of an owner (None: of all) without their documents, the newest first; whole answers alone."""
    wanted = select(*_HEAD).where(plans.c.question_digest.not_like(f"{_PART}%")).order_by(plans.c.seq.desc()).limit(limit)
    if owner is not None:
        wanted = wanted.where(plans.c.owner == owner)
    if before is not None:
        wanted = wanted.where(plans.c.seq < before)
    with reading() as connection:
        return tuple(_made(row) for row in connection.execute(wanted))


def _made(row: Row[*tuple[Any, ...]]) -> SavedPlan:
    return SavedPlan(**row._mapping)
