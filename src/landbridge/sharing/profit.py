"""The equal profit method: relative savings as equal as the core allows."""

from __future__ import annotations

import math
from itertools import permutations

from landbridge.domain.errors import SolverError
from landbridge.domain.settlement import Sharing
from landbridge.sharing.game import CostGame
from landbridge.sharing.nucleolus import least_core_cents
from landbridge.sharing.rounding import round_shares
from landbridge.sharing.stability import sharing_of
from landbridge.solver import ProgramMaker, solve_program

_CENTS = 100
_CLOSE = 1e-3
"""In cents: what the linear programs may be off by."""


def allocate_equal_profit(game: CostGame) -> Sharing:
    """Make the greatest difference between two parties' relative savings as small as the core allows, for up to 12 parties.

    Where the core is empty each coalition may bear as much above its own cost as in the least core; ``note`` says so.

    References
    ----------
    Frisk, M., Gothe-Lundgren, M., Jornsten, K., Ronnqvist, M. (2010). Cost allocation in collaborative forest transportation. European
    Journal of Operational Research 205(2), 448-458. https://doi.org/10.1016/j.ejor.2010.01.015
    """
    slack = max(0, math.ceil(least_core_cents(game) + _CLOSE)) if len(game) > 1 else 0
    maker = ProgramMaker()
    columns = [maker.add_column(f"share({index})", lower=-float("inf")) for index in range(len(game))]
    spread = maker.add_column("spread", cost=1.0)
    total = game.total_cents / _CENTS
    maker.add_row("efficient", [(column, 1.0) for column in columns], total, total)
    alone = [game.alone(index) / _CENTS for index in columns]
    for one, other in permutations((index for index in columns if alone[index] > 0), 2):
        maker.add_row(f"equal({one},{other})", [(one, 1 / alone[one]), (other, -1 / alone[other]), (spread, -1.0)], upper=0.0)
    for mask, cost in enumerate(game.table()[:-1]):
        if mask:
            maker.add_row(f"core({mask})", [(column, 1.0) for column in columns if mask >> column & 1], upper=(cost + slack) / _CENTS)
    found = solve_program(maker.make())
    if not found.is_optimal:
        raise SolverError(f"the equal profit program ended {found.status.value}")
    note = f"core is empty: each coalition may bear {slack} cents above its own cost" if slack > 1 else ""
    cents = round_shares([value * _CENTS for value in found.values[:-1]], game.total_cents)
    return sharing_of(game, "equal_profit", cents, note=note)
