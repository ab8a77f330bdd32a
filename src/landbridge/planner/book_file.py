"""Write a joint plan: the whole document for the chamber, one statement for each payer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from landbridge.domain.book import BookPlan
from landbridge.report.book_statement import statement_text
from landbridge.report.plan_document import document_text

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")


def write_book(folder: str, plan: BookPlan, document: Mapping[str, Any]) -> tuple[str, ...]:
    """Write ``book.json`` and ``statement-PAYER.csv`` for each payer into a folder, each whole or not at all; their paths."""
    from landbridge.sources.files import write_whole

    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    texts = {"book.json": document_text(document)}
    for payer, _ in plan.alone_by_payer:
        texts[f"statement-{_UNSAFE.sub('_', payer)}.csv"] = statement_text(plan, payer)
    for name, text in texts.items():
        write_whole(target / name, text.encode("utf-8"))
    return tuple(str(target / name) for name in texts)
