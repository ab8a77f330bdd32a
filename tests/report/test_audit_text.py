"""Records of the audit log in words."""

from landbridge.report.audit_text import audit_text, render_audit
from landbridge.report.page import plain_text

PLAN = {"from": "BYMSQ", "to": "PKLHE", "ready_on": "2026-12-01", "as_of": "2026-11-24", "itineraries": 168, "rejected": [["rzd", "r"]],
        "dataset": "ab" * 32, "shipper": None, "gates": ["UN"]}  # fmt: skip


def test_a_part_of_an_answer_and_the_whole_say_what_they_are():
    part, whole = (audit_text("plan", PLAN | more) for more in ({"part": "plans"}, {"completes": 7}))
    assert part.startswith("BYMSQ - PKLHE, ready 2026-12-01, as of 2026-11-24; 168 plans, 1 held by law; the plans, shown while")
    assert "the whole answer to the question of record 7" in whole
    assert "dataset abababababab" in whole
    assert "shipper" not in whole
    assert "part" not in audit_text("plan", PLAN)
    assert "; 1 plan, 1 held" in audit_text("plan", PLAN | {"itineraries": 1})


def test_other_records_tell_names_and_values():
    told = audit_text("screening", {"name": "Nobody", "matches": [{"a": 1}, {"b": 2}], "lists": ["UN", "EU"], "until": None})
    assert told == "lists UN; EU, matches (2), name Nobody"


def test_a_long_record_stays_within_the_page():
    body = {"from": "BYMSQ", "to": "PKLHE", "ready_on": "2026-12-01", "as_of": "2026-11-24", "itineraries": 223, "rejected": ["x"]}
    page = plain_text(render_audit([(648, "2026-11-28T07:25:44Z", "plan", body)], width=80))
    assert max(len(line) for line in page.splitlines()) <= 80
    assert "223 plans" in " ".join(page.split())
    assert "2026-11-28 07:25:44" in page
