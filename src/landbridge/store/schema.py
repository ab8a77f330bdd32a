"""The tables of the server: jobs and who holds them, saved plans, uploaded feeds, keys; for SQLite and PostgreSQL alike."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

jobs = Table(
    "jobs",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("job_id", String(32), nullable=False, unique=True),
    Column("owner", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(12), nullable=False),
    Column("request", Text, nullable=False),
    Column("progress", Text, nullable=False, server_default="{}"),
    Column("result", Text),
    Column("problem", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("idempotency_key", String(200)),
    Column("created_at", String(40), nullable=False),
    Column("started_at", String(40)),
    Column("ended_at", String(40)),
    Column("server_id", String(32)),
    UniqueConstraint("owner", "idempotency_key", name="one_job_a_key"),
    Index("jobs_by_state", "state"),
)

plans = Table(
    "plans",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("plan_id", String(32), nullable=False, unique=True),
    Column("owner", String(80), nullable=False),
    Column("question_digest", String(64), nullable=False),
    Column("feed_digest", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("created_at", String(40), nullable=False),
    Index("plans_by_question", "owner", "question_digest"),
    Index("plans_by_digest", "question_digest"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("owner", String(80), nullable=False),
    Column("form", String(4), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", String(40), nullable=False),
)

servers = Table(
    "servers",
    metadata,
    Column("server_id", String(32), primary_key=True),
    Column("machine", String(200), nullable=False, server_default=""),
    Column("pid", Integer, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("role", String(12), nullable=False),
    Column("party", String(200), nullable=False, server_default=""),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("created_at", String(40), nullable=False),
    Column("revoked_at", String(40)),
)
