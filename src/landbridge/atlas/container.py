"""The binary file: one header, then compressed sections that are checked and unpacked when they are first asked for."""

from __future__ import annotations

import hashlib
import json
import mmap
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding

if TYPE_CHECKING:
    import numpy as np

MAGIC = b"LBATLAS\n"
FORMAT = 1
"""Number of the format; a file of another one is refused."""
DIGEST_SIZE = 32
_PREFIX = len(MAGIC) + 4


class Container:
    """One atlas file, mapped into memory.

    Layout: ``MAGIC``; length of the header, 4 bytes little endian; the header, JSON in UTF-8; its SHA-256; the sections. The header names
    each section with ``offset`` (from the end of the header's digest), ``size``, ``type`` (a NumPy type or ``text``), ``shape`` and
    ``sha256`` of the compressed bytes. Arrays are stored as planes of bytes: first the lowest byte of every item, then the next.

    Raises
    ------
    DataError
        If the file is missing, foreign, broken, cut off or of another format.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise self._error(f"it cannot be read: {error}") from None
        self.header: dict[str, Any] = self._read_header()
        self._start = _PREFIX + self._header_size + DIGEST_SIZE
        if len(self._bytes) != self._start + self.header["size"]:
            raise self._error(f"it has {len(self._bytes):,} bytes instead of {self._start + self.header['size']:,}: cut off or changed")

    def _read_header(self) -> dict[str, Any]:
        if self._bytes[: len(MAGIC)] != MAGIC:
            raise self._error("it is no atlas: the first bytes are not LBATLAS")
        self._header_size = int.from_bytes(self._bytes[len(MAGIC) : _PREFIX], "little")
        text = self._bytes[_PREFIX : _PREFIX + self._header_size]
        digest = self._bytes[_PREFIX + self._header_size : _PREFIX + self._header_size + DIGEST_SIZE]
        if hashlib.sha256(text).digest() != digest:
            raise self._error("the checksum of its header is wrong")
        header: dict[str, Any] = json.loads(text)
        if header.get("format") != FORMAT:
            raise self._error(f"it has format {header.get('format')}, this landbridge reads {FORMAT}")
        return header

    def names(self) -> tuple[str, ...]:
        """Names of all sections."""
        return tuple(self.header["sections"])

    def array(self, name: str) -> np.ndarray[Any, Any]:
        """One section as a read-only array."""
        import numpy as np

        section = self.header["sections"][name]
        kind = np.dtype(section["type"])
        planes = np.frombuffer(self._raw(name), np.uint8).reshape(kind.itemsize, -1)
        found: np.ndarray[Any, Any] = np.ascontiguousarray(planes.T).reshape(-1).view(kind).reshape(section["shape"])
        found.flags.writeable = False
        return found

    def text(self, name: str) -> str:
        """One section as text."""
        return self._raw(name).decode("utf-8")

    def raw(self, name: str) -> bytes:
        """One section as bytes."""
        return self._raw(name)

    def check(self) -> None:
        """Check every section against its checksum."""
        for name in self.header["sections"]:
            self._packed(name)

    def digest(self) -> str:
        """SHA-256 of the whole file."""
        return hashlib.sha256(self._bytes).hexdigest()

    def size(self) -> int:
        """Bytes of the whole file."""
        return len(self._bytes)

    def _packed(self, name: str) -> bytes:
        section = self.header["sections"][name]
        start = self._start + section["offset"]
        packed = self._bytes[start : start + section["size"]]
        if hashlib.sha256(packed).hexdigest() != section["sha256"]:
            raise self._error(f"the checksum of its section {name} is wrong")
        return packed

    def _raw(self, name: str) -> bytes:
        try:
            return zlib.decompress(self._packed(name))
        except zlib.error as error:
            raise self._error(f"its section {name} cannot be unpacked: {error}") from None

    def _error(self, why: str) -> DataError:
        return DataError(
            [Finding(code="ATLAS-FILE", file=self.path.name, message=f"the atlas cannot be used: {why}", fix="install landbridge again")]
        )
