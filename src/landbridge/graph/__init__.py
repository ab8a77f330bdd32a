"""Dataset -> PlanningGraph: which service stops and links leave each place, and when services depart.

In: Dataset. Out: PlanningGraph, read only, the same for every question. Never here: prices, rules, what a question brings.
"""
