"""``landbridge demo``: the main job on the shipped corridor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from landbridge.cli.options import DEFAULT_FEED
from landbridge.cli.screen import page_width, write_page, write_text

if TYPE_CHECKING:
    from landbridge.domain.dataset import Dataset
    from landbridge.domain.plan import Plan

PLAN_FILE = Path("plans") / "minsk-lahore.json"
_NEXT = """
The plan is in {file}. Next:
  landbridge explain {file}                   where its days and money go
  landbridge explain {file} --why-not INMUN   why not by Mundra
  landbridge verify {file}                    walk it again, from the feed alone
  {command} --items
Or see it all as a map, cards and pages in the browser: make serve
"""


def demo() -> None:
    """Plan 2x40HC of tractors from Minsk to Lahore, as of the feed's day and as of the day of the statement."""
    from landbridge import planner
    from landbridge.report.plan_document import document_text, plan_document
    from landbridge.report.plan_page import joined, render_answer, render_evidence
    from landbridge.report.replay_table import render_replay

    dataset, _ = planner.load_feed(DEFAULT_FEED)
    now = _plan(dataset, ready="2026-12-01", as_of=None)
    then = _plan(dataset, ready="2024-12-01", as_of="2024-11-25")
    width = page_width()
    write_page(
        joined(
            (
                render_answer(now, dataset, width=width),
                render_replay(now, then, dataset, width=width),
                render_evidence(now, dataset, width=width),
            )
        )
    )
    PLAN_FILE.parent.mkdir(parents=True, exist_ok=True)
    planner.write_text(str(PLAN_FILE), document_text(plan_document(now, dataset)))
    command = "landbridge plan BYMSQ PKLHE --units 2x40HC --goods 8701 --ready 2026-12-01"
    write_text(_NEXT.format(file=PLAN_FILE.as_posix(), command=command))


def _plan(dataset: Dataset, *, ready: str, as_of: str | None) -> Plan:
    from landbridge import planner

    question = planner.Question(
        origin="BYMSQ", destination="PKLHE", units="2x40HC", goods="8701", ready=ready, due=None, as_of=as_of, mass=None, value=None,
        landed=False, avoid=(), via=(), gate=(), shipper=None, consignee=None,
    )  # fmt: skip
    return planner.plan_shipment(dataset, planner.ask(dataset, question))
