"""Findings: what is wrong in an input, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong or worth knowing.

    Attributes
    ----------
    code
        Stable code, e.g. ``TARIFF-OVERLAP``; listed in docs/findings.md.
    severity
        ``error`` stops the use of the input, ``warning`` does not, ``info`` is a notice.
    file, row, column
        Where; ``row`` counts lines of the file, the header being 1; None where it does not apply.
    message
        What is wrong, with the value and the allowed range.
    fix
        What to do.
    """

    code: str
    severity: Severity = "error"
    file: str = ""
    row: int | None = None
    column: str = ""
    message: str
    fix: str = ""
