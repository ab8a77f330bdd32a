"""Random feeds whose ships, trains and handling use terminals of companies that lists may name."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from landbridge.domain.dataset import Dataset
from landbridge.domain.party import Party, WatchlistEntry
from landbridge.domain.rule import Rule
from landbridge.domain.terminal import Terminal
from tests.corridor import AS_OF, S

OPERATORS = ("harbour", "docks")
REGIMES = ("UN", "UN", "BB")


def with_terminals(dataset: Dataset, seed: int, *, most_entries: int = 3) -> Dataset:
    """The same feed with up to two terminals at each place, which half of the calls and a few rows of handling name.

    Two companies operate them; up to ``most_entries`` entries of lists name these or the line, from a day or to a day; some are licensed.
    """
    draw = random.Random(f"terminals {seed}")
    at: dict[str, list[str]] = {row.place_id: [f"{row.place_id} {number}" for number in (1, 2)] for row in dataset.places}

    def one_at(place_id: str, share: float) -> str | None:
        return draw.choice(at[place_id]) if draw.random() < share else None

    entries = tuple(_entry(draw, number) for number in range(draw.randint(min(1, most_entries), most_entries)))
    return replace(
        dataset,
        digest=f"{dataset.digest} terminals {seed}",
        parties=(
            *dataset.parties,
            *(Party(party_id=one, name=one.title(), kind="company", country=_COUNTRY[one], **S) for one in OPERATORS),
        ),
        terminals=tuple(
            Terminal(terminal_id=one, place_id=place_id, name=one, operator_id=draw.choice((*OPERATORS, "line")), **S)
            for place_id, found in at.items()
            for one in found
        ),
        stops=tuple(replace(row, terminal_id=one_at(row.place_id, 0.5)) for row in dataset.stops),
        handling=tuple(replace(row, terminal_id=one_at(row.place_id, 0.15)) for row in dataset.handling),
        watchlist=(*dataset.watchlist, *entries),
        rules=(*dataset.rules, *(_licence(draw, row) for row in entries if draw.random() < 0.3)),
    )


_COUNTRY = {"harbour": "AA", "docks": "BB"}


def _entry(draw: random.Random, number: int) -> WatchlistEntry:
    return WatchlistEntry(
        entry_id=f"port {number}",
        regime_id=draw.choice(REGIMES),
        list_name="ports",
        name="x",
        party_id=draw.choice((*OPERATORS, *OPERATORS, "line")),
        measure=draw.choice(("freeze", "freeze", "transaction_ban", "sectoral")),
        listed_on=draw.choice((date(2026, 1, 1), AS_OF - timedelta(days=3))),
        delisted_on=draw.choice((None, None, None, AS_OF)),
        **S,
    )


def _licence(draw: random.Random, entry: WatchlistEntry) -> Rule:
    more: dict[str, Any] = {"place_ids": (draw.choice(("P1", "P2")),)} if draw.random() < 0.5 else {"modes": ("sea",)}
    if draw.random() < 0.3:
        more["origin_countries"] = ("AA",)
    return Rule(
        rule_id=f"licence {entry.entry_id}",
        title="port works",
        effect="licence",
        rule_class="sanction",
        regime_id=entry.regime_id,
        status="in_force",
        scope="leg",
        allows_entry_ids=(entry.entry_id,),
        licence_number="1",
        valid_to=draw.choice((None, AS_OF + timedelta(days=14))),
        known_from=date(2020, 1, 1),
        **more,
        **S,
    )
