"""``landbridge serve`` and ``landbridge keys``: the web app with its HTTP API, and who may use it from elsewhere."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from landbridge.cli.options import DEFAULT_FEED, FeedArgument
from landbridge.cli.screen import write_notice, write_text
from landbridge.cli.screening_commands import read_clock
from landbridge.domain.errors import SettingError

keys = typer.Typer(help="API keys of the server.", no_args_is_help=True, rich_markup_mode=None)
_NEEDED = ("fastapi", "uvicorn", "nicegui", "sqlalchemy", "alembic")


def serve(
    feed: FeedArgument = DEFAULT_FEED,
    host: Annotated[str, typer.Option(help="Address to listen on; beyond this machine API keys are needed.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8080,
    needs_key: Annotated[bool, typer.Option("--keys", help="Ask for an API key on this machine too.")] = False,
    planners: Annotated[int | None, typer.Option(min=1, max=64, help="Processes that plan; default: one a core, at most four.")] = None,
) -> None:
    """Serve the web app at / and the HTTP API at /v1 from this machine; Ctrl+C ends it."""
    _check_packages()
    from landbridge.api.settings import ServerSettings, is_loopback
    from landbridge.planner import load_feed, saved

    dataset, _ = load_feed(feed)
    needs_key = needs_key or not is_loopback(host)
    if needs_key and not any(one.revoked_at is None for one in saved.list_keys()):
        raise SettingError(
            f"{host} can be reached by others, and there is no API key: make one first with landbridge keys add NAME --role admin"
            if not is_loopback(host)
            else "there is no API key: make one first with landbridge keys add NAME --role admin"
        )
    settings = ServerSettings(feed=feed, host=host, port=port, needs_key=needs_key)
    if planners is not None:
        from dataclasses import replace

        settings = replace(settings, planners=planners)
    import uvicorn

    from landbridge.web.app import build_app

    shown = f"[{host}]" if ":" in host else host
    write_text(
        f"landbridge serves {dataset.info.name} at http://{shown}:{port}  (API: /v1, specification: /openapi.json; Ctrl+C ends it)\n"
    )
    uvicorn.run(
        build_app(settings), host=host, port=port, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=3
    )


@keys.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who uses the key.")],
    role: Annotated[str, typer.Option(metavar="ROLE", help="viewer, company, planner, compliance or admin.")] = "planner",
    party: Annotated[str, typer.Option(metavar="ID", help="Party of a company key.")] = "",
) -> None:
    """Make a key; its secret is shown this once."""
    _check_packages()
    from landbridge.planner import saved

    write_text(saved.add_key(name, role, party, read_clock()) + "\n")


@keys.command()
def show() -> None:
    """Show the keys, without their secrets."""
    _check_packages()
    from landbridge.planner import saved

    for one in saved.list_keys():
        state = f"revoked {one.revoked_at[:10]}" if one.revoked_at else "valid"
        write_text(f"{one.name:<24}{one.role:<12}{state:<20}{one.party}\n")


@keys.command()
def revoke(name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the key.")]) -> None:
    """End a key; at the latest ten seconds later it opens nothing."""
    _check_packages()
    from landbridge.planner import saved

    if not saved.revoke_key(name, read_clock()):
        raise SettingError(f"no valid key is named {name[:80]!r}; landbridge keys show lists them")
    write_notice(f"the key {name} is revoked")


def _check_packages() -> None:
    missing = [one for one in _NEEDED if find_spec(one) is None]
    if missing:
        raise SettingError(
            f"the server needs more packages ({', '.join(missing)} missing): pip install 'landbridge[server]', or make serve"
        )
