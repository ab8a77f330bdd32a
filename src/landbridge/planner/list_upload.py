"""Import published lists that were uploaded: by whom, and in words that name no folder of the server."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from landbridge.domain.errors import DataError, FindingsError, QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.screening import ListEdition
from landbridge.planner.watchlists import import_lists
from landbridge.store.baskets import find_basket


def import_upload(token: str, published: str | None, by: str, at: str) -> tuple[ListEdition, ...]:
    """Import the files of an upload; nothing is imported where one of them is broken.

    Parameters
    ----------
    token
        Of :func:`landbridge.store.baskets.keep_basket`.
    published
        Day of the edition, where the files do not tell it.
    by
        Who does it, for the audit log.
    at
        Time in UTC.

    Raises
    ------
    DataError, QueryError
        With everything that is wrong with any of the files.
    """
    paths = find_basket(token)
    if not paths:
        raise QueryError([Finding(code="UPLOAD", column="files", message="the uploaded files are gone", fix="upload them again")])
    folder = f"{paths[0].parent}/"
    try:
        return import_lists(tuple(map(str, paths)), published, at, by=by, within=folder)
    except FindingsError as error:
        found = [replace(one, file=_short(one.file, folder), message=_short(one.message, folder)) for one in error.findings]
        raise (DataError if isinstance(error, DataError) else QueryError)(found) from None


def _short(text: str, folder: str) -> str:
    return text.replace(folder, "").replace(str(Path(folder)), "")
