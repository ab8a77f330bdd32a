"""The one list of finding codes, ``findings.csv``: severity, meaning and what to do; every finding of this room is made here."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from landbridge.domain.finding import Finding, Severity

_SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning", "info": "info"}
_ORDER = ("error", "warning", "info")


MAX_MESSAGE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingCode:
    """One code: how severe a finding of it is, what it means, and what to do unless the finding says better."""

    code: str
    severity: Severity
    meaning: str
    fix: str


@cache
def get_codes() -> dict[str, FindingCode]:
    """Read the list, once: every code by its name, in the order of the file."""
    with Path(__file__).with_name("findings.csv").open(encoding="utf-8", newline="") as handle:
        return {
            row["code"]: FindingCode(code=row["code"], severity=_SEVERITIES[row["severity"]], meaning=row["meaning"], fix=row["fix"])
            for row in csv.DictReader(handle)
        }


def make_finding(code: str, *, file: str = "", row: int | None = None, column: str = "", message: str, fix: str | None = None) -> Finding:
    """Make a finding; its severity, and what to do if ``fix`` is None, come from the list."""
    entry = get_codes()[code]
    if len(message) > MAX_MESSAGE:
        message = f"{message[: MAX_MESSAGE - 3]}..."
    return Finding(
        code=code, severity=entry.severity, file=file, row=row, column=column, message=message, fix=entry.fix if fix is None else fix
    )


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings: errors first, then by file, row, column and code."""
    return sorted(findings, key=lambda item: (_ORDER.index(item.severity), item.file, item.row or 0, item.column, item.code))
