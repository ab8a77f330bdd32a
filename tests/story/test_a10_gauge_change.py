"""Where the gauge changes, wagons do not go on: the box changes wagons, if the place can do that.

AA ==1520 mm, 600 km== AX (gauge change 70 USD, 12 h) ==1435 mm, 300 km== AP
"""

from dataclasses import replace

from landbridge.domain.emission import EmissionFactor
from landbridge.domain.haulage import Haulage, HaulageRate
from tests.corridor import S, handling, link, status, tiny_corridor, usd
from tests.story.line import lines


def railway(*changes):
    dataset = tiny_corridor()
    offers = tuple(
        Haulage(haulage_id=f"w{g}", name=f"Wagons {g}", mode="rail", gauge_mm=g, unit_types=("40HC",), **S) for g in (1435, 1520)
    )
    return replace(
        dataset,
        links=(
            link("broad", "AA", "AX", 600, mode="rail", gauge_mm=1520),
            link("normal", "AX", "AP", 300, mode="rail", gauge_mm=1435),
        ),
        haulage=offers,
        haulage_rates=tuple(
            HaulageRate(
                rate_id=f"r-{row.haulage_id}",
                haulage_id=row.haulage_id,
                country="AA",
                per_km=usd(1),
                currency="USD",
                speed_m_per_h=60_000,
                **S,
            )
            for row in offers
        ),
        statuses=tuple(status(row.haulage_id, service_id=None, haulage_id=row.haulage_id) for row in offers),
        handling=changes,
        emission_factors=(
            *dataset.emission_factors,
            EmissionFactor(factor_id="e-rail", basis="tkm", mode="rail", amount_g=usd(20), method="WTW", **S),
        ),
    )


def test_the_box_changes_wagons():
    change = handling("gauge", "AX", "rail", "rail", price=70, hours=12, kind="gauge_change")
    assert lines(railway(change), destination_id="AP") == [
        "AA ~ rail w1520 12-01T00:00>12-01T10:00 ~ AX ~ rail w1435 12-01T22:00>12-02T03:00 ~ AP [970.00 USD 1d 3h 00m 221 kg]",
    ]


def test_without_the_change_there_is_no_way():
    assert lines(railway(), destination_id="AP") == []


def test_clearance_alone_changes_no_wagon():
    assert lines(railway(handling("papers", "AX", "rail", "rail", kind="clearance")), destination_id="AP") == []
