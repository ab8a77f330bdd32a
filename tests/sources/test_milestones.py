"""Events of goods under way, as JSON and as CSV."""

import json

import pytest

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.sources.milestones import read_milestones

HEADER = "eventType,eventClassifierCode,eventDateTime,transportEventTypeCode,equipmentEventTypeCode,UNLocationCode"


@pytest.fixture
def read(tmp_path):
    def read_text(text, judge=None):
        path = tmp_path / "events"
        path.write_text(text, encoding="utf-8")
        return read_milestones(path, judge=judge)

    return read_text


def event(**more):
    usual = {"eventType": "TRANSPORT", "eventClassifierCode": "ACT", "eventDateTime": "2026-12-01T10:00:00+03:00"}
    return {**usual, "transportEventTypeCode": "ARRI", "transportCall": {"UNLocationCode": "RULED"}, **more}


def test_json_and_csv_say_the_same(read):
    """In order of time, in UTC; what is planned or estimated is left out and told."""
    late = event(eventDateTime="2026-12-02T10:00:00Z", transportEventTypeCode="DEPA")
    from_json, told = read(json.dumps({"events": [late, event(), event(eventClassifierCode="EST")]}))
    rows = (
        "TRANSPORT,ACT,2026-12-02T10:00:00Z,DEPA,,RULED",
        "TRANSPORT,ACT,2026-12-01T10:00:00+03:00,ARRI,,RULED",
        "TRANSPORT,EST,2026-12-01T10:00:00+03:00,ARRI,,RULED",
    )
    from_csv, _ = read("\n".join((HEADER, *rows)))
    assert [(one.where, one.kind, one.at) for one in from_json] == [(one.where, one.kind, one.at) for one in from_csv]
    assert [one.kind for one in from_json] == ["arrive", "depart"]
    assert from_json[0].at.isoformat() == "2026-12-01T07:00:00+00:00"
    assert [finding.code for finding in told] == ["MILESTONE-LEFT"]


def test_equipment_events_and_nested_places(read):
    gate = event(transportEventTypeCode="", equipmentEventTypeCode="GTOT", transportCall={"location": {"UNLocationCode": "PKKHI"}})
    (found,), _ = read(json.dumps([gate]))
    assert (found.where, found.kind) == ("PKKHI", "depart")


def test_all_that_is_wrong_is_told_at_once(read):
    wrong = [event(eventDateTime="2026-12-01 noon"), event(eventDateTime="2026-12-01T10:00:00"), event(transportCall={}), 7]
    with pytest.raises(DataError) as caught:
        read(json.dumps(wrong))
    codes = sorted(finding.code for finding in caught.value.findings)
    assert codes == ["MILESTONE-PLACE", *["MILESTONE-TIME"] * 3]


@pytest.mark.parametrize("text", ["[]", "{}", HEADER, "", '{"events": 5}', "[1e999]"])
def test_nothing_is_told_too(read, text):
    with pytest.raises(DataError):
        read(text)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_files_of_spreadsheets_with_other_marks_are_read(read, mark):
    (found,), _ = read("\n".join((HEADER, "TRANSPORT,ACT,2026-12-02T10:00:00Z,DEPA,,RULED")).replace(",", mark))
    assert (found.where, found.kind) == ("RULED", "depart")


def test_quoted_cells_and_commas_in_headers_are_no_trouble(read):
    header = ";".join(f'"{name}"' for name in (*HEADER.split(","), "note, free"))
    (found,), _ = read(f'{header}\n"TRANSPORT";"ACT";"2026-12-02T10:00:00Z";"DEPA";"";"RULED";"slow; late"')
    assert (found.where, found.kind) == ("RULED", "depart")
    (found,), _ = read(f"note;x,{HEADER}\nslow,TRANSPORT,ACT,2026-12-02T10:00:00Z,DEPA,,RULED")
    assert (found.where, found.kind) == ("RULED", "depart")


def test_a_column_that_is_missing_is_named(read):
    with pytest.raises(DataError) as caught:
        read("eventDateTime,place\n2026-12-02T10:00:00Z,RULED")
    (finding,) = caught.value.findings
    assert finding.message == "there is no column eventClassifierCode and no column UNLocationCode"


def test_what_else_is_wrong_is_told_together_with_what_cannot_be_read(read):
    """The judge sees the milestones that can be read, in order of time."""
    seen = []

    def judge(milestones):
        seen.extend(one.where for one in milestones)
        return [Finding(code="MILESTONE-OFF-WAY", row=1, message="the plan does not arrive at RULED", fix="")]

    with pytest.raises(DataError) as caught:
        read(json.dumps({"events": [event(), event(eventDateTime="not a date")]}), judge)
    assert seen == ["RULED"]
    assert {one.code for one in caught.value.findings} == {"MILESTONE-TIME", "MILESTONE-OFF-WAY"}
    assert {one.file for one in caught.value.findings} == {"events"}
