"""What a name is found by in an index: sounds, meanings, given names, initials, Chinese syllables, identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, pairwise, product

from landbridge.screening.acronym import initial_letters, initial_texts
from landbridge.screening.chinese import hong_kong_letters, joined_pinyins, read_hong_kong, spell_hong_kong, syllable_orders
from landbridge.screening.foreign_match import meant_concepts, meant_words, phrase_concepts, said_concepts
from landbridge.screening.given import given_names
from landbridge.screening.han import pinyin_concepts
from landbridge.screening.meaning import english_stem
from landbridge.screening.sound import first_sounds, other_keys, plain_key, sound, without_long_vowels
from landbridge.screening.token import ParsedName, Token
from landbridge.screening.word_match import related_to
from landbridge.screening.word_run import join_sounds

_PREFIX = 4
_SPELLED = 3
_MOST_INITIALS, _MOST_PINYINS, _SYLLABLE_WORDS = 16, 12, 3


def name_keys(parsed: ParsedName) -> Iterator[str]:
    """What a name can be found by, in each of its readings."""
    for keys in grouped_keys(parsed, is_asked=False).values():
        yield from keys
    for kind, number in parsed.identifiers:
        yield f"#{kind}:{number}"


def grouped_keys(parsed: ParsedName, *, is_asked: bool = True) -> dict[str, tuple[str, ...]]:
    """The keys by what they stand for: one word of the name, in whatever reading, the whole of it, or its initials.

    Keys of one word tell one thing several times: by its meaning, its spelling, its sound. Initials are no name: of a name that is asked
    for they are looked up among acronyms alone, and the letters of an acronym among both.
    """
    groups: dict[str, dict[str, None]] = {}
    for one in (parsed, *parsed.variants):
        content = [token for token in one.tokens if token.weight >= 0.2 and token.number is None] or list(one.tokens)  # 777 LLC
        for token in content:
            groups.setdefault(token.folded, {}).update(dict.fromkeys(_keys_of(token, one.kind == "person")))
            if is_asked:
                groups[token.folded].update((f"c{concept}", None) for concept in related_to(token.concepts))
        for token in one.tokens:
            if token.number is not None:
                groups.setdefault(f"{_NUMBER}{token.number}", {f"d{token.number}": None})
        groups.setdefault(WHOLE, {}).update(dict.fromkeys(_whole_keys(content)))
        if one.kind == "person":
            groups[WHOLE].update(dict.fromkeys(_syllable_keys(one, is_asked=is_asked)))
        for first, second in pairwise(content):
            keys = tuple(_pair_keys(first, second, is_person=one.kind == "person"))
            if keys:
                groups.setdefault(f"{first.folded} {second.folded}", {}).update(dict.fromkeys(keys))
        if one.kind != "person":
            tokens = [token for token in one.tokens if token.weight >= 0.15 and token.number is None]
            groups.setdefault(INITIALS, {}).update(dict.fromkeys(_initial_keys(tokens, is_asked=is_asked)))
    return {group: tuple(keys) for group, keys in groups.items()}


WHOLE, INITIALS, _NUMBER = "", " ", " d"


def _whole_keys(content: list[Token]) -> Iterator[str]:
    """All words together: their sounds written as one, their concepts, their Chinese syllables; of one word that it is the whole (=)."""
    if len(content) == 1:
        for key in _sound_keys(content[0].sounds[0], "", is_abjad=content[0].is_abjad):
            yield from (key, f"={key}")
    if 2 <= len(content) <= 5:
        yield from _sound_keys(join_sounds(content), "", is_abjad=any(token.is_abjad for token in content))
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
        yield from (f"p{reading}" for reading in islice(sorted(joined_pinyins(order)), _MOST_PINYINS))
        letters = hong_kong_letters(order)
        if letters:
            yield f"h{letters}"
        if is_asked:
            yield from (f"p{reading}" for reading in read_hong_kong(order))
            yield from (f"h{spelled}" for spelled in spell_hong_kong(order))


def _pair_keys(first: Token, second: Token, *, is_person: bool) -> Iterator[str]:
    """Two words as others write them together, Amir Reza and Amirreza, and what they mean together: chemin de fer."""
    for key in _sound_keys(join_sounds([first, second]), "", is_abjad=first.is_abjad or second.is_abjad):
        if len(key) >= _PREFIX:
            yield key
    if not is_person:
        yield from (f"c{concept}" for concept in phrase_concepts((first.folded, second.folded)))


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
            yield f"w{token.folded[:-2]}"
    if not token.senses and not token.names:
        yield from (f"e{word}" for word in meant_words(token.folded))
        yield from (f"c{concept}" for concept in said_concepts(token.folded))
    yield from (f"c{part}" for part in token.parts if part not in _PLANT)


def _token_keys(token: Token) -> Iterator[str]:
    for name in token.names:
        yield f"n{name}"
    for concept in token.concepts:
        yield f"c{concept}"
    if not token.senses and token.script == "latin":
        yield from (f"c{concept}" for concept in sorted(pinyin_concepts(token.folded)))
    if not token.senses and not token.names:
        yield from (f"c{concept}" for concept in meant_concepts(token.folded))
    if not token.senses or token.weight >= 0.5:
        for units in _heard(token):
            yield from _sound_keys(units, token.folded, is_abjad=token.is_abjad)
        yield from _slip_keys(token)
    if token.parts:
        yield "+" + "+".join(token.parts)


def _heard(token: Token) -> tuple[str, ...]:
    """Sounds of a word; one in Belarusian also as Russian has it: Kubrakou, Cichanoŭski and Rudziensk as Kubrakov, Tihanovski, Rudensk."""
    if token.script not in ("latin", "cyrillic") or len(token.folded) <= _SPELLED:
        return token.sounds[:4]
    russian = _SOFT_D.sub("d", _SOFT_T.sub("t", _SHORT_U.sub("v", token.folded)))
    return (*token.sounds[:4], *([sound(russian)] if russian != token.folded else []))


_SHORT_U = re.compile("(?<=[aeo])[uŭ](?=$|sk)")
_SOFT_T, _SOFT_D = re.compile("ts(?=[ie])|c(?=i)|ц(?=[іеёюя])"), re.compile("dz(?=[ie])|дз(?=[іеёюя])")
_SILENT_END = sound("\u0647")
"""The h that Arabic and Persian write at the end of a word for -a: السافلية is Al Safliya."""


def _slip_keys(token: Token) -> Iterator[str]:
    """A word as it is spelled, so that it comes before those that only sound so; and what slips of the hand leave of its consonants."""
    if len(token.folded) >= _SPELLED and token.script in ("latin", "cyrillic"):
        yield f"w{token.folded}"
        yield f"v{first_sounds(token.sounds[0]).translate(_VOWELS)}"
        key = plain_key(token.sounds[0])
        if len(key) >= _PREFIX:
            yield f"z{''.join(sorted(key))}"
        if len(key) > _PREFIX:
            yield f"${key[-_PREFIX:]}"


_VOWELS = str.maketrans("oeyuw", "aiivv")
"""Vowels that are written for each other."""


def _sound_keys(units: str, folded: str, *, is_abjad: bool) -> Iterator[str]:
    """Consonants of a word, hushing as hissing; in Arabic script also without long vowels and a silent end (-a), elsewhere w also as v."""
    ways = (
        (units, without_long_vowels(units), without_long_vowels(units).rstrip(_SILENT_END))
        if is_abjad
        else (units, units.replace("w", "v"))
    )
    for one in dict.fromkeys(ways):
        key = plain_key(one).replace("S", "s")
        yield f"s{key}" if len(key) > 1 else f"s{key}{folded[:3]}"
        if (once := _DOUBLED.sub(r"\1", key)) != key:
            yield f"s{once}"  # ts is one letter in Cyrillic, and a sound doubled where two words meet is one
        if folded and len(key) > _PREFIX:
            yield f"~{key[:_PREFIX]}"
    for key in other_keys(ways[-1]):
        yield f"s{key}" if len(key) > 1 else f"s{key}{folded[:3]}"


_DOUBLED = re.compile(r"(.)\1+")


def _initial_keys(tokens: list[Token], *, is_asked: bool) -> Iterator[str]:
    """Letters of an acronym (a), and what is left of them without legal forms; initials of a name of several words (i)."""
    for token in tokens:
        for text in initial_texts(token):
            yield f"a{_deal(text)}"
            if is_asked:
                yield f"i{_deal(text)}"
    if 2 <= len(tokens) <= 6:
        sign = "a" if is_asked else "i"
        for way in initial_letters(tokens):
            yield from (f"{sign}{_deal(''.join(letters))}" for letters in islice(product(*way), _MOST_INITIALS))


def _deal(letters: str) -> str:
    """Letters of an acronym, from four on in no order, as translations deal them out: SCGD is the Syrian company of gas distribution."""
    return "".join(sorted(letters)) if len(letters) >= _IN_ANY_ORDER else letters


_IN_ANY_ORDER = 4
