"""Countries by any of their names."""

from __future__ import annotations

from functools import lru_cache

from landbridge.screening.lexicon import get_lexicon
from landbridge.screening.script import fold_words

_MORE = {
    "czechrepublic": "CZ", "slovakrepublic": "SK", "greatbritain": "GB", "scotland": "GB", "wales": "GB", "northernireland": "GB",
    "thenetherlands": "NL", "bosnia": "BA", "bosniaandherzegovina": "BA", "macedonia": "MK", "republicofmoldova": "MD", "burma": "MM",
    "drcongo": "CD", "democraticrepublicofthecongo": "CD", "republicofthecongo": "CG", "republicofkorea": "KR", "laopdr": "LA",
    "kyrgyzrepublic": "KG", "swaziland": "SZ", "easttimor": "TL", "caboverde": "CV", "prc": "CN", "ksa": "SA", "thegambia": "GM",
    "thebahamas": "BS", "unitedstatesofamerica": "US",
}  # fmt: skip
"""Countries by names that are no words of the tables."""


@lru_cache(maxsize=5_000)
def find_country(text: str) -> str:
    """ISO 3166 code of a country by its code or name in one of the room's languages; empty if it is not known."""
    if len(text) == 2 and text.isascii() and text.isalpha():
        return text.upper()
    words = fold_words(text)
    found = get_lexicon().words.get("".join(words)) or frozenset()
    return min((sense.concept[2:] for sense in found if sense.kind == "country"), default=_MORE.get("".join(words), ""))
