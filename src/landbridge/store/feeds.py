"""Uploaded feeds: the file as it came, by the digest of what it says."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.exc import IntegrityError

from landbridge.store.engine import changing, reading
from landbridge.store.home import find_home
from landbridge.store.schema import feeds

_HEAD = (feeds.c.seq, feeds.c.digest, feeds.c.name, feeds.c.owner, feeds.c.form, feeds.c.created_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFeed:
    """One edition of a feed. ``form`` is zip or xlsx; ``content`` the bytes of the file, empty in lists."""

    digest: str
    name: str
    owner: str
    form: str
    created_at: str
    content: bytes = b""
    seq: int | None = None


def save_feed(feed: SavedFeed) -> bool:
    """Keep a feed; False if the same edition is there already."""
    values = {name: getattr(feed, name) for name in ("digest", "name", "owner", "form", "created_at", "content")}
    try:
        with changing() as connection:
            connection.execute(insert(feeds).values(**values))
    except IntegrityError:
        return False
    return True


def find_saved_feed(digest: str) -> SavedFeed | None:
    with reading() as connection:
        row = connection.execute(select(feeds).where(feeds.c.digest == digest)).first()
    return _made(row) if row is not None else None


def list_feeds(*, limit: int, before: int | None = None) -> tuple[SavedFeed, ...]:
    """Feeds without their content, the newest first, those with a smaller number than ``before``."""
    wanted = select(*_HEAD).order_by(feeds.c.seq.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(feeds.c.seq < before)
    with reading() as connection:
        return tuple(_made(row) for row in connection.execute(wanted))


def find_feeds(start: str) -> tuple[SavedFeed, ...]:
    """Feeds whose digest begins so, without their content; at most two, which is one too many."""
    wanted = select(*_HEAD).where(feeds.c.digest.startswith(start.lower(), autoescape=True)).limit(2)
    with reading() as connection:
        return tuple(_made(row) for row in connection.execute(wanted))


def unfold_feed(digest: str) -> str | None:
    """Path of the file of a kept feed, written beside the store where it is not there yet; None if no feed has the digest."""
    feed = find_saved_feed(digest)
    if feed is None:
        return None
    path = _folder() / f"{feed.digest}.{feed.form}"
    if not path.exists():
        with hold_upload(feed.content, feed.form) as part:
            Path(part).replace(path)
    return str(path)


@contextmanager
def hold_upload(content: bytes, form: str) -> Iterator[str]:
    """Bytes as a file of a name of its own for as long as it is looked at."""
    path = _folder() / f"upload-{secrets.token_hex(8)}.{form}"
    path.write_bytes(content)
    try:
        yield str(path)
    finally:
        path.unlink(missing_ok=True)


def _folder() -> Path:
    folder = find_home() / "feeds"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _made(row: Row[*tuple[Any, ...]]) -> SavedFeed:
    return SavedFeed(**row._mapping)
