from dataclasses import dataclass

from landbridge.domain.finding import Finding
from landbridge.report.check_report import (
    differences_document,
    finding_rows,
    findings_document,
    findings_text,
    render_check,
    render_differences,
)
from landbridge.report.page import plain_text, text_width

FINDINGS = (
    Finding(
        code="ROW-UNUSED", severity="info", file="parties.csv", row=3, column="party_id", message="nothing names pak-shaheen", fix="Use it."
    ),
    Finding(code="DATE", file="tariffs.csv", row=12, column="valid_from", message="'2026-13-01' is no date", fix="Write it as 2026-12-01."),
    Finding(code="DATE", file="rules.csv", row=7, column="valid_to", message="'soon' is no date", fix="Write it as 2026-12-01."),
    Finding(code="SPEED", severity="warning", file="stops.csv", row=2, message="38 knots are faster than any ship"),
)


@dataclass(frozen=True)
class Difference:
    where: str
    stated: str
    recomputed: str
    rule: str


DIFFERENCES = (Difference("itineraries[0].items[2].cost_cents", "390000", "410000", "model 5"),)


def test_findings_look_as_they_were_last_looked_at(golden):
    golden("check_80.txt", plain_text(render_check("my-feed", FINDINGS, width=80)))


def test_errors_stand_first_and_one_remedy_is_said_once():
    text = plain_text(finding_rows(FINDINGS, 100))
    assert text.index("error DATE") < text.index("warning SPEED") < text.index("info ROW-UNUSED")
    assert text.count("Write it as") == 1


def test_a_huge_cell_does_not_leave_the_page():
    finding = Finding(code="CELL", file="x" * 300, row=1, column="y", message="z" * 3000)
    assert max(text_width(line) for line in plain_text(finding_rows([finding], 80)).splitlines()) <= 80


def test_counts_are_words():
    assert findings_text(FINDINGS) == "2 errors, 1 warning, 1 notice"
    assert findings_text(()) == "nothing to find fault with"
    assert plain_text(render_check("feed", ())) == "feed: nothing to find fault with\n"


def test_findings_as_values():
    document = findings_document("my-feed", FINDINGS)
    assert (document["feed"], document["errors"], document["warnings"], len(document["findings"])) == ("my-feed", 2, 1, 4)
    assert document["findings"][1]["row"] == 12


def test_differences_side_by_side():
    text = plain_text(render_differences(DIFFERENCES))
    assert "390000" in text
    assert "410000" in text
    assert differences_document(DIFFERENCES)["is_verified"] is False
    assert differences_document(()) == {"is_verified": True, "differences": []}
