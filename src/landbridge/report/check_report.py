"""Findings and differences as tables and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from landbridge.domain.finding import Finding
from landbridge.report.document_form import encode
from landbridge.report.page import (
    BLANK,
    MIN_WIDTH,
    Cell,
    Column,
    Line,
    Span,
    heading,
    line_of,
    paragraph,
    table_lines,
    text_width,
    wrap_words,
)

_STYLES = {"error": "red", "warning": "yellow", "info": "dim"}
_ORDER = {"error": 0, "warning": 1, "info": 2}


class Differing(Protocol):
    """What a verification finds: a figure that a plan states otherwise than it comes out."""

    @property
    def where(self) -> str: ...
    @property
    def stated(self) -> object: ...
    @property
    def recomputed(self) -> object: ...
    @property
    def rule(self) -> str: ...


def render_check(location: str, findings: Sequence[Finding], *, width: int = 100) -> tuple[Line, ...]:
    """All findings of a feed, errors first, and how many there are."""
    columns = max(width, MIN_WIDTH)
    verdict = paragraph(Span(f"{location}: {findings_text(findings)}", "bold"), columns)
    return (*verdict, BLANK, *finding_rows(findings, columns)) if findings else verdict


def findings_text(findings: Sequence[Finding]) -> str:
    """How many findings there are of each severity, in words."""
    if not findings:
        return "nothing to find fault with"
    counts = {severity: sum(finding.severity == severity for finding in findings) for severity in _ORDER}
    words = {"error": "errors", "warning": "warnings", "info": "notices"}
    return ", ".join(f"{count} {words[severity] if count != 1 else words[severity][:-1]}" for severity, count in counts.items() if count)


def finding_rows(findings: Sequence[Finding], width: int) -> tuple[Line, ...]:
    """All findings, errors first; those with one code and one remedy stand under one head."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: _ORDER.get(one.severity, len(_ORDER))):
        groups.setdefault((finding.severity, finding.code, finding.fix), []).append(finding)
    lines: list[Line] = []
    for (severity, code, fix), same in groups.items():
        label = f"{severity} {code}"
        lines.append(line_of(Span(label, _STYLES.get(severity, "")), indent=2))
        lines += _places_and_messages(same, width)
        lines += paragraph(Span(fix, "dim"), width, indent=4, label="do: ", label_width=4) if fix else ()
    return tuple(lines)


def _places_and_messages(findings: Sequence[Finding], width: int) -> Iterator[Line]:
    """Where and what of each finding in two columns; in one sentence where the first would take too much room."""
    column = max(text_width(where_text(finding)) for finding in findings)
    for finding in findings:
        where = where_text(finding)
        if column > width // 2 - 6 and where:
            sentence = wrap_words(f"{where}: {finding.message}", width - 6)
            yield from (line_of(part, indent=6 if index else 4) for index, part in enumerate(sentence))
        else:
            yield from paragraph(finding.message, width, indent=4, label=where, label_width=column + 2 if column else 0)


def where_text(finding: Finding) -> str:
    """File, row and column of a finding: ``tariffs.csv:12, amount``."""
    row = f":{finding.row}" if finding.row is not None else ""
    return ", ".join(part for part in (finding.file + row, finding.column) if part)


ON_TOP = frozenset({"NO-LIST"})
"""Codes of findings without which no answer should be read: they stand above it."""


def first_lines(findings: Sequence[Finding], width: int) -> tuple[Line, ...]:
    """What is to be read before a plan, in one line each."""
    return tuple(line for finding in findings if finding.code in ON_TOP for line in _finding_line(finding, width, indent=0))


def finding_lines(findings: Sequence[Finding], width: int) -> tuple[Line, ...]:
    """The other notices of a plan in one line each."""
    told = [finding for finding in findings if finding.code not in ON_TOP]
    if not told:
        return ()
    lines = list(heading("NOTICES", findings_text(told), width))
    for finding in told:
        lines += _finding_line(finding, width, indent=2)
    return tuple(lines)


def _finding_line(finding: Finding, width: int, indent: int) -> tuple[Line, ...]:
    text = finding.message + (f" ({finding.fix})" if finding.fix else "")
    return tuple(paragraph(Span(text, _STYLES.get(finding.severity, "")), width, indent=indent))


def findings_document(location: str, findings: Sequence[Finding]) -> dict[str, Any]:
    """Findings as values that JSON knows."""
    return {
        "feed": location,
        "errors": sum(finding.severity == "error" for finding in findings),
        "warnings": sum(finding.severity == "warning" for finding in findings),
        "findings": [encode(finding) for finding in findings],
    }


def render_differences(differences: Sequence[Differing], *, width: int = 100) -> tuple[Line, ...]:
    """What a plan states and what came out, side by side."""
    columns = (
        Column(title="where", min_width=16),
        Column(title="stated", min_width=10, style="red"),
        Column(title="recomputed", min_width=10, style="green"),
        Column(title="by", min_width=12, rank=1, style="dim"),
    )
    rows: list[list[Cell]] = [[one.where, str(one.stated), str(one.recomputed), one.rule] for one in differences]
    count = len(rows)
    return (
        *heading("DIFFERENCES", f"{count}: the plan states what the feed does not give", width),
        BLANK,
        *table_lines(columns, rows, max(width, MIN_WIDTH)),
    )


def differences_document(differences: Iterable[Differing]) -> dict[str, Any]:
    """Differences as values that JSON knows."""
    rows = [{"where": one.where, "stated": str(one.stated), "recomputed": str(one.recomputed), "rule": one.rule} for one in differences]
    return {"is_verified": not rows, "differences": rows}
