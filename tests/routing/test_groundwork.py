"""What questions about one load share: other ends, other countries, the same tables."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from landbridge.domain.rule import Rule
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.groundwork import lay_groundwork, set_scene
from landbridge.routing.scene import Scene
from landbridge.sources.load import load_dataset
from landbridge.terms.ends import mark_ends
from landbridge.terms.terms import Terms
from tests.corridor import S, question, tiny_corridor


def test_ends_in_other_countries_that_no_row_tells_apart_share_their_tables():
    dataset, _ = load_dataset("belarus-pakistan")
    graph, day = compile_graph(dataset), dataset.info.as_of
    first = question(origin_id="KZALA", destination_id="UZTAS", unit_type_id="40HC", hs="8701", as_of=day, ready_on=day)
    other = replace(first, destination_id="AZBAK")
    _, one = set_scene(graph, first)
    scene, two = set_scene(graph, other)
    assert one is two
    assert scene.terms.load.destination_country == "AZ"
    alone = lay_groundwork(Scene(graph, Terms(dataset, other)))
    for name, table in alone.tables._asdict().items():
        np.testing.assert_array_equal(table, getattr(two.tables, name), err_msg=name)


def test_loads_that_differ_in_ends_and_days_share_no_more_than_is_the_same():
    """Tables made with what another load left behind are those made alone."""
    dataset, _ = load_dataset("belarus-pakistan")
    graph, day = compile_graph(dataset), dataset.info.as_of
    first = question(origin_id="BYMSQ", destination_id="PKLHE", unit_type_id="40HC", hs="6101", as_of=day, ready_on=day)
    back = replace(first, origin_id="PKLHE", destination_id="BYMSQ", ready_on=day + timedelta(days=7))
    for query in (first, back, replace(first, ready_on=day + timedelta(days=40))):
        scene, found = set_scene(graph, query)
        alone = lay_groundwork(Scene(graph, Terms(dataset, query)))
        for name, table in alone.tables._asdict().items():
            np.testing.assert_array_equal(table, getattr(found.tables, name), err_msg=name)
        assert scene.terms.memory is not alone.scene.terms.memory
        for key, leg in alone.scene.terms._legs.items():
            assert scene.terms._legs[key] == leg


def test_a_rule_on_origins_tells_them_apart():
    dataset = tiny_corridor()
    assert mark_ends(dataset, "AA", "BB") == mark_ends(dataset, "CC", "BB")
    for more in ({"origin_countries": ("AA",)}, {"not_origin_countries": ("AA",)}, {"transit_countries": ("AA",)}):
        known = {"rule_class": "transport", "regime_id": "BB", "status": "in_force", **S}
        ban = Rule(rule_id="ban", title="No", effect="prohibit", scope="leg", **known, **more)
        ruled = replace(dataset, rules=(ban,))
        assert mark_ends(ruled, "AA", "BB") != mark_ends(ruled, "CC", "BB")
