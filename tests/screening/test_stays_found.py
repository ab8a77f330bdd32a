"""Names that were found once and were lost to a finer reading: a word as it stands counts beside what it means."""

from __future__ import annotations

import pytest

from landbridge.domain.screening import ListedEntry
from landbridge.screening.index import ListIndex
from landbridge.screening.match import BLOCK_SCORE, MATCH_SCORE, REVIEW_SCORE, score_names
from landbridge.screening.name import parse_name
from landbridge.screening.name_keys import grouped_keys, name_keys

FOUND = [
    ("Abol Ghasem Rezai", "ابوالقاسم رضایی", "person"),
    ("Abul Hassan Nasiri", "ابوالحسن نصیری", "person"),
    ("Ali Abu'l Hassan", "علی ابوالحسن", "person"),
    ("Reza Abol Fazl", "رضا ابوالفضل", "person"),
    ("Mohammed Abul Kheir", "محمد ابوالخير", "person"),
    ("Абуль Хасан Насири", "ابوالحسن نصیری", "person"),
    ("Абулхасан Насири", "ابوالحسن نصیری", "person"),
    ("محمد ابولقاسم", "محمد ابوالقاسم", "person"),
    ("محمد ابوالقاسم", "محمد بوالقاسم", "person"),
    ("محمد ابوالقاسم", "محمد ابوالقسم", "person"),
    ("محمد أبو اليزيد", "محمد ابواليزيد", "person"),
    ("Ali Abu al-Hassan", "علی ابوالحسن", "person"),
    ("راضي عبد السميع أبوواليزيد العياشي", "راضي عبد السميع أبواليزيد العياشي", "person"),
    ("Bahman Motor", "Bahman Motor Co", "company"),
    ("Great Wall Motor", "Great Wall Motor Co., Ltd", "company"),
    ("Dongfeng Motor", "Dongfeng Motor Corporation", "company"),
    ("BAIC Motor", "BAIC Motor Corporation Ltd", "company"),
    ("Foton Motor", "Foton Motor Group", "company"),
    ("Indus Motor", "Indus Motor Company", "company"),
    ("Ford Motor", "Ford Motor Company", "company"),
    ("Motor", "Motor Co., Ltd.", "company"),
    ("Amur GPZ", "Амурский ГПЗ", "company"),
    ("Orenburg GPZ", "Оренбургский ГПЗ", "company"),
    ("Astrakhan GPZ", "Астраханский ГПЗ", "company"),
    ("Sosnogorsk GPZ", "Сосногорский ГПЗ", "company"),
    ("Atp", "Атп", "company"),
    ("Ppzht", "Ппжт", "company"),
    ("Autapark", "Аўтапарк", "company"),
    ("Gazaperapratsouchy", "Газаперапрацоўчы", "company"),
    ("ATP LLC", "ООО «АТП»", "company"),
    ("Joint Company Elektrotyaga", "Joint Stock Company ‘Elektrotyaga’", "company"),
    ("Elektrotyaga Company Stock Joint", "АО «Электротяга»", "company"),
    ("Elektrotyaga JSC", "АО «Электротяга»", "company"),
    ("Belavia State Airline", "Belavia National Airline", "company"),
    ("Национальная авиакомпания Белавиа", "Государственная авиакомпания Белавиа", "company"),
    ("Promzheldortrnas", "Promzheldortrans OJSC", "company"),
    ("Рыбоперерабатывиющий", "Рыбоперерабатывающий", "company"),
    ("Brestsnina", "Brestshina", "company"),
    ("Nordtrani", "Nordtrans", "company"),
    ("Автовост", "Автовест", "company"),
    ("yOlfish", "Oylfish", "company"),
]
APART = [
    ("АО «Электротяга»", "Electric LLC", "company"),
    ("State Bank of Pakistan", "National Bank of Pakistan", "company"),
    ("Amur GPZ", "Оренбургский ГПЗ", "company"),
    ("Минскмебель", "Пинскмебель", "company"),
    ("Агромед", "Агромет", "company"),
    ("Bahman Motor Co", "Ford Motor Company", "company"),
    ("Abul Hassan Nasiri", "ابوالفضل نصیری", "person"),
]


@pytest.mark.parametrize(("left", "right", "kind"), FOUND)
def test_the_same_party_is_at_least_looked_at(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score >= REVIEW_SCORE


@pytest.mark.parametrize(("left", "right", "kind"), FOUND)
def test_the_index_finds_it_among_others(left: str, right: str, kind: str) -> None:
    others = [right, *(other for _, other, other_kind in FOUND if other_kind == kind and other != right)]
    assert _finds(left, others, kind)


@pytest.mark.parametrize(("asked", "listed", "kind"), [("MT Амур-2526", "Амур-2526", "vessel"), ("Sem pyatnits", "Сем пятніц", "company")])
def test_another_reading_of_a_name_hides_no_entry(asked: str, listed: str, kind: str) -> None:
    assert _finds(asked, [listed, *_LIKE_IT], kind)


@pytest.mark.parametrize(("left", "right", "kind"), APART)
def test_another_party_is_not_blocked(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score < BLOCK_SCORE


def test_a_phrase_held_word_by_word_makes_no_two_firms_one() -> None:
    assert score_names("Askari General Insurance", "عسکری لائف انشورنس", "company").score < REVIEW_SCORE


def test_national_and_state_are_two_where_only_a_country_is_shared() -> None:
    assert score_names("State Bank of Pakistan", "National Bank of Pakistan", "company").score < REVIEW_SCORE


_LIKE_IT = [
    *(f"{word} Амур" for word in ("СКФ", "Совфрахт", "Мост", "Метеор", "Нева", "Катран", "Тайфун", "Вымпел", "Рубин", "Заря")),
    *(f"{word} {end}" for word in ("MT", "МТ", "Мат", "Мит") for end in ("Рубин", "System", "Север", "Моряк", "Альфа")),
    *(f"{word} {end}" for word in ("Sam", "Sami", "Sima", "Sum", "Asma") for end in ("Nun", "Patin", "Munir", "Jamil", "Apsny", "Pyat")),
    *("Roman PTITSYN", "Roman PTITSYNA", "Kontur SPB", "Альфа СПБ"),
]


def _finds(asked: str, names: list[str], kind: str) -> bool:
    entries = [
        ListedEntry(entry_id=str(number), list_name="T", regime="UN", program="", measure="freeze", kind=kind, names=(name,))
        for number, name in enumerate(names)
    ]
    return any(match.entry_id == "0" for match in ListIndex(entries).find(asked, kind))


@pytest.mark.parametrize(
    ("name", "former", "other"),
    [
        ("Delight (ex Iran Arak)", "Iran Arak", "Iran Kashan"),
        ("Delight (ex-Arak 2)", "Arak 2", "Arak 3"),
        ("Delight (formerly FPSO Kuito)", "Kuito", "Kizomba"),
        ("Delight (fka Iran Arak)", "Iran Arak", "Iran Kashan"),
        ("Delight (f/k/a Arak 2)", "Arak 2", "Arak 3"),
        ("Дельта (бывш. Иран Арак)", "Иран Арак", "Иран Кашан"),
        ("Дельта (экс-Арак 2)", "Арак 2", "Арак 3"),
        ("Дельта (быв. Арак 2)", "Арак 2", "Арак 3"),
        ("Дельта (б. Арак 2)", "Арак 2", "Арак 3"),
    ],
)
def test_a_former_name_in_brackets_is_a_name(name: str, former: str, other: str) -> None:
    assert MATCH_SCORE <= score_names(name, former, "vessel").score < BLOCK_SCORE
    assert score_names(name, other, "vessel").score < MATCH_SCORE


def test_what_stands_before_a_former_name_is_no_part_of_the_name_of_a_firm() -> None:
    assert MATCH_SCORE <= score_names("Delta Trading (ex-Sahand)", "Sahand", "company").score < BLOCK_SCORE
    assert score_names("Delta Trading (ex-Sahand)", "Sabalan", "company").score < MATCH_SCORE
    assert score_names("Дельта (б. Капитал)", "Капитал", "company").score >= MATCH_SCORE
    assert score_names("Дельта (Б Капитал)", "Капитал", "company").score < MATCH_SCORE


@pytest.mark.parametrize(
    ("short", "whole", "other", "kind"),
    [
        ("Adm. Makarov", "Адмирал Макаров", "Адмирал Ушаков", "vessel"),
        ("Akad. Fedorov", "Академик Фёдоров", "Академик Келдыш", "vessel"),
        ("FPSO Kuito", "Kuito", "Kizomba", "vessel"),
        ("Mst. Rukhsana Bibi", "مسماۃ رخسانہ بی بی", "مسماۃ فرزانہ بی بی", "person"),
    ],
)
def test_ranks_types_of_ship_and_titles_are_known_as_they_are_shortened(short: str, whole: str, other: str, kind: str) -> None:
    assert score_names(short, whole, kind).score >= MATCH_SCORE
    assert score_names(short, other, kind).score < MATCH_SCORE


@pytest.mark.parametrize(
    ("asked", "listed", "kind", "key"),
    [
        ("Xu Jiayin", "许家印", "person", "pxujiayin"),
        ("Jiayin Xu", "许家印", "person", "pxujiayin"),
        ("Xiao Ming Wang", "王小明", "person", "pwangxiaoming"),
        ("Чжао Гоцян", "赵国强", "person", "pzhaoguoqiang"),
        ("Al Safliya", "السافلية", "vessel", "ssvl"),
        ("Fauji Cement", "فوجی سیمنٹ", "company", "svs"),
    ],
)
def test_a_name_and_its_other_writing_share_a_telling_key(asked: str, listed: str, kind: str, key: str) -> None:
    assert key in set(name_keys(parse_name(asked, kind))) & set(name_keys(parse_name(listed, kind)))
    assert _finds(asked, [listed, *_LIKE_IT], kind)


@pytest.mark.parametrize(
    ("asked", "listed", "kind", "key"),
    [
        ("Amirreza Haji Zadeh", "Amir Reza Hajizadeh", "person", "smrs"),
        ("Chan Siu-man", "陳小文", "person", "pchenxiaowen"),
        ("陳小文", "Chan Siu-man", "person", "hchansiuman"),
        ("John Lee Ka-chiu", "李家超", "person", "plijiachao"),
        ("Faiz", "فيض", "company", "svs"),
        ("Mílavica", "Milavitsa", "company", "smlvs"),
        ("Białystok Cementownia", "Belostok Cement", "company", "ccement"),
        ("Bayerische Landesbank", "Bavarian State Bank", "company", "ebavarian"),
        ("Kieler Hafen", "Kiel Port", "company", "wkiel"),
        ("Донречфлот", "Don River Fleet", "company", "criver"),
        ("Belarusian Automobile Plant", "БелАЗ", "company", "abaz"),
        ("Baltic Grain Terminal", "БЗТ", "company", "abzt"),
        ("НКМК", "Новокузнецкий металлургический комбинат", "company", "ikkmn"),
        ("الشركة السورية لتوزيع الغاز", "SCGD", "company", "acdgs"),
        ("МЗАЛ", "Minsk Automatic Lines Plant", "company", "ialmz"),
        ("Руденск", "Rudziensk", "company", "srtnsg"),
        ("Siarhiej Cichanoŭski", "S. Tikhanovsky", "person", "stgnvsg"),
        ("Zhukovskaya G.V.", "Halina Viktarauna Zhukouskaya", "person", "ssgvsg"),
        ("Церашчанка", "Tereshchenko", "person", "strssng"),
        ("Kombinat", "Комбинат ООО", "company", "=sgmbnt"),
        ("Dena", "دنا", "vessel", "=stn"),
        ("Амур-2551", "آمور ۲۵۵۱", "vessel", "d2551"),
    ],
)
def test_a_name_and_its_other_writing_share_a_key_of_whole_words(asked: str, listed: str, kind: str, key: str) -> None:
    keys = {one for group in grouped_keys(parse_name(asked, kind)).values() for one in group}
    assert key in keys & set(name_keys(parse_name(listed, kind)))


def test_a_name_of_another_kind_crowds_out_none_of_its_own() -> None:
    """Six firms and a person bear both words: who is of the kind asked for stands first."""
    firms = [f"Zorvanik Petr {word}" for word in ("Steel", "Oil", "Bank", "Cement", "Grain", "Wood")]
    names = [*((name, "company") for name in (*firms, *(f"Filler {count}x" for count in range(60)))), ("Зорваник Пётр", "person")]
    index = ListIndex(
        ListedEntry(entry_id=str(number), list_name="T", regime="UN", names=(name,), kind=kind) for number, (name, kind) in enumerate(names)
    )
    parsed = parse_name("Zorvanik Petr", "person")
    person = len(names) - 1
    assert index._candidates(parsed, "person")[0] == person
    assert index._candidates(parsed, "company")[0] != person


def test_initials_find_an_acronym_that_many_names_stand_before() -> None:
    words = ("Bread", "Cable", "Cement", "Glass", "Grain", "Milk", "Motor", "Paper", "Salt", "Steel", "Sugar", "Timber", "Wood", "Yarn")
    names = ["HFZA", *(f"Hamriyah Free {word} Zone" for word in words), *(f"Hamriyah {word} Free Zone Authority" for word in words)]
    assert _finds("Hamriyah Free Zone Authority", names, "company")
