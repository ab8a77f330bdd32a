"""Checks of borders: directions in which a link cannot be used for want of a crossing, and whether the book needs them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.haulage import Link
from landbridge.sources.provenance import make_row_finding

_Direction = tuple[str | None, str, str, str]
"""Border, mode, country that is left, country that is entered."""


def check_crossings(dataset: Dataset) -> Iterator[Finding]:
    """CROSSING-MISSING, CROSSING-ONE-WAY: a link crosses a border in a direction for which no crossing row of this mode is there.

    Where there is a row for the other direction, and no shipment of the feed comes to its destination by the missing one alone, the
    corridor may well be meant for one direction.
    """
    known: set[_Direction] = {(row.border_id, row.mode, row.from_country, row.to_country) for row in dataset.crossings}
    missing = [
        (link, border, there)
        for link in dataset.links
        if link.border_id is not None
        for border, there in _directions(dataset, link)
        if border not in known
    ]
    is_needed = bool(missing) and _needs(dataset, known, {border for _, border, _ in missing})
    told: set[_Direction] = set()
    for link, border, _ in missing:
        border_id, mode, start, end = border
        if is_needed or (border_id, mode, end, start) not in known:
            message = f"no crossing of {border_id} by {mode} from {start} to {end}: the link cannot be used that way"
            yield make_row_finding("CROSSING-MISSING", link, "border_id", message)
        elif border not in told:
            told.add(border)
            message = f"{border_id} is crossed by {mode} from {end} to {start} alone"
            yield make_row_finding("CROSSING-ONE-WAY", link, "border_id", message)


def _directions(dataset: Dataset, link: Link) -> list[tuple[_Direction, tuple[str, str]]]:
    """The directions in which a link crosses countries, each with the places that it joins so."""
    start, end = dataset.place_by_id.get(link.from_place_id), dataset.place_by_id.get(link.to_place_id)
    if start is None or end is None:
        return []
    pairs = [(start, end), (end, start)] if link.two_way else [(start, end)]
    return [((link.border_id, link.mode, one.country, other.country), (one.place_id, other.place_id)) for one, other in pairs]


def _needs(dataset: Dataset, known: Collection[_Direction], missing: Collection[_Direction]) -> bool:
    """Whether some shipment of the feed has a way with the missing directions and none without them."""
    without, whole = _arcs(dataset, known), _arcs(dataset, {*known, *missing})
    ends: dict[str, set[str]] = defaultdict(set)
    for row in dataset.shipments:
        ends[row.from_place_id].add(row.to_place_id)
    return any((wanted & _reach(whole, origin)) - _reach(without, origin) for origin, wanted in ends.items())


def _arcs(dataset: Dataset, known: Collection[_Direction]) -> Mapping[str, set[str]]:
    """Where goods come from each place by one link or from one stop of a service to a later one, whoever carries them."""
    arcs: dict[str, set[str]] = defaultdict(set)
    for link in dataset.links:
        for border, (start, end) in _directions(dataset, link):
            if link.border_id is None or border in known:
                arcs[start].add(end)
    for stops in dataset.stops_by_service.values():
        for number, stop in enumerate(stops):
            if stop.board:
                arcs[stop.place_id].update(later.place_id for later in stops[number + 1 :] if later.alight)
    return arcs


def _reach(arcs: Mapping[str, set[str]], origin: str) -> set[str]:
    found, pending = {origin}, [origin]
    while pending:
        new = arcs.get(pending.pop(), set()) - found
        found |= new
        pending += new
    return found
