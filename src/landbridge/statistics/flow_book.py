"""From a yearly flow in money to shipments: what a book of the whole trade would hold beside the shipments that are known.

The flow of a year, less the shipments of the feed in that direction, is spread over goods as the feed's own shipments are (by value), over
months, over the places between which those goods go, and over companies. Money becomes boxes by value per tonne and mass per box of the
feed's tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from landbridge.domain.dataset import Dataset
from landbridge.domain.flow_book import FlowBook, FlowGoods
from landbridge.domain.identity import PartyId, SourceId
from landbridge.domain.shipment import Shipment
from landbridge.domain.trade_answer import TradeEstimate
from landbridge.statistics.figure import find_rate

SOURCE_ID = "flow-book"
POINTS = ("p05", "p50", "p95")
_MONTHS = 12
_FIRST_AFTER_DAYS = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """Boxes of one kind of goods in one direction: share of the value, money in one box, and where they go."""

    hs: str
    unit_type_id: str
    share: float
    per_unit: Decimal
    per_unit_low: Decimal
    per_unit_high: Decimal
    mass_kg: int
    lanes: tuple[tuple[Shipment, float], ...]


def make_flow_book(
    dataset: Dataset, estimate: TradeEstimate, *, point: str, companies: int | None, drawn: int | None = None, chance: Random | None = None
) -> FlowBook:
    """Turn one direction's flow of a year into shipments of the year that begins three weeks after the feed's day.

    Parameters
    ----------
    dataset
        The feed: its shipments say which goods go where, its goods and masses what is in a box.
    estimate
        The flow, in the settlement currency.
    point
        ``p05``, ``p50`` or ``p95`` of it.
    companies
        How many companies send; None: those of the feed's shipments. Their sizes fall as 1, 1/2, 1/3, ... (an assumption).
    drawn
        The flow itself, where it was drawn; ``point`` then only names it.
    chance
        Draws what a tonne of each kind of goods is worth, from its low, typical and high; None: its typical worth.

    Returns
    -------
    FlowBook
        No shipments, and ``rest_cents`` of nothing, if the feed's own shipments are the whole flow already.
    """
    value = {"p05": estimate.value.low, "p50": estimate.value.typical, "p95": estimate.value.high}[point] if drawn is None else drawn
    known = _list_known(dataset, estimate)
    own = sum((row.value or Decimal(0) for row in known), Decimal(0))
    rest = max(Decimal(value) - own, Decimal(0))
    kinds = _list_kinds(dataset, known)
    kinds = kinds if chance is None else tuple(_draw_worth(kind, chance) for kind in kinds)
    weights = month_weights(dataset, estimate.exporter, estimate.importer)
    shipments = tuple(_list_shipments(dataset, kinds, rest, weights, estimate, companies)) if rest else ()
    units = Counter[str]()
    for row in shipments:
        units[row.hs] += row.units
    return FlowBook(
        exporter=estimate.exporter, importer=estimate.importer, from_on=estimate.from_on, to_on=estimate.to_on, point=point,
        value_cents=100 * value, known_cents=int(100 * own), rest_cents=int(100 * rest), is_seasonal=len(set(weights)) > 1,
        goods=tuple(
            FlowGoods(
                hs=kind.hs, unit_type_id=kind.unit_type_id, share_percent=Decimal(str(round(100 * kind.share, 2))), units=units[kind.hs],
                per_unit_cents=int(100 * kind.per_unit), per_unit_low_cents=int(100 * kind.per_unit_low),
                per_unit_high_cents=int(100 * kind.per_unit_high),
            )
            for kind in kinds
        ),
        shipments=shipments, companies=tuple(sorted({row.shipper_id for row in shipments})),
    )  # fmt: skip


def has_goods(dataset: Dataset, estimate: TradeEstimate) -> bool:
    """Whether some shipment of the feed says what a flow is made of: its value, what a tonne of its goods is worth, what a box holds."""
    return bool(_list_kinds(dataset, _list_known(dataset, estimate)))


def _list_known(dataset: Dataset, estimate: TradeEstimate) -> list[Shipment]:
    """The feed's shipments of a flow, their values in the settlement currency; one in a currency without a rate has none."""
    rows = (row for row in dataset.shipments if _direction(dataset, row) == (estimate.exporter, estimate.importer))
    return [_settled(dataset, row) for row in rows]


def _settled(dataset: Dataset, row: Shipment) -> Shipment:
    settlement = dataset.info.settlement_currency
    if row.value is None or row.currency in (None, settlement):
        return replace(row, currency=settlement)
    rate = find_rate(dataset, row.currency, dataset.info.as_of)
    value = None if rate is None else row.value * rate.denominator / rate.numerator
    return replace(row, value=value, currency=settlement)


def _draw_worth(kind: _Kind, chance: Random) -> _Kind:
    """Value of a box from a triangle over its range: the least that low, typical and high say."""
    drawn = chance.triangular(float(kind.per_unit_low), float(kind.per_unit_high), float(kind.per_unit))
    return replace(kind, per_unit=Decimal(drawn))


def month_weights(dataset: Dataset, exporter: str, importer: str) -> tuple[float, ...]:
    """Shares of January to December in a year from records of single months, if all twelve are there; else alike."""
    sums = [0.0] * _MONTHS
    for row in dataset.trade_records:
        ends = (row.reporter, row.partner) if row.flow == "export" else (row.partner, row.reporter)
        is_month = (row.from_on.year, row.from_on.month) == (row.to_on.year, row.to_on.month)
        if is_month and row.hs is None and ends == (exporter, importer):
            sums[row.from_on.month - 1] += float(row.value.typical)
    if not all(sums):
        return (1 / _MONTHS,) * _MONTHS
    return tuple(one / sum(sums) for one in sums)


def _direction(dataset: Dataset, row: Shipment) -> tuple[str, str]:
    return dataset.get_place(row.from_place_id).country, dataset.get_place(row.to_place_id).country


def _list_kinds(dataset: Dataset, known: Sequence[Shipment]) -> tuple[_Kind, ...]:
    """Kinds of goods among known shipments for which the feed says what a tonne is worth and what a box holds."""
    found: dict[tuple[str, str], list[Shipment]] = {}
    for row in known:
        found.setdefault((row.hs, row.unit_type_id), []).append(row)
    worth = {
        key: sum((row.value or Decimal(0) for row in rows), Decimal(0))
        for key, rows in found.items()
        if _find_goods(dataset, key[0]) is not None and _find_mass(dataset, *key) is not None
    }
    total = sum(worth.values(), Decimal(0))
    kinds = []
    for (hs, unit_type_id), value in sorted(worth.items()):
        per_t, mass = _find_goods(dataset, hs), _find_mass(dataset, hs, unit_type_id)
        if per_t is None or mass is None or not total:
            continue
        rows = found[hs, unit_type_id]
        units = sum(row.units for row in rows)
        tonnes = Decimal(mass) / 1000
        kinds.append(
            _Kind(
                hs=hs, unit_type_id=unit_type_id, share=float(value / total), per_unit=per_t[1] * tonnes, per_unit_low=per_t[0] * tonnes,
                per_unit_high=per_t[2] * tonnes, mass_kg=mass, lanes=tuple((row, row.units / units) for row in rows),
            )
        )  # fmt: skip
    return tuple(kinds)


def _find_goods(dataset: Dataset, hs: str) -> tuple[Decimal, Decimal, Decimal] | None:
    """Low, typical and high value of a tonne, by the longest code of the goods table that fits."""
    rows = [row for row in dataset.goods if hs.startswith(row.hs) and row.value_per_t is not None]
    best = max(rows, key=lambda row: len(row.hs), default=None)
    if best is None or best.value_per_t is None:
        return None
    return best.value_per_t.low, best.value_per_t.typical, best.value_per_t.high


def _find_mass(dataset: Dataset, hs: str, unit_type_id: str) -> int | None:
    rows = [row for row in dataset.goods_masses if row.unit_type_id == unit_type_id and hs.startswith(row.hs)]
    best = max(rows, key=lambda row: len(row.hs), default=None)
    return None if best is None else best.mass_kg.typical


def _list_shipments(
    dataset: Dataset, kinds: Sequence[_Kind], rest: Decimal, weights: Sequence[float], estimate: TradeEstimate, companies: int | None
) -> Iterator[Shipment]:
    """Whole boxes: what is rounded off in one lot is carried into the next, so that totals are right to half a box."""
    begin = dataset.info.as_of + timedelta(days=_FIRST_AFTER_DAYS)
    for kind in kinds:
        boxes = float(rest) * kind.share / float(kind.per_unit)
        carried = 0.0
        for month in range(_MONTHS):
            day = _add_months(begin, month)
            for lane, (row, lane_share) in enumerate(kind.lanes):
                for company, company_share in _company_shares(row, companies, estimate.exporter):
                    carried += boxes * weights[day.month - 1] * lane_share * company_share
                    units = int(carried + 0.5)
                    if units > 0:
                        carried -= units
                        name = f"flow-{estimate.exporter}-{kind.hs}-{kind.unit_type_id}-{month + 1}-{lane + 1}-{company}".lower()
                        yield _make(row, kind, units, day, name, company)


def _company_shares(row: Shipment, companies: int | None, exporter: str) -> Sequence[tuple[str, float]]:
    if companies is None:
        return ((row.shipper_id, 1.0),)
    sizes = [1 / (number + 1) for number in range(companies)]
    return [(name_company(exporter, number), size / sum(sizes)) for number, size in enumerate(sizes)]


def name_company(exporter: str, number: int) -> str:
    """Id of a company that stands for one that is not known."""
    return f"flow-{exporter.lower()}-{number + 1}"


def _make(row: Shipment, kind: _Kind, units: int, day: date, shipment_id: str, company: str) -> Shipment:
    return Shipment(
        shipment_id=shipment_id, contract="rest of the yearly flow", shipper_id=PartyId(company), consignee_id=row.consignee_id,
        from_place_id=row.from_place_id, to_place_id=row.to_place_id, unit_type_id=row.unit_type_id, units=units, hs=row.hs,
        mass_kg=units * kind.mass_kg, value=(units * kind.per_unit).quantize(Decimal("0.01")), currency=row.currency, incoterm=row.incoterm,
        ready_on=day, source_id=SourceId(SOURCE_ID), row="",
    )  # fmt: skip


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


def list_companies(books: Sequence[FlowBook], known: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Companies of flow books that the feed does not know, with their country."""
    return tuple(sorted({(one, book.exporter) for book in books for one in book.companies if one not in known}))
