"""Storage, detention, empty boxes and what units can hold."""

import pytest


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"from_day": "14"}, "STEP-OVERLAP"),
        ({"from_day": "17"}, "STEP-GAP"),
        ({"to_day": "30"}, "STEP-GAP"),
        ({"to_day": "14"}, "STEP-REVERSED"),
    ],
)
def test_steps_of_storage(example, cells, code):
    """Each day of stay after the free ones has one price."""
    assert code in example.set("storage", 1, **cells).codes()


def test_a_terminal_has_one_place(example):
    """A stop or a row of handling does not name a terminal that lies elsewhere, nor one that nobody knows."""
    example.set("stops", 1, terminal_id="varna-example").set("handling", 1, terminal_id="varna-example")
    found = [(one.code, one.file, one.row, one.column) for one in example.find() if one.severity == "error"]
    assert found == [
        ("TERMINAL-ELSEWHERE", "example/handling.csv", 3, "terminal_id"),
        ("TERMINAL-ELSEWHERE", "example/stops.csv", 3, "terminal_id"),
    ]
    example.set("stops", 1, terminal_id="nowhere").set("handling", 1, terminal_id="").set("terminals", 0, operator_id="nobody")
    found = [(one.code, one.file, one.row, one.column) for one in example.find() if one.severity == "error"]
    assert found == [
        ("REFERENCE-UNKNOWN", "example/stops.csv", 3, "terminal_id"),
        ("REFERENCE-UNKNOWN", "example/terminals.csv", 2, "operator_id"),
    ]


def test_calls_at_unknown_terminals_are_told_once(example):
    """Where nothing says which terminal a ship uses, nobody is screened for it: one finding says at how many calls, and where."""
    example.set("stops", 0, terminal_id="").set("stops", 1, terminal_id="")
    (finding,) = example.find()
    assert (finding.code, finding.severity, finding.row) == ("TERMINAL-UNKNOWN", "info", 2)
    assert finding.message == "2 of 2 calls of ships name no terminal, so nobody is screened for it: BGVAR, GEPTI"
    (finding,) = (one for one in example.set("stops", 0, board="false").find() if one.code == "TERMINAL-UNKNOWN")
    assert finding.message.startswith("1 of 1 calls of ships")  # a call at which nothing is loaded or unloaded counts for nothing
    assert "TERMINAL-UNKNOWN" not in example.set("stops", 1, terminal_id="poti-example").codes()


def test_steps_of_another_time_do_not_count(example):
    """A new tariff of storage may take the place of the old one."""
    example.set("storage", 0, valid_to="2026-06-30").set("storage", 1, valid_to="2026-06-30")
    example.add("storage", like=1, storage_id="new", from_day="6", valid_from="2026-07-01", valid_to="")
    assert example.codes() == []
    assert "STEP-OVERLAP" in example.set("storage", 2, valid_from="2026-06-30").codes()


def test_steps_of_detention(example):
    """What is true of storage is true of a line's detention."""
    assert "STEP-OVERLAP" in example.add("detention", detention_id="again").codes()


def test_a_line_needs_its_boxes_back(example):
    """Where a line charges detention, somebody must say where its boxes go; a row for any line will do."""
    example.add("parties", party_id="other-line")
    assert "RETURN-MISSING" in example.set("detention", 0, operator_id="other-line").codes()
    assert "RETURN-MISSING" not in example.set("returns", 0, operator_id="").codes()


def test_masses(example):
    """Goods cannot weigh more than their unit holds, a shipment not more than all its units."""
    assert example.set("goods_masses", 0, mass_high_kg="30000", mass_kg="29000").codes() == ["MASS-ABOVE-PAYLOAD"]
    assert example.set("goods_masses", 0, mass_kg="4200").set("shipments", 0, mass_kg="60000").codes() == ["MASS-ABOVE-PAYLOAD"]


def test_goods(example):
    """Masses and shipments are of goods that the feed has, or of a longer code of them."""
    assert example.set("shipments", 0, hs="845011").codes() == []
    assert example.set("shipments", 0, hs="84").codes() == ["GOODS-MISSING"]
