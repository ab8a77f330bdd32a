"""Write a joint plan: the whole document for the chamber, one statement for each payer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from landbridge.domain.book import BookPlan
from landbridge.domain.dataset import Dataset
from landbridge.report.book_statement import rows_text, statement_rows, statement_sheets
from landbridge.report.plan_document import document_text

_SAFE = "+"
"""Signs of ids that stay in the name of a file, beside letters, digits, ``_``, ``.`` and ``-``; others are escaped, so that no two ids
share a file."""


def open_book_folder(folder: str) -> None:
    """Make the folder of a joint plan before it is worked out, so that minutes of work do not end at a folder that cannot be written.

    Raises
    ------
    DataError
        If it cannot be made or written.
    """
    from landbridge.sources.files import open_folder

    open_folder(folder)


def write_book(folder: str, plan: BookPlan, document: Mapping[str, Any], dataset: Dataset) -> tuple[str, ...]:
    """Write ``book.json``, ``statement-PAYER.csv`` and ``.xlsx`` for each payer into a folder, each whole or not at all; their paths."""
    from landbridge.sources.files import open_folder, write_whole

    target = Path(folder)
    open_folder(target)
    files = {"book.json": document_text(document).encode("utf-8")}
    for payer, _ in plan.alone_by_payer:
        name = f"statement-{quote(payer, safe=_SAFE)}"
        rows = statement_rows(plan, payer, dataset)
        files |= {f"{name}.{form}": statement_bytes(rows, form) for form in ("csv", "xlsx")}
    for name, data in files.items():
        write_whole(target / name, data)
    return tuple(str(target / name) for name in files)


def statement_bytes(rows: Sequence[tuple[object, ...]], form: str) -> bytes:
    """The rows of a statement as a file, ``csv`` or ``xlsx``."""
    from landbridge.planner.report_file import write_sheets

    return write_sheets(statement_sheets(rows)) if form == "xlsx" else rows_text(rows).encode("utf-8", "backslashreplace")
