"""``python -m benchmarks.screening [--json] [--pairs FILE.csv] [--half PART]``: matchers on labelled pairs of names.

Without ``--pairs`` the repository's own pairs are used, and of them those that are never used for tuning: ``held_out`` is all of them,
``first``, ``fresh`` and ``listed`` their parts; ``latest``, ``unseen``, ``drawn``, ``journal``, ``fresh_b``, ``fresh_c``, ``fresh_d``,
``fresh_f``, ``fresh_h`` too, ``public`` holds another 2,000 pairs (:mod:`benchmarks.screening_pairs`).
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.screening_pairs import PAIRS, Pair, read_pairs

Matcher = Callable[[Pair], float]
RAPIDFUZZ_THRESHOLD = 0.85
"""No threshold ships with rapidfuzz; 0.85 is what name screening with it commonly uses."""
LOGIC_THRESHOLD = 0.7
"""The threshold that OpenSanctions documents for logic-v1."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screening", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON list on standard output")
    parser.add_argument("--pairs", type=Path, help="your own pairs: CSV with the columns left, right, kind, same")
    parser.add_argument(
        "--half",
        choices=(
            "held_out",
            "first",
            "fresh",
            "listed",
            "latest",
            "unseen",
            "drawn",
            "journal",
            "public",
            "fresh_a",
            "fresh_b",
            "fresh_c",
            "fresh_c_read",
            "fresh_d",
            "fresh_d_read",
            "fresh_e",
            "fresh_f",
            "fresh_f_read",
            "fresh_g",
            "fresh_h",
            "fresh_h_read",
            "tuning",
            "all",
        ),
        default="held_out",
        help="of the repository's own pairs",
    )
    parser.add_argument("--needless", action="store_true", help="count what the shipped lists say of parties of the feed and public names")
    parser.add_argument("--errors", action="store_true", help="list what landbridge gets wrong, on standard error")
    asked = parser.parse_args()
    if asked.needless:
        return tell_needless()
    pairs = read_pairs(asked.pairs) if asked.pairs else read_pairs(PAIRS)
    if not asked.pairs and asked.half != "all":
        halves = {"held_out": ("held_out", "fresh", "listed"), "first": ("held_out",)}.get(asked.half, (asked.half,))
        pairs = tuple(pair for pair in pairs if pair.half in halves)
    rows = [measure(name, matcher, threshold, pairs) for name, matcher, threshold in find_matchers()]
    if asked.errors:
        tell_errors(pairs)
    if asked.json:
        print(json.dumps(rows, indent=2))
    else:
        print(table_text(rows, pairs))
    return 0


def tell_needless() -> int:
    """Verdicts on names that are on no list: the public names, and the parties of the shipped feed, against the shipped lists."""
    from datetime import date

    from landbridge.planner.feed import load_feed
    from landbridge.planner.screening import Party, Screener

    dataset, _ = load_feed("belarus-pakistan")
    screener = Screener(dataset, as_of=date(2026, 11, 26))
    public = [pair for pair in read_pairs(PAIRS) if pair.half == "public" and pair.same]
    groups = {
        "parties of the feed": [(party.name, "") for party in dataset.parties],
        "companies, public": [(name, "company") for pair in public if pair.kind == "company" for name in (pair.left, pair.right)],
        "people, public": [(name, "person") for pair in public if pair.kind == "person" for name in (pair.left, pair.right)],
    }
    for group, names in groups.items():
        found = [screener.screen(Party(name=name, kind=kind)) for name, kind in dict.fromkeys(names)]
        counts = {verdict: sum(one.verdict == verdict for one in found) for verdict in ("clear", "review", "blocked", "unknown")}
        print(f"{group}: {len(found)} names, {', '.join(f'{count} {verdict}' for verdict, count in counts.items())}")
        for one in found:
            if one.verdict in ("review", "blocked"):
                print(f"  {one.verdict} {one.matches[0].score:.2f} {one.name} | {one.matches[0].matched_name}")
    return 0


def find_matchers() -> Iterable[tuple[str, Matcher, float]]:
    """Landbridge, plain rapidfuzz, and logic-v1 of nomenklatura where that is installed."""
    from rapidfuzz import fuzz, utils

    from landbridge.screening.match import MATCH_SCORE, score_names

    yield "landbridge", lambda pair: score_names(pair.left, pair.right, pair.kind).score, MATCH_SCORE
    yield "rapidfuzz", lambda pair: fuzz.WRatio(pair.left, pair.right, processor=utils.default_process) / 100, RAPIDFUZZ_THRESHOLD
    logic = find_logic()
    if logic is not None:
        yield "nomenklatura logic-v1", logic, LOGIC_THRESHOLD
    else:
        print("nomenklatura logic-v1: not run (pip install nomenklatura, which needs ICU)", file=sys.stderr)


def find_logic() -> Matcher | None:
    try:
        from followthemoney import model
        from nomenklatura.matching import LogicV1
        from nomenklatura.matching.types import ScoringConfig
    except ImportError:
        return None
    config = LogicV1.default_config() if hasattr(LogicV1, "default_config") else ScoringConfig.defaults()
    schemas = {"company": "Company", "person": "Person", "vessel": "Vessel"}

    def entity(name: str, kind: str, key: str) -> Any:
        from followthemoney import EntityProxy

        return EntityProxy.from_dict({"id": key, "schema": schemas.get(kind, "LegalEntity"), "properties": {"name": [name]}})

    del model
    return lambda pair: float(LogicV1.compare(entity(pair.left, pair.kind, "a"), entity(pair.right, pair.kind, "b"), config).score)


def measure(name: str, matcher: Matcher, threshold: float, pairs: tuple[Pair, ...]) -> dict[str, Any]:
    """Recall, precision and what stands behind them."""
    begun = time.perf_counter()
    scores = [matcher(pair) for pair in pairs]
    seconds = time.perf_counter() - begun
    truths = [pair.same for pair in pairs]
    hits = sum(truth and score >= threshold for truth, score in zip(truths, scores, strict=True))
    alarms = sum(not truth and score >= threshold for truth, score in zip(truths, scores, strict=True))
    same = sum(truths)
    return {
        "matcher": name,
        "pairs": len(pairs),
        "same": same,
        "recall": hits / same if same else None,
        "recall_interval_95": wilson(hits, same),
        "precision": hits / (hits + alarms) if hits + alarms else None,
        "precision_interval_95": wilson(hits, hits + alarms),
        "threshold": threshold,
        "recall_at_precision_95": recall_at(scores, truths, 0.95),
        "auc": auc(scores, truths),
        "ms_per_pair": 1000 * seconds / max(len(pairs), 1),
    }


def wilson(hits: int, count: int, z: float = 1.959964) -> list[float] | None:
    """The 95 % interval of a share. Wilson, E. B. (1927). JASA 22(158), 209-212."""
    if not count:
        return None
    share = hits / count
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 1 + z * z / count
    return [round((middle - spread) / scale, 4), round((middle + spread) / scale, 4)]


def recall_at(scores: list[float], truths: list[bool], wanted: float) -> float:
    """The most recall that any threshold gives at a precision of at least ``wanted``."""
    same = sum(truths)
    best = 0.0
    ranked = sorted(zip(scores, truths, strict=True), reverse=True)
    hits = 0
    for index, (score, truth) in enumerate(ranked):
        hits += truth
        is_last_of_its_score = index + 1 == len(ranked) or ranked[index + 1][0] < score
        if is_last_of_its_score and hits / (index + 1) >= wanted and same:
            best = max(best, hits / same)
    return best


def auc(scores: list[float], truths: list[bool]) -> float | None:
    """Chance that a same pair scores above a different one, ties counting half."""
    ones = [score for score, truth in zip(scores, truths, strict=True) if truth]
    others = [score for score, truth in zip(scores, truths, strict=True) if not truth]
    if not ones or not others:
        return None
    return sum((one > other) + (one == other) / 2 for one in ones for other in others) / (len(ones) * len(others))


def tell_errors(pairs: tuple[Pair, ...]) -> None:
    from landbridge.screening.match import MATCH_SCORE, score_names

    for pair in pairs:
        found = score_names(pair.left, pair.right, pair.kind)
        if (found.score >= MATCH_SCORE) != pair.same:
            why = "; ".join(f"{row.feature}: {row.detail} x{row.factor:.2f}" for row in found.features)
            print(f"{'missed' if pair.same else 'false '} {found.score:.3f} {pair.left} | {pair.right}  [{why}]", file=sys.stderr)


def table_text(rows: list[dict[str, Any]], pairs: tuple[Pair, ...]) -> str:
    lines = [f"{len(pairs)} pairs, {sum(pair.same for pair in pairs)} of them the same party"]
    lines.append(
        f"{'matcher':24}{'recall':>8} {'(95 %)':>14}{'precision':>11} {'(95 %)':>14}{'at':>6}{'recall@p95':>12}{'auc':>8}{'ms':>8}"
    )
    for row in rows:
        spans = [
            f"{low:.3f}-{high:.3f}" if span else "-"
            for span in (row["recall_interval_95"], row["precision_interval_95"])
            for low, high in [span or (0, 0)]
        ]
        numbers = [f"{row[key]:.3f}" if row[key] is not None else "-" for key in ("recall", "precision", "recall_at_precision_95", "auc")]
        lines.append(
            f"{row['matcher']:24}{numbers[0]:>8} {spans[0]:>14}{numbers[1]:>11} {spans[1]:>14}{row['threshold']:>6.2f}{numbers[2]:>12}{numbers[3]:>8}{row['ms_per_pair']:>8.2f}"  # noqa: E501
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
