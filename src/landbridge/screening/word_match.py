"""Two words held against each other: by meaning, by given name, by syllable, by sound."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA, Levenshtein

from landbridge.screening.chinese import cut_syllables, pinyin_readings
from landbridge.screening.given import is_same_given_name
from landbridge.screening.han import chinese_key
from landbridge.screening.lexicon import TRADE_KINDS, get_lexicon, table_rows
from landbridge.screening.long_vowel import differ_in_long_vowels
from landbridge.screening.script import fold_word, name_script, strip_marks
from landbridge.screening.sound import foreign_similarity, is_abjad, is_same_sound, plain_key, sound, sound_similarity, weigh_sound
from landbridge.screening.token import Token
from landbridge.screening.town import is_of_town

_SURE, _NONE = 0.965, 0.75
"""Likeness of sound from which two words are taken as one, and below which as two."""
_FOREIGN_NONE, _FOREIGN_SURE = 0.65, 0.9
"""The same for a name from elsewhere in Chinese characters."""
_VOWELS_ONLY = 0.74
"""Likeness from which two words in different scripts with the same consonants are taken as one."""


@cache
def related_concepts() -> dict[frozenset[str], float]:
    """How surely two concepts are one where languages name one thing by both."""
    return {frozenset(row[:2]): float(row[2]) for row in table_rows("related.tsv")}


@lru_cache(maxsize=20_000)
def related_to(concepts: frozenset[str]) -> tuple[str, ...]:
    """Concepts that languages name one thing by beside some concepts."""
    table = _related_concepts()
    return tuple(sorted({other for concept in concepts for other in table.get(concept, ())} - concepts))


@cache
def _related_concepts() -> dict[str, tuple[str, ...]]:
    """Of each concept of the table those that it is related to."""
    found: dict[str, tuple[str, ...]] = {}
    for pair in related_concepts():
        for concept in pair:
            found[concept] = (*found.get(concept, ()), *(pair - {concept}))
    return found


def is_kindred(one: Token, other: Token, quality: float) -> bool:
    """Whether two words answered each other only because languages name one thing by both."""
    if one.concepts & other.concepts:
        return False
    return any(related_concepts().get(frozenset((left, right))) == quality for left in one.concepts for right in other.concepts)


_HEARD_ALIKE, _HEARD = 0.93, 0.8
"""Likeness from which given names are confused in writing without vowels, and how surely they are then one."""
_SAME_NAME, _TELLING_NAME = 0.95, 0.3
"""How surely two spellings of one name of Wikidata are one word."""


@lru_cache(maxsize=300_000)
def match_tokens(one: Token, other: Token) -> float:
    """How surely two words are one, from 0 to 1."""
    quality = _match_words(one, other)
    if quality < _UNMARKED and one.script == other.script == "latin" and is_unmarked(one, other):
        return _UNMARKED
    if quality < _SAME_NAME and one.weight >= _TELLING_NAME and other.weight >= _TELLING_NAME and _is_one_name(one, other):
        return _SAME_NAME
    if quality < _MISTYPED and _is_mistyped(one, other):
        return _MISTYPED
    return max(quality, _SLIPPED) if quality < _SLIPPED and _is_slipped_compound(one, other) else quality


_UNMARKED, _MARKED_LETTERS = 0.95, 5
"""How surely two words are one that differ by the marks of their letters alone, and letters that they have at least."""


def is_unmarked(one: Token, other: Token) -> bool:
    """Whether one of two words is the other without its marks: Galați and Galati."""
    left, right = one.folded, other.folded
    if len(left) != len(right) or len(left) < _MARKED_LETTERS or left.isascii() == right.isascii():
        return False
    return strip_marks(left) == strip_marks(right)


_MISTYPED = 0.75
"""How surely two words are one that differ by one slip of the hand."""
_LONG_ENOUGH, _KEPT_END = 5, 1
_SWAPPED_ENOUGH, _NEIGHBOUR_ENOUGH = 4, 6
"""Letters of words of which two may have changed places, and of which one may have been taken for its neighbour on the keyboard."""


def _is_mistyped(one: Token, other: Token) -> bool:
    """Whether two words of one alphabet differ by one slip of the hand behind their first letter.

    Two neighbouring letters have changed places; in the middle of longer words one is left out or put in, or of long ones taken for its
    neighbour on the keyboard. Never two words that are both known: Marina and Maria are two names.
    """
    left, right = one.folded, other.folded
    if one.script != other.script or one.script not in ("latin", "cyrillic") or left[:1] != right[:1]:
        return False
    if min(len(left), len(right)) < _SWAPPED_ENOUGH or abs(len(left) - len(right)) > 1 or _are_both_known(one, other):
        return False
    if OSA.distance(left, right, score_cutoff=1) != 1:
        return False
    if len(left) == len(right) and sorted(left) == sorted(right):
        return True
    if min(len(left), len(right)) < _LONG_ENOUGH or left[-_KEPT_END:] != right[-_KEPT_END:]:
        return False
    return len(left) != len(right) or (len(left) >= _NEIGHBOUR_ENOUGH and _are_neighbours(left, right))


def is_spelled_alike(token: Token, phrase: str) -> bool:
    """Whether a word is, but for one slip, some word of a phrase, whatever it means."""
    return any(OSA.distance(token.folded, word, score_cutoff=1) <= 1 for word in map(fold_word, phrase.split()))


def is_slip(token: Token, word: str) -> bool:
    """Whether a word that means nothing is, but for one slip behind its first letter, a folded word of a phrase, in whatever letters."""
    text = token.folded
    if token.senses or token.names or token.script != name_script(word) or token.script == "han" or text[:1] != word[:1]:
        return False
    is_long = min(len(text), len(word)) >= _LONG_ENOUGH or sorted(text) == sorted(word)
    return is_long and min(len(text), len(word)) >= _SWAPPED_ENOUGH and OSA.distance(text, word, score_cutoff=1) == 1


_SLIPPED, _COMPOUND = 0.5, 6
"""How surely two compounds are one that differ by one letter, a review where they are the whole name, and letters they have at least."""


def _is_slipped_compound(one: Token, other: Token) -> bool:
    """Whether one letter alone tells a compound from another word, so that its parts may be misread: Brestsnina, Nordtrani."""
    left, right = one.folded, other.folded
    if not (one.parts or other.parts) or one.script != other.script or one.script not in ("latin", "cyrillic"):
        return False
    shortest = min(len(left), len(right))
    if shortest < _COMPOUND or (shortest == _COMPOUND and left[-1] != right[-1]) or abs(len(left) - len(right)) > 1:
        return False
    return (left[0] == right[0] or sorted(left) == sorted(right)) and OSA.distance(left, right, score_cutoff=1) == 1


def _are_both_known(one: Token, other: Token) -> bool:
    pairs = ((one.names, other.names), (one.senses, other.senses), (one.fathers, other.fathers))
    return any(bool(left) and bool(right) for left, right in pairs)


_KEYBOARDS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
_NEIGHBOURS = frozenset(frozenset(pair) for row in _KEYBOARDS for pair in pairwise(row))
_VOWEL_KEYS = frozenset("aeiouyаеёиоуыэюя")
"""Vowels that stand beside each other are spellings, not slips."""


def _are_neighbours(left: str, right: str) -> bool:
    """Whether the one letter that differs is the next key of the same row, and no vowel for a vowel."""
    differing = next(frozenset(pair) for pair in zip(left, right, strict=True) if pair[0] != pair[1])
    return differing in _NEIGHBOURS and not differing <= _VOWEL_KEYS


def _is_one_name(one: Token, other: Token) -> bool:
    if one.senses or other.senses or one.is_initial or other.is_initial or one.father_stem or other.father_stem:
        return False
    return is_same_given_name(one.folded, other.folded)


def _match_words(one: Token, other: Token) -> float:  # noqa: C901
    if one.folded == other.folded and one.script == other.script:
        return 1.0
    if one.is_initial or other.is_initial:
        return _match_initial(one, other)
    if bool(one.father_stem) != bool(other.father_stem) and (one.fathers or other.fathers):
        return 0.0
    if one.father_stem and other.father_stem:
        return _match_fathers(one, other)
    if one.script != other.script and "han" in (one.script, other.script) and _match_chinese(one, other) == 1.0:
        return 1.0
    if one.senses and other.senses:
        if one.concepts & other.concepts:
            return _OF_TOWN if is_of_town(one.folded) != is_of_town(other.folded) and one.script == other.script else 1.0
        related = max(
            (related_concepts().get(frozenset((left, right)), 0.0) for left in one.concepts for right in other.concepts), default=0.0
        )
        if related:
            return related
        likeness = _sounds_like(one, other)
        if all(any(sense.kind in ("place", "town") for sense in token.senses) for token in (one, other)):
            return ramp(likeness, none=0.84)
        if likeness < 0.97:
            return ramp(likeness, none=0.9) * _GUESSED if one.script != other.script and _is_guessed(one, other) else 0.0
        return 0.6
    if one.names and other.names:
        return 1.0 if one.names & other.names else _match_heard_names(one, other)
    if one.parts and other.parts:
        return 1.0 if one.parts == other.parts else ramp(_sounds_like(one, other), none=0.93)
    if one.script == "han" and other.script == "han":
        return _match_han(one.folded, other.folded)
    if one.script != other.script:
        chinese = _match_chinese(one, other)
        if chinese is not None:
            return chinese
        if "han" in (one.script, other.script) and not one.is_chinese and not other.is_chinese:
            return _match_foreign(one, other)
    similarity = _sounds_like(one, other)
    if _differ_in_nisba(one, other) or _differ_in_ending(one, other):
        return ramp(similarity) * _NISBA
    if one.script != other.script and similarity >= _VOWELS_ONLY and not (one.names and other.names) and _same_consonants(one, other):
        return max(ramp(similarity), 0.7)
    if bool(one.senses) != bool(other.senses) or bool(one.names) != bool(other.names):
        return ramp(similarity, none=0.84)
    if min(weigh_sound(one.sounds[0]), weigh_sound(other.sounds[0])) <= 3:
        return ramp(similarity, none=0.82)
    return ramp(similarity)


_GUESSED = 0.85
"""How much of their likeness of sound two words of two scripts keep where the tables know one of them by its sound or stem alone."""


def _is_guessed(one: Token, other: Token) -> bool:
    words = get_lexicon().words
    return any(token.folded not in words for token in (one, other))


_OF_TOWN = 0.5
"""How surely what is of a town by its ending is the town, in the same letters: Hamburger may be a surname, or a dish."""
_NISBA = 0.5
"""How much of its likeness a name keeps against the same with the ending of descent: Rashid and Al-Rashidi are two families."""
_I_LETTERS, _VOWEL_LETTERS, _YEHS = frozenset("iy"), frozenset("aeiouy"), frozenset("یےىي")


def _differ_in_nisba(one: Token, other: Token) -> bool:
    """Whether one of two words ends in i and the other, in the other of Latin and Arabic script, in a consonant; only of names."""
    if {one.script, other.script} != {"latin", "arabic"} or any(sense.kind not in _NAMING for sense in one.senses | other.senses):
        return False
    latin, arabic = (one.folded, other.folded) if one.script == "latin" else (other.folded, one.folded)
    latin = strip_marks(latin)
    if min(len(latin), len(arabic)) < _NAME_LETTERS:
        return False
    if arabic[-1] in _YEHS:
        return latin[-1] not in _VOWEL_LETTERS
    return latin[-1] in _I_LETTERS and latin[-2] not in _VOWEL_LETTERS and arabic[-1] not in "اهوع"


_OF_FATHERS = ("ков", "коў", "kov", "kow", "koff", "kou")
"""How surnames end that are made of one in -ko."""


def _differ_in_ending(one: Token, other: Token) -> bool:
    """Whether one of two surnames ends in -ko and the other in -kov: Юрченко and Юрченков are two families."""
    ends = [token.folded.endswith(("ко", "ko")) - token.folded.endswith(_OF_FATHERS) for token in (one, other)]
    return sorted(ends) == [-1, 1] and min(len(one.folded), len(other.folded)) > _NAME_LETTERS


_NAME_LETTERS, _NAMING = 4, frozenset(("place", "town", "brand"))


def _match_heard_names(one: Token, other: Token) -> float:
    """Two given names that are not one, but that writing without vowels does not tell apart: Kamel and كمال, Rashid and راشد."""
    if one.is_abjad == other.is_abjad or _sounds_like(one, other) < _HEARD_ALIKE or _have_other_vowels(one, other):
        return 0.0
    return _HEARD


def _have_other_vowels(one: Token, other: Token) -> bool:
    """Whether a name in Latin letters has other long vowels than one in Arabic script."""
    if {one.script, other.script} != {"latin", "arabic"}:
        return False
    latin, arabic = (one, other) if one.script == "latin" else (other, one)
    return differ_in_long_vowels(latin.folded, arabic.folded)


def _sounds_like(one: Token, other: Token) -> float:
    return max(sound_similarity(left, right, one.is_abjad, other.is_abjad) for left in one.sounds for right in other.sounds)


def _same_consonants(one: Token, other: Token) -> bool:
    """Whether only vowels differ, as where English spelling meets a transcription: Pride and Прайд."""
    keys = [plain_key(token.sounds[0]) for token in (one, other)]
    return keys[0] == keys[1] and len(keys[0]) >= 3


def ramp(similarity: float, none: float = _NONE) -> float:
    return max(0.0, min(1.0, (similarity - none) / (_SURE - none)))


def _match_initial(one: Token, other: Token) -> float:
    if not one.sounds[0] or not other.sounds[0]:
        return 0.0
    if is_same_sound(one.sounds[0][0], other.sounds[0][0]):
        return 0.0 if _begins_otherwise(one, other) else 0.8
    if _is_first_letter(one, other):
        return 0.8
    if one.script == other.script:
        return 0.0
    letters = {name_sound[:1] for token in (one, other) for name_sound in _other_beginnings(token)}
    short = one if one.is_initial else other
    return 0.7 if any(letter and is_same_sound(short.sounds[0][0], letter) for letter in letters) else 0.0


def _is_first_letter(one: Token, other: Token) -> bool:
    """Whether an initial is the letter that the other word begins with, or that a romanisation of its first letters does.

    Z. is Zheng and Жанна, S. is Шавкат, though no z and no s is heard.
    """
    short, whole = (one, other) if one.is_initial else (other, one)
    if one.script == other.script:
        return short.folded == whole.folded[:1]
    if short.script != "latin" or whole.script != "cyrillic":
        return False
    return short.folded in (_FIRST_LATIN.get(whole.folded[:2]) or _FIRST_LATIN.get(whole.folded[:1], ""))


_FIRST_LATIN = {"ж": "zj", "ч": "ct", "ш": "s", "щ": "s", "х": "khx", "ц": "tcz", "дж": "dj", "дз": "dz"}
"""Letters with which romanisations (BGN/PCGN, ISO 9, passports) may begin what Cyrillic writes so, where the sound does not tell."""
_OPEN = frozenset("aoао")
"""Vowels that sound alike where they are not stressed, but not as initials."""


def _begins_otherwise(one: Token, other: Token) -> bool:
    """Whether no form of a known given name begins with the vowel of an initial: O. is Oleg, who is Aleh too, and never Andrey."""
    short, whole = (one, other) if one.is_initial else (other, one)
    wanted = whole.names or whole.fathers
    if not wanted or short.folded not in _OPEN or whole.is_initial:
        return False
    return short.folded not in _written_beginnings(wanted, short.script)


@lru_cache(maxsize=20_000)
def _written_beginnings(wanted: frozenset[int], script: str) -> frozenset[str]:
    """First letters of all forms of given names in one script."""
    return frozenset(form[:1] for form, indices in get_lexicon().names.items() if indices & wanted and name_script(form) == script)


def _other_beginnings(token: Token) -> tuple[str, ...]:
    """First sounds of all forms of a given name that have vowels: E. may stand for Yauhen."""
    wanted = token.names or token.fathers
    if not wanted:
        return ()
    return tuple({sound(form)[:1] for form, indices in get_lexicon().names.items() if indices & wanted and not is_abjad(form)})


def _match_fathers(one: Token, other: Token) -> float:
    if one.fathers & other.fathers:
        return 1.0
    whole = sound_similarity(one.sounds[0], other.sounds[0], one.is_abjad, other.is_abjad)
    if one.fathers and other.fathers:
        return 1.0 if whole >= _SURE else 0.0
    stem, other_stem = (sound(token.father_stem.rstrip("aeiyаеиіїйьъ")) for token in (one, other))
    return max(ramp(whole, none=0.9), ramp(sound_similarity(stem, other_stem), none=0.85))


def _match_han(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) >= 5 and Levenshtein.distance(one, other) == 1:
        return 0.5
    return 0.0


def _match_chinese(one: Token, other: Token) -> float | None:
    """Whether two words are the same syllables of Chinese; None where at most one of them is Chinese."""
    keys = [chinese_key(token.folded, token.script) for token in (one, other)]
    readings = [
        set(token.pinyins) if token.script == "han" else ({key[0]} - {""}) | pinyin_readings(token.folded)
        for token, key in zip((one, other), keys, strict=True)
    ]
    if readings[0] & readings[1]:
        return 1.0
    if not readings[0] or not readings[1]:
        return None
    if any(token.is_foreign for token in (one, other)):
        return None
    is_chinese = [token.is_chinese or (token.script != "han" and key[1]) for token, key in zip((one, other), keys, strict=True)]
    if all(is_chinese) or any(token.is_chinese and token.pinyins for token in (one, other)):
        return 0.0
    return 0.0 if any(is_chinese) and "han" in (one.script, other.script) else None


def is_plain_chinese(left: list[Token], right: list[Token]) -> bool:
    """Whether characters stand against a word of as many syllables of pinyin or Palladius, that was not the same: two Chinese names."""
    han, other = (left, right) if left[0].script == "han" else (right, left)
    if not all(token.script == "han" and not token.is_foreign for token in han) or any(
        token.script not in ("latin", "cyrillic") for token in other
    ):
        return False
    count = sum(len(token.folded) for token in han)
    for system in ("pinyin", "wade") if other[0].script == "latin" else ("palladius",):
        cuts = [cut_syllables(token.folded, system) for token in other]
        if all(cuts) and sum(len(cut[0]) for cut in cuts) == count:
            return True
    return False


_ONE_SIGN = 3
"""Letters at most of a name that one character may stand for."""
_FOREIGN_TRADE = 0.85
"""Likeness from which a word with a meaning may stand in Chinese characters by its sound."""


def _match_foreign(one: Token, other: Token) -> float:
    """A name from elsewhere, written in Chinese characters: their vowels between consonants are filling."""
    if is_plain_chinese([one], [other]):
        return 0.0
    han, other = (one, other) if one.script == "han" else (other, one)
    if len(han.folded) == 1 and (len(other.folded) > _ONE_SIGN or cut_syllables(other.folded, "pinyin")):
        return 0.0  # a name of several syllables is not its first one
    likeness = max(foreign_similarity(left, right, other.is_abjad) for left in han.sounds for right in other.sounds)
    if likeness < _FOREIGN_TRADE and any(sense.kind in TRADE_KINDS for sense in other.senses):
        return 0.0
    return 0.9 * max(0.0, min(1.0, (likeness - _FOREIGN_NONE) / (_FOREIGN_SURE - _FOREIGN_NONE)))
