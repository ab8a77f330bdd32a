"""What the ids of a plan stand for: names, local time, sources. Without a feed an id stands for itself and times are UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Leg
from landbridge.domain.source import Source
from landbridge.report.feed_view import border_points

_LABELS = re.compile(r"\b[\d,]+ labels\b")
"""The measure of a bounded search, of no use to whoever reads an answer."""
_DEPARTURE = re.compile(r"@(?=\d{4}-\d{2}-\d{2})")
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.:-]*[A-Za-z0-9])?")


class Legend:
    """Names and zones of one feed. Read only."""

    def __init__(self, dataset: Dataset | None = None) -> None:
        self._names: dict[str, str] = {}
        self._written: dict[str, str] = {}
        self._zones: dict[str, str] = {}
        self._goods: dict[str, str] = {}
        self._terminals: dict[str, tuple[str, str]] = {}
        self._sources: dict[str, Source] = {}
        self._points: dict[str, tuple[float, float]] = {}
        self._dataset = dataset
        if dataset is not None:
            self._take(dataset)

    def _take(self, dataset: Dataset) -> None:
        written = (
            *((one.offer_id, one.name) for one in dataset.block_offers),
            *((one.tier_id, one.name) for one in dataset.volume_tiers),
            *((one.reuse_id, one.name) for one in dataset.reuses),
            *((one.haulage_id, one.name) for one in dataset.haulage),
            *((one.service_id, one.name) for one in dataset.services),
            *((one.passage_id, one.name) for one in dataset.passages),
            *((one.border_id, one.name) for one in dataset.borders),
            *((one.place_id, one.name) for one in dataset.places),
        )
        self._terminals = {str(one.terminal_id): (one.name, str(one.operator_id)) for one in dataset.terminals}
        read = (*((one.party_id, one.name) for one in dataset.parties), *((one.document_id, one.name) for one in dataset.documents))
        self._written = {str(subject_id): name for subject_id, name in written}
        self._names = {**{str(subject_id): name for subject_id, name in read}, **self._written}
        self._zones = {place.place_id: place.zone for place in dataset.places}
        self._goods = {goods.hs: goods.name for goods in dataset.goods}
        self._sources = {source.source_id: source for source in dataset.sources}
        self._points = {**border_points(dataset), **{str(one.place_id): (one.lon, one.lat) for one in dataset.places}}

    def name(self, subject_id: str) -> str:
        """The name of a place, border, passage, service, haulage offer, document or party; its id if it has none here."""
        return self._names.get(subject_id, subject_id)

    def name_and_id(self, subject_id: str) -> str:
        name = self.name(subject_id)
        return name if name == subject_id else f"{name} ({subject_id})"

    def reworded(self, text: str) -> str:
        """A text of another room with the ids in it replaced by names: of places, borders, services, haulage, what is shared."""
        text = _DEPARTURE.sub(", ", _LABELS.sub("the bound of the search", text))
        return _ID.sub(lambda found: self._reword(found[0]), text)

    def _reword(self, token: str) -> str:
        head, colon, unit = token.rpartition(":")
        return f"{self._written[head]}, {unit}" if colon and head in self._written else self._written.get(token, token)

    def find_goods(self, hs: str) -> str | None:
        """The name of the longest HS prefix of ``hs`` that has one."""
        return next((self._goods[hs[:length]] for length in range(len(hs), 0, -1) if hs[:length] in self._goods), None)

    def find_point(self, subject_id: str) -> tuple[float, float] | None:
        """Longitude and latitude of a place or border, degrees; None where it has none here."""
        return self._points.get(subject_id)

    def is_named(self, leg: Leg) -> bool:
        """Whether somebody is named who carries on a leg, so that he was screened."""
        return leg.operator_id is not None if self._dataset is None else self._dataset.is_named(leg)

    def name_carriers(self, leg: Leg) -> str:
        """Who carries on a leg, over whose tracks, at whose terminals; empty where nobody is named."""
        named = [self.name(leg.operator_id)] if leg.operator_id and self.is_named(leg) else []
        tracks = ", ".join(self.name(one) for one in leg.infrastructure_ids or ())
        terminals = " and ".join(self.name_terminal(one) for one in leg.terminal_ids or ())
        named += [f"over the tracks of {tracks}"] if tracks else []
        return "; ".join([*named, *([f"at {terminals}"] if terminals else [])])

    def name_terminal(self, terminal_id: str) -> str:
        """A terminal by name, with who operates it; its id if it has no row here."""
        name, operator_id = self._terminals.get(terminal_id, (terminal_id, ""))
        return f"{name} ({self.name(operator_id)})" if operator_id else name

    def find_source(self, source_id: str) -> Source | None:
        return self._sources.get(source_id)

    def local(self, place_id: str, at: datetime) -> datetime:
        """A time on the clocks of a place."""
        zone = _zone(self._zones.get(place_id, ""))
        return at.astimezone(zone or UTC)

    def local_date(self, place_id: str, at: datetime) -> date:
        return self.local(place_id, at).date()

    @property
    def has_zones(self) -> bool:
        return bool(self._zones)


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
