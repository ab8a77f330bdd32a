"""Processes that do the long work, so that no page and no other request ever waits for it.

A process holds its feed warm and does one job at a time. It is ended, and another begun, where a job is cancelled or takes too long: a
search in compiled code hears nothing before it is done.
"""

from __future__ import annotations

import gc
import itertools
import logging
import math
import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import Any

from landbridge.api.clock import read_clock
from landbridge.api.problem import describe_error, describe_problem

_CONTEXT = multiprocessing.get_context("spawn")
_LOOK_S = 0.25
_APART_S = 4.0
_PATIENCE_S = 2.0
"""An order that waited so long goes to whoever is free, though it could be done faster elsewhere."""
_PASSES = 3
"""So many younger orders, of which a process has the tables, may go before the eldest of the same owner."""
_REST_S = 0.2
"""A process of brief orders that had none for so long looks for garbage; a search leaves little, and the tables that it keeps are many."""
_ORDERS_TO_REST = 16
_DONE = object()
_KEPT_TIMES = 20
_KEPT_LOADS = 4
"""Loads that a process is sent more of: it has their tables, or most of them (``routing.groundwork``)."""
MOST_MB = 2_000
"""A process that holds more after a job is ended, and another begun."""
_log = logging.getLogger("landbridge.api")


@dataclass(frozen=True, slots=True)
class Order:
    """One job for a process; a process that did one of the same ``load`` has its tables still."""

    job_id: str
    kind: str
    request: dict[str, Any]
    load: str = ""
    owner: str = ""
    at: float = field(default_factory=monotonic)


@dataclass(frozen=True, slots=True)
class Report:
    """What comes back of a job: ``begun``, ``progress``, ``done``, ``failed`` or ``gone`` where it was cancelled meanwhile."""

    job_id: str
    event: str
    content: Any = None


Hear = Callable[[Report], bool]


class Crew:
    """Some processes of one kind, and the jobs that wait for them."""

    def __init__(
        self,
        name: str,
        size: int,
        feed: str,
        seconds: int,
        hear: Hear,
        *,
        later_s: float | None = 0.0,
        nice: int = 0,
        is_brief: bool = False,
    ) -> None:
        """``hear`` is called from a thread; for ``begun`` it says whether the job is still wanted.

        The first process begins after ``later_s`` seconds, each further one some seconds after the one before, or when it is needed;
        with None only then. They give way to other processes by ``nice`` steps of priority. Where orders are brief, a process looks for
        garbage between them and not while somebody waits.
        """
        self._feed, self._seconds, self._hear, self._nice, self._is_brief = feed, seconds, hear, nice, is_brief
        self._waiting: list[Order] = []
        self._idle: list[_Hand] = []
        self._lock = threading.Lock()
        self._called = threading.Condition(self._lock)
        self._running: dict[str, BaseProcess] = {}
        self._busy: dict[str, str] = {}
        self._passed: dict[str, int] = {}
        self._turns: dict[str, int] = {}
        self._turn = itertools.count(1)
        self._took: deque[float] = deque(maxlen=_KEPT_TIMES)
        self._dropped: set[str] = set()
        self._closing = threading.Event()
        begins = [(f"{name}-{number}", None if later_s is None else later_s + number * _APART_S) for number in range(size)]
        self._threads = [threading.Thread(target=self._serve, args=(later,), name=one, daemon=True) for one, later in begins]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def add(self, order: Order) -> None:
        with self._called:
            self._waiting.append(order)
            self._called.notify_all()

    def drop(self, job_id: str) -> None:
        """Stop a job that runs, forget one that waits."""
        with self._lock:
            self._waiting = [one for one in self._waiting if one.job_id != job_id]
            self._passed.pop(job_id, None)
            process = self._running.get(job_id)
            if process is not None:
                self._dropped.add(job_id)
                process.terminate()

    def list_ids(self) -> frozenset[str]:
        """Jobs that wait here or are being done."""
        with self._lock:
            return frozenset((*(one.job_id for one in self._waiting), *self._busy))

    def close(self) -> None:
        self._closing.set()
        with self._called:
            self._called.notify_all()
            for process in self._running.values():
                process.terminate()
        for thread in self._threads:
            thread.join(timeout=5)

    def tell_queue(self, job_id: str) -> tuple[int, int] | None:
        """Orders that go before one, and seconds until it is done as far as the last orders tell; None where it does not wait here."""
        with self._lock:
            queues = self._queues()
            mine = next((queue for queue in queues.values() for one in queue if one.job_id == job_id), None)
            if mine is None:
                return None
            place = next(number for number, one in enumerate(mine) if one.job_id == job_id)
            ahead = place + sum(min(len(queue), place + 1) for queue in queues.values() if queue is not mine)
            mean = sum(self._took) / len(self._took) if self._took else 0.0
            return ahead, math.ceil((ahead + len(self._busy) / 2) * mean / max(1, len(self._threads)) + mean)

    def _queues(self) -> dict[str, list[Order]]:
        """What waits, by owner; first the owner of whom least is done at the moment and whose turn is longest ago."""
        queues: dict[str, list[Order]] = {}
        for one in self._waiting:
            queues.setdefault(one.owner, []).append(one)
        busy = list(self._busy.values())
        return dict(sorted(queues.items(), key=lambda item: (busy.count(item[0]), self._turns.get(item[0], 0))))

    def _serve(self, later_s: float | None) -> None:
        with self._called:
            self._called.wait_for(lambda: self._closing.is_set() or len(self._waiting) > len(self._idle), later_s)
        if self._closing.is_set():
            return
        hand = _Hand(self._feed, self._nice, is_brief=self._is_brief)
        while (order := self._take(hand)) is not None:
            begin = monotonic()
            try:
                if self._hear(Report(order.job_id, "begun")):
                    self._do(hand, order)
                    self._took.append(monotonic() - begin)
            except Exception:  # a thread of the door: a job that cannot be noted must not end its crew
                _log.exception("job %s", order.job_id)
            finally:
                with self._lock:
                    self._busy.pop(order.job_id, None)
        hand.end()

    def _take(self, hand: _Hand) -> Order | None:
        """Wait for an order for this process; None at the end."""
        with self._called:
            self._idle.append(hand)
            while (order := self._choose(hand)) is None and not self._closing.is_set():
                self._called.wait()
            self._idle.remove(hand)
            if order is None or self._closing.is_set():
                return None
            self._note_turn(order)
            self._called.notify_all()  # what was left to this process is free for others
        if order.load in hand.loads:
            hand.loads.remove(order.load)
        if order.load:
            hand.loads.append(order.load)
        return order

    def _note_turn(self, order: Order) -> None:
        self._waiting.remove(order)
        self._busy[order.job_id] = order.owner
        self._passed.pop(order.job_id, None)
        first = next((one for one in self._waiting if one.owner == order.owner), None)
        if first is not None and first.at < order.at:
            self._passed[first.job_id] = self._passed.get(first.job_id, 0) + 1
        self._turns[order.owner] = next(self._turn)

    def _choose(self, hand: _Hand) -> Order | None:
        """The next order for a process: owners take turns, whatever each of them has waiting.

        Of one owner: the first whose tables this process has, unless the eldest was passed over too often; else the first for which no idle
        process has them, or the eldest if it waited long.
        """
        others = [one for one in self._idle if one is not hand]
        for own in self._queues().values():
            eldest = own[0]
            kept = next((one for one in own if one.load in hand.loads), None)
            if kept is not None and self._passed.get(eldest.job_id, 0) < _PASSES:
                return kept
            if monotonic() - eldest.at > _PATIENCE_S or self._passed.get(eldest.job_id, 0) >= _PASSES:
                return eldest
            free = next((one for one in own if not any(one.load in other.loads for other in others)), None)
            if free is not None:
                return free
        return None

    def _do(self, hand: _Hand, order: Order) -> None:
        process, line = hand.begin()
        with self._lock:
            self._running[order.job_id] = process
        last = None
        try:
            line.send((order.kind, order.request))
            last = self._listen(line, order)
        except (EOFError, OSError):
            pass
        except Exception:  # not noted: the process still owes an answer, which the next order must not get
            _log.exception("progress of job %s", order.job_id)
        finally:
            with self._lock:
                del self._running[order.job_id]
                is_dropped = order.job_id in self._dropped
                self._dropped.discard(order.job_id)
            if last is None or last.event == "late":
                hand.end()
        if self._closing.is_set() and last is None:
            return  # the job stays open and is begun again at the next start
        self._hear(self._conclude(order, last, is_dropped=is_dropped))
        if hand.is_full():
            hand.end()
            hand.begin()

    def _conclude(self, order: Order, last: Report | None, *, is_dropped: bool) -> Report:
        if is_dropped:
            return Report(order.job_id, "gone")
        if last is None:
            return Report(order.job_id, "failed", describe_problem(503, "the process that did the job ended; ask again"))
        if last.event == "late":
            return Report(order.job_id, "failed", describe_problem(408, f"the job took more than {self._seconds} s and was stopped"))
        return last

    def _listen(self, line: Connection, order: Order) -> Report:
        """Pass on progress until the job ends one way or the other."""
        until = monotonic() + self._seconds
        while monotonic() < until:
            if line.poll(_LOOK_S):
                event, content = line.recv()
                if event != "progress":
                    return Report(order.job_id, event, content)
                self._hear(Report(order.job_id, event, content))
        return Report(order.job_id, "late")


class _Hand:
    """One process, begun when it is needed. ``loads`` are those of its last orders, whose tables it has."""

    def __init__(self, feed: str, nice: int, *, is_brief: bool) -> None:
        self._feed, self._nice, self._is_brief = feed, nice, is_brief
        self.loads: deque[str] = deque(maxlen=_KEPT_LOADS)
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self.begin()

    def begin(self) -> tuple[BaseProcess, Connection]:
        if self._process is None or self._line is None or not self._process.is_alive():
            self.loads.clear()
            ours, theirs = _CONTEXT.Pipe()
            self._process = _CONTEXT.Process(target=work, args=(theirs, self._feed, self._nice, self._is_brief), daemon=True)
            self._process.start()
            theirs.close()
            self._line = ours
        return self._process, self._line

    def is_full(self) -> bool:
        """Whether the process holds more memory than it should: what it keeps between questions has a price."""
        return self._process is not None and self._process.pid is not None and memory_mb(self._process.pid) > MOST_MB

    def end(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.join(timeout=5)
        if self._line is not None:
            self._line.close()
        self._process = self._line = None
        self.loads.clear()


def memory_mb(pid: int) -> int:
    """Memory of a process in megabytes; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{pid}/statm").read_text(encoding="ascii")
        return int(told.split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000
    except (OSError, ValueError, AttributeError):
        return 0


def work(line: Connection, feed: str, nice: int, is_brief: bool) -> None:  # arguments of a process
    """The life of one process: warm up where it is told a feed, then one order after another, until the server ends."""
    import signal

    if sys.platform != "win32":
        os.nice(nice)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from landbridge.planner.tasks import perform_task, warm

    try:
        if feed:
            warm(feed)
    except Exception:  # a process of the door: the same fault is told to whoever asks
        _log.warning("the feed cannot be read ahead", exc_info=True)
    if is_brief:
        gc.collect()
        gc.freeze()
        gc.disable()
    ahead = _read_on(feed) if feed else iter(())
    for number in itertools.count(1):
        try:
            if is_brief:
                _rest(line, ahead if number > 1 else iter(()), is_due=number % _ORDERS_TO_REST == 0)  # who never asks costs nothing
            kind, request = line.recv()
        except (EOFError, OSError):
            return
        try:
            told: tuple[str, Any] = (
                "done",
                perform_task(kind, request, at=read_clock(), tell=lambda progress: line.send(("progress", progress))),
            )
        except Exception as error:  # the door: whatever goes wrong becomes a problem
            problem = describe_error(error)
            if problem["status"] == 500:
                _log.exception("%s", kind)
            told = ("failed", problem)
        line.send(told)


def _rest(line: Connection, ahead: Iterator[None], *, is_due: bool) -> None:
    """While no order comes: read ahead, step by step; clean up when that is done, or where it is due."""
    while not line.poll(_REST_S):
        if next(ahead, _DONE) is _DONE:
            is_due = True
            break
    if is_due:
        gc.collect()


def _read_on(feed: str) -> Iterator[None]:
    """What a process does while it rests; a fault is told to whoever asks for the same."""
    from landbridge.planner.tasks import read_ahead

    try:
        yield from read_ahead(feed)
    except Exception:
        _log.warning("the feed cannot be read ahead", exc_info=True)
    gc.collect()
    gc.freeze()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
