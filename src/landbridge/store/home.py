"""Where the store lies: the folder of its file, or the address of a PostgreSQL database."""

from __future__ import annotations

import os
import sys
from pathlib import Path

FILE = "landbridge.sqlite3"
VARIABLE = "LANDBRIDGE_DATABASE_URL"


def find_home() -> Path:
    """The folder of the store: ``LANDBRIDGE_HOME``, else the one that the system means for data of programs."""
    asked = os.environ.get("LANDBRIDGE_HOME")
    return Path(asked) if asked else _system_folder("Application Support", "XDG_DATA_HOME", ".local/share")


def find_kept() -> Path:
    """The folder of what can be made again: ``kept`` in ``LANDBRIDGE_HOME``, else the one that the system means for caches."""
    asked = os.environ.get("LANDBRIDGE_HOME")
    if asked:
        return Path(asked) / "kept"
    folder = _system_folder("Caches", "XDG_CACHE_HOME", ".cache")
    return folder / "kept" if sys.platform == "win32" else folder


def _system_folder(on_mac: str, variable: str, otherwise: str) -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "landbridge"
    if sys.platform == "darwin":
        return Path.home() / "Library" / on_mac / "landbridge"
    return Path(os.environ.get(variable, Path.home() / otherwise)) / "landbridge"


def names_server() -> bool:
    """Whether ``LANDBRIDGE_DATABASE_URL`` names a PostgreSQL database, in which then everything is kept."""
    return os.environ.get(VARIABLE, "").strip().startswith("postgres")


def find_file() -> Path:
    """The file of an SQLite store."""
    asked = os.environ.get(VARIABLE, "").strip()
    path = asked.removeprefix("sqlite:///") if asked.startswith("sqlite:///") else ""
    return Path(path) if path else find_home() / FILE
