"""Syllables of Chinese in four transcriptions, packed into one file: ``python -m tools.lexicon``."""

from __future__ import annotations

from functools import cache
from typing import Any

from landbridge.screening.han import ask_char, ask_pinyin
from landbridge.screening.lexicon import get_lexicon, table_rows

_SYSTEMS = ("pinyin", "wade", "hong kong", "palladius")


def pack_syllables() -> dict[str, Any]:
    """Pinyin syllables by their written forms, one table a system, and the Hong Kong readings of characters."""
    found: dict[str, dict[str, set[str]]] = {name: {} for name in _SYSTEMS}
    for pinyin, palladius, wade, hong_kong in table_rows("palladius.tsv"):
        for system, forms in (
            ("pinyin", (pinyin, *(pinyin.replace("v", one) for one in ("u", "yu", "ü")))),
            ("palladius", (palladius,)),
            ("wade", wade.split("|")),
            ("hong kong", [one for form in hong_kong.split("|") if form for one in _hong_kong_forms(form)]),
        ):
            for form in forms:
                if form:
                    found[system].setdefault(form, set()).add(pinyin)
    for char, forms_ in get_lexicon().surnames.items():
        for pinyin in current_readings(char) if len(char) == 1 else ():
            for form in forms_:
                found["hong kong"].setdefault(form, set()).add(pinyin)
    found |= _korean()
    spoken = {
        char: list(dict.fromkeys(one for form in forms.split("|") for one in _hong_kong_forms(form)))
        for forms, chars in table_rows("cantonese.tsv")
        for char in chars
    }
    for written, chars in table_rows("hokkien.tsv"):
        for char in chars:
            spoken[char] = list(dict.fromkeys((*spoken.get(char, ()), *written.split("|"))))
    for char, heard in spoken.items():
        for form in heard:
            found["hong kong"].setdefault(form, set()).update(current_readings(char))
    systems = {name: {form: sorted(row) for form, row in sorted(table.items())} for name, table in found.items()}
    return {"systems": systems, "spoken": dict(sorted(spoken.items()))}


def _korean() -> dict[str, dict[str, set[str]]]:
    """Syllables of Korean names in Latin and in Cyrillic letters, by the number of their row."""
    found: dict[str, dict[str, set[str]]] = {"korean": {}, "korean cyrillic": {}}
    for number, row in enumerate(table_rows("korean.tsv")):
        for system, forms in zip(found, row, strict=True):
            for form in forms.split("|"):
                found[system].setdefault(form, set()).add(f"korean:{number}")
    return found


_HONG_KONG = (
    ("aa", "a"),
    ("gw", "kw"),
    ("g", "k"),
    ("b", "p"),
    ("d", "t"),
    ("j", "ch"),
    ("j", "ts"),
    ("ch", "ts"),
    ("oo", "u"),
    ("uet", "uet"),
)
"""How the table's spellings differ from those in use: long vowels, and hard letters at the beginning."""


def pack_pinyin() -> dict[str, Any]:
    """Pinyin of the words of the tables and of the characters of GB 2312 and of those words, ü as v in characters."""
    lexicon = get_lexicon()
    words = sorted({form for form, _ in lexicon.han.items()} | set(lexicon.surnames))
    common = {bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)} - {""}
    characters = sorted(common | {char for word in words for char in word})
    return {"words": {word: ask_pinyin(word) for word in words}, "characters": {char: list(current_readings(char)) for char in characters}}


def current_readings(char: str) -> tuple[str, ...]:
    """Readings of a character but for those of old books: the first, and others that a word of pypinyin's phrases or a surname has."""
    first, *others = ask_char(char)
    return (first, *(one for one in others if (char, one) in _phrase_readings() or one == _AS_SURNAME.get(char)))


_AS_SURNAME = dict(
    pair.split()
    for pair in (
        *("区 ou", "盖 ge", "查 zha", "覃 qin", "缪 miao", "员 yun", "种 chong", "乜 nie", "折 she", "黑 he", "召 shao"),
        *("祭 zhai", "繁 po", "秘 bi", "翟 zhai", "单 shan", "解 xie", "仇 qiu", "朴 piao", "曾 zeng", "尉 yu", "隗 kui"),
    )
)
"""Characters that are read in another way as surnames (general knowledge)."""


@cache
def _phrase_readings() -> frozenset[tuple[str, str]]:
    """Characters as they are read in some phrase, ü as v."""
    from pypinyin.constants import PHRASES_DICT
    from pypinyin.contrib.tone_convert import to_normal

    return frozenset(
        (char, to_normal(reading[0]).replace("ü", "v"))
        for phrase, readings in PHRASES_DICT.items()
        if len(phrase) == len(readings)
        for char, reading in zip(phrase, readings, strict=True)
    )


_SHORT_A = ("an", "am", "at", "ap")
"""Endings with the short a, which papers write as u too: chan and chun."""


def _hong_kong_forms(form: str) -> tuple[str, ...]:
    """A reading as the table spells it, and as people's papers do: daai and tai."""
    short = form.replace("aa", "a").replace("oo", "u") if len(form) > 2 else form
    found = {form, short}
    for old, new in _HONG_KONG[1:8]:
        found |= {new + one[len(old) :] for one in (form, short) if one.startswith(old)}
    found |= {f"{one}h" for one in found if one.endswith("a")}
    found |= {one[:-2] + "u" + one[-1] for one in found if one[-2:] in _SHORT_A and not form.endswith(f"a{one[-2:]}")}
    found |= {one[:-2] + "ee" for one in found if one.endswith("ei")}
    found |= {one[:-1] + "ee" for one in found if one.endswith("i") and one[-2:-1] not in "aeou"}
    found |= {one[:-1] + "ck" for one in found if one.endswith(("ik", "ek", "ak", "ok")) and len(one) > 2}
    found |= {one[:-3] + "oong" for one in found if one.endswith("ung") and len(one) > 3}
    return tuple(sorted(found))
