"""Who waits to hear of a job: each listener has a bell of its own, which is taken away when it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Bells:
    """Bells of jobs. Listeners live in one event loop; any thread may ring."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bells: dict[str, set[asyncio.Event]] = {}
        self._lock = Lock()

    def open(self) -> None:
        """Take the running loop for the one that listeners live in."""
        self._loop = asyncio.get_running_loop()

    @contextmanager
    def listen(self, job_id: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever something happens to a job, for as long as somebody listens."""
        bell = asyncio.Event()
        with self._lock:
            self._bells.setdefault(job_id, set()).add(bell)
        try:
            yield bell
        finally:
            with self._lock:
                left = self._bells[job_id]
                left.discard(bell)
                if not left:
                    del self._bells[job_id]

    def ring(self, job_id: str) -> None:
        """Tell all who listen; from any thread."""
        with self._lock:
            heard = tuple(self._bells.get(job_id, ()))
        if self._loop is not None and not self._loop.is_closed():
            for bell in heard:
                self._loop.call_soon_threadsafe(bell.set)

    def count(self) -> int:
        """Listeners at the moment."""
        with self._lock:
            return sum(map(len, self._bells.values()))


async def hear(bell: asyncio.Event, seconds: float) -> bool:
    """Whether a bell rang within some seconds; it is silent again afterwards."""
    try:
        await asyncio.wait_for(bell.wait(), seconds)
    except TimeoutError:
        return False
    bell.clear()
    return True
