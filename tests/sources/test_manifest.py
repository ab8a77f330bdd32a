"""What a feed says of itself."""

from datetime import date
from decimal import Decimal

import pytest

from landbridge.sources.manifest import make_info, parse_manifest


def parse(text):
    findings = []
    manifest = parse_manifest(text.encode(), "feed/datapackage.json", findings)
    return manifest, findings


def test_what_is_stated_and_what_is_taken_for_granted():
    """Settings that are not stated have the defaults of the domain."""
    manifest, findings = parse('{"name": "a", "landbridge": {"as_of": "2026-11-24", "capital_percent": 12.5}}')
    info = make_info([manifest], "f", "a", findings)
    assert findings == []
    assert (info.as_of, info.capital_percent, info.evidence_days, info.gates) == (date(2026, 11, 24), Decimal("12.5"), 450, None)


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("[]", "JSON-BROKEN", ""),
        ('{"landbridge": {}}', "PACKAGE-FIELD-MISSING", "name"),
        ('{"name": "My Feed"}', "PACKAGE-FIELD", "name"),
        ('{"name": "a/b"}', "PACKAGE-FIELD", "name"),
        ('{"name": "a", "version": 1}', "PACKAGE-FIELD", "version"),
        ('{"name": "a", "title": "a\\u0000b"}', "PACKAGE-FIELD", "title"),
        ('{"name": "a", "landbridge": []}', "PACKAGE-FIELD", "landbridge"),
        ('{"name": "a", "landbridge": {"as_of": "soon"}}', "PACKAGE-FIELD", "as_of"),
        ('{"name": "a", "landbridge": {"as_of": 20261124}}', "PACKAGE-FIELD", "as_of"),
        ('{"name": "a", "landbridge": {"settlement_currency": "usd"}}', "PACKAGE-FIELD", "settlement_currency"),
        ('{"name": "a", "landbridge": {"gates": "UN"}}', "PACKAGE-FIELD", "gates"),
        ('{"name": "a", "landbridge": {"evidence_days": 4.5}}', "PACKAGE-FIELD", "evidence_days"),
        ('{"name": "a", "landbridge": {"evidence_days": true}}', "PACKAGE-FIELD", "evidence_days"),
        ('{"name": "a", "landbridge": {"capital_percent": -1}}', "PACKAGE-FIELD", "capital_percent"),
        ('{"name": "a", "landbridge": {"extends": 5}}', "PACKAGE-FIELD", "extends"),
        ('{"name": "a", "resources": {}}', "PACKAGE-FIELD", "resources"),
        ('{"name": "a", "resources": [{"name": "places"}]}', "PACKAGE-FIELD", "resources"),
        ('{"name": "a", "landbridge": {"as_off": "2026-11-24"}}', "PACKAGE-KEY-UNKNOWN", "as_off"),
    ],
)
def test_each_wrong_value_is_found(text, code, column):
    """Every wrong value is a finding with the key it is about."""
    assert (code, column) in {(finding.code, finding.column) for finding in parse(text)[1]}


def test_a_feed_states_its_day():
    """Without a day no question could be answered twice the same."""
    manifest, findings = parse('{"name": "a"}')
    make_info([manifest], "f", "a", findings)
    assert [(finding.code, finding.column) for finding in findings] == [("PACKAGE-FIELD-MISSING", "as_of")]
