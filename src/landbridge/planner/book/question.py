"""From words to a question about a book: all that is wrong with it, at once."""

from __future__ import annotations

import math
from datetime import date

from landbridge.domain.book_state import KeptWay
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.planner.book.candidates import BookQuestion
from landbridge.planner.book.reach import ReachQuestion
from landbridge.planner.sweep import Crew, check_crew

_MOST_SECONDS = 86_400.0
_MOST_DRAWS = 1000
_MOST_COPIES = 100
_MOST_CAPS = 100
_MOST_PRICE = 100_000.0


def ask_book(
    dataset: Dataset, *, horizon: str | None = None, as_of: str | None = None, seconds: float = 60.0, levers: float = 30.0,
    shares: float = 30.0, all_ways: float = 30.0, draws: int = 20, seed: int = 0, co2e_cap: float | None = None, frontier: int = 0,
    co2e_price: float = 0.0,
    committed: tuple[KeptWay, ...] = (), partner: str | None = None, is_exact: bool = False, crew: Crew | None = None,
) -> BookQuestion:  # fmt: skip
    """Turn words into a question about a book.

    Parameters
    ----------
    horizon
        ``2026-12-01:2027-05-31``: shipments ready in these days; either end may be left out.

    Raises
    ------
    QueryError
        With everything that is wrong, at once.
    """
    findings: list[Finding] = []
    first, last = _horizon(horizon, findings)
    asked = _date("--as-of", as_of, findings) or dataset.info.as_of
    for name, value in (("--seconds", seconds), ("--levers", levers), ("--shares", shares), ("--all-ways", all_ways)):
        if not math.isfinite(value) or not 0 <= value <= _MOST_SECONDS or (name == "--seconds" and value == 0):
            findings.append(
                Finding(
                    code="SECONDS",
                    column=name,
                    message=f"{value:g} is no time limit",
                    fix=f"give seconds {'above 0' if name == '--seconds' else 'from 0'}, at most {_MOST_SECONDS:g}",
                )
            )
    if not 0 <= draws <= _MOST_DRAWS:
        findings.append(
            Finding(code="DRAWS", column="--draws", message=f"{draws} draws cannot be made", fix=f"give a number from 0 to {_MOST_DRAWS}")
        )
    if co2e_cap is not None and not (math.isfinite(co2e_cap) and co2e_cap >= 0):
        message = f"{co2e_cap:g} t is no cap"
        findings.append(Finding(code="EMISSION-CAP", column="--co2e-cap", message=message, fix="give tonnes of CO2e, 0 or more"))
    if not (math.isfinite(co2e_price) and 0 <= co2e_price <= _MOST_PRICE):
        message = f"{co2e_price:g} is no price of a tonne of CO2e"
        findings.append(Finding(code="EMISSION-PRICE", column="--co2e-price", message=message, fix=f"give 0 to {_MOST_PRICE:g}"))
    if not 0 <= frontier <= _MOST_CAPS:
        message = f"{frontier} caps cannot be tried"
        findings.append(Finding(code="FRONTIER", column="--frontier", message=message, fix=f"give a number from 0 to {_MOST_CAPS}"))
    try:
        check_crew(crew or Crew())
    except QueryError as error:
        findings += error.findings
    if findings:
        raise QueryError(findings)
    return BookQuestion(
        as_of=asked,
        horizon_from=first,
        horizon_to=last,
        seconds=seconds,
        levers_seconds=levers,
        shares_seconds=shares,
        all_ways_seconds=all_ways,
        draws=draws,
        seed=seed,
        most_emission_g=None if co2e_cap is None else round(co2e_cap * 1e6),
        frontier=frontier,
        co2e_cents_per_t=round(100 * co2e_price),
        committed=committed,
        partner_of=partner,
        is_exact=is_exact,
        crew=crew or Crew(),
    )


def ask_reach(
    dataset: Dataset, *, target: float = 15.0, volumes: str = "1,2,3,6", as_of: str | None = None, seconds: float = 60.0,
    draws: int = 20, seed: int = 0,
) -> ReachQuestion:  # fmt: skip
    """Turn words into a question about what reaches a saving.

    Raises
    ------
    QueryError
        With everything that is wrong, at once.
    """
    findings: list[Finding] = []
    if not math.isfinite(target) or not 0 < target < 100:
        message = f"{target:g} % is no saving"
        findings.append(Finding(code="TARGET", column="--target", message=message, fix="give a number above 0 and below 100"))
    parts = [part.strip() for part in volumes.split(",")]
    if not all(part.isdecimal() and 1 <= int(part) <= _MOST_COPIES for part in parts):
        fix = f"write whole numbers from 1 to {_MOST_COPIES} as 1,2,6"
        findings.append(Finding(code="VOLUMES", column="--volumes", message=f"{volumes[:40]!r} names no volumes", fix=fix))
    book = None
    try:
        book = ask_book(dataset, as_of=as_of, seconds=seconds, levers=0, shares=0, all_ways=seconds, draws=draws, seed=seed)
    except QueryError as error:
        findings += error.findings
    if findings or book is None:
        raise QueryError(findings)
    return ReachQuestion(book=book, target_percent=target, volumes=tuple(sorted({int(part) for part in parts})))


def _horizon(text: str | None, findings: list[Finding]) -> tuple[date | None, date | None]:
    if text is None:
        return None, None
    begin, colon, end = text.partition(":")
    if not colon:
        findings.append(
            Finding(code="HORIZON", column="--horizon", message=f"{text[:40]!r} is no horizon", fix="write it as 2026-12-01:2027-05-31")
        )
        return None, None
    first, last = (_date("--horizon", part or None, findings) for part in (begin, end))
    if first and last and last < first:
        findings.append(
            Finding(
                code="HORIZON", column="--horizon", message=f"{first} to {last} ends before it begins", fix="give the earlier day first"
            )
        )
    return first, last


def _date(name: str, text: str | None, findings: list[Finding]) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        findings.append(Finding(code="DATE", column=name, message=f"{text[:40]!r} is no date", fix="write it as 2026-12-01"))
        return None
