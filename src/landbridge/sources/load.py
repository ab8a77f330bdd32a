"""A feed from its location to a Dataset: read, parse, lay over, resolve, build, guard. All findings at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any

from landbridge.domain.dataset import Dataset, DatasetInfo
from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.domain.record import Record
from landbridge.sources.check import check_guards
from landbridge.sources.codes import make_finding, sort_findings
from landbridge.sources.dictionary import get_tables
from landbridge.sources.digest import compute_digest
from landbridge.sources.manifest import FILE as PACKAGE_FILE
from landbridge.sources.manifest import make_info
from landbridge.sources.overlay import carry_tariffs, check_bare_figures, merge_feeds, resolve_known_from
from landbridge.sources.package import OpenFeed, read_feeds
from landbridge.sources.parse import ParsedFeed, Row, parse_feed
from landbridge.sources.rates import OwnRates, lay_rates, read_rates
from landbridge.sources.references import check_gates, check_references

MAX_ALIKE = 500
"""Findings of one code in one column of one file that are listed; the rest is counted."""


def load_dataset(location: str | Path, *, rates: Path | None = None) -> tuple[Dataset, tuple[Finding, ...]]:
    """Load a feed: a folder, a zip file, an .xlsx workbook or the name of a shipped feed.

    Parameters
    ----------
    location
        Where the feed lies. A shipped name goes before a path of the same name.
    rates
        A CSV file with columns of ``tariffs``, laid over the feed as the forwarder's own rates.

    Returns
    -------
    tuple
        The dataset, with the digest of its content, and the findings that do not stop its use.

    Raises
    ------
    DataError
        If anything is wrong that stops the use of the feed; it carries all findings, warnings too.
    """
    feeds, found = read_feeds(location)
    findings = list(found)
    parsed = merge_feeds([parse_feed(feed.raw, findings) for feed in feeds] or [ParsedFeed()])
    if not feeds:
        raise DataError(limit_findings(findings))
    file = f"{feeds[-1].raw.name}/{PACKAGE_FILE}"
    info = make_info([feed.manifest for feed in feeds], file, feeds[-1].raw.name, findings)
    own = read_rates(rates, info.as_of, findings) if rates is not None else None
    _check_rows(feeds, parsed, own, info, file, findings)
    rows = _resolve_rows(parsed, own, findings)
    dataset = _build_dataset(info, rows)
    findings.extend(check_guards(dataset))
    if any(finding.severity == "error" for finding in findings):
        raise DataError(limit_findings(findings))
    return dataset, limit_findings(findings)


def limit_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings, errors first, and count those beyond ``MAX_ALIKE`` of one kind in one column instead of listing them."""
    kept: list[Finding] = []
    counts: dict[tuple[str, str, str], int] = {}
    last: dict[tuple[str, str, str], Finding] = {}
    for finding in sort_findings(findings):
        key = (finding.code, finding.file, finding.column)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= MAX_ALIKE:
            kept.append(finding)
            last[key] = finding
    for key, count in counts.items():
        if count > MAX_ALIKE:
            kept.append(_say_more(last[key], count - MAX_ALIKE))
    return tuple(kept)


def _check_rows(
    feeds: tuple[OpenFeed, ...], parsed: ParsedFeed, own: OwnRates | None, info: DatasetInfo, file: str, findings: list[Finding]
) -> None:
    """Checks that need the rows of all feeds, before anything is worked out."""
    rows = parsed.rows
    if own is not None:
        rows = {**rows, "sources": [*rows.get("sources", ()), own.source], "tariffs": [*rows.get("tariffs", ()), *own.tariffs]}
    if not rows.get("places") and not any(finding.severity == "error" for finding in findings):
        findings.append(make_finding("FEED-EMPTY", file=file, message=f"the feed {info.name} has no places"))
    if feeds[0].manifest.extends is None:  # else the base is missing, and all its ids with it
        check_references(rows, _name_spoiled(findings).union(*(feed.lost for feed in feeds)), findings)
        check_gates(info, rows, file, findings)
    check_bare_figures(parsed, findings)
    if own is not None:
        bare = ParsedFeed(rows={"sources": rows["sources"]}, broken=parsed.broken, bare=own.parsed.bare)
        check_bare_figures(bare, findings)


def _name_spoiled(findings: list[Finding]) -> set[str]:
    """Tables whose file has an error as a whole, so that ids may be missing from it."""
    whole = (finding for finding in findings if finding.severity == "error" and not finding.code.startswith(("CELL", "RANGE", "KEY")))
    return {PurePath(finding.file).stem for finding in whole}


def _resolve_rows(parsed: ParsedFeed, own: OwnRates | None, findings: list[Finding]) -> dict[str, list[Row]]:
    """Rows that can be built, with everything worked out that the cells leave open."""
    broken = parsed.broken
    resolve_known_from(parsed.rows, broken)
    rates = own.tariffs if own is not None else []
    if own is not None:
        broken |= own.parsed.broken
        parsed.rows["sources"] = [*parsed.rows.get("sources", ()), own.source]
    tariffs = parsed.rows.get("tariffs", [])
    own_ids = {rate["tariff_id"] for rate in rates}
    carry_tariffs([*rates, *(row for row in tariffs if row["tariff_id"] not in own_ids)], broken, findings)
    rows = {table: [row for row in table_rows if row["row"] not in broken] for table, table_rows in parsed.rows.items()}
    if rates:
        rows["tariffs"] = lay_rates(rows.get("tariffs", []), [rate for rate in rates if rate["row"] not in broken], findings)
    return rows


def _build_dataset(info: DatasetInfo, rows: dict[str, list[Row]]) -> Dataset:
    tables: dict[str, Any] = {}
    for table, spec in get_tables().items():
        record: type[Record] = spec.record
        tables[table] = tuple([record(**row) for row in rows.get(table, ())])
    return Dataset(info=info, digest=compute_digest(info, rows), **tables)


def _say_more(finding: Finding, count: int) -> Finding:
    message = f"{count} more findings {finding.code} in this column"
    return make_finding("MORE-ALIKE", file=finding.file, column=finding.column, message=message)
