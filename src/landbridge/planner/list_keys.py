"""Keys of the names of imported lists: made by several processes, kept, and made again where the matcher has changed since."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from landbridge.domain.screening import ListedEntry
from landbridge.screening.index import index_names
from landbridge.store.kept import content_stamp
from landbridge.store.lists import Keys, find_text, keep_text, read_entries, replace_keys

_ALONE = 4_000
"""Entries up to which one process is as fast as several, which have to start first."""
_PART = 1_000
_MOST_WORKERS = 8


def make_keys(entries: tuple[ListedEntry, ...]) -> Iterator[tuple[ListedEntry, Keys]]:
    """Each entry with the keys that its names are found by, in order."""
    workers = min(os.cpu_count() or 1, _MOST_WORKERS)
    if len(entries) <= _ALONE or workers < 2 or multiprocessing.parent_process() is not None:
        yield from zip(entries, list_keys(entries), strict=True)
        return
    parts = [entries[start : start + _PART] for start in range(0, len(entries), _PART)]
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        for part, keys in zip(parts, pool.map(list_keys, parts), strict=True):
            yield from zip(part, keys, strict=True)


def list_keys(entries: tuple[ListedEntry, ...]) -> list[Keys]:
    """Keys of each entry."""
    keys: list[list[tuple[str, str, bool, tuple[str, ...], str]]] = [[] for _ in entries]
    for name in index_names(entries):
        keys[name.entry].append((name.text, name.kind, name.is_weak, name.keys, name.read))
    return [tuple(found) for found in keys]


def note_keys(list_name: str) -> None:
    """Note that the kept keys of a list are by the matcher of today."""
    keep_text(_key(list_name), content_stamp("screening"))


def read_keyed_entries() -> tuple[tuple[ListedEntry, Keys], ...]:
    """Entries of all imported lists with their keys; those of another matcher are made again and kept.

    In this process alone: a program that only plans need not be written for processes that import it anew.
    """
    rows = read_entries()
    if not rows:
        return rows
    names = dict.fromkeys(entry.list_name for entry, _ in rows)
    stale = {name for name in names if find_text(_key(name)) != content_stamp("screening")}
    if not stale:
        return rows
    entries = tuple(entry for entry, _ in rows if entry.list_name in stale)
    made = dict(zip(entries, list_keys(entries), strict=True))
    if replace_keys(made.items()):
        for name in stale:
            note_keys(name)
    return tuple((entry, made.get(entry, keys)) for entry, keys in rows)


def _key(list_name: str) -> str:
    return f"matcher of the keys of {list_name}"
