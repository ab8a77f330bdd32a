"""Lines of a page: spans of text with a style, words broken to a width, tables that fit.

Nothing here knows a terminal: a page is a value. ``plain_text`` and ``rich_text`` turn it into what a door prints.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.text import Text

MIN_WIDTH = 40
EXTRA = 3
NO_BREAK = "\u00a0"
"""A space at which no line is broken; it leaves the page as a plain one."""
_GAP = "  "
_LONGEST_WORD = 18
_LEAST_TEXT = 24
"""Columns that the sentence of a heading needs beside its title; where there are fewer it stands below."""
_JOINERS = frozenset("\u200c\u200d")


def clean_text(text: str) -> str:
    """Text of a feed without what could steer a terminal: control and direction characters, line ends, lone surrogates."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_clean_character(character) for character in text)


def _clean_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    if category in ("Cf", "Cs") and character not in _JOINERS:
        return ""
    return character


def text_width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style: words of Rich's style language, empty for plain."""

    text: str
    style: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean_text(self.text))


Line = tuple[Span, ...]
Cell = str | Span
BLANK: Line = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    min_width
        Words may be broken down to this width; None: never broken.
    rank
        Columns of the highest rank are left out first where the page is narrow: from ``EXTRA`` on before any word is broken, below
        it only if breaking words is not enough; 0 always stays.
    """

    title: str
    align: Literal["left", "right"] = "left"
    min_width: int | None = None
    rank: int = 0
    style: str = ""


def line_of(*cells: Cell, indent: int = 0) -> Line:
    """A line of cells one after the other."""
    spans = tuple(_span_of(cell) for cell in cells)
    return (Span(" " * indent), *spans) if indent else spans


def heading(title: str, text: str, width: int) -> tuple[Line, ...]:
    """A section's first lines: its title and one sentence, broken to the width; below the title where there is no room beside it."""
    if width - text_width(title) - 2 < min(_LEAST_TEXT, text_width(text)):
        titles = ((Span(line, "bold"),) for line in wrap_words(title, width))
        return (*titles, *((Span("  "), Span(line, "dim")) for line in wrap_words(text, width - 2)))
    lines = wrap_words(text, width - text_width(title) - 2)
    pad = " " * text_width(title)
    return tuple((Span(pad if index else title, "bold"), Span(_GAP + line, "dim")) for index, line in enumerate(lines or [""]))


def paragraph(text: Cell, width: int, *, indent: int = 0, label: str = "", label_width: int = 0) -> tuple[Line, ...]:
    """A text broken to the width, behind a label if it has one."""
    span = _span_of(text)
    left = indent + label_width
    lines = wrap_words(span.text, max(width - left, 20))
    head = Span(" " * indent + label.ljust(label_width), "dim")
    return tuple((Span(" " * left) if index else head, Span(line, span.style)) for index, line in enumerate(lines))


def wrap_lines(text: str, width: int) -> str:
    """Lines of plain text broken to the width, each under its own beginning."""
    lines: list[str] = []
    for line in text.splitlines():
        lead = " " * (len(line) - len(line.lstrip(" ")))
        first, *rest = wrap_words(line.strip(), max(width - len(lead), 20)) or [""]
        more = lead if len(lead) > 4 else lead + "  "
        if rest:
            rest = wrap_words(" ".join(rest), max(width - len(more), 20))
        lines += [lead + first, *(more + one for one in rest)]
    return "\n".join(lines) + "\n"


def wrap_words(text: str, width: int) -> list[str]:
    """Break a text into lines at spaces, not at no-break spaces; a word that is longer than a line is cut."""
    lines: list[str] = []
    line = ""
    for word in clean_text(text).split(" "):
        if line and text_width(line) + 1 + text_width(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
        while text_width(line) > width:
            head = _cut(line, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line] if line.strip() else lines


def shorten(text: str, width: int) -> str:
    """A text that fits, with an ellipsis where it was cut."""
    cleaned = clean_text(text)
    return cleaned if text_width(cleaned) <= width else _cut(cleaned, width - 1).rstrip() + "…"


def table_lines(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int, *, indent: int = 2) -> tuple[Line, ...]:
    """A table with a header and a rule, no wider than ``width``.

    Where it cannot be so narrow each row is a few lines: its first text, then titles with their values. In either form the second span of
    a line tells whether a row begins there.
    """
    spans = [[_span_of(cell) for cell in row] for row in rows]
    shown, widths = _fit_columns(columns, spans, width - indent)
    if len(shown) > 1 and sum(widths) + len(_GAP) * (len(widths) - 1) > width - indent:
        return _stacked_lines(columns, spans, width, indent)
    head = [Span(columns[index].title, "dim") for index in shown]
    rule = Span(" " * indent + "─" * (sum(widths) + len(_GAP) * (len(widths) - 1)), "dim")
    kept = [columns[index] for index in shown]
    body = (line for row in spans for line in _row_lines(kept, [row[index] for index in shown], widths, indent))
    return (*_row_lines(kept, head, widths, indent), (rule,), *body)


def _stacked_lines(columns: Sequence[Column], rows: Sequence[Sequence[Span]], width: int, indent: int) -> tuple[Line, ...]:
    """Rows one below the other: cells up to the first text, then the others, each behind its title."""
    named = next((index for index, column in enumerate(columns) if column.align == "left"), 0)
    titles = _GAP.join(column.title for column in columns[: named + 1] if column.title)
    lines: list[Line] = [(Span(" " * indent), Span(titles, "dim")), (Span(" " * indent + "─" * (width - indent), "dim"),)]
    for row in rows:
        first = _GAP.join(cell.text.strip() for cell in row[: named + 1] if cell.text.strip())
        style = row[named].style or columns[named].style
        rest = (
            f"{column.title} {cell.text}".strip().replace(" ", NO_BREAK)
            if text_width(cell.text) < _LEAST_TEXT
            else f"{column.title} {cell.text}"
            for column, cell in zip(columns[named + 1 :], row[named + 1 :], strict=True)
            if cell.text.strip() not in ("", "-")
        )
        for number, line in enumerate(wrap_words(first, width - indent - len(_GAP))):
            lines.append((Span(" " * indent), Span("" if number else line, style), *((Span("  " + line, style),) if number else ())))
        lines += [(Span(" " * indent), Span(_GAP), Span(line)) for line in wrap_words("; ".join(rest), width - indent - len(_GAP))]
    return tuple(lines)


def natural_width(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, indent: int = 2) -> int:
    """Columns of the page that a table takes if nothing is broken or left out."""
    widest = (
        max(text_width(column.title), *(text_width(_span_of(row[index]).text) for row in rows)) for index, column in enumerate(columns)
    )
    return indent + sum(widest) + len(_GAP) * (len(columns) - 1)


def plain_text(lines: Iterable[Line]) -> str:
    """The page without styles; every line ends with a line feed."""
    return "".join("".join(span.text for span in line).replace(NO_BREAK, " ").rstrip() + "\n" for line in lines)


def rich_text(lines: Iterable[Line]) -> Text:
    """The page as a Rich text, for a terminal that shows styles."""
    from rich.text import Text

    page = Text(no_wrap=True, overflow="ignore", end="")
    for line in lines:
        for span in line:
            page.append(span.text.replace(NO_BREAK, " "), span.style or None)
        page.append("\n")
    return page


def _span_of(cell: Cell) -> Span:
    return cell if isinstance(cell, Span) else Span(cell)


def _cut(text: str, width: int) -> str:
    taken = 0
    for index, character in enumerate(text):
        taken += _character_width(character)
        if taken > width and index:
            return text[:index]
    return text


def _fit_columns(columns: Sequence[Column], rows: Sequence[Sequence[Span]], width: int) -> tuple[list[int], list[int]]:
    """Indices and widths of the columns that are shown."""
    natural = [max([text_width(column.title), *(text_width(row[index].text) for row in rows)]) for index, column in enumerate(columns)]
    least = [_least_width(column, natural[index], [row[index].text for row in rows]) for index, column in enumerate(columns)]
    shown = [index for index in range(len(columns)) if not rows or any(row[index].text for row in rows)] or [0]
    while sum(natural[index] for index in shown) + len(_GAP) * (len(shown) - 1) > width:
        worst = max(columns[index].rank for index in shown)
        is_tight = sum(least[index] for index in shown) + len(_GAP) * (len(shown) - 1) > width
        if worst == 0 or (worst < EXTRA and not is_tight):
            break
        shown.remove(max(index for index in shown if columns[index].rank == worst))
    return shown, _shrink([natural[index] for index in shown], [least[index] for index in shown], width)


def _least_width(column: Column, natural: int, texts: Sequence[str]) -> int:
    """The narrowest a column may become: its longest word, if that is not a monster, is never cut."""
    if column.min_width is None:
        return natural
    longest = max((text_width(word) for text in (column.title, *texts) for word in text.split(" ")), default=1)
    return min(natural, max(column.min_width, min(longest, _LONGEST_WORD)))


def _shrink(natural: Sequence[int], least: Sequence[int], width: int) -> list[int]:
    """Take what is too much from the widest column that may be broken, one step at a time."""
    widths = list(natural)
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    while excess > 0:
        soft = [index for index in range(len(widths)) if widths[index] > least[index]]
        if not soft:
            break
        widths[max(soft, key=lambda index: widths[index])] -= 1
        excess -= 1
    return widths


def _row_lines(columns: Sequence[Column], cells: Sequence[Span], widths: Sequence[int], indent: int) -> list[Line]:
    wrapped = [
        wrap_words(cell.text, size) if text_width(cell.text) > size else [cell.text] for cell, size in zip(cells, widths, strict=True)
    ]
    lines: list[Line] = []
    for number in range(max(len(lines_of_cell) for lines_of_cell in wrapped)):
        spans = [Span(" " * indent)] if indent else []
        for index, column in enumerate(columns):
            text = wrapped[index][number] if number < len(wrapped[index]) else ""
            pad = " " * max(widths[index] - text_width(text), 0)
            spans.append(Span(pad + text if column.align == "right" else text + pad, cells[index].style or column.style))
            spans.append(Span(_GAP))
        lines.append(tuple(spans[:-1]))
    return lines
