"""The prebuilt files of the tables, and what is asked of them."""

from importlib import resources

import pytest
from tools.lexicon import FILES, file_text
from tools.word_grades import WORDS, grade_row, grade_table

from landbridge.screening.han import ask_char, ask_pinyin, char_pinyins, read_pinyin
from landbridge.screening.lexicon import Sense, get_lexicon, table_rows
from landbridge.screening.lexicon_source import decline_turkic
from landbridge.screening.match import MATCH_SCORE, score_names
from landbridge.screening.script import fold_words, has_han


@pytest.mark.parametrize("name", FILES)
def test_the_prebuilt_files_are_what_the_tables_give(name: str) -> None:
    shipped = (resources.files("landbridge.screening") / "tables" / name).read_text(encoding="utf-8")
    assert shipped == file_text(FILES[name]()), "run: python -m tools.lexicon"


def test_each_row_of_words_has_the_grade_that_the_dictionaries_give() -> None:
    text = WORDS.read_text(encoding="utf-8")
    assert text == grade_table(text), "run: python -m tools.word_grades"
    assert grade_row("rabbit|кролик|кролік|أرنب")[0] == "B"
    assert grade_row("rabbit|кролик|завод")[0] == "C"
    assert grade_row("rabbit|завод|rabota") == ("D", "-")


def test_rows_of_the_tables_have_no_form_of_two_scripts() -> None:
    for name, column in (
        *(("words.tsv", 2), ("pictured.tsv", 2), ("territories.tsv", 1), ("cities.tsv", 1)),
        *(("languages.tsv", 2), ("languages.tsv", 3), ("trades.tsv", 2), ("trades.tsv", 3)),
    ):
        for row in table_rows(name):
            for form in row[column].split("|"):
                has_arabic = any("\u0600" <= char <= "\u06ff" for char in form)
                assert not (has_arabic and any("\u0400" <= char <= "\u04ff" for char in form)), (name, row[:2], form)


def test_declines_turkic_words_by_the_harmony_of_their_vowels() -> None:
    assert {"banka", "bankası", "bankaları", "bankalar"} <= set(decline_turkic("banka"))
    assert {"şirketi", "şirketleri"} <= set(decline_turkic("şirket"))
    assert {"bakanlığı", "bakanlıkları"} <= set(decline_turkic("bakanlık"))
    assert {"зауыты", "зауыттары"} <= set(decline_turkic("зауыт"))
    assert "bankesi" not in decline_turkic("banka")


def test_each_concept_of_other_languages_is_one_of_the_tables_or_stands_in_english() -> None:
    known = {(row[0], row[1]) for row in (*table_rows("words.tsv"), *table_rows("pictured.tsv"))}
    known |= {("country", f"c:{row[0]}") for row in (*table_rows("countries.tsv"), *table_rows("territories.tsv"))}
    for kind, concept, _, others in table_rows("languages.tsv"):
        assert (kind, concept) in known or concept in others.split("|"), (kind, concept)


def test_each_form_of_a_trade_means_it() -> None:
    lexicon = get_lexicon()
    for kind, concept, forms, turkic in table_rows("trades.tsv"):
        for form in (*forms.split("|"), *turkic.split("|")):
            words = fold_words(form.removesuffix("*"))
            if len(words) == 1 and not form.endswith("*"):
                found = lexicon.han.get(words[0]) if has_han(form) else lexicon.find_word(words[0])
                assert Sense(kind, concept) in (found or ()), (concept, form)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Zarya Brake Plant", "Тормозной завод «Заря»"),
        ("Nile Greenhouse Company", "شركة النيل للبيوت المحمية"),
        ("Hualin Industry and Trade", "华林工贸有限公司"),
        ("Doğu Soğutma Sanayi", "East Refrigeration Industry"),
        ("Kama Fish Processing Plant", "Камский рыбоперерабатывающий комбинат"),
    ],
)
def test_trades_are_known_in_other_languages(left: str, right: str) -> None:
    assert score_names(left, right, "company").score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Zarya Brake Plant", "Завод сцеплений «Заря»"),
        ("Kama Fish Processing Plant", "Камский мясоперерабатывающий комбинат"),
        ("Hualin Industry and Trade", "华林农贸有限公司"),
    ],
)
def test_other_trades_are_other_firms(left: str, right: str) -> None:
    assert score_names(left, right, "company").score < MATCH_SCORE


def test_pinyin_of_the_file_is_that_of_the_library() -> None:
    for word in ("中国", "重庆", "银行", "石油"):
        assert read_pinyin(word) == ask_pinyin(word)
    assert char_pinyins("行") == ask_char("行")


def test_knows_countries_in_every_language_of_the_room() -> None:
    found = get_lexicon()
    for form in ("шрыланка", "سریلنکا", "norway", "挪威", "мадагаскар"):
        senses = found.words.get(form) or found.han.get(form) or frozenset()
        assert any(sense.kind == "country" for sense in senses), form
