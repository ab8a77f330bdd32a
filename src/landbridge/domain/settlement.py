"""Who bears what of a joint cost, whether anybody would do better apart, and who pays whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one party bears of the joint cost.

    ``low_cents`` and ``high_cents`` are the ends of the 95 % confidence interval of a sampled share, ``cost_cents`` for an exact one.
    """

    party_id: str
    cost_cents: int
    low_cents: int
    high_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreCheck:
    """Whether no coalition would do better by itself.

    ``excess_cents`` is the most that a coalition bears above its own cost (negative: all of them gain), ``coalition`` the one that does.
    ``is_complete`` is False where not all coalitions were looked at, so that a violation may have been missed.
    """

    is_in_core: bool
    excess_cents: int
    coalition: tuple[str, ...]
    is_complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """One method's shares, in the order of the parties; they sum to the joint cost to the cent."""

    method: str
    shares: tuple[Share, ...]
    core: CoreCheck
    is_exact: bool = True
    note: str = ""

    @property
    def total_cents(self) -> int:
        return sum(share.cost_cents for share in self.shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One payment between two parties."""

    from_id: str
    to_id: str
    amount_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What one party paid to carriers, what it bears, and what it therefore gets (or, negative, owes)."""

    party_id: str
    paid_cents: int
    borne_cents: int

    @property
    def balance_cents(self) -> int:
        return self.paid_cents - self.borne_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The balances, which sum to zero, and few payments that bring all of them to zero."""

    method: str
    currency: str
    settled_on: date
    balances: tuple[Balance, ...]
    payments: tuple[Payment, ...]
