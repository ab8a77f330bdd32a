"""The pinned packages that the atlas is made from: fetched once by the ordinary clients of PyPI and npm, and checked by SHA-256."""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
CACHE = HERE.parent / ".atlas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One row of ``inputs.csv``."""

    name: str
    registry: str
    version: str
    file: str
    sha256: str
    licence: str
    attribution: str
    address: str
    used_for: str


def list_inputs() -> tuple[Input, ...]:
    """All rows of ``inputs.csv``."""
    with (HERE / "inputs.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Input(**row) for row in csv.DictReader(lines))


def fetch_inputs() -> dict[str, Path]:
    """Unpack every input into ``.atlas`` and give the folder (or file) of each by name."""
    CACHE.mkdir(exist_ok=True)
    return {one.name: _unpacked(one) for one in list_inputs()}


def _unpacked(one: Input) -> Path:
    if one.registry == "repo":
        path = HERE / one.file
        _check(path, one)
        return path
    archive = CACHE / one.file
    if not archive.exists():
        _download(one)
    _check(archive, one)
    folder = CACHE / f"{one.name}-{one.version}"
    if not folder.exists():
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as packed:
                packed.extractall(folder)
        else:
            with tarfile.open(archive) as packed:
                packed.extractall(folder, filter="data")
    return folder


def _download(one: Input) -> None:
    if one.registry == "pypi":
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(CACHE), f"{one.name}=={one.version}"]
    else:
        command = ["npm", "pack", "--silent", "--pack-destination", str(CACHE), f"{one.name}@{one.version}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _check(path: Path, one: Input) -> None:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != one.sha256:
        sys.exit(f"{path}: SHA-256 is {found}, expected {one.sha256} ({one.name} {one.version}); remove the file and try again")
