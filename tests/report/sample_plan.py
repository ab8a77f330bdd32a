"""A small corridor and a plan on it, written by hand: three itineraries, four compared, six rejected.

Figures are made up for these tests; names are those of the real corridor, so that the tables look as they will.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from landbridge.domain.border import Border
from landbridge.domain.dataset import Dataset, DatasetInfo
from landbridge.domain.finding import Finding
from landbridge.domain.goods import Goods, UnitType
from landbridge.domain.haulage import Haulage
from landbridge.domain.identity import (
    BorderId,
    DocumentId,
    HaulageId,
    PartyId,
    PassageId,
    PlaceId,
    RegimeId,
    RuleId,
    ServiceId,
    SourceId,
    UnitTypeId,
)
from landbridge.domain.party import Party, Regime, WatchlistEntry
from landbridge.domain.place import Passage, Place
from landbridge.domain.plan import Compared, DocumentNeed, Exposure, Item, Itinerary, Leg, Plan, RegimeState, Rejected, Stage
from landbridge.domain.query import Query
from landbridge.domain.record import Range
from landbridge.domain.rule import Rule
from landbridge.domain.service import Service, Stop
from landbridge.domain.source import Source

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

SOURCES = tuple(
    Source(
        source_id=SourceId(source_id),
        title=title,
        publisher=publisher,
        published_on=on,
        grade=grade,
        address=f"https://example.org/{source_id}",
    )
    for source_id, title, publisher, on, grade in (
        ("bch-tariff-2026", "Tariff of Belarusian Railways for container transit, 2026", "Belarusian Railways", date(2026, 1, 5), "A"),
        ("kommersant-8138913", "FESCO puts a third ship on the Indian Line West", "Kommersant", date(2025, 10, 20), "B"),
        ("brecorder-40243629", "First direct ship from St Petersburg arrives at Karachi", "Business Recorder", date(2023, 5, 23), "B"),
        ("lb-estimates", "Estimates of this feed, with formula and comparables", "landbridge", date(2026, 9, 1), "D"),
        ("kpt-2026", "Karachi Port Trust, book of tariffs and charges", "Karachi Port Trust", date(2026, 7, 1), "A"),
        ("trans-ru-2025", "Agreement of Belarus and Pakistan on road transport in force", "trans.ru", date(2025, 10, 6), "B"),
        ("forum-quote", "Forwarder's quotation named in an interview", "azon.global", date(2025, 11, 1), "C"),
        ("eu-2022-577", "Regulation (EU) 2022/577", "Official Journal of the European Union", date(2022, 4, 8), "A"),
        ("uk-ofsi-2022", "UK Sanctions List: Russian Railways", "UK Government", date(2022, 3, 24), "A"),
    )
)


def _place(place_id: str, name: str, country: str, zone: str, lon: float, lat: float, kind: str = "city", gateway: bool = False) -> Place:
    return Place(
        source_id=SourceId("lb-estimates"),
        place_id=PlaceId(place_id),
        name=name,
        kind=kind,
        country=country,
        zone=zone,
        lon=lon,
        lat=lat,
        gateway=gateway,
    )


PLACES = (
    _place("BYMSQ", "Minsk", "BY", "Europe/Minsk", 27.56, 53.9),
    _place("RULED", "St Petersburg", "RU", "Europe/Moscow", 30.2, 59.88, "port", True),
    _place("RUNVS", "Novorossiysk", "RU", "Europe/Moscow", 37.8, 44.72, "port", True),
    _place("RUVVO", "Vladivostok", "RU", "Asia/Vladivostok", 131.9, 43.1, "port", True),
    _place("AEJEA", "Jebel Ali", "AE", "Asia/Dubai", 55.03, 25.0, "port"),
    _place("PKKHI", "Karachi", "PK", "Asia/Karachi", 66.98, 24.84, "port"),
    _place("PKLHE", "Lahore", "PK", "Asia/Karachi", 74.35, 31.55),
    _place("IRBND", "Bandar Abbas", "IR", "Asia/Tehran", 56.2, 27.15, "port", True),
    _place("IRZAH", "Zahedan", "IR", "Asia/Tehran", 60.86, 29.5, "rail_terminal", True),
    _place("LTKLJ", "Klaipeda", "LT", "Europe/Vilnius", 21.13, 55.7, "port", True),
    _place("INMUN", "Mundra", "IN", "Asia/Kolkata", 69.7, 22.74, "port", True),
    _place("UZTMZ", "Termez", "UZ", "Asia/Tashkent", 67.28, 37.22, "border", True),
    _place("CNKHG", "Kashgar", "CN", "Asia/Shanghai", 75.99, 39.47, "city", True),
)


def _stops(service_id: str, *calls: tuple[str, int, int]) -> tuple[Stop, ...]:
    return tuple(
        Stop(
            source_id=SourceId("lb-estimates"),
            service_id=ServiceId(service_id),
            seq=seq,
            place_id=PlaceId(place_id),
            arrive_min=Range(low=arrive, typical=arrive, high=arrive),
            depart_min=arrive,
            gate_cutoff_min=cutoff,
            distance_m=0,
        )
        for seq, (place_id, arrive, cutoff) in enumerate(calls)
    )


def make_dataset() -> Dataset:
    source = SourceId("lb-estimates")
    return Dataset(
        info=DatasetInfo(name="belarus-pakistan", title="Belarus - Pakistan", as_of=date(2026, 11, 1), gates=("UN", "US", "EU")),
        digest="3f9a2c41" * 8,
        sources=SOURCES,
        places=PLACES,
        passages=(
            Passage(source_id=source, passage_id=PassageId("HORMUZ"), name="Strait of Hormuz", gateway=True),
            Passage(source_id=source, passage_id=PassageId("SUEZ"), name="Suez Canal"),
        ),
        borders=(
            Border(source_id=source, border_id=BorderId("IRMJV-PKTFT"), name="Mirjaveh - Taftan"),
            Border(source_id=source, border_id=BorderId("AFTOR-PKTOR"), name="Torkham"),
        ),
        regimes=tuple(
            Regime(source_id=source, regime_id=RegimeId(regime), name=name)
            for regime, name in (
                ("UN", "United Nations"),
                ("US", "United States"),
                ("EU", "European Union"),
                ("UK", "United Kingdom"),
                ("CH", "Switzerland"),
            )
        ),
        parties=(
            Party(source_id=source, party_id=PartyId("fesco"), name="FESCO", kind="company", country="RU"),
            Party(source_id=source, party_id=PartyId("neco"), name="Neco Line", kind="company", country="AE"),
            Party(source_id=source, party_id=PartyId("rzd"), name="Russian Railways", kind="company", country="RU"),
        ),
        watchlist=(
            WatchlistEntry(
                source_id=SourceId("uk-ofsi-2022"),
                entry_id="uk-rzd",
                regime_id=RegimeId("UK"),
                list_name="UK Sanctions List",
                name="Russian Railways",
                party_id=PartyId("rzd"),
                measure="freeze",
                listed_on=date(2022, 3, 24),
            ),
        ),
        unit_types=(
            UnitType(
                source_id=source,
                unit_type_id=UnitTypeId("40HC"),
                iso_6346="45G1",
                name="40 ft high cube",
                teu=Decimal(2),
                tare_kg=3900,
                max_payload_kg=26500,
            ),
        ),
        goods=(Goods(source_id=source, hs="8701", name="Tractors"), Goods(source_id=source, hs="87", name="Vehicles")),
        services=tuple(
            Service(
                source_id=SourceId("brecorder-40243629"),
                service_id=ServiceId(service_id),
                name=name,
                operator_id=PartyId(operator),
                mode=mode,
                unit_types=(UnitTypeId("40HC"),),
            )
            for service_id, name, operator, mode in (
                ("rzd-msq-nvs", "Minsk - Novorossiysk container train", "rzd", "rail"),
                ("rzd-msq-led", "Minsk - St Petersburg container train", "rzd", "rail"),
                ("fesco-filw", "FESCO Indian Line West", "fesco", "sea"),
                ("gulf-feeder", "Jebel Ali - Karachi feeder PS2", "neco", "sea"),
                ("neco-led-khi", "Neco Line St Petersburg - Karachi", "neco", "sea"),
                ("pr-premium", "Karachi - Lahore Premium Container Train", "pr", "rail"),
            )
        ),
        stops=(
            *_stops("fesco-filw", ("RUNVS", 0, 48 * 60), ("AEJEA", 14 * 1440, 0)),
            *_stops("neco-led-khi", ("RULED", 0, 24 * 60), ("PKKHI", 21 * 1440, 0)),
        ),
        haulage=(
            Haulage(
                source_id=SourceId("trans-ru-2025"),
                haulage_id=HaulageId("tir-by"),
                name="Belarusian TIR hauliers",
                mode="road",
                unit_types=(UnitTypeId("40HC"),),
            ),
            Haulage(
                source_id=source,
                haulage_id=HaulageId("pk-trucks"),
                name="Pakistani container trucks",
                mode="road",
                unit_types=(UnitTypeId("40HC"),),
            ),
        ),
        rules=(
            Rule(
                source_id=SourceId("eu-2022-577"),
                rule_id=RuleId("eu-by-vehicles"),
                title="EU ban on road vehicles registered in Belarus",
                effect="prohibit",
                rule_class="sanction",
                regime_id=RegimeId("EU"),
                status="in_force",
                scope="leg",
                document_id=DocumentId("none"),
                valid_from=date(2022, 4, 8),
            ),
        ),
    )


def at(day: str, clock: str = "00:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}:00+00:00").astimezone(UTC)


def make_stages(place_id: str, ready: datetime, *parts: tuple[str, float]) -> tuple[Stage, ...]:
    """Stages one after the other from a time, each of so many hours."""
    stages, start = [], ready
    for kind, hours in parts:
        end = start + timedelta(minutes=round(hours * 60))
        stages.append(Stage(kind=kind, place_id=place_id, starts_at=start, ends_at=end))
        start = end
    return tuple(stages)


def make_leg(
    mode: str,
    service_id: str,
    ends: tuple[str, str],
    stages: tuple[Stage, ...],
    km: int,
    kg: int,
    operator_id: str | None = None,
    **more: object,
) -> Leg:
    moving = ("sail", "ride", "drive")
    departs = next(stage.starts_at for stage in stages if stage.kind in moving)
    leg = Leg(
        mode=mode,
        service_id=service_id,
        operator_id=operator_id,
        from_id=ends[0],
        to_id=ends[1],
        ready_at=stages[0].starts_at,
        departs_at=departs,
        arrives_at=stages[-1].ends_at,
        distance_m=km * 1000,
        emission_g_co2e=kg * 1000,
        is_scheduled=mode != "road",
        is_confirmed=True,
        departure_on=departs.date(),
        calls=ends,
        stages=stages,
    )
    return replace(leg, **more)  # type: ignore[arg-type]


def make_item(
    kind: str, name: str, usd: float, grade: str, source_id: str, leg: int | None, spread: tuple[float, float] = (1, 1), **more: object
) -> Item:
    cents = round(usd * 100)
    item = Item(
        kind=kind,
        name=name,
        cost_cents=cents,
        cost_low_cents=round(cents * spread[0]),
        cost_high_cents=round(cents * spread[1]),
        amount=Decimal(cents) / 200,
        currency="USD",
        rate=Decimal(1),
        quantity=Decimal(2),
        per="unit",
        row_id=f"row-{kind}-{name}"[:24],
        row="belarus-pakistan/tariffs.csv:12",
        source_id=source_id,
        grade=grade,
        leg=leg,
    )
    return replace(item, **more)  # type: ignore[arg-type]


def make_itinerary(
    legs: tuple[Leg, ...], items: tuple[Item, ...], labels: tuple[str, ...], handling_hours: float = 6, **more: object
) -> Itinerary:
    came = legs[-1].arrives_at
    delivery = make_stages(legs[-1].to_id, came, ("handling", handling_hours))
    itinerary = Itinerary(
        cost_cents=sum(item.cost_cents for item in items),
        cost_low_cents=sum(item.cost_low_cents for item in items),
        cost_high_cents=sum(item.cost_high_cents for item in items),
        currency="USD",
        departs_at=legs[0].ready_at,
        arrives_at=delivery[-1].ends_at,
        duration_min=int((delivery[-1].ends_at - legs[0].ready_at) / timedelta(minutes=1)),
        emission_g_co2e=sum(leg.emission_g_co2e for leg in legs),
        labels=labels,
        legs=legs,
        items=items,
        delivery=delivery,
        is_confirmed=all(leg.is_confirmed for leg in legs),
    )
    return replace(itinerary, **more)  # type: ignore[arg-type]


READY = at("2026-11-30", "21:00")  # 1 Dec 00:00 in Minsk
CMR = DocumentNeed(
    document_id="cmr",
    name="CMR consignment note",
    kind="document",
    issuer="consignor",
    legs=(0,),
    rule_ids=("cmr-1956",),
    lead_days=0,
    apply_by=date(2026, 12, 1),
    source_id="trans-ru-2025",
)
TIR = DocumentNeed(
    document_id="tir-carnet",
    name="TIR carnet",
    kind="permit",
    issuer="BAMAP",
    legs=(0,),
    rule_ids=("tir-1975",),
    lead_days=5,
    apply_by=date(2026, 11, 26),
    source_id="trans-ru-2025",
)
UK_RZD = Exposure(
    regime="UK", what="rzd", since=date(2022, 3, 24), rule_id="uk-rzd", text="Russian Railways: UK Sanctions List, asset freeze"
)


def by_novorossiysk() -> Itinerary:
    train = make_leg(
        "rail",
        "rzd-msq-nvs",
        ("BYMSQ", "RUNVS"),
        make_stages("BYMSQ", READY, ("handling", 5), ("wait", 61), ("ride", 118)),
        1990,
        980,
        "rzd",
        borders=("BY-RU",),
        path=((27.56, 53.9), (36.2, 49.9), (37.8, 44.72)),
    )
    line = make_leg(
        "sea",
        "fesco-filw",
        ("RUNVS", "AEJEA"),
        make_stages("RUNVS", train.arrives_at, ("handling", 10), ("wait", 152), ("sail", 14 * 24 + 7)),
        8650,
        2140,
        "fesco",
        passages=("SUEZ",),
        path=((37.8, 44.72), (29.0, 41.0), (32.5, 29.9), (43.4, 12.5), (55.03, 25.0)),
        calls=("RUNVS", "AEJEA"),
    )
    feeder = make_leg(
        "sea",
        "gulf-feeder",
        ("AEJEA", "PKKHI"),
        make_stages("AEJEA", line.arrives_at, ("handling", 12), ("wait", 96), ("sail", 50)),
        1330,
        410,
        "neco",
        passages=("HORMUZ",),
        path=((55.03, 25.0), (56.5, 26.4), (66.98, 24.84)),
        evidence_on=date(2026, 8, 1),
    )
    inland = make_leg(
        "rail",
        "pr-premium",
        ("PKKHI", "PKLHE"),
        make_stages("PKKHI", feeder.arrives_at, ("handling", 30), ("wait", 70), ("ride", 32)),
        1220,
        620,
        "pr",
        path=((66.98, 24.84), (74.35, 31.55)),
    )
    items = (
        make_item(
            "freight",
            "Minsk - Novorossiysk container train",
            2480,
            "A",
            "bch-tariff-2026",
            0,
            (0.95, 1.1),
            currency="BYN",
            rate=Decimal("3.27"),
            amount=Decimal("4054.8"),
        ),
        make_item("handling", "Novorossiysk: transship", 460, "D", "lb-estimates", 1, (0.7, 1.5)),
        make_item("freight", "FESCO Indian Line West", 3900, "B", "kommersant-8138913", 1, (0.8, 1.35)),
        make_item("surcharge", "War risk, Red Sea", 600, "D", "lb-estimates", 1, (0.5, 2)),
        make_item(
            "storage",
            "RUNVS: storage, day 6 on",
            84,
            "D",
            "lb-estimates",
            1,
            (0.8, 1.2),
            quantity=Decimal(4),
            per="unit and day",
            amount=Decimal(21),
        ),
        make_item("freight", "Jebel Ali - Karachi feeder PS2", 700, "C", "forum-quote", 2, (0.7, 1.4)),
        make_item("handling", "Karachi: lift", 318.5, "A", "kpt-2026", 3),
        make_item(
            "freight",
            "Karachi - Lahore Premium Container Train",
            1150.25,
            "B",
            "brecorder-40243629",
            3,
            (0.9, 1.15),
            currency="PKR",
            rate=Decimal("278.5"),
            amount=Decimal("160171.7"),
        ),
        make_item("document", "Certificate of origin", 45, "A", "kpt-2026", None),
    )
    return make_itinerary((train, line, feeder, inland), items, ("cheapest", "cleanest"), documents=(CMR,), exposures=(UK_RZD,))


def by_st_petersburg() -> Itinerary:
    train = make_leg(
        "rail",
        "rzd-msq-led",
        ("BYMSQ", "RULED"),
        make_stages("BYMSQ", READY, ("handling", 5), ("wait", 43), ("ride", 52)),
        870,
        430,
        "rzd",
        path=((27.56, 53.9), (30.2, 59.88)),
    )
    line = make_leg(
        "sea",
        "neco-led-khi",
        ("RULED", "PKKHI"),
        make_stages("RULED", train.arrives_at, ("handling", 10), ("wait", 50), ("sail", 21 * 24)),
        12400,
        4890,
        "neco",
        passages=("SUEZ",),
        evidence_on=date(2026, 6, 1),
    )
    truck = make_leg(
        "road",
        "pk-trucks",
        ("PKKHI", "PKLHE"),
        make_stages("PKKHI", line.arrives_at, ("handling", 30), ("notice", 4), ("drive", 10), ("rest", 8), ("drive", 11)),
        1210,
        1480,
        None,
        ordered_on=date(2026, 12, 29),
    )
    items = (
        make_item("freight", "Minsk - St Petersburg container train", 1310, "A", "bch-tariff-2026", 0, (0.95, 1.1)),
        make_item("freight", "Neco Line St Petersburg - Karachi", 6700, "D", "lb-estimates", 1, (0.65, 1.5)),
        make_item("handling", "Karachi: lift", 318.5, "A", "kpt-2026", 2),
        make_item("freight", "Pakistani container trucks", 2380, "C", "forum-quote", 2, (0.85, 1.2)),
        make_item("document", "Certificate of origin", 45, "A", "kpt-2026", None),
    )
    return make_itinerary((train, line, truck), items, ("balanced",), documents=(CMR,), exposures=(UK_RZD,))


def by_road() -> Itinerary:
    day: tuple[tuple[str, float], ...] = (("drive", 9), ("rest", 15))
    run = make_leg(
        "road",
        "tir-by",
        ("BYMSQ", "PKLHE"),
        (
            *make_stages("BYMSQ", READY, ("notice", 72), *day * 5, ("border", 20), *day * 4),
            *make_stages("IRZAH", READY + 72 * HOUR + 9 * DAY + 20 * HOUR, ("border", 44), *day * 3, ("drive", 5)),
        ),
        7080,
        11930,
        None,
        borders=("BY-RU", "IRMJV-PKTFT"),
        calls=("BYMSQ", "IRZAH", "PKLHE"),
        ordered_on=date(2026, 12, 1),
        path=((27.56, 53.9), (49.8, 40.4), (60.86, 29.5), (74.35, 31.55)),
    )
    items = (
        make_item(
            "freight",
            "Belarusian TIR hauliers",
            14800,
            "D",
            "lb-estimates",
            0,
            (0.75, 1.3),
            per="km",
            quantity=Decimal("14160"),
            amount=Decimal("1.045"),
        ),
        make_item(
            "fee",
            "Mirjaveh - Taftan: fees",
            240,
            "C",
            "forum-quote",
            0,
            (0.8, 1.5),
            per="shipment",
            quantity=Decimal(1),
            amount=Decimal(240),
        ),
        make_item("document", "TIR carnet", 150, "B", "trans-ru-2025", 0),
    )
    exposure = Exposure(
        regime="EU",
        what="tir-by",
        since=date(2022, 4, 8),
        rule_id="eu-by-vehicles",
        text="EU ban on road vehicles registered in Belarus: no EU territory on this way",
    )
    return make_itinerary((run,), items, ("fastest",), documents=(CMR, TIR), exposures=(exposure,))


def compared_by(place_id: str, usd: float, days: int, kg: int, *, is_confirmed: bool = True) -> Itinerary:
    train = make_leg(
        "rail",
        "rzd-msq-led",
        ("BYMSQ", place_id),
        make_stages("BYMSQ", READY, ("handling", 5), ("wait", 43), ("ride", 52)),
        870,
        430,
        "rzd",
    )
    line = make_leg(
        "sea",
        "fesco-filw",
        (place_id, "PKLHE"),
        make_stages(place_id, train.arrives_at, ("handling", 5), ("wait", 80), ("sail", days * 24 - 191)),
        9000,
        kg - 430,
        "fesco",
        is_confirmed=is_confirmed,
        status="operating" if is_confirmed else "unconfirmed",
    )
    return make_itinerary((train, line), (make_item("freight", f"by {place_id}", usd, "D", "lb-estimates", 1, (0.8, 1.3)),), ())


def make_plan() -> Plan:
    return Plan(
        query=Query(
            origin_id=PlaceId("BYMSQ"),
            destination_id=PlaceId("PKLHE"),
            unit_type_id=UnitTypeId("40HC"),
            units=2,
            hs="8701",
            ready_on=date(2026, 12, 1),
            as_of=date(2026, 11, 1),
            value=Decimal("120000"),
        ),
        dataset_name="belarus-pakistan",
        dataset_digest="3f9a2c41" * 8,
        dataset_as_of=date(2026, 11, 1),
        policy_gates=("UN", "US", "EU"),
        policy_text="designations of UN, US and EU block; those of UK and CH are shown",
        capital_percent=Decimal("12"),
        mass_kg=36000,
        mass_grade="D",
        mass_source_id="lb-estimates",
        itineraries=(by_novorossiysk(), by_st_petersburg(), by_road()),
        compared=(
            Compared(
                gateway="RUVVO",
                itinerary=compared_by("RUVVO", 12840, 68, 7900),
                dominated_by=0,
                reason="dearer, later and dirtier than plan 1",
            ),
            Compared(
                gateway="IRBND",
                itinerary=compared_by("IRBND", 11400, 44, 6120, is_confirmed=False),
                dominated_by=None,
                reason="unconfirmed: Astrakhan - Anzali, no sailing seen since 12 Mar 2026",
            ),
            Compared(
                gateway="IRZAH",
                itinerary=compared_by("IRZAH", 10950, 39, 5010, is_confirmed=False),
                dominated_by=1,
                reason="unconfirmed: pilot train Lahore - Moscow, announced for 22 Jun 2025 and put off",
            ),
            Compared(
                gateway="CNKHG", itinerary=compared_by("CNKHG", 18420, 41, 9980), dominated_by=2, reason="dearer and later than plan 3"
            ),
        ),
        rejected=(
            Rejected(
                what="eu-trucks",
                reason="EU ban on road vehicles registered in Belarus",
                since=date(2022, 4, 8),
                rule_id="eu-by-vehicles",
                regime="EU",
                gateway="LTKLJ",
            ),
            Rejected(
                what="INMUN",
                reason="India: no goods of Pakistani origin or destination may be transshipped",
                since=date(2025, 5, 2),
                rule_id="in-transship",
                regime="IN",
                gateway="INMUN",
            ),
            Rejected(
                what="AFTOR-PKTOR",
                reason="Crossings between Pakistan and Afghanistan closed",
                since=date(2025, 10, 12),
                event_id="af-closure",
                gateway="UZTMZ",
            ),
            Rejected(
                what="AFTOR-PKTOR",
                reason="Crossings between Pakistan and Afghanistan closed",
                since=date(2025, 10, 12),
                event_id="af-closure",
                gateway="AFTOR-PKTOR",
            ),
            Rejected(
                what="permit-quota",
                reason="0 left of ECMT permit, 2 needed",
                since=date(2026, 1, 1),
                until=date(2026, 12, 31),
                permit_id="ecmt",
                regime="EU",
                gateway="LTKLJ",
            ),
            Rejected(
                what="msc-baltic",
                reason="MSC Baltic feeder: ended (left Russian ports)",
                since=date(2022, 3, 1),
                status="ended",
                gateway="RULED",
            ),
        ),
        matrix=tuple(
            RegimeState(gateway=gateway, regime=regime, state=state, since=since, rule_id="r" if since else None)
            for gateway, cells in {
                "RUNVS": (
                    ("UN", "free", None),
                    ("US", "free", None),
                    ("EU", "exposed", date(2025, 2, 25)),
                    ("UK", "blocked", date(2022, 3, 24)),
                    ("CH", "free", None),
                ),
                "RULED": (
                    ("UN", "free", None),
                    ("US", "free", None),
                    ("EU", "exposed", date(2025, 2, 25)),
                    ("UK", "blocked", date(2022, 3, 24)),
                    ("CH", "free", None),
                ),
                "IRMJV-PKTFT": (
                    ("UN", "free", None),
                    ("US", "free", None),
                    ("EU", "exposed", date(2022, 4, 8)),
                    ("UK", "free", None),
                    ("CH", "free", None),
                ),
                "LTKLJ": (
                    ("UN", "free", None),
                    ("US", "free", None),
                    ("EU", "blocked", date(2022, 4, 8)),
                    ("UK", "free", None),
                    ("CH", "free", None),
                ),
                "CNKHG": (("UN", "free", None), ("US", "free", None), ("EU", "free", None), ("UK", "free", None), ("CH", "free", None)),
            }.items()
            for regime, state, since in cells
        ),
        findings=(
            Finding(
                code="MASS-TYPICAL",
                severity="info",
                message="no mass told: 18,000 kg a unit is typical of HS 8701",
                fix="tell it with --mass",
            ),
        ),
        code_version="0.1.0",
    )


def make_old_plan() -> Plan:
    """The same shipment, asked on 25 Nov 2024."""
    plan = make_plan()
    shift = timedelta(days=-730)
    old = compared_by("LTKLJ", 9120, 52, 5230)
    moved = replace(
        old, departs_at=old.departs_at + shift, arrives_at=old.arrives_at + shift, labels=("cheapest", "fastest", "cleanest", "balanced")
    )
    return replace(
        plan,
        query=replace(plan.query, ready_on=date(2024, 12, 1), as_of=date(2024, 11, 25)),
        itineraries=(moved,),
        compared=(plan.compared[0],),
        rejected=plan.rejected[:2],
    )
