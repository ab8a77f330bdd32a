"""Conventions of the house that no linter sees: docs say them, this test keeps them."""

from __future__ import annotations

import ast
import csv
import dataclasses
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import landbridge
from landbridge import domain
from landbridge.domain.record import Range

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "landbridge"
FINDINGS_PAGE = ROOT / "docs" / "findings.md"
ROOMS = sorted(path.parent.name for path in SRC.glob("*/__init__.py"))

FORBIDDEN_MODULES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "core"}
UNIT_SUFFIXES = (
    "_m", "_min", "_kg", "_cents", "_g", "_g_co2e", "_mm", "_m_per_h", "_teu", "_days", "_day", "_percent", "_per_t",
    "_seconds", "_m3", "_c", "_dm3",
)  # fmt: skip
WITHOUT_SUFFIX = {
    # degrees, always in this order
    "lon", "lat", "path", "from_snap", "to_snap", "avoid_points", "posts",
    # money and what it is counted by: the unit stands in `currency`, `per` or `kind` of the same row
    "amount", "fee", "fixed", "per_day", "per_km", "minimum", "value", "rate", "quantity",
    # ratios and counts
    "factor", "percent", "teu", "units", "quota_left", "max_legs", "max_labels", "entries", "owned", "score", "population",
    "touched", "unused", "new_ways", "closures_per_year", "done", "total",
    # bounds of a claim and years of an estimate, in the currency of their row or answer
    "floor", "ceiling", "before_claims", "mirror", "factor_before_claims", "draws", "seed",
    # numbers of lines, legs, plans, stops and parts
    "row", "leg", "legs", "seq", "dominated_by", "part", "itinerary", "train_leg", "runs", "candidate_units",
    "box_units", "left_out_units", "part_units",
    "copies", "shipment_units", "payer_units", "needed_units", "freed_units", "turned_units", "moved_in_units", "moved_out_units",
    "hired_units", "left_units", "stock_units", "drawn_units", "sent_units",
    "by_on_time", "by_p90", "by_cvar", "like_on_time", "like_p90", "like_cvar",
    # by the measure that is told beside it
    "gap",
    # days of the week, the month and the year
    "weekdays", "working_days", "month_days", "season_from", "season_to", "from_day", "to_day",
}  # fmt: skip


def domain_dataclasses() -> Iterator[type]:
    for module in pkgutil.iter_modules(domain.__path__):
        found = importlib.import_module(f"landbridge.domain.{module.name}")
        for _, one in inspect.getmembers(found, inspect.isclass):
            if dataclasses.is_dataclass(one) and one.__module__ == found.__name__:
                yield one


RECORDS = sorted(domain_dataclasses(), key=lambda one: one.__name__)


def test_the_house_has_its_rooms():
    assert set(ROOMS) >= {"cli", "domain", "graph", "planner", "report", "routing", "sources", "terms", "verification"}
    assert len(RECORDS) > 40


# --- records ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: one.__name__)
def test_every_record_of_the_domain_is_frozen_and_told_by_keyword(record):
    assert record.__dataclass_params__.frozen
    assert all(field.kw_only for field in dataclasses.fields(record))


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: one.__name__)
def test_records_hold_no_lists_and_no_dictionaries(record):
    for name, form in typing.get_type_hints(record).items():
        assert not {list, dict, set} & set(parts_of(form)), f"{record.__name__}.{name}"


@pytest.mark.parametrize("record", [one for one in RECORDS if one is not Range], ids=lambda one: one.__name__)
def test_numbers_carry_their_unit(record):
    bare = [
        name
        for name, form in typing.get_type_hints(record).items()
        if {int, float, Decimal} & set(parts_of(form)) and not name.endswith(UNIT_SUFFIXES) and name not in WITHOUT_SUFFIX
    ]
    assert not bare, f"{record.__name__}: {', '.join(bare)}: end the name with one of {', '.join(UNIT_SUFFIXES)}"


def test_names_without_a_unit_are_still_used():
    used = {name for record in RECORDS for name in typing.get_type_hints(record)}
    assert used >= WITHOUT_SUFFIX


def parts_of(form: object) -> Iterator[object]:
    """A type and all that it is made of."""
    yield typing.get_origin(form) or form
    for part in typing.get_args(form):
        if not isinstance(part, types.EllipsisType):
            yield from parts_of(part)


# --- modules ------------------------------------------------------------------------------------------------------------------


def test_no_module_is_a_drawer_for_everything():
    assert [str(path.relative_to(ROOT)) for path in ROOT.glob("src/**/*.py") if path.stem in FORBIDDEN_MODULES] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_sign(room):
    sign = importlib.import_module(f"landbridge.{room}").__doc__ or ""
    places = [sign.find(word) for word in ("In: ", "Out: ", "Never here: ")]
    assert places == sorted(places), f"{room}: In, Out, Never here, in this order"
    assert -1 not in places, f"{room}: the sign says In, Out and Never here"


def test_every_module_says_what_it_is():
    silent = [
        str(path.relative_to(SRC)) for path in SRC.rglob("*.py") if ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


def test_import_contracts_hold():
    """The contracts of pyproject.toml, so that `make test` runs them too."""
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert " 0 broken" in run.stdout


# --- findings -----------------------------------------------------------------------------------------------------------------

CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*")
MAKERS = {"make_finding", "_add", "add", "Finding", "_finding", "found", "guard", "remark"}


def used_codes() -> dict[str, str]:
    """Every finding code that the source names, and where."""
    found: dict[str, str] = {}
    for path in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for value in _code_arguments(node):
                    found[value] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def _code_arguments(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    if name in MAKERS:
        given += call.args[:1]
    for value in given:
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and CODE.fullmatch(value.value) and len(value.value) > 3:
            yield value.value


def registered_codes() -> set[str]:
    with (SRC / "sources" / "findings.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"] for row in csv.DictReader(lines)}


def test_codes_are_found_in_the_source():
    assert {"UNITS", "FILE-ENCODING", "PLAN-KEY", "MASS-ASSUMED"} <= used_codes().keys()


def test_every_finding_code_is_documented():
    page = FINDINGS_PAGE.read_text(encoding="utf-8")
    told = registered_codes() | set(re.findall(r"[A-Z][A-Z0-9-]+", page))
    assert {code: where for code, where in used_codes().items() if code not in told} == {}


def test_every_registered_code_is_used_somewhere():
    text = "\n".join(path.read_text(encoding="utf-8") for path in SRC.rglob("*.py"))
    assert sorted(code for code in registered_codes() if f'"{code}"' not in text) == []


def test_the_package_shows_what_it_offers():
    assert set(landbridge.__all__) == {"__version__", "distance", "distance_matrix", "load", "nearest", "plan", "simulate"}
    assert all(hasattr(landbridge, name) for name in landbridge.__all__)
