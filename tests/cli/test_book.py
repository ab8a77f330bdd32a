"""``landbridge book`` on the tiny corridor, through the door."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from tests.corridor import READY, S, tiny_corridor
from typer.testing import CliRunner

from landbridge import planner
from landbridge.cli.app import app
from landbridge.domain.shipment import Shipment


@pytest.fixture
def feed(monkeypatch):
    rows = tuple(
        Shipment(
            shipment_id=f"s{number}", shipper_id="shipper", consignee_id="shipper", from_place_id="AA", to_place_id="BB",
            unit_type_id="40HC",
            units=2, hs="8701", mass_kg=20_000, ready_on=READY, due_on=due, **S,
        )
        for number, due in enumerate((date(2027, 3, 1), date(2026, 12, 1)))
    )  # fmt: skip
    dataset = replace(tiny_corridor(), shipments=rows)
    monkeypatch.setattr(planner, "load_feed", lambda feed, rates=None: (dataset, ()))


def test_the_document_goes_to_standard_output_and_progress_to_the_other(feed):
    run = CliRunner().invoke(app, ["book", "--json", "--draws", "0", "--seconds", "30"])
    assert run.exit_code == 0, run.output
    document = json.loads(run.stdout)
    assert document["objective_cents"] == document["baselines"]["alone"]["cents"] > 0
    assert [one["reason"] is None for one in document["shipments"]] == [True, False]
    assert "ways of kind of load 1 of 1" in run.stderr


def test_the_page_and_the_files(feed, tmp_path):
    run = CliRunner().invoke(app, ["book", "--draws", "0", "--levers", "0", "--shares", "0", "--out", str(tmp_path / "out")])
    assert run.exit_code == 0, run.output
    assert "Joint plan" in run.stdout
    assert "Not carried" in run.stdout
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["book.json", "statement-shipper.csv", "statement-shipper.xlsx"]


def test_wrong_options_are_told_at_once(feed):
    run = CliRunner().invoke(app, ["book", "--horizon", "soon", "--seconds", "-1"])
    assert run.exit_code == 2
    assert "no horizon" in run.stderr
    assert "no time limit" in run.stderr


def test_a_folder_that_cannot_be_written_is_told_before_the_work(feed, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setattr(planner, "plan_book_from", lambda *_, **__: pytest.fail("the book was planned for nothing"))
    run = CliRunner().invoke(app, ["book", "--draws", "0", "--out", str(tmp_path / "file" / "out")])
    assert run.exit_code == 1, run.output
    assert "FILE-UNWRITABLE" in run.stderr


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_page_is_told_where_the_disk_has_no_room_left_for_the_files(feed, tmp_path, monkeypatch, form):
    def full(path, lines):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("landbridge.sources.files._replace_file", full)
    run = CliRunner().invoke(app, ["book", "--draws", "0", "--levers", "0", "--shares", "0", *form, "--out", str(tmp_path / "out")])
    assert run.exit_code == 1, run.output
    assert "FILE-UNWRITABLE" in run.stderr
    assert "Joint plan" in run.stdout or json.loads(run.stdout)["objective_cents"] > 0
