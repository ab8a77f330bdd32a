"""Feeds written in another format: folder, zip file or workbook, complete or not at all, and the same when read again."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.sources.codes import make_finding, sort_findings
from landbridge.sources.container import open_folder, open_zip
from landbridge.sources.csv_text import render_csv
from landbridge.sources.files import check_destination, write_folder, write_whole
from landbridge.sources.manifest import FILE as PACKAGE_FILE
from landbridge.sources.manifest import render_manifest
from landbridge.sources.package import OpenFeed, find_base, find_feed, read_archive, read_feed
from landbridge.sources.raw import MAX_CELL, RawTable
from landbridge.sources.workbook import is_sheet_name, render_workbook

_OTHER_KINDS = (
    "csv",
    "xls",
    "xlsm",
    "xlsb",
    "ods",
    "json",
    "txt",
    "pdf",
    "tar",
    "gz",
    "7z",
    "rar",
    "html",
    "xml",
    "doc",
    "docx",
    "parquet",
)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_feed(source_location: str | Path, destination: str | Path) -> tuple[Finding, ...]:
    """Convert a feed: the destination's name ends in ``.zip`` or ``.xlsx``, else it becomes a folder.

    The tables keep every cell, unknown columns and tables too; ``datapackage.json`` keeps what it says, with its resources made
    anew from the dictionary. Wrong values in cells do not stand in the way; the feed need not be one that loads.

    Returns
    -------
    tuple
        Findings that did not stop the conversion, e.g. ``FILE-LEFT-OUT``.

    Raises
    ------
    DataError
        If the source cannot be read as tables, the destination exists, or cannot be written. Then nothing was written.
    """
    target = Path(destination)
    check_destination(target)
    suffix = target.suffix.lower().removeprefix(".")
    if suffix in _OTHER_KINDS:
        raise DataError([make_finding("DESTINATION-KIND", file=str(target), message=f"a feed cannot be written as .{suffix}")])
    findings: list[Finding] = []
    feed = _read_source(source_location, findings)
    files = _render_files(feed, target)
    if suffix == "xlsx":
        write_whole(target, _render_book(feed, files, findings))
    else:
        files.update(_copy_others(feed, findings))
        if suffix == "zip":
            write_whole(target, render_zip(files))
        else:
            write_folder(target, files)
    return tuple(sort_findings(findings))


def render_zip(files: Mapping[str, bytes]) -> bytes:
    """Make a zip file; the same files make the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def _read_source(location: str | Path, findings: list[Finding]) -> OpenFeed:
    path = find_feed(location)
    if path is None:
        message = f"there is no feed {os.fspath(location)[:200]!r}"
        raise DataError([make_finding("FEED-MISSING", file=os.fspath(location)[:200], message=message)])
    feed = read_feed(path, findings)
    if feed is None or any(finding.severity == "error" for finding in findings):
        raise DataError(sort_findings(findings))
    return feed


def _render_files(feed: OpenFeed, target: Path) -> dict[str, bytes]:
    tables = feed.raw.tables
    document = _move_base(feed, target)
    package = render_manifest(document, {table: raw.columns for table, raw in tables.items()})
    return {PACKAGE_FILE: package, **{f"{table}.csv": render_csv(raw.columns, raw.lines, raw.rows) for table, raw in tables.items()}}


def _move_base(feed: OpenFeed, target: Path) -> dict[str, object]:
    """The document with ``extends`` as seen from the destination, where it is a relative path."""
    document = dict(feed.raw.package)
    base = find_base(feed)
    own = document.get("landbridge")
    if isinstance(base, Path) and isinstance(own, dict) and not Path(str(feed.manifest.extends)).is_absolute():
        document["landbridge"] = {**own, "extends": Path(os.path.relpath(base.absolute(), target.absolute())).as_posix()}
    return document


def _copy_others(feed: OpenFeed, findings: list[Finding]) -> dict[str, bytes]:
    """Files that are no tables, README and the like; a workbook has none."""
    path = Path(feed.raw.location)
    if not feed.raw.others:
        return {}
    container = open_folder(path, findings) if path.is_dir() else open_zip(path, path.read_bytes(), findings)
    return {} if container is None else {name: container.read(name) for name in feed.raw.others}


def _render_book(feed: OpenFeed, files: Mapping[str, bytes], findings: list[Finding]) -> bytes:
    tables: dict[str, RawTable] = {}
    left_out = list(feed.raw.others)
    for table, raw in feed.raw.tables.items():
        if is_sheet_name(table):
            tables[table] = raw
        else:
            left_out.append(f"{table}.csv")
    for name in left_out:
        findings.append(make_finding("FILE-LEFT-OUT", file=f"{feed.raw.location}/{name}", message=f"a workbook has no place for {name}"))
    longest = max(map(len, files[PACKAGE_FILE].decode("utf-8").splitlines()))
    if longest > MAX_CELL:
        message = f"a line of {PACKAGE_FILE} has {longest} characters; a cell of a workbook holds {MAX_CELL}"
        raise DataError([make_finding("CONVERT-LOSS", file=f"{feed.raw.location}/{PACKAGE_FILE}", message=message)])
    data = render_workbook(files[PACKAGE_FILE], tables)
    _check_same(tables, data)
    return data


def _check_same(tables: Mapping[str, RawTable], data: bytes) -> None:
    """Read a workbook again before anybody else does; raise ``DataError`` if a cell has changed."""
    findings: list[Finding] = []
    again = read_archive(Path("copy.xlsx"), data, findings)
    for table, raw in tables.items():
        copy = again.raw.tables.get(table) if again is not None else None
        if copy is None or (copy.columns, copy.lines, copy.rows) != (raw.columns, raw.lines, raw.rows):
            message = f"the table {table} would not be read again as it is"
            raise DataError([make_finding("CONVERT-LOSS", file=raw.file, message=message)])
