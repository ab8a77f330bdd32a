"""Runs of words held against each other as if each were written together: Azar gun and Azargun."""

from __future__ import annotations

from landbridge.screening.chinese import cut_syllables, is_hong_kong, joined_pinyins
from landbridge.screening.sound import may_begin_alike, sound, sound_similarity
from landbridge.screening.spoken import spoken_sound
from landbridge.screening.token import Token
from landbridge.screening.word_match import is_plain_chinese


def joined_similarity(left: list[Token], right: list[Token]) -> float:
    """How alike two runs are, from 0 to 1: by their characters, their syllables of Chinese, or their sound."""
    is_han = [has_han_word(side) for side in (left, right)]
    if is_han[0] and is_han[1]:
        return 1.0 if "".join(token.folded for token in left) == "".join(token.folded for token in right) else 0.0
    if is_han[0] or is_han[1]:
        if joined_pinyins(left) & joined_pinyins(right):
            return 1.0
        if _is_hong_kong(left, right):
            return 1.0
        if is_plain_chinese(left, right):
            return 0.0
    elif len(left) + len(right) > 2 and _is_other_romanisation(left, right) and joined_pinyins(left) & joined_pinyins(right):
        return 1.0
    if sound_apart(left, right):
        return 0.0
    abjads = any(token.is_abjad for token in left), any(token.is_abjad for token in right)
    said = [join_sounds(side) for side in (left, right)]
    if {left[0].script, right[0].script} == _WITH_ARTICLE and len(left) + len(right) == _ONE_AND_TWO:
        with_article = [join_sounds(side, has_article=True) for side in (left, right)]
        if with_article != said:
            return max(_joined_likeness(one, other, abjads) for one, other in (said, with_article))
    if left[0].script == right[0].script:
        return _joined_likeness(said[0], said[1], abjads)
    return max(
        _joined_likeness(said[0], said[1], abjads),
        _joined_likeness(join_sounds(left, as_spoken=True), said[1], abjads),
        _joined_likeness(said[0], join_sounds(right, as_spoken=True), abjads),
    )


def _is_hong_kong(left: list[Token], right: list[Token]) -> bool:
    """Whether characters answer words of Latin letters as Hong Kong spells them: two at least."""
    han, other = (left, right) if left[0].script == "han" else (right, left)
    signs = "".join(token.folded for token in han)
    if len(signs) < _TWO_SIGNS or any(token.script != "han" for token in han) or any(token.script != "latin" for token in other):
        return False
    return is_hong_kong(signs, "".join(token.folded for token in other))


_TWO_SIGNS = 2


def _joined_likeness(one: str, other: str, abjads: tuple[bool, bool]) -> float:
    return 0.0 if abs(len(one) - len(other)) > 6 else sound_similarity(one, other, *abjads)


def has_han_word(tokens: list[Token]) -> bool:
    """Whether a word of a run is written in Chinese characters."""
    for token in tokens:  # noqa: SIM110 (asked a hundred times a name)
        if token.script == "han":
            return True
    return False


_JOINED_ALIKE = 0.8
"""Likeness that runs of words written together have at least where it tells anything."""


def _are_unlike(left: list[Token], right: list[Token]) -> bool:
    """Whether the consonants of two runs alone tell that they are less alike than that; at most one falls away where two words meet."""
    weight = 0.0
    firm, other_firm = 1 - len(left), 1 - len(right)
    sounding = other_sounding = 0
    for token in left:
        more, heard, heft, *_ = token.shape
        firm += more
        sounding += heard
        weight += heft
    for token in right:
        more, heard, heft, *_ = token.shape
        other_firm += more
        other_sounding += heard
        weight += heft
    return max(firm - other_sounding, other_firm - sounding) > (1.0 - _JOINED_ALIKE) * max(weight / 2, 1.5)


_TWO_SCRIPTS = {"latin", "cyrillic"}


def _is_other_romanisation(left: list[Token], right: list[Token]) -> bool:
    """Whether one of two runs of Latin or Cyrillic words is written in another romanisation of Chinese than pinyin, and means nothing."""
    tokens = (*left, *right)
    scripts = {token.script for token in tokens}
    if not scripts <= _TWO_SCRIPTS:
        return False
    if len(scripts) == 2 and len({token.script for token in left}) == 1 == len({token.script for token in right}):
        return True
    for token in tokens:
        if token.senses or token.names:
            return False
    return any(token.script == "latin" and not cut_syllables(token.folded, "pinyin") for token in tokens)


_WITH_ARTICLE, _ONE_AND_TWO = {"latin", "arabic"}, 3


def join_sounds(tokens: list[Token], *, as_spoken: bool = False, has_article: bool = False) -> str:
    """Sounds of words written together, of English ones also as they are said: a sound doubled where they meet is one."""
    joined = ""
    for token in tokens:
        is_articled = has_article and joined and token.text.startswith("ال") and not token.folded.startswith("ال")
        spoken = spoken_sound(token.folded) if as_spoken and token.script == "latin" else ""
        units = sound(f"ال{token.folded}") if is_articled else spoken or token.sounds[0]
        joined += units[1:] if joined and units and units[0] == joined[-1] and units[0] not in "aeiou" else units
    return joined


def sound_apart(left: list[Token], right: list[Token]) -> bool:
    """Whether two runs begin otherwise or have other consonants, so that sound does not make them one."""
    key, opening = _begin(left)
    other_key, other_opening = _begin(right)
    return not may_begin_alike(key, opening, other_key, other_opening) or _are_unlike(left, right)


def begins_apart(one: Token, first: Token) -> bool:
    """Whether a word begins otherwise than every run whose first word is another one."""
    shape, other = one.shape, first.shape
    return bool(other.key and other.opening) and not may_begin_alike(shape.key, shape.opening, other.key, other.opening)


def _begin(tokens: list[Token]) -> tuple[str, str]:
    """How words written together begin: the first letter of their key and the first consonant."""
    key = opening = ""
    for token in tokens:
        key = key or token.shape.key
        opening = opening or token.shape.opening
        if key and opening:
            break
    return key, opening
