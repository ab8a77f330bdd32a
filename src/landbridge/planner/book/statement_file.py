"""Write a joint plan: the whole document for the chamber, one statement for each payer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from landbridge.domain.book import BookPlan
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.report.book_document import BOOK_FORMAT
from landbridge.report.book_statement import rows_text, statement_rows, statement_sheets
from landbridge.report.plan_document import document_text

_SAFE = "+"
"""Signs of ids that stay in the name of a file, beside letters, digits, ``_``, ``.`` and ``-``; others are escaped, so that no two ids
share a file."""
_STATEMENT = re.compile(r"statement-[^/\\]+\.(csv|xlsx)")


def open_book_folder(folder: str) -> None:
    """Make the folder of a joint plan before it is worked out, so that minutes of work do not end at a folder that cannot be written.

    Raises
    ------
    DataError
        If it cannot be made or written.
    """
    from landbridge.sources.files import open_folder

    open_folder(folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFiles:
    """Paths of what was written, of statements of an earlier run that are gone, and of those that stay since somebody changed them."""

    written: tuple[str, ...]
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def write_book(folder: str, plan: BookPlan, document: Mapping[str, Any], dataset: Dataset) -> BookFiles:
    """Write ``book.json``, ``statement-PAYER.csv`` and ``.xlsx`` for each payer into a folder, each whole or not at all.

    ``files`` of ``book.json`` holds the SHA-256 of each statement. By it a later run into the same folder knows the statements of payers
    who are none any more, and removes those that are still as they were written; it touches no other file.
    """
    from landbridge.sources.files import open_folder, remove_as_written, write_whole

    target = Path(folder)
    open_folder(target)
    statements: dict[str, bytes] = {}
    for payer, _ in plan.alone_by_payer:
        name = f"statement-{quote(payer, safe=_SAFE)}"
        rows = statement_rows(plan, payer, dataset)
        statements |= {f"{name}.{form}": statement_bytes(rows, form) for form in ("csv", "xlsx")}
    former = {name: digest for name, digest in _list_former(target / "book.json").items() if name not in statements}
    named = dict(document) | {"files": {name: hashlib.sha256(data).hexdigest() for name, data in statements.items()}}
    files = {"book.json": document_text(named).encode("utf-8")} | statements
    for name, data in files.items():
        write_whole(target / name, data)
    gone = {name: remove_as_written(target / name, digest) for name, digest in former.items() if (target / name).exists()}
    return BookFiles(
        written=tuple(str(target / name) for name in files),
        removed=tuple(str(target / name) for name, is_gone in gone.items() if is_gone),
        kept=tuple(str(target / name) for name, is_gone in gone.items() if not is_gone),
    )


def _list_former(path: Path) -> dict[str, str]:
    """Statements that an earlier run wrote beside its ``book.json``, with their digests; of one that tells none, or is none, nothing.

    Of a run that told no digests the statements of its payers are named with digests that no file has.
    """
    from landbridge.sources.files import read_json

    try:
        document = read_json(path)
    except DataError:
        return {}
    if not isinstance(document, dict) or document.get("format") != BOOK_FORMAT:
        return {}
    told, payers = document.get("files"), document.get("alone_by_payer")
    if not isinstance(told, dict):
        payers = payers if isinstance(payers, dict) else {}
        told = {f"statement-{quote(one, safe=_SAFE)}.{form}": "" for one in payers for form in ("csv", "xlsx")}
    return {name: str(digest) for name, digest in told.items() if _STATEMENT.fullmatch(name)}


def statement_bytes(rows: Sequence[tuple[object, ...]], form: str) -> bytes:
    """The rows of a statement as a file, ``csv`` or ``xlsx``."""
    from landbridge.planner.report_file import write_sheets

    return write_sheets(statement_sheets(rows)) if form == "xlsx" else rows_text(rows).encode("utf-8", "backslashreplace")
