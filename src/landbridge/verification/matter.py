"""Matters: the links, legs, crossings, transfers and the shipment that rules are held against; section 7."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from landbridge.verification.case import Case
from landbridge.verification.facts import Facts, join_facts, list_changes, names, owners_of
from landbridge.verification.run import Hop, Run
from landbridge.verification.scheduled import Scheduled
from landbridge.verification.stay import Stay

Part = Scheduled | Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing that rules of one scope are held against.

    Attributes
    ----------
    scope
        ``leg``, ``crossing``, ``transfer`` or ``shipment``; ``handling``, against which no rules are held, only who operates the terminals.
    day
        Date on which rules have to be in force.
    leg
        Leg that it belongs to; None for the shipment.
    parts
        Facts, each of which can meet a rule on its own: the links of a run, else one.
    """

    scope: str
    day: date
    leg: int | None
    parts: tuple[Facts, ...]


def list_leg_matters(part: Part, index: int, day: date, case: Case) -> tuple[Matter, ...]:
    """List a leg and its crossings."""
    parts = tuple(hop.facts for hop in part.hops) if isinstance(part, Run) else (part.facts,)
    leg = Matter(scope="leg", day=day, leg=index, parts=parts)
    crossings = _list_run_crossings(part) if isinstance(part, Run) else _list_scheduled_crossings(case, part)
    return leg, *(Matter(scope="crossing", day=day, leg=index, parts=(facts,)) for facts in crossings)


def list_hop_matters(run: Run, index: int, day: date) -> tuple[tuple[Matter, ...], ...]:
    """List, link by link, what the papers of each link of a run are asked for by."""
    return tuple(
        tuple(
            Matter(scope=scope, day=day, leg=index, parts=(hop.facts,))
            for scope in ("leg", "crossing")
            if scope == "leg" or _is_crossing(hop)
        )
        for hop in run.hops
    )


def _is_crossing(hop: Hop) -> bool:
    return hop.link.border_id is not None or bool(hop.facts.enters)


def _list_run_crossings(run: Run) -> tuple[Facts, ...]:
    return tuple(hop.facts for hop in run.hops if _is_crossing(hop))


def _list_scheduled_crossings(case: Case, part: Scheduled) -> tuple[Facts, ...]:
    changes = list_changes(case, list_places(part))
    return tuple(replace(part.facts, leaves=names(left), enters=names(entered)) for left, entered in changes)


def list_places(part: Part) -> tuple[str, ...]:
    """List the places of a leg in order, those passed without a call among them."""
    if isinstance(part, Run):
        return part.places
    later = [place for stop in part.stops[1:] for place in (*stop.via, stop.place_id)]
    return (part.stops[0].place_id, *later)


def transfer_matter(case: Case, stay: Stay, before: Part, after: Part, index: int) -> Matter:
    """Give the transfer at the start of a leg: its place, the operators and modes of both legs, and whose terminals handle the goods."""
    legs = join_facts((before.facts, after.facts))
    facts = Facts(
        modes=legs.modes,
        places=names(stay.place.place_id),
        countries=names(stay.place.country),
        operators=legs.operators,
        vessels=legs.vessels,
        terminals=owners_of(case, stay.terminals),
        services=legs.services,
        haulages=legs.haulages,
        registrations=legs.registrations,
        flags=legs.flags,
    )
    return Matter(scope="transfer", day=stay.day, leg=index, parts=(facts,))


def list_handling_matters(case: Case, stay: Stay, index: int) -> tuple[Matter, ...]:
    """List the handling at a place where its rows name terminals, whose operators take part."""
    facts = Facts(
        modes=names(*stay.modes),
        places=names(stay.place.place_id),
        countries=names(stay.place.country),
        terminals=owners_of(case, stay.terminals),
    )
    return (Matter(scope="handling", day=stay.day, leg=index, parts=(facts,)),) if facts.terminals else ()


def shipment_matter(case: Case) -> Matter:
    """Give the shipment: its two ends, on the ready day."""
    facts = Facts(
        places=names(case.origin.place_id, case.destination.place_id), countries=names(case.origin.country, case.destination.country)
    )
    return Matter(scope="shipment", day=case.query.ready_on, leg=None, parts=(facts,))
