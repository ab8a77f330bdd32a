"""One tiny corridor, made special by `replace()`: the network of most tests.

    AA (city) --truck-- AP (port) ~~ ship, weekly ~~ BP (port) --truck-- BB (city)
        \\                                                              /
         `--------- truck over AX | border x | BX ---------------------'

Country AA is AA, country BB is BB; money is USD; everything is UTC.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from landbridge.domain.border import Border, Crossing
from landbridge.domain.dataset import Dataset, DatasetInfo
from landbridge.domain.emission import EmissionFactor
from landbridge.domain.goods import Goods, GoodsMass, UnitType
from landbridge.domain.haulage import Haulage, HaulageRate, Link
from landbridge.domain.party import Party, Regime
from landbridge.domain.place import Place
from landbridge.domain.query import Query
from landbridge.domain.record import Range
from landbridge.domain.service import Calendar, Service, ServiceStatus, Stop
from landbridge.domain.source import Source
from landbridge.domain.tariff import ExchangeRate, Tariff
from landbridge.domain.terminal import Handling

S = {"source_id": "s", "row": "test"}
AS_OF = date(2026, 11, 24)
READY = date(2026, 12, 1)


def usd(typical: float | str, low: float | str | None = None, high: float | str | None = None) -> Range[Decimal]:
    middle = Decimal(str(typical))
    return Range(
        low=Decimal(str(low)) if low is not None else middle, typical=middle, high=Decimal(str(high)) if high is not None else middle
    )


def minutes(typical: int) -> Range[int]:
    return Range(low=typical, typical=typical, high=typical)


def place(place_id: str, kind: str = "city", country: str = "AA", lon: float = 0.0, lat: float = 10.0, **more: Any) -> Place:
    return Place(place_id=place_id, name=place_id, kind=kind, country=country, lon=lon, lat=lat, zone="UTC", **S, **more)


def link(link_id: str, a: str, b: str, km: int, country: str = "AA", mode: str = "road", **more: Any) -> Link:
    return Link(link_id=link_id, mode=mode, from_place_id=a, to_place_id=b, distance_m=km * 1000, country=country, **S, **more)


def stop(service_id: str, seq: int, place_id: str, arrive_min: int, depart_min: int, km: int = 0, **more: Any) -> Stop:
    return Stop(
        service_id=service_id,
        seq=seq,
        place_id=place_id,
        arrive_min=minutes(arrive_min),
        depart_min=depart_min,
        distance_m=km * 1000,
        **S,
        **more,
    )


def handling(
    handling_id: str, place_id: str, from_mode: str, to_mode: str, price: float | None = 100, hours: int = 6, **more: Any
) -> Handling:
    kind = more.pop("kind", "lift")
    return Handling(
        handling_id=handling_id,
        place_id=place_id,
        kind=kind,
        from_mode=from_mode,
        to_mode=to_mode,
        amount=usd(price) if price is not None else None,
        currency="USD",
        duration_min=minutes(hours * 60),
        **S,
        **more,
    )


def status(subject: str, value: str = "operating", **more: Any) -> ServiceStatus:
    row = {"status_id": f"status-{subject}", "service_id": subject, "status": value, "evidence_on": date(2026, 10, 1), **S, **more}
    return ServiceStatus(**row)


def tiny_corridor() -> Dataset:
    """The corridor of the module's picture."""
    return Dataset(
        info=DatasetInfo(name="tiny", as_of=AS_OF, gates=("UN",)),
        digest="tiny",
        sources=(Source(source_id="s", row="test", title="Test", publisher="Nobody", grade="B"),),
        places=(
            place("AA", lon=0, lat=0.5),
            place("AP", "port", lon=1, lat=0.5, gateway=True),
            place("AX", "border", lon=5, lat=3),
            place("BX", "border", "BB", lon=5.1, lat=3),
            place("BP", "port", "BB", lon=9, lat=0.5),
            place("BB", country="BB", lon=10, lat=0.5),
        ),
        regimes=(Regime(regime_id="UN", name="United Nations", **S), Regime(regime_id="BB", name="Country BB", countries=("BB",), **S)),
        parties=(Party(party_id="line", name="The Line", kind="company", country="AA", **S),),
        unit_types=(
            UnitType(unit_type_id="40HC", iso_6346="45G1", name="40' high cube", teu=Decimal(2), tare_kg=3900, max_payload_kg=26500, **S),
        ),
        goods=(Goods(hs="8701", name="tractors", value_per_t=usd(5000), **S),),
        goods_masses=(GoodsMass(hs="8701", unit_type_id="40HC", mass_kg=minutes(12000), **S),),
        services=(Service(service_id="ship", name="Ship", operator_id="line", mode="sea", unit_types=("40HC",), **S),),
        statuses=(status("ship"), status("ha", service_id=None, haulage_id="ha"), status("hb", service_id=None, haulage_id="hb")),
        stops=(stop("ship", 1, "AP", 0, 0, gate_cutoff_min=1440), stop("ship", 2, "BP", 10 * 1440, 10 * 1440, 1000)),
        calendars=(Calendar(calendar_id="c", service_id="ship", kind="weekdays", weekdays=(5,), departs_min=720, **S),),
        borders=(Border(border_id="x", name="Border X", **S),),
        crossings=(
            Crossing(
                crossing_id="xa",
                border_id="x",
                mode="road",
                from_country="AA",
                to_country="BB",
                wait_min=minutes(600),
                fee=usd(50),
                currency="USD",
                **S,
            ),
            Crossing(crossing_id="xb", border_id="x", mode="road", from_country="BB", to_country="AA", wait_min=minutes(600), **S),
        ),
        links=(
            link("l1", "AA", "AP", 120),
            link("l2", "BP", "BB", 120, "BB"),
            link("l3", "AA", "AX", 600),
            link("l4", "AX", "BX", 2, "AA", border_id="x"),
            link("l5", "BX", "BB", 600, "BB"),
        ),
        haulage=(
            Haulage(
                haulage_id="ha", name="Trucks A", mode="road", registration="AA", unit_types=("40HC",), drive_min=540, rest_min=660, **S
            ),
            Haulage(
                haulage_id="hb", name="Trucks B", mode="road", registration="BB", unit_types=("40HC",), drive_min=540, rest_min=660, **S
            ),
        ),
        haulage_rates=tuple(
            HaulageRate(rate_id=f"{h}-{c}", haulage_id=h, country=c, per_km=usd(1, "0.8", "1.5"), currency="USD", speed_m_per_h=60_000, **S)
            for h, c in (("ha", "AA"), ("ha", "BB"), ("hb", "BB"))
        ),
        tariffs=(
            Tariff(
                tariff_id="t",
                service_id="ship",
                from_place_id="AP",
                to_place_id="BP",
                unit_type_id="40HC",
                amount=usd(400),
                currency="USD",
                **S,
            ),
        ),
        handling=(
            handling("h1", "AP", "road", "sea"),
            handling("h2", "BP", "sea", "road", hours=24),
            handling("h3", "BX", "road", "road", price=30, hours=18, kind="transship"),
        ),
        exchange_rates=(ExchangeRate(currency="EUR", on=date(2026, 1, 1), rate=Decimal("0.9"), **S),),
        emission_factors=(
            EmissionFactor(factor_id="e-road", basis="tkm", mode="road", amount_g=usd(80), method="WTW", **S),
            EmissionFactor(factor_id="e-sea", basis="tkm", mode="sea", amount_g=usd(10), method="WTW", **S),
            EmissionFactor(factor_id="e-move", basis="move", amount_g=usd(5000), method="WTW", **S),
        ),
    )


def question(**more: Any) -> Query:
    asked = {"origin_id": "AA", "destination_id": "BB", "unit_type_id": "40HC", "units": 1, "hs": "8701", "ready_on": READY, "as_of": AS_OF}
    return Query(**{**asked, **more})
