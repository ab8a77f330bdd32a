"""From shares to payments between parties."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from landbridge.domain.settlement import Balance, Payment, Settlement, Sharing


def settle(sharing: Sharing, paid_cents: Mapping[str, int], *, currency: str, settled_on: date) -> Settlement:
    """Few payments after which each party has paid what it bears.

    Parameters
    ----------
    sharing
        What each party bears.
    paid_cents
        What each party pays to carriers, by party; a party that is not named pays nothing.

    Returns
    -------
    Settlement
        Balances that sum to zero to the cent, and at most one payment fewer than there are parties.

    Raises
    ------
    ValueError
        If what is paid does not sum to what is shared, or somebody pays who has no share.
    """
    strangers = set(paid_cents) - {share.party_id for share in sharing.shares}
    if strangers:
        raise ValueError(f"these pay and have no share: {', '.join(sorted(strangers))}")
    balances = tuple(
        Balance(party_id=share.party_id, paid_cents=paid_cents.get(share.party_id, 0), borne_cents=share.cost_cents)
        for share in sharing.shares
    )
    if sum(row.balance_cents for row in balances):
        raise ValueError(f"parties pay {sum(paid_cents.values())} cents to carriers and share {sharing.total_cents}")
    return Settlement(
        method=sharing.method, currency=currency, settled_on=settled_on, balances=balances, payments=tuple(_payments(balances))
    )


def _payments(balances: tuple[Balance, ...]) -> list[Payment]:
    """The greatest debtor pays the greatest creditor, until nobody owes anything."""
    open_cents = {row.party_id: row.balance_cents for row in balances if row.balance_cents}
    payments = []
    while open_cents:
        debtor = min(open_cents, key=lambda party: (open_cents[party], party))
        creditor = min(open_cents, key=lambda party: (-open_cents[party], party))
        amount = min(-open_cents[debtor], open_cents[creditor])
        payments.append(Payment(from_id=debtor, to_id=creditor, amount_cents=amount))
        for party, change in ((debtor, amount), (creditor, -amount)):
            open_cents[party] += change
            if not open_cents[party]:
                del open_cents[party]
    return payments
