"""A planner that answers from the hand-made plan of tests/report, so that the commands are tested alone."""

import importlib.util
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from landbridge import planner
from landbridge.domain.errors import DataError, QueryError, UnknownIdError
from landbridge.domain.finding import Finding

SAMPLE = Path(__file__).parents[1] / "report" / "sample_plan.py"


def load_sample() -> ModuleType:
    if "sample_plan" not in sys.modules:
        spec = importlib.util.spec_from_file_location("sample_plan", SAMPLE)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["sample_plan"] = module
        spec.loader.exec_module(module)
    return sys.modules["sample_plan"]


@dataclass
class FakePlanner:
    """What the commands asked for, and what they are told."""

    sample: ModuleType
    asked: list[object] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    feeds: list[tuple[str, str | None]] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    differences: tuple[object, ...] = ()
    error: BaseException | None = None

    def __post_init__(self) -> None:
        self.dataset = self.sample.make_dataset()
        self.plan = self.sample.make_plan()

    def load_feed(self, location, *, rates=None):
        self.feeds.append((location, rates))
        if location == "broken":
            raise DataError(
                [Finding(code="FEED", file="broken", message="is a PDF", fix="give a folder"), Finding(code="X", message="too")]
            )
        return self.dataset, self.findings

    def ask(self, dataset, question):
        self.asked.append(question)
        if question.units == "0x40HC":
            raise QueryError(
                [
                    Finding(code="UNITS", column="--units", message="0 units asked", fix="write it as 2x40HC"),
                    Finding(code="DATE", column="--ready", message="'x' is no date", fix="write it as 2026-12-01"),
                ]
            )
        if self.error:
            raise self.error
        return question

    def join_question(self, dataset, question):
        return dataset, self.ask(dataset, question)

    def plan_shipment(self, dataset, query):
        return self.sample.make_old_plan() if query.as_of else self.plan

    def recall_plan(self, dataset, query, *, is_fresh=False):
        return self.plan_shipment(dataset, query), False

    def recall_text(self, kind, dataset, query, make, *, is_fresh=False):
        return make()

    def read_plan(self, path):
        if path == "missing.json":
            raise FileNotFoundError(2, "No such file or directory", path)
        return self.plan

    def write_text(self, path, text):
        self.written[path] = text

    def verify_plan(self, dataset, plan):
        return self.differences

    def why_not(self, dataset, plan, place):
        if place == "Atlantis":
            raise UnknownIdError("place", place)
        return SimpleNamespace(
            place_id="RUVVO", text=("It costs 3,102 USD more.",), itinerary=self.plan.compared[0].itinerary, rejected=self.plan.rejected[:1]
        )

    def check_feed(self, location, *, with_atlas=True):
        if location == "broken":
            raise DataError([Finding(code="FEED", message="is a PDF")])
        return self.findings

    def init_feed(self, folder):
        self.written[folder] = "feed"

    def convert_feed(self, a, b):
        self.written[b] = a
        return self.left_out

    def find_places(self, dataset, text, limit=5):
        if text == "Nowhere":
            return ()
        return (SimpleNamespace(place_id="BYMSQ", name="Minsk", country="BY", score=92.0),)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakePlanner:
    made = FakePlanner(load_sample())
    for name in (
        "load_feed", "ask", "join_question", "plan_shipment", "recall_plan", "recall_text", "read_plan", "write_text", "verify_plan",
        "why_not", "check_feed", "init_feed", "convert_feed", "find_places",
    ):  # fmt: skip
        monkeypatch.setattr(planner, name, getattr(made, name))
    monkeypatch.setenv("COLUMNS", "100")
    return made
