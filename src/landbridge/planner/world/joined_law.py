"""Law of the feed ``world`` for a feed that does not hold it itself: regimes, lists with whom they name and who owns these, sanctions and
bans on trade.

What the asked feed has is its own: a regime, an entry or a rule under the same id, and a list that it has any entry of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from landbridge.domain.dataset import Dataset, DatasetInfo
from landbridge.domain.identity import PartyId, PlaceId, RegimeId
from landbridge.domain.party import Ownership, Regime, WatchlistEntry
from landbridge.domain.rule import LAW_CLASSES, Rule
from landbridge.domain.spelling import fold
from landbridge.planner.world.feed_parties import FeedParties
from landbridge.planner.world.law import is_between

ListKey = tuple[RegimeId, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedLaw:
    """Rows of the feed ``world`` that a feed gets, with parties and places as it has them."""

    regimes: tuple[Regime, ...]
    watchlist: tuple[WatchlistEntry, ...]
    ownership: tuple[Ownership, ...]
    rules: tuple[Rule, ...]


def find_list(entry: WatchlistEntry) -> ListKey:
    """The list on which an entry stands: whose it is, and its name, however that is spelled."""
    return entry.regime_id, fold(entry.list_name)


def list_law(
    dataset: Dataset, base: Dataset, parties: FeedParties, places: Mapping[PlaceId, frozenset[PlaceId]], ends: tuple[str, str] | None
) -> JoinedLaw:
    """What stands in the feed ``world`` and not in the asked feed.

    Parameters
    ----------
    parties
        Parties as the feed has them; who is named in what is joined, is added to them.
    places
        By each place that a rule of the feed ``world`` names, those for which it stands here; a rule that names none of them is left out.
    ends
        Countries of both ends: a rule on goods from one country to another is joined for these alone; None: for whichever.
    """
    watchlist = tuple(_list_entries(dataset, base, parties))
    rules = tuple(_list_rules(dataset, base, places, ends))
    named = {row.regime_id for row in watchlist} | {row.regime_id for row in rules}
    named -= {row.regime_id for row in dataset.regimes}
    return JoinedLaw(
        regimes=tuple(row for row in base.regimes if row.regime_id in named),
        watchlist=watchlist,
        ownership=tuple(_list_ownership(dataset, base, parties, {row.entry_id for row in watchlist})),
        rules=rules,
    )


def is_same_entry(own: WatchlistEntry, row: WatchlistEntry, parties: FeedParties) -> bool:
    """Whether an entry of the feed and one of the feed ``world`` are of one regime and name one party: by a name or by its id."""
    if own.regime_id != row.regime_id:
        return False
    is_party = row.party_id is not None and own.party_id is not None and parties.find_own(row.party_id) == own.party_id
    return is_party or not {fold(name) for name in (own.name, *own.names)}.isdisjoint(fold(name) for name in (row.name, *row.names))


def _list_entries(dataset: Dataset, base: Dataset, parties: FeedParties) -> Iterator[WatchlistEntry]:
    """Entries of lists that the feed has nothing of; under an id of their own where the feed means somebody else by it."""
    own, taken = {find_list(row) for row in dataset.watchlist}, {row.entry_id: row for row in dataset.watchlist}
    for row in base.watchlist:
        known = taken.get(row.entry_id)
        if find_list(row) in own or (known is not None and is_same_entry(known, row, parties)):
            continue
        entry_id = row.entry_id if known is None else f"{row.entry_id}-of-world"
        yield replace(row, entry_id=entry_id, party_id=None if row.party_id is None else parties.name(row.party_id))


def _list_rules(
    dataset: Dataset, base: Dataset, places: Mapping[PlaceId, frozenset[PlaceId]], ends: tuple[str, str] | None
) -> Iterator[Rule]:
    taken = {row.rule_id for row in dataset.rules}
    for rule in base.rules:
        is_of_ends = bool(ends and rule.origin_countries and rule.destination_countries)
        if rule.rule_id in taken or not (is_between(rule, *ends) if ends and is_of_ends else rule.rule_class in LAW_CLASSES):
            continue
        here = frozenset[PlaceId]().union(*(places.get(one, frozenset()) for one in rule.place_ids))
        if here or not rule.place_ids:
            yield replace(rule, place_ids=tuple(sorted(here)))


def _list_ownership(dataset: Dataset, base: Dataset, parties: FeedParties, entry_ids: set[str]) -> Iterator[Ownership]:
    """Who owns whoever is here, and what those own whom the joined entries name, in any number of steps."""
    owned = parties.list_met()
    owners = {row.party_id for row in base.watchlist if row.party_id and row.entry_id in entry_ids}
    found: dict[str, Ownership] = {}
    size = -1
    while len(found) > size:
        size = len(found)
        for row in base.ownership:
            if row.owned_id in owned or row.owner_id in owners:
                found[row.ownership_id] = row
                owned.add(row.owner_id)
                owners |= {row.owned_id} if row.owner_id in owners else set[PartyId]()
    told = {(row.owner_id, row.owned_id) for row in dataset.ownership}
    taken = {row.ownership_id for row in dataset.ownership}
    for row in found.values():
        own = replace(row, owner_id=parties.name(row.owner_id), owned_id=parties.name(row.owned_id))
        if (own.owner_id, own.owned_id) not in told and own.ownership_id not in taken:
            yield own


def add_day(dataset: Dataset, base: Dataset) -> DatasetInfo:
    """What a feed says of itself, with the day of the feed ``world``, whose lists stand in it."""
    return replace(dataset.info, other_days=(*dataset.info.other_days, (base.info.name, base.info.as_of)))
