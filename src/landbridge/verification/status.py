"""Status: whether a service or haulage offer runs on a day, and whether that is confirmed; section 4.1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from landbridge.domain.service import ServiceStatus
from landbridge.verification.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of an offer on a day: ``status`` of its row, ``unconfirmed`` without one."""

    status: str
    is_confirmed: bool

    @property
    def runs(self) -> bool:
        return self.status in ("operating", "unconfirmed")


def standing_of(case: Case, offer_id: str, is_scheduled: bool, day: date) -> Standing:
    """Give the standing of a service or haulage offer on a day."""
    rows = [
        row for row in case.dataset.statuses if (row.service_id if is_scheduled else row.haulage_id) == offer_id and case.applies(row, day)
    ]
    latest = max(rows, key=lambda row: (row.valid_from or date.min, case.known_on(row) or date.min, row.status_id), default=None)
    if latest is None:
        return Standing(status="unconfirmed", is_confirmed=False)
    return Standing(status=latest.status, is_confirmed=latest.status == "operating" and _has_evidence(case, latest))


def _has_evidence(case: Case, row: ServiceStatus) -> bool:
    """Tell whether the evidence is fresh; evidence later than the day of asking counts as of the day the row was known."""
    seen_on = row.evidence_on
    if seen_on is not None and seen_on > case.query.as_of:
        seen_on = case.known_on(row)
    return seen_on is not None and (case.query.as_of - seen_on).days <= case.dataset.info.evidence_days
