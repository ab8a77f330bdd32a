"""What README and the pages of docs/ say is what the commands do and the files hold."""

import csv
import inspect
import re
from pathlib import Path

import pytest
from tools.make_docs import DOCS, ROOT, render_pages
from tools.make_readme import WILDCARD, list_commands, run_command
from typer.main import get_command

from landbridge.cli.app import app

README = ROOT / "README.md"
PAGES = sorted([README, *ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
MANY = 10


def is_shown(shown, output):
    """Whether the lines stand in the output in order, a wildcard standing for any number of lines."""
    place, is_free = 0, True
    for line in shown:
        if line.strip() == WILDCARD:
            is_free = True
            continue
        stop = len(output) if is_free else place + 1
        place = next((at + 1 for at in range(place, stop) if at < len(output) and output[at] == line), 0)
        if not place:
            return False
        is_free = False
    return True


def test_wildcards():
    output = ["a", "b", "c", "d"]
    assert is_shown(["a", "...", "d"], output)
    assert is_shown(["...", "c", "..."], output)
    assert not is_shown(["a", "c"], output)
    assert not is_shown(["...", "d", "a"], output)


@pytest.mark.slow
def test_every_command_of_readme_shows_what_readme_says(tmp_path):
    commands = list(list_commands(README.read_text(encoding="utf-8")))
    assert len(commands) >= 5
    for command, shown in commands:
        output = [line.rstrip() for line in run_command(command, tmp_path).rstrip("\n").split("\n")]
        assert is_shown([line.rstrip() for line in shown], output), f"{command}: run python -m tools.make_readme"


def test_readme_shows_a_command_on_its_first_screen():
    first = README.read_text(encoding="utf-8").split("\n")[:30]
    assert any(line.startswith("$ landbridge plan") for line in first)


def test_python_of_readme_is_short_and_compiles():
    for code in re.findall(r"^```python\n(.*?)^```", README.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE):
        compile(code, "README.md", "exec")
        assert len(code.strip().split("\n")) <= 12


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_to_files_lead_somewhere(page):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), target


@pytest.mark.slow
def test_generated_pages_are_current():
    for name, text in render_pages().items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, f"docs/{name}: run make docs"


def test_plausibility_compares_at_least_ten_published_chains():
    text = (DOCS / "plausibility.md").read_text(encoding="utf-8")
    table = text.split("## Side by side")[1].split("## ")[0]
    rows = [line for line in table.split("\n") if line.startswith("| ")][1:]
    assert len(rows) >= MANY
    assert all(row.split(" | ")[9].strip() for row in rows), "every row has its explanation"


def test_every_published_chain_has_a_source_and_an_explanation():
    with Path(DOCS / "plausibility_published.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            assert row["source_title"], row["chain_id"]
            assert row["explanation"], row["chain_id"]


def test_every_command_and_option_is_documented():
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    group = get_command(app)
    for name, command in group.commands.items():
        assert f"## landbridge {name}\n" in text, name
        section = text.split(f"## landbridge {name}\n")[1].split("\n## ")[0]
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("--") or option == "--help" or option in section, f"{name} {option}"


def test_every_error_code_of_the_process_is_documented():
    from landbridge.cli import exits

    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    codes = [value for name, value in inspect.getmembers(exits) if name.isupper() and isinstance(value, int)]
    assert codes
    for code in codes:
        assert f"| {code} |" in text
