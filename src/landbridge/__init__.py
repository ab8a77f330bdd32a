"""landbridge plans international freight corridors door to door, over road, rail and sea.

>>> import landbridge as lb
>>> feed = lb.load("belarus-pakistan")
>>> plan = lb.plan(feed, "Minsk", "Lahore", units="2x40HC", goods="8701", ready="2026-12-01")
>>> plan.itineraries[0].cost_cents > 0
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from landbridge.domain.version import VERSION as __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from landbridge.domain.dataset import Dataset
    from landbridge.domain.plan import Plan
    from landbridge.domain.simulation import Simulation
    from landbridge.domain.way import AtlasPlace, NoWay, Way
    from landbridge.planner import Answer

__all__ = ["__version__", "distance", "distance_matrix", "load", "nearest", "plan", "simulate"]


def load(feed: str = "belarus-pakistan", *, rates: str | None = None) -> Dataset:
    """Load a corridor feed.

    Parameters
    ----------
    feed
        Name of a shipped feed, or the path of a folder, a zip or an .xlsx.
    rates
        Path of a CSV file with own tariffs that go before those of the feed.

    Returns
    -------
    Dataset
        All tables, checked and read only.

    Raises
    ------
    DataError
        With all findings, if the feed cannot be used.
    """
    from landbridge.planner import load_feed

    return load_feed(feed, rates=rates)[0]


def plan(
    feed: Dataset,
    origin: str,
    destination: str,
    *,
    units: str | None = None,
    goods: str | None = None,
    ready: str | None = None,
    due: str | None = None,
    as_of: str | None = None,
    mass: str | None = None,
    value: str | None = None,
    landed: bool = False,
    avoid: tuple[str, ...] = (),
    via: tuple[str, ...] = (),
    gate: tuple[str, ...] = (),
    shipper: str | None = None,
    consignee: str | None = None,
    exact: bool = True,
    carrier: tuple[str, ...] = (),
    feed_alone: bool = False,
) -> Answer:
    """Plan one shipment from door to door.

    Parameters
    ----------
    feed
        From :func:`load`.
    origin, destination
        Place ids, UN/LOCODEs or names in any spelling.
    units
        Number and type of load units, such as ``2x40HC``.
    goods
        HS code of 2, 4, 6, 8 or 10 digits.
    ready, due, as_of
        ISO dates; ``as_of`` is the day on which the question is asked, by default the feed's own.
    mass, value
        Cargo mass of all units in tonnes, and value in the feed's settlement currency.
    landed
        Whether duties and taxes are part of the total.
    avoid, via, gate
        What is not used, what must be used, and regimes that block besides the feed's policy.
    shipper, consignee
        Parties of the feed, screened with the rest.
    exact
        Every non-dominated plan; False: only the best ones for 29 ways of weighing cost, time and CO2e, which is quicker.
    carrier
        Carriers: in their modes nobody else carries, and something of each is used.
    feed_alone
        Whether no way of the shipped feed ``world`` is added to the feed.

    Returns
    -------
    Answer
        Itineraries, compared and rejected ways. No itinerary is a valid answer.

    Raises
    ------
    QueryError
        With everything that is wrong with the question, at once.
    """
    from landbridge.planner import Question, join_question, plan_shipment, with_namesakes

    question = Question(
        origin=origin,
        destination=destination,
        units=units,
        goods=goods,
        ready=ready,
        due=due,
        as_of=as_of,
        mass=mass,
        value=value,
        landed=landed,
        avoid=avoid,
        via=via,
        gate=gate,
        shipper=shipper,
        consignee=consignee,
        exact=exact,
        carrier=carrier,
        feed_alone=feed_alone,
    )
    feed, query = join_question(feed, question)
    return with_namesakes(plan_shipment(feed, query), feed, question)


def simulate(
    feed: Dataset,
    plan: Plan,
    *,
    itinerary: int | None = None,
    policy: str = "next",
    runs: int = 10_000,
    seed: int = 1,
    family: str = "pert",
) -> Simulation:
    """Run one itinerary of a plan many times, with everything late that can be late.

    Parameters
    ----------
    feed, plan
        From :func:`load` and :func:`plan`.
    itinerary
        Number of the itinerary, from 1; None: the balanced one.
    policy
        ``next``: a missed departure waits for the next one; ``replan``: a new way from where the goods are, where it pays.
    runs, seed
        How often, and the seed; the same seed gives the same answer.
    family
        Distributions between low, typical and high: ``pert``, ``triangular`` or ``lognormal``.

    Returns
    -------
    Simulation
        Quantiles of arrival and cost, the chance to be on time with its standard error, transfers, drivers, buffers.

    Raises
    ------
    QueryError
        With everything that is wrong with the question, at once.
    """
    from landbridge.planner import join_query_places, simulate_plan

    feed = join_query_places(feed, plan.query)
    return simulate_plan(feed, plan, itinerary=itinerary, policy=policy, runs=runs, seed=seed, family=family)


def distance(
    origin: str,
    destination: str,
    *,
    mode: str = "road",
    avoid: Sequence[str] = (),
    allow: Sequence[str] = (),
    gauge_mm: int | None = None,
) -> Way | NoWay:
    """The shortest way between two places of the world by one mode, from the atlas alone.

    Parameters
    ----------
    origin, destination
        A name in any spelling, ``name, COUNTRY`` with the ISO alpha-2 code, a UN/LOCODE, or ``lon lat`` in degrees.
    mode
        ``road``, ``rail``, ``sea`` or ``waterway``.
    avoid, allow
        Passages, countries and places that are closed, and passages that are opened, for this question only. Volga-Don, the Northern Sea
        Route, the Northwest Passage and Corinth are closed in every mode unless ``allow`` names them.
    gauge_mm
        Rail only: tracks of this gauge alone.

    Returns
    -------
    Way or NoWay
        Lengths in metres, times in minutes. No way is a valid answer, with its reason.

    Raises
    ------
    QueryError
        With everything that is wrong with the question, at once.
    """
    from landbridge.planner import find_distance

    return find_distance(origin, destination, mode=mode, avoid=avoid, allow=allow, gauge_mm=gauge_mm)


def nearest(place: str, *, kind: str = "port", limit: int = 5) -> tuple[tuple[AtlasPlace, int], ...]:
    """The terminals of the atlas nearest to a place, by great circle.

    Parameters
    ----------
    place
        As in :func:`distance`.
    kind
        ``port``, ``station`` or ``city``.
    limit
        How many at most.

    Returns
    -------
    tuple
        Places and their great circles in metres, the nearest first.

    Raises
    ------
    QueryError
        If the place or the kind is unknown.
    """
    from landbridge.planner import find_nearest

    return find_nearest(place, kind=kind, limit=limit)


def distance_matrix(
    origins: Sequence[str],
    destinations: Sequence[str],
    *,
    mode: str = "road",
    avoid: Sequence[str] = (),
    allow: Sequence[str] = (),
    gauge_mm: int | None = None,
) -> tuple[tuple[int | None, ...], ...]:
    """Distances from every origin to every destination, metres; None where there is no way.

    Parameters are those of :func:`distance`.

    Raises
    ------
    QueryError
        With everything that is wrong with the question, at once.
    """
    from landbridge.planner import measure_matrix

    return measure_matrix(origins, destinations, mode=mode, avoid=avoid, allow=allow, gauge_mm=gauge_mm)
