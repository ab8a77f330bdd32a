"""Law in a joint plan: what blocks the ways of its shipments, and who takes part in them; section 7."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Itinerary
from landbridge.domain.query import Query
from landbridge.domain.shipment import Shipment
from landbridge.verification.calendar import local_day
from landbridge.verification.case import Case
from landbridge.verification.law import list_judgements
from landbridge.verification.walk import resolve_part, walk_way


def law_faults(dataset: Dataset, row: Shipment, itinerary: Itinerary, as_of: date) -> Iterator[str]:
    """Say what blocks the way of a shipment as on the day of asking; legs that are not in the feed are faults of others."""
    query = Query(
        origin_id=row.from_place_id,
        destination_id=row.to_place_id,
        unit_type_id=row.unit_type_id,
        units=row.units,
        hs=row.hs,
        ready_on=local_day(dataset.get_place(row.from_place_id).zone, itinerary.legs[0].ready_at),
        as_of=as_of,
        shipper_id=row.shipper_id,
        consignee_id=row.consignee_id,
    )
    case = Case(dataset=dataset, query=query)
    parts = tuple(part for leg in itinerary.legs if (part := resolve_part(case, leg)) is not None)
    if not parts or len(parts) < len(itinerary.legs):
        return
    for one in list_judgements(case, walk_way(case, itinerary.legs, parts).matters):
        if one.blocks:
            where = "as a whole" if one.leg is None else f"leg {one.leg + 1}"
            yield f"{where} is blocked by {one.text}"
