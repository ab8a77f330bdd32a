"""The desk of the server: takes questions, gives them to processes, keeps what comes out and tells who waits."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import asdict, replace
from threading import Lock
from time import monotonic, sleep
from typing import Any

from landbridge import planner
from landbridge.api.answers import Answers
from landbridge.api.bells import Bells, hear
from landbridge.api.caller import Caller
from landbridge.api.clock import read_clock
from landbridge.api.crews import Crews
from landbridge.api.feed_shelf import FeedShelf
from landbridge.api.problem import ProblemError, describe_problem
from landbridge.api.same_question import SameQuestion
from landbridge.api.settings import ServerSettings
from landbridge.api.tenure import Tenure
from landbridge.api.workers import Order, Report
from landbridge.domain.errors import LandbridgeError
from landbridge.domain.finding import Finding
from landbridge.planner import saved, tasks

_NOTE_EVERY_S = 1.0
_HEARTBEAT_S, _QUEUE_S = 15.0, 3.0
_FIRST_LOOK_S = 0.1
_LOOK_S = 2.0
"""A job of somebody else is looked up after a tenth of a second, then twice as late each time, up to this: another server may end it."""
_MEND_S = 1.0
_MEND_TIMES = 5
"""What could not be noted of a job that is over is tried so often, so many seconds apart; then the job has failed."""
_LOOK_AGAIN_S = 0.1
_MOST_OPEN = 10
"""Open jobs with those that wait for the same question of somebody else are at most so many times those that may wait for a search."""
_MOST_UPLOADS = 10_000
_log = logging.getLogger("landbridge.api")


class Desk:
    """All that runs behind the doors of one server."""

    def __init__(self, settings: ServerSettings) -> None:
        self.settings = settings
        self.shelf = FeedShelf(settings.feed)
        self._bells = Bells()
        self._progress: dict[str, dict[str, Any]] = {}
        self._noted: dict[str, float] = {}
        self.answers = Answers()
        self._same = SameQuestion()
        self._asking = Lock()
        self._unnoted: dict[str, tuple[Report, int]] = {}
        self._tenure = Tenure(settings.lease_seconds)
        self._is_closing = False
        self._tasks: tuple[asyncio.Task[None], ...] = ()
        self._crews = Crews(settings, self._hear)

    async def open(self) -> None:
        """Begin to work; what a server that is gone left open goes on, while the doors are open already."""
        self._bells.open()
        await asyncio.to_thread(saved.open_engine)
        await asyncio.to_thread(self._tenure.begin)
        for crew in self._crews:
            crew.start()
        begun = (asyncio.to_thread(_warm), self._hold(), self._mend(), asyncio.to_thread(_tidy, read_clock()))
        self._tasks = tuple(asyncio.create_task(one) for one in begun)

    async def close(self) -> None:
        self._is_closing = True
        for task in self._tasks:
            task.cancel()
        for crew in self._crews:
            await asyncio.to_thread(crew.close)
        with suppress(LandbridgeError):  # others wait for the end of the lease then
            await asyncio.to_thread(self._tenure.end)

    async def _hold(self) -> None:
        """Hold on to what this server does, let go of what it lost, take over what others left, as long as it lives."""
        while True:
            try:
                await asyncio.to_thread(self.keep_hold)
            except Exception:  # whatever it is, it is tried again
                _log.exception("the jobs of this server are not held on to")
            await asyncio.sleep(self._tenure.beat_s)

    def keep_hold(self) -> None:
        """One renewal, and all that follows from it."""
        if self._is_closing:
            return
        known = self._list_known()
        held = self._tenure.renew()
        if held is None:
            self._begin_anew()
        else:
            self._let_go(known - held)
        for job in self._tenure.take_over():
            self._begin_again(job)

    def _list_known(self) -> frozenset[str]:
        """Open jobs that are waiting or being done here."""
        return self._crews.list_ids() | self._same.waiting_ids() | frozenset(self._unnoted)

    def _let_go(self, lost: frozenset[str]) -> None:
        """Stop what was cancelled by way of another server."""
        for job_id in lost:
            job = saved.find_job(job_id)
            if job is None or job.state == "cancelled":
                self._drop(job_id)

    def _drop(self, job_id: str) -> None:
        self._crews.drop(job_id)
        self._end_same(Report(job_id, "gone"), read_clock())
        self._bells.ring(job_id)

    def _begin_anew(self) -> None:
        """Stop all that is done here: another server took this one for dead and does it now, or a backup came back."""
        _log.warning("this server was not heard of for too long: another one does its jobs")
        while known := self._crews.list_ids():
            for job_id in known:
                self._crews.drop(job_id)
            sleep(_LOOK_AGAIN_S)
        self._same.forget()
        self._unnoted.clear()
        self._tenure.begin()

    def _begin_again(self, job: saved.Job) -> None:
        """Order a job that was taken over; one with which that is impossible fails alone."""
        try:
            self._order(job)
        except Exception:  # whatever is wrong with it is its own fault
            _log.exception("job %s", job.job_id)
            problem = describe_problem(503, "the job could not be begun again after its server ended; ask anew")
            self._hear(Report(job.job_id, "failed", problem))

    def submit(self, caller: Caller, kind: str, request: dict[str, Any], key: str | None = None) -> saved.Job:
        """Enter a job and begin it; the same key and request give the same job.

        Raises
        ------
        ProblemError
            409 where the key came with another request before, 503 where too much waits.
        """
        if kind not in tasks.KINDS:
            raise ProblemError(422, f"no kind of job is called {kind[:40]!r}; there are {', '.join(tasks.KINDS)}")
        text = json.dumps(request, sort_keys=True)
        known = saved.find_keyed(caller.name, key) if key is not None else None
        if known is None:
            self.demand_room(caller)
            known, is_new = saved.add_job(caller.name, kind, text, read_clock(), key, server_id=self._tenure.server_id)
            if is_new:
                self._order(known)
                return known
        if known.kind != kind or _told(known.request) != _told(text):
            raise ProblemError(409, "this Idempotency-Key came with another request before; take a new one")
        return known

    def demand_room(self, caller: Caller) -> None:
        """Raise a problem 503 where too much waits; jobs that wait for the same question of somebody else cost no search."""
        is_full = False
        for owner, most in ((None, self.settings.max_waiting), (caller.name, self.settings.max_waiting // 2)):
            still = saved.list_open_ids(owner)
            is_full |= len(still - self._same.waiting_ids()) >= most or len(still) >= most * _MOST_OPEN
        if is_full:
            raise ProblemError(503, "too many jobs wait; ask again in a minute", headers={"Retry-After": "60"})

    async def plan(self, caller: Caller, request: dict[str, Any], seconds: float, key: str | None = None) -> saved.Job | str:
        """The id of the plan of a question, or its job as it is after some seconds.

        Where so much waits that the answer cannot be there by then, the job comes back at once.

        A question that somebody asks while the same is being planned waits for that plan instead of having it searched again: as long as
        the caller waits, then as a job of the caller's own.
        """
        until = monotonic() + seconds
        while True:
            known = await asyncio.to_thread(self.answers.find, caller, request) if key is None else None
            if known is not None:
                return known
            job, is_own = await asyncio.to_thread(self._submit_once, caller, request, key)
            is_soon = self._tell_queue(job)[1] <= until - monotonic()
            if is_own:
                return await self.wait(job.job_id, caller, max(0.0, until - monotonic())) if is_soon else self.with_progress(job)
            if not is_soon or not await self._outlast(job.job_id, until):
                return await asyncio.to_thread(self.submit, caller, "plan", request)

    def _submit_once(self, caller: Caller, request: dict[str, Any], key: str | None) -> tuple[saved.Job, bool]:
        """A job of one's own, or that of the same question of somebody else that is open still."""
        if key is not None:
            return self.submit(caller, "plan", request, key), True
        with self._asking:
            running = saved.find_job(self._same.find_first(self.answers.digest(request)) or "")
            if running is not None and running.is_open:
                return running, False
            return self.submit(caller, "plan", request), True

    async def _outlast(self, job_id: str, until: float) -> bool:
        """Whether a job of somebody else is over before a moment."""
        pause = _FIRST_LOOK_S
        with self._bells.listen(job_id) as bell:
            while (job := await asyncio.to_thread(saved.find_job, job_id)) is not None and job.is_open:
                left = until - monotonic()
                if left <= 0:
                    return False
                await hear(bell, min(left, pause))
                pause = min(2 * pause, _LOOK_S)
        return True

    def find_job(self, job_id: str, caller: Caller) -> saved.Job:
        job = saved.find_job(job_id)
        if job is None or not caller.may_see(job.owner):
            raise ProblemError(404, f"no job has the id {job_id[:40]!r}")
        return self.with_progress(job)

    def with_progress(self, job: saved.Job) -> saved.Job:
        """The job with how far it is this moment, which the store hears of later."""
        told = self._progress.get(job.job_id)
        if job.state == "queued":
            ahead, seconds = self._tell_queue(job)
            told = {"step": "waiting", "ahead": ahead, "seconds": seconds}
        return replace(job, progress=json.dumps(told)) if told is not None and job.is_open else job

    def _tell_queue(self, job: saved.Job) -> tuple[int, int]:
        """Searches that go before a job which waits, and about how many seconds it takes until it is done."""
        leader = self._same.find_leader(job.job_id)
        return self._crews.tell_queue(leader) or (0, 0)

    def cancel(self, job_id: str, caller: Caller) -> saved.Job:
        """Cancel a job; one that is over stays as it is."""
        job = self.find_job(job_id, caller)
        if saved.cancel_job(job_id, read_clock()):
            self._drop(job_id)
            _drop_upload(job)
        self._bells.ring(job_id)
        return self.find_job(job_id, caller)

    async def follow(self, job_id: str, caller: Caller) -> AsyncGenerator[saved.Job | None]:
        """The job now and after each change, until it is over; None now and then, so that a silent line is known to be alive."""
        with self._bells.listen(job_id) as bell:
            while True:
                job = await asyncio.to_thread(self.find_job, job_id, caller)
                yield job
                if not job.is_open:
                    return
                while not await hear(bell, _QUEUE_S if job.state == "queued" else _HEARTBEAT_S):
                    now = await asyncio.to_thread(self.find_job, job_id, caller)
                    if (now.state, now.progress) != (job.state, job.progress):
                        break  # the queue moves on, or another server on the same database ended it
                    yield None

    async def wait(self, job_id: str, caller: Caller, seconds: float) -> saved.Job:
        """The job when it is over, or as it is after some seconds."""

        async def _last() -> saved.Job:
            async with aclosing(self.follow(job_id, caller)) as told:
                async for job in told:
                    if job is not None and not job.is_open:
                        return job
            raise ProblemError(404, "the job is gone")

        try:
            return await asyncio.wait_for(_last(), seconds)
        except TimeoutError:
            return await asyncio.to_thread(self.find_job, job_id, caller)

    def _order(self, job: saved.Job) -> None:
        request, load = json.loads(job.request), ""
        if job.kind == "plan":
            with suppress(LandbridgeError):  # what is wrong with it is told by whoever does it
                if not self._same.enter(self.answers.digest(request), job):
                    return
                load = tasks.name_load(*self.answers.ask(request))
        self._crews.add(Order(job.job_id, job.kind, request, load, job.owner))

    def _hear(self, report: Report) -> bool:
        """From a thread of a crew: note what happened, then tell who waits."""
        job_id, at = report.job_id, read_clock()
        if report.event == "begun":
            is_wanted = False
            try:
                is_wanted = self._begin(job_id, at) and not self._answer_at_once(job_id, at)
            except Exception:  # whatever it is, the job must not wait for ever
                _log.exception("job %s", job_id)
                self._unnoted[job_id] = Report(job_id, "failed", describe_problem(503, "the job could not be begun; ask again")), 1
            finally:
                if not is_wanted:
                    self._end_same(Report(job_id, "gone"), at)
            self._bells.ring(job_id)
            return is_wanted
        if report.event != "progress":
            self._progress.pop(job_id, None)
            self._noted.pop(job_id, None)
            self._end(report, at)
            return True
        try:
            self._note(report, at)
        except LandbridgeError:
            _log.warning("progress of job %s is not noted", job_id, exc_info=True)
        self._bells.ring(job_id)
        return True

    def _begin(self, job_id: str, at: str) -> bool:
        """Whether a job is to be done here and now, as far as this server still holds it."""
        return self._tenure.is_held() and saved.begin_job(job_id, at, self._tenure.server_id)

    def _end(self, report: Report, at: str, tries: int = 1) -> None:
        """Note how a job ended, and end those that wait for it; what cannot be noted now is noted later."""
        try:
            is_noted = self._note(report, at)
        except Exception:  # whatever it is, nobody must wait for this job for ever
            _log.exception("the end of job %s is not noted, try %d", report.job_id, tries)
            if tries == _MEND_TIMES:
                report = Report(report.job_id, "failed", describe_problem(503, "what came out could not be kept; ask again"))
            self._unnoted[report.job_id] = report, tries + 1
            return
        self._end_same(report, at)
        self._bells.ring(report.job_id)
        if report.event == "failed" and is_noted:  # else another server may read it still
            with suppress(LandbridgeError):  # what is left is dropped at the next start
                _drop_upload(saved.find_job(report.job_id))

    async def _mend(self) -> None:
        """Try again, now and then, to note what could not be noted."""
        while True:
            await asyncio.sleep(_MEND_S)
            for job_id in tuple(self._unnoted):
                if found := self._unnoted.pop(job_id, None):  # not if the lease was lost meanwhile
                    report, tries = found
                    await asyncio.to_thread(self._end, report, read_clock(), tries)

    def _note(self, report: Report, at: str) -> bool:
        """Keep what is heard of a job; False where it has failed and that is not for this server to say."""
        job_id = report.job_id
        if report.event == "progress":
            self._progress[job_id] = report.content
            if monotonic() - self._noted.get(job_id, 0.0) > _NOTE_EVERY_S:
                self._noted[job_id] = monotonic()
                saved.note_progress(job_id, json.dumps(report.content), self._tenure.server_id)
        elif report.event == "failed":
            return saved.fail_job(job_id, json.dumps(report.content), at, self._tenure.server_id)
        elif report.event == "done":
            self._keep(job_id, report.content, at)
        return True

    def _answer_at_once(self, job_id: str, at: str) -> bool:
        """Whether a job that begins asks what was answered since it was entered; it is over then."""
        job = saved.find_job(job_id)
        if job is None or job.kind != "plan":
            return False
        try:
            digest = self.answers.digest(json.loads(job.request))
        except LandbridgeError:
            return False
        return self.answers.share(job, digest, None, at, self._tenure.server_id)

    def _shares(self, job: saved.Job, report: Report, at: str) -> bool:
        """Whether a job of the same question could be ended with what came out."""
        outcome = report.content
        return self.answers.share(job, outcome.question_digest, outcome.result, at, self._tenure.server_id)

    def _end_same(self, report: Report, at: str) -> None:
        """Jobs of the same question end as this one did; where it was cancelled or its answer cannot be theirs they are done themselves."""
        for job in self._same.leave(report.job_id):
            try:
                if report.event == "failed":
                    saved.fail_job(job.job_id, json.dumps(report.content), at, self._tenure.server_id)
                elif report.event != "done" or not self._shares(job, report, at):
                    self._order(job)
            except Exception:  # one that cannot be ended must not leave the others waiting for ever
                _log.exception("job %s", job.job_id)
                self._unnoted[job.job_id] = Report(job.job_id, "failed", describe_problem(503, "the job could not be begun; ask again")), 1
            self._bells.ring(job.job_id)

    def _keep(self, job_id: str, outcome: tasks.Outcome, at: str) -> None:
        job = saved.find_job(job_id)
        if job is None:
            return
        plan = None
        result = outcome.result
        if outcome.document:
            plan = saved.SavedPlan(
                plan_id=saved.new_plan_id(),
                owner=job.owner,
                question_digest=outcome.question_digest,
                feed_digest=outcome.feed_digest,
                title=outcome.title,
                request=job.request,
                document=outcome.document,
                created_at=at,
            )
            result = result | {"plan_id": plan.plan_id, "title": plan.title}
        saved.finish_job(job_id, json.dumps(result, ensure_ascii=False, default=str), at, plan, self._tenure.server_id)


def _drop_upload(job: saved.Job | None) -> None:
    """Remove the files that a job would have read: a process that was ended did not."""
    if job is not None and job.kind == "lists":
        saved.drop_basket(json.loads(job.request)["upload"])


def _told(request: str) -> dict[str, Any]:
    """What a request says, wherever the files lie that came with it."""
    return {name: value for name, value in json.loads(request).items() if name != "upload"}


def _tidy(at: str) -> None:
    """Remove uploads that no open job will read; where that is impossible they stay until the next start."""
    try:
        found = [one for one in saved.list_jobs(None, limit=_MOST_UPLOADS, kind="lists") if one.is_open]
        saved.drop_old_baskets(at, frozenset(json.loads(one.request)["upload"] for one in found))
    except (LandbridgeError, OSError):
        _log.warning("old uploads are not removed", exc_info=True)


def _warm() -> None:
    """Open the atlas before the first letter is typed; where it cannot be opened, whoever asks is told."""
    try:
        planner.find_atlas_places("Minsk")
    except LandbridgeError:
        _log.warning("the atlas cannot be read ahead", exc_info=True)


def problem_of(job: saved.Job) -> ProblemError:
    """The problem that a failed job ended with."""
    told = json.loads(job.problem or "{}")
    findings = tuple(Finding(**one) for one in told.get("findings", ()))
    return ProblemError(int(told.get("status", 500)), str(told.get("detail", "the job failed")), findings=findings)


def plan_values(plan: saved.SavedPlan) -> dict[str, Any]:
    """A saved plan without its document, as values that JSON knows."""
    found = asdict(plan)
    return {name: found[name] for name in ("plan_id", "title", "created_at", "feed_digest")} | {"question": json.loads(plan.request)}
