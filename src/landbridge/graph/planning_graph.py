"""The planning graph: adjacency of a dataset by place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from landbridge.domain.dataset import Dataset
from landbridge.domain.haulage import Haulage, Link
from landbridge.domain.service import Service, Stop
from landbridge.domain.tariff import ThroughLeg


@dataclass(frozen=True, slots=True)
class Boarding:
    """A stop at which a service loads, and the stops after it."""

    service: Service
    stops: tuple[Stop, ...]
    """From the boarding stop to the last one."""

    first_stop_place_id: str


@dataclass(frozen=True, slots=True)
class DirectedLink:
    """A link driven one way, with the haulage offers that have a rate where it lies."""

    link: Link
    from_id: str
    to_id: str
    offers: tuple[Haulage, ...]


@dataclass(frozen=True, slots=True)
class PlanningGraph:
    """What leaves each place. Read only; one graph serves all questions to its dataset."""

    dataset: Dataset
    boardings: dict[str, tuple[Boarding, ...]]
    links: dict[str, tuple[DirectedLink, ...]]
    through_legs: dict[str, tuple[ThroughLeg, ...]]


def compile_graph(dataset: Dataset) -> PlanningGraph:
    """Compile the adjacency of a dataset.

    Parameters
    ----------
    dataset
        A checked dataset.

    Returns
    -------
    PlanningGraph
        Boardings and directed links by place id; links without an offer are left out.
    """
    boardings: dict[str, list[Boarding]] = defaultdict(list)
    for service in sorted(dataset.services, key=lambda row: row.service_id):
        stops = dataset.stops_by_service.get(service.service_id, ())
        for index, stop in enumerate(stops[:-1]):
            if stop.board:
                boardings[stop.place_id].append(Boarding(service, stops[index:], stops[0].place_id))
    through_legs: dict[str, list[ThroughLeg]] = defaultdict(list)
    for leg in sorted(dataset.through_legs, key=lambda row: row.seq):
        through_legs[leg.through_id].append(leg)
    return PlanningGraph(
        dataset=dataset,
        boardings={place: tuple(found) for place, found in boardings.items()},
        links={place: tuple(found) for place, found in _directed_links(dataset).items()},
        through_legs={key: tuple(legs) for key, legs in through_legs.items()},
    )


def _directed_links(dataset: Dataset) -> dict[str, list[DirectedLink]]:
    served: dict[str, set[str]] = defaultdict(set)
    for rate in dataset.haulage_rates:
        served[rate.haulage_id].add(rate.country)
    found: dict[str, list[DirectedLink]] = defaultdict(list)
    for link in sorted(dataset.links, key=lambda row: row.link_id):
        ends = [(link.from_place_id, link.to_place_id)]
        if link.two_way:
            ends.append((link.to_place_id, link.from_place_id))
        for from_id, to_id in ends:
            country = dataset.get_place(from_id).country if link.border_id else link.country
            offers = tuple(
                row
                for row in dataset.haulage
                if row.mode == link.mode
                and country in served[row.haulage_id]
                and (link.gauge_mm is None or row.gauge_mm in (None, link.gauge_mm))
            )
            if offers:
                found[from_id].append(DirectedLink(link, from_id, to_id, offers))
    return found
