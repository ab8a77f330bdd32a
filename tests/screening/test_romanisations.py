"""Names in published romanisations (ISO 9, GOST 7.79, BGN/PCGN, Łacinka, German and Polish spelling) against their own letters."""

from __future__ import annotations

import pytest

from landbridge.screening.match import BLOCK_SCORE, MATCH_SCORE, score_names
from landbridge.screening.romanization import romanize


@pytest.mark.parametrize(
    ("romanised", "own", "other"),
    [
        ("Andrej Ilʹič Pugačev", "Андрей Ильич Пугачев", "Андрей Игоревич Пугачев"),
        ("Kavalčuk Siarhiej Kuzmič", "Ковальчук Сергей Кузьмич", "Ковальчук Сергей Фомич"),
        ("Nikolai Ilitsch Bortnikow", "Бортников Николай Ильич", "Бортников Николай Игоревич"),
        ("Olʹga Ilʹinična Popova", "Попова Ольга Ильинична", "Попова Ольга Игоревна"),
        ("Mixail Evgen`evich Yushhenko", "Михаил Евгеньевич Ющенко", "Михаил Евгеньевич Юрченко"),
        ("V”yacheslav Levchenko", "Левченко В'ячеслав Юрійович", "Левченко Владислав Юрійович"),
        ("Saizew Wjatscheslaw", "Зайцев Вячеслав", "Заикин Вячеслав"),
        ("Igor Tjutczew", "Игорь Тютчев", "Игорь Тютин"),
        ("Piotr Niadźviedź", "Пётр Нядзведзь", "Пётр Нядзвецкі"),
        ("Ûrij Lihačev", "Iourii Likhatchev", "Iefim Likhatchev"),
        ("Yakaw Viktaravich Lyawkovich", "Ляўковіч Якаў Віктаравіч", "Ляўковіч Ягор Віктаравіч"),
        ("Igor Tjutčev", "Игорь Тютчев", "Игорь Тютин"),
    ],
)
def test_cyrillic_names_are_known_in_published_romanisations(romanised: str, own: str, other: str) -> None:
    assert score_names(romanised, own, "person").score >= MATCH_SCORE
    assert score_names(romanised, other, "person").score < MATCH_SCORE


@pytest.mark.parametrize(
    ("romanised", "own", "other", "kind"),
    [
        ("Mājid al-Qaḩţānī", "ماجد القحطاني", "ماجد القحافي", "person"),
        ("Ibrāhīm al-Şuwaydī", "إبراهيم الصويدي", "إبراهيم السديري", "person"),
        ("Hooshang Karbaschi", "هوشنگ کرباسچی", "هوشنگ کرمانچی", "person"),
        ("Asbat al-Ansar", "عصبة الأنصار", "عصبة الأحرار", "company"),
        ("Qalʿat Sharqāt", "قلعة شرقة", "قلعة شرقي", "person"),
        ("Hamzat Allah Karimi", "حمزة الله کریمی", "همت الله کریمی", "person"),
        ("Al-Nasr Glass", "Эль-Наср Гласс", "Эль-Фатх Гласс", "company"),
    ],
)
def test_arabic_script_is_known_in_published_romanisations(romanised: str, own: str, other: str, kind: str) -> None:
    assert score_names(romanised, own, kind).score >= MATCH_SCORE
    assert score_names(romanised, other, kind).score < MATCH_SCORE


@pytest.mark.parametrize(
    ("short", "whole", "other"),
    [
        ("Hu Z.Q.", "Hu Zhengqun", "Hu Mengqun"),
        ("S. Karimov", "Шавкат Каримов", "Равшан Каримов"),
        ("S. Petrov", "Щавель Петров", "Павел Петров"),
        ("C. Petrov", "Цезарь Петров", "Назар Петров"),
        ("Z. Petrov", "Цезарь Петров", "Назар Петров"),
        ("T. Petrov", "Чеслав Петров", "Вацлав Петров"),
        ("Z. Petrova", "Жанна Петрова", "Яна Петрова"),
        ("D. Aliyev", "Джамиль Алиев", "Камиль Алиев"),
    ],
)
def test_an_initial_is_the_first_letter_of_what_is_written(short: str, whole: str, other: str) -> None:
    assert score_names(short, whole, "person").score >= MATCH_SCORE
    assert score_names(short, other, "person").score < MATCH_SCORE


@pytest.mark.parametrize(
    ("written", "own"),
    [
        ("Czarev Ivan", "Царев Иван"),
        ("Saizew Wjatscheslaw", "Зайцев Вячеслав"),
        ("Kusnezowa Anna", "Кузнецова Анна"),
        ("Zaritski Iwan", "Царицкий Иван"),
    ],
)
def test_what_a_system_writes_for_a_letter_is_surely_that_letter(written: str, own: str) -> None:
    assert score_names(written, own, "person").score >= BLOCK_SCORE


@pytest.mark.parametrize(
    ("marked", "plain", "own"),
    [
        ("Ibrāhīm al-Şuwaydī", "Ibrahim al-Suwaydi", "إبراهيم الصويدي"),
        ("Ţalāl Ţāhir", "Talal Tahir", "طلال طاهر"),
        ("Mājid al-Qaḩţānī", "Majid al-Qahtani", "ماجد القحطاني"),
        ("Karīm Işfahānī", "Karim Isfahani", "کریم اصفهان"),
    ],
)
def test_marks_of_a_romanisation_change_nothing(marked: str, plain: str, own: str) -> None:
    assert score_names(marked, own, "person").score == score_names(plain, own, "person").score


def test_short_given_names_are_romanised_by_system() -> None:
    assert {"ûrij", "yurij", "yuriy", "iurii", "jurij", "iourii"} <= romanize("юрий")
    assert romanize("якаў") == {"yakaw"}
    assert romanize("қайрат") == frozenset()


@pytest.mark.parametrize(
    ("romanised", "own", "other"),
    [
        ("Haft Tappeh Sugarcane", "نیشکر هفت تپه", "نیشکر هشت تپه"),
        ("Sem Pyatnits", "Сім п'ятниць", "Вісім п'ятниць"),
    ],
)
def test_a_number_in_letters_is_the_word_that_it_sounds_like(romanised: str, own: str, other: str) -> None:
    assert score_names(romanised, own, "company").score >= MATCH_SCORE
    assert score_names(romanised, other, "company").score < MATCH_SCORE


def test_a_number_in_letters_that_is_said_is_no_number_that_one_side_lacks() -> None:
    assert score_names("Haft Tappeh", "هفت تپه", "vessel").score >= BLOCK_SCORE
    assert score_names("Haft Tappeh 8 Sugarcane", "نیشکر هفت تپه", "company").score < MATCH_SCORE
    assert score_names("Ten Shipping", "Tan Shipping", "company").score < MATCH_SCORE


def test_roman_numerals_are_not_said_by_their_letters() -> None:
    assert score_names("Sea Dolphin III", "Си Долфин III", "vessel").score >= BLOCK_SCORE
    assert score_names("Sea Dolphin III", "Си Долфин II", "vessel").score < MATCH_SCORE
