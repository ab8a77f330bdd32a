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


def test_every_route_is_documented(client):
    page = PAGE.read_text(encoding="utf-8")
    routes = client.get("/openapi.json").json()["paths"]
    assert len(routes) > 15
    assert [route for route in routes if f"`{re.sub('{form}', 'FORM', route)}`" not in page and f"`{route}`" not in page] == []


def test_every_problem_has_its_title():
    from landbridge.api.problem import STATUSES, TITLES

    assert {status for _, status in STATUSES} <= TITLES.keys()
