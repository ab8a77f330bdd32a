"""Which process does which order; no process is started here."""

from landbridge.api.workers import Crew, Order


class Hand:
    def __init__(self, *loads):
        self.loads = list(loads)


def crew_of(*orders):
    crew = Crew("test", 0, "none", 1, lambda report: True)
    for order in orders:
        crew.add(order)
    return crew


def order(job_id, load, at=None):
    return Order(job_id, "plan", {}, load) if at is None else Order(job_id, "plan", {}, load, at)


def test_an_order_goes_to_the_process_that_has_its_tables():
    crew = crew_of(order("a", "one load"), order("b", "another"))
    assert crew._choose(Hand("another")).job_id == "b"
    assert crew._choose(Hand()).job_id == "a"


def test_what_an_idle_process_has_tables_for_is_left_to_it():
    crew = crew_of(order("a", "one load"), order("b", "another"))
    crew._idle.append(Hand("one load"))
    assert crew._choose(Hand()).job_id == "b"
    assert crew_of()._choose(Hand()) is None


def test_what_waited_long_goes_to_whoever_is_free():
    crew = crew_of(order("a", "one load", at=0.0), order("b", "another"))
    crew._idle.append(Hand("one load"))
    assert crew._choose(Hand("another")).job_id == "a"


def test_questions_of_one_load_differ_in_ends_and_wishes_only(small_feed):
    from landbridge import planner
    from landbridge.planner import tasks
    from landbridge.planner.question import Question

    dataset = tasks.keep_feed(small_feed)
    first = dataset.shipments[0]

    def load(**more):
        return tasks.name_load(dataset, planner.ask(dataset, Question(origin=first.from_place_id, destination=first.to_place_id, **more)))

    assert load() == load(due="2027-03-01") == load(via=("GEPTI",))
    assert load() != load(ready="2027-01-05")
    assert load() != load(units=f"3x{first.unit_type_id}")


def test_a_crew_that_is_closed_before_its_processes_begin_begins_none():
    crew = Crew("test", 2, "none", 1, lambda report: True, later_s=30.0)
    crew.start()
    crew.close()
    assert not any(thread.is_alive() for thread in crew._threads)
    assert crew._idle == []
