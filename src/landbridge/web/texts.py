"""The words of the interface, all in one file, so that another language is another file."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "texts.json"


@cache
def _texts() -> dict[str, str]:
    found: dict[str, str] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def say(key: str, **values: object) -> str:
    """The text of a key with its values filled in; a key that is not there is a defect."""
    return _texts()[key].format(**values) if values else _texts()[key]


def word(group: str, name: str) -> str:
    """The word for a kind that comes from the data; the kind itself where no word is known."""
    return _texts().get(f"{group}.{name}", name.replace("_", " "))
