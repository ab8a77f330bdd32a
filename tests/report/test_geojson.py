import json
from dataclasses import replace

from landbridge.report.geojson import plan_geojson
from landbridge.report.plan_document import document_text


def test_legs_are_lines_along_their_path_and_places_points(plan, dataset):
    drawing = json.loads(document_text(plan_geojson(plan, dataset)))
    lines = [one for one in drawing["features"] if one["geometry"]["type"] == "LineString"]
    assert len(lines) == 8
    assert lines[0]["geometry"]["coordinates"][0] == [27.56, 53.9]
    assert lines[0]["properties"]["service"] == "Minsk - Novorossiysk container train"
    points = {one["properties"]["place_id"]: one["properties"]["role"] for one in drawing["features"] if one["geometry"]["type"] == "Point"}
    assert points == {
        "BYMSQ": "origin", "RUNVS": "change", "AEJEA": "change", "PKKHI": "change", "PKLHE": "destination", "RULED": "change",
        "IRZAH": "passed",
    }  # fmt: skip


def test_a_leg_without_a_path_goes_from_call_to_call(plan, dataset):
    bare = replace(plan.itineraries[2], legs=(replace(plan.itineraries[2].legs[0], path=()),))
    line = plan_geojson(replace(plan, itineraries=(bare,)), dataset)["features"][0]
    assert line["geometry"]["coordinates"] == [[27.56, 53.9], [60.86, 29.5], [74.35, 31.55]]


def test_a_line_over_the_180th_meridian_is_cut_there(plan, dataset):
    leg = replace(plan.itineraries[2].legs[0], path=((170.0, 40.0), (-170.0, 50.0), (-160.0, 50.0)))
    line = plan_geojson(replace(plan, itineraries=(replace(plan.itineraries[2], legs=(leg,)),)), dataset)["features"][0]
    assert line["geometry"] == {
        "type": "MultiLineString",
        "coordinates": [[[170.0, 40.0], [180.0, 45.0]], [[-180.0, 45.0], [-170.0, 50.0], [-160.0, 50.0]]],
    }


def test_a_leg_between_unknown_places_has_no_geometry(plan, dataset):
    leg = replace(plan.itineraries[2].legs[0], path=(), calls=("XXXXX", "YYYYY"))
    line = plan_geojson(replace(plan, itineraries=(replace(plan.itineraries[2], legs=(leg,)),)), dataset)["features"][0]
    assert line["geometry"] is None
