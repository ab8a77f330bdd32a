"""How characters are read and cut into words."""

from __future__ import annotations

import pytest

from landbridge.screening.match import MATCH_SCORE, score_names

APART = [("Zhang Guoqing", "张国胜", "person"), ("Liu Mengxiang", "刘明祥", "person"), ("Wang Tiaoying", "王超英", "person")]
SAME = [
    ("Zhang Guosheng", "张国胜", "person"),
    ("Chen Changle", "陈长乐", "person"),
    ("Chen Zhangle", "陈长乐", "person"),
    ("Qiu Hanbing", "仇汉兵", "person"),
    ("Ou Xiaoming", "区小明", "person"),
]


@pytest.mark.parametrize(("left", "right", "kind"), APART)
def test_readings_of_old_books_make_no_two_names_one(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score < MATCH_SCORE


@pytest.mark.parametrize(("left", "right", "kind"), SAME)
def test_readings_in_use_are_all_tried(left: str, right: str, kind: str) -> None:
    assert score_names(left, right, kind).score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("left", "right"),
    [("Chongqing Changan Minsheng Logistics", "重庆长安民生物流股份有限公司"), ("Pakistan Ordnance Factories", "巴基斯坦兵工厂")],
)
def test_a_word_that_would_cut_another_is_none(left: str, right: str) -> None:
    assert score_names(left, right, "company").score >= MATCH_SCORE


@pytest.mark.parametrize(
    ("english", "own", "other"),
    [
        ("North China Pharmaceutical", "华北制药", "华南制药"),
        ("Central China Steel", "华中钢铁", "华东钢铁"),
        ("Huabei Pharmaceutical", "华北制药", "华南制药"),
        ("Seven Stars Logistics", "七星物流", "九星物流"),
        ("Two Rivers Logistics", "两河物流", "三河物流"),
        ("Five Oceans Shipping", "五洋航运", "七洋航运"),
        ("Ten Rivers Logistics", "十河物流", "九河物流"),
        ("Hundred Rivers Logistics", "百河物流", "千河物流"),
        ("Thousand Mountains Cement", "千山水泥", "百山水泥"),
        ("West China Cement", "华西水泥", "华东水泥"),
    ],
)
def test_parts_of_china_and_counted_things_are_known(english: str, own: str, other: str) -> None:
    assert score_names(english, own, "company").score >= MATCH_SCORE
    assert score_names(english, other, "company").score < MATCH_SCORE


def test_numbers_before_what_they_count_are_known_in_every_case() -> None:
    assert score_names("Two Rivers Logistics", "ООО «Две реки Логистик»", "company").score >= MATCH_SCORE
    assert score_names("Two Rivers Logistics", "ООО «Три реки Логистик»", "company").score < MATCH_SCORE
