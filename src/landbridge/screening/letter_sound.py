"""What letters of the three alphabets sound like, in their place in a word."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from landbridge.screening.sound_unit import unit

_GH, _HK, _CK, _CE = unit("gh"), unit("hk"), unit("kTC"), unit("sTCk")
_CH, _ZH, _TH, _DH = unit("ChkS"), unit("ZJ"), unit("ts"), unit("dz")
_J, _W, _Q, _X, _SZ = unit("yJZ"), unit("vw"), unit("kCT"), unit("SshzC"), unit("Ss")
_I_SOFT = unit("i", 0.1)
Y_SOFT, H_SOFT, _AYIN, _HAMZA = unit("y", 0.1), unit("h", 0.2), unit("aeiou", 0.1), unit("aeiou", 0.05)
_H_FIRST, _H_BREATHED = unit("h", 0.5), unit("h", 0.2)
_SCH = "S" + unit("C", 0.2)
_EI, _UO, _AE, _EO, _UI, _OE = unit("ei"), unit("uo"), unit("ae"), unit("eo"), unit("ui"), unit("oe")
_ANY, WAW, _YEH, _HEH, _TEH, _ALEF = unit("aeiou", 0.2), unit("vwuo"), unit("iye"), unit("hae", 0.15), unit("hat", 0.15), unit("ao", 0.4)
LONG_VOWELS = frozenset((WAW, _YEH))
"""Letters of Arabic script for long vowels, which spellings of foreign names leave out as they like."""
D_Z, _HARD_VOWELS = unit("dDJz") + unit("z", 0.3), frozenset("аоуы")
DZE, _CHZH, CZ, _KS, NG = unit("dDJ"), unit("ZJC"), unit("JzTZ"), unit("kSsh") + unit("s", 0.12), "n" + unit("g", 0.25)
_ALEF_YEH, _ALEF_WAW, _TEH_SHEEN, _CK_SOFT = unit("iyea"), unit("ouwa"), unit("CSJ"), unit("Tk", 0.3)

_CYRILLIC = {
    "а": "a", "б": "b", "в": unit("vw"), "г": _GH, "ґ": "g", "ѓ": "g", "д": "d", "ж": unit("Z"), "з": "z", "и": "i", "і": "i", "ы": "i", "й": "y", "ј": "y",  # noqa: E501
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "w", "ф": "f", "х": "h",
    "ц": "T", "ч": "C", "ш": "S", "щ": _SCH, "ъ": "", "ь": "", "’": "", "'": "", "э": "e", "е": "e", "ё": _EO, "є": "e", "ї": "i",
    "ю": Y_SOFT + "u", "я": Y_SOFT + "a", "қ": "k", "ғ": "g", "ң": "n", "ҷ": "J", "ҳ": "h", "ӣ": "i", "ӯ": "u", "ү": "u", "ұ": "u", "ө": "o", "ә": _AE,  # noqa: E501
    "һ": "h", "љ": "l", "њ": "n", "џ": "J", "ђ": "J", "ћ": "C", "ѕ": "z",
}  # fmt: skip

_ARABIC = {
    "ا": _ALEF, "آ": "a", "أ": _HAMZA, "إ": _HAMZA, "ء": _HAMZA, "ئ": _HAMZA, "ؤ": unit("uo", 0.2), "ٱ": _ALEF, "ب": unit("bp"), "پ": "p", "ت": "t", "ٹ": "t", "ث": _TH,  # noqa: E501
    "ج": unit("Jg"), "چ": "C", "ح": "h", "خ": unit("hk"), "د": "d", "ڈ": "d", "ذ": _DH, "ر": "r", "ڑ": unit("rd"), "ز": "z", "ژ": unit("Z"),
    "س": "s", "ش": "S", "ص": "s", "ض": _DH, "ط": "t", "ظ": _DH, "ع": _AYIN, "غ": unit("g"), "ف": unit("fv"), "ق": unit("kg"), "ک": "k", "ك": "k", "گ": "g",  # noqa: E501
    "ل": "l", "م": "m", "ن": "n", "ں": "n", "و": WAW, "ۇ": "u", "ه": _HEH, "ہ": _HEH, "ھ": unit("h", 0.1), "ة": _TEH, "ۃ": _TEH, "ی": _YEH, "ي": _YEH, "ى": unit("aie"), "ے": _EI, "ۓ": _EI,  # noqa: E501
    "ښ": unit("Shk"), "ږ": unit("Zg"), "ڼ": "n", "ړ": unit("rd"), "ټ": "t", "ډ": "d", "ځ": unit("DzJ"), "څ": unit("Ts"), "ې": unit("eiy"), "ۍ": unit("iye"), "ګ": "g",  # noqa: E501
    "ڵ": "l", "ڕ": "r", "ۆ": unit("ou"), "ێ": unit("eiy"), "ە": _AE, "ڤ": unit("vf"), "ۋ": unit("vw"), "ۈ": _UI, "ڭ": NG,
    "ڪ": "k", "ڄ": "J", "ڃ": "n", "ڏ": "d", "ڌ": "d", "ڊ": "d", "ڍ": "d", "ٿ": "t", "ٺ": "t", "ٽ": "t", "ڻ": "n", "ڦ": unit("fp"), "ڳ": "g", "ڱ": NG, "ڙ": unit("rd"), "ٻ": "b", "ڀ": "b", "ڇ": "C",  # noqa: E501
}  # fmt: skip

_LATIN_MARKED = {
    "š": "S", "ş": _SZ, "ș": "S", "ś": _SZ, "ž": unit("Z"), "ż": unit("Zz"), "ź": unit("zZ"), "č": "C", "ć": unit("CT"), "ç": unit("CsJ"), "ŭ": "w", "ł": "l",  # noqa: E501
    "ı": "i", "ö": _OE, "ø": _OE, "ő": _OE, "ü": _UI, "ű": _UI, "ä": _AE, "ə": _AE, "æ": _AE, "ğ": unit("gy", 0.3), "đ": unit("dJ"), "ţ": unit("Tt"), "ț": "T", "ß": "s", "ŝ": _SCH,  # noqa: E501
    "ď": "d", "ť": "t", "ň": "n", "ř": unit("rZ"), "ñ": "n", "ħ": "h", "ʿ": "", "ʾ": "", "ʻ": "", "ʼ": "", "ô": "o", "þ": "t",
}  # fmt: skip

_LATIN = (
    ("shch", _SCH), ("tsch", "C"), ("schtsch", _SCH), ("szcz", _SCH), ("dzh", "J"), ("dsch", "J"), ("tch", "C"), ("tč", "C"), ("tcz", "C"), ("sch", unit("SsC")),  # noqa: E501
    ("tion", "S" + unit("ou", 0.15) + "n"), ("sion", "S" + unit("ou", 0.15) + "n"), ("ture", "C" + unit("ue") + "r"),
    ("sh", "S"), ("ch", _CH), ("zh", _ZH), ("kh", unit("hk")), ("ts", unit("Tt") + unit("s", 0.15)), ("tz", "T"), ("cz", "C"), ("sz", _SZ), ("dz", unit("dDJz") + unit("z", 0.3)), ("dj", unit("Jd") + unit("y", 0.1)), ("ph", unit("fp")), ("th", _TH + unit("h", 0.1)),  # noqa: E501
    ("gh", unit("gh", 0.6)), ("dh", _DH), ("bh", "b" + unit("h", 0.1)), ("jh", unit("Jy") + unit("h", 0.2)), ("ck", "k"), ("qu", "k" + unit("wu", 0.2)), ("ks", "ks"), ("ee", _EI + unit("e", 0.1)), ("oo", _UO), ("ou", _UO + unit("u", 0.1)), ("ck", "k"), ("aa", "a"),  # noqa: E501
    ("aw", unit("ao") + unit("w", 0.1)), ("a", "a"), ("b", "b"), ("d", "d"), ("e", "e"), ("f", "f"), ("g", unit("gJ") ), ("h", "h"), ("i", "i"), ("j", _J), ("k", "k"), ("l", "l"), ("m", "m"), ("n", "n"),  # noqa: E501
    ("o", "o"), ("p", "p"), ("q", _Q), ("r", "r"), ("s", "s"), ("t", "t"), ("u", "u"), ("v", unit("vw")), ("w", _W), ("z", "z"),
)  # fmt: skip
_LATIN_BY_FIRST: dict[str, list[tuple[str, str]]] = {}
for _letters, _units in _LATIN:
    _LATIN_BY_FIRST.setdefault(_letters[0], []).append((_letters, _units))
for _rows in _LATIN_BY_FIRST.values():
    _rows.sort(key=lambda row: -len(row[0]))


def sound_letters(word: str) -> str:
    """Units of the letters of a word in lower case, one after the other; what has no sound is left out."""
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
    return "".join(out)


def _cyrillic(word: str, index: int, char: str) -> str:
    if char == "т" and word[index + 1 : index + 2] == "ч":
        return ""
    if char == "і" and index and word[index - 1] == "й":
        return _I_SOFT  # Kazakh: Сейіт is Seit
    return _cyrillic_units(word, index, char)


def _cyrillic_units(word: str, index: int, char: str) -> str:
    if char == "д" and word[index + 1 : index + 2] == "з":
        return D_Z if word[index + 2 : index + 3] in _HARD_VOWELS else DZE
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
        return CZ
    if char == "з" and index and word[index - 1] == "ц":
        return ""
    if char in "её" and (index == 0 or word[index - 1] in "аеёиоуыэюяіїєьъ'’"):
        return Y_SOFT + _CYRILLIC[char]
    if char in "єї" and (index == 0 or word[index - 1] in "аеиоуюяіїє'’"):
        return Y_SOFT + _CYRILLIC[char]
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
    if char == "d" and following in {"ž", "ż", "ź"}:
        return (DZE if following == "ź" else "J"), index + 2
    if char == "c" and following == "k" and (word[index + 2 : index + 3] in ("i", "y") or word[index + 2 : index + 4] == "ev"):
        return _CK_SOFT + "k", index + 2
    if char == "s" and following == "c" and word[index + 2 : index + 3] in tuple("eiy"):
        return "s", index + 2
    if char == "n" and following == "g" and word[index + 2 : index + 3] not in tuple("aeiouy"):
        return NG, index + 2
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
    return H_SOFT if before and before in "aeiou" and (not following or following not in "aeiouy") else ""


def _latin_y(char: str, before: str, following: str) -> str:
    is_next_vowel = bool(following) and following in "aeou"
    if is_next_vowel and (char == "y" or (before and before not in "aeiouy")):
        return Y_SOFT
    if char == "y" and before and before in "aeou":
        return "y"
    return "i"


@lru_cache(maxsize=2_000)
def _strip_marks(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))


WIDE = str.maketrans({
    "l": unit("lr"), "y": unit("yJ"), "b": unit("bvp"), "f": unit("fvh"), "h": unit("hgk"),
    "d": unit("dt"), "t": unit("td"), "g": unit("gk"), "w": unit("wvuo"), "n": unit("nm"),
    NG[1]: unit("g", 0.15),
})  # fmt: skip
"""What a sound of Chinese may stand for in a foreign name."""
LOST = str.maketrans(
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
