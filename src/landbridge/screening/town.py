"""Towns in the names of companies and vessels: Тульский is of Tula, 乌鲁木齐 is Urumqi."""

from __future__ import annotations

import re
from functools import lru_cache

from landbridge.screening.lacinka import read_lacinka
from landbridge.screening.lexicon import Sense, get_lexicon
from landbridge.screening.script import has_han, name_script, strip_marks
from landbridge.screening.sorted_table import find_sorted

_SHORTEST, _SHORTEST_PHRASE = 4, 8
_ADJECTIVES = (
    re.compile(r"^(.{3,}?)(?:ьск|ск|ськ|цк|цьк|ьськ|зьк)(?:ий|ая|ое|ого|ой|их|ие|і|а|е|ія|ае|ага|ай|ої|ому|ом)$"),
    re.compile(r"^(.{3,}?)(?:ин|ен|ов|ев|ан|ян|ів|ін|аў|оў)(?:ск|ськ)(?:ий|ая|ое|ого|ой|их|ие|і|а|е|ія|ае|ага|ай|ої)$"),
    re.compile(r"^(.{3,}?)sk(?:iy|yi|yy|ii|ij|y|i|aya|aia|aja|oe|oye|oje|aje|aye|oho|oi)$"),
)
_HAS_ADJECTIVE = re.compile("[sczščž]k|[сцз]ь?к")
_LACINKA = re.compile(r"^(.{3,}?)(?:sk|ck|zk)(?:i|y|aja|aje|ija|iah?o|aha|aj)$")
_CYRILLIC_ENDS, _LATIN_ENDS = (
    ("", "ца", "ц", "а", "ь", "ль", "о", "ск", "ы", "и", "е", "я", "ой", "ак", "ок", "ек"),
    ("", "a", "o", "l", "sk", "i", "y", "e", "ca", "tsa", "tsk", "ck"),
)


@lru_cache(maxsize=50_000)
def find_town(word: str) -> frozenset[Sense]:
    """The towns that a folded word may name, as senses; empty if none."""
    if len(word) < (2 if has_han(word) else _SHORTEST):
        return frozenset()
    found = _look_up(word) or _find_of_town(word)
    return found | _find_adjective(word) if _HAS_ADJECTIVE.search(word) else found


def named_town(word: str) -> frozenset[Sense]:
    """The towns that have a folded word for their very name; empty if none."""
    return frozenset() if len(word) < _SHORTEST or has_han(word) else _look_up(word)


def _find_adjective(word: str) -> frozenset[Sense]:
    """The towns whose adjective a word is: Ярославский is of Yaroslavl, though a village has that very name."""
    if not word.isascii() and name_script(word) == "latin":
        cyrillic = read_lacinka(word)
        found = find_town(cyrillic) if name_script(cyrillic) == "cyrillic" else frozenset[Sense]()
        if found:
            return found
    plain = strip_marks(word)
    for pattern in (*_ADJECTIVES, _LACINKA):
        stem = pattern.match(plain if pattern is _LACINKA else word)
        if stem:
            ends = _LATIN_ENDS if stem[1].isascii() else _CYRILLIC_ENDS
            found = frozenset(sense for one in _restore(stem[1]) for end in ends for sense in _look_up(one + end))
            if found:
                return found
    softened = _SOFTENED.match(word)
    if softened:
        return frozenset(sense for end in _SOFT_ENDS[softened[2][0]] for sense in _look_up(softened[1] + end))
    return frozenset()


def _find_of_town(word: str) -> frozenset[Sense]:
    """The towns that a word in Latin letters is of, as German, Dutch, Polish, Lithuanian and Latvian say it: Bremer, Rīgas."""
    if name_script(word) != "latin":
        return frozenset()
    stems = ((found[1], ends) for pattern, ends in _OF_TOWN if (found := pattern.match(word)))
    return frozenset(sense for stem, ends in stems for end in ends for sense in _look_up(stem + end) | _look_up_place(stem + end))


@lru_cache(maxsize=50_000)
def is_of_town(word: str) -> bool:
    """Whether only its ending makes a folded word one of a town (:func:`_find_of_town`), so that it may as well be another name."""
    if _look_up(word) or get_lexicon().find_word(word) or (_HAS_ADJECTIVE.search(word) and _find_adjective(word)):
        return False
    return bool(_find_of_town(word))


def _look_up_place(word: str) -> frozenset[Sense]:
    """What the table of cities, and no other, says of a word."""
    senses = get_lexicon().words.get(word) or frozenset[Sense]()
    return senses if all(sense.kind == "place" for sense in senses) else frozenset()


_OF_TOWN = (
    (re.compile(r"^(.{4,})er$"), ("", "en", "e")),
    (re.compile(r"^(.{5,})ner$"), ("en",)),
    (re.compile(r"^(.{5,})(?:sche|se)$"), ("",)),
    (re.compile(r"^(.{4,})(?:ski|ska|skie|skiego|skiej)$"), ("", "in", "n", "no", "a")),
    (re.compile(r"^(.{3,}[aeā])s$"), ("",)),
    (re.compile(r"^(.{4,})os$"), ("a",)),
    (re.compile(r"^(.{4,})aus$"), ("us",)),
    (re.compile(r"^(.{4,})i[ouų]$"), ("is", "iai")),
)
"""Endings of what is of a town, and how the town itself may end."""
_SOFTENED = re.compile(r"^(.{3,}?)(зьк|зк|цьк|цк)(?:ий|ая|ое|ого|ой|их|ие|і|а|е|ія|ае|ага|ай|ої|ому|ом)$")
_SOFT_ENDS = {"з": ("жжя", "жье", "га", "г", "ж", "жа", "зь"), "ц": ("к", "ка", "ч", "ць", "чи", "ки", "чы", "кі", "т", "ть")}
"""What the last consonant of a town was before the ending of the adjective: Запорізький of Запоріжжя."""
_FLEETING = re.compile(r"^(.{2,}[бвгджзклмнпрстфхцчшщ])[оеё]([бвгджзклмнпрстфхцчшщ])$")


def _restore(stem: str) -> tuple[str, ...]:
    """A stem, and without the vowel that an adjective puts between its last consonants: Вологодский of Вологда."""
    fleeting = _FLEETING.match(stem)
    if stem.endswith("ий"):
        return (stem, stem[:-1])  # Навоийский
    return (stem, fleeting[1] + fleeting[2]) if fleeting else (stem,)


def find_two_words(one: str, other: str) -> Sense | None:
    """The town whose name two words are, such as Bandar Abbas."""
    joined = one + other
    found = find_town(joined) if len(joined) >= _SHORTEST_PHRASE and min(len(one), len(other)) >= 3 else frozenset[Sense]()
    return min(found, key=lambda sense: sense.concept, default=None)


def _look_up(word: str) -> frozenset[Sense]:
    numbers = find_sorted("towns.tsv", word) or find_sorted("towns.tsv", strip_marks(word.replace("ə", "a")))
    return frozenset(Sense("town", f"t:{number}") for number in numbers)
