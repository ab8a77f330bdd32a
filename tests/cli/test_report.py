"""The suffix of the file tells the form of a report unless it is told."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from landbridge.cli.app import app
from landbridge.report.plan_document import document_text, plan_document


@pytest.mark.parametrize(
    ("name", "told", "begins"),
    [
        ("r.xlsx", (), b"PK"),
        ("r.XLSX", (), b"PK"),
        ("r.ics", (), b"BEGIN:VCALENDAR"),
        ("r.txt", (), b"<!doctype html>"),
        ("r", (), b"<!doctype html>"),
        ("r.xlsx", ("--format", "html"), b"<!doctype html>"),
    ],
)
def test_the_suffix_of_the_file_tells_the_form(fake, tmp_path, name, told, begins):
    plan, out = tmp_path / "plan.json", tmp_path / name
    plan.write_text(document_text(plan_document(fake.plan, fake.dataset)), encoding="utf-8")
    result = CliRunner().invoke(app, ["report", str(plan), "--out", str(out), *told])
    assert result.exit_code == 0, result.stderr
    assert out.read_bytes().lower().startswith(begins.lower())


def test_without_a_file_it_is_a_page_beside_the_plan(fake, tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text(document_text(plan_document(fake.plan, fake.dataset)), encoding="utf-8")
    assert CliRunner().invoke(app, ["report", str(plan)]).exit_code == 0
    assert plan.with_suffix(".html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
