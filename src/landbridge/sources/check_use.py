"""Rows that nothing uses, and sources that nobody cites."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.sources.dictionary import get_tables
from landbridge.sources.provenance import make_row_finding

_USED_BY_OTHERS = ("regimes", "parties", "unit_types", "passages", "documents")


def is_template(dataset: Dataset) -> bool:
    """Whether the links of a feed are made while planning: it offers haulage and has no link, like the feed ``world``.

    What such links will name cannot be known here.
    """
    return bool(dataset.haulage) and not dataset.links


def check_citations(dataset: Dataset) -> Iterator[Finding]:
    """SOURCE-UNCITED: no row cites a source."""
    cited = {record.source_id for table in get_tables() if table != "sources" for record in getattr(dataset, table)}
    for source in dataset.sources:
        if source.source_id not in cited:
            yield make_row_finding("SOURCE-UNCITED", source, "source_id", f"no row cites the source {source.source_id}")


def check_used(dataset: Dataset) -> Iterator[Finding]:
    """ROW-UNUSED: no row of another table names this one."""
    named = _collect_named(dataset)
    for table in _USED_BY_OTHERS:
        if table == "passages" and is_template(dataset):
            continue
        key = get_tables()[table].key[0]
        for record in getattr(dataset, table):
            if getattr(record, key) not in named[table]:
                yield make_row_finding("ROW-UNUSED", record, key, f"nothing names {getattr(record, key)}")


def check_borders(dataset: Dataset) -> Iterator[Finding]:
    """BORDER-UNUSED: no link crosses a border, and no rule or event names it."""
    if is_template(dataset):
        return
    crossed = {link.border_id for link in dataset.links} | {event.border_id for event in dataset.events}
    crossed |= {border_id for rule in dataset.rules for border_id in rule.border_ids}
    for border in dataset.borders:
        if border.border_id not in crossed:
            yield make_row_finding("BORDER-UNUSED", border, "border_id", f"no link crosses {border.border_id}")


def check_holidays_used(dataset: Dataset) -> Iterator[Finding]:
    """ROW-UNUSED: a holiday of a country in which no place lies."""
    countries = {place.country for place in dataset.places}
    seen: set[str] = set()
    for holiday in dataset.holidays:
        if holiday.country not in countries and holiday.country not in seen:
            seen.add(holiday.country)
            message = f"no place lies in {holiday.country}: its holidays are never used"
            yield make_row_finding("ROW-UNUSED", holiday, "country", message)


def check_limits_used(dataset: Dataset) -> Iterator[Finding]:
    """ROW-UNUSED: a payload limit of a country that nothing touches."""
    countries = {place.country for place in dataset.places} | {link.country for link in dataset.links}
    for limit in dataset.payload_limits:
        if limit.country not in countries:
            message = f"no place and no link lies in {limit.country}: the limit is never used"
            yield make_row_finding("ROW-UNUSED", limit, "country", message)


def _collect_named(dataset: Dataset) -> dict[str, set[str]]:
    """Ids of each table that rows of other tables, or the policy, name."""
    named: dict[str, set[str]] = {table: set() for table in get_tables()}
    for table, spec in get_tables().items():
        for attribute in spec.attributes:
            if attribute.field.references:
                for record in getattr(dataset, table):
                    value = getattr(record, attribute.name)
                    named[attribute.field.references].update(value if isinstance(value, tuple) else (value,))
    named["regimes"].update(dataset.info.gates or ())
    return named
