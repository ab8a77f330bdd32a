"""Trades in the languages of the corridor, and what stays a name of its own."""

from __future__ import annotations

import pytest

from landbridge.screening.match import BLOCK_SCORE, MATCH_SCORE, score_names

SAME = [
    ("Khorasan Saffron Exporters Union", "اتحادیه صادرکنندگان زعفران خراسان"),
    ("Kazakhstan Entrepreneurs Chamber", "Палата предпринимателей Казахстана"),
    ("Minsk Calibration Plant", "Минский калибровочный завод"),
    ("Karshi Cotton Ginnery", "Каршинский хлопкозавод"),
    ("Peasant Farm Vasilyok", "Крестьянское (фермерское) хозяйство «Василек»"),
    ("Shandong Ocean Shipping Tally Company", "山东外轮理货公司"),
    ("Borisov Tally Company", "Борисовская тальманская компания"),
    ("Karachi Towel Mills", "کراچی تولیہ ملز"),
    ("Tabriz Incubator Company", "شرکت جوجه‌کشی تبریز"),
    ("Zhytomyr Gift Factory", "Житомирська фабрика подарунків"),
    ("Golden Eagle Company", "金雕公司"),
    ("Минский чугунолитейный завод", "Мінскі чыгуналіцейны завод"),
    ("Sterlitamak Soda Ash", "Стерлитамакский завод кальцинированной соды"),
    ("Pavlodar Alumina Plant", "Павлодарский глинозёмный завод"),
    ("Kazan Ironworks", "Казанский металлургический завод"),
    ("Kyiv Mint", "Київський монетний двір"),
]
APART = [
    ("Minsk Calibration Plant", "Минский крановый завод"),
    ("Karachi Towel Mills", "کراچی شوگر ملز"),
    ("Shandong Ocean Shipping Tally Company", "山东外轮代理公司"),
    ("Khorasan Saffron Exporters Union", "اتحادیه واردکنندگان زعفران خراسان"),
    ("Guinea Bauxite", "Guinea Alumina"),
    ("Kyiv Treasury", "Київський монетний двір"),
]
NAMES = [
    "Grove Ltd",
    "ООО «Пинта»",
    "Baraka Trading",
    "شرکت برکت",
    "Barys LLP",
    "Lynx LLC",
    "Pier CJSC",
    "Fraternity Ltd",
    "ООО «Печник»",
    "Jute Co",
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_a_trade_is_known_in_both_languages(left: str, right: str) -> None:
    assert score_names(left, right, "company").score >= MATCH_SCORE


@pytest.mark.parametrize(("left", "right"), APART)
def test_another_trade_is_another_firm(left: str, right: str) -> None:
    assert score_names(left, right, "company").score < MATCH_SCORE


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["company", "", "vessel"])
def test_a_word_of_trade_alone_is_a_name(name: str, kind: str) -> None:
    assert score_names(name, name, kind).score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right"), [("Baraka Trading", "شركة بركة للتجارة"), ("Barys LLP", "ТОО «Барыс»"), ("Chinar LLC", "ООО «Чинар»")]
)
def test_a_word_of_trade_is_still_read_by_its_sound(left: str, right: str) -> None:
    assert score_names(left, right, "company").score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Sumitomo Metal Mining", "住友金属矿业株式会社"),
        ("Hitachi Construction Machinery", "日立建机"),
        ("Asian Infrastructure Investment Bank", "亚投行"),
        ("KTZ Freight Transportation", "ҚТЖ – Жүк тасымалы"),
        ("Fabryka Maszyn Rolniczych Białystok", "Белостокский завод сельскохозяйственных машин"),
        ("Tojikiston Security Company", "Ширкати амнияти Тоҷикистон"),
        ("Letian Trading", "乐天贸易"),
        ("Dayu Logistics", "大宇物流"),
    ],
)
def test_makers_and_words_of_other_languages_are_known(left: str, right: str) -> None:
    assert score_names(left, right, "company").score >= MATCH_SCORE


def test_two_makers_of_japan_are_two() -> None:
    assert score_names("Sumitomo Metal Mining", "三井金属矿业株式会社", "company").score < MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Bank of Communications", "交通银行"),
        ("Agricultural Bank of China", "中国农业银行"),
        ("China Railway Express", "中铁快运"),
        ("Sevmash Shipyard", "Производственное объединение «Севмаш»"),
        ("Devlet Hava Meydanları İşletmesi", "State Airports Authority"),
        ("Türkiye Petrolleri Anonim Ortaklığı", "Turkish Petroleum Corporation"),
        ("Hatay Zeytinyağı Kooperatifi", "Кооператив оливкового масла Хатай"),
        ("Österreichische Bundesbahnen", "Austrian Federal Railways"),
        ("Emirates Transport", "مواصلات الإمارات"),
    ],
)
def test_enterprises_of_the_state_and_banks_are_known(left: str, right: str) -> None:
    assert score_names(left, right, "company").score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Sany Heavy Industry", "三环重工"),
        ("Bank of Communications", "招商银行"),
        ("Agricultural Bank of China", "俄罗斯农业银行"),
        ("China Exim Bank", "韩国进出口银行"),
    ],
)
def test_kindred_chinese_firms_are_two(left: str, right: str) -> None:
    assert score_names(left, right, "company").score < MATCH_SCORE


@pytest.mark.parametrize(("left", "right"), [("Al-Nahda Cement Company", "شركة اسمنت النهضة"), ("Etemad Trading", "شرکت تجارت اعتماد")])
def test_a_word_that_is_mostly_written_by_its_sound_is_surely_found(left: str, right: str) -> None:
    assert score_names(left, right, "company").score >= BLOCK_SCORE
