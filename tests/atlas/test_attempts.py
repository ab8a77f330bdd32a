"""Texts that are no name as they stand."""

from __future__ import annotations

import pytest

from landbridge.atlas.attempts import attempts, split_country


def _texts(text):
    return [one.text for one in attempts(text)]


def test_the_text_itself_goes_first():
    assert _texts("Chennai Central, IN")[0] == "Chennai Central, IN"


def test_general_words_are_left_out_before_any_other():
    assert _texts("Port of Rotterdam, NL")[1] == "Rotterdam, NL"
    assert _texts("Novosibirsk-Glavny, RU")[1] == "Novosibirsk, RU"


def test_no_word_stands_alone_that_is_in_many_names():
    assert "San, MX" not in _texts("San Pedrito, MX")
    assert "Pedrito, MX" in _texts("San Pedrito, MX")


def test_a_text_that_lost_its_region_says_so():
    lacking = {one.text for one in attempts("Columbus, NM, US") if one.lacks_region}
    assert lacking == {"Columbus, US"}
    assert not any(one.lacks_region for one in attempts("Columbus, US"))


@pytest.mark.parametrize("text", ["", " ", ",", "( )", ", DE"])
def test_a_text_without_letters_gives_nothing_odd(text):
    assert all(one.text.strip(" ,()DE") or not one.is_shortened for one in attempts(text))


def test_uk_is_the_united_kingdom():
    assert split_country("Birmingham, UK") == ("Birmingham", "GB")
    assert split_country("Birmingham, GB") == ("Birmingham", "GB")
