"""What a name is found by in an index: sounds, meanings, given names, initials, Chinese syllables, identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise, product

from landbridge.screening.acronym import initial_letters, initial_texts
from landbridge.screening.blend import blend_beginnings, word_beginnings
from landbridge.screening.chinese import (
    hong_kong_letters,
    joined_pinyins,
    pinyin_readings,
    read_hong_kong,
    spell_hong_kong,
    syllable_orders,
)
from landbridge.screening.foreign_match import meant_concepts, meant_words, phrase_concepts, said_concepts
from landbridge.screening.given import given_names
from landbridge.screening.han import chinese_key, pinyin_concepts
from landbridge.screening.meaning import english_stem
from landbridge.screening.sound import other_keys, plain_key, sound
from landbridge.screening.sound_unit import FREE, MEMBERS
from landbridge.screening.token import ParsedName, Token
from landbridge.screening.word_match import FATHER_VOWELS, related_to
from landbridge.screening.word_run import join_sounds

_PREFIX = 4
_SPELLED = 3
_MOST_INITIALS, _MOST_PINYINS, _SYLLABLE_WORDS = 8, 12, 3


WORD, PAIR = "=", "*"
"""Signs before the keys of one word and of two neighbouring words, where a list of names keeps them; other keys are of whole names."""
_SEPARATOR = "\t"


def name_keys(parsed: ParsedName) -> Iterator[str]:
    """What a name can be found by, in each of its readings: of each of its words in their order, of each two neighbours, of the whole.

    Words are those of :func:`list_words`; two neighbours are told by their places among these.
    """
    words = list_words(parsed)
    places = {token: place for place, token in enumerate(words)}
    is_person = {token: one.kind == "person" for one in readings(parsed) for token in one.tokens}
    content = {token for one in readings(parsed) for token in content_words(one)}
    for token in words:
        yield _SEPARATOR.join((WORD, *(word_keys(token, is_person=is_person[token]) if token in content else ())))
    pairs = {
        (first, second): keys
        for one in readings(parsed)
        for first, second in pairwise(content_words(one))
        if (keys := pair_keys(first, second, is_person=one.kind == "person"))
    }
    for (first, second), keys in pairs.items():
        yield _SEPARATOR.join((f"{PAIR}{places[first]} {places[second]}", *keys))
    yield from dict.fromkeys((*whole_keys(parsed, is_asked=False), *initial_keys(parsed, is_asked=False), *number_keys(parsed)))
    for kind, number in parsed.identifiers:
        yield f"#{kind}:{number}"


def readings(parsed: ParsedName) -> tuple[ParsedName, ...]:
    """A name and its other readings."""
    return (parsed, *parsed.variants)


def list_words(parsed: ParsedName) -> tuple[Token, ...]:
    """All words of a name in all its readings, each once."""
    return tuple(dict.fromkeys(token for one in readings(parsed) for token in one.tokens))


def content_words(one: ParsedName) -> list[Token]:
    """Words of one reading that a name is found by: all but numbers and those that tell next to nothing, or all of 777 LLC."""
    return [token for token in one.tokens if token.weight >= CONTENT and token.number is None] or list(one.tokens)


CONTENT = 0.2
"""Weight of a word that a name is found by, at least."""


def word_keys(token: Token, *, is_person: bool) -> tuple[str, ...]:
    """What one word is found by: its meaning, its spelling, its sound, its given name."""
    return _keys_of(token, is_person)


def asked_keys(token: Token, *, is_person: bool) -> tuple[str, ...]:
    """What one word of a name that is asked for is looked up by: also the concepts that languages name one thing by.

    A name from elsewhere in Chinese characters is looked up among words in letters, and the other way round.
    """
    related = (f"c{concept}" for concept in related_to(token.concepts))
    return (*(_TURNED.get(key[0], key[0]) + key[1:] for key in _keys_of(token, is_person)), *related)


_TURNED = {"j": "k", "k": "j"}


def pair_keys(first: Token, second: Token, *, is_person: bool) -> tuple[str, ...]:
    """What two neighbouring words are found by together."""
    return tuple(dict.fromkeys(_pair_keys(first, second, is_person=is_person)))


def whole_keys(parsed: ParsedName, *, is_asked: bool) -> tuple[str, ...]:
    """What all words of a name are found by together, in each of its readings."""
    found: dict[str, None] = {}
    for one in readings(parsed):
        found.update(dict.fromkeys(_whole_keys(content_words(one))))
        if one.kind == "person":
            found.update(dict.fromkeys(_syllable_keys(one, is_asked=is_asked)))
    return tuple(found)


def initial_keys(parsed: ParsedName, *, is_asked: bool) -> tuple[str, ...]:
    """What the initials of a name, and an acronym that it may be, are found by.

    Initials are no name: of a name that is asked for they are looked up among acronyms alone, and the letters of an acronym among both.
    """
    found: dict[str, None] = {}
    for one in readings(parsed):
        if one.kind != "person":
            tokens = [token for token in one.tokens if token.weight >= 0.15 and token.number is None]
            found.update(dict.fromkeys(_initial_keys(tokens, is_asked=is_asked)))
    return tuple(found)


def number_keys(parsed: ParsedName) -> tuple[str, ...]:
    """The numbers of a name."""
    return tuple(dict.fromkeys(f"d{token.number}" for one in readings(parsed) for token in one.tokens if token.number is not None))


def _whole_keys(content: list[Token]) -> Iterator[str]:
    """All words together: their sounds written as one, their concepts, their Chinese syllables."""
    if 2 <= len(content) <= 5:
        if len(content) > 2:
            yield from run_keys(content)
        if all(token.concepts for token in content):
            yield "+" + "+".join(min(token.concepts) for token in content)
    said = [token.parts or tuple(sorted(token.concepts)[:1]) for token in content]
    if all(said) and (parts := sorted({part for one in said for part in one} - _PLANT))[1:]:
        yield "&" + "+".join(parts)
    if 1 <= len(content) <= 5:
        orders = (content, [content[-1], *content[:-1]]) if 2 <= len(content) <= _SYLLABLE_WORDS else (content,)
        for order in orders:
            yield from (f"p{reading}" for reading in islice(sorted(joined_pinyins(order)), _MOST_PINYINS))


def _syllable_keys(one: ParsedName, *, is_asked: bool) -> Iterator[str]:
    """A person's name as Chinese syllables: by pinyin (p), and as Hong Kong or Wade-Giles spell it (h), where it may be theirs.

    Which characters a spelling of Hong Kong stands for is looked up of a name that is asked for alone: they are many.
    """
    for order in syllable_orders(one, both=not is_asked):
        yield from dict.fromkeys(f"y{key[1:].replace('r', 'l')}" for key in run_keys(order))
        yield from (f"p{reading}" for reading in islice(sorted(joined_pinyins(order)), _MOST_PINYINS))
        letters = hong_kong_letters(order)
        if letters:
            yield f"h{letters}"
        if is_asked:
            yield from (f"p{reading}" for reading in read_hong_kong(order))
            yield from (f"h{spelled}" for spelled in spell_hong_kong(order))


def _pair_keys(first: Token, second: Token, *, is_person: bool) -> Iterator[str]:
    """Two words as others write them together, Amir Reza and Amirreza, and what they mean together: chemin de fer."""
    yield from run_keys((first, second))
    yield from (f"p{reading}" for reading in islice(sorted(joined_pinyins([first, second])), _MOST_PINYINS))
    if not is_person:
        yield from (f"c{concept}" for concept in phrase_concepts((first.folded, second.folded)))
        yield from (f"b{one}{other}" for one in sorted(word_beginnings(first)) for other in sorted(word_beginnings(second)))


_PLANT = frozenset(("plant",))
"""What a compound such as Gomelliftmash leaves out; its other parts stand in whatever order."""


@lru_cache(maxsize=100_000)
def _keys_of(token: Token, is_person: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_token_keys(token), *(_name_keys(token) if is_person else _meaning_keys(token)))))


def _name_keys(token: Token) -> Iterator[str]:
    """The names of Wikidata that a word of a person's name may be (g)."""
    if not token.senses and not token.father_stem and not token.is_initial:
        yield from (f"g{name}" for name in sorted(given_names(token.folded))[:_MOST_GIVEN])


_MOST_GIVEN = 3


def _meaning_keys(token: Token) -> Iterator[str]:
    """English words that a word of a firm or a ship is or may mean (e), the parts of a compound, and what is of a place in German."""
    if token.script == "latin" and " " not in token.text:
        yield f"e{english_stem(token.folded)}"
        if token.folded.endswith("er") and len(token.folded) > _PREFIX + 1 and not token.names:
            yield from coarse_keys(sound(token.folded[:-2]))
    yield from (f"e{word}" for word in meant_words(token.folded))
    if not token.senses and not token.names:
        yield from (f"c{concept}" for concept in said_concepts(token.folded))
    yield from (f"c{part}" for part in token.parts if part not in _PLANT)
    if not token.names:
        yield from (f"b{beginnings}" for beginnings in blend_beginnings(token))


def _token_keys(token: Token) -> Iterator[str]:
    yield from (f"n{name}" for name in token.names)
    yield from (f"f{father}" for father in token.fathers)
    if token.father_stem:
        yield from coarse_keys(sound(token.father_stem.rstrip(FATHER_VOWELS)))
    for concept in token.concepts:
        yield f"c{concept}"
    if not token.senses and token.script == "latin":
        yield from (f"c{concept}" for concept in sorted(pinyin_concepts(token.folded)))
    if not token.senses and not token.names:
        yield from (f"c{concept}" for concept in meant_concepts(token.folded))
    for units in _heard(token):
        yield from coarse_keys(units)
    if not token.senses or token.weight >= 0.5:
        for units in _heard(token):
            if len(key := plain_key(units)) > _PREFIX:
                yield f"~{key[:_PREFIX]}"
        if token.script != "han" or (len(token.folded) > 1 and not token.senses):
            yield from (f"{'j' if token.script == 'han' else 'k'}{key}" for key in {foreign_key(units) for units in token.sounds} - {""})
        yield from _slip_keys(token)
        yield from (f"p{reading}" for reading in sorted(_syllables_of(token)))
    if token.parts:
        yield "+" + "+".join(token.parts)


def _heard(token: Token) -> tuple[str, ...]:
    """Sounds of a word; one that ends as Belarusian writes -ov in Latin letters is heard so too (Kubrakou)."""
    if token.script != "latin":
        return token.sounds[:4]
    ends = token.folded[-2:] in _SHORT_U and len(token.folded) > _SPELLED
    return (*token.sounds[:4], *([sound(f"{token.folded[:-1]}v")] if ends else []))


_SHORT_U = ("ou", "au", "eu")


def foreign_key(units: str) -> str:
    """How a word begins where it may be a name from elsewhere in Chinese characters: without l and r, which these leave out or add."""
    return foreign_consonants(units)[:_FOREIGN_LETTERS]


@lru_cache(maxsize=50_000)
def foreign_consonants(units: str) -> str:
    """Consonants of a word with all made one that a name in Chinese characters does not keep apart, without l and r."""
    return _DOUBLED.sub(_ONCE, plain_key(units).translate(_FOREIGN))


_FOREIGN, _FOREIGN_LETTERS = str.maketrans("sSvm", "ttbn", "lr"), 2


def _slip_keys(token: Token) -> Iterator[str]:
    """A word as it is spelled, so that it comes before those that only sound so; and what slips of the hand leave of its consonants."""
    if len(token.folded) >= _SPELLED and token.script in ("latin", "cyrillic"):
        key = plain_key(token.sounds[0])
        if len(key) >= _PREFIX:
            yield f"z{''.join(sorted(key))}"
        if len(key) > _PREFIX:
            yield f"${key[-_PREFIX:]}"


def _syllables_of(token: Token) -> set[str]:
    """A word as syllables of Chinese, in pinyin: as characters are read, and as Latin or Cyrillic letters may be."""
    if token.script == "han":
        return set(token.pinyins)
    return {chinese_key(token.folded, token.script)[0], *pinyin_readings(token.folded)} - {""}


def run_keys(run: Sequence[Token]) -> tuple[str, ...]:
    """What some words written together sound like, an Arabic article between them or not."""
    words = list(run)
    return tuple(dict.fromkeys((*coarse_keys(join_sounds(words)), *coarse_keys(join_sounds(words, has_article=True)))))


@lru_cache(maxsize=50_000)
def coarse_keys(units: str) -> tuple[str, ...]:
    """Consonants of some units with all that languages and romanisations take for each other made one (q).

    With and without what may fall away, w as v or not at all, and with other sounds of what may be several.
    """
    said = dict.fromkeys((units, "".join(char for char in units if char not in FREE)))
    said |= {one.replace("w", "v"): None for one in said}
    said |= {"".join(map(_harden, one)): None for one in said}
    waws = [place for place, char in enumerate(units) if "w" in MEMBERS.get(char, char)]
    said |= {"".join(char for char in one if "w" not in MEMBERS.get(char, char)): None for one in said} if waws else {}
    for place in waws if len(waws) > 1 else ():
        said[units[:place] + units[place + 1 :]] = None
    keys = [*map(plain_key, said), *(key for one in said for key in other_keys(one))]
    return tuple(dict.fromkeys(f"q{_DOUBLED.sub(_ONCE, key.replace('S', 's'))}" for key in keys))


def _harden(char: str) -> str:
    """A unit that may be ts or dz as t or z: Belarusian, Persian and others make one of the other, Tsiatseryn is Teterin."""
    members = MEMBERS.get(char, char)
    return "t" if "T" in members else "z" if "D" in members else char


_ONCE = r"\1"


_DOUBLED = re.compile(r"(.)\1+")


def _initial_keys(tokens: list[Token], *, is_asked: bool) -> Iterator[str]:
    """Letters of an acronym (a), and what is left of them without legal forms; initials of a name of several words (i)."""
    for token in tokens:
        for text in initial_texts(token):
            yield f"a{text}"
            if is_asked:
                yield f"i{text}"
    if 2 <= len(tokens) <= 6:
        sign = "a" if is_asked else "i"
        for way in initial_letters(tokens):
            yield from (f"{sign}{''.join(letters)}" for letters in islice(product(*way), _MOST_INITIALS))
