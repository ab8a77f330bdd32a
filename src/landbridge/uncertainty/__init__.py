"""Arrival and cost as distributions: one itinerary run many times, with everything late that can be late.

In: dataset, plan, which itinerary, policy, runs, seed. Out: quantiles, chances, what each missed transfer costs, what drives the spread.
Never here: files, the clock, presentation, a search for ways of its own.
"""
