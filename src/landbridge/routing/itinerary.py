"""From an arrival of the search to an itinerary: legs with their stages, items, documents and exposures."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from landbridge.domain.event import Event
from landbridge.domain.haulage import Haulage
from landbridge.domain.plan import DocumentNeed, Exposure, Item, Itinerary, Leg, Stage
from landbridge.domain.rule import Document, Rule
from landbridge.domain.service import Stop
from landbridge.routing.arrival import Arrival, through_items
from landbridge.routing.label import ChangeMove, LinkMove, SailMove
from landbridge.routing.scene import Scene
from landbridge.routing.travel import Record
from landbridge.terms.change import ChangeTerms, handled_at
from landbridge.terms.clock import to_datetime
from landbridge.terms.money import total_of

Calls = list[tuple[Document, Rule]]


@dataclass(slots=True)
class _Draft:
    """What is gathered while the moves are walked."""

    legs: list[Leg] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    exposures: dict[tuple[str, str, str], Exposure] = field(default_factory=dict)
    documents: dict[str, tuple[Document, dict[str, None], dict[int, None], date]] = field(default_factory=dict)
    """Each with the ids of its rules, its legs, and the day on which it has to be there, where the first of these legs begins."""


class ItineraryMaker:
    """Makes itineraries of one question; only the few that are shown."""

    def __init__(self, scene: Scene) -> None:
        self._scene, self._terms = scene, scene.terms
        self._places = scene.places
        self._at_leg: dict[tuple[int, int], tuple[Item, Item]] = {}
        self._fees: dict[str, Item | None] = {}
        self._needs: dict[tuple[Hashable, ...], DocumentNeed] = {}
        self._legs: dict[Leg, Leg] = {}
        self._leads: dict[str, int] = {row.document_id: row.lead_days for row in scene.graph.dataset.documents}

    def make(self, arrival: Arrival, labels: tuple[str, ...] = ()) -> Itinerary:
        """Make the itinerary of an arrival; its items sum to what the search found."""
        draft = _Draft()
        for fee in self._scene.shipment_fees:
            draft.items.append(fee)
        groups = _groups(arrival)
        came_at = self._scene.ready_at
        for index, group in enumerate(groups):
            following = groups[index + 1] if index + 1 < len(groups) else None
            if isinstance(group, SailMove):
                came_at = self._add_sailing(draft, group, came_at)
            else:
                came_at = self._add_run(draft, group, came_at, _change_of(following))
        return self._close(draft, arrival, labels, came_at)

    # --- scheduled legs ----------------------------------------------------------------------------------------------------

    def _add_sailing(self, draft: _Draft, move: SailMove, came_at: int) -> int:
        index, service, terms = len(draft.legs), move.boarding.service, move.terms
        stops = move.boarding.stops[: move.position + 1]
        first_at = move.departs_at - stops[0].depart_min
        stages = self._before(move.at_change, stops[0].place_id, came_at, move.departs_at)
        kind = "sail" if service.mode in ("sea", "ferry", "waterway") else "ride"
        clock = move.departs_at
        for before, after in pairwise(stops):
            reaches = first_at + after.arrive_min.typical
            leaves = first_at + before.depart_min
            if leaves > clock:
                stages.append(_stage("call", before.place_id, clock, leaves))
            stages.append(_stage(kind, before.place_id, leaves, reaches))
            clock = reaches
        if move.delay_min:
            stages.append(_stage("wait", stops[-1].place_id, clock, clock + move.delay_min))
            clock += move.delay_min
        calls = [stops[0].place_id] + [place for stop in stops[1:] for place in (*stop.via, stop.place_id)]
        distance_m = sum(stop.distance_m for stop in stops[1:])
        change = move.at_change.change
        draft.legs.append(
            Leg(
                mode=service.mode,
                service_id=service.service_id,
                operator_id=service.operator_id,
                from_id=stops[0].place_id,
                to_id=stops[-1].place_id,
                ready_at=to_datetime(came_at),
                departs_at=to_datetime(move.departs_at),
                arrives_at=to_datetime(clock),
                distance_m=distance_m,
                emission_g_co2e=terms.emission_g + change.emission_g,
                is_scheduled=True,
                is_confirmed=terms.is_confirmed,
                departure_on=move.departs_on,
                calls=tuple(calls),
                passages=tuple(dict.fromkeys(p for stop in stops[1:] for p in stop.passages)),
                through_id=move.in_through.through_id if move.in_through else None,
                evidence_on=terms.evidence.evidence_on,
                status=terms.evidence.status,
                stages=tuple(stages),
                path=self._path(calls),
                terminal_ids=_name_terminals(change, stops[0], stops[-1]),
            )
        )
        items, _ = through_items(terms, move.in_through, self._terms.choice.surcharge_kinds)
        self._add_change(draft, move.at_change, index)
        self._add_items(draft, [*([move.through_item] if move.through_item else []), *items], index)
        self._add_law(draft, terms.exposures, [*change.documents, *terms.documents], index, move.departs_at - stops[0].document_cutoff_min)
        return clock

    # --- runs --------------------------------------------------------------------------------------------------------------

    def _add_run(self, draft: _Draft, moves: list[LinkMove], came_at: int, following: ChangeMove | None) -> int:
        index, first = len(draft.legs), moves[0]
        assert first.at_change is not None  # a run begins with a change
        change = first.at_change.change
        haulage = first.haulage
        starts_at = first.starts_at
        if following is not None and following.gate_in > following.came_at:
            starts_at = self._latest_start(moves, haulage, starts_at, following.gate_in)
        stages = self._before(first.at_change, first.link.from_id, came_at, starts_at)

        def record(kind: str, place_id: str, start: int, end: int) -> None:
            stages.append(_stage(kind, place_id, start, end))

        clock = self._drive(moves, haulage, starts_at, record)
        if clock is None:
            raise AssertionError("a run that the search drove can be driven again")
        calls = [first.link.from_id, *(move.link.to_id for move in moves)]
        draft.legs.append(
            Leg(
                mode=haulage.mode,
                service_id=haulage.haulage_id,
                operator_id=haulage.operator_id,
                from_id=calls[0],
                to_id=calls[-1],
                ready_at=to_datetime(came_at),
                departs_at=to_datetime(starts_at),
                arrives_at=to_datetime(clock),
                distance_m=sum(move.link.link.distance_m for move in moves),
                emission_g_co2e=sum(move.terms.emission_g for move in moves) + change.emission_g,
                is_scheduled=False,
                is_confirmed=all(move.terms.is_confirmed for move in moves),
                departure_on=self._terms.local_date(calls[0], starts_at),
                calls=tuple(calls),
                borders=tuple(move.link.link.border_id for move in moves if move.link.link.border_id),
                link_ids=tuple(move.link.link.link_id for move in moves),
                through_id=first.in_through.through_id if first.in_through else None,
                ordered_on=self._terms.local_date(calls[0], first.starts_at),
                evidence_on=first.terms.evidence.evidence_on,
                status=first.terms.evidence.status,
                stages=tuple(stages),
                path=self._path(calls),
                infrastructure_ids=self._list_infrastructure(haulage, moves),
                terminal_ids=_name_terminals(change),
            )
        )
        self._add_change(draft, first.at_change, index)
        if first.through_item:
            self._add_items(draft, [first.through_item], index)
        calls_for: Calls = list(change.documents)
        exposures: list[Exposure] = []
        for move in moves:
            items, _ = through_items(move.terms, move.in_through, self._terms.choice.surcharge_kinds)
            self._add_items(draft, [*items, *move.once], index)
            calls_for.extend(move.terms.documents)
            exposures.extend(move.terms.exposures)
        self._add_law(draft, exposures, calls_for, index, starts_at)
        return clock

    def _list_infrastructure(self, haulage: Haulage, moves: list[LinkMove]) -> tuple[str, ...] | None:
        """Parties over whose tracks a run goes, by id."""
        dataset = self._scene.graph.dataset
        found = {party for move in moves for party in dataset.list_infrastructure(haulage.haulage_id, move.link.link)}
        return tuple(sorted(found)) or None

    def _latest_start(self, moves: list[LinkMove], haulage: Haulage, earliest: int, gate_in: int) -> int:
        """The latest minute from which the run still comes in by ``gate_in``; arrivals never fall as starts rise."""
        low, high = earliest, gate_in
        while low < high:
            middle = (low + high + 1) // 2
            arrives = self._drive(moves, haulage, middle, None)
            if arrives is not None and arrives <= gate_in:
                low = middle
            else:
                high = middle - 1
        return low

    def _drive(self, moves: list[LinkMove], haulage: Haulage, minute: int, record: Record | None) -> int | None:
        driven = 0
        for move in moves:
            found = self._scene.travel.drive(haulage, move.link, move.terms, minute, driven, record)
            if found is None or isinstance(found, Event):
                return None
            minute, driven = found
        return minute

    # --- parts -------------------------------------------------------------------------------------------------------------

    def _before(self, at_change: ChangeMove, place_id: str, came_at: int, departs_at: int) -> list[Stage]:
        """The stages from coming to rest to departure: wait, handling, wait."""
        gate_in = max(at_change.gate_in, came_at)
        handled = handled_at(self._terms.openings, self._places[place_id], at_change.change, gate_in)
        if handled is None:
            raise AssertionError("a place that the search found open is open")
        stages = []
        for kind, start, end in (("wait", came_at, handled[0]), ("handling", *handled), ("wait", handled[1], departs_at)):
            if end > start:
                stages.append(_stage(kind, place_id, start, end))
        return stages

    def _add_change(self, draft: _Draft, at_change: ChangeMove, index: int) -> None:
        change = at_change.change
        self._add_items(draft, change.items if at_change.covers_moving else [*change.moving_items, *change.items], index)
        self._add_items(draft, at_change.storage, index)
        self._add_exposures(draft, change.exposures)

    @staticmethod
    def _add_exposures(draft: _Draft, exposures: Iterable[Exposure]) -> None:
        for exposure in exposures:
            draft.exposures.setdefault((exposure.regime, exposure.rule_id, exposure.what), exposure)

    def _add_items(self, draft: _Draft, items: Iterable[Item], index: int) -> None:
        draft.items.extend(self._item_at(item, index) for item in items)

    def _item_at(self, item: Item, index: int) -> Item:
        """An item of one leg, made once for all plans that share the leg; kept with its origin, whose identity names it."""
        found = self._at_leg.get((id(item), index))
        if found is None:
            found = self._at_leg[id(item), index] = (item, replace(item, leg=index))
        return found[1]

    def _add_law(self, draft: _Draft, exposures: Iterable[Exposure], calls: Calls, index: int, deadline: int) -> None:
        self._add_exposures(draft, exposures)
        if index == 0:
            calls = [*self._scene.shipment_law.documents, *calls]
        for document, rule in calls:
            if document.document_id not in draft.documents:
                needed_on = self._terms.local_date(draft.legs[index].from_id, deadline)
                draft.documents[document.document_id] = (document, {}, {}, needed_on)
                if document.document_id not in self._fees:
                    self._fees[document.document_id] = self._terms.document_item(document)
                fee = self._fees[document.document_id]
                if fee is not None:
                    draft.items.append(self._item_at(fee, index))
            _, rule_ids, legs, _ = draft.documents[document.document_id]
            rule_ids[rule.rule_id] = legs[index] = None

    def _path(self, place_ids: Iterable[str]) -> tuple[tuple[float, float], ...]:
        return tuple((self._places[place].lon, self._places[place].lat) for place in place_ids)

    def _close(self, draft: _Draft, arrival: Arrival, labels: tuple[str, ...], came_at: int) -> Itinerary:
        last = len(draft.legs) - 1
        destination_id = draft.legs[-1].to_id
        self._add_destination(draft, arrival.change, last, covered=arrival.label.includes)
        self._add_items(draft, arrival.box_items, last)
        legs = list(draft.legs)
        legs[-1] = replace(
            legs[-1],
            emission_g_co2e=legs[-1].emission_g_co2e + arrival.change.emission_g,
            terminal_ids=_ids_of({*(legs[-1].terminal_ids or ()), *arrival.change.terminal_ids}),
        )
        delivery = [
            _stage(kind, destination_id, start, end)
            for kind, start, end in (
                ("wait", came_at, arrival.handling_starts_at),
                ("handling", arrival.handling_starts_at, arrival.minute),
            )
            if end > start
        ]
        self._add_exposures(draft, self._scene.shipment_law.exposures)
        is_landed = self._terms.query.is_landed
        items = tuple(draft.items) + (arrival.duty_items if is_landed else ())
        low, typical, high = total_of(items)
        if typical != arrival.cost:
            raise AssertionError(f"items sum to {typical}, the search found {arrival.cost}")
        return Itinerary(
            cost_cents=typical,
            cost_low_cents=low,
            cost_high_cents=high,
            currency=self._terms.market.settlement_currency,
            departs_at=legs[0].departs_at,
            arrives_at=to_datetime(arrival.minute),
            duration_min=arrival.minute - self._scene.ready_at,
            emission_g_co2e=arrival.emission,
            labels=labels,
            legs=tuple(self._legs.setdefault(leg, leg) for leg in legs),  # one for all plans that share it
            items=items,
            documents=self._document_needs(draft),
            exposures=tuple(sorted(draft.exposures.values(), key=lambda row: (row.regime, row.rule_id, row.what))),
            duty_items=arrival.duty_items,
            delivery=tuple(delivery),
            is_confirmed=all(leg.is_confirmed for leg in legs),
        )

    def _add_destination(self, draft: _Draft, change: ChangeTerms, last: int, *, covered: bool) -> None:
        self._add_items(draft, change.items if covered else [*change.moving_items, *change.items], last)
        self._add_exposures(draft, change.exposures)

    def _document_needs(self, draft: _Draft) -> tuple[DocumentNeed, ...]:
        """The documents with their own lead times: legs wait longer, for what these need before as well. Made once for all plans."""
        found = []
        for document, rule_ids, legs, needed_on in draft.documents.values():
            lead_days = min(document.lead_days, self._leads[document.document_id])
            key = (document.document_id, lead_days, *legs, *rule_ids, needed_on)
            if key not in self._needs:
                self._needs[key] = DocumentNeed(
                    document_id=document.document_id,
                    name=document.name,
                    kind=document.kind,
                    issuer=document.issuer,
                    legs=tuple(legs),
                    rule_ids=tuple(rule_ids),
                    lead_days=lead_days,
                    apply_by=needed_on - timedelta(days=lead_days),
                    source_id=document.source_id,
                )
            found.append(self._needs[key])
        return tuple(found)


def _name_terminals(change: ChangeTerms, *calls: Stop) -> tuple[str, ...] | None:
    """Terminals that the feed names for the handling before a leg and for its two calls, by id."""
    return _ids_of({*change.terminal_ids, *(stop.terminal_id for stop in calls if stop.terminal_id)})


def _ids_of(found: Iterable[str]) -> tuple[str, ...] | None:
    return tuple(sorted(found)) or None


@lru_cache(maxsize=10_000)
def _stage(kind: str, place_id: str, start: int, end: int) -> Stage:
    return Stage(kind=kind, place_id=place_id, starts_at=to_datetime(start), ends_at=to_datetime(end))


def _groups(arrival: Arrival) -> list[SailMove | list[LinkMove]]:
    """Moves of an arrival, links of one run together."""
    groups: list[SailMove | list[LinkMove]] = []
    for move in arrival.label.moves():
        if isinstance(move, SailMove):
            groups.append(move)
        elif move.at_change is not None or not groups or not isinstance(groups[-1], list):
            groups.append([move])
        else:
            groups[-1].append(move)
    return groups


def _change_of(group: SailMove | list[LinkMove] | None) -> ChangeMove | None:
    """The change before a leg."""
    if group is None:
        return None
    return group.at_change if isinstance(group, SailMove) else group[0].at_change
