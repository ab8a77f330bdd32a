"""How telling a word is, by what it means."""

from __future__ import annotations

from functools import cache

from landbridge.screening.lexicon import Sense, get_lexicon
from landbridge.screening.script import name_script
from landbridge.screening.sound import sound
from landbridge.screening.token import Token

_WEIGHTS = {
    "brand": 1.0,
    "legal": 0.0,
    "stop": 0.0,
    "title": 0.0,
    "ship": 0.0,
    "generic": 0.15,
    "trade": 0.6,
    "place": 0.5,
    "town": 0.8,
    "country": 0.35,
    "direction": 0.6,
    "number": 1.0,
}
_TRADE_WEIGHTS = {
    "plant": 0.35,
    "service": 0.4,
    "trade": 0.45,
    "industry": 0.4,
    "state": 0.35,
    "centre": 0.4,
    "transport": 0.5,
    "system": 0.45,
    "solution": 0.4,
    "project": 0.4,
    "supply": 0.45,
    "technology": 0.45,
    "realestate": 0.45,
    "authority": 0.35,
    "organization": 0.35,
    "agency": 0.4,
    "republic": 0.3,
    "islamic": 0.4,
    "shipping": 0.45,
    "maritime": 0.5,
    "engineering": 0.5,
    "processing": 0.4,
    "equipment": 0.5,
    "zone": 0.4,
    "people": 0.4,
    "world": 0.5,
    "economic": 0.4,
    "sales": 0.45,
}
BUSINESS = frozenset(_TRADE_WEIGHTS) | frozenset(
    (
        *(
            "container",
            "cargo",
            "freight",
            "forwarding",
            "line",
            "liner",
            "logistics",
            "express",
            "transit",
            "haulage",
            "carrier",
            "terminal",
            "port",
        ),
        *(
            "railway",
            "trading",
            "supplychain",
            "import",
            "export",
            "importexport",
            "warehouse",
            "multimodal",
            "aviation",
            "airline",
            "air",
            "sea",
        ),
        *(
            "river",
            "road",
            "truck",
            "chartering",
            "shipmanagement",
            "stevedore",
            "broker",
            "customs",
            "bank",
            "insurance",
            "energy",
            "oil",
            "gas",
        ),
        *(
            "steel",
            "metal",
            "chemical",
            "fertilizer",
            "machine",
            "construction",
            "holding",
            "investment",
            "distribution",
            "fleet",
            "marine",
        ),
    )
)
"""Concepts that so many firms name that they say nothing of which firm it is."""
REGIONS = frozenset(
    (
        *("caspian", "baltic", "blacksea", "azovsea", "whitesea", "redsea", "mediterranean", "persiangulf", "gulf", "atlantic", "pacific"),
        *("arctic", "africa", "america", "asia", "centralasia", "eurasia", "europe", "maghreb", "levant", "danube", "silkroad"),
    )
)
"""Concepts that name a region: no firm by themselves."""
_JOINT = 0.3
"""Weight of united, which tells more than company."""
_COMMON_NAMES = {
    "muhammad": 0.35,
    "khan": 0.4,
    "shah": 0.45,
    "begum": 0.3,
    "bibi": 0.3,
    "ahmad": 0.55,
    "ali": 0.55,
    "hussein": 0.6,
    "beg": 0.4,
    "mir": 0.45,
    "mirza": 0.5,
    "deen": 0.2,
    "malik": 0.55,
    "khatoon": 0.3,
    "chaudhry": 0.45,
    "sheikh": 0.3,
}
GIVEN, FATHER, OTHER, PART = 0.85, 0.7, 1.0, 0.25


def sense_token(text: str, folded: str, senses: frozenset[Sense]) -> Token:
    return Token(text=text, folded=folded, sounds=(sound(folded),), script=name_script(folded), weight=weigh(senses), senses=senses)


def weigh(senses: frozenset[Sense]) -> float:
    return min((_weigh_sense(sense) for sense in senses), default=OTHER)


def _weigh_sense(sense: Sense) -> float:
    if sense.concept == "joint":
        return _JOINT
    return _TRADE_WEIGHTS.get(sense.concept, 0.6) if sense.kind == "trade" else _WEIGHTS[sense.kind]


@cache
def name_weights() -> dict[int, float]:
    """Weights of given names that so many bear that they tell little."""
    names = get_lexicon().names
    return {index: weight for name, weight in _COMMON_NAMES.items() for index in names.get(name) or ()}
