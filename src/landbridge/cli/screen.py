"""What the commands write on: standard output and error, always UTF-8, with styles only on a terminal that shows them."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from landbridge.domain.headway import Headway
    from landbridge.report.page import Line

WIDTH_ELSEWHERE = 100
WIDEST = 140


def prepare_streams() -> None:
    """Make both streams write UTF-8 with plain line feeds and never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def page_width() -> int:
    """Columns of the terminal (or of COLUMNS), at most 140; 100 where there is none."""
    return min(shutil.get_terminal_size(fallback=(WIDTH_ELSEWHERE, 24)).columns, WIDEST)


def write_text(text: str) -> None:
    """Write on standard output and flush, so that a closed pipe is noticed here and not at the end."""
    if sys.stdout is not None:
        sys.stdout.write(text)
        sys.stdout.flush()


def write_wrapped(text: str) -> None:
    """Write plain text broken to the width of the page."""
    from landbridge.report.page import wrap_lines

    write_text(wrap_lines(text, page_width()))


def write_page(lines: Iterable[Line]) -> None:
    """Write a page, with styles if standard output is a terminal that shows them."""
    from landbridge.report.page import plain_text, rich_text

    if not has_styles():
        write_text(plain_text(lines))
        return
    from rich.console import Console

    console = Console(file=sys.stdout, width=page_width(), highlight=False, markup=False, emoji=False)
    console.print(rich_text(lines), end="", soft_wrap=True)
    sys.stdout.flush()


def has_styles() -> bool:
    """Whether standard output shows styles: a terminal, not a dumb one, and nobody asked for none."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout is not None and sys.stdout.isatty()


def write_notice(text: str) -> None:
    """Write one notice on standard error."""
    if sys.stderr is not None:
        sys.stderr.write(f"landbridge: {text}\n")
        sys.stderr.flush()


def write_headway(headway: Headway) -> None:
    """Write how far a piece of work is on standard error."""
    from landbridge.report.headway import headway_text

    write_notice(headway_text(headway))


def write_error_page(lines: Iterable[Line]) -> None:
    from landbridge.report.page import plain_text

    if sys.stderr is not None:
        sys.stderr.write(plain_text(lines))
        sys.stderr.flush()


def drop_output() -> None:
    """Send what is still to be written to nowhere: whoever read it has gone."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
