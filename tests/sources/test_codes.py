"""The list of finding codes is complete and used."""

import re
from pathlib import Path

from landbridge.domain.finding import Finding
from landbridge.sources import codes
from landbridge.sources.codes import get_codes, make_finding, sort_findings

ROOM = Path(codes.__file__).parent


def list_named():
    text = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py"))
    return set(re.findall(r'"([A-Z]+(?:-[A-Z]+)+)"', text))


def test_every_code_is_declared_and_used():
    """A code stands in findings.csv exactly if some module makes a finding of it."""
    others = {"FILE-TOO", "UTF-8"}
    assert list_named() - others == set(get_codes())


def test_every_code_says_what_it_means_and_what_to_do():
    """Codes are upper case with dashes; meaning and fix are sentences."""
    for entry in get_codes().values():
        assert re.fullmatch(r"[A-Z]+(-[A-Z]+)+", entry.code)
        assert entry.meaning.endswith(".")
        assert entry.fix.endswith(".")


def test_a_finding_takes_what_the_list_says():
    """Severity and fix come from the list unless the finding knows better."""
    finding = make_finding("CELL-NUMBER", file="feed/a.csv", row=2, column="x", message="'y' is not a number")
    assert (finding.severity, finding.fix) == ("error", get_codes()["CELL-NUMBER"].fix)
    assert make_finding("CELL-NUMBER", message="?", fix="Do.").fix == "Do."


def test_findings_are_sorted():
    """Errors first, then by file and row."""
    first = Finding(code="A-A", severity="warning", file="a", row=1, message="")
    second = Finding(code="A-A", file="b", row=2, message="")
    third = Finding(code="A-A", file="b", row=1, message="")
    assert sort_findings([first, second, third]) == [third, second, first]
