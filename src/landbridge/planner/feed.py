"""Load, check, start and convert feeds."""

from __future__ import annotations

from pathlib import Path

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding


def load_feed(location: str, *, rates: str | None = None) -> tuple[Dataset, tuple[Finding, ...]]:
    """Load a feed: the name of a shipped one, a folder, a zip or an .xlsx; with a forwarder's own rates over it.

    Raises
    ------
    DataError
        With all findings, if it cannot be used.
    """
    from landbridge.sources.load import load_dataset  # not on the way to --help

    return load_dataset(location, rates=None if rates is None else Path(rates))


def init_feed(folder: str) -> None:
    """Write a small valid feed to start from."""
    from landbridge.sources.template import init_feed as write_template

    write_template(Path(folder))


def convert_feed(source: str, destination: str) -> tuple[Finding, ...]:
    """Convert between folder, zip and .xlsx without loss of tables; what the other format has no place for is told."""
    from landbridge.sources.write import write_feed

    return tuple(one for one in write_feed(source, Path(destination)) if one.code == "FILE-LEFT-OUT")
