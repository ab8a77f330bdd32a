"""Words of listed names, each once, and which names may reach a score by their words: a bound that the comparison keeps below."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import Levenshtein

from landbridge.screening.blend import BLEND
from landbridge.screening.compare import (
    BESIDE_NAME,
    COMMON_ONLY,
    CONFLICT,
    CONFLICTING,
    DOUBT,
    SAME_NUMBER,
    SUBSTITUTED,
    is_common,
    is_naming,
    weigh_conflict,
    weigh_omission,
)
from landbridge.screening.foreign_match import SAID, said_concepts
from landbridge.screening.kept_name import read_token
from landbridge.screening.name_keys import CONTENT, PAIR, WORD, asked_keys, content_words, foreign_consonants, pair_keys, readings, run_keys
from landbridge.screening.pairing import PAIR as PAIR_QUALITY
from landbridge.screening.pairing import PERSON_PAIR, is_short, match_meaning
from landbridge.screening.sister import SISTER_SCORE, may_be_sister
from landbridge.screening.sound import may_be_alike, plain_key, weigh_sound
from landbridge.screening.token import ParsedName, Token
from landbridge.screening.word_match import match_tokens, ramp
from landbridge.screening.word_run import joined_similarity

Found = tuple[tuple[float, int], ...]
"""Words of the space that a word may be, each with how surely, the least sure first."""
_MEANT = 0.9
"""How surely, at most, a compound or a phrase is words that say a part of it."""
_RUN_QUALITY = 0.5
"""How surely words written together are a run of words, where it tells anything."""
_TWO, _MOST_RUN = 2, 5
_MOST_KNOWN = 20_000
"""Words asked for of which it is kept what they found."""
_INITIAL = 1.0
"""What an initial may stand for at most: one word of full weight."""
_PLACES = frozenset(("place", "town", "country"))


@dataclass(slots=True)
class _Asked:
    """One reading of a name that is asked for: its words, what each weighs, and the names that each reaches."""

    text: str
    words: list[Token]
    initials: int
    extra: float
    is_person: bool
    has_branches: bool
    reached: list[dict[int, float]] = field(default_factory=list)
    covered: dict[int, float] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)


class WordSpace:
    """The words of listed names of one kind. Filled once, then only asked.

    Parameters
    ----------
    kind
        The kind of the names.
    """

    def __init__(self, kind: str) -> None:
        self._is_person = kind == "person"
        self._places: dict[str, int] = {}
        self._words: list[tuple[Token, ...]] = []
        self._names: list[list[int]] = []
        self._telling: list[float] = []
        self._keys: dict[str, list[int]] = {}
        self._pairs: dict[tuple[int, int], int] = {}
        self._parts: dict[int, tuple[int, int]] = {}
        self._least: dict[int, float] = {}
        self._initials: dict[int, int] = {}
        self._open: set[int] = set()
        self._short: dict[int, float] = {}
        self._acronyms: set[int] = set()
        self._known: dict[Token, Found] = {}

    def add(self, number: int, row: list[Any], keys: Iterable[str]) -> None:
        """Enter a name as it was written down, a row of JSON (:mod:`landbridge.screening.kept_name`), with the keys of its words."""
        texts = [one[2] for one in (row, *row[8])]
        own = dict.fromkeys(text for one in texts for text in one)
        told = [key for key in keys if key[0] in _SIGNS]
        words = [self._enter(text, key) for text, key in zip(own, (key for key in told if key[0] == WORD), strict=True)]
        places = dict(zip(own, words, strict=True))
        for word in words:
            self._names[word].append(number)
        for key in told:
            if key[0] == PAIR:
                self._enter_pair(number, key, words)
        initials = [sum(self._words[places[text]][0].is_initial for text in one) for one in texts]
        self._least[number] = min(sum(self._telling[places[text]] for text in one) for one in texts)
        if any(initials):
            self._initials[number] = max(initials)
        short = 0.0 if self._is_person else max(self._weigh_short(row[0], [places[text] for text in one]) for one in texts)
        if short:
            self._short[number] = short
        if any(one[7] for one in (row, *row[8])):
            self._open.add(number)

    def _enter(self, text: str, keys: str) -> int:
        word = self._places.get(text)
        if word is None:
            token = read_token(text)
            word = self._places[text] = self._append((token,))
            if token.is_initial or token.number is not None or token.weight < CONTENT:
                self._telling[word] = 0.0
            if is_short(token):
                self._acronyms.add(word)
            for key in () if token.is_initial else keys.split("\t")[1:]:
                self._keys.setdefault(key, []).append(word)
        return word

    def _weigh_short(self, name: str, words: list[int]) -> float:
        """What the words of a name tell that may be acronyms."""
        return sum(self._telling[word] for word in words if word in self._acronyms and _stands_out(name))

    def _enter_pair(self, number: int, keys: str, words: list[int]) -> None:
        told, *found = keys.split("\t")
        first, second = (words[int(place)] for place in told[1:].split())
        pair = self._pairs.get((first, second))
        if pair is None:
            pair = self._pairs[first, second] = self._append((*self._words[first], *self._words[second]))
            self._parts[pair] = (first, second)
            for key in found:
                self._keys.setdefault(key, []).append(pair)
        self._names[pair].append(number)

    def _append(self, tokens: tuple[Token, ...]) -> int:
        self._words.append(tokens)
        self._names.append([])
        self._telling.append(sum(map(weigh_conflict, tokens)))
        return len(self._words) - 1

    def close(self) -> None:
        """Nothing more is entered: names of each word in the order of what all of their words tell."""
        self._places.clear()
        self._pairs.clear()
        for names in self._names:
            names.sort(key=self._order_of)

    def _order_of(self, number: int) -> float:
        """What the words of a name tell at least, as far as an initial leaves them to tell anything."""
        return 0.0 if number in self._initials else self._least[number] - self._short.get(number, 0.0)

    def find_likely(self, parsed: ParsedName, least: float) -> dict[int, float]:
        """Names whose words may give a score of ``least`` or more, each with a bound that its score does not exceed.

        Names written without spaces, acronyms and syllables of Chinese names are not found by their words: they have keys of the whole.
        """
        found: dict[int, float] = {}
        for one in readings(parsed):
            words = content_words(one)
            plain = [token for token in words if not token.is_initial] or words
            initials = len(words) - len(plain)
            asked = _Asked(one.text, plain, initials, _weigh_rest(one), one.kind == "person", bool(one.branches))
            self._reach(asked, words, least)
            for number, bound in self._bound(asked, least):
                if bound > found.get(number, 0.0):
                    found[number] = bound
        return found

    def _reach(self, asked: _Asked, words: list[Token], least: float) -> None:
        """Find the names that each word reaches, by itself or in a run of words, the word with the fewest names first.

        A name that only common words reach, and that has more words than they could answer, is not begun with.
        """
        partly, rows = self._look_up_all(asked, words)
        asked.reached = [{} for _ in rows]
        sizes = [sum(len(self._names[word]) for _, word in row) for row in rows]
        order = sorted(range(len(rows)), key=sizes.__getitem__)
        caps = [max((self._telling[word] for _, word in row), default=0.0) for row in rows]
        known: set[int] = set()
        seen: set[int] = set()
        for place, meant in enumerate(partly):
            if meant and _is_composite(asked.words[place]):
                known |= self._reach_parts(asked, place, meant)
        for step, place in enumerate(order):
            before = [asked.words[other] for other in order[:step]]
            limit = self._most_telling(asked, before, sum(caps[other] for other in order[step:]), len(order) - step, least)
            for quality, word in sorted(rows[place]):
                names = self._names[word]
                if limit is not None:
                    end = bisect_right(names, limit, key=self._order_of)
                    names = [*names[:end], *(number for number in names[end:] if number in known)]
                known.update(names)
                asked.reached[place].update(dict.fromkeys(names, quality))
                if not (is_common(asked.words[place]) and all(map(is_common, self._words[word]))):
                    asked.named.update(names)
                if word not in seen:
                    seen.add(word)
                    self._cover(asked.covered, word, names)

    def _look_up_all(self, asked: _Asked, words: list[Token]) -> tuple[list[set[int]], list[list[tuple[float, int]]]]:
        """What each word may be a part of, or has as its part; and what it may be, with how surely, by itself or in a run of words."""
        found = [self._look_up(token, asked.is_person) for token in asked.words]
        partly = [{word for quality, word in row if quality < 0} for row in found]
        rows: list[list[tuple[float, int]]] = [
            [(quality, word) for quality, word in row if quality > 0]
            + [(_MEANT, word) for word in meant if self._is_said(word) or any(word in others for others in partly if others is not meant)]
            for row, meant in zip(found, partly, strict=True)
        ]
        for run in self._runs(words):
            for row in self._look_up_run(run):
                for token in run:
                    if token in asked.words:
                        rows[asked.words.index(token)].append(row)
        return partly, rows

    def _reach_parts(self, asked: _Asked, place: int, meant: set[int]) -> set[int]:
        """Names whose words together may say a compound or a phrase."""
        several = self._having_several(meant)
        having = several if asked.words[place].parts else {number for word in meant for number in self._names[word]}
        asked.reached[place].update(dict.fromkeys(having, _MEANT))
        asked.named.update(having)
        for word in meant:
            self._cover(asked.covered, word, [number for number in self._names[word] if number in having])
        return having

    def _is_said(self, word: int) -> bool:
        """Whether a phrase, or a compound of a dictionary, may be said by one word of another name: its parts are not told."""
        token = self._words[word][0]
        return not token.senses and _is_composite(token) and not token.parts

    def _having_several(self, words: set[int]) -> set[int]:
        """Names that have two at least of some words."""
        once: set[int] = set()
        twice: set[int] = set()
        for word in words:
            names = self._names[word]
            twice.update(once.intersection(names))
            once.update(names)
        return twice

    def _most_telling(self, asked: _Asked, before: list[Token], cover: float, words: int, least: float) -> float | None:
        """What the words of a name may tell at most that none of some words reaches, the others at best; None if whatever."""
        loose = sum(weigh_conflict(token) for token in before if not _is_place(token) and not is_short(token))
        if asked.has_branches or loose <= CONFLICTING:
            return None
        matched = words + asked.extra
        free = matched * (1 / least - 1) / CONFLICT
        most = free if not asked.is_person and may_be_sister(before) else min(CONFLICTING, free)
        most = max(most, matched * (SUBSTITUTED / least - 1) / CONFLICT)
        return cover + asked.initials * _INITIAL + most

    def _cover(self, covered: dict[int, float], word: int, names: list[int]) -> None:
        telling = self._telling[word]
        if telling:
            for number in names:
                covered[number] = covered.get(number, 0.0) + telling

    def _bound(self, asked: _Asked, least: float) -> Iterator[tuple[int, float]]:
        kind = "person" if asked.is_person else "company"
        tellings = [weigh_conflict(token) for token in asked.words]
        omissions = [weigh_omission(token, kind) * token.weight for token in asked.words]
        short = [] if asked.is_person else [token for token in asked.words if is_short(token) and _stands_out(asked.text)]
        has_kinds = not asked.is_person and not asked.extra
        placed = sum(telling for token, telling in zip(asked.words, tellings, strict=True) if _is_place(token))
        for number in {number for reached in asked.reached for number in reached}:
            initials = self._initials.get(number, 0) if asked.is_person or not self._is_person else 0
            matched = asked.extra + initials * _INITIAL
            doubt = loose = omitted = 0.0
            rest: list[Token] = []
            is_named = False
            for token, telling, omission, reached in zip(asked.words, tellings, omissions, asked.reached, strict=True):
                quality = reached.get(number)
                if quality is None:
                    loose += 0.0 if token in short else telling
                    omitted += omission
                    rest.append(token)
                else:
                    matched += (token.weight + 1) / 2 * quality
                    doubt += 0.0 if initials else token.weight / 2 * (1 - quality)
                    is_named = is_named or quality >= 0.9
            free = loose - initials * _INITIAL - (placed if number in self._open else 0.0)
            left = 0.0 if asked.has_branches else self._least[number] - asked.covered.get(number, 0.0) - asked.initials * _INITIAL
            left -= self._short.get(number, 0.0)
            conflict = max(0.0, min(free, left))
            if loose > 0:
                omitted *= max(0.0, free - conflict) / loose
            else:
                omitted = 0.0
            if not asked.is_person and is_named:
                omitted *= BESIDE_NAME
            bound = matched / (matched + DOUBT * doubt + omitted + CONFLICT * conflict)
            if conflict >= CONFLICTING:
                is_sister = not asked.is_person and may_be_sister(rest)
                bound = max(SUBSTITUTED * bound, min(bound, SISTER_SCORE) if is_sister else 0.0)
            if has_kinds and conflict > 0 and number not in asked.named and any(map(is_naming, rest)):
                bound *= COMMON_ONLY
            if bound >= least:
                yield number, min(bound, 1.0)

    def _look_up(self, token: Token, is_person: bool) -> Found:
        """Words and pairs of words that one word may be."""
        found = self._known.get(token)
        if found is None:
            meant: set[int] = set()
            heard: set[int] = set()
            sure: set[int] = set()
            blended: set[int] = set()
            for key in asked_keys(token, is_person=is_person):
                words = self._keys.get(key)
                if words:
                    if key[0] == _BLEND:
                        blended.update(word for word in words if len(self._words[word]) > 1)
                    else:
                        (meant if key[0] in _MEANINGS else heard if key[0] in _SOUNDS else sure).update(words)
            heard = {word for word in heard - meant - sure if _may_sound_alike(token, self._words[word])}
            is_named = is_person and self._is_person
            rows = [(self._weigh(token, word, is_meant=word in meant, is_person=is_named), word) for word in meant | sure]
            rows += [(self._weigh(token, word, is_meant=False, is_person=True), word) for word in heard]
            rows += [(-_MEANT, word) for word in meant if not is_person and self._is_partly(token, word)]
            rows += [(BLEND, word) for word in blended]
            found = tuple(sorted(row for row in rows if row[0]))
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[token] = found
        return found

    def _weigh(self, token: Token, word: int, *, is_meant: bool, is_person: bool) -> float:
        """How surely a word is a word, or two words, of the space; 0 where it is not."""
        others = self._words[word]
        if len(others) > 1:
            if is_meant:
                return SAID
            quality = ramp(joined_similarity([token], list(others)))
            return quality if quality >= _RUN_QUALITY else 0.0
        quality = match_tokens(token, others[0]) if is_person else match_meaning(token, others[0])
        return quality if quality >= (PERSON_PAIR if self._is_person else PAIR_QUALITY) else 0.0

    def _is_partly(self, token: Token, word: int) -> bool:
        """Whether one of two words that share a meaning may be several words, of which the other is one."""
        others = self._words[word]
        return len(others) == 1 and (_is_composite(token) or _is_composite(others[0]))

    def _runs(self, words: list[Token]) -> Iterator[list[Token]]:
        """Neighbouring words that may be written as one: two, and all of them."""
        for first, second in pairwise(words):
            yield [first, second]
        if 2 < len(words) <= _MOST_RUN:
            yield words

    def _look_up_run(self, run: list[Token]) -> Iterator[tuple[float, int]]:
        """Words that a run of words may be."""
        keys = pair_keys(run[0], run[1], is_person=self._is_person) if len(run) == _TWO else run_keys(run)
        found = {word: key for key in keys for word in self._keys.get(key, ())}
        for word, key in found.items():
            others = self._words[word]
            if len(others) > 1:
                continue
            if key[0] in _MEANINGS or key[0] == _BLEND:
                yield (SAID if key[0] in _MEANINGS else BLEND), word
                continue
            quality = ramp(joined_similarity(run, list(others)))
            if quality >= _RUN_QUALITY:
                yield quality, word


_SIGNS = WORD + PAIR
_MEANINGS, _SOUNDS, _BLEND = "c", "qjk", "b"


def _is_composite(token: Token) -> bool:
    """Whether a word may be several words of another name: a compound or a phrase, of the tables or of a dictionary."""
    return bool(token.parts) or " " in token.text or (not token.senses and bool(said_concepts(token.folded)))


def _may_sound_alike(one: Token, others: tuple[Token, ...]) -> bool:
    """Whether words that share no key of what they mean may be one by their sound: two known words of one script mostly are not."""
    if len(others) > 1:
        return True
    other = others[0]
    if one.senses and other.senses and one.script == other.script:
        return plain_key(one.sounds[0]) == plain_key(other.sounds[0])
    if one.names and other.names and one.is_abjad == other.is_abjad:
        return False
    if (one.script == "han") != (other.script == "han"):
        return any(_begin_foreign(left, right) for left in one.sounds for right in other.sounds)
    least = _least_alike(one, other)
    return any(may_be_alike(left, right, one.is_abjad, other.is_abjad, least) for left in one.sounds for right in other.sounds)


def _least_alike(one: Token, other: Token) -> float:
    """Likeness of sound below which two words answer each other in no name, as :func:`match_tokens` weighs it."""
    if one.script != other.script and plain_key(one.sounds[0]) == plain_key(other.sounds[0]):
        return _LEAST_OTHER_SCRIPT
    if bool(one.senses) != bool(other.senses) or bool(one.names) != bool(other.names):
        return _LEAST_ONE_KNOWN
    return _LEAST_SHORT if min(weigh_sound(one.sounds[0]), weigh_sound(other.sounds[0])) <= _SHORT_WORD else _LEAST_ALIKE


_LEAST_ALIKE, _LEAST_SHORT, _LEAST_ONE_KNOWN, _LEAST_OTHER_SCRIPT, _SHORT_WORD = 0.81, 0.86, 0.87, 0.74, 3
"""Least likeness of two words that tells: of any, of short ones, where one is known, in two scripts; weight of a short one."""


def _begin_foreign(left: str, right: str) -> bool:
    one, other = foreign_consonants(left), foreign_consonants(right)
    most = max(len(one), len(other)) // _FOREIGN_PART
    return Levenshtein.distance(one, other, score_cutoff=most) <= most


_FOREIGN_PART = 3
"""One consonant of so many may be lost in Chinese characters, or heard as another."""


def _weigh_rest(one: ParsedName) -> float:
    """What words that a name is not found by may weigh at most: initials, numbers, and those that tell next to nothing."""
    words = [token for token in one.tokens if token.is_initial or token.number is not None or token.weight < CONTENT]
    return sum(_INITIAL if token.is_initial else SAME_NUMBER if token.number is not None else token.weight for token in words)


def _stands_out(name: str) -> bool:
    """Whether a word in capitals may be an acronym of a name: not where all of the name is in capitals."""
    return any(char.islower() for char in name)


def _is_place(token: Token) -> bool:
    return any(sense.kind in _PLACES for sense in token.senses)
