"""``landbridge plan --by``: a plan chosen by chances, on the shipped corridor."""

import json

import jsonschema
import pytest
from typer.testing import CliRunner

from landbridge.cli.app import app
from landbridge.report.plan_document import parse_plan_document
from landbridge.report.plan_schema import schema_text

pytestmark = pytest.mark.slow

ASKED = ["plan", "Minsk", "Lahore", "--units", "2x40HC", "--goods", "8701", "--ready", "2026-12-01"]


def test_the_plan_chosen_is_the_best_by_that_measure(tmp_path):
    out = tmp_path / "plan.json"
    page = CliRunner().invoke(app, [*ASKED, "--due", "2027-01-10", "--by", "on-time", "--out", str(out)])
    assert page.exit_code == 0
    document = json.loads(out.read_text(encoding="utf-8"))
    risk = document["risk"]
    assert f"by on-time the choice is plan {risk['chosen']}" in " ".join(page.stdout.split())
    best = max(risk["itineraries"], key=lambda row: (row["on_time_percent"], -row["itinerary"]))
    assert risk["chosen"] == best["itinerary"]
    assert [row["itinerary"] for row in risk["itineraries"]] == list(range(1, len(document["itineraries"]) + 1))
    assert {row["itinerary"] for row in risk["attitudes"]} <= set(range(1, len(document["itineraries"]) + 1))
    jsonschema.validate(document, json.loads(schema_text()))
    assert len(parse_plan_document(document).itineraries) == len(document["itineraries"])


@pytest.mark.parametrize(("by", "code"), [("luck", "BY-UNKNOWN"), ("on-time", "DUE-MISSING")])
def test_a_measure_that_cannot_be_is_refused_before_planning(by, code):
    refused = CliRunner().invoke(app, [*ASKED, "--by", by])
    assert refused.exit_code == 2
    assert code in refused.output + refused.stderr
