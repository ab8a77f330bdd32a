"""Finished parts of a long piece of work, one JSON line each, appended as they are finished: an interrupted run goes on from them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Generic, TypeVar

from landbridge.domain.errors import DataError
from landbridge.sources.codes import make_finding

Result = TypeVar("Result")


class PartsFile(Generic[Result]):
    """Parts found in a file, and the file open for more."""

    def __init__(self, found: dict[str, Result], handle: IO[bytes], write: Callable[[object], object]) -> None:
        self.found = found
        self._handle, self._write = handle, write

    def add(self, key: str, result: Result) -> None:
        """Append a part and wait until it is on the disk."""
        line = json.dumps({"key": key, "result": self._write(result)}, ensure_ascii=False, separators=(",", ":"))
        self._handle.write(line.encode() + b"\n")
        self._handle.flush()
        os.fsync(self._handle.fileno())

    def close(self) -> None:
        self._handle.close()


def open_parts(path: str, read: Callable[[object], Result | None], write: Callable[[object], object]) -> PartsFile[Result]:
    """Read the parts of a file and open it for more; what is no part any more (another version, a line cut off) is worked out again.

    Raises
    ------
    DataError
        If the file cannot be read or written, or holds something else than parts: it is not overwritten.
    """
    target = Path(path)
    found: dict[str, Result] = {}
    whole = 0
    try:
        data = target.read_bytes() if target.exists() else b""
        for number, line in enumerate(data.splitlines(keepends=True), 1):
            entry = _parse(line)
            if entry is None and (number == 1 or line.endswith(b"\n")):
                raise DataError([make_finding("PARTS-FILE", file=str(path), row=number, message=f"line {number} is no finished part")])
            if entry is None or not line.endswith(b"\n"):
                break
            whole += len(line)
            result = read(entry[1])
            if result is not None:
                found[entry[0]] = result
        handle = target.open("ab")
        handle.truncate(whole)
    except OSError as error:
        raise DataError([make_finding("PARTS-FILE", file=str(path), message=error.strerror or str(error))]) from None
    return PartsFile(found, handle, write)


def _parse(line: bytes) -> tuple[str, object] | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or entry.keys() != {"key", "result"} or not isinstance(entry["key"], str):
        return None
    return entry["key"], entry["result"]
