"""The file of what a batch has done: a stamp, then a line for each row with its key, status and JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding

STATES = ("planned", "no_route", "error")


class Part:
    """An open file of what is done. Where each line stands is kept in memory, the lines are not."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path, self._file = path, file
        self._lines: dict[str, tuple[str, int, int]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._lines

    def status(self, key: str) -> str:
        """What became of a row: one of ``STATES``."""
        return self._lines[key][0]

    def take(self, stamp: str) -> None:
        """Read what an earlier run has done; a last line that was torn is cut off. Raises ``DataError`` if the run was another one."""
        size = 0
        for number, line in enumerate(self._file):
            if not line.endswith(b"\n"):
                break
            if number == 0 and _stamp_of(line) != stamp:
                raise DataError([_say_other(self._path)])
            if number:
                self._note(line, size)
            size += len(line)
        self._file.seek(size)
        self._file.truncate()
        if size == 0:
            self._file.write(json.dumps({"landbridge_batch": stamp}).encode() + b"\n")
            self._file.flush()

    def append(self, key: str, status: str, line: str) -> None:
        """Add a row that is done."""
        start = self._file.seek(0, os.SEEK_END)
        text = f"{key} {status} {line}\n".encode("utf-8", "backslashreplace")
        self._file.write(text)
        self._file.flush()
        self._note(text, start)

    def write(self, out: str, keys: Iterable[str]) -> None:
        """Write the lines of rows, in this order, as a file that appears whole or not at all."""
        from landbridge.sources.files import write_whole_lines

        write_whole_lines(out, (self._line(key) for key in keys))

    def remove(self) -> None:
        """Take the file away when all is written."""
        self._path.unlink(missing_ok=True)

    def _note(self, line: bytes, start: int) -> None:
        key, status, text = line.split(b" ", 2)
        head = len(key) + len(status) + 2
        self._lines[key.decode()] = (status.decode(), start + head, len(text))

    def _line(self, key: str) -> bytes:
        _, start, size = self._lines[key]
        self._file.seek(start)
        return self._file.read(size)


@contextmanager
def open_part(path: str, stamp: str) -> Iterator[Part]:
    """The file of what is done, with what an earlier run of the same stamp left.

    Raises
    ------
    DataError
        If it cannot be written, or is of another feed, other lists or another version.
    """
    place = Path(path)
    try:
        place.touch()
        with place.open("r+b") as file:
            part = Part(place, file)
            part.take(stamp)
            yield part
    except OSError as error:
        from landbridge.sources.codes import make_finding

        message = f"cannot be written: {error.strerror or error}"
        raise DataError([make_finding("FILE-UNWRITABLE", file=path, message=message)]) from None


def _stamp_of(line: bytes) -> str | None:
    try:
        document = json.loads(line)
    except ValueError:
        return None
    stamp = document.get("landbridge_batch") if isinstance(document, dict) else None
    return stamp if isinstance(stamp, str) else None


def _say_other(path: Path) -> Finding:
    return Finding(
        code="BATCH-OTHER",
        file=str(path),
        message="the interrupted run was of another feed, other lists or another version, or this is no file of such a run",
        fix="remove it to plan all rows anew, or choose another --out",
    )
