"""Names as they were read, as text: what a list of names keeps beside its keys, so that they need not be read again."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from landbridge.screening.lexicon import Sense
from landbridge.screening.token import ParsedName, Token

_TOKEN_END: list[Any] = [1.0, [], [], [], "", [], None, 0, []]
"""What the later fields of a token are where nothing else is told; those at the end are not written."""


def write_name(parsed: ParsedName) -> str:
    """A name as one line of JSON, whatever :func:`landbridge.screening.name.parse_name` made of it."""
    return _dump(_pack_name(parsed))


def read_name(text: str) -> ParsedName:
    """The name that :func:`write_name` wrote, equal to it field by field."""
    return _unpack_name(json.loads(text))


def _pack_name(parsed: ParsedName) -> list[Any]:
    return [
        parsed.text,
        parsed.kind,
        [_dump(_pack_token(token)) for token in parsed.tokens],
        sorted(parsed.legal),
        sorted(parsed.identifiers),
        parsed.birth_year,
        parsed.notes,
        sorted(parsed.branches),
        [_pack_name(one) for one in parsed.variants],
    ]


def _unpack_name(row: list[Any]) -> ParsedName:
    text, kind, tokens, legal, identifiers, birth_year, notes, branches, variants = row
    return ParsedName(
        text=text,
        kind=kind,
        tokens=tuple(map(_read_token, tokens)),
        legal=frozenset(legal),
        identifiers=frozenset((name, number) for name, number in identifiers),
        birth_year=birth_year,
        notes=tuple(notes),
        branches=frozenset(branches),
        variants=tuple(map(_unpack_name, variants)),
    )


def _pack_token(token: Token) -> list[Any]:
    flags = token.is_initial | token.is_father << 1 | token.is_chinese << 2 | token.is_foreign << 3
    end: list[Any] = [
        token.weight,
        sorted([sense.kind, sense.concept] for sense in token.senses),
        sorted(token.names),
        sorted(token.fathers),
        token.father_stem,
        list(token.parts),
        token.number,
        flags,
        list(token.pinyins),
    ]
    while end and end[-1] == _TOKEN_END[len(end) - 1]:
        end.pop()
    return [token.text, token.folded, list(token.sounds), token.script, *end]


@lru_cache(maxsize=50_000)
def _read_token(text: str) -> Token:
    """A token; names share the tokens of words that they have in common."""
    row: list[Any] = json.loads(text)
    weight, senses, names, fathers, father_stem, parts, number, flags, pinyins = row[4:] + _TOKEN_END[len(row) - 4 :]
    return Token(
        text=row[0],
        folded=row[1],
        sounds=tuple(row[2]),
        script=row[3],
        weight=weight,
        senses=frozenset(Sense(kind, concept) for kind, concept in senses),
        names=frozenset(names),
        fathers=frozenset(fathers),
        father_stem=father_stem,
        parts=tuple(parts),
        number=number,
        is_initial=bool(flags & 1),
        is_father=bool(flags & 2),
        is_chinese=bool(flags & 4),
        is_foreign=bool(flags & 8),
        pinyins=tuple(pinyins),
    )


def _dump(row: list[Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
