"""The joint problem of a book: candidate ways of each shipment, trains that can be bought, room on departures, volume rebates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

_Needs = tuple[bool, bool, bool, bool]


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
class Stock:
    """Empty boxes that a payer has in a yard from a day on, before any way sets one free. Those that are not used stay, at no cost."""

    name: str
    payer: str
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
    stocks: tuple[Stock, ...] = ()
    """A box of a stock saves half of ``saving``, its fetching, and waits at no price."""


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
    first_day: int | None = None
    """First and last day on which boxes may leave, or are fetched where they are hired; None: any."""
    last_day: int | None = None

    @property
    def is_hire(self) -> bool:
        return self.kind == "one_way_hire"

    def is_open(self, day: int) -> bool:
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)

    def leaves(self, from_yard: Yard, to_yard: Yard, begin: int, end: int) -> int | None:
        """The day on which a box that comes free on one day and is needed on another leaves, so as to wait where that costs less; None
        where it cannot.
        """
        first = begin if self.first_day is None else max(begin, self.first_day)
        last = end - self.days if self.last_day is None else min(end - self.days, self.last_day)
        return None if last < first else first if to_yard.per_day <= from_yard.per_day else last

    def leaves_late(self, begin: int, end: int) -> int | None:
        """The last day on which a box that is there from one day on, and waits at no price, may leave to be there on another; None where
        it cannot.
        """
        first = begin if self.first_day is None else max(begin, self.first_day)
        last = end - self.days if self.last_day is None else min(end - self.days, self.last_day)
        return None if last < first else last


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Units that one way sets free in a yard and another uses again, in the same one or in ``to_yard``; ``cents`` are saved.

    ``move``: number of the move that brings them there. ``stock``: number in the yard of the stock that they come from; then ``from_way``
    is -1. Of a one-way hire both ways are the one that is hired for: its boxes are fetched in ``to_yard`` and left in ``yard``.
    """

    yard: int
    from_way: int
    to_way: int
    units: int
    days: int
    cents: float
    to_yard: int | None = None
    move: int | None = None
    stock: int | None = None


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

    @property
    def joined(self) -> frozenset[int]:
        """Numbers of the yards that moves join, or in which there are boxes at the beginning."""
        stocked = (number for number, yard in enumerate(self.yards) if yard.stocks)
        return frozenset((*(yard for move in self.moves for yard in (move.from_yard, move.to_yard)), *stocked))

    def saving_of(self, move: Move) -> float:
        """Cents that a box of a move saves before it waits: half of what a use again saves at each end, less the move."""
        return (self.yards[move.from_yard].saving + self.yards[move.to_yard].saving) / 2 - move.cost

    @property
    def least_costs(self) -> dict[int, float]:
        """The cost of the cheapest way of each shipment that has one, cents."""
        found: dict[int, float] = {}
        for way in self.ways:
            found[way.shipment] = min(way.cost, found.get(way.shipment, way.cost))
        return found

    def owner_of(self, yard: Yard, way: int) -> str:
        """Whose yard it is for a way: everybody's, or the payer's own where payers do not share this kind."""
        return self.payers[self.ways[way].shipment] if yard.kind in self.own_yards else ""

    def holder_of(self, yard: Yard, stock: Stock) -> str:
        """Whose a stock is: everybody's, or the payer's own where payers do not share this kind of yard."""
        return stock.payer if yard.kind in self.own_yards else ""

    def only(self, payers: Iterable[str]) -> BookProblem:
        """The problem of some payers alone: their shipments, and their own allotments; the other shipments have no ways."""
        members = set(payers)
        kept = {number for number, payer in enumerate(self.payers) if payer in members}
        rooms, quotas = (
            tuple(replace(room, allotted=tuple(one for one in room.allotted if one[0] in members)) for room in rows)
            for rows in (self.rooms, self.quotas)
        )
        smaller = self.keep([n for n, way in enumerate(self.ways) if way.shipment in kept])
        yards = tuple(replace(yard, stocks=tuple(one for one in yard.stocks if one.payer in members)) for yard in smaller.yards)
        return replace(smaller, rooms=rooms, quotas=quotas, yards=yards)

    def keep(self, numbers: list[int]) -> BookProblem:
        """The problem with some of its ways only; ends of yards and units that are ridden in are renumbered with them."""
        place = {number: index for index, number in enumerate(numbers)}
        kept = (self.ways[number] for number in numbers)
        ways = tuple(way if way.inside is None else replace(way, inside=place.get(way.inside, -1)) for way in kept)
        return replace(self, ways=ways, yards=keep_yards(self.yards, numbers))

    def without(self, levers: Iterable[str]) -> BookProblem:
        """The problem without some levers: kinds of trains, ``volume_tiers``, ``shared_room``, ``consolidation``,
        ``common_timing``; each payer's yards by themselves without ``shared_empties`` or ``backhaul_matching``.

        A shipment that would have no way at all keeps those of its own that need least of these levers: first by itself in a unit that
        could be shared, without whole trains, without waiting. So the same shipments are carried with every set of levers.
        """
        names = set(levers)
        kept = self.keep(self._kept_without(names))
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

    def needs_no_lever(self) -> bool:
        """Whether each shipment that has ways has one that needs no lever: then every plan without some levers is one with more of them."""
        names = set(self.levers)
        free = {way.shipment for way in self.ways if not any(self._needs(way, names))}
        return all(way.shipment in free for way in self.ways)

    def _kept_without(self, names: set[str]) -> list[int]:
        """Numbers of the ways that are left without some levers."""
        needs = [self._needs(way, names) for way in self.ways]
        least: dict[int, _Needs] = {}
        for way, need in zip(self.ways, needs, strict=True):
            least[way.shipment] = min(need, least.get(way.shipment, need))
        kept = {number for number, need in enumerate(needs) if need == least[self.ways[number].shipment]}
        led = {self.ways[number].inside for number in kept}
        return [number for number in range(len(self.ways)) if number in kept or number in led]

    def _needs(self, way: Way, names: set[str]) -> _Needs:
        """Which of some levers a way needs, the gravest first: company in its unit, the unit, a train, waiting.

        Who rides in a unit needs what the unit needs.
        """
        is_shared = "consolidation" in names
        has_company = way.inside is not None or (way.holds is not None and way.holds.least_kg > way.mass_kg)
        is_in_unit = way.holds is not None or way.inside is not None
        gone = [way] if way.inside is None or way.inside < 0 else [way, self.ways[way.inside]]
        is_by_train = any(one.train is not None and self.trains[one.train].kind in names for one in gone)
        is_waiting = "common_timing" in names and any(one.is_waiting for one in gone)
        return is_shared and has_company, is_shared and is_in_unit, is_by_train, is_waiting

    @property
    def levers(self) -> tuple[str, ...]:
        """The levers that this problem knows."""
        joined = self.joined
        used = {self.trains[way.train].kind for way in self.ways if way.train is not None}
        found: list[str] = [kind for kind in ("block_train", "part_charter", "extra_call") if kind in used]
        found += ["volume_tiers"] if any(way.volumes for way in self.ways) else []
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
