"""Results kept between commands, by a key that names everything they were made from; losing them costs time and nothing else.

They are Python pickles in a folder that only its owner may write: like compiled Python code, they are run by who reads them, so that a
folder or file of somebody else is not read.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from functools import lru_cache
from pathlib import Path

from landbridge.domain.version import VERSION
from landbridge.store.home import find_kept

MOST_FILES = 64
MOST_BYTES = 256 << 20
_SUFFIX = ".kept"


def key_of(kind: str, *parts: object) -> str:
    """The key of a result: its kind, what it was made from by ``repr``, and the code that makes it."""
    return hashlib.sha256(repr((kind, code_stamp(), sys.version_info[:3], parts)).encode()).hexdigest()


def recall(key: str) -> object:
    """What was kept under a key; None if there is nothing, or nothing that can be trusted or read."""
    path = find_kept() / f"{key}{_SUFFIX}"
    try:
        if not (_is_own(path.parent) and _is_own(path)):
            return None
        found = pickle.loads(path.read_bytes())
        os.utime(path)
    except Exception:  # whatever is wrong with a kept result, it is made again
        return None
    return found


def keep(key: str, result: object) -> None:
    """Keep a result; a folder that cannot be written keeps nothing. The file appears whole or not at all."""
    folder = find_kept()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_own(folder):
            return
        part = folder / f"{key}.{os.getpid()}.part"
        try:
            part.touch(mode=0o600)
            part.write_bytes(pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL))
            part.replace(folder / f"{key}{_SUFFIX}")
        finally:
            part.unlink(missing_ok=True)
        _forget_oldest(folder)


def _is_own(path: Path) -> bool:
    """Whether only the user who runs this may have written it; where a system has no such modes, its folders are the user's own."""
    if sys.platform == "win32":
        return True
    status = path.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _forget_oldest(folder: Path) -> None:
    rows = sorted(((path.stat().st_mtime, path.stat().st_size, path) for path in folder.glob(f"*{_SUFFIX}")), reverse=True)
    total = 0
    for index, (_, size, path) in enumerate(rows):
        total += size
        if index >= MOST_FILES or (total > MOST_BYTES and index):
            path.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def code_stamp() -> str:
    """The version, and names, sizes and times of all files of the package: in a checkout code changes, the version does not."""
    digest = hashlib.sha256(VERSION.encode())
    for name, path in _files_of(""):
        status = path.stat()
        digest.update(f"{name}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@lru_cache(maxsize=4)
def content_stamp(room: str) -> str:
    """What the files of a room hold: the same on every machine that has the same code, for what a shared store keeps."""
    digest = hashlib.sha256()
    for name, path in _files_of(room):
        digest.update(f"{name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files_of(room: str) -> list[tuple[str, Path]]:
    """Files of the package or a room of it, by name, but what Python has compiled."""
    package = Path(__file__).parents[1] / room
    found = [path for path in package.rglob("*.*") if "__pycache__" not in path.parts]
    return sorted((path.relative_to(package).as_posix(), path) for path in found)
