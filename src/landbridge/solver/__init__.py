"""Linear and mixed-integer programs: one small interface, and the only room that knows HiGHS.

In: a model of columns and rows, limits, a first solution. Out: a solution with its status, bound and prices; the model as text.
Never here: what a column means, prices of freight, files, the clock.
"""

from landbridge.solver.live import LiveProgram
from landbridge.solver.lp_text import render_lp
from landbridge.solver.program import Limits, Program, ProgramMaker
from landbridge.solver.solution import Progress, Solution, Status
from landbridge.solver.solve import solve_program

__all__ = ["Limits", "LiveProgram", "Program", "ProgramMaker", "Progress", "Solution", "Status", "render_lp", "solve_program"]
