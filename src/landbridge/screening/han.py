"""Chinese names: cut into known words, and what is left read in pinyin."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import islice, product

from landbridge.screening.lexicon import Sense, Table, find_concepts, get_lexicon, table_rows
from landbridge.screening.meaning import english_meanings
from landbridge.screening.script import fold_word, has_han
from landbridge.screening.town import find_town

_LONGEST, _SHORT = 12, 3
"""Characters of a word at most, and of one where words are read by themselves."""
NO_PHRASES = "word by word"
"""The reading that takes phrases of a trade for the words that they are."""
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_ORDINAL = re.compile(r"第([一二三四五六七八九十]{1,3})|([一二三四五六七八九十]{1,3})(?=号)")
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\u3400-\u4dbf\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a Chinese name, with its meaning or its readings."""

    text: str
    readings: tuple[str, ...]
    senses: frozenset[Sense] = frozenset()
    is_given: bool = False
    is_surname: bool = False


@lru_cache(maxsize=50_000)
def split_han(word: str, kind: str) -> tuple[Piece, ...]:
    """Cut a run of Chinese characters into words, longest first; what no table knows is one word, read in pinyin."""
    text = fold_word(word)
    pieces: list[Piece] = []
    for run in _RUN.findall(text):
        if not has_han(run):
            pieces.append(Piece(run, (run,)))
        elif kind == "foreign":
            pieces.append(_unknown(run))
        elif kind == "person":
            pieces.extend(_split_person(run))
        elif kind == "by sound":
            pieces.extend(_split_sound(run))
        elif kind in ("by sign", "by character"):
            pieces.extend(_split_signs(run, 1 if kind == "by character" else _LONGEST))
        else:
            pieces.extend(_split_words(run, with_brands=kind != "without brands", longest=_SHORT if kind == NO_PHRASES else _LONGEST))
    return tuple(pieces)


def _split_person(text: str) -> list[Piece]:
    if len(text) > 4:
        return [_unknown(text)]
    surnames = get_lexicon().surnames
    length = 2 if text[:2] in surnames and len(text) > 2 else 1
    if len(text) < 2:
        return [_unknown(text)]
    surname, given = text[:length], text[length:]
    pinyin = read_pinyins(surname)
    readings = tuple(dict.fromkeys((*surnames.get(surname, ()), *pinyin, *(palladius().get(reading, reading) for reading in pinyin))))
    return [Piece(surname, readings, is_surname=True), Piece(given, read_pinyins(given), is_given=True)]


def _split_sound(text: str) -> list[Piece]:
    """Read by sound but for numbers, business words and legal forms of two characters or more at the end."""
    pieces = _split_words(text)
    named = next((index for index in range(len(pieces), 0, -1) if not _only_describes(pieces[index - 1])), 0)
    head = "".join(piece.text for piece in pieces[:named])
    return [*([_unknown(head)] if head else []), *pieces[named:]]


def _only_describes(piece: Piece) -> bool:
    return any(
        sense.kind in ("legal", "number", "ship", "generic") or (sense.kind == "trade" and len(piece.text) > 1) for sense in piece.senses
    )


def _split_signs(text: str, longest: int) -> list[Piece]:
    """Each word that a table knows by its meaning, words of one character too."""
    table = get_lexicon().han
    pieces: list[Piece] = []
    index = 0
    while index < len(text):
        ordinal = _ORDINAL.match(text, index)
        if ordinal:
            pieces += _split_words(ordinal[0] + "号")[:1]
            index = ordinal.end()
            continue
        region = _REGION_OF_CHINA.match(text, index)
        if region:
            senses = _CENTRAL if region[1] == "中" else find_concepts(table, region[1])
            pieces += [Piece("华", (read_pinyin("华"),), _CHINA), Piece(region[1], (read_pinyin(region[1]),), senses)]
            index = region.end()
            continue
        piece = next(
            (
                text[index : index + length]
                for length in range(longest, 0, -1)
                if _is_word(text[index : index + length], table) and not _cuts_word(text, index, length, table)
            ),
            text[index],
        )
        senses = find_concepts(table, piece)
        if piece in _CARDINALS and not senses and find_concepts(table, text[index + 1 : index + 2]):
            senses = frozenset({Sense("number", f"n:{_CARDINALS[piece]}")})
        pieces.append(Piece(piece, read_pinyins(piece), senses))
        index += len(piece)
    return pieces


_REGION_OF_CHINA = re.compile("华([东西南北中])")
_CHINA, _CENTRAL = frozenset({Sense("country", "c:CN")}), frozenset({Sense("direction", "central")})
"""Parts of China as Chinese writes them: 华北 is North China."""
_CARDINALS = {**{char: value for char, value in _DIGITS.items() if value}, "两": 2, "十": 10, "百": 100, "千": 1000}
"""Numbers before what they count: 七星 is Seven Stars."""


def _is_word(text: str, table: Table[frozenset[Sense]]) -> bool:
    return text in table or (len(text) > 1 and bool(english_meanings(text)))


def _cuts_word(text: str, index: int, length: int, table: Table[frozenset[Sense]]) -> bool:
    """Whether a word that only a dictionary knows would cut one of the tables that begins within it: 金凤 in 金凤凰."""
    if text[index : index + length] in table:
        return False
    return any(
        text[start:end] in table
        for start in range(index + 1, index + length)
        for end in range(max(start + 2, index + length + 1), min(start + 5, len(text)) + 1)
    )


def _split_words(text: str, *, with_brands: bool = True, longest: int = _LONGEST) -> list[Piece]:
    table = get_lexicon().han
    pieces: list[Piece] = []
    rest = ""
    index = 0
    while index < len(text):
        ordinal = _ORDINAL.match(text, index)
        if ordinal:
            found: tuple[str, frozenset[Sense]] | None = (
                ordinal[0],
                frozenset({Sense("number", f"n:{_read_number(ordinal[1] or ordinal[2])}")}),
            )
        else:
            found = _longest(table, text, index, with_brands=with_brands, longest=longest) or _find_town(text, index, rest)
        if found is None:
            rest += text[index]
            index += 1
            continue
        if rest:
            pieces.append(_unknown(rest))
            rest = ""
        senses = found[1] | find_town(found[0]) if all(sense.kind == "place" for sense in found[1]) else found[1]
        pieces.append(Piece(found[0], (read_pinyin(found[0]),), senses))
        index += len(found[0])
    if rest:
        pieces.append(_unknown(rest))
    return pieces


def _find_town(text: str, index: int, rest: str) -> tuple[str, frozenset[Sense]] | None:
    """A town at this place: of two characters only at the beginning of a name."""
    for length in range(min(6, len(text) - index), 1 if index == 0 else 2, -1):
        senses = find_town(text[index : index + length])
        if senses and not rest:
            return text[index : index + length], senses
    return None


def _unknown(text: str) -> Piece:
    return Piece(text, read_pinyins(text))


def _longest(
    table: Table[frozenset[Sense]], text: str, index: int, *, with_brands: bool, longest: int
) -> tuple[str, frozenset[Sense]] | None:
    for length in range(min(_LONGEST, len(text) - index), 0, -1):
        piece = text[index : index + length]
        senses = table.get(piece)
        if senses and length > longest and all(sense.kind == "trade" for sense in senses):
            continue
        if senses and not with_brands:
            senses = frozenset(sense for sense in senses if sense.kind != "brand")
        if senses and (length > 1 or _stands_alone(table, text, index, senses)):
            if length > 1 and _cuts_trade(text, index, length, table):
                return None
            return piece, senses
    return None


def _cuts_trade(text: str, index: int, length: int, table: Table[frozenset[Sense]]) -> bool:
    """Whether a word would cut another that begins within it, and leave a rest that is none, while behind the other a word or nothing
    stands: 生物 in 民生物流股份, where 物流 is meant.
    """
    end = index + length
    if end == len(text) or _begins_word(text, end, table) or _is_last_word(text, end, table):
        return False
    return any(
        text[start:stop] in table and (stop == len(text) or _begins_word(text, stop, table))
        for start in range(index + 1, end)
        for stop in range(max(start + 2, end + 1), min(start + 5, len(text)) + 1)
    )


def _is_last_word(text: str, index: int, table: Table[frozenset[Sense]]) -> bool:
    senses = table.get(text[index])
    return bool(senses and _stands_alone(table, text, index, senses))


def _begins_word(text: str, index: int, table: Table[frozenset[Sense]]) -> bool:
    """Whether a word of two characters or more begins here."""
    return any(text[index:stop] in table for stop in range(index + 2, min(index + _LONGEST, len(text)) + 1))


def _stands_alone(table: Table[frozenset[Sense]], text: str, index: int, senses: frozenset[Sense]) -> bool:
    """Whether one character is a word: at the end, before a legal form or "group", or where it is a direction."""
    if index + 1 == len(text) or any(sense.kind in ("direction", "stop") for sense in senses):
        return True
    following = [sense for length in range(2, 7) for sense in find_concepts(table, text[index + 1 : index + 1 + length])]
    return any(sense.kind in ("legal", "generic") for sense in following)


def _read_number(text: str) -> int:
    if "十" not in text:
        return int("".join(str(_DIGITS[char]) for char in text))
    before, after = text.split("十", 1)
    return (_DIGITS[before] if before else 1) * 10 + (_DIGITS[after] if after else 0)


@cache
def _syllables() -> tuple[dict[str, str], dict[str, str]]:
    """Pinyin syllables by themselves and by their Palladius transcription."""
    rows = table_rows("palladius.tsv")
    latin = {row[0]: row[0].replace("v", "u") for row in rows}
    latin |= {row[0].replace("v", "yu"): row[0].replace("v", "u") for row in rows if "v" in row[0]}
    return latin, {row[1]: latin[row[0]] for row in rows}


@cache
def palladius() -> dict[str, str]:
    """Pinyin syllables and their Palladius transcription."""
    return {row[0]: row[1] for row in table_rows("palladius.tsv")}


_HALLMARK = re.compile(r"чж|цз|нь|сяо|сюй|юань|хуа|вэй|цю|шэн|хэн|гуан|куан|дун|чун|лун|сюэ|цян")
_PINYIN_HALLMARK = re.compile(r"zh|^ji|jin|ying|feng|guo|hua$|q(?!u[aeiy])|x[iu]|iang|uang|iong|jian|jing|ou$|[ln]v|sh[aeiou]n?g?$|xue")


@lru_cache(maxsize=100_000)
def chinese_key(word: str, script: str) -> tuple[str, bool]:
    """A word as pinyin if it can be read so, and whether it looks Chinese at all; empty if it cannot.

    Han characters are read, Latin is cut into pinyin syllables, Cyrillic into those of the Palladius transcription.
    """
    if script == "han":
        return read_pinyin(word), True
    if script not in ("latin", "cyrillic") or len(word) > 40:
        return "", False
    table = _syllables()[0 if script == "latin" else 1]
    found = _cut(word, 0, table)
    is_marked = bool((_PINYIN_HALLMARK if script == "latin" else _HALLMARK).search(word))
    return ("".join(found) if found is not None else ""), is_marked and found is not None


def _cut(word: str, start: int, table: dict[str, str]) -> tuple[str, ...] | None:
    if start == len(word):
        return ()
    for length in range(min(6, len(word) - start), 0, -1):
        syllable = table.get(word[start : start + length])
        if syllable is not None:
            rest = _cut(word, start + length, table)
            if rest is not None:
                return (syllable, *rest)
    return None


@cache
def _pinyin() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Words of the tables, and characters, in pinyin: pypinyin takes a quarter of a second to load."""
    packed = json.loads((resources.files("landbridge.screening") / "tables" / "pinyin.json").read_text(encoding="utf-8"))
    return packed["words"], packed["characters"]


@lru_cache(maxsize=50_000)
def read_pinyin(text: str) -> str:
    """Pinyin of a run of characters, in one word, without tones."""
    words, characters = _pinyin()
    known = words.get(text)
    if known is not None:
        return known
    found = [characters.get(char, ()) for char in text]
    if all(len(one) == 1 for one in found):
        return "".join("".join(one) for one in found).replace("v", "u")
    return ask_pinyin(text)


def ask_pinyin(text: str) -> str:
    """Pinyin of characters of which some have several readings, by the phrases that pypinyin knows."""
    from pypinyin import Style, lazy_pinyin  # slow to load, and few names need it

    return "".join(lazy_pinyin(text, style=Style.NORMAL)).replace("v", "u")


@cache
def _by_pinyin() -> dict[str, frozenset[str]]:
    """Trades and countries of the tables whose words have two characters or more, by the pinyin of these."""
    found: dict[str, frozenset[str]] = {}
    for form, senses in get_lexicon().han.items():
        concepts = frozenset(sense.concept for sense in senses if sense.kind in ("trade", "generic", "country"))
        if len(form) > 1 and concepts:
            key = read_pinyin(form)
            found[key] = found.get(key, frozenset()) | concepts
    return found


def pinyin_concepts(folded: str) -> frozenset[str]:
    """What a word means if it is a Chinese word in pinyin: tielu is railway; empty if it is none."""
    return _by_pinyin().get(folded, frozenset()) if folded.isascii() and len(folded) >= _SHORTEST_PINYIN else frozenset()


_SHORTEST_PINYIN = 5


@lru_cache(maxsize=10_000)
def char_pinyins(char: str) -> tuple[str, ...]:
    """Readings of one character, ü as v; at most three."""
    known = _pinyin()[1].get(char)
    return tuple(known) if known else ask_char(char)


def ask_char(char: str) -> tuple[str, ...]:
    """Readings of a character by pypinyin."""
    from pypinyin import Style, pinyin

    return tuple(pinyin(char, style=Style.NORMAL, heteronym=True)[0][:3])


@lru_cache(maxsize=50_000)
def read_pinyins(text: str) -> tuple[str, ...]:
    """Pinyin of a run of characters, the likeliest reading first, with the other readings of characters that have several."""
    first = read_pinyin(text)
    if len(text) > 4:
        return (first,)
    choices = [[reading.replace("v", "u") for reading in char_pinyins(char)] for char in text]
    others = ("".join(parts) for parts in islice(product(*choices), 9))
    return tuple(dict.fromkeys((first, *others)))
