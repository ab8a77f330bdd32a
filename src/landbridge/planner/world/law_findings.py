"""What is said of law that two feeds tell: what the feed ``world`` adds to a feed, and where a feed's own copy holds less than that one."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator
from dataclasses import fields
from datetime import date

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.party import Regime, WatchlistEntry, is_listed
from landbridge.domain.record import Record
from landbridge.domain.rule import LAW_CLASSES, Rule
from landbridge.planner.world.feed_parties import FeedParties
from landbridge.planner.world.joined_law import ListKey, find_list, is_same_entry
from landbridge.report.figures import count_text
from landbridge.screening.ownership import find_threshold

_NAMED = 5
"""Entries and countries that are named of those that a feed's copy lacks."""
_APART = frozenset({"source_id", "row", "note", "title", "place_ids", "document_id", "known_from"})
"""Columns in which a feed's copy of a rule may differ and say the same: places have ids of their own in each feed."""
_DATED = ("measure", "listed_on", "delisted_on")


def say_joined(dataset: Dataset, base: Dataset, gates: Collection[str]) -> Iterator[Finding]:
    """WORLD-LAW: which lists, sanctions and bans of the feed ``world`` hold in a feed with ways of the world, and which of them block."""
    entries = [row for row in dataset.watchlist if _is_of(row, base)]
    if dataset is base or not entries:
        return
    rules = sum(_is_of(row, base) and row.rule_class in LAW_CLASSES for row in dataset.rules)
    lists: dict[str, dict[str, None]] = {}
    for row in entries:
        lists.setdefault(row.regime_id, {})[row.list_name] = None
    told = "; ".join(f"{regime}: {', '.join(names)}" for regime, names in lists.items())
    blocking, shown = ([regime for regime in lists if (regime in gates) is is_gate] for is_gate in (True, False))
    policy = [f"designations of {', '.join(blocking)} block"] if blocking else []
    policy += [f"those of {', '.join(shown)} are shown as exposures"] if shown else []
    yield Finding(
        code="WORLD-LAW",
        severity="info",
        message=f"the feed has none of these lists, so those of the feed {base.info.name} of {base.info.as_of} hold here: "
        f"{count_text(len(entries), 'entry', 'entries')} ({told}); with them {count_text(rules, 'sanction or ban', 'sanctions and bans')} "
        f"on trade. By the policy of this answer {' and '.join(policy)}",
        fix="state in landbridge.gates whose designations block, or add --gate; these are excerpts: landbridge lists import reads whole "
        "lists",
    )


def say_own_copies(dataset: Dataset, base: Dataset) -> Iterator[Finding]:
    """LAW-OWN-COPY: lists, regimes and rules of a feed that stand in the feed ``world`` as well and say less, or something else, here."""
    if dataset is not base:
        yield from _say_lists(dataset, base)
        yield from _say_regimes(dataset, base)
        yield from _say_rules(dataset, base)


def _say_lists(dataset: Dataset, base: Dataset) -> Iterator[Finding]:
    own: dict[ListKey, list[WatchlistEntry]] = {}
    for row in dataset.watchlist:
        own.setdefault(find_list(row), []).append(row)
    whole: dict[ListKey, list[WatchlistEntry]] = {}
    for row in base.watchlist:
        whole.setdefault(find_list(row), []).append(row)
    parties = FeedParties(dataset, base, {})
    for key, rows in whole.items():
        if key not in own:
            continue
        alike = [(row, [one for one in own[key] if is_same_entry(one, row, parties)]) for row in rows]
        missing = [row for row, same in alike if not same and is_listed(row, base.info.as_of)]
        changed = [row for row, same in alike if same and _says_less(same, row, base.info.as_of)]
        if missing or changed:
            yield _say_list(own[key], rows, missing, changed, dataset.info.find_feed(own[key][0])[1], base)
    yield from _say_moved(dataset, base, own, parties)


def _says_less(same: list[WatchlistEntry], row: WatchlistEntry, on: date) -> bool:
    """Whether entries of a feed tell another measure or other dates than the one of the feed ``world``; other ids may have other dates."""
    known = [one for one in same if one.entry_id == row.entry_id]
    if known:
        return any(getattr(known[0], name) != getattr(row, name) for name in _DATED)
    return is_listed(row, on) and not any(is_listed(one, on) and one.measure == row.measure for one in same)


def _say_moved(dataset: Dataset, base: Dataset, own: Container[ListKey], parties: FeedParties) -> Iterator[Finding]:
    """Entries that stand on a list of another name in the feed, under the same id, and say something else there."""
    of_base = {row.entry_id: row for row in base.watchlist if find_list(row) not in own}
    for one in dataset.watchlist:
        row = of_base.get(one.entry_id)
        if (
            row is not None
            and is_same_entry(one, row, parties)
            and (differing := [n for n in _DATED if getattr(one, n) != getattr(row, n)])
        ):
            yield _make(
                one,
                f"the feed's own entry {one.entry_id} counts; the feed {base.info.name} has another one on "
                f"{row.regime_id}: {row.list_name}: {', '.join(differing)}",
                "bring the row up to date, or leave the entry to the feed world by taking it out of watchlist.csv",
            )


def _say_list(
    own: list[WatchlistEntry],
    rows: list[WatchlistEntry],
    missing: list[WatchlistEntry],
    changed: list[WatchlistEntry],
    day: date,
    base: Dataset,
) -> Finding:
    first = own[0]
    said = [f"nobody is screened here against {_name(row.name for row in missing)}"] if missing else []
    said += [f"measure or dates differ of {_name(row.entry_id for row in changed)}"] if changed else []
    return _make(
        first,
        f"the feed's own copy of {first.regime_id}: {first.list_name} counts, of {day} and with "
        f"{count_text(len(own), 'entry', 'entries')}; the feed {base.info.name} has {len(rows)} of {base.info.as_of}: {'; '.join(said)}",
        "bring the rows up to date, or leave the list to the feed world by taking it out of watchlist.csv",
    )


def _say_regimes(dataset: Dataset, base: Dataset) -> Iterator[Finding]:
    of_base = {row.regime_id: row for row in base.regimes}
    for own in dataset.regimes:
        row = of_base.get(own.regime_id)
        if row is not None and (said := ", and ".join(_list_narrower(dataset, base, own, row))):
            yield _make(own, f"the feed's own row of the regime {own.regime_id} counts: {said}", "complete the row of regimes.csv")


def _list_narrower(dataset: Dataset, base: Dataset, own: Regime, row: Regime) -> Iterator[str]:
    """In what a regime reaches less far than the feed ``world`` says."""
    if own.countries and not row.countries:
        yield f"it has jurisdiction in {_name(own.countries)} alone, by the feed {base.info.name} everywhere"
    elif own.countries and (gone := [code for code in row.countries if code not in own.countries]):
        yield f"it has no jurisdiction in {_name(gone)}, by the feed {base.info.name} it has"
    mine, other = (find_threshold(one, own.regime_id) for one in (dataset, base))
    if other is not None and (mine is None or mine > other):
        yield f"it counts what is owned from {mine} percent, by the feed {base.info.name} from {other}"


def _say_rules(dataset: Dataset, base: Dataset) -> Iterator[Finding]:
    of_base = {row.rule_id: row for row in base.rules}
    for own in dataset.rules:
        row = of_base.get(own.rule_id)
        differing = [] if row is None else [
            one.name for one in fields(Rule) if one.name not in _APART and getattr(own, one.name) != getattr(row, one.name)
        ]  # fmt: skip
        if differing:
            yield _make(
                own,
                f"the feed's own row of the rule {own.rule_id} counts; the feed {base.info.name} has another one: {', '.join(differing)}",
                "bring the row up to date, or leave the rule to the feed world by taking it out of rules.csv",
            )


def _make(row: Record, message: str, fix: str) -> Finding:
    file, _, line = row.row.rpartition(":")
    return Finding(code="LAW-OWN-COPY", severity="warning", file=file, row=int(line) if line.isdigit() else None, message=message, fix=fix)


def _name(names: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    every = list(dict.fromkeys(names))
    more = len(every) - _NAMED
    return ", ".join(every[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _is_of(row: Record, base: Dataset) -> bool:
    return row.row.startswith(f"{base.info.name}/")
