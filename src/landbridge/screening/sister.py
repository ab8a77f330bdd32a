"""Firms whose names differ in one word and that a person has to look at all the same: sisters, and what is national or state."""

from __future__ import annotations

from landbridge.screening.pairing import NATIONAL_OR_STATE, Pairing
from landbridge.screening.token import Token

SISTER_SCORE = 0.43
"""Score of two such names: a review, and never the same party by itself."""
_SERVICES = frozenset(
    (
        *("agency", "bunkering", "cargo", "carrier", "chartering", "container", "crew", "express", "forwarding", "freight", "haulage"),
        *("line", "liner", "logistics", "management", "management_", "marine", "maritime", "multimodal", "service", "shipagency"),
        *("shipmanagement", "shipping", "stevedore", "supply", "tanker", "trade", "trading", "transit", "transport"),
    )
)
"""Trades that the firms of one shipping or trading house share out among themselves."""
_MANY = frozenset(("bank",))
"""Trades of which a country has a national firm and a state firm; its one oil company or railway is called by either word."""
_COINED, _SURE = 5, 0.95
"""Letters of a coined name at least, and how surely both names have it."""


def sister_reason(pairing: Pairing) -> str:
    """Why two firms of which each has a word that the other has not are for a person to look at; empty if they are not.

    A coined name that both have, with a service on each side that the other does not name, is mostly one house. National on one side and
    state on the other, where all else is the same and a country is named, is mostly one enterprise; banks are two.
    """
    if not pairing.left or not pairing.right:
        return ""
    left, right = pairing.left, pairing.right
    if all(token.concepts & _SERVICES for token in (*left, *right)) and _has_coined_name(pairing):
        return "services of one house"
    if len(left) == len(right) == 1 and left[0].concepts & NATIONAL_OR_STATE and right[0].concepts & NATIONAL_OR_STATE:
        shared = [token for lefts, _, _ in pairing.pairs for token in lefts]
        has_country = any(sense.kind == "country" for token in shared for sense in token.senses)
        if has_country and not any(token.concepts & _MANY for token in shared):
            return "national or state"
    return ""


def _has_coined_name(pairing: Pairing) -> bool:
    return any(quality >= _SURE and all(map(_is_coined, (*lefts, *rights))) for lefts, rights, quality in pairing.pairs)


def _is_coined(token: Token) -> bool:
    """Whether a word means nothing and is nobody's given name."""
    return not token.senses and not token.names and token.number is None and len(token.folded) >= _COINED
