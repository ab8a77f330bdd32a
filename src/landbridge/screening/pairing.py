"""Which words of two names answer each other: one by one, as runs written together, as acronyms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from landbridge.screening.acronym import may_be_acronym, spells
from landbridge.screening.blend import is_blend
from landbridge.screening.chinese import pinyin_readings
from landbridge.screening.foreign_match import SAID, find_said, foreign_likeness, may_say
from landbridge.screening.han import pinyin_concepts
from landbridge.screening.lexicon import get_lexicon
from landbridge.screening.meaning import english_meanings, translation
from landbridge.screening.script import fold_word
from landbridge.screening.sound import plain_key, sound, sound_similarity
from landbridge.screening.token import ParsedName, Token
from landbridge.screening.word_match import is_slip, is_spelled_alike, match_tokens, ramp, related_concepts
from landbridge.screening.word_run import begins_apart, has_han_word, joined_similarity, sound_apart

_PAIR, _PERSON_PAIR = 0.3, 0.4
"""How alike two words have to be to answer each other at all."""
_ACRONYM = {2: 0.6, 3: 0.75, 4: 0.82}
"""How surely an acronym of so many letters is the words that it spells: never enough to block by itself."""
_SAID = 0.88
"""Likeness of sound from which a word is one of a phrase."""
_RELATED_ENOUGH, _RELATED_AT_LEAST = 0.8, 0.5


@dataclass(slots=True)
class Pairing:
    """Words of two names that answer each other, with how surely, and what is left on each side.

    ``said`` are numbers that the other side has as a word that means nothing there: هفت تپه is Haft Tappeh.
    """

    pairs: list[tuple[tuple[Token, ...], tuple[Token, ...], float]]
    left: list[Token]
    right: list[Token]
    said: set[int] = field(default_factory=set)

    def ways(self) -> tuple[tuple[list[Token], list[Token], bool], ...]:
        """What is left on one side and on the other, and whether the one is the left: both ways round."""
        return ((self.left, self.right, True), (self.right, self.left, False))

    def answer(self, own: tuple[Token, ...], said: tuple[Token, ...], quality: float, *, is_left: bool) -> None:
        """Let words that are left on one side, the left or the right, answer words that are left on the other."""
        self.pairs.append((own, said, quality) if is_left else (said, own, quality))
        for side, words in ((self.left, own if is_left else said), (self.right, said if is_left else own)):
            for token in words:
                side.remove(token)


def pair_words(left: ParsedName, right: ParsedName) -> Pairing:
    """Let words answer each other, the most alike first, then runs of words written as one, then acronyms."""
    lefts = [token for token in left.tokens if token.weight > 0 and token.number is None]
    rights = [token for token in right.tokens if token.weight > 0 and token.number is None]
    scored = []
    has_fathers = all(any(token.is_father for token in side) for side in (lefts, rights))
    for row, one in enumerate(lefts):
        for column, other in enumerate(rights):
            if has_fathers and _is_swapped(one, other, row, column):
                continue
            quality = match_tokens(one, other) if left.kind == "person" else _match_meaning(one, other)
            if quality >= (_PERSON_PAIR if left.kind == "person" else _PAIR):
                scored.append((quality * min(one.weight, other.weight) + quality, -abs(row - column), row, column, quality))
    scored.sort(reverse=True)
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs: list[tuple[tuple[Token, ...], tuple[Token, ...], float]] = []
    for _, _, row, column, quality in scored:
        if row not in used_left and column not in used_right:
            used_left.add(row)
            used_right.add(column)
            pairs.append(((lefts[row],), (rights[column],), quality))
    pairing = Pairing(
        pairs,
        [token for row, token in enumerate(lefts) if row not in used_left],
        [token for row, token in enumerate(rights) if row not in used_right],
    )
    _pair_numbers(pairing, left, right)
    if pairing.left and pairing.right:
        _join(pairing)
        _gather(pairing)
        _spell_out(pairing)
        if left.kind != "person":
            _translate(pairing)
        _blend(pairing)
        if left.kind != "person":
            _pair_owners(pairing)
    if pairing.left or pairing.right:
        _absorb(pairing)
    if (pairing.left and pairing.right) or any(len(token.folded) <= 6 for token in pairing.left + pairing.right):
        _join_matched(pairing)
        _pair_acronyms(pairing, lefts, rights, (left.legal, right.legal))
    return pairing


def _pair_numbers(pairing: Pairing, left: ParsedName, right: ParsedName) -> None:
    """A number in letters that a leftover word of the other side, in other letters, sounds like: that side has no number."""
    for own, other, spare, is_left in ((left, right, pairing.right, True), (right, left, pairing.left, False)):
        if not spare or any(token.number is not None for token in other.tokens):
            continue
        for token in own.tokens:
            if token.number is None or len(token.folded) < _SHORTEST_NUMBER or _NUMERAL.fullmatch(token.folded):
                continue
            heard = next((word for word in spare if word.script != token.script and _sound_alike(token, word)), None)
            if heard is not None:
                spare.remove(heard)
                pairing.pairs.append(((token,), (heard,), 1.0) if is_left else ((heard,), (token,), 1.0))
                pairing.said.add(token.number)


_SHORTEST_NUMBER = 3
"""Letters of a number that may be a word elsewhere."""
_NUMERAL = re.compile("[0-9]+|[ivx]+")
"""Signs of a number, which are no word by their letters: Sea Dolphin III is not Си Долфин II."""


def _sound_alike(one: Token, other: Token) -> bool:
    return any(
        plain_key(own) == plain_key(said) and sound_similarity(own, said, one.is_abjad, other.is_abjad) >= _SAID
        for own in one.sounds
        for said in other.sounds
    )


@lru_cache(maxsize=300_000)
def _match_meaning(one: Token, other: Token) -> float:
    """How surely two words of firms are one, by what the tables know or by what dictionaries say of words of two scripts."""
    quality = match_tokens.__wrapped__(one, other)
    if quality >= _SAID or (one.script == other.script != "latin") or one.is_initial or other.is_initial:
        return quality
    told = max(quality, translation(one.folded, other.folded), _translated_concept(one, other))
    return told if told >= _SAID else max(told, foreign_likeness(one, other))


_BY_PINYIN = 0.85
"""How surely a word in pinyin is the trade that the characters so read mean: tielu is railway."""
_BY_CONCEPT, _CONCEPT_STEP = 0.8, 0.05
"""How surely a word is another whose concept the first English word of its dictionary entry names, and less for each later one."""


def _translated_concept(one: Token, other: Token) -> float:
    """How surely a word that only a dictionary knows means the concept of the other: 财富 is wealth, and wealth is fortune."""
    if bool(one.senses) == bool(other.senses):
        return 0.0
    known, unknown = (one, other) if one.senses else (other, one)
    if unknown.names:
        return 0.0
    if unknown.script == "latin":
        return _BY_PINYIN if known.script != "han" and pinyin_concepts(unknown.folded) & known.concepts else 0.0
    words = get_lexicon().words
    for rank, word in enumerate(english_meanings(unknown.folded)[:3]):
        if any(sense.concept in known.concepts and sense.kind in ("trade", "direction") for sense in words.get(word) or ()):
            return _BY_CONCEPT - _CONCEPT_STEP * rank
    return 0.0


def _is_swapped(one: Token, other: Token, row: int, column: int) -> bool:
    """Whether the given name of one person is the father's of the other: Salman bin Muhammad is not Muhammad bin Salman."""
    return (row == 0 and not one.is_father and other.is_father) or (column == 0 and not other.is_father and one.is_father)


def _absorb(pairing: Pairing) -> None:
    """A leftover word that a phrase on the other side says too: of Шиппинг Лайнз against the phrase SHIPPING LINES the second."""
    for index, (lefts, rights, quality) in enumerate(pairing.pairs):
        for spare, own, phrase in ((pairing.left, lefts, rights), (pairing.right, rights, lefts)):
            words = [word for token in phrase if token.senses and "(" not in token.text for word in token.text.split()]
            if len(words) < 2 or len(own) > 1:
                continue
            taken = [token for token in spare if any(_is_said(token, word) for word in words)][: len(words) - 1]
            for token in taken:
                spare.remove(token)
            if taken:
                grown = (*own, *taken)
                pairing.pairs[index] = (grown, rights, quality) if own is lefts else (lefts, grown, quality)


@lru_cache(maxsize=50_000)
def _is_said(token: Token, word: str) -> bool:
    """Whether a word of a phrase means or sounds what a token does."""
    folded = fold_word(word)
    concepts = {sense.concept for sense in get_lexicon().find_word(folded)}
    return bool(concepts & token.concepts) or any(sound_similarity(units, sound(folded)) >= _SAID for units in token.sounds)


def _join(pairing: Pairing) -> None:
    """Words that one side writes together and the other apart."""
    for one, many, is_left in pairing.ways():
        for token in list(one) if len(many) > 1 else ():
            run = _find_run(token, many)
            if run is not None:
                start, end, quality = run
                pairing.answer((token,), tuple(many[start:end]), quality, is_left=is_left)
    if len(pairing.left) > 1 and len(pairing.right) > 1:
        quality = ramp(joined_similarity(pairing.left, pairing.right))
        if quality >= 0.6:
            pairing.answer(tuple(pairing.left), tuple(pairing.right), quality, is_left=True)


_BLEND = 0.85
"""How surely a word made of the beginnings of others is those others."""


def _blend(pairing: Pairing) -> None:
    """A leftover word made of the beginnings of all leftover words of the other side."""
    for one, many, is_left in pairing.ways():
        token = next((token for token in one if is_blend(token, many)), None)
        if token is not None:
            pairing.answer((token,), tuple(many), _BLEND, is_left=is_left)


NATIONAL_OR_STATE, _BY_OWNER = frozenset(("national", "state")), 0.7
"""Words that one firm may be called by in turn, and how surely they are then one; State Bank and National Bank are two."""
_A_NAME, _ALIKE = 0.8, 0.9
"""Weight of a word that may be a name of its own, and how surely both names have it, at least."""


def _pair_owners(pairing: Pairing) -> None:
    """National on one side and state on the other, beside a proper name that both have: the national and the state airline Belavia."""
    one = next((token for token in pairing.left if token.concepts & NATIONAL_OR_STATE), None)
    other = next((token for token in pairing.right if token.concepts & NATIONAL_OR_STATE), None)
    if one is None or other is None or not any(quality >= _ALIKE and _is_proper(lefts) for lefts, _, quality in pairing.pairs):
        return
    pairing.answer((one,), (other,), _BY_OWNER, is_left=True)


def _is_proper(tokens: tuple[Token, ...]) -> bool:
    """Whether a word is a name of its own, no country, town or trade."""
    return any(token.weight >= _A_NAME and all(sense.kind in ("brand", "name") for sense in token.senses) for token in tokens)


def _gather(pairing: Pairing) -> None:
    """A leftover compound all of whose parts are said by leftover words of the other side, in whatever order: Mogilevliftmash."""
    for one, many, is_left in pairing.ways():
        for token in list(one):
            if len(token.parts) < _FEWEST_PARTS or token.parts[-1] == "plant":
                continue
            said: list[Token] = []
            for part in token.parts:
                best = max((other for other in many if other not in said), key=lambda other: _says(part, other), default=None)
                if best is not None and _says(part, best) >= _RELATED_ENOUGH:
                    said.append(best)
            if len(said) == len(token.parts):
                pairing.answer((token,), tuple(said), _GATHERED, is_left=is_left)


def _translate(pairing: Pairing) -> None:
    """Leftover words that mean together, or by their parts, what leftover words of the other side say: chemin de fer and railway."""
    for one, many, is_left in pairing.ways():
        for length in range(min(_LONGEST_PHRASE, len(one)), 0, -1):
            for run in [tuple(one[start : start + length]) for start in range(len(one) - length + 1)]:
                said = find_said(run, many) if may_say(run) and all(token in one for token in run) else []
                if said:
                    pairing.answer(run, tuple(said), SAID, is_left=is_left)


_LONGEST_PHRASE = 3


def _spell_out(pairing: Pairing) -> None:
    """A leftover phrase all of whose words are said by leftover words of the other side: Artificial Fibre and искусственного волокна."""
    for one, many, is_left in pairing.ways():
        for token in [token for token in one if " " in token.text and token.senses]:
            said: list[Token] = []
            words = [word for word in token.text.split() if not _joins_words(word)]
            for word in words:
                said += [other for other in many if other not in said and (_is_said(other, word) or is_slip(other, fold_word(word)))][:1]
            if len(said) < _FEWEST_PARTS or len(said) < len(words):
                continue
            quality = _GATHERED if all(_is_said_by(other, token.text) for other in said) else _MISSPELLED
            pairing.answer((token,), tuple(said), quality, is_left=is_left)


_MISSPELLED = 0.75
"""How surely a phrase is words of which one is misspelled."""


def _is_another(token: Token, phrase: str) -> bool:
    """Whether a word is known, and no word of a phrase, nor one misspelled."""
    return bool(token.senses) and not _is_said_by(token, phrase) and not is_spelled_alike(token, phrase)


def _is_said_by(token: Token, phrase: str) -> bool:
    return any(_is_said(token, word) for word in phrase.split())


@lru_cache(maxsize=20_000)
def _joins_words(word: str) -> bool:
    """Whether a word of a phrase is an article, or such as "of"."""
    return any(sense.kind == "stop" for sense in get_lexicon().find_word(fold_word(word)))


_FEWEST_PARTS, _GATHERED = 2, 0.9
"""Parts of a compound at least, and how surely it is the words that say them."""


def _join_matched(pairing: Pairing) -> None:
    """A leftover word that belongs to a pair matched only in part: Azar gun and Azargun."""
    for index, (lefts, rights, quality) in enumerate(pairing.pairs):
        if quality >= 0.95 or len(lefts) > 1 or len(rights) > 1:
            continue
        for spare, own, other in ((pairing.left, lefts, rights), (pairing.right, rights, lefts)):
            for token in list(spare):
                if any(one.parts for one in other) and token.senses and all(one.senses for one in own):
                    continue  # what each part means is known
                best = max(ramp(joined_similarity(order, list(other))) for order in ([*own, token], [token, *own]))
                if best > quality + 0.2:
                    spare.remove(token)
                    grown = (*own, token)
                    pairing.pairs[index] = (grown, other, best) if own is lefts else (other, grown, best)
                    return


def _find_run(token: Token, many: list[Token]) -> tuple[int, int, float] | None:
    """The run of words that a word is, and how surely: by the concepts of its parts, or by sound."""
    best: tuple[int, int, float] | None = None
    is_heard: bool | None = None
    alone = [token]
    for start in range(len(many) - 1):
        if not token.parts and begins_apart(token, many[start]):
            is_heard = _may_be_bounded(token, many) if is_heard is None else is_heard
            if is_heard:
                continue
        for end in range(start + 2, min(start + 5, len(many)) + 1):
            run = many[start:end]
            if token.parts and len(token.parts) == len(run):
                told = [_says(part, other) for part, other in zip(token.parts, run, strict=True)]
                if min(told) >= _RELATED_AT_LEAST and sum(told) / len(told) >= _RELATED_ENOUGH:
                    return start, end, sum(told) / len(told)
                if all(other.senses for other in run):
                    continue  # what both mean is known: Металлстрой is not Metallo-Torg
            if len(run) == len(token.text.split()) > 1 and any(_is_another(other, token.text) for other in run):
                continue  # another word that is known: Filling station is no Fishing station
            if sound_apart(alone, run):
                is_heard = _may_be_bounded(token, many) if is_heard is None else is_heard
                if is_heard:
                    continue
            quality = ramp(joined_similarity(alone, run))
            if quality >= 0.5 and (best is None or quality > best[2]):
                best = (start, end, quality)
    return best


def _may_be_bounded(token: Token, many: list[Token]) -> bool:
    """Whether only sound can make a word the same as a run: neither is written in characters, and the word is no syllables of Chinese."""
    return not (token.script == "han" or token.parts or has_han_word(many) or pinyin_readings(token.folded))


def _says(part: str, token: Token) -> float:
    """How surely a word says what a part of a compound does."""
    if part in token.concepts:
        return 1.0
    return max((related_concepts().get(frozenset((part, concept)), 0.0) for concept in token.concepts), default=0.0)


def _pair_acronyms(pairing: Pairing, lefts: list[Token], rights: list[Token], legals: tuple[frozenset[str], frozenset[str]]) -> None:
    for spare, others, rest, is_left, legal in (
        (pairing.left, rights, pairing.right, True, legals[1]),
        (pairing.right, lefts, pairing.left, False, legals[0]),
    ):
        for token in list(spare):
            if not others or not may_be_acronym(token) or _has_meaning(token) or token.names or len(token.folded) > 7:
                continue
            loose = [other for other in others if other.weight >= 0.15]
            for start in range(len(loose)):
                run = next((loose[start:end] for end in range(len(loose), start, -1) if spells(token, loose[start:end], legal)), None)
                inside = [other for other in run or () if other in rest]
                if (
                    run
                    and len(inside) >= min(2, len(run))
                    and sum(other.weight for other in inside) >= 0.7 * sum(other.weight for other in rest)
                ):
                    pairing.answer((token,), tuple(inside), _ACRONYM[min(len(token.folded), 4)], is_left=is_left)
                    break


def _has_meaning(token: Token) -> bool:
    return any(sense.kind != "town" for sense in token.senses)
