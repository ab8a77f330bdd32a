"""Scripts and signs: what a name is made of before anything is understood of it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

MAX_LENGTH = 400
_MOST_READ = 20_000
"""Signs of a text that are looked at: blanks and invisible ones among them do not count."""
"""Characters of a name that are read; no name of a published list is longer."""

_CYRILLIC_TWINS = {
    "a": "а", "b": "в", "c": "с", "e": "е", "h": "н", "i": "і", "j": "ј", "k": "к", "m": "м", "o": "о", "p": "р", "s": "ѕ", "t": "т", "x": "х", "y": "у", "ĸ": "к",  # noqa: E501
}  # fmt: skip
_LATIN_TWINS = {
    "а": "a",
    "в": "b",
    "с": "c",
    "е": "e",
    "н": "h",
    "і": "i",
    "ј": "j",
    "к": "k",
    "м": "m",
    "о": "o",
    "р": "p",
    "ѕ": "s",
    "т": "t",
    "х": "x",
    "у": "y",
}

_ARABIC_FOLD = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ئ": "ی",
        "ك": "ک",
        "ہ": "ه",
        "ۀ": "ه",
        "ة": "ه",
        "ۃ": "ه",
        "أ": "ا",
        "إ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ھ": "ه",
        "ۓ": "ے",
        "ـ": None,
        "ء": None,
        "‌": " ",
    }
)
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*|\d+")
_POINTS = re.compile("[\u064b-\u065f\u0670\u06d6-\u06ed]")
_SUFFIX = re.compile("\u200c(زاده|پور|نژاد|فرد|نیا|لو|ها|های)(?!\\w)")
_ESCAPES = re.compile("\x1b\\[[0-9;]*[A-Za-z]")
"""Commands to a terminal."""
_OVERRIDDEN = re.compile("\u202e([^\u202a-\u202e\u2066-\u2069]*)[\u202c\u2069]?")
"""What a direction sign shows from right to left: it is read as it is seen."""
_QUOTES = re.compile(r"[’ʼ`´‘ʹʻʿʾ]|(?<=[^\W\d_])[”ʺ″](?=[^\W\d_])")
_DOTTED = re.compile(r"\b((?:[^\W\d_]\.){2,})(?=\W|$)")


def clean_text(text: str) -> str:
    """Make a name plain: composed letters, no control, format or bidi signs, single blanks, bounded length."""
    return _clean(text[:_MOST_READ])[:MAX_LENGTH]


def is_cut(text: str) -> bool:
    """Whether a text is longer than what is read of it."""
    return len(text) > _MOST_READ or (len(text) > MAX_LENGTH // _MOST_EXPANDED and len(_clean(text)) > MAX_LENGTH)


_MOST_EXPANDED = 18
"""Letters that one sign becomes at most when it is composed anew (U+FDFA)."""


def _clean(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _ESCAPES.sub(" ", text)
    text = _POINTS.sub("", _SUFFIX.sub(r"\1", unicodedata.normalize("NFKC", text)))
    kept = []
    for char in text:
        kind = unicodedata.category(char)
        if char == "\u200c" or kind in ("Cc", "Zl", "Zp"):
            kept.append(" ")
        elif kind not in ("Cf", "Cs", "Co", "Cn"):
            kept.append(char)
    return " ".join("".join(kept).split())


def turn_overridden(text: str) -> str:
    """A text as signs that override the direction of writing let it be seen."""
    return _OVERRIDDEN.sub(lambda found: found[1][::-1], text[:_MOST_READ]) if "\u202e" in text else text


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """Lower case, one form of quotes and of Arabic letters, no vowel points, simplified Chinese characters, one script a word."""
    word = _QUOTES.sub("'", word).casefold().replace("i\u0307", "i")  # İ
    if word.isascii():
        return word.replace("'", "")
    if any("\u0600" <= char <= "\u06ff" for char in word):
        word = "".join(char for char in word if unicodedata.category(char) != "Mn").translate(_ARABIC_FOLD)
    elif has_han(word):
        return "".join(simplified().get(char, char) for char in word)
    elif any("\u0400" <= char <= "\u04ff" for char in word):
        word = mend_twins(word)
    return word.replace("'", "")


def fold_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(fold_word(word) for word in _WORD.findall(clean_text(text)))


def split_words(text: str, *, joins_dots: bool = True) -> list[str]:
    """The words of a cleaned text as written; dotted abbreviations are one word, but for the initials of a person."""
    text = _QUOTES.sub("'", text)
    return _WORD.findall(_DOTTED.sub(lambda found: found[1].replace(".", "") + " ", text) if joins_dots else text)


def mend_twins(word: str) -> str:
    """Letters that look like those of the script in which most of the word is written become those."""
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in word)
    latin = sum(char.isalpha() for char in word) - cyrillic
    if not latin or not cyrillic:
        return word
    if cyrillic < latin and not _is_cyrillic_only(word):
        return "".join(_LATIN_TWINS.get(char, char) for char in word)
    return "".join(char if "\u0400" <= char <= "\u04ff" else _CYRILLIC_TWINS.get(strip_marks(char), char) for char in word)


def _is_cyrillic_only(word: str) -> bool:
    """Whether a letter of Cyrillic has no Latin twin, and each Latin one a Cyrillic twin: ГOBOP with four Latin letters."""
    is_told = any("\u0400" <= char <= "\u04ff" and char not in _LATIN_TWINS for char in word)
    return is_told and all("\u0400" <= char <= "\u04ff" or strip_marks(char) in _CYRILLIC_TWINS for char in word if char.isalpha())


def turn_twins(words: list[str]) -> list[str]:
    """Words of a name in two alphabets, with those in the other script that may be written in the look-alikes of it: Белшина HOBA.

    A word in Latin letters that all look like Cyrillic ones becomes Cyrillic where a word of the name is, and one in Cyrillic letters
    Latin where all words else are Latin.
    """
    scripts = {name_script(word) for word in words}
    if scripts < {"latin", "cyrillic"} or not scripts <= {"latin", "cyrillic"}:
        return words
    turned = [_turn(word, _CYRILLIC_TWINS, "latin") for word in words]
    return turned if turned != words else [_turn(word, _LATIN_TWINS, "cyrillic") for word in words]


def _turn(word: str, twins: dict[str, str], script: str) -> str:
    letters = word.casefold()
    if name_script(word) != script or not letters.isalpha() or any(char not in twins for char in letters):
        return word
    turned = "".join(twins[char] for char in letters)
    return turned.upper() if word.isupper() else turned


def has_twins(word: str) -> bool:
    """Whether letters of Latin and Cyrillic stand in one word."""
    if word.isascii():
        return False
    lowered = word.casefold()
    return any("a" <= char <= "z" for char in lowered) and any("\u0400" <= char <= "\u04ff" for char in lowered)


_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


def has_han(text: str) -> bool:
    return not text.isascii() and _HAN.search(text) is not None


def name_script(word: str) -> str:
    """``latin``, ``cyrillic``, ``arabic``, ``han`` or ``other``, by the first letter that tells."""
    if word.isascii():
        return "latin"
    for char in word:
        if "\u0400" <= char <= "\u052f":
            return "cyrillic"
        if "\u0600" <= char <= "\u06ff" or "\u0750" <= char <= "\u077f":
            return "arabic"
        if has_han(char):
            return "han"
        if char.isalpha():
            return "latin" if unicodedata.name(char, "").startswith("LATIN") else "other"
    return "latin"


@cache
def simplified() -> dict[str, str]:
    """Traditional characters and their simplified forms."""
    text = (resources.files("landbridge.screening") / "tables" / "simplified.txt").read_text(encoding="utf-8")
    pairs = text.split("\n", 1)[1].split()
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


@lru_cache(maxsize=50_000)
def strip_marks(word: str) -> str:
    """A word without the marks of its letters, ł as l."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    return plain.replace("ł", "l").replace("ı", "i").replace("đ", "d").replace("ø", "o")
