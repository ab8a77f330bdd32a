"""``python -m tools.make_readme``: run the commands that README.md shows and put their present output below them, shortened.

What is shown of an output is chosen here, by pattern; ``...`` stands for what is left out. A test compares README with the commands.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"
PLAN = "landbridge plan Minsk Lahore --units 2x40HC --goods 8701 --ready 2026-12-01"
EVERYTHING = (r"(?:.*\n)+",)
_NUMBER = r"^ +\d+  (?:[a-z]+, )*"
SHOWN = {
    PLAN: (
        r"^ +plan +USD.*\n",
        _NUMBER + r"cheapest.*\n(?: {6,8}\S.*\n)+",
        _NUMBER + r"fastest.*\n",
        r"^  Torkham  .*\n",
    ),
    "landbridge verify minsk-lahore.json": EVERYTHING,
    "landbridge explain minsk-lahore.json --why-not INMUN": EVERYTHING,
    "landbridge place Лахор": EVERYTHING,
    "landbridge init my-feed": EVERYTHING,
    "landbridge check my-feed": EVERYTHING,
}
WILDCARD = "..."


def main() -> int:
    """Rewrite the outputs in README.md; give 0."""
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        blocks = list(list_commands(text))
        for command, _ in blocks:
            output = run_command(command, Path(folder))
            if command in SHOWN:
                text = _replace(text, command, shorten(output, SHOWN[command]))
    README.write_text(text, encoding="utf-8", newline="\n")
    return 0


def list_commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """The commands that a page shows, in order, each with the lines of output below it."""
    for block in re.findall(r"^```\w*\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = part.rstrip("\n").split("\n")
            yield command, lines


def run_command(command: str, folder: Path) -> str:
    """Standard output of one ``landbridge`` command, run in a folder."""
    name, *arguments = command.split()
    if name != "landbridge":
        raise ValueError(f"README shows {name!r}; only landbridge commands have outputs")
    settings = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    done = subprocess.run(
        [sys.executable, "-m", "landbridge", *arguments],
        cwd=folder,
        env=settings,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=300,
    )
    return done.stdout


def shorten(output: str, patterns: tuple[str, ...]) -> list[str]:
    """The first lines that each pattern finds, and a wildcard for each stretch between."""
    lines = (output.rstrip("\n") + "\n").split("\n")[:-1]
    chosen: set[int] = set()
    for pattern in patterns:
        found = re.search(pattern, "\n".join(lines) + "\n", flags=re.MULTILINE)
        if found:
            first = "\n".join(lines)[: found.start()].count("\n")
            chosen.update(range(first, first + found[0].count("\n")))
    shown: list[str] = []
    for number, line in enumerate(lines):
        if number in chosen:
            shown.append(line.rstrip())
        elif shown[-1:] != [WILDCARD] and line.strip():
            shown.append(WILDCARD)
    return shown


def _replace(text: str, command: str, lines: list[str]) -> str:
    block = re.compile(rf"(^\$ {re.escape(command)}\n)(?:(?!\$ |```).*\n)*", flags=re.MULTILINE)
    return block.sub(lambda found: found[1] + "\n".join(lines) + "\n", text, count=1)


if __name__ == "__main__":
    sys.exit(main())
