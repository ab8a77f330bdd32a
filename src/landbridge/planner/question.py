"""From words to a question: all that is wrong with it, at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import QueryError
from landbridge.domain.finding import Finding
from landbridge.domain.identity import MODES, PlaceId, UnitTypeId
from landbridge.domain.place import Place
from landbridge.domain.query import Query
from landbridge.domain.spelling import fold
from landbridge.domain.written_number import plain_number
from landbridge.planner.passage_names import find_passage
from landbridge.planner.place_search import SURE, choose_place, closest_places, find_in_atlas, find_places, tell_country_alone
from landbridge.planner.typed_parties import find_parties
from landbridge.planner.wish import join_wishes, list_operators

_UNITS = re.compile(r"\s*(\d{1,6})\s*[xX×*]\s*([0-9A-Za-z]+)\s*")
_IN_CURRENCY = re.compile(r"(?P<first>[A-Z]{3})\s*(?P<after>[^A-Z]+)|(?P<before>[^A-Z]+?)\s*(?P<last>[A-Z]{3})")
_MAX_UNITS = 10_000
_STEM, _MOST_GOODS = 5, 8
_HS_LENGTHS = (2, 4, 6, 8, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One shipment in the words of the asker; what is None was not told."""

    origin: str
    destination: str
    units: str | None = None
    goods: str | None = None
    ready: str | None = None
    due: str | None = None
    as_of: str | None = None
    mass: str | None = None
    value: str | None = None
    landed: bool = False
    avoid: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    gate: tuple[str, ...] = ()
    shipper: str | None = None
    consignee: str | None = None
    exact: bool = True
    carrier: tuple[str, ...] = ()
    feed_alone: bool = False


def ask(dataset: Dataset, question: Question) -> Query:
    """Turn words into a query.

    Raises
    ------
    QueryError
        With everything that is wrong, at once.
    """
    return _Asker(dataset).ask(question)


def read_days(dataset: Dataset, question: Question) -> tuple[date, date]:
    """The day of asking and the day on which the goods are ready; of what is no date :func:`ask` speaks, here it is as if not told."""
    untold: list[Finding] = []
    as_of, ready_on = (
        None if text is None else _parse_date(name, text, untold)
        for name, text in (("--as-of", question.as_of), ("--ready", question.ready))
    )
    asked_on = as_of or dataset.info.as_of
    return asked_on, ready_on or asked_on


def name_via(dataset: Dataset, text: str) -> str:
    """The id of the place, border or passage that a text means.

    Raises
    ------
    QueryError
        If none is clearly meant, with the closest five.
    """
    asker = _Asker(dataset)
    found = asker.thing("--why-not", text)
    asker.raise_findings()
    return found


def find_thing(dataset: Dataset, column: str, text: str) -> str | None:
    """The id of what a text means in a feed, for ``--avoid`` or ``--via``; None if nothing is clearly meant."""
    asker = _Asker(dataset)
    found = asker.thing(column, text)
    return None if asker.has_findings() else found


def parse_date(column: str, text: str) -> date:
    """A day as people write it. Raises ``QueryError`` if it is none."""
    findings: list[Finding] = []
    found = _parse_date(column, text, findings)
    if found is None:
        raise QueryError(findings)
    return found


def name_places(
    dataset: Dataset, column: str, texts: Sequence[str], sure: Callable[[Dataset, str], PlaceId | None] = lambda dataset, text: None
) -> tuple[str, ...]:
    """The places that texts mean, each once, in order.

    Parameters
    ----------
    column
        For the message.
    sure
        Asked first: knows places that the feed does not, or None.

    Raises
    ------
    QueryError
        With every text that means no place clearly.
    """
    asker = _Asker(dataset)
    found = [sure(dataset, text) or asker.place(column, text) for text in texts]
    asker.raise_findings()
    return tuple(dict.fromkeys(one for one in found if one is not None))


class _Asker:
    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._findings: list[Finding] = []

    def ask(self, question: Question) -> Query:
        origin = self.place("FROM", question.origin, self._spot(question.destination))
        destination = self.place("TO", question.destination, self._spot(origin or question.origin))
        if origin is not None and origin == destination:
            self._add("SAME-PLACE", "TO", f"the goods are already in {self._dataset.get_place(origin).name}", "name two different places")
        units, unit_type = self._units(question.units)
        hs = self._goods(question.goods)
        as_of = self._date("--as-of", question.as_of) or self._dataset.info.as_of
        ready_on = self._date("--ready", question.ready) or as_of
        due_on = self._date("--due", question.due)
        if due_on is not None and due_on < ready_on:
            self._add("DUE-BEFORE-READY", "--due", f"due {due_on} lies before ready {ready_on}", "give a later due date")
        if ready_on < as_of:
            self._add(
                "READY-BEFORE-AS-OF",
                "--ready",
                f"ready {ready_on} lies before the day of asking, {as_of}",
                f"add --as-of {ready_on} or earlier",
            )
        mass_kg = self._mass(question.mass, units, unit_type)
        value = self._value(question.value, as_of)
        if question.landed and value is None and question.value is None:
            self._add("VALUE-NEEDED", "--landed", "a landed cost needs the value of the goods", "add --value USD")
        if question.landed and hs is None and question.goods is None:
            self._add("GOODS-NEEDED", "--landed", "a landed cost needs the goods", "add --goods with an HS code")
        avoid = tuple(self.thing("--avoid", text) for text in question.avoid)
        via = tuple(self.thing("--via", text) for text in question.via)
        wish = join_wishes(
            self._dataset, (origin, destination), avoid, via, tuple(self._party("--carrier", one) for one in question.carrier)
        )
        self._findings += wish.findings
        gates = tuple(self._regime(text) for text in question.gate)
        parties = tuple(self._party(name, text) for name, text in (("--shipper", question.shipper), ("--consignee", question.consignee)))
        self.raise_findings()
        return Query(
            origin_id=PlaceId(origin or ""),
            destination_id=PlaceId(destination or ""),
            unit_type_id=UnitTypeId(unit_type),
            units=units,
            hs=hs,
            mass_kg=mass_kg,
            value=value,
            ready_on=ready_on,
            due_on=due_on,
            as_of=as_of,
            is_landed=question.landed,
            avoid=wish.avoid,
            via=wish.via,
            gates=gates,
            shipper_id=parties[0],
            consignee_id=parties[1],
            tolerance_percent=0 if question.exact else 2,
            is_feed_alone=True if question.feed_alone else None,
        )

    def has_findings(self) -> bool:
        return bool(self._findings)

    def raise_findings(self) -> None:
        if self._findings:
            raise QueryError(self._findings)

    def _add(self, code: str, column: str, message: str, fix: str) -> None:
        self._findings.append(Finding(code=code, column=column, message=message, fix=fix))

    def _spot(self, text: str) -> Place | None:
        """The place that a text names exactly, as the other end to be near to."""
        found = find_places(self._dataset, text, limit=1)
        return self._dataset.place_by_id[PlaceId(found[0].place_id)] if found and found[0].score >= SURE else None

    def place(self, name: str, text: str, near: Place | None = None) -> str | None:
        if not text.strip():
            end = {"FROM": "where it goes from is not told", "TO": "where it goes to is not told"}.get(name, "no place is told")
            self._add("NO-PLACE", name, end, "name a city, a port or a code")
            return None
        chosen = choose_place(find_places(self._dataset, text, near=near))
        if chosen is None:
            closest = closest_places(self._dataset, text)
            listed = ", ".join(f"{match.name} ({match.place_id})" for match in closest)
            fix = f"the closest are: {listed}" if listed else "write it in letters, or give its UN/LOCODE"
            if tell_country_alone(text):
                self._add("UNKNOWN-PLACE", name, f"{text[:80]!r} is the name of a country", f"name a town or a port of it; {fix}")
            else:
                self._add("UNKNOWN-PLACE", name, f"no place is clearly meant by {text[:80]!r}", fix)
            return None
        return chosen.place_id

    def _units(self, text: str | None) -> tuple[int, str]:
        known = sorted(row.unit_type_id for row in self._dataset.unit_types)
        if text is None:
            text = "1x40HC" if "40HC" in known else f"1x{known[0]}"
        fix = f"write it as 2x40HC; unit types: {', '.join(known)}"
        match = _UNITS.fullmatch(text)
        if match is None:
            self._add("UNITS", "--units", f"{text[:40]!r} is no number of units", fix)
            return 1, known[0]
        count, unit = int(match[1]), match[2].upper()
        by_code = {row.iso_6346.upper(): row.unit_type_id for row in self._dataset.unit_types}
        by_id = {row.unit_type_id.upper(): row.unit_type_id for row in self._dataset.unit_types}
        chosen = by_id.get(unit) or by_code.get(unit)
        if not 1 <= count <= _MAX_UNITS:
            self._add("UNITS", "--units", f"{count} units asked, 1 to {_MAX_UNITS} can be planned", fix)
        if chosen is None:
            self._add("UNITS", "--units", f"unknown unit type {match[2]!r}", fix)
            return 1, known[0]
        return max(count, 1), chosen

    def _goods(self, text: str | None) -> str | None:
        if text is None:
            return None
        digits = re.sub(r"[ .]", "", text)
        if not (digits.isascii() and digits.isdigit()) or len(digits) not in _HS_LENGTHS:
            self._add("GOODS", "--goods", f"{text[:40]!r} is no HS code of 2, 4, 6, 8 or 10 digits", self._close_goods(text))
            return None
        if not 1 <= int(digits[:2]) <= 97:  # chapters of the Harmonized System
            self._add("GOODS", "--goods", f"there is no HS chapter {digits[:2]}", self._close_goods(""))
            return None
        return digits

    def _close_goods(self, text: str) -> str:
        """Goods of the feed with the beginning of a word of the text in their names, else some of them."""
        stems = {word[:_STEM] for word in re.findall(r"\w{3,}", text.casefold())}
        found = [row for row in self._dataset.goods if any(stem in row.name.casefold() for stem in stems)]
        listed = ", ".join(f"{row.hs} {row.name}" for row in (found or self._dataset.goods)[:_MOST_GOODS])
        return f"the closest are: {listed}" if found else f"for example {listed}"

    def _date(self, name: str, text: str | None) -> date | None:
        return None if text is None else _parse_date(name, text, self._findings)

    def _value(self, text: str | None, as_of: date) -> Decimal | None:
        """The value of the goods, in the feed's currency; one in another is refused with what it is at the feed's rate."""
        told = None if text is None else _IN_CURRENCY.fullmatch(text.strip().upper())
        if text is None or told is None:
            return self._amount("--value", text)
        number, currency = told["after"] or told["before"], told["first"] or told["last"]
        own = self._dataset.info.settlement_currency
        amount = self._amount("--value", number)
        if amount is None or currency == own:
            return amount
        rates = [row for row in self._dataset.exchange_rates if row.currency == currency and row.on <= as_of]
        last = max(rates, key=lambda row: row.on, default=None)
        fix = f"write the amount in {own}"
        if last is not None:
            fix += f"; at the feed's rate of {last.on} it is {amount / last.rate:.0f}"
        self._add("AMOUNT", "--value", f"{text[:40]!r} is in {currency}, the values of the feed are in {own}", fix)
        return None

    def _amount(self, name: str, text: str | None) -> Decimal | None:
        if text is None:
            return None
        try:
            amount = Decimal(plain_number(text))
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount <= 0 or amount > Decimal(10) ** 12:
            self._add("AMOUNT", name, f"{text[:40]!r} is no positive amount", "write a number such as 48000 or 21.5")
            return None
        return amount

    def _mass(self, text: str | None, units: int, unit_type: str) -> int | None:
        tonnes = self._amount("--mass", text)
        if tonnes is None:
            return None
        mass_kg = int((tonnes * 1000).to_integral_value())
        row = next((row for row in self._dataset.unit_types if row.unit_type_id == unit_type), None)
        if mass_kg < 1:
            self._add("MASS", "--mass", f"{tonnes} t is less than a kilogram", "give the mass in tonnes")
        elif row is not None and mass_kg > units * row.max_payload_kg:
            self._add(
                "MASS",
                "--mass",
                f"{tonnes} t do not fit into {units} x {unit_type}, which take {units * row.max_payload_kg / 1000:g} t",
                "ask for more units",
            )
        return mass_kg

    def thing(self, name: str, text: str) -> str:
        dataset = self._dataset
        wanted = text.strip()
        ids: set[str] = {row.service_id for row in dataset.services}
        ids.update(row.haulage_id for row in dataset.haulage)
        ids.update(row.border_id for row in dataset.borders)
        ids.update(row.passage_id for row in dataset.passages)
        if wanted in ids:
            return wanted
        if name != "--avoid" and wanted in list_operators(dataset):
            return wanted
        if name == "--avoid":
            if wanted.lower() in MODES:
                return wanted.lower()
            if wanted.upper() in {row.country for row in dataset.places}:
                return wanted.upper()
            if wanted in dataset.party_by_id:
                return wanted
        passages = {str(row.passage_id): row.name for row in dataset.passages}
        passage = find_passage(passages.items(), wanted)
        if passage is not None and fold(passages[passage]) == fold(wanted):
            return passage
        borders = {fold(row.name): str(row.border_id) for row in dataset.borders}
        spot = self._spot(wanted)
        if spot is not None and spot.kind == "border" and fold(wanted) in borders:  # the town on one side of it is not what is meant
            return borders[fold(wanted)]
        if spot is None:  # a place goes before what is called after it, such as the straits of Kerch and Gibraltar
            meant = passage or borders.get(fold(wanted)) or (self._country(wanted) if name == "--avoid" else None)
            if meant is not None:
                return meant
            if name == "--avoid" and choose_place(find_places(dataset, wanted)) is None and (away := self._away(wanted)) is not None:
                return away
        return self.place(name, wanted) or wanted

    def _country(self, text: str) -> str | None:
        """The country of the feed that a text names."""
        code = _find_country(text)
        return code if code in {row.country for row in self._dataset.places} else None

    def _away(self, text: str) -> str | None:
        """A country, or a place of the atlas, that nothing in the feed touches: there is nothing to avoid."""
        from landbridge.atlas.world import load_world
        from landbridge.sources.check_places import list_countries

        code = _find_country(text)
        if code in list_countries():
            return code
        place = find_in_atlas(load_world(), text, None)
        return None if place is None else place.place_id

    def _regime(self, text: str) -> str:
        from landbridge.planner.world.held_law import hold_law

        known = [row.regime_id for row in hold_law(self._dataset).regimes]
        if text.upper() not in known:
            self._add("UNKNOWN-REGIME", "--gate", f"no regime {text[:20]!r}", f"known are: {', '.join(known)}")
        return text.upper()

    def _party(self, name: str, text: str | None) -> str | None:
        if text is None:
            return None
        found = find_parties(self._dataset, text)
        if len(found) == 1:
            return found[0].party_id
        if found:
            told = ", ".join(f"{one.name} ({one.party_id})" for one in found[:5])
            self._add("UNKNOWN-PARTY", name, f"{text[:60]!r} may be any of {told}", "give the id of the one that is meant")
            return None
        self._add(
            "UNKNOWN-PARTY",
            name,
            f"the feed names no party {text[:60]!r}",
            "add it to parties.csv: a party that is not known cannot be screened",
        )
        return None


def _find_country(text: str) -> str:
    """The ISO 3166 code of the country that a text names; UK is GB. Whether it is a code that ISO gives to any country is not looked at."""
    from landbridge.screening.place_words import find_country

    code = find_country(text)
    return "GB" if code == "UK" else code


def _parse_date(column: str, text: str, findings: list[Finding]) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        findings.append(Finding(code="DATE", column=column, message=f"{text[:40]!r} is no date", fix="write it as 2026-12-01"))
        return None
    if not 2000 <= found.year <= 2099:
        fix = "years from 2000 to 2099 can be planned"
        findings.append(Finding(code="DATE", column=column, message=f"{found} is out of range", fix=fix))
        return None
    return found
