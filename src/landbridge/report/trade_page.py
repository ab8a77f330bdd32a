"""An answer about trade as a page: years, what follows, the ledger of claims, conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from landbridge.domain.flow_book import FlowBook
from landbridge.domain.record import Range
from landbridge.domain.trade_answer import ClaimVerdict, ReadingVerdict, TradeAnswer, TradeFigure, Verdict
from landbridge.report.figures import date_text, money_text
from landbridge.report.page import BLANK, MIN_WIDTH, Column, Line, Span, heading, line_of, paragraph, table_lines, text_width

_STYLES = {Verdict.CONSISTENT: "green", Verdict.CONTRADICTED: "red", Verdict.NOT_DECIDABLE: "yellow"}
_MOST_PARTS = 3
_POSSIBLE = "a fall is possible, and does not follow from them"
_KINDS = {
    "reported": "reported",
    "part": "a part of the year",
    "mirror": "the other country's books",
    "one_side": "the other country's books only",
    "between": "years around it",
    "beyond": "years before or after it",
}


def render_trade(answer: TradeAnswer, *, width: int = 100) -> tuple[Line, ...]:
    """Everything an answer says, in the order in which one asks."""
    columns = max(width, MIN_WIDTH)
    if not (answer.estimates or answer.ledger):
        return paragraph(f"{answer.dataset_name} has no trade records and no claims that were known on {date_text(answer.as_of)}", columns)
    parts = (
        _years(answer, columns),
        _compared(answer, columns),
        _changes(answer, columns),
        _consequences(answer, columns),
        _ledger(answer, columns),
        _notes(answer, columns),
    )
    return tuple(line for part in parts if part for line in (*part, BLANK))[:-1]


def _years(answer: TradeAnswer, width: int) -> tuple[Line, ...]:
    head = heading(
        "Years",
        f"exports in million {answer.currency} by the exporter's books; nine chances in ten to lie between low and high; "
        f"known on {date_text(answer.as_of)}",
        width,
    )
    columns = (
        Column(title="from > to"),
        Column(title="year"),
        Column(title="low", align="right"),
        Column(title="middle", align="right"),
        Column(title="high", align="right"),
        Column(title="records alone", align="right", rank=2),
        Column(title="rests on", min_width=10, rank=1),
    )
    rows = [
        (
            f"{one.exporter} > {one.importer}",
            str(one.from_on.year),
            *_millions(one.value),
            " - ".join(_millions(one.before_claims)[::2]),
            _KINDS.get(one.kind, one.kind),
        )
        for one in answer.estimates
    ]
    return (*head, *table_lines(columns, rows, width)) if rows else ()


def _compared(answer: TradeAnswer, width: int) -> tuple[Line, ...]:
    lines = [
        *heading("Both books", "the importer's figure over the exporter's, and what freight and insurance leave of it", width),
    ]
    for one in answer.compared:
        usual = "as between most countries" if one.is_usual else "more than nine of ten pairs of countries"
        told = (
            f"{one.exporter} > {one.importer} {date_text(one.from_on)} - {date_text(one.to_on)}: {one.percent} %, "
            f"left {one.left_percent.low} to {one.left_percent.high} %, {usual}"
        )
        lines += paragraph(told, width, indent=2)
    return tuple(lines) if answer.compared else ()


def _changes(answer: TradeAnswer, width: int) -> tuple[Line, ...]:
    if not answer.changes:
        return ()
    lines = [*heading("One year over the year before", "factor: 0.50 is half, 2.00 is double; nine chances in ten", width)]
    columns = (
        Column(title="from > to"),
        Column(title="year"),
        Column(title="low", align="right"),
        Column(title="middle", align="right"),
        Column(title="high", align="right"),
        Column(title="records alone", align="right", rank=1),
    )
    rows = [
        (
            f"{one.exporter} > {one.importer}",
            str(one.from_on.year),
            f"{one.factor.low:.2f}",
            f"{one.factor.typical:.2f}",
            f"{one.factor.high:.2f}",
            f"{one.factor_before_claims.low:.2f} - {one.factor_before_claims.high:.2f}",
        )
        for one in answer.changes
    ]
    lines += table_lines(columns, rows, width)
    return tuple(lines)


def _consequences(answer: TradeAnswer, width: int) -> tuple[Line, ...]:
    """For each year whose fall follows from claims: the range that chances give, and what follows from which claims."""
    lines = [*heading("Did it fall?", "what follows from claims, if they are right: bounds, no chances; all records taken as right", width)]
    words = {(claim.claim_id, one.reading): one.words for claim in answer.ledger for one in claim.readings}
    keys = dict.fromkeys((one.reporter, one.partner, one.flow, one.from_on.year) for one in answer.consequences)
    for reporter, partner, flow, year in keys:
        lines += paragraph(f"{_name_books(reporter, partner, flow)}, {year} over {year - 1}", width, indent=2)
        lines += _range_lines(answer, (reporter, partner, flow, year), width)
        for one in answer.consequences:
            if (one.reporter, one.partner, one.flow, one.from_on.year) == (reporter, partner, flow, year):
                fall = f"{(1 - one.factor) * 100:.1f}" if one.factor is not None else "-"
                said = " and ".join(_tell_reading(name, words) for name in one.statements)
                lines += paragraph(f"a fall of at least {fall} % if {said}", width, indent=6)
    return tuple(lines) if keys else ()


def _range_lines(answer: TradeAnswer, key: tuple[str, str, str, int], width: int) -> tuple[Line, ...]:
    """The factor of the year as the table above has it, and what that says about a fall."""
    reporter, partner, flow, year = key
    change = next((one for one in answer.changes if (one.exporter, one.importer, one.from_on.year) == (reporter, partner, year)), None)
    if flow != "export" or change is None:
        return ()
    low, high = change.factor_before_claims.low, change.factor_before_claims.high
    verdict = "a fall follows from the records" if high < 1 else "no fall follows from the records" if low >= 1 else _POSSIBLE
    text = f"{low:.2f} to {high:.2f} times by records alone, {change.factor.low:.2f} to {change.factor.high:.2f} with claims weighed (nine "
    return paragraph(f"{text}chances in ten): {verdict}", width, indent=4)


def _tell_reading(name: str, words: Mapping[tuple[str, str], str]) -> str:
    """``claim (reading)`` with what the reading says."""
    claim, _, reading = name.rstrip(")").rpartition(" (")
    return f"{claim} (read as: {_shorten(words.get((claim, reading), reading))})"


def _shorten(words: str) -> str:
    """A reading of many parts by its first and its last."""
    parts = words.split("; ")
    return words if len(parts) <= _MOST_PARTS else f"{parts[0]}; ... {parts[-1]} ({len(parts)} parts)"


def _name_books(reporter: str, partner: str, flow: str) -> str:
    return f"{flow}s {'to' if flow == 'export' else 'from'} {partner} in the books of {reporter}"


def _ledger(answer: TradeAnswer, width: int) -> tuple[Line, ...]:
    lines = [*heading("Claims", "each held against the records and all other claims", width)]
    for claim in answer.ledger:
        lines += _claim(claim, width)
    return tuple(lines) if answer.ledger else ()


def _claim(claim: ClaimVerdict, width: int) -> list[Line]:
    verdict = claim.verdict.value.replace("_", " ")
    name = f"  {claim.claim_id}"
    is_beside = 2 + text_width(verdict + name) <= width
    lines = [line_of(Span(verdict, _STYLES[claim.verdict]), *((name,) if is_beside else ()), indent=2)]
    lines += () if is_beside else paragraph(claim.claim_id, width, indent=4)
    lines += paragraph(f"{claim.title}: {claim.speaker}, {date_text(claim.said_on)} (grade {claim.grade})", width, indent=4)
    lines += [line for one in claim.readings for line in paragraph(_tell_verdict(claim, one), width, indent=4)]
    if claim.repeats:
        lines += paragraph(
            f"repeats records of its own source ({', '.join(claim.repeats)}), which bear it out by themselves", width, indent=4
        )
    if claim.conflict is not None:
        lines += paragraph(_describe_conflict(claim), width, indent=4)
    if claim.verdict is Verdict.NOT_DECIDABLE:
        if claim.decided_by is not None:
            lines += paragraph(f"would be decided by {describe_figure(claim.decided_by)}", width, indent=4)
        elif claim.borne_out_by is not None:
            told = (
                f"would be borne out by {describe_figure(claim.borne_out_by)}, if it agrees; no single figure decides it whatever it shows"
            )
            lines += paragraph(told, width, indent=4)
        else:
            fewest = min((one for one in claim.readings if one.verdict is claim.verdict), key=lambda one: len(one.missing))
            shown = "; ".join(describe_figure(one) for one in fewest.missing[:3]) + (" ..." if len(fewest.missing) > 3 else "")
            lines += paragraph(f"no single figure decides it; at least {len(fewest.missing)} are missing: {shown}", width, indent=4)
    return lines


def _tell_verdict(claim: ClaimVerdict, one: ReadingVerdict) -> str:
    """One reading; its verdict where it is not that of the claim."""
    verdict = "" if one.verdict is claim.verdict else f": {one.verdict.value.replace('_', ' ')}"
    return f"read as: {_shorten(one.words)}{verdict}"


def _describe_conflict(claim: ClaimVerdict) -> str:
    """The smallest set that cannot all be true, and under which reading of whose books."""
    conflict = claim.conflict
    assert conflict is not None
    books = f", if all mean the books of {conflict.books}" if conflict.books is not None else ""
    if conflict.books is not None and claim.verdict is Verdict.CONTRADICTED:
        books = ", whichever country's books they mean, as long as all mean the same"
    return f"cannot all be true{books}: {', '.join(conflict.statements)}"


def describe_figure(figure: TradeFigure) -> str:
    """A figure that was not disclosed, in words."""
    goods = f" of HS {figure.hs}" if figure.hs else ""
    other = f"{'to' if figure.flow == 'export' else 'from'} {figure.partner}"
    return f"{figure.flow}s{goods} {other}, {date_text(figure.from_on)} - {date_text(figure.to_on)}, as {figure.reporter} has them"


def _notes(answer: TradeAnswer, width: int) -> tuple[Line, ...]:
    complete = "" if answer.is_complete else "; more flows or conflicts exist than are shown"
    text = f"{answer.draws} draws, seed {answer.seed}; method, papers and how the intervals were tested: docs/trade.md{complete}"
    return paragraph(Span(text, "dim"), width)


def _millions(value: Range[int]) -> tuple[str, str, str]:
    low, middle, high = (f"{end / 1e6:.2f}" for end in (value.low, value.typical, value.high))
    return low, middle, high


def tell_flow_books(books: Sequence[FlowBook]) -> tuple[str, ...]:
    """One line for each direction: the flow, what known shipments are of it, and the boxes made of the rest."""
    lines = []
    for book in books:
        units = sum(row.units for row in book.shipments)
        boxes = ", ".join(f"{row.units} x {row.unit_type_id} of HS {row.hs} at {money_text(row.per_unit_cents)}" for row in book.goods)
        lines.append(
            f"{book.exporter} - {book.importer} {book.from_on.year} ({book.point}): {money_text(book.value_cents)}, known shipments "
            f"{money_text(book.known_cents)}, the rest {money_text(book.rest_cents)} in {units} boxes: {boxes or 'none'}"
        )
    return tuple(lines)
