"""Entries of lists, ready to be asked for a name: which of their names may match it, and the match of each."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from landbridge.domain.screening import ListedEntry, ScreeningFeature, ScreeningMatch, Verdict
from landbridge.screening.compare import Comparison, compare_names
from landbridge.screening.kept_name import read_name, write_name
from landbridge.screening.match import BLOCK_SCORE, REVIEW_SCORE, split_names
from landbridge.screening.name import parse_name
from landbridge.screening.name_keys import (
    PAIR,
    WORD,
    content_words,
    initial_keys,
    name_keys,
    number_keys,
    pair_keys,
    readings,
    whole_keys,
    word_keys,
)
from landbridge.screening.token import ParsedName
from landbridge.screening.word_space import WordSpace

_COUNTRY_SAME, _COUNTRY_DIFFERS, _TRANSLATED_DIFFERS = 0.25, 0.9, 0.75
"""What the same country lifts; factors of another one, and where names are one by their meaning alone. Logic-v1 takes 0.2 of 1."""
_LIFTED_ENOUGH = 0.34
"""Score from which the same country may lift one to a review: 0.34 + 0.66 * 0.25 * 0.34 is just below it."""
_MOST_READ = 100_000
"""Names of lists that are held as they were read, some 1 kB each."""
_WEAK_ALIAS = 0.9
_MOST_LIKELY = 100
"""Names that one is compared with because of their words, those that may score highest."""
_MOST_WHOLE, _MOST_SPELLED = 16, 12
"""Names that are compared because the whole of them is written together, and because of an acronym."""
_ROUNDING = 1e-9
_GIVEN_KINDS = ("company", "vessel", "person")


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
                yield IndexedName(position, text, kind, is_weak, tuple(name_keys(parsed)), write_name(parsed))


class ListIndex:
    """Entries by the keys of their names. Read only once built.

    Parameters
    ----------
    entries
        The entries.
    names
        What :func:`index_names` gave for them, where it was kept.
    """

    def __init__(self, entries: Iterable[ListedEntry], names: Iterable[IndexedName] | None = None) -> None:
        self.entries = tuple(entries)
        self._names: list[IndexedName] = []
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_identifier: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._spaces: dict[str, WordSpace] = {}
        self._read: dict[int, ParsedName] = {}
        firsts: dict[int, int] = {}
        for number, name in enumerate(index_names(self.entries) if names is None else names):
            firsts.setdefault(name.entry, number)
            self._enter(number, name)
        for position, number in firsts.items():
            for identifier in self.entries[position].identifiers:
                self._by_identifier[identifier].append(number)
        for space in self._spaces.values():
            space.close()

    def _enter(self, number: int, name: IndexedName) -> None:
        """Enter one name; its keys are not held any longer."""
        read = name.read or write_name(parse_name(name.text, name.kind))
        self._names.append(replace(name, keys=(), read=read))
        row = json.loads(read)
        space = self._spaces.get(row[1])
        if space is None:
            space = self._spaces[row[1]] = WordSpace(row[1])
        space.add(number, row, name.keys)
        for key in name.keys:
            if key[0] == "#":
                self._by_identifier[tuple(key[1:].split(":", 1))].append(number)  # type: ignore[index]
            elif key[0] not in (WORD, PAIR):
                self._by_key[key].append(number)

    def __len__(self) -> int:
        return len(self.entries)

    def find(
        self, text: str, kind: str = "", country: str = "", identifiers: frozenset[tuple[str, str]] = frozenset()
    ) -> tuple[ScreeningMatch, ...]:
        """Entries that a name may mean, best first, whatever their dates.

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
        best: dict[int, tuple[Comparison, ParsedName]] = {}
        known: dict[int, float] = {}
        least = (_LIFTED_ENOUGH if country else REVIEW_SCORE) - _ROUNDING
        for part in split_names(text):
            parsed = parse_name(part, kind)
            if identifiers:
                parsed = replace(parsed, identifiers=parsed.identifiers | identifiers)
            for number, bound in self._candidates(parsed, part, kind, least):
                indexed = self._names[number]
                if known.get(indexed.entry, 0.0) >= bound:
                    continue
                other = self._read_name(number)
                entry = self.entries[indexed.entry]
                found = _compare(parsed, other, part, kind, least)
                if found.score < least:
                    continue
                if indexed.is_weak:
                    found = _scale(found, "alias that the list calls weak", other.text, _WEAK_ALIAS)
                known[indexed.entry] = max(found.score, known.get(indexed.entry, 0.0))
                found = _weigh_country(found, country, entry)
                before = best.get(indexed.entry)
                if before is None or found.score > before[0].score:
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
            found = read_name(indexed.read)
            identifiers = self.entries[indexed.entry].identifiers
            found = replace(found, identifiers=found.identifiers | frozenset(identifiers)) if identifiers else found
            if len(self._read) >= _MOST_READ:
                self._read.clear()
            self._read[number] = found
        return found

    def _candidates(self, parsed: ParsedName, text: str, kind: str, least: float) -> list[tuple[int, float]]:
        """Names that a name may match, each with a bound of its score, the likeliest first.

        By their words: all whose words may give the score (:class:`WordSpace`). Further those that have its identifier, those that are
        written together or as the same syllables, and those whose acronym, or which as an acronym, it is: what no word of theirs tells.
        """
        likely: dict[int, float] = {}
        for listed, space in self._spaces.items():
            asked = parse_name(text, listed) if not kind and listed in _GIVEN_KINDS and parsed.kind != listed else parsed
            likely.update(space.find_likely(asked, least))
        ranked = sorted(likely.items(), key=lambda row: (-row[1], row[0]))[:_MOST_LIKELY]
        numbers = [number for identifier in parsed.identifiers for number in self._by_identifier.get(identifier, ())]
        numbers += self._rarest(self._whole_keys(parsed), _MOST_WHOLE)
        numbers += self._rarest(initial_keys(parsed, is_asked=True), _MOST_SPELLED)
        return [*((number, math.inf) for number in dict.fromkeys(numbers)), *(row for row in ranked if row[0] not in set(numbers))]

    def _whole_keys(self, parsed: ParsedName) -> Iterator[str]:
        """Keys of the whole of a name, and of its words where they may be the whole of another, or are but a number."""
        yield from whole_keys(parsed, is_asked=True)
        for one in readings(parsed):
            is_person = one.kind == "person"
            words = content_words(one)
            keys = [key for token in words for key in word_keys(token, is_person=is_person)]
            keys += [key for first, second in pairwise(words) for key in pair_keys(first, second, is_person=is_person)]
            yield from (key for key in keys if key[0] in _OF_WHOLE)
            if all(token.number is not None or token.weight == 0 for token in words):
                yield from number_keys(one)

    def _rarest(self, keys: Iterable[str], most: int) -> list[int]:
        """Names that have any of some keys, those of the rarest keys first."""
        rows = sorted((len(found), key) for key in set(keys) if (found := self._by_key.get(key)))
        return list(dict.fromkeys(number for _, key in rows for number in self._by_key[key][:most]))[:most]


_OF_WHOLE = "q+&p"


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
    if (match.listed_on and match.listed_on > as_of) or (match.delisted_on and match.delisted_on <= as_of):
        return "clear"
    if match.score >= BLOCK_SCORE and match.measure == "freeze" and (gates is None or match.regime in gates):
        return "blocked"
    return "review"
