"""Letters of an abbreviation spelled out by their English names in other scripts: ڈی جی and Ди Джи are DG."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from landbridge.screening.script import fold_word, name_script

_NAMES = {
    "A": "اے|إيه|эй|ای‌", "B": "بی|би", "C": "سی|си", "D": "ڈی|دی|دي|ди", "E": "ای|и", "F": "ایف|اف|إف|эф", "G": "جی|جي|джи",
    "H": "ایچ|اچ|إتش|اتش|эйч", "I": "آئی|آی|ай", "J": "جے|جی‌|جيه|джей", "K": "کے|کی|كيه|كي|кей", "L": "ایل|ال‌|إل|эл|эль", "M": "ایم|ام|إم|эм",  # noqa: E501
    "N": "این|ان|إن|эн", "O": "او|أو|оу", "P": "پی|пи", "Q": "کیو|кью", "R": "آر|ар", "S": "ایس|اس|إس|эс", "T": "ٹی|تی|تي|ти",
    "U": "یو|ю", "V": "وی|في|ви", "W": "ڈبلیو|دبليو|дабл", "X": "ایکس|إكس|экс|икс", "Y": "وائی|وای|уай", "Z": "زیڈ|زد|зет|зед",
}  # fmt: skip
_BY_NAME = {fold_word(name): letter for letter, names in _NAMES.items() for name in names.split("|")}
_ALONE = frozenset(fold_word(name) for name in ("کے", "ایل", "ایم", "ایس", "кей", "джи", "эйч", "ایچ", "ایف", "эм", "эс"))
"""Names of letters that mean one even where they stand alone, at the beginning of a name."""


_CAPITAL = re.compile(r"[A-ZА-ЯЁЭ][а-яёэ]*")


def join_letters(words: list[str]) -> list[str]:
    """Words with runs of single letters, written or spelled out, made one word: D G, D.G. and ڈی جی become DG."""
    if not any(char.isupper() for word in words for char in word):
        words = [word.upper() if len(word) == 1 else word for word in words]
    out: list[str] = []
    run: list[str] = []
    for index, word in enumerate([*words, ""]):
        letter = _letter(word)
        if letter and (run or _begins_run(words, index)):
            run.append(letter)
            continue
        if run:
            out.append("".join(run))
            run = []
        if word:
            out.append(word)
    return out


def join_spaced(words: list[str]) -> list[str]:
    """Words with runs of letters set apart made one word: Б е л ш и н а; initials are fewer, or capitals (:func:`join_letters`)."""
    out: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and name_script(word) in _FEWEST_APART:
            run.append(word)
            continue
        fewest = _FEWEST_APART[name_script(run[-1])] if run else 0
        is_word = len(run) >= fewest and not all(letter.isupper() for letter in run)
        out += _cut_capitals(run) if run and is_word else run
        run = []
        out += [word] if word else []
    return out


def _cut_capitals(letters: list[str]) -> list[str]:
    """Letters as words, of which each begins where a capital stands behind another letter: B e l s h i n a O A O."""
    out = [letters[0]]
    for before, letter in pairwise(letters):
        if letter.isupper() and not before.isupper():
            out.append(letter)
        else:
            out[-1] += letter
    return out


_FEWEST_APART = {"latin": 4, "cyrillic": 4, "arabic": 5}
"""Letters of a word that is set apart at least; of Arabic ones four are a legal form."""


def _letter(word: str) -> str:
    if len(word) == 1 and word.isalpha() and word.isupper():
        return word
    if any(char.isupper() for char in word[1:]) and not word.isupper():
        parts = _CAPITAL.findall(word)
        letters = [_BY_NAME.get(fold_word(part), "") for part in parts]
        return "".join(letters) if len(parts) > 1 and all(letters) and "".join(parts) == word else ""
    folded = fold_word(word)
    return _BY_NAME.get(folded, "") or _spelled(folded)


_FEWEST = 3
"""Letters that have to be spelled out in one word, so that it is no word."""


@lru_cache(maxsize=20_000)
def _spelled(folded: str) -> str:
    """The letters that a word spells out by their Russian names: Джиэфкей is GFK; empty if it does not."""
    if len(folded) < 2 * _FEWEST or not "\u0400" <= folded[0] <= "\u04ff" or not any(name in folded for name in _SURE):
        return ""
    letters = _cut(folded)
    return letters if len(letters) >= _FEWEST else ""


_SURE = ("эф", "эм", "эс", "эл", "эн", "эр", "джи", "эйч", "кей", "экс", "икс", "кью")
"""Names of letters of which a word that spells letters out has one at least."""


def _cut(folded: str) -> str:
    for length in (4, 3, 2, 1):
        letter = _BY_NAME.get(folded[:length], "") if len(folded) >= length else ""
        if letter and len(folded) == length:
            return letter
        rest = _cut(folded[length:]) if letter and len(folded) > length else ""
        if rest:
            return letter + rest
    return ""


def _begins_run(words: list[str], index: int) -> bool:
    """Whether a letter begins a run of two, stands first as its own spelled-out name, or is several."""
    if len(_letter(words[index])) > 1:
        return True
    if index + 1 < len(words) and _letter(words[index + 1]):
        return True
    return index == 0 and len(words) > 1 and fold_word(words[index]) in _ALONE
