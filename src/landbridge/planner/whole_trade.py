"""Book the whole trade of a year, not only the shipments that are known, with what nobody knows about it carried into the saving."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from landbridge.domain.book import BookPlan
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.flow_book import DrawnBook, DrawnFlow, FlowBook, WholeTrade
from landbridge.domain.headway import Headway, Hear, Stage
from landbridge.domain.identity import PartyId, SourceId
from landbridge.domain.party import Party
from landbridge.domain.shipment import Shipment
from landbridge.domain.source import Source
from landbridge.domain.trade_answer import TradeAnswer, TradeEstimate
from landbridge.planner.flow_book import check_flow_question, check_senders
from landbridge.planner.plan_record import demand_same_gate, stamp_gate
from landbridge.planner.sweep import Crew, Sweep, check_crew, knock, run_sweep

if TYPE_CHECKING:
    from landbridge.planner.book.candidates import BookQuestion
    from landbridge.planner.book.ways import Ways

MOST_DRAWS = 1_000
MOST_SECONDS = 3_600.0
_kept: list[tuple[Dataset, Ways]] = []
"""The ways of the last feed of this process, and that feed, so that its identity stays its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTradeQuestion:
    """``draws`` of the flows and of all prices; ``seconds`` bounds each joint plan; ``companies`` send each way, None: as in the feed."""

    draws: int = 10
    seconds: float = 20.0
    companies: int | None = None
    year: int | None = None
    target_percent: float = 15.0
    seed: int = 1
    crew: Crew = field(default_factory=Crew)


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeDraw:
    """One draw: what goes each way."""

    number: int
    flows: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeWork:
    """What all draws share: the feed with everybody who may send, the flows of the year, the question, and the lists and decisions of
    whoever asks.
    """

    dataset: Dataset
    estimates: tuple[TradeEstimate, ...]
    as_of: date
    seconds: float
    companies: int | None
    seed: int
    stamp: tuple[str, ...]


def book_whole_trade(dataset: Dataset, answer: TradeAnswer, question: WholeTradeQuestion, *, hear: Hear | None = None) -> WholeTrade:
    """Draw the flows of a year, what goods are worth and all prices, make shipments of each draw and plan them together and each alone.

    Parameters
    ----------
    dataset, answer
        A feed with shipments and trade records, and what ``hold_trade`` says of it.
    question
        How many draws, of which year, with how much time, who works.
    hear
        Hears how many draws are done.

    Returns
    -------
    WholeTrade
        Draws of the flows are the middles of equal parts of their histories once claims were weighed. Same seed, same draws, whoever works.
        Plans that end by their ``seconds`` may differ, since what is looked for in that time does.

    Raises
    ------
    QueryError
        With everything that is wrong, at once.
    ClusterError
        If machines that share the work go away.
    """
    from landbridge.statistics.answer import draw_flows

    estimates = _choose(dataset, answer, question)
    knock(question.crew)
    flows = [(one.exporter, one.importer) for one in estimates]
    drawn = draw_flows(
        dataset, flows, estimates[0].from_on.year, as_of=answer.as_of, count=question.draws, draws=answer.draws, seed=answer.seed
    )
    parts = [
        TradeDraw(number=number, flows=tuple((*flow, value) for flow, value in sorted(one.items()))) for number, one in enumerate(drawn)
    ]
    work = TradeWork(
        dataset=_with_senders(dataset, flows, question.companies), estimates=estimates, as_of=answer.as_of, seconds=question.seconds,
        companies=question.companies, seed=question.seed, stamp=stamp_gate(),
    )  # fmt: skip
    name = f"whole trade {answer.as_of} {estimates[0].from_on} {question.seconds} {question.companies} {question.seed}"
    sweep = Sweep(name=name, digest=dataset.digest, work=book_draw, form=DrawnBook, shared=work)
    tell = None if hear is None else lambda done, total: hear(Headway(stage=Stage.DRAWS, done=done, total=total))
    return WholeTrade(
        dataset_name=dataset.info.name, dataset_digest=dataset.digest, as_of=answer.as_of, currency=dataset.info.settlement_currency,
        from_on=estimates[0].from_on, to_on=estimates[0].to_on, target_percent=question.target_percent,
        books=tuple(run_sweep(sweep, parts, question.crew, tell=tell)), seed=question.seed,
    )  # fmt: skip


def book_draw(work: TradeWork, part: TradeDraw) -> DrawnBook:
    """One draw: its shipments beside those that are known, planned together and each alone, at typical prices and at drawn ones.

    Raises
    ------
    ClusterError
        On a worker whose lists or decisions are others than those of whoever asks.
    """
    from landbridge.planner.book.candidates import BookQuestion, query_of
    from landbridge.planner.book.joint_plan import plan_book

    demand_same_gate(work.stamp)
    values = {(exporter, importer): value for exporter, importer, value in part.flows}
    books = tuple(_make_book(work, part, one, values[one.exporter, one.importer]) for one in work.estimates)
    made = [row for book in books for row in book.shipments]
    dataset = replace(work.dataset, shipments=(*work.dataset.shipments, *made))
    asked = BookQuestion(
        as_of=work.as_of, seconds=work.seconds, levers_seconds=0.0, shares_seconds=0.0, draws=1, is_waiting=False,
        seed=work.seed * MOST_DRAWS + part.number,
    )  # fmt: skip
    ways = _ways_of(work, asked)
    for _ in ways.prepare([query_of(dataset, asked, row, row.ready_on) for row in dataset.shipments], (), math.inf):
        pass  # all ways first, however long it takes: a draw without some of its shipments would be no draw of the whole trade
    return _sum_up(part, books, dataset.shipments, plan_book(dataset, asked, search=ways))


def _ways_of(work: TradeWork, asked: BookQuestion) -> Ways:
    """The ways of the feed, with the tables that earlier draws of this process left; they do not depend on the shipments."""
    from landbridge.planner.book.joint_plan import ways_from

    if not _kept or _kept[0][0] is not work.dataset:
        _kept[:] = [(work.dataset, ways_from(work.dataset, asked))]
    return _kept[0][1]


def _make_book(work: TradeWork, part: TradeDraw, estimate: TradeEstimate, value: int) -> FlowBook:
    from landbridge.statistics.flow_book import make_flow_book

    chance = Random(f"{work.seed}:{part.number}:{estimate.exporter}:{estimate.importer}")
    return make_flow_book(work.dataset, estimate, point=f"draw {part.number + 1}", companies=work.companies, drawn=value, chance=chance)


def _sum_up(part: TradeDraw, books: tuple[FlowBook, ...], shipments: tuple[Shipment, ...], plan: BookPlan) -> DrawnBook:
    return DrawnBook(
        draw_id=f"draw {part.number + 1}",
        flows=tuple(
            DrawnFlow(
                exporter=one.exporter, importer=one.importer, value_cents=one.value_cents, box_units=sum(row.units for row in one.shipments)
            )
            for one in books
        ),
        shipment_units=len(shipments), payer_units=len(plan.alone_by_payer),
        left_out_units=sum(row.reason is not None for row in plan.shipments), alone=plan.alone, together=plan.together,
        drawn_percent=None if plan.spread is None else plan.spread.p50_percent,
    )  # fmt: skip


def _choose(dataset: Dataset, answer: TradeAnswer, question: WholeTradeQuestion) -> tuple[TradeEstimate, ...]:
    """The flows of the year asked for; everything that is wrong with the question is said at once."""
    wrong = check_whole_trade(question)
    chosen = check_flow_question(dataset, answer, year=question.year, wrong=wrong)
    if wrong:
        raise QueryError(wrong)
    return chosen


def check_whole_trade(question: WholeTradeQuestion) -> list[Finding]:
    """What is wrong with a question whatever the trade is: draws, seconds, target, who works."""
    wrong = check_senders(question.companies)
    if not 1 <= question.draws <= MOST_DRAWS:
        wrong.append(_say("DRAWS", "--book", f"{question.draws} draws cannot be made", f"give 1 to {MOST_DRAWS}"))
    if not 0 < question.seconds <= MOST_SECONDS:
        wrong.append(
            _say("SECONDS", "--seconds", f"{question.seconds} s is no time for a plan", f"give more than 0, up to {MOST_SECONDS:g}")
        )
    if not 0 < question.target_percent < 100:
        told = f"{question.target_percent:g} % is no saving that could be reached"
        wrong.append(_say("TARGET", "--target", told, "give a number above 0 and below 100"))
    try:
        check_crew(question.crew)
    except QueryError as error:
        wrong += error.findings
    return wrong


def _with_senders(dataset: Dataset, flows: list[tuple[str, str]], companies: int | None) -> Dataset:
    """The feed with a source for what is made, and with companies that stand for those nobody knows."""
    from landbridge.statistics.flow_book import SOURCE_ID, name_company

    source = Source(source_id=SourceId(SOURCE_ID), row="", title="Draws of yearly flows of trade", publisher="landbridge", grade="D")
    names = [(name_company(exporter, number), exporter) for exporter, _ in flows for number in range(companies or 0)]
    parties = [
        Party(party_id=PartyId(one), name=f"Company {one}", kind="company", country=country, source_id=SourceId(SOURCE_ID), row="")
        for one, country in names
        if one not in dataset.party_by_id
    ]
    return replace(dataset, sources=(*dataset.sources, source), parties=(*dataset.parties, *parties))


def _say(code: str, column: str, message: str, fix: str) -> Finding:
    return Finding(code=code, column=column, message=message, fix=fix)
