"""What was answered before: the plan of the same question, with the same feed, lists and decisions."""

from __future__ import annotations

import json
from dataclasses import replace
from threading import Lock
from typing import Any

from landbridge.api.caller import Caller
from landbridge.api.clock import read_clock
from landbridge.domain.dataset import Dataset
from landbridge.domain.query import Query
from landbridge.planner import saved, tasks

_MOST_ANSWERS = 4_096


def has_edition(match: str | None, etag: str) -> bool:
    """Whether ``If-None-Match`` names an edition, or any (``*``): whoever asks has it already (RFC 9110, 13.1.2)."""
    return match is not None and any(one.strip().removeprefix("W/") in (etag, "*") for one in match.split(","))


class Answers:
    """Finds the answer to a question that was asked before, by whomever. Used by several threads."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], str] = {}
        self._digests: dict[str, str] = {}
        self._lock = Lock()

    def ask(self, request: dict[str, Any]) -> tuple[Dataset, Query]:
        """The feed and the query of a request; raises at once with everything that is wrong with it."""
        question = tasks.question_of(request)
        return tasks.ask_kept(request["feed"], question)

    def find(self, caller: Caller, request: dict[str, Any]) -> str | None:
        """Id of the plan of the same question, asked before with the same feed, lists and decisions; raises where the question is wrong.

        What somebody else asked is answered too, by a copy that is the caller's own: an answer depends on nothing but feed, question,
        lists and decisions. Who asks for a part gets the whole where it is there.
        """
        whole = self.find(caller, tasks.whole_of(request)) if request.get("part") else None
        if whole is not None:
            return whole
        key = (caller.name, json.dumps(request, sort_keys=True), tasks.tell_gate())
        known = self._known.get(key)
        if known is None:
            digest = self.digest(request)
            found = saved.find_answer(caller.name, digest) or self._copy(caller.name, digest, request)
            if found is None:
                return None
            known = found.plan_id
            with self._lock:
                _put(self._known, key, known)
        return known

    def digest(self, request: dict[str, Any]) -> str:
        """All that the answer to a request depends on, as a digest; raises where the question is wrong."""
        key = json.dumps([request, tasks.tell_gate()], sort_keys=True)
        found = self._digests.get(key)
        if found is None:
            found = tasks.digest_question(*self.ask(request), request.get("part"))
            with self._lock:
                _put(self._digests, key, found)
        return found

    def _copy(self, owner: str, digest: str, request: dict[str, Any]) -> saved.SavedPlan | None:
        found = saved.find_answer(None, digest)
        whole = saved.find_plan(found.plan_id) if found is not None else None
        if whole is None:
            return None
        copy = replace(
            whole,
            plan_id=saved.new_plan_id(),
            owner=owner,
            request=json.dumps(request, sort_keys=True),
            created_at=read_clock(),
            seq=None,
        )
        saved.save_plan(copy)
        return copy

    def share(self, job: saved.Job, digest: str, result: dict[str, Any] | None, at: str, server_id: str | None) -> bool:
        """End a job with the plan that its question was answered with, if it was; ``result`` is what the job that did it told."""
        head = saved.find_answer(job.owner, digest) or self._copy(job.owner, digest, json.loads(job.request))
        plan = saved.find_plan(head.plan_id) if head is not None and result is None else head
        if plan is None:
            return False
        told = tasks.count_ways(json.loads(plan.document)) if result is None else result
        kept = told | {"plan_id": plan.plan_id, "title": plan.title}
        saved.finish_job(job.job_id, json.dumps(kept, ensure_ascii=False), at, server_id=server_id)
        return True


def _put(kept: dict[Any, str], key: object, value: str) -> None:
    """Keep one more; the oldest go."""
    while len(kept) >= _MOST_ANSWERS:
        kept.pop(next(iter(kept)))
    kept[key] = value
