"""Tables of the pages: wide ones scroll in a box of their own; on a telephone each row stands as a card with its titles."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from landbridge.report.markup import Markup, Part, el


def render_table(titles: Sequence[str], rows: Sequence[Sequence[Part]], label: str, numbers: Collection[int] = ()) -> Markup:
    """A table with its titles; columns in ``numbers`` stand to the right, where figures do."""
    top = el("tr", *(el("th", one, scope="col", cls="lb-num" if at in numbers else None) for at, one in enumerate(titles)))
    lines = [
        el("tr", *(el("td", cell, cls="lb-num" if at in numbers else None, data_label=titles[at]) for at, cell in enumerate(row)))
        for row in rows
    ]
    return scroll_box(el("table", el("thead", top), el("tbody", *lines), cls="lb-table lb-stack"), label)


def scroll_box(table: Markup, label: str, style: str | None = None) -> Markup:
    """A box that scrolls by itself and can be reached with the keyboard."""
    return el("div", table, cls="lb-scroll", tabindex="0", role="region", aria_label=label, style=style)
