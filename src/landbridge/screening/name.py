"""A name read: its words with their meaning and weight, its legal forms, numbers and identifiers."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from landbridge.screening.acronym import spells
from landbridge.screening.han import NO_PHRASES
from landbridge.screening.identifier import take_identifiers
from landbridge.screening.letter import join_letters, join_spaced
from landbridge.screening.lexicon import get_lexicon
from landbridge.screening.name_kind import guess_kind
from landbridge.screening.person_word import (
    join_servant,
    join_sons,
    mark_fathers,
    mark_sons,
    split_fathers,
    weigh_allah,
)
from landbridge.screening.script import clean_text, fold_word, has_han, has_twins, split_words, turn_twins
from landbridge.screening.token import ParsedName, Token
from landbridge.screening.weight import OTHER
from landbridge.screening.word_reading import AS_IT_STANDS, NO_BRANDS, ends_in_form, is_town, read_words

_SLASHED = re.compile(r"(?<!\w)([sdwmтtalk])/([ovtshрхcга])(?!\w)", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|[-‐‑]?(?:ый|ий|ой|ая|ое|ья|го|ого|ому|му|й|я|е|ы|і|ая|га|ага|ти|мі|м))(?!\w)", re.IGNORECASE)
"""What ends an ordinal number: 35th, 924-й."""
_TWO_LETTERS = re.compile(r"(?<!\w)(Ya|Yu|Ye|Yo|Zh|Kh|Ts|Ch|Shch|Sh|Dz|Ja|Ju|Je|Jo|Ia|Iu)\.", re.IGNORECASE)
_ONE_LETTER = {
    "ya": "Я", "ja": "Я", "ia": "Я", "yu": "Ю", "ju": "Ю", "iu": "Ю", "ye": "Е", "je": "Е", "yo": "Ё", "jo": "Ё", "zh": "Ж", "kh": "Х", "ts": "Ц", "ch": "Ч", "sh": "Ш", "shch": "Щ", "dz": "Д",  # noqa: E501
}  # fmt: skip
"""Initials that a romanisation writes with two letters."""


@lru_cache(maxsize=50_000)
def parse_name(text: str, kind: str = "") -> ParsedName:
    """Read a name.

    Parameters
    ----------
    text
        As written; anything goes, what is no letter and no digit only separates.
    kind
        ``company``, ``person``, ``vessel``, ``authority`` or empty: then it is guessed from the words.
    """
    kind = {"authority": "company", "organization": "company", "organisation": "company", "ship": "vessel"}.get(kind, kind)
    cleaned = clean_text(text)
    is_mixed = not cleaned.isascii() and any(has_twins(word) for word in split_words(cleaned))
    notes = (_TWINS,) if is_mixed else ()
    rest, identifiers, year = take_identifiers(cleaned, kind)
    rest = _ORDINAL.sub("", _SLASHED.sub(lambda found: f" {found[1]}{found[2]} ", _drop_glosses(rest)))
    if not kind:
        kind = guess_kind(join_spaced(split_words(rest)))
    if kind == "person":
        rest = _TWO_LETTERS.sub(lambda found: f" {_ONE_LETTER[found[1].casefold()]}. ", rest)
    written = split_words(rest, joins_dots=kind != "person")
    spaced = join_spaced(written)
    words = _join_parts(spaced, kind)
    is_foreign = any(dot in cleaned for dot in "·•・")
    parsed = _parse_words(cleaned, words, kind, frozenset(identifiers), year, notes, "foreign" if is_foreign and kind == "person" else kind)
    if "ip" in parsed.legal and len(parsed.tokens) >= 2:
        parsed = _read_owner(parsed, words)
    twins = turn_twins(words) if not cleaned.isascii() else words
    if twins != words:
        read = _parse_words(cleaned, twins, kind, frozenset(identifiers), year, (_TWINS,), kind)
        parsed = replace(parsed, variants=(read,))
    loose = words if spaced == written else _join_parts(written, kind)
    unjoined = _split_parts(spaced) if kind != "person" and any(map(_is_joining_letter, spaced)) else words
    for otherwise in (split_fathers(words), join_sons(words) if kind == "person" else words, loose, unjoined):
        if len(otherwise) != len(words):
            read = _parse_words(cleaned, otherwise, kind, frozenset(identifiers), year, notes, kind)
            parsed = replace(parsed, variants=(*parsed.variants, read))
    if kind == "person":
        return parsed
    parsed = replace(parsed, branches=_read_branches(cleaned)) if kind != "vessel" else parsed
    ways = [NO_BRANDS] if _has_brand(parsed) else []
    if _has_phrase(parsed):
        ways.append(NO_PHRASES)
    composites = _read_as_several(parsed)
    if composites:
        ways.append(AS_IT_STANDS)
    glosses = _read_glosses(cleaned, kind, frozenset(identifiers), year)
    if has_han(rest):
        ways += ["by sound", "by sign", "by character"] if kind in ("vessel", "other") else ["by sound", "by sign"]
    apart = (APART,) if any(" " in text for text in composites) else ()
    others = (
        _parse_words(cleaned, words, kind, frozenset(identifiers), year, (*notes, *apart) if way == AS_IT_STANDS else notes, way)
        for way in ways
    )
    different = (replace(one, branches=parsed.branches) for one in dict.fromkeys(others) if one.tokens != parsed.tokens)
    return replace(parsed, variants=(*parsed.variants, *different, *glosses))


_TWINS = "letters of two scripts in one word"
APART = "phrases left to their words"
"""Note of a reading in which a phrase that means several things is read word by word."""


def _has_brand(parsed: ParsedName) -> bool:
    return any(sense.kind == "brand" for token in parsed.tokens for sense in token.senses)


def _has_phrase(parsed: ParsedName) -> bool:
    """Whether words, or characters, are read together as one town, or trade, that may be meant word by word."""
    return any(
        is_town(token.senses) or ends_in_form(token.text, token.senses)
        if " " in token.text
        else token.script == "han" and len(token.text) >= _PHRASE_SIGNS and any(sense.kind == "trade" for sense in token.senses)
        for token in parsed.tokens
    )


def _read_as_several(parsed: ParsedName) -> list[str]:
    """Words and phrases that were read as several concepts, which somebody else may write as they sound: ГПЗ as GPZ."""
    return [token.text.split(" (")[0] for token in parsed.tokens if token.text.endswith(")") and " (" in token.text]


_PHRASE_SIGNS = 4
_CAMEL = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁІЎ]{4})(?=[A-ZА-ЯЁІЎ][^\W\d_A-ZА-ЯЁІЎ]{3})")


def _split_camel(word: str) -> list[str]:
    """Words written together with a capital in the middle: СветлогорскХимволокно."""
    return _CAMEL.split(word)


def _join_parts(words: list[str], kind: str) -> list[str]:
    """Words cut at capitals in their middle, and what belongs together joined: letters, of a person servant of and what follows it."""
    parts = _split_parts(words)
    return join_servant(parts if kind == "person" else join_letters(parts))


def _split_parts(words: list[str]) -> list[str]:
    return [part for word in words for part in _split_camel(word)]


def _is_joining_letter(word: str) -> bool:
    """Whether a word is one letter that means and, or with, so that in a name all in one case it may be no initial: A y B."""
    return len(word) == 1 and any(sense.kind == "stop" for sense in get_lexicon().find_word(fold_word(word)))


def _read_owner(parsed: ParsedName, words: list[str]) -> ParsedName:
    """The firm of one person, read as the person's name: ИП Петров О. Н."""
    read = {token.text for token in parsed.tokens}
    names = [letter for word in words if word in read or any(word in text.split() for text in read) for letter in _initials(word)]
    as_person = _parse_words(parsed.text, names, "person", parsed.identifiers, parsed.birth_year, parsed.notes, "person")
    return replace(as_person, legal=parsed.legal)


def _initials(word: str) -> list[str]:
    return list(word) if word.isupper() and word.isalpha() and len(word) == 2 else [word]


def _parse_words(
    text: str, words: list[str], kind: str, identifiers: frozenset[tuple[str, str]], year: str, notes: tuple[str, ...], han: str
) -> ParsedName:
    tokens, legal = read_words(words, kind, han)
    tokens = mark_sons(mark_fathers(weigh_allah(tokens))) if kind == "person" else tokens
    tokens = _weigh_acronyms(_join_numbers(_once(tokens if kind == "person" else _weigh_honoured(tokens))))
    return ParsedName(
        text=text,
        kind=kind,
        tokens=tuple(tokens),
        legal=frozenset(legal),
        identifiers=identifiers,
        birth_year=year,
        notes=notes,
    )


_HONOURED, _NAMED_AFTER = 0.4, frozenset(("named", "namedafter"))
"""How much of its weight the name of whom a plant is named after keeps."""


def _weigh_honoured(tokens: list[Token]) -> list[Token]:
    """Whom a plant is named after is often left out: it tells little, unless nothing else names the plant."""
    start = next((index for index, token in enumerate(tokens) if token.concepts & _NAMED_AFTER), None)
    if start is None or not any(_is_naming(token) for token in tokens[:start]):
        return tokens
    end = next((index for index in range(start + 1, len(tokens)) if _is_trade(tokens[index])), len(tokens))
    return [replace(token, weight=token.weight * _HONOURED) if start < index < end else token for index, token in enumerate(tokens)]


def _is_trade(token: Token) -> bool:
    return any(sense.kind in ("trade", "generic", "brand") for sense in token.senses)


def _is_naming(token: Token) -> bool:
    """Whether a word tells one firm from another: a name of its own, a town, a number, or a telling trade."""
    return token.number is not None or token.weight >= _TELLING


_TELLING = 0.5


def _once(tokens: list[Token]) -> list[Token]:
    """A brand that is said twice, by name and by letters, and what a compound says that stands beside it, is said once."""
    out: list[Token] = []
    for token in tokens:
        is_said = token.senses and any(token.concepts == other.concepts for other in out)
        if not (is_said and (any(sense.kind == "brand" for sense in token.senses) or (out and out[-1].concepts == token.concepts))):
            out.append(token)
    return out


def _join_numbers(tokens: list[Token]) -> list[Token]:
    """Tens and units said one after the other are one number: seventy one."""
    out: list[Token] = []
    for token in tokens:
        before = out[-1].number if out else None
        if before and token.number and token.senses and out[-1].senses and before >= 20 and before % 10 == 0 and token.number < 10:
            out[-1] = replace(out[-1], text=f"{out[-1].text} {token.text}", number=before + token.number)
        else:
            out.append(token)
    return out


def _drop_glosses(text: str) -> str:
    """What stands in brackets is the same name again, a flag or a form: it is kept only where nothing telling stands outside."""
    if not _BRACKETS.search(text):
        return text
    outside = re.sub(r"[(（\[][^)）\]]*[)）\]]", " ", text)
    return outside if sum(char.isalnum() for char in outside) >= 3 and not re.search(r"[(（]\s*(?:No|№)?\s*\d", text) else text


_BRACKETS = re.compile(r"[(（\[]([^)）\]]*)[)）\]]")


GLOSS = "name in brackets"


def _read_glosses(text: str, kind: str, identifiers: frozenset[tuple[str, str]], year: str) -> tuple[ParsedName, ...]:
    """What stands in brackets as a name of its own, where it names somebody, or did: Morspassluzhba, ex Iran Arak."""
    found = []
    for inside in _BRACKETS.findall(text):
        former = _FORMER.match(inside)
        inside = inside[former.end() :] if former else inside
        one = _parse_words(inside, split_words(inside), kind, identifiers, year, (GLOSS,), kind)
        if (former and any(token.weight > 0 for token in one.tokens)) or any(
            token.weight >= OTHER and not token.senses and len(token.folded) >= _NAME for token in one.tokens
        ):
            found.append(one)
    return tuple(found)


_NAME = 4
"""Letters of a name in brackets at least."""
_FORMER = re.compile(r"(?:ex|formerly|former|f/?k/?a|экс|бывш\w*|быв|б(?=\.))\b\.?[\s:-]*", re.IGNORECASE)
"""What stands before a former name."""


def _read_branches(text: str) -> frozenset[str]:
    """Countries and towns that stand alone in brackets: Bank of China (Hong Kong) is not Bank of China (Singapore)."""
    found: set[str] = set()
    for inside in _BRACKETS.findall(text):
        tokens = _parse_words(inside, split_words(inside), "company", frozenset(), "", (), "company").tokens
        places = [sense.concept for token in tokens for sense in token.senses if sense.kind in ("country", "place", "town")]
        if places and all(token.senses for token in tokens):
            found.update(places)
    return frozenset(found)


def _weigh_acronyms(tokens: list[Token]) -> list[Token]:
    """A short word made of the first letters of the other words of the same name adds nothing."""
    content = [token for token in tokens if token.weight >= 0.3 and token.number is None]
    out = []
    for token in tokens:
        others = [other for other in content if other is not token]
        if (
            2 <= len(token.folded) <= 6
            and len(others) >= 2
            and not token.senses
            and not token.names
            and spells(token, others)
            and token.text.isupper()
        ):
            out.append(replace(token, weight=0.05))
        else:
            out.append(token)
    return out
