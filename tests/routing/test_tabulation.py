"""Tables: what the plain terms say, for every side of a border."""

from dataclasses import replace

from landbridge.domain.place import Hours
from landbridge.graph.planning_graph import compile_graph
from landbridge.routing.label_search import LabelSearch
from landbridge.routing.scene import Scene
from landbridge.terms.terms import Terms
from tests.corridor import S, question, tiny_corridor


def test_a_border_opens_by_the_clock_of_the_side_from_which_it_is_crossed():
    dataset = tiny_corridor()
    zones = {"AX": "Asia/Shanghai", "BX": "Asia/Karachi"}
    hours = Hours(hours_id="h", border_id="x", weekdays=(1, 2, 3, 4, 5), opens_min=0, closes_min=1440, **S)
    dataset = replace(
        dataset,
        places=tuple(replace(row, zone=zones.get(row.place_id, row.zone)) for row in dataset.places),
        hours=(hours,),
    )
    search = LabelSearch(Scene(compile_graph(dataset), Terms(dataset, question())))
    tables, arcs = search.tables, search.tabulation.arcs
    firsts = {
        link.from_id: int(tables.open_start[tables.open_first[tables.arc_open[index]]])
        for index, (link, _) in enumerate(arcs)
        if link.link.border_id
    }
    assert firsts["BX"] - firsts["AX"] == 3 * 60
