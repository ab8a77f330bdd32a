"""Words of other languages and the English ones that dictionaries give for them: what the tables of concepts do not hold."""

from __future__ import annotations

import re
from functools import lru_cache

from landbridge.screening.lacinka import read_lacinka
from landbridge.screening.script import has_han, name_script
from landbridge.screening.sorted_table import find_line

_CYRILLIC_END = re.compile(
    r"(?<=.{3})(?:ыми|ими|ого|его|ому|ему|ага|яга|ами|ями|ых|их|ый|ий|ій|ой|ая|яя|ое|ее|ые|ие|ыя|ія|ую|юю|ою|ею|ым|им"
    r"|ією|ії|ия|ие|ии|ию|ов|ев|ів|їв|оў|аў|яў|ей|ам|ям|ом|ем|ах|ях|ці|ю|а|я|о|е|ы|и|у|ь|і|ў|й|є|ї)$"
)
_CYRILLIC_ADJECTIVE = re.compile(r"(?<=.{3})(?:ическ|ічн|ичн|альн|ельн|енн|онн|янн|ян|овск|евск|инск|ов|ев|ськ|ск|н)$")
_ARABIC_START = re.compile(r"^(?:وال|بال|فال|لل|ال)(?=.{3})")
_ARABIC_END = re.compile(r"(?<=.{3})(?:یه|یت|ات|ین|ون|یی|های|ها|ی|ه)$")
_ENGLISH_END = re.compile(r"(?<=.{3})(?:(?<=[sxz])es|(?<=[cs]h)es|(?<![su])s)$")


@lru_cache(maxsize=50_000)
def english_meanings(folded: str) -> tuple[str, ...]:
    """English words, without plural, that a folded word may mean, the likeliest first; of an English word itself."""
    script = name_script(folded)
    if script == "latin":
        return _latin_meanings(folded) if len(folded) >= 3 else ()
    for stem in word_stems(folded):
        line = find_line("meanings.tsv", stem)
        if line:
            return tuple(line.split())
    return ()


def _latin_meanings(folded: str) -> tuple[str, ...]:
    """An English word itself, and what a word of Russian in Latin letters means."""
    own = (english_stem(folded),) if folded.isascii() else ()
    if len(folded) < 5:
        return own
    for read in dict.fromkeys((read_russian(folded), read_russian(folded.translate(_SCIENTIFIC)), read_lacinka(folded))):
        for stem in word_stems(read):
            line = find_line("meanings.tsv", stem)
            if line:
                return tuple(dict.fromkeys((*own, *line.split())))
    return own


_SCIENTIFIC = str.maketrans(
    {"š": "sh", "ž": "zh", "č": "ch", "ŝ": "shch", "â": "ya", "û": "yu", "è": "э", "ë": "yo", "ʹ": "ь", "c": "ts", "j": "й", "h": "kh"}
)
"""Letters of Russian in ISO 9 and in scientific transliteration, as passports write them."""


_RUSSIAN = (
    ("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ya", "я"), ("yo", "ё"), ("iu", "ю"), ("ia", "я"), ("ye", "е"),  # noqa: E501
    ("yy", "ый"), ("iy", "ий"), ("a", "а"), ("b", "б"), ("v", "в"), ("g", "г"), ("d", "д"), ("e", "е"), ("z", "з"), ("i", "и"), ("k", "к"), ("l", "л"), ("m", "м"),  # noqa: E501
    ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("f", "ф"), ("h", "х"), ("y", "ы"), ("j", "й"), ("c", "ц"),  # noqa: E501
)  # fmt: skip
"""Russian in Latin letters as passports and BGN/PCGN write it, the longest first."""
_RUSSIAN_UNIT = re.compile("|".join(letters for letters, _ in _RUSSIAN))


def read_russian(folded: str) -> str:
    """A Latin word in Cyrillic letters; other letters stay."""
    table = dict(_RUSSIAN)
    return _RUSSIAN_UNIT.sub(lambda found: table[found[0]], folded)


def word_stems(folded: str) -> tuple[str, ...]:
    """Forms under which a folded word of Cyrillic, Arabic or Chinese script may stand in the table, the closest first."""
    script = name_script(folded)
    if has_han(folded):
        return (folded.removesuffix("的"),) if len(folded) >= 2 else ()
    if script == "cyrillic":
        stem = _CYRILLIC_END.sub("", folded).rstrip("ьй")
        return tuple(dict.fromkeys((stem, _CYRILLIC_ADJECTIVE.sub("", stem))))
    if script == "arabic":
        stem = _ARABIC_START.sub("", folded)
        return tuple(dict.fromkeys((stem, _ARABIC_END.sub("", stem))))
    return ()


def english_stem(word: str) -> str:
    """An English word without the ending of the plural."""
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return _ENGLISH_END.sub("", word)


@lru_cache(maxsize=100_000)
def translation(one: str, other: str) -> float:
    """How surely dictionaries give two folded words, of different languages, for one another; 0 if they do not."""
    left, right = english_meanings(one), english_meanings(other)
    if not left or not right:
        return 0.0
    shared = [left.index(word) + right.index(word) for word in left if word in right]
    if not shared:
        return 0.0
    return max(_LEAST, _SURE - _STEP * min(shared))


_SURE, _STEP, _LEAST = 0.95, 0.04, 0.75
