"""Planning anew under way on the shipped corridor."""

import json

import pytest
from typer.testing import CliRunner

import landbridge as lb
from landbridge.cli.app import app
from landbridge.report.plan_document import document_text, plan_document

pytestmark = pytest.mark.slow


def test_planned_anew_it_is_never_worse_in_the_mean(tmp_path):
    """By the measure that the forwarder weighs by: cost and capital in the goods; and the document tells the choices."""
    feed = lb.load()
    plan = lb.plan(feed, "Minsk", "Lahore", units="2x40HC", goods="8701", ready="2026-12-01")
    path = tmp_path / "plan.json"
    path.write_text(document_text(plan_document(plan, feed)), encoding="utf-8")
    asked = ["simulate", str(path), "--itinerary", "6", "--runs", "3000", "--json"]
    waited, changed = (json.loads(CliRunner().invoke(app, [*asked, "--policy", one]).stdout) for one in ("next", "replan"))
    assert changed["policy"] == "replan"
    assert changed["mean_cost_cents"] <= waited["mean_cost_cents"] or changed["replan"]["changed"] == 0
    states = changed["replan"]["states"]
    assert states
    assert changed["replan"]["changed"] == pytest.approx(sum(one["runs"] for one in states if one["is_taken"]) / 3000, abs=1e-6)
    assert all(one["way"] or not one["is_taken"] for one in states)
    assert "replan" not in waited
    assert "Planned anew" in CliRunner().invoke(app, [*asked[:-1], "--policy", "replan"]).stdout
