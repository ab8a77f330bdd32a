"""Words that the tables of concepts lack, and the English ones that they may mean: as they stand, inflected, as phrases and compounds.

``foreign.tsv`` is of dictionaries, ``business.tsv`` written by hand. Both make two words answer each other; no word weighs less by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import product

from landbridge.screening.lexicon import TRADE_KINDS, get_lexicon, table_rows, trade_concepts
from landbridge.screening.meaning import english_stem, word_stems
from landbridge.screening.script import fold_word, name_script, strip_marks
from landbridge.screening.sorted_table import find_line, has_beginning

_ENDINGS = frozenset(
    (
        *("a", "e", "i", "o", "y", "u", "ow", "ami", "ach", "om", "em", "ie", "ego", "emu", "ej", "ym", "ych", "ymi", "im", "ich", "imi"),
        *("iem", "ia", "iego", "iej", "ou", "eho", "ov", "ove", "ova", "ovi", "um", "am", "ama", "ima", "og", "oga"),  # Slavic
        *("as", "is", "ys", "us", "ai", "iai", "iu", "io", "os", "ios", "ui", "es", "ams", "oms", "uose", "s", "ies", "ij"),  # Baltic
        *("en", "er", "ern", "n", "ens", "et", "ene", "ul", "ului", "lor", "ilor", "elor", "ei", "le", "in", "x", "aux"),
        *("lar", "ler", "lari", "leri", "larin", "lerin", "larinin", "lerinin", "si", "su", "un", "nin", "nun", "da", "de", "dan", "den"),
        *("ya", "ye", "li", "lu", "lik", "luk", "lug", "lugu", "ligi", "ci", "cu", "cilik", "culuk", "ciligi", "cigi", "ning", "ni", "ga"),
        *("k", "ok", "ek", "ak", "ja", "je", "jai", "jei", "jan", "nak", "nek", "ban", "ben", "t", "id", "te", "jen", "ien", "ta", "sta"),
        *("а", "е", "и", "о", "ы", "у", "я", "та", "то", "те", "ът", "ят", "ен", "на", "но", "ни", "ски", "ска", "ско", "лар", "лер"),
        *("дар", "дер", "тар", "тер", "і", "сы", "сі", "ның", "нің", "дың", "дің", "тың", "тің", "лық", "лік", "дық", "дік", "тық", "тік"),
        *("лы", "лі", "ды", "ді", "ты", "ті", "ҳо", "ҳои", "ӣ", "ии", "ын", "ийн", "ssa", "dagi"),
    )
)
"""Endings of nouns and adjectives, without marks: Slavic, Baltic, Germanic and Romance, Turkic, Finnic and Hungarian; Cyrillic."""
_LONGEST_ENDING = max(map(len, _ENDINGS))
_STEM, _STEM_BEFORE_LONG = 4, 5
"""Letters of a word before an ending at least, and before one of three letters or more."""
_NOMINATIVES = ("", "a", "o", "e", "y", "i", "as", "is", "us")
"""Endings under which dictionaries list a noun or an adjective."""
_BARE = 6
"""Letters from which a word may have lost its ending, as the genitive of Slavic plurals: łożysk."""
_ADJECTIVES = ("iczn", "yczn", "czn", "ow", "ov", "ick", "sk", "ck", "isch", "lich", "sel", "sal", "isk", "ni", "n", "in", "i")
"""How languages make adjectives of nouns, before the ending."""
_MOST = 6
_PART, _HEAD, _COMPOUND = 4, 3, 8
"""Letters of the last part of a compound, of its first and of a compound at least."""
_JOINTS = ("", "s", "n", "en", "es", "e", "o", "er")
"""What stands between the parts of a compound."""
_IN_WORDS = "="
"""Behind a word whose meanings take several English words."""


def bare_word(word: str) -> str:
    """A word folded; of Latin letters without their marks, unless it is so short that they make it another: sąd is no sad."""
    folded = fold_word(word)
    if "\u0400" <= folded[:1] <= "\u04ff":
        return folded.replace("ё", "е")
    if len(folded) < _UNMARKED:
        return folded
    return strip_marks(folded).replace("ß", "ss").replace("æ", "ae").replace("œ", "oe").replace("ə", "e")


_UNMARKED, _SHORTEST = 5, 3
"""Letters from which a word is read without its marks, and that it has at least."""


def foreign_meanings(folded: str) -> tuple[str, ...]:
    """English words that a folded word may mean, the likeliest first; empty if the tables have none."""
    return _meanings_of(folded, "")


def said_in_words(folded: str) -> tuple[str, ...]:
    """English phrases, words joined by _, that a folded word means: электростанция is power_plant."""
    return _meanings_of(folded, _IN_WORDS)


@lru_cache(maxsize=100_000)
def _meanings_of(folded: str, sign: str) -> tuple[str, ...]:
    word = bare_word(folded)
    if len(word) < (_SHORTEST if word[:1] < "\u3400" else 1) and word not in _business():
        return ()
    stems = list(_stems_of(word))
    if name_script(word) != "latin":
        return _first((*stems, *word_stems(word)), sign)
    forms = [stem + end for stem in stems if _begins(stem) for end in (_NOMINATIVES if stem != word or len(word) >= _BARE else ("",))]
    own = (*(meaning for form in forms for meaning in _business().get(f"{form}{sign}", ())), *_first(forms, sign))
    bases = (stem[: -len(end)] for stem in stems for end in _ADJECTIVES if stem.endswith(end) and len(stem) - len(end) >= _STEM)
    noun = _first((base + end for base in bases if _begins(base) for end in ("", "a", "o", "e")), sign)
    return tuple(dict.fromkeys((*own, *noun)))[:_MOST]


@lru_cache(maxsize=50_000)
def foreign_parts(folded: str) -> tuple[tuple[str, ...], ...]:
    """What the two parts of a compound may mean, as German and Hungarian write it: Stahlwerk is steel and works.

    A part that the tables of concepts hold stands as its concepts, each behind the sign of one: пахтасаноат is cotton and industry.
    """
    word = bare_word(folded)
    if len(word) < _COMPOUND or name_script(word) not in ("latin", "cyrillic"):
        return ()
    for end in range(len(word) - _PART, _HEAD - 1, -1):
        heads = (word[: end - len(joint)] for joint in _JOINTS if word[:end].endswith(joint) and end - len(joint) >= _HEAD)
        head = next((found for one in heads if (found := (*_listed(one), *_listed(f"{one}{_IN_WORDS}"), *_concepts_of(one)))), ())
        tail = (*foreign_meanings(word[end:]), *said_in_words(word[end:]), *_tail_concepts(word[end:])) if head else ()
        if tail:
            return head, tail
    return ()


CONCEPT = "="
"""Before a concept that stands among English words."""


def _concepts_of(word: str) -> tuple[str, ...]:
    """Concepts that the tables hold for a word as it stands."""
    return tuple(sorted(f"{CONCEPT}{concept}" for concept in trade_concepts(word)))


def _tail_concepts(word: str) -> tuple[str, ...]:
    """Concepts that the tables hold for a word in whatever ending or script."""
    return tuple(sorted({f"{CONCEPT}{sense.concept}" for sense in get_lexicon().find_word(word) if sense.kind in TRADE_KINDS}))


def phrase_meanings(folded: tuple[str, ...]) -> tuple[str, ...]:
    """What several folded words mean together, each meaning a word or words joined by _: chemin de fer is railway."""
    return _listed(phrase_key(folded))


@lru_cache(maxsize=50_000)
def begins_phrase(folded: str) -> bool:
    """Whether a phrase of the tables begins with a folded word, in whatever ending."""
    beginning = f"{phrase_key((folded,))}_"
    return has_beginning("foreign.tsv", beginning) or any(key.startswith(beginning) for key in _business_phrases())


@cache
def _business_phrases() -> tuple[str, ...]:
    return tuple(key for key in _business() if "_" in key)


def phrase_key(words: Iterable[str]) -> str:
    """Several folded words as they stand in the tables together: each without its ending, joined by _."""
    return "_".join(map(_phrase_stem, words))


@lru_cache(maxsize=50_000)
def _phrase_stem(folded: str) -> str:
    word = bare_word(folded)
    if name_script(word) == "latin":
        while (stem := min(_stems_of(word), key=len)) != word:
            word = stem
        return word
    stems = word_stems(word)
    return stems[0].removesuffix("ه") if stems else word


def _begins(stem: str) -> bool:
    """Whether a word of either table begins so: most do not, which is sooner known than that none of their forms is there."""
    return has_beginning("foreign.tsv", stem) or stem in _business() or f"{stem}{_IN_WORDS}" in _business()


def _first(words: Iterable[str], sign: str) -> tuple[str, ...]:
    return next((found for word in words if (found := _listed(f"{word}{sign}"))), ())


def _listed(key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_business().get(key, ()), *find_line("foreign.tsv", key).split())))


def is_business(folded: str) -> bool:
    """Whether the table written by hand has a folded word, as it stands: what it says holds beside the tables of concepts."""
    return bare_word(folded) in _business()


@cache
def _business() -> dict[str, tuple[str, ...]]:
    """What the table written by hand gives for words and phrases."""
    found: dict[str, tuple[str, ...]] = {}
    for english, forms in table_rows("business.tsv"):
        meanings = ["_".join(map(english_stem, one.replace("-", " ").split())) for one in english.split("|")]
        for form, meaning in product(forms.split("|"), meanings):
            for key in _keys_of(form, meaning):
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), meaning)))
    return found


def _keys_of(form: str, meaning: str) -> tuple[str, ...]:
    """What a form stands under with a meaning: a phrase under its words, a word under itself and its stem."""
    words = [fold_word(word) for word in form.replace("-", " ").split()]
    if len(words) > 1:
        return (phrase_key(words),)
    word = bare_word(words[0])
    sign = _IN_WORDS if "_" in meaning else ""
    return tuple(f"{key}{sign}" for key in dict.fromkeys((word, *word_stems(word)[:1])))


def _stems_of(word: str) -> Iterator[str]:
    """A word, and what is left without each ending that it may have, the longest rest first."""
    yield word
    for length in range(1, min(_LONGEST_ENDING, len(word) - _STEM) + 1):
        if word[-length:] in _ENDINGS and len(word) - length >= (_STEM_BEFORE_LONG if length >= 3 else _STEM):
            yield word[:-length]
