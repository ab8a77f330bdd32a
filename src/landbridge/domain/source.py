"""Where figures come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from landbridge.domain.record import Record


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
