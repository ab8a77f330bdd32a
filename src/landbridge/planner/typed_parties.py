"""Companies that somebody types into a book and the feed does not name: parties of their own, screened by name as all others are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from datetime import date

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.identity import PartyId, SourceId
from landbridge.domain.party import Party
from landbridge.domain.spelling import fold

_MARK = "typed-"
_PLAIN = re.compile(r"[a-z0-9 ]+")
_LONGEST = 40


def find_party(dataset: Dataset, text: str) -> Party | None:
    """The party of the feed with this id, name or other spelling."""
    wanted = text.casefold()
    return next(
        (one for one in dataset.parties if wanted in (str(one.party_id).casefold(), *(name.casefold() for name in (one.name, *one.names)))),
        None,
    )


def find_like(dataset: Dataset, text: str) -> Party | None:
    """The party of the feed that screening takes for the same as this name: who owns it, and what names it, must not be lost by a slip."""
    from landbridge.screening.match import BLOCK_SCORE, score_names

    best, found = BLOCK_SCORE, None
    for party in dataset.parties:
        score = max(score_names(text, name, "company").score for name in (party.name, *party.names))
        if score >= best:
            best, found = score, party
    return found


def make_party(text: str, source_id: SourceId) -> Party:
    """A company of this name; the same name in another spelling of its letters is the same company."""
    plain = fold(text)
    told = plain.replace(" ", "-") if _PLAIN.fullmatch(plain) and len(plain) <= _LONGEST else ""
    slug = told or hashlib.sha256(plain.encode("utf-8", "backslashreplace")).hexdigest()[:12]
    return Party(party_id=PartyId(f"{_MARK}{slug}"), name=text, kind="company", source_id=source_id, note="typed, not of the feed")


def say_typed(dataset: Dataset, parties: Collection[PartyId], as_of: date) -> tuple[Finding, ...]:
    """What to know of typed parties: that their names alone were screened, and which of them somebody has to look at."""
    from landbridge.planner.gate import find_reviews

    typed = [one for one in dataset.parties if one.party_id in parties and one.party_id.startswith(_MARK)]
    told = tuple(
        Finding(
            code="PARTY-TYPED",
            severity="info",
            message=f"{one.name} is not in the feed: its name was screened, who owns it is not known",
            fix="add it to parties.csv and ownership.csv of the feed",
        )
        for one in typed
    )
    return (*told, *find_reviews(dataset, frozenset(str(one.party_id) for one in typed), as_of))
