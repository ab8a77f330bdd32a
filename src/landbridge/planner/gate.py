"""The gate inside every plan: a feed with what screening, ownership and imported lists add to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from shlex import quote

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.query import Query
from landbridge.domain.screening import ScreeningFeature
from landbridge.planner.plan_record import stamp_gate
from landbridge.planner.policy import Narrowing, narrow_policy
from landbridge.planner.same_feed import SameFeed
from landbridge.planner.screening import STALE_DAYS, Party, Screener, feed_editions
from landbridge.planner.world.held_law import hold_law
from landbridge.screening.gate import GateMatch, enter_matches, list_reviews, match_parties
from landbridge.screening.index import judge_match
from landbridge.screening.match import BLOCK_SCORE
from landbridge.screening.ownership import enter_owned
from landbridge.sources.package import list_shipped_feeds
from landbridge.store.kept import keep, key_of, recall
from landbridge.store.lists import read_editions


@dataclass(frozen=True)
class _Key:
    """A dataset by identity, with the editions and decisions that it is gated by."""

    feed: SameFeed
    has_lists: bool
    stamp: tuple[str, ...]
    on: date

    @property
    def dataset(self) -> Dataset:
        return self.feed.dataset


def gate_dataset(dataset: Dataset, query: Query) -> Dataset:
    """The dataset that plans are made from: all law that holds in the feed stands in it, matched and owned parties are designated.

    There is no option that leaves this out. The same object comes back for the same lists and decisions, so that its graph is compiled
    once.
    """
    return _gated(_key_of(dataset, query.as_of))[0]


def _key_of(dataset: Dataset, on: date) -> _Key:
    return _Key(SameFeed(hold_law(dataset)), bool(read_editions()), stamp_gate(), on)


@lru_cache(maxsize=8)
def _gated(key: _Key) -> tuple[Dataset, tuple[GateMatch, ...]]:
    if not key.has_lists and not key.dataset.watchlist:
        return enter_owned(key.dataset), ()
    kept = _kept_matches(key)
    return narrow_policy(enter_matches(key.dataset, kept), key.on)[0], kept


def _kept_matches(key: _Key) -> tuple[GateMatch, ...]:
    """Matches of the parties of a feed, as people decided them; kept for the same parties, entries, lists, decisions, day and code."""
    data = key.dataset
    named = key_of("gate", data.info, data.regimes, data.parties, data.watchlist, data.ownership, data.sources, key.stamp, key.on)
    found = recall(named)
    if not isinstance(found, tuple):
        screener = Screener(key.dataset, as_of=key.on)
        matches = (_apply_decision(screener, key.dataset, one) for one in match_parties(key.dataset, screener.index, key.on))
        found = tuple(one for one in matches if one is not None)
        keep(named, found)
    return found


def say_narrowings(dataset: Dataset, query: Query) -> str:
    """What two people decided that does not block here, in words; empty if nothing."""
    return "; ".join(row.text for row in narrow_policy(hold_law(dataset), query.as_of)[1])


def _apply_decision(screener: Screener, dataset: Dataset, one: GateMatch) -> GateMatch | None:
    """A match as people decided it: gone where two of them cleared it, sure where one says that it is the party."""
    decision = screener.find_decision(gate_party(dataset, one), one.match)
    if decision is None or not decision.holds(one.match, screener.as_of):
        return one
    if decision.verdict == "clear":
        return None
    told = ScreeningFeature(
        feature="decision", detail=f"blocked by {decision.decided_by}: {decision.reason}", factor=max(1.0, BLOCK_SCORE / one.match.score)
    )
    score = max(one.match.score, BLOCK_SCORE)
    return replace(one, match=replace(one.match, score=score, features=(*one.match.features, told)))


def gate_party(dataset: Dataset, one: GateMatch) -> Party:
    """The party of a match as ``landbridge screen NAME --kind --country`` would ask, so that both mean the same decision."""
    party = dataset.party_by_id[one.party_id]
    return Party(name=one.name, kind=one.kind, country=party.country or "")


def find_gate_findings(dataset: Dataset, query: Query, operators: frozenset[str]) -> tuple[Finding, ...]:
    """What the gate has to say beside blocking: names that a person has to look at, and lists that are stale.

    Parameters
    ----------
    dataset
        The feed, as it was before the gate.
    query
        The question: its parties and its day.
    operators
        Parties that the plans use.
    """
    dataset = hold_law(dataset)
    matches = _gated(_key_of(dataset, query.as_of))[1]
    wanted = operators | {party for party in (query.shipper_id, query.consignee_id) if party}
    found = [_say_review(dataset, one) for one in list_reviews(matches, frozenset(wanted), query.as_of)]
    found += [_say_narrowing(row) for row in narrow_policy(dataset, query.as_of)[1]]
    editions = (*feed_editions(dataset), *read_editions())
    if not editions:
        found.append(
            Finding(
                code="NO-LIST",
                severity="warning",
                message="the feed holds no list and none was imported: nobody in this answer was screened",
                fix="import lists: landbridge lists import; or copy the rows of a shipped feed into watchlist.csv",
            )
        )
    for edition in editions:
        if edition.published_on and (query.as_of - edition.published_on).days > STALE_DAYS:
            age = (query.as_of - edition.published_on).days
            found.append(
                Finding(
                    code="LIST-STALE",
                    severity="warning",
                    message=f"{edition.list_name} is of {edition.published_on}, {age} days old",
                    fix="import a newer edition: landbridge lists import",
                )
            )
    return tuple(found)


def find_reviews(dataset: Dataset, party_ids: frozenset[str], as_of: date) -> tuple[Finding, ...]:
    """Which of some parties of a feed a person has to look at, on a day: also what is surely listed and blocks nothing here."""
    dataset = hold_law(dataset)
    matches = _gated(_key_of(dataset, as_of))[1]
    policy = narrow_policy(dataset, as_of)[0].info.gates
    gates = frozenset(row.regime_id for row in dataset.regimes) if policy is None else frozenset(policy)
    wanted = (one for one in matches if one.party_id in party_ids and judge_match(one.match, gates, as_of) == "review")
    return tuple(_say_review(dataset, one) for one in wanted)


def _say_narrowing(row: Narrowing) -> Finding:
    return Finding(
        code="POLICY-NARROWED",
        severity="warning",
        message=f"designations of {row.regime} do not block in this answer: {row.text}",
        fix=f"to make them block again: --gate {row.regime}, or let the decision run out",
    )


def _say_review(dataset: Dataset, one: GateMatch) -> Finding:
    match, party = one.match, gate_party(dataset, one)
    why = "; ".join(f"{row.feature}: {row.detail}" for row in match.features)
    program = f", {match.program}" if match.program else ""
    message = f"{one.party_id} ({one.name}) may be {match.entry_name!r} of {match.list_name}{program}, listed {match.listed_on or 'on an unknown day'}: score {match.score:.2f} ({why})"  # noqa: E501
    kind = f" --kind {party.kind}" if party.kind else ""
    country = f" --country {party.country}" if party.country else ""
    return Finding(
        code="PARTY-REVIEW",
        severity="warning",
        message=message,
        fix=f"landbridge screen {quote(one.name)}{kind}{country}{_tell_feed(dataset)}, then landbridge decide",
    )


def _tell_feed(dataset: Dataset) -> str:
    """The option by which a command asks this feed: where it lies is known of those that come with the package alone."""
    return f" --feed {dataset.info.name}" if dataset.info.name in list_shipped_feeds() else " --feed FEED (the folder or file of this feed)"
