"""The words of the interface, all in one file, so that another language is another file."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from babel import Locale

from landbridge.web.figures import integer_text

_WORDS = Locale("en")
"""The language of the texts."""
DIRECTION = _WORDS.text_direction
"""How they run: ``ltr``, or ``rtl`` as Urdu does."""
_FILE = Path(__file__).parent / "texts.json"


@cache
def _texts() -> dict[str, str]:
    found: dict[str, str] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def say(key: str, **values: object) -> str:
    """The text of a key with its values filled in; a key that is not there is a defect."""
    return _texts()[key].format(**values) if values else _texts()[key]


def say_count(key: str, count: int, **values: object) -> str:
    """The text of a key for a number, which it may show as ``count``: its form for that number where the language has one (``key.one``)."""
    form = f"{key}.{_WORDS.plural_form(count)}"
    return say(form if form in _texts() else key, count=integer_text(count), **values)


def country_name(code: str) -> str:
    """The name of a country in the language of the texts; its code where it has none."""
    return str(_WORDS.territories.get(code, code))


def word(group: str, name: str) -> str:
    """The word for a kind that comes from the data; the kind itself where no word is known."""
    return _texts().get(f"{group}.{name}", name.replace("_", " "))
