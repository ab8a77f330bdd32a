"""Files of pairs as people write them."""

from __future__ import annotations

import pytest

from landbridge.domain.errors import DataError
from landbridge.planner.pairs_file import read_pairs

ROWS = [("Orsha, BY", "Lahore, PK", ""), ("Köln, DE", "PKKHI", "")]


def _read(tmp_path, content):
    path = tmp_path / "pairs.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_pairs(str(path))


PLAIN = 'from,to\n"Orsha, BY","Lahore, PK"\n"Köln, DE",PKKHI\n'


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("cp1252"),
        PLAIN.replace("\n", "\n\n , \n"),
        "\n" + PLAIN,
        "From ;TO\nOrsha, BY; Lahore, PK\nKöln, DE;PKKHI\n",
        "from\tto\nOrsha, BY\tLahore, PK\nKöln, DE\tPKKHI\n",
        'to,note,from\n"Lahore, PK",x,"Orsha, BY"\nPKKHI,,"Köln, DE"\n',
        'from, to\n"Orsha, BY", "Lahore, PK"\n"Köln, DE", PKKHI,\n',
    ],
)
def test_every_writing_of_one_file_is_the_same(tmp_path, content):
    assert _read(tmp_path, content) == ROWS


def test_countries_without_quotes_are_joined_to_their_places(tmp_path):
    assert _read(tmp_path, "from,to\nOrsha, BY,Lahore, PK\n") == [("Orsha, BY", "Lahore, PK", "")]


def test_a_broken_row_spoils_no_other(tmp_path):
    rows = _read(tmp_path, 'from,to\nOrsha\n"Orsha,Minsk\nMinsk,\na,b,c\nMinsk,Brest\n')
    assert [bool(fault) for *_, fault in rows] == [True, True, True, True, False]
    assert rows[-1] == ("Minsk", "Brest", "")


@pytest.mark.parametrize("content", ["", "\n\n", "a,b\nMinsk,Brest\n", "from\nMinsk\n", b"\x00\xff\x00"])
def test_a_file_without_the_columns_is_refused(tmp_path, content):
    with pytest.raises(DataError):
        _read(tmp_path, content)
