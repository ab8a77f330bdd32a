"""Slips of the hand, legal forms of many countries, father's names, endings of surnames: what makes one name and what two."""

import pytest

from landbridge.screening.match import MATCH_SCORE, score_names
from landbridge.screening.name import parse_name


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Kvarz Optics", "Kvraz Optics", "company"),
        ("Tomsk Cable Works", "Tosmk Cable Works", "company"),
        ("Oksana Drobot", "Oksana Dorbot", "person"),
        ("Оксана Шульга", "Оксана Шульаг", "person"),
        ("Pripyat Navigator", "Pripyat Navigaotr", "vessel"),
        ("Stanislav Korzhenevich", "Stanislav Korzhenwvich", "person"),
        ("Mikhail Savchuk", "Mikhail Savchk", "person"),
        ("Oleg Baranchuk", "Oleg Barandhuk", "person"),
        ("Aysel Rashid qizi Quliyeva", "Айсель Рашидовна Кулиева", "person"),
        ("Elnur Tofig oglu Mammadov", "Эльнур Тофиг оглы Мамедов", "person"),
        ("Sky Way Capital", "Скайвэй Капитал", "company"),
    ],
)
def test_a_slip_or_another_form_is_the_same(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Mykola Lysenko", "Николай Лысенков", "person"),
        ("Elnur Tofig oglu Mammadov", "Эльнур Рашид оглы Мамедов", "person"),
        ("Olga Marina", "Olga Maria", "person"),
        ("Zorvan Oy", "Zormak Oy", "company"),
    ],
)
def test_what_tells_two_names_apart_still_does(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score < MATCH_SCORE


@pytest.mark.parametrize(
    "form",
    [
        "GmbH & Co. KG",
        "KG",
        "Sp. z o.o.",
        "Spółka Akcyjna",
        "SAS",
        "EURL",
        "Oy",
        "ApS",
        "EOOD",
        "S.A. de C.V.",
        "Ltda",
        "S.L.",
        "Ltd. Şti.",
        "MMC",
        "OsOO",
        "PJS",
        "K.K.",
        "FLLC",
        "SZAO",
        "Zrt.",
        "DOOEL",
        "UAB",
        "SIA",
        "d.o.o.",
    ],
)
def test_a_legal_form_is_no_word_of_the_name(form: str) -> None:
    parsed = parse_name(f"Zorvanik {form}", "company")
    assert parsed.legal
    assert [token.text for token in parsed.tokens if token.weight >= 0.2] == ["Zorvanik"]


def test_a_short_form_before_a_name_is_a_word_of_it() -> None:
    assert not parse_name("MMC Norilsk", "company").legal
    assert not parse_name("KG Logistics", "company").legal
