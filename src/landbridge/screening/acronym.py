"""Acronyms: words made of the beginnings of other words, in one of their languages."""

from __future__ import annotations

from landbridge.screening.lexicon import get_lexicon
from landbridge.screening.sound import first_sounds
from landbridge.screening.token import Token


def spells(token: Token, others: list[Token]) -> bool:
    """Whether a word is an acronym of other words, all read in one language: English for Latin letters, or any written in Cyrillic.

    Each word gives its first letter, in order; in an acronym of four letters or more the order may be another, as translations do.
    The beginnings may be longer where the acronym writes them small, as in BelAZ.
    """
    if (
        not 2 <= len(token.folded) <= 8
        or sum(len(other.parts) or 1 for other in others) < 2
        or token.script not in ("latin", "cyrillic")
        or not any(char.isupper() for char in token.text[1:])
    ):
        return False
    for script in ("latin", "cyrillic"):
        whole = [_letters(other, script) for other in others]
        beginnings = [one for other in others for one in _word_letters(other, script)]
        for spelled in _spellings(token.folded, token.script, script):
            texts = _without_forms(spelled, is_own=script == token.script)
            if any(all(found) and _spell(text, found) for found in (whole, beginnings) for text in texts):
                return True
            if (
                all(beginnings)
                and len(spelled) >= 4
                and len(spelled) == len(beginnings)
                and token.text.isupper()
                and _deal(spelled, beginnings)
            ):
                return True
    return False


_LETTER = dict(zip("abvgdezijklmnoprstufhcyžčš", "абвгдезийклмнопрстуфхцыжчш", strict=True))
_LETTER_BACK = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "д": "d",
    "е": "e",
    "ж": "zh",
    "з": "z",
    "и": "i",
    "і": "i",
    "й": "y",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "э": "e",
    "ю": "yu",
    "я": "ya",
    "ў": "u",
}


def _spellings(text: str, script: str, wanted: str) -> tuple[str, ...]:
    """A word in the letters of a script: as it stands or transliterated."""
    if script == wanted:
        return (text,)
    if wanted == "latin":
        return ("".join(_LETTER_BACK.get(char, char) for char in text),)
    plain = text.replace("zh", "ж").replace("ch", "ч").replace("sh", "ш").replace("kh", "х").replace("ts", "ц")
    return tuple({"".join(_LETTER.get(char, char) for char in plain), "".join(_LETTER.get(char, char) for char in plain.replace("z", "ж"))})


_FORMS = frozenset("clkкл")
"""Last letters that may stand for company, corporation or limited."""


def _without_forms(spelled: str, *, is_own: bool) -> tuple[str, ...]:
    """An acronym, and in the script that it is written in what is left without one or two letters of company, corporation and limited."""
    found = [spelled]
    while is_own and len(found) < 3 and len(found[-1]) >= 3 and found[-1][-1] in _FORMS:
        found.append(found[-1][:-1])
    return tuple(text for text in found if len(text) >= 2)


def _word_letters(token: Token, script: str) -> list[tuple[str, ...]]:
    """Beginnings of a word, of each part of a compound one."""
    if not token.parts or len(token.parts) < 2:
        return [_letters(token, script)]
    table = get_lexicon().letters
    return [tuple(table.get((part, script), frozenset())) for part in token.parts]


def _letters(token: Token, script: str) -> tuple[str, ...]:
    """Beginnings of a word in a script: its own where it is written so, else of the forms of its meaning, else of its sound."""
    if token.script == script and " " not in token.text:
        return (token.folded[:4],)
    table = get_lexicon().letters
    found: set[str] = set()
    for sense in token.senses:
        found |= table.get((sense.concept, script), frozenset())
    if not found and token.script in ("latin", "cyrillic"):
        found.update(spelled[:1] for spelled in _spellings(token.folded, token.script, script))
    elif not found and script == "latin":
        found.update(first for units in token.sounds[:1] if (first := first_sounds(units[:1]).casefold()))
    return tuple(found)


def _spell(text: str, beginnings: list[tuple[str, ...]]) -> bool:
    if not beginnings or not text:
        return not beginnings and not text
    for whole in beginnings[0]:
        longest = len(whole) if len(whole) <= 3 else 3
        for length in {1, longest, *range(1, longest + 1)}:
            if text.startswith(whole[:length]) and _spell(text[length:], beginnings[1:]):
                return True
    return False


def _deal(text: str, beginnings: list[tuple[str, ...]]) -> bool:
    """Whether each letter can be given to a word of its own that begins so."""
    if not text:
        return True
    for index, whole in enumerate(beginnings):
        if any(one[:1] == text[0] for one in whole) and _deal(text[1:], beginnings[:index] + beginnings[index + 1 :]):
            return True
    return False
