"""Two names held against each other: which words answer which, what differs, and what each of that does to the score."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

from landbridge.screening.chinese import is_same_chinese
from landbridge.screening.lexicon import Sense, get_lexicon
from landbridge.screening.name import APART, GLOSS
from landbridge.screening.pairing import Pairing, pair_words
from landbridge.screening.script import fold_word
from landbridge.screening.sister import SISTER_SCORE, sister_reason
from landbridge.screening.sound import sound, sound_similarity
from landbridge.screening.token import ParsedName, Token
from landbridge.screening.weight import BUSINESS, REGIONS
from landbridge.screening.word_match import is_kindred

_CONFLICT = 2.2
_DOUBT = 1.3
_OMITTED = {
    "brand": 1.0,
    "generic": 0.3,
    "trade": 0.8,
    "place": 0.6,
    "town": 0.6,
    "country": 0.45,
    "direction": 1.0,
    "name": 0.8,
    "father": 0.45,
    "initial": 0.1,
    "plain": 1.15,
    "light": 0.3,
}
_SUBSTITUTED, _CONFLICTING, _TOLD = 0.6, 0.3, 0.001
_TRADE, _NAMING, _TELLING_TRADE = 0.4, 0.45, 0.6
"""Weights from which a word names a trade, a firm, and a trade that tells one plant from another."""
_HOLDING = frozenset(("holding", "management", "management_"))
_SURE_SCORE = 0.9
"""Score from which no other reading of the names is tried."""
_SURE_APART = 0.8
"""Score from which words of phrases that mean something together are held against each other one by one: a slip of the hand, no more."""
_SAME_SYLLABLES = 0.95
"""Two names of the same Chinese syllables may still be two people."""
_BESIDE_NAME = 0.35
"""What is left out beside a proper name that both have weighs less: it often only describes."""
_IDENTIFIED, _IDENTIFIED_WEAKLY = 0.97, 0.9
_GLOSS = 0.75
"""What stands in brackets may be another name of the party, or its group's: for a person to look at."""
_UNIQUE = frozenset(("imo", "unp", "inn", "lei", "ogrn", "uscc"))
_NUMBER_DIFFERS, _NUMBER_MISSING_VESSEL, _NUMBER_MISSING = 0.12, 0.35, 0.6
_SAME_NUMBER = 0.5
"""Weight of a number that both names have."""
_BRANCH_DIFFERS = 0.4
_LEGAL_DIFFERS, _LEGAL_NEAR = 0.95, 0.99
_LEGAL_FAMILY = {
    "ojsc": "jsc",
    "cjsc": "jsc",
    "jsc": "jsc",
    "llc": "llc",
    "odo": "llc",
    "rue": "ue",
    "ue": "ue",
    "soe": "ue",
    "inc": "",
    "branch": "",
    "jv": "",
    "coop": "coop",
    "ip": "ip",
    "lp": "lp",
}


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason of a score: the score is the product of the factors of all features."""

    feature: str
    detail: str
    factor: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are, from 0 to 1, and why; ``is_translated`` where they share nothing but what words of tables mean."""

    score: float
    features: tuple[Feature, ...]
    is_translated: bool = False


def compare_names(left: ParsedName, right: ParsedName, least: float = 0.0) -> Comparison:
    """Compare two names, in the readings that make them most alike.

    Parameters
    ----------
    left, right
        The names as read.
    least
        A score below which it need not be known: what is surely less is told as 0, without features.

    Returns
    -------
    Comparison
        The score is the product of its features' factors and does not depend on the order of the two names or of their words.
    """
    if (right.text, right.kind) < (left.text, left.kind):
        left, right = right, left
    best = _compare(left, right, least)
    if best.score < _SURE_SCORE and (left.variants or right.variants):
        readings = [(one, right) for one in left.variants] + [(left, other) for other in right.variants]
        for one, other in readings:
            found = _compare(one, other, least)
            is_enough = found.score >= _SURE_APART or not any(APART in name.notes for name in (one, other))
            best = found if is_enough and found.score > best.score else best
    return best


_NOTHING = Comparison(score=0.0, features=())


def _compare(left: ParsedName, right: ParsedName, least: float) -> Comparison:
    least = 0.0 if left.identifiers & right.identifiers else least
    pairing = _pair_outside_brackets(left, right)
    features = _weigh_chinese(left, right) or _weigh_words(pairing, left, right, least)
    if not features:
        return _NOTHING
    if features[0].factor <= 0 and not left.identifiers & right.identifiers:
        return Comparison(score=0.0, features=tuple(features))
    features += _weigh_numbers(left, right, pairing.said)
    features += _weigh_legal(left, right)
    features += _weigh_branches(left, right)
    features += _weigh_identifiers(left, right)
    if any(GLOSS in name.notes for name in (left, right)):
        features.append(Feature("a name in brackets", f"{left.text} | {right.text}", _GLOSS))
    score = 1.0
    for feature in features:
        score *= feature.factor
    same = left.identifiers & right.identifiers
    if same:
        lifted = _IDENTIFIED if any(kind in _UNIQUE for kind, _ in same) else _IDENTIFIED_WEAKLY
        name, number = min(same)
        if score <= 0:
            features = [Feature("words", "the names differ, the identifier is the same", 1.0)]
            score = 1.0
        if lifted > score or features[0].detail.startswith("the names differ"):
            features.append(Feature("identifier", f"same {name.upper()} {number}", lifted / score))
            score = lifted
        else:
            features.append(Feature("identifier", f"same {name.upper()} {number}", 1.0))
    is_translated = left.kind == "company" and not same and _is_translated(pairing, left, right)
    return Comparison(score=min(score, 1.0), features=tuple(features), is_translated=is_translated)


def _is_translated(pairing: Pairing, left: ParsedName, right: ParsedName) -> bool:
    """Whether all words in common are trades, places and such, and the most telling of them are one by their meaning alone.

    Caspian Shipping and Khazar Shipping: who is named so in another country may be another firm.
    """
    if not pairing.pairs or _numbers(left) & _numbers(right):
        return False
    tokens = [token for lefts, rights, _ in pairing.pairs for token in (*lefts, *rights)]
    if any(not token.senses or _kinds(token) & _NAMES for token in tokens):
        return False
    telling = max(pairing.pairs, key=lambda row: min(sum(token.weight for token in side) for side in row[:2]))
    alike = [(one, other) for lefts, rights, _ in pairing.pairs for one in lefts for other in rights if _is_telling(one)]
    return not any(_is_said_alike(one, other) for one, other in (*alike, *product(telling[0], telling[1])))


def _is_said_alike(one: Token, other: Token) -> bool:
    """Whether two words, or words of two phrases, are written or sound alike, as a name in another script does."""
    if one.folded == other.folded:
        return True
    return any(
        sound_similarity(own, said, one.is_abjad, other.is_abjad) >= _SAID_ALIKE for own in _sounds_of(one) for said in _sounds_of(other)
    )


def _sounds_of(token: Token) -> tuple[str, ...]:
    """Sounds of a word; of a phrase also of each word that names no trade: of Khazar Sea that of Khazar."""
    words = [fold_word(word) for word in token.text.split()] if " " in token.text else []
    return (*token.sounds, *(sound(word) for word in words if not any(_says_nothing(sense) for sense in get_lexicon().find_word(word))))


def _says_nothing(sense: Sense) -> bool:
    return sense.concept in BUSINESS or sense.kind in _COMMON


_SAID_ALIKE = 0.8


def _pair_outside_brackets(left: ParsedName, right: ParsedName) -> Pairing:
    """Words that answer each other; a place that the other name has in brackets is none that it lacks."""
    pairing = pair_words(left, right)
    if left.branches or right.branches:
        pairing.left = [token for token in pairing.left if not token.concepts & right.branches]
        pairing.right = [token for token in pairing.right if not token.concepts & left.branches]
    return pairing


def _weigh_chinese(left: ParsedName, right: ParsedName) -> list[Feature]:
    """The same Chinese name of a person in two writings, if it is that."""
    if left.kind != "person" or left.text == right.text or not is_same_chinese(left, right):
        return []
    return [Feature("words", f"{left.text} = {right.text}, the same Chinese syllables", _SAME_SYLLABLES)]


def _omission(token: Token, kind: str) -> float:
    if token.is_initial:
        name = "initial"
    elif token.is_father or (token.father_stem and token.weight < 1):
        name = "father"
    elif token.weight <= 0.25:
        name = "light"
    elif token.senses:
        name = min(sense.kind for sense in token.senses)
    elif token.names:
        name = "name"
    else:
        name = "plain"
    return _OMITTED.get(name, 1.0)


def _weigh_words(pairing: Pairing, left: ParsedName, right: ParsedName, least: float) -> list[Feature]:
    """What the words tell; nothing where they alone make the score less than ``least``."""
    matched = doubt = 0.0
    for lefts, rights, quality in pairing.pairs:
        weight = (sum(token.weight for token in lefts) + sum(token.weight for token in rights)) / 2
        matched += weight * quality
        doubt += weight * (1 - quality)
    if matched <= 0:
        is_number = _is_number_alone(left, right)
        return [Feature("words", f"{left.text} = {right.text}, a number alone" if is_number else "no word in common", float(is_number))]
    loose_left = sum(token.weight for token in pairing.left)
    loose_right = sum(token.weight for token in pairing.right)
    conflict = min(_telling(pairing.left), _telling(pairing.right))
    spare, total = (pairing.left, loose_left) if loose_left >= loose_right else (pairing.right, loose_right)
    share = (total - conflict) / total if total else 0.0
    is_named = left.kind == "company" and any(
        quality >= 0.9 and not any(token.senses for token in lefts) for lefts, _, quality in pairing.pairs
    )
    omitted = share * (_BESIDE_NAME if is_named else 1.0) * sum(token.weight * _omission(token, left.kind) for token in spare)
    matched += _SAME_NUMBER * len(_numbers(left) & _numbers(right))
    amounts = [amount for amount in (_DOUBT * doubt, omitted, _CONFLICT * conflict) if amount > _TOLD]
    is_conflict = conflict >= _CONFLICTING
    sister = sister_reason(pairing) if is_conflict and left.kind == "company" else ""
    if matched * (_SUBSTITUTED if is_conflict and not sister else 1.0) < least * (matched + sum(amounts)):
        return []
    features = [Feature("words", _say_pairs(pairing), 1.0)]
    sum_ = matched
    for name, amount, detail in (
        ("doubtful spelling", _DOUBT * doubt, _say_doubt(pairing)),
        ("words on one side only", omitted, " ".join(token.text for token in spare)),
        (
            "words that differ",
            _CONFLICT * conflict,
            f"{' '.join(token.text for token in pairing.left)} | {' '.join(token.text for token in pairing.right)}",
        ),
    ):
        if amount > _TOLD:
            features.append(Feature(name, detail, sum_ / (sum_ + amount)))
            sum_ += amount
    if left.kind == "company":
        features += _weigh_commonness(pairing, left, right)
    if is_conflict:
        lifted = SISTER_SCORE / math.prod(feature.factor for feature in features) if sister else 0.0
        detail = f"weight {conflict:.2f}{f', {sister}' if sister else ''}"
        features.append(Feature("telling word differs", detail, min(1.0, max(_SUBSTITUTED, lifted))))
    elif left.kind == "company":
        features += _weigh_additions(pairing, spare)
    return features


def _is_number_alone(left: ParsedName, right: ParsedName) -> bool:
    """Whether both names are the same number and nothing more: Twelfth."""
    return all(any(token.number is not None for token in name.tokens) for name in (left, right)) and not any(
        token.weight > 0 and token.number is None for name in (left, right) for token in name.tokens
    )


def _weigh_commonness(pairing: Pairing, left: ParsedName, right: ParsedName) -> list[Feature]:
    """What firms share that many share: trades alone beside a name, or a place with a trade that is only a kindred one."""
    matched = [(token, quality) for lefts, rights, quality in pairing.pairs for token in (*lefts, *rights)]
    if any(not token.senses or token.parts or _kinds(token) & _NAMES for token, _ in matched) or _numbers(left) & _numbers(right):
        return []
    if all(token.concepts & BUSINESS or _kinds(token) & _COMMON for token, _ in matched):
        if _is_whole(pairing):
            return []
        named = [token for token in (*pairing.left, *pairing.right) if token.weight >= _A_NAME and _is_telling(token)]
        return [Feature("only trades in common", " ".join(token.text for token in named), _COMMON_ONLY)] if named else []
    if not any(_kinds(token) & _PLACES or token.concepts & REGIONS for token, _ in matched):
        return []
    kindred = [f"{one.text} ~ {other.text}" for (one, *_), (other, *_), quality in pairing.pairs if is_kindred(one, other, quality)]
    return [Feature("place in common, trade only kindred", ", ".join(kindred), _KINDRED_ONLY)] if kindred else []


def _numbers(name: ParsedName) -> set[int]:
    return {token.number for token in name.tokens if token.number is not None}


_PLACES, _NAMES = frozenset(("place", "town", "country")), frozenset(("brand", "name", "ship", "number"))
_COMMON = frozenset(("generic", "legal", "stop", "title"))
_COMMON_ONLY, _KINDRED_ONLY, _A_NAME = 0.5, 0.75, 0.35


def _is_telling(token: Token) -> bool:
    return not token.concepts & BUSINESS and not _kinds(token) & _COMMON


def _is_whole(pairing: Pairing) -> bool:
    """Whether all words of one side stand on the other, spelled alike: a name of trades is a name, and a word more no other firm."""
    is_alike = all([one.text for one in lefts] == [one.text for one in rights] for lefts, rights, _ in pairing.pairs)
    return is_alike and len(pairing.pairs) > 1 and not (pairing.left and pairing.right)


def _kinds(token: Token) -> set[str]:
    return {sense.kind for sense in token.senses}


def _weigh_additions(pairing: Pairing, spare: list[Token]) -> list[Feature]:
    """What a trade that one side names tells: beside "holding" of the other another firm; beside a place and "plant" another plant."""
    trades = [token for token in spare if any(sense.kind == "trade" for sense in token.senses) and token.weight >= _TRADE]
    if not trades:
        return []
    detail = " ".join(token.text for token in trades)
    other = pairing.right if spare is pairing.left else pairing.left
    if any(token.concepts & _HOLDING for token in other):
        return [Feature("trade against holding", detail, _SUBSTITUTED * 0.8)]
    has_name = any(token.weight >= _NAMING for lefts, rights, _ in pairing.pairs for token in (*lefts, *rights) if _is_naming(token))
    is_plain = has_name or max(token.weight for token in trades) < _TELLING_TRADE
    return [] if is_plain else [Feature("trade on one side only, and no name", detail, _SUBSTITUTED)]


def _is_naming(token: Token) -> bool:
    """Whether a word may name a firm: no place, no country, no plant or service."""
    return not any(sense.kind in ("place", "town", "country", "generic", "direction") for sense in token.senses)


def _telling(tokens: list[Token]) -> float:
    """Weight of words that can contradict each other: "group" on one side is no answer to "national" on the other."""
    return sum(token.weight for token in tokens if token.weight >= 0.3 or not token.senses)


def _say_pairs(pairing: Pairing) -> str:
    return ", ".join(f"{' '.join(t.text for t in lefts)} = {' '.join(t.text for t in rights)}" for lefts, rights, _ in pairing.pairs)


def _say_doubt(pairing: Pairing) -> str:
    return ", ".join(
        f"{' '.join(t.text for t in lefts)} ~ {' '.join(t.text for t in rights)} ({quality:.2f})"
        for lefts, rights, quality in pairing.pairs
        if quality < 0.995
    )


def _weigh_numbers(left: ParsedName, right: ParsedName, said: set[int]) -> list[Feature]:
    one, other = (sorted(_numbers(name) - said) for name in (left, right))
    if one == other:
        return []
    detail = f"{', '.join(map(str, one)) or 'none'} | {', '.join(map(str, other)) or 'none'}"
    if one and other:
        return [Feature("number differs", detail, _NUMBER_DIFFERS)]
    is_vessel = "vessel" in (left.kind, right.kind)
    return [Feature("number on one side only", detail, _NUMBER_MISSING_VESSEL if is_vessel else _NUMBER_MISSING)]


def _weigh_legal(left: ParsedName, right: ParsedName) -> list[Feature]:
    if not left.legal or not right.legal or left.legal & right.legal:
        return []
    families = [{_LEGAL_FAMILY.get(form, form) for form in name.legal} - {""} for name in (left, right)]
    if not families[0] or not families[1]:
        return []
    detail = f"{', '.join(sorted(left.legal))} | {', '.join(sorted(right.legal))}"
    near = bool(families[0] & families[1])
    return [Feature("legal form differs", detail, _LEGAL_NEAR if near else _LEGAL_DIFFERS)]


def _weigh_branches(left: ParsedName, right: ParsedName) -> list[Feature]:
    if not left.branches or not right.branches or left.branches & right.branches:
        return []
    detail = f"{', '.join(sorted(left.branches))} | {', '.join(sorted(right.branches))}"
    return [Feature("place in brackets differs", detail, _BRANCH_DIFFERS)]


def _weigh_identifiers(left: ParsedName, right: ParsedName) -> list[Feature]:
    features = []
    for kind in sorted({kind for kind, _ in left.identifiers} & {kind for kind, _ in right.identifiers}):
        one = {number for name, number in left.identifiers if name == kind}
        other = {number for name, number in right.identifiers if name == kind}
        if not one & other:
            features.append(Feature("identifier differs", f"{kind.upper()} {min(one)} | {min(other)}", 0.3))
    if left.birth_year and right.birth_year and left.birth_year != right.birth_year:
        factor = 0.6 if abs(int(left.birth_year) - int(right.birth_year)) <= 1 else 0.25
        features.append(Feature("year of birth differs", f"{left.birth_year} | {right.birth_year}", factor))
    return features
