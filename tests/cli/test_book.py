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


def test_a_book_of_which_nothing_was_looked_at_in_time_is_no_answer(feed, monkeypatch):
    """As on a starved machine with cold kernels: 0 of 26 shipments were carried for want of time, and the exit code was 0."""
    monkeypatch.setattr("landbridge.planner.book.candidates.WAYS_SHARE", 0.0)
    monkeypatch.setattr("landbridge.planner.book.joint_plan.WAYS_SHARE", 0.0)
    run = CliRunner().invoke(app, ["book", "--draws", "0", "--levers", "0", "--shares", "0", "--seconds", "1"])
    assert run.exit_code == 1, run.output
    assert "BOOK-NO-TIME: 0 s were over before the ways of 2 of 2 shipments were looked for" in run.stderr
    assert "nothing is planned, and this is no answer" in " ".join(run.stdout.split())
    document = CliRunner().invoke(app, ["book", "--draws", "0", "--levers", "0", "--shares", "0", "--seconds", "1", "--json"])
    assert document.exit_code == 1
    assert [one["code"] for one in json.loads(document.stdout)["findings"]] == ["BOOK-NO-TIME"]


@pytest.mark.parametrize("is_ended", [True, False])
def test_a_run_that_planned_nothing_takes_no_earlier_plan_away(feed, tmp_path, monkeypatch, is_ended):
    """Ctrl-C in the first seconds put a plan of nothing in the place of yesterday's and removed its statements, with exit code 0."""

    def stop(*_):
        raise KeyboardInterrupt

    out = tmp_path / "out"
    asked = ["book", "--draws", "0", "--levers", "0", "--shares", "0", "--seconds", "1", "--out", str(out)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert any(name.startswith("statement-") for name in before)
    if is_ended:
        monkeypatch.setattr("landbridge.planner.book.kinds.KindWays.prepare", stop)
    else:
        monkeypatch.setattr("landbridge.planner.book.candidates.WAYS_SHARE", 0.0)
        monkeypatch.setattr("landbridge.planner.book.joint_plan.WAYS_SHARE", 0.0)
    run = CliRunner().invoke(app, asked)
    assert run.exit_code == 1, run.output
    assert f"BOOK-NO-TIME: {'the run was ended' if is_ended else '0 s were over'} before the ways" in run.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_statements_of_an_earlier_run_go_unless_somebody_changed_them(feed, tmp_path, monkeypatch):
    """Whoever sends the files of a folder out sends what the last run says; nothing else in it is touched."""
    out = tmp_path / "out"
    asked = ["book", "--draws", "0", "--levers", "0", "--shares", "0", "--out", str(out)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    (out / "notes.txt").write_text("ours")
    (out / "statement-guest.csv").write_text("of somebody else")
    document = json.loads((out / "book.json").read_text(encoding="utf-8"))
    (out / "statement-shipper.xlsx").write_bytes(b"changed by hand")
    document["files"]["../escape.csv"] = document["files"]["statement-shipper.csv"]
    (out / "book.json").write_text(json.dumps(document), encoding="utf-8")
    dataset, _ = planner.load_feed("x")
    others = replace(dataset, shipments=tuple(replace(one, shipper_id="other") for one in dataset.shipments))
    monkeypatch.setattr(planner, "load_feed", lambda feed, rates=None: (others, ()))
    run = CliRunner().invoke(app, asked)
    assert run.exit_code == 0, run.output
    assert sorted(path.name for path in out.iterdir()) == [
        "book.json", "notes.txt", "statement-guest.csv", "statement-other.csv", "statement-other.xlsx", "statement-shipper.xlsx",
    ]  # fmt: skip
    assert "removed" in run.stderr
    assert "statement-shipper.xlsx is of an earlier run and not of this one" in run.stderr
    assert "escape" not in run.stderr


def test_a_folder_of_a_run_that_told_no_digests_keeps_its_files_and_says_so(feed, tmp_path):
    out = tmp_path / "out"
    asked = ["book", "--draws", "0", "--levers", "0", "--shares", "0", "--out", str(out)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    document = json.loads((out / "book.json").read_text(encoding="utf-8"))
    del document["files"]
    document["alone_by_payer"]["gone"] = {"cents": 0, "bound_cents": 0}
    (out / "book.json").write_text(json.dumps(document), encoding="utf-8")
    (out / "statement-gone.csv").write_text("of an earlier version")
    run = CliRunner().invoke(app, asked)
    assert (out / "statement-gone.csv").exists()
    assert "statement-gone.csv is of an earlier run" in run.stderr
    (out / "book.json").write_text('{"format": "landbridge.book/1", "alone_by_payer": 3}', encoding="utf-8")
    assert CliRunner().invoke(app, asked).exit_code == 0
