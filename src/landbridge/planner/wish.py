"""What must and must not be used: carriers told as services, and wishes that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.haulage import Haulage
from landbridge.domain.service import Service

MOST_VIAS = 6
"""Each place that must be used doubles the bounds of the search."""
Offer = Service | Haulage


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Ids that are avoided, ids that are used, and what is wrong with them."""

    avoid: tuple[str, ...]
    via: tuple[str, ...]
    findings: tuple[Finding, ...]


def join_wishes(
    dataset: Dataset, ends: tuple[str | None, str | None], avoid: tuple[str, ...], via: tuple[str, ...], carriers: tuple[str | None, ...]
) -> Wish:
    """Put avoid, via and carriers together and hold them against each other.

    A carrier stands for: in each mode in which he offers something nobody else carries, and something of his is used. Where several are
    told, each is used. An operator that is avoided stands for all that he offers.
    """
    known = tuple(dict.fromkeys(one for one in carriers if one is not None))
    offers: tuple[Offer, ...] = (*dataset.services, *dataset.haulage)
    operators = list_operators(dataset)
    findings = [*_check_carriers(operators, known)]
    spread = [offer_id(row) for row in offers if row.operator_id in avoid]
    modes = {row.mode for row in offers if row.operator_id in known}
    others = [offer_id(row) for row in offers if row.mode in modes and row.operator_id not in known]
    avoided = tuple(dict.fromkeys((*avoid, *spread, *others)))
    used = tuple(dict.fromkeys((*via, *known)))
    findings += _check_against_each_other(dataset, ends, frozenset(avoided), frozenset(avoid), used)
    if len(used) > MOST_VIAS:
        findings.append(_say("VIA-MANY", "--via", f"{len(used)} things must be used", f"name at most {MOST_VIAS}"))
    return Wish(avoid=avoided, via=used, findings=tuple(findings))


def list_operators(dataset: Dataset) -> frozenset[str]:
    """Parties that operate a service or haulage of the feed."""
    offers: tuple[Offer, ...] = (*dataset.services, *dataset.haulage)
    return frozenset(row.operator_id for row in offers if row.operator_id)


def offer_id(row: Offer) -> str:
    """Id of a service or of an offer of haulage."""
    return row.service_id if isinstance(row, Service) else row.haulage_id


def _check_carriers(operators: frozenset[str], carriers: tuple[str, ...]) -> Iterator[Finding]:
    for one in carriers:
        if one not in operators:
            fix = f"carriers of the feed are, for example: {', '.join(sorted(operators)[:8]) or 'none'}"
            yield _say("CARRIER-IDLE", "--carrier", f"{one} operates nothing in this feed", fix)


def _check_against_each_other(
    dataset: Dataset, ends: tuple[str | None, str | None], avoided: frozenset[str], told: frozenset[str], used: tuple[str, ...]
) -> Iterator[Finding]:
    country: dict[str, str] = {row.place_id: row.country for row in dataset.places}
    offers: tuple[Offer, ...] = (*dataset.services, *dataset.haulage)
    for end, name in zip(ends, ("FROM", "TO"), strict=True):
        if end is not None and {end, country.get(end, "")} & told:
            yield _say("AVOID-END", "--avoid", f"{name} is {end}, which is to be avoided", "avoid something else")
    for one in used:
        if one in avoided:
            yield _say("AVOID-AND-VIA", "--via", f"{one} is both to be avoided and to be used", "drop one of the two")
        elif country.get(one, "") in told:
            yield _say("AVOID-AND-VIA", "--via", f"{one} lies in {country[one]}, which is to be avoided", "drop one of the two")
        elif (rows := [row for row in offers if one in (offer_id(row), row.operator_id)]) and all(
            {offer_id(row), row.mode} & avoided for row in rows
        ):
            yield _say("AVOID-AND-VIA", "--via", f"everything of {one} is to be avoided, and it is to be used", "drop one of the two")


def _say(code: str, column: str, message: str, fix: str) -> Finding:
    return Finding(code=code, column=column, message=message, fix=fix)
