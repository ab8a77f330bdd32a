"""Import published lists, show what is there, and tell what has changed between two editions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError, QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListedEntry, ListEdition
from landbridge.planner.list_keys import make_keys, note_keys
from landbridge.planner.screening import feed_editions, hash_entry
from landbridge.planner.world.held_law import hold_law
from landbridge.screening.index import ListIndex
from landbridge.screening.match import MATCH_SCORE
from landbridge.screening.ownership import find_owned
from landbridge.screening.place_words import find_country
from landbridge.sources.list_ofac_csv import find_companions
from landbridge.sources.ofac_list import name_ofac_list
from landbridge.store.lists import read_editions, read_entries, save_list


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDifference:
    """What two editions of a list differ in, and whom that touches: ids of parties, shipments and files of plans."""

    added: tuple[ListedEntry, ...]
    removed: tuple[ListedEntry, ...]
    changed: tuple[ListedEntry, ...]
    parties: tuple[str, ...]
    shipments: tuple[str, ...]
    plans: tuple[str, ...]


def import_lists(paths: tuple[str, ...], published: str | None, at: str, *, by: str = "", within: str = "") -> tuple[ListEdition, ...]:
    """Import published files; each replaces the edition of the same list that was there.

    ``by`` is who does it, for the audit log; ``within`` the beginning of paths that is nobody's business.

    Raises
    ------
    DataError
        With everything that is broken in any of them; nothing is imported then.
    QueryError
        If a file does not tell its day and nobody said it.
    """
    asked = _parse_day(published) if published else None
    paths = _without_companions(paths)
    editions = []
    read = _read_all(paths)
    if dayless := [_dayless(path) for path, (_, told, _) in zip(paths, read, strict=True) if not (asked or told)]:
        raise QueryError(dayless)
    for path, (entries, told, digest) in zip(paths, read, strict=True):
        day = asked or told
        for list_name, (own, is_whole) in _split_lists(path, entries).items():
            regimes = ",".join(sorted({entry.regime for entry in own}))
            origin = path.removeprefix(within)
            edition = ListEdition(list_name=list_name, regime=regimes, published_on=day, entries=len(own), origin=origin, digest=digest)
            if not is_whole:
                edition = _as_mentioned(edition, own)
            save_list(edition, list(make_keys(own)), at, by)
            note_keys(list_name)
            editions.append(edition)
    return tuple(editions)


def _without_companions(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Files to read, each once: of the three that OFAC publishes together the first names them all."""
    seen: set[Path] = set()
    kept = []
    for path in dict.fromkeys(paths):
        if Path(path).resolve() not in seen:
            kept.append(path)
            seen.update(find_companions(Path(path)))
    return tuple(kept)


def _split_lists(path: str, entries: tuple[ListedEntry, ...]) -> dict[str, tuple[tuple[ListedEntry, ...], bool]]:
    """Entries by list, and whether the file is the whole of that list.

    Where a file has several lists of one regime it is the whole of one (:func:`_find_whole`). The others are only mentioned: they keep the
    entries that are at hand and gain those of the file.
    """
    by_list: dict[str, list[ListedEntry]] = {}
    for entry in entries:
        by_list.setdefault(entry.list_name, []).append(entry)
    whole = _find_whole(path, by_list)
    mentioned = by_list.keys() - whole
    kept: dict[str, dict[str, ListedEntry]] = {name: {} for name in mentioned}
    for entry, _ in read_entries() if mentioned else ():
        if entry.list_name in mentioned:
            kept[entry.list_name][entry.entry_id] = entry
    for name in mentioned:
        kept[name] |= {entry.entry_id: entry for entry in by_list[name]}
    return {name: (tuple(own), True) if name in whole else (tuple(kept[name].values()), False) for name, own in by_list.items()}


def _find_whole(path: str, by_list: dict[str, list[ListedEntry]]) -> set[str]:
    """Of each regime the list that a file is the whole of.

    The one that is alone or that the name of the file tells; else the one with most entries, but none of which twice as many are at hand:
    a few parties of another list that are named beside do not take the place of that list.
    """
    told = name_ofac_list(Path(path))
    known = {one.list_name: one.entries for one in read_editions()}
    of_regime: dict[str, list[str]] = {}
    for name, own in by_list.items():
        of_regime.setdefault(own[0].regime, []).append(name)
    found: set[str] = set()
    for names in of_regime.values():
        likely = [name for name in names if len(names) == 1 or name == told or 2 * len(by_list[name]) >= known.get(name, 0)]
        largest = sorted(likely, key=lambda name: (name != told, -len(by_list[name]), name))
        found.update(largest[:1])
    return found


def _as_mentioned(edition: ListEdition, entries: tuple[ListedEntry, ...]) -> ListEdition:
    """The edition of a list to which a file of another one added: no newer than it was, and known by its entries."""
    old = next((one for one in read_editions() if one.list_name == edition.list_name), None)
    lines = sorted(f"{entry.entry_id} {entry.content_hash}" for entry in entries)
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    if old is None or old.published_on is None or edition.published_on is None:
        return replace(edition, digest=digest)
    return replace(edition, published_on=min(old.published_on, edition.published_on), origin=old.origin, digest=digest)


def show_lists(dataset: Dataset) -> tuple[ListEdition, ...]:
    """Editions at hand: of the feed and the feed ``world``, then the imported ones."""
    return (*feed_editions(hold_law(dataset)), *read_editions())


def compare_lists(old: str, new: str, dataset: Dataset, plans: tuple[str, ...] = ()) -> ListDifference:
    """Compare two editions of a list.

    Parameters
    ----------
    old, new
        Published files.
    dataset
        Feed whose parties and shipments are looked at.
    plans
        Files of saved plans: one is touched if a party of a leg (carrier, tracks, terminals of the feed) or of its question is.
    """
    before = {entry.entry_id: entry for entry in _read(old)[0]}
    after = {entry.entry_id: entry for entry in _read(new)[0]}
    added = tuple(entry for number, entry in after.items() if number not in before)
    removed = tuple(entry for number, entry in before.items() if number not in after)
    changed = tuple(entry for number, entry in after.items() if number in before and before[number].content_hash != entry.content_hash)
    differing = (*added, *removed, *changed)
    touched = _touched(differing, dataset)
    for regime in sorted({entry.regime for entry in differing}):
        touched |= {owned.party_id for owned in find_owned(dataset, regime, frozenset(touched), dataset.info.as_of)}
    shipments = tuple(row.shipment_id for row in dataset.shipments if {row.shipper_id, row.consignee_id} & touched)
    return ListDifference(
        added=added,
        removed=removed,
        changed=changed,
        parties=tuple(sorted(touched)),
        shipments=shipments,
        plans=tuple(_touched_plans(plans, dataset, touched)),
    )


def _touched(entries: tuple[ListedEntry, ...], dataset: Dataset) -> set[str]:
    index = ListIndex(entries)
    found = set()
    for party in dataset.parties:
        kind = "company" if party.kind == "authority" else party.kind
        numbers = frozenset({("imo", party.imo)}) if party.imo else frozenset[tuple[str, str]]()
        matches = (match for name in (party.name, *party.names) for match in index.find(name, kind, party.country or "", numbers))
        if any(match.score >= MATCH_SCORE for match in matches):
            found.add(str(party.party_id))
    return found


def _touched_plans(paths: tuple[str, ...], dataset: Dataset, touched: set[str]) -> Iterator[str]:
    from landbridge.planner.plan_file import read_plan

    for path in paths:
        plan = read_plan(path)
        names: set[str | None] = {one for itinerary in plan.itineraries for leg in itinerary.legs for one in dataset.list_parties(leg)}
        names |= {plan.query.shipper_id, plan.query.consignee_id}
        if names & touched:
            yield path


def _dayless(path: str) -> Finding:
    return Finding(code="LIST-DAY", column="--published", message=f"{path} does not tell of which day it is", fix="add --published DATE")


def _read_all(paths: tuple[str, ...]) -> list[tuple[tuple[ListedEntry, ...], date | None, str]]:
    read: list[tuple[tuple[ListedEntry, ...], date | None, str]] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            read.append(_read(path))
        except DataError as error:
            findings += error.findings
    if findings:
        raise DataError(findings)
    return read


def _read(path: str) -> tuple[tuple[ListedEntry, ...], date | None, str]:
    from landbridge.sources.list_file import read_list

    entries, day, digest = read_list(Path(path))
    return tuple(_finish(entry) for entry in entries), day, digest


def _finish(entry: ListedEntry) -> ListedEntry:
    """Countries as codes, and the hash of what the entry says."""
    codes = tuple(dict.fromkeys(code for country in entry.countries if (code := find_country(country))))
    entry = replace(entry, countries=codes)
    return replace(entry, content_hash=hash_entry(entry))


def _parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise QueryError(
            [Finding(code="DATE", column="--published", message=f"{text[:40]!r} is no date", fix="write it as 2026-12-01")]
        ) from None
