"""The application: its commands, and what happens to an error on the way out."""

from __future__ import annotations

import os
import re
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from landbridge.cli.backup_command import backup, restore
from landbridge.cli.book_command import book
from landbridge.cli.compare_command import compare
from landbridge.cli.demo_command import demo
from landbridge.cli.distance_command import atlas, distance
from landbridge.cli.documents_command import documents
from landbridge.cli.exits import BAD_DATA, EXPECTED, INTERRUPTED, exit_code_of, tell_defect, tell_error, was_interrupted
from landbridge.cli.explain_command import explain
from landbridge.cli.feed_commands import check, convert, init, place
from landbridge.cli.list_commands import audit, lists
from landbridge.cli.plan_command import plan
from landbridge.cli.profile_command import matrix, profile
from landbridge.cli.reach_command import reach
from landbridge.cli.replan_command import replan
from landbridge.cli.report_command import report
from landbridge.cli.screen import drop_output, prepare_streams, write_text
from landbridge.cli.screening_commands import decide, screen
from landbridge.cli.serve_command import keys, serve
from landbridge.cli.simulate_command import simulate
from landbridge.cli.stress_command import stress
from landbridge.cli.trade_command import trade
from landbridge.cli.verify_command import verify
from landbridge.domain.version import VERSION

_WESTERN_POINT = re.compile(r"-\d{1,3}(\.\d+)?[\s,;]+-?\d{1,3}(\.\d+)?\s*")


class Door(TyperGroup):
    """The group of all commands; turns errors into words and exit codes."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401  # Typer's own signature
        """A point in the west such as ``-30 40`` is no option: a blank before it keeps it a place."""
        return super().parse_args(ctx, [f" {text}" if _WESTERN_POINT.fullmatch(text) else text for text in args])

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  # Typer's own signature
        prepare_streams()
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            drop_output()
            raise typer.Exit(0) from None
        except KeyboardInterrupt as stopped:
            if str(stopped):
                tell_error(stopped)
            raise typer.Exit(INTERRUPTED) from None
        except EXPECTED as error:
            tell_error(error)
            raise typer.Exit(exit_code_of(error)) from None


app = typer.Typer(
    name="landbridge",
    cls=Door,
    help="Plans international freight corridors: door to door, over road, rail and sea.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command, _help in (
    (plan, "Plan one shipment from door to door."),
    (explain, "Where days and money go, what binds."),
    (profile, "Useful departures of a window."),
    (matrix, "Best values between many places."),
    (verify, "Walk a plan again, from the feed alone."),
    (documents, "Papers of a plan, and by when."),
    (screen, "Screen names against lists."),
    (decide, "Decide a match; two people."),
    (simulate, "Arrival and cost as chances."),
    (stress, "What closures cost a book."),
    (replan, "Goods under way: when, and what pays."),
    (trade, "What both countries' books and claims say."),
    (book, "Plan all shipments of a feed together."),
    (compare, "Scenarios of a feed beside each other."),
    (reach, "What reaches a saving of 15 %."),
    (report, "A plan as page, workbook or quote."),
    (backup, "The store as one file."),
    (restore, "Put a backup back."),
    (serve, "The web app and the HTTP API."),
    (demo, "Plan tractors from Minsk to Lahore."),
    (check, "Everything that is wrong with a feed."),
    (place, "Find a place by code or name."),
    (distance, "How far by road, rail or sea."),
    (init, "Write a small feed to begin from."),
    (convert, "Folder, zip and xlsx into each other."),
):
    app.command(short_help=_help)(_command)
app.add_typer(lists, name="lists")
app.add_typer(audit, name="audit")
app.add_typer(keys, name="keys")
app.add_typer(atlas, name="atlas", short_help="What the atlas holds.")


def _show_version(is_asked: bool) -> None:
    if is_asked:
        write_text(f"landbridge {VERSION}\n")
        raise typer.Exit


@app.callback()
def _landbridge(
    _version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    pass


def run_app() -> int:
    """Run one command and give its exit code; whatever goes wrong, no traceback."""
    prepare_streams()
    try:
        app()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0 if ended.code is None else BAD_DATA
    except BrokenPipeError:
        drop_output()
    except Exception as error:  # the door: nobody else catches broadly
        if was_interrupted(error):
            return INTERRUPTED
        if os.environ.get("LANDBRIDGE_DEBUG"):
            raise
        tell_defect(error)
        return BAD_DATA
    finally:
        _flush()
    return 0


def _flush() -> None:
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        drop_output()
