"""How far a book is, in words and as values."""

from landbridge.domain.headway import Headway, Stage
from landbridge.report.headway import headway_document, headway_text


def test_every_stage_has_its_words():
    told = [headway_text(Headway(stage=stage, done=3, total=7, subject="x")) for stage in Stage]
    assert len(set(told)) == len(Stage)
    assert not any("{" in text or "None" in text for text in told)


def test_a_plan_in_words():
    assert headway_text(Headway(stage=Stage.PLAN, spent_seconds=0.04)) == "0.0 s: plan none yet, no bound yet"
    assert headway_text(Headway(stage=Stage.PLAN, cost_cents=265_022_755, spent_seconds=1.26)) == "1.3 s: plan 2,650,228, no bound yet"
    proven = Headway(stage=Stage.PLAN, cost_cents=200_000, bound_cents=199_000)
    assert headway_text(proven) == "plan 2,000, bound 1,990, gap 0.50 %"
    assert proven.gap == 0.005
    assert Headway(stage=Stage.PLAN, bound_cents=100, spent_seconds=1.0).gap is None
    assert Headway(stage=Stage.PLAN, cost_cents=0, bound_cents=0).gap == 0.0


def test_the_newest_figures_of_each_kind_are_kept():
    first = headway_document(Headway(stage=Stage.KINDS, done=2, total=9), {})
    assert first == {"step": "planning", "text": "ways of kind of load 2 of 9", "candidates": {"stage": "kinds", "done": 2, "of": 9}}
    later = headway_document(Headway(stage=Stage.ADDED, done=4), first)
    assert later["candidates"] == first["candidates"]
    assert later["text"] == "further itineraries for want of room: 4"


def test_a_scenario_has_no_figures_of_the_one_before():
    """The plan and the gap of the feed as it is had stood under the name of the first scenario."""
    planned = headway_document(Headway(stage=Stage.PLAN, cost_cents=200_000, bound_cents=200_000, spent_seconds=1.0), {})
    assert headway_document(Headway(stage=Stage.SCENARIO, subject="closed"), planned) == {"step": "planning", "text": "scenario closed"}
