"""A tiny corridor and a plan on it, all figures worked out by hand.

    AAORG ~ road TRK, 300 km ~ AABRD ~ border ab, road TRK, 240 km ~ BBPRT ~ SEA1 by DDPRT and the canal ~ CCPRT ~ road LOR, 120 km ~ CCDST

Two 40HC, 30 000 kg, asked on 10 January 2026, ready on 2 February. AA and BB keep UTC+3, DD UTC+4,
CC UTC+5; amounts are USD, XCC 100 a USD.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from landbridge.domain.border import Border, Crossing
from landbridge.domain.dataset import Dataset, DatasetInfo
from landbridge.domain.emission import EmissionFactor
from landbridge.domain.event import Event
from landbridge.domain.goods import Duty, Goods, GoodsMass, PayloadLimit, UnitType
from landbridge.domain.haulage import Haulage, HaulageRate, Link
from landbridge.domain.party import Party, Regime, WatchlistEntry
from landbridge.domain.place import Holiday, Hours, Passage, Place
from landbridge.domain.plan import DocumentNeed, Exposure, Item, Itinerary, Leg, Plan, Stage
from landbridge.domain.query import Query
from landbridge.domain.record import Range
from landbridge.domain.rule import Document, Rule
from landbridge.domain.service import Calendar, Service, ServiceStatus, Stop
from landbridge.domain.source import Source
from landbridge.domain.tariff import ExchangeRate, Surcharge, Tariff, ThroughLeg, ThroughRate
from landbridge.domain.terminal import BoxReturn, DetentionStep, Handling, StorageStep

SRC = "src"
H = 60


def money(typical, low=None, high=None):
    typical = Decimal(str(typical))
    return Range(low=typical if low is None else Decimal(str(low)), typical=typical, high=typical if high is None else Decimal(str(high)))


def minutes(typical):
    return Range(low=typical, typical=typical, high=typical)


def at(text):
    """``02-05T09:00`` of 2026, UTC."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


def place(place_id, zone, kind="city", **more):
    return Place(source_id=SRC, place_id=place_id, name=place_id, kind=kind, country=place_id[:2], lon=0.0, lat=0.0, zone=zone, **more)


def rule(rule_id, effect, scope, **more):
    values = {"title": rule_id, "rule_class": "trade", "regime_id": "UN", "status": "in_force"} | more
    return Rule(source_id=SRC, rule_id=rule_id, effect=effect, scope=scope, **values)


def event(event_id, kind, first, last=None, **more):
    to = None if last is None else date.fromisoformat(last)
    return Event(
        source_id=SRC,
        event_id=event_id,
        title=event_id,
        kind=kind,
        valid_from=date.fromisoformat(first),
        valid_to=to,
        known_from=date(2026, 1, 1),
        **more,
    )


def tariff(tariff_id, ends, amount, **more):
    values = {"currency": "USD"} | more
    return Tariff(source_id=SRC, tariff_id=tariff_id, from_place_id=ends[0], to_place_id=ends[1], amount=amount, **values)


def handling(handling_id, place_id, kind, modes, amount, duration, **more):
    values = {"currency": "USD"} | more
    return Handling(
        source_id=SRC,
        handling_id=handling_id,
        place_id=place_id,
        kind=kind,
        from_mode=modes[0],
        to_mode=modes[1],
        amount=amount,
        duration_min=minutes(duration),
        **values,
    )


def surcharge(surcharge_id, kind, amount, per, **more):
    values = {"currency": "USD"} | more
    return Surcharge(source_id=SRC, surcharge_id=surcharge_id, name=surcharge_id, kind=kind, amount=amount, per=per, **values)


def document(document_id, lead_days, amount, **more):
    values = {"kind": "document", "currency": "USD"} | more
    return Document(source_id=SRC, document_id=document_id, name=document_id, issuer="office", lead_days=lead_days, amount=amount, **values)


def status(status_id, **more):
    values = {"status": "operating", "evidence_on": date(2025, 12, 1)} | more
    return ServiceStatus(source_id=SRC, status_id=status_id, **values)


def listing(entry_id, regime_id, measure, **more):
    values = {"name": "nobody", "listed_on": date(2025, 6, 1)} | more
    return WatchlistEntry(source_id=SRC, entry_id=entry_id, regime_id=regime_id, list_name="L", measure=measure, **values)


SEA = ("BBPRT", "CCPRT")

DATASET = Dataset(
    info=DatasetInfo(name="tiny", as_of=date(2026, 1, 10), gates=("UN",)),
    digest="d1",
    sources=(Source(source_id=SRC, title="t", publisher="p", published_on=date(2025, 1, 1), grade="A"),),
    places=(
        place("AAORG", "Europe/Minsk"),
        place("AABRD", "Europe/Minsk", "border", gateway=True),
        place("BBPRT", "Europe/Moscow", "port", gateway=True),
        place("DDPRT", "Asia/Dubai", "port"),
        place("CCPRT", "Asia/Karachi", "port", gateway=True, working_days=(1, 2, 3, 4, 5, 6)),
        place("CCDST", "Asia/Karachi"),
    ),
    holidays=(Holiday(source_id=SRC, country="CC", on=date(2026, 2, 16), name="feast"),),
    hours=(Hours(source_id=SRC, hours_id="gate-b", place_id="BBPRT", weekdays=(1, 2, 3, 4, 5, 6, 7), opens_min=8 * H, closes_min=20 * H),),
    passages=(Passage(source_id=SRC, passage_id="canal", name="Canal", gateway=True),),
    regimes=(
        Regime(source_id=SRC, regime_id="UN", name="UN"),
        Regime(source_id=SRC, regime_id="UK", name="UK", countries=("GB",)),
        Regime(source_id=SRC, regime_id="EU", name="EU", countries=("EE", "LV")),
    ),
    parties=(
        Party(source_id=SRC, party_id="truckco", name="Truck Company", kind="company", country="AA"),
        Party(source_id=SRC, party_id="line", name="The Line", kind="company", country="DD"),
        Party(source_id=SRC, party_id="ship", name="The Ship", kind="vessel", country="PA"),
        Party(source_id=SRC, party_id="maker", name="Maker", kind="company", country="AA"),
    ),
    watchlist=(
        listing("W-TRUCK", "UK", "freeze", name="TRUCK company"),
        listing("W-GONE", "UN", "freeze", party_id="line", delisted_on=date(2025, 9, 1)),
    ),
    unit_types=(
        UnitType(source_id=SRC, unit_type_id="40HC", iso_6346="45G1", name="40 ft", teu=Decimal(2), tare_kg=3900, max_payload_kg=26000),
    ),
    payload_limits=(
        PayloadLimit(source_id=SRC, limit_id="P-ANY", country="CC", mode="road", max_payload_kg=10000),
        PayloadLimit(source_id=SRC, limit_id="P-40", country="CC", mode="road", unit_type_id="40HC", max_payload_kg=15000),
    ),
    goods=(Goods(source_id=SRC, hs="8701", name="tractors", value_per_t=money(1000)),),
    goods_masses=(GoodsMass(source_id=SRC, hs="87", unit_type_id="40HC", mass_kg=minutes(12000)),),
    duties=(
        Duty(source_id=SRC, duty_id="DU-87", hs="87", destination=("CC",), kind="customs", percent=money(30), base="value"),
        Duty(source_id=SRC, duty_id="DU-8701", hs="8701", destination=("CC",), kind="customs", percent=money(10), base="value"),
        Duty(source_id=SRC, duty_id="DU-TAX", hs="87", destination=("CC",), kind="sales_tax", percent=money(20), base="value_and_duties"),
    ),
    services=(
        Service(
            source_id=SRC, service_id="SEA1", name="Sea", operator_id="line", mode="sea", unit_types=("40HC",), vessel_id="ship", flag="PA"
        ),
    ),
    statuses=(
        status("ST-SEA", service_id="SEA1"),
        status("ST-TRK", haulage_id="TRK"),
        status("ST-LOR", haulage_id="LOR"),
        status("ST-OLD", service_id="SEA1", status="suspended", valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31)),
    ),
    stops=(
        Stop(
            source_id=SRC,
            service_id="SEA1",
            seq=1,
            place_id="BBPRT",
            arrive_min=minutes(0),
            depart_min=0,
            gate_cutoff_min=24 * H,
            document_cutoff_min=12 * H,
            distance_m=0,
        ),
        Stop(
            source_id=SRC,
            service_id="SEA1",
            seq=2,
            place_id="DDPRT",
            arrive_min=minutes(120 * H),
            depart_min=132 * H,
            distance_m=4_000_000,
            passages=("canal",),
        ),
        Stop(
            source_id=SRC, service_id="SEA1", seq=3, place_id="CCPRT", arrive_min=minutes(192 * H), depart_min=192 * H, distance_m=1_500_000
        ),
    ),
    calendars=(Calendar(source_id=SRC, calendar_id="K1", service_id="SEA1", kind="weekdays", weekdays=(6,), departs_min=12 * H),),
    borders=(Border(source_id=SRC, border_id="ab", name="A to B"),),
    crossings=(
        Crossing(
            source_id=SRC,
            crossing_id="X-AB",
            border_id="ab",
            mode="road",
            from_country="AA",
            to_country="BB",
            wait_min=minutes(2 * H),
            fee=money(7),
            currency="USD",
            per="shipment",
        ),
        Crossing(
            source_id=SRC, crossing_id="X-BA", border_id="ab", mode="road", from_country="BB", to_country="AA", wait_min=minutes(9 * H)
        ),
    ),
    links=(
        Link(source_id=SRC, link_id="L1", mode="road", from_place_id="AAORG", to_place_id="AABRD", distance_m=300_000, country="AA"),
        Link(
            source_id=SRC,
            link_id="L2",
            mode="road",
            from_place_id="BBPRT",
            to_place_id="AABRD",
            distance_m=240_000,
            country="BB",
            border_id="ab",
        ),
        Link(source_id=SRC, link_id="L3", mode="road", from_place_id="CCPRT", to_place_id="CCDST", distance_m=120_000, country="CC"),
    ),
    haulage=(
        Haulage(
            source_id=SRC,
            haulage_id="TRK",
            name="Truck",
            operator_id="truckco",
            mode="road",
            registration="AA",
            unit_types=("40HC",),
            fixed=money(50, 45, 60),
            currency="USD",
            drive_min=8 * H,
            rest_min=88 * H,  # so that the one hour beyond the eight makes eleven hours of rest
        ),
        Haulage(source_id=SRC, haulage_id="LOR", name="Lorry", mode="road", unit_types=("40HC",)),
    ),
    haulage_rates=(
        HaulageRate(
            source_id=SRC,
            rate_id="Q-TRK-A",
            haulage_id="TRK",
            country="AA",
            per_km=money(1, "0.9", "1.2"),
            currency="USD",
            speed_m_per_h=60_000,
        ),
        HaulageRate(
            source_id=SRC,
            rate_id="Q-LOR-C",
            haulage_id="LOR",
            country="CC",
            per_km=money(100, 90, 130),
            currency="XCC",
            speed_m_per_h=40_000,
        ),
    ),
    tariffs=(
        tariff("T-LANE", ("AAORG", "AABRD"), money(250, 240, 270), haulage_id="TRK"),
        tariff("T-SEA", SEA, money(1000, 900, 1150), service_id="SEA1", includes=("bunker",)),
        tariff("T-SEA-2025", SEA, money(700), service_id="SEA1", hs="8701", valid_to=date(2025, 12, 31)),
        tariff("T-SEA-LATER", SEA, money(600), service_id="SEA1", hs="8701", known_from=date(2026, 1, 11)),
        tariff("T-SEA-LIGHT", SEA, money(650), service_id="SEA1", hs="8701", mass_to_kg=15000),
        tariff("T-OPER", SEA, money(800), operator_id="line", hs="870110"),
    ),
    surcharges=(
        surcharge("S-WAR", "war_risk", money(100), "unit", passage_id="canal"),
        surcharge("S-BUNKER", "bunker", money(55), "unit", mode="sea"),
        surcharge("S-PEAK", "peak", money(10), "percent", mode="sea", season_from=(11, 1), season_to=(3, 31), currency=None),
        surcharge("S-SUMMER", "peak", money(15), "percent", mode="sea", season_from=(4, 1), season_to=(10, 31), currency=None),
        surcharge("S-TOLL", "toll", money("0.05"), "km", haulage_id="TRK", country="AA"),
        surcharge("S-CALL", "congestion", money(70), "unit", place_id="DDPRT"),
    ),
    through_rates=(
        ThroughRate(
            source_id=SRC,
            through_id="TH1",
            name="Sea and lorry",
            amount=money(1300),
            currency="USD",
            includes=("handling", "box", "war_risk"),
        ),
    ),
    through_legs=(
        ThroughLeg(source_id=SRC, through_id="TH1", seq=1, service_id="SEA1", from_place_id="BBPRT", to_place_id="CCPRT"),
        ThroughLeg(source_id=SRC, through_id="TH1", seq=2, haulage_id="LOR", from_place_id="CCPRT", to_place_id="CCDST"),
    ),
    exchange_rates=(
        ExchangeRate(source_id=SRC, currency="XCC", on=date(2025, 1, 1), rate=Decimal(90)),
        ExchangeRate(source_id=SRC, currency="XCC", on=date(2026, 1, 10), rate=Decimal(100)),
        ExchangeRate(source_id=SRC, currency="XCC", on=date(2026, 1, 11), rate=Decimal(110)),
    ),
    handling=(
        handling("H-STUFF", "AAORG", "stuffing", ("origin", "any"), money(10), 3 * H),
        handling("H-LIFT-B", "BBPRT", "lift", ("road", "sea"), money(40), 2 * H),
        handling("H-LIFT-B-ANY", "BBPRT", "lift", ("any", "sea"), money(33), 3 * H),
        handling("H-LIFT-C", "CCPRT", "lift", ("sea", "road"), money(3000), 3 * H, currency="XCC"),
        handling("H-CLEAR", "CCPRT", "clearance", ("any", "any"), money(100), 4 * H, per="shipment"),
        handling("H-STRIP", "CCDST", "stripping", ("road", "destination"), money(20), 4 * H),
    ),
    storage=(
        StorageStep(
            source_id=SRC, storage_id="Y-2", place_id="CCPRT", from_mode="sea", from_day=2, to_day=5, per_day=money(1000), currency="XCC"
        ),
        StorageStep(source_id=SRC, storage_id="Y-6", place_id="CCPRT", from_mode="sea", from_day=6, per_day=money(4000), currency="XCC"),
        StorageStep(source_id=SRC, storage_id="Y-ANY", place_id="CCPRT", from_day=1, per_day=money(700), currency="XCC"),
    ),
    detention=(
        DetentionStep(
            source_id=SRC, detention_id="N-3", operator_id="line", place_id="CCPRT", from_day=3, per_day=money(25), currency="USD"
        ),
    ),
    returns=(
        BoxReturn(
            source_id=SRC,
            return_id="B-1",
            place_id="CCDST",
            depot_id="CCPRT",
            amount=money(60),
            currency="USD",
            unloading_min=2 * H,
            duration_min=5 * H,
        ),
    ),
    documents=(
        document("CMR", 5, money(30), needs=("PERM",)),
        document("PERM", 7, money(15), kind="permit", per="unit", quota_left=10),
        document("IMPORT", 3, None),
    ),
    rules=(
        rule("R-CMR", "require_document", "leg", enters=("BB",), document_id="CMR"),
        rule("R-IMPORT", "require_document", "transfer", place_ids=("CCPRT",), document_id="IMPORT"),
        rule("R-BORDER", "fee", "crossing", border_ids=("ab",), amount=money(12), currency="USD"),
        rule("R-PORT", "fee", "transfer", place_ids=("BBPRT",), amount=money(8), currency="USD", per="shipment"),
        rule("R-STAMP", "fee", "shipment", destination_countries=("CC",), amount=money(5), currency="USD", per="shipment"),
        rule("R-CANAL", "prohibit", "leg", passage_ids=("canal",), regime_id="EU", nexus="jurisdiction"),
        rule("R-DRAFT", "prohibit", "leg", modes=("sea",), status="proposed"),
        rule("R-WAIVED", "prohibit", "leg", modes=("sea",), unless_rule_ids=("R-TREATY",)),
        rule("R-TREATY", "agreement", "leg"),
        rule("R-OTHER", "fee", "leg", hs=("30",), amount=money(99), currency="USD"),
    ),
    events=(event("E-PRICE", "price_factor", "2026-02-01", "2026-02-28", passage_id="canal", factor=money("1.05", "1.02", "1.10")),),
    emission_factors=(
        EmissionFactor(source_id=SRC, factor_id="G-SEA", basis="teukm", mode="sea", amount_g=money(50), method="m"),
        EmissionFactor(source_id=SRC, factor_id="G-ROAD", basis="tkm", mode="road", amount_g=money(60), method="m"),
        EmissionFactor(source_id=SRC, factor_id="G-MOVE", basis="move", amount_g=money(1500), method="m"),
    ),
)

QUERY = Query(
    origin_id="AAORG",
    destination_id="CCDST",
    unit_type_id="40HC",
    units=2,
    hs="870110",
    mass_kg=30000,
    value=Decimal(20000),
    ready_on=date(2026, 2, 2),
    as_of=date(2026, 1, 10),
)


def stages(start, *parts):
    """``("wait", "02-05T09:00")``: until when."""
    found, begin = [], at(start)
    for kind, end in parts:
        found.append(Stage(kind=kind, place_id="", starts_at=begin, ends_at=at(end)))
        begin = at(end)
    return tuple(found)


def item(kind, row_id, leg, cost, low=None, high=None):
    return Item(
        kind=kind,
        name=row_id,
        cost_cents=cost,
        cost_low_cents=cost if low is None else low,
        cost_high_cents=cost if high is None else high,
        amount=Decimal(0),
        currency="USD",
        rate=Decimal(1),
        quantity=Decimal(1),
        per="unit",
        row_id=row_id,
        row="",
        source_id=SRC,
        grade="A",
        leg=leg,
    )


# Handled at the origin by 00:00Z of the 2nd. The sea gate cut-off is 09:00Z of the 6th, less 2 h of lifting: gate-in 07:00Z, 10:00 local.
# The drive takes 5 h + border 2 h + 3 h + rest 11 h + 1 h = 22 h, so the truck leaves at 09:00Z of the 5th.
RUN_1 = Leg(
    mode="road",
    service_id="TRK",
    operator_id="truckco",
    from_id="AAORG",
    to_id="BBPRT",
    ready_at=at("02-01T21:00"),
    departs_at=at("02-05T09:00"),
    arrives_at=at("02-06T07:00"),
    distance_m=540_000,
    emission_g_co2e=540_000 + 432_000 + 3000,  # 30 t over 300 and 240 km at 60 g; two boxes moved at the origin
    is_scheduled=False,
    is_confirmed=True,
    departure_on=date(2026, 2, 5),
    calls=("AAORG", "AABRD", "BBPRT"),
    borders=("ab",),
    link_ids=("L1", "L2"),
    ordered_on=date(2026, 2, 2),
    stages=stages(
        "02-01T21:00",
        ("handling", "02-02T00:00"),
        ("wait", "02-05T09:00"),
        ("drive", "02-05T14:00"),
        ("border", "02-05T16:00"),
        ("drive", "02-05T19:00"),
        ("rest", "02-06T06:00"),
        ("drive", "02-06T07:00"),
    ),
)

# Saturday 7 February, 12:00 in Moscow time; 8 days to CCPRT.
SAIL = Leg(
    mode="sea",
    service_id="SEA1",
    operator_id="line",
    from_id="BBPRT",
    to_id="CCPRT",
    ready_at=at("02-06T07:00"),
    departs_at=at("02-07T09:00"),
    arrives_at=at("02-15T09:00"),
    distance_m=5_500_000,
    emission_g_co2e=1_100_000 + 3000,  # 4 TEU over 5 500 km at 50 g; two boxes lifted at BBPRT
    is_scheduled=True,
    is_confirmed=True,
    departure_on=date(2026, 2, 7),
    calls=("BBPRT", "DDPRT", "CCPRT"),
    passages=("canal",),
    stages=stages(
        "02-06T07:00",
        ("handling", "02-06T09:00"),
        ("wait", "02-07T09:00"),
        ("sail", "02-12T09:00"),
        ("call", "02-12T21:00"),
        ("sail", "02-15T09:00"),
    ),
)

# Discharged on Sunday; Monday is a feast, so clearance begins at 00:00 of Tuesday, 19:00Z of Monday: 3 h + 4 h. Then 120 km at 40 km/h.
RUN_2 = Leg(
    mode="road",
    service_id="LOR",
    operator_id=None,
    from_id="CCPRT",
    to_id="CCDST",
    ready_at=at("02-15T09:00"),
    departs_at=at("02-17T02:00"),
    arrives_at=at("02-17T05:00"),
    distance_m=120_000,
    emission_g_co2e=216_000 + 3000 + 3000,  # boxes lifted at CCPRT, and moved at the destination for stripping
    is_scheduled=False,
    is_confirmed=True,
    departure_on=date(2026, 2, 17),
    calls=("CCPRT", "CCDST"),
    link_ids=("L3",),
    ordered_on=date(2026, 2, 17),
    stages=stages("02-15T09:00", ("wait", "02-16T19:00"), ("handling", "02-17T02:00"), ("drive", "02-17T05:00")),
)

ITEMS = (
    item("freight", "T-LANE", 0, 50000, 48000, 54000),
    item("freight", "Q-TRK-A", 0, 48000, 43200, 57600),  # 2 x 240 km at 1.00; the border link belongs to the country left
    item("fixed", "TRK", 0, 10000, 9000, 12000),
    item("surcharge", "S-TOLL", 0, 3000),  # 2 x 300 km at 0.05; each link by itself
    item("surcharge", "S-TOLL", 0, 2400),
    item("handling", "H-STUFF", 0, 2000),
    item("document", "CMR", 0, 3000),
    item("document", "PERM", 0, 3000),
    item("fee", "R-BORDER", 0, 2400),
    item("fee", "X-AB", 0, 700),
    item("freight", "T-SEA", 1, 200000, 180000, 230000),
    item("event", "E-PRICE", 1, 10000, 3600, 23000),
    item("surcharge", "S-WAR", 1, 20000),
    item("surcharge", "S-PEAK", 1, 20000, 18000, 23000),
    item("handling", "H-LIFT-B", 1, 8000),
    item("fee", "R-PORT", 1, 800),
    item("freight", "Q-LOR-C", 2, 24000, 21600, 31200),
    item("handling", "H-LIFT-C", 2, 6000),
    item("handling", "H-CLEAR", 2, 10000),
    item("storage", "Y-2", 2, 2000),  # 41 h: two days, the first one free
    item("handling", "H-STRIP", 2, 4000),
    item("box_return", "B-1", 2, 12000),
    item("detention", "N-3", 2, 5000),  # 48 h to the delivery, 7 h to the return: three days, two free
    item("fee", "R-STAMP", None, 500),
)
DUTIES = (item("duty", "DU-8701", None, 200000), item("duty", "DU-TAX", None, 440000))


def need(document_id, leg, rule_id, lead_days, apply_by, kind="document"):
    return DocumentNeed(
        document_id=document_id,
        name=document_id,
        kind=kind,
        issuer="office",
        legs=(leg,),
        rule_ids=(rule_id,),
        lead_days=lead_days,
        apply_by=date.fromisoformat(apply_by),
        source_id=SRC,
    )


def exposure(regime, row_id):
    return Exposure(regime=regime, what="", since=None, rule_id=row_id, text="")


ITINERARY = Itinerary(
    cost_cents=446800,
    cost_low_cents=408200,
    cost_high_cents=515600,
    currency="USD",
    departs_at=at("02-05T09:00"),
    arrives_at=at("02-17T09:00"),
    duration_min=22320,
    emission_g_co2e=975_000 + 1_103_000 + 222_000,
    labels=("cheapest", "fastest", "cleanest", "balanced"),
    legs=(RUN_1, SAIL, RUN_2),
    items=ITEMS,
    documents=(
        need("CMR", 0, "R-CMR", 5, "2026-01-31"),
        need("PERM", 0, "R-CMR", 7, "2026-01-24", "permit"),
        need("IMPORT", 2, "R-IMPORT", 3, "2026-02-14"),
    ),
    exposures=(exposure("UK", "W-TRUCK"), exposure("EU", "R-CANAL")),
    duty_items=DUTIES,
    delivery=stages("02-17T05:00", ("handling", "02-17T09:00")),
)

PLAN = Plan(
    query=QUERY,
    dataset_name="tiny",
    dataset_digest="d1",
    dataset_as_of=date(2026, 1, 10),
    policy_gates=("UN",),
    policy_text="",
    capital_percent=Decimal(12),
    mass_kg=30000,
    mass_grade="A",
    mass_source_id=None,
    itineraries=(ITINERARY,),
    compared=(),
    rejected=(),
    matrix=(),
    findings=(),
    code_version="0",
)


# changes


def total(itinerary):
    """Make the totals the sums of the items, so that an error stands in one place only."""
    items = itinerary.items
    return replace(
        itinerary,
        cost_cents=sum(one.cost_cents for one in items),
        cost_low_cents=sum(one.cost_low_cents for one in items),
        cost_high_cents=sum(one.cost_high_cents for one in items),
    )


def plan_of(itinerary, **query):
    return replace(PLAN, itineraries=(itinerary,), query=replace(QUERY, **query))


def with_itinerary(**changes):
    return plan_of(replace(ITINERARY, **changes))


def with_leg(index, **changes):
    legs = tuple(replace(leg, **changes) if number == index else leg for number, leg in enumerate(ITINERARY.legs))
    return with_itinerary(legs=legs)


def with_items(items):
    return plan_of(total(replace(ITINERARY, items=tuple(items))))


def without_item(row_id, items=ITEMS):
    return with_items(one for one in items if one.row_id != row_id)


def with_item(*added):
    return with_items((*ITEMS, *added))


def change_item(row_id, /, **changes):
    return with_items(replace(one, **changes) if one.row_id == row_id else one for one in ITEMS)


def change_row(table, key, row_id, dataset=DATASET, **changes):
    """Change one row of a table of the dataset."""
    rows = tuple(replace(row, **changes) if getattr(row, key) == row_id else row for row in getattr(dataset, table))
    return replace(dataset, **{table: rows})


def add_rows(table, *rows, dataset=DATASET):
    return replace(dataset, **{table: (*getattr(dataset, table), *rows)})


def drop_row(table, key, row_id, dataset=DATASET):
    return replace(dataset, **{table: tuple(row for row in getattr(dataset, table) if getattr(row, key) != row_id)})
