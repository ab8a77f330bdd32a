"""The joint plan of a book: shipments of many companies planned together, what that saves, and who bears what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from landbridge.domain.finding import Finding
from landbridge.domain.plan import Itinerary
from landbridge.domain.settlement import Settlement, Sharing


@dataclass(frozen=True, slots=True, kw_only=True)
class BookShipment:
    """How one shipment goes, or why it does not.

    ``payer_id`` pays its main carriage by the Incoterm. ``starts_on``: the day from which it was planned, its ready date or a later one to
    travel with others or for want of room. ``capital_cents``: what the capital in the goods costs from the ready date to arrival. With
    ``train_id`` the freight of the leg numbered ``train_leg`` is not paid but part of the train's price: ``replaced_cents`` are the
    itinerary's items that fall away. ``hire_cents``: fetching and returning its boxes where no carrier provides them. ``carbon_cents``: its
    CO2e at the price that was asked for. ``late_days``: local days begun after its due date, at ``late_cents``.
    ``lead_id``: the shipment, perhaps itself, that leads the unit which it shares and pays for it; it is put in and taken out at the rows
    ``stuffing_ids`` of `stuffings` for ``stuffing_cents``, and handed over at ``delivered_at``.
    """

    shipment_id: str
    payer_id: str
    starts_on: date | None = None
    itinerary: Itinerary | None = None
    capital_cents: int = 0
    train_id: str | None = None
    train_leg: int | None = None
    replaced_cents: int = 0
    hire_cents: int = 0
    carbon_cents: int = 0
    late_days: int = 0
    late_cents: int = 0
    lead_id: str | None = None
    stuffing_ids: tuple[str, ...] = ()
    stuffing_cents: int = 0
    delivered_at: datetime | None = None
    reason: str | None = None

    @property
    def cost_cents(self) -> int:
        """What it costs by itself, without its part of a train."""
        if self.itinerary is None:
            return 0
        paid = self.itinerary.cost_cents + self.capital_cents + self.hire_cents + self.carbon_cents + self.late_cents
        return paid + self.stuffing_cents - self.replaced_cents

    @property
    def arrives_at(self) -> datetime | None:
        """When the goods are handed over."""
        return self.delivered_at or (None if self.itinerary is None else self.itinerary.arrives_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookDeparture:
    """A departure with limited room, or whole trains bought: how much of it is used, by whom.

    ``market_teu`` of a scheduled departure lie above what its users are allotted (``allotted_teu``); ``cost_cents`` is their
    price on the open market.
    """

    departure_id: str
    kind: str
    name: str
    leaves_on: date
    from_id: str
    to_id: str
    units: int
    capacity_teu: float
    used_teu: float
    cost_cents: int
    shipment_ids: tuple[str, ...]
    allotted_teu: float | None = None
    market_teu: float = 0.0

    @property
    def fill_percent(self) -> float:
        return 100 * self.used_teu / self.capacity_teu


@dataclass(frozen=True, slots=True, kw_only=True)
class BookQuota:
    """A quota in one period, or a permit, that is used: ``units`` by these shipments, of ``quota_left`` to be had without a price;
    ``cost_cents`` is the price of what lies above.
    """

    quota_id: str
    name: str
    begins_on: date | None
    quota_left: int
    units: int
    cost_cents: int
    shipment_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRebate:
    """A volume rebate that is reached: ``cost_cents`` is negative."""

    tier_id: str
    name: str
    used_teu: float
    cost_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BookUnit:
    """A unit that part loads share, led by the first of ``shipment_ids``: where it is stuffed and emptied, and how full it is."""

    unit_type_id: str
    from_id: str
    to_id: str
    leaves_on: date
    shipment_ids: tuple[str, ...]
    mass_kg: int
    max_payload_kg: int
    volume_m3: Decimal
    max_volume_m3: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BookTurn:
    """Boxes or vehicles that one shipment sets free and another uses again: ``cost_cents`` is negative.

    ``kind``: ``turn`` in one area, ``reposition`` where they are moved empty to the area ``to_reuse_id``, ``one_way_hire`` where a
    shipment's boxes are hired from the area ``to_reuse_id`` and left in ``reuse_id``; the latter two by the row ``move_id`` of
    `empty_moves`. Boxes that were there at the beginning come from the row ``stock_id`` of `empty_stocks` and from no shipment: they are
    used in their area (``turn``) or moved to another (``reposition``).
    """

    reuse_id: str
    name: str
    from_shipment_id: str | None
    to_shipment_id: str
    units: int
    kept_days: int
    cost_cents: int
    kind: str = "turn"
    to_reuse_id: str | None = None
    move_id: str | None = None
    stock_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookEmpties:
    """The balance of hired boxes of one type in one area: how many the shipments need and set free there, and what becomes of them.

    Of the needed, ``turned_units`` were set free by another shipment in the area, ``moved_in_units`` in another area, ``hired_units`` are
    hired one way; the rest is fetched. Of the freed the first are used again in the area, ``moved_out_units`` in another, ``left_units``
    go to who let them one way; the rest is returned. ``stock_units`` were there at the beginning: ``drawn_units`` of them are used in the
    area, ``sent_units`` in another, the rest stays.
    """

    reuse_id: str
    name: str
    unit_type_id: str
    needed_units: int
    freed_units: int
    turned_units: int = 0
    moved_in_units: int = 0
    moved_out_units: int = 0
    hired_units: int = 0
    left_units: int = 0
    stock_units: int = 0
    drawn_units: int = 0
    sent_units: int = 0

    @property
    def fetched_units(self) -> int:
        return self.needed_units - self.turned_units - self.moved_in_units - self.hired_units - self.drawn_units

    @property
    def returned_units(self) -> int:
        return self.freed_units - self.turned_units - self.moved_out_units - self.left_units

    @property
    def staying_units(self) -> int:
        """Those of the stock that nobody uses."""
        return self.stock_units - self.drawn_units - self.sent_units


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """What two payers save if they plan together and nobody else joins them, from plans and bounds; ``why`` in words."""

    payer_id: str
    saving_cents: int
    low_cents: int
    high_cents: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierPoint:
    """The least cost of the joint plan under a cap on its CO2e, and what it emits."""

    cap_g_co2e: int
    emission_g_co2e: int
    cost_cents: int
    bound_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What a plan costs, and what no plan over the same candidates can cost less than."""

    cost_cents: int
    bound_cents: int

    def saved_of(self, alone: Proven) -> tuple[float, float]:
        """The range that the saving of the true optima lies in, fractions: 1 - cost here / bound alone, 1 - bound here / cost alone."""
        low = 1 - self.cost_cents / alone.bound_cents if alone.bound_cents else 0.0
        return low, 1 - self.bound_cents / alone.cost_cents if alone.cost_cents else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AllWays:
    """What all shipments cost together at the least by any ways from any day, looked at or not. ``any_volume_cents``: each copy of them,
    if they came as often as it takes to fill every train and reach every volume.
    """

    together_cents: int
    any_volume_cents: int

    def most_saved_of(self, alone: Proven) -> tuple[float, float]:
        """The most that can be saved whatever ways there are, fractions: 1 - bound / plans alone, of the book and at any volume."""
        if not alone.cost_cents:
            return 0.0, 0.0
        mine, every = (1 - min(one, alone.cost_cents) / alone.cost_cents for one in (self.together_cents, self.any_volume_cents))
        return mine, every


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """What the book would cost if shipments could be divided over ways, taking what a way costs in proportion to its units.

    ``together`` and ``alone`` (None where there was no time for it): cost of such a plan and what none costs less than, before what each
    part pays again for papers and fees of a consignment. ``part_units``: of each shipment that is divided in the joint plan, the units of
    its parts.
    """

    together: Proven
    alone: Proven | None
    part_units: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Saving in percent over draws of the uncertain inputs, both sides re-optimized on the same draws."""

    p10_percent: float
    p50_percent: float
    p90_percent: float
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """What one lever brings to the joint plan, by Shapley value over sets of levers, with the interval from plans and bounds."""

    lever: str
    contribution_cents: int
    low_cents: int
    high_cents: int

    @property
    def is_distinguishable(self) -> bool:
        return not self.low_cents <= 0 <= self.high_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPlan:
    """The joint plan and all that is said about it."""

    dataset_name: str
    dataset_digest: str
    as_of: date
    currency: str
    horizon_from: date | None
    horizon_to: date | None
    together: Proven
    alone: Proven
    alone_by_payer: tuple[tuple[str, Proven], ...]
    as_today: Proven | None
    spread: Spread | None
    shipments: tuple[BookShipment, ...]
    departures: tuple[BookDeparture, ...]
    rebates: tuple[BookRebate, ...]
    turns: tuple[BookTurn, ...] = ()
    empties: tuple[BookEmpties, ...] = ()
    quotas: tuple[BookQuota, ...] = ()
    shared_units: tuple[BookUnit, ...] = ()
    frontier: tuple[FrontierPoint, ...] = ()
    most_emission_g: int | None = None
    co2e_cents_per_t: int = 0
    committed_ids: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    partner_of: str | None = None
    partners: tuple[Partner, ...] = ()
    levers: tuple[Lever, ...] = ()
    sharings: tuple[Sharing, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    findings: tuple[Finding, ...] = ()
    candidate_units: int = 0
    seed: int = 0
    code_version: str = ""
    notes: tuple[str, ...] = field(default=())
    spread_today: Spread | None = None
    """Of the saving against what is used today."""
    all_ways: AllWays | None = None
    """None where it was not asked for, or the time for it was too short."""
    divided: Divided | None = None
    """None where dividing shipments brings nothing, or the time for it was too short."""
    has_unlooked_starts: bool = False
    """Whether there are later starts to travel with others for which no time was left."""
    joint_seconds: float = field(default=0.0, compare=False)
    """From the question to the joint plan."""

    @property
    def saving_cents(self) -> int:
        return self.alone.cost_cents - self.together.cost_cents
