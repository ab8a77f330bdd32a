"""The gate: what screening finds among a feed's parties, entered as designations, so that every plan through every door obeys it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import PartyId, RegimeId
from landbridge.domain.party import UNNAMED, WatchlistEntry, is_listed
from landbridge.domain.screening import ScreeningMatch
from landbridge.screening.index import ListIndex
from landbridge.screening.match import BLOCK_SCORE
from landbridge.screening.ownership import enter_owned


@dataclass(frozen=True, slots=True, kw_only=True)
class GateMatch:
    """A party of the feed that a list names, or may name; ``kind`` is what it was looked for as."""

    party_id: str
    name: str
    match: ScreeningMatch
    kind: str = ""


def match_parties(dataset: Dataset, index: ListIndex, on: date) -> tuple[GateMatch, ...]:
    """Every party of a feed against every entry, each with its best name; entries that name the party by id are left out.

    A party of which nobody said what it is, is looked for as anything, as ``landbridge screen NAME`` does, and as a company. Who stands
    for nobody in particular is not looked for. An owner that is frozen itself ``on`` the day is not matched with what it owns then,
    which may bear its name: the reason would be that it owns itself.
    """
    frozen = {
        (str(row.party_id), str(row.regime_id))
        for row in dataset.watchlist
        if row.party_id and row.measure == "freeze" and is_listed(row, on)
    }
    owners = {(row.owner_id, row.owned_id) for row in dataset.ownership if (row.valid_from or date.min) <= on <= (row.valid_to or date.max)}
    designated = {entry.entry_id: entry.party_id for entry in index.entries if entry.party_id}
    named = {(str(row.party_id), row.entry_id) for row in dataset.watchlist if row.party_id}
    named |= {(str(entry.party_id), entry.entry_id) for entry in index.entries if entry.party_id}
    found: dict[tuple[str, str, str], GateMatch] = {}
    for party in (one for one in dataset.parties if one.kind != UNNAMED):
        identifiers = frozenset({("imo", party.imo)}) if party.imo else frozenset[tuple[str, str]]()
        kinds = ("company",) if party.kind == "authority" else (party.kind,) if party.kind else ("", "company")
        for name, kind in product(dict.fromkeys((party.name, *party.names)), kinds):
            for match in index.find(name, kind, party.country or "", identifiers):
                key = (str(party.party_id), match.list_name, match.entry_id)
                if (party.party_id, match.entry_id) in named:
                    continue
                if (party.party_id, match.regime) in frozen and (party.party_id, designated.get(match.entry_id)) in owners:
                    continue
                known = found.get(key)
                if known is None or match.score > known.match.score:
                    found[key] = GateMatch(party_id=str(party.party_id), name=name, match=match, kind=kind)
    return tuple(found.values())


def enter_matches(dataset: Dataset, matches: Iterable[GateMatch]) -> Dataset:
    """A dataset in which surely matched parties are designated, with list, program, dates and the reason; then what they own.

    Parameters
    ----------
    dataset
        The feed.
    matches
        What :func:`match_parties` found, without those that two people decided to be another party.
    """
    regimes = {row.regime_id for row in dataset.regimes}
    known = {(row.party_id, row.entry_id) for row in dataset.watchlist}
    entries = tuple(
        _make_entry(dataset, one)
        for one in matches
        if one.match.score >= BLOCK_SCORE and one.match.regime in regimes and (one.party_id, one.match.entry_id) not in known
    )
    return enter_owned(replace(dataset, watchlist=(*dataset.watchlist, *entries)) if entries else dataset)


def _make_entry(dataset: Dataset, one: GateMatch) -> WatchlistEntry:
    """The entry under the name of the matched party: under its own it would designate whoever else bears that name once more."""
    match = one.match
    why = "; ".join(f"{row.feature}: {row.detail}" for row in match.features)
    told = f"{match.entry_name!r} matches {one.name!r}, score {match.score:.2f} ({why})"
    party = dataset.party_by_id[one.party_id]
    return WatchlistEntry(
        entry_id=f"{match.entry_id}:{one.party_id}",
        regime_id=RegimeId(match.regime),
        list_name=match.list_name,
        program=f"{match.program + ', ' if match.program else ''}{told}",
        name=one.name,
        party_id=PartyId(one.party_id),
        measure=match.measure,
        listed_on=match.listed_on or date(1900, 1, 1),
        delisted_on=match.delisted_on,
        source_id=party.source_id,
        row=party.row,
    )


def list_reviews(matches: Iterable[GateMatch], party_ids: frozenset[str], as_of: date) -> tuple[GateMatch, ...]:
    """Matches of some parties on a day that a person has to look at."""
    return tuple(one for one in matches if one.party_id in party_ids and one.match.score < BLOCK_SCORE and is_listed(one.match, as_of))
