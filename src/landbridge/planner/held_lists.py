"""Screen names against the lists at hand: those of a feed, those of the feed ``world`` that it has nothing of, and the imported ones."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.screening import Screening
from landbridge.planner.feed import load_feed
from landbridge.planner.same_feed import SameFeed
from landbridge.planner.screening import Party, Screener, record_screening
from landbridge.planner.world.chain import find_base
from landbridge.planner.world.joined_law import join_lists


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
    dataset = hold_lists(load_feed(feed)[0])
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


def hold_lists(dataset: Dataset) -> Dataset:
    """The feed with the lists that names are screened against beside its own: those of the feed ``world`` that it has nothing of."""
    return _hold_lists(SameFeed(dataset))


@lru_cache(maxsize=4)
def _hold_lists(feed: SameFeed) -> Dataset:
    return join_lists(feed.dataset, find_base(feed.dataset))
