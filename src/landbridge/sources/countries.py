"""Countries by their codes of two letters."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_ALSO = {"UK": "GB", "XK": "XK"}
"""ISO 3166 keeps UK for the United Kingdom and leaves XK to its users, who mean Kosovo."""


def read_country(code: str) -> str:
    """The code of ISO 3166 that two letters mean; "" where they mean no country."""
    wanted = code.strip().upper()
    return _ALSO.get(wanted, wanted if wanted in _codes() else "")


@cache
def _codes() -> frozenset[str]:
    with Path(__file__).with_name("countries.csv").open(encoding="utf-8", newline="") as handle:
        return frozenset(row["alpha2"] for row in csv.DictReader(handle))
