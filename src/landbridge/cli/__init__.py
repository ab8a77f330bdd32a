"""The command line: parse, call one use case of the planner, render with report.

In: arguments. Out: pages and documents on standard output, notices on standard error, an exit code.
Never here: prices, rules, search, files read or written but by the planner.
"""

from __future__ import annotations

import gc
import sys

_OBJECTS_BETWEEN_CLEANINGS = 500_000
"""A command makes millions of small objects that live until its end; looking for circles after every 700 took a quarter of its time."""


def main() -> None:
    """Run the command line and end the process."""
    gc.set_threshold(_OBJECTS_BETWEEN_CLEANINGS)
    try:
        from landbridge.cli.app import run_app

        code = run_app()
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
