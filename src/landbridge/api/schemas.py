"""What requests and answers look like; the only module that knows Pydantic. The plan document itself has a JSON Schema of its own."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from landbridge.domain.finding import Finding
from landbridge.planner import saved
from landbridge.planner.place_search import PlaceMatch

Text = Annotated[str, StringConstraints(max_length=200)]
Word = Annotated[str, StringConstraints(max_length=60)]
Feed = Annotated[str | None, Field(max_length=64, description="Digest of an uploaded feed; null: the feed of the server.")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class PlanRequest(_Strict):
    """One shipment from door to door, in the words of the asker."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"origin": "Minsk", "destination": "Lahore", "units": "2x40HC", "goods": "8701"}]},
    )
    origin: Text = Field(description="Place id, UN/LOCODE or name in any spelling or script.")
    destination: Text = Field(description="Likewise.")
    units: Word | None = Field(None, description="Number and type of load units, such as 2x40HC.")
    goods: Word | None = Field(None, description="HS code of 2, 4, 6, 8 or 10 digits.")
    ready: Word | None = Field(None, description="ISO date: ready at 00:00 local time.")
    due: Word | None = Field(None, description="ISO date: there by 24:00 local time.")
    as_of: Word | None = Field(None, description="ISO date on which the question is asked; null: the feed's own day.")
    mass: Word | None = Field(None, description="Cargo mass of all units, tonnes.")
    value: Word | None = Field(None, description="Value of the goods in the feed's currency.")
    landed: bool = Field(False, description="Whether duties and taxes are part of the total.")
    avoid: list[Text] = Field(
        default_factory=list, max_length=30, description="Places, borders, countries, services, modes not to be used."
    )
    via: list[Text] = Field(default_factory=list, max_length=10, description="Places, borders, passages to be used, all of them.")
    gate: list[Word] = Field(default_factory=list, max_length=20, description="Regimes whose designations block besides the feed's policy.")
    shipper: Text | None = Field(None, description="Party id of the sender.")
    consignee: Text | None = Field(None, description="Party id of the receiver.")
    exact: bool = Field(False, description="Every plan that no other beats, some hundred; else those for 29 weighings.")
    feed_alone: bool = Field(False, description="Whether no way of the shipped feed world is added to the feed.")
    feed: Feed = None

    def to_request(self, location: str) -> dict[str, Any]:
        """The request of a task: the feed by its location on this server."""
        return self.model_dump() | {"feed": location}


class PlanReference(_Strict):
    """A plan: one that is saved, or a document."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"plan_id": "79717fb10d7a91f23a8829342be4d496"}]})
    plan_id: Annotated[str, Field(max_length=64)] | None = Field(None, description="Id of a saved plan.")
    plan: dict[str, Any] | None = Field(None, description="A plan document, as /v1/plan gives it.")
    feed: Feed = None


class ExplainRequest(PlanReference):
    """Which plan, which of its itineraries, and what is asked about it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"plan_id": "79717fb10d7a91f23a8829342be4d496", "itinerary": 1, "why_not": "Suez Canal"}]},
    )
    itinerary: int | None = Field(None, ge=1, le=10_000, description="Number of the itinerary, from 1; null: the first.")
    why_not: Text | None = Field(None, description="Place, border or passage that no plan goes through.")


class PartyRequest(_Strict):
    """One party to screen."""

    name: Annotated[str, StringConstraints(max_length=10_000)]
    kind: Word | None = Field(None, description="company, person or vessel.")
    country: Word | None = Field(None, description="ISO 3166 alpha-2.")


class ScreenRequest(_Strict):
    """Names to screen at once; long lists go as a job."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"parties": [{"name": "Khazar Sea Shipping Lines"}]}]})
    parties: list[PartyRequest] = Field(min_length=1, max_length=500)
    as_of: Word | None = Field(None, description="ISO date; null: the feed's own day.")
    gate: list[Word] = Field(default_factory=list, max_length=20)
    feed: Feed = None


class DecisionRequest(_Strict):
    """A decision of a first person about a match, or its confirmation by a second one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "match_id": "35e84949a910b979",
                    "verdict": "clear",
                    "reason": "Another company of another country.",
                    "by": "Ann",
                    "until": "2027-11-24",
                },
                {"match_id": "35e84949a910b979", "confirm": True, "by": "Ben"},
            ]
        },
    )
    match_id: Word
    verdict: Word | None = Field(None, description="clear or blocked; not for a confirmation.")
    reason: Annotated[str, StringConstraints(max_length=2_000)] | None = None
    by: Text | None = Field(None, description="Who decides; with API keys always the holder of the key.")
    until: Word | None = Field(None, description="ISO date after which the decision expires.")
    confirm: bool = False


class BookRequest(_Strict):
    """All shipments of a feed planned together."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"horizon": "2026-12-01:2027-02-28", "seconds": 60, "draws": 0}]}
    )
    horizon: Word | None = Field(None, description="FROM:TO, ISO dates; either may be left out.")
    as_of: Word | None = None
    seconds: float = Field(60.0, gt=0, le=3_000)
    levers: float = Field(30.0, ge=0, le=3_000)
    shares: float = Field(30.0, ge=0, le=3_000)
    all_ways: float = Field(30.0, ge=0, le=3_000, description="Seconds for a bound over all ways, looked at or not; 0: none.")
    draws: int = Field(20, ge=0, le=1_000)
    seed: int = Field(0, ge=0, le=2**31)
    partner: Text | None = Field(None, description="Id of a payer: which others it would gain most with.")
    shipments: list[dict[Word, Annotated[str, StringConstraints(max_length=500)]]] | None = Field(
        None,
        min_length=1,
        max_length=2_000,
        description="Cells by the columns of the table shipments, in the place of the feed's own rows.",
    )
    feed: Feed = None


class CompareRequest(_Strict):
    """Before and after scenarios of the feed: of one shipment where a question is told, else of the joint plan of its book."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"scenarios": ["without-road-agreement"], "question": {"origin": "Minsk", "destination": "Lahore", "units": "1x40HC"}}
            ]
        },
    )
    scenarios: list[Word] = Field(min_length=1, max_length=20, description="Names, as /v1/scenarios lists them.")
    together: bool = Field(False, description="All of them at once instead of each alone.")
    question: PlanRequest | None = Field(None, description="One shipment; null: the joint plan of the book.")
    horizon: Word | None = Field(None, description="Of a book: FROM:TO, ISO dates.")
    as_of: Word | None = None
    seconds: float = Field(60.0, gt=0, le=3_000, description="Of a book: time for each scenario.")
    seed: int = Field(0, ge=0, le=2**31)
    feed: Feed = None


class ScreenFileRequest(_Strict):
    """A CSV file of names to screen, as text."""

    csv: Annotated[str, StringConstraints(max_length=20_000_000)] = Field(description="First line: name,kind,country and identifiers.")
    file: Text | None = Field(None, description="What the file is called, for findings and the audit log.")
    as_of: Word | None = None
    gate: list[Word] = Field(default_factory=list, max_length=20)
    feed: Feed = None


class JobRequest(_Strict):
    """Exactly one of plan, book, compare and screen."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"plan": {"origin": "Minsk", "destination": "Lahore"}}]})
    plan: PlanRequest | None = None
    book: BookRequest | None = None
    compare: CompareRequest | None = None
    screen: ScreenFileRequest | None = None


class JobAnswer(BaseModel):
    """A job, how far it is, and what came out."""

    job_id: str
    kind: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: dict[str, Any]
    result: dict[str, Any] | None
    problem: dict[str, Any] | None
    created_at: str
    started_at: str | None
    ended_at: str | None

    @classmethod
    def from_job(cls, job: saved.Job) -> JobAnswer:
        """The job as its owner sees it."""
        return cls(
            job_id=job.job_id,
            kind=job.kind,
            state=job.state,  # type: ignore[arg-type]  # the store knows no other
            progress=json.loads(job.progress or "{}"),
            result=json.loads(job.result) if job.result else None,
            problem=json.loads(job.problem) if job.problem else None,
            created_at=job.created_at,
            started_at=job.started_at,
            ended_at=job.ended_at,
        )


class JobPage(BaseModel):
    """Jobs, the newest first, and where the next page begins."""

    jobs: list[JobAnswer]
    next: str | None


class PlanHead(BaseModel):
    """A saved plan without its document."""

    plan_id: str
    title: str
    created_at: str
    feed_digest: str
    question: dict[str, Any]


class PlanPage(BaseModel):
    """Saved plans, the newest first, and where the next page begins."""

    plans: list[PlanHead]
    next: str | None


class PlaceAnswer(BaseModel):
    """A place that a text may mean; the score is 100 for an exact id, code or spelling, ``ask`` the text that means it in a question."""

    place_id: str
    name: str
    country: str
    score: float
    ask: str

    @classmethod
    def from_domain(cls, match: PlaceMatch, ask: str) -> PlaceAnswer:
        return cls(place_id=match.place_id, name=match.name, country=match.country, score=match.score, ask=ask)


class FindingAnswer(BaseModel):
    """One thing that is wrong or worth knowing, and what to do."""

    code: str
    severity: Literal["error", "warning", "info"]
    file: str
    row: int | None
    column: str
    message: str
    fix: str

    @classmethod
    def from_domain(cls, finding: Finding) -> FindingAnswer:
        return cls(
            code=finding.code, severity=finding.severity, file=finding.file, row=finding.row, column=finding.column,
            message=finding.message, fix=finding.fix,
        )  # fmt: skip


class Problem(BaseModel):
    """Everything that goes wrong, RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    findings: list[FindingAnswer]
    instance: str | None = None


class FeedAnswer(BaseModel):
    """One edition of a feed."""

    digest: str
    name: str
    form: str
    created_at: str | None
    is_served: bool


class FeedPage(BaseModel):
    """The feed of the server, then the uploaded ones, the newest first, and where the next page begins."""

    feeds: list[FeedAnswer]
    next: str | None


class UploadAnswer(BaseModel):
    """What became of an uploaded feed."""

    digest: str
    name: str
    is_new: bool
    findings: list[FindingAnswer]
