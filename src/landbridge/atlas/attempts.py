"""What a text may mean that is no name as it stands: the same without brackets, general words, the region, or some of its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from landbridge.domain.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WITH_COUNTRY = re.compile(r"(.*\S)\s*,\s*([A-Za-z]{2})\s*")
_GENERAL = _words("""port of harbour harbor hafen station railway junction jn jct hbf hauptbahnhof bahnhof gare estacion
    stazione vokzal terminal the""")
_NO_NAMES = _GENERAL | _words("""san santa santo sao st new north south east west northern southern eastern western el la le los las al
    ad ar as de del di da do du fort mount cape nova novo nowy novy nizhny verkhny stary ust ras bandar kota kuala tanjung ciudad villa
    monte rio puerto porto bad upper lower old great little big central city grand santiago union ville""")
"""Words that many names begin or end with: alone they mean none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A text to look for; ``is_shortened`` if words were left out, ``lacks_region`` if they stood behind a comma."""

    text: str
    is_shortened: bool = False
    lacks_region: bool = False


def split_country(text: str) -> tuple[str, str]:
    """A text without the code of a country of two letters behind its last comma, and the code as it is written; "" where there is none.

    UK is GB: ISO 3166 keeps the letters for that country and gives them to no other.
    """
    found = _WITH_COUNTRY.fullmatch(text)
    return (found[1], "GB" if found[2] == "UK" else found[2]) if found else (text, "")


def split_region(text: str) -> tuple[str, str]:
    """A text without a code and without the words behind its last comma, and these words; "" where there are none."""
    name, _ = split_country(text)
    head, _, region = name.rpartition(",")
    return (head.strip(), region.strip()) if head.strip() and region.strip() else (text, "")


def attempts(text: str) -> Iterator[Attempt]:
    """The text, then simpler ones: without brackets, the brackets alone, without general words, fewer words; the country stays."""
    name, code = split_country(text)
    country = f", {code}" if code else ""
    inside = re.findall(r"\(([^)]*)\)", name)
    plain = re.sub(r"\([^)]*\)", " ", name).strip()
    whole = [Attempt(text=f"{one}{country}") for one in dict.fromkeys([name, plain, *inside]) if fold(one)]
    yield from whole
    known = {one.text for one in whole}
    head = plain.split(",")[0]
    lacks_region = head != plain
    shorter = [*([head] if lacks_region else []), *_shorter(head)]
    for one in dict.fromkeys(shorter):
        if f"{one}{country}" not in known and fold(one):
            yield Attempt(text=f"{one}{country}", is_shortened=True, lacks_region=lacks_region)


def _shorter(name: str) -> list[str]:
    """Without general words, then the first words, then the last ones; none that are in many names."""
    words = [word for word in re.split(r"[\s\u2010-\u2015-]+", name) if word]
    kept = [word for word in words if fold(word) not in _GENERAL]
    parts = [kept] if len(kept) < len(words) else []
    parts += [words[:count] for count in range(len(words) - 1, 0, -1)]
    parts += [words[count:] for count in range(1, len(words))]
    return [" ".join(part) for part in parts if not all(fold(word) in _NO_NAMES for word in part)]
