"""The answer to one question as a page."""

from __future__ import annotations

from collections.abc import Iterable

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Plan
from landbridge.report.check_report import finding_lines, first_lines
from landbridge.report.itinerary_table import render_details, render_itineraries, render_question
from landbridge.report.legend import Legend
from landbridge.report.page import BLANK, MIN_WIDTH, Line
from landbridge.report.source_table import render_grades, render_sources
from landbridge.report.verdict_table import render_compared, render_law, render_rejected


def render_plan(plan: Plan, dataset: Dataset | None = None, *, width: int = 100) -> tuple[Line, ...]:
    """The whole page of a plan: ``render_answer`` and ``render_evidence``.

    Parameters
    ----------
    plan
        The answer to a question.
    dataset
        The feed that it was made from, for names, local time and titles of sources; without it ids stand and times are UTC.
    width
        Columns of the page; made for 80 to 140.
    """
    return joined((render_answer(plan, dataset, width=width), render_evidence(plan, dataset, width=width)))


def render_answer(plan: Plan, dataset: Dataset | None = None, *, width: int = 100) -> tuple[Line, ...]:
    """The question, the plans, their legs, the law, what was compared and what is rejected."""
    legend, columns = Legend(dataset), max(width, MIN_WIDTH)
    return joined(
        (
            render_question(plan, legend, columns),
            first_lines(plan.findings, columns),
            render_itineraries(plan, legend, columns),
            render_details(plan, legend, columns),
            render_law(plan, legend, columns),
            render_compared(plan, legend, columns),
            render_rejected(plan, legend, columns),
            finding_lines(plan.findings, columns),
        )
    )


def render_evidence(plan: Plan, dataset: Dataset | None = None, *, width: int = 100) -> tuple[Line, ...]:
    """Each plan's money by grade, and the sources."""
    legend, columns = Legend(dataset), max(width, MIN_WIDTH)
    return joined((render_grades(plan, columns), render_sources(plan, legend, columns)))


def joined(sections: Iterable[tuple[Line, ...]]) -> tuple[Line, ...]:
    """Sections under each other with a blank line between; empty ones are left out."""
    lines: list[Line] = []
    for section in sections:
        if section:
            lines += [BLANK, *section] if lines else section
    return tuple(lines)
