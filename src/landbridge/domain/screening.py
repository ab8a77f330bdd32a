"""Names held against lists: entries of any list, matches with their reasons, verdicts, and what people decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Verdict = Literal["clear", "review", "blocked", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry:
    """One designation as a list publishes it.

    Attributes
    ----------
    entry_id
        Id of the entry within its list.
    list_name, regime, program, measure
        Which list, whose law, under which program or act, and what it does: ``freeze``, ``transaction_ban``, ``sectoral`` or ``listing``
        (named, without a sanction: a politician, a wanted person).
    kind
        ``company``, ``person``, ``vessel``, ``aircraft`` or empty where the list does not say.
    names, weak_names
        The name and its strong aliases; aliases that the list itself calls weak or of low quality.
    countries
        ISO 3166 alpha-2 codes: nationality, registration or flag.
    identifiers
        Pairs of kind and number, such as ``("imo", "9187629")``.
    listed_on, delisted_on
        Days of listing and of removal; None where not told.
    content_hash
        SHA-256 of what the entry says: a decision is bound to it.
    """

    entry_id: str
    list_name: str
    regime: str
    program: str = ""
    measure: str = "freeze"
    kind: str = ""
    names: tuple[str, ...]
    weak_names: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    listed_on: date | None = None
    delisted_on: date | None = None
    source: str = ""
    party_id: str | None = None
    content_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEdition:
    """One edition of one list: what it is called, whose it is, of which day, and how many entries it holds.

    ``owned`` are further parties that are held by it since those on it own them.
    """

    list_name: str
    regime: str
    published_on: date | None
    entries: int
    origin: str
    digest: str = ""
    owned: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningFeature:
    """One reason of a score: the score is the product of the factors."""

    feature: str
    detail: str
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningMatch:
    """A name and an entry that may mean the same party."""

    entry_id: str
    list_name: str
    regime: str
    program: str
    measure: str
    entry_name: str
    matched_name: str
    score: float
    verdict: Verdict
    features: tuple[ScreeningFeature, ...]
    listed_on: date | None = None
    delisted_on: date | None = None
    content_hash: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """One name screened as of a day.

    ``verdict`` is ``unknown`` where the name or the lists are missing, never clear by default.
    """

    name: str
    kind: str
    country: str
    as_of: date
    verdict: Verdict
    matches: tuple[ScreeningMatch, ...]
    lists: tuple[ListEdition, ...]
    warnings: tuple[str, ...] = ()
    match_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipShare:
    """One step of a chain of ownership."""

    owner_id: str
    owned_id: str
    share_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedBy:
    """A party that designated owners hold together, and through which chains."""

    party_id: str
    regime: str
    share_percent: float
    threshold_percent: int
    owners: tuple[str, ...]
    chains: tuple[tuple[OwnershipShare, ...], ...]
