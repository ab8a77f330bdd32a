"""Given names and surnames that are one name in different languages or spellings, as Wikidata has them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from landbridge.screening.sorted_table import find_sorted


def is_same_given_name(one: str, other: str) -> bool:
    """Whether two folded words are spellings of one name: Ściapan and Степан, Jamshaid and جمشید."""
    return bool(_find(one) & _find(other))


@lru_cache(maxsize=50_000)
def _find(word: str) -> frozenset[int]:
    return find_sorted("wikidata_names.tsv", word) or find_sorted("wikidata_names.tsv", strip_marks(word))


@lru_cache(maxsize=50_000)
def strip_marks(word: str) -> str:
    """A word without the marks of its letters, ł as l."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    return plain.replace("ł", "l").replace("ı", "i").replace("đ", "d").replace("ø", "o")
