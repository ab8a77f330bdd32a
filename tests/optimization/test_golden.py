"""One LP file per constraint family, named as in docs/math.md. Rewritten by ``python -m tests.optimization.test_golden``."""

from __future__ import annotations

from inspect import getsource
from pathlib import Path

import pytest

from landbridge.optimization import arc_model, book_model, unit_rows, yard_rows
from landbridge.optimization.arc_model import make_arc_model
from landbridge.optimization.book_model import make_book_program
from landbridge.optimization.book_problem import BookProblem, End, Holds, Move, Room, Stock, Tier, Train, Way, Yard
from landbridge.solver import Program, render_lp
from tests.optimization.networks import random_design

GOLDEN = Path(__file__).parents[1] / "golden" / "lp"
MATH = Path(__file__).parents[2] / "docs" / "math.md"
DESIGN_FAMILIES = ("conservation", "capacity", "linking")
BOOK_FAMILIES = (
    "carried", "space", "fill", "joining", "room", "quota", "reaching", "rebate", "ceiling", "freed", "needed", "stock", "balance",
    "emission",
)  # fmt: skip
UNIT_FAMILIES = ("riding", "payload", "cubage", "ballast", "segregation")
FAMILIES = (*DESIGN_FAMILIES, *BOOK_FAMILIES, *UNIT_FAMILIES)
BOOK = BookProblem(
    shipments=("s", "t"), payers=("A", "B"),
    ways=(
        Way(shipment=0, cost=50_000, teu=4, departures=(0,), volumes=(0, 1), uses=((0, 2.0),)),
        Way(shipment=0, cost=30_000, teu=4, train=0, volumes=(0,),
        emission_g=2_000_000),
        Way(shipment=1, cost=40_000, teu=6, departures=(0,)), Way(shipment=1, cost=10_000, teu=6, train=0, volumes=(1,), is_waiting=True),
    ),
    trains=(Train(name="train", kind="block_train", cost=25_000, capacity=5, min_fill=3),),
    rooms=(Room(name="ship", allotted=(("A", 2.0), ("B", 5.0)), market_price=900.0),),
    quotas=(Room(name="border", allotted=(("A", 1.0), ("B", 0.5)), market_price=300.0),),
    tiers=(Tier(name="all", from_teu=5, amount=1_000, is_incremental=False), Tier(name="above", from_teu=2, amount=500,
    is_incremental=True)),
    yards=(
        Yard(
            name="empties", kind="shared_empties", saving=700.0, per_day=50.0,
            freed=(End(way=0, day=3, units=2), End(way=1, day=5, units=2)), needed=(End(way=2, day=7, units=3),),
            stocks=(Stock(name="depot", payer="A", day=4, units=2),),
        ),
        Yard(name="far", kind="shared_empties", saving=400.0, per_day=30.0, freed=(End(way=2, day=12, units=3),),
        needed=(End(way=3, day=9, units=3),)),
    ),
    moves=(
        Move(name="empty", kind="reposition", from_yard=0, to_yard=1, cost=250.0, days=2),
        Move(name="hire", kind="one_way_hire", from_yard=0, to_yard=1, cost=300.0),
    ),
    most_emission_g=1_500_000,
)  # fmt: skip

UNITS = BookProblem(
    shipments=("s", "t", "u"), payers=("A", "B", "B"),
    ways=(
        Way(shipment=0, cost=50_000, teu=2, mass_kg=4_000, volume_dm3=20_000, holds=Holds(least_kg=9_000, most_kg=21_000, most_dm3=65_000)),
        Way(shipment=1, cost=7_000, teu=0, mass_kg=6_500, volume_dm3=30_000, inside=0),
        Way(shipment=2, cost=5_000, teu=0, mass_kg=3_000, volume_dm3=12_500, inside=0),
        Way(shipment=1, cost=40_000, teu=2), Way(shipment=2, cost=38_000, teu=2),
    ),
    apart=frozenset({(1, 2)}),
)  # fmt: skip


def family_text(program: Program, family: str) -> str:
    """The rows of one family in the LP file of a tiny problem."""
    return "".join(f"{line}\n" for line in render_lp(program).splitlines() if line.startswith(f" {family}("))


def texts() -> dict[str, str]:
    program = make_arc_model(random_design(1, n_nodes=3, n_arcs=4, n_commodities=2))
    return {family: family_text(program, family) for family in DESIGN_FAMILIES} | {
        family: family_text(program, family)
        for program, families in ((make_book_program(BOOK), BOOK_FAMILIES), (make_book_program(UNITS), UNIT_FAMILIES))
        for family in families
    }


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_written_as_ever(family):
    assert texts()[family] == (GOLDEN / f"{family}.lp").read_text(encoding="utf-8")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_function_formula_and_section(family):
    assert f"\n### {family}\n" in MATH.read_text(encoding="utf-8")
    module = next(one for one in (arc_model, unit_rows, yard_rows, book_model) if f"def add_{family}(" in getsource(one))
    assert getattr(module, f"add_{family}").__doc__


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (GOLDEN / f"{name}.lp").write_text(text, encoding="utf-8")
