"""Parties that somebody types into a book and the feed does not name: parties of their own, screened by name as all others are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import count

from landbridge.domain.dataset import Dataset
from landbridge.domain.finding import Finding
from landbridge.domain.identity import PartyId, SourceId
from landbridge.domain.party import Party
from landbridge.domain.spelling import fold

_MARK = "typed-"
_UNKNOWN = ""
"""Kind of a typed party; every party of a feed has one."""
_PLAIN = re.compile(r"[a-z0-9 ]+")
_LONGEST = 40


def find_parties(dataset: Dataset, text: str) -> tuple[Party, ...]:
    """The party of the feed with this id; else all with this name or other spelling."""
    exact = dataset.party_by_id.get(text)
    if exact is not None:
        return (exact,)
    wanted = text.casefold()
    return tuple(
        one for one in dataset.parties if wanted in (str(one.party_id).casefold(), *(name.casefold() for name in (one.name, *one.names)))
    )


def find_like(dataset: Dataset, text: str) -> Party | None:
    """The party of the feed that screening takes for the same as this name: who owns it, and what names it, must not be lost by a slip."""
    from landbridge.screening.match import BLOCK_SCORE, score_names

    best, found = BLOCK_SCORE, None
    for party in dataset.parties:
        score = max(score_names(text, name, party.kind).score for name in (party.name, *party.names))
        if score >= best:
            best, found = score, party
    return found


class TypedParties:
    """Parties beside those of a feed, each with every spelling that was typed of it.

    Names that differ in case, accents and signs alone are one party, which pays as one. Screening reads more of a name than that:
    strokes part names, and signs of direction turn them. So all spellings are kept, and the worst of them counts.
    """

    def __init__(self, dataset: Dataset, source_id: SourceId) -> None:
        self._source_id = source_id
        self._taken = {str(one.party_id).casefold() for one in dataset.parties}
        self._typed: dict[str, Party] = {}

    @property
    def parties(self) -> tuple[Party, ...]:
        return tuple(self._typed.values())

    def add(self, text: str) -> PartyId:
        """The id of the party that is called so, of the feed's parties and all others none has the same."""
        plain = fold(text)
        party = self._typed.get(plain)
        if party is None:
            # What it is, is not known: as a company it would not be found among listed people.
            party = Party(party_id=self._new_id(plain), name=text, kind=_UNKNOWN, source_id=self._source_id, note="typed, not of the feed")
        elif text not in (party.name, *party.names):
            party = replace(party, names=(*party.names, text))
        self._typed[plain] = party
        return party.party_id

    def _new_id(self, plain: str) -> PartyId:
        told = plain.replace(" ", "-") if _PLAIN.fullmatch(plain) and len(plain) <= _LONGEST else ""
        slug = told or hashlib.sha256(plain.encode("utf-8", "backslashreplace")).hexdigest()[:12]
        wanted = (f"{_MARK}{slug}{f'-{number}' if number > 1 else ''}" for number in count(1))
        found = next(one for one in wanted if one not in self._taken)
        self._taken.add(found)
        return PartyId(found)


def say_typed(dataset: Dataset, parties: Collection[PartyId], as_of: date) -> tuple[Finding, ...]:
    """What to know of typed parties: that their names alone were screened, and which of them somebody has to look at."""
    from landbridge.planner.gate import find_reviews

    typed = [one for one in dataset.parties if one.party_id in parties and one.kind == _UNKNOWN]
    told = tuple(
        Finding(
            code="PARTY-TYPED",
            severity="info",
            message=f"{one.name} is not in the feed: its name was screened, who owns it is not known{_say_mixed(one)}",
            fix="add it to parties.csv and ownership.csv of the feed",
        )
        for one in typed
    )
    return (*told, *find_reviews(dataset, frozenset(str(one.party_id) for one in typed), as_of))


def _say_mixed(party: Party) -> str:
    """What ``landbridge screen`` says of such a name too."""
    from landbridge.planner.screening import has_mixed_letters

    is_mixed = any(has_mixed_letters(name) for name in (party.name, *party.names))
    return "; letters of two scripts stand in one word: they were read as those that they look like" if is_mixed else ""
