"""Trade statistics: two countries' books reconciled, missing years estimated with an interval, claims held against each other.

In: trade records, claims and margins of a dataset. Out: series with intervals, a ledger of claims with the smallest conflicts.
Never here: files, the clock, presentation, figures without a source.
"""
