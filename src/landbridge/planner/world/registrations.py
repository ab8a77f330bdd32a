"""Trucks of the open market by country of registration, where the law of a country on the way forbids those of another one.

A truck of the feed ``world`` has no registration: any carrier's. A rule that forbids trucks of some countries says nothing of such a truck.
Where one binds on the way trucks of the two ends are offered by registration, all at the same prices, and terms and verification hold the
rules against them as against any other offer. Which trucks these are depends on no law: no way is looked for around a rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from landbridge.domain.dataset import Dataset
from landbridge.domain.haulage import Haulage, HaulageRate, Link
from landbridge.domain.identity import HaulageId
from landbridge.domain.query import Query
from landbridge.domain.rule import Rule
from landbridge.domain.source import WORLD_SOURCE_ID
from landbridge.terms.validity import is_known, is_valid

TRUCK = HaulageId("world-truck")


def is_of_registration(rule: Rule) -> bool:
    """Whether a rule forbids trucks by their country of registration."""
    return rule.effect == "prohibit" and bool(rule.registrations) and (not rule.modes or "road" in rule.modes)


def find_joined(links: Iterable[Link], country_of: dict[str, str]) -> tuple[frozenset[str], ...]:
    """Countries that roads join over borders, in groups of two and more."""
    groups: list[set[str]] = []
    for link in links:
        ends = {country_of[link.from_place_id], country_of[link.to_place_id]}
        if link.mode == "road" and len(ends) > 1:
            met = [one for one in groups if one & ends]
            groups = [one for one in groups if one not in met] + [ends.union(*met)]
    return tuple(frozenset(one) for one in groups)


def list_binding(rules: Iterable[Rule], group: frozenset[str]) -> tuple[Rule, ...]:
    """Rules that forbid trucks of one country of a group in another one of it."""
    return tuple(
        rule
        for rule in rules
        if is_of_registration(rule)
        and not group.isdisjoint(rule.registrations)
        and not group.isdisjoint((*rule.countries, *rule.enters))
        and (not rule.enters or not group.isdisjoint(rule.enters))
        and (not rule.countries or not group.isdisjoint(rule.countries))
    )


def offer_trucks(
    haulage: Sequence[Haulage], rates: Sequence[HaulageRate], rules: Sequence[Rule], groups: Iterable[frozenset[str]], ends: Sequence[str]
) -> tuple[list[Haulage], list[HaulageRate]]:
    """The offers and rates of the feed ``world``, its truck by registration where rules ask for it.

    Registrations are those of the two ends, whatever the law says of them: what a rule forbids adds no truck of a third country. The
    truck of any registration has no rate in a country whose law asks for it.

    Parameters
    ----------
    groups
        Countries that roads join.
    ends
        Countries of the two ends.
    """
    truck = next((row for row in haulage if row.haulage_id == TRUCK), None)
    asking: set[str] = set()
    reached: dict[str, set[str]] = {}
    for group in groups:
        binding = list_binding(rules, group)
        asking |= {code for rule in binding for code in (*rule.countries, *rule.enters) if code in group}
        for code in group.intersection(ends) if binding else ():
            reached.setdefault(code, set()).update(group)
    if truck is None or not reached:
        return list(haulage), list(rates)
    own = [row for row in rates if row.haulage_id == TRUCK]
    offers = [_register(truck, code) for code in sorted(reached)]
    return (
        [*haulage, *offers],
        [
            *(row for row in rates if row.haulage_id != TRUCK or row.country not in asking),
            *(
                replace(row, rate_id=f"{row.rate_id}.{offer.registration}", haulage_id=offer.haulage_id)
                for offer in offers
                for row in own
                if row.country in reached[str(offer.registration)]
            ),
        ],
    )


def _register(truck: Haulage, code: str) -> Haulage:
    return replace(truck, haulage_id=HaulageId(f"{TRUCK}-{code}"), name=f"Truck registered in {code}, open market", registration=code)


def tell_bans(dataset: Dataset, query: Query) -> str:
    """What the law says of trucks by registration on ways of the world, in words; empty where it says nothing."""
    codes = {str(row.registration) for row in dataset.haulage if row.haulage_id.startswith(f"{TRUCK}-")}
    made = (row for row in dataset.links if row.source_id == WORLD_SOURCE_ID)
    groups = find_joined(made, {str(row.place_id): row.country for row in dataset.places})
    told: dict[str, set[str]] = {}
    for rule in (rule for group in groups for rule in list_binding(dataset.rules, group)):
        is_now = rule.status in ("in_force", "expired") and is_valid(rule, query.ready_on) and is_known(rule, query.as_of)
        if is_now and codes.intersection(rule.registrations):
            told.setdefault(f"{rule.title} ({rule.rule_id})", set()).update(codes.intersection(rule.registrations))
    return "; ".join(f"{', '.join(sorted(found))}: {title}" for title, found in sorted(told.items()))
