"""Feeds at their location: a folder, a zip file, a workbook or a shipped name, read into tables of text."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.sources.codes import make_finding
from landbridge.sources.container import MAX_BYTES, MAX_FILES, Container, open_folder, open_zip
from landbridge.sources.csv_text import name_foreign, read_csv
from landbridge.sources.dictionary import get_tables
from landbridge.sources.manifest import FILE as PACKAGE_FILE
from landbridge.sources.manifest import Manifest, parse_manifest
from landbridge.sources.nearest import quote_text, suggest_nearest
from landbridge.sources.raw import RawFeed, RawTable, make_table
from landbridge.sources.workbook import PACKAGE_SHEET, parse_package_sheet, read_workbook

SHIPPED = Path(__file__).resolve().parent.parent / "data"
MAX_DEPTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFeed:
    """One feed as read: its tables as text, and what its ``datapackage.json`` says; ``lost`` tables could not be read."""

    raw: RawFeed
    manifest: Manifest
    lost: frozenset[str] = frozenset()


def list_shipped_feeds() -> tuple[str, ...]:
    """Names of the feeds that come with the package."""
    if not SHIPPED.is_dir():
        return ()
    return tuple(sorted(path.name for path in SHIPPED.iterdir() if (path / PACKAGE_FILE).is_file()))


def find_feed(location: str | Path) -> Path | None:
    """Find where a feed lies: the name of a shipped one goes before a path; None if there is nothing."""
    text = os.fspath(location)
    if text in list_shipped_feeds():
        return SHIPPED / text
    path = Path(text)
    path = path.parent if path.name == PACKAGE_FILE else path
    try:
        return path if text and path.exists() else None
    except (OSError, ValueError):
        return None


def read_feeds(location: str | Path) -> tuple[tuple[OpenFeed, ...], tuple[Finding, ...]]:
    """Read a feed and those that it extends, the base of all first; never raises for what is in them."""
    findings: list[Finding] = []
    chain: list[OpenFeed] = []
    seen: list[Path] = []
    wanted: str | Path | None = location
    origin = ""
    while wanted is not None:
        path = find_feed(wanted)
        if path is None:
            findings.append(_say_missing(wanted, origin))
            break
        if path.resolve() in seen or len(seen) > MAX_DEPTH:
            findings.append(make_finding("EXTENDS-CYCLE", file=origin, column="extends", message=_describe_cycle(seen, path)))
            break
        seen.append(path.resolve())
        feed = read_feed(path, findings)
        if feed is None:
            break
        chain.insert(0, feed)
        if any(feed.raw.name == other.raw.name for other in chain[1:]):
            message = f"the feed and one that it extends are both called {feed.raw.name}"
            findings.append(make_finding("EXTENDS-NAME", file=f"{feed.raw.name}/{PACKAGE_FILE}", column="name", message=message))
        wanted, origin = find_base(feed), f"{feed.raw.name}/{PACKAGE_FILE}"
    return tuple(chain), tuple(findings)


def find_base(feed: OpenFeed) -> str | Path | None:
    """Location of the feed that one extends: a shipped name, or a path seen from where its ``datapackage.json`` lies."""
    extends = feed.manifest.extends
    if extends is None or extends in list_shipped_feeds():
        return extends
    return Path(os.path.normpath(Path(feed.raw.location) / extends))


def read_feed(path: Path, findings: list[Finding]) -> OpenFeed | None:
    """Read the tables of one folder, zip file or workbook; None if it is nothing of that kind."""
    if path.is_dir():
        return _read_container(path, open_folder(path, findings), findings)
    data = _read_packed(path, findings)
    return None if data is None else read_archive(path, data, findings)


def open_container(path: Path, findings: list[Finding]) -> Container | None:
    """The files of a feed that is a folder or a zip file; None for a workbook, and for what is no feed."""
    if path.is_dir():
        return open_folder(path, findings)
    data = _read_packed(path, findings)
    return None if data is None or _is_workbook(data) else open_zip(path, data, findings)


def _read_packed(path: Path, findings: list[Finding]) -> bytes | None:
    """The bytes of a zip file or a workbook."""
    data = _read_file(path, findings)
    if data is None or data.startswith(b"PK"):
        return data
    what = name_foreign(data) or ("an empty file" if not data else "a single file")
    message = f"{path} is {what}, not a folder, zip file or .xlsx workbook"
    findings.append(make_finding("FILE-FOREIGN", file=str(path), message=message))
    return None


def _is_workbook(data: bytes) -> bool:
    return b"xl/workbook.xml" in data


def read_archive(path: Path, data: bytes, findings: list[Finding]) -> OpenFeed | None:
    """Read the tables of the bytes of a zip file or a workbook."""
    if _is_workbook(data):
        return _read_book(path, data, findings)
    container = open_zip(path, data, findings)
    return None if container is None else _read_container(path, container, findings)


def read_rates_file(path: Path, findings: list[Finding]) -> tuple[list[int], list[list[str]]]:
    """Read the rows of a forwarder's own rates, a CSV file with columns of ``tariffs``."""
    data = _read_file(path, findings)
    return ([], []) if data is None else read_csv(data, path.name, findings)


def _read_file(path: Path, findings: list[Finding]) -> bytes | None:
    try:
        if not path.is_file():
            code, what = ("FILE-UNREADABLE", "this is no plain file") if path.exists() else ("FILE-MISSING", "there is no such file")
            findings.append(make_finding(code, file=str(path), message=what))
            return None
        with path.open("rb") as handle:
            data = handle.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        findings.append(make_finding("FILE-UNREADABLE", file=str(path), message=f"cannot be read: {error}"))
        return None
    if len(data) <= MAX_BYTES:
        return data
    findings.append(make_finding("FILE-TOO-LARGE", file=str(path), message=f"the file is larger than {MAX_BYTES} bytes"))
    return None


def _read_container(path: Path, container: Container, findings: list[Finding]) -> OpenFeed | None:
    manifest = _read_manifest(path, container, findings)
    files = _choose_files(path, container, manifest, findings)
    if PACKAGE_FILE not in container.sizes:
        findings.append(make_finding("PACKAGE-MISSING", file=str(path), message=f"{path} holds no {PACKAGE_FILE}"))
        if not files.keys() & get_tables().keys():
            return None
    if not _check_size(path, container, files, findings):
        return None
    name = manifest.name or path.resolve().stem
    tables = {}
    for table, member in files.items():
        raw = _read_table(container, name, table, member, findings)
        if raw is not None:
            tables[table] = raw
    others = tuple(member for member in container.sizes if member != PACKAGE_FILE and member not in files.values())
    raw_feed = RawFeed(name=name, location=str(path), package=manifest.document, tables=tables, others=others)
    return OpenFeed(raw=raw_feed, manifest=manifest, lost=frozenset((files.keys() | manifest.paths.keys()) - tables.keys()))


def _read_manifest(path: Path, container: Container, findings: list[Finding]) -> Manifest:
    if PACKAGE_FILE not in container.sizes:
        return Manifest()
    try:
        return parse_manifest(container.read(PACKAGE_FILE), f"{path}/{PACKAGE_FILE}", findings)
    except DataError as error:
        findings.extend(error.findings)
        return Manifest()


def _choose_files(path: Path, container: Container, manifest: Manifest, findings: list[Finding]) -> dict[str, str]:
    """File of each table: the path of its resource, else ``<table>.csv`` where there is one; the dictionary's tables first."""
    files: dict[str, str] = {}
    for table, member in manifest.paths.items():
        files[table] = member
        if member not in container.sizes and "/" not in member:
            message = f"the file {quote_text(member)} of the table {quote_text(table)} is not there"
            findings.append(make_finding("FILE-MISSING", file=f"{path}/{member}", message=message))
            del files[table]
    taken = set(files.values())
    for member in container.sizes:
        if member.endswith(".csv") and member not in taken and "/" not in member:
            files.setdefault(member.removesuffix(".csv"), member)
    _check_tables(path, files, findings)
    known = {table: files[table] for table in get_tables() if table in files}
    return known | files


def _check_tables(path: Path, files: Mapping[str, str], findings: list[Finding]) -> None:
    for table in sorted(files.keys() - get_tables().keys()):
        message = f"there is no table {quote_text(table)}{suggest_nearest(table, get_tables())}; it is not read"
        findings.append(make_finding("TABLE-UNKNOWN", file=f"{path}/{files[table]}", message=message))


def _check_size(path: Path, container: Container, files: Mapping[str, str], findings: list[Finding]) -> bool:
    size = sum(container.sizes.get(member, 0) for member in files.values())
    if size > MAX_BYTES:
        message = f"the tables have {size} bytes together; {MAX_BYTES} are allowed"
        findings.append(make_finding("ARCHIVE-TOO-LARGE", file=str(path), message=message))
    if len(files) > MAX_FILES:
        message = f"the feed has {len(files)} tables; {MAX_FILES} files are allowed"
        findings.append(make_finding("ARCHIVE-TOO-MANY-FILES", file=str(path), message=message))
    return size <= MAX_BYTES and len(files) <= MAX_FILES


def _read_table(container: Container, name: str, table: str, member: str, findings: list[Finding]) -> RawTable | None:
    file = f"{name}/{table}.csv"
    before = len(findings)
    try:
        lines, rows = read_csv(container.read(member), file, findings)
    except (DataError, KeyError) as error:
        findings.extend(error.findings if isinstance(error, DataError) else [_say_absent(container, member)])
        return None
    if not rows and len(findings) > before:
        return None
    return make_table(table, file, lines, rows, findings)


def _read_book(path: Path, data: bytes, findings: list[Finding]) -> OpenFeed | None:
    before = len(findings)
    sheets = read_workbook(path, data, findings)
    if not sheets and len(findings) > before:
        return None
    manifest = Manifest()
    if PACKAGE_SHEET in sheets:
        manifest = parse_manifest(parse_package_sheet(sheets[PACKAGE_SHEET]), f"{path}/{PACKAGE_SHEET}", findings)
    else:
        findings.append(make_finding("PACKAGE-MISSING", file=str(path), message=f"{path} has no sheet {PACKAGE_SHEET}"))
    name = manifest.name or path.resolve().stem
    names = {sheet: sheet for sheet, (_, rows) in sheets.items() if sheet != PACKAGE_SHEET and (rows or sheet in get_tables())}
    _check_tables(path, names, findings)
    tables = {}
    for table in [*(table for table in get_tables() if table in names), *sorted(names.keys() - get_tables().keys())]:
        raw = make_table(table, f"{name}/{table}.csv", *sheets[table], findings)
        if raw is not None:
            tables[table] = raw
    return OpenFeed(raw=RawFeed(name=name, location=str(path), package=manifest.document, tables=tables), manifest=manifest)


def _say_missing(wanted: str | Path, origin: str) -> Finding:
    text = os.fspath(wanted)
    shipped = list_shipped_feeds()
    message = f"there is no feed {quote_text(text)}: no such path, and no shipped feed of that name{suggest_nearest(text, shipped)}"
    return make_finding("FEED-MISSING", file=origin or text[:200], column="extends" if origin else "", message=message)


def _say_absent(container: Container, member: str) -> Finding:
    return make_finding("FILE-MISSING", file=f"{container.label}/{member}", message=f"the file {quote_text(member)} is not there")


def _describe_cycle(seen: list[Path], path: Path) -> str:
    if len(seen) > MAX_DEPTH:
        return f"the feed extends more than {MAX_DEPTH} others, one after the other"
    return f"the feed extends itself: {' -> '.join(step.name for step in [*seen, path])}"
