"""``landbridge backup`` and ``landbridge restore``: the whole store as one file, and back."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli.screen import write_notice


def backup(file: Annotated[str, typer.Argument(metavar="FILE", help="File to write.")]) -> None:
    """Copy the store (lists, decisions, audit log, jobs, plans, feeds, keys) into one file, also while a server runs."""
    from landbridge.planner.store_file import back_up

    write_notice(f"wrote {file}, {back_up(file):,} bytes")


def restore(
    file: Annotated[str, typer.Argument(metavar="FILE", help="File that backup wrote.")],
    is_sure: Annotated[bool, typer.Option("--yes", help="Replace the store without asking.")] = False,
) -> None:
    """Put a backup in the place of the store; everything newer is gone."""
    if not is_sure:
        typer.confirm("Everything in the store that is newer than the backup will be gone. Go on?", abort=True)
    from landbridge.planner.store_file import restore as put_back

    write_notice(f"restored {file}; its audit log holds {put_back(file)} records")
