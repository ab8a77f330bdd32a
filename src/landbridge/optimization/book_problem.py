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
    is_waiting: bool = False


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
    """Room on one departure, by payer: what each is allotted. A coalition has the sum of its members' allotments."""

    name: str
    allotted: tuple[tuple[str, float], ...]

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
class BookProblem:
    """Everything that the joint plan is chosen from.

    ``payers`` names the payer of each shipment. With ``is_room_shared`` a payer may use what others are allotted and leave empty.
    """

    shipments: tuple[str, ...]
    payers: tuple[str, ...]
    ways: tuple[Way, ...]
    trains: tuple[Train, ...] = ()
    rooms: tuple[Room, ...] = ()
    tiers: tuple[Tier, ...] = ()
    is_room_shared: bool = True

    def only(self, payers: Iterable[str]) -> BookProblem:
        """The problem of some payers alone: their shipments, and their own allotments; the other shipments have no ways."""
        members = set(payers)
        kept = {number for number, payer in enumerate(self.payers) if payer in members}
        rooms = tuple(replace(room, allotted=tuple(one for one in room.allotted if one[0] in members)) for room in self.rooms)
        return replace(self, ways=tuple(way for way in self.ways if way.shipment in kept), rooms=rooms)

    def without(self, levers: Iterable[str]) -> BookProblem:
        """The problem without some levers: kinds of trains, ``volume_tiers``, ``shared_room`` or ``common_timing``."""
        names = set(levers)
        ways = tuple(
            way
            for way in self.ways
            if not (way.train is not None and self.trains[way.train].kind in names) and not (way.is_waiting and "common_timing" in names)
        )
        if "volume_tiers" in names:
            ways = tuple(replace(way, volumes=()) for way in ways)
        return replace(
            self,
            ways=ways,
            tiers=() if "volume_tiers" in names else self.tiers,
            is_room_shared="shared_room" not in names,
        )

    @property
    def levers(self) -> tuple[str, ...]:
        """The levers that this problem knows."""
        used = {self.trains[way.train].kind for way in self.ways if way.train is not None}
        found: list[str] = [kind for kind in ("block_train", "part_charter", "extra_call") if kind in used]
        found += ["volume_tiers"] if self.tiers else []
        found += ["shared_room"] if self.rooms else []
        return (*found, *(["common_timing"] if any(way.is_waiting for way in self.ways) else []))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A joint plan: for each shipment the number of its way (None: it has none), how many of each train, and the rebate of each tier."""

    objective: float
    bound: float
    ways: tuple[int | None, ...]
    trains: tuple[int, ...]
    rebates: tuple[float, ...]
