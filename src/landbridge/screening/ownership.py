"""What designated parties own: direct and indirect shares, added up, with the chain of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from landbridge.domain.dataset import Dataset
from landbridge.domain.identity import PartyId
from landbridge.domain.party import Ownership, WatchlistEntry, is_listed
from landbridge.domain.screening import OwnedBy, OwnershipShare

THRESHOLDS = {"US": Decimal(50), "EU": Decimal(50), "UK": Decimal(50), "CH": Decimal(50)}
"""Percent, where the feed says nothing. US: OFAC, Revised Guidance on Entities Owned by Persons Whose Property Is Blocked, 13 Aug 2014 (50 or
more, in the aggregate). EU: Council, Best practices for restrictive measures, 8519/18, point 62 (50 or more). UK: Russia (Sanctions) (EU
Exit) Regulations 2019, regulation 7 (more than 50). CH: SECO follows the EU's criteria."""  # noqa: E501
_MORE_THAN = frozenset({"UK"})
_MAX_CHAINS = 8


def find_owned(dataset: Dataset, regime: str, listed: frozenset[str], on: date) -> tuple[OwnedBy, ...]:
    """Parties that listed ones own together, directly or through each other.

    Parameters
    ----------
    dataset
        Feed with its ``ownership`` rows; cycles in them do no harm.
    regime
        Whose rule: its threshold, and whether that itself is enough.
    listed
        Ids of the parties designated by this regime on the day.
    on
        The day: only rows that apply on it count.

    Notes
    -----
    The share of an owner counts in full once the owner is listed or itself owned to the threshold, as OFAC and the EU count it. The set only
    grows, so the search ends whatever the cycles.
    """  # noqa: E501
    threshold = find_threshold(dataset, regime)
    if threshold is None:
        return ()
    rows = [row for row in dataset.ownership if (row.valid_from or date.min) <= on <= (row.valid_to or date.max)]
    held = set(listed)
    shares: dict[str, Decimal] = {}
    grew = True
    while grew:
        grew = False
        totals: dict[str, Decimal] = {}
        for row in rows:
            if row.owner_id in held and row.owner_id != row.owned_id:
                totals[row.owned_id] = totals.get(row.owned_id, Decimal(0)) + row.share_percent
        for party_id, total in totals.items():
            shares[party_id] = total
            if party_id not in held and (total > threshold if regime in _MORE_THAN else total >= threshold):
                held.add(party_id)
                grew = True
    return tuple(_make_owned(party_id, regime, shares[party_id], threshold, rows, listed, held) for party_id in sorted(held - listed))


def find_threshold(dataset: Dataset, regime: str) -> Decimal | None:
    """Percent from which a regime counts what is owned; None where it does not."""
    row = next((row for row in dataset.regimes if row.regime_id == regime), None)
    return row.ownership_percent if row is not None and row.ownership_percent is not None else THRESHOLDS.get(regime)


def _make_owned(
    party_id: str, regime: str, share: Decimal, threshold: Decimal, rows: list[Ownership], listed: frozenset[str], held: set[str]
) -> OwnedBy:
    chains = tuple(sorted(_chains(party_id, rows, listed, held, (party_id,)), key=lambda chain: (len(chain), str(chain))))[:_MAX_CHAINS]
    return OwnedBy(
        party_id=party_id,
        regime=regime,
        share_percent=float(share),
        threshold_percent=int(threshold),
        owners=tuple(dict.fromkeys(chain[0].owner_id for chain in chains)),
        chains=chains,
    )


def _chains(
    party_id: str, rows: list[Ownership], listed: frozenset[str], held: set[str], seen: tuple[str, ...]
) -> Iterator[tuple[OwnershipShare, ...]]:
    """Chains from a listed owner down to a party, no party twice in one."""
    for row in rows:
        if row.owned_id != party_id or row.owner_id not in held or row.owner_id in seen:
            continue
        step = OwnershipShare(owner_id=row.owner_id, owned_id=row.owned_id, share_percent=float(row.share_percent))
        if row.owner_id in listed:
            yield (step,)
        else:
            for chain in _chains(row.owner_id, rows, listed, held, (*seen, row.owner_id)):
                yield (*chain, step)


def chain_text(chain: tuple[OwnershipShare, ...]) -> str:
    """A chain in words: a 60 % of b, 55 % of c."""
    return chain[0].owner_id + "".join(
        f" {step.share_percent:g} % of {step.owned_id}" + (", which holds" if step is not chain[-1] else "") for step in chain
    )


def enter_owned(dataset: Dataset) -> Dataset:
    """A dataset in which what designated parties own is designated too, from the day to the day on which that holds.

    The same dataset where nothing is owned. Rules of the feed and prices stay as they are.
    """
    entries = list_owned(dataset)
    return replace(dataset, watchlist=(*dataset.watchlist, *entries)) if entries else dataset


def list_owned(dataset: Dataset) -> tuple[WatchlistEntry, ...]:
    """What designated parties own, as entries of the list of the owner; none of them is one that the list publishes."""
    if not dataset.ownership:
        return ()
    return tuple(entry for regime in sorted({row.regime_id for row in dataset.watchlist}) for entry in _owned_entries(dataset, regime))


def _owned_entries(dataset: Dataset, regime: str) -> Iterator[WatchlistEntry]:
    listings = [row for row in dataset.watchlist if row.regime_id == regime and row.measure == "freeze" and row.party_id]
    days = _turning_days(listings, dataset.ownership)
    open_since: dict[str, tuple[date, OwnedBy]] = {}
    for day in days:
        listed = frozenset(str(row.party_id) for row in listings if is_listed(row, day))
        found = {owned.party_id: owned for owned in find_owned(dataset, regime, listed, day)}
        for party_id in [party_id for party_id in open_since if party_id not in found]:
            since, owned = open_since.pop(party_id)
            yield _make_entry(dataset, listings, owned, since, day)
        for party_id, owned in found.items():
            open_since.setdefault(party_id, (day, owned))
    for since, owned in open_since.values():
        yield _make_entry(dataset, listings, owned, since, None)


def _turning_days(listings: Iterable[WatchlistEntry], rows: Iterable[Ownership]) -> list[date]:
    days = {row.listed_on for row in listings} | {row.delisted_on for row in listings if row.delisted_on}
    first = min(days, default=date.min)
    days |= {row.valid_from for row in rows if row.valid_from and row.valid_from > first}
    days |= {row.valid_to + timedelta(days=1) for row in rows if row.valid_to}
    return sorted(day for day in days if day is not None)


def _make_entry(dataset: Dataset, listings: list[WatchlistEntry], owned: OwnedBy, since: date, until: date | None) -> WatchlistEntry:
    owner = next(row for row in listings if row.party_id in owned.owners)
    party = dataset.party_by_id[owned.party_id]
    chain = "; ".join(chain_text(chain) for chain in owned.chains[:2])
    return WatchlistEntry(
        entry_id=f"owned:{owned.regime}:{owned.party_id}:{since}",
        regime_id=owner.regime_id,
        list_name=owner.list_name,
        program=f"{owner.program + ', ' if owner.program else ''}owned {owned.share_percent:g} % by designated parties ({chain}; rule of {owned.threshold_percent} %)",  # noqa: E501
        name=party.name,
        party_id=PartyId(owned.party_id),
        measure="freeze",
        listed_on=since,
        delisted_on=until,
        source_id=owner.source_id,
        row=owner.row,
    )
