"""Names compared: what is the same, what is not, and that the reasons make the score."""

import math
import os
import random
import subprocess
import sys

import pytest

from landbridge.screening.identifier import is_imo
from landbridge.screening.match import BLOCK_SCORE, MATCH_SCORE, REVIEW_SCORE, score_names
from landbridge.screening.name import parse_name

SAME = [
    ("Beltamozhservice", "Рэспубліканскае ўнітарнае прадпрыемства «Белмытсэрвіс»", "company"),
    ("RUE Beltamozhservice", "Biełmytservis", "company"),
    ("МТЗ", "Minsk Tractor Works", "company"),
    ("Минский тракторный завод", "明斯克拖拉机厂", "company"),
    ("Pakistan Railways", "پاکستان ریلویز", "company"),
    ("National Iranian Oil Company", "شركة النفط الوطنية الإيرانية", "company"),
    ("Shenzhen Huawei Technologies Co., Ltd.", "深圳華為技術有限公司", "company"),
    ("Lukashenka Aliaksandr Ryhoravich", "Александр Григорьевич Лукашенко", "person"),
    ("Muhammad Asif s/o Abdul Rehman", "محمد آصف ولد عبدالرحمن", "person"),
    ("И. И. Иванов", "Ivanov Ivan Ivanovich", "person"),
    ("Zhang Weiming", "Чжан Вэймин", "person"),
    ("MV Azargoun 5", "آذرگون ۵", "vessel"),
    ("Lana V", "LANA 5", "vessel"),
    ("XIN JIN YANG", "新金洋", "vessel"),
]
OTHER = [
    ("Beltransservice", "Белтаможсервис", "company"),
    ("Minsk Tractor Works", "Минский автомобильный завод", "company"),
    ("National Iranian Oil Company", "شرکت ملی گاز ایران", "company"),
    ("Иванов Сергей Петрович", "Ivanov Sergei Pavlovich", "person"),
    ("Muhammad Asif s/o Abdul Rehman", "محمد آصف ولد عبدالرشید", "person"),
    ("张伟明", "张伟民", "person"),
    ("张伟明", "Zhang Weimin", "person"),
    ("MV Azargoun 5", "آذرگون ۳", "vessel"),
    ("Александр Петров", "Александра Петрова", "person"),
    ("North Star", "South Star", "vessel"),
    ("Grodno Azot", "Grodno Textile", "company"),
]


@pytest.mark.parametrize(("left", "right", "kind"), SAME)
def test_one_party_in_two_spellings(left, right, kind):
    assert score_names(left, right, kind).score >= MATCH_SCORE


@pytest.mark.parametrize(("left", "right", "kind"), OTHER)
def test_one_telling_word_makes_another_party(left, right, kind):
    assert score_names(left, right, kind).score < MATCH_SCORE


@pytest.mark.parametrize(("left", "right", "kind"), SAME + OTHER)
def test_the_factors_make_the_score(left, right, kind):
    found = score_names(left, right, kind)
    assert math.isclose(min(math.prod(row.factor for row in found.features), 1.0), found.score, abs_tol=1e-9)


@pytest.mark.parametrize(("left", "right", "kind"), SAME + OTHER)
def test_neither_side_nor_case_matters(left, right, kind):
    assert score_names(left, right, kind).score == pytest.approx(score_names(right, left, kind).score)


@pytest.mark.parametrize(("left", "right", "kind"), [row for row in SAME if row[2] == "person" and "/" not in row[0] and "." not in row[0]])
def test_the_order_of_words_does_not_matter(left, right, kind):
    words = left.split()
    random.Random(1).shuffle(words)
    assert score_names(" ".join(words), right, kind).score == pytest.approx(score_names(left, right, kind).score, abs=0.02)


def test_the_same_identifier_never_lowers_and_another_one_never_lifts():
    plain = score_names("Ocean Star", "Ocean Stern", "vessel").score
    same = score_names("Ocean Star IMO 9187629", "Ocean Stern IMO 9187629", "vessel").score
    other = score_names("Ocean Star IMO 9187629", "Ocean Star IMO 9074729", "vessel").score
    assert same >= max(plain, BLOCK_SCORE)
    assert other < MATCH_SCORE


def test_a_renamed_vessel_is_known_by_its_number():
    found = score_names("Blue Pearl IMO 9187629", "Artavil IMO 9187629", "vessel")
    assert found.score >= BLOCK_SCORE
    assert any(row.feature == "identifier" for row in found.features)


def test_legal_forms_are_understood():
    assert parse_name("ЗАО «Атлант»").legal == parse_name("Atlant CJSC").legal == {"cjsc"}
    near = score_names("ОАО Атлант", "ЗАО Атлант", "company")
    far = score_names("ООО Атлант", "ЗАО Атлант", "company")
    assert 1 > near.score > far.score >= MATCH_SCORE


def test_years_of_birth_count():
    assert score_names("Ivan Petrov DOB 1970", "Иван Петров 1985 г.р.", "person").score < MATCH_SCORE


def test_homoglyphs_are_read_as_what_they_look_like():
    assert score_names("Белшинa", "Белшина", "company").score == 1.0  # the last letter is Latin
    assert score_names("Bеlshinа", "Belshina", "company").score == 1.0  # two letters are Cyrillic


def test_control_and_direction_signs_do_not_hide_a_name():
    assert score_names("Bel\u200bta\u202emozh\u2066service\x07", "Beltamozhservice", "company").score == 1.0


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "...", "a", "١", "x" * 10_000, "\u202e" * 50, "=1+1", "’" * 30, "🚢", "Ω≈ç√∫", "//", ";;;", "()", "(a", "第十"],
)
def test_anything_may_be_a_name(text):
    assert 0 <= score_names(text, "Beltamozhservice").score <= 1
    assert 0 <= score_names(text, text).score <= 1


def test_imo_check_digit():
    assert is_imo("9187629")
    assert not is_imo("9187628")
    assert not is_imo("12345")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Caspian Container Lines", "PJSC TransContainer"),
        ("Silk Road Container Lines", "PJSC TransContainer"),
        ("Bennett's Petroleum", "BPC"),
        ("Ports and Maritime Organization of Iran", "Islamic Republic of Iran Shipping Lines (IRISL)"),
    ],
)
def test_words_that_many_firms_share_need_no_review(left: str, right: str) -> None:
    assert score_names(left, right, "company").score < REVIEW_SCORE


@pytest.mark.parametrize("name", ["Iran Cargo", "Volga Freight", "Khazar Cargo"])
def test_a_place_with_a_kindred_trade_does_not_block(name: str) -> None:
    listed = {"Iran Cargo": "Iran Shipping Lines", "Volga Freight": "Volga Shipping", "Khazar Cargo": "Khazar Shipping"}[name]
    assert score_names(name, listed, "company").score < BLOCK_SCORE


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Marine Energy Holding", "Marine Energy Holding Dubai"),
        ("Marine Energy Holding", "Gulf Marine Energy Holding"),
        ("Marine Energy Holding", "New Marine Energy Holding"),
        ("Container Shipping Company", "Container Shipping Company Belarus"),
        ("Energy Logistics", "Energy Logistics Dubai"),
    ],
)
def test_a_name_of_trades_alone_is_not_cleared_by_a_word_more(listed, asked):
    assert score_names(listed, asked, "company").score >= MATCH_SCORE


NORTH_STAR = ("North Star", "Северная звезда", "北方之星", "Паўночная зорка", "Полярная звезда")


@pytest.mark.parametrize("other", NORTH_STAR)
def test_a_phrase_is_the_words_that_other_languages_say_it_by(other: str) -> None:
    assert score_names("North Star", other, "vessel").score >= BLOCK_SCORE
    assert score_names("Northern Lights", other, "vessel").score < REVIEW_SCORE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("North Star Shipping", "北方之星航运"),
        ("Rising Sun", "ابھرتا ہوا سورج"),
        ("Islamic Center", "Исламский центр"),
        ("Islamic Center", "伊斯兰中心"),
        ("Oil Products", "Нефтяные продукты"),
        ("Radio Plant", "Радио завод"),
    ],
)
def test_phrases_of_companies_are_known_word_by_word(left: str, right: str) -> None:
    assert score_names(left, right, "company").score >= BLOCK_SCORE


_OF_SEVERAL_SENSES = """
from landbridge.screening.match import score_names
for pair in (("Bandar Imam Oil Refining Company", "Sherkat-e Palayesh Naft Bandar Emam"), ("Shenyang Machine Tool Works", "沈阳电机厂")):
    print(score_names(*pair, "company").score)
"""


def test_a_score_is_the_same_in_every_process() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", _OF_SEVERAL_SENSES], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "1234"
    }
    assert len(told) == 1


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Vladimir Sergeyevich Orlov", "فلاديمير سيرغييفيتش أورلوف", True),
        ("Vladimir Sergeyevich Orlov", "فلاديمير نيكولايفيتش أورلوف", False),
        ("Vladimir Orlov", "ولادیمیر ولادیمیرویچ اورلوف", True),
        ("Anna Ivanovna Orlova", "آنا إيفانوفنا أورلوفا", True),
        ("Rəşad Heydər oğlu Quliyev", "Кулиев Рашад Гейдар оглы", True),
        ("Rəşad Heydər oğlu Quliyev", "Кулиев Рашад Азер оглы", False),
        ("Ali Amir-Abdollahian", "علی امیرعبداللهیان", True),
        ("Merdan Gurbangulyýewiç Orazow", "Мердан Гурбангулыевич Оразов", True),
        ("Merdan Gurbangulyýewiç Orazow", "Мердан Аннагулыевич Оразов", False),
        ("Oleg Orlov", "А. Орлов", True),
        ("Oleg Orlov", "О. Орлов", True),
        ("Andrey Orlov", "О. Орлов", False),
        ("Andrey Orlov", "А. Орлов", True),
    ],
)
def test_fathers_and_initials_in_other_scripts(one: str, other: str, is_same: bool) -> None:
    assert (score_names(one, other, "person").score >= MATCH_SCORE) == is_same
