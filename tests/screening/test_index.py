"""An index of entries: it finds what is there, and judges by day, measure and gate."""

from datetime import date

import pytest

from landbridge.domain.screening import ListedEntry
from landbridge.screening.index import ListIndex, index_names, judge_match
from landbridge.screening.match import BLOCK_SCORE, REVIEW_SCORE
from landbridge.screening.name import parse_name
from landbridge.screening.word_match import _is_mistyped

ENTRIES = (
    ListedEntry(
        entry_id="1",
        list_name="L",
        regime="US",
        names=("BELTAMOZHSERVICE", "RUE BELMYTSERVIS"),
        kind="company",
        countries=("BY",),
        listed_on=date(2023, 12, 5),
    ),
    ListedEntry(entry_id="2", list_name="L", regime="UK", names=("Russian Railways",), kind="company", listed_on=date(2022, 3, 24)),
    ListedEntry(
        entry_id="3",
        list_name="L",
        regime="US",
        names=("ARTAVIL",),
        kind="vessel",
        identifiers=(("imo", "9187629"),),
        listed_on=date(2012, 7, 12),
    ),
    ListedEntry(
        entry_id="4",
        list_name="L",
        regime="US",
        names=("IVANOV, Sergei Petrovich",),
        weak_names=("The Baker",),
        kind="person",
        delisted_on=date(2025, 1, 1),
    ),
)
INDEX = ListIndex(ENTRIES)
DAY = date(2026, 1, 1)


def ids(*asked, **more):
    return [match.entry_id for match in INDEX.find(*asked, **more)]


def test_any_spelling_finds_the_entry():
    for name in ("Белтаможсервис", "Biełmytservis", "Bel Tamozh Service", "beltamozhservis"):
        assert ids(name) == ["1"], name
    assert ids("РЖД") == ids("Российские железные дороги") == ["2"]


def test_another_name_finds_nothing():
    assert ids("Beltransservice") == []
    assert ids("Пакистанские железные дороги") == []


def test_an_identifier_finds_a_renamed_vessel():
    assert ids("Blue Pearl", "vessel", "", frozenset({("imo", "9187629")})) == ["3"]


def test_countries_are_evidence_for_and_against():
    here, nowhere, there = (INDEX.find("Beltamozhservis", "company", country)[0].score for country in ("BY", "", "BR"))
    assert here >= nowhere > there


def test_a_weak_alias_counts_less():
    match = INDEX.find("The Baker", "person")[0]
    assert match.score < 1
    assert any("weak" in row.feature for row in match.features)


def test_the_day_the_measure_and_the_gate_decide():
    match = INDEX.find("Beltamozhservice")[0]
    assert judge_match(match, None, DAY) == "blocked"
    assert judge_match(match, frozenset({"US"}), DAY) == "blocked"
    assert judge_match(match, frozenset({"UN"}), DAY) == "review"
    assert judge_match(match, None, date(2023, 12, 4)) == "clear"
    gone = INDEX.find("Иванов Сергей Петрович", "person")[0]
    assert judge_match(gone, None, DAY) == "clear"
    assert judge_match(gone, None, date(2024, 12, 31)) == "blocked"


def test_kept_keys_make_the_same_index():
    again = ListIndex(ENTRIES, list(index_names(ENTRIES)))
    assert again.find("Белмытсэрвіс") == INDEX.find("Белмытсэрвіс")


@pytest.mark.parametrize(
    "typed", ["KHAZAR SEA SHIPIPNG LINES", "Sharruof Khaled", "Dedov Mikhail Alkesandrovich", "K. Sharrouf", "Bel-shina", "بلشینا"]
)
def test_a_slip_of_the_hand_or_another_spelling_is_never_clear(typed: str) -> None:
    names = (("Khazar Sea Shipping Lines",), ("Sharrouf, Khaled",), ("Dedov, Mikhail Aleksandrovich",))
    belshina = (
        "Open Joint Stock Company ‘Belshina’",
        "Belshina OAO",
        "OJSC Belshina",
        "Belshina JSC",
        "ОАО ‘Белшина’",
        "Белшина",
        "Belshyna",
    )
    entries = tuple(
        ListedEntry(entry_id=str(number), list_name="L", regime="UN", names=one)
        for number, one in enumerate((*names, belshina, belshina, belshina, *((f"Firm number {count}",) for count in range(20))))
    )
    assert ListIndex(entries).find(typed)


@pytest.mark.parametrize(
    ("one", "other"), [("Marina Kovalenko", "Maria Kovalenko"), ("Ivan Petrov", "Ivan Petrova"), ("Naftan JSC", "Nafta JSC")]
)
def test_two_names_that_one_letter_tells_apart_are_no_slip(one: str, other: str) -> None:
    kind = "company" if "JSC" in one else "person"
    first, second = (parse_name(text, kind).tokens for text in (one, other))
    assert not any(_is_mistyped(*pair) for pair in zip(first, second, strict=True))


def test_a_name_of_marked_letters_is_read() -> None:
    """Once a letter that Łacinka has not, in a word that may be an adjective, was looked up without end."""
    for text in ("Öz Anadolu Nakliyat Şirketi", "Çukurova Sanskiy", "Čeljabinskij truboprokatnyj zavod", "Škoda Plzeňská"):
        assert parse_name(text, "company").tokens


def test_keys_of_one_word_count_once() -> None:
    """Names that share a trade share many keys of it; the one that shares the telling word alone is still looked at."""
    made = [
        f"{start}{middle}{end}"
        for start in ("ba", "do", "ku", "me", "zi")
        for middle in ("ta", "ro", "mi")
        for end in ("lek", "nov", "shin", "gul")
    ]
    names = ["رافدين", *(f"{name} Textile".title() for name in made), *made[:15]]
    entries = tuple(
        ListedEntry(entry_id=str(number), list_name="L", regime="UN", names=(text,), kind="company") for number, text in enumerate(names)
    )
    assert 0 in ListIndex(entries)._candidates(parse_name("Rafdin Textile", "company"))


def filler(count=50):
    return [entry(f"f{number}", f"Filler {number:03} Works") for number in range(count)]


def entry(entry_id, *names, kind="company", **more):
    return ListedEntry(entry_id=entry_id, list_name="l", regime="UN", names=names, kind=kind, **more)


def found(index, name, kind="company", identifiers=frozenset()):
    return {match.entry_id: match.score for match in index.find(name, kind, "", identifiers)}


def test_a_ship_is_known_by_its_number_though_the_list_tells_no_kind():
    index = ListIndex([entry("ship", "Zorvanik", kind="", identifiers=(("imo", "9187629"),)), *filler()])
    assert found(index, "Sea Rose", "vessel", frozenset({("imo", "9187629")}))["ship"] > 0.8


def test_delisted_namesakes_do_not_hide_one_that_is_listed():
    gone = [entry(f"gone{number}", "Ivan Petrov", kind="person", delisted_on=date(2020, 1, 1)) for number in range(9)]
    assert "here" in found(ListIndex([*gone, entry("here", "Ivan Petrov", kind="person"), *filler()]), "Ivan Petrov", "person")


def test_many_names_of_one_entry_do_not_hide_another():
    many = entry("many", *(f"Zorvanik Textile{more}" for more in ("", ".", ",", " A", " B", " C", " D", " E", " F", " G")))
    assert {"many", "other"} <= set(found(ListIndex([many, entry("other", "Zorvanik Textile Mills"), *filler()]), "Zorvanik Textile"))


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Zorvanik AD", "Zorvanik AD Beograd"), ("Zorvanik KG", "Zorvanik KG Spedition Berlin"),
        ("Zorvanik SAL", "Zorvanik SAL Offshore Beirut"), ("Zorvanik SAS", "Zorvanik SAS Maritime Marseille"),
    ],
)  # fmt: skip
def test_a_legal_form_before_the_town_is_a_legal_form(listed, asked):
    assert found(ListIndex([entry("x", listed), *filler()]), asked)["x"] >= 0.75


def test_the_father_is_known_before_qizi_at_the_end():
    index = ListIndex([entry("x", "Quliyeva Aysel Rashid qizi", kind="person"), *filler()])
    assert found(index, "Кулиева Айсель Рашидовна", "person")["x"] >= 0.8


KHAZAR = ListIndex([entry("ir", "Khazar Sea Shipping Lines", "Darya-ye Khazar Shipping Lines", countries=("IR",)), *filler()])


@pytest.mark.parametrize(
    "asked",
    [
        "Azerbaijan Caspian Shipping Company", "Азербайджанское Каспийское морское пароходство", "Caspian Sea Shipping Lines",
    ],
)  # fmt: skip
def test_names_that_only_mean_the_same_are_for_review_where_the_countries_differ(asked):
    nowhere, here, there = (KHAZAR.find(asked, "company", country)[0].score for country in ("", "IR", "AZ"))
    assert here >= nowhere >= BLOCK_SCORE > there >= REVIEW_SCORE


@pytest.mark.parametrize(
    "asked", ["Khazar Sea Shipping Lines", "Хазар Си Шиппинг Лайнз", "Khazar Sea Shipping Line", "Khazar Shipping Lines"]
)
def test_a_false_country_does_not_take_a_name_that_is_said_alike_out_of_the_block(asked):
    match = KHAZAR.find(asked, "company", "AZ")[0]
    assert judge_match(match, None, DAY) == "blocked"


def test_numbers_and_names_of_their_own_are_no_mere_meaning():
    index = ListIndex([entry("x", "Forty First Caspian Shipping Company", countries=("IR",)), *filler()])
    assert index.find("41 Khazar Shipping Company", "company", "AZ")[0].score >= BLOCK_SCORE
    index = ListIndex([entry("x", "Zorvanik Caspian Shipping Company", countries=("IR",)), *filler()])
    assert index.find("Зорваник Khazar Shipping Company", "company", "AZ")[0].score >= BLOCK_SCORE


def test_another_country_clears_nobody_who_would_be_for_review():
    index = ListIndex([entry("x", "Zorvanik Logistics", countries=("IR",)), *filler()])
    asked = "Zorvanik Crew"
    nowhere, there = (found(index, asked)["x"], index.find(asked, "company", "AZ")[0].score)
    assert 0.9 * nowhere < REVIEW_SCORE <= there <= nowhere


def test_what_is_remembered_is_what_was_found_and_no_more_than_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind and the country asked for tell questions about one name apart; what is remembered is bounded."""
    monkeypatch.setattr("landbridge.screening.index._MOST_FOUND", 3)
    asked = [(name, kind, country) for name in ENTRIES[0].names[:1] for kind in ("", "company", "person") for country in ("", "BY", "US")]
    index, looked_up = ListIndex(ENTRIES), []
    look_up = index._look_up
    monkeypatch.setattr(index, "_look_up", lambda *one: looked_up.append(one) or look_up(*one))
    assert [index.find(*one) for one in asked for _ in range(2)] == [ListIndex(ENTRIES).find(*one) for one in asked for _ in range(2)]
    assert len(looked_up) == len(asked)
    assert len(index._found) <= 3
