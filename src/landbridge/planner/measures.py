"""Measures whose worth a stress test tells: a feed as it would be with one of them. Measures of class ``sanction`` are never varied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError, QueryError
from landbridge.domain.event import Event
from landbridge.domain.finding import Finding
from landbridge.domain.record import Record
from landbridge.domain.rule import SANCTION, Rule, list_guarded
from landbridge.terms.validity import is_known, is_valid

_FORMS = "open:ID, permit:DOCUMENT_ID, storage:PLACE_ID, rule:RULE_ID, scenario:NAME or the path of a feed"
_MOST_NAMED = 8


def apply_measure(dataset: Dataset, measure: str, location: str = "", as_of: date | None = None) -> Dataset:
    """The dataset as it would be with one measure.

    Parameters
    ----------
    dataset
        The feed as it is.
    measure
        ``open:ID`` keeps a border, place or passage open whenever it was closed or delayed for all; ``permit:DOCUMENT_ID`` gives a permit
        at once and for nothing; ``storage:PLACE_ID`` makes storage at a place free; ``rule:RULE_ID`` puts an agreement in force on which
        some rule rests, or takes one away that is (:func:`is_in_force`), so that its worth can be told; ``scenario:NAME`` is a scenario
        that the feed brings, or a .toml file; else the path of a feed, which lays it over the base as feeds that extend another do: a
        second border, a new service.
    location
        Where the feed lies, for its scenarios.
    as_of
        The day on which an agreement is in force or not; None: that of the feed.

    Raises
    ------
    QueryError
        If there is no such thing, or the measure would touch sanctions.
    """
    kind, colon, subject = measure.partition(":")
    if colon and kind == "scenario":
        return _vary(dataset, measure, subject, location)
    if not colon or kind not in (*_KINDS, "rule"):
        return _load_measure(dataset, measure)
    found = _turn(dataset, subject, as_of or dataset.info.as_of) if kind == "rule" else _KINDS[kind](dataset, subject)
    if found is None:
        raise QueryError([_say("MEASURE-UNKNOWN", f"{measure[:80]!r} changes nothing in this feed", _name_some(dataset, kind))])
    return replace(found, digest=f"{dataset.digest}+{measure}")


def is_in_force(dataset: Dataset, measure: str, as_of: date) -> bool:
    """Whether a measure is an agreement that is in force on a day: then :func:`apply_measure` takes it away."""
    kind, _, subject = measure.partition(":")
    return kind == "rule" and any(row.rule_id == subject and _holds(row, as_of) for row in dataset.rules)


def _holds(rule: Rule, day: date) -> bool:
    return rule.status == "in_force" and is_known(rule, day) and is_valid(rule, day)


def opened_by(measure: str) -> str:
    """The id of what a measure keeps open; empty if it opens nothing."""
    kind, _, subject = measure.partition(":")
    return subject if kind == "open" else ""


def _name_some(dataset: Dataset, kind: str) -> str:
    """What a measure of a kind can be about, the first few."""
    events = [row for row in dataset.events if row.kind in ("closure", "delay") and row.operator_id is None and row.country is None]
    known: set[str] = {
        "open": {str(one) for row in events for one in (row.border_id, row.place_id, row.passage_id) if one is not None},
        "permit": {str(row.document_id) for row in dataset.documents},
        "storage": {str(row.place_id) for row in dataset.storage},
        "rule": {str(row.rule_id) for row in dataset.rules if row.effect == "agreement" and _is_open(dataset, row.rule_id)},
    }[kind]
    more = f" and {len(known) - _MOST_NAMED} more" if len(known) > _MOST_NAMED else ""
    return f"{kind}: one of {', '.join(sorted(known)[:_MOST_NAMED])}{more}" if known else f"write {_FORMS}"


def _vary(dataset: Dataset, measure: str, name: str, location: str) -> Dataset:
    """The same book in a scenario; what a scenario would vary of sanctions is refused there."""
    from landbridge.planner.compare import vary_dataset
    from landbridge.sources.scenario import load_scenario

    try:
        changed = vary_dataset(dataset, load_scenario(name, location))
    except DataError as error:
        raise QueryError([_say(one.code, f"{measure[:80]!r}: {one.message}", one.fix) for one in error.findings]) from None
    return replace(changed, shipments=dataset.shipments)


def _open(dataset: Dataset, subject: str) -> Dataset | None:
    kept = tuple(event for event in dataset.events if not _closes_for_all(event, subject))
    return None if len(kept) == len(dataset.events) else replace(dataset, events=kept)


def _closes_for_all(event: Event, subject: str) -> bool:
    """Closures and delays of a thing itself; what one operator or country decides stays."""
    return (
        event.kind in ("closure", "delay")
        and subject in (event.border_id, event.place_id, event.passage_id)
        and event.operator_id is None
        and event.country is None
    )


def _permit(dataset: Dataset, subject: str) -> Dataset | None:
    document = next((row for row in dataset.documents if row.document_id == subject), None)
    if document is None:
        return None
    rules = [rule for rule in dataset.rules if rule.document_id == subject and rule.rule_class == SANCTION]
    if rules:
        raise QueryError([_say_sanction(f"permit:{subject}", rules[0].rule_id)])
    eased = replace(document, lead_days=0, amount=None)
    return replace(dataset, documents=tuple(eased if row is document else row for row in dataset.documents))


def _turn(dataset: Dataset, subject: str, day: date) -> Dataset | None:
    """An agreement put in force, or where it is in force, taken back to being signed; nothing else of the law is varied."""
    rule = next((row for row in dataset.rules if row.rule_id == subject), None)
    if subject in list_guarded(dataset.rules):
        raise QueryError([_say_sanction(f"rule:{subject}", subject)])
    if rule is None or rule.effect != "agreement" or not _is_open(dataset, rule.rule_id):
        return None
    if _holds(rule, day):
        turned = replace(rule, status="signed")
    else:
        turned = replace(rule, status="in_force", valid_from=None, valid_to=None, known_from=None)
    return replace(dataset, rules=tuple(turned if row is rule else row for row in dataset.rules))


def _is_open(dataset: Dataset, rule_id: str) -> bool:
    """Whether something rests on an agreement, and nothing of what it lifts is a measure of class sanction."""
    return rule_id not in list_guarded(dataset.rules) and any(rule_id in row.unless_rule_ids for row in dataset.rules)


def _store(dataset: Dataset, subject: str) -> Dataset | None:
    kept = tuple(row for row in dataset.storage if row.place_id != subject)
    return None if len(kept) == len(dataset.storage) else replace(dataset, storage=kept)


_KINDS: dict[str, Callable[[Dataset, str], Dataset | None]] = {"open": _open, "permit": _permit, "storage": _store}


def _load_measure(dataset: Dataset, measure: str) -> Dataset:
    from landbridge.sources.load import load_dataset

    try:
        found = load_dataset(measure)[0]
    except DataError as error:
        first = error.findings[0].message if error.findings else "it cannot be read"
        raise QueryError([_say("MEASURE-UNKNOWN", f"{measure[:80]!r}: {first}", f"write {_FORMS}")]) from None
    changed = _find_changed(dataset, found)
    if changed is not None:
        raise QueryError([_say_sanction(measure, changed)])
    return replace(found, shipments=dataset.shipments)


def _find_changed(dataset: Dataset, found: Dataset) -> str | None:
    """What another feed changes of all that sanctions rest on: gates, regimes, listings, parties, operators, rules of that class and what
    lifts them.
    """
    if found.info.gates != dataset.info.gates:
        return "the regimes that gate"
    guarded = list_guarded(dataset.rules)
    rules = [[row for row in one.rules if row.rule_class == SANCTION or row.rule_id in guarded] for one in (dataset, found)]
    tables: list[tuple[str, Sequence[Record], Sequence[Record]]] = [
        ("regimes", dataset.regimes, found.regimes),
        ("watchlist", dataset.watchlist, found.watchlist),
    ]
    tables += [("parties", dataset.parties, found.parties), ("ownership", dataset.ownership, found.ownership)]
    tables += [("terminals", dataset.terminals, found.terminals), ("rules", rules[0], rules[1])]
    for name, before, after in tables:
        if not {replace(row, row="") for row in before} <= {replace(row, row="") for row in after}:
            return f"rows of {name}"
    operators = {row.service_id: row.operator_id for row in found.services} | {row.haulage_id: row.operator_id for row in found.haulage}
    theirs = {row.service_id: row.operator_id for row in dataset.services} | {row.haulage_id: row.operator_id for row in dataset.haulage}
    changed = next((f"the operator of {one}" for one, operator in theirs.items() if operators.get(one, operator) != operator), None)
    return changed or _find_moved(dataset, found)


def _find_moved(dataset: Dataset, found: Dataset) -> str | None:
    """A service or handling that another feed has at another terminal, or at none that is told, at a place where it stays."""
    before, after = _list_terminals(dataset), _list_terminals(found)
    moved = (what for what, terminals in before.items() if terminals and not terminals <= after.get(what, terminals))
    return next((f"the terminal of {what}" for what in moved), None)


def _list_terminals(dataset: Dataset) -> dict[str, frozenset[str | None]]:
    """Terminals of each service at each of its places, and of each row of handling."""
    rows: list[tuple[str, str | None]] = [(f"{row.service_id} at {row.place_id}", row.terminal_id) for row in dataset.stops]
    rows += [(row.handling_id, row.terminal_id) for row in dataset.handling]
    found: dict[str, frozenset[str | None]] = {}
    for what, terminal_id in rows:
        found[what] = found.get(what, frozenset()) | {terminal_id}
    return found


def _say_sanction(measure: str, what: str) -> Finding:
    return _say("MEASURE-SANCTION", f"{measure[:80]!r} would change {what}: sanctions are never varied", "take another measure")


def _say(code: str, message: str, fix: str) -> Finding:
    return Finding(code=code, column="--measure", message=message, fix=fix)
