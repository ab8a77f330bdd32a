"""Words of many languages, phrases and compounds by dictionaries, and business words by hand."""

from __future__ import annotations

import pytest

from landbridge.screening.foreign_match import foreign_likeness
from landbridge.screening.foreign_word import foreign_meanings, foreign_parts, phrase_meanings, said_in_words
from landbridge.screening.lexicon import table_rows
from landbridge.screening.match import MATCH_SCORE, REVIEW_SCORE, score_names
from landbridge.screening.name import parse_name
from landbridge.screening.name_keys import name_keys
from landbridge.screening.sorted_table import has_beginning


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Fabryka Papieru Kordal", "Kordal Paper Factory"),
        ("Magyar Államvasutak", "Hungarian State Railways"),
        ("Veltener Zuckerfabrik", "Veltener Sugar Factory"),
        ("Zurkand Werkzeugmaschinen", "Zurkand Machine Tools"),
        ("Zurkand Căi Ferate", "Zurkand Railway"),
        ("Boru Hatları ile Petrol Taşıma Zurkand", "Zurkand Petroleum Pipeline Transport"),
        ("Фабрика за сирене Зурканд", "Zurkand Cheese Factory"),
        ("Зурканд панир", "Zurkand Cheese"),
        ("Зурканд труба", "Zurkand Pipe"),
        ("Зурканд лак", "Zurkand Varnish"),
        ("الخطوط الحديدية زركند", "Zurkand Railways"),
        ("Zurkand Agrarmaschinen", "Zurkand Agricultural Machinery"),
        ("Märkische Faserwerke GmbH", "Mark Fibre Works GmbH"),
        ("شرکت آلومینای ایران", "Iran Alumina Company"),
        ("Zurkand Galați", "Zurkand Galati"),
        ("Țepeșu", "Tepesu"),
        ("Зурканд пахтасаноат", "Zurkand Cotton Industry"),
        ("Зурканд пахтасаноат", "Zurkand Industry Cotton"),
        ("ААТ «Баранавіцкі аўтаагрэгатны завод»", "OJSC Baranovichi Automobile Aggregates Plant"),
        ("سوق زركند للأوراق المالية", "Zurkand Securities Exchange"),
        ("Zurkand Elektrárne Werkzeugmaschinen", "Zurkand Power Plant Machine Tools"),
        ("Brest Werkzeugmaschinen Elektrárne", "Brest Power Plant Machine Tools"),
    ],
)
def test_a_foreign_word_is_what_it_means(left: str, right: str) -> None:
    assert score_names(left, right, "company").score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Fabryka Papieru Kordal", "Kordal Sugar Factory"),
        ("Magyar Államvasutak", "Hungarian State Forests"),
        ("Brest Zuckerfabrik", "Brest Paper Factory"),
        ("Minsk Werkzeugmaschinen", "Minsk Washing Machines"),
        ("Минск труба", "Minsk Varnish"),
        ("Зурканд пахтасаноат", "Zurkand Gas Industry"),
        ("Andrei Trading", "John Trading"),
        ("Borisov Medicines Plant", "Борисовский завод медицинского стекла"),
    ],
)
def test_another_word_stays_another(left: str, right: str) -> None:
    assert score_names(left, right, "company").score < MATCH_SCORE


def test_names_of_people_are_not_translated() -> None:
    assert score_names("Aksel Eisen", "Aksel Iron", "person").score < MATCH_SCORE
    assert score_names("Aksel Sonnenberg", "Aksel Sun Mountain", "person").score < MATCH_SCORE
    assert score_names("Aksel Sonnenberg", "Aksel Sun Mountain", "company").score >= MATCH_SCORE


def test_words_are_known_in_their_endings() -> None:
    assert "railway" in foreign_meanings("kolej")
    assert foreign_meanings("łożysk")[-1] == "bearing"
    assert "court" in foreign_meanings("sąd")
    assert "orchard" in foreign_meanings("sad")
    assert "mark" in foreign_meanings("märkische")
    assert "power_plant" in foreign_parts("dampfkraftwerk")[1]
    assert "power_plant" in foreign_parts("kraftwerkstahl")[0]
    assert "state" in foreign_parts("allamvasutak")[0]
    assert "rail" in foreign_parts("allamvasutak")[1]
    assert said_in_words("elektrárne") == ("power_plant",)
    assert foreign_parts("пахтасаноат") == (("=cotton",), ("=industry",))
    assert "railway" in phrase_meanings(("chemin", "de", "fer"))
    assert foreign_meanings("zurkandxyz") == foreign_parts("zurkandxyz") == ()


def test_the_first_meaning_is_surer_than_the_second() -> None:
    word, first, second, other = (parse_name(text, "company").tokens[0] for text in ("ricettacolo", "repository", "receptacle", "richness"))
    assert foreign_likeness(word, first) > foreign_likeness(word, second) > foreign_likeness(word, other) == 0.0


def test_an_index_has_a_foreign_word_under_the_concept_that_it_means() -> None:
    assert "crailway" in name_keys(parse_name("Zurkand Rautatie", "company"))
    assert "crailway" not in name_keys(parse_name("Zurkand", "company"))


def test_a_beginning_is_told() -> None:
    assert has_beginning("foreign.tsv", "eisenb")
    for word in (row[0] for row in table_rows("foreign.tsv")[:5_000]):
        assert has_beginning("foreign.tsv", word[:4])
    assert not has_beginning("foreign.tsv", "zzzzq")


def test_every_business_word_makes_a_name_no_other() -> None:
    """Each form of the table written by hand beside the English word it is for: no conflict, wherever the tables of concepts put it."""
    lost = [
        (english, form)
        for english, forms in table_rows("business.tsv")
        for form in forms.split("|")
        if score_names(f"Zurkand {english.split('|')[0]}", f"Zurkand {form}", "company").score < REVIEW_SCORE
    ]
    assert not lost


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Бакытжан Абдирович Сагинтаев", "Baqytjan Äbdiruly Sağyntaev"),
        ("Алмазбек Шаршенович Атамбаев", "Almazbek Sharshen uulu Atambayev"),
        ("Aigul Saparqyzy Nurkina", "Айгуль Сапаровна Нуркина"),
    ],
)
def test_fathers_of_central_asia_in_latin_letters(left: str, right: str) -> None:
    assert score_names(left, right, "person").score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right"),
    [("Алмазбек Шаршенович Атамбаев", "Almazbek Asan uulu Atambayev"), ("Aigul Saparqyzy Nurkina", "Айгуль Сериковна Нуркина")],
)
def test_another_father_is_another(left: str, right: str) -> None:
    assert score_names(left, right, "person").score < MATCH_SCORE


def test_marks_that_one_side_leaves_out() -> None:
    assert (
        score_names("Zurkand Galați", "Zurkand Galati", "company").score >= score_names("Zurkand Galați", "Zurkand Galita", "company").score
    )
    assert score_names("Rostocker Fischereihafen", "Rostock Fishing Port", "company").score >= MATCH_SCORE
    assert score_names("شرکت داروسازی سبحان", "Sobhan Pharmaceutical Company", "company").score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right", "is_same"),
    [
        ("Ашинский металлургический завод", "Asha Metallurgical Plant", True),
        ("Ашинский металлургический завод", "Nytva Metallurgical Plant", False),
        ("Zakłady Azotowe Kordal", "Азотный завод «Кордал»", True),
        ("Zakłady Azotowe Kordal", "Азотный завод «Зурканд»", False),
    ],
)
def test_short_towns_and_nitrogen(left: str, right: str, is_same: bool) -> None:
    assert (score_names(left, right, "company").score >= MATCH_SCORE) == is_same
