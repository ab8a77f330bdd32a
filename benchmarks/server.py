"""``python -m benchmarks.server [--users 50] [--seconds 60] [--requests 10000] [--fuzz]``: the server under load, on the shipped corridor.

Starts ``landbridge serve`` with a store of its own on the loopback address and measures: time to start, first page, first and known plan,
many users with new and with known questions, the same while a book runs, memory over many requests. ``--fuzz`` runs schemathesis over the
whole API instead.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date, timedelta
from pathlib import Path

ENDS = ("BYMSQ", "PKLHE", "PKKHI", "RULED", "PKISB", "BYBQT", "KZALA", "IRBND", "AZBAK", "UZTAS")


def serve(home: str, *more: str) -> tuple[subprocess.Popen[bytes], str, float]:
    """A running server, its address, and the seconds that it took to answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begin = time.perf_counter()
    command = [sys.executable, "-m", "landbridge", "serve", "--port", str(port), *more]
    server = subprocess.Popen(command, env={**os.environ, "LANDBRIDGE_HOME": home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    while True:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=1):
                return server, address, time.perf_counter() - begin
        except OSError:
            if server.poll() is not None:
                raise SystemExit("the server ended") from None
            time.sleep(0.02)


def ask(address: str, path: str, body: dict | None = None) -> tuple[int, float]:
    """Status and seconds of one request."""
    begin = time.perf_counter()
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address + path, data=data, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
            answer.read()
            return answer.status, time.perf_counter() - begin
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, time.perf_counter() - begin


def must(status: int, seconds: float) -> float:
    """The seconds of a request that was answered."""
    if status != 200:
        raise SystemExit(f"a plan was answered with {status}")
    return seconds


def questions(count: int) -> list[dict]:
    """Different questions between places of the shipped corridor."""
    chosen = random.Random(1)
    pairs = [(a, b) for a in ENDS[:6] for b in ENDS[:6] if a != b]
    return [{"origin": a, "destination": b, "units": "1x40HC"} for a, b in chosen.sample(pairs, count)]


async def plan_at_once(address: str, asked: list[dict], users: int, seconds: float) -> tuple[list[float], int]:
    """Times of all plans that some users get in some seconds, and how many requests failed."""
    import aiohttp

    until, times, failed = time.perf_counter() + seconds, [], 0

    async def _use(session: aiohttp.ClientSession, number: int) -> None:
        nonlocal failed
        mine = random.Random(number)
        while time.perf_counter() < until:
            begin = time.perf_counter()
            async with session.post(f"{address}/v1/plan", json=mine.choice(asked)) as answer:
                await answer.read()
                failed += answer.status != 200
            times.append(time.perf_counter() - begin)
            await asyncio.sleep(mine.uniform(0.5, 1.5))

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=users), auto_decompress=False) as session:
        await asyncio.gather(*(_use(session, number) for number in range(users)))
    return times, failed


def new_questions(count: int) -> list[dict]:
    """Questions that nobody has asked: pairs of places of the shipped corridor and days, each once; the form's load, as most people ask."""
    pairs = [(a, b) for a in ENDS for b in ENDS if a != b]
    days = [date(2026, 12, 1) + timedelta(days=7 * week) for week in range(4)]
    asked = [{"origin": a, "destination": b, "units": "1x40HC", "ready": day.isoformat()} for day in days for a, b in pairs]
    return random.Random(7).sample(asked, count)


async def ask_new(address: str, asked: list[dict], seconds: float) -> tuple[list[float], int, list[float]]:
    """Times of questions that nobody asked before, each of a user of its own at a moment of its own within some seconds.

    As the page asks: the plans alone, and when they are there the whole answer. Until the plans are there, how many failed, and until the
    whole answer is there.
    """
    import aiohttp

    chosen, times, whole = random.Random(3), [], []
    failed = 0

    async def _use(session: aiohttp.ClientSession, question: dict, later: float) -> None:
        nonlocal failed
        await asyncio.sleep(later)
        begin = time.perf_counter()
        async with session.post(f"{address}/v1/plan", json=question, params={"part": "plans"}) as answer:
            await answer.read()
            failed += answer.status != 200
        times.append(time.perf_counter() - begin)
        async with session.post(f"{address}/v1/plan", json=question, params={"wait": 120}) as answer:
            content, status, job = await answer.read(), answer.status, answer.headers.get("Location")
        if status == 202 and job is not None:
            async with session.get(f"{address}{job}/events") as events:
                content = await events.read()
        failed += status not in (200, 202) or (status == 202 and b'"state":"done"' not in content)
        whole.append(time.perf_counter() - begin)

    timeout = aiohttp.ClientTimeout(total=900)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=len(asked)), auto_decompress=False, timeout=timeout) as session:
        await asyncio.gather(*(_use(session, one, chosen.uniform(0, seconds)) for one in asked))
    return times, failed, whole


async def plan_beside_new(
    address: str, known: list[dict], new: list[dict], users: int, seconds: float
) -> tuple[list[float], int, list[float]]:
    """Times and failures of known questions while new ones come in, one a second; and how long each of those took to be acknowledged."""
    import aiohttp

    acknowledged: list[float] = []

    async def _enter() -> None:
        async with aiohttp.ClientSession(auto_decompress=False) as session:
            for question in new[: int(seconds)]:
                begin = time.perf_counter()
                async with session.post(f"{address}/v1/plan", json=question, params={"wait": 0}) as answer:
                    await answer.read()
                acknowledged.append(time.perf_counter() - begin)
                await asyncio.sleep(1)

    entering = asyncio.create_task(_enter())
    times, failed = await plan_at_once(address, known, users, seconds)
    await entering
    return times, failed, acknowledged


def tell(name: str, value: str, goal: str = "") -> None:
    print(f"{name:<58}{value:<28}{goal}")


def told(times: list[float], failed: int) -> str:
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return f"{len(times)} plans, p95 {p95 * 1000:.0f} ms, {failed} failed"


def memory_mb(pid: int) -> float:
    found = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(found[0].split()[1]) / 1024


def measure(users: int, seconds: float, requests: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        server, address, start = serve(home)
        try:
            tell("load of the machine, and its cores", f"{os.getloadavg()[0]:.1f}, {os.cpu_count()}")
            tell("server starts", f"{start:.2f} s", "<= 3 s")
            tell("first page", f"{ask(address, '/')[1]:.2f} s")
            asked = questions(5)
            alone = [must(*ask(address, "/v1/plan?part=plans", one)) for one in asked]
            tell("plans of a question that is asked for the first time", f"{statistics.median(alone):.2f} s")
            first = [must(*ask(address, "/v1/plan", one)) for one in asked]
            tell("the whole answer to it (medians of 5)", f"{statistics.median(first):.2f} s")
            fresh = new_questions(2 * users + int(seconds))
            every = [{**one, "exact": True} for one in fresh[users : 2 * users]]
            for asking, what in ((fresh[:users], "a new question"), (every, "one for every plan")):
                *new, whole = asyncio.run(ask_new(address, asking, seconds))
                tell(f"{users} users, each with {what} within {seconds:g} s", told(*new), "p95 <= 300 ms")
                tell("    their median, and the slowest", f"{statistics.median(new[0]):.2f} s, {max(new[0]):.2f} s")
                tell(
                    "    the whole answer, median and p95",
                    f"{statistics.median(whole):.1f} s, {statistics.quantiles(whole, n=20)[-1]:.1f} s",
                )
            tell("the same again", f"{statistics.median(ask(address, '/v1/plan', one)[1] for one in asked) * 1000:.0f} ms")
            known = asyncio.run(plan_at_once(address, asked, users, seconds))
            tell(f"{users} users, each a known question a second, {seconds:g} s", told(*known), "p95 <= 300 ms, no error")
            *mixed, entered = asyncio.run(plan_beside_new(address, asked, fresh[2 * users :], users, seconds))
            tell("the same while a new question a second comes in", told(*mixed), "p95 <= 300 ms, no error")
            tell("    each acknowledged as a job within", f"{max(entered) * 1000:.0f} ms")
            ask(address, "/v1/book", {"seconds": seconds, "levers": 0, "shares": 0, "draws": 0})
            beside = asyncio.run(plan_at_once(address, asked, users, seconds))
            tell("the same while a book runs", told(*beside), "<= 2 x")
            before = memory_mb(server.pid)
            for _ in range(requests):
                ask(address, "/v1/places?q=Lahore")
            tell(f"memory of the server, {requests} requests", f"{before:.0f} -> {memory_mb(server.pid):.0f} MB", "steady")
        finally:
            server.terminate()
            server.wait(20)


def fuzz() -> int:
    """schemathesis over the whole API on the small feed of ``landbridge init``: no 500, every answer as the specification says."""
    with tempfile.TemporaryDirectory() as home:
        subprocess.run([sys.executable, "-m", "landbridge", "init", f"{home}/small"], check=True, stdout=subprocess.DEVNULL)
        server, address, _ = serve(f"{home}/store", f"{home}/small")
        checks = "not_a_server_error,response_schema_conformance,content_type_conformance,status_code_conformance"
        command = ["-m", "schemathesis.cli", "run", f"{address}/openapi.json", "--max-examples", "20", "--checks", checks]
        try:
            more = ["--phases", "examples,coverage,fuzzing", "--request-timeout", "60"]
            return subprocess.run([sys.executable, *command, *more], check=False).returncode
        finally:
            server.terminate()
            server.wait(20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--fuzz", action="store_true")
    asked = parser.parse_args()
    if asked.fuzz:
        sys.exit(fuzz())
    measure(asked.users, asked.seconds, asked.requests)


if __name__ == "__main__":
    main()
