"""Random feeds with what the others lack: a third country, ten time zones, laws that see ends, places, carriers and each other, seasons.

Rules and licences with ``unless_rule_ids``, jurisdiction, ends, transit, places, borders; papers that take long, run out or end, waited
for or not; lists; events between some countries; surcharges, border waits and prices of seasons and of days in the middle of a month.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from landbridge.domain.border import Border, Crossing
from landbridge.domain.dataset import Dataset
from landbridge.domain.event import Event
from landbridge.domain.haulage import Haulage, HaulageRate, Link
from landbridge.domain.party import WatchlistEntry
from landbridge.domain.query import Query
from landbridge.domain.rule import Document, Rule
from landbridge.domain.tariff import Surcharge
from tests.corridor import AS_OF, READY, S, minutes, question, status, usd
from tests.properties.random_feed import random_dataset

COUNTRIES = ("AA", "BB", "CC")
ZONES = (
    "UTC", "UTC", "Asia/Karachi", "Pacific/Pago_Pago", "Pacific/Apia", "Pacific/Kiritimati", "America/New_York", "Asia/Kathmandu",
    "America/Havana", "Europe/Moscow",
)  # fmt: skip
SEASONS = ((12, 10), (2, 29), (1, 1), (11, 28), (1, 20), (2, 28), (12, 31))
SHIFTS = (-9, -8, -7, -3, -1, 0, 1, 2, 5, 9, 14, 15, 16, 20, 29, 30, 31, 33, 45, 59, 60, 88, 90, 100)
IN_DECEMBER = tuple(date(2026, 12, day) for day in (1, 1, 9, 15, 17, 31))
READIES = (
    *(AS_OF + timedelta(days=shift) for shift in (0, 0, 1)),
    *(date(2026, 11, 30), date(2027, 1, 1), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 1)),
)
KNOWN = {"known_from": date(2020, 1, 1)}


def harder_dataset(seed: int, most_rules: int = 7) -> Dataset:
    """A feed of :func:`tests.properties.random_feed.random_dataset` with more of everything that law and days can do."""
    return _Draw(seed, most_rules).dataset()


def harder_questions(seed: int, count: int) -> list[Query]:
    """Questions about a feed: other ends, ready days and wishes, most of them about one load, that share tables."""
    draw = random.Random(f"questions {seed}")
    places = [row.place_id for row in random_dataset(seed).places]
    loads = [
        {
            "as_of": draw.choice((AS_OF, AS_OF, AS_OF - timedelta(days=10), date(2026, 12, 10))),
            "horizon_days": draw.choice((40, 40, 25, 1)),
            "units": draw.randint(1, 2),
            "consignee_id": draw.choice((None,) * 9 + ("other",)),
        }
        for _ in range(2)
    ]
    found = []
    for _ in range(count):
        load = loads[draw.random() < 0.25]
        origin, destination = draw.sample(places, 2) if draw.random() < 0.6 else ("AA", "BB")
        ready = draw.choice(READIES if draw.random() < 0.25 else IN_DECEMBER)
        if ready < load["as_of"] and draw.random() < 0.7:
            ready = load["as_of"] + timedelta(days=draw.choice((0, 1, 5, 12)))
        wishes = {"via": draw.choice(((), (), (), ("P1",))), "avoid": draw.choice(((), (), (), ("P2",), ("sea",)))}
        due_on = draw.choice((None, None, ready + timedelta(days=draw.randint(5, 30))))
        ends = {"origin_id": origin, "destination_id": destination, "ready_on": ready, "due_on": due_on}
        found.append(question(max_legs=3, tolerance_percent=0, **ends, **load, **wishes))
    return found


class _Draw:
    """One feed in the making."""

    def __init__(self, seed: int, most_rules: int) -> None:
        self.seed, self.most_rules, self.draw, self.feed = seed, most_rules, random.Random(f"harder {seed}"), random_dataset(seed)
        self.country = {row.place_id: row.country for row in self.feed.places}
        for place_id in self.country:
            if place_id not in ("AA", "BB") and self.draw.random() < 0.5:
                self.country[place_id] = "CC"
        self.services = [row.service_id for row in self.feed.services]

    def dataset(self) -> Dataset:
        draw, feed = self.draw, self.feed
        links, crossings = self._links()
        self.borders = tuple(dict.fromkeys(row.border_id for row in crossings))
        self.entries = tuple(self._entries())
        self.documents = (*feed.documents, *self._documents())
        return replace(
            feed,
            digest=f"harder {self.seed}",
            places=tuple(replace(row, country=self.country[row.place_id], zone=draw.choice(ZONES)) for row in feed.places),
            links=links,
            borders=tuple(Border(border_id=one, name=one, **S) for one in self.borders),
            crossings=crossings,
            hours=tuple(row for row in feed.hours if row.border_id is None),
            haulage=tuple(self._haulage(row) for row in feed.haulage),
            haulage_rates=(*feed.haulage_rates, *self._rates_of_third()),
            services=tuple(replace(row, valid_from=draw.choice((None, None, None, self._day()))) for row in feed.services),
            statuses=(*feed.statuses, *self._statuses()),
            tariffs=self._halved(feed.tariffs, 0.3, "tariff_id", lambda: {"amount": usd(draw.randint(20, 900))}),
            handling=self._halved(
                feed.handling,
                0.15,
                "handling_id",
                lambda: {"amount": usd(draw.randint(0, 90)), "duration_min": minutes(draw.choice((0, 60, 1800)))},
            ),
            returns=self._halved(feed.returns, 0.5, "return_id", lambda: {"amount": usd(draw.randint(1, 200))}),
            detention=self._halved(feed.detention, 0.4, "detention_id", lambda: {"per_day": usd(draw.randint(1, 100))}),
            through_rates=tuple(replace(row, **self._span()) if draw.random() < 0.5 else row for row in feed.through_rates),
            surcharges=(*feed.surcharges, *self._surcharges()),
            events=(*feed.events, *self._events()),
            documents=self.documents,
            watchlist=self.entries,
            rules=self._rules(),
        )

    def _day(self) -> date:
        return READY + timedelta(days=self.draw.choice(SHIFTS))

    def _span(self) -> dict[str, date | None]:
        """From one day to another, or without an end, or a beginning, or both."""
        first, last = sorted((self._day(), self._day()))
        told = self.draw.choice(((None, None), (first, None), (None, last), (first, last), (first, last)))
        return dict(zip(("valid_from", "valid_to"), told, strict=True))

    def _some(self, rows: Sequence[str], share: float) -> tuple[str, ...]:
        return (self.draw.choice(rows),) if rows and self.draw.random() < share else ()

    def _halved(self, rows: Sequence[Any], share: float, key: str, changed: Any) -> tuple[Any, ...]:
        """Some rows cut in two at a day, with something else from then on."""
        found: list[Any] = []
        for row in rows:
            if self.draw.random() < share:
                day = self._day()
                found.append(replace(row, **{key: f"{getattr(row, key)} before"}, valid_to=day - timedelta(days=1)))
                found.append(replace(row, **{key: f"{getattr(row, key)} after"}, valid_from=day, **changed()))
            else:
                found.append(row)
        return tuple(found)

    def _links(self) -> tuple[tuple[Link, ...], tuple[Crossing, ...]]:
        """Links with a border wherever they leave a country, and what it takes to cross it."""
        draw, links, crossings = self.draw, [], []
        for number, link in enumerate(self.feed.links):
            ends = self.country[link.from_place_id], self.country[link.to_place_id]
            border = f"border {number}" if ends[0] != ends[1] else None
            links.append(replace(link, country=ends[0], border_id=border))
            for start, end in (ends, ends[::-1]) if border else ():
                row = Crossing(
                    crossing_id=f"{border} from {start}",
                    border_id=border,
                    mode="road",
                    from_country=start,
                    to_country=end,
                    wait_min=minutes(draw.choice((0, 90, 700))),
                    fee=draw.choice((None, usd(draw.randint(1, 40)))),
                    currency="USD",
                    **S,
                )
                crossings.append(replace(row, **self._span()) if draw.random() < 0.2 else row)
                if draw.random() < 0.3:
                    season = {"season_from": draw.choice(SEASONS), "season_to": draw.choice(SEASONS)}
                    crossings.append(replace(row, crossing_id=f"{row.crossing_id} in season", wait_min=minutes(5), **season))
        return tuple(links), tuple(crossings)

    def _haulage(self, row: Haulage) -> Haulage:
        draw = self.draw
        return replace(
            row,
            registration=draw.choice((None, None, *COUNTRIES)),
            operator_id=draw.choice((None, "line", "other")),
            lead_min=draw.choice((0, 0, 0, 60 * 24 * 9)),
        )

    def _rates_of_third(self) -> Iterator[HaulageRate]:
        for offer in self.feed.haulage:
            base = next(row for row in self.feed.haulage_rates if row.haulage_id == offer.haulage_id and row.country == "BB")
            day, name = self._day(), f"{offer.haulage_id} in CC"
            yield replace(base, rate_id=f"{name} before", country="CC", valid_from=None, valid_to=day - timedelta(days=1))
            per_km = usd(Decimal(self.draw.randint(20, 200)) / 100)
            yield replace(base, rate_id=f"{name} after", country="CC", valid_from=day, valid_to=None, per_km=per_km)

    def _statuses(self) -> Iterator[Any]:
        for service_id in self.services:
            if self.draw.random() < 0.3:
                day, end = self._day(), self.draw.choice((None, timedelta(days=10)))
                state = self.draw.choice(("suspended", "operating", "unconfirmed"))
                more = {"status_id": f"late {service_id}", "valid_from": day, "valid_to": end and day + end, **KNOWN}
                yield status(service_id, state, **more)

    def _surcharges(self) -> Iterator[Surcharge]:
        draw, names = self.draw, list(self.country)
        for number in range(draw.choice((0, 1, 2))):
            season = draw.choice(
                ((None, None), (None, None), ((12, 5), (2, 15)), ((2, 1), (2, 29)), ((1, 1), (1, 31)), ((2, 29), (12, 12)))
            )
            yield Surcharge(
                surcharge_id=f"season {number}",
                name="season",
                kind=draw.choice(("bunker", "peak")),
                mode=draw.choice((None, "road", "sea", "rail")),
                place_id=draw.choice((None, *names)),
                at=draw.choice(("board", "alight", "either")),
                country=draw.choice((None, None, *COUNTRIES)),
                operator_id=draw.choice((None, None, "line")),
                amount=usd(draw.randint(1, 25)),
                currency="USD",
                per=draw.choice(("unit", "percent", "km")),
                season_from=season[0],
                season_to=season[1],
                **self._span(),
                **S,
                **KNOWN,
            )

    def _events(self) -> Iterator[Event]:
        draw = self.draw
        for number in range(draw.choice((0, 1, 2))):
            start, kind = self._day(), draw.choice(("closure", "delay", "price_factor", "price_factor"))
            yield Event(
                event_id=f"event {number}",
                title="event",
                kind=kind,
                place_id=draw.choice((None, *self.country)),
                country=draw.choice((None, None, *COUNTRIES)),
                origin_countries=self._some(COUNTRIES, 0.15),
                destination_countries=self._some(COUNTRIES, 0.1),
                from_country=draw.choice((None, None, None, *COUNTRIES)),
                modes=self._some(("road", "sea"), 0.3),
                valid_from=start,
                valid_to=draw.choice((None, start + timedelta(days=draw.randint(1, 20)))),
                delay_min=minutes(draw.randint(60, 4000)),
                factor=usd(draw.choice(("0.8", "1.5"))),
                **S,
                **KNOWN,
            )

    def _documents(self) -> Iterator[Document]:
        draw = self.draw
        for number in range(3):
            yield Document(
                document_id=f"paper {number}",
                name=f"paper {number}",
                kind="document",
                issuer="x",
                lead_days=draw.choice((0, 3, 12, 20)),
                amount=draw.choice((None, usd(draw.randint(1, 40)))),
                currency="USD",
                quota_left=draw.choice((None, None, None, 1)),
                needs=("paper 0",) if number and draw.random() < 0.4 else (),
                **(self._span() if draw.random() < 0.4 else {}),
                **S,
            )

    def _entries(self) -> Iterator[WatchlistEntry]:
        draw = self.draw
        for number in range(draw.choice((0, 0, 0, 1, 2))):
            yield WatchlistEntry(
                entry_id=f"entry {number}",
                regime_id=draw.choice(("UN", "BB")),
                list_name="list",
                name="x",
                party_id=draw.choice(("line", "other")),
                measure=draw.choice(("freeze", "transaction_ban", "sectoral")),
                listed_on=draw.choice((date(2026, 1, 1), AS_OF - timedelta(days=3))),
                delisted_on=draw.choice((None, None, AS_OF, AS_OF - timedelta(days=1))),
                **S,
            )

    def _rules(self) -> tuple[Rule, ...]:
        rules = list(self.feed.rules)
        for number in range(self.draw.randint(0, self.most_rules)):
            rules.append(self._rule(number, rules))
        return tuple(rules)

    def _rule(self, number: int, before: Sequence[Rule]) -> Rule:
        draw, bans = self.draw, [row for row in before if row.effect == "prohibit"]
        effect = draw.choice(("prohibit", "prohibit", "fee", "require_document", "require_document", "licence", "agreement"))
        scope = draw.choice(("leg", "crossing", "transfer", "transfer", "shipment"))
        more: dict[str, Any] = {}
        if effect == "licence" and bans and (not self.entries or draw.random() < 0.7):
            ban = draw.choice(bans)
            scope, more = ban.scope, {"allows_rule_ids": (ban.rule_id,), "licence_number": "1"}
        elif effect == "licence" and self.entries:
            scope, more = "leg", {"allows_entry_ids": (draw.choice(self.entries).entry_id,), "licence_number": "1"}
        elif effect in ("licence", "fee"):
            effect, more = "fee", {"amount": usd(draw.randint(1, 70)), "currency": "USD", "per": draw.choice(("unit", "km", "shipment"))}
        elif effect == "require_document":
            more = {"document_id": draw.choice(self.documents).document_id, "short_lead": draw.choice(("wait", "warn", "reject", "reject"))}
        where = self._conditions()
        if effect == "prohibit" and not any(where.values()):
            where["place_ids"] = (draw.choice(list(self.country)),)
        return Rule(
            rule_id=f"rule {number}",
            title=f"rule {number}",
            effect=effect,
            rule_class=draw.choice(("transport", "trade")),
            regime_id=draw.choice(("BB", "UN")),
            status="in_force",
            scope=scope,
            unless_rule_ids=self._some([row.rule_id for row in before], 0.4),
            nexus=draw.choice(("always", "always", "jurisdiction")),
            **where,
            **more,
            **self._span(),
            **S,
            **KNOWN,
        )

    def _conditions(self) -> dict[str, tuple[str, ...]]:
        return {
            "place_ids": self._some(list(self.country), 0.3),
            "border_ids": self._some(self.borders, 0.1),
            "countries": self._some(COUNTRIES, 0.4),
            "transit_countries": self._some(COUNTRIES, 0.2),
            "enters": self._some(COUNTRIES, 0.1),
            "modes": self._some(("road", "rail", "sea"), 0.25),
            "registrations": self._some(COUNTRIES, 0.1),
            "operator_ids": self._some(("line", "other"), 0.15),
            "service_ids": self._some(self.services, 0.1),
            "haulage_ids": self._some([row.haulage_id for row in self.feed.haulage], 0.1),
            "origin_countries": self._some(COUNTRIES, 0.35),
            "destination_countries": self._some(COUNTRIES, 0.2),
            "not_origin_countries": self._some(COUNTRIES, 0.15),
            "not_destination_countries": self._some(COUNTRIES, 0.15),
        }
