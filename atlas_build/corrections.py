"""The tables of what was mended and added by hand, each row with its source."""

from __future__ import annotations

import csv
from pathlib import Path

TABLES = Path(__file__).parent / "tables"


def rows(name: str) -> list[dict[str, str]]:
    """All rows of a table."""
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
