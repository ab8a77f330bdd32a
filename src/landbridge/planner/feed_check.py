"""Check a feed: by itself, and against the atlas and the law of the feed ``world``."""

from __future__ import annotations

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.planner.feed import load_feed
from landbridge.planner.world.chain import find_base
from landbridge.planner.world.law_findings import say_own_copies


def check_feed(location: str, *, with_atlas: bool = True) -> tuple[Finding, ...]:
    """Everything that is wrong with a feed or worth knowing, at once.

    Parameters
    ----------
    location
        A shipped name, a folder, a zip or an .xlsx.
    with_atlas
        Whether distances are held against the atlas too; that takes some seconds more.
    """
    from landbridge.sources.check import check_dataset

    try:
        dataset, findings = load_feed(location)
    except DataError as error:
        return error.findings
    return (*findings, *check_dataset(dataset), *_check_law(dataset), *(_check_distances(dataset) if with_atlas else ()))


def _check_law(dataset: Dataset) -> tuple[Finding, ...]:
    """Where the feed's own lists, regimes and rules say less than those of the feed ``world``, which they keep out."""
    return tuple(say_own_copies(dataset, find_base(dataset)))


def _check_distances(dataset: Dataset) -> tuple[Finding, ...]:
    from landbridge.atlas.world import load_world  # brings arrays and compiled loops
    from landbridge.sources.check_distance import check_distances

    return tuple(check_distances(dataset, load_world()))
