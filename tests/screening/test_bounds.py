"""Bounds that spare work change no answer: likeness of sounds."""

import math
import random

import pytest
from rapidfuzz.distance import Levenshtein

from landbridge.screening.sound import LEAST_ALIKE, least_distance, plain_key, sound, sound_distance, sound_similarity, weigh_sound

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
        if told:
            assert math.isclose(told, likeness, abs_tol=1e-9)
        else:
            keys = plain_key(left), plain_key(right)
            assert likeness < LEAST_ALIKE or Levenshtein.distance(*keys) > max(map(len, keys)) // 2
