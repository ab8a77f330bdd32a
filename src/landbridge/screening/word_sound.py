"""Shapes of words that names of people and of companies share."""

from __future__ import annotations

import re

from landbridge.screening.script import name_script

NOT_ARABIC = re.compile("[پچژگٹڈڑںےہھ]")
JOINED_ARTICLES = (
    re.compile(r"^(?:bin|ben|ibn|бин|бен|ибн)(?:al|el|аль|эль)(?=.{3})"),
    re.compile(r"^(?:al|el|ul|аль|эль|ال)(?=[^aeiouyаеёиоуыэюя]?.{4})"),
    re.compile(r"^[aeuаэу]([rsdntzрсднтз])(?=\1.{3})"),
)
"""The Arabic article written together with its word, before sun letters with their sound: Alwaha, Arrashid."""


def other_letters(text: str) -> tuple[str, ...]:
    """A word whose letters may stand for others: oo is u in English and two vowels elsewhere (Loor), tzh is t and zh too (Seitzhan)."""
    turned = _DOUBLE_O.sub(lambda found: found[0][0], text).replace("tzh", "t'zh")
    return (turned,) if turned != text else ()


_DOUBLE_O = re.compile("(?<=[^oо])(?:oo|оо)(?=[^oо])")


def to_latin(text: str) -> str:
    if name_script(text) != "other":
        return text
    from anyascii import anyascii  # scripts without a table of their own: Greek, Georgian, Hebrew, kana, Hangul, ...

    return anyascii(text).casefold().replace("'", "")
