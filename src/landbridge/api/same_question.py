"""Jobs of the same question: the first is done, the others wait for what comes out of it."""

from __future__ import annotations

from threading import Lock

from landbridge.planner.saved import Job


class SameQuestion:
    """Which job answers a question at the moment, and which wait for it. Used by several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._first: dict[str, str] = {}
        self._question: dict[str, str] = {}
        self._waiting: dict[str, dict[str, Job]] = {}

    def find_first(self, question: str) -> str | None:
        """Id of the job that answers a question at the moment."""
        with self._lock:
            return self._first.get(question)

    def find_leader(self, job_id: str) -> str:
        """The job whose answer a job waits for; itself where it waits for none."""
        with self._lock:
            return next((first for first, waiting in self._waiting.items() if job_id in waiting), job_id)

    def enter(self, question: str, job: Job) -> bool:
        """Whether the job has to be done; otherwise it waits for one that is begun already."""
        with self._lock:
            first = self._first.setdefault(question, job.job_id)
            if first != job.job_id:
                self._waiting[first][job.job_id] = job
                return False
            self._question[first] = question
            self._waiting.setdefault(first, {})
            return True

    def leave(self, job_id: str) -> tuple[Job, ...]:
        """A job is over, one way or the other: those that waited for it, of which nothing is kept here any more.

        One that waited itself, and was cancelled, is forgotten.
        """
        with self._lock:
            question = self._question.pop(job_id, None)
            if question is not None:
                del self._first[question]
            for waiting in self._waiting.values():
                waiting.pop(job_id, None)
            return tuple(self._waiting.pop(job_id, {}).values())

    def waiting_ids(self) -> frozenset[str]:
        """Ids of the jobs that wait for another and cost no search."""
        with self._lock:
            return frozenset(job_id for waiting in self._waiting.values() for job_id in waiting)

    def forget(self) -> None:
        """Nothing that was entered is done here any more."""
        with self._lock:
            for kept in (self._first, self._question, self._waiting):
                kept.clear()
