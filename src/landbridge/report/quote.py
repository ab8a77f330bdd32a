"""A quote: what a way costs the customer, and which part of it falls to seller and buyer under the Incoterm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.plan import Item, Itinerary
from landbridge.domain.written_number import plain_number
from landbridge.report.legend import Legend


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoterm:
    """What one of the Incoterms 2020 says of costs: who clears for export and import, and where the seller's costs end by default.

    ``ends`` is ``origin`` (at the first place), ``named`` (only a named place tells it) or ``destination``.
    """

    letters: str
    name: str
    seller_clears_export: bool
    seller_clears_import: bool
    ends: str

    @property
    def seller_insures(self) -> bool:
        """Articles A5 of CIF and CIP: the seller contracts for insurance of the goods."""
        return self.letters in ("CIF", "CIP")


INCOTERMS: Mapping[str, Incoterm] = {
    one.letters: one
    for one in (
        Incoterm(letters="EXW", name="Ex Works", seller_clears_export=False, seller_clears_import=False, ends="origin"),
        Incoterm(letters="FCA", name="Free Carrier", seller_clears_export=True, seller_clears_import=False, ends="named"),
        Incoterm(letters="FAS", name="Free Alongside Ship", seller_clears_export=True, seller_clears_import=False, ends="named"),
        Incoterm(letters="FOB", name="Free On Board", seller_clears_export=True, seller_clears_import=False, ends="named"),
        Incoterm(letters="CPT", name="Carriage Paid To", seller_clears_export=True, seller_clears_import=False, ends="destination"),
        Incoterm(
            letters="CIP", name="Carriage and Insurance Paid To", seller_clears_export=True, seller_clears_import=False, ends="destination"
        ),
        Incoterm(letters="CFR", name="Cost and Freight", seller_clears_export=True, seller_clears_import=False, ends="named"),
        Incoterm(letters="CIF", name="Cost, Insurance and Freight", seller_clears_export=True, seller_clears_import=False, ends="named"),
        Incoterm(letters="DAP", name="Delivered At Place", seller_clears_export=True, seller_clears_import=False, ends="destination"),
        Incoterm(
            letters="DPU", name="Delivered At Place Unloaded", seller_clears_export=True, seller_clears_import=False, ends="destination"
        ),
        Incoterm(letters="DDP", name="Delivered Duty Paid", seller_clears_export=True, seller_clears_import=True, ends="destination"),
    )
}
"""The eleven rules of ICC publication 723, Incoterms 2020, articles A9/B9 (allocation of costs) and A7/B7 (clearance)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteTerms:
    """What the seller of transport decides: margin, rule with the place where the seller's costs end, and the last day of validity."""

    margin_percent: Decimal
    incoterm: Incoterm | None
    named_id: str | None
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Amounts in cents of the settlement currency. ``sell_cents`` is cost and margin; the two shares sum to it exactly."""

    terms: QuoteTerms
    cost_cents: int
    margin_cents: int
    sell_cents: int
    seller_cents: int
    buyer_cents: int
    ends_after_leg: int
    seller_items: tuple[Item, ...]
    buyer_items: tuple[Item, ...]


def make_terms(
    itinerary: Itinerary, as_of: date, *, margin: str | None, incoterm: str | None, named: str | None, valid_until: str | None,
    legend: Legend | None = None,
) -> QuoteTerms:  # fmt: skip
    """Terms from words; ``as_of`` is the day of the plan, before which no quote of it can end; ``named`` is the id of a place.

    Raises
    ------
    QueryError
        With everything that is wrong: no number, an unknown rule, a place where nothing changes hands, no date.
    """
    findings: list[Finding] = []
    percent = _percent(margin, findings)
    rule = INCOTERMS.get((incoterm or "").strip().upper())
    if incoterm and rule is None:
        findings.append(
            Finding(
                code="INCOTERM", column="--incoterm", message=f"{incoterm[:20]!r} is no rule of 2020", fix=f"one of {', '.join(INCOTERMS)}"
            )
        )
    legend, stops = legend or Legend(), list_stops(itinerary)
    told = ", ".join(map(legend.name_and_id, stops))
    if named is not None and named not in stops:
        message = f"this way does not stop at {legend.name_and_id(named)[:80]}"
        findings.append(Finding(code="INCOTERM-PLACE", column="--named", message=message, fix=f"name one of {told}"))
    if rule is not None and rule.ends == "named" and named is None:
        message = f"{rule.letters} needs the place where the seller's costs end"
        findings.append(Finding(code="INCOTERM-PLACE", column="--named", message=message, fix=f"add --named with one of {told}"))
    day = _last_day(valid_until, as_of, findings)
    if findings:
        raise QueryError(findings)
    return QuoteTerms(margin_percent=percent, incoterm=rule, named_id=named, valid_until=day)


def list_stops(itinerary: Itinerary) -> tuple[str, ...]:
    """Where a way begins and where each of its legs ends: the places that a rule may name."""
    return itinerary.legs[0].from_id, *(leg.to_id for leg in itinerary.legs)


def _last_day(text: str | None, as_of: date, findings: list[Finding]) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        findings.append(Finding(code="DATE", column="--valid-until", message=f"{text[:40]!r} is no date", fix="write it as 2026-12-01"))
        return None
    if day < as_of:
        message = f"a quote of a plan of {as_of} cannot end on {day}"
        findings.append(Finding(code="DATE", column="--valid-until", message=message, fix="give that day or a later one"))
    return day


def make_quote(itinerary: Itinerary, terms: QuoteTerms, dataset: Dataset) -> Quote:
    """Sell price and its split.

    The margin is taken on the whole cost and shared in proportion; the rounding rests with the buyer. Carriage and handling up to the place
    where the seller's costs end are the seller's, after it the buyer's. A paper that a rule about the whole shipment asks for follows the
    clearance: of export where the rule is of the law of the country of origin, of import where it is of the law of the destination. Papers
    of carriage go with their leg.
    """
    ends = _ends_after(itinerary, terms)
    sides = _paper_sides(itinerary, dataset)
    is_sellers = [_is_sellers(item, itinerary, terms, ends, sides) for item in itinerary.items]
    seller = tuple(item for item, is_his in zip(itinerary.items, is_sellers, strict=True) if is_his)
    buyer = tuple(item for item, is_his in zip(itinerary.items, is_sellers, strict=True) if not is_his)
    cost = itinerary.cost_cents
    margin = int((Decimal(cost) * terms.margin_percent / 100).quantize(Decimal(1), ROUND_HALF_UP))
    seller_cost = sum(item.cost_cents for item in seller)
    seller_part = seller_cost + (margin * seller_cost // cost if cost else 0)
    return Quote(
        terms=terms,
        cost_cents=cost,
        margin_cents=margin,
        sell_cents=cost + margin,
        seller_cents=seller_part,
        buyer_cents=cost + margin - seller_part,
        ends_after_leg=ends,
        seller_items=seller,
        buyer_items=buyer,
    )


def _ends_after(itinerary: Itinerary, terms: QuoteTerms) -> int:
    """Number of the last leg that the seller pays, from 0; -1: none."""
    count = len(itinerary.legs)
    if terms.incoterm is None:
        return count - 1
    if terms.named_id is not None:
        return list_stops(itinerary).index(terms.named_id) - 1
    return -1 if terms.incoterm.ends == "origin" else count - 1


def _is_sellers(item: Item, itinerary: Itinerary, terms: QuoteTerms, ends: int, sides: Mapping[str, str]) -> bool:
    if terms.incoterm is None:
        return True
    side = "import" if item.kind == "duty" else sides.get(item.row_id, "") if item.kind == "document" else ""
    if side:
        return terms.incoterm.seller_clears_export if side == "export" else terms.incoterm.seller_clears_import
    last = len(itinerary.legs) - 1
    return (item.leg if item.leg is not None else last) <= ends


def _paper_sides(itinerary: Itinerary, dataset: Dataset) -> dict[str, str]:
    """Of each paper that clears the shipment: whether it is of ``export`` or of ``import``; papers of carriage are left out."""
    ends = tuple(_country(dataset, one) for one in (itinerary.legs[0].from_id, itinerary.legs[-1].to_id))
    found: dict[str, str] = {}
    for need in itinerary.documents:
        sides = {_rule_side(dataset, rule_id, ends) for rule_id in need.rule_ids}
        side = next((one for one in ("export", "import") if one in sides), None)
        if side is not None:
            found[need.document_id] = side
    return found


def _rule_side(dataset: Dataset, rule_id: str, ends: tuple[str, ...]) -> str:
    """Of a rule about the whole shipment: which end's law it is; empty for a rule about carriage."""
    rule = next((row for row in dataset.rules if row.rule_id == rule_id), None)
    if rule is None or rule.scope != "shipment":
        return ""
    regime = next((row for row in dataset.regimes if row.regime_id == rule.regime_id), None)
    countries = {str(rule.regime_id), *(regime.countries if regime is not None else ())}
    if ends[0] in countries and not (ends[1] in countries and rule.destination_countries and not rule.origin_countries):
        return "export"
    return "import" if ends[1] in countries else ""


def _country(dataset: Dataset, place_id: str) -> str:
    place = dataset.place_by_id.get(place_id)
    return place.country if place is not None else ""


def _percent(text: str | None, findings: list[Finding]) -> Decimal:
    try:
        found = Decimal(plain_number((text or "0").strip().removesuffix("%")))
    except ArithmeticError:
        found = Decimal("NaN")
    if found.is_finite() and 0 <= found <= 1000:
        return found
    findings.append(
        Finding(code="MARGIN", column="--margin", message=f"{str(text)[:20]!r} is no margin", fix="give percent from 0 to 1000")
    )
    return Decimal(0)
