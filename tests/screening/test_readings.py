"""Other readings of a name: towns behind which a trade is written, words in pinyin, look-alikes, long vowels, phrases word by word."""

from __future__ import annotations

import pytest

from landbridge.domain.screening import ListedEntry
from landbridge.screening.compound import split_place
from landbridge.screening.index import ListIndex
from landbridge.screening.long_vowel import differ_in_long_vowels
from landbridge.screening.match import BLOCK_SCORE, MATCH_SCORE, score_names

SAME = [
    ("Mogilevglass OJSC", "ОАО «Могилёвстекло»", "company"),
    ("Azia Rail Express", "Азиярейлэкспресс", "company"),
    ("Zhongguo Tielu Jianshe Jituan", "China Railway Construction Group", "company"),
    ("Wuhan Hanyang Marine Engineering", "武汉汉阳海洋工程有限公司", "company"),
    ("Dar al-Salaam Trading", "دار السلام للتجارة", "company"),
    ("Punjab Cooperative Bank", "پنجاب کوآپریٹو بینک", "company"),
    ("Sunrise Motors Co", "旭日汽车有限公司", "company"),
    ("АО КБ «Заречный»", "Zarechny Commercial Bank JSC", "company"),
    ("ОАО «HOBA Трейд»", "Nova Trade OJSC", "company"),
    ("恒生置业有限公司", "Hang Sang Properties Ltd", "company"),
    ("Türkmenbaşynyň deňiz porty", "Turkmenbashi Sea Port", "company"),
    ("Гомельскі завод ліфтавага машынабудавання", "Gomelliftmash", "company"),
    ("ОАО «Гомельский электромеханический завод»", "JSC GEMZ", "company"),
    ("Sree Lakshmi Traders", "Shri Lakshmi Traders", "company"),
    ("ОАО «Российские сети»", "Rosseti", "company"),
    ("Сейітжан Омаров", "Seitzhan Omarov", "person"),
    ("ФГБУ «Морспасслужба»", "Sea Rescue Office (Morspassluzhba)", "company"),
    ("Завод им. Ленина ордена Трудового Красного Знамени «Вымпел»", "Vympel Plant", "company"),
    ("National Bank of Pakistan", "نیشنل بینک آف پاکستان", "company"),
    ("State Grid Corporation of China", "国家电网公司", "company"),
    ("Golden Grain Elevator", "Элеватор «Золотое зерно»", "company"),
    ("Anadolu Gemi İşletmeciliği T.A.Ş.", "Anadolu Ship Management", "company"),
    ("Roman GOVOR", "Роман ГOBOP", "person"),  # four letters are Latin
    ("Abolhasan Karimi", "ابو الحسن کریمی", "person"),
    ("Abu Hasan Karimi", "ابوالحسن کریمی", "person"),
    ("Peter LOOS", "Петер ЛООС", "person"),
    ("Volha Aliaksandrauna Hryb", "Вольга Аляксандравна Грыб", "person"),
    ("Shch. Kavalenka", "Щасны Каваленка", "person"),
    ("Alla Hryb", "Алла Грыб", "person"),
    ("Abdallah Hasan", "Абд Алла Хасан", "person"),
    ("Rashid Karimi", "راشد کریمی", "person"),
]
OTHER = [
    ("Запоріжсталь", "Zaporozhkoks", "company"),
    ("Westintertrans LLC", "ООО «Остинтертранс»", "company"),
    ("Export Development Bank of Asia", "Cooperative Development Bank of Asia", "company"),
    ("Minsk Motor Plant", "Минский автомобильный завод", "company"),
    ("恒生置业有限公司", "Hang Lung Properties Ltd", "company"),
    ("Гомельскі завод ліфтавага машынабудавання", "Gomelselmash", "company"),
    ("State Bank of Pakistan", "نیشنل بینک آف پاکستان", "company"),
    ("Belarusian State University", "Белорусский национальный университет", "company"),
    ("Bank of China (Hong Kong)", "Hong Kong Bank", "company"),
    ("Hanna Hryb", "Алла Грыб", "person"),
    ("Mohammad Karimi", "محمود کریمی", "person"),
    ("Sulaiman Karimi", "سلمان کریمی", "person"),
    ("海珠", "HAIYUE", "vessel"),
]


@pytest.mark.parametrize(("left", "right", "kind"), SAME)
def test_one_party(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score >= MATCH_SCORE
    assert score_names(right, left, kind).score == score_names(left, right, kind).score


@pytest.mark.parametrize(("left", "right", "kind"), OTHER)
def test_another_party(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score < MATCH_SCORE


@pytest.mark.parametrize("asked", ["ОАО «HOBA Трейд»", "Nova Trade", "ОАО «Нова Трейд»"])
def test_a_word_in_the_look_alikes_of_the_other_alphabet_is_found(asked: str) -> None:
    index = ListIndex((ListedEntry(entry_id="one", list_name="list", regime="UN", names=("ОАО «Нова Трейд»",), kind="company"),))
    assert [match.entry_id for match in index.find(asked, "company")] == ["one"]


def test_long_vowels_tell_names_only_where_both_scripts_write_them() -> None:
    assert differ_in_long_vowels("salman", "سلیمان")
    assert differ_in_long_vowels("hossein", "حسن")
    assert not differ_in_long_vowels("rashid", "راشد")
    assert not differ_in_long_vowels("said", "سعید")
    assert not differ_in_long_vowels("mohammed", "محمد")
    assert not differ_in_long_vowels("javad", "محمود")  # other consonants: not told


def test_a_town_and_a_trade_written_as_one() -> None:
    assert split_place("гомельстекло") == split_place("gomelglass") == ("p:gomel", "glass")
    assert split_place("гомельский") == ()


def test_a_name_in_brackets_alone_never_blocks() -> None:
    found = score_names("Sea Rescue Office (Morspassluzhba)", "ФГБУ «Морспасслужба»", "company")
    assert MATCH_SCORE <= found.score < BLOCK_SCORE
    assert "a name in brackets" in {feature.feature for feature in found.features}
