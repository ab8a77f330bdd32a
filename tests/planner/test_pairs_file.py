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
        PLAIN.replace("\n", "\n\n \n"),
        PLAIN + " , \n\n,\n",
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


def test_a_row_of_empty_fields_among_others_has_its_own_answer(tmp_path):
    rows = _read(tmp_path, "from,to\nMinsk,Brest\n,\nBrest,Minsk\n")
    assert rows == [("Minsk", "Brest", ""), ("", "", "the row lacks a place"), ("Brest", "Minsk", "")]


def test_a_broken_row_spoils_no_other(tmp_path):
    rows = _read(tmp_path, 'from,to\nOrsha\n"Orsha,Minsk\nMinsk,\na,b,c\nMinsk,Brest\n')
    assert [bool(fault) for *_, fault in rows] == [True, True, True, True, False]
    assert rows[-1] == ("Minsk", "Brest", "")


def test_a_bad_byte_spoils_no_letters_of_other_rows(tmp_path):
    rows = _read(tmp_path, "from,to\nŁódź,Минск\n".encode() + "Köln,Orsha\n".encode("cp1252") + "لاہور,گوجرانوالہ\n".encode())
    assert rows == [("Łódź", "Минск", ""), ("Köln", "Orsha", ""), ("لاہور", "گوجرانوالہ", "")]


def test_letters_of_windows_are_read_where_they_can_be_told(tmp_path):
    rows = _read(tmp_path, "from,to\nМинск,Брест\nг. Орша,Lahore\nМИНСК,Гомель\n".encode("cp1251"))
    assert rows == [("Минск", "Брест", ""), ("г. Орша", "Lahore", ""), ("МИНСК", "Гомель", "")]
    assert _read(tmp_path, "from,to\nPont-à-Mousson,Málaga\n".encode("cp1252")) == [("Pont-à-Mousson", "Málaga", "")]


@pytest.mark.parametrize(("text", "encoding"), [("Łódź", "cp1250"), ("北京", "gbk"), ("Минск", "koi8-r"), ("لاهور", "cp1256")])
def test_letters_that_cannot_be_told_are_a_fault_of_their_row(tmp_path, text, encoding):
    good, bad = _read(tmp_path, b"from,to\nMinsk,Brest\n" + f"{text},Minsk\n".encode(encoding))
    assert good == ("Minsk", "Brest", "")
    assert "UTF-8" in bad[2]


def test_a_field_in_quotes_may_hold_line_ends(tmp_path):
    rows = _read(tmp_path, 'from,to\n"Orsha,\r\nBY","Lahore,\nPK"\n"Orsha,Minsk\n"Köln, DE",PKKHI\nMinsk,"Brest\n')
    good = [("Orsha, BY", "Lahore, PK"), ("Köln, DE", "PKKHI"), ("Minsk", "Brest")]
    assert [(start, end) for start, end, fault in rows if not fault] == good
    assert len(rows) == 4


def test_a_separator_of_lines_within_a_name_ends_no_row(tmp_path):
    assert _read(tmp_path, "from,to\nMinsk\u2028,Brest\x85\n".encode()) == [("Minsk", "Brest", "")]


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(DataError) as caught:
        read_pairs(str(tmp_path / "none.csv"))
    assert caught.value.findings[0].file.endswith("none.csv")


@pytest.mark.parametrize("content", ["", "\n\n", "a,b\nMinsk,Brest\n", "from\nMinsk\n", b"\x00\xff\x00"])
def test_a_file_without_the_columns_is_refused(tmp_path, content):
    with pytest.raises(DataError):
        _read(tmp_path, content)
