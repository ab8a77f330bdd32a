"""``python -m benchmarks.canad_made FILE.dow --nodes 25 --arcs 350 --commodities 150 --seed 11``: an instance that nobody tuned to.

A random network with one round through all nodes, in the format and of the kind of Canad set C. ``--capacity``: the mean capacity of an
arc, as a multiple of the whole demand over the number of arcs; ``--fixed``: the mean fixed cost of an arc for each unit of its capacity;
``--cost``: least and greatest cost a unit. The same numbers give the same file.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path


def make_instance(
    nodes: int, arcs: int, commodities: int, seed: int, *, capacity: float = 8.0, fixed: float = 4.0, cost: tuple[int, int] = (2, 12)
) -> str:
    """The text of a .dow file."""
    draw = random.Random(seed)
    order = list(range(1, nodes + 1))
    draw.shuffle(order)
    pairs = set(zip(order, order[1:] + order[:1], strict=True))
    while len(pairs) < arcs:
        pairs.add(tuple(draw.sample(range(1, nodes + 1), 2)))  # type: ignore[arg-type]
    ends: set[tuple[int, ...]] = set()
    while len(ends) < commodities:
        ends.add(tuple(draw.sample(range(1, nodes + 1), 2)))
    demands = [draw.randint(5, 100) for _ in ends]
    lines = ["GENERATED", f"{nodes:8}{arcs:8}{commodities:8}"]
    for tail, head in sorted(pairs):
        room = int(capacity * sum(demands) / arcs * draw.uniform(0.6, 1.6)) + 20
        price = draw.randint(*cost)
        lines.append("".join(f"{one:8}" for one in (tail, head, price, room, int(fixed * room * draw.uniform(0.6, 1.8)), 1, 1)))
    lines += ["".join(f"{one:8}" for one in (*pair, demand)) for pair, demand in zip(sorted(ends), demands, strict=True)]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write one instance; 1 where the numbers do not fit together."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.canad_made", description="Make a network design instance.")
    parser.add_argument("file")
    for name, default in (("nodes", 25), ("arcs", 350), ("commodities", 150), ("seed", 11)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--capacity", type=float, default=8.0)
    parser.add_argument("--fixed", type=float, default=4.0)
    parser.add_argument("--cost", type=int, nargs=2, default=(2, 12))
    asked = parser.parse_args()
    most = asked.nodes * (asked.nodes - 1)
    if not (2 <= asked.nodes <= asked.arcs <= most and 1 <= asked.commodities <= most and min(asked.capacity, asked.fixed) > 0):
        print("arcs lie between the number of nodes and that of ordered pairs, commodities are no more; the rest above 0", file=sys.stderr)
        return 1
    text = make_instance(
        asked.nodes, asked.arcs, asked.commodities, asked.seed, capacity=asked.capacity, fixed=asked.fixed, cost=tuple(asked.cost)
    )
    Path(asked.file).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
