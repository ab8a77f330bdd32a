"""Runs: the links that a leg drives, the rows for each, and the drive link by link; section 4.2."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from landbridge.domain.border import Crossing
from landbridge.domain.event import Event
from landbridge.domain.haulage import Haulage, HaulageRate, Link
from landbridge.domain.plan import Leg
from landbridge.domain.tariff import Tariff
from landbridge.verification.calendar import MINUTE
from landbridge.verification.case import Case
from landbridge.verification.choice import find_crossing, find_haulage_rate, find_lane
from landbridge.verification.event import end_of, list_events, list_on
from landbridge.verification.facts import Facts, join_facts, names
from landbridge.verification.opening import Opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One link in the direction driven; ``country`` is that of its rate, a border link's that of its start."""

    link: Link
    from_id: str
    to_id: str
    country: str
    zone: str
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One haulage offer over one or more links."""

    haulage: Haulage
    hops: tuple[Hop, ...]

    @property
    def facts(self) -> Facts:
        return join_facts(hop.facts for hop in self.hops)

    @property
    def places(self) -> tuple[str, ...]:
        return (self.hops[0].from_id, *(hop.to_id for hop in self.hops))

    @property
    def ends(self) -> tuple[str, str]:
        return self.hops[0].from_id, self.hops[-1].to_id


@dataclass(frozen=True, slots=True, kw_only=True)
class HopRows:
    """The rows of one link on the day on which the run was ordered; None where there is none.

    ``papers_at`` is when the documents are there that rules of that day call for on the link.
    """

    rate: HaulageRate | None
    lane: Tariff | None
    crossing: Crossing | None
    papers_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """How a run went: when it entered each link with its papers, when it arrived, how long it drove and rested."""

    entered_at: tuple[datetime, ...]
    arrives_at: datetime
    drive_min: int
    rest_min: int


def resolve_run(case: Case, leg: Leg) -> Run | None:
    """Follow the links that a run states; None if the offer or a link is not in the dataset, or the links do not join."""
    haulage = case.dataset.haulage_by_id.get(leg.service_id)
    if haulage is None:
        return None
    at, hops = leg.from_id, []
    for link_id in leg.link_ids:
        hop = _drive_from(case, haulage, case.link_by_id.get(link_id), at)
        if hop is None:
            return None
        hops.append(hop)
        at = hop.to_id
    return Run(haulage=haulage, hops=tuple(hops)) if hops and at == leg.to_id else None


def _drive_from(case: Case, haulage: Haulage, link: Link | None, at: str) -> Hop | None:
    if link is None:
        return None
    if link.from_place_id == at:
        ends = (link.from_place_id, link.to_place_id)
    elif link.two_way and link.to_place_id == at:
        ends = (link.to_place_id, link.from_place_id)
    else:
        return None
    start, end = case.dataset.get_place(ends[0]), case.dataset.get_place(ends[1])
    is_change = start.country != end.country
    facts = Facts(
        modes=names(haulage.mode),
        places=names(*ends),
        countries=names(start.country, end.country),
        enters=names(end.country) if is_change else frozenset(),
        leaves=names(start.country) if is_change else frozenset(),
        borders=names(link.border_id),
        operators=names(haulage.operator_id),
        infrastructure=_list_infrastructure(case, haulage, link),
        haulages=names(haulage.haulage_id),
        registrations=names(haulage.registration),
        distance_m=link.distance_m,
    )
    country = start.country if link.border_id is not None else link.country
    return Hop(link=link, from_id=ends[0], to_id=ends[1], country=country, zone=start.zone, facts=facts)


def _list_infrastructure(case: Case, haulage: Haulage, link: Link) -> frozenset[str]:
    """Over whose tracks a link is driven, whichever rate is in force."""
    rates = (row for row in case.dataset.haulage_rates if row.haulage_id == haulage.haulage_id and row.country == link.country)
    return names(*(row.infrastructure_id for row in rates))


def list_hop_rows(case: Case, run: Run, day: date, papers: tuple[datetime, ...]) -> tuple[HopRows, ...]:
    """List the rows of each link as on the day on which the run was ordered; ``papers`` says when those of each link are there."""
    return tuple(_hop_rows(case, run.haulage.haulage_id, hop, day, at) for hop, at in zip(run.hops, papers, strict=True))


def _hop_rows(case: Case, haulage_id: str, hop: Hop, day: date, papers_at: datetime) -> HopRows:
    border_id, countries = hop.link.border_id, (case.country_of(hop.from_id), case.country_of(hop.to_id))
    return HopRows(
        rate=find_haulage_rate(case, haulage_id, hop.country, day),
        lane=find_lane(case, haulage_id, (hop.from_id, hop.to_id), day),
        crossing=None if border_id is None else find_crossing(case, border_id, hop.link.mode, countries, day),
        papers_at=papers_at,
    )


def can_be_driven(run: Run, rows: tuple[HopRows, ...]) -> bool:
    """Tell whether every link has a rate, and every border a crossing."""
    return all(
        row.rate is not None and (hop.link.border_id is None or row.crossing is not None) for hop, row in zip(run.hops, rows, strict=True)
    )


class Driver:
    """The driver of one run: fresh at its start, resting in proportion to what is driven beyond the hours."""

    def __init__(self, haulage: Haulage) -> None:
        self.limit_min = haulage.drive_min
        self.break_min = haulage.rest_min or 0
        self.driven_min = 0
        self.total_min = 0
        self.rested_min = 0

    def pass_border(self, wait_min: int) -> None:
        """Be fresh after a border at which the rest was had while waiting."""
        if wait_min >= self.break_min:
            self.driven_min = 0

    def drive(self, minutes: int) -> int:
        """Drive for some minutes; give the minutes that it took with the rest that is due for those beyond the hours."""
        rested = 0
        if self.limit_min is not None:
            fresh = self.limit_min - self.driven_min
            if minutes > fresh:
                rested = math.ceil(Fraction((minutes - fresh) * self.break_min, self.limit_min))
            self.driven_min += min(minutes, fresh)
        self.total_min += minutes
        self.rested_min += rested
        return minutes + rested


def drive_run(case: Case, run: Run, rows: tuple[HopRows, ...], departs_at: datetime) -> Trip | None:
    """Drive a run link by link from the minute at which it leaves.

    Parameters
    ----------
    case
        The question and the dataset.
    run, rows
        Links and their rows, as on the day on which the run was ordered.
    departs_at
        When it leaves; the driver is fresh.

    Returns
    -------
    Trip | None
        None if a row is missing, or a closure without a known end shuts the way.
    """
    if not can_be_driven(run, rows):
        return None
    driver, at, entered = Driver(run.haulage), departs_at, []
    closures, delays = list_events(case, "closure"), list_events(case, "delay")
    for hop, row in zip(run.hops, rows, strict=True):
        at = max(at, row.papers_at)
        entered.append(at)
        opened_at = _wait_open(case, hop, closures, at)
        if opened_at is None:
            return None
        at = opened_at + _delay_min(hop, delays, opened_at) * MINUTE
        if row.crossing is not None:
            at += row.crossing.wait_min.typical * MINUTE
            driver.pass_border(row.crossing.wait_min.typical)
        at += driver.drive(_drive_min(hop, row)) * MINUTE
    return Trip(entered_at=tuple(entered), arrives_at=at, drive_min=driver.total_min, rest_min=driver.rested_min)


def _drive_min(hop: Hop, row: HopRows) -> int:
    speed = hop.link.speed_m_per_h or (row.rate.speed_m_per_h if row.rate else 1)
    return -(-60 * hop.link.distance_m // speed)


def _delay_min(hop: Hop, delays: tuple[Event, ...], at: datetime) -> int:
    """Give the greatest delay: of each event that is on its typical delay, but no more than is left of it."""
    found = [0]
    for event in list_on(delays, hop.facts, at):
        end = end_of(event)
        typical = event.delay_min.typical if event.delay_min is not None else 0
        found.append(typical if end is None else min(typical, (end - at) // MINUTE))
    return max(found)


def _wait_open(case: Case, hop: Hop, closures: tuple[Event, ...], at: datetime) -> datetime | None:
    """Wait until nothing closes the link and its border is open; None if that is never known to come."""
    hours = tuple(row for row in case.dataset.hours if hop.link.border_id is not None and row.border_id == hop.link.border_id)
    border = Opening(zone=hop.zone, hours=hours)
    while True:
        ends = [end_of(event) for event in list_on(closures, hop.facts, at)]
        if any(end is None for end in ends):
            return None
        later = max([at, *(end for end in ends if end is not None)])
        opened_at = border.find_first(later)
        if opened_at is None or opened_at == at:
            return opened_at
        at = opened_at
