"""Parties of the feed ``world`` as the asked feed has them."""

from __future__ import annotations

from dataclasses import replace

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import PartyId
from landbridge.domain.party import Party
from landbridge.domain.spelling import fold


class FeedParties:
    """Parties of the feed ``world`` as the asked feed has them, by any of their names, so that what is said of them holds.

    ``added`` are those that it does not have, by id: under their own, or under another one where the feed means somebody else by it.
    """

    def __init__(self, dataset: Dataset, base: Dataset, added: dict[PartyId, Party]) -> None:
        self.added = added
        self._base = base
        self._taken = dataset.party_by_id.keys()
        self._alike: dict[str, set[PartyId]] = {}
        for party in dataset.parties:
            for name in _list_names(party):
                self._alike.setdefault(name, set()).add(party.party_id)

    def name(self, party_id: PartyId) -> PartyId:
        """The id under which a party of the feed ``world`` stands beside the feed; it is added where the feed has none of its names."""
        own_id = self.find_own(party_id)
        if own_id is not None:
            return own_id
        party = self._base.party_by_id[party_id]
        own = replace(party, party_id=PartyId(f"{party_id}-of-world")) if party_id in self._taken else party
        self.added[own.party_id] = own
        return own.party_id

    def list_met(self) -> set[PartyId]:
        """Parties of the feed ``world``, by its ids, that stand in the feed or were added."""
        rows = {party.row for party in self.added.values()}
        return {party.party_id for party in self._base.parties if party.row in rows or self.find_own(party.party_id) is not None}

    def find_own(self, party_id: PartyId) -> PartyId | None:
        """The party of the feed that has a name of one of the feed ``world``; None if it has none."""
        party = self._base.party_by_id[party_id]
        alike = set[PartyId]().union(*(self._alike.get(name, ()) for name in _list_names(party)))
        return None if not alike else party_id if party_id in alike else min(alike)


def _list_names(party: Party) -> set[str]:
    return {folded for name in (party.name, *party.names) if (folded := fold(name))}
