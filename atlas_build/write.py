"""Writes the binary file that ``landbridge.atlas.container`` reads; the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from landbridge.atlas.container import FORMAT, MAGIC


def write_container(path: Path, sections: dict[str, np.ndarray | str], about: dict[str, Any]) -> None:
    """Write all sections, by name; arrays as planes of bytes, texts as UTF-8, both compressed."""
    listed, packed, offset = {}, [], 0
    for name in sorted(sections):
        value = sections[name]
        if isinstance(value, str):
            raw, kind, shape = value.encode(), "text", [len(value.encode())]
        else:
            array = np.ascontiguousarray(value)
            array = array.astype(array.dtype.newbyteorder("<"))
            raw = array.view(np.uint8).reshape(-1, array.dtype.itemsize).T.tobytes()
            kind, shape = array.dtype.str, list(array.shape)
        data = zlib.compress(raw, 9)
        listed[name] = {"offset": offset, "size": len(data), "type": kind, "shape": shape, "sha256": hashlib.sha256(data).hexdigest()}
        packed.append(data)
        offset += len(data)
    header = json.dumps({"format": FORMAT, "size": offset, **about, "sections": listed}, sort_keys=True, separators=(",", ":")).encode()
    whole = b"".join([MAGIC, len(header).to_bytes(4, "little"), header, hashlib.sha256(header).digest(), *packed])
    partial = path.with_suffix(".part")
    partial.write_bytes(whole)
    partial.replace(path)
