"""An index proposes what the comparison matches: each listed name is compared with each name asked for, one by one, and none is lost."""

import random

import pytest

from landbridge.domain.screening import ListedEntry
from landbridge.screening.compare import compare_names
from landbridge.screening.index import ListIndex
from landbridge.screening.match import REVIEW_SCORE
from landbridge.screening.name import parse_name

GIVEN = ["Ivan", "Иван", "Sergei", "Сергей", "Siarhiej", "Mohammad", "محمد", "Ali", "علی", "Ahmad Reza", "Ibrahim", "Вера", "Wei", "伟"]
FAMILY = [
    "Petrov", "Петров", "Tikhanovsky", "Тихановский", "Cichanoŭski", "Mahmoud-Zadeh", "Mahmoudzadeh", "محمودزاده", "Lavrov", "拉夫罗夫",
    "Gruzdev", "Груздев", "Kathim", "کاظم", "Wang", "王", "Ван", "Halouchanka", "Головченко", "Khairkhwa", "خیرخواه",
]  # fmt: skip
FATHER = ["", "", "", "Petrovich", "Петрович", "S.", "С."]
BRANDS = [
    "Zorvanik", "Зорваник", "Rudziensk", "Руденск", "Sina", "سینا", "Kombinat", "Tehno Nikol", "ТехноНИКОЛЬ", "Etihad", "الاتحاد",
    "Belshina", "Белшина", "Askari", "阿斯卡里", "Galați", "Galati", "Gomel", "Гомель", "Beltransservice", "FESCO", "Smederevo",
]  # fmt: skip
TRADES = [
    "Bank", "بانک", "银行", "Shipping", "Шиппинг", "Steel Works", "Сталь", "Refinery", "Trading House", "торговый дом", "Gas", "газ",
    "Machinery Plant", "машиностроительный завод", "Railways", "железные дороги", "Logistics", "логистика", "", "",
]  # fmt: skip
FORMS = ["", "", "LLC", "ООО", "JSC", "ОАО"]


def make_names(seed: int, count: int) -> list[tuple[str, str]]:
    """Made-up names of people and firms of few words in several scripts, so that many are nearly one."""
    dice = random.Random(seed)
    names = {}
    while len(names) < count:
        if dice.random() < 0.5:
            words = dice.choice(GIVEN), dice.choice(FATHER), dice.choice(FAMILY)
            names[" ".join(filter(None, words)), "person"] = None
        else:
            words = dice.choice(FORMS), dice.choice(BRANDS), dice.choice(TRADES)
            names[" ".join(filter(None, words)), "company"] = None
    return list(names)


def make_index(names: list[tuple[str, str]]) -> ListIndex:
    return ListIndex(
        tuple(
            ListedEntry(entry_id=str(number), list_name="l", regime="UN", names=(text,), kind=kind)
            for number, (text, kind) in enumerate(names)
        )
    )


@pytest.mark.parametrize("seed", range(4))
def test_no_match_is_lost(seed: int) -> None:
    listed = make_names(seed, 120)
    index = make_index(listed)
    parsed = [parse_name(text, kind) for text, kind in listed]
    lost = []
    for text, kind in make_names(seed + 100, 25):
        found = {match.entry_id for match in index.find(text, kind)}
        asked = parse_name(text, kind)
        for number, other in enumerate(parsed):
            if other.kind == kind and str(number) not in found and compare_names(asked, other).score >= REVIEW_SCORE:
                lost.append((text, other.text))
    assert not lost


@pytest.mark.parametrize("seed", range(3))
def test_no_score_is_above_its_bound(seed: int) -> None:
    listed = make_names(seed, 60)
    index = make_index(listed)
    for text, kind in make_names(seed + 50, 20):
        asked = parse_name(text, kind)
        for number, bound in index._candidates(asked, text, kind, REVIEW_SCORE):
            if listed[number][1] == kind:
                assert compare_names(asked, parse_name(*listed[number])).score <= bound + 0.05


@pytest.mark.parametrize(
    ("asked", "listed", "kind"),
    [
        ("Sina Bank", "بانک سینا", "company"), ("ОАО «Руденск»", "Rudziensk", "company"), ("Askari Bank", "阿斯卡里银行", "company"),
        ("ПАО «Современный коммерческий флот»", "PJSC Sovcomflot", "company"), ("Sevmorput", "Северный морской путь", "company"),
        ("Tehno Nikol", "ТехноНИКОЛЬ", "company"), ("Etihad Rail Company", "شركة الاتحاد للقطارات", "company"),
        ("Siarhiej Cichanoŭski", "S. Tikhanovsky", "person"), ("Люй Бинь", "Lü Bin", "person"), ("Jack Ma Yun", "马云", "person"),
        ("Sergey Lavrov", "谢尔盖·拉夫罗夫", "person"), ("Halina Viktarauna Zhukouskaya", "Zhukovskaya G.V.", "person"),
        ("Kombinat Sp. z o.o.", "Комбинат ООО", "company"), ("Galati Steel Plant", "Combinatul Siderurgic Galați", "company"),
        ("Naftan Refinery", "Нафтан", "company"), ("Dena", "دنا", "vessel"), ("Ezz Steel", "حديد عز", "company"),
    ],
)  # fmt: skip
def test_a_match_among_many_namesakes_is_proposed(asked: str, listed: str, kind: str) -> None:
    """Names that the index of keys lost: sounds without a common key, or more names than it compared that shared a word."""
    words = [word for word in (*asked.split(), *listed.split()) if len(word) > 2]
    others = [(f"{word} {other}", kind) for word in words for other in (*BRANDS, *FAMILY)]
    index = make_index([(listed, kind), *others])
    assert "0" in {match.entry_id for match in index.find(asked, kind)}
