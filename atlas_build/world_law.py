"""Law of the shipped feed ``world`` and its sources: regimes, excerpts of lists, sanctions and bans on trade of the shipped corridor feed,
row by row with their sources, and what ``atlas_build/world`` holds beside them.

One place holds each row: what is read anew there changes here when ``python -m atlas_build.world_feed`` is run.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

Row = dict[str, str]

CORRIDOR = Path(__file__).parents[1] / "src" / "landbridge" / "data" / "belarus-pakistan"
TRUCK_BANS = ("by-no-eu-trucks-2025",)
"""Rules beside sanctions and bans on trade that hold for ways of the world: bans on trucks by registration."""


def law_tables(own: dict[str, list[Row]], places: Iterable[str]) -> dict[str, list[Row]]:
    """Rows of ``regimes``, ``rules``, ``watchlist``, ``parties`` and ``ownership``.

    Of the corridor feed's regimes those that a rule or a list names; of its parties those that a list designates, and who owns these or is
    owned by them.

    Parameters
    ----------
    own
        Rows of the world's own by table: regimes, rules, parties, ownership. A party of both feeds is that of the world.
    places
        Ids of the feed's places; a rule of a port holds at that port by its code, and is left out where the feed has none of its places.
    """
    rules = told_columns([*corridor_rules(set(places)), *own["rules"]])
    watchlist = corridor_rows("watchlist")
    named = {row["regime_id"] for table in (rules, watchlist) for row in table}
    ownership = [*own["ownership"], *corridor_rows("ownership")]
    designated = join_owners({row["party_id"] for row in watchlist}, ownership)
    known = {row["party_id"] for row in own["parties"]}
    return {
        "regimes": [*(row for row in corridor_rows("regimes") if row["regime_id"] in named), *own["regimes"]],
        "rules": rules,
        "watchlist": watchlist,
        "parties": [*own["parties"], *(row for row in corridor_rows("parties") if row["party_id"] in designated - known)],
        "ownership": [row for row in ownership if {row["owner_id"], row["owned_id"]} <= designated | known],
    }


def join_owners(parties: set[str], ownership: list[Row]) -> set[str]:
    """Parties with whoever is joined to them by ownership, in any number of steps."""
    found, size = set(parties), 0
    while len(found) > size:
        size = len(found)
        for row in ownership:
            pair = {row["owner_id"], row["owned_id"]}
            if pair & found:
                found |= pair
    return found


def cited_sources(own: list[Row], cited: set[str]) -> list[Row]:
    """Sources that some row of the feed cites: the world's own, then those of the corridor feed."""
    return [row for row in (*own, *corridor_rows("sources")) if row["source_id"] in cited]


def corridor_rules(places: set[str]) -> Iterator[Row]:
    """Sanctions, bans on trade and transit, and bans on trucks; those of ports by the ids of the world's ports."""
    for row in corridor_rows("rules"):
        is_ban = (row["class"], row["effect"]) == ("trade", "prohibit")
        if row["class"] != "sanction" and not is_ban and row["rule_id"] not in TRUCK_BANS:
            continue
        named = row["place_ids"].split(";") if row["place_ids"] else []
        here = [f"{code}-PORT" for code in named if f"{code}-PORT" in places]
        if here or not named:
            yield row | {"place_ids": ";".join(here)}


def told_columns(rows: list[Row]) -> list[Row]:
    """Rows without the columns that none of them fills."""
    names = [name for name in dict.fromkeys(name for row in rows for name in row) if any(row.get(name) for row in rows)]
    return [{name: row.get(name, "") for name in names} for row in rows]


def corridor_rows(table: str) -> list[Row]:
    with (CORRIDOR / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
