import copy
import json
from pathlib import Path

import jsonschema
import pytest

import landbridge.report
from landbridge.report.plan_document import document_text, plan_document
from landbridge.report.plan_schema import plan_schema, schema_text

SCHEMA = Path(landbridge.report.__file__).with_name("plan.schema.json")
REMAKE = "python -c 'from landbridge.report.plan_schema import schema_text; print(schema_text(), end=\"\")' > plan.schema.json"


def test_the_committed_schema_is_that_of_the_records():
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), f"make it again: {REMAKE}"


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(plan_schema())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("itineraries", 0, "departs_at"), "2026-12-01T08:00:00"),
        (("itineraries", 0, "departs_at"), "2026-12-01 08:00:00Z"),
        (("itineraries", 0, "legs"), []),
        (("itineraries", 0, "legs", 0, "mode"), "air"),
        (("itineraries", 0, "items", 0, "grade"), "E"),
        (("itineraries", 0, "items", 0, "cost_cents"), 1.5),
        (("itineraries", 0, "items", 0, "amount"), "12,5"),
        (("rejected", 0, "status"), "ended"),
        (("query", "units"), 0),
        (("extra",), 1),
    ],
)
def test_the_schema_refuses_what_is_wrong(plan, dataset, path, value):
    document = json.loads(document_text(plan_document(plan, dataset)))
    broken = copy.deepcopy(document)
    at = broken
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    validator = jsonschema.Draft202012Validator(plan_schema())
    assert validator.is_valid(document)
    assert not validator.is_valid(broken)
