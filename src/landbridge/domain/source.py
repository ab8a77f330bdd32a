"""Where figures come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from landbridge.domain.identity import SourceId
from landbridge.domain.record import Record

WORLD_SOURCE_ID = SourceId("landbridge-world")
"""Source of what is made from the atlas where a feed holds no way; a feed that names it has such ways beside its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """Where each figure comes from: one row of `sources`."""

    title: str
    publisher: str
    published_on: date | None = None
    address: str | None = None
    grade: str
    retrieved_on: date | None = None
    licence: str | None = None
