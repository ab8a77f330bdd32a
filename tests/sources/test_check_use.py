"""Rows that nothing uses."""

import pytest


@pytest.mark.parametrize(
    ("table", "cells", "code"),
    [
        ("sources", {"source_id": "lonely"}, "SOURCE-UNCITED"),
        ("parties", {"party_id": "lonely"}, "ROW-UNUSED"),
        ("documents", {"document_id": "lonely"}, "ROW-UNUSED"),
        ("regimes", {"regime_id": "lonely"}, "ROW-UNUSED"),
        ("unit_types", {"unit_type_id": "45HC"}, "ROW-UNUSED"),
        ("borders", {"border_id": "lonely"}, "BORDER-UNUSED"),
        ("holidays", {"country": "PK"}, "ROW-UNUSED"),
        ("payload_limits", {"limit_id": "pk", "country": "PK"}, "ROW-UNUSED"),
    ],
)
def test_a_row_that_nothing_uses(example, table, cells, code):
    """What nothing names is told, so that a feed does not grow waste."""
    assert example.add(table, **cells).codes() == [code]


def test_a_passage_that_nobody_uses(example):
    """A strait needs a service through it."""
    example.add("passages", like=None, passage_id="bosporus", name="Bosporus")
    assert example.codes() == ["ROW-UNUSED"]
    assert example.set("stops", 1, passages="bosporus").codes() == []


def test_a_listed_party_is_used(example):
    """A party that a watchlist means is not waste."""
    cells = {"regime_id": "EU", "list_name": "x", "name": "Listed", "party_id": "listed", "measure": "freeze", "listed_on": "2025-01-01"}
    example.add("parties", party_id="listed").add("watchlist", like=None, entry_id="e", **cells)
    assert example.codes() == []
