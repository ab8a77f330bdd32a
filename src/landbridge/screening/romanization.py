"""Published romanisations of Cyrillic, letter by letter: how short given names are written that their sound alone does not tell.

Systems: ISO 9:1995 and GOST 7.79-2000 system B, BGN/PCGN (Russian 1947, Belarusian 1979), ICAO Doc 9303 part 3 (passports), the scientific
transliteration, and the usual French, German and Polish transcriptions of Russian.
"""

from __future__ import annotations

_COMMON = dict(zip("абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf", strict=True))
_HUSHING = {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"}
_RUSSIAN: tuple[dict[str, str], ...] = (
    _COMMON | {"ё": "ë", "ж": "ž", "й": "j", "х": "h", "ц": "c", "ч": "č", "ш": "š", "щ": "ŝ", "ы": "y", "э": "è", "ю": "û", "я": "â"},
    _COMMON | {"ё": "yo", "ж": "zh", "й": "j", "х": "x", "ц": "cz", "ч": "ch", "ш": "sh", "щ": "shh", "ы": "y", "э": "e", "ю": "yu", "я": "ya"},  # noqa: E501
    _COMMON | _HUSHING | {"^е": "ye", "ё": "ë", "^ё": "yë", "й": "y", "ы": "y", "э": "e", "ю": "yu", "я": "ya"},
    _COMMON | _HUSHING | {"ё": "e", "й": "i", "ы": "y", "э": "e", "ю": "iu", "я": "ia"},
    _COMMON | {"ё": "ë", "ж": "ž", "й": "j", "х": "ch", "ц": "c", "ч": "č", "ш": "š", "щ": "šč", "ы": "y", "э": "è", "ю": "ju", "я": "ja"},
    _COMMON | {"у": "ou", "ё": "io", "ж": "j", "й": "i", "х": "kh", "ц": "ts", "ч": "tch", "ш": "ch", "щ": "chtch", "ы": "y", "э": "e", "ю": "iou", "я": "ia"},  # noqa: E501
    _COMMON | {"в": "w", "^е": "je", "ё": "jo", "ж": "sch", "з": "s", "й": "i", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "ы": "y", "э": "e", "ю": "ju", "я": "ja"},  # noqa: E501
    _COMMON | {"в": "w", "^е": "je", "ё": "jo", "ж": "ż", "й": "j", "л": "ł", "х": "ch", "ц": "c", "ч": "cz", "ш": "sz", "щ": "szcz", "ы": "y", "э": "e", "ю": "ju", "я": "ja"},  # noqa: E501
)  # fmt: skip
_BELARUSIAN: tuple[dict[str, str], ...] = (
    _COMMON | _HUSHING | {"г": "h", "е": "ye", "ё": "yo", "і": "i", "й": "y", "ў": "w", "ы": "y", "э": "e", "ю": "yu", "я": "ya"},
)
_SILENT, _VOWELS = frozenset("ьъ'’"), frozenset("аеёиіоуыэюяўьъ'")


def romanize(word: str) -> frozenset[str]:
    """A folded Cyrillic word as the systems of its language write it; nothing for letters that they do not have."""
    systems = _BELARUSIAN if any(char in "іў" for char in word) else (*_RUSSIAN, *_BELARUSIAN)
    found = (_romanize(word, system) for system in systems)
    return frozenset(one for one in found if one)


def _romanize(word: str, system: dict[str, str]) -> str:
    out = []
    for index, char in enumerate(word):
        if char in _SILENT:
            continue
        is_open = index == 0 or word[index - 1] in _VOWELS
        latin = (system.get(f"^{char}") if is_open else None) or system.get(char)
        if latin is None:
            return ""
        out.append(latin)
    return "".join(out)
