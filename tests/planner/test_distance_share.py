"""Pairs of places measured in parts give what they give one by one."""

import pytest

from landbridge.domain.errors import QueryError
from landbridge.domain.way import NoWay, Way
from landbridge.planner import Crew, distance_share, find_distances, share_distances
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


def test_a_crew_answers_every_row_in_the_order_of_the_file(pairs, monkeypatch):
    monkeypatch.setattr(distance_share, "PART_ROWS", 2)
    heard = []
    crew = share_distances(pairs, mode="road", crew=Crew(workers=2))
    assert isinstance(crew, SharedPairs)
    found = list(crew.answers(lambda: heard.append(1)))
    assert [row[:2] for row in found] == [("Minsk", "Lahore"), ("Minsk", "Nowhereville"), ("Minsk", ""), ("Tashkent", "Almaty")]
    assert [pair_document(*row) for row in found] == [pair_document(*row) for row in find_distances(pairs, mode="road").answers()]
    assert len(heard) == len(crew) == 4


def test_one_process_answers_row_by_row_and_a_crew_in_parts(pairs):
    assert not isinstance(share_distances(pairs, mode="road"), SharedPairs)
    with pytest.raises(QueryError) as caught:
        share_distances(pairs, mode="road", crew=Crew(workers=2, cluster="x"))
    assert {one.code for one in caught.value.findings} == {"CLUSTER-ADDRESS", "CLUSTER-AND-WORKERS"}


def test_finished_rows_are_kept_for_the_same_question_alone(pairs, tmp_path, monkeypatch):
    crew = Crew(keep=str(tmp_path / "kept"))
    first = list(share_distances(pairs, mode="road", crew=crew).answers())
    worked = []
    real = distance_share.measure_part
    monkeypatch.setattr(distance_share, "measure_part", lambda *args: worked.append(args) or real(*args))
    assert list(share_distances(pairs, mode="road", crew=crew).answers()) == first
    assert not worked
    other = list(share_distances(pairs, mode="road", avoid=("AF", "TM"), crew=crew).answers())
    assert len(worked) == 1
    assert other == list(share_distances(pairs, mode="road", avoid=("TM", "AF"), crew=crew).answers())
    assert len(worked) == 1
