"""The least core and the nucleolus: the greatest complaint as small as can be, then the next, and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from landbridge.domain.errors import SolverError
from landbridge.domain.settlement import Sharing
from landbridge.sharing.game import CostGame
from landbridge.sharing.rounding import round_shares
from landbridge.sharing.stability import sharing_of
from landbridge.solver import ProgramMaker, Solution, solve_program

if TYPE_CHECKING:
    import numpy as np

_CENTS = 100
"""The programs are written in whole currency units: HiGHS keeps rows to 1e-7 of the unit."""
_TIGHT = 1e-6
_ROWS_AT_ONCE = 20


def allocate_least_core(game: CostGame) -> Sharing:
    """A sharing whose greatest complaint is as small as can be; ``note`` states that value.

    For up to 12 parties. A negative value says that all coalitions but the whole gain by it, a positive one that the core is empty.
    """
    search = _Search(game)
    y, epsilon, _ = search.solve_stage()
    cents = round_shares([float(one) * _CENTS for one in y], game.total_cents)
    return sharing_of(game, "least_core", cents, note=f"least-core value {round(epsilon * _CENTS)} cents")


def least_core_cents(game: CostGame) -> float:
    """The smallest greatest complaint over all sharings, in cents and fractions; positive exactly where the core is empty."""
    return _Search(game).solve_stage()[1] * _CENTS


def allocate_nucleolus(game: CostGame) -> Sharing:
    """The nucleolus, exact to the cent, for up to 12 parties.

    Notes
    -----
    A sequence of linear programs, each with row generation. Coalitions with a price are tight in every optimum of their stage and are
    fixed; coalitions that depend linearly on fixed ones have no choice left and are taken out. At most one stage for each party.
    It lies in the core whenever that is not empty.

    References
    ----------
    Schmeidler, D. (1969). The nucleolus of a characteristic function game. SIAM Journal on Applied Mathematics 17(6), 1163-1170.
    Hallefjord, A., Helming, R., Jornsten, K. (1995). Computing the nucleolus when the characteristic function is given implicitly.
    International Journal of Game Theory 24, 357-372. https://doi.org/10.1007/BF01243038
    """
    search = _Search(game)
    while not search.is_determined:
        search.solve_stage()
    cents = round_shares([float(one) * _CENTS for one in search.point()], game.total_cents)
    return sharing_of(game, "nucleolus", cents)


class _Search:
    """The stages of one game: what is fixed so far, and which coalitions are still free."""

    def __init__(self, game: CostGame) -> None:
        import numpy as np

        n = len(game)
        self.costs = np.array(game.table(), dtype=float) / _CENTS
        self.members = (np.arange(len(self.costs))[:, None] >> np.arange(n)[None, :] & 1).astype(float)
        self.everybody = game.everybody
        self.fixed_rows = [self.members[-1]]
        self.fixed_values = [float(self.costs[-1])]
        self.free = np.ones(len(self.costs), dtype=bool)
        self.free[[0, self.everybody]] = False
        self.rows: list[int] = [1 << index for index in range(n) if n > 1]

    @property
    def is_determined(self) -> bool:
        return not self.free.any()

    def point(self) -> np.ndarray:
        """The one sharing that the fixed rows leave."""
        import numpy as np

        values: np.ndarray = np.linalg.lstsq(np.array(self.fixed_rows), np.array(self.fixed_values), rcond=None)[0]
        return values

    def solve_stage(self) -> tuple[np.ndarray, float, Solution | None]:
        """Make the greatest complaint of the free coalitions as small as can be, and fix those that are tight in every optimum."""
        import numpy as np

        if self.is_determined:
            return self.point(), 0.0, None
        self.rows = [mask for mask in self.rows if self.free[mask]] or [int(np.flatnonzero(self.free)[0])]
        while True:
            found = self._solve_rows()
            y, epsilon = np.array(found.values[:-1]), found.values[-1]
            excess = np.where(self.free, self.members @ y - self.costs - epsilon, -np.inf)
            known = set(self.rows)
            worst = [int(mask) for mask in np.argsort(-excess)[:_ROWS_AT_ONCE] if excess[mask] > _TIGHT and int(mask) not in known]
            if not worst:
                break
            self.rows += worst
        self._fix(found, epsilon)
        return y, epsilon, found

    def _solve_rows(self) -> Solution:
        import numpy as np

        maker = ProgramMaker()
        columns = [maker.add_column(f"share({index})", lower=-np.inf) for index in range(self.members.shape[1])]
        epsilon = maker.add_column("complaint", cost=1.0, lower=-np.inf)
        for row, value in zip(self.fixed_rows, self.fixed_values, strict=True):
            maker.add_row("fixed", [(column, float(row[column])) for column in columns if row[column]], value, value)
        for mask in self.rows:
            entries = [(column, 1.0) for column in columns if mask >> column & 1]
            maker.add_row(f"coalition({mask})", [*entries, (epsilon, -1.0)], upper=float(self.costs[mask]))
        found = solve_program(maker.make())
        if not found.is_optimal:
            raise SolverError(f"a stage of the nucleolus ended {found.status.value}")
        return found

    def _fix(self, found: Solution, epsilon: float) -> None:
        """Fix the coalitions with a price that do not depend on those fixed before, and take out all that depend on fixed ones."""
        import numpy as np

        prices = found.prices[len(self.fixed_rows) :]
        priced = sorted(zip(prices, self.rows, strict=True))
        rank = np.linalg.matrix_rank(np.array(self.fixed_rows))
        for price, mask in priced:
            trial = np.array([*self.fixed_rows, self.members[mask]])
            if price < -_TIGHT and np.linalg.matrix_rank(trial) > rank:
                rank += 1
                self.fixed_rows.append(self.members[mask])
                self.fixed_values.append(float(self.costs[mask]) + epsilon)
        basis = np.linalg.svd(np.array(self.fixed_rows), full_matrices=False)[2][:rank]
        rest = self.members - self.members @ basis.T @ basis
        self.free &= np.abs(rest).max(axis=1) > _TIGHT
