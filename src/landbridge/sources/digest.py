"""The digest of a feed: SHA-256 over its content, the same whether it lies in a folder, a zip file or a workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from landbridge.domain.dataset import DatasetInfo
from landbridge.domain.record import Range
from landbridge.sources.dictionary import get_tables
from landbridge.sources.parse import Row

_CELL, _ROW, _TABLE = "\x1f", "\x1e", "\x1d"
_INFO = ("name", "title", "version", "as_of", "settlement_currency", "gates", "evidence_days", "capital_percent")


def compute_digest(info: DatasetInfo, rows: dict[str, list[Row]]) -> str:
    """Compute the digest of typed rows in their order; where a row stands, and how a number is written, does not count."""
    digest = hashlib.sha256()
    digest.update(_CELL.join(_write_canonical(getattr(info, name)) for name in _INFO).encode())
    for table, spec in get_tables().items():
        table_rows = rows.get(table)
        if table_rows:
            columns = [_write_column([row[attribute.name] for row in table_rows]) for attribute in spec.attributes]
            lines = _ROW.join(map(_CELL.join, zip(*columns, strict=True)))
            digest.update(f"{_TABLE}{table}{_ROW}{lines}".encode())
    return digest.hexdigest()


def _write_column(values: list[object]) -> list[str]:
    """Write each distinct value once; ``True`` and 1 never share a column."""
    memo = {value: _write_canonical(value) for value in set(values)}
    return [memo[value] for value in values]


def _write_canonical(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _write_decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Range):
        return "/".join(_write_canonical(end) for end in (value.low, value.typical, value.high))
    if isinstance(value, Iterable):
        return ";".join(_write_canonical(item) for item in value)
    return repr(value + 0) if isinstance(value, int | float) else str(value)


def _write_decimal(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
