"""Pairs of places measured in parts give what they give one by one."""

import pytest

from landbridge.domain.errors import QueryError
from landbridge.domain.way import NoWay, Way
from landbridge.planner import Crew, find_distances, share_distances
from landbridge.planner.distance_share import PairsPart, SharedPairs, measure_part
from landbridge.report.way_document import pair_document


@pytest.fixture
def pairs(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("from,to\nMinsk,Lahore\nMinsk,Nowhereville\nMinsk\nTashkent,Almaty\n", encoding="utf-8")
    return str(path)


def test_a_part_is_answered_as_its_rows_are(pairs):
    found = find_distances(pairs, mode="road")
    expected = [pair_document(*one) for one in found.answers()]
    done = measure_part(found.query, PairsPart(rows=tuple(found.rows)))
    texts = [(origin, destination) for origin, destination, _ in found.rows]
    assert [pair_document(*ends, answer) for ends, answer in zip(texts, done.answers, strict=True)] == expected
    assert [type(one) for one in done.answers] == [Way, NoWay, NoWay, Way]
    assert all(not part.path for one in done.answers if isinstance(one, Way) for part in one.parts), "no drawn line travels"


def test_one_process_answers_row_by_row_and_a_crew_in_parts(pairs):
    assert not isinstance(share_distances(pairs, mode="road"), SharedPairs)
    with pytest.raises(QueryError) as caught:
        share_distances(pairs, mode="road", crew=Crew(workers=2, cluster="x"))
    assert {one.code for one in caught.value.findings} == {"CLUSTER-ADDRESS", "CLUSTER-AND-WORKERS"}
