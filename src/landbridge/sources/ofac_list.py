"""The two lists that OFAC publishes, and which of them a file is, by its name."""

from __future__ import annotations

from pathlib import Path

SDN, NON_SDN = "OFAC SDN", "OFAC consolidated (non-SDN)"


def name_ofac_list(path: Path) -> str | None:
    """The list of a file, by the names under which OFAC publishes them (SDN.XML, CONS_ADVANCED.XML ...); None if the name tells none."""
    name = path.name.casefold()
    return NON_SDN if "cons" in name else SDN if "sdn" in name else None
