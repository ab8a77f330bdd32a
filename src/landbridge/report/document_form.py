"""Records as JSON values and back, driven by the records' own fields, so that writing and reading cannot disagree."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import TypeVar, cast

from landbridge.domain.finding import Finding
from landbridge.domain.identity import GRADES, MODES

Record = TypeVar("Record")
Moment = TypeVar("Moment", date, datetime)
Where = str | tuple["Where", str | int]
"""A JSON path as it was walked: where one came from, and the key or number of the next step; spelled only where something is wrong."""
Decoder = Callable[[object, Where, "Trouble"], object]
Encoder = Callable[[object], object]
_ENCODERS: dict[type, Encoder] = {}
Expectation = Callable[[object], str | None]

LARGEST_INTEGER = 2**53 - 1
DATE_PATTERN = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME_PATTERN = r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
DECIMAL_PATTERN = r"-?[0-9]{1,40}(\.[0-9]{1,40})?"
_DATE, _TIME, _DECIMAL = (re.compile(one) for one in (DATE_PATTERN, TIME_PATTERN, DECIMAL_PATTERN))
_MOST_FINDINGS = 200
_AS_IT_IS = frozenset((str, int, bool, float, type(None)))

KEYS: Mapping[tuple[str, str], str] = {
    ("Query", "origin_id"): "from",
    ("Query", "destination_id"): "to",
    ("Leg", "from_id"): "from",
    ("Leg", "to_id"): "to",
    ("Itinerary", "duty_items"): "duties",
}
"""Fields whose key differs from their name."""

OMITTED_IF_NONE: frozenset[tuple[str, str]] = frozenset(
    (
        ("PlanDocument", "risk"),
        ("Query", "is_feed_alone"),
        ("Leg", "infrastructure_ids"),
        ("Leg", "terminal_ids"),
        *(("Rejected", name) for name in ("rule_id", "event_id", "permit_id", "status")),
    )
)

CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("Leg", "mode"): MODES,
    ("Item", "grade"): GRADES,
    ("CitedSource", "grade"): GRADES,
    ("RegimeState", "state"): ("free", "unnamed", "exposed", "blocked"),
}

MINIMA: Mapping[tuple[str, str], int] = {
    ("Query", "units"): 1,
    ("Query", "mass_kg"): 1,
    ("Query", "max_legs"): 1,
    ("Query", "horizon_days"): 0,
    ("Query", "max_labels"): 1,
    ("Itinerary", "duration_min"): 0,
    ("Itinerary", "emission_g_co2e"): 0,
    ("Leg", "distance_m"): 0,
    ("Leg", "emission_g_co2e"): 0,
    ("Item", "leg"): 0,
    ("DocumentNeed", "lead_days"): 0,
    ("Compared", "dominated_by"): 0,
    ("LoadStamp", "mass_kg"): 0,
}


class Trouble:
    """Findings of one document, each with the JSON path in ``column``; ``wrote`` is the command that writes such files."""

    def __init__(self, file: str, wrote: str = "landbridge plan --out") -> None:
        self.file = file
        self.fix = f"take the file as `{wrote}` wrote it"
        self.findings: list[Finding] = []

    def add(self, code: str, path: Where, message: str, fix: str) -> None:
        if len(self.findings) < _MOST_FINDINGS:
            column = _spell(path)
            self.findings.append(Finding(code=code, file=self.file, column=column, message=f"{column}: {message}", fix=fix))

    def wrong_type(self, path: Where, value: object, expected: str) -> None:
        self.add("PLAN-TYPE", path, f"is {_describe(value)}, not {expected}", self.fix)

    def wrong_value(self, path: Where, value: object, expected: str) -> None:
        self.add("PLAN-VALUE", path, f"{_describe(value)} is not {expected}", self.fix)


_KINDS = (
    ("landbridge.book/", "a joint plan of a book"),
    ("landbridge.book-state/", "the checkpoint of a book"),
    ("landbridge.compare", "a comparison"),
    ("landbridge.reach/", "an answer of landbridge reach"),
)
_OF_PLAN = frozenset({"query", "itineraries", "load"})


def name_kind(document: object) -> str | None:
    """In words what a document of landbridge is that is no plan of one shipment; None: it is one, or nobody knows."""
    if not isinstance(document, dict):
        return None
    form = document.get("format")
    if isinstance(form, str):
        return next((told for start, told in _KINDS if form.startswith(start)), f"a document of format {form[:40]!r}")
    return "another document: it holds no question and no itinerary" if document and _OF_PLAN.isdisjoint(document) else None


def _spell(path: Where) -> str:
    if isinstance(path, str):
        return path
    before, step = path
    if isinstance(step, int):
        return f"{_spell(before)}[{step}]"
    return _spell(before) + (step if step.startswith("[") else f".{step}")


def encode(value: object) -> object:
    """Turn a record, or anything that a record holds, into values that JSON knows."""
    return _encoder_of(type(value))(value)


def decode(record_type: type[Record], value: object, path: Where, trouble: Trouble) -> Record:
    """Turn a JSON object into a record.

    Whatever is wrong goes to ``trouble``; then fields of the record may be None against their type, so that it must not be used.
    """
    return cast(Record, _decoder_of(cast(Hashable, record_type))(value, path, trouble))


def keys_of(record_type: type) -> dict[str, str]:
    """Key of each field of a record, by field name."""
    owner = record_type.__name__
    return {one.name: KEYS.get((owner, one.name), one.name) for one in fields(record_type)}


def _encoder_of(kind: type) -> Encoder:
    """What turns values of a type into those that JSON knows: made once for each type, since a plan holds some hundred thousand values."""
    found = _ENCODERS.get(kind)
    if found is None:
        found = _ENCODERS[kind] = _make_encoder(kind)
    return found


def _make_encoder(kind: type) -> Encoder:
    if issubclass(kind, datetime):
        return lambda value: cast(datetime, value).astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if issubclass(kind, date):
        return lambda value: cast(date, value).isoformat()
    if issubclass(kind, Decimal):
        return lambda value: format(cast(Decimal, value), "f")
    if issubclass(kind, tuple):
        return _encode_many
    if issubclass(kind, Mapping):
        return lambda value: {key: encode(one) for key, one in cast(Mapping[str, object], value).items()}
    return _record_encoder(kind) if is_dataclass(kind) else lambda value: value


def _encode_many(values: object) -> object:
    return [one if type(one) in _AS_IT_IS else encode(one) for one in cast(tuple[object, ...], values)]


def list_values(record: object) -> Iterator[tuple[str, object]]:
    """Key and value of each field that is written of a record."""
    owner = type(record)
    for name, key in keys_of(owner).items():
        value = getattr(record, name)
        if value is not None or (owner.__name__, name) not in OMITTED_IF_NONE:
            yield key, value


def _record_encoder(owner: type) -> Encoder:
    keys = tuple(keys_of(owner).items())
    omitted = frozenset(key for name, key in keys if (owner.__name__, name) in OMITTED_IF_NONE)

    def write(record: object) -> object:
        found = {}
        for name, key in keys:
            value = getattr(record, name)
            form = type(value)
            found[key] = value if form in _AS_IT_IS else _encoder_of(form)(value)
        for key in omitted:
            if found[key] is None:
                del found[key]
        return found

    return write


@cache
def _decoder_of(form: Hashable) -> Decoder:
    """The decoder of a type as it stands in a record's annotation."""
    origin, arguments = typing.get_origin(form), typing.get_args(form)
    if isinstance(form, typing.NewType):
        return _decoder_of(form.__supertype__)
    if origin in (types.UnionType, typing.Union):
        return _optional(_decoder_of(next(one for one in arguments if one is not types.NoneType)))
    if origin is typing.Literal:
        return _checked(_text, _choice_check(arguments))
    if origin is tuple:
        if Ellipsis in arguments or len(set(arguments)) == 1:
            return _point if arguments == (float, float) else _many(_decoder_of(arguments[0]))
        return _each(tuple(map(_decoder_of, arguments)))
    if origin in (Mapping, dict):
        return _by_key(_decoder_of(arguments[1]))
    if is_dataclass(form):
        return _record(form)
    return _PLAIN[form]


def _record(record_type: type) -> Decoder:
    hints = typing.get_type_hints(record_type)
    owner = record_type.__name__
    parts: dict[str, tuple[str, Decoder, bool]] = {}
    for name, key in keys_of(record_type).items():
        mark = (owner, name)
        decoder = _decoder_of(hints[name])
        if mark in CHOICES:
            decoder = _checked(decoder, _choice_check(CHOICES[mark]))
        if mark in MINIMA:
            decoder = _checked(decoder, _minimum_check(MINIMA[mark]))
        parts[key] = (name, decoder, mark in OMITTED_IF_NONE)

    def read(value: object, path: Where, trouble: Trouble) -> object:
        if not isinstance(value, dict):
            trouble.wrong_type(path, value, "an object")
            return None
        for key in value:
            if key not in parts:
                trouble.add("PLAN-KEY", path, f"has the key {_describe(key)}, which it does not have", "remove it")
        found = {}
        for key, (name, decoder, may_miss) in parts.items():
            if key in value:
                found[name] = decoder(value[key], (path, key), trouble)
            else:
                found[name] = None
                if not may_miss:
                    trouble.add("PLAN-MISSING", (path, key), "is missing", trouble.fix)
        return record_type(**found)

    return read


def _optional(decoder: Decoder) -> Decoder:
    return lambda value, path, trouble: None if value is None else decoder(value, path, trouble)


def _many(decoder: Decoder) -> Decoder:
    def read(value: object, path: Where, trouble: Trouble) -> object:
        if not isinstance(value, list):
            trouble.wrong_type(path, value, "a list")
            return ()
        return tuple(decoder(one, (path, index), trouble) for index, one in enumerate(value))

    return read


def _each(decoders: tuple[Decoder, ...]) -> Decoder:
    def read(value: object, path: Where, trouble: Trouble) -> object:
        if not isinstance(value, list) or len(value) != len(decoders):
            trouble.wrong_type(path, value, f"a list of {len(decoders)}")
            return ()
        return tuple(decoder(one, (path, index), trouble) for index, (decoder, one) in enumerate(zip(decoders, value, strict=True)))

    return read


def _by_key(decoder: Decoder) -> Decoder:
    def read(value: object, path: Where, trouble: Trouble) -> object:
        if not isinstance(value, dict):
            trouble.wrong_type(path, value, "an object")
            return {}
        return {key: decoder(one, (path, f"[{_describe(key)}]"), trouble) for key, one in value.items()}

    return read


def _checked(decoder: Decoder, expectation: Expectation) -> Decoder:
    """A decoder whose result must meet an expectation: a function that says in words what was expected, or None if all is well."""

    def read(value: object, path: Where, trouble: Trouble) -> object:
        found = decoder(value, path, trouble)
        expected = None if found is None else expectation(found)
        if expected:
            trouble.wrong_value(path, value, expected)
        return found

    return read


def _choice_check(choices: tuple[str, ...]) -> Expectation:
    return lambda found: None if found in choices else f"one of {', '.join(choices)}"


def _minimum_check(minimum: int) -> Expectation:
    return lambda found: None if isinstance(found, int) and found >= minimum else f"at least {minimum}"


def _text(value: object, path: Where, trouble: Trouble) -> str | None:
    if isinstance(value, str):
        return value
    trouble.wrong_type(path, value, "text")
    return None


def _whole(value: object, path: Where, trouble: Trouble) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        trouble.wrong_type(path, value, "a whole number")
        return None
    if abs(value) > LARGEST_INTEGER:
        trouble.wrong_value(path, value, f"a whole number of at most {LARGEST_INTEGER}")
        return None
    return value


def _truth(value: object, path: Where, trouble: Trouble) -> bool | None:
    if isinstance(value, bool):
        return value
    trouble.wrong_type(path, value, "true or false")
    return None


def _coordinate(value: object, path: Where, trouble: Trouble) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        trouble.wrong_type(path, value, "a number")
        return None
    if not -360 <= value <= 360:  # NaN is not in it either
        trouble.wrong_value(path, value, "a number of degrees")
        return None
    return float(value)


def _point(value: object, path: Where, trouble: Trouble) -> tuple[float | None, float | None] | None:
    if not isinstance(value, list) or len(value) != 2:
        trouble.wrong_type(path, value, "a pair of longitude and latitude")
        return None
    return _coordinate(value[0], (path, 0), trouble), _coordinate(value[1], (path, 1), trouble)


def _decimal(value: object, path: Where, trouble: Trouble) -> Decimal | None:
    if not isinstance(value, str):
        trouble.wrong_type(path, value, "a decimal number as text")
        return None
    if not _DECIMAL.fullmatch(value):
        trouble.wrong_value(path, value, "a decimal number like 1250.00")
        return None
    return Decimal(value)


def _date(value: object, path: Where, trouble: Trouble) -> date | None:
    return _moment(value, path, trouble, _DATE, date.fromisoformat, "a date like 2026-12-01")


def _time(value: object, path: Where, trouble: Trouble) -> datetime | None:
    return _moment(value, path, trouble, _TIME, datetime.fromisoformat, "a UTC time like 2026-12-01T08:00:00Z")


def _moment(
    value: object, path: Where, trouble: Trouble, pattern: re.Pattern[str], parse: Callable[[str], Moment], expected: str
) -> Moment | None:
    if not isinstance(value, str):
        trouble.wrong_type(path, value, expected)
        return None
    try:
        if pattern.fullmatch(value):
            return parse(value)
    except ValueError:
        pass
    trouble.wrong_value(path, value, expected)
    return None


_PLAIN: Mapping[object, Decoder] = {
    str: _text,
    int: _whole,
    bool: _truth,
    float: _coordinate,
    Decimal: _decimal,
    date: _date,
    datetime: _time,
}


def _describe(value: object) -> str:
    """A wrong value in a few characters."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        return "a huge number"
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
