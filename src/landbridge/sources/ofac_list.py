"""The two lists that OFAC publishes, and which of them a file is, by its name."""

from __future__ import annotations

import re
from pathlib import Path

SDN, NON_SDN = "OFAC SDN", "OFAC consolidated (non-SDN)"


_NON_SDN = re.compile(r"non[-_ ]?sdn")
_CONSOLIDATED = re.compile(r"(?<![a-z])cons(?:olidated)?(?![a-z])")


def name_ofac_list(path: Path) -> str | None:
    """The list of a file, by the names under which OFAC publishes them (SDN.XML, CONS_ADVANCED.XML ...); None if the name tells none.

    A name that tells of both is taken for the list that freezes.
    """
    name, has_other = _NON_SDN.subn(" ", path.name.casefold())
    if "sdn" in name:
        return SDN
    return NON_SDN if has_other or _CONSOLIDATED.search(name) else None
