"""Bytes to rows of text."""

import pytest

from landbridge.sources.csv_text import decode_text, name_foreign, read_csv, render_csv
from landbridge.sources.list_csv import iterate_rows


def read(data):
    findings = []
    lines, rows = read_csv(data, "feed/places.csv", findings)
    return lines, rows, [(finding.code, finding.row) for finding in findings]


def test_a_byte_order_mark_is_allowed():
    """What Excel writes before UTF-8 text is no part of the first column."""
    assert read(b"\xef\xbb\xbfa,b\r\n1,2\r\n") == ([1, 2], [["a", "b"], ["1", "2"]], [])


def test_rows_are_numbered_as_in_a_spreadsheet():
    """A cell over several lines does not change the number of the rows after it; an empty line counts."""
    lines, rows, _ = read(b'a,note\n1,"two\nlines"\n\n2,x\n')
    assert lines == [1, 2, 3, 4]
    assert rows[1][1] == "two\nlines"


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"%PDF-1.7", "FILE-FOREIGN", None),
        (b"PK\x03\x04", "FILE-FOREIGN", None),
        ("a,b\n1,2\n".encode("utf-16"), "FILE-ENCODING", 1),
        (b"a,b\n\xcb\xe0\xf5\xee\xf0,2\n", "FILE-ENCODING", 2),
        (b"a,b\n1,\0\n", "FILE-NUL", 2),
        (b'a,b\n1,"2\n3,4\n', "CSV-BROKEN", 2),
        (b'a,b\n1,"2"x\n', "CSV-BROKEN", 2),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "CSV-BROKEN", 2),
    ],
)
def test_what_is_no_csv(data, code, row):
    """Foreign files, other encodings, NUL bytes and broken quotes are findings with their line."""
    assert read(data)[2] == [(code, row)]


def test_what_is_written_is_read_again():
    """Commas, quotes, line breaks and other scripts survive."""
    rows = [["a,b", 'say "x"', "two\nlines"], ["", "Лахор", "=1+1"]]
    assert read(render_csv(["x", "y", "z"], [2, 4], rows))[1] == [["x", "y", "z"], rows[0], [], rows[1]]


def test_text_is_not_foreign():
    """A file that may be text has no other name."""
    assert name_foreign(b"place_id,name\n") is None
    assert decode_text(b"", "x", []) == ""


def test_a_list_read_before_changes_no_limit_of_a_feed(tmp_path):
    list_file = tmp_path / "sdn.csv"
    list_file.write_text("1,NAME\n", encoding="utf-8")
    assert list(iterate_rows(list_file, [])) == [(1, ["1", "NAME"])]
    assert read(b"a,b\n" + b"x" * 200_000 + b",1\n")[2] == [("CSV-BROKEN", 2)]
