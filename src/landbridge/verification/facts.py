"""Facts: what a stretch of the way touches, against which events, surcharges and rules are held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from landbridge.verification.case import Case

Names = frozenset[str]
NONE: Names = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one link, one scheduled leg or part of it, one transfer or the shipment touches.

    Attributes
    ----------
    enters, leaves
        Countries entered and left by a change of country.
    operators, vessels, infrastructure, terminals
        Party ids, the last two over whose tracks it goes, and at whose terminals the goods board, alight or are handled; shipper and
        consignee are parties of every stretch and stand in the question.
    registrations, flags
        Country of registration of the vehicles, flag of the vessel.
    """

    modes: Names = NONE
    places: Names = NONE
    countries: Names = NONE
    enters: Names = NONE
    leaves: Names = NONE
    borders: Names = NONE
    passages: Names = NONE
    operators: Names = NONE
    vessels: Names = NONE
    infrastructure: Names = NONE
    terminals: Names = NONE
    services: Names = NONE
    haulages: Names = NONE
    registrations: Names = NONE
    flags: Names = NONE
    distance_m: int = 0


def names(*values: str | None) -> Names:
    """Make a set of those values that are not empty."""
    return frozenset(value for value in values if value)


def list_changes(case: Case, places: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """List the changes of country along a row of places, in order."""
    countries = [case.country_of(place) for place in places]
    return tuple((a, b) for a, b in pairwise(countries) if a != b)


def parties_of(case: Case, facts: Facts) -> Names:
    """Give every party in a role: operator, vessel, infrastructure, terminal, shipper, consignee."""
    shipment = names(case.query.shipper_id, case.query.consignee_id)
    return facts.operators | facts.vessels | facts.infrastructure | facts.terminals | shipment


def owners_of(case: Case, terminal_ids: Names) -> Names:
    """Give who operates some terminals."""
    return names(*(row.operator_id for row in case.dataset.terminals if row.terminal_id in terminal_ids))


def _join(one: Facts, two: Facts) -> Facts:
    return Facts(
        modes=one.modes | two.modes,
        places=one.places | two.places,
        countries=one.countries | two.countries,
        enters=one.enters | two.enters,
        leaves=one.leaves | two.leaves,
        borders=one.borders | two.borders,
        passages=one.passages | two.passages,
        operators=one.operators | two.operators,
        vessels=one.vessels | two.vessels,
        infrastructure=one.infrastructure | two.infrastructure,
        terminals=one.terminals | two.terminals,
        services=one.services | two.services,
        haulages=one.haulages | two.haulages,
        registrations=one.registrations | two.registrations,
        flags=one.flags | two.flags,
        distance_m=one.distance_m + two.distance_m,
    )


def join_facts(parts: Iterable[Facts]) -> Facts:
    """Join facts: everything that any part touches, distances added."""
    return reduce(_join, parts, Facts())
