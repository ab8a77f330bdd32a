"""From the terms of one load to the arrays of the kernel."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any

import numpy as np

from landbridge.domain.haulage import Haulage
from landbridge.domain.tariff import ThroughLeg, ThroughRate
from landbridge.graph.planning_graph import DirectedLink
from landbridge.routing.arc_tables import ArcTables, shares_tables
from landbridge.routing.change_tables import ChangeTables
from landbridge.routing.outlook import Outlook
from landbridge.routing.register import Register
from landbridge.routing.ride_tables import Ride, RideTables
from landbridge.routing.scene import Scene
from landbridge.routing.tables import Tables
from landbridge.routing.through_tables import ThroughTables

_MOST_KEPT = 4


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
        self._changes = ChangeTables(self._register)
        self.days: tuple[date, ...] = self._register.days
        self.through_legs: list[tuple[ThroughRate, int, ThroughLeg]] = self._throughs.legs
        self.arcs: list[tuple[DirectedLink, int]] = self._arcs.arcs
        self.offers: list[Haulage] = self._arcs.offers
        self.offer_index: dict[str, int] = self._arcs.offer_index
        parts: dict[str, Any] = self._register.clock() | self._arcs.arrays() | self._rides.arrays()
        parts |= self._throughs.arrays(self.offer_index)
        parts |= self._changes.changes() | self._changes.stays(self._rides.detentions)
        self._numbered = parts | self._register.opening_arrays()
        self._words = _closed(self._register.bit_arrays(self._numbered))
        self._outlook = Outlook(self._numbered | self._words, scene)
        self.tables = self._tables()
        if not self._arcs.are_kept:  # nobody will ask for it again, and it is large
            del self._numbered, self._words, self._outlook, self._changes
            self._arcs.let_go()
            self._rides.let_go()

    def for_load(self, scene: Scene) -> Tabulation:
        """The tables of another load that differs in its ends alone, with what is the same taken from here.

        Events must fit both loads or neither of them, and the rules on transfers of both name carriers, or of neither.
        """
        new = copy(self)
        new._register = self._register.for_load(scene)
        new._arcs, of_arcs = self._arcs.renewed(new._register)
        new._rides, of_rides = self._rides.renewed(new._register)
        new._changes, of_changes, places = self._changes.renewed(new._register)
        new._numbered = self._numbered | of_arcs | of_rides | of_changes
        new._words = _closed(new._register.bit_arrays(new._numbered))
        new._outlook = self._outlook.renewed(new._numbered | new._words, places)
        new.tables = new._tables()
        return new

    @property
    def rides(self) -> list[Ride]:
        return self._rides.rides

    @property
    def slots(self) -> int:
        return self._arcs.slots

    @property
    def lines(self) -> dict[str, int]:
        return self._rides.lines

    def _tables(self) -> Tables:
        """All tables, read only."""
        parts = self._numbered | self._words
        return Tables(**_closed(parts | self._outlook.tables(parts, self._register.scene)))

    def is_of(self, scene: Scene) -> bool:
        """Whether these are the tables of a scene's own load."""
        return self._register.scene is scene

    def serves(self, scene: Scene) -> bool:
        """Whether tables of another load can be taken from here: the network is the same one."""
        return self._register.scene.graph is scene.graph

    def paper_words(self, document_ids: Iterable[str]) -> Any:
        """Words of the papers that cost something."""
        return self._register.paper_words(document_ids)


def tabulate(scene: Scene) -> Tabulation:
    """The tables of the load of a scene; from those of a load that differs in its ends alone, where its memory has such.

    They are the same either way, to the last bit.
    """
    if not shares_tables(scene.graph):
        return Tabulation(scene)
    terms = scene.terms
    what = (scene.first_day, terms.choice.events_by_ends, terms.law.transfers_by_carrier)
    found = terms.memory.recall("tabulations", what, lambda: Tabulation(scene), _MOST_KEPT)
    if found.is_of(scene):
        return found
    return found.for_load(scene) if found.serves(scene) else Tabulation(scene)


def _closed(parts: dict[str, Any]) -> dict[str, Any]:
    """Tables that nobody writes to."""
    for name, table in parts.items():
        parts[name] = table = np.ascontiguousarray(table)
        table.flags.writeable = False
    return parts
