"""``python -m benchmarks.book --shipments 1000 --companies 50 --weeks 26 --seconds 300 [--seed N] [--json]``: generated books.

A generated book has six lanes, three a direction, with a market price each, a whole train (or part charter) a week on each lane with a
fixed
price, room and least filling, and volume rebates. Shipments have a company, a lane, a ready week, a slack of up to six weeks and a price of
time. Seeded: the same numbers give the same book. At least a fifth of the cost of a plan is fixed cost of trains; that share is printed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from time import perf_counter, process_time

from landbridge.optimization.book_model import price_choice
from landbridge.optimization.book_problem import BookProblem, Tier, Train, Way
from landbridge.optimization.book_search import search_book
from landbridge.solver import Progress

LANES = 6
TRAIN_TEU = 82.0


def generate_book(shipments: int, companies: int, weeks: int, seed: int) -> BookProblem:
    """A book of that size; prices in cents."""
    draw = random.Random(f"{seed}:{shipments}:{companies}:{weeks}")
    market = [draw.uniform(1_800, 3_200) for _ in range(LANES)]
    per_train = shipments * 4.0 / (LANES * weeks)  # TEU of one lane and week, on average
    room = max(20.0, min(TRAIN_TEU, 2.5 * per_train))
    trains = [
        Train(name=f"lane {lane} week {week}", kind="block_train", cost=round(100 * market[lane] * room * draw.uniform(0.2, 0.32)),
        capacity=room, min_fill=room // 4)
        for lane in range(LANES)
        for week in range(weeks)
    ]  # fmt: skip
    tiers = [
        Tier(
            name=f"rebate {lane}",
            from_teu=round(0.15 * shipments * 4 / LANES),
            amount=round(100 * market[lane] * 0.03),
            is_incremental=bool(lane % 2),
        )
        for lane in range(LANES)
    ]
    payers = [f"company {draw.randrange(companies):03}" for _ in range(shipments)]
    ways: list[Way] = []
    for shipment in range(shipments):
        lane, ready = draw.randrange(LANES), draw.randrange(weeks)
        teu = float(min(draw.choice((1, 1, 2, 2, 2, 4, 4, 6, 8, 10)), room))
        own, weekly = market[lane] * draw.uniform(0.9, 1.15), draw.uniform(5, 40)
        ways.append(Way(shipment=shipment, cost=round(100 * own * teu), teu=teu, volumes=(lane,)))
        last = min(weeks, ready + 1 + draw.randrange(1, 7))
        other = (lane + draw.choice((2, 4))) % LANES  # lanes of one direction are even, of the other odd
        for by, more in ((lane, 0.0), (other, draw.uniform(50, 400))):
            for week in range(ready, last):
                cost = 100 * teu * (own * 0.5 + more + weekly * (week - ready))
                ways.append(Way(shipment=shipment, cost=round(cost), teu=teu, train=by * weeks + week, is_waiting=week > ready))
    return BookProblem(
        shipments=tuple(f"s{number:05}" for number in range(shipments)), payers=tuple(payers), ways=tuple(ways), trains=tuple(trains),
        tiers=tuple(tiers),
    )  # fmt: skip


def main() -> int:
    """Solve one generated book, check the plan, print it; 1 if no plan was found or the check finds fault."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.book", description="Solve a generated book.")
    parser.add_argument("--shipments", type=int, default=1000)
    parser.add_argument("--companies", type=int, default=50)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    asked = parser.parse_args()
    if min(asked.shipments, asked.companies, asked.weeks) < 1 or asked.seconds <= 0:
        parser.error("numbers and seconds must be above 0")
    begin = perf_counter()
    problem = generate_book(asked.shipments, asked.companies, asked.weeks, asked.seed)
    left = asked.seconds - (perf_counter() - begin) - 1.0
    choice = search_book(problem, seconds=max(0.1, left), seed=asked.seed, on_progress=_tell)
    checked = price_choice(problem, choice.ways) if choice is not None else None
    if choice is None or checked is None or abs(checked.objective - choice.objective) > 1:
        print("no plan was found, or its price is not what it states", file=sys.stderr)
        return 1
    fixed = sum(count * train.cost for count, train in zip(choice.trains, problem.trains, strict=True))
    document = {
        "objective_cents": round(choice.objective), "bound_cents": round(choice.bound), "gap": (choice.objective - choice.bound) /
        choice.objective,
        "seconds": round(perf_counter() - begin, 2), "cpu_seconds": round(process_time(), 2), "fixed_share": fixed / choice.objective,
        "shipments": asked.shipments, "companies": asked.companies, "weeks": asked.weeks, "seed": asked.seed, "ways": len(problem.ways),
        "trains_bought": sum(choice.trains), "memory_mb": _peak_mb(),
    }  # fmt: skip
    print(json.dumps(document) if asked.json else "\n".join(f"{key:16} {value}" for key, value in document.items()))
    return 0


def _peak_mb() -> float | None:
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1e6 if sys.platform == "darwin" else 1e3), 1)


_TOLD = [0.0]


def _tell(progress: Progress) -> None:
    if progress.seconds >= _TOLD[0]:
        _TOLD[0] = progress.seconds + 5
        gap = "-" if progress.gap is None else f"{100 * progress.gap:.2f} %"
        plan = "-" if progress.objective is None else f"{progress.objective:,.0f}"
        print(f"{progress.seconds:6.1f} s  plan {plan}  bound {progress.bound:,.0f}  gap {gap}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
