"""Bounds that spare work change no answer: likeness of sounds, runs of words, names that only common keys bring in."""

import math
import random

import pytest
from rapidfuzz.distance import Levenshtein

from landbridge.domain.screening import ListedEntry
from landbridge.screening.foreign_match import find_said, may_say
from landbridge.screening.index import _CANDIDATES, ListIndex
from landbridge.screening.name import parse_name
from landbridge.screening.name_keys import grouped_keys
from landbridge.screening.sound import LEAST_ALIKE, least_distance, plain_key, sound, sound_distance, sound_similarity, weigh_sound
from landbridge.screening.word_run import begins_apart, sound_apart

WORDS = [
    "shchetinina",
    "щетинина",
    "tsiatseryn",
    "тетерин",
    "sovkhoz",
    "совхоз",
    "mahmudzadeh",
    "محمودزاده",
    "qaani",
    "قاآنی",
    "volgotanker",
    "волготанкер",
    "jhang",
    "جھنگ",
    "baranavichy",
    "барановичи",
    "xuzhou",
    "сюйчжоу",
    "yuzhnouralskiy",
    "южноуральский",
    "kowsar",
    "کوثر",
    "lakhvi",
    "لکھوی",
    "weisberg",
    "вейсберг",
    "ruizhong",
    "руйчжун",
]


def damaged(dice: random.Random) -> str:
    """A word with some of its letters taken from another, so that all degrees of likeness come."""
    one, other = dice.choice(WORDS), dice.choice(WORDS)
    return one[: dice.randrange(len(one))] + other[dice.randrange(len(other)) :]


@pytest.mark.parametrize("seed", range(40))
def test_a_bound_tells_nothing_else_than_the_distance(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(25):
        left, right = sound(damaged(dice)), sound(damaged(dice))
        if not left or not right:
            continue
        abjads = (dice.random() < 0.5, dice.random() < 0.5)
        exact = sound_distance(left, right, *abjads)
        assert least_distance(left, right) <= exact + 1e-9
        likeness = 1.0 - exact / max((weigh_sound(left) + weigh_sound(right)) / 2, 1.5)
        told = sound_similarity(left, right, *abjads)
        assert math.isclose(sound_similarity(left, right, *abjads, 0.91), told if told >= 0.91 else 0.0, abs_tol=1e-9)
        if told:
            assert math.isclose(told, likeness, abs_tol=1e-9)
        else:
            keys = plain_key(left), plain_key(right)
            assert likeness < LEAST_ALIKE or Levenshtein.distance(*keys) > max(map(len, keys)) // 2


@pytest.mark.parametrize("seed", range(10))
def test_a_word_that_begins_otherwise_is_no_run_that_begins_so(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(25):
        one, first, second = (parse_name(damaged(dice).title(), "company").tokens[:1] for _ in range(3))
        if one and first and second and begins_apart(one[0], first[0]):
            assert sound_apart([*one], [*first, *second])


def test_what_may_say_nothing_finds_nothing() -> None:
    words = [
        "Chemin",
        "de",
        "fer",
        "railway",
        "Stahlwerk",
        "steel",
        "works",
        "электростанция",
        "power",
        "plant",
        "Hafen",
        "пахтасаноат",
        "cotton",
        "industry",
        "Zorvanik",
    ]
    tokens = [token for word in words for token in parse_name(f"{word} Zzz", "company").tokens[:1]]
    runs = [tuple(tokens[start : start + length]) for length in (1, 2, 3) for start in range(len(tokens) - length + 1)]
    assert [may_say(run) for run in runs].count(True) >= 3
    assert not any(find_said(run, tokens) for run in runs if not may_say(run))
    assert any(find_said(run, tokens) for run in runs)


def test_names_found_are_those_of_all_keys() -> None:
    """What is not begun with, because only common keys bring it in, is nothing that all keys together would let be compared."""
    dice = random.Random(5)
    names = [f"{dice.choice(('Ivan', 'Ali', 'Omar'))} {dice.choice(WORDS)} {dice.choice(WORDS)}" for _ in range(300)]
    index = ListIndex(
        tuple(
            ListedEntry(entry_id=str(number), list_name="l", regime="UN", names=(name,), kind="person") for number, name in enumerate(names)
        )
    )
    for name in names[::7]:
        parsed = parse_name(name, "person")
        grouped = grouped_keys(parsed)
        words = [grouped[word] for word in {token.folded for token in parsed.tokens} & grouped.keys()]
        told, heard = (
            sum(max((index._rarity.get(key, 0.0) for key in keys if key[0] not in without), default=0.0) or index._unseen for keys in words)
            for without in ("", "wvz$~")
        )
        least = min(0.5 * index._unseen, 0.7 * heard)
        sums: dict[int, float] = {}
        for group, keys in grouped.items():
            for number, rarity in rarest(index, keys).items() if group else ():
                sums[number] = sums.get(number, 0.0) + rarity
        for number, rarity in rarest(index, grouped[""]).items():
            if sums.get(number, 0.0) >= least - 1e-9 or rarity >= least:
                sums[number] = rarity + max(sums.get(number, 0.0), told * rarity / index._unseen)
        shares = {number: score / index._lengths[number] for number, score in sums.items() if score >= least - 1e-9}
        wanted = sorted((round(share, 6) for share in shares.values()), reverse=True)[:_CANDIDATES]
        assert [round(shares[number], 6) for number in index._candidates(parsed)] == wanted


def rarest(index: ListIndex, keys: tuple[str, ...]) -> dict[int, float]:
    """Names that have any of some keys, each with the rarity of the rarest that it has."""
    found: dict[int, float] = {}
    for key in keys:
        for number in index._by_key.get(key, ()):
            found[number] = max(found.get(number, 0.0), index._rarity[key])
    return found
