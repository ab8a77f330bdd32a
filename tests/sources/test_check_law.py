"""Rules and events that would hold for everything or for ever."""

import pytest


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"modes": ""}, "RULE-WITHOUT-CONDITION"),
        ({"modes": "", "scope": "shipment"}, None),
        ({"status": "expired"}, "RULE-WITHOUT-END"),
        ({"unless_rule_ids": "am-cmr"}, "RULE-UNLESS-ITSELF"),
        ({"effect": "require_permit"}, "RULE-DOCUMENT-KIND"),
        ({"effect": "prohibit", "document_id": "", "modes": "", "scope": "shipment"}, "RULE-WITHOUT-CONDITION"),
        ({"nexus": "jurisdiction"}, None),
    ],
)
def test_rules(example, cells, code):
    """A rule has a condition, an end if it is expired, and a document of the right kind."""
    assert example.set("rules", 0, **cells).codes() == ([code] if code else [])


def test_a_regime_without_countries(example):
    """A rule that binds by jurisdiction needs to know where that is."""
    example.set("regimes", 1, countries="").set("rules", 0, nexus="jurisdiction")
    assert example.codes() == ["REGIME-EVERYWHERE"]


def test_an_event_without_subject(example):
    """An event that names nothing touches everything."""
    assert example.set("events", 0, border_id="").codes() == ["EVENT-WITHOUT-SUBJECT"]
    assert example.set("events", 0, modes="road").codes() == []


def test_papers_that_need_each_other_before(example):
    """Each circle once, with the way round it; a chain is none. Many that all need each other end soon."""
    example.set("documents", 0, needs="bank").add("documents", document_id="bank", needs="tax").add(
        "documents", document_id="tax", needs=""
    )
    assert "PAPER-CIRCLE" not in example.codes()
    example.set("documents", -1, needs="bank")
    found = [one for one in example.find() if one.code == "PAPER-CIRCLE"]
    assert [one.message for one in found] == ["the document needs itself before: bank -> tax -> bank"]


def test_many_papers_that_all_need_each_other(example):
    names = [f"paper{number}" for number in range(60)]
    for name in names:
        example.add("documents", document_id=name, needs=";".join(one for one in names if one != name))
    found = [one for one in example.find() if one.code == "PAPER-CIRCLE"]
    assert 1 <= len(found) < len(names)
    assert all(one.file and one.row for one in found)
