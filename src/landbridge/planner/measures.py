"""Measures whose worth a stress test tells: a feed as it would be with one of them. Measures of class ``sanction`` are never varied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from landbridge.domain.dataset import Dataset
from landbridge.domain.errors import DataError, QueryError
from landbridge.domain.event import Event
from landbridge.domain.finding import Finding
from landbridge.domain.record import Record

SANCTION = "sanction"
_FORMS = "open:ID, permit:DOCUMENT_ID, storage:PLACE_ID or the path of a feed"


def apply_measure(dataset: Dataset, measure: str) -> Dataset:
    """The dataset as it would be with one measure.

    Parameters
    ----------
    dataset
        The feed as it is.
    measure
        ``open:ID`` keeps a border, place or passage open whenever it was closed or delayed for all; ``permit:DOCUMENT_ID`` gives a permit
        at once and for nothing; ``storage:PLACE_ID`` makes storage at a place free; else the path of a feed, which lays it over the base
        as feeds that extend another do: a second border, a new service.

    Raises
    ------
    QueryError
        If there is no such thing, or the measure would touch sanctions.
    """
    kind, colon, subject = measure.partition(":")
    if not colon or kind not in ("open", "permit", "storage"):
        return _load_measure(dataset, measure)
    found = {"open": _open, "permit": _permit, "storage": _store}[kind](dataset, subject)
    if found is None:
        raise QueryError([_say("MEASURE-UNKNOWN", f"--measure {measure[:80]!r} changes nothing in this feed", f"write {_FORMS}")])
    return replace(found, digest=f"{dataset.digest}+{measure}")


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


def _store(dataset: Dataset, subject: str) -> Dataset | None:
    kept = tuple(row for row in dataset.storage if row.place_id != subject)
    return None if len(kept) == len(dataset.storage) else replace(dataset, storage=kept)


def _load_measure(dataset: Dataset, measure: str) -> Dataset:
    from landbridge.sources.load import load_dataset

    try:
        found = load_dataset(measure)[0]
    except DataError as error:
        first = error.findings[0].message if error.findings else "it cannot be read"
        raise QueryError([_say("MEASURE-UNKNOWN", f"--measure {measure[:80]!r}: {first}", f"write {_FORMS}")]) from None
    changed = _find_changed(dataset, found)
    if changed is not None:
        raise QueryError([_say_sanction(measure, changed)])
    return replace(found, shipments=dataset.shipments)


def _find_changed(dataset: Dataset, found: Dataset) -> str | None:
    """What another feed changes of all that sanctions rest on: gates, regimes, listings, parties, operators and rules of that class."""
    if found.info.gates != dataset.info.gates:
        return "the regimes that gate"
    rules = [[row for row in one.rules if row.rule_class == SANCTION] for one in (dataset, found)]
    tables: list[tuple[str, Sequence[Record], Sequence[Record]]] = [
        ("regimes", dataset.regimes, found.regimes),
        ("watchlist", dataset.watchlist, found.watchlist),
    ]
    tables += [("parties", dataset.parties, found.parties), ("ownership", dataset.ownership, found.ownership)]
    tables.append(("rules", rules[0], rules[1]))
    for name, before, after in tables:
        if not {replace(row, row="") for row in before} <= {replace(row, row="") for row in after}:
            return f"rows of {name}"
    operators = {row.service_id: row.operator_id for row in found.services} | {row.haulage_id: row.operator_id for row in found.haulage}
    theirs = {row.service_id: row.operator_id for row in dataset.services} | {row.haulage_id: row.operator_id for row in dataset.haulage}
    return next((f"the operator of {one}" for one, operator in theirs.items() if operators.get(one, operator) != operator), None)


def _say_sanction(measure: str, what: str) -> Finding:
    return _say("MEASURE-SANCTION", f"--measure {measure[:80]!r} would change {what}: sanctions are never varied", "take another measure")


def _say(code: str, message: str, fix: str) -> Finding:
    return Finding(code=code, column="--measure", message=message, fix=fix)
