"""Entries of lists, ready to be asked for a name: an inverted index over sounds and meanings, and the match of one name."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from landbridge.domain.party import is_listed
from landbridge.domain.screening import ListedEntry, ScreeningFeature, ScreeningMatch, Verdict
from landbridge.screening.compare import Comparison, compare_names
from landbridge.screening.kept_name import read_name, write_name
from landbridge.screening.match import BLOCK_SCORE, REVIEW_SCORE, split_names
from landbridge.screening.name import parse_name
from landbridge.screening.name_keys import INITIALS, WHOLE, grouped_keys, name_keys
from landbridge.screening.token import ParsedName

_CANDIDATES = 16
"""Names that one is compared with, the ones that share the most telling keys."""
_OF_ENTRY, _SPREAD = 3, 4
"""Names of one entry that go before those of others, and how many times as many are looked at for that."""
_TELLING = 0.5
"""How telling the shared keys have to be, as a part of a key that only one entry has."""
_NEARLY = 0.7
"""The same of a name of few or common words, as a part of all that its words tell."""
_OTHER_KIND = 0.6
"""What the keys of a name of another kind tell: a person's name may be a firm's."""
_COUNTRY_SAME, _COUNTRY_DIFFERS, _TRANSLATED_DIFFERS = 0.25, 0.9, 0.75
"""What the same country lifts; factors of another one, and where names are one by their meaning alone. Logic-v1 takes 0.2 of 1."""
_LIFTED_ENOUGH = 0.34
"""Score from which the same country may lift one to a review: 0.34 + 0.66 * 0.25 * 0.34 is just below it."""
_MOST_FOUND = 5_000
"""Names of which it is remembered what they may mean."""
_MOST_READ = 100_000
"""Names of lists that are held as they were read, some 1 kB each."""
_WEAK_ALIAS = 0.9
_SPELLED = "wvz$~"
"""Signs of keys of how a word is spelled, which its other script does not share."""
_LETTERS, _ACRONYMS = 3, 8
"""Letters of an acronym at least, and names that are compared because of it."""
_LONG = 0.35
"""Power of the number of its keys that what a name shares is divided by: of many words some are always shared."""
_COMMON, _ROUNDING = 2_000, 1e-9
"""A key that more names have than this finds nobody by itself."""


@dataclass(frozen=True, slots=True)
class IndexedName:
    """One name of one entry, with the keys that it is found by, and as it was read (:mod:`landbridge.screening.kept_name`)."""

    entry: int
    text: str
    kind: str
    is_weak: bool
    keys: tuple[str, ...]
    read: str = ""


def index_names(entries: tuple[ListedEntry, ...]) -> Iterator[IndexedName]:
    """Every name of every entry with its keys: the slow part, worth keeping."""
    for position, entry in enumerate(entries):
        kind = "vessel" if entry.kind == "aircraft" else entry.kind
        for is_weak, names in ((False, entry.names), (True, entry.weak_names)):
            for text in dict.fromkeys(part for name in names for part in split_names(name)):
                parsed = parse_name(text, kind)
                yield IndexedName(position, text, kind, is_weak, tuple(dict.fromkeys(name_keys(parsed))), write_name(parsed))


class ListIndex:
    """Entries by the keys of their names. Nothing but what it remembers changes once it is built.

    Parameters
    ----------
    entries
        The entries.
    names
        What :func:`index_names` gave for them, where it was kept.
    """

    def __init__(self, entries: Iterable[ListedEntry], names: Iterable[IndexedName] | None = None) -> None:
        self.entries = tuple(entries)
        self._names = tuple(index_names(self.entries) if names is None else names)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_identifier: dict[tuple[str, str], list[int]] = defaultdict(list)
        firsts: dict[int, int] = {}
        for number, name in enumerate(self._names):
            firsts.setdefault(name.entry, number)
            for key in name.keys:
                if key.startswith("#"):
                    self._by_identifier[tuple(key[1:].split(":", 1))].append(number)  # type: ignore[index]
                else:
                    self._by_key[key].append(number)
        for position, number in firsts.items():
            for identifier in self.entries[position].identifiers:
                self._by_identifier[identifier].append(number)
        count = max(len(self.entries), 1)
        owners = [name.entry for name in self._names]
        self._rarity = {key: math.log(1 + count / _count_entries(found, owners)) for key, found in self._by_key.items()}
        self._unseen = math.log(1 + count)
        self._lengths = [max(len(name.keys), 1) ** _LONG for name in self._names]
        self._is_over = [self.entries[name.entry].delisted_on is not None for name in self._names]
        self._kinds = [name.kind for name in self._names]
        self._read: dict[int, ParsedName] = {}
        self._found: dict[tuple[str, str, str, frozenset[tuple[str, str]]], tuple[ScreeningMatch, ...]] = {}

    def __len__(self) -> int:
        return len(self.entries)

    def find(
        self, text: str, kind: str = "", country: str = "", identifiers: frozenset[tuple[str, str]] = frozenset()
    ) -> tuple[ScreeningMatch, ...]:
        """Entries that a name may mean, best first, whatever their dates.

        What was found is remembered: parties of a feed are asked for again with each pair of ends.

        Parameters
        ----------
        text
            Name in any script.
        kind
            ``company``, ``person``, ``vessel`` or empty.
        country
            ISO 3166 code of the party, or empty: evidence for and against.
        identifiers
            Known identifiers of the party, such as ``{("imo", "9187629")}``.
        """
        asked = text, kind, country, identifiers
        found = self._found.get(asked)
        if found is None:
            found = self._look_up(*asked)
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
            self._found[asked] = found
        return found

    def _look_up(self, text: str, kind: str, country: str, identifiers: frozenset[tuple[str, str]]) -> tuple[ScreeningMatch, ...]:
        best: dict[int, tuple[Comparison, ParsedName]] = {}
        least = (_LIFTED_ENOUGH if country else REVIEW_SCORE) - _ROUNDING
        for part in split_names(text):
            parsed = parse_name(part, kind)
            if identifiers:
                parsed = replace(parsed, identifiers=parsed.identifiers | identifiers)
            for number in self._all_candidates(parsed, kind):
                indexed = self._names[number]
                other = self._read_name(number)
                entry = self.entries[indexed.entry]
                found = _compare(parsed, other, part, kind, least)
                if found.score < least:
                    continue
                if indexed.is_weak:
                    found = _scale(found, "alias that the list calls weak", other.text, _WEAK_ALIAS)
                found = _weigh_country(found, country, entry)
                known = best.get(indexed.entry)
                if known is None or found.score > known[0].score:
                    best[indexed.entry] = (found, other)
        ranked = sorted(best.items(), key=lambda row: (-row[1][0].score, self.entries[row[0]].list_name, self.entries[row[0]].entry_id))
        return tuple(
            _make_match(self.entries[position], found, name)
            for position, (found, name) in ranked
            if found.score >= REVIEW_SCORE - _ROUNDING
        )

    def _read_name(self, number: int) -> ParsedName:
        """A name of the list as it was read, with the identifiers of its entry; worked out when it is first asked for."""
        found = self._read.get(number)
        if found is None:
            indexed = self._names[number]
            found = read_name(indexed.read) if indexed.read else parse_name(indexed.text, indexed.kind)
            identifiers = self.entries[indexed.entry].identifiers
            found = replace(found, identifiers=found.identifiers | frozenset(identifiers)) if identifiers else found
            if len(self._read) >= _MOST_READ:
                self._read.clear()
            self._read[number] = found
        return found

    def _all_candidates(self, parsed: ParsedName, kind: str = "") -> list[int]:
        """Candidates of a name in all its readings, and of the first by itself: what another may mean crowds out no entry."""
        found = self._candidates(parsed, kind)
        return list(dict.fromkeys((*found, *self._candidates(replace(parsed, variants=()), kind)))) if parsed.variants else found

    def _candidates(self, parsed: ParsedName, kind: str = "") -> list[int]:
        """Names that share the most telling keys, of each word the most telling one.

        Who has a key of the whole name has as much as all of its words tell, in the measure of how rare that key is. What is listed as of
        another kind than that asked for tells less, a long name less than a short one that shares as much, as in the cosine of two texts
        (Salton, Wong, Yang 1975, Communications of the ACM 18(11), 613-620), and an entry that was delisted goes behind its equals.

        What only common keys could still bring in is not begun with, and the keys of the whole name, which mostly say again what its
        words do, begin with nothing that they do not bring in alone.
        """
        grouped = grouped_keys(parsed)
        told = self._weigh_words(parsed, grouped)
        least = min(_TELLING * self._unseen, _NEARLY * self._weigh_words(parsed, grouped, without=_SPELLED))
        whole = self._ranked(grouped.pop(WHOLE, ()))
        initials = grouped.pop(INITIALS, ())
        scores: dict[int, float] = {}
        groups = sorted((rows for keys in (*grouped.values(), initials) if (rows := self._ranked(keys))), reverse=True)
        remaining = sum(rows[0][0] for rows in groups)
        for rows in groups:
            begins = remaining >= least - _ROUNDING
            remaining -= rows[0][0]
            for number, rarity in self._share(rows, scores, begins=begins).items():
                scores[number] = scores.get(number, 0.0) + rarity
        telling = self._share([row for row in whole if row[0] >= least], {}, begins=True)
        for number, rarity in {**self._share(whole, scores, begins=False), **telling}.items():
            scores[number] = rarity + max(scores.get(number, 0.0), told * rarity / self._unseen if told < math.inf else 0.0)
        for identifier in parsed.identifiers:
            for number in self._by_identifier.get(identifier, ()):
                scores[number] = scores.get(number, 0.0) + 1000.0
        lengths, is_over, kinds = self._lengths, self._is_over, self._kinds
        likely = frozenset((kind, "", "other")) if kind else None
        kept = [
            ((score if likely is None or kinds[number] in likely else score * _OTHER_KIND) / lengths[number], not is_over[number], -number)
            for number, score in scores.items()
            if score >= least
        ]
        found = self._spread([-number for *_, number in heapq.nlargest(_SPREAD * _CANDIDATES, kept)])
        return list(dict.fromkeys((*found, *self._spelled_short(initials))))

    def _spelled_short(self, keys: tuple[str, ...]) -> list[int]:
        """Names whose acronym, or which as an acronym, the initials of a name are: the longest and rarest, whatever else ranks before."""
        rows = sorted((-len(key), len(self._by_key[key]), key) for key in keys if key in self._by_key and len(key) > _LETTERS)
        return list(dict.fromkeys(number for _, count, key in rows if count <= _ACRONYMS for number in self._by_key[key]))[:_ACRONYMS]

    def _spread(self, ranked: list[int]) -> list[int]:
        """Of names in their order as many as are compared, few of one entry before all others have their turn."""
        if len(ranked) <= _CANDIDATES:
            return ranked
        seen: dict[int, int] = {}
        first: list[int] = []
        later: list[int] = []
        for number in ranked:
            entry = self._names[number].entry
            seen[entry] = seen.get(entry, 0) + 1
            (first if seen[entry] <= _OF_ENTRY else later).append(number)
        return (first + later)[:_CANDIDATES]

    def _weigh_words(self, parsed: ParsedName, grouped: dict[str, tuple[str, ...]], without: str = "") -> float:
        """How telling all words of a name are, in the reading in which they tell least: of each the rarest key, ``without`` some signs.

        A word that nobody has is as rare as can be.
        """
        told = {
            group: max((self._rarity.get(key, 0.0) for key in keys if key[0] not in without), default=0.0) or self._unseen
            for group, keys in grouped.items()
            if group.strip()
        }
        readings = ({token.folded for token in one.tokens} & told.keys() for one in (parsed, *parsed.variants))
        return min((sum(weight for word, weight in told.items() if word in words) for words in readings if words), default=math.inf)

    def _ranked(self, keys: Iterable[str]) -> list[tuple[float, str]]:
        """Keys that any name has, but those that too many have, the rarest first."""
        return sorted(
            ((self._rarity[key], key) for key in set(keys) if key in self._rarity and len(self._by_key[key]) <= _COMMON), reverse=True
        )

    def _share(self, rows: list[tuple[float, str]], known: dict[int, float], *, begins: bool) -> dict[int, float]:
        """Names that share keys of one group with the rarity of their rarest; only those known already where nothing may begin."""
        found: dict[int, float] = {}
        for rarity, key in reversed(rows):
            names = self._by_key[key]
            if not begins:
                names = [number for number in names if number in known]
            found.update(dict.fromkeys(names, rarity))
        return found


def _count_entries(names: list[int], owners: list[int]) -> int:
    """How many entries some names belong to: who has twenty spellings of one word is found by it as well."""
    return 1 if len(names) == 1 else len({owners[number] for number in names})


def _compare(one: ParsedName, other: ParsedName, text: str, kind: str, least: float) -> Comparison:
    """Compare, the name asked for read as the same kind of party as the entry where nobody said which."""
    if not kind and other.kind in ("company", "vessel", "person") and one.kind != other.kind:
        one = replace(parse_name(text, other.kind), identifiers=one.identifiers)
    elif kind and other.kind != kind and other.kind in ("other", ""):
        other = replace(parse_name(other.text, kind), identifiers=other.identifiers)
    return compare_names(one, other, least)


def _scale(found: Comparison, feature: str, detail: str, factor: float) -> Comparison:
    from landbridge.screening.compare import Feature

    score = min(found.score * factor, 1.0)
    return replace(found, score=score, features=(*found.features, Feature(feature, detail, factor)))


def _weigh_country(found: Comparison, country: str, entry: ListedEntry) -> Comparison:
    """What the countries of both sides tell: another one than the list's clears nobody whom a person would have to look at.

    Two names that are one by the meaning of common words alone are for a person to look at where the countries differ; nothing tells less.
    """
    if not country or not entry.countries or found.score <= 0:
        return found
    if country in entry.countries:
        lifted = found.score + (1 - found.score) * _COUNTRY_SAME * found.score
        return _scale(found, "same country", country, lifted / found.score)
    factor = _TRANSLATED_DIFFERS if found.is_translated else _COUNTRY_DIFFERS
    if found.score >= REVIEW_SCORE:
        factor = max(factor, REVIEW_SCORE / found.score)
    return _scale(found, "country differs", f"{country} | {', '.join(entry.countries)}", factor)


def _make_match(entry: ListedEntry, found: Comparison, name: ParsedName) -> ScreeningMatch:
    return ScreeningMatch(
        entry_id=entry.entry_id,
        list_name=entry.list_name,
        regime=entry.regime,
        program=entry.program,
        measure=entry.measure,
        entry_name=entry.names[0] if entry.names else name.text,
        matched_name=name.text,
        score=round(found.score, 4),
        verdict="review",
        features=tuple(ScreeningFeature(feature=row.feature, detail=row.detail, factor=round(row.factor, 4)) for row in found.features),
        listed_on=entry.listed_on,
        delisted_on=entry.delisted_on,
        content_hash=entry.content_hash,
    )


def judge_match(match: ScreeningMatch, gates: frozenset[str] | None, as_of: date) -> Verdict:
    """Verdict of one match on a day: blocked where a gating regime freezes and the name is surely that of the entry.

    Parameters
    ----------
    match
        Match of :meth:`ListIndex.find`.
    gates
        Regimes whose designations block; None: all of them.
    as_of
        The day: what was listed later or removed by then is clear.
    """
    if not is_listed(match, as_of):
        return "clear"
    if match.score >= BLOCK_SCORE and match.measure == "freeze" and (gates is None or match.regime in gates):
        return "blocked"
    return "review"
