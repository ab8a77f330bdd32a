"""The feed that a beginner starts from."""

import json

import pytest

from landbridge.domain.errors import DataError
from landbridge.sources.check import check_dataset
from landbridge.sources.dictionary import get_tables
from landbridge.sources.load import load_dataset
from landbridge.sources.template import init_feed


def test_it_is_without_any_finding(tmp_path):
    """The new feed loads, has the name of its folder, and no check has anything to say."""
    folder = init_feed(tmp_path / "My Feed 2")
    dataset, findings = load_dataset(folder)
    assert (dataset.info.name, findings, check_dataset(dataset)) == ("my-feed-2", (), ())
    assert (folder / "README.txt").is_file()


def test_it_shows_every_table_and_column(tmp_path):
    """Each table has its file with all columns; nearly all have a row, and most of these a comment."""
    dataset = load_dataset(init_feed(tmp_path / "feed"))[0]
    for table, spec in get_tables().items():
        header = (tmp_path / "feed" / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert header.split(",") == list(spec.field_by_name)
    empty = {table for table in get_tables() if not getattr(dataset, table)}
    assert empty == {"watchlist", "ownership", "passages", "through_rates", "through_legs"}
    assert sum(any(record.note for record in getattr(dataset, table)) for table in get_tables()) > 20


def test_it_holds_together(tmp_path):
    """A ship that is confirmed, a price for it, a lift, and a truck over the border to the last place."""
    dataset = load_dataset(init_feed(tmp_path / "feed"))[0]
    (service,) = dataset.services
    lane = [stop.place_id for stop in dataset.stops_by_service[service.service_id]]
    assert lane == ["BGVAR", "GEPTI"]
    assert {(tariff.from_place_id, tariff.to_place_id) for tariff in dataset.tariffs} == {("BGVAR", "GEPTI")}
    assert [link.to_place_id for link in dataset.links] == ["GE-SADAKHLO", "AM-BAGRATASHEN", "AMEVN"]
    assert {status.status for status in dataset.statuses} == {"operating"}


def test_its_invented_figures_say_so(tmp_path):
    """Whatever is no code or place cites a source of grade D."""
    dataset = load_dataset(init_feed(tmp_path / "feed"))[0]
    assert {dataset.get_source(tariff.source_id).grade for tariff in dataset.tariffs} == {"D"}


def test_an_existing_folder_is_left_alone(tmp_path):
    """Only a new or an empty folder is filled."""
    (tmp_path / "new").mkdir()
    init_feed(tmp_path / "new")
    with pytest.raises(DataError) as error:
        init_feed(tmp_path / "new")
    assert error.value.findings[0].code == "DESTINATION-EXISTS"
    assert json.loads((tmp_path / "new" / "datapackage.json").read_text())["name"] == "new"
