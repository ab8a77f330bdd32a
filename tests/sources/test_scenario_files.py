"""Scenarios travel with their feed: in a folder, in a zip file, by conversion."""

import os
import threading

import pytest

from landbridge import planner
from landbridge.domain.errors import DataError
from landbridge.planner.compare import list_scenario_names, load_scenarios
from landbridge.sources.write import write_feed

SCENARIO = """title = "Everything twice"
dated_on = 2026-11-24
source = "A test."
[[scale]]
table = "shipments"
columns = ["units"]
factor = 2
"""


@pytest.fixture
def folder(tmp_path):
    planner.init_feed(str(tmp_path / "feed"))
    (tmp_path / "feed" / "scenarios").mkdir()
    (tmp_path / "feed" / "scenarios" / "twice.toml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path / "feed"


def test_a_zip_file_brings_the_scenarios_of_its_folder(folder, tmp_path):
    packed, unpacked = str(tmp_path / "feed.zip"), str(tmp_path / "again")
    assert planner.convert_feed(str(folder), packed) == ()
    assert planner.convert_feed(packed, unpacked) == ()
    left = planner.convert_feed(packed, str(tmp_path / "book.xlsx"))
    assert "a workbook has no place for scenarios/twice.toml" in [one.message for one in left]
    told = [load_scenarios(list_scenario_names(one), one) for one in (str(folder), packed, unpacked)]
    assert [one.name for one in told[0]] == ["twice"]
    assert told[0] == told[1] == told[2]
    assert planner.load_feed(packed)[0].digest == planner.load_feed(str(folder))[0].digest


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_location_that_is_no_plain_file_brings_none_and_holds_nobody_up(tmp_path):
    os.mkfifo(tmp_path / "pipe.zip")
    found = []
    asking = threading.Thread(target=lambda: found.append(list_scenario_names(str(tmp_path / "pipe.zip"))), daemon=True)
    asking.start()
    asking.join(timeout=2)
    assert found == [()]


def test_a_workbook_says_that_it_leaves_them_out(folder, tmp_path):
    findings = write_feed(str(folder), str(tmp_path / "feed.xlsx"))
    assert [one.code for one in findings if "twice.toml" in one.message] == ["FILE-LEFT-OUT"]
    assert list_scenario_names(str(tmp_path / "feed.xlsx")) == ()


def test_a_name_that_a_zip_file_lacks_is_told_with_those_that_it_has(folder, tmp_path):
    packed = str(tmp_path / "feed.zip")
    planner.convert_feed(str(folder), packed)
    with pytest.raises(DataError) as caught:
        load_scenarios(("twise",), packed)
    assert "twice" in caught.value.findings[0].fix
