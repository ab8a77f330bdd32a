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
    """A word with letters that may stand for others in those others.

    oo is u in English and two vowels elsewhere (Loor), tzh is t and zh too (Seitzhan), sch is s and ch (Karbaschi); ISO 9 as GOST 7.79-2000
    has it in its system B writes cz for ц and shh for щ; German writes z for ц, and s before a vowel for з (Saizew).
    """
    turned = [_DOUBLE_O.sub(lambda found: found[0][0], text).replace("tzh", "t'zh").replace("sch", "s'ch")]
    if "cz" in text or "shh" in text:
        turned.append(text.replace("cz", "ts").replace("shh", "shch"))
    if _GERMAN.search(text):
        turned.append(_GERMAN_S.sub("z", text.replace("tz", "z").replace("z", "ts")))
    return tuple(one for one in dict.fromkeys(turned) if one != text)


_GERMAN, _GERMAN_S = re.compile("[oei]w(?:a|itsch)?$|tsch|^z.*i$"), re.compile("(?<![st])s(?=[aeiou])(?!sch)")
_DOUBLE_O = re.compile("(?<=[^oо])(?:oo|оо)(?=[^oо])")


def before_genitive(word: str, text: str) -> tuple[str, ...]:
    """An Arabic word in -a as it is said before the word that it belongs to, in -at, folded: عصبة الأنصار is Asbat al-Ansar."""
    return (text[:-1] + "ت",) if word.endswith("ة") and len(text) >= _SHORTEST_GENITIVE else ()


_SHORTEST_GENITIVE = 3


def to_latin(text: str) -> str:
    if name_script(text) != "other":
        return text
    from anyascii import anyascii  # scripts without a table of their own: Greek, Georgian, Hebrew, kana, Hangul, ...

    return anyascii(text).casefold().replace("'", "")
