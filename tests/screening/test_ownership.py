"""What designated parties own.

listed --60 %--> middle --50 %--> bottom;  other --30 %--> shared <--25 %-- listed
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from landbridge.domain.party import Ownership, Party, Regime, WatchlistEntry
from landbridge.screening.ownership import chain_text, enter_owned, find_owned
from tests.corridor import S, tiny_corridor

DAY = date(2026, 1, 1)


def corridor(*shares, listed=("a",), regime="US", **more):
    parties = tuple(Party(party_id=name, name=name.upper(), kind="company", **S) for name in "abcdef")
    rows = tuple(
        Ownership(
            ownership_id=str(number),
            owner_id=owner,
            owned_id=owned,
            share_percent=Decimal(share),
            **{**S, **dict(zip(("valid_from", "valid_to"), days, strict=False))},
        )
        for number, (owner, owned, share, *days) in enumerate(shares)
    )
    entries = tuple(
        WatchlistEntry(
            entry_id=f"e{name}",
            regime_id=regime,
            list_name="List",
            name=name.upper(),
            party_id=name,
            measure="freeze",
            listed_on=date(2025, 1, 1),
            **{**S, **more},
        )
        for name in listed
    )
    base = tiny_corridor()
    return replace(
        base,
        parties=(*base.parties, *parties),
        ownership=rows,
        watchlist=entries,
        regimes=(*base.regimes, Regime(regime_id=regime, name=regime, **S)),
    )


def owned(dataset, regime="US", listed=("a",), on=DAY):
    return {row.party_id: row for row in find_owned(dataset, regime, frozenset(listed), on)}


def test_half_is_enough_and_less_is_not():
    assert set(owned(corridor(("a", "b", 50)))) == {"b"}
    assert set(owned(corridor(("a", "b", "49.99")))) == set()


def test_british_law_asks_for_more_than_half():
    assert owned(corridor(("a", "b", 50), regime="UK"), "UK") == {}
    assert set(owned(corridor(("a", "b", "50.01"), regime="UK"), "UK")) == {"b"}


def test_a_regime_may_have_its_own_share():
    dataset = corridor(("a", "b", 25))
    rule = replace(
        dataset, regimes=tuple(replace(row, ownership_percent=Decimal(25)) if row.regime_id == "US" else row for row in dataset.regimes)
    )
    assert set(owned(rule)) == {"b"}
    assert owned(corridor(("a", "b", 100), regime="XX"), "XX") == {}


def test_shares_of_several_listed_owners_add_up():
    assert set(owned(corridor(("a", "c", 30), ("b", "c", 20)), listed=("a", "b"))) == {"c"}


def test_a_chain_is_followed_and_shown():
    found = owned(corridor(("a", "b", 60), ("b", "c", 50)))
    assert set(found) == {"b", "c"}
    assert chain_text(found["c"].chains[0]) == "a 60 % of b, which holds 50 % of c"


def test_circles_end():
    found = owned(corridor(("a", "b", 60), ("b", "c", 60), ("c", "b", 40), ("c", "a", 10)))
    assert set(found) == {"b", "c"}
    assert all(len({step.owned_id for step in chain}) == len(chain) for row in found.values() for chain in row.chains)
    assert owned(corridor(("b", "c", 60), ("c", "b", 60))) == {}


def test_only_rows_of_the_day_count():
    dataset = corridor(("a", "b", 60, date(2025, 6, 1), date(2025, 12, 31)))
    assert owned(dataset, on=date(2025, 5, 31)) == {}
    assert set(owned(dataset, on=date(2025, 6, 1))) == {"b"}
    assert owned(dataset, on=DAY) == {}


def test_the_dataset_gets_an_entry_from_the_day_to_the_day():
    dataset = corridor(("a", "b", 60, date(2025, 6, 1), date(2025, 12, 31)))
    entry = enter_owned(dataset).watchlist[-1]
    assert (entry.party_id, entry.listed_on, entry.delisted_on, entry.measure) == ("b", date(2025, 6, 1), date(2026, 1, 1), "freeze")
    assert "a 60 % of b" in (entry.program or "")
    assert len(dataset.watchlist) == 1


@pytest.mark.parametrize("shares", [(), (("b", "c", 90),)])
def test_nothing_owned_nothing_changes(shares):
    dataset = corridor(*shares)
    assert enter_owned(dataset).watchlist == dataset.watchlist


def test_an_owner_is_not_matched_with_what_it_owns():
    """Russian Railways was said to be frozen since its name is like that of RZD Logistics, which is frozen since it owns that one."""
    from landbridge.planner.screening import Screener
    from landbridge.screening.gate import match_parties

    dataset = corridor(("a", "b", 100))
    names = {"a": "Nordwind Obscura Railways", "b": "Nordwind Obscura Railways Logistics", "c": "Nordwind Obscura Railways"}
    dataset = replace(dataset, parties=tuple(replace(row, name=names.get(row.party_id, row.name)) for row in dataset.parties))
    found = match_parties(dataset, Screener(dataset, as_of=DAY).index, DAY)
    told = {(one.party_id, one.match.entry_id.split(":")[0]) for one in found}
    assert ("a", "owned") not in told
    assert ("c", "owned") in told  # who is not the owner and bears the name is matched as before
    over = replace(dataset, watchlist=tuple(replace(row, delisted_on=DAY) for row in dataset.watchlist))
    later = match_parties(over, Screener(dataset, as_of=DAY).index, DAY)
    assert ("a", "owned") in {(one.party_id, one.match.entry_id.split(":")[0]) for one in later}  # it is frozen itself no more
