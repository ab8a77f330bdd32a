"""Given names and surnames that are one name in different languages or spellings, as Wikidata has them."""

from __future__ import annotations

from functools import lru_cache

from landbridge.screening.script import strip_marks
from landbridge.screening.sorted_table import find_sorted


def is_same_given_name(one: str, other: str) -> bool:
    """Whether two folded words are spellings of one name: Ściapan and Степан, Jamshaid and جمشید."""
    return bool(given_names(one) & given_names(other))


@lru_cache(maxsize=50_000)
def given_names(word: str) -> frozenset[int]:
    """Numbers of the names that a folded word may be."""
    return find_sorted("wikidata_names.tsv", word) or find_sorted("wikidata_names.tsv", strip_marks(word))
