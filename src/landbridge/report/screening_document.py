"""Screenings as JSON, as CSV rows and as a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from landbridge.domain.screening import ListEdition, Screening, ScreeningMatch
from landbridge.report.figures import count_text
from landbridge.report.page import Column, Line, table_lines

CSV_COLUMNS = (
    "name",
    "kind",
    "country",
    "as_of",
    "verdict",
    "entry_id",
    "list",
    "program",
    "listed_on",
    "score",
    "entry_name",
    "why",
    "match_id",
    "warnings",
)
_MOST = 5


def screening_document(found: Screening, match_ids: tuple[str, ...] = ()) -> dict[str, Any]:
    """One screening as a JSON object."""
    ids = match_ids or ("",) * len(found.matches)
    return {
        "name": found.name,
        "kind": found.kind or None,
        "country": found.country or None,
        "as_of": found.as_of.isoformat(),
        "verdict": found.verdict,
        "matches": [_match_document(match, match_id) for match, match_id in zip(found.matches, ids, strict=True)],
        "lists": [list_document(row) for row in found.lists],
        "warnings": list(found.warnings),
    }


def _match_document(match: ScreeningMatch, match_id: str) -> dict[str, Any]:
    return {
        "match_id": match_id or None,
        "entry_id": match.entry_id,
        "list": match.list_name,
        "regime": match.regime,
        "program": match.program or None,
        "measure": match.measure,
        "entry_name": match.entry_name,
        "matched_name": match.matched_name,
        "score": match.score,
        "verdict": match.verdict,
        "listed_on": match.listed_on.isoformat() if match.listed_on else None,
        "delisted_on": match.delisted_on.isoformat() if match.delisted_on else None,
        "features": [{"feature": row.feature, "detail": row.detail, "factor": row.factor} for row in match.features],
        "decision": match.decision or None,
    }


def list_document(row: ListEdition) -> dict[str, Any]:
    """One edition of a list as a JSON object."""
    return {
        "list": row.list_name,
        "regime": row.regime,
        "published_on": row.published_on.isoformat() if row.published_on else None,
        "entries": row.entries,
        "owned": row.owned,
        "origin": row.origin,
    }


def render_editions(rows: Sequence[ListEdition], *, width: int) -> tuple[Line, ...]:
    """Editions of lists with their days and where they come from."""
    columns = (
        Column(title="of"),
        Column(title="entries", align="right"),
        Column(title="owned", align="right"),
        Column(title="list", min_width=24),
        Column(title="from", min_width=10),
    )
    told = [(f"{row.published_on or 'no day'}", str(row.entries), str(row.owned), row.list_name, row.origin) for row in rows]
    return table_lines(columns, told, width, indent=0)


def entries_text(rows: Sequence[ListEdition]) -> str:
    """How many entries lists have, and who is held by them besides."""
    entries = count_text(sum(row.entries for row in rows), "entry", "entries")
    text = f"{entries} of {count_text(len(rows), 'list')}"
    owned = sum(row.owned for row in rows)
    return text + (f" and {count_text(owned, 'party', 'parties')} held since those on them own it" if owned else "")


def explain_match(match: ScreeningMatch) -> str:
    """A match in one line: what was compared and what each difference does to the score."""
    parts = [f"{row.feature}: {row.detail}" + (f" (x{row.factor:.2f})" if abs(row.factor - 1) > 0.004 else "") for row in match.features]
    return "; ".join(parts)


def screening_text(found: Screening, match_ids: tuple[str, ...] = ()) -> str:
    """One screening as a page of plain text."""
    ids = match_ids or ("",) * len(found.matches)
    lines = [
        f"{found.verdict.upper()}  {found.name or '(no name)'}"
        + (f"  [{found.country}]" if found.country else "")
        + f"  as of {found.as_of}"
    ]
    for match, match_id in list(zip(found.matches, ids, strict=True))[:_MOST]:
        dates = f"listed {match.listed_on or 'on an unknown day'}" + (f", removed {match.delisted_on}" if match.delisted_on else "")
        lines.append(
            f"  {match.verdict:<8}{match.score:.2f}  {match.regime}: {match.list_name}"
            + (f", {match.program}" if match.program else "")
            + f"; {dates}"
        )
        lines.append(
            f"          {match.entry_name} ({match.entry_id}), {match.measure.replace('_', ' ')}"
            + (f"; match {match_id}" if match_id else "")
        )
        lines.append(f"          {explain_match(match)}")
        if match.decision:
            lines.append(f"          decision: {match.decision}")
    if len(found.matches) > _MOST:
        lines.append(f"  and {len(found.matches) - _MOST} weaker; --json shows them all")
    if not found.matches and found.verdict == "clear":
        lines.append(f"  none like it among {entries_text(found.lists)}")
    lines += [f"  ! {warning}" for warning in found.warnings]
    lines.append(_say_lists(found.lists))
    lines.append(
        "Names, and what the feed's ownership rows add to them: goods and licences are not seen here, and this is no legal advice."
    )
    return "\n".join(lines) + "\n"


def screening_row(found: Screening, match_id: str = "") -> tuple[str, ...]:
    """One screening as a row of CSV: its best match."""
    best = found.matches[0] if found.matches else None
    values = (
        found.name,
        found.kind,
        found.country,
        found.as_of.isoformat(),
        found.verdict,
        *(
            (
                best.entry_id,
                best.list_name,
                best.program,
                str(best.listed_on or ""),
                f"{best.score:.4f}",
                best.entry_name,
                explain_match(best),
            )
            if best
            else ("",) * 7
        ),
        match_id,
        " | ".join(found.warnings),
    )
    return tuple(neutral_cell(value) for value in values)


def neutral_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection), blanks before it or not, full width or not."""
    first = text.lstrip(" \u00a0\n")[:1]
    return f"'{text}" if first and first in "=+-@\t\r＝＋－＠" else text


def _say_lists(lists: tuple[ListEdition, ...]) -> str:
    dated = sorted((row for row in lists if row.published_on), key=lambda row: str(row.published_on))
    if not dated:
        return "No dated list is at hand."
    first, last = dated[0], dated[-1]
    days = f"from {first.published_on} ({first.list_name}) to {last.published_on}"
    if first.published_on == last.published_on:
        days = f"of {first.published_on}"
    return f"{len(lists)} lists, {days}; --json or landbridge lists show has each."
