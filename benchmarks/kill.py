"""``python -m benchmarks.kill [--times 100]``: kill -9 a process that saves; what it acknowledged is there.

Plans, jobs and audit records are saved.

The database is that of ``LANDBRIDGE_DATABASE_URL``, else a new SQLite file.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

WRITER = """
import sys
from landbridge.store import audit, jobs, plans
number = 0
while True:
    job, _ = jobs.add_job(sys.argv[1], "plan", "{}", "2026-01-01")
    print("job", job.job_id, flush=True)
    jobs.begin_job(job.job_id, "2026-01-01")
    plan = plans.SavedPlan(plan_id=plans.new_plan_id(), owner=sys.argv[1], question_digest=str(number), feed_digest="d", title="t",
                           request="{}", document="x" * 200_000, created_at="2026-01-01")
    jobs.finish_job(job.job_id, '{"plan": "' + plan.plan_id + '"}', "2026-01-01", plan)
    print("plan", plan.plan_id, flush=True)
    print("record", audit.append_record("plan", {"plan": plan.plan_id}, "2026-01-01").hash, flush=True)
    number += 1
"""


def kill_once(owner: str, seed: int) -> list[tuple[str, str]]:
    """Start a writer, kill it at a random moment, and give what it had acknowledged."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, owner], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    told = [writer.stdout.readline().split()]
    time.sleep(random.Random(seed).uniform(0.0, 0.25))
    writer.send_signal(signal.SIGKILL)
    told += [line.split() for line in writer.stdout if line.endswith("\n")]
    writer.wait()
    writer.stdout.close()
    return [(one[0], one[1]) for one in told if len(one) == 2]


def find_lost(acknowledged: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was acknowledged and is not there."""
    from landbridge.planner import saved
    from landbridge.store.audit import verify_audit

    find = {"job": saved.find_job, "plan": saved.find_plan}
    found = verify_audit(tuple(one for kind, one in acknowledged if kind == "record"))
    lost = [("record", fault) for fault in found.faults]
    return lost + [(kind, one) for kind, one in acknowledged if kind in find and find[kind](one) is None]


def is_whole() -> bool:
    """Whether the database itself finds no fault, and no finished job lacks its plan."""
    import json

    from landbridge.planner import saved
    from landbridge.store.engine import reading

    with reading() as connection:
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
            return False
    done = [json.loads(job.result) for job in saved.list_jobs(None, limit=100_000) if job.state == "done" and job.result]
    return all(saved.find_plan(one["plan"]) for one in done if "plan" in one)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as home:
        os.environ["LANDBRIDGE_HOME"] = home
        lost, count = [], 0
        for number in range(times):
            acknowledged = kill_once(f"kill-{number}", number)
            count += len(acknowledged)
            lost += find_lost(acknowledged)
        state = "whole" if is_whole() else "DAMAGED"
        where = "PostgreSQL" if os.environ.get("LANDBRIDGE_DATABASE_URL") else "SQLite"
        print(f"{where}: killed {times} times, {count} acknowledged, {len(lost)} lost, the store is {state}")
        sys.exit(1 if lost or state != "whole" else 0)


if __name__ == "__main__":
    main()
