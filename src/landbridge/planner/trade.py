"""Hold trade records and claims against each other."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError, QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.trade_answer import TradeAnswer


def add_records(dataset: Dataset, paths: Sequence[str]) -> tuple[Dataset, tuple[Finding, ...]]:
    """Lay exports of UN Comtrade, WITS or Eurostat Comext over a feed's trade records.

    Raises
    ------
    DataError
        With everything that is wrong with the files, or with the feed once they are in it.
    """
    from landbridge.sources.check_trade import check_trade_twice
    from landbridge.sources.trade_exports import read_trade_file

    findings: list[Finding] = []
    sources, records = list(dataset.sources), list(dataset.trade_records)
    for path in paths:
        source, found = read_trade_file(path, findings)
        sources.append(source)
        records += found
    full = dataclasses.replace(dataset, sources=tuple(sources), trade_records=tuple(records))
    findings += check_trade_twice(full) if paths else ()
    if any(finding.severity == "error" for finding in findings):
        raise DataError(findings)
    return full, tuple(findings)


def hold_trade(dataset: Dataset, *, as_of: str | None = None, seed: int = 1) -> TradeAnswer:
    """Compare both countries' books, estimate what is not disclosed and judge what was said.

    Raises
    ------
    QueryError
        If the day is none, or the seed is negative.
    """
    from landbridge.statistics.answer import answer_trade

    findings: list[Finding] = []
    day = dataset.info.as_of
    if as_of is not None:
        try:
            day = date.fromisoformat(as_of)
        except ValueError:
            findings.append(_say("DATE", f"--as-of {as_of[:40]!r} is not a date", "Write it as 2026-12-01."))
    if seed < 0:
        findings.append(_say("SEED", f"--seed {seed} is negative", "Give a whole number from 0 up."))
    if findings:
        raise QueryError(findings)
    return answer_trade(dataset, as_of=day, seed=seed)


def _say(code: str, message: str, fix: str) -> Finding:
    return Finding(code=code, severity="error", file="", row=None, column="", message=message, fix=fix)
