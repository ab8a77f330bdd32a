"""A finished plan walked again, by other hands.

In: a Dataset and a Plan of it. Out: the differences between what the plan states and what docs/model.md says, none if it is right.
Never here: anything of terms, graph or routing, in code or by import; files; clocks; searching for a better plan.
"""

from landbridge.verification.difference import Difference
from landbridge.verification.verify import verify_plan

__all__ = ["Difference", "verify_plan"]
