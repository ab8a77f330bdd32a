"""Acronyms: words made of the beginnings of other words, in one of their languages."""

from __future__ import annotations

import re
from functools import lru_cache

from landbridge.screening.lexicon import get_lexicon
from landbridge.screening.sound import first_sounds
from landbridge.screening.token import Token

_LONGEST = 8
_SMALL = re.compile(r"(?<=[A-ZА-ЯЁІЎЇЄ])[иіaiу&](?=[A-ZА-ЯЁІЎЇЄ])")
"""And, written small within an acronym."""


def may_be_acronym(token: Token) -> bool:
    """Whether a word is short and has capitals beyond its first letter."""
    if not 2 <= len(token.folded) <= _LONGEST or token.script not in ("latin", "cyrillic"):
        return False
    return any(char.isupper() for char in token.text[1:])


def spells(token: Token, others: list[Token], legal: frozenset[str] = frozenset()) -> bool:
    """Whether a word is an acronym of other words, all read in one language: by their letters, by their meaning, or by their sound.

    Each word gives its first letter, in order; in an acronym of four letters or more the order may be another, as translations do.
    The beginnings may be longer where the acronym writes them small, as in BelAZ. ``legal`` are the forms of the other name, whose
    letters may stand at the end.
    """
    text = _SMALL.sub("", token.text).casefold() if token.text.casefold() == token.folded else token.folded
    if not may_be_acronym(token) or sum(len(other.parts) or 1 for other in others) < 2:
        return False
    for script in ("latin", "cyrillic"):
        for spelled in _spellings(text, token.script, script):
            texts = _without_forms(spelled, legal, is_own=script == token.script)
            is_short = len(spelled) >= 4 and token.text.isupper()
            if any(_is_spelled(texts, others, script, is_free=is_short, by_sound=by_sound) for by_sound in (False, True)):
                return True
    return False


def initial_texts(token: Token) -> tuple[str, ...]:
    """The letters of a word that may be an acronym, in Latin, and what is left of them without one or two letters of legal forms.

    Of one that writes some of them small, as BelAZ does, the capitals.
    """
    if not may_be_acronym(token):
        return ()
    capitals = "".join(char for char in token.text if char.isupper()).casefold()
    text = "".join(_LETTER_BACK.get(char, char)[:1] for char in (token.folded if token.text.isupper() else capitals))
    return tuple(text[:length] for length in range(max(2, len(text) - 2), len(text) + 1))


def initial_letters(tokens: list[Token]) -> list[list[tuple[str, ...]]]:
    """First letters of each word, in Latin: by its meaning, by its sound or letters, and by its meaning in Russian.

    A way that some word gives no letter by is left out.
    """
    ways = []
    for letters in (
        [_latin_letters(token, by_sound=False) for token in tokens],
        [_latin_letters(token, by_sound=True) for token in tokens],
        [letter for token in tokens for letter in _russian_letters(token)],
    ):
        if all(letters) and letters not in ways:
            ways.append(letters)
    return ways


def _latin_letters(token: Token, *, by_sound: bool) -> tuple[str, ...]:
    if " " in token.text and "(" not in token.text and token.script == "latin":
        return ("".join(word[0] for word in token.text.casefold().split()),)
    if by_sound and token.script == "cyrillic":
        return tuple(one[:1] for one in _spellings(token.folded[:1], "cyrillic", "latin"))
    return tuple(dict.fromkeys(one[:1] for one in _letters(token, "latin", by_sound)))


def _russian_letters(token: Token) -> list[tuple[str, ...]]:
    """First letters of a word, of each part of a compound and word of a phrase, as Russian has them by their meaning, in Latin."""
    return [tuple(dict.fromkeys(map(_turn_beginning, letters))) for letters in _word_letters(token, "cyrillic", False)]


def _turn_beginning(text: str) -> str:
    """The first letter of a word, or both that it gives an acronym, in Latin."""
    return "".join(_LETTER_BACK.get(char, char)[:1] for char in (text if len(text) == _INNER else text[:1]))


_INNER = 2
"""Letters that a long word gives an acronym, where it gives more than one."""


def _is_spelled(texts: tuple[str, ...], others: list[Token], script: str, *, is_free: bool, by_sound: bool) -> bool:
    if not texts or len(texts[0]) < len(others) or not (is_free or _begins_with(texts[0][0], others[0], script, by_sound)):
        return False
    whole = [_letters(other, script, by_sound) for other in others]
    beginnings = [one for other in others for one in _word_letters(other, script, by_sound)]
    if any(all(found) and _spell(text, found) for found in (whole, beginnings) for text in texts):
        return True
    return is_free and all(beginnings) and len(texts[0]) == len(beginnings) and _deal(texts[0], beginnings)


@lru_cache(maxsize=50_000)
def _begins_with(letter: str, token: Token, script: str, by_sound: bool) -> bool:
    """Whether a word may give an acronym its first letter."""
    return any(one[:1] == letter for one in (*_letters(token, script, by_sound), *_word_letters(token, script, by_sound)[0]))


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
        return tuple({"".join(_LETTER_BACK.get(char, char) for char in one) for one in (text, text.replace("дж", "j"))})
    plain = text.replace("zh", "ж").replace("ch", "ч").replace("sh", "ш").replace("kh", "х").replace("ts", "ц")
    letters = {plain, plain.replace("e", "э")}  # БЭМЗ is BEMZ
    return tuple(
        {"".join(_LETTER.get(char, char) for char in one) for one in letters}
        | {"".join(_LETTER.get(char, char) for char in plain.replace("z", "ж"))}
    )


_FORM_LETTERS = {"inc": "cкk", "llc": "lcл"}
"""Last letters that may stand for a legal form of the other name: corporation, company, limited."""


def _without_forms(spelled: str, legal: frozenset[str], *, is_own: bool) -> tuple[str, ...]:
    """An acronym, and what is left of it without one or two letters of the legal form."""
    allowed = set("".join(_FORM_LETTERS.get(form, "") for form in legal)) if legal else set("clкл" if is_own else "")
    found = [spelled]
    least = 3 if legal else 4
    while len(found) < 3 and len(found[-1]) >= least and found[-1][-1] in allowed:
        found.append(found[-1][:-1])
    return tuple(text for text in found if len(text) >= 2)


@lru_cache(maxsize=50_000)
def _word_letters(token: Token, script: str, by_sound: bool) -> list[tuple[str, ...]]:
    """Beginnings of a word, of each part of a compound one, of each word of a phrase."""
    if " " in token.text and "(" not in token.text and not by_sound:
        words = token.text.casefold().split()
        if token.script == script:
            return [(word[:3],) for word in words]
        if token.script in ("latin", "cyrillic"):
            return [tuple(dict.fromkeys(one[:1] for one in _spellings(word, token.script, script))) for word in words]
    if not token.parts or len(token.parts) < 2:
        return [_letters(token, script, by_sound)]
    table = get_lexicon().letters
    return [table.get(f"{part} {script}") or () for part in token.parts]


_PREFIX = re.compile(
    r"^(ново|нова|novo|нижне|ниж|верхне|старо|бело|біла|красно|черно|северо|юго|южно|восточно|западно|средне|усть|гидро|гідра|тепло"
    r"|электро|электра|тяж|спец|авто|аўта|агро|аграр|железо|жалеза|мясо|хим|нефте|нафта|маш|глав|гос|дзярж|мин|пром|строй|лес|вод"
    r"|энерго|энерга|радио|радыё)(?=.{3})"
)
"""What a long word may begin with that gives a letter of its own: НЛМК, НКМК."""


@lru_cache(maxsize=50_000)
def _letters(token: Token, script: str, by_sound: bool) -> tuple[str, ...]:
    """Beginnings of a word in a script: its own where it is written so, else of the forms of its meaning, else of its sound."""
    if token.script == script and " " not in token.text:
        before = _PREFIX.match(token.folded)
        inner = (token.folded[0] + token.folded[before.end()],) if before else ()
        return (token.folded[:4], *inner)
    found: set[str] = set()
    if not by_sound:
        table = get_lexicon().letters
        for sense in token.senses:
            found.update(table.get(f"{sense.concept} {script}") or ())
    if not found and token.script in ("latin", "cyrillic"):
        found.update(spelled[:1] for spelled in _spellings(token.folded, token.script, script))
    elif not found and script == "latin":
        found.update(first for units in token.sounds[:3] for first in _heard(token, units))
    return tuple(sorted(found))


_VOWEL_LETTERS = frozenset("اآأإعٱ")


def _heard(token: Token, units: str) -> tuple[str, ...]:
    """Latin letters that a word of Arabic or Chinese script may begin with."""
    if token.folded[:1] in _VOWEL_LETTERS:
        return ("a", "e", "i", "o", "u")
    first = first_sounds(units[:1]).casefold()
    return {"j": ("j", "g", "z"), "v": ("v", "w"), "k": ("k", "q", "g", "c")}.get(first, (first,) if first else ())


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
