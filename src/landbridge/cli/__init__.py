"""The command line: parse, call one use case of the planner, render with report.

In: arguments. Out: pages and documents on standard output, notices on standard error, an exit code.
Never here: prices, rules, search, files read or written but by the planner.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and end the process."""
    try:
        from landbridge.cli.app import run_app

        code = run_app()
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
