from __future__ import annotations

import json

import pytest
from benchmarks.canad import FormatError, main, read_dow
from benchmarks.canad_made import make_instance

TEXT = """TWO WAYS
3 3 2
1 2 1 5 3 1 1
1 3 3 2 5 1 1
2 3 1 5 2 1 1
1 3 2
1 2 1
"""


def test_a_file_is_read():
    design = read_dow(TEXT)
    assert (design.n_nodes, design.n_arcs, design.n_commodities) == (3, 3, 2)
    assert design.capacity.tolist() == [5, 2, 5]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("3 3 2", "3 x 2", "line 2"),
        ("3 3 2", "3 9 2", "9 arcs"),
        ("1 2 1 5 3", "1 2 1 nan 3", "line 3"),
        ("1 2 1 5 3", "1 7 1 5 3", "arc 1"),
        ("1 2 1 5 3", "1 2 1 0 3", "arc 1"),
        ("1 3 2\n", "3 3 2\n", "commodity 1"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(old, new, said):
    with pytest.raises(FormatError, match=said):
        read_dow(TEXT.replace(old, new, 1))


def test_the_command_prints_one_document(tmp_path, capsys, monkeypatch):
    path = tmp_path / "two.dow"
    path.write_text(TEXT)
    monkeypatch.setattr("sys.argv", ["canad", str(path), "--seconds", "60", "--json"])
    assert main() == 0
    document = json.loads(capsys.readouterr().out)
    assert document["objective"] == document["bound"] == 3 + 2 + 2 * 2 + 1
    assert document["gap"] == 0
    assert document["checked"]


def test_a_made_instance_is_one_and_the_same_again():
    text = make_instance(6, 14, 5, 3)
    design = read_dow(text)
    assert (design.n_nodes, design.n_arcs, design.n_commodities) == (6, 14, 5)
    assert text == make_instance(6, 14, 5, 3) != make_instance(6, 14, 5, 4)
