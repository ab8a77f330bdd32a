"""From networks and places to the sections of the file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from atlas_build.geometry import great_circle_m, morton_order
from atlas_build.land import Net
from atlas_build.namesakes import shared_names
from landbridge.domain.spelling import fold

DEGREES = 100_000
"""Coordinates are whole numbers of 1/100,000 degree (about one metre)."""


def near_order(net: Net) -> np.ndarray:
    """Nodes along a curve that keeps neighbours together."""
    return morton_order(net.lon, net.lat)


def pack_network(name: str, net: Net) -> dict[str, np.ndarray]:
    """Sections of one network that is ordered; lengths as metres beyond the great circle."""
    x, y = np.rint(net.lon * DEGREES).astype(np.int32), np.rint(net.lat * DEGREES).astype(np.int32)
    lon, lat = x / DEGREES, y / DEGREES
    straight = np.floor(great_circle_m(lon[net.tail], lat[net.tail], lon[net.head], lat[net.head])).astype(np.int64)
    degree = np.bincount(net.tail, minlength=len(x))
    return {
        f"{name}.lon": np.diff(x, prepend=np.int32(0)).astype(np.int32),
        f"{name}.lat": np.diff(y, prepend=np.int32(0)).astype(np.int32),
        f"{name}.degree": degree.astype(np.uint16),
        f"{name}.head": (net.head - net.tail).astype(np.int32),
        f"{name}.excess": np.maximum(net.length - straight, 0).astype(np.int32),
        f"{name}.country": net.country.astype(np.int16),
        f"{name}.kind": net.kind.astype(np.int16),
        f"{name}.bridged": np.flatnonzero(net.bridged).astype(np.int32),
    }


def ordered(net: Net, order: np.ndarray) -> Net:
    """The network as it is stored: nodes in this order, edges by tail and head, of parallel edges the shortest."""
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    a, b = rank[net.tail], rank[net.head]
    tail, head = np.minimum(a, b), np.maximum(a, b)
    kept = np.flatnonzero(tail != head)
    edges = kept[np.lexsort((net.length[kept], head[kept], tail[kept]))]
    new = (tail[edges][1:] != tail[edges][:-1]) | (head[edges][1:] != head[edges][:-1])
    edges = edges[np.concatenate(([True], new))] if len(edges) else edges
    return replace(
            net, lon=net.lon[order], lat=net.lat[order], tail=tail[edges], head=head[edges], length=net.length[edges],
            country=net.country[edges], kind=net.kind[edges], bridged=net.bridged[edges],
    )  # fmt: skip


def pack_places(rows: dict[str, list], countries: list[str]) -> dict[str, np.ndarray | str]:
    """Sections of the places: columns, main names, and the sorted index of folded names."""
    x = np.rint(np.array(rows["lon"]) * 10_000).astype(np.int32)
    y = np.rint(np.array(rows["lat"]) * 10_000).astype(np.int32)
    number = {code: index for index, code in enumerate(countries)}
    keys: dict[str, set[int]] = {}
    for index, (names, code) in enumerate(zip(rows["names"], rows["code"], strict=True)):
        for key in {fold(one) for one in names} | ({fold(code)} if code else set()):
            if key:
                keys.setdefault(key, set()).add(index)
    ordered = sorted(keys, key=lambda key: key.encode())
    listed = [sorted(keys[key]) for key in ordered]
    return {
        "places.lon": np.diff(x, prepend=np.int32(0)).astype(np.int32),
        "places.lat": np.diff(y, prepend=np.int32(0)).astype(np.int32),
        "places.kind": np.array(rows["kind"], np.uint8),
        "places.country": np.array([number.get(code, -1) for code in rows["country"]], np.int16),
        "places.population": np.array(rows["population"], np.int32),
        "places.code": "\n".join(rows["code"]),
        "places.number": np.array([number or 0 for number in rows["number"]], np.int32),
        "places.name": "\n".join(name.replace("\n", " ") for name in rows["name"]),
        "places.namesakes": shared_names(rows),
        "names.key": "\n".join(ordered),
        "names.count": np.array([len(one) for one in listed], np.uint16),
        "names.place": np.diff(np.array([index for one in listed for index in one], np.int64), prepend=0).astype(np.int32),
    }
