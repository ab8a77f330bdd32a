"""Rows that are typed: places as a question understands them, names instead of ids, faults by row and column."""

import pytest

from landbridge import planner
from landbridge.domain.errors import DataError
from landbridge.planner import tasks
from landbridge.planner.question import Question, ask
from landbridge.planner.shipment_rows import name_rows, show_rows, take_rows


@pytest.fixture(scope="module")
def feed():
    return tasks.keep_feed("belarus-pakistan")


@pytest.mark.parametrize("text", ["BYMSQ", "Минск", "Mnisk", "minsk", "Babruysk"])
def test_a_place_means_what_it_means_in_a_question(feed, text):
    row = show_rows(feed)[0] | {"from_place_id": text}
    joined = planner.join_world_places(feed, (text, "PKLHE"))
    assert take_rows(feed, [row]).shipments[0].from_place_id == ask(joined, Question(origin=text, destination="PKLHE")).origin_id


def test_a_place_that_nobody_knows_is_told_with_the_closest(feed):
    rows = [show_rows(feed)[0] | {"from_place_id": "Xyzzyville", "to_place_id": "Qqqqq"}]
    with pytest.raises(DataError) as caught:
        take_rows(feed, rows)
    assert {(one.row, one.column) for one in caught.value.findings} == {(1, "from_place_id"), (1, "to_place_id")}
    assert all("the closest are" in one.fix for one in caught.value.findings)


def test_rows_by_name_are_the_same_shipments(feed):
    rows = show_rows(feed)
    named = name_rows(feed, rows)
    assert named[0]["from_place_id"] == "Minsk"
    assert named != rows
    assert [row.shipment_id for row in take_rows(feed, named).shipments] == [row["shipment_id"] for row in rows]
    assert show_rows(take_rows(feed, named)) == show_rows(take_rows(feed, rows))


def test_companies_that_the_feed_lacks_become_parties_that_are_screened_by_name(feed):
    from datetime import date

    from landbridge.planner.gate import gate_dataset

    row = show_rows(feed)[0]
    rows = [row | {"shipper_id": "Khazar Sea Shipping Lines"}, row | {"shipment_id": "b", "shipper_id": "Lahore Spice Import"}]
    changed = take_rows(feed, rows)
    listed, plain = (changed.party_by_id[one.shipper_id] for one in changed.shipments)
    assert (listed.name, plain.name) == ("Khazar Sea Shipping Lines", "Lahore Spice Import")
    assert changed.digest != take_rows(feed, [row]).digest
    query = ask(changed, Question(origin="Minsk", destination="Lahore", shipper=plain.party_id))
    assert query.as_of >= date(2026, 11, 24)
    gated = {one.party_id for one in gate_dataset(changed, query).watchlist}
    assert listed.party_id in gated
    assert plain.party_id not in gated


def test_the_same_company_in_two_rows_is_one_party(feed):
    row = show_rows(feed)[0]
    rows = [row | {"shipper_id": "Lahore Spice Import"}, row | {"shipment_id": "b", "shipper_id": "LAHORE Spice import"}]
    changed = take_rows(feed, rows)
    assert len({one.shipper_id for one in changed.shipments}) == 1
    assert len(changed.parties) == len(feed.parties) + 1


@pytest.mark.parametrize("text", ["Неколайн", "Neko Layn"])
def test_a_slip_in_the_name_of_a_party_of_the_feed_makes_no_new_one(feed, text):
    with pytest.raises(DataError) as caught:
        take_rows(feed, [show_rows(feed)[0] | {"shipper_id": text}])
    assert [(one.row, one.column) for one in caught.value.findings] == [(1, "shipper_id")]
    assert "may be Neco Line of the feed" in caught.value.findings[0].message


def test_a_name_that_cannot_be_screened_is_no_company(feed):
    with pytest.raises(DataError) as caught:
        take_rows(feed, [show_rows(feed)[0] | {"consignee_id": "777"}])
    assert "nothing can be said" in caught.value.findings[0].message


def test_days_and_numbers_are_read_as_spreadsheets_write_them(feed):
    row = show_rows(feed)[0] | {"ready_on": "5.12.2026", "due_on": "01.02.2027", "mass_kg": "936\u00a0000", "hs": "8701.20"}
    found = take_rows(feed, [row]).shipments[0]
    assert (found.ready_on.isoformat(), found.due_on.isoformat(), found.mass_kg, found.hs) == (
        "2026-12-05",
        "2027-02-01",
        936_000,
        "870120",
    )


@pytest.mark.parametrize(("column", "text"), [("ready_on", "12/05/2026"), ("mass_kg", "30,000"), ("ready_on", "32.12.2026")])
def test_what_could_mean_two_things_is_a_fault(feed, column, text):
    with pytest.raises(DataError) as caught:
        take_rows(feed, [show_rows(feed)[0] | {column: text}])
    assert [(one.row, one.column) for one in caught.value.findings] == [(1, column)]


def make_list(monkeypatch, home, *entries):
    """A home with one imported list of these entries: name, kind."""
    from landbridge.domain.screening import ListedEntry, ListEdition
    from landbridge.planner.list_keys import make_keys
    from landbridge.store.lists import save_list

    monkeypatch.setenv("LANDBRIDGE_HOME", str(home))
    found = tuple(
        ListedEntry(
            entry_id=str(number), list_name="Made", regime="UN", names=(name,), kind=kind, measure=measure, content_hash=str(number)
        )
        for number, (name, kind, measure) in enumerate(entries)
    )
    edition = ListEdition(list_name="Made", regime="UN", published_on=None, entries=len(found), origin="made", digest="d")
    save_list(edition, list(make_keys(found)), "2026-11-26T00:00:00+00:00")


LISTED = (
    ("Saduddin Sayyed", "person", "freeze"),
    ("Hamdullah Allah Noor", "person", "freeze"),
    ("عبدالرحمان آغا", "person", "freeze"),
    ("Irano Hind Shipping Company", "company", "freeze"),
    ("Irisl Benelux NV", "company", "freeze"),
    ("Zarya Obscura", "vessel", "freeze"),
    ("Kaskad Obscura Bank", "company", "sectoral"),
)


@pytest.fixture
def listed(monkeypatch, tmp_path):
    make_list(monkeypatch, tmp_path, *LISTED)


def verdicts(feed, *names):
    """What a book says of typed names, and what ``landbridge screen`` says of each, as verdicts by name; the worst counts."""
    from landbridge.planner.gate import gate_dataset
    from landbridge.planner.screening import Party, Screener
    from landbridge.planner.typed_parties import say_typed

    row = show_rows(feed)[0]
    changed = take_rows(feed, [row | {"shipment_id": f"r{number}", "shipper_id": name} for number, name in enumerate(names)])
    query = ask(changed, Question(origin="Minsk", destination="Lahore"))
    blocked = {one.party_id for one in gate_dataset(changed, query).watchlist if one.measure == "freeze"}
    told = {}
    for shipment, name in zip(changed.shipments, names, strict=True):
        codes = [one.code for one in say_typed(changed, {shipment.shipper_id}, query.as_of)]
        told[name] = "blocked" if shipment.shipper_id in blocked else "review" if "PARTY-REVIEW" in codes else "clear"
    screener = Screener(feed, as_of=query.as_of)
    return told, {name: screener.screen(Party(name=name)).verdict for name in names}


HIDDEN = (
    "Saduddin\u200b Say\u2060yed",
    "\u2066Saduddin Sayyed\u2069",
    "SADUDDIN SAYYED",
    "S\u0430duddin S\u0430yyed",
    "Ира\u00adно Хинд Шиппинг Компани",
    "\u202edeyyaS niddudaS",
    "Irano  Hind_Shipping",
    "Lahore Spice; Irano Hind Shipping Company",
    "Spice Bazaar" + 300 * " \u200b" + "; Irano Hind Shipping Company",
)


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("name", [*(name for name, _, _ in LISTED), *HIDDEN, "Lahore Spice Import"])
def test_a_typed_name_is_found_wherever_the_screen_of_names_finds_it(feed, name):
    """People and vessels as well: nobody says of a typed party what it is."""
    told, screened = verdicts(feed, name)
    assert told == screened
    assert (told[name] == "clear") == (name == "Lahore Spice Import")


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    "names",
    [
        ("gnippihS dniH onarI", "\u202egnippihS dniH onarI"),
        ("Novotrade Kordalan Logistics Irisl Benelux NV", "Novotrade Kordalan Logistics; Irisl Benelux NV"),
    ],
)
def test_of_two_spellings_that_are_one_party_the_worst_counts(feed, names):
    for order in (names, names[::-1]):
        told, screened = verdicts(feed, *order)
        assert set(told.values()) == {"blocked"}
        assert screened[names[1]] == "blocked"
        assert screened[names[0]] != "blocked"


def test_a_typed_party_never_has_the_id_of_another(feed):
    from dataclasses import replace

    other = replace(feed.parties[0], party_id="typed-kordalan-llc", name="Quite Other", names=())
    taken = replace(other, party_id="typed-kordalan-llc-2", name="Very Other")
    row = show_rows(feed)[0]
    names = ("Kordalan LLC", "KORDALAN, LLC", "Kordalan LLC 2", "Quite Other")
    rows = [row | {"shipment_id": f"r{number}", "shipper_id": name} for number, name in enumerate(names)]
    changed = take_rows(replace(feed, parties=(*feed.parties, other, taken)), rows)
    ids = [str(one.party_id) for one in changed.parties]
    assert len(set(ids)) == len(ids) == len(feed.parties) + 4
    by_name = [changed.party_by_id[one.shipper_id].name for one in changed.shipments]
    assert by_name == ["Kordalan LLC", "Kordalan LLC", "Kordalan LLC 2", "Quite Other"]


def test_a_name_too_long_to_be_read_to_its_end_is_no_company(feed):
    with pytest.raises(DataError) as caught:
        take_rows(feed, [show_rows(feed)[0] | {"shipper_id": "Lahore Spice " * 60 + "Khazar Sea Shipping Lines"}])
    assert [(one.row, one.column) for one in caught.value.findings] == [(1, "shipper_id")]
    assert "characters of a name are screened" in caught.value.findings[0].message


@pytest.mark.usefixtures("listed")
def test_what_is_listed_and_blocks_nothing_is_asked_about_as_the_screen_of_names_asks(feed):
    """What the finding says to do names the same match, so that a decision about it counts."""
    from landbridge.planner.typed_parties import say_typed

    name = "Kaskad Obscura Bank"
    changed = take_rows(feed, [show_rows(feed)[0] | {"shipper_id": name}])
    found = say_typed(changed, {changed.shipments[0].shipper_id}, feed.info.as_of)
    assert [one.code for one in found] == ["PARTY-TYPED", "PARTY-REVIEW"]
    assert found[1].fix == f"landbridge screen {name!r} --feed belarus-pakistan, then landbridge decide"


def test_a_name_that_two_parties_of_the_feed_bear_is_not_guessed(feed):
    """Who is listed or owned by somebody listed must not be taken for another of the same name."""
    from dataclasses import replace

    row = show_rows(feed)[0]
    first, second = feed.parties[0], replace(feed.parties[0], party_id="second", names=())
    known = replace(feed, parties=(first, *feed.parties[1:], second))
    with pytest.raises(DataError) as caught:
        take_rows(known, [row | {"shipper_id": first.name.upper()}])
    assert "second" in caught.value.findings[0].message
    assert take_rows(known, [row | {"shipper_id": "second"}]).shipments[0].shipper_id == "second"
    other = replace(feed, parties=(replace(first, names=("Second Name",)), *feed.parties[1:], replace(second, name="Second Name")))
    assert name_rows(other, [row | {"shipper_id": "second"}])[0]["shipper_id"] == "second"


@pytest.mark.usefixtures("listed")
def test_letters_of_two_scripts_in_a_typed_name_are_told(feed):
    from landbridge.planner.typed_parties import say_typed

    changed = take_rows(feed, [show_rows(feed)[0] | {"shipper_id": "L\u0430hore Spice Import"}])
    assert "two scripts" in say_typed(changed, {changed.shipments[0].shipper_id}, feed.info.as_of)[0].message


def test_no_way_of_the_world_comes_with_rows_whatever_is_shut_on_the_day_of_the_feed(feed):
    """A book is of one feed: its rows bring places and the roads to them, so that no closure of some day decides over ways of others."""
    from landbridge.domain.source import WORLD_SOURCE_ID

    ends = {"from_place_id": "Babruysk", "to_place_id": "Sukkur"}
    rows = [show_rows(feed)[0] | ends | {"shipment_id": day, "ready_on": day, "due_on": ""} for day in ("2026-12-01", "2027-06-01")]
    changed = take_rows(feed, rows)
    assert len(changed.links) > len(feed.links)
    assert WORLD_SOURCE_ID not in changed.source_by_id
    assert (changed.borders, changed.services, changed.haulage) == (feed.borders, feed.services, feed.haulage)
    with pytest.raises(DataError, match="no place is clearly meant by 'Riga'"):
        take_rows(feed, [rows[0] | {"from_place_id": "Riga"}])
