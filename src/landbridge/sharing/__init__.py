"""Fair shares of a joint cost: Shapley, nucleolus, least core, equal profit, proportional; and the payments that follow.

In: what each coalition of parties would pay, in cents. Out: shares that sum to the joint cost, core checks, settlements.
Never here: how a coalition's cost is found, shipments, files, the clock.
"""

from landbridge.sharing.game import CostGame
from landbridge.sharing.nucleolus import allocate_least_core, allocate_nucleolus
from landbridge.sharing.profit import allocate_equal_profit
from landbridge.sharing.proportional import allocate_proportional
from landbridge.sharing.settlement import settle
from landbridge.sharing.shapley import allocate_shapley, sample_shapley
from landbridge.sharing.stability import check_core, list_departures

__all__ = [
    "CostGame",
    "allocate_equal_profit",
    "allocate_least_core",
    "allocate_nucleolus",
    "allocate_proportional",
    "allocate_shapley",
    "check_core",
    "list_departures",
    "sample_shapley",
    "settle",
]
