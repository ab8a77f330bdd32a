"""``python -m tools.lexicon``: make the JSON files of the screening room of its other tables; run it after each change of one of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from landbridge.screening.lexicon_source import pack_lexicon
from landbridge.screening.syllable_source import pack_pinyin, pack_syllables

TABLES = Path(__file__).parents[1] / "src" / "landbridge" / "screening" / "tables"
FILES = {"lexicon.json": pack_lexicon, "syllables.json": pack_syllables, "pinyin.json": pack_pinyin}


def file_text(packed: dict[str, Any]) -> str:
    """A file, one table a line."""
    rows = (f"{json.dumps(name)}: {json.dumps(table, ensure_ascii=False, separators=(',', ':'))}" for name, table in packed.items())
    return "{\n" + ",\n".join(rows) + "\n}\n"


if __name__ == "__main__":
    for name, pack in FILES.items():
        (TABLES / name).write_text(file_text(pack()), encoding="utf-8")
