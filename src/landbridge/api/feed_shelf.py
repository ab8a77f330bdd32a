"""The feeds of a server: the one that it was started with, and those that were uploaded, by digest."""

from __future__ import annotations

from pathlib import Path

from landbridge import planner
from landbridge.api.caller import Caller
from landbridge.api.clock import read_clock
from landbridge.api.problem import ProblemError
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.planner import saved, tasks

_FORMS = {b"PK\x03\x04": "zip"}
_WORKBOOK_MEMBER = b"xl/workbook.xml"
_SHORTEST = 8
"""Letters of a digest by which a feed may be named."""


class FeedShelf:
    """Names, digests and locations of feeds."""

    def __init__(self, served: str) -> None:
        self.served = served

    def main(self) -> Dataset:
        """The feed that the server was started with."""
        return tasks.keep_feed(self.served)

    def locate(self, feed: str | None) -> str:
        """Where a feed lies: that of the server where none is named, else one by its digest, or eight letters of it or more.

        Raises
        ------
        ProblemError
            404 if there is none: names of files on the server are never taken from a request.
        """
        if feed is None or feed == "" or feed == self.main().digest or feed == self.main().info.name:
            return self.served
        wanted = saved.find_feeds(feed) if len(feed) >= _SHORTEST else ()
        if len(wanted) != 1:
            raise ProblemError(404, f"no feed has the digest {feed[:64]!r}; /v1/feeds lists them")
        path = saved.unfold_feed(wanted[0].digest)
        if path is None:
            raise ProblemError(404, f"no feed has the digest {feed[:64]!r}")
        return path

    def pack(self, feed: str) -> bytes:
        """A feed as the bytes of a zip file."""
        location = self.locate(feed)
        with saved.hold_upload(b"", "zip") as path:
            Path(path).unlink()
            planner.convert_feed(location, path)
            return Path(path).read_bytes()

    def add(self, content: bytes, name: str, caller: Caller) -> tuple[Dataset, tuple[Finding, ...], bool]:
        """Check an uploaded feed and its scenarios and keep it; the dataset, its findings, and whether it is new.

        Raises
        ------
        DataError
            With everything that is wrong with it; nothing is kept then.
        """
        form = _form_of(content)
        if form is None:
            told = Finding(code="FEED-FORM", column="body", message="the file is no zip and no xlsx", fix="upload a feed as .zip or .xlsx")
            raise DataError([told])
        with saved.hold_upload(content, form) as path:
            dataset, findings = planner.load_feed(path)
            planner.load_scenarios(planner.list_scenario_names(path), path)
        shown = "".join(char for char in name if char.isprintable())[:200] or dataset.info.name
        feed = saved.SavedFeed(digest=dataset.digest, name=shown, owner=caller.name, form=form, content=content, created_at=read_clock())
        return dataset, findings, saved.save_feed(feed)


def _form_of(content: bytes) -> str | None:
    form = _FORMS.get(content[:4])
    return "xlsx" if form and _WORKBOOK_MEMBER in content else form
