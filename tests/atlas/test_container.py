"""The binary file: what is broken or foreign is told in words."""

from __future__ import annotations

import pytest

from landbridge.atlas.container import DIGEST_SIZE, MAGIC, Container
from landbridge.atlas.world import FILE
from landbridge.domain.errors import DataError


@pytest.fixture(scope="module")
def whole():
    return FILE.read_bytes()


def message(path):
    with pytest.raises(DataError) as caught:
        Container(path)
    return str(caught.value)


def test_the_shipped_file_is_whole_and_small(whole):
    Container(FILE).check()
    assert len(whole) <= 15_000_000


def test_a_missing_file_is_told(tmp_path):
    assert "cannot be read" in message(tmp_path / "none.atlas")


def test_an_empty_file_is_told(tmp_path):
    path = tmp_path / "empty.atlas"
    path.write_bytes(b"")
    assert "cannot be read" in message(path)


def test_a_foreign_file_is_told(tmp_path):
    path = tmp_path / "foreign.atlas"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    assert "no atlas" in message(path)


def test_a_file_that_is_cut_off_is_told(tmp_path, whole):
    path = tmp_path / "cut.atlas"
    path.write_bytes(whole[: len(whole) // 2])
    assert "cut off" in message(path)


def test_a_changed_header_is_told(tmp_path, whole):
    path = tmp_path / "header.atlas"
    at = len(MAGIC) + 40
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    assert "checksum of its header" in message(path)


def test_a_changed_section_is_told_when_it_is_read(tmp_path, whole):
    path = tmp_path / "section.atlas"
    at = len(MAGIC) + 4 + int.from_bytes(whole[8:12], "little") + DIGEST_SIZE + 10
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    with pytest.raises(DataError, match="checksum of its section"):
        Container(path).check()
