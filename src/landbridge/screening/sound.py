"""How words of different scripts and romanisations sound: units of sound, and the distance between two words.

A word becomes a string of units, one character each. A unit stands for the set of sounds that its letters may mean: Cyrillic ``г`` is g or
h, Latin ``c`` is k, s or ts. Two units that share a sound cost nothing against each other, so that no romanisation has to be guessed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

VOWELS = frozenset("aeiou")
_GLIDES = frozenset("yw")

_NEAR = {
    "ae": 0.25, "ao": 0.2, "ai": 0.6, "au": 0.35, "ei": 0.2, "eo": 0.45, "eu": 0.6, "io": 0.6, "iu": 0.6, "ou": 0.2,
    "iy": 0.05, "ey": 0.3, "ay": 0.5, "uw": 0.05, "ow": 0.25, "aw": 0.5, "vw": 0.05, "uv": 0.3, "ov": 0.4,
    "bp": 0.6, "dt": 0.45, "gk": 0.5, "sz": 0.3, "gh": 0.2, "hk": 0.4, "fv": 0.35, "bv": 0.6, "fp": 0.6, "bw": 0.7,
    "CT": 0.4, "CS": 0.5, "CJ": 0.45, "Ct": 0.7, "CZ": 0.6, "JZ": 0.2, "JS": 0.6, "Jg": 0.4, "Jy": 0.4, "SZ": 0.45, "Ss": 0.45, "ST": 0.6,
    "Ts": 0.4, "Tt": 0.35, "Tz": 0.5, "Zz": 0.4, "Dd": 0.1, "dz": 0.6, "Jd": 0.6, "mn": 0.7, "lr": 0.6, "Ck": 0.7, "Tk": 0.8, "Zs": 0.6, "Zr": 0.6, "Zy": 0.6,  # noqa: E501
}  # fmt: skip
"""Cost of taking one sound for another, where it is less than 1: what romanisations, dialects and hearing confuse."""

_SETS: dict[str, str] = {}
_MEMBERS: dict[str, str] = {}
_FREE: dict[str, float] = {}
_FIRST_FREE = 0xE000


def unit(sounds: str, gap: float | None = None) -> str:
    """The character that stands for a set of sounds; ``gap`` is the cost of leaving it out, where it is not the usual one.

    Only called while modules are read, so that a character means the same in every process: units of names of lists are kept.
    """
    if len(sounds) == 1 and gap is None:
        _MEMBERS.setdefault(sounds, sounds)
        return sounds
    key = f"{sounds}/{gap}"
    found = _SETS.get(key)
    if found is None:
        found = _SETS[key] = chr(_FIRST_FREE + len(_SETS))
        _MEMBERS[found] = sounds
        if gap is not None:
            _FREE[found] = gap
    return found


_GH, _HK, _CK, _CE = unit("gh"), unit("hk"), unit("kTC"), unit("sTCk")
_CH, _ZH, _TH, _DH, _GHA = unit("ChkS"), unit("ZJ"), unit("ts"), unit("dz"), unit("g", 0.6)
_J, _W, _Q, _X, _PH, _GE, _SZ = unit("yJZ"), unit("vw"), unit("kCT"), unit("SshzC"), unit("f"), unit("gJ"), unit("Ss")
_I_SOFT = unit("i", 0.1)
_Y_SOFT, _H_SOFT, _AYIN, _HAMZA = unit("y", 0.1), unit("h", 0.2), unit("aeiou", 0.1), unit("aeiou", 0.05)
_H_FIRST, _H_BREATHED = unit("h", 0.5), unit("h", 0.2)
_SCH = "S" + unit("C", 0.2)
_EI, _UO, _AE, _EO, _UI, _OE = unit("ei"), unit("uo"), unit("ae"), unit("eo"), unit("ui"), unit("oe")
_ANY, _WAW, _YEH, _HEH, _TEH, _ALEF = unit("aeiou", 0.2), unit("vwuo"), unit("iye"), unit("hae", 0.15), unit("hat", 0.15), unit("ao", 0.4)
_LONG_VOWELS = frozenset((_WAW, _YEH))
"""Letters of Arabic script for long vowels, which spellings of foreign names leave out as they like."""
_D_Z, _HARD_VOWELS = unit("dDJz") + unit("z", 0.3), frozenset("аоуы")
_DZE, _CHZH, _CZ, _KS, _NG = unit("dDJ"), unit("ZJC"), unit("JzTZ"), unit("kSsh") + unit("s", 0.12), "n" + unit("g", 0.25)
_ALEF_YEH, _ALEF_WAW, _TEH_SHEEN, _CK_SOFT = unit("iyea"), unit("ouwa"), unit("CSJ"), unit("Tk", 0.3)

_CYRILLIC = {
    "а": "a", "б": "b", "в": unit("vw"), "г": _GH, "ґ": "g", "ѓ": "g", "д": "d", "ж": unit("Z"), "з": "z", "и": "i", "і": "i", "ы": "i", "й": "y", "ј": "y",  # noqa: E501
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "w", "ф": "f", "х": "h",
    "ц": "T", "ч": "C", "ш": "S", "щ": _SCH, "ъ": "", "ь": "", "’": "", "'": "", "э": "e", "е": "e", "ё": _EO, "є": "e", "ї": "i",
    "ю": _Y_SOFT + "u", "я": _Y_SOFT + "a", "қ": "k", "ғ": "g", "ң": "n", "ҷ": "J", "ҳ": "h", "ӣ": "i", "ӯ": "u", "ү": "u", "ұ": "u", "ө": "o", "ә": _AE,  # noqa: E501
    "һ": "h", "љ": "l", "њ": "n", "џ": "J", "ђ": "J", "ћ": "C", "ѕ": "z",
}  # fmt: skip

_ARABIC = {
    "ا": _ALEF, "آ": "a", "أ": _HAMZA, "إ": _HAMZA, "ء": _HAMZA, "ئ": _HAMZA, "ؤ": unit("uo", 0.2), "ٱ": _ALEF, "ب": unit("bp"), "پ": "p", "ت": "t", "ٹ": "t", "ث": _TH,  # noqa: E501
    "ج": unit("Jg"), "چ": "C", "ح": "h", "خ": unit("hk"), "د": "d", "ڈ": "d", "ذ": _DH, "ر": "r", "ڑ": unit("rd"), "ز": "z", "ژ": unit("Z"),
    "س": "s", "ش": "S", "ص": "s", "ض": _DH, "ط": "t", "ظ": _DH, "ع": _AYIN, "غ": unit("g"), "ف": unit("fv"), "ق": unit("kg"), "ک": "k", "ك": "k", "گ": "g",  # noqa: E501
    "ل": "l", "م": "m", "ن": "n", "ں": "n", "و": _WAW, "ۇ": "u", "ه": _HEH, "ہ": _HEH, "ھ": unit("h", 0.1), "ة": _TEH, "ۃ": _TEH, "ی": _YEH, "ي": _YEH, "ى": unit("aie"), "ے": _EI, "ۓ": _EI,  # noqa: E501
    "ښ": unit("Shk"), "ږ": unit("Zg"), "ڼ": "n", "ړ": unit("rd"), "ټ": "t", "ډ": "d", "ځ": unit("DzJ"), "څ": unit("Ts"), "ې": unit("eiy"), "ۍ": unit("iye"), "ګ": "g",  # noqa: E501
    "ڵ": "l", "ڕ": "r", "ۆ": unit("ou"), "ێ": unit("eiy"), "ە": _AE, "ڤ": unit("vf"), "ۋ": unit("vw"), "ۈ": _UI, "ڭ": _NG,
    "ڪ": "k", "ڄ": "J", "ڃ": "n", "ڏ": "d", "ڌ": "d", "ڊ": "d", "ڍ": "d", "ٿ": "t", "ٺ": "t", "ٽ": "t", "ڻ": "n", "ڦ": unit("fp"), "ڳ": "g", "ڱ": _NG, "ڙ": unit("rd"), "ٻ": "b", "ڀ": "b", "ڇ": "C",  # noqa: E501
}  # fmt: skip

_LATIN_MARKED = {
    "š": "S", "ş": "S", "ș": "S", "ś": _SZ, "ž": unit("Z"), "ż": unit("Zz"), "ź": unit("zZ"), "č": "C", "ć": unit("CT"), "ç": unit("CsJ"), "ŭ": "w", "ł": "l",  # noqa: E501
    "ı": "i", "ö": _OE, "ø": _OE, "ő": _OE, "ü": _UI, "ű": _UI, "ä": _AE, "ə": _AE, "æ": _AE, "ğ": unit("gy", 0.3), "đ": unit("dJ"), "ţ": "T", "ț": "T", "ß": "s", "ŝ": _SCH,  # noqa: E501
    "ď": "d", "ť": "t", "ň": "n", "ř": unit("rZ"), "ñ": "n", "ħ": "h", "ʿ": "", "ʾ": "", "ʻ": "", "ʼ": "", "ô": "o", "þ": "t",
}  # fmt: skip

_LATIN = (
    ("shch", _SCH), ("tsch", "C"), ("schtsch", _SCH), ("szcz", _SCH), ("dzh", "J"), ("dsch", "J"), ("tch", "C"), ("sch", unit("SsC")),
    ("tion", "S" + unit("ou", 0.15) + "n"), ("sion", "S" + unit("ou", 0.15) + "n"), ("ture", "C" + unit("ue") + "r"),
    ("sh", "S"), ("ch", _CH), ("zh", _ZH), ("kh", unit("hk")), ("ts", unit("Tt") + unit("s", 0.15)), ("tz", "T"), ("cz", "C"), ("sz", _SZ), ("dz", unit("dDJz") + unit("z", 0.3)), ("dj", unit("Jd") + unit("y", 0.1)), ("ph", unit("fp")), ("th", _TH + unit("h", 0.1)),  # noqa: E501
    ("gh", unit("gh", 0.6)), ("dh", _DH), ("bh", "b"), ("jh", unit("Jy") + unit("h", 0.2)), ("ck", "k"), ("qu", "k" + unit("wu", 0.2)), ("ks", "ks"), ("ee", _EI + unit("e", 0.1)), ("oo", _UO), ("ou", _UO + unit("u", 0.1)), ("ck", "k"), ("aa", "a"),  # noqa: E501
    ("aw", unit("ao") + unit("w", 0.1)), ("a", "a"), ("b", "b"), ("d", "d"), ("e", "e"), ("f", "f"), ("g", unit("gJ") ), ("h", "h"), ("i", "i"), ("j", _J), ("k", "k"), ("l", "l"), ("m", "m"), ("n", "n"),  # noqa: E501
    ("o", "o"), ("p", "p"), ("q", _Q), ("r", "r"), ("s", "s"), ("t", "t"), ("u", "u"), ("v", unit("vw")), ("w", _W), ("z", "z"),
)  # fmt: skip
_LATIN_BY_FIRST: dict[str, list[tuple[str, str]]] = {}
for _letters, _units in _LATIN:
    _LATIN_BY_FIRST.setdefault(_letters[0], []).append((_letters, _units))
for _rows in _LATIN_BY_FIRST.values():
    _rows.sort(key=lambda row: -len(row[0]))

_CYRILLIC_ENDING = re.compile(r"(?<=[^аеёиоуыэюяіїє])(ий|ый|ій|ои|ые|ие|ыя|ія|ая|яя|ое|ее|ае)$")
_LATIN_ENDING = re.compile(r"(?<=[^aeiouy])(iy|yy|ij|yj|ii|yi|iji|y|i|j)$")


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """Units of sound of one word of letters, any script of the four; what has no sound is left out."""
    word = word.casefold()
    out: list[str] = []
    index = 0
    while index < len(word):
        char = word[index]
        if char in _CYRILLIC:
            out.append(_cyrillic(word, index, char))
            index += 1
        elif char in _ARABIC:
            units, index = _arabic(word, index)
            out.append(units)
        else:
            units, index = _latin(word, index)
            out.append(units)
    return _tidy("".join(out), is_abjad(word))


def without_long_vowels(units: str) -> str:
    """Units without the letters of Arabic script that may be consonants or long vowels."""
    return units.replace(_WAW, "")


def is_abjad(word: str) -> bool:
    """Whether a word is written without its short vowels."""
    return any("\u0600" <= char <= "\u06ff" for char in word)


def _cyrillic(word: str, index: int, char: str) -> str:
    if char == "т" and word[index + 1 : index + 2] == "ч":
        return ""
    if char == "і" and index and word[index - 1] == "й":
        return _I_SOFT  # Kazakh: Сейіт is Seit
    return _cyrillic_units(word, index, char)


def _cyrillic_units(word: str, index: int, char: str) -> str:
    if char == "д" and word[index + 1 : index + 2] == "з":
        return _D_Z if word[index + 2 : index + 3] in _HARD_VOWELS else _DZE
    if char in "зж" and index and word[index - 1] == ("д" if char == "з" else "ч"):
        return ""
    if char == "д" and word[index + 1 : index + 2] in {"ж", "җ"}:
        return "J"
    if char == "ж" and index and word[index - 1] == "д":
        return ""
    if char == "ч" and word[index + 1 : index + 2] == "ж":
        return _CHZH
    if char in "сч" and word[index - (char == "ч") : index + 1 + (char == "с")] == "сч":
        return _SCH if char == "с" else ""
    if char == "ц" and word[index + 1 : index + 2] == "з":
        return _CZ
    if char == "з" and index and word[index - 1] == "ц":
        return ""
    if char in "её" and (index == 0 or word[index - 1] in "аеёиоуыэюяіїєьъ'’"):
        return _Y_SOFT + _CYRILLIC[char]
    if char in "єї" and (index == 0 or word[index - 1] in "аеиоуюяіїє'’"):
        return _Y_SOFT + _CYRILLIC[char]
    if char == "х" and index and word[index - 1] in "бдгкпт":
        return _H_BREATHED
    return _before_consonant(word, index, char) or _CYRILLIC[char]


def _before_consonant(word: str, index: int, char: str) -> str:
    """What a letter that a consonant follows may be besides what it is elsewhere; empty if nothing."""
    following = word[index + 1 : index + 2]
    if not index or not following:
        return ""
    if char == "ў":
        return _W_OR_L if following in _CONSONANTS else ""
    return _UNSAID.get(word[index - 1] + char, "") if following == "н" else ""


_CONSONANTS, _W_OR_L = frozenset("бвгджзклмнпрстфхцчш"), unit("wl")
"""Belarusian has ў before a consonant where Russian has л or в: Ваўчок is Волчок."""
_LATIN_CONSONANTS = frozenset("bvhgdžzklłmnprstfxcčš")
_UNSAID = {"ст": unit("t", 0.1), "зд": unit("d", 0.1)}
"""Letters that are not said before н, and that Belarusian does not write: Счастный is Шчасны."""


_H_ASPIRATED, _ASPIRABLE = unit("h", 0.25), frozenset("کگتٹدڈبپجچرڑ")
"""Urdu writes aspirates with an h of its own, which folding makes the common one: لکھوی."""


def _arabic(word: str, index: int) -> tuple[str, int]:
    char = word[index]
    following = word[index + 1 : index + 2]
    if char in "اإأ" and index == 0:
        if following in {"ی", "ي"}:
            return _ALEF_YEH, 2
        if following == "و":
            return _ALEF_WAW, 2
        return _ANY, 1
    if char == "ت" and following in {"ش", "س"}:
        return (_TEH_SHEEN if following == "ش" else "T"), index + 2
    if char == "ا" and following == "آ":
        return "", index + 1
    if char in "هہ" and index + 1 < len(word):
        return (_H_ASPIRATED if index and word[index - 1] in _ASPIRABLE else "h"), index + 1
    return _ARABIC[char], index + 1


def _latin(word: str, index: int) -> tuple[str, int]:
    char = word[index]
    marked = _LATIN_MARKED.get(char)
    if marked is not None:
        is_l = char == "ŭ" and index and word[index + 1 : index + 2] in _LATIN_CONSONANTS
        return (_W_OR_L if is_l else marked), index + 1
    plain = _strip_marks(char)
    if plain != char:
        rest = word[:index] + plain + word[index + 1 :]
        return _latin_plain(rest, index, plain) if len(plain) == 1 else ("", index + 1)
    return _latin_plain(word, index, char)


def _latin_plain(word: str, index: int, char: str) -> tuple[str, int]:
    following = word[index + 1 : index + 2]
    before = word[index - 1] if index else ""
    if char in "yi":
        return _latin_y(char, before, following), index + 1
    if char == "c" and following != "h" and following not in {"k", "z"}:
        return (_CE if following and following in "eiy" else _CK), index + 1
    if char == "d" and following in {"ž", "ż"}:
        return "J", index + 2
    if char == "c" and following == "k" and (word[index + 2 : index + 3] in ("i", "y") or word[index + 2 : index + 4] == "ev"):
        return _CK_SOFT + "k", index + 2
    if char == "s" and following == "c" and word[index + 2 : index + 3] in tuple("eiy"):
        return "s", index + 2
    if char == "n" and following == "g" and word[index + 2 : index + 3] not in tuple("aeiouy"):
        return _NG, index + 2
    if char == "x":
        return (_X if index == 0 else _KS), index + 1
    placed = _EO if char == "o" and _is_soft_o(word, index) else _weak_h(index, before, following) if char == "h" else ""
    if placed:
        return placed, index + 1
    if char == "g" and (not following or following not in "eiyh"):
        return "g", index + 1
    for letters, units in _LATIN_BY_FIRST.get(char, ()):
        if word.startswith(letters, index):
            return units, index + len(letters)
    return "", index + 1


def _is_soft_o(word: str, index: int) -> bool:
    """Whether an o stands behind consonant and i or y, as Belarusian and Russian names write ё, which is also е: Fiodar, Vasilyok."""
    return index > 1 and word[index - 1] in "iy" and word[index - 2] not in "aeiou"


def _weak_h(index: int, before: str, following: str) -> str:
    """An h that is often not written: the first letter before a vowel, or behind a vowel where none follows."""
    if index == 0 and following and following in "aeiou":
        return _H_FIRST
    return _H_SOFT if before and before in "aeiou" and (not following or following not in "aeiouy") else ""


def _latin_y(char: str, before: str, following: str) -> str:
    is_next_vowel = bool(following) and following in "aeou"
    if is_next_vowel and (char == "y" or (before and before not in "aeiouy")):
        return _Y_SOFT
    if char == "y" and before and before in "aeou":
        return "y"
    return "i"


@lru_cache(maxsize=2_000)
def _strip_marks(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))


def _tidy(units: str, is_without_vowels: bool) -> str:
    """Doubled sounds once, but where a vowel may stand between them unwritten, and the ways to write a final -ii as one i."""
    out: list[str] = []
    for char in units:
        if out and char == out[-1] and char not in "aeo" and not (is_without_vowels and char.isascii() and char not in "iuyw"):
            continue
        if out and out[-1] == "i" and char in ("y", "i", _Y_SOFT):
            continue
        out.append(char)
    return "".join(out)


_WIDE = str.maketrans({
    "l": unit("lr"), "y": unit("yJ"), "b": unit("bvp"), "f": unit("fvh"), "h": unit("hgk"),
    "d": unit("dt"), "t": unit("td"), "g": unit("gk"), "w": unit("wvuo"), "n": unit("nm"),
    _NG[1]: unit("g", 0.15),
})  # fmt: skip
"""What a sound of Chinese may stand for in a foreign name."""
_LOST = str.maketrans(
    {
        "r": unit("r", 0.35),
        "h": unit("h", 0.2),
        "l": unit("l", 0.5),
        "d": unit("d", 0.6),
        "t": unit("t", 0.6),
        "b": unit("b", 0.6),
        "p": unit("p", 0.6),
        "k": unit("k", 0.7),
    }
)
"""Sounds that Chinese leaves out of foreign names where no vowel follows."""


@lru_cache(maxsize=50_000)
def widen_chinese(units: str) -> str:
    """Units of a foreign name in Chinese characters, each with all that it may stand for: l is r too."""
    return units.translate(_WIDE)


@lru_cache(maxsize=50_000)
def loosen_foreign(units: str) -> str:
    """Units of a name, with those made cheap that Chinese characters leave out."""
    return units.translate(_LOST)


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
        found = min(_sound_cost(one, other) for one in _MEMBERS.get(left, left) for other in _MEMBERS.get(right, right))
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
    sounds = _MEMBERS.get(char, char)
    is_vowel = sounds[0] in VOWELS
    if other_is_abjad and is_vowel and char in VOWELS:
        return 0.08
    free = _FREE.get(char)
    if free is not None:
        return free
    if other_is_abjad and VOWELS.issuperset(sounds):
        return 0.12
    if char in _LONG_VOWELS:
        return 0.3
    if is_vowel:
        return 0.4
    if sounds in _GLIDES:
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


@lru_cache(maxsize=200_000)
def weigh_sound(units: str) -> float:
    """Length of a word for :func:`sound_similarity`: consonants count 1, vowels a half, what may fall away a quarter."""
    total = 0.0
    for char in units:
        if char in _FREE:
            total += 0.25
        else:
            total += 0.5 if _MEMBERS.get(char, char)[0] in VOWELS or char in _GLIDES else 1.0
    return total


def sound_similarity(left: str, right: str, left_is_abjad: bool = False, right_is_abjad: bool = False) -> float:
    """Likeness of two words by their units: 1 for the same sounds, 0 for nothing in common."""
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    keys = plain_key(left), plain_key(right)
    longest = max(len(keys[0]), len(keys[1]))
    if longest > 3 and _differ(*keys, longest // 2) and not _is_softened(left, right, keys):
        return 0.0
    most = (1.0 - LEAST_ALIKE) * max((weigh_sound(left) + weigh_sound(right)) / 2, 1.5)
    if least_distance(left, right) > most:
        return 0.0
    distance = sound_distance(left, right, left_is_abjad, right_is_abjad, most)
    return 0.0 if distance > most else 1.0 - distance * (1.0 - LEAST_ALIKE) / most


LEAST_ALIKE = 0.7
"""Likeness below which nobody asks how alike two words are."""


def least_distance(left: str, right: str) -> int:
    """A bound below :func:`sound_distance`: firm consonants of one side that no consonant of the other is left for."""
    (firm, sounding), (other_firm, other_sounding) = count_consonants(left), count_consonants(right)
    return max(firm - other_sounding, other_firm - sounding)


@lru_cache(maxsize=200_000)
def count_consonants(units: str) -> tuple[int, int]:
    """How many units cost 1 to leave out or to take for a vowel, and how many may be a consonant or a glide."""
    firm = sounding = 0
    for char in units:
        members = _MEMBERS.get(char, char)
        if not VOWELS.issuperset(members):
            sounding += 1
            firm += char not in _FREE and char not in _LONG_VOWELS and _NEAR_VOWELS.isdisjoint(members)
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
    opening = next((char for char in units if not _SOFT.issuperset(_MEMBERS.get(char, char))), "")
    return SoundShape(firm, sounding, weigh_sound(units), plain_key(units)[:1], opening)


_NEAR_VOWELS = VOWELS | _GLIDES | {"v"}
"""Sounds that may be left out or taken for a vowel for less than 1."""


_SOFTENED = str.maketrans("sS", "tt")
"""Sounds that Belarusian makes of t and d before i and e: Tsiatseryn is Teterin."""


_AFFRICATES = frozenset(("T", "D", _D_Z[0], _DZE, _CZ, unit("Tt")))


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


class _Letters(dict[int, str]):
    """What a unit becomes in a key, worked out when it is first met: units are made while modules are read."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, code: int) -> str:
        found = self[code] = self._make(chr(code))
        return found


def _key_letter(char: str) -> str:
    sounds = _MEMBERS.get(char, char)[0]
    return "" if sounds in "aeiouyw" else _KEY.get(sounds, sounds)


_KEY = {"h": "g", "k": "g", "T": "s", "z": "s", "Z": "S", "C": "S", "J": "S", "v": "v", "f": "v", "p": "b", "d": "t", "D": "t"}


def first_sounds(units: str) -> str:
    """The first sound of each unit; what is usually not written is left out."""
    return units.translate(_FIRSTS)


_SILENT = frozenset((_Y_SOFT, _H_SOFT, unit("s", 0.15), unit("h", 0.1)))


_KEYS = _Letters(_key_letter)
_FIRSTS = _Letters(lambda char: "" if char in _SILENT else _MEMBERS.get(char, char)[0])


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


_SOFT = VOWELS | _GLIDES
