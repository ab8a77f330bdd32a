"""Thousands of shipments: the same lines whatever the workers, whole rows after an interruption, an error in place of a bad row's plan."""

import csv
import json
from pathlib import Path

import jsonschema
import pytest

import landbridge.report
from landbridge.domain.errors import DataError
from landbridge.planner import BatchQuestion, Question, init_feed, load_feed, plan_batch
from landbridge.planner import batch as batch_module
from landbridge.planner.batch_part import Part
from landbridge.report.batch_schema import batch_schema, schema_text

ROWS = [
    {"shipment": "a", "from": "Varna", "to": "Yerevan", "units": "1x40HC", "ready": "2026-12-01"},
    {"shipment": "b", "from": "Varna", "to": "Yerevan", "units": "2x40HC", "ready": "2026-12-03"},
    {"shipment": "c", "from": "Varna", "to": "Nephelokokkygia", "units": "0x40HC", "ready": "2026-12-99"},
    {"shipment": "d", "from": "Yerevan", "to": "Varna", "units": "1x40HC", "ready": "2026-12-01"},
    {"shipment": "e", "from": "Varna", "to": "Poti", "units": "1x20GP", "ready": "2026-12-01"},
]


@pytest.fixture(scope="module")
def feed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("feeds") / "small"
    init_feed(str(folder))
    return str(folder)


@pytest.fixture
def shipments(tmp_path):
    return write(tmp_path, ROWS)


def write(folder, rows):
    path = folder / "shipments.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def run(feed, shipments, out, **more):
    asked = {"workers": 1, **more}
    question = BatchQuestion(
        shipments=shipments, out=str(out), feed=feed, rates=None, defaults=Question(origin="", destination=""), **asked
    )
    return plan_batch(load_feed(feed)[0], question, at="2026-11-26T00:00:00+00:00")


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_row_has_its_line_in_order_and_a_bad_row_its_errors(feed, shipments, tmp_path):
    out = tmp_path / "plans.jsonl"
    result = run(feed, shipments, out)
    found = lines(out)
    assert [one["shipment"] for one in found] == ["a", "b", "c", "d", "e"]
    assert [one["status"] for one in found] == ["planned", "planned", "error", "planned", "planned"]  # d: along ways of the feed world
    assert (result.planned, result.without_route, result.wrong, result.resumed) == (4, 0, 1, 0)
    errors = found[2]["errors"]
    assert {(one["column"], one["row"], one["file"]) for one in errors} == {(name, 4, shipments) for name in ("to", "units", "ready")}
    assert found[2]["plan"] is None
    assert [one["cost_cents"] for one in found[0]["itineraries"]] == [one["cost_cents"] for one in found[0]["plan"]["itineraries"]]
    assert not (tmp_path / "plans.jsonl.part").exists()
    validator = jsonschema.Draft202012Validator(batch_schema())
    for one in found:
        validator.validate(one)


def test_two_processes_give_what_one_gives(feed, shipments, tmp_path):
    alone, together = tmp_path / "alone.jsonl", tmp_path / "together.jsonl"
    run(feed, shipments, alone)
    run(feed, shipments, together, workers=2)
    assert alone.read_bytes() == together.read_bytes()


def test_a_plan_of_a_batch_is_the_plan_of_the_single_question(feed, shipments, tmp_path):
    from landbridge.planner import ask, plan_shipment
    from landbridge.planner.world.places import join_world_places
    from landbridge.report.plan_document import plan_document

    out = tmp_path / "plans.jsonl"
    run(feed, shipments, out)
    dataset = join_world_places(load_feed(feed)[0], ("Varna", "Yerevan"))
    single = plan_shipment(dataset, ask(dataset, Question(origin="Varna", destination="Yerevan", units="2x40HC", ready="2026-12-03")))
    assert lines(out)[1]["plan"] == json.loads(json.dumps(plan_document(single, dataset)))


def test_an_interrupted_run_goes_on_and_plans_no_row_twice(feed, shipments, tmp_path, monkeypatch):
    whole, out = tmp_path / "whole.jsonl", tmp_path / "plans.jsonl"
    run(feed, shipments, whole)
    planned = []

    def plan_rows(rows, file, *, is_brief):
        if len(planned) == 2:
            raise KeyboardInterrupt
        planned.extend(row.shipment for row in rows)
        return batch_module_plan(rows, file, is_brief=is_brief)

    batch_module_plan = batch_module.plan_rows
    monkeypatch.setattr(batch_module, "plan_rows", plan_rows)
    with pytest.raises(KeyboardInterrupt):
        run(feed, shipments, out)
    part = tmp_path / "plans.jsonl.part"
    assert not out.exists()
    with part.open("ab") as file:
        file.write(b"torn in the middle of a li")
    monkeypatch.setattr(batch_module, "plan_rows", batch_module_plan)
    result = run(feed, shipments, out)
    assert result.resumed == 2
    assert out.read_bytes() == whole.read_bytes()
    assert not part.exists()


def test_a_corrected_row_is_planned_anew_and_the_others_are_kept(feed, tmp_path, monkeypatch):
    out = tmp_path / "plans.jsonl"
    shipments = write(tmp_path, ROWS)
    with monkeypatch.context() as patch:
        patch.setattr(Part, "write", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            run(feed, shipments, out)
    mended = [*ROWS[:2], {**ROWS[2], "to": "Yerevan", "units": "1x40HC", "ready": "2026-12-09"}, *ROWS[3:]]
    result = run(feed, write(tmp_path, mended), out)
    assert (result.resumed, result.wrong) == (4, 0)


def _interrupt(*_):
    raise KeyboardInterrupt


def test_what_is_left_of_another_feed_is_not_taken(feed, shipments, tmp_path):
    out = tmp_path / "plans.jsonl"
    (tmp_path / "plans.jsonl.part").write_text('{"landbridge_batch": "another"}\n', encoding="utf-8")
    with pytest.raises(DataError) as caught:
        run(feed, shipments, out)
    assert [one.code for one in caught.value.findings] == ["BATCH-OTHER"]
    assert (tmp_path / "plans.jsonl.part").read_text(encoding="utf-8") == '{"landbridge_batch": "another"}\n'


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("from,destination,from\nVarna,Yerevan,x\n", ["SHIPMENTS-COLUMN"] * 3),
        ("from,to\n", ["SHIPMENTS-ROWS"]),
        ("", ["SHIPMENTS-COLUMN"] * 2),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_everything_at_once(feed, tmp_path, text, codes):
    path = tmp_path / "shipments.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        run(feed, str(path), tmp_path / "plans.jsonl")
    assert [one.code for one in caught.value.findings] == codes
    assert list(tmp_path.iterdir()) == [path]


def test_rows_that_are_no_rows_are_told(feed, tmp_path):
    path = tmp_path / "shipments.csv"
    path.write_text("shipment,from,to,landed\na,Varna\na,Varna,,perhaps\n", encoding="utf-8")
    run(feed, str(path), tmp_path / "plans.jsonl")
    first, second = lines(tmp_path / "plans.jsonl")
    assert [(one["column"], one["row"]) for one in first["errors"]] == [("", 2)]
    assert [one["column"] for one in second["errors"]] == ["to", "landed", "shipment"]


def test_the_committed_schema_of_a_line_is_that_of_the_code():
    assert Path(landbridge.report.__file__).with_name("batch.schema.json").read_text(encoding="utf-8") == schema_text()
