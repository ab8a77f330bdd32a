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
