"""The joint plan of a book as a JSON document."""

from __future__ import annotations

from typing import Any

from landbridge.domain.book import BookDeparture, BookPlan, BookShipment, FrontierPoint, Lever, Partner, Proven, Spread
from landbridge.domain.plan import Item, Leg
from landbridge.report.document_form import encode

BOOK_FORMAT = "landbridge.book/1"


def book_document(plan: BookPlan, *, seconds: float) -> dict[str, Any]:
    """The document of ``landbridge book --json``; money in cents of ``currency``, fractions where no unit is named.

    ``seconds`` until the joint plan stood, ``total_seconds`` with spread, levers and shares.
    """
    return {
        "format": BOOK_FORMAT, "dataset": {"name": plan.dataset_name, "digest": plan.dataset_digest}, "as_of": plan.as_of.isoformat(),
        "currency": plan.currency, **_joint(plan, seconds), **_sharing(plan), **_carriage(plan), **_boxes(plan),
        "partners": [_partner(one) for one in plan.partners], "frontier": [_frontier_point(one) for one in plan.frontier],
        "shipments": [_shipment(one) for one in plan.shipments],
        "findings": [{"code": one.code, "severity": one.severity, "message": one.message, "fix": one.fix} for one in plan.findings],
        "notes": list(plan.notes), "co2e_cents_per_t": plan.co2e_cents_per_t, "most_emission_g_co2e": plan.most_emission_g,
        "committed": list(plan.committed_ids), "changes": list(plan.changes), "seed": plan.seed, "code_version": plan.code_version,
    }  # fmt: skip


def _joint(plan: BookPlan, seconds: float) -> dict[str, Any]:
    """The joint plan, its bound, and what it saves."""
    return {
        "objective_cents": plan.together.cost_cents, "bound_cents": plan.together.bound_cents, "gap": gap_of(plan.together),
        "seconds": round(plan.joint_seconds or seconds, 2), "total_seconds": round(seconds, 2), "candidates": plan.candidate_units,
        "baselines": {"as_today": _proven(plan.as_today), "alone": _proven(plan.alone), "together": _proven(plan.together)},
        "alone_by_payer": {payer: _proven(one) for payer, one in plan.alone_by_payer},
        "saving": {
            "of_as_today": None if plan.as_today is None else _saving(plan.as_today, plan.together, plan.spread_today),
            "of_alone": _saving(plan.alone, plan.together, plan.spread),
        },
        "all_ways": _all_ways(plan), "divided": _divided(plan), "levers": [_lever(one) for one in plan.levers],
    }  # fmt: skip


def _lever(one: Lever) -> dict[str, Any]:
    return {
        "lever": one.lever, "contribution_cents": one.contribution_cents, "low_cents": one.low_cents, "high_cents": one.high_cents,
        "distinguishable": one.is_distinguishable,
    }  # fmt: skip


def _sharing(plan: BookPlan) -> dict[str, Any]:
    """Who bears what by each method, whether anybody would do better apart, and who pays whom."""
    sampled = [one for one in plan.sharings if not one.is_exact]
    return {
        "shares": {one.method: {share.party_id: share.cost_cents for share in one.shares} for one in plan.sharings},
        "share_intervals": {
            one.method: {share.party_id: [share.low_cents, share.high_cents] for share in one.shares} for one in sampled
        },
        "in_core": {one.method: one.core.is_in_core for one in plan.sharings},
        "core": {
            one.method: {
                "excess_cents": one.core.excess_cents, "coalition": list(one.core.coalition), "complete": one.core.is_complete,
                "note": one.note,
            }
            for one in plan.sharings
        },
        "settlements": {
            one.method: [{"from": pay.from_id, "to": pay.to_id, "cents": pay.amount_cents} for pay in one.payments]
            for one in plan.settlements
        },
    }  # fmt: skip


def _carriage(plan: BookPlan) -> dict[str, Any]:
    """Departures, rebates and quotas, and the units that part loads share."""
    return {
        "departures": [_departure(one) for one in plan.departures],
        "rebates": [{"tier_id": one.tier_id, "name": one.name, "teu": one.used_teu, "cost_cents": one.cost_cents} for one in plan.rebates],
        "quotas": [
            {
                "quota_id": one.quota_id, "name": one.name, "begins_on": one.begins_on and one.begins_on.isoformat(), "units": one.units,
                "left": one.quota_left, "cost_cents": one.cost_cents, "shipments": list(one.shipment_ids),
            }
            for one in plan.quotas
        ],
        "shared_units": [
            {
                "unit_type_id": one.unit_type_id, "from": one.from_id, "to": one.to_id, "leaves_on": one.leaves_on.isoformat(),
                "shipments": list(one.shipment_ids), "mass_kg": one.mass_kg, "max_payload_kg": one.max_payload_kg,
                "volume_m3": float(one.volume_m3), "max_volume_m3": float(one.max_volume_m3),
            }
            for one in plan.shared_units
        ],
    }  # fmt: skip


def _boxes(plan: BookPlan) -> dict[str, Any]:
    """Boxes and vehicles that are used again, and the balance of empty boxes by area and type."""
    return {
        "turns": [
            {
                "reuse_id": one.reuse_id, "name": one.name, "from": one.from_shipment_id, "to": one.to_shipment_id, "units": one.units,
                "kept_days": one.kept_days, "cost_cents": one.cost_cents, "kind": one.kind, "to_reuse_id": one.to_reuse_id,
                "move_id": one.move_id, "stock_id": one.stock_id,
            }
            for one in plan.turns
        ],
        "empties": [
            {
                "reuse_id": one.reuse_id, "name": one.name, "unit_type_id": one.unit_type_id, "needed": one.needed_units,
                "freed": one.freed_units, "turned": one.turned_units, "moved_in": one.moved_in_units, "moved_out": one.moved_out_units,
                "hired_one_way": one.hired_units, "left_one_way": one.left_units,
                "fetched": one.fetched_units, "returned": one.returned_units,
                "stock": one.stock_units, "stock_used": one.drawn_units, "stock_moved_out": one.sent_units, "stock_left": one.staying_units,
            }
            for one in plan.empties
        ],
    }  # fmt: skip


def _partner(one: Partner) -> dict[str, Any]:
    return {
        "payer_id": one.payer_id, "saving_cents": one.saving_cents, "low_cents": one.low_cents, "high_cents": one.high_cents,
        "why": list(one.why),
    }  # fmt: skip


def _frontier_point(one: FrontierPoint) -> dict[str, Any]:
    return {
        "cap_g_co2e": one.cap_g_co2e, "emission_g_co2e": one.emission_g_co2e, "cost_cents": one.cost_cents, "bound_cents": one.bound_cents,
    }  # fmt: skip


def gap_of(proven: Proven) -> float:
    """(objective - bound) / objective, a fraction."""
    return (proven.cost_cents - proven.bound_cents) / proven.cost_cents if proven.cost_cents else 0.0


def proven_saving(plan: BookPlan) -> tuple[float, float] | None:
    """The range that the saving of the true optima lies in: 1 - plan together / bound alone, 1 - bound together / plan alone."""
    return _range(plan.alone, plan.together)


def _range(base: Proven, together: Proven) -> tuple[float, float] | None:
    if not base.bound_cents or not base.cost_cents:
        return None
    return together.saved_of(base)


def _all_ways(plan: BookPlan) -> dict[str, Any] | None:
    """The bound over all ways, looked at or not, of the book and of each copy of it at any volume; and the most that can be saved then."""
    if plan.all_ways is None:
        return None
    most, most_at_any_volume = plan.all_ways.most_saved_of(plan.alone)
    return {
        "together_bound_cents": plan.all_ways.together_cents, "most_saved": most,
        "any_volume_bound_cents": plan.all_ways.any_volume_cents, "most_saved_at_any_volume": most_at_any_volume,
    }  # fmt: skip


def _divided(plan: BookPlan) -> dict[str, Any] | None:
    """What the book would cost if shipments could be divided over ways, without what each part pays again; units of the parts."""
    one = plan.divided
    if one is None:
        return None
    return {"together": _proven(one.together), "alone": _proven(one.alone), "parts": {name: list(parts) for name, parts in one.part_units}}


def _proven(one: Proven | None) -> dict[str, int] | None:
    return None if one is None else {"cents": one.cost_cents, "bound_cents": one.bound_cents}


def _saving(base: Proven, together: Proven, spread: Spread | None) -> dict[str, Any]:
    proven = _range(base, together)
    inputs = None
    if spread is not None:
        inputs = {
            "p10": spread.p10_percent / 100, "p50": spread.p50_percent / 100, "p90": spread.p90_percent / 100, "draws": spread.units,
        }  # fmt: skip
    return {"proven": None if proven is None else {"low": proven[0], "high": proven[1]}, "inputs": inputs}


def _departure(one: BookDeparture) -> dict[str, Any]:
    return {
        "departure_id": one.departure_id, "kind": one.kind, "name": one.name, "leaves_on": one.leaves_on.isoformat(), "from": one.from_id,
        "to": one.to_id, "bought": one.units, "capacity_teu": one.capacity_teu, "used_teu": one.used_teu, "fill": one.fill_percent / 100,
        "allotted_teu": one.allotted_teu, "market_teu": one.market_teu, "cost_cents": one.cost_cents, "shipments": list(one.shipment_ids),
    }  # fmt: skip


def _shipment(one: BookShipment) -> dict[str, Any]:
    document: dict[str, Any] = {"shipment_id": one.shipment_id, "payer_id": one.payer_id, "itinerary": None, "reason": one.reason}
    itinerary = one.itinerary
    if itinerary is not None and one.starts_on is not None:
        document |= {"starts_on": one.starts_on.isoformat(), "train_id": one.train_id, "cost_cents": one.cost_cents}
        delivered_at = encode(one.delivered_at)
        document |= {"lead_id": one.lead_id, "stuffing_ids": list(one.stuffing_ids), "delivered_at": delivered_at}
        document["itinerary"] = {
            "cost_cents": itinerary.cost_cents, "replaced_cents": one.replaced_cents, "capital_cents": one.capital_cents,
            "hire_cents": one.hire_cents, "carbon_cents": one.carbon_cents,
            "late_days": one.late_days, "late_cents": one.late_cents, "stuffing_cents": one.stuffing_cents,
            "departs_at": encode(itinerary.departs_at), "arrives_at": encode(itinerary.arrives_at),
            "emission_g_co2e": itinerary.emission_g_co2e, "is_confirmed": itinerary.is_confirmed,
            "legs": [_leg(leg) for leg in itinerary.legs],
            "exposures": [{"regime": row.regime, "what": row.what, "text": row.text} for row in itinerary.exposures],
            "items": [_item(row) for row in itinerary.items],
            "documents": [{"name": row.name, "issuer": row.issuer, "apply_by": row.apply_by.isoformat()} for row in itinerary.documents],
        }  # fmt: skip
    return document


def _item(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind, "name": item.name, "cost_cents": item.cost_cents, "cost_low_cents": item.cost_low_cents,
        "cost_high_cents": item.cost_high_cents, "grade": item.grade, "source_id": item.source_id, "row": item.row,
    }  # fmt: skip


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "mode": leg.mode, "service_id": leg.service_id, "from": leg.from_id, "to": leg.to_id, "departs_at": encode(leg.departs_at),
        "arrives_at": encode(leg.arrives_at), "is_confirmed": leg.is_confirmed,
    }  # fmt: skip
