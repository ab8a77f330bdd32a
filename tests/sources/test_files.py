"""Files appear complete or not at all."""

import stat
from pathlib import Path

import pytest

from landbridge.domain.errors import DataError
from landbridge.sources import files
from landbridge.sources.files import check_destination, read_json, write_folder, write_whole


def list_names(folder):
    return [path.name for path in folder.iterdir()]


def test_a_file_is_replaced_as_a_whole(tmp_path):
    """The new content takes the place of the old one, nothing else is left in the folder, the mode stays."""
    path = tmp_path / "plan.json"
    write_whole(path, b"old")
    path.chmod(0o600)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list_names(tmp_path) == ["plan.json"]


def test_a_break_leaves_the_old_file(tmp_path, monkeypatch):
    """Ctrl-C while writing leaves the old content and no other file."""
    path = tmp_path / "plan.json"
    path.write_bytes(b"old")

    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list_names(tmp_path) == ["plan.json"]


def test_a_break_leaves_no_folder(tmp_path, monkeypatch):
    """Ctrl-C while a folder is built leaves nothing at its place and nothing beside it."""

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(files.Path, "rename", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "feed", {"a.csv": b"x"})
    assert list_names(tmp_path) == []


def test_a_link_is_followed(tmp_path):
    """Writing to a link changes the file that it leads to."""
    (tmp_path / "real.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    write_whole(tmp_path / "link.json", b"new")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"new"


def test_a_device_is_not_replaced():
    """What is no plain file is written straight."""
    write_whole("/dev/null", b"x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize("name", ["missing/plan.json", ".", "a\0b", "x" * 300])
def test_where_nothing_can_be_written(tmp_path, name):
    """A missing folder, a folder in the way or an impossible name is a finding, not a traceback."""
    with pytest.raises(DataError) as error:
        write_whole(tmp_path / name, b"x")
    assert error.value.findings[0].code == "FILE-UNWRITABLE"


def test_a_folder_must_be_new_or_empty(tmp_path):
    """An empty folder is as good as none; anything else stays as it is."""
    (tmp_path / "empty").mkdir()
    write_folder(tmp_path / "empty", {"a.csv": b"x"})
    assert (tmp_path / "empty" / "a.csv").read_bytes() == b"x"
    with pytest.raises(DataError, match="exists already"):
        check_destination(tmp_path / "empty")
    with pytest.raises(DataError):
        write_folder(tmp_path / "empty", {"b.csv": b"y"})
    assert list_names(tmp_path / "empty") == ["a.csv"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"a": 1,}', "JSON-BROKEN"),
        (b"", "JSON-BROKEN"),
        (b"[NaN]", "JSON-BROKEN"),
        (b"[1e999]", "JSON-BROKEN"),
        (b"[" * 100_000, "JSON-BROKEN"),
        (b"[" + b"9" * 5000 + b"]", "JSON-BROKEN"),
        (b'"\\ud800"', "JSON-BROKEN"),
        (b"\xff\xfe{\0}\0", "FILE-ENCODING"),
        (b"\xe4", "FILE-ENCODING"),
        (b"%PDF-1.4", "FILE-FOREIGN"),
        (b"{\0}", "FILE-NUL"),
    ],
)
def test_what_is_no_json(tmp_path, data, code):
    """Anything that is not JSON is one finding that names the file."""
    path = tmp_path / "plan.json"
    path.write_bytes(data)
    with pytest.raises(DataError) as error:
        read_json(path)
    assert [(finding.code, finding.file) for finding in error.value.findings] == [(code, str(path))]


def test_json_is_read(tmp_path):
    """What is JSON comes back, with or without byte order mark."""
    path = tmp_path / "plan.json"
    path.write_bytes(b'\xef\xbb\xbf{"a": [1, 2.5, "\\u00e4"]}')
    assert read_json(path) == {"a": [1, 2.5, "ä"]}


def test_a_huge_or_missing_json(tmp_path, monkeypatch):
    """Bounds, a missing file and a folder are findings."""
    monkeypatch.setattr(files, "MAX_JSON_BYTES", 10)
    (tmp_path / "big.json").write_bytes(b"[1,2,3,4,5,6]")
    for name, code in (
        ("big.json", "FILE-TOO-LARGE"),
        ("none.json", "FILE-MISSING"),
        (".", "FILE-UNREADABLE"),
        ("a\0b", "FILE-UNREADABLE"),
    ):
        with pytest.raises(DataError) as error:
            read_json(tmp_path / name)
        assert error.value.findings[0].code == code
