"""Which process does which order; no process is started here."""

from collections import deque
from multiprocessing import Pipe
from threading import Thread

from landbridge.api.workers import Crew, Order, _Hand


class Hand:
    def __init__(self, *loads):
        self.loads = list(loads)


def crew_of(*orders):
    crew = Crew("test", 0, "none", 1, lambda report: True)
    for order in orders:
        crew.add(order)
    return crew


def order(job_id, load, at=None):
    return Order(job_id, "plan", {}, load) if at is None else Order(job_id, "plan", {}, load, at=at)


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
    assert crew._choose(Hand()).job_id == "a"


def test_the_eldest_is_passed_over_some_times_only():
    crew, hand = crew_of(order("a", "one load"), *(order(f"b{number}", "another") for number in range(6))), Hand("another")
    taken = []
    for _ in range(5):
        found = crew._choose(hand)
        crew._note_turn(found)
        taken.append(found.job_id)
    assert taken == ["b0", "b1", "b2", "a", "b3"]


def test_owners_take_turns_whatever_each_has_waiting():
    crew = crew_of(*(Order(f"anna{number}", "plan", {}, "", "anna") for number in range(5)), Order("boris", "plan", {}, "", "boris"))
    taken = []
    while (found := crew._choose(Hand())) is not None:
        crew._note_turn(found)
        taken.append(found.job_id)
    assert taken == ["anna0", "boris", "anna1", "anna2", "anna3", "anna4"]


def test_a_queue_tells_who_goes_before_and_about_how_long():
    crew = crew_of(*(Order(f"anna{number}", "plan", {}, "", "anna") for number in range(5)), Order("boris", "plan", {}, "", "boris"))
    crew._took.append(4.0)
    assert crew.tell_queue("anna4") == (5, 24)
    assert crew.tell_queue("boris") == (1, 8)
    crew.drop("anna0")
    assert crew.tell_queue("anna4") == (4, 20)
    assert crew.tell_queue("anna0") is None


def test_several_processes_share_what_waits_but_not_the_job_itself():
    crew = Crew("test", 2, "none", 1, lambda report: True)
    for number in range(3):
        crew.add(Order(f"job {number}", "plan", {}))
    crew._took.append(4.0)
    assert crew.tell_queue("job 0") == (0, 4)
    assert crew.tell_queue("job 2") == (2, 8)


def test_a_crew_that_never_begins_by_itself_waits_on_every_system_and_ends(monkeypatch):
    waited = []
    crew = Crew("test", 2, "none", 1, lambda report: True, later_s=None)
    monkeypatch.setattr(crew._called, "wait_for", lambda is_over, seconds: waited.append(seconds) or crew._closing.set())
    for thread in crew._threads:
        thread.start()
        thread.join(5)
    assert waited == [None, None]


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


class Process:
    """A process that answers every order with its own name, after telling progress once."""

    pid = None

    def __init__(self, line):
        self.line = line
        Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                _, request = self.line.recv()
                self.line.send(("progress", request))
                self.line.send(("done", f"answer of {request}"))
            except (EOFError, OSError):
                return

    def is_alive(self):
        return True

    def terminate(self):
        self.line.close()

    def join(self, timeout=None):
        pass


def test_an_answer_whose_progress_could_not_be_noted_reaches_nobody_else():
    heard = []

    def hear(report):
        if report.event == "progress" and report.job_id == "a":
            raise RuntimeError("database is locked")
        heard.append((report.job_id, report.event, report.content if report.event == "done" else None))
        return True

    class Hand(_Hand):
        def __init__(self):
            self.loads, self._process, self._line = deque(), None, None

        def begin(self):
            if self._process is None:
                self._line, theirs = Pipe()
                self._process = Process(theirs)
            return self._process, self._line

    crew, hand = Crew("test", 0, "none", 5, hear), Hand()
    for name in ("a", "b"):
        crew._do(hand, Order(name, "plan", name, ""))
    hand.end()
    assert [one for one in heard if one[1] != "progress"] == [("a", "failed", None), ("b", "done", "answer of b")]
    assert not crew._running
