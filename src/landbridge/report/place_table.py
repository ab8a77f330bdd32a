"""Places that a text may mean, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from landbridge.report.page import MIN_WIDTH, Cell, Column, Line, Span, paragraph, table_lines


class Match(Protocol):
    """A place that a text may mean; ``score`` between 0 and 100."""

    @property
    def place_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def score(self) -> float: ...


def render_places(text: str, matches: Sequence[Match], *, width: int = 100) -> tuple[Line, ...]:
    """Places, the closest first; a sentence where there is none."""
    columns_wide = max(width, MIN_WIDTH)
    if not matches:
        return paragraph(Span(f"no place is anything like {text!r}"), columns_wide)
    columns = (
        Column(title="id", style="bold"),
        Column(title="name", min_width=16),
        Column(title="country"),
        Column(title="score", align="right", rank=1, style="dim"),
    )
    rows: list[list[Cell]] = [[one.place_id, one.name, one.country, f"{one.score:.0f}"] for one in matches]
    return table_lines(columns, rows, columns_wide, indent=0)
