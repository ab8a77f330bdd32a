"""Write a joint plan: the whole document for the chamber, one statement for each payer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from landbridge.domain.book import BookPlan
from landbridge.report.book_statement import rows_text, statement_rows
from landbridge.report.plan_document import document_text

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")


def write_book(folder: str, plan: BookPlan, document: Mapping[str, Any]) -> tuple[str, ...]:
    """Write ``book.json``, ``statement-PAYER.csv`` and ``.xlsx`` for each payer into a folder, each whole or not at all; their paths."""
    from landbridge.sources.files import write_whole

    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    files = {"book.json": document_text(document).encode("utf-8")}
    for payer, _ in plan.alone_by_payer:
        name = f"statement-{_UNSAFE.sub('_', payer)}"
        rows = statement_rows(plan, payer)
        files |= {f"{name}.{form}": statement_bytes(rows, form) for form in ("csv", "xlsx")}
    for name, data in files.items():
        write_whole(target / name, data)
    return tuple(str(target / name) for name in files)


def statement_bytes(rows: Sequence[tuple[object, ...]], form: str) -> bytes:
    """The rows of a statement as a file, ``csv`` or ``xlsx``."""
    return _workbook(rows) if form == "xlsx" else rows_text(rows).encode("utf-8", "backslashreplace")


def _workbook(rows: Sequence[tuple[object, ...]]) -> bytes:
    """One sheet; a text that begins like a formula stays a text."""
    from openpyxl import Workbook  # only when something is written

    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(row=number, column=place, value=value if isinstance(value, (str, int, date)) else str(value))
            if isinstance(value, str):
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
