"""``python -m tools.make_fifteen [CHECKPOINT]``: write docs/fifteen_percent.md from the shipped book, and its answer into README.

Takes some ten minutes; a checkpoint keeps what routing found for the next time.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from landbridge import planner
from landbridge.report.headway import headway_text
from landbridge.report.reach import answer_text, reach_markdown

ROOT = Path(__file__).resolve().parents[1]
FEED = "belarus-pakistan"
VOLUMES = "1,2,3,6,12"
"""The whole trade is between two and three times the book."""
COMMAND = "python -m tools.make_fifteen"
_LINE = re.compile(r"<!-- fifteen -->.*?<!-- /fifteen -->", re.DOTALL)


def main() -> int:
    """Work it out, write both; give 0."""
    dataset, _ = planner.load_feed(FEED)
    question = planner.ask_reach(dataset, volumes=VOLUMES)
    search = planner.keep_searches(dataset, question.book, sys.argv[1]) if len(sys.argv) > 1 else None
    reach = planner.find_reach(dataset, question, search=search, tell=lambda one: print(headway_text(one), file=sys.stderr, flush=True))
    (ROOT / "docs" / "fifteen_percent.md").write_text(reach_markdown(reach, COMMAND), encoding="utf-8")
    readme = ROOT / "README.md"
    page = "[docs/fifteen_percent.md](docs/fifteen_percent.md)"
    line = f"<!-- fifteen -->Does partnership save 15 %? {answer_text(reach)} {page}<!-- /fifteen -->"
    readme.write_text(_LINE.sub(lambda _: line, readme.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
