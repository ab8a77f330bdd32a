"""A small feed to begin with: valid, commented, and it plans."""

from __future__ import annotations

import re
from pathlib import Path

from landbridge.sources.csv_text import read_csv
from landbridge.sources.dictionary import get_tables
from landbridge.sources.files import check_destination, parse_json, write_folder
from landbridge.sources.manifest import FILE as PACKAGE_FILE
from landbridge.sources.manifest import render_manifest

TEMPLATE = Path(__file__).resolve().with_name("template")


def init_feed(folder: str | Path) -> Path:
    """Make a small feed in a new or empty folder; it takes the folder's name.

    Five places, a ship, a truck and a border, at least one row in nearly every table, comments in the ``note`` columns and a
    README.txt. Codes and places are real, services and figures invented and marked so.

    Raises
    ------
    DataError
        If the folder exists and is not empty, or cannot be written. Then nothing was written.
    """
    target = Path(folder)
    check_destination(target)
    write_folder(target, list_template_files(_name_feed(target)))
    return target


def list_template_files(name: str) -> dict[str, bytes]:
    """Files of the template by name, for a feed of this name."""
    files = {path.name: path.read_bytes() for path in sorted(TEMPLATE.iterdir()) if path.suffix == ".txt"}
    columns: dict[str, tuple[str, ...]] = {}
    for table in get_tables():
        files[f"{table}.csv"] = (TEMPLATE / f"{table}.csv").read_bytes()
        columns[table] = tuple(read_csv(files[f"{table}.csv"], table, [])[1][0])
    document = parse_json((TEMPLATE / PACKAGE_FILE).read_bytes(), PACKAGE_FILE)
    assert isinstance(document, dict)
    return {PACKAGE_FILE: render_manifest({**document, "name": name}, columns), **files}


def _name_feed(target: Path) -> str:
    name = re.sub(r"[^a-z0-9._-]+", "-", target.resolve().name.lower()).strip("-._")
    return name[:80] or "my-corridor"
