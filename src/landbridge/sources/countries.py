"""Countries by their codes of ISO 3166-1."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_ALSO = {"UK": "GB", "XK": "XK"}
"""ISO 3166 keeps UK for the United Kingdom and leaves XK to its users, who mean Kosovo."""


def read_country(code: str) -> str:
    """The code of ISO 3166 that two letters mean; "" where they mean no country."""
    wanted = code.strip().upper()
    return _ALSO.get(wanted, list_codes(0).get(wanted, ""))


@cache
def list_codes(column: int) -> dict[str, str]:
    """Codes of two letters by those in a column of ``countries.csv``: 0 two letters, 1 three letters, 2 digits."""
    with Path(__file__).with_name("countries.csv").open(encoding="utf-8", newline="") as handle:
        return {row[column]: row[0] for row in list(csv.reader(handle))[1:]}
