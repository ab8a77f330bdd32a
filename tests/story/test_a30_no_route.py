"""No way is an answer too: it says what stands in each way.

AP ~~ ship, suspended since May ~~ BP        border x closed without an end
"""

from dataclasses import replace
from datetime import date

from landbridge.domain.event import Event
from tests.corridor import S, status, tiny_corridor
from tests.story.line import answer


def test_each_way_names_its_reason():
    dataset = tiny_corridor()
    dataset = replace(
        dataset,
        statuses=(status("ship", "suspended", valid_from=date(2026, 5, 1)), *dataset.statuses[1:]),
        events=(Event(event_id="shut", title="Shut for good", kind="closure", border_id="x", valid_from=date(2026, 10, 1), **S),),
    )
    found = answer(dataset)
    assert (found.itineraries, found.compared) == ((), ())
    assert found.is_complete
    assert [(row.gateway, row.what, row.status or row.event_id, row.since) for row in found.rejected] == [
        ("AP", "ship", "suspended", date(2026, 5, 1)),
        ("x", "x", "shut", date(2026, 10, 1)),
    ]
