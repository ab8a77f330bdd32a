"""From the terms of one load to the arrays of the kernel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np

from landbridge.domain.haulage import Haulage
from landbridge.domain.tariff import ThroughLeg, ThroughRate
from landbridge.graph.planning_graph import DirectedLink
from landbridge.routing.arc_tables import ArcTables
from landbridge.routing.change_tables import ChangeTables
from landbridge.routing.outlook import outlook_of
from landbridge.routing.register import Register
from landbridge.routing.ride_tables import Ride, RideTables
from landbridge.routing.scene import Scene
from landbridge.routing.tables import Tables
from landbridge.routing.through_tables import ThroughTables


class Tabulation:
    """Works out the tables of one load, and knows what their rows are; see :class:`landbridge.routing.tables.Tables` for what they hold.

    Attributes
    ----------
    days
        First day of each epoch.
    arcs, offers, offer_index
        Links with the number of an offer each; the offers; numbers of offers by id.
    rides
        Scheduled legs.
    through_legs
        Rate, number in it, and leg.
    slots
        How many pairs of place and offer there are.
    lines
        Numbers of shipping lines by id.
    """

    def __init__(self, scene: Scene) -> None:
        self._register = Register(scene)
        self._throughs = ThroughTables(self._register)
        self._arcs = ArcTables(self._register, self._throughs)
        self._rides = RideTables(self._register, self._throughs)
        self.days: tuple[date, ...] = self._register.days
        self.through_legs: list[tuple[ThroughRate, int, ThroughLeg]] = self._throughs.legs
        self.arcs: list[tuple[DirectedLink, int]] = self._arcs.arcs
        self.offers: list[Haulage] = self._arcs.offers
        self.offer_index: dict[str, int] = self._arcs.offer_index

    @property
    def rides(self) -> list[Ride]:
        return self._rides.rides

    @property
    def slots(self) -> int:
        return self._arcs.slots

    @property
    def lines(self) -> dict[str, int]:
        return self._rides.lines

    def compile(self) -> Tables:
        """Work out all tables."""
        register, changes = self._register, ChangeTables(self._register)
        parts: dict[str, Any] = register.clock() | self._arcs.arrays() | self._rides.arrays()
        parts |= self._throughs.arrays(self.offer_index)
        parts |= changes.changes() | changes.stays(self._rides.detentions)
        parts |= register.opening_arrays()
        parts |= register.bit_arrays(parts)
        parts |= outlook_of(parts, register.scene)
        for name, table in parts.items():
            parts[name] = table = np.ascontiguousarray(table)
            table.flags.writeable = False
        return Tables(**parts)

    def paper_words(self, document_ids: Iterable[str]) -> Any:
        """Words of the papers that cost something."""
        return self._register.paper_words(document_ids)
