"""Golden pages: compared as they stand, rewritten only when LANDBRIDGE_GOLDEN=write is set."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sample_plan

from landbridge.domain.dataset import Dataset
from landbridge.domain.plan import Plan

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return sample_plan.make_dataset()


@pytest.fixture(scope="session")
def plan() -> Plan:
    return sample_plan.make_plan()


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("LANDBRIDGE_GOLDEN") == "write":
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8"), f"{name} differs; look at it, then LANDBRIDGE_GOLDEN=write pytest tests/report"

    return compare
