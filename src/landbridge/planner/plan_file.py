"""Read and write plan files."""

from __future__ import annotations

from pathlib import Path

from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.plan import Plan


def read_plan(path: str) -> Plan:
    """Read a plan that landbridge wrote.

    Raises
    ------
    DataError
        With all findings, if it is not one.
    """
    from landbridge.report.plan_document import parse_plan_document  # not on the way to --help
    from landbridge.sources.files import read_json

    return parse_plan_document(read_json(Path(path)), file=path)


def check_itinerary(plan: Plan, number: int) -> None:
    """Check that a plan holds the itinerary of a number, counted from 1.

    Raises
    ------
    QueryError
        If it does not.
    """
    count = len(plan.itineraries)
    if not 1 <= number <= count:
        fix = f"the file holds {count}" + (", from 1" if count else "")
        raise QueryError([Finding(code="ITINERARY", column="--itinerary", message=f"there is no plan {number}", fix=fix)])


def write_text(path: str, text: str) -> None:
    """Write a file whole or not at all, as UTF-8."""
    from landbridge.sources.files import write_whole

    write_whole(Path(path), text.encode("utf-8"))
