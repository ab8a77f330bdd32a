"""Łacinka, the Latin alphabet of Belarusian, read as Cyrillic."""

from __future__ import annotations

import re
from functools import lru_cache

_SOFT = {"a": "я", "e": "е", "o": "ё", "u": "ю"}
_LETTERS = {
    "dž": "дж", "dź": "дзь", "dz": "дз", "ch": "х", "a": "а", "b": "б", "c": "ц", "ć": "ць", "č": "ч", "d": "д", "e": "э", "f": "ф", "h": "г", "g": "г", "i": "і", "j": "й",  # noqa: E501
    "k": "к", "l": "ль", "ł": "л", "m": "м", "n": "н", "ń": "нь", "o": "о", "p": "п", "r": "р", "s": "с", "ś": "сь", "š": "ш", "t": "т", "u": "у", "ŭ": "ў", "v": "в",  # noqa: E501
    "y": "ы", "z": "з", "ź": "зь", "ž": "ж",
}  # fmt: skip
_UNIT = re.compile(r"[jil][aeou]|dž|dź|dz|ch|.")
_HARD_L = re.compile("ль(?=[іяеёю])")


@lru_cache(maxsize=50_000)
def read_lacinka(word: str) -> str:
    """A folded word in the letters of the Belarusian Cyrillic alphabet; what is no letter of Łacinka stays."""
    read = "".join(_letter(unit[0]) for unit in _UNIT.finditer(word))
    return _HARD_L.sub("л", read)


def _letter(unit: str) -> str:
    if len(unit) == 2 and unit[0] in "jil" and unit[1] in _SOFT:
        return ("л" if unit[0] == "l" else "") + _SOFT[unit[1]]
    return _LETTERS.get(unit, unit)
