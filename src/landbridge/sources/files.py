"""Files that appear complete or not at all, and JSON files that may be anything."""

from __future__ import annotations

import hashlib
import json
import math
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.sources.codes import make_finding
from landbridge.sources.csv_text import decode_text

MAX_JSON_BYTES = 200_000_000


def write_whole(path: str | Path, data: bytes) -> None:
    """Write a file so that it appears complete or not at all, also under Ctrl-C.

    The bytes go to a sibling that is then renamed, so a reader sees the old content or the new one. What is no plain file
    (a pipe, ``/dev/stdout``) is written straight; a link is followed.

    Raises
    ------
    DataError
        If the folder does not exist or cannot be written.
    """
    write_whole_lines(path, (data,))


def write_whole_lines(path: str | Path, lines: Iterable[bytes]) -> None:
    """As :func:`write_whole`, for more lines than should stand in memory at once."""
    target = Path(path)
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as handle:
                handle.writelines(lines)
        else:
            _replace_file(target.resolve(), lines)
    except (OSError, ValueError) as error:
        raise DataError([_say_unwritable(str(path), error)]) from None


def remove_as_written(path: str | Path, digest: str) -> bool:
    """Remove a plain file whose bytes have this SHA-256; whether it is gone. A changed one stays, and one that cannot be removed."""
    target = Path(path)
    try:
        if target.is_symlink() or not target.is_file() or hashlib.sha256(target.read_bytes()).hexdigest() != digest:
            return False
        target.unlink()
    except OSError:
        return False
    return True


def write_folder(path: str | Path, files: Mapping[str, bytes]) -> None:
    """Make a folder with these files so that it appears complete or not at all; it must not exist, or be empty.

    Raises
    ------
    DataError
        If the destination exists, or its parent cannot be written.
    """
    target = Path(path)
    aside: Path | None = None
    try:
        target = target.resolve()
        aside = _name_sibling(target)
        aside.mkdir()
        for name, data in files.items():
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            (aside / name).write_bytes(data)
        if target.is_dir():
            target.rmdir()
        aside.rename(target)
    except (OSError, ValueError) as error:
        raise DataError([_say_unwritable(str(path), error)]) from None
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def open_folder(path: str | Path) -> None:
    """Make a folder if it is not there; it may hold files already.

    Raises
    ------
    DataError
        If it cannot be made, or no file can be written into it.
    """
    target = Path(path)
    try:
        target.mkdir(parents=True, exist_ok=True)
        tried = _name_sibling(target / "tried")
        tried.write_bytes(b"")
        tried.unlink()
    except (OSError, ValueError) as error:
        raise DataError([_say_unwritable(str(path), error)]) from None


def check_destination(path: str | Path) -> None:
    """Raise ``DataError`` if there is something at a destination that must be new; an empty folder is as good as nothing."""
    target = Path(path)
    try:
        is_free = not os.path.lexists(target) or (target.is_dir() and not any(target.iterdir()))
    except (OSError, ValueError) as error:
        raise DataError([_say_unwritable(str(path), error)]) from None
    if not is_free:
        raise DataError([make_finding("DESTINATION-EXISTS", file=str(path), message=f"{path} exists already")])


def read_json(path: str | Path) -> object:
    """Read a JSON file that may be anything.

    Returns
    -------
    object
        What the file holds: dict, list, text, number, boolean or None.

    Raises
    ------
    DataError
        If the file is missing, too large, not UTF-8, of another kind, or not JSON; the finding says which and where.
    """
    return parse_json(_read_bounded(Path(path)), str(path))


def read_bytes(path: str | Path) -> bytes:
    """Read a file of at most ``MAX_JSON_BYTES`` as bytes; raises ``DataError`` if it is missing, unreadable or too large."""
    return _read_bounded(Path(path))


def parse_json(data: bytes, file: str) -> object:
    """Parse the bytes of a JSON document; ``file`` is what the findings call it. Raises ``DataError``."""
    findings: list[Finding] = []
    text = decode_text(data, file, findings)
    if text is None:
        raise DataError(findings)
    try:
        content: object = json.loads(text, parse_constant=_refuse_constant, parse_float=_parse_float)
        if "\\u" in text:  # half characters can be written in JSON, and nowhere else
            json.dumps(content, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        message = f"the file is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        raise DataError([make_finding("JSON-BROKEN", file=file, row=error.lineno, message=message)]) from None
    except (ValueError, RecursionError) as error:
        raise DataError([make_finding("JSON-BROKEN", file=file, message=f"the file is not JSON that can be used: {error}")]) from None
    return content


def _read_bounded(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            data = handle.read(MAX_JSON_BYTES + 1)
    except FileNotFoundError:
        raise DataError([make_finding("FILE-MISSING", file=str(path), message="there is no such file")]) from None
    except (OSError, ValueError) as error:
        raise DataError([make_finding("FILE-UNREADABLE", file=str(path), message=f"cannot be read: {error}")]) from None
    if len(data) > MAX_JSON_BYTES:
        raise DataError([make_finding("FILE-TOO-LARGE", file=str(path), message=f"the file is larger than {MAX_JSON_BYTES} bytes")])
    return data


def _replace_file(target: Path, lines: Iterable[bytes]) -> None:
    aside = _name_sibling(target)
    try:
        with aside.open("xb") as handle:
            handle.writelines(lines)
            handle.flush()
            os.fsync(handle.fileno())
        if target.exists():
            shutil.copymode(target, aside)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _name_sibling(target: Path) -> Path:
    return target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.part")


def _parse_float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"{text[:40]} is too large a number")
    return value


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number of JSON")


def _say_unwritable(file: str, error: Exception) -> Finding:
    return make_finding("FILE-UNWRITABLE", file=file, message=f"cannot be written: {error}")
