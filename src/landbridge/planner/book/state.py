"""Checkpoints of a book and plans that are committed: one file for both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from landbridge.domain.book import BookPlan
from landbridge.domain.book_state import BookState, KeptSearch, KeptWay
from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.domain.headway import Headway
from landbridge.domain.query import Query
from landbridge.planner.book.ways import Found, Ways
from landbridge.planner.gate import gate_dataset
from landbridge.planner.same_feed import SameFeed

STATE_FORMAT = "landbridge.book-state/1"
_WRITE_SHARE = 10.0
"""A checkpoint is written again after so many times what writing it took."""


def read_state(path: str) -> BookState:
    """Read a state that an earlier run wrote.

    Raises
    ------
    DataError
        With everything that is wrong with the file, at once.
    """
    from landbridge.report.document_form import Trouble, decode, name_kind
    from landbridge.sources.files import read_json

    document = read_json(Path(path))
    form = document.get("format") if isinstance(document, dict) else None
    if form != STATE_FORMAT:
        told = "it has no format" if form is None else f"format is {str(form)[:40]!r}"
        if (kind := name_kind(document)) is not None and form is not None:
            told = f"this is {kind} ({told})"
        fix = "Give a file that landbridge book --checkpoint wrote."
        raise DataError([Finding(code="BOOK-STATE", file=path, message=f"{told}, not {STATE_FORMAT}", fix=fix)])
    trouble = Trouble(path, wrote="landbridge book --checkpoint")
    state = decode(BookState, document, "$", trouble)
    if trouble.findings:
        raise DataError(trouble.findings)
    return state


def write_state(path: str, state: BookState) -> None:
    """Write a state, whole or not at all."""
    from landbridge.report.document_form import encode
    from landbridge.report.plan_document import document_text
    from landbridge.sources.files import write_whole

    document = encode(state)
    assert isinstance(document, dict)
    write_whole(Path(path), document_text(document).encode("utf-8"))


@dataclass(slots=True)
class Checkpoint:
    """Keeps what routing finds in a file, and gives it back to the next run on the same feed behind the same gate.

    Nothing is taken over that was found for another feed, another question, or other designations.
    """

    path: str
    dataset: Dataset
    as_of: date
    known: dict[Query, KeptSearch] = field(default_factory=dict)
    ways: tuple[KeptWay, ...] = ()

    def load(self) -> int:
        """Read the file if it is there; the number of searches that can be used again."""
        if Path(self.path).exists():
            state = read_state(self.path)
            if state.dataset_digest == self.dataset.digest and state.as_of == self.as_of:
                self.known = {one.query: one for one in state.searches}
                self.ways = state.ways
        return len(self.known)

    def wrap(self, ways: Ways) -> KeptWays:
        """The ways that are looked for in the checkpoint first, and written to it as they are found."""
        return KeptWays(self, ways)

    def save(self, plan: BookPlan | None = None) -> None:
        """Write what is known, and the joint plan."""
        if plan is not None:
            self.ways = ways_of(plan)
        searches = tuple(self.known.values())
        state = BookState(format=STATE_FORMAT, dataset_digest=self.dataset.digest, as_of=self.as_of, searches=searches, ways=self.ways)
        write_state(self.path, state)


@dataclass(slots=True)
class KeptWays:
    """Ways behind a checkpoint."""

    checkpoint: Checkpoint
    ways: Ways
    stamps: dict[Query, str] = field(default_factory=dict)
    saved_at: float = 0.0
    save_seconds: float = 0.0
    is_unsaved: bool = False

    def prepare(self, queries: Sequence[Query], later: Sequence[Query], seconds: float) -> Iterator[Headway]:
        asked = [[query for query in rows if not self.knows(query)] for rows in (queries, later)]
        try:
            for headway in self.ways.prepare(asked[0], asked[1], seconds):
                for query in (*asked[0], *asked[1]):
                    if self.ways.knows(query) and not self.knows(query):
                        self._keep(query)
                self._save_at_times()
                yield headway
        finally:
            self.flush()

    def flush(self) -> None:
        """Write what was found since the file was written last."""
        if self.is_unsaved:
            begin = perf_counter()
            self.checkpoint.save()
            self.saved_at, self.is_unsaved = perf_counter(), False
            self.save_seconds = self.saved_at - begin

    def _save_at_times(self) -> None:
        """Write what is known, but spend no more than a tenth of the time on it: the file is written whole each time."""
        if perf_counter() - self.saved_at >= _WRITE_SHARE * self.save_seconds:
            self.flush()

    def knows(self, query: Query) -> bool:
        kept = self.checkpoint.known.get(query)
        return kept is not None and kept.gate == self._stamp(query)

    def find(self, query: Query) -> Found:
        if not self.knows(query):
            self._keep(query)
            self._save_at_times()
        kept = self.checkpoint.known[query]
        return kept.itineraries, kept.rejected

    def _keep(self, query: Query) -> None:
        itineraries, rejected = self.ways.find(query)
        self.is_unsaved = True
        self.checkpoint.known[query] = KeptSearch(query=query, gate=self._stamp(query), itineraries=itineraries, rejected=rejected)

    def _stamp(self, query: Query) -> str:
        """The law behind the gate, and how ways are looked for."""
        if query not in self.stamps:
            self.stamps[query] = f"{type(self.ways).__name__}:{gate_stamp(self.checkpoint.dataset, query)}"
        return self.stamps[query]


def gate_stamp(dataset: Dataset, query: Query) -> str:
    """A digest of the law behind the gate of a question: policy, regimes, designations and rules, those of the feed ``world`` included."""
    return _stamp_law(SameFeed(gate_dataset(dataset, query)))


@lru_cache(maxsize=8)
def _stamp_law(feed: SameFeed) -> str:
    gated = feed.dataset
    law = gated.info.gates, gated.regimes, gated.watchlist, gated.ownership, gated.rules
    return hashlib.sha256(repr(law).encode()).hexdigest()


def ways_of(plan: BookPlan) -> tuple[KeptWay, ...]:
    """How the shipments of a joint plan go."""
    return tuple(
        KeptWay(
            shipment_id=row.shipment_id,
            starts_on=row.starts_on,
            itinerary=row.itinerary,
            train_id=row.train_id,
            train_leg=row.train_leg,
            lead_id=row.lead_id,
            stuffing_ids=row.stuffing_ids,
        )
        for row in plan.shipments
        if row.itinerary is not None and row.starts_on is not None
    )


def find_fixed(dataset: Dataset, ways: tuple[KeptWay, ...], as_of: date) -> dict[str, KeptWay]:
    """The shipments of an earlier plan that are under way or booked on the day of asking: departed, or on a train that is ordered.

    The day of departure is that of the place where it departs. What lies in the unit of such a shipment goes with it.
    """
    leads = {row.offer_id: row.lead_days for row in dataset.block_offers}
    fixed = {}
    for way in ways:
        is_ordered = False
        if way.train_id is not None:
            offer_id, _, leaves_on = way.train_id.rpartition("@")
            is_ordered = date.fromisoformat(leaves_on) - timedelta(days=leads.get(offer_id, 0)) <= as_of
        zone = ZoneInfo(dataset.get_place(way.itinerary.legs[0].from_id).zone)
        if is_ordered or way.itinerary.departs_at.astimezone(zone).date() <= as_of:
            fixed[way.shipment_id] = way
    return fixed | {way.shipment_id: way for way in ways if way.lead_id in fixed}


def list_changes(plan: BookPlan, ways: tuple[KeptWay, ...]) -> tuple[str, ...]:
    """What a plan does otherwise than an earlier one, a sentence for each shipment."""
    now = {one.shipment_id: one for one in ways_of(plan)}
    told = []
    for way in ways:
        new = now.get(way.shipment_id)
        if new is None:
            told.append(f"{way.shipment_id} is not carried any more")
        elif new.key != way.key:
            hours = round((new.itinerary.arrives_at - way.itinerary.arrives_at).total_seconds() / 3600)
            later = f"{hours:+d} hours" if abs(hours) < 48 else f"{hours / 24:+.0f} days"
            services = [[(leg.service_id, leg.from_id, leg.to_id) for leg in one.itinerary.legs] for one in (way, new)]
            how = "by the same services at other times" if services[0] == services[1] else "by other services"
            cents = new.itinerary.cost_cents - way.itinerary.cost_cents
            unit = "" if new.lead_id == way.lead_id else f", unit led by {way.lead_id or 'itself'} -> {new.lead_id or 'itself'}"
            train = "" if new.train_id == way.train_id else f", train {way.train_id or 'none'} -> {new.train_id or 'none'}"
            told.append(f"{way.shipment_id} goes {how}: {cents / 100:+,.0f}, arrives {later}{train}{unit}")
    return tuple(told)


def read_committed(path: str) -> tuple[KeptWay, ...]:
    """The plan that an earlier run left in its checkpoint.

    Raises
    ------
    DataError
        With everything that is wrong with the file, at once.
    """
    return read_state(path).ways
