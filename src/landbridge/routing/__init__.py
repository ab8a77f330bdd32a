"""PlanningGraph + terms + Query -> Pareto itineraries, and what stands in the way of the others.

In: PlanningGraph, Query. Out: itineraries, obstacles. Never here: files, presentation, prices of its own making.
"""
