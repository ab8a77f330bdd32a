"""Places by code, name, spelling, script and with typing errors."""

from dataclasses import replace

import pytest

from landbridge.planner import find_places
from landbridge.planner.place_search import choose_place, closest_places, fold
from tests.corridor import place, tiny_corridor


def named(place_id, name, *names, kind="city"):
    return replace(place(place_id, kind), name=name, names=names)


DATASET = replace(
    tiny_corridor(),
    places=(
        named("BYMSQ", "Minsk", "Мінск", "Минск"),
        named("BY-MSQ2", "Minsk Sortirovochny", kind="rail_terminal"),
        named("PKLHE", "Lahore", "Лахор", "لاہور"),
        named("RULED", "Saint Petersburg", "Санкт-Петербург", "Sankt-Peterburg", kind="port"),
        named("TRMER", "Mersin", kind="port"),
        named("DEMUC", "München", "Munich"),
    ),
)


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("BYMSQ", "BYMSQ"),
        ("bymsq", "BYMSQ"),
        ("  minsk ", "BYMSQ"),
        ("Minks", "BYMSQ"),
        ("МИНСК", "BYMSQ"),
        ("لاہور", "PKLHE"),
        ("St Petersburg", "RULED"),
        ("St. Petersburg", "RULED"),
        ("санкт петербург", "RULED"),
        ("Munchen", "DEMUC"),
        ("Lahor", "PKLHE"),
    ],
)
def test_one_place_is_clearly_meant(text, place_id):
    chosen = choose_place(find_places(DATASET, text))
    assert chosen is not None
    assert chosen.place_id == place_id


@pytest.mark.parametrize(
    ("text", "place_id"),
    [("Brest, FR", "FRBES"), ("brest, by", "BYBQT"), ("Brest, Belarus", "BYBQT"), ("Брэст, Беларусь", "BYBQT"), ("Brets, FR", "FRBES")],
)
def test_a_country_behind_the_comma_tells_namesakes_apart(text, place_id):
    dataset = replace(
        tiny_corridor(),
        places=(replace(named("BYBQT", "Brest", "Брэст"), country="BY"), replace(named("FRBES", "Brest"), country="FR")),
    )
    found = choose_place(find_places(dataset, text))
    assert found is not None
    assert found.place_id == place_id


def test_a_name_in_a_country_where_it_is_not_is_no_sure_hit():
    dataset = replace(tiny_corridor(), places=(replace(named("BYBQT", "Brest"), country="BY"),))
    assert not find_places(dataset, "Brest, DE")


@pytest.mark.parametrize("text", ["", "  ", "?!", "Ulaanbaatar", "M"])
def test_what_is_not_clear_is_not_guessed(text):
    assert choose_place(find_places(DATASET, text)) is None


def test_the_closest_are_given_however_far():
    assert len(closest_places(DATASET, "Xyzzy")) == 5
    assert closest_places(DATASET, "") == ()
    assert len(find_places(DATASET, "Minsk", limit=1)) == 1


def test_scores_fall_and_an_exact_hit_is_100():
    scores = [match.score for match in find_places(DATASET, "Minks")]
    assert scores == sorted(scores, reverse=True)
    assert find_places(DATASET, "Minsk")[0].score == 100


@pytest.mark.parametrize(("text", "folded"), [("Ust-Luga", "ust luga"), ("  São  Tomé ", "sao tome"), ("Saint-P.", "st p"), ("", "")])
def test_spellings_are_folded(text, folded):
    assert fold(text) == folded
