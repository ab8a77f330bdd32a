"""Folders and zip files as named bytes, within bounds: nothing outside is read, nothing is unpacked to disk."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.sources.codes import make_finding
from landbridge.sources.nearest import quote_text

if TYPE_CHECKING:
    from zipfile import ZipInfo

MAX_BYTES = 200_000_000
MAX_FILES = 200
SCENARIOS = "scenarios"
SCENARIO_SUFFIX = ".toml"
"""Where a feed keeps its scenarios, and how their files end."""
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Container:
    """Files by their name, with sizes; ``read`` gives the bytes of one or raises ``DataError`` or, for a name it lacks, ``KeyError``."""

    label: str
    sizes: Mapping[str, int]
    read: Callable[[str], bytes]


def is_safe_name(name: str) -> bool:
    """Tell whether a name inside a feed stays inside it: relative, no way up, no drive, no backslash."""
    if not name or "\\" in name or "\0" in name or name.startswith("/") or _DRIVE.match(name) or len(name) > 200:
        return False
    return not any(part in ("", ".", "..") for part in name.split("/"))


def open_folder(folder: Path, findings: list[Finding]) -> Container:
    """Open a folder: its own files, its scenarios, and those in folders below that a resource names."""

    def read(name: str) -> bytes:
        path = folder / name
        try:
            if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
                message = f"{quote_text(name)} is not a plain file inside the feed"
                raise DataError([make_finding("PACKAGE-PATH", file=f"{folder}/{name}", message=message)])
            with path.open("rb") as handle:
                data = handle.read(MAX_BYTES + 1)
        except (OSError, ValueError, RuntimeError) as error:
            raise DataError([make_finding("FILE-UNREADABLE", file=f"{folder}/{name}", message=f"cannot be read: {error}")]) from None
        if len(data) > MAX_BYTES:
            raise DataError([_say_too_large(f"{folder}/{name}")])
        return data

    return Container(str(folder), _list_folder(folder, findings), read)


def _list_folder(folder: Path, findings: list[Finding]) -> dict[str, int]:
    """Sizes of the plain files of a folder and of its scenarios by name; hidden ones are left out."""
    sizes: dict[str, int] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.name.startswith(".") and entry.is_file():
                    sizes[entry.name] = entry.stat().st_size
        for path in (folder / SCENARIOS).glob(f"*{SCENARIO_SUFFIX}"):
            if not path.name.startswith(".") and path.is_file():
                sizes[f"{SCENARIOS}/{path.name}"] = path.stat().st_size
    except OSError as error:
        findings.append(make_finding("FILE-UNREADABLE", file=str(folder), message=f"the folder cannot be read: {error}"))
    return dict(sorted(sizes.items()))


def open_zip(path: Path, data: bytes, findings: list[Finding]) -> Container | None:
    """Open the bytes of a zip file; a single folder at its top is taken as the feed. None if it cannot be used at all."""
    from zipfile import ZipFile

    # zipfile raises a dozen kinds of exception on damaged archives (struct.error, IndexError, NotImplementedError ...).
    try:
        archive = ZipFile(io.BytesIO(data))
    except Exception as error:
        findings.append(make_finding("ARCHIVE-BROKEN", file=str(path), message=f"the zip file cannot be opened: {error}"))
        return None
    members = [info for info in archive.infolist() if not info.is_dir()]
    if not check_archive(path, members, findings):
        return None
    prefix = _find_prefix([info.filename for info in members])
    by_name = {info.filename.removeprefix(prefix): info for info in members if _is_wanted(info.filename)}

    def read(name: str) -> bytes:
        info = by_name[name]
        try:
            return archive.read(info)
        except Exception as error:
            message = f"cannot be unpacked: {str(error) or type(error).__name__}"
            raise DataError([make_finding("ARCHIVE-BROKEN", file=f"{path}/{name}", message=message)]) from None

    return Container(str(path), {name: by_name[name].file_size for name in sorted(by_name)}, read)


def check_archive(path: Path, members: list[ZipInfo], findings: list[Finding]) -> bool:
    """Hold the table of contents of an archive against the bounds; False if it must not be unpacked."""
    names = [info.filename for info in members]
    size = sum(info.file_size for info in members)
    before = len(findings)
    if len(members) > MAX_FILES:
        message = f"the archive holds {len(members)} files; {MAX_FILES} are allowed"
        findings.append(make_finding("ARCHIVE-TOO-MANY-FILES", file=str(path), message=message))
    if size > MAX_BYTES:
        message = f"the archive unpacks to {size} bytes; {MAX_BYTES} are allowed"
        findings.append(make_finding("ARCHIVE-TOO-LARGE", file=str(path), message=message))
    for name in names[: MAX_FILES + 1]:
        if not is_safe_name(name):
            message = f"the archive holds {quote_text(name)}, a name that leads out of the feed"
            findings.append(make_finding("ARCHIVE-PATH", file=str(path), message=message))
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        findings.append(make_finding("ARCHIVE-DUPLICATE", file=str(path), message=f"the archive holds {quote_text(twice)} twice"))
    return len(findings) == before


def _find_prefix(names: list[str]) -> str:
    """The one folder that holds everything, where there is one: archives made by hand often have it."""
    tops = {PurePosixPath(name).parts[0] for name in names if _is_wanted(name)}
    top = next(iter(tops)) if len(tops) == 1 else ""
    return f"{top}/" if top and f"{top}/datapackage.json" in names else ""


def _is_wanted(name: str) -> bool:
    parts = name.split("/")
    return parts[0] != "__MACOSX" and not any(part.startswith(".") for part in parts)


def _say_too_large(file: str) -> Finding:
    return make_finding("ARCHIVE-TOO-LARGE", file=file, message=f"the file is larger than {MAX_BYTES} bytes")
