"""Errors of landbridge.

LandbridgeError
├── DataError        a feed, a plan or an input file is wrong; carries all findings
├── QueryError       a question is wrong; carries all findings
├── UnknownIdError   an id that is not in the dataset
├── ClusterError     machines that share the work cannot be reached, or went away
├── SolverError      the solver failed, which says nothing about the question
└── SettingError     a setting of the program is wrong
"""

from __future__ import annotations

from collections.abc import Sequence

from landbridge.domain.finding import Finding


class LandbridgeError(Exception):
    """Base of every error that landbridge raises on purpose."""


class FindingsError(LandbridgeError):
    """An error that carries findings, all of them at once; what to do about each stands under its traceback (PEP 678)."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.message for finding in self.findings) or "no findings")
        for fix in dict.fromkeys(finding.fix for finding in self.findings if finding.fix):
            self.add_note(fix)


class DataError(FindingsError):
    """A file cannot be used; ``findings`` says why, all at once."""


class QueryError(FindingsError):
    """A question cannot be asked in this way; ``findings`` says why, all at once."""


class UnknownIdError(LandbridgeError):
    """An id is not in the dataset."""

    def __init__(self, kind: str, unknown_id: str) -> None:
        self.kind = kind
        self.unknown_id = unknown_id
        super().__init__(f"no {kind} has the id {unknown_id!r}")


class SolverError(LandbridgeError):
    """The solver failed; an infeasible or unfinished program is an answer and not this."""


class ClusterError(LandbridgeError):
    """Machines that share the work cannot be reached or went away; what is finished is kept where that was asked for."""


class SettingError(LandbridgeError):
    """A setting of the program is wrong."""
