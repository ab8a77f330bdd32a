"""``landbridge lists`` and ``landbridge audit``: published lists, and the log of all that was done with them."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli.exits import BAD_DATA
from landbridge.cli.options import DEFAULT_FEED, FeedOption, JsonOption
from landbridge.cli.screen import page_width, write_notice, write_page, write_text
from landbridge.cli.screening_commands import read_clock

lists = typer.Typer(help="Published lists: import, show, compare.", no_args_is_help=True, rich_markup_mode=None)
audit = typer.Typer(help="The audit log.", no_args_is_help=True, rich_markup_mode=None)


@lists.command("import")
def import_(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files as OFAC, EU, UK, UN, SECO or OpenSanctions publish them.")],
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Day of the edition, where the file does not tell it.")] = None,
) -> None:
    """Import published lists; an edition takes the place of the one before."""
    from landbridge import planner

    for edition in planner.import_lists(tuple(files), published, read_clock()):
        write_text(f"imported {edition.list_name} of {edition.published_on}: {edition.entries} entries\n")


@lists.command()
def show(feed: FeedOption = DEFAULT_FEED, as_json: JsonOption = False) -> None:
    """Show the lists at hand, with their days."""
    from landbridge import planner
    from landbridge.report.plan_document import document_text
    from landbridge.report.screening_document import list_document, render_editions

    rows = planner.show_lists(planner.load_feed(feed)[0])
    if as_json:
        write_text(document_text({"lists": [list_document(row) for row in rows]}))
        return
    if rows:
        write_page(render_editions(rows, width=page_width()))
    else:
        write_text("no lists at hand\n")


@lists.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The edition before.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The edition after.")],
    plan: Annotated[list[str] | None, typer.Option(metavar="PLAN.json", help="A saved plan to look at; repeatable.")] = None,
    feed: FeedOption = DEFAULT_FEED,
    as_json: JsonOption = False,
) -> None:
    """Say who was added, removed or changed, and which parties, shipments and plans that touches."""
    from landbridge import planner
    from landbridge.report.plan_document import document_text

    found = planner.compare_lists(old, new, planner.load_feed(feed)[0], tuple(plan or ()))
    groups = {"added": found.added, "removed": found.removed, "changed": found.changed}
    touched = {"parties": found.parties, "shipments": found.shipments, "plans": found.plans}
    if as_json:
        entries = {
            name: [{"entry_id": row.entry_id, "name": row.names[0], "program": row.program} for row in rows]
            for name, rows in groups.items()
        }
        write_text(document_text({**entries, "touches": {name: list(ids) for name, ids in touched.items()}}))
        return
    for name, rows in groups.items():
        write_text(f"{name}: {len(rows)}\n" + "".join(f"  {row.entry_id}  {row.names[0]}  {row.program}\n" for row in rows))
    for name, ids in touched.items():
        write_text(f"touched {name}: {', '.join(ids) or 'none'}\n")


@audit.command()
def verify(
    head: Annotated[list[str] | None, typer.Option(metavar="SEQ:HASH", help="A head that was noted elsewhere; repeatable.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Verify the log: any altered, removed or moved record is found; with a head noted elsewhere a log cut off or written anew too."""
    from landbridge import planner
    from landbridge.report.plan_document import document_text

    found = planner.verify_audit(tuple(head or ()))
    if as_json:
        write_text(
            document_text(
                {
                    "is_intact": not found.faults,
                    "records": found.records,
                    "head": f"{found.records}:{found.head}",
                    "faults": list(found.faults),
                }
            )
        )
    else:
        write_text(f"{found.records} records, head {found.records}:{found.head}\n" + "".join(f"  {fault}\n" for fault in found.faults))
        write_text("the log is intact; note the head outside of this machine\n" if not found.faults else "")
    if found.faults:
        write_notice("the audit log is not intact")
        raise typer.Exit(BAD_DATA)


@audit.command("show")
def show_audit(
    last: Annotated[int, typer.Option(metavar="N", min=1, max=100_000, help="So many of the newest records.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Show the newest records, the last one first. Plans that a page showed before the rest of their answer have a record of their own."""
    import json

    from landbridge import planner
    from landbridge.report.audit_text import render_audit
    from landbridge.report.plan_document import document_text

    rows = planner.list_audit(last)
    if as_json:
        records = [{"seq": row.seq, "at": row.at, "kind": row.kind, "body": json.loads(row.body), "hash": row.hash} for row in rows]
        write_text(document_text({"records": records}))
        return
    if rows:
        told = [(row.seq, row.at, row.kind, json.loads(row.body)) for row in rows]
        write_page(render_audit(told, width=page_width()))
    else:
        write_text("the log is empty\n")
