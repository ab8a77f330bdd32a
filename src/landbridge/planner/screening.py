"""Screen names against the shipped and the imported lists, with the decisions that people made."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import LandbridgeError, QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.party import WatchlistEntry
from landbridge.domain.screening import ListedEntry, ListEdition, Screening, ScreeningMatch, Verdict
from landbridge.planner.list_keys import read_keyed_entries
from landbridge.planner.policy import NARROWING, check_decision, narrow_policy
from landbridge.screening.index import IndexedName, ListIndex, index_names, judge_match
from landbridge.screening.ownership import enter_owned, list_owned
from landbridge.screening.script import MAX_LENGTH, clean_text, is_cut
from landbridge.sources.countries import read_country
from landbridge.store.decisions import Decision, confirm_decision, propose_decision, read_decisions, save_matches
from landbridge.store.lists import Keys, read_editions

KINDS = ("company", "person", "vessel")
EXCERPT = "(excerpt)"
STALE_DAYS = 30
"""A list older than this on the day of asking is said to be stale."""
_MIN_LETTERS = 2
_LONGEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party to screen, in the words of the asker."""

    name: str
    kind: str = ""
    country: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()


class Screener:
    """Lists, index, policy and decisions, read once for many names."""

    def __init__(self, dataset: Dataset, *, as_of: date, gates: frozenset[str] | None = None) -> None:
        self.as_of = as_of
        dataset, self.narrowings = narrow_policy(dataset, as_of)
        policy = dataset.info.gates
        self.gates = None if policy is None else frozenset(policy) | (gates or frozenset())
        entries = feed_entries(enter_owned(dataset))
        imported = read_keyed_entries()
        self.lists = (*feed_editions(dataset), *read_editions())
        self.index = _index(entries, imported)
        self.decisions = read_decisions()

    def screen(self, party: Party) -> Screening:
        """Screen one party."""
        warnings = list(self._list_warnings())
        unusable = say_unusable(party.name)
        matches: tuple[ScreeningMatch, ...] = ()
        if unusable:
            warnings.insert(0, unusable)
        elif len(self.index):
            found = self.index.find(party.name, party.kind, party.country, frozenset(party.identifiers))
            matches = tuple(self.judge(party, match) for match in found)
        is_long = not unusable and is_cut(party.name)
        if is_long:
            warnings.insert(0, f"only the first {MAX_LENGTH} characters of the name were read: what follows was not looked for")
        if has_mixed_letters(party.name):
            warnings.append("letters of two scripts stand in one word: they were read as those that they look like")
        return Screening(
            name=clean_text(party.name),
            kind=party.kind,
            country=party.country,
            as_of=self.as_of,
            verdict=self._sum_up(matches, is_unknown=bool(unusable), otherwise="unknown" if is_long else "clear"),
            matches=matches,
            lists=self.lists,
            warnings=tuple(warnings),
        )

    def judge(self, party: Party, match: ScreeningMatch) -> ScreeningMatch:
        """A match with its verdict under policy, dates and decisions."""
        verdict = judge_match(match, self.gates, self.as_of)
        decision = self.find_decision(party, match)
        if decision is None:
            return replace(match, verdict=verdict)
        told = (
            f"{decision.verdict} by {decision.decided_by}"
            + (f" and {decision.confirmed_by}" if decision.confirmed_by else ", not confirmed yet")
            + f" until {decision.until}"
        )
        if not decision.holds(match, self.as_of):
            why = (
                "the entry has changed"
                if decision.entry_hash != match.content_hash
                else "expired"
                if self.as_of > decision.until
                else "waits for a second person"
            )
            return replace(match, verdict=verdict, decision=f"{told} ({why}: open again)" if "waits" not in why else f"{told} ({why})")
        chosen: Verdict = "clear" if decision.verdict == "clear" else "blocked"
        return replace(match, verdict=chosen, decision=f"{told}: {decision.reason}")

    def find_decision(self, party: Party, match: ScreeningMatch) -> Decision | None:
        """The latest decision about exactly this party and this entry, whether it holds or not."""
        found = self.decisions.get(name_match(party, match), ())
        return found[-1] if found else None

    def _sum_up(self, matches: tuple[ScreeningMatch, ...], *, is_unknown: bool, otherwise: Verdict) -> Verdict:
        if is_unknown or not len(self.index):
            return "unknown"
        found = {match.verdict for match in matches}
        return "blocked" if "blocked" in found else "review" if "review" in found else otherwise

    def _list_warnings(self) -> Iterator[str]:
        """What the lists are not: of regimes that do not gate, stale, or excerpts alone."""
        for row in self.narrowings:
            if self.gates is not None and row.regime not in self.gates:
                yield f"designations of {row.regime} do not block here: {row.text}"
        if not self.lists:
            yield "no list is at hand: nothing can be said"
        for edition in self.lists:
            if edition.published_on is None:
                yield f"{edition.list_name}: the day of this edition is not known"
            elif (self.as_of - edition.published_on).days > STALE_DAYS:
                yield f"{edition.list_name} is of {edition.published_on}, {(self.as_of - edition.published_on).days} days before {self.as_of}: import a newer edition"  # noqa: E501
        parts = [edition for edition in self.lists if edition.list_name.endswith(EXCERPT)]
        regimes = sorted({edition.regime for edition in parts} - {edition.regime for edition in self.lists if edition not in parts})
        if regimes:
            count = sum(edition.entries for edition in parts if edition.regime in regimes)
            yield (
                f"of {', '.join(regimes)} only excerpts are at hand, {count} entries: who is not in them may be listed all the same "
                "(landbridge lists import reads whole lists)"
            )


def record_screening(party: Party, found: Screening, at: str) -> Screening:
    """Write a screening into the store; where that cannot be, the answer says so."""
    try:
        save_matches(found, tuple(name_match(party, match) for match in found.matches), at)
    except LandbridgeError as error:
        return replace(found, warnings=(*found.warnings, f"not noted in the audit log: {error}"))
    return found


def name_match(party: Party, match: ScreeningMatch) -> str:
    """Id of a match: of exactly this party, as written, and exactly this entry."""
    text = json.dumps(
        [clean_text(party.name).casefold(), party.kind, party.country, sorted(party.identifiers), match.list_name, match.entry_id],
        ensure_ascii=False,
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def ask_party(name: str, kind: str | None, country: str | None, dataset_countries: frozenset[str] = frozenset()) -> Party:
    """A party from words.

    Raises
    ------
    QueryError
        With everything that is wrong.
    """
    findings = []
    wanted = (kind or "").strip().lower()
    if wanted and wanted not in KINDS:
        findings.append(
            Finding(code="KIND", column="--kind", message=f"{wanted[:40]!r} is no kind of party", fix=f"one of {', '.join(KINDS)}")
        )
    told = (country or "").strip()
    code = read_country(told)
    if told and not code:
        findings.append(
            Finding(code="COUNTRY", column="--country", message=f"{told[:40]!r} is no country", fix="two letters of ISO 3166, such as BY")
        )
    if findings:
        raise QueryError(findings)
    return Party(name=name, kind=wanted, country=code)


def say_unusable(name: str) -> str:
    """Why a name cannot be screened; empty if it can."""
    if len(name) > _LONGEST:
        return f"the name has {len(name)} characters: no list has such a name"
    cleaned = clean_text(name)
    letters = sum(char.isalnum() for char in cleaned)
    if letters == 0:
        return "there is no letter in the name: nothing can be said"
    if letters < _MIN_LETTERS:
        return "one letter is no name: nothing can be said"
    if not any(char.isalpha() for char in cleaned) and len(cleaned) != 7:
        return "a number alone is no name: nothing can be said"
    return ""


def has_mixed_letters(name: str) -> bool:
    from landbridge.screening.script import has_twins, split_words

    return any(has_twins(word) for word in split_words(clean_text(name)))


def feed_entries(dataset: Dataset) -> tuple[ListedEntry, ...]:
    """The watchlist of a feed as entries."""
    parties = dataset.party_by_id
    entries = []
    for row in dataset.watchlist:
        party = parties.get(row.party_id) if row.party_id else None
        identifiers = (("imo", party.imo),) if party and party.imo else ()
        entry = ListedEntry(
            entry_id=row.entry_id,
            list_name=row.list_name,
            regime=row.regime_id,
            program=row.program or "",
            measure=row.measure,
            kind=party.kind.replace("authority", "company") if party else "",
            names=(row.name, *row.names, *(_party_names(party.name, party.names) if party else ())),
            countries=(party.country,) if party and party.country else (),
            identifiers=identifiers,
            listed_on=row.listed_on,
            delisted_on=row.delisted_on,
            source=row.source_id,
            party_id=row.party_id,
        )
        entries.append(replace(entry, content_hash=hash_entry(entry)))
    return tuple(entries)


def feed_editions(dataset: Dataset) -> tuple[ListEdition, ...]:
    """Each list of a feed as an edition of the day of the feed from which it comes: its entries, and who is held by ownership besides."""
    listed, owned = (Counter(_list_key(dataset, row) for row in rows) for rows in (dataset.watchlist, list_owned(dataset)))
    return tuple(_edition(*key, count, owned[key], dataset.digest) for key, count in listed.items())


def _list_key(dataset: Dataset, row: WatchlistEntry) -> tuple[str, str, str, date]:
    return row.regime_id, row.list_name, *dataset.info.find_feed(row)


def _party_names(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return (name, *names)


def _edition(regime: str, name: str, feed: str, day: date, count: int, owned: int, digest: str) -> ListEdition:
    return ListEdition(
        list_name=f"{regime}: {name} {EXCERPT}",
        regime=regime,
        published_on=day,
        entries=count,
        owned=owned,
        origin=f"feed {feed}",
        digest=digest,
    )


def hash_entry(entry: ListedEntry) -> str:
    """SHA-256 of what an entry says."""
    text = json.dumps({**asdict(entry), "content_hash": ""}, default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=2)
def _index(entries: tuple[ListedEntry, ...], imported: tuple[tuple[ListedEntry, Keys], ...]) -> ListIndex:
    """Index of both; the keys of imported names were worked out when they were imported."""
    names: list[IndexedName] = list(index_names(entries))
    everything = list(entries)
    for entry, keys in imported:
        names.extend(IndexedName(len(everything), *key) for key in keys)
        everything.append(entry)
    return ListIndex(everything, names)


def screen_parties(screener: Screener, parties: Iterable[Party]) -> Iterator[Screening]:
    """Screen many parties; each answer as soon as it is known."""
    known: dict[Party, Screening] = {}
    for party in parties:
        found = known.get(party)
        if found is None:
            found = known[party] = screener.screen(party)
        yield found


def record_batch(file: str, found: tuple[Screening, ...], at: str) -> None:
    """Note a screened file in the audit log; every match of it can be decided."""
    from landbridge.store.decisions import save_batch

    parties = [Party(name=row.name, kind=row.kind, country=row.country) for row in found]
    ids = [tuple(name_match(party, match) for match in row.matches) for party, row in zip(parties, found, strict=True)]
    save_batch(file, found, ids, at)


def decide(match_id: str, verdict: str | None, reason: str | None, by: str, until: str | None, at: str) -> Decision:
    """Enter a decision of a first person.

    Raises
    ------
    QueryError
        With everything that is wrong.
    """
    if match_id.startswith(NARROWING):
        raise QueryError([Finding(code="VERDICT", column="--verdict", message="a policy is narrowed with --verdict narrow", fix="narrow")])
    findings = []
    if verdict not in ("clear", "blocked"):
        findings.append(
            Finding(
                code="VERDICT",
                column="--verdict",
                message=f"{verdict!r} is no verdict" if verdict else "no verdict is told",
                fix="clear or blocked",
            )
        )
    day = check_decision(findings, reason, by, until, at)
    return propose_decision(match_id, verdict or "", (reason or "").strip(), by.strip(), day, at)


def confirm(match_id: str, by: str, at: str) -> Decision:
    """Confirm a waiting decision as the second person."""
    if not by.strip():
        raise QueryError([Finding(code="PERSON-NEEDED", column="--by", message="nobody is named", fix="say who confirms")])
    return confirm_decision(match_id, by.strip(), at)
