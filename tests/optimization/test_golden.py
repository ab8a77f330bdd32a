"""One LP file per constraint family, named as in docs/math.md. Rewritten by ``python -m tests.optimization.test_golden``."""

from __future__ import annotations

from pathlib import Path

import pytest

from landbridge.optimization import arc_model
from landbridge.optimization.arc_model import make_arc_model
from landbridge.solver import Program, render_lp
from tests.optimization.networks import random_design

GOLDEN = Path(__file__).parents[1] / "golden" / "lp"
MATH = Path(__file__).parents[2] / "docs" / "math.md"
DESIGN_FAMILIES = ("conservation", "capacity", "linking")


def family_text(program: Program, family: str) -> str:
    """The rows of one family in the LP file of a tiny problem."""
    return "".join(f"{line}\n" for line in render_lp(program).splitlines() if line.startswith(f" {family}("))


def texts() -> dict[str, str]:
    program = make_arc_model(random_design(1, n_nodes=3, n_arcs=4, n_commodities=2))
    return {family: family_text(program, family) for family in DESIGN_FAMILIES}


@pytest.mark.parametrize("family", DESIGN_FAMILIES)
def test_a_family_is_written_as_ever(family):
    assert texts()[family] == (GOLDEN / f"{family}.lp").read_text(encoding="utf-8")


@pytest.mark.parametrize("family", DESIGN_FAMILIES)
def test_a_family_has_function_formula_and_section(family):
    assert f"\n### {family}\n" in MATH.read_text(encoding="utf-8")
    assert getattr(arc_model, f"add_{family}").__doc__


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (GOLDEN / f"{name}.lp").write_text(text, encoding="utf-8")
