"""The ledger of claims: consistent, contradicted by the smallest set that says so, or not decidable, and what would decide it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from landbridge.domain.dataset import Dataset
from landbridge.domain.trade import ClaimTerm, TradeClaim
from landbridge.domain.trade_answer import ClaimVerdict, Conflict, ReadingVerdict, TradeFigure, Verdict
from landbridge.statistics.conflict import find_conflicts
from landbridge.statistics.figure import Figure, Timeline, name_series
from landbridge.statistics.linear import Bound, at_least, at_most, maximise
from landbridge.statistics.statement import Statement, Way, find_repeated, list_telling, list_terms
from landbridge.statistics.trial import Trial, narrow_ways

_SLACK = Fraction(1, 10**6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All claims judged, all conflicts found, and whether these are all there are."""

    claims: tuple[ClaimVerdict, ...]
    conflicts: tuple[Conflict, ...]
    is_complete: bool


def judge_claims(dataset: Dataset, figures: Sequence[Figure], statements: Sequence[Statement], timeline: Timeline) -> Ledger:
    """Judge each claim against the records, the links between books and all other claims.

    Notes
    -----
    A claim is contradicted if it belongs to a smallest set of statements that cannot all be true, each claim being free to mean any of its
    readings; or if each of its readings is excluded by statements about the same country's books. It is consistent if records alone pin
    every figure of one of its readings, and agree with it. Otherwise nothing published decides it. The same is asked again with all claims
    taken to mean the books of one country, then of the other.
    """
    countries = sorted({book for statement in statements for way in statement.ways for book in way.books})
    telling = list_telling(dataset, statements)
    conflicts: list[Conflict] = []
    is_complete = True
    for books in (None, *countries):
        found, is_all = _list_conflicts(telling, books)
        conflicts += found
        is_complete = is_complete and is_all
    judge = _Judge(dataset, tuple(figures), tuple(statements), timeline, tuple(conflicts))
    said = {statement.name for statement in statements if statement.kind == "claim"}
    claims = tuple(judge.judge_claim(claim) for claim in dataset.claims if claim.claim_id in said)
    return Ledger(claims=claims, conflicts=tuple(conflicts), is_complete=is_complete)


def _list_conflicts(statements: Sequence[Statement], books: str | None) -> tuple[list[Conflict], bool]:
    """Minimal conflicts under one reading of whose books are meant, each confirmed."""
    trial = Trial(statements, books)
    found, is_all = find_conflicts(len(statements), trial.can_hold)
    named = [[statements[number] for number in sorted(one)] for one in found]
    confirmed = [members for members in named if is_minimal_conflict(members, books)]
    return [_name_conflict(members, books) for members in confirmed], is_all and len(confirmed) == len(named)


def is_minimal_conflict(members: Sequence[Statement], books: str | None) -> bool:
    """Confirm in exact arithmetic that statements cannot all be true, and that they can without any one of them."""
    exact = Trial(members, books, is_exact=True)
    everyone = frozenset(range(len(members)))
    return not exact.can_hold(everyone) and all(exact.can_hold(everyone - {one}) for one in everyone)


def _name_conflict(statements: Iterable[Statement], books: str | None) -> Conflict:
    listed = list(statements)
    rows = tuple(dict.fromkeys(statement.row for statement in listed if statement.row))
    return Conflict(statements=tuple(statement.name for statement in listed), rows=rows, books=books)


def find_disclosures(readings: Sequence[ReadingVerdict]) -> tuple[TradeFigure | None, TradeFigure | None]:
    """The one figure that decides a claim whatever it shows, else one that would bear it out if it agrees.

    A figure decides if every reading that is open waits for it alone. Where another reading waits for something else, the figure can make
    the claim consistent, but if it disagrees the claim stays open.
    """
    open_ones = [one for one in readings if one.verdict is Verdict.NOT_DECIDABLE]
    singles = [one.missing[0] for one in open_ones if len(one.missing) == 1]
    if singles and all(one.missing == (singles[0],) for one in open_ones):
        return singles[0], None
    return None, singles[0] if singles else None


@dataclass(frozen=True, slots=True)
class _Judge:
    dataset: Dataset
    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]
    timeline: Timeline
    conflicts: tuple[Conflict, ...]

    def judge_claim(self, claim: TradeClaim) -> ClaimVerdict:
        statement = next(one for one in self.statements if one.name == claim.claim_id)
        readings = tuple(self._judge_reading(statement, way) for way in statement.ways)
        repeated = find_repeated(self.dataset, claim.claim_id)
        ours = [one for one in self.conflicts if {claim.claim_id, *repeated} & set(one.statements)]
        conflict = next((one for one in ours if one.books is None), ours[0] if ours else None)
        is_excluded = any(one.books is None for one in ours) and not repeated
        if is_excluded or all(reading.verdict is Verdict.CONTRADICTED for reading in readings):
            verdict = Verdict.CONTRADICTED
        elif any(reading.verdict is Verdict.CONSISTENT for reading in readings):
            verdict = Verdict.CONSISTENT
        else:
            verdict = Verdict.NOT_DECIDABLE
        decides, may_decide = find_disclosures(readings) if verdict is Verdict.NOT_DECIDABLE else (None, None)
        return ClaimVerdict(
            claim_id=claim.claim_id, title=claim.title, speaker=claim.speaker, said_on=claim.said_on, source_id=claim.source_id,
            grade=self.dataset.source_by_id[claim.source_id].grade, verdict=verdict, readings=readings, conflict=conflict,
            decided_by=decides, borne_out_by=may_decide, repeats=repeated,
        )  # fmt: skip

    def _judge_reading(self, statement: Statement, way: Way) -> ReadingVerdict:
        missing = self._list_missing(statement.name, way)
        conflict = self._find_conflict(statement, way)
        verdict = Verdict.CONTRADICTED if conflict is not None else Verdict.NOT_DECIDABLE if missing else Verdict.CONSISTENT
        return ReadingVerdict(reading=way.reading, words=way.words, verdict=verdict, conflict=conflict, missing=missing)

    def _find_conflict(self, statement: Statement, way: Way) -> Conflict | None:
        """The smallest set that excludes one reading: other claims by the same books, records, links."""
        books = next(iter(way.books)) if len(way.books) == 1 else None
        others = [one for one in self.statements if one.name != statement.name]
        narrowed = [replace(one, ways=narrow_ways(one, books)) for one in others]
        alone = replace(statement, ways=(way,))
        hit = [one for one in self.conflicts if statement.name in one.statements and one.books == books]
        for known in hit:
            members = [one for one in narrowed if one.name in known.statements]
            if not Trial([*members, alone], is_exact=True).can_hold(frozenset(range(len(members) + 1))):
                return known
        return self._minimise([*narrowed, alone], books)

    def _minimise(self, statements: list[Statement], books: str | None) -> Conflict | None:
        """A conflict that holds the last statement, made minimal by leaving out one after the other; None if the last can hold."""
        kept = [one for one in statements[:-1] if one.kind != "claim"]
        if Trial([*kept, statements[-1]]).can_hold(frozenset(range(len(kept) + 1))):
            return None
        for one in list(kept):
            rest = [other for other in kept if other is not one]
            if not Trial([*rest, statements[-1]]).can_hold(frozenset(range(len(rest) + 1))):
                kept = rest
        members = [*kept, statements[-1]]
        return _name_conflict(members, books) if is_minimal_conflict(members, None) else None

    def _list_missing(self, claim_id: str, way: Way) -> tuple[TradeFigure, ...]:
        """Figures of a reading that records do not pin."""
        parts = [row for row in self.dataset.claim_readings if (row.claim_id, row.reading) == (claim_id, way.reading)]
        terms = {self._name_term(term): term for part in parts for term in list_terms(self.dataset, part)}
        return tuple(figure for figure, term in terms.items() if not self._is_pinned(term))

    def _name_term(self, term: ClaimTerm) -> TradeFigure:
        return TradeFigure(reporter=term.reporter, partner=term.partner, flow=term.flow, hs=term.hs, from_on=term.from_on, to_on=term.to_on)

    def _is_pinned(self, term: ClaimTerm) -> bool:
        """Whether records of the same books bound a figure from both sides, to within a tenth of it."""
        bounds: list[Bound] = []
        for figure in self.figures:
            if figure.series == name_series(term):
                factors = dict.fromkeys(self.timeline.list_quantities(figure.series, figure.from_on, figure.to_on), Fraction(1))
                bounds += [at_least(factors, figure.low), at_most(factors, figure.high)]
        goal = dict.fromkeys(self.timeline.list_quantities(name_series(term), term.from_on, term.to_on), Fraction(1))
        most = maximise(goal, bounds).value
        least = maximise({key: Fraction(-1) for key in goal}, bounds).value
        return most is not None and least is not None and most + least <= max(-least / 10, _SLACK)
