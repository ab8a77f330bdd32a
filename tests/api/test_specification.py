"""The specification: its examples work, and each route is told in the docs."""

import re
from pathlib import Path

import jsonschema

PAGE = Path(__file__).parents[2] / "docs" / "server.md"


def test_the_plan_document_of_the_specification_fits_the_answers(client, question):
    schema = client.get("/openapi.json").json()
    answer = client.post("/v1/plan", json=question)
    assert answer.status_code == 200
    whole = {"$ref": "#/components/schemas/PlanDocument", "components": schema["components"]}
    jsonschema.Draft202012Validator(whole).validate(answer.json())


def test_every_body_has_an_example_that_fits_its_schema(client):
    whole = client.get("/openapi.json").json()
    bodies = {
        content["schema"]["$ref"].rpartition("/")[2]
        for route in whole["paths"].values()
        for told in route.values()
        if (content := told.get("requestBody", {}).get("content", {}).get("application/json"))
    }
    assert len(bodies) >= 8
    for name in bodies:
        examples = whole["components"]["schemas"][name].get("examples", ())
        assert examples, name
        for example in examples:
            schema = {"$ref": f"#/components/schemas/{name}", "components": whole["components"]}
            jsonschema.Draft202012Validator(schema).validate(example)


def test_every_route_is_documented(client):
    page = PAGE.read_text(encoding="utf-8")
    routes = client.get("/openapi.json").json()["paths"]
    assert len(routes) > 15
    assert [route for route in routes if f"`{re.sub('{form}', 'FORM', route)}`" not in page and f"`{route}`" not in page] == []


def test_every_problem_has_its_title():
    from landbridge.api.problem import STATUSES, TITLES

    assert {status for _, status in STATUSES} <= TITLES.keys()
