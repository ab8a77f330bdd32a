"""The words of a name read one after the other: phrases, Chinese characters, people's names, words of firms, legal forms."""

from __future__ import annotations

from dataclasses import replace

from landbridge.screening.company_word import is_ending_form, read_company_word, split_composite
from landbridge.screening.han import NO_PHRASES, split_han
from landbridge.screening.lexicon import Sense, get_lexicon
from landbridge.screening.person_word import read_person_word
from landbridge.screening.phrase import find_phrase
from landbridge.screening.script import fold_word, has_han
from landbridge.screening.sound import sound
from landbridge.screening.token import Token
from landbridge.screening.weight import GIVEN, OTHER, sense_token, weigh


def read_words(words: list[str], kind: str, way: str) -> tuple[list[Token], set[str]]:
    """Words, phrases and characters of a name of a kind, read in one of the ways in which it may be read, and its legal forms."""
    folded = [fold_word(word) for word in words]
    tokens: list[Token] = []
    legal: set[str] = set()
    cooperative: Token | None = None
    index = 0
    while index < len(words):
        length, senses = (1, _NOTHING) if kind == "person" else find_phrase(folded, index, with_brands=way != NO_BRANDS)
        if kind == "company":
            senses = frozenset(sense for sense in senses if sense.kind != "ship")
            length = length if senses else 1
        if length > 1 and _is_read_apart(words[index : index + length], senses, way):
            length, senses = 1, _NOTHING
        if senses:
            made = [_phrase_token(words[index : index + length], folded[index : index + length], senses)]
        elif has_han(words[index]):
            made = _read_han(words[index], way)
        else:
            is_named = any(token.weight > 0 for token in tokens)
            made = _read_word(words[index], folded, index, kind, with_brands=way != NO_BRANDS, is_named=is_named)
        split = _keep_whole if way == AS_IT_STANDS else split_composite
        for token in (one for whole in made for one in (split(whole) if kind != "person" else [whole])):
            found = {one.concept for one in token.senses if one.kind == "legal"}
            if found and kind != "person" and token.weight == 0:
                legal |= found
                cooperative = token if _COOPERATIVE in found else cooperative
            else:
                tokens.append(token)
        index += length
    if cooperative is not None and any(token.concepts & _LENDING for token in tokens):
        tokens.append(sense_token(cooperative.text, cooperative.folded, frozenset({Sense("trade", _COOPERATIVE)})))
    if kind != "person" and not any(token.weight > 0 for token in tokens):
        tokens = _read_plain(words, folded) or tokens
    return tokens, legal


def _phrase_token(words: list[str], folded: list[str], senses: frozenset[Sense]) -> Token:
    """A phrase as one word, heard without its article too: Al Nasr is Наср."""
    token = sense_token(" ".join(words), "".join(folded), senses)
    if len(words) > 1 and folded[0] in _ARTICLES:
        return replace(token, sounds=(*token.sounds, sound("".join(folded[1:]))))
    return token


_ARTICLES = frozenset(("al", "el", "аль", "эль", "ال"))


def _is_read_apart(phrase: list[str], senses: frozenset[Sense], way: str) -> bool:
    """Whether a phrase is left to its words: one that may be no phrase, or as it stands one that means several things, so that
    who misspells a word of it is still known: Bonnded zone.
    """
    if way == NO_PHRASES:
        return is_town(senses) or ends_in_form(phrase[-1], senses)
    return way == AS_IT_STANDS and len(split_composite(sense_token(" ".join(phrase), "", senses))) > 1


def _keep_whole(token: Token) -> list[Token]:
    """A single word that :func:`split_composite` would split, by its sound alone; others as ever."""
    parts = split_composite(token)
    if token.script == "han" or " " in token.text or len(parts) == 1:
        return parts
    return [replace(token, senses=_NOTHING, parts=(), weight=sum(part.weight for part in parts))]


_COOPERATIVE, _LENDING = "coop", frozenset(("bank", "credit", "insurance"))
"""A bank that is called cooperative is another than one that is not: there it is no form alone."""


def _read_plain(words: list[str], folded: list[str]) -> list[Token]:
    """The words of a name of which nothing else would be left: a name such as `Spa` is no form and no article."""
    read = [sense_token(word, text, _NOTHING) for word, text in zip(words, folded, strict=True) if not has_han(word)]
    telling = [token for token in read if not any(sense.kind == "legal" for sense in get_lexicon().find_word(token.folded))]
    return telling or [token for token in read if is_ending_form(token.folded)] or read


_NOTHING: frozenset[Sense] = frozenset()
NO_BRANDS = "without brands"
"""The reading that takes brands of several words for the words that they are."""
AS_IT_STANDS = "as it stands"
"""The reading that takes words which mean several for names."""


def _read_han(word: str, way: str) -> list[Token]:
    made = []
    for piece in split_han(word, way):
        senses = piece.senses
        number = next((int(sense.concept[2:]) for sense in senses if sense.kind == "number"), None)
        weight = weigh(senses) if senses else (GIVEN if piece.is_given else OTHER)
        made.append(
            Token(
                text=piece.text,
                folded=piece.text,
                sounds=tuple(sound(reading) for reading in piece.readings),
                script="han",
                weight=weight,
                senses=senses,
                number=number,
                names=get_lexicon().find_names(piece.text),
                pinyins=() if piece.is_surname else piece.readings,
                is_chinese=piece.is_given or piece.is_surname,
                is_foreign=way == "foreign",
            )
        )
    return made


def _read_word(word: str, folded: list[str], index: int, kind: str, *, with_brands: bool, is_named: bool) -> list[Token]:
    text = folded[index]
    if text.isdigit():
        return [Token(text=word, folded=text, sounds=("",), script="latin", weight=1.0, number=int(text[:9]))]
    is_person = kind in ("person", "")
    if is_person or kind == "other":
        names = read_person_word(word, text, kind)
        if names is not None:
            return list(names)
    return [read_company_word(word, text, index, len(folded), kind, with_brands=with_brands, is_named=is_named)]


def is_town(senses: frozenset[Sense]) -> bool:
    """Whether a word or phrase means a town and nothing else."""
    return bool(senses) and all(sense.kind == "town" for sense in senses)


def ends_in_form(phrase: str, senses: frozenset[Sense]) -> bool:
    """Whether a trade of several words ends in company or group, which may be no part of it: Bahman Motor is Bahman Motor Co."""
    if not any(sense.kind == "trade" for sense in senses):
        return False
    return any(sense.kind in ("legal", "generic") for sense in get_lexicon().find_word(fold_word(phrase.split()[-1])))
