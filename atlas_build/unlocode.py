"""UN/LOCODE: names as the code list of UNECE has them, positions of that list or, where it has none, of OpenStreetMap."""

from __future__ import annotations

import csv
import lzma
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from landbridge.domain.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_POSITION = re.compile(r"(\d\d)(\d\d)([NS]) (\d{3})(\d\d)([EW])")
"""Degrees and minutes: ``5354N 02734E``."""
_FORMER = re.compile(r"^(?:ex|formerly|former)\s+", re.IGNORECASE)
_REMOVED = frozenset({"x", "X"})
_DOUBTED = frozenset({"RQ", "QQ", "UR", "XX"})
"""Requested, not verified, used only by request of a user, or to be removed: taken only where OpenStreetMap knows the place as well."""
SAME_DEGREES = 0.3
"""Where both positions of a code are nearer than this, the finer one is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One location of the list.

    ``spots`` are its positions as longitude and latitude, that of the list first, empty where nobody tells any; ``functions`` are the
    digits that the list gives it: 1 port, 2 rail, 3 road, 4 airport, 5 post, 6 multimodal; ``part`` is the state or province that it names.
    """

    code: str
    name: str
    names: frozenset[str]
    spots: tuple[tuple[float, float], ...]
    functions: frozenset[str]
    part: str = ""

    @property
    def spot(self) -> tuple[float, float]:
        """The position of OpenStreetMap where it is near that of the list, which has whole minutes; else that of the list."""
        return self.spots[-1] if is_near(self.spots[0], self.spots[-1], SAME_DEGREES) else self.spots[0]


def is_near(one: tuple[float, float], other: tuple[float, float], degrees: float) -> bool:
    """Whether two positions differ by less than so many degrees in longitude and in latitude."""
    return abs((one[0] - other[0] + 180) % 360 - 180) < degrees and abs(one[1] - other[1]) < degrees


def read_codes(official: Path, positions: Path) -> dict[str, Code]:
    """All codes that are in force, by code.

    Parameters
    ----------
    official
        Folder that holds the three parts of the code list, release 2023-1.
    positions
        ``code, name, lon, lat``: what Nominatim found for the names of the list; only its positions are used.
    """
    with lzma.open(positions, "rt", encoding="utf-8", newline="") as lines:
        found = {row["code"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(lines)}
    codes = {}
    for change, country, place, name, plain, part, functions, status, _, _, position, _ in _rows(official):
        code = country + place
        spots = tuple(one for one in (_spot(position), found.get(code)) if one is not None)
        is_known = code in found or status not in _DOUBTED
        if len(code) == 5 and change not in _REMOVED and is_known:
            names = tuple(dict.fromkeys(chain(_names(name), _names(plain))))
            codes[code] = Code(
                code=code, name=names[0], names=frozenset(names), spots=spots, functions=frozenset(functions) - set("-0 "),
                part=part,
            )  # fmt: skip
    return codes


def _rows(folder: Path) -> Iterator[list[str]]:
    for path in sorted(folder.rglob("*CodeListPart*.csv")):
        with path.open(encoding="latin-1", newline="") as lines:
            yield from (row for row in csv.reader(lines) if len(row) == 12)


def _spot(text: str) -> tuple[float, float] | None:
    match = _POSITION.fullmatch(text.strip())
    if match is None:
        return None
    south, north = int(match[1]) + int(match[2]) / 60, int(match[4]) + int(match[5]) / 60
    return round(north if match[6] == "E" else -north, 4), round(south if match[3] == "N" else -south, 4)


def _names(text: str) -> Iterator[str]:
    """``Kolkata (ex Calcutta)``: Kolkata, Calcutta; ``Jakarta, Java``: as it is, and Jakarta.

    ``Gamcheon/Busan`` stays as it is, since its parts may be names of other places.
    """
    head, *rest = (part.strip() for part in re.split(r"[()]", text))
    for part in (head, head.split(",")[0], *rest):
        name = _FORMER.sub("", part)
        if fold(name):
            yield name
