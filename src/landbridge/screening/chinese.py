"""Chinese names in any romanisation: pinyin, Wade-Giles, Hong Kong, Palladius; compared syllable by syllable."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import islice, product

from landbridge.screening.han import char_pinyins, read_pinyins
from landbridge.screening.lexicon import get_lexicon
from landbridge.screening.script import has_han
from landbridge.screening.token import ParsedName, Token

_LONGEST = 6
_MOST_SYLLABLES, _MOST_CUTS = 5, 4


@dataclass(slots=True)
class _Syllables:
    """Pinyin syllables by their written forms, one table a system, and the Hong Kong readings of characters.

    ``mixed`` is for names that take each syllable as they like from Wade-Giles or from Hong Kong spellings: Lee Hsien Loong.
    """

    systems: dict[str, dict[str, frozenset[str]]]
    spoken: dict[str, list[str]]


@cache
def _syllables() -> _Syllables:
    packed = json.loads((resources.files("landbridge.screening") / "tables" / "syllables.json").read_text(encoding="utf-8"))
    systems = {name: {form: frozenset(found) for form, found in table.items()} for name, table in packed["systems"].items()}
    wade, hong_kong = systems["wade"], systems["hong kong"]
    systems["mixed"] = {form: wade.get(form, frozenset()) | hong_kong.get(form, frozenset()) for form in (*wade, *hong_kong)}
    return _Syllables(systems, packed["spoken"])


@lru_cache(maxsize=50_000)
def cut_syllables(word: str, system: str) -> tuple[tuple[str, ...], ...]:
    """Ways to cut a folded word into syllables of one system, longest first; at most four."""
    if not 1 <= len(word) <= 24:
        return ()
    out: list[tuple[str, ...]] = []
    word = word.replace("ъ", "")
    _cut(word, 0, _syllables().systems[system], (), out)
    return tuple(out)


def _cut(word: str, start: int, table: dict[str, frozenset[str]], begun: tuple[str, ...], out: list[tuple[str, ...]]) -> None:
    if start == len(word):
        out.append(begun)
        return
    if len(begun) >= _MOST_SYLLABLES:
        return
    for length in range(min(_LONGEST, len(word) - start), 0, -1):
        if len(out) >= _MOST_CUTS:
            return
        if word[start : start + length] in table:
            _cut(word, start + length, table, (*begun, word[start : start + length]), out)


@lru_cache(maxsize=50_000)
def pinyin_readings(word: str) -> frozenset[str]:
    """A folded word as pinyin, in one word: Latin as it stands or read as Wade-Giles, Cyrillic as Palladius."""
    systems = _syllables().systems
    found: set[str] = set()
    for system in ("pinyin", "wade") if word.isascii() else ("palladius",):
        for cut in cut_syllables(word, system)[:2]:
            if len(cut) <= _MOST_SYLLABLES:
                choices = islice(product(*(systems[system][one] for one in cut)), 30)
                found.update("".join(parts).replace("v", "u") for parts in choices)
    return frozenset(found)


def joined_pinyins(tokens: Sequence[Token]) -> frozenset[str]:
    """All words written together, as pinyin; empty if one of them cannot be Chinese."""
    readings: list[tuple[str, ...]] = []
    for token in tokens:
        readings.append((token.pinyins or read_pinyins(token.folded)) if token.script == "han" else tuple(pinyin_readings(token.folded)))
        if not readings[-1]:
            return frozenset()
    return frozenset("".join(parts) for parts in islice(product(*readings), 60))


@lru_cache(maxsize=50_000)
def is_hong_kong(signs: str, word: str) -> bool:
    """Whether a folded word is what Hong Kong writes for so many characters, one syllable each: 恒隆 is Hang Lung."""
    return any(
        len(cut) == len(signs) and all(f"hong kong:{one}" in _char_readings(sign) for sign, one in zip(signs, cut, strict=True))
        for cut in cut_syllables(word, "hong kong")
    )


def is_same_chinese(left: ParsedName, right: ParsedName) -> bool:
    """Whether two names of people are the same Chinese or Korean name: by syllables, surname first or last, in any romanisation.

    What can be read as pinyin is. Where it can be, another romanisation is only tried against characters whose surname is not that pinyin:
    Chan is 陈, though there is a syllable chan.
    """
    is_han = any(token.script == "han" for name in (left, right) for token in name.tokens)
    for one_system, one in _spell(left, is_han):
        for other_system, other in _spell(right, is_han):
            if one_system == other_system == "hong kong" or {one_system, other_system} == {"han"}:
                continue
            if (one_system in _KOREAN) != (other_system in _KOREAN) or {one_system, other_system} == {"korean cyrillic"}:
                continue
            if not _fits(one, other):
                continue
            if not (_is_guess(left, one_system, other_system, other) or _is_guess(right, other_system, one_system, one)):
                return True
    return False


_KOREAN = frozenset(("korean", "korean cyrillic"))


def _fits(one: tuple[frozenset[str], ...], other: tuple[frozenset[str], ...]) -> bool:
    return len(one) == len(other) and all(a & b for a, b in zip(one, other, strict=True))


_WADE_HYPHEN = re.compile(r"[A-Z][a-z]+-[a-z]+\b")
"""Syllables of a given name as Wade-Giles joins them: Wei-kuo."""


def _is_guess(name: ParsedName, system: str, other_system: str, other: tuple[frozenset[str], ...]) -> bool:
    """Whether a reading is not to be trusted: the name reads as pinyin too, and nothing says that it is none."""
    if system == "wade" and _WADE_HYPHEN.search(name.text):
        return False
    plain = [spelled for known, spelled in _spell(name, False) if known in ("pinyin", "palladius")]
    if system in _KOREAN:
        return bool(plain)
    if system not in ("wade", "hong kong", "mixed") or not plain:
        return False
    return other_system != "han" or any(spelled[0] & other[0] for spelled in plain)


Spelled = tuple[str, tuple[frozenset[str], ...]]


_MIXED = ("mixed",)


@lru_cache(maxsize=20_000)
def _spell(name: ParsedName, against_han: bool) -> tuple[Spelled, ...]:
    """All ways to read a name as two to four Chinese syllables: the system, and of each syllable what it may be.

    Two systems in one name are only tried against characters.
    """
    words = [token for token in name.tokens if token.weight > 0 or (len(name.tokens) <= 3 and _may_be_syllable(token))]
    if against_han and len(words) >= _WITH_FOREIGN and _is_foreign_given(words[0]):
        words = words[1:]
    if not 1 <= len(words) <= 4 or any(token.number is not None or token.is_initial for token in words):
        return ()
    orders = [words, [words[-1], *words[:-1]]] if len(words) > 1 else [words]
    out: list[Spelled] = []
    for system in (*_systems_of(words), *(_MIXED if against_han else ())):
        if system == "mixed" and any(token.script != "latin" for token in words):
            continue
        for order in orders:
            parts = [_word_syllables(token, system) for token in order]
            if all(parts):
                found = (sum(choice, ()) for choice in product(*parts))
                out.extend((system, spelled) for spelled in found if 2 <= len(spelled) <= 4)
    return tuple(dict.fromkeys(out))


def syllable_orders(name: ParsedName, *, both: bool) -> list[list[Token]]:
    """Words of a person's name that may be a Chinese one: as they stand, without a foreign given name, and of both with the last first."""
    words = [token for token in name.tokens if token.weight > 0 or (len(name.tokens) <= 3 and _may_be_syllable(token))]
    if not 1 <= len(words) <= 4 or any(token.number is not None or token.is_initial for token in words):
        return []
    without = [words[1:]] if len(words) >= _WITH_FOREIGN and _is_foreign_given(words[0]) else []
    return [order for one in (words, *without) for order in ([one, [one[-1], *one[:-1]]] if both and len(one) > 1 else [one])]


def hong_kong_letters(words: Sequence[Token]) -> str:
    """Latin words written together that may all be syllables as Hong Kong or Wade-Giles spell them; empty if they may not."""
    if any(token.script != "latin" or not cut_syllables(token.folded, "mixed") for token in words):
        return ""
    return "".join(token.folded for token in words)


def read_hong_kong(words: Sequence[Token]) -> Iterator[str]:
    """Pinyin, written together, of all that words in the spelling of Hong Kong or Wade-Giles may be; none where they are pinyin."""
    if not hong_kong_letters(words) or all(cut_syllables(token.folded, "pinyin") for token in words):
        return
    mixed = _syllables().systems["mixed"]
    choices = [sorted(mixed[one]) for token in words for one in cut_syllables(token.folded, "mixed")[0]]
    if _FEWEST_SYLLABLES <= len(choices) <= _MOST_SYLLABLES:
        yield from ("".join(parts).replace("v", "u") for parts in islice(product(*choices), _MOST_SPELLINGS))


def spell_hong_kong(words: Sequence[Token]) -> Iterator[str]:
    """Characters, written together, as Hong Kong or Wade-Giles may spell them."""
    signs = "".join(token.folded for token in words)
    if any(token.script != "han" for token in words) or not _FEWEST_SYLLABLES <= len(signs) <= _MOST_SYLLABLES - 1:
        return
    yield from ("".join(parts) for parts in islice(product(*map(_char_spellings, signs)), _MOST_SPELLINGS))


@lru_cache(maxsize=10_000)
def _char_spellings(char: str) -> tuple[str, ...]:
    spoken = (*get_lexicon().surnames.get(char, ()), *_syllables().spoken.get(char, ()))
    wade = (form for pinyin in char_pinyins(char) for form in _wade_forms().get(pinyin, ()))
    return tuple(dict.fromkeys((*spoken, *wade)))


@cache
def _wade_forms() -> dict[str, tuple[str, ...]]:
    """Spellings of Wade-Giles of each syllable of pinyin."""
    found: dict[str, tuple[str, ...]] = {}
    for form, pinyins in _syllables().systems["wade"].items():
        for pinyin in pinyins:
            found[pinyin] = (*found.get(pinyin, ()), form)
    return found


_FEWEST_SYLLABLES, _MOST_SPELLINGS = 2, 1_000


_WITH_FOREIGN = 3
"""Words of a name at least whose first may be a given name from elsewhere: John Lee Ka-chiu."""


def _is_foreign_given(token: Token) -> bool:
    """Whether a word is a given name and no syllables of any romanisation."""
    return (
        token.script == "latin"
        and bool(token.names or token.sounds[1:])
        and not any(cut_syllables(token.folded, system) for system in ("pinyin", "wade", "hong kong"))
    )


def _may_be_syllable(token: Token) -> bool:
    """Whether a word that is a title or an article elsewhere may be a syllable here: Bin, An, Pan."""
    systems = ("pinyin", "palladius", *sorted(_KOREAN))
    return any(len(cut) == 1 for system in systems for cut in cut_syllables(token.folded, system))


def _systems_of(words: list[Token]) -> tuple[str, ...]:
    """Systems that the script of all words allows."""
    scripts = {token.script for token in words}
    if scripts == {"han"}:
        return ("han",)
    if scripts == {"latin"}:
        return ("pinyin", "wade", "hong kong", "korean")
    return ("palladius", "korean cyrillic") if scripts == {"cyrillic"} else ()


def _word_syllables(token: Token, system: str) -> tuple[tuple[frozenset[str], ...], ...]:
    if system == "han":
        return (tuple(_char_readings(char) for char in token.folded),) if has_han(token.folded) and len(token.folded) <= 4 else ()
    table = _syllables().systems[system]
    return tuple(tuple(_mark(one, table[one], system) for one in cut) for cut in cut_syllables(token.folded, system))


def _mark(syllable: str, pinyins: frozenset[str], system: str) -> frozenset[str]:
    """What a syllable may be: its pinyin; for Hong Kong spellings itself, and its pinyin only as a guess that characters do not share."""
    guesses = frozenset(f"~{one}" for one in pinyins)
    if system in _KOREAN:
        return pinyins
    if system == "mixed":
        return _syllables().systems["wade"].get(syllable, frozenset()) | {f"hong kong:{syllable}"}
    return guesses | {f"hong kong:{syllable}"} if system == "hong kong" else guesses | pinyins


@lru_cache(maxsize=10_000)
def _char_readings(char: str) -> frozenset[str]:
    spoken = (*_syllables().spoken.get(char, ()), *get_lexicon().surnames.get(char, ()))
    return frozenset((*char_pinyins(char), *(f"hong kong:{one}" for one in spoken)))
