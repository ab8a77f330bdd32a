"""What kind of party a name is of, where nobody says so."""

from __future__ import annotations

from landbridge.screening.han import split_han
from landbridge.screening.lexicon import get_lexicon
from landbridge.screening.person_word import father_stem
from landbridge.screening.script import fold_word, has_han


def guess_kind(words: list[str]) -> str:
    """``company``, ``person``, ``vessel`` or ``other``, by what the words of a name mean."""
    lexicon = get_lexicon()
    senses = [lexicon.find_word(fold_word(word)) for word in words]
    kinds = [{sense.kind for sense in found} for found in senses]
    names = sum(bool(lexicon.find_names(fold_word(word)) or father_stem(fold_word(word))) for word in words)
    if any("legal" in found or "generic" in found for found in kinds):
        return "company"
    if len(words) == 1 and _looks_like_person(fold_word(words[0])):
        return "person"
    if any("ship" in found for found in kinds[:2]):
        return "vessel"
    if len(words) >= 2 and names * 2 >= len(words):
        return "person"
    if any("trade" in found for found in kinds):
        return "company"
    return "person" if names else "other"


def _looks_like_person(word: str) -> bool:
    """Whether two to four Chinese characters begin with a surname and are no words otherwise."""
    if not has_han(word) or not 2 <= len(word) <= 4:
        return False
    return (word[0] in get_lexicon().surnames or word[:2] in get_lexicon().surnames) and not any(
        piece.senses for piece in split_han(word, "company")
    )
