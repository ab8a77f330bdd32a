"""How words of different scripts and romanisations sound: units of sound, and the distance between two words.

A word becomes a string of units, one character each. A unit stands for the set of sounds that its letters may mean: Cyrillic ``г`` is g or
h, Latin ``c`` is k, s or ts. Two units that share a sound cost nothing against each other, so that no romanisation has to be guessed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from landbridge.screening.letter_sound import CZ, D_Z, DZE, H_SOFT, LONG_VOWELS, LOST, WAW, WIDE, Y_SOFT, sound_letters
from landbridge.screening.sound_unit import FREE, GLIDES, MEMBERS, VOWELS, unit

_NEAR = {
    "ae": 0.25, "ao": 0.2, "ai": 0.6, "au": 0.35, "ei": 0.2, "eo": 0.45, "eu": 0.6, "io": 0.6, "iu": 0.6, "ou": 0.2,
    "iy": 0.05, "ey": 0.3, "ay": 0.5, "uw": 0.05, "ow": 0.25, "aw": 0.5, "vw": 0.05, "uv": 0.3, "ov": 0.4,
    "bp": 0.6, "dt": 0.45, "gk": 0.5, "sz": 0.3, "gh": 0.2, "hk": 0.4, "fv": 0.35, "bv": 0.6, "fp": 0.6, "bw": 0.7,
    "CT": 0.4, "CS": 0.5, "CJ": 0.45, "Ct": 0.7, "CZ": 0.6, "JZ": 0.2, "JS": 0.6, "Jg": 0.4, "Jy": 0.4, "SZ": 0.45, "Ss": 0.45, "ST": 0.6,
    "Ts": 0.4, "Tt": 0.35, "Tz": 0.5, "Zz": 0.4, "Dd": 0.1, "dz": 0.6, "Jd": 0.6, "mn": 0.7, "lr": 0.6, "Ck": 0.7, "Tk": 0.8, "Zs": 0.6, "Zr": 0.6, "Zy": 0.6,  # noqa: E501
}  # fmt: skip
"""Cost of taking one sound for another, where it is less than 1: what romanisations, dialects and hearing confuse."""


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """Units of sound of one word of letters, any script of the four; what has no sound is left out."""
    word = word.casefold()
    return _tidy(sound_letters(word), is_abjad(word))


def without_long_vowels(units: str) -> str:
    """Units without the letters of Arabic script that may be consonants or long vowels."""
    return units.replace(WAW, "")


def is_abjad(word: str) -> bool:
    """Whether a word is written without its short vowels."""
    return any("\u0600" <= char <= "\u06ff" for char in word)


def _tidy(units: str, is_without_vowels: bool) -> str:
    """Doubled sounds once, but where a vowel may stand between them unwritten, and the ways to write a final -ii as one i."""
    out: list[str] = []
    for char in units:
        if out and char == out[-1] and char not in "aeo" and not (is_without_vowels and char.isascii() and char not in "iuyw"):
            continue
        if out and out[-1] == "i" and char in ("y", "i", Y_SOFT):
            continue
        out.append(char)
    return "".join(out)


@lru_cache(maxsize=50_000)
def widen_chinese(units: str) -> str:
    """Units of a foreign name in Chinese characters, each with all that it may stand for: l is r too."""
    return units.translate(WIDE)


@lru_cache(maxsize=50_000)
def loosen_foreign(units: str) -> str:
    """Units of a name, with those made cheap that Chinese characters leave out."""
    return units.translate(LOST)


def foreign_similarity(chinese: str, other: str, other_is_abjad: bool = False) -> float:
    """Likeness of a foreign name read from Chinese characters to the name in another script."""
    wide, loose = widen_chinese(chinese), loosen_foreign(other)
    if not wide or not loose:
        return 0.0
    length = (weigh_sound(chinese) + weigh_sound(other)) / 2
    return max(0.0, 1.0 - sound_distance(wide, loose, other_is_abjad, True) / max(length, 1.5))


_COST: dict[str, float] = {}


def _cost(left: str, right: str) -> float:
    key = left + right
    found = _COST.get(key)
    if found is None:
        found = min(_sound_cost(one, other) for one in MEMBERS.get(left, left) for other in MEMBERS.get(right, right))
        _COST[key] = _COST[right + left] = found
    return found


def _sound_cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    near = _NEAR.get(one + other) or _NEAR.get(other + one)
    if near is not None:
        return near
    if (one in VOWELS) != (other in VOWELS):
        return 1.1
    return 1.0


def _gap(char: str, *, other_is_abjad: bool) -> float:
    sounds = MEMBERS.get(char, char)
    is_vowel = sounds[0] in VOWELS
    if other_is_abjad and is_vowel and char in VOWELS:
        return 0.08
    free = FREE.get(char)
    if free is not None:
        return free
    if other_is_abjad and VOWELS.issuperset(sounds):
        return 0.12
    if char in LONG_VOWELS:
        return 0.3
    if is_vowel:
        return 0.4
    if sounds in GLIDES:
        return 0.2
    return 1.0


_GAPS: tuple[dict[str, float], dict[str, float]] = ({}, {})


def _gap_of(char: str, other_is_abjad: bool) -> float:
    table = _GAPS[other_is_abjad]
    found = table.get(char)
    if found is None:
        found = table[char] = _gap(char, other_is_abjad=other_is_abjad)
    return found


@lru_cache(maxsize=400_000)
def sound_distance(left: str, right: str, left_is_abjad: bool = False, right_is_abjad: bool = False, most: float = math.inf) -> float:
    """Least cost of turning one string of units into another: a weighted edit distance.

    Parameters
    ----------
    left, right
        Units of :func:`sound`.
    left_is_abjad, right_is_abjad
        Whether that side was written without short vowels, so that the other side's cost little.
    most
        A cost beyond which it need not be known: infinity is returned as soon as it is surely more.

    References
    ----------
    Wagner, R. A., Fischer, M. J. (1974). The string-to-string correction problem. Journal of the ACM 21(1), 168-173.
    """
    both = left_is_abjad and right_is_abjad
    gaps_left = [_gap_of(char, right_is_abjad and not both) for char in left]
    gaps_right = [_gap_of(char, left_is_abjad and not both) for char in right]
    row = [0.0]
    for gap in gaps_right:
        row.append(row[-1] + gap)
    cost = _COST
    for char, gap_left in zip(left, gaps_left, strict=True):
        diagonal = row[0]
        row[0] += gap_left
        for column, other in enumerate(right):
            change = cost.get(char + other)
            if change is None:
                change = _cost(char, other)
            best = diagonal + change
            diagonal = row[column + 1]
            if diagonal + gap_left < best:
                best = diagonal + gap_left
            if row[column] + gaps_right[column] < best:
                best = row[column] + gaps_right[column]
            row[column + 1] = best
        if min(row) > most:
            return math.inf
    return row[-1]


LEAST_ALIKE = 0.7
"""Likeness below which nobody asks how alike two words are."""


@lru_cache(maxsize=200_000)
def weigh_sound(units: str) -> float:
    """Length of a word for :func:`sound_similarity`: consonants count 1, vowels a half, what may fall away a quarter."""
    total = 0.0
    for char in units:
        if char in FREE:
            total += 0.25
        else:
            total += 0.5 if MEMBERS.get(char, char)[0] in VOWELS or char in GLIDES else 1.0
    return total


def sound_similarity(left: str, right: str, left_is_abjad: bool = False, right_is_abjad: bool = False, least: float = LEAST_ALIKE) -> float:
    """Likeness of two words by their units: 1 for the same sounds, 0 for nothing in common or for less than ``least``."""
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    keys = plain_key(left), plain_key(right)
    longest = max(len(keys[0]), len(keys[1]))
    if longest > 3 and _differ(*keys, longest // 2) and not _is_softened(left, right, keys):
        return 0.0
    most = (1.0 - least) * max((weigh_sound(left) + weigh_sound(right)) / 2, 1.5)
    if least_distance(left, right) > most:
        return 0.0
    distance = sound_distance(left, right, left_is_abjad, right_is_abjad, most)
    return 0.0 if distance > most else 1.0 - distance * (1.0 - least) / most


def least_distance(left: str, right: str) -> int:
    """A bound below :func:`sound_distance`: firm consonants of one side that no consonant of the other is left for."""
    (firm, sounding), (other_firm, other_sounding) = count_consonants(left), count_consonants(right)
    return max(firm - other_sounding, other_firm - sounding)


@lru_cache(maxsize=200_000)
def count_consonants(units: str) -> tuple[int, int]:
    """How many units cost 1 to leave out or to take for a vowel, and how many may be a consonant or a glide."""
    firm = sounding = 0
    for char in units:
        members = MEMBERS.get(char, char)
        if not VOWELS.issuperset(members):
            sounding += 1
            firm += char not in FREE and char not in LONG_VOWELS and _NEAR_VOWELS.isdisjoint(members)
    return firm, sounding


class SoundShape(NamedTuple):
    """What of a word bounds its likeness to others: consonants as :func:`count_consonants` has them, weight, and how it begins.

    ``key`` is the first letter of its key, ``opening`` its first unit that is no vowel and no glide; empty if there is none.
    """

    firm: int
    sounding: int
    weight: float
    key: str
    opening: str


@lru_cache(maxsize=200_000)
def measure_sound(units: str) -> SoundShape:
    """The shape of some units."""
    firm, sounding = count_consonants(units)
    opening = next((char for char in units if not _SOFT.issuperset(MEMBERS.get(char, char))), "")
    return SoundShape(firm, sounding, weigh_sound(units), plain_key(units)[:1], opening)


_NEAR_VOWELS = VOWELS | GLIDES | {"v"}
"""Sounds that may be left out or taken for a vowel for less than 1."""


_SOFTENED = str.maketrans("sS", "tt")
"""Sounds that Belarusian makes of t and d before i and e: Tsiatseryn is Teterin."""


_AFFRICATES = frozenset(("T", "D", D_Z[0], DZE, CZ, unit("Tt")))


def _is_softened(left: str, right: str, keys: tuple[str, str]) -> bool:
    """Whether two words that have such sounds are alike with t for them."""
    if _AFFRICATES.isdisjoint(left) and _AFFRICATES.isdisjoint(right):
        return False
    one, other = (key.translate(_SOFTENED) for key in keys)
    return not _differ(one, other, max(len(one), len(other)) // 2)


def _differ(one: str, other: str, most: int) -> bool:
    """Whether two keys differ by more letters than so many."""
    return Levenshtein.distance(one, other, score_cutoff=most) > most


@lru_cache(maxsize=200_000)
def plain_key(units: str) -> str:
    """First sounds of the units without vowels and glides, with what is often confused made one: a key to find words by."""
    return units.translate(_KEYS)


@lru_cache(maxsize=200_000)
def other_keys(units: str) -> tuple[str, ...]:
    """Keys of the units, hushing as hissing, with another sound of those that may be several consonants: c is s, g may be j."""
    found: dict[str, None] = {}
    for char in dict.fromkeys(units):
        for sound_ in MEMBERS.get(char, char)[1:]:
            letter = _key_letter(sound_)
            if letter and letter.replace("S", "s") != _key_letter(char).replace("S", "s"):
                found["".join(letter if one == char else plain_key(one) for one in units).replace("S", "s")] = None
    return tuple(found)[:_MOST_OTHERS]


_MOST_OTHERS = 3


class _Letters(dict[int, str]):
    """What a unit becomes in a key, worked out when it is first met: units are made while modules are read."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, code: int) -> str:
        found = self[code] = self._make(chr(code))
        return found


def _key_letter(char: str) -> str:
    sounds = MEMBERS.get(char, char)[0]
    return "" if sounds in "aeiouyw" else _KEY.get(sounds, sounds)


_KEY = {"h": "g", "k": "g", "T": "s", "z": "s", "Z": "S", "C": "S", "J": "S", "v": "v", "f": "v", "p": "b", "d": "t", "D": "t"}


def first_sounds(units: str) -> str:
    """The first sound of each unit; what is usually not written is left out."""
    return units.translate(_FIRSTS)


_SILENT = frozenset((Y_SOFT, H_SOFT, unit("s", 0.15), unit("h", 0.1)))


_KEYS = _Letters(_key_letter)
_FIRSTS = _Letters(lambda char: "" if char in _SILENT else MEMBERS.get(char, char)[0])


def is_same_sound(left: str, right: str) -> bool:
    """Whether two units share a sound or nearly."""
    return _cost(left, right) <= 0.2


def begin_alike(left: str, right: str) -> bool:
    """Whether the first consonants of two words are one in a key, or share a sound."""
    one, other = measure_sound(left), measure_sound(right)
    return may_begin_alike(one.key, one.opening, other.key, other.opening)


def may_begin_alike(key: str, opening: str, other_key: str, other_opening: str) -> bool:
    """The same of what the shapes of two words tell."""
    return key == other_key or (opening != "" != other_opening and is_same_sound(opening, other_opening))


_SOFT = VOWELS | GLIDES
