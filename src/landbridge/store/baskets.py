"""Uploaded files that a job will read: each upload in a folder of its own beside the store, gone when the job is over."""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.store.home import find_home

MOST_FILES = 12
_MOST_BYTES = 200
"""File systems take names of 255 bytes."""
_TOKEN = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[^\w.\- ]+")


def keep_basket(files: Iterable[tuple[str, BinaryIO]]) -> tuple[str, str]:
    """Keep files under the names that they came with, which never lead out of their folder.

    Returns
    -------
    tuple
        The token of the basket, and the SHA-256 of the names and contents in it: the same files give the same.

    Raises
    ------
    QueryError
        If there is no file, too many, or two of one name.
    """
    token = secrets.token_hex(16)
    folder = _folder() / token
    folder.mkdir(mode=0o700, parents=True)
    try:
        digests = _fill(folder, files)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return token, hashlib.sha256(repr(sorted(digests.items())).encode()).hexdigest()


def _fill(folder: Path, files: Iterable[tuple[str, BinaryIO]]) -> dict[str, str]:
    """Write the files; the digest of each by its name."""
    faults, digests = [], {}
    for number, (told, content) in enumerate(files):
        path = folder / safe_name(told)
        if number >= MOST_FILES:
            raise QueryError([_fault(f"there are more than {MOST_FILES} files")])
        if path.exists():
            faults.append(_fault(f"two files are called {path.name}"))
            continue
        with path.open("wb") as lines:
            shutil.copyfileobj(content, lines)
        with path.open("rb") as lines:
            digests[path.name] = hashlib.file_digest(lines, "sha256").hexdigest()
        if not path.stat().st_size:
            faults.append(_fault(f"{path.name} is empty"))
    if not digests:
        faults.append(_fault("no file was sent"))
    if faults:
        raise QueryError(faults)
    return digests


def safe_name(told: str) -> str:
    """The last part of a name, without anything that a file system could take for a path."""
    last = told.replace("\\", "/").rpartition("/")[2]
    whole = _NAME.sub("_", last).lstrip(". ")[-100:].encode()
    return whole[-_MOST_BYTES:].decode(errors="ignore").lstrip(". ") or "upload"


def find_basket(token: str) -> tuple[Path, ...]:
    """Paths of the files of a basket by name; none where it is gone."""
    folder = _folder() / token
    if not _TOKEN.fullmatch(token) or not folder.is_dir():
        return ()
    return tuple(sorted(folder.iterdir()))


def drop_basket(token: str) -> None:
    if _TOKEN.fullmatch(token):
        shutil.rmtree(_folder() / token, ignore_errors=True)


def drop_old_baskets(at: str, keep: frozenset[str]) -> None:
    """Remove what uploads left behind that nobody will read any more: a day old at a moment, and of no open job."""
    oldest = (datetime.fromisoformat(at) - timedelta(days=1)).timestamp()
    for folder in _folder().glob("*"):
        if folder.name not in keep and folder.stat().st_mtime < oldest:
            drop_basket(folder.name)


def _folder() -> Path:
    return find_home() / "uploads"


def _fault(message: str) -> Finding:
    return Finding(code="UPLOAD", column="files", message=message, fix="send the files of one import, each once, under their own names")
