"""Many independent parts of one question, in this process, on all cores of a machine or on a cluster: same code, same answers.

Parts are functions of what they share (a dataset) and of themselves, so it does not matter where and in which order they are worked out.
What they share is sent once to each worker. Finished parts can be kept in a file, from which an interrupted sweep goes on. Dask
``distributed`` is imported only for more than one worker.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from socket import create_connection
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlsplit

from landbridge.domain.errors import ClusterError, QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.version import VERSION
from landbridge.planner.plan_record import stamp_gate

if TYPE_CHECKING:
    from landbridge.sources.parts_file import PartsFile

Shared = TypeVar("Shared")
Part = TypeVar("Part")
Result = TypeVar("Result")
Tell = Callable[[int, int], None]

MOST_WORKERS = 256
CONNECT_SECONDS = 10
GONE_SECONDS = 3
_PORT = 8786
"""Of a scheduler whose address names none, as Dask has it."""
_LOOK_SECONDS = 0.02
RETRIES = 3
"""Times that a part is given to another worker after the one that had it died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Who works: ``workers`` processes of this machine (1: this process itself, 0: one a core), or the cluster at an address.

    ``keep`` names the file of finished parts.
    """

    workers: int = 1
    cluster: str | None = None
    keep: str | None = None

    @property
    def count(self) -> int:
        """Processes of this machine."""
        return self.workers or os.cpu_count() or 1

    @property
    def is_alone(self) -> bool:
        """Whether this process does all the work."""
        return self.cluster is None and self.count == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep(Generic[Shared, Part, Result]):
    """What is worked out: ``work(shared, part)`` for each part, a record of type ``form``; ``name`` and ``digest`` tell sweeps apart.

    ``near`` names what a part needs that the worker of an earlier part of this name has at hand; only who works depends on it.
    """

    name: str
    digest: str
    work: Callable[[Shared, Part], Result]
    form: type[Result]
    shared: Shared
    near: Callable[[Part], str] | None = None


@dataclass(slots=True)
class _Team:
    """A cluster that is connected to: what it was sent, and who had what at hand."""

    client: Any
    sent: list[tuple[object, Any]] = field(default_factory=list)
    seats: dict[str, str] = field(default_factory=dict)

    def send(self, shared: object) -> Any:  # noqa: ANN401  # Dask has no types
        """What parts share, sent once to each worker; None where the scheduler has gone away.

        Raises
        ------
        ClusterError
            If no worker is there to be sent it.
        """
        known = next((future for one, future in self.sent if _is_same(one, shared)), None)
        if known is None:
            known = self._scatter(shared)
            self.sent.append((shared, known))
        return known

    def _scatter(self, shared: object) -> Any:  # noqa: ANN401  # Dask has no types
        """Sent anew where a worker dies over it."""
        for _ in range(RETRIES + 1):
            with suppress(OSError, TimeoutError):
                return self.client.scatter(shared, broadcast=True, hash=False)
            sleep(GONE_SECONDS)
            if self.client.status != "running":
                return None
        raise ClusterError("the scheduler answers, but no worker of it can be sent the work: start one with the same version of landbridge")


def _is_same(one: object, other: object) -> bool:
    """The same object, or mappings of the same objects."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(one[key] is other[key] for key in one)
    return one is other


@dataclass(slots=True)
class _Stand:
    """A crew that stays together, and its team from its first sweep on."""

    crew: Crew
    stack: ExitStack
    team: _Team | None = None


_stands: ContextVar[tuple[_Stand, ...]] = ContextVar("stands", default=())


@contextmanager
def stand_by(crew: Crew) -> Iterator[None]:
    """Keep the workers of a crew, and what they have at hand, from one sweep to the next; they are called when there is work.

    Raises
    ------
    ClusterError
        At once, if nobody listens at the address of the cluster.
    """
    knock(crew)
    with ExitStack() as stack:
        mark = _stands.set((_Stand(crew=crew, stack=stack), *_stands.get()))
        try:
            yield
        finally:
            _stands.reset(mark)


def knock(crew: Crew) -> None:
    """Wait until somebody listens at the address of a cluster, so that a wrong one is told before the work and not after its first half.

    Raises
    ------
    ClusterError
        If nobody does within ten seconds.
    """
    if crew.cluster is None:
        return
    end = monotonic() + CONNECT_SECONDS
    while True:
        try:
            address = urlsplit(crew.cluster)
            with create_connection((address.hostname or "", address.port or _PORT), timeout=CONNECT_SECONDS):
                return
        except (OSError, ValueError) as error:
            if isinstance(error, ValueError) or monotonic() > end:
                raise _silent(crew, error) from None
        sleep(_LOOK_SECONDS)


def _silent(crew: Crew, error: Exception) -> ClusterError:
    return ClusterError(f"no scheduler answers at {crew.cluster}: {type(error).__name__}")


def check_crew(crew: Crew) -> None:
    """Refuse what cannot be worked with, all at once.

    Raises
    ------
    QueryError
        Before anything is worked out.
    """
    wrong: list[Finding] = []
    if not 0 <= crew.workers <= MOST_WORKERS:
        fix = f"give 1 to {MOST_WORKERS}, or 0 for one a core"
        _say(wrong, "WORKERS", "--workers", f"{crew.workers} workers cannot be started", fix)
    if crew.cluster is not None and not crew.cluster.startswith(("tcp://", "tls://", "ws://", "wss://")):
        _say(wrong, "CLUSTER-ADDRESS", "--cluster", f"{crew.cluster[:60]!r} is no address", "write it as tcp://host:8786")
    if crew.cluster is not None and crew.workers != 1:
        _say(wrong, "CLUSTER-AND-WORKERS", "--workers", "a cluster has workers of its own", "give one of --workers and --cluster")
    if wrong:
        raise QueryError(wrong)


def _say(wrong: list[Finding], code: str, column: str, message: str, fix: str) -> None:
    wrong.append(Finding(code=code, column=column, message=message, fix=fix))


def run_sweep(
    sweep: Sweep[Shared, Part, Result], parts: Sequence[Part], crew: Crew | None = None, *, tell: Tell | None = None
) -> list[Result]:
    """Work out all parts.

    Parameters
    ----------
    sweep, parts
        What is worked out. Parts are frozen records: their text tells them apart in the file of finished parts.
    crew
        Who works; None: this process.
    tell
        Hears how many parts are finished, of how many.

    Returns
    -------
    list
        One result for each part, in the order of the parts, the same whoever worked.

    Raises
    ------
    ClusterError
        If the scheduler cannot be reached, or goes away; finished parts are in the file that ``crew.keep`` names.
    QueryError
        If the crew cannot be.
    KeyboardInterrupt
        On Ctrl-C; with the number of finished parts in words where they are kept.
    """
    crew = crew or Crew()
    check_crew(crew)
    stamp = stamp_gate() if crew.keep is not None else ()
    keys = [_key_of(sweep, part, stamp) for part in parts]
    kept = _open_kept(crew, sweep.form)
    done: dict[str, Result] = {key: kept.found[key] for key in keys if key in kept.found} if kept is not None else {}
    todo = [(key, part) for key, part in zip(keys, parts, strict=True) if key not in done]
    try:
        for key, result in _work(sweep, todo, crew, len(done)):
            done[key] = result
            if kept is not None:
                kept.add(key, result)
            if tell is not None:
                tell(len(done), len(keys))
    except KeyboardInterrupt:
        if kept is None:
            raise
        raise KeyboardInterrupt(f"interrupted{_kept_words(len(done), len(keys), crew)}") from None
    finally:
        if kept is not None:
            kept.close()
    return [done[key] for key in keys]


def _key_of(sweep: Sweep[Shared, Part, Result], part: Part, stamp: tuple[str, ...]) -> str:
    """What a part is kept under: a way that was open before a list was imported or a decision made is none to go on from."""
    return hashlib.sha256(f"{VERSION}\x1f{sweep.name}\x1f{sweep.digest}\x1f{part!r}\x1f{stamp!r}".encode()).hexdigest()


def _open_kept(crew: Crew, form: type[Result]) -> PartsFile[Result] | None:
    if crew.keep is None:
        return None
    from landbridge.report.document_form import Trouble, decode, encode
    from landbridge.sources.parts_file import open_parts

    def read(value: object) -> Result | None:
        trouble = Trouble(crew.keep or "")
        result = decode(form, value, "$", trouble)
        return None if trouble.findings else result

    return open_parts(crew.keep, read, encode)


def list_finished(sweep: Sweep[Shared, Part, Result], parts: Sequence[Part], crew: Crew) -> Iterator[tuple[int, Result]]:
    """Number and result of each part as it is finished, in no order; nothing is kept, whoever asks has a file of their own.

    Raises
    ------
    ClusterError
        If the scheduler cannot be reached, or goes away.
    """
    for number, result in _work(sweep, [(str(number), part) for number, part in enumerate(parts)], crew, 0):
        yield int(number), result


def _work(sweep: Sweep[Shared, Part, Result], todo: Sequence[tuple[str, Part]], crew: Crew, finished: int) -> Iterator[tuple[str, Result]]:
    if crew.is_alone or not todo:
        for key, part in todo:
            yield key, sweep.work(sweep.shared, part)
        return
    yield from _work_apart(sweep, todo, crew, finished)


def _work_apart(
    sweep: Sweep[Shared, Part, Result], todo: Sequence[tuple[str, Part]], crew: Crew, finished: int
) -> Iterator[tuple[str, Result]]:
    """Give the parts to a cluster and take them as they are finished."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise ClusterError("more than one worker needs Dask: pip install 'landbridge[cluster]'") from None
    count = finished
    with _gathered(crew) as team:
        client, shared, near = team.client, team.send(sweep.shared), sweep.near
        if shared is None:
            raise _gone(count, finished + len(todo), crew)
        there = client.nthreads() if team.seats else {}
        seats = [team.seats.get(near(part)) if near is not None else None for _, part in todo]
        futures = {
            client.submit(
                _work_there, sweep.work, shared, part, pure=False, retries=RETRIES, workers=[seat] if seat in there else None,
                allow_other_workers=seat in there,
            ): (key, part)
            for (key, part), seat in zip(todo, seats, strict=True)
        }  # fmt: skip
        for future in _list_finished(client, futures):
            if future is None:
                raise _gone(count, finished + len(todo), crew)
            if future.status != "finished":
                _say_failed(future, count, finished + len(todo), crew)
            try:
                address, result = future.result(timeout=CONNECT_SECONDS)
            except (OSError, TimeoutError):
                raise _gone(count, finished + len(todo), crew) from None
            key, part = futures[future]
            if near is not None:
                team.seats[near(part)] = address
            yield key, result
            count += 1


def _work_there(work: Callable[[Shared, Part], Result], shared: Shared, part: Part) -> tuple[str, Result]:
    """One part, and the address of the worker that did it."""
    from distributed import get_worker

    return str(get_worker().address), work(shared, part)


@contextmanager
def _gathered(crew: Crew) -> Iterator[_Team]:
    """The team of a crew: that which stands by, or one for this sweep alone."""
    stand = next((one for one in _stands.get() if one.crew == crew), None)
    if stand is None:
        with _connected(crew) as client:
            yield _Team(client=client)
        return
    if stand.team is None:
        stand.team = _Team(client=stand.stack.enter_context(_connected(crew)))
    yield stand.team


def _list_finished(client: Any, futures: Collection[Any]) -> Iterator[Any]:  # noqa: ANN401  # Dask has no types
    """Futures as they are finished or failed; None, and no more, when the scheduler has gone away."""
    from distributed import as_completed

    ready = as_completed(futures, loop=client.loop)
    left, lost_since = len(futures), None
    while left:
        found = ready.next_batch(block=False) if ready.has_ready() else ()
        for future in found:
            left -= 1
            yield future
        if client.status == "running":
            lost_since = None
        elif lost_since is None:
            lost_since = monotonic()
        elif monotonic() - lost_since > GONE_SECONDS:
            yield None
            return
        if not found:
            sleep(_LOOK_SECONDS)


def _say_failed(future: Any, count: int, total: int, crew: Crew) -> None:  # noqa: ANN401  # Dask has no types
    if future.status != "error":
        raise _gone(count, total, crew)
    error = future.exception()
    if type(error).__name__ == "KilledWorker":
        raise ClusterError(f"a part was given to {RETRIES + 1} workers, each of which died over it{_kept_words(count, total, crew)}")
    raise error


def _gone(count: int, total: int, crew: Crew) -> ClusterError:
    return ClusterError(f"the scheduler went away{_kept_words(count, total, crew)}")


def _kept_words(count: int, total: int, crew: Crew) -> str:
    if crew.keep is None:
        return f": {count} of {total} parts were finished and are lost; with --keep FILE they would not be"
    return f": {count} of {total} parts are finished and kept in {crew.keep}; ask the same again to go on"


@contextmanager
def _connected(crew: Crew) -> Iterator[Any]:
    """A client of the cluster asked for, or of one made for this sweep out of processes of this machine."""
    import logging

    import dask
    from distributed import Client, LocalCluster

    for name in [one for one in logging.root.manager.loggerDict if one.split(".")[0] in ("distributed", "tornado")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it is told as errors of our own; Dask gives some a level each
    with dask.config.set({"distributed.comm.timeouts.connect": CONNECT_SECONDS, "distributed.client.scheduler-info-interval": "1s"}):
        cluster = None
        if crew.cluster is None:
            cluster = LocalCluster(
                n_workers=crew.count, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL
            )  # fmt: skip
        try:
            client = Client(cluster if cluster is not None else crew.cluster, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError) as error:
            raise _silent(crew, error) from None
        try:
            yield client
        finally:
            with suppress(Exception):  # the scheduler may be gone already
                client.close(timeout=2)
            if cluster is not None:
                cluster.close(timeout=5)
