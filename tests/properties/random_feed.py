"""Small random feeds that contain every feature of the search."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from landbridge.domain.border import Border, Crossing
from landbridge.domain.dataset import Dataset
from landbridge.domain.event import Event
from landbridge.domain.haulage import Haulage, HaulageRate
from landbridge.domain.party import Party
from landbridge.domain.place import Holiday, Hours
from landbridge.domain.query import Query
from landbridge.domain.rule import Document, Rule
from landbridge.domain.service import Calendar, Service
from landbridge.domain.tariff import Surcharge, Tariff, ThroughLeg, ThroughRate
from landbridge.domain.terminal import BoxReturn, DetentionStep, StorageStep
from tests.corridor import AS_OF, READY, S, handling, link, minutes, place, question, status, stop, tiny_corridor, usd

MODES = ("road", "rail", "sea")


def random_dataset(seed: int) -> Dataset:
    """A random feed; every row was known long ago, as the reader would have it from an old source."""
    dataset = _random_dataset(seed)
    tables = ("haulage_rates", "tariffs", "events", "rules", "handling", "storage", "through_rates")
    known = {name: tuple(replace(row, known_from=date(2020, 1, 1)) for row in getattr(dataset, name)) for name in tables}
    clock = random.Random(seed + 77)
    places = tuple(
        replace(row, zone=clock.choice(("UTC", "UTC", "Asia/Karachi", "Europe/Moscow", "America/New_York"))) for row in dataset.places
    )
    return replace(dataset, places=places, **known)


def _random_dataset(seed: int) -> Dataset:
    """A feed of 4 to 5 places with random links, services, prices, storage, rules, events and through rates."""
    rng = random.Random(seed)
    base = tiny_corridor()
    names = ["AA", "P1", "P2", "BB"] + (["P3"] if rng.random() < 0.5 else [])
    country = {name: rng.choice(("AA", "BB")) for name in names} | {"AA": "AA", "BB": "BB"}
    places = tuple(
        place(
            name,
            country=country[name],
            lon=index,
            lat=index,
            gateway=name.startswith("P"),
            working_days=rng.choice(((1, 2, 3, 4, 5, 6, 7), (1, 2, 3, 4, 5))),
        )
        for index, name in enumerate(names)
    )
    links, borders, crossings = [], [], []
    for index in range(rng.randint(2, 4)):
        a, b = rng.sample(names, 2)
        border = None
        if country[a] != country[b]:
            border = f"b{index}"
            borders.append(Border(border_id=border, name=border, **S))
            for one, other in ((country[a], country[b]), (country[b], country[a])):
                crossings.append(
                    Crossing(
                        crossing_id=f"c{index}{one}",
                        border_id=border,
                        mode="road",
                        from_country=one,
                        to_country=other,
                        wait_min=minutes(rng.choice((0, 90, 700))),
                        fee=rng.choice((None, usd(rng.randint(1, 40)))),
                        currency="USD",
                        **S,
                    )
                )
        links.append(link(f"l{index}", a, b, rng.randint(50, 900), country[a], border_id=border))
    haulage = tuple(
        Haulage(
            haulage_id=name,
            name=name,
            mode="road",
            unit_types=("40HC",),
            registration=rng.choice(("AA", "BB", None)),
            fixed=rng.choice((None, usd(rng.randint(5, 90)))),
            currency="USD",
            lead_min=rng.choice((0, 0, 60 * 24 * 9)),
            drive_min=rng.choice((None, 540)),
            rest_min=660,
            **S,
        )
        for name in ("h1", "h2")[: rng.randint(1, 2)]
    )
    rates = []
    for offer in haulage:
        for code in ("AA", "BB"):
            rates.append(
                HaulageRate(
                    rate_id=f"{offer.haulage_id}{code}",
                    haulage_id=offer.haulage_id,
                    country=code,
                    per_km=usd(Decimal(rng.randint(20, 200)) / 100),
                    currency=rng.choice(("USD", "EUR")),
                    speed_m_per_h=rng.choice((40_000, 60_000)),
                    **S,
                )
            )
        if rng.random() < 0.3:
            day = READY + timedelta(days=rng.randint(1, 20))
            rates[-1] = replace(rates[-1], valid_to=day)
            rates.append(
                replace(
                    rates[-1],
                    rate_id=f"{offer.haulage_id}late",
                    valid_from=day + timedelta(days=1),
                    valid_to=None,
                    per_km=usd(rng.randint(1, 3)),
                )
            )
    services, stops, calendars, tariffs, statuses = [], [], [], [], []
    for index in range(rng.randint(1, 3)):
        name = f"s{index}"
        mode = rng.choice(("sea", "rail"))
        calls = rng.sample(names, rng.randint(2, 3))
        services.append(
            Service(service_id=name, name=name, operator_id=rng.choice(("line", "other")), mode=mode, unit_types=("40HC",), **S)
        )
        statuses.append(status(name, rng.choice(("operating", "operating", "operating", "unconfirmed")), status_id=f"st{name}"))
        clock = 0
        for seq, call in enumerate(calls, 1):
            arrive = clock + (rng.randint(1, 9) * 1440 if seq > 1 else 0)
            clock = arrive + rng.choice((0, 600))
            stops.append(
                stop(
                    name,
                    seq,
                    call,
                    arrive,
                    clock if seq > 1 else arrive,
                    rng.randint(100, 2000) if seq > 1 else 0,
                    gate_cutoff_min=rng.choice((0, 600)),
                )
            )
            clock = max(clock, arrive)
        calendars.append(
            rng.choice(
                (
                    Calendar(calendar_id=name, service_id=name, kind="weekdays", weekdays=(rng.randint(1, 7),), departs_min=480, **S),
                    Calendar(
                        calendar_id=name,
                        service_id=name,
                        kind="interval",
                        every_days=rng.randint(3, 15),
                        anchor_on=date(2026, 11, 1),
                        departs_min=600,
                        **S,
                    ),
                    Calendar(calendar_id=name, service_id=name, kind="month_days", month_days=(1, 11, 21), departs_min=0, **S),
                )
            )
        )
        for i, a in enumerate(calls):
            for b in calls[i + 1 :]:
                tariff = Tariff(
                    tariff_id=f"{name}{a}{b}",
                    service_id=name,
                    from_place_id=a,
                    to_place_id=b,
                    amount=usd(rng.randint(50, 900)),
                    currency="USD",
                    includes=rng.choice(((), (), ("handling_origin",), ("handling_destination",), ("box",))),
                    **S,
                )
                tariffs.append(tariff)
                if rng.random() < 0.3:
                    day = READY + timedelta(days=rng.randint(3, 25))
                    tariffs[-1] = replace(tariff, valid_to=day)
                    tariffs.append(
                        replace(
                            tariff,
                            tariff_id=tariff.tariff_id + "late",
                            valid_from=day + timedelta(days=1),
                            amount=usd(rng.randint(20, 900)),
                        )
                    )
    if rng.random() < 0.3 and links:
        lane = rng.choice(links)
        tariffs.append(
            Tariff(
                tariff_id="lane",
                haulage_id=haulage[0].haulage_id,
                from_place_id=lane.from_place_id,
                to_place_id=lane.to_place_id,
                amount=usd(rng.randint(20, 300)),
                currency="USD",
                **S,
            )
        )
    rows = []
    for name in names:
        for a in MODES:
            for b in MODES:
                if rng.random() < 0.8:
                    rows.append(handling(f"{name}{a}{b}", name, a, b, price=rng.randint(0, 90), hours=rng.choice((0, 6, 30))))
        if rng.random() < 0.2:
            rows.append(handling(f"{name}clear", name, "any", "any", price=10, hours=12, kind="clearance"))
    if rng.random() < 0.3:
        rows.append(handling("strip", "BB", "any", "destination", price=20, hours=5, kind="stripping"))
    storage = []
    for name in names[1:3]:
        if rng.random() < 0.7:
            free = rng.randint(1, 4)
            storage.append(
                StorageStep(
                    storage_id=f"{name}1",
                    place_id=name,
                    from_day=free,
                    to_day=free + 2,
                    per_day=usd(rng.randint(5, 60)),
                    currency="USD",
                    **S,
                )
            )
            storage.append(
                StorageStep(storage_id=f"{name}2", place_id=name, from_day=free + 3, per_day=usd(rng.randint(60, 200)), currency="USD", **S)
            )
    detention = tuple(
        DetentionStep(
            detention_id=f"d{name}",
            operator_id="line",
            place_id=name,
            from_day=rng.randint(2, 6),
            per_day=usd(rng.randint(10, 90)),
            currency="USD",
            **S,
        )
        for name in names[1:]
        if rng.random() < 0.5
    )
    returns = (
        BoxReturn(
            return_id="r",
            operator_id="line",
            place_id="BB",
            depot_id="P1",
            amount=usd(60),
            currency="USD",
            unloading_min=480,
            duration_min=1440,
            **S,
        ),
    )
    events = []
    if rng.random() < 0.5:
        start = READY + timedelta(days=rng.randint(0, 12))
        kind = rng.choice(("closure", "delay", "price_factor"))
        target = rng.choice(names[1:3])
        events.append(
            Event(
                event_id="e",
                title="event",
                kind=kind,
                place_id=target if rng.random() < 0.7 else None,
                country=None if rng.random() < 0.7 else "BB",
                valid_from=start,
                valid_to=rng.choice((None, start + timedelta(days=rng.randint(1, 8)))),
                delay_min=minutes(rng.randint(60, 4000)),
                factor=usd(rng.choice(("0.8", "1.5"))),
                **S,
            )
        )
    rules, documents = [], []
    if rng.random() < 0.5:
        lead_days = rng.choice((0, 3, 12))
        chained = lead_days == 3 and len(events) % 2 == 0
        documents.append(
            Document(
                document_id="doc",
                name="doc",
                kind="document",
                issuer="x",
                lead_days=lead_days,
                needs=("first",) if chained else (),
                amount=usd(25),
                currency="USD",
                **S,
            )
        )
        if chained:
            documents.append(Document(document_id="first", name="first", kind="document", issuer="x", lead_days=4, **S))
        rules.append(
            Rule(
                rule_id="needs",
                title="needs",
                effect="require_document",
                rule_class="trade",
                regime_id="BB",
                status="in_force",
                scope="leg",
                modes=(rng.choice(MODES),),
                countries=(rng.choice(("AA", "BB")),),
                document_id="doc",
                **S,
            )
        )
    if rng.random() < 0.4:
        rules.append(
            Rule(
                rule_id="fee",
                title="fee",
                effect="fee",
                rule_class="transport",
                regime_id="BB",
                status="in_force",
                scope=rng.choice(("leg", "crossing", "transfer")),
                countries=("BB",),
                amount=usd(rng.randint(1, 70)),
                currency="USD",
                per=rng.choice(("unit", "km")) if rng.random() < 0.2 else "unit",
                valid_from=rng.choice((None, READY + timedelta(days=8))),
                **S,
            )
        )
    if rng.random() < 0.2:
        rules.append(
            Rule(
                rule_id="ban",
                title="ban",
                effect="prohibit",
                rule_class="transport",
                regime_id="BB",
                status="in_force",
                scope="leg",
                registrations=("AA",),
                countries=("BB",),
                valid_to=rng.choice((None, READY + timedelta(days=6))),
                **S,
            )
        )
    throughs, through_legs = _through(rng, services, stops)
    surcharges = ()
    if rng.random() < 0.4:
        surcharges = (
            Surcharge(
                surcharge_id="sur",
                name="sur",
                kind="bunker",
                mode=rng.choice(("road", "sea")),
                amount=usd(rng.randint(1, 20)),
                currency="USD",
                per=rng.choice(("unit", "percent")),
                **S,
            ),
        )
    hours = ()
    if borders and rng.random() < 0.5:
        hours = tuple(
            Hours(hours_id=f"hours{d}", border_id=borders[0].border_id, weekdays=(d,), opens_min=480, closes_min=1080, **S)
            for d in (1, 2, 3, 4, 5)
        )
    made = replace(
        base,
        places=places,
        links=tuple(links),
        borders=tuple(borders),
        crossings=tuple(crossings),
        haulage=haulage,
        haulage_rates=tuple(rates),
        services=tuple(services),
        stops=tuple(stops),
        calendars=tuple(calendars),
        tariffs=tuple(tariffs),
        statuses=(
            *statuses,
            *(status(row.haulage_id, status_id=f"st{row.haulage_id}", service_id=None, haulage_id=row.haulage_id) for row in haulage),
        ),
        handling=tuple(rows),
        storage=tuple(storage),
        detention=detention,
        returns=returns,
        events=tuple(events),
        rules=tuple(rules),
        documents=tuple(documents),
        through_rates=throughs,
        through_legs=through_legs,
        surcharges=surcharges,
        hours=hours,
        holidays=(Holiday(country="BB", on=READY + timedelta(days=10), name="h", **S),),
        parties=(*base.parties, Party(party_id="other", name="Other", kind="company", country="BB", **S)),
    )
    return _add_long_roads(_let_prices_fall(made, random.Random(f"falls:{seed}")), random.Random(f"roads:{seed}"))


def _add_long_roads(dataset: Dataset, rng: random.Random) -> Dataset:
    """The same feed with second, longer roads between the same places: detours by which a vehicle would miss a departure."""
    if rng.random() < 0.6:
        return dataset
    more = [replace(row, link_id=f"long {row.link_id}", distance_m=round(row.distance_m * rng.uniform(1.02, 4))) for row in dataset.links]
    return replace(dataset, links=(*dataset.links, *more))


def _let_prices_fall(dataset: Dataset, rng: random.Random) -> Dataset:
    """The same feed with some prices of handling, storage and through rates cheaper, or storage free, from a day on."""
    if rng.random() < 0.5:
        return dataset

    def split(row, key, price):
        if rng.random() < 0.4:
            return (row,)
        day = READY + timedelta(days=rng.randint(1, 20))
        before = replace(row, valid_to=day - timedelta(days=1))
        old = getattr(row, price)
        if old is None:
            return (row,)
        cheaper = usd(int(old.typical * rng.choice((0, 25, 60)) / 100))
        later = replace(row, valid_from=day, **{key: f"{getattr(row, key)}-later", price: cheaper})
        return (before,) if price == "per_day" and rng.random() < 0.4 else (before, later)

    legs, rates = list(dataset.through_legs), []
    for rate in dataset.through_rates:
        parts = split(rate, "through_id", "amount")
        rates += parts
        for later in parts[1:]:
            legs += [replace(leg, through_id=later.through_id) for leg in dataset.through_legs if leg.through_id == rate.through_id]
    return replace(
        dataset,
        handling=tuple(part for row in dataset.handling for part in split(row, "handling_id", "amount")),
        storage=tuple(part for row in dataset.storage for part in split(row, "storage_id", "per_day")),
        through_rates=tuple(rates),
        through_legs=tuple(legs),
    )


def _through(rng: random.Random, services: list[Service], stops: list) -> tuple[tuple[ThroughRate, ...], tuple[ThroughLeg, ...]]:
    legs = []
    for service in services:
        calls = [row for row in stops if row.service_id == service.service_id]
        legs.append((service.service_id, calls[0].place_id, calls[-1].place_id))
    pairs = [(a, b) for a in legs for b in legs if a[2] == b[1] and a[0] != b[0]]
    if not pairs or rng.random() < 0.3:
        return (), ()
    chosen = rng.choice(pairs)
    rate = ThroughRate(
        through_id="thru",
        name="through",
        amount=usd(rng.randint(50, 900)),
        currency="USD",
        includes=rng.choice(((), ("handling",), ("handling", "box"))),
        **S,
    )
    return (rate,), tuple(
        ThroughLeg(through_id="thru", seq=seq, service_id=service_id, from_place_id=a, to_place_id=b, **S)
        for seq, (service_id, a, b) in enumerate(chosen, 1)
    )


def random_question(seed: int) -> Query:
    rng = random.Random(seed + 1_000_000)
    return question(
        units=rng.randint(1, 3),
        max_legs=3,
        tolerance_percent=0,
        horizon_days=40,
        ready_on=rng.choice((READY, READY, AS_OF)),
        due_on=rng.choice((None, None, READY + timedelta(days=rng.randint(5, 30)))),
        via=rng.choice(((), (), (), ("P1",))),
    )
