"""The joint problem of a book: candidate ways of each shipment, trains that can be bought, room on departures, volume rebates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One candidate way of one shipment.

    ``cost`` in cents, for all its units, without what a train costs. ``train`` and ``departures``: numbers of those it uses; ``volumes``:
    numbers of the rebates to whose volume it counts. It takes ``teu`` of each.
    """

    shipment: int
    cost: float
    teu: float
    train: int | None = None
    departures: tuple[int, ...] = ()
    volumes: tuple[int, ...] = ()
    uses: tuple[tuple[int, float], ...] = ()
    """Numbers of the quotas and permits that it uses, with how many of each."""
    is_waiting: bool = False
    emission_g: int = 0
    mass_kg: int = 0
    """Of a part load in a unit that can be shared."""
    volume_dm3: int = 0
    holds: Holds | None = None
    """With it the way leads a unit in which other part loads may ride."""
    inside: int | None = None
    """Number of the way in whose unit it rides, which pays for the unit; -1: of one that is not there, so that it cannot be gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """What a unit may hold, the part load that leads it included: its price holds from ``least_kg`` to ``most_kg`` of cargo."""

    least_kg: int
    most_kg: int
    most_dm3: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Train:
    """Whole departures of one offer on one day: any number of them can be bought."""

    name: str
    kind: str
    cost: float
    capacity: float
    min_fill: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Room on one departure, by payer: what each is allotted. A coalition has the sum of its members' allotments.

    ``market_price`` in cents: what each TEU above the allotment costs on the open market besides the freight; None: there is no market.
    """

    name: str
    allotted: tuple[tuple[str, float], ...]
    market_price: float | None = None

    def of(self, payers: Iterable[str]) -> float:
        members = set(payers)
        return sum(teu for payer, teu in self.allotted if payer in members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A rebate of ``amount`` cents a TEU from a volume on: on all of it, or on what lies above."""

    name: str
    from_teu: float
    amount: float
    is_incremental: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Where a way sets ``units`` boxes or vehicles free, or needs them, on a day (number of days since year 1)."""

    way: int
    day: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Yard:
    """Empty boxes or vehicles of one kind in one area: what one shipment sets free another may use.

    Each unit that is used again saves ``saving`` cents (what its return and the fetching of another would cost, which the ways pay) less
    ``per_day`` cents for each day that it waits. ``kind`` is the lever that joins the yards of several payers: ``shared_empties`` or
    ``backhaul_matching``.
    """

    name: str
    kind: str
    saving: float
    per_day: float
    freed: tuple[End, ...]
    needed: tuple[End, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Empty boxes of one type between two yards, at ``cost`` cents a box.

    ``reposition``: what is set free in one yard is there for use in the other ``days`` later. ``one_way_hire``: a way that begins in one
    yard and ends in the other hires its boxes for it instead of fetching and returning them.
    """

    name: str
    kind: str
    from_yard: int
    to_yard: int
    cost: float
    days: int = 0

    @property
    def is_hire(self) -> bool:
        return self.kind == "one_way_hire"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Units that one way sets free in a yard and another uses again, in the same one or in ``to_yard``; ``cents`` are saved.

    ``move``: number of the move that brings them there. Of a one-way hire both ways are the one that is hired for: its boxes are fetched in
    ``to_yard`` and left in ``yard``.
    """

    yard: int
    from_way: int
    to_way: int
    units: int
    days: int
    cents: float
    to_yard: int | None = None
    move: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookProblem:
    """Everything that the joint plan is chosen from.

    ``payers`` names the payer of each shipment. With ``is_room_shared`` a payer may use what others are allotted and leave empty; yards of
    the kinds in ``own_yards`` are each payer's own. ``most_emission_g`` caps the CO2e of all ways together.
    """

    shipments: tuple[str, ...]
    payers: tuple[str, ...]
    ways: tuple[Way, ...]
    trains: tuple[Train, ...] = ()
    rooms: tuple[Room, ...] = ()
    quotas: tuple[Room, ...] = ()
    """Quotas and permits, allotted like room; in units."""
    tiers: tuple[Tier, ...] = ()
    yards: tuple[Yard, ...] = ()
    moves: tuple[Move, ...] = ()
    is_room_shared: bool = True
    own_yards: frozenset[str] = frozenset()
    """Kinds of yards that payers do not share."""
    most_emission_g: float | None = None
    apart: frozenset[tuple[int, int]] = frozenset()
    """Pairs of shipments, the lower number first, that may not share a unit."""

    def owner_of(self, yard: Yard, way: int) -> str:
        """Whose yard it is for a way: everybody's, or the payer's own where payers do not share this kind."""
        return self.payers[self.ways[way].shipment] if yard.kind in self.own_yards else ""

    def only(self, payers: Iterable[str]) -> BookProblem:
        """The problem of some payers alone: their shipments, and their own allotments; the other shipments have no ways."""
        members = set(payers)
        kept = {number for number, payer in enumerate(self.payers) if payer in members}
        rooms, quotas = (
            tuple(replace(room, allotted=tuple(one for one in room.allotted if one[0] in members)) for room in rows)
            for rows in (self.rooms, self.quotas)
        )
        return replace(self.keep([n for n, way in enumerate(self.ways) if way.shipment in kept]), rooms=rooms, quotas=quotas)

    def keep(self, numbers: list[int]) -> BookProblem:
        """The problem with some of its ways only; ends of yards and units that are ridden in are renumbered with them."""
        place = {number: index for index, number in enumerate(numbers)}
        kept = (self.ways[number] for number in numbers)
        ways = tuple(way if way.inside is None else replace(way, inside=place.get(way.inside, -1)) for way in kept)
        return replace(self, ways=ways, yards=keep_yards(self.yards, numbers))

    def without(self, levers: Iterable[str]) -> BookProblem:
        """The problem without some levers: kinds of trains, ``volume_tiers``, ``shared_room``, ``consolidation``,
        ``common_timing``; each payer's yards by themselves without ``shared_empties`` or ``backhaul_matching``.
        """
        names = set(levers)
        kept = self.keep(
            [
                number
                for number, way in enumerate(self.ways)
                if not (way.train is not None and self.trains[way.train].kind in names)
                and not ((way.holds or way.inside is not None) and "consolidation" in names)
                and not (way.is_waiting and "common_timing" in names)
            ]
        )
        ways = kept.ways
        if "volume_tiers" in names:
            ways = tuple(replace(way, volumes=()) for way in ways)
        return replace(
            kept,
            ways=ways,
            tiers=() if "volume_tiers" in names else self.tiers,
            is_room_shared="shared_room" not in names,
            own_yards=self.own_yards | (names & {"shared_empties", "backhaul_matching"}),
        )

    @property
    def levers(self) -> tuple[str, ...]:
        """The levers that this problem knows."""
        joined = {yard for move in self.moves for yard in (move.from_yard, move.to_yard)}
        used = {self.trains[way.train].kind for way in self.ways if way.train is not None}
        found: list[str] = [kind for kind in ("block_train", "part_charter", "extra_call") if kind in used]
        found += ["volume_tiers"] if self.tiers else []
        found += ["shared_room"] if self.rooms or self.quotas else []
        found += [
            kind
            for kind in ("shared_empties", "backhaul_matching")
            if any(one.kind == kind and ((one.freed and one.needed) or number in joined) for number, one in enumerate(self.yards))
        ]
        found += ["consolidation"] if any(way.inside is not None for way in self.ways) else []
        return (*found, *(["common_timing"] if any(way.is_waiting for way in self.ways) else []))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A joint plan: for each shipment the number of its way (None: it has none), how many of each train, and the rebate of each tier."""

    objective: float
    bound: float
    ways: tuple[int | None, ...]
    trains: tuple[int, ...]
    rebates: tuple[float, ...]
    market: tuple[tuple[int, str, float, float], ...] = ()
    """Room bought on the open market: number of the room, the payer where room is not shared (else ""), TEU, cents."""
    turns: tuple[Turn, ...] = ()
    beyond: tuple[tuple[int, str, float, float], ...] = ()
    """What is bought above quotas, like ``market``; in units."""


def keep_yards(yards: Iterable[Yard], numbers: list[int]) -> tuple[Yard, ...]:
    """The yards of a problem of which only the ways with these numbers are left, in this order."""
    place = {number: index for index, number in enumerate(numbers)}

    def keep(ends: tuple[End, ...]) -> tuple[End, ...]:
        return tuple(replace(end, way=place[end.way]) for end in ends if end.way in place)

    return tuple(replace(yard, freed=keep(yard.freed), needed=keep(yard.needed)) for yard in yards)
