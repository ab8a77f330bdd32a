"""Names in published romanisations (ISO 9, GOST 7.79, BGN/PCGN, Łacinka, German and Polish spelling) against their own letters."""

from __future__ import annotations

import pytest

from landbridge.screening.match import MATCH_SCORE, score_names
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
        ("Z. Petrova", "Жанна Петрова", "Яна Петрова"),
        ("D. Aliyev", "Джамиль Алиев", "Камиль Алиев"),
    ],
)
def test_an_initial_is_the_first_letter_of_what_is_written(short: str, whole: str, other: str) -> None:
    assert score_names(short, whole, "person").score >= MATCH_SCORE
    assert score_names(short, other, "person").score < MATCH_SCORE


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
