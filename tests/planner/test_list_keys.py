"""Keys of imported lists follow the matcher."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from landbridge.domain.errors import DataError
from landbridge.domain.screening import ListedEntry, ListEdition
from landbridge.planner import list_keys
from landbridge.planner.list_keys import make_keys, note_keys, read_keyed_entries
from landbridge.planner.watchlists import import_lists
from landbridge.sources.ofac_list import name_ofac_list
from landbridge.store.lists import read_editions, read_entries, replace_keys, save_list


def entry(number: int) -> ListedEntry:
    return ListedEntry(entry_id=str(number), list_name="L", regime="UN", names=(f"Kavaltrans {number}",), kind="company")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDBRIDGE_HOME", str(tmp_path))
    return tmp_path


def save(entries: tuple[ListedEntry, ...]) -> None:
    edition = ListEdition(list_name="L", regime="UN", published_on=None, entries=len(entries), origin="x", digest="d")
    save_list(edition, list(make_keys(entries)), "2026-11-26T00:00:00+00:00")


@pytest.mark.usefixtures("home")
def test_stale_keys_are_replaced_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(list_keys, "list_keys", lambda entries: [() for _ in entries])
        save((entry(1), entry(2)))
    found = read_keyed_entries()
    assert [one.entry_id for one, _ in found] == ["1", "2"]
    assert all(keys and keys[0][3] for _, keys in found)
    with monkeypatch.context() as patch:
        patch.setattr(list_keys, "make_keys", None)
        assert read_keyed_entries() == found


@pytest.mark.usefixtures("home")
def test_an_entry_that_changed_meanwhile_keeps_its_own_keys() -> None:
    save((entry(1),))
    renamed = replace(entry(1), names=("Severny Potok",))
    save((renamed,))
    assert not replace_keys([(entry(1), ())])
    assert read_keyed_entries() == tuple(make_keys((renamed,)))


@pytest.mark.usefixtures("home")
def test_keys_of_the_same_matcher_stay() -> None:
    save((entry(1),))
    note_keys("L")
    (kept,) = read_keyed_entries()
    assert kept[1] == next(iter(make_keys((entry(1),))))[1]


@pytest.mark.usefixtures("home")
def test_every_broken_file_of_an_import_is_told_and_none_is_taken(tmp_path: Path) -> None:
    bomb, cut, good = tmp_path / "bomb.xml", tmp_path / "cut.json", tmp_path / "good.json"
    bomb.write_text('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Designations/>', encoding="utf-8")
    cut.write_text('{"schema": "Person", "id"', encoding="utf-8")
    good.write_text('{"schema": "Person", "id": "a", "properties": {"name": ["A B"]}}', encoding="utf-8")
    with pytest.raises(DataError) as caught:
        import_lists((str(good), str(bomb), str(cut)), "2026-11-26", "2026-11-26T00:00:00+00:00")
    assert {finding.code for finding in caught.value.findings} == {"LIST-UNSAFE", "LIST-ROW"}
    assert not read_editions()


SDN = '1,"ARTAVIL","vessel","IRAN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Vessel Registration Identification IMO 9187629."\n'


@pytest.mark.usefixtures("home")
def test_the_three_files_of_ofac_are_one_list(tmp_path: Path) -> None:
    for name, text in (("sdn.csv", SDN), ("add.csv", ""), ("alt.csv", "")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = tuple(str(tmp_path / name) for name in ("sdn.csv", "add.csv", "alt.csv"))
    editions = import_lists(paths, "2026-11-26", "2026-11-26T00:00:00+00:00")
    assert [(edition.list_name, edition.entries) for edition in editions] == [("OFAC SDN", 1)]


def _listed(number: int, list_name: str) -> ListedEntry:
    return ListedEntry(entry_id=f"ofac-{number}", list_name=list_name, regime="US", names=(f"Firm {number}",), content_hash=str(number))


@pytest.mark.usefixtures("home")
def test_a_list_that_a_file_only_mentions_keeps_its_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    other = "OFAC consolidated (non-SDN)"
    files = {"cons": [_listed(1, other), _listed(2, other)], "mixed": [_listed(3, "OFAC SDN"), _listed(4, "OFAC SDN"), _listed(5, other)]}
    monkeypatch.setattr("landbridge.planner.watchlists._read", lambda path: (tuple(files[path]), date(2026, 11, 1), "0" * 64))
    for name in files:
        import_lists((name,), None, "2026-11-26T00:00:00+00:00")
    kept = {entry.entry_id for entry, _ in read_entries()}
    assert kept == {"ofac-1", "ofac-2", "ofac-3", "ofac-4", "ofac-5"}


@pytest.mark.usefixtures("home")
def test_a_consolidated_file_that_names_parties_of_the_sdn_list_leaves_that_list_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of its three entries stand on the SDN list as well; of fifty there none is lost, and the list is no newer than it was."""
    sdn, other = "OFAC SDN", "OFAC consolidated (non-SDN)"
    files = {
        "SDN.XML": ([_listed(number, sdn) for number in range(50)], date(2026, 1, 1)),
        "CONS_ADVANCED.XML": ([_listed(1, sdn), _listed(2, sdn), _listed(90, other)], date(2026, 11, 1)),
        "CONS_PRIM.XML": ([_listed(91, other), _listed(3, sdn)], date(2026, 11, 2)),
    }
    monkeypatch.setattr("landbridge.planner.watchlists._read", lambda path: (tuple(files[path][0]), files[path][1], path))
    told = []
    for name in files:
        import_lists((name,), None, "2026-11-26T00:00:00+00:00")
        editions = {one.list_name: one for one in read_editions()}
        told.append((editions[sdn].entries, editions[sdn].published_on))
        assert name == "SDN.XML" or editions[other].published_on == files[name][1]
    assert told == [(50, date(2026, 1, 1))] * 3
    assert {entry.entry_id for entry, _ in read_entries() if entry.list_name == other} == {"ofac-91"}


@pytest.mark.usefixtures("home")
def test_what_a_list_gained_shows_in_its_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers are kept under the digests of lists: the same file makes another edition where other entries were at hand."""
    sdn, other = "OFAC SDN", "OFAC consolidated (non-SDN)"
    files = {"CONS.XML": [_listed(1, sdn), _listed(9, other)], "SDN.XML": [_listed(number, sdn) for number in range(5)]}
    monkeypatch.setattr("landbridge.planner.watchlists._read", lambda path: (tuple(files[path]), date(2026, 11, 1), path))
    seen = []
    for name in ("CONS.XML", "SDN.XML", "CONS.XML"):
        import_lists((name,), None, "2026-11-26T00:00:00+00:00")
        seen.append(next(one.digest for one in read_editions() if one.list_name == sdn))
    assert len(set(seen)) == 3


@pytest.mark.usefixtures("home")
def test_of_a_file_whose_name_tells_no_list_the_larger_one_is_an_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was delisted is gone and the day moves on; the other list loses nobody, and is no newer than it was."""
    sdn, other = "OFAC SDN", "OFAC consolidated (non-SDN)"
    files = {
        "CONS.XML": ([_listed(90, other), _listed(91, other)], date(2026, 1, 1)),
        "download.xml": ([*(_listed(number, sdn) for number in range(50)), _listed(90, other)], date(2026, 10, 1)),
        "download (1).xml": ([*(_listed(number, sdn) for number in range(1, 50)), _listed(90, other)], date(2026, 11, 1)),
    }
    monkeypatch.setattr("landbridge.planner.watchlists._read", lambda path: (tuple(files[path][0]), files[path][1], path))
    for name in files:
        import_lists((name,), None, "2026-11-26T00:00:00+00:00")
    editions = {one.list_name: (one.entries, one.published_on) for one in read_editions()}
    assert editions == {sdn: (49, date(2026, 11, 1)), other: (2, date(2026, 1, 1))}
    assert "ofac-0" not in {entry.entry_id for entry, _ in read_entries()}


@pytest.mark.usefixtures("home")
def test_some_parties_of_a_far_longer_list_do_not_take_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    sdn, other = "OFAC SDN", "OFAC consolidated (non-SDN)"
    some = [_listed(1, sdn), _listed(2, sdn), _listed(90, other)]
    files = {"SDN.XML": [_listed(number, sdn) for number in range(50)], "download.xml": some}
    monkeypatch.setattr("landbridge.planner.watchlists._read", lambda path: (tuple(files[path]), date(2026, 11, 1), path))
    for name in files:
        import_lists((name,), None, "2026-11-26T00:00:00+00:00")
    assert {one.list_name: one.entries for one in read_editions()} == {sdn: 50, other: 1}


@pytest.mark.usefixtures("home")
def test_entries_at_hand_are_read_once_for_all_lists_that_a_file_mentions(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    names = ("OFAC SDN", "a list", "b list", "c list")
    entries = tuple(_listed(1, name) for name in names)
    monkeypatch.setattr("landbridge.planner.watchlists._read", lambda path: (entries, date(2026, 11, 1), path))
    monkeypatch.setattr("landbridge.planner.watchlists.read_entries", lambda: calls.append(1) or ())
    import_lists(("sdn.xml",), None, "2026-11-26T00:00:00+00:00")
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("name", "list_name"),
    [
        ("SDN.XML", "OFAC SDN"),
        ("consolidated_sdn.xml", "OFAC SDN"),
        ("ofac-constantly-updated-sdn.csv", "OFAC SDN"),
        ("sdn_and_non-sdn.csv", "OFAC SDN"),
        ("constant.xml", None),
        ("download.xml", None),
        ("CONS_ADVANCED.XML", "OFAC consolidated (non-SDN)"),
        ("cons_prim (1).csv", "OFAC consolidated (non-SDN)"),
        ("consolidated.xml", "OFAC consolidated (non-SDN)"),
        ("Consolidated-Non-SDN.csv", "OFAC consolidated (non-SDN)"),
    ],
)
def test_a_doubtful_name_is_that_of_the_list_that_freezes(name: str, list_name: str | None) -> None:
    assert name_ofac_list(Path(name)) == list_name


@pytest.mark.usefixtures("home")
def test_kept_names_are_read_from_the_store_as_they_were_read_before() -> None:
    edition = ListEdition(list_name="L", regime="UN", published_on=None, entries=1, origin="o", digest="d")
    entry = ListedEntry(entry_id="1", list_name="L", regime="UN", names=("Минский завод \n колёс", "Minsk Wheels"), kind="company")
    rows = list(make_keys((entry,)))
    save_list(edition, rows, "2026-11-26T00:00:00+00:00")
    assert read_entries() == tuple(rows)
    assert all(key[4].startswith("[") for key in rows[0][1])
