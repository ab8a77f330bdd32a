"""Hold trade records and claims against each other."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError, QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.trade import TradeRecord
from landbridge.domain.trade_answer import TradeAnswer
from landbridge.report.figures import count_text

if TYPE_CHECKING:
    from landbridge.planner.whole_trade import WholeTradeQuestion


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
    files: dict[str, tuple[TradeRecord, ...]] = {}
    sources, records = list(dataset.sources), list(dataset.trade_records)
    for path in paths:
        source, found = read_trade_file(path, findings)
        sources.append(source)
        records += found
        files[Path(path).name] = found
    full = dataclasses.replace(dataset, sources=tuple(sources), trade_records=tuple(records))
    findings += check_trade_twice(full) if paths else ()
    if any(finding.severity == "error" for finding in findings):
        raise DataError(findings)
    for file, found in files.items():
        findings += _tell_other_pairs(dataset, full, file, found)
    return full, tuple(findings)


_USES = {
    "flow": "answered for beside {own}, as every flow is where no claim speaks of all goods",
    "neighbour": "used as neighbors of {own}: how they grew, and how far their books differ, moves the estimates",
    "nothing": "not used: they share no country with {own}, are of single goods, or have no exchange rate",
}
_MOST_PAIRS = 5


def _tell_other_pairs(feed: Dataset, full: Dataset, file: str, records: tuple[TradeRecord, ...]) -> Iterator[Finding]:
    """TRADE-OTHER-PAIR, TRADE-NO-OWN-PAIR: which figures of a file are of other countries than the feed's, and what they are used for."""
    from landbridge.statistics.use import list_other_pairs

    pairs, others = list_other_pairs(feed, full, records, feed.info.as_of)
    own = ", ".join(pairs[:_MOST_PAIRS]) + (f" and {len(pairs) - _MOST_PAIRS} more" if len(pairs) > _MOST_PAIRS else "")
    if others and sum(one.count for one in others) == len(records):
        yield Finding(
            code="TRADE-NO-OWN-PAIR", severity="warning", file=file, message=f"{count_text(len(records), 'figure')}, none of {own}",
            fix="look whether it is the right file, or export it with the countries of the feed as reporter and partner",
        )  # fmt: skip
    for use, text in _USES.items():
        rows = [one for one in others if one.use == use]
        count = sum(one.count for one in rows)
        told = ", ".join(f"{' - '.join(one.pair)} ({one.count})" for one in rows[:_MOST_PAIRS])
        more = f" and {count_text(len(rows) - _MOST_PAIRS, 'more pair')}" if len(rows) > _MOST_PAIRS else ""
        if rows:
            message = f"{count_text(count, 'figure')} of {len(records)} of {told}{more}: {text.format(own=own)}"
            fix = "nothing; look whether the file is of the countries that you mean"
            yield Finding(code="TRADE-OTHER-PAIR", severity="info", file=file, message=message, fix=fix)


def hold_trade(dataset: Dataset, *, as_of: str | None = None, seed: int = 1) -> TradeAnswer:
    """Compare both countries' books, estimate what is not disclosed and judge what was said.

    Raises
    ------
    QueryError
        If the day is none, or the seed is negative.
    """
    from landbridge.statistics.answer import answer_trade

    check_trade(as_of=as_of, seed=seed)
    return answer_trade(dataset, as_of=dataset.info.as_of if as_of is None else date.fromisoformat(as_of), seed=seed)


def check_trade(
    *, as_of: str | None = None, seed: int = 1, point: str = "p50", companies: int | None = None, book: WholeTradeQuestion | None = None
) -> None:
    """Refuse a question that cannot be asked of any feed, before anything is worked out; years are known only with the answer.

    Raises
    ------
    QueryError
        With everything that is wrong, at once.
    """
    from landbridge.planner.flow_book import check_point, check_senders
    from landbridge.planner.whole_trade import check_whole_trade

    findings: list[Finding] = []
    if as_of is not None:
        try:
            date.fromisoformat(as_of)
        except ValueError:
            findings.append(_say("DATE", f"--as-of {as_of[:40]!r} is not a date", "Write it as 2026-12-01."))
    if seed < 0:
        findings.append(_say("SEED", f"--seed {seed} is negative", "Give a whole number from 0 up."))
    findings += check_point(point)
    findings += check_senders(companies) if book is None else check_whole_trade(book)
    if findings:
        raise QueryError(findings)


def _say(code: str, message: str, fix: str) -> Finding:
    return Finding(code=code, severity="error", file="", row=None, column="", message=message, fix=fix)
