"""Screen names against the lists at hand: those of a feed, those of the feed ``world`` that it has nothing of, and the imported ones."""

from __future__ import annotations

from datetime import date

from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.screening import Screening
from landbridge.planner.feed import load_feed
from landbridge.planner.screening import Party, Screener, record_screening
from landbridge.planner.world.held_law import hold_law


def screen_party(party: Party, *, feed: str, as_of: date | None = None, gates: tuple[str, ...] = (), at: str | None = None) -> Screening:
    """Screen one party against the lists of a feed and all imported ones, and note it in the audit log."""
    screener = make_screener(feed, as_of=as_of, gates=gates)
    found = screener.screen(party)
    return found if at is None else record_screening(party, found, at)


def make_screener(feed: str, *, as_of: date | None = None, gates: tuple[str, ...] = ()) -> Screener:
    """Read lists and decisions once; ``as_of`` is the feed's own day where none is given.

    Raises
    ------
    QueryError
        If a regime to gate is none of the feed's.
    """
    dataset = hold_law(load_feed(feed)[0])
    known = sorted({str(row.regime_id) for row in dataset.regimes} | {str(row.regime_id) for row in dataset.watchlist})
    wrong = [code for code in gates if code not in known]
    if wrong:
        raise QueryError(
            [
                Finding(code="UNKNOWN-REGIME", column="--gate", message=f"no regime {code[:20]!r}", fix=f"known are: {', '.join(known)}")
                for code in wrong
            ]
        )
    return Screener(dataset, as_of=as_of or dataset.info.as_of, gates=frozenset(gates))
