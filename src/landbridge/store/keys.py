"""API keys: only their hashes are kept; who holds one acts in its role."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.store.engine import changing, reading
from landbridge.store.schema import keys

ROLES = ("viewer", "company", "planner", "compliance", "admin")
_PREFIX = "lb_"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as the store knows it: never the secret. ``party`` is the company of a key with the role company."""

    name: str
    role: str
    party: str
    created_at: str
    revoked_at: str | None


def add_key(name: str, role: str, party: str, at: str) -> str:
    """Make a key and give its secret, which is told this once.

    Raises
    ------
    QueryError
        With everything that is wrong: the name taken or missing, an unknown role, a company key without a company.
    """
    findings = []
    if not name.strip() or len(name) > 80:
        findings.append(Finding(code="KEY-NAME", column="NAME", message="a key needs a name of 1 to 80 characters", fix="name who uses it"))
    if role not in ROLES:
        findings.append(Finding(code="KEY-ROLE", column="--role", message=f"{role[:40]!r} is no role", fix=f"one of {', '.join(ROLES)}"))
    if role == "company" and not party.strip():
        findings.append(Finding(code="KEY-PARTY", column="--party", message="a company key needs its company", fix="add --party ID"))
    if findings:
        raise QueryError(findings)
    secret = _PREFIX + secrets.token_urlsafe(32)
    values = {"name": name.strip(), "role": role, "party": party.strip(), "secret_hash": hash_secret(secret), "created_at": at}
    try:
        with changing() as connection:
            connection.execute(insert(keys).values(**values))
    except IntegrityError:
        message = f"there is a key named {name[:80]!r} already"
        raise QueryError([Finding(code="KEY-NAME", column="NAME", message=message, fix="take another name")]) from None
    return secret


def find_key(secret: str) -> ApiKey | None:
    """The key of a secret; None if there is none or it was revoked."""
    with reading() as connection:
        row = connection.execute(select(keys).where(keys.c.secret_hash == hash_secret(secret), keys.c.revoked_at.is_(None))).first()
    return _made(row._mapping) if row is not None else None


def list_keys() -> tuple[ApiKey, ...]:
    with reading() as connection:
        return tuple(_made(row._mapping) for row in connection.execute(select(keys).order_by(keys.c.created_at)))


def revoke_key(name: str, at: str) -> bool:
    with changing() as connection:
        return bool(connection.execute(update(keys).where(keys.c.name == name, keys.c.revoked_at.is_(None)).values(revoked_at=at)).rowcount)


def hash_secret(secret: str) -> str:
    """SHA-256 is enough: the secret has 256 random bits, so there is nothing to guess."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _made(values: object) -> ApiKey:
    row = dict(values)  # type: ignore[call-overload]
    return ApiKey(name=row["name"], role=row["role"], party=row["party"], created_at=row["created_at"], revoked_at=row["revoked_at"])
