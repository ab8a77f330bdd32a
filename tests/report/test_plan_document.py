import copy
import dataclasses
import json
import math
import typing
from collections.abc import Iterator
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landbridge.domain.errors import DataError
from landbridge.domain.plan import Leg, Plan
from landbridge.report import document_form
from landbridge.report import plan_document as module
from landbridge.report.document_form import encode
from landbridge.report.explanation import explain_itinerary
from landbridge.report.explanation_table import render_explanation
from landbridge.report.geojson import plan_geojson
from landbridge.report.page import plain_text
from landbridge.report.plan_document import (
    PlanDocument,
    compact_text,
    document_text,
    list_cited_sources,
    parse_plan_document,
    plan_document,
    plan_text,
)
from landbridge.report.plan_html import plan_html
from landbridge.report.plan_page import render_plan
from landbridge.report.plan_schema import plan_schema

SHARED = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**63, -1, 10**30, 0, 7]),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["2026-02-30", "2026-12-01T08:00:00+01:00", "2026-12-01T08:00:00Z", "NaN", "1e5", "D", "sea", "\ud800", "x" * 5000]),
    st.just([]),
    st.just({}),
    st.just([[]]),
    st.just([math.nan, 1.0]),
)


@pytest.fixture(scope="module")
def document(plan, dataset):
    return json.loads(document_text(plan_document(plan, dataset)))


@pytest.fixture(scope="module")
def validator():
    return jsonschema.Draft202012Validator(plan_schema(), format_checker=jsonschema.FormatChecker())


def test_a_plan_comes_back_exactly(plan, document):
    assert parse_plan_document(document) == plan


def test_keys_are_those_of_the_issue(document):
    assert list(document) == [
        "query", "dataset", "load", "policy", "capital_percent", "itineraries", "compared", "rejected", "matrix", "findings", "sources",
        "places", "code_version", "is_complete",
    ]  # fmt: skip
    itinerary = document["itineraries"][0]
    wanted = "cost_cents cost_low_cents cost_high_cents currency departs_at arrives_at duration_min emission_g_co2e labels is_confirmed"
    assert set(wanted.split()) | {"exposures", "legs", "items", "documents", "duties"} <= set(itinerary)
    leg = "mode service_id from to departs_at arrives_at ready_at distance_m stages path"
    assert set(leg.split()) <= set(itinerary["legs"][0])
    assert {"kind", "cost_cents", "source_id", "grade", "leg"} <= set(itinerary["items"][0])
    assert set(document["compared"][0]) == {"gateway", "itinerary", "dominated_by", "reason"}
    assert set(document["dataset"]) == {"name", "digest", "as_of"}
    assert set(document["sources"][0]) == {"id", "title", "publisher", "published_on", "address", "grade"}


def test_times_are_utc_with_z_and_amounts_decimal_text(document):
    assert document["itineraries"][0]["departs_at"] == "2026-11-30T21:00:00Z"
    assert document["itineraries"][0]["items"][0]["amount"] == "4054.8"
    assert document["query"]["value"] == "120000"


def test_a_rejection_names_exactly_one_cause_and_omits_the_others(document):
    causes = {"rule_id", "event_id", "permit_id", "status"}
    assert [sorted(causes & set(one)) for one in document["rejected"]] == [
        ["rule_id"], ["rule_id"], ["event_id"], ["event_id"], ["permit_id"], ["status"],
    ]  # fmt: skip
    assert all({"what", "reason", "since", "until", "regime", "gateway"} <= set(one) for one in document["rejected"])


def test_the_document_keeps_its_schema(document, validator):
    validator.validate(document)


def test_every_cited_source_is_there(plan, dataset, document):
    cited = {item["source_id"] for one in document["itineraries"] for item in one["items"]}
    assert cited <= {source["id"] for source in document["sources"]}
    assert {"eu-2022-577", "uk-ofsi-2022"} <= {source.source_id for source in list_cited_sources(plan, dataset)}


def test_places_carry_name_and_position(document):
    assert document["places"]["PKLHE"] == {"name": "Lahore", "country": "PK", "zone": "Asia/Karachi", "lon": 74.35, "lat": 31.55}


def test_text_is_utf8_with_points_on_one_line(plan, dataset):
    odd = dataclasses.replace(plan, policy_text="Лахор \ud800")
    text = document_text(plan_document(odd, dataset))
    assert "Лахор" in text
    assert "[27.56, 53.9]" in text
    assert json.loads(text.encode("utf-8"))["policy"]["text"] == "Лахор \ud800"


def test_the_text_for_stores_is_that_of_the_document(plan, dataset):
    """Also of records that are equal and not the same, and the same in two plans."""
    twice = tuple(dataclasses.replace(one, items=tuple(map(copy.copy, one.items)), labels=("again",)) for one in plan.itineraries)
    odd = dataclasses.replace(plan, itineraries=(*plan.itineraries, *twice), policy_text="Лахор \ud800")
    for one in (plan, odd, dataclasses.replace(plan, itineraries=(), compared=())):
        assert plan_text(one, dataset) == compact_text(plan_document(one, dataset))


def test_what_many_plans_share_is_written_once(plan, dataset, monkeypatch):
    many, written = dataclasses.replace(plan, itineraries=plan.itineraries * 50), []
    monkeypatch.setattr(module, "encode", lambda value: written.append(type(value)) or encode(value))
    plan_text(many, dataset)
    assert written.count(Leg) == len(
        {id(leg) for row in (*plan.itineraries, *(one.itinerary for one in plan.compared)) for leg in row.legs}
    )


def test_all_that_is_wrong_is_told_at_once_with_its_path(document):
    broken = copy.deepcopy(document)
    broken["itineraries"][0]["cost_cents"] = "12"
    broken["itineraries"][1]["legs"][0]["mode"] = "zeppelin"
    broken["compared"][2]["dominated_by"] = True
    broken["query"]["ready_on"] = "2026-02-30"
    broken["is_valid"] = True
    del broken["itineraries"][0]["items"][3]["grade"]
    with pytest.raises(DataError) as caught:
        parse_plan_document(broken, file="plan.json")
    assert {finding.column: finding.code for finding in caught.value.findings} == {
        "$.itineraries[0].cost_cents": "PLAN-TYPE",
        "$.itineraries[1].legs[0].mode": "PLAN-VALUE",
        "$.compared[2].dominated_by": "PLAN-TYPE",
        "$.query.ready_on": "PLAN-VALUE",
        "$": "PLAN-KEY",
        "$.itineraries[0].items[3].grade": "PLAN-MISSING",
    }
    assert {finding.file for finding in caught.value.findings} == {"plan.json"}


@pytest.mark.parametrize("value", [None, 3, [], "plan", math.nan, {}, [{}]])
def test_what_is_no_plan_is_told_so(value):
    with pytest.raises(DataError):
        parse_plan_document(value)


@pytest.mark.parametrize(
    "value", [{"format": "landbridge.book/1", "levers": []}, {"format": "landbridge.zzz/1"}, {"arrival": {}, "runs": 1}]
)
def test_another_document_of_landbridge_is_told_in_one_line(value):
    """Not the forty keys in which it differs."""
    with pytest.raises(DataError) as caught:
        parse_plan_document(value, file="book.json")
    assert [(one.code, one.file) for one in caught.value.findings] == [("PLAN-OTHER-KIND", "book.json")]


def test_references_that_lead_nowhere_are_told(document):
    broken = copy.deepcopy(document)
    broken["itineraries"][2]["items"][0]["leg"] = 1
    broken["compared"][0]["dominated_by"] = 3
    broken["itineraries"][0]["documents"][0]["legs"] = [9]
    broken["rejected"][0]["status"] = "ended"
    del broken["rejected"][1]["rule_id"]
    broken["itineraries"][1]["legs"] = []
    with pytest.raises(DataError) as caught:
        parse_plan_document(broken)
    assert {finding.column for finding in caught.value.findings} >= {
        "$.itineraries[2].items[0].leg",
        "$.compared[0].dominated_by",
        "$.itineraries[0].documents[0].legs[0]",
        "$.rejected[0]",
        "$.rejected[1]",
        "$.itineraries[1].legs",
    }


def test_a_thousand_errors_are_told_as_two_hundred(document):
    broken = copy.deepcopy(document)
    broken["matrix"] = [7] * 1000
    with pytest.raises(DataError) as caught:
        parse_plan_document(broken)
    assert len(caught.value.findings) == 200


def paths_of(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    yield path
    if isinstance(value, dict):
        for key, one in value.items():
            yield from paths_of(one, (*path, key))
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from paths_of(one, (*path, index))


def with_change(document, path, change):
    broken = copy.deepcopy(document)
    if not path:
        return change
    at = broken
    for step in path[:-1]:
        at = at[step]
    if change is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = change
    return broken


@SHARED
@given(data=st.data())
def test_a_hostile_document_is_refused_or_read_and_shown_never_a_crash(data, document, dataset, validator):
    path = data.draw(st.sampled_from(list(paths_of(document))), label="path")
    change = data.draw(st.one_of(HOSTILE, st.just(...)) if path else HOSTILE, label="change")
    broken = with_change(document, path, change)
    try:
        plan = parse_plan_document(broken)
    except DataError as error:
        findings = error.findings
    else:
        findings = ()
        assert validator.is_valid(broken), "the parser takes nothing that the schema refuses"
        show_everything(plan, dataset)
    assert all(finding.column.startswith("$") and finding.message for finding in findings)


def show_everything(plan: Plan, dataset) -> None:
    for width in (80, 140):
        assert plain_text(render_plan(plan, dataset, width=width))
    assert plan_html(plan, dataset)
    assert plan_geojson(plan, dataset)
    for number in range(1, len(plan.itineraries) + 1):
        assert render_explanation(explain_itinerary(plan, number, dataset))


DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6)


@SHARED
@given(value=DECIMALS, cents=st.integers(-(2**53) + 1, 2**53 - 1), lon=st.floats(-180, 180), text=st.text(max_size=40), rate=DECIMALS)
def test_any_figures_and_words_come_back_exactly(plan, dataset, value, cents, lon, text, rate):
    first = plan.itineraries[0]
    item = dataclasses.replace(first.items[0], cost_cents=cents, amount=value, rate=rate, name=text)
    leg = dataclasses.replace(first.legs[0], path=((lon, lon / 2), (0.1 + 0.2, -0.0)))
    itinerary = dataclasses.replace(first, items=(item, *first.items[1:]), legs=(leg, *first.legs[1:]))
    changed = dataclasses.replace(plan, itineraries=(itinerary, *plan.itineraries[1:]), policy_text=text)
    assert parse_plan_document(json.loads(document_text(plan_document(changed, dataset)))) == changed


def test_decimals_in_scientific_form_come_back_equal(plan, dataset):
    odd = dataclasses.replace(plan, capital_percent=Decimal("1.2E+1"))
    form = plan_document(odd, dataset)
    assert form["capital_percent"] == "12"
    assert parse_plan_document(form) == odd


def test_marks_of_the_form_name_fields_that_exist():
    records = {}
    pending = [PlanDocument]
    while pending:
        record = pending.pop()
        records[record.__name__] = {field.name for field in dataclasses.fields(record)}
        for hint in typing.get_type_hints(record).values():
            for one in (hint, *typing.get_args(hint)):
                if dataclasses.is_dataclass(one) and one.__name__ not in records:
                    pending.append(one)
    marks = [*document_form.KEYS, *document_form.OMITTED_IF_NONE, *document_form.CHOICES, *document_form.MINIMA]
    assert [mark for mark in marks if mark[1] not in records[mark[0]]] == []
