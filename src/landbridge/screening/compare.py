"""Two names held against each other: which words answer which, what differs, and what each of that does to the score."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from landbridge.screening.acronym import spells
from landbridge.screening.chinese import cut_syllables, is_same_chinese, joined_pinyins, pinyin_readings
from landbridge.screening.given import is_same_given_name
from landbridge.screening.han import chinese_key
from landbridge.screening.sound import is_same_sound, plain_key, sound, sound_similarity, weigh_sound
from landbridge.screening.token import ParsedName, Token

_SURE, _NONE = 0.965, 0.80
"""Likeness of sound from which two words are taken as one, and below which as two."""
_VOWELS_ONLY = 0.74
"""Likeness from which two words in different scripts with the same consonants are taken as one."""
_CONFLICT = 2.2
_DOUBT = 1.3
_PAIR, _PERSON_PAIR = 0.3, 0.4
"""How alike two words have to be to answer each other at all."""
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
_SUBSTITUTED = 0.6
_RELATED = {
    frozenset(("iron", "steel")): 0.85,
    frozenset(("metal", "steel")): 0.8,
    frozenset(("metal", "iron")): 0.8,
    frozenset(("shipyard", "plant")): 0.6,
    frozenset(("ocean", "maritime")): 0.6,
    frozenset(("shipping", "transport")): 0.5,
    frozenset(("freight", "transport")): 0.5,
    frozenset(("equipment", "apparatus")): 0.9,
    frozenset(("instrument", "apparatus")): 0.8,
    frozenset(("energy", "electric")): 0.8,
    frozenset(("oil", "oilgas")): 0.6,
    frozenset(("sugar", "sugarrefinery")): 0.8,
    frozenset(("bakery", "bread")): 0.9,
    frozenset(("dairy", "milk")): 0.9,
    frozenset(("car", "automobile")): 0.95,
    frozenset(("car", "motor")): 0.85,
    frozenset(("automobile", "motor")): 0.85,
    frozenset(("aircraft", "aviation")): 0.85,
    frozenset(("airline", "aviation")): 0.9,
    frozenset(("airline", "air")): 0.8,
    frozenset(("aviation", "air")): 0.8,
    frozenset(("weapon", "defence")): 0.7,
    frozenset(("trade", "commercial")): 0.9,
    frozenset(("trade", "business")): 0.6,
    frozenset(("telecom", "communications")): 0.95,
    frozenset(("exchange", "trade")): 0.4,
    frozenset(("mine", "mining")): 0.9,
    frozenset(("office", "agency")): 0.5,
    frozenset(("office", "bureau")): 0.95,
    frozenset(("department", "authority")): 0.7,
    frozenset(("maritime", "sea")): 0.9,
    frozenset(("maritime", "shipping")): 0.7,
    frozenset(("trade", "sales")): 0.6,
    frozenset(("fish", "fishing")): 0.95,
    frozenset(("wood", "forestry")): 0.7,
    frozenset(("food", "bakery")): 0.4,
    frozenset(("production", "plant")): 0.8,
    frozenset(("production", "industry")): 0.6,
    frozenset(("industry", "plant")): 0.6,
    frozenset(("solar", "sun")): 0.9,
    frozenset(("machine", "machinetool")): 0.8,
    frozenset(("machine", "mechanical")): 0.8,
    frozenset(("shipyard", "ship")): 0.7,
    frozenset(("pharma", "medical")): 0.5,
    frozenset(("partner", "partnership")): 1.0,
    frozenset(("consult", "consulting")): 1.0,
    frozenset(("communal", "housing")): 0.7,
    frozenset(("dawn", "sunrise")): 0.7,
    frozenset(("fortune", "happiness")): 0.7,
    frozenset(("wagon", "wagonbuilding")): 0.9,
    frozenset(("instrument", "instrumentmaking")): 0.95,
    frozenset(("heat", "thermal")): 0.95,
    frozenset(("atom", "nuclear")): 1.0,
    frozenset(("optic", "optical")): 1.0,
    frozenset(("inter", "international")): 0.9,
    frozenset(("state", "national")): 0.7,
    frozenset(("security", "guard")): 0.6,
    frozenset(("center", "centre")): 1.0,
    frozenset(("garment", "textile")): 0.5,
    frozenset(("spirits", "distillery")): 0.9,
    frozenset(("designbureau", "design")): 0.7,
    frozenset(("fuel", "oil")): 0.5,
    frozenset(("ironore", "iron")): 0.6,
    frozenset(("engine", "motorengine")): 1.0,
    frozenset(("investment", "invest")): 1.0,
    frozenset(("asset", "invest")): 0.5,
}
"""How surely two concepts are one where languages name one thing by both."""
_SURE_SCORE = 0.9
"""Score from which no other reading of the names is tried."""
_SAME_NAME, _TELLING_NAME = 0.95, 0.3
"""How surely two spellings of one name of Wikidata are one word."""
_SAME_SYLLABLES = 0.95
"""Two names of the same Chinese syllables may still be two people."""
_RELATED_ENOUGH = 0.8
_BESIDE_NAME = 0.6
"""What is left out beside a proper name that both have weighs less: it often only describes."""
_IDENTIFIED, _IDENTIFIED_WEAKLY = 0.97, 0.9
_UNIQUE = frozenset(("imo", "unp", "inn", "lei", "ogrn", "uscc"))
_NUMBER_DIFFERS, _NUMBER_MISSING_VESSEL, _NUMBER_MISSING = 0.12, 0.35, 0.6
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
    """How alike two names are, from 0 to 1, and why."""

    score: float
    features: tuple[Feature, ...]


@dataclass(slots=True)
class _Pairing:
    pairs: list[tuple[tuple[Token, ...], tuple[Token, ...], float]]
    left: list[Token]
    right: list[Token]


def compare_names(left: ParsedName, right: ParsedName) -> Comparison:
    """Compare two names, in the readings that make them most alike.

    Returns
    -------
    Comparison
        The score is the product of its features' factors and does not depend on the order of the two names or of their words.
    """
    if (right.text, right.kind) < (left.text, left.kind):
        left, right = right, left
    best = _compare(left, right)
    if best.score < _SURE_SCORE and (left.variants or right.variants):
        for one in (left, *left.variants):
            for other in (right, *right.variants):
                found = _compare(one, other)
                best = found if found.score > best.score else best
    return best


def _compare(left: ParsedName, right: ParsedName) -> Comparison:
    features = _weigh_chinese(left, right) or _weigh_words(_pair(left, right), left, right)
    features += _weigh_numbers(left, right)
    features += _weigh_legal(left, right)
    features += _weigh_identifiers(left, right)
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
    return Comparison(score=min(score, 1.0), features=tuple(features))


def _weigh_chinese(left: ParsedName, right: ParsedName) -> list[Feature]:
    """The same Chinese name of a person in two writings, if it is that."""
    if left.kind != "person" or left.text == right.text or not is_same_chinese(left, right):
        return []
    return [Feature("words", f"{left.text} = {right.text}, the same Chinese syllables", _SAME_SYLLABLES)]


# --- words ----------------------------------------------------------------------------------------------------------------------


def _pair(left: ParsedName, right: ParsedName) -> _Pairing:
    """Let words answer each other, the most alike first, then runs of words written as one, then acronyms."""
    lefts = [token for token in left.tokens if token.weight > 0 and token.number is None]
    rights = [token for token in right.tokens if token.weight > 0 and token.number is None]
    scored = []
    for row, one in enumerate(lefts):
        for column, other in enumerate(rights):
            quality = match_tokens(one, other)
            if quality >= (_PERSON_PAIR if left.kind == "person" else _PAIR):
                scored.append((quality * min(one.weight, other.weight) + quality, -abs(row - column), row, column, quality))
    scored.sort(reverse=True)
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs: list[tuple[tuple[Token, ...], tuple[Token, ...], float]] = []
    for _, _, row, column, quality in scored:
        if row not in used_left and column not in used_right:
            used_left.add(row)
            used_right.add(column)
            pairs.append(((lefts[row],), (rights[column],), quality))
    pairing = _Pairing(
        pairs,
        [token for row, token in enumerate(lefts) if row not in used_left],
        [token for row, token in enumerate(rights) if row not in used_right],
    )
    if pairing.left and pairing.right:
        _join(pairing)
    if (pairing.left and pairing.right) or any(len(token.folded) <= 6 for token in pairing.left + pairing.right):
        _join_matched(pairing)
        _pair_acronyms(pairing, lefts, rights)
    return pairing


def _join(pairing: _Pairing) -> None:
    """Words that one side writes together and the other apart."""
    for is_swapped in (False, True):
        one, many = (pairing.right, pairing.left) if is_swapped else (pairing.left, pairing.right)
        for token in list(one):
            run = _find_run(token, many)
            if run is None:
                continue
            start, end, quality = run
            parts = tuple(many[start:end])
            pairing.pairs.append((parts, (token,), quality) if is_swapped else ((token,), parts, quality))
            del many[start:end]
            one.remove(token)
    if len(pairing.left) > 1 and len(pairing.right) > 1:
        quality = _ramp(_joined_similarity(pairing.left, pairing.right))
        if quality >= 0.6:
            pairing.pairs.append((tuple(pairing.left), tuple(pairing.right), quality))
            pairing.left, pairing.right = [], []


def _join_matched(pairing: _Pairing) -> None:
    """A leftover word that belongs to a pair matched only in part: Azar gun and Azargun."""
    for index, (lefts, rights, quality) in enumerate(pairing.pairs):
        if quality >= 0.95 or len(lefts) > 1 or len(rights) > 1:
            continue
        for spare, own, other in ((pairing.left, lefts, rights), (pairing.right, rights, lefts)):
            for token in list(spare):
                best = max(_ramp(_joined_similarity(order, list(other))) for order in ([*own, token], [token, *own]))
                if best > quality + 0.2:
                    spare.remove(token)
                    grown = (*own, token)
                    pairing.pairs[index] = (grown, other, best) if own is lefts else (other, grown, best)
                    return


def _find_run(token: Token, many: list[Token]) -> tuple[int, int, float] | None:
    best: tuple[int, int, float] | None = None
    for start in range(len(many)):
        for end in range(start + 2, min(start + 5, len(many)) + 1):
            run = many[start:end]
            if token.parts and len(token.parts) == len(run):
                told = min(_says(part, other) for part, other in zip(token.parts, run, strict=True))
                if told >= _RELATED_ENOUGH:
                    return start, end, told
            quality = _ramp(_joined_similarity([token], run))
            if quality >= 0.5 and (best is None or quality > best[2]):
                best = (start, end, quality)
    return best


def _says(part: str, token: Token) -> float:
    """How surely a word says what a part of a compound does."""
    if part in token.concepts:
        return 1.0
    return max((_RELATED.get(frozenset((part, concept)), 0.0) for concept in token.concepts), default=0.0)


def _joined_similarity(left: list[Token], right: list[Token]) -> float:
    is_han = [any(token.script == "han" for token in side) for side in (left, right)]
    if all(is_han):
        return 1.0 if "".join(token.folded for token in left) == "".join(token.folded for token in right) else 0.0
    if any(is_han):
        if joined_pinyins(left) & joined_pinyins(right):
            return 1.0
        if _is_plain_chinese(left, right):
            return 0.0
    one, other = (_join_sounds(side) for side in (left, right))
    if abs(len(one) - len(other)) > 6:
        return 0.0
    return sound_similarity(one, other, any(token.is_abjad for token in left), any(token.is_abjad for token in right))


def _join_sounds(tokens: list[Token]) -> str:
    """Sounds of words written together: a sound doubled where they meet is one."""
    joined = ""
    for token in tokens:
        units = token.sounds[0]
        joined += units[1:] if joined and units and units[0] == joined[-1] and units[0] not in "aeiou" else units
    return joined


def _pair_acronyms(pairing: _Pairing, lefts: list[Token], rights: list[Token]) -> None:
    for spare, others, rest, is_left in ((pairing.left, rights, pairing.right, True), (pairing.right, lefts, pairing.left, False)):
        for token in list(spare):
            if _has_meaning(token) or token.names or len(token.folded) > 7 or not others:
                continue
            loose = [other for other in others if other.weight >= 0.15]
            for start in range(len(loose)):
                run = next((loose[start:end] for end in range(len(loose), start, -1) if spells(token, loose[start:end])), None)
                if (
                    run
                    and sum(other.weight for other in run) >= 0.7 * sum(other.weight for other in rest)
                    and all(other in rest for other in run)
                ):
                    spare.remove(token)
                    free = tuple(other for other in run if other in rest)
                    for other in free:
                        rest.remove(other)
                    quality = 0.85 if len(token.folded) >= 3 else 0.6
                    pairing.pairs.append(((token,), free, quality) if is_left else (free, (token,), quality))
                    break


def _has_meaning(token: Token) -> bool:
    return any(sense.kind != "town" for sense in token.senses)


@lru_cache(maxsize=300_000)
def match_tokens(one: Token, other: Token) -> float:
    """How surely two words are one, from 0 to 1."""
    quality = _match_words(one, other)
    if quality < _SAME_NAME and one.weight >= _TELLING_NAME and other.weight >= _TELLING_NAME and _is_one_name(one, other):
        return _SAME_NAME
    return quality


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
            return 1.0
        related = max((_RELATED.get(frozenset((left, right)), 0.0) for left in one.concepts for right in other.concepts), default=0.0)
        if related:
            return related
        likeness = _sounds_like(one, other)
        if all(any(sense.kind in ("place", "town") for sense in token.senses) for token in (one, other)):
            return _ramp(likeness, none=0.84)
        return 0.0 if likeness < 0.97 else 0.6
    if one.names and other.names:
        return 1.0 if one.names & other.names else 0.0
    if one.parts and other.parts:
        return 1.0 if one.parts == other.parts else _ramp(_sounds_like(one, other), none=0.93)
    if one.script == "han" and other.script == "han":
        return _match_han(one.folded, other.folded)
    if one.script != other.script:
        chinese = _match_chinese(one, other)
        if chinese is not None:
            return chinese
        if "han" in (one.script, other.script) and not one.is_chinese and not other.is_chinese:
            return _match_foreign(one, other)
    similarity = _sounds_like(one, other)
    if one.script != other.script and similarity >= _VOWELS_ONLY and not (one.names and other.names) and _same_consonants(one, other):
        return max(_ramp(similarity), 0.7)
    if bool(one.senses) != bool(other.senses) or bool(one.names) != bool(other.names):
        return _ramp(similarity, none=0.84)
    if min(weigh_sound(one.sounds[0]), weigh_sound(other.sounds[0])) <= 3:
        return _ramp(similarity, none=0.82)
    return _ramp(similarity)


def _sounds_like(one: Token, other: Token) -> float:
    return max(sound_similarity(left, right, one.is_abjad, other.is_abjad) for left in one.sounds for right in other.sounds)


def _same_consonants(one: Token, other: Token) -> bool:
    """Whether only vowels differ, as where English spelling meets a transcription: Pride and Прайд."""
    keys = [plain_key(token.sounds[0]) for token in (one, other)]
    return keys[0] == keys[1] and len(keys[0]) >= 3


def _ramp(similarity: float, none: float = _NONE) -> float:
    return max(0.0, min(1.0, (similarity - none) / (_SURE - none)))


def _match_initial(one: Token, other: Token) -> float:
    if not one.sounds[0] or not other.sounds[0]:
        return 0.0
    if is_same_sound(one.sounds[0][0], other.sounds[0][0]):
        return 0.8
    if one.script == other.script:
        return 0.0
    letters = {name_sound[:1] for token in (one, other) for name_sound in _other_beginnings(token)}
    short = one if one.is_initial else other
    return 0.7 if any(letter and is_same_sound(short.sounds[0][0], letter) for letter in letters) else 0.0


def _other_beginnings(token: Token) -> tuple[str, ...]:
    """First sounds of all forms of a given name: E. may stand for Yauhen."""
    from landbridge.screening.lexicon import get_lexicon

    wanted = token.names or token.fathers
    if not wanted:
        return ()
    return tuple({sound(form)[:1] for form, indices in get_lexicon().names.items() if indices & wanted})


def _match_fathers(one: Token, other: Token) -> float:
    if one.fathers & other.fathers:
        return 1.0
    whole = sound_similarity(one.sounds[0], other.sounds[0])
    if one.fathers and other.fathers:
        return 1.0 if whole >= _SURE else 0.0
    return max(_ramp(whole, none=0.9), _ramp(sound_similarity(sound(one.father_stem), sound(other.father_stem)), none=0.85))


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
    is_chinese = [token.is_chinese or (token.script != "han" and key[1]) for token, key in zip((one, other), keys, strict=True)]
    if all(is_chinese) or any(token.is_chinese and token.pinyins for token in (one, other)):
        return 0.0
    return 0.0 if any(is_chinese) and "han" in (one.script, other.script) else None


def _is_plain_chinese(left: list[Token], right: list[Token]) -> bool:
    """Whether characters stand against a word of as many syllables of pinyin or Palladius, that was not the same: two Chinese names."""
    han, other = (left, right) if left[0].script == "han" else (right, left)
    if not all(token.script == "han" and not token.is_foreign for token in han) or any(
        token.script not in ("latin", "cyrillic") for token in other
    ):
        return False
    count = sum(len(token.folded) for token in han)
    system = "pinyin" if other[0].script == "latin" else "palladius"
    cuts = [cut_syllables(token.folded, system) for token in other]
    return all(cuts) and sum(len(cut[0]) for cut in cuts) == count


def _match_foreign(one: Token, other: Token) -> float:
    """A name from elsewhere, written in Chinese characters: their vowels between consonants are filling."""
    if _is_plain_chinese([one], [other]):
        return 0.0
    likeness = max(sound_similarity(left, right, one.script != "han", one.script == "han") for left in one.sounds for right in other.sounds)
    return 0.9 * _ramp(likeness, none=0.66)


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


def _weigh_words(pairing: _Pairing, left: ParsedName, right: ParsedName) -> list[Feature]:
    matched = doubt = 0.0
    for lefts, rights, quality in pairing.pairs:
        weight = (sum(token.weight for token in lefts) + sum(token.weight for token in rights)) / 2
        matched += weight * quality
        doubt += weight * (1 - quality)
    loose_left = sum(token.weight for token in pairing.left)
    loose_right = sum(token.weight for token in pairing.right)
    conflict = min(_telling(pairing.left), _telling(pairing.right))
    spare, total = (pairing.left, loose_left) if loose_left >= loose_right else (pairing.right, loose_right)
    share = (total - conflict) / total if total else 0.0
    is_named = left.kind == "company" and any(
        quality >= 0.9 and all(not token.senses for token in lefts) for lefts, _, quality in pairing.pairs
    )
    omitted = share * (_BESIDE_NAME if is_named else 1.0) * sum(token.weight * _omission(token, left.kind) for token in spare)
    if matched <= 0:
        return [Feature("words", "no word in common", 0.0)]
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
        if amount > 0.001:
            features.append(Feature(name, detail, sum_ / (sum_ + amount)))
            sum_ += amount
    if conflict >= 0.3:
        features.append(Feature("telling word differs", f"weight {conflict:.2f}", _SUBSTITUTED))
    return features


def _telling(tokens: list[Token]) -> float:
    """Weight of words that can contradict each other: "group" on one side is no answer to "national" on the other."""
    return sum(token.weight for token in tokens if token.weight >= 0.3 or not token.senses)


def _say_pairs(pairing: _Pairing) -> str:
    return ", ".join(f"{' '.join(t.text for t in lefts)} = {' '.join(t.text for t in rights)}" for lefts, rights, _ in pairing.pairs)


def _say_doubt(pairing: _Pairing) -> str:
    return ", ".join(
        f"{' '.join(t.text for t in lefts)} ~ {' '.join(t.text for t in rights)} ({quality:.2f})"
        for lefts, rights, quality in pairing.pairs
        if quality < 0.995
    )


# --- the rest -------------------------------------------------------------------------------------------------------------------


def _weigh_numbers(left: ParsedName, right: ParsedName) -> list[Feature]:
    one = sorted(token.number for token in left.tokens if token.number is not None)
    other = sorted(token.number for token in right.tokens if token.number is not None)
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
