"""Tables of through rates and the legs that they price together."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from landbridge.domain.tariff import ThroughLeg, ThroughRate
from landbridge.routing.register import Register, firsts_of


class ThroughTables:
    """Works out what through rates cost, and which legs are parts of them."""

    def __init__(self, register: Register) -> None:
        self._register, self._terms, self._dataset = register, register.terms, register.dataset
        graph = register.scene.graph
        self.legs: list[tuple[ThroughRate, int, ThroughLeg]] = [
            (rate, position, leg)
            for rate in self._terms.throughs
            for position, leg in enumerate(graph.through_legs.get(rate.through_id, ()))
        ]
        """Rate, number in it, and leg."""
        self.of: dict[tuple[str, ...], list[int]] = defaultdict(list)
        """Legs of rates by haulage, or by service and its two places."""
        for g, (_, _, leg) in enumerate(self.legs):
            self.of[(leg.haulage_id,) if leg.haulage_id else (leg.service_id or "", leg.from_place_id, leg.to_place_id)].append(g)
        self.rows = np.zeros(len(self.legs), np.int32)
        """Where the prices of each leg begin among those of arcs or of rides."""

    def arrays(self, offers: dict[str, int]) -> dict[str, Any]:
        """All tables of through rates; ``offers`` numbers the offers of haulage."""
        legs, epochs = self.legs, len(self._register.days)
        cost = np.zeros((len(legs), epochs), np.int64)
        ends = []
        begin: list[list[int]] = [[] for _ in self._register.places]
        refs = []
        for g, (rate, position, leg) in enumerate(legs):
            if position == 0:
                begin[self._register.places[leg.from_place_id]].append(g)
                for k, day in enumerate(self._register.days):
                    item = self._terms.through_item(rate, day)
                    cost[g, k] = -1 if item is None else item.cost_cents
            last = [part for other, _, part in legs if other is rate][-1]
            ends.append(self._rest_node(last))
            refs.append(self._register.services[leg.service_id] if leg.service_id else offers.get(leg.haulage_id or "", -1))
        return {
            "through_first": firsts_of(len(found) for found in begin),
            "through_leg": np.array([g for found in begin for g in found], np.int32),
            "through_next": np.array(
                [g + 1 if g + 1 < len(legs) and legs[g + 1][0] is legs[g][0] else -1 for g in range(len(legs))], np.int32
            ),
            "through_is_run": np.array([leg.haulage_id is not None for _, _, leg in legs], np.int8),
            "through_ref": np.array(refs, np.int32),
            "through_from": np.array([self._register.places[leg.from_place_id] for _, _, leg in legs], np.int32),
            "through_to": np.array([self._register.places[leg.to_place_id] for _, _, leg in legs], np.int32),
            "through_covers": np.array([position > 0 and "handling" in rate.includes for rate, position, _ in legs], np.int8),
            "through_row": self.rows,
            "through_cost": cost,
            "through_turns": np.concatenate(
                (np.zeros((len(legs), 1), bool), (cost[:, 1:] >= 0) & ((np.diff(cost) < 0) | (cost[:, :-1] < 0))), axis=1
            ),
            "through_end": np.array(ends, np.int32),
        }

    def _rest_node(self, leg: ThroughLeg) -> int:
        """Node of goods that a leg has brought to its end; the origin's where no such goods can come."""
        place = self._register.places[leg.to_place_id]
        if leg.service_id:
            service = self._dataset.service_by_id[leg.service_id]
            key = service.service_id if self._register.by_carrier else service.mode
        else:
            offer = self._dataset.haulage_by_id[leg.haulage_id or ""]
            key = offer.haulage_id if self._register.by_carrier else offer.mode
        return sum(len(found) for found in self._register.classes_in[:place]) + self._register.classes_in[place].get(key, 0)
