import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from landbridge import planner
from landbridge.cli.app import app
from landbridge.domain.errors import SettingError
from landbridge.domain.finding import Finding
from landbridge.report.plan_document import document_text, parse_plan_document, plan_document

PLAN = ["plan", "Minsk", "Лахор", "--units", "2x40HC", "--goods", "8701", "--ready", "2026-12-01"]
WARNING = Finding(code="SPEED", severity="warning", file="stops.csv", row=2, message="38 knots")


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def text(fake):
    return document_text(plan_document(fake.plan, fake.dataset))


def test_plan_shows_the_page(fake):
    result = run(*PLAN)
    assert result.exit_code == 0
    assert "PLANS  3" in result.stdout
    assert "cheapest, cleanest" in result.stdout
    assert "SOURCES" in result.stdout
    assert "ITEMS" not in result.stdout
    assert result.stderr == ""
    assert "\x1b" not in result.stdout


def test_all_words_of_the_question_reach_the_planner(fake):
    told = "--due 2027-02-01 --as-of 2026-11-01 --mass 36 --value 120000 --landed --avoid sea --avoid LT --via RUNVS --gate UK"
    result = run(*PLAN, *told.split(), *["--shipper", "a", "--consignee", "b", "--rates", "mine.csv", "--feed", "my-feed"])
    assert result.exit_code == 0
    question = fake.asked[0]
    assert (question.origin, question.destination, question.units, question.goods) == ("Minsk", "Лахор", "2x40HC", "8701")
    assert (question.ready, question.due, question.as_of, question.mass, question.value) == (
        "2026-12-01", "2027-02-01", "2026-11-01", "36", "120000",
    )  # fmt: skip
    assert (question.landed, question.avoid, question.via, question.gate) == (True, ("sea", "LT"), ("RUNVS",), ("UK",))
    assert (question.shipper, question.consignee) == ("a", "b")
    assert fake.feeds == [("my-feed", "mine.csv")]


def test_json_is_one_document_the_same_as_out_writes(fake, text):
    result = run(*PLAN, "--json", "--out", "plan.json")
    assert result.stdout == text == fake.written["plan.json"]
    assert result.stderr == "landbridge: wrote plan.json\n"
    assert parse_plan_document(json.loads(result.stdout)) == fake.plan


def test_out_alone_writes_the_document_and_shows_the_page(fake, text):
    result = run(*PLAN, "--out", "plan.json")
    assert fake.written == {"plan.json": text}
    assert "PLANS" in result.stdout


def test_geojson_on_standard_output_or_in_the_file(fake):
    result = run(*PLAN, "--geojson", "--out", "way.geojson")
    assert json.loads(result.stdout)["type"] == "FeatureCollection"
    assert fake.written["way.geojson"] == result.stdout


def test_json_and_geojson_together_are_a_wrong_question(fake):
    result = run(*PLAN, "--json", "--geojson")
    assert result.exit_code == 2
    assert result.stdout == ""


def test_items_are_shown_when_asked(fake):
    assert "ITEMS OF PLAN 1" in run(*PLAN, "--items").stdout


def test_a_wrong_question_is_told_all_at_once(fake):
    result = run("plan", "Minsk", "Lahore", "--units", "0x40HC", "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    for words in ("2 errors", "--units", "0 units asked", "--ready", "write it as 2026-12-01"):
        assert words in result.stderr


def test_bad_data_is_told_all_at_once(fake):
    result = run(*PLAN, "--feed", "broken")
    assert result.exit_code == 1
    assert "is a PDF" in result.stderr
    assert "too" in result.stderr


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, ""),
        (KeyboardInterrupt("interrupted: 3 of 8 parts are finished and kept"), 130, "3 of 8 parts are finished and kept"),
        (BrokenPipeError(), 0, ""),
        (SettingError("no such setting"), 2, "no such setting"),
        (PermissionError(13, "Permission denied", "x.json"), 1, "x.json: Permission denied"),
        (RecursionError("maximum recursion depth"), 1, "nested too deeply"),
        (MemoryError(), 1, "memory"),
    ],
)
def test_every_error_has_its_exit_code_and_no_traceback(fake, error, code, words):
    fake.error = error
    result = run(*PLAN)
    assert result.exit_code == code
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_warnings_of_an_own_feed_are_counted_and_told_with_own_rates(fake):
    fake.findings = (WARNING,)
    assert run(*PLAN).stderr == ""
    assert "landbridge check my-feed" in run(*PLAN, "--feed", "my-feed").stderr
    assert "stops.csv:2: 38 knots" in run(*PLAN, "--rates", "mine.csv").stderr


def test_explain_shows_one_plan(fake):
    result = run("explain", "plan.json", "--itinerary", "3")
    assert result.exit_code == 0
    assert "PLAN 3  fastest" in result.stdout
    assert json.loads(run("explain", "plan.json", "--json").stdout)["itinerary"]["number"] == 1


def test_explain_says_why_not(fake):
    result = run("explain", "plan.json", "--why-not", "Vladivostok")
    assert "WHY NOT  Vladivostok (RUVVO)" in result.stdout
    assert "PLAN 1" not in result.stdout
    document = json.loads(run("explain", "plan.json", "--why-not", "Vladivostok", "--json").stdout)
    assert document["itinerary"] is None
    assert document["why_not"]["place_id"] == "RUVVO"


def test_explain_answers_all_that_is_asked_at_once(fake, monkeypatch):
    """Why not was dropped beside a question that searches anew."""
    monkeypatch.setattr(planner, "find_border_values", lambda *_: (), raising=False)
    asked = ("explain", "plan.json", "--why-not", "Vladivostok", "--border-waits")
    shown = run(*asked).stdout
    assert "WHY NOT  Vladivostok (RUVVO)" in shown
    assert "no plan waits at a border" in shown
    document = json.loads(run(*asked, "--json").stdout)
    assert (document["why_not"]["place_id"], document["border_waits"], document["what_would_it_take"]) == ("RUVVO", [], None)


@pytest.mark.parametrize("arguments", [("--itinerary", "9"), ("--why-not", "Atlantis"), ("--itinerary", "x")])
def test_explaining_what_is_not_there_is_a_wrong_question(fake, arguments):
    assert run("explain", "plan.json", *arguments).exit_code == 2


@pytest.mark.parametrize("number", ["0", "-1", "99"])
def test_a_plan_that_the_file_does_not_hold_is_never_another_one(fake, number):
    for command in ("explain", "documents"):
        result = run(command, "plan.json", "--itinerary", number)
        assert result.exit_code == 2
        assert f"there is no plan {number}" in result.stderr
        assert "PLAN 1" not in result.stdout


def test_no_alternatives_is_no_number_of_them(fake):
    assert run(*PLAN, "--alternatives", "0").exit_code == 2


def test_explaining_no_plan_shows_what_stands_in_the_way(fake):
    from dataclasses import replace

    fake.plan = replace(fake.plan, itineraries=())
    result = run("explain", "plan.json")
    assert result.exit_code == 0
    assert "NO PLAN" in result.stdout
    assert json.loads(run("explain", "plan.json", "--json").stdout) == {"itinerary": None, "why_not": None}


def test_explain_says_when_the_feed_is_another_edition(fake):
    from dataclasses import replace

    fake.plan = replace(fake.plan, dataset_digest="0" * 64)
    assert "another edition" in run("explain", "plan.json").stderr


@pytest.mark.parametrize("command", ["explain", "verify"])
def test_a_missing_plan_is_bad_data(fake, command):
    result = run(command, "missing.json")
    assert result.exit_code == 1
    assert "missing.json: No such file" in result.stderr


def test_verify_passes_a_true_plan(fake):
    result = run("verify", "plan.json")
    assert (result.exit_code, result.stdout) == (0, "verified: 3 plans and 4 compared, every figure comes out again\n")
    assert json.loads(run("verify", "plan.json", "--json").stdout) == {"is_verified": True, "differences": []}


def test_verify_fails_a_false_one(fake):
    from types import SimpleNamespace

    fake.differences = (SimpleNamespace(where="itineraries[0].cost_cents", stated="1", recomputed="2", rule="model 5"),)
    result = run("verify", "plan.json")
    assert result.exit_code == 1
    assert "itineraries[0].cost_cents" in result.stdout
    assert run("verify", "plan.json", "--json").exit_code == 1


def test_check_fails_on_errors_only(fake):
    assert run("check").exit_code == 0
    fake.findings = (WARNING,)
    assert run("check", "my-feed").exit_code == 0
    fake.findings = (WARNING, Finding(code="DATE", message="'x' is no date"))
    result = run("check", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["errors"] == 1
    assert "1 error, 1 warning" in run("check").stdout


def test_check_of_what_cannot_be_read_tells_its_findings(fake):
    result = run("check", "broken", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["findings"][0]["message"] == "is a PDF"


def test_init_convert_and_place(fake):
    assert run("init", "folder").exit_code == 0
    fake.left_out = (Finding(code="FILE-LEFT-OUT", message="a workbook has no place for scenarios/twice.toml"),)
    converted = run("convert", "a.zip", "b.xlsx")
    assert converted.exit_code == 0
    assert "a workbook has no place for scenarios/twice.toml: it stays in a.zip" in " ".join(converted.stderr.split())
    assert fake.written == {"folder": "feed", "b.xlsx": "a.zip"}
    assert "BYMSQ  Minsk  BY" in run("place", "Minks").stdout
    assert "no place is anything like" in run("place", "Nowhere").stdout


def test_the_demo_shows_the_plan_the_replay_and_the_sources_and_writes_the_plan(fake, text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("demo")
    assert result.exit_code == 0
    places = [result.stdout.index(words) for words in ("PLANS  3", "COMPARED", "REJECTED", "REPLAY", "MONEY", "SOURCES", "Next:")]
    assert places == sorted(places)
    assert fake.written == {"plans/minsk-lahore.json": text}
    assert Path("plans").is_dir()
    assert [(one.ready, one.as_of) for one in fake.asked] == [("2026-12-01", None), ("2024-12-01", "2024-11-25")]
    assert "landbridge verify plans/minsk-lahore.json" in result.stdout


@pytest.mark.parametrize("arguments", [("plan",), ("plan", "Minsk"), ("fly",), ("plan", "a", "b", "--fast"), ("explain",)])
def test_wrong_usage_exits_with_2(fake, arguments):
    assert run(*arguments).exit_code == 2


def test_help_and_version(fake):
    result = run("--help")
    assert result.exit_code == 0
    for command in ("plan", "explain", "verify", "demo", "check", "place", "init", "convert"):
        assert f"\n  {command} " in result.stdout
    assert "..." not in result.stdout.split("Commands:")[1]
    assert run("--version").stdout.startswith("landbridge ")
